"""The cells of an uploaded list, row by row as text: CSV in any dress, or a workbook (XLSX)."""

import csv
import re
from io import StringIO
from itertools import islice

from domain.errors import Unreadable
from domain.numbers.workbooks import MOST_BYTES, is_workbook, read_workbook

Cells = list[list[str]]

LONGEST_CELL = 1000
"""Characters of one cell: nothing that belongs in such a list is as long."""

MOST_COLUMNS = 100
"""Cells of a row, but of a file that is one line of numbers."""

_DELIMITERS = ",;\t|"
_SAMPLED = 50  # lines by which the delimiter is chosen
_LOOKED_AT = 200_000  # characters of a text in which they are
_FAITH = 20  # lines that one quoted cell may span before its quote counts as a slip
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_SOME = 0.05  # the share of control characters that a text may have by a slip
_UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_PRINTABLE = bytes(range(0x20, 0x7F)) + b"\t\n\r"
_NOT_TEXT = (b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK", b"{\\rtf", b"<html", b"<!DOC")
_QUOTED = re.compile(r'"[^"\n]*"')
_SEPARATOR = re.compile(r"sep=(.)\r?\n?", re.I)
_FLOATING = re.compile(r"\d{10,11}\.0{1,6}|\d\.\d{9}[eE]\+?0?9|\d\.\d{10}[eE]\+?10")
_ROUNDED = re.compile(r"\d(?:[.,]\d{1,8})?[eE]\+?(?:0?9|10)")


def read_cells(content: bytes, most: int) -> Cells | Unreadable:
    """Read all rows, blank ones too, so that an index is what a spreadsheet shows less one.

    `most`: rows with something in them beyond which reading may stop. Codes: `sheet.wrong_type`, `broken`, `too_large`.
    """
    if len(content) > MOST_BYTES:
        return Unreadable("sheet.too_large")
    if is_workbook(content):
        read = read_workbook(content, most)
        return read if isinstance(read, Unreadable) else _printable(read)
    if content.startswith(_NOT_TEXT):
        return Unreadable("sheet.wrong_type")
    text = decode(content)
    first = text[:10_000]
    is_text = len(_CONTROLS.findall(first)) <= _SOME * len(first)
    if not is_text:
        return Unreadable("sheet.wrong_type")
    rows = _read_csv(text)
    is_plain = not content.translate(None, _PRINTABLE)
    return rows if is_plain else _printable(rows)


def _printable(rows: Cells) -> Cells:
    """Strip control characters from every cell, but for line breaks and tabs, which people type."""
    return [[cell if cell.isprintable() else _UNPRINTED.sub("", cell) for cell in row] for row in rows]


def decode(content: bytes) -> str:
    """Decode by byte order mark, else by zero bytes as UTF-16, else as UTF-8, else as Windows does in the West."""
    head = content[:1000]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", "replace")
    elif head[1::2].count(0) > len(head) // 3:
        text = content.decode("utf-16-le", "replace")
    elif head[::2].count(0) > len(head) // 3:
        text = content.decode("utf-16-be", "replace")
    else:
        text = _decode_bytes(content)
    return text.replace("\x00", "")


def _decode_bytes(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _read_csv(text: str) -> Cells:
    text, delimiter = _take_delimiter(text)
    lines = StringIO(text, newline="")
    read = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    try:
        rows = list(read)
    except csv.Error:  # a cell beyond the module's limit, as after a quote that is never closed
        return _read_carefully(text, delimiter)
    is_swallowing = read.line_num - len(rows) > _FAITH or (rows and '"' in text and text.count('"') % 2)
    rows = _read_carefully(text, delimiter) if is_swallowing else rows
    return (
        [row[:MOST_COLUMNS] for row in rows]
        if max(map(len, rows), default=0) > MOST_COLUMNS and len(rows) > 1
        else rows
    )


def _take_delimiter(text: str) -> tuple[str, str]:
    """Find which sign parts the cells: the one that most lines have equally often, outside quotes."""
    named = _SEPARATOR.match(text)
    if named:
        return text[named.end() :], named[1]
    lines = [_QUOTED.sub("", line) for line in islice(filter(str.strip, StringIO(text[:_LOOKED_AT])), _SAMPLED)]
    counts = {sign: [line.count(sign) for line in lines] for sign in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda sign: _steadiness(counts[sign]))
    return text, best


def _steadiness(counts: list[int]) -> tuple[int, int]:
    """Give how many lines have the commonest count that is not zero, and that count."""
    present = [count for count in counts if count]
    commonest = max(present, key=present.count, default=0)
    return present.count(commonest), commonest


def _read_carefully(text: str, delimiter: str) -> Cells:
    """Read row by row; a quote that is not closed within some lines spoils its own line only."""
    lines = StringIO(text, newline="").readlines()
    rows: Cells = []
    at = 0
    while at < len(lines):
        row, used = _one_row(lines[at : at + _FAITH], delimiter)
        rows.append(row)
        at += used
    return rows


def _one_row(lines: list[str], delimiter: str) -> tuple[list[str], int]:
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)
    try:
        return next(reader), reader.line_num
    except csv.Error:
        plain = lines[0].replace('"', "").rstrip("\r\n")
        return plain.split(delimiter), 1


def tidy(cell: str) -> str:
    """Strip a cell, and give back to a number the form it lost as a float: "4154218832.0", "4.154218832E+09"."""
    cell = cell.strip()[:LONGEST_CELL].lstrip("'")
    floating = _FLOATING.fullmatch(cell)
    return f"{float(cell):.0f}" if floating else cell


def is_rounded(cell: str) -> bool:
    """Tell a number of which a spreadsheet kept the first digits only: "4.15422E+09"."""
    return _ROUNDED.fullmatch(cell) is not None
