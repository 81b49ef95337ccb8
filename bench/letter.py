"""The letter: ours beside bare reportlab that writes the same lines with the same typefaces: `python -m bench.letter`.

Bare reportlab shapes nothing, checks no glyph and gives no evidence: it is told where each line stands, and draws it.
"""

import gc
import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pypdfium2
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bench.goals import GOAL_HEAD, Row, table
from bot.letters.faces import FONTS
from bot.letters.model import Brand
from bot.letters.press import pages_of, print_letter
from domain.papers.letter import Letter
from domain.papers.marks import Mark, write_mark

COUNTS = (1, 200)  # numbers of a letter
_SLICES = 15
_MOST = 1.5
_SEED = 20_261_122
_BRAND = Brand("Port of Call", ("500 Harbor Way, Suite 200", "San Francisco, CA 94111"))
_FACES = ("NotoSans-Regular", "NotoSans-Bold")

Lines = list[list[tuple[float, float, float, str]]]  # of each page: x, y, size, text


def letters(count: int, many: int) -> list[Letter]:
    """Return different letters, as different customers have them."""
    dice = random.Random(_SEED)
    return [_letter(f"{dice.choice(_FIRST)} {dice.choice(_LAST)} {place}", count, place) for place in range(many)]


_FIRST = ("Maria", "Zoë", "Łukasz", "Ngọc", "Seán", "Ayşe", "Björn", "Chloé")
_LAST = ("Alvarez", "Müller", "O’Connor", "Nguyễn", "Şahin", "Dvořák", "Ibáñez", "Kowalczyk")  # noqa: RUF001 - as written


def _letter(name: str, count: int, place: int) -> Letter:
    first = 2_000_000 + place * count
    numbers = tuple(f"+1415{number:07d}" for number in range(first, first + count))
    address = "1455 Market Street, San Francisco, CA 94103"
    head = ("P-ABCDE", 1, 1, "wireless", name, name, address, address, "Verizon Wireless")
    return Letter(*head, numbers, "", "Port of Call", "3f" * 32)


def lines_of(pdf: bytes) -> Lines:
    """Return where each line of a letter stands, by a reader of PDFs."""
    document = pypdfium2.PdfDocument(pdf)
    pages: Lines = []
    for page in document:
        text = page.get_textpage()
        boxes = (text.get_rect(place) for place in range(text.count_rects()))
        pages.append([(x, y, max(6.0, top - y), text.get_text_bounded(x, y, right, top)) for x, y, right, top in boxes])
    document.close()
    return pages


def bare(letter: Letter, pages: Lines) -> bytes:
    """Write a letter's lines with reportlab alone, whose typefaces are registered."""
    file = BytesIO()
    canvas = Canvas(file, invariant=1, pageCompression=1)
    for place, lines in enumerate(pages, 1):
        for x, y, size, text in lines:
            canvas.setFont(_FACES[size > 12], size)
            canvas.drawString(x, y, text)
        code = Drawing(74, 74)
        code.add(
            QrCodeWidget(write_mark(Mark(letter.code, place, len(pages))), barWidth=74, barHeight=74, barLevel="Q")
        )
        renderPDF.draw(code, canvas, 476, 34)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _seconds(work: Callable[..., object], *given: object) -> float:
    gc.collect()
    start = time.process_time()
    work(*given)
    return time.process_time() - start


def rows(count: int) -> list[Row]:
    """Measure one length: CPU of the median of letters that differ, both in turn."""
    chosen = letters(count, _SLICES + 1)
    pages = lines_of(print_letter(chosen[0], _BRAND))
    for face in _FACES:
        registerFont(TTFont(face, FONTS / f"{face}.ttf"))
    bare(chosen[0], pages)
    found: tuple[list[float], list[float], list[float]] = ([], [], [])
    for letter in chosen[1:]:
        found[0].append(_seconds(print_letter, letter, _BRAND))
        found[1].append(_seconds(bare, letter, pages))
        found[2].append(_seconds(pages_of, print_letter(letter, _BRAND)))
    ours, theirs, pictured = (sorted(each)[len(each) // 2] * 1000 for each in found)
    name = f"10: a letter of {count} {'number' if count == 1 else 'numbers'}"
    ratio = ours / theirs
    same = print_letter(replace(chosen[1]), _BRAND) == print_letter(chosen[1], _BRAND)
    return [
        Row(
            f"{name} ≤ {_MOST} times bare reportlab",
            f"{ours:.1f} ms",
            f"{theirs:.1f} ms",
            f"{ratio:.2f}",
            ratio <= _MOST,
        ),
        Row(f"{name}, its pages as pictures", f"{pictured:.0f} ms"),
        Row(f"{name}, the same bytes again", "the same" if same else "others", is_met=same),
    ]


def main() -> int:
    """Print the goal's rows; 1 when it is not met."""
    found = [row for count in COUNTS for row in rows(count)]
    print(table(GOAL_HEAD, [row.cells() for row in found]))
    return 0 if all(row.is_met is not False for row in found) else 1


if __name__ == "__main__":
    sys.exit(main())
