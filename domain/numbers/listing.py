"""A list looked through as a whole: what of it can move, what cannot and why, and what its sender puts right."""

import csv
import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import NamedTuple

from domain.numbers.fixes import lines_of
from domain.numbers.hiding import without_secret
from domain.numbers.lists import MOST_NUMBERS
from domain.numbers.portability import Known, Verdict
from domain.numbers.sheets import TEMPLATE_HEAD, Row, Rows, Say, Sheet, report, row_of, safe_cells, weigh
from domain.numbers.together import travelling

LONGEST_CELL = 80
"""Characters of a source, a label or an account that are kept."""


class Entry(NamedTuple):
    """A number of a list that can move; `line` as in its file, `destination` in E.164 or empty."""

    line: int
    e164: str
    destination: str
    source: str
    label: str
    company: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What a list came to: all rows with something in them, those that can move, how many cannot by code, a report.

    `report`: CSV with a verdict and a sentence for each row; empty where all are fine. `lines`: its first and last.
    `apart`: numbers (E.164) that travel by a request of their own, unless they are too many for one without a list.
    `sheets`: of a workbook the sheet that was read, then the others that hold numbers.
    """

    rows: int
    entries: tuple[Entry, ...]
    why: dict[str, int]
    report: bytes
    lines: tuple[int, int] = (0, 0)
    apart: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()


def named_in(rows: Rows) -> list[str]:
    """Return every number (E.164) of the list that has to be looked up: those to move, and those to ring at."""
    found = dict.fromkeys(each if isinstance(each, str) else each.value for each in rows.found)
    return [e164 for e164 in found | dict.fromkeys(filter(None, rows.rings_at)) if e164]


def look_through(sheet: Sheet, rows: Rows, known: Known, say: Say) -> Looked:
    """Judge a whole list by rows that were read, and give every row that cannot move a sentence."""
    judged, apart = _together(list(weigh(rows, known)))
    rings = dict(zip(rows.lines, rows.rings_at, strict=True))
    entries = tuple(
        _entry(row_of(sheet, line), found.value, rings[line] or "")
        for line, found in judged
        if found.verdict == "accepted"
    )
    why = Counter(found.code or "" for _, found in judged if found.verdict != "accepted")
    told = report(sheet, judged, say) if why else b""
    few = apart if len(apart) <= MOST_NUMBERS else ()
    return Looked(len(judged), entries, dict(why), told, lines_of(sheet), few)


def _together(judged: list[tuple[int, Verdict]]) -> tuple[list[tuple[int, Verdict]], tuple[str, ...]]:
    """Doubt what cannot travel with most of the list, and tell which that is; of two as many, the first kind goes.

    What travels apart is another country's, or toll-free numbers among others.
    """
    kinds = {line: travelling(found.value) for line, found in judged if found.verdict == "accepted"}
    most = Counter(kinds.values()).most_common(1)
    others = {line for line, kind in kinds.items() if kind != most[0][0]}
    doubted = [
        (line, Verdict("doubtful", "number.apart", found.value) if line in others else found) for line, found in judged
    ]
    return doubted, tuple(found.value for line, found in judged if line in others)


def _entry(row: Row, e164: str, rings_at: str) -> Entry:
    rest = (" ".join(without_secret(cell).split())[:LONGEST_CELL] for cell in (row.source, row.label, row.company))
    return Entry(row.line, e164, rings_at, *rest)


def digest_of(numbers: Iterable[str]) -> str:
    """Return the SHA-256 (hex) of numbers in E.164, each with a line feed: what a letter can refer to."""
    whole = hashlib.sha256()
    for e164 in numbers:
        whole.update(f"{e164}\n".encode())
    return whole.hexdigest()


def shared_by(entries: Collection[Entry], field: str) -> str:
    """Tell what all entries say of a thing: `=value`; `list:many:blank` where they differ; empty where none says it."""
    said = Counter(getattr(entry, field) for entry in entries)
    blank = said.pop("", 0)
    if not said:
        return ""
    return f"={next(iter(said))}" if len(said) == 1 and not blank else f"list:{len(said)}:{blank}"


def write_entries(entries: Iterable[Entry]) -> bytes:
    """Write the numbers that move as CSV, in the template's columns."""
    out = StringIO(newline="")
    write = csv.writer(out)
    write.writerow(TEMPLATE_HEAD)
    write.writerows(_written(entries))
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _written(entries: Iterable[Entry]) -> Iterator[list[str]]:
    for entry in entries:
        yield [entry.e164, entry.destination, *safe_cells([entry.source, entry.label, entry.company])]
