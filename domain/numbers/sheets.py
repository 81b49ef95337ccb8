"""An uploaded list of numbers: read row by row, judged row by row, and given back with what was found."""

import csv
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import StringIO
from itertools import islice, repeat, zip_longest
from typing import Literal

from domain.errors import Unreadable
from domain.numbers.cells import Cells, is_rounded, read_cells, tidy
from domain.numbers.columns import Ask, Columns, find_columns, find_head, upright
from domain.numbers.hiding import hidden_places, phones_alone, secrets_of
from domain.numbers.inventory import TRACKING
from domain.numbers.phone import Phone
from domain.numbers.portability import NOTHING, Known, Verdict, held, read_one, read_plain, twice
from domain.numbers.reading import read_phone
from domain.numbers.verdicts import SERVED, Served
from domain.numbers.workbooks import write_workbook

MOST_IN_A_REQUEST = 20_000
MOST_IN_A_BATCH = 100_000
"""Rows with something in them, beyond what a request takes: so many the bench has judged."""

TEMPLATE_HEAD = ("Number", "Calls ring at", "Source", "Label", "Account")
_EXAMPLE = ("415-555-0100", "415-555-0199", "Website", "Example: write over this row", "Main office")
_NO_NUMBERS = frozenset({"", _EXAMPLE[0]})
_LAST_SAID = ("list.row.verdict", "list.row.code", "list.row.what")
_BATCH = 500  # rows of a report that are made at once
_FORMULA = frozenset("=+-@\t\r\n|%")

Say = Callable[[str, Mapping[str, str]], str]


@dataclass(frozen=True, slots=True)
class Row:
    """One row as typed; `line` is what a spreadsheet shows at its left."""

    line: int
    number: str
    destination: str
    source: str
    label: str
    company: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list whose columns are known: its head (empty without one) and all rows below it, blank ones too."""

    head: list[str]
    cells: Cells
    first_line: int
    columns: Columns


def read_sheet(
    content: bytes, columns: Columns | None = None, most: int = MOST_IN_A_REQUEST
) -> Sheet | Ask | Unreadable:
    """Read a CSV or an XLSX; `columns` is the answer to an `Ask` about the same file.

    Codes: `sheet.wrong_type`, `broken`, `too_large`, `empty`, `too_many` (most), `no_numbers`.
    """
    cells = read_cells(content, most)
    if isinstance(cells, Unreadable):
        return cells
    above = find_head(cells)
    head = cells[above] if above is not None else []
    first = above + 1 if above is not None else _first_filled(cells)
    rows = cells[first:] if head else upright(cells[first:])
    if all(map(_is_left_out, rows)):
        return Unreadable("sheet.empty")
    if len(rows) > most and sum(any(row) for row in rows) > most:
        return Unreadable("sheet.too_many", {"most": f"{most:,}"})
    found = columns or find_columns(head, rows)
    return Sheet(head, rows, first + 1, found) if isinstance(found, Columns) else found


def _first_filled(cells: Cells) -> int:
    return next((at for at, row in enumerate(cells) if any(map(str.strip, row))), len(cells))


def row_of(sheet: Sheet, line: int) -> Row:
    """Give the row at a line, as `judge` counts them."""
    cells = sheet.cells[line - sheet.first_line]
    where = sheet.columns
    places = (where.number, where.destination, where.source, where.label, where.company)
    return Row(line, *(_cell(cells, place) for place in places))


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows by what is written in them, in three lists side by side: their lines, their numbers, where calls shall ring.

    `found`: E.164 of a number that can move, else why not. `rings_at`: E.164, "" for what cannot be called, None where
    nothing is said. Not an object for each row: of 100,000 the garbage collector made half of the time.
    """

    lines: list[int]
    found: list[str | Verdict]
    rings_at: list[str | None]


def read_rows(sheet: Sheet, served: Served = SERVED) -> Rows:
    """Read every row for itself; blank rows and the template's example are left out."""
    usable = lru_cache(4096)(_destination)
    place, rings_at = sheet.columns.number, sheet.columns.destination
    rows = Rows([], [], [])
    add_line, add_found, add_rings = rows.lines.append, rows.found.append, rows.rings_at.append
    for line, cells in enumerate(sheet.cells, sheet.first_line):
        number = cells[place].strip() if place < len(cells) else ""
        if number in _NO_NUMBERS and _is_left_out(cells):
            continue
        destination = cells[rings_at].strip() if rings_at is not None and rings_at < len(cells) else ""
        add_line(line)
        add_found(read_plain(number, served) or _read(number, served))
        add_rings(usable(destination) if destination else None)
    return rows


def weigh(rows: Rows, known: Known = NOTHING) -> Iterator[tuple[int, Verdict]]:
    """Judge rows by what is known of their numbers, and by each other, by their lines.

    A number that an earlier row was taken with is refused as `number.twice`. A row whose number is fine and whose
    destination is not is doubtful: `destination.not_usable`, `is_ours`, and `is_moving`, be it with another row.
    """
    not_free = {*known.roles, *known.moving, *known.moved}
    moving = {found if isinstance(found, str) else found.value for found in rows.found} - not_free
    circles = {rings_at: _circle(rings_at, known, moving) for rings_at in set(rows.rings_at)}
    circles = {rings_at: code for rings_at, code in circles.items() if code}
    taken: set[str] = set()
    for line, found, rings_at in zip(rows.lines, rows.found, rows.rings_at, strict=True):
        fine = Verdict("accepted", None, found) if isinstance(found, str) else found
        e164 = fine.value
        if not e164:
            yield line, fine
        elif e164 in not_free or e164 in taken:
            yield line, held(e164, known) or twice(e164)
        else:
            taken.add(e164)
            yield line, Verdict("doubtful", circles[rings_at], e164) if rings_at in circles else fine


