"""Which column of a list is what: by its name, by what stands in it, and else by asking once."""

import re
import unicodedata
from dataclasses import dataclass, fields
from itertools import islice, takewhile

from domain.errors import Unreadable
from domain.numbers.cells import Cells, tidy
from domain.numbers.hiding import are_secrets, is_secret_cell, names_secrets, without_secret
from domain.numbers.portability import check
from domain.text import bare, words_of

_SAMPLED = 200  # rows that are looked at
_MOST_ABOVE = 10  # rows within which the head stands: titles and notes may be above it
_TEN = 10  # digits of a number, or letters in their place
_SHOWN = 3  # samples of a column that is asked about
_MOSTLY = 0.5  # the share of its cells that makes a column one of numbers
_LONGEST_SAMPLE = 40


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each thing stands, counted from 0; what is not here is left out."""

    number: int
    destination: int | None = None
    source: int | None = None
    label: int | None = None
    company: int | None = None


FIELDS = tuple(each.name for each in fields(Columns))


@dataclass(frozen=True, slots=True)
class Asked:
    """A column to ask about: its name in the list ("" without one), what stands in it first, and what it may be."""

    index: int
    head: str
    samples: tuple[str, ...]
    guess: str


@dataclass(frozen=True, slots=True)
class Ask:
    """The columns that are not certain, and those that are; `Columns` made of both is what to read with.

    `sheets`: of a workbook the sheet that was read, then the others that hold numbers.
    """

    columns: tuple[Asked, ...]
    certain: dict[str, int]
    sheets: tuple[str, ...] = ()


# Names as `bare` leaves them, in English, French and Spanish, without marks, which capitals often lack.
_NAMES = {
    "number": words_of(
        "number numbers phone phones phonenumber phonenumbers telephone telephonenumber telephonenumbers tel tn tns "
        "did dids line msisdn e164 mobile cell cellphone portnumber portingnumber numbertoport numberstoport "
        "numbertomove numberbeingported portednumber trackingnumber numero numeros telefono telefonos "
        "numerodetelefono numerodetelephone ligne linea"
    ),
    "destination": words_of(
        "callsringat destination destinationnumber receivingnumber receiving ringsat ringto ringsto forwardto "
        "forwardsto forwarding forwardingnumber target targetnumber routesto routeto pointsto terminatesto destino"
    ),
    "source": words_of(
        "source sources trackingsource routingid routing campaign channel medium trackingsourceorroutingid origen"
    ),
    "label": words_of(
        "label labels name numbername friendlyname description title etiqueta nombre nom libelle etiquette"
    ),
    "company": words_of(
        "account accountname accountorcompany company companyname client clientname customer customername subaccount "
        "business businessname empresa cuenta compte societe entreprise"
    ),
}
_BEFORE_NAME = re.compile(r"^(?:(?:it'?s|it is|that'?s|that is|these are|they are|the|our|my|a|an|where)\s+)+")
_FIELD_OF = {name: field for field, names in _NAMES.items() for name in names}


def find_head(rows: Cells) -> int | None:
    """Find the row that names the columns, among those above the first number; titles may stand above it.

    It is the one with the most known names; where no row has any, the first that has several cells, and no digit.
    """
    above = list(takewhile(lambda row: not any(map(_is_number, row[1])), enumerate(rows[:_MOST_ABOVE])))
    known = [sum(_field_of(cell) is not None for cell in row) for _, row in above]
    if any(known):
        return known.index(max(known))
    return next((at for at, row in above if _is_wordy(row)), None)


def _is_wordy(row: list[str]) -> bool:
    named = [cell for cell in row if cell.strip()]
    return len(named) > 1 and not any(c.isdecimal() for cell in named for c in cell)


def _field_of(name: str) -> str | None:
    """Return what a column of a name is, whether or not its letters have their marks."""
    letters = unicodedata.normalize("NFD", bare(name))
    return _FIELD_OF.get("".join(c for c in letters if not unicodedata.combining(c)))


def field_named(said: str) -> str:
    """Return what somebody calls a column, in their own words: "where calls ring"; empty for no known name."""
    return _field_of(_BEFORE_NAME.sub("", said.strip().lower())) or ""


def upright(cells: Cells) -> Cells:
    """Turn one line that is full of numbers into a column of them."""
    is_lying = len(cells) == 1 and len(cells[0]) > 1 and all(map(_is_number, filter(str.strip, cells[0])))
    return [[cell] for cell in cells[0]] if is_lying else cells


def find_columns(head: list[str], rows: Cells) -> Columns | Ask | Unreadable:
    """Find what each column is from its name and the rows below it; `sheet.no_numbers` where no number stands.

    A column of secrets, by its name or by what stands in it, is none of ours: it is neither found nor asked about.
    """
    sample = list(islice((row for row in rows if any(cell.strip() for cell in row)), _SAMPLED))
    width = max((len(row) for row in (head, *sample)), default=0)
    held = [[row[i].strip() for row in sample if i < len(row) and row[i].strip()] for i in range(width)]
    named = {i: field for i, field in enumerate(map(_field_of, head)) if field is not None}
    held = [[] if i not in named and i < len(head) and names_secrets(head[i]) else held[i] for i in range(width)]
    numbers = _number_columns(named, held)
    if not numbers:
        return Unreadable("sheet.no_numbers")
    phones = {*numbers, *(i for i, field in named.items() if field in ("number", "destination"))}
    held = [[] if i not in phones and are_secrets(held[i]) else held[i] for i in range(width)]
    return _settle(head, held, named, numbers)


def _number_columns(named: dict[int, str], held: list[list[str]]) -> list[int]:
    """List the columns that may be the one to move: those called so, else those of no other name with numbers in."""
    share = [_share(cells) for cells in held]
    called = [i for i, field in named.items() if field == "number"]
    if called:
        return [i for i in called if share[i] >= _MOSTLY] or called
    nameless = [i for i in range(len(held)) if i not in named]
    most = [i for i in nameless if share[i] >= _MOSTLY]
    return most or [i for i in nameless if share[i]][:1]


def _settle(
    head: list[str], held: list[list[str]], named: dict[int, str], numbers: list[int]
) -> Columns | Ask | Unreadable:
    found: dict[str, int] = {}
    doubtful = set(numbers) if len(numbers) > 1 else set()
    if not doubtful:
        found["number"] = numbers[0]
    for i in range(len(held)):
        field = named.get(i)
        if not held[i] or i in numbers or (head and i >= len(head)):  # what stands behind a head is a slip
            continue
        if field is None or field == "number" or field in found:
            doubtful.add(i)
        else:
            found[field] = i
    if not doubtful:
        return Columns(**found)
    return Ask(tuple(_asked(i, head, held, named) for i in sorted(doubtful)), found)


def _asked(index: int, head: list[str], held: list[list[str]], named: dict[int, str]) -> Asked:
    name = " ".join(head[index].split()) if index < len(head) else ""
    open_to_all = (cell for cell in held[index] if _is_number(cell) or not is_secret_cell(cell))
    samples = tuple(cell[:_LONGEST_SAMPLE] for cell in islice(open_to_all, _SHOWN))
    return Asked(index, without_secret(name), samples, named.get(index, ""))


def _share(cells: list[str]) -> float:
    return sum(map(_is_number, cells)) / max(len(cells), 1)


def _is_number(cell: str) -> bool:
    """Tell whether a cell holds a number, valid or not: ten digits, or eleven with a 1, and little else."""
    cell = tidy(cell)
    count = sum(map(str.isdecimal, cell))
    is_written_so = count in (10, 11) and len(cell) - count <= 8 and not any(map(str.isalpha, cell))
    return is_written_so or (count > 0 and len(cell) >= _TEN and check(cell).value != "")  # words may stand for digits
