"""Workbooks (XLSX) as rows of text, and one made by us; an archive that would unpack beyond measure is not opened."""

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import islice

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from domain.errors import Unreadable

MOST_BYTES = 100_000_000
"""Bytes of a list, unpacked: 100,000 rows of ten columns take some 50 MB in a workbook, 10 MB as CSV."""

_MOST_PARTS = 1000
_MOST_CELLS = 8_000_000  # in the rectangle around all cells, for all of which the reader takes memory: 24 bytes each
_MOST_IN_A_SHEET = 1_048_576  # rows (support.microsoft.com, Excel specifications and limits, checked 2026-11-22)
_MOST_COLUMNS = 100
_LOOKED_AT = 200  # rows of a sheet in which its first number stands
_MARKED = re.compile(r"[\s().+/-]")
_PLACE = re.compile(r"""\sr\s*=\s*["']([^"']{0,40})""")
_REFERENCE = re.compile(r"([A-Za-z]{0,2})(\d{1,7})")
_Cell = int | float | str | bool | date | datetime | time | timedelta


def is_workbook(content: bytes) -> bool:
    """Tell a ZIP archive by its first bytes."""
    return content.startswith(b"PK\x03\x04")


def read_workbook(content: bytes, most: int) -> list[list[str]] | Unreadable:
    """Read the first visible sheet with a number, else the first with a row; formulas give the values saved with them.

    Stops when more than a head and `most` rows hold something. Codes: `sheet.too_large`, `broken`, `wrong_type`.
    """
    try:
        fault = _unsafe(content)
        return fault or _rows_of(content, most)
    except (CalamineError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        return Unreadable("sheet.broken")


def _unsafe(content: bytes) -> Unreadable | None:
    """Unpack all parts piece by piece, never beyond what they declare, and look where their cells stand."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        if "xl/workbook.xml" not in archive.namelist():
            return Unreadable("sheet.wrong_type")
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
            return Unreadable("sheet.too_large")
        if any(_spans_too_much(archive.read(part)) for part in parts):
            return Unreadable("sheet.too_large")
    return None


def _spans_too_much(part: bytes) -> bool:
    """Tell whether a cell stands so far off that the rectangle of all would fill the memory; written oddly, it does."""
    text = part.replace(b"\x00", b"").decode("latin-1")  # UTF-16 hides nothing
    rows = columns = 1
    for place in _PLACE.finditer(text) if "sheetData" in text else ():
        found = _REFERENCE.fullmatch(place[1])
        if found is None:
            return True
        rows, columns = max(rows, int(found[2])), max(columns, _column(found[1]))
    return rows > _MOST_IN_A_SHEET or rows * columns > _MOST_CELLS


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _rows_of(content: bytes, most: int) -> list[list[str]]:
    with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
        first: list[list[str]] = []
        for name in _visible(book):
            rows = list(_rows(book.get_sheet_by_name(name), most + 2))
            if _hold_numbers(rows):
                return rows
            first = first or rows
    return first


def sheets_of(content: bytes) -> tuple[str, ...]:
    """Return the name of the sheet that is read, then those of the others that hold numbers; () for a broken file."""
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            held = [name for name in _visible(book) if _hold_numbers(_rows(book.get_sheet_by_name(name), _LOOKED_AT))]
    except (CalamineError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        return ()
    return tuple(held)


def _visible(book: CalamineWorkbook) -> list[str]:
    sheets = (each for each in book.sheets_metadata if each.typ is SheetTypeEnum.WorkSheet)
    return [each.name for each in sheets if each.visible is SheetVisibleEnum.Visible]


def _hold_numbers(rows: Iterable[list[str]]) -> bool:
    """Tell whether something like a phone number stands in the first rows: ten or eleven digits, and little else."""
    cells = (cell for row in islice(rows, _LOOKED_AT) for cell in row)
    return any(_MARKED.sub("", cell).isdecimal() and sum(map(str.isdecimal, cell)) in (10, 11) for cell in cells)


def _rows(sheet: CalamineSheet, most: int) -> Iterator[list[str]]:
    above = sheet.start[0] if sheet.start else 0
    yield from ([] for _ in range(above))
    filled = 0
    for row in sheet.iter_rows():
        cells = [_text(cell) for cell in row[:_MOST_COLUMNS]]
        yield cells
        filled += any(cells)
        if filled == most:
            return


def _text(cell: _Cell) -> str:
    """Give a cell as it is read: a number without the ".0" that a spreadsheet's floats have."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def write_workbook(rows: list[list[str]], title: str) -> bytes:
    """Make a workbook of one sheet in which every cell is text, so that no digit is lost while it is filled in."""
    from openpyxl import Workbook  # type: ignore[import-untyped] # has no types; and 100 ms that no start should wait

    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for column in sheet.iter_cols(max_row=1):
        sheet.column_dimensions[column[0].column_letter].number_format = "@"
        sheet.column_dimensions[column[0].column_letter].width = 24
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.number_format = "@"
    out = BytesIO()
    book.save(out)
    return out.getvalue()