def judge(sheet: Sheet, known: Known = NOTHING, served: Served = SERVED) -> Iterator[tuple[int, Verdict]]:
    """Read and judge every row of a list."""
    return weigh(read_rows(sheet, served), known)


def _cell(cells: list[str], place: int | None) -> str:
    return cells[place].strip() if place is not None and place < len(cells) else ""


def _read(number: str, served: Served) -> str | Verdict:
    """Read a cell in any other form, and what cannot be read as what a spreadsheet made it from."""
    found = read_one(number, served)
    mended = number if found.value else tidy(number)
    if is_rounded(mended):
        return Verdict("refused", "number.rounded", "")
    found = found if mended == number else read_one(mended, served)
    return found if found.code else found.value


def _destination(said: str) -> str:
    """Read where calls shall ring as E.164; "" for what cannot be called at the price of a call within the plan."""
    read = read_phone(tidy(said), SERVED)
    return read.e164 if isinstance(read, Phone) else ""


def _circle(rings_at: str | None, known: Known, moving: Collection[str]) -> str:
    """Tell why calls cannot ring at a number, or would go round: it moves itself, or is here; empty where they can."""
    if rings_at is None:
        return ""
    if not rings_at:
        return "destination.not_usable"
    if rings_at in moving:
        return "destination.is_moving"
    return "destination.is_ours" if known.roles.get(rings_at) == TRACKING else ""


def _is_left_out(cells: list[str]) -> bool:
    """Tell a blank row, and the template's example."""
    return tuple(filter(None, map(str.strip, cells))) in ((), _EXAMPLE)


def report(sheet: Sheet, judged: Iterable[tuple[int, Verdict]], say: Say) -> bytes:
    """Give the list back as CSV: its own columns, then verdict, code and sentence; no cell is read as a formula.

    Secrets are left out, so that no second copy of them is made.

    `say` words a key and its params. Begins with a byte order mark, by which spreadsheets know UTF-8.
    """
    width = max(len(sheet.head), max(map(len, sheet.cells), default=0))
    phones = (sheet.columns.number, sheet.columns.destination)
    hidden = hidden_places(sheet.head, sheet.cells, phones)
    head = ["" if i in hidden else name for i, name in enumerate(sheet.head)] or [
        say("list.row.column", {"number": str(i + 1)}) for i in range(width)
    ]
    out = StringIO(newline="")
    write = csv.writer(out)
    write.writerow([*safe_cells(head), *[""] * (width - len(head)), *(say(key, {}) for key in _LAST_SAID)])
    columns = [_Column(i in hidden, i in phones) for i in range(width)]
    for batch in _batches(judged):
        write.writerows(_reported(sheet, batch, say, columns))
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a report, and its cells as they are given back, by what was written: what repeats is judged once."""

    is_hidden: bool
    is_phone: bool
    given: dict[str, str] = field(default_factory=dict)

    def show(self, cells: Sequence[str]) -> Iterable[str]:
        """Return cells without secrets; phone numbers stay as they were written, wrong ones too."""
        if self.is_hidden:
            return repeat("")
        if self.is_phone:
            return safe_cells(phones_alone(cells))
        fresh = set(cells).difference(self.given)
        secrets = secrets_of(fresh)
        plain = fresh - secrets
        self.given.update(zip(plain, safe_cells(plain), strict=True))
        self.given.update(dict.fromkeys(secrets, ""))
        return map(self.given.__getitem__, cells)


def _batches(judged: Iterable[tuple[int, Verdict]]) -> Iterator[list[tuple[int, Verdict]]]:
    rows = iter(judged)
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _reported(
    sheet: Sheet, judged: Sequence[tuple[int, Verdict]], say: Say, columns: Sequence[_Column]
) -> Iterator[tuple[str, ...]]:
    """Give some rows of a report, made column by column, for a column repeats itself."""
    lines, found = zip(*judged, strict=True)
    outcomes, codes, _, params = zip(*found, strict=True)
    rows = [sheet.cells[line - sheet.first_line] for line in lines]
    cells = zip_longest(*rows, [""] * len(columns), fillvalue="")
    shown = [column.show(each) for column, each in zip(columns, cells, strict=True)]
    said = [say(code, told) if code else "" for code, told in zip(codes, params, strict=True)]
    return zip(*shown, outcomes, codes, said)  # noqa: B905 - hidden columns have no end; csv writes None as nothing


def safe_cells(cells: Iterable[str]) -> list[str]:
    """Put an apostrophe before what a spreadsheet would run (owasp.org, CSV injection, checked 2026-11-22)."""
    return [f"'{cell}" if cell[:1] in _FORMULA else cell for cell in cells]


def make_template(kind: Literal["csv", "xlsx"]) -> bytes:
    """Make the list to fill in: its head, and one example that is left out when it comes back."""
    rows = [list(TEMPLATE_HEAD), list(_EXAMPLE)]
    if kind == "xlsx":
        return write_workbook(rows, "Numbers")
    out = StringIO(newline="")
    csv.writer(out).writerows(rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()
