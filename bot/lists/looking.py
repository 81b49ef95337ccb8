"""Looking through a list in two steps, the same here and in a child: its numbers first, then what is known of them.

What goes between the two is JSON, a line for each message, and the report's bytes behind the last one. The numbers
that can move come page by page: all at once they would take the loop 16 ms (20,000 rows, 2 cores, 2026-11-22).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import msgspec

from bot.wording import plain_text
from domain.errors import Unreadable
from domain.numbers.columns import Ask, Asked, Columns
from domain.numbers.fixes import Fix, with_fixes
from domain.numbers.listing import Entry, Looked, look_through, named_in
from domain.numbers.portability import Known
from domain.numbers.sheets import Rows, Sheet, read_rows, read_sheet
from domain.numbers.verdicts import Served
from domain.numbers.workbooks import is_workbook, sheets_of

PAGE = 1000  # numbers in one message
_PAGE = msgspec.json.Decoder(list[Entry])


@dataclass(frozen=True, slots=True)
class Wish:
    """What is known of a list before it is read: its columns, if somebody told them, and what was put right."""

    columns: Columns | None = None
    fixes: tuple[Fix, ...] = ()
    served: tuple[str, ...] = ()
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Named:
    """The numbers that have to be looked up, and how many rows there are."""

    numbers: list[str]
    rows: int


class Look:
    """A list that is being looked through."""

    def __init__(self, wish: Wish) -> None:
        self._wish = wish
        self._read: tuple[Sheet, Rows] | None = None
        self._sheets: tuple[str, ...] = ()

    def open(self, content: bytes) -> Named | Ask | Unreadable:
        """Read the file."""
        sheet = read_sheet(content, self._wish.columns)
        self._sheets = sheets_of(content) if is_workbook(content) and not isinstance(sheet, Unreadable) else ()
        if isinstance(sheet, Ask):
            return replace(sheet, sheets=self._sheets)
        if isinstance(sheet, Unreadable):
            return sheet
        sheet = with_fixes(sheet, self._wish.fixes)
        rows = read_rows(sheet, Served(frozenset(self._wish.served)))
        self._read = sheet, rows
        return Named(named_in(rows), len(sheet.cells))

    def judge(self, known: Known) -> Looked:
        """Judge every row. Raises RuntimeError before a file was opened."""
        if self._read is None:
            raise RuntimeError("no list is open")
        return replace(look_through(*self._read, known, self._say), sheets=self._sheets)

    def _say(self, code: str, params: Mapping[str, str]) -> str:
        return plain_text(code, params, self._wish.language)


def wish_to_json(wish: Wish) -> dict[str, Any]:
    """Return a wish as plain values."""
    return asdict(wish)


def wish_of_json(told: dict[str, Any]) -> Wish:
    """Return the wish of plain values."""
    columns = Columns(**told["columns"]) if told["columns"] else None
    fixes = tuple(Fix(**each) for each in told["fixes"])
    return Wish(columns, fixes, tuple(told["served"]), told["language"])


def opened_to_json(opened: Named | Ask | Unreadable) -> dict[str, Any]:
    """Return what the first step came to as plain values."""
    if isinstance(opened, Named):
        return {"numbers": opened.numbers, "rows": opened.rows}
    if isinstance(opened, Ask):
        return {"ask": asdict(opened)}
    return {"code": opened.code, "params": dict(opened.params)}


def opened_of_json(told: dict[str, Any]) -> Named | Ask | Unreadable:
    """Return what the first step came to."""
    if "numbers" in told:
        return Named(told["numbers"], told["rows"])
    if "code" in told:
        return Unreadable(told["code"], told["params"])
    columns = (
        Asked(each["index"], each["head"], tuple(each["samples"]), each["guess"]) for each in told["ask"]["columns"]
    )
    return Ask(tuple(columns), told["ask"]["certain"], tuple(told["ask"]["sheets"]))


def known_to_json(known: Known) -> dict[str, Any]:
    """Return what is known of numbers as plain values."""
    return {"roles": dict(known.roles), "moving": sorted(known.moving), "moved": sorted(known.moved)}


def known_of_json(told: dict[str, Any]) -> Known:
    """Return what is known of numbers."""
    return Known(told["roles"], frozenset(told["moving"]), frozenset(told["moved"]))


def looked_to_json(looked: Looked) -> dict[str, Any]:
    """Return what the list came to as plain values: of its entries the number of pages, of the report the size."""
    pages = -(-len(looked.entries) // PAGE)
    told = {"rows": looked.rows, "why": looked.why, "lines": looked.lines, "apart": looked.apart}
    return {**told, "pages": pages, "report": len(looked.report), "sheets": looked.sheets}


def pages_to_json(looked: Looked) -> Iterator[list[Entry]]:
    """Return the numbers that can move, page by page."""
    for start in range(0, len(looked.entries), PAGE):
        yield list(looked.entries[start : start + PAGE])


def page_of_json(line: bytes) -> list[Entry]:
    """Return the numbers of a page's line. Raises msgspec.DecodeError for anything else."""
    return _PAGE.decode(line)


def looked_of_json(told: dict[str, Any], entries: Iterable[Entry], report: bytes) -> Looked:
    """Return what the list came to."""
    first, last = told["lines"]
    apart, sheets = tuple(told["apart"]), tuple(told["sheets"])
    return Looked(told["rows"], tuple(entries), told["why"], report, (first, last), apart, sheets)
