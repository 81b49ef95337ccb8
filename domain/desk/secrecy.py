"""What staff write against the secrets of a request: none of them goes to the customer, or stands in the thread.

A turn has no secret's plain text, only what may be shown of it: the last two characters of an account number, nothing
of a PIN. So figures that can be one of them are taken for one, unless they are known as something else: a telephone
number or another answer of the request, its order number, a day, a time, an amount of money.
"""

import re
from collections.abc import Iterable, Iterator

from domain.desk.asking import TRIED
from domain.errors import Refused
from domain.intake.questions import BY_ID
from domain.intake.readings.after import pin_rule_of
from domain.intake.remarks import REMARKS
from domain.orders.model import Case
from domain.readers.secrets import mask, names_secret
from domain.text import ascii_digits

SECRETS = ("account", "pin")  # the questions
_SHOWN = re.compile(r"•+(.{0,2})")  # of a secret that is kept; of older ones the two may be a hyphen and a figure
_SHORTEST, _LONGEST = 4, 40  # characters of an account number
_LONGEST_SHORT = 5  # of one that shows nothing of itself
_MOST_CONFIRMED = 3  # figures at a time of which somebody may say that they are no secret: no PIN is found by trying
_GAP = r"[ \u00a0\u2010-\u2015\u2212-]{0,2}"
_FIGURES = re.compile(rf"(?<!\w)\d(?:{_GAP}\d){{3,}}(?!\w)|(?<!\w)(?=\w*\d)[A-Za-z0-9]{{4,}}(?:-[A-Za-z0-9]+)*(?!\w)")
_KNOWN = re.compile(
    r"https?://\S+|\S+@\S+|\bP-[2-9A-HJKMNP-Z]{5,8}\b"
    r"|(?<!\d)20[2-4]\d-\d{2}-\d{2}(?!\d)|(?<!\d)\d{1,2}/\d{1,2}(?:/(?:20)?\d{2})?(?!\d)|(?<!\d)\d{1,2}[.-]\d{1,2}[.-]20\d{2}(?!\d)|(?<!\d)20[2-4]\d(?!\d)"
    r"|(?<!\d)\d{1,2}:\d{2}(?: ?[ap]m)?|(?<!\w)\d+(?:st|nd|rd|th|[ap]m|hrs?|mb|gb|days?)\b"
    r"|[$€£] ?\d[\d,]*(?:\.\d\d)?|(?<!\d)\d[\d,]*\.\d\d(?!\d)|(?<!\d)\d{1,3}(?:,\d{3})+(?!\d)",
    re.I,
)
_PHONE = re.compile(r"(?<!\d)(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?!\d)")
_SENTENCE_END = re.compile(r"[.!?;](?=\s|$)|\n")
_NAMED = re.compile(r"\b(?:pins?|pass ?codes?|pass ?words?|(?:account|acct)s?(?: (?:numbers?|no\b)| ?#)|acct)\b", re.I)


def has_figures(words: str) -> bool:
    """Tell whether words hold figures that can be a secret; only then it is worth asking of which request."""
    return _FIGURES.search(ascii_digits(words)) is not None


def check(words: str, case: Case, *, is_no_secret: bool = False) -> None:
    """Raise Refused where words to a customer give a secret by its name, or hold what can be one of the request's.

    `is_no_secret`: somebody says that the latter is none, which was held against the secrets themselves.
    """
    if names_secret(words) or _is_named_beside(words, case):
        raise Refused("reply.secret", ref=case.request.ref)
    if len(set(_secrets_in(words, case))) > (_MOST_CONFIRMED if is_no_secret else 0):
        raise Refused("reply.like_secret", ref=case.request.ref)


def gives(words: str, case: Case, secrets: Iterable[str]) -> bool:
    """Tell whether the figures that can be a secret of the request hold one of these, which are in plain text."""
    plain = [bare for bare in map(_bare, secrets) if bare]
    return any(_is_in(secret, _bare(found)) for found in _secrets_in(words, case) for secret in plain)


def _is_in(secret: str, found: str) -> bool:
    """Tell whether figures are a secret, or hold a long one; a short one would stand in many by chance."""
    return secret == found or (len(secret) > _LONGEST_SHORT and secret in found)


def holds_secret(words: str, case: Case) -> bool:
    """Tell whether words hold what can be a secret of the request, by its name or not."""
    return next(_secrets_in(words, case), None) is not None


def conceal(words: str, case: Case) -> str:
    """Return words as the thread may have them: masked, with what can be a secret of the request."""
    return mask(covered(words, case))


