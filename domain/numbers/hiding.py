"""What of a list is nobody's business here: columns and cells with PINs, passwords and account numbers."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from domain.masking import is_lone_secret, looks_secret, names_secret
from domain.text import bare, words_of

_LONGEST = 500  # characters of a cell beyond which nobody can say what is in it
_SAMPLED = 200  # rows by which a column is judged
_MOSTLY = 0.5  # the share of its cells that makes a column one of secrets
_CALLED = words_of(
    "pin pins nip ssn ssns passwords password passcode passphrase passwd pwd secret cvv contraseña clave"
)
_HOLDS = re.compile(
    r"(?:pass(?:word|code|phrase|wd)|(?:^|to|out|port|transfer|account|acct|carrier|security)pin|pin(?:code|number|no)"
    r"|accountn(?:o|um|umber|r)s?$|acctn(?:o|um|umber|r)s?$|accountid|acctid|acct?$|socialsecurity|securitycode"
    r"|accesscode|contraseña|motdepasse|codeconfidentiel"
    r"|(?:número|numero|num|no|nº)de(?:la)?cuenta|(?:numéro|numero)decompte)"
)
_FEW_FIGURES = re.compile(r"\D*\d{4,9}\D*")  # in one run, and no others: too many for a year, too few for a phone
_WORD = re.compile(r"[A-Z]+(?![a-zß-ÿ])|[^\W\d_][^\W\d_A-Z]*")


def names_secrets(head: str) -> bool:
    """Tell whether a column is called a PIN, a password, an account number; or its name is a secret itself."""
    words = {word.casefold() for word in _WORD.findall(head)}
    return bool(words & _CALLED) or _HOLDS.search(bare(head)) is not None or is_secret_cell(head)


def is_secret_cell(cell: str) -> bool:
    """Tell whether a cell holds what must not be kept, or is too long to tell; a phone number alone does not."""
    if _FEW_FIGURES.fullmatch(cell):
        return True
    said = cell.strip()
    if not said or len(said) > _LONGEST:
        return bool(said)
    is_word = any(map(str.isalpha, said)) and is_lone_secret(said)
    return is_word or names_secret(said) or looks_secret(said)


def without_secret(cell: str) -> str:
    """Return a cell, or nothing where it holds a secret."""
    return "" if is_secret_cell(cell) else cell


def secrets_of(column: Iterable[str]) -> frozenset[str]:
    """Return the cells of a column that hold secrets; each distinct one is judged once."""
    found = set(column)
    sure = frozenset(filter(_FEW_FIGURES.fullmatch, found))
    return sure.union(filter(is_secret_cell, found - sure))


def phones_alone(phones: Sequence[str]) -> Sequence[str]:
    """Return a column of phone numbers without the cells in which a secret stands by its name beside one."""
    written = "".join(phones)
    is_bare = written.lower() == written.upper()  # most columns of numbers have no letter anywhere
    return phones if is_bare else ["" if names_secret(cell) else cell for cell in phones]


def are_secrets(held: list[str]) -> bool:
    """Tell whether most of a column's cells hold secrets."""
    return bool(held) and sum(map(is_secret_cell, held)) >= _MOSTLY * len(held)


def hidden_places(head: list[str], rows: list[list[str]], plain: tuple[int | None, ...]) -> frozenset[int]:
    """List the columns of secrets; those at `plain`, of phone numbers, are only judged by their names."""
    named = {i for i, name in enumerate(head) if i not in plain and names_secrets(name)}
    sample = list(islice((row for row in rows if any(row)), _SAMPLED))
    width = max(map(len, sample), default=0)
    held = {i: [row[i] for row in sample if i < len(row) and row[i].strip()] for i in range(width) if i not in plain}
    return frozenset(named | {i for i, cells in held.items() if are_secrets(cells)})