def covered(words: str, case: Case) -> str:
    """Return words with what can be a secret of the request masked, and nothing else."""
    plain = ascii_digits(words)
    for found in _secrets_in(words, case):
        plain = plain.replace(found, "•" * len(found))
    return plain


def unsaid(given: str, argument: str, case: Case) -> str:
    """Return what a refusal gives back of an argument without what can be a secret of the request, or begins one."""
    at = _as_spoken(argument).find(_as_spoken(given))
    return covered(argument, case)[at : at + len(given)] if at >= 0 else covered(given, case)


def _as_spoken(words: str) -> str:
    """Return words as ticks are read: as long as before, in small letters, without hyphens."""
    return ascii_digits(words).lower().replace("-", " ")


def is_account_number(word: str, case: Case) -> bool:
    """Tell whether a word alone ends as the account number does, of which so much may be shown."""
    return any(found == word.strip() for found in _accounts_in(_without_known(word, case, orders=False), case))


def _secrets_in(words: str, case: Case) -> Iterator[str]:
    """Give the figures that can be a secret of the request, as they stand in the words."""
    rest = _without_known(words, case)
    yield from _accounts_in(rest, case)
    if _shown_of("pin", case) is not None:
        yield from _as_long(_PHONE.sub("|", rest), *_lengths(case))
    if _shown_of("account", case) == "":
        yield from _as_long(_PHONE.sub("|", rest), _SHORTEST, _LONGEST_SHORT)


def _accounts_in(rest: str, case: Case) -> Iterator[str]:
    end = _bare(_shown_of("account", case) or "")
    for found in _FIGURES.findall(rest):
        bare = _bare(found)
        if end and _SHORTEST <= len(bare) <= _LONGEST and bare.endswith(end):
            yield found


def _as_long(rest: str, shortest: int, longest: int) -> Iterator[str]:
    return (found for found in _FIGURES.findall(rest) if shortest <= len(_bare(found)) <= longest)


def _lengths(case: Case) -> tuple[int, int]:
    """Return how long the PIN is: as its carrier makes them, unless it was noticed to be of another length."""
    rule, remarks = pin_rule_of(case), case.answers.get(f"{REMARKS}pin")
    is_usual = remarks is None or "pin.unusual_length" not in remarks.value
    return (rule.usual, rule.usual) if rule.usual is not None and is_usual else (rule.shortest, rule.longest)


def _shown_of(question: str, case: Case) -> str | None:
    """Return what may be shown of a secret; None: the request has none."""
    given = case.answers.get(question)
    found = _SHOWN.fullmatch(given.value[0]) if given is not None and given.value else None
    return found[1] if found is not None else None


def _is_named_beside(words: str, case: Case) -> bool:
    """Tell whether a sentence names a secret and holds figures that are not known as something else."""
    rest = _PHONE.sub("|", _without_known(words, case))
    said = (each for each in _SENTENCE_END.split(rest) if _NAMED.search(each))
    return any(len(_bare(found)) >= _SHORTEST for each in said for found in _FIGURES.findall(each))


def _without_known(words: str, case: Case, *, orders: bool = True) -> str:
    """Return words without the figures that are known as something else."""
    known = sorted(_known_of(case, orders=orders), key=len, reverse=True)
    rest = ascii_digits(words)
    if known:
        spelt = "|".join(r"[ ().\u00a0-]{0,2}".join(map(re.escape, each)) for each in known)
        rest = re.sub(rf"(?<![\w])\+?(?:1[ .-]?)?\(?(?:{spelt})(?!\w)", "|", rest, flags=re.I)
    return _KNOWN.sub("|", rest)


def _known_of(case: Case, *, orders: bool) -> set[str]:
    """Return the figures of the request that may stand anywhere."""
    numbers = [number.e164.removeprefix("+1") for number in case.numbers]
    told = [part for name, a in case.answers.items() if name != TRIED and not _is_secret(name) for part in a.value]
    order = [each.carrier_order for each in case.orders if orders and each.carrier_order]
    figures = {found.removeprefix("1") if len(found) == 11 else found for part in told for found in _words(part)}
    return {*numbers, *(each[-4:] for each in numbers), *figures, *(_bare(each) for each in order)} - {""}


def _words(part: str) -> list[str]:
    return [_bare(found) for found in _FIGURES.findall(part)]


def _is_secret(name: str) -> bool:
    return name in BY_ID and BY_ID[name].secret


def _bare(found: str) -> str:
    return "".join(filter(str.isalnum, found)).casefold()
