"""The press: a letter of authorization as a PDF, and a PDF's pages as pictures. The same facts give the same bytes.

What the letter states is what 47 CFR 64.1130 asks of one that stands alone (read 2026-11-21): billing name and
address, every number, the decision to change, the agent's designation, one carrier for a number, a possible charge.
"""

from io import BytesIO
from zoneinfo import ZoneInfo

import pypdfium2

from bot.letters.evidence import write_evidence
from bot.letters.looks import BODY, LABEL, VALUE, day_of, fitting, head, said
from bot.letters.model import Brand as Brand
from bot.letters.model import NoGlyph as NoGlyph
from bot.letters.printing import bind
from bot.letters.sheet import ACCENT, BOTTOM, INK, LEFT, RIGHT, SOFT, TOP, Field, Look, Part, Sheets
from domain.papers.letter import Letter, Signature

_TITLE = Look("bold", 21, 27, ACCENT)
_ABOUT = Look("plain", 10.5, 15, SOFT)
_NUMBER = Look("plain", 10, 15.4, INK)
_SMALL = Look("plain", 8.5, 12, SOFT)
_COLUMNS = 4  # of numbers
_HEADING = 34.0  # height of a part's heading, with the room above it
_SIGNED = 130.0  # height of the signature's part
_DRAWN = (294.0, 42.0)  # how wide and high a drawn signature may be, on its line
_PEN = 44.0  # height above the lines in which a pen writes; what stands there is the heading's lower end
SIGNATURE, DATE = "signature", "date"  # the fields
SIGN = "sign"  # the part in which they are


def print_letter(letter: Letter, brand: Brand, signature: Signature | None = None) -> bytes:
    """Return a letter as a PDF, with its evidence page where it is signed; raises NoGlyph."""
    sheets = _filled(letter, brand, signature)
    return bind(sheets.pages, letter, sheets.own)


def print_blank(letter: Letter, brand: Brand) -> tuple[bytes, dict[str, Field], list[Part]]:
    """Return a letter to be signed with a pen as a PDF, the fields that are to be filled, and its parts.

    Raises NoGlyph.
    """
    sheets = _filled(letter, brand, None)
    return bind(sheets.pages, letter), sheets.fields, sheets.parts


def _filled(letter: Letter, brand: Brand, signature: Signature | None) -> Sheets:
    sheets = Sheets()
    _head(sheets, letter, brand)
    _account(sheets, letter)
    _states(sheets, letter)
    if _has_room(sheets, letter):
        _numbers(sheets, letter)
        _signature(sheets, letter, brand, signature)
    else:  # the signature stands below what is stated, the numbers on pages of their own
        _say_where(sheets, letter)
        _signature(sheets, letter, brand, signature)
        sheets.turn()
        _numbers(sheets, letter)
    if signature is not None:
        sheets.own = len(sheets.pages)
        sheets.turn()
        write_evidence(sheets, letter, signature, ZoneInfo(brand.zone))
    return sheets


def _head(sheets: Sheets, letter: Letter, brand: Brand) -> None:
    """Write whose letter it is, and what it is: the company's name or logo, its lines at the right, the title."""
    page, y = sheets.page, TOP
    if brand.logo:
        page.place(brand.logo, LEFT, y - 22, (170, 40))
    else:
        page.line(LEFT, y, brand.name, Look("bold", 13, 16, INK))
    for place, line in enumerate((brand.name, *brand.lines) if brand.logo else brand.lines):
        page.ending_at(RIGHT, y + 4 - 11.5 * place, line, _SMALL)
    lines = len(brand.lines) + bool(brand.logo)
    sheets.y = y - max(26.0 if brand.logo else 12.0, 11.5 * lines - 2)
    page.rule(LEFT, sheets.y, RIGHT, ink=ACCENT, width=1.2)
    sheets.skip(12)
    sheets.write(said("printed.title"), _TITLE)
    sheets.write(said(f"printed.about_{letter.clause}" if letter.clause else "printed.about"), _ABOUT)


def _begin(sheets: Sheets, part: str, heading: str) -> None:
    """Write the heading of a part."""
    head(sheets, heading)
    sheets.begin(part, _HEADING)


def _account(sheets: Sheets, letter: Letter) -> None:
    """Write the account's facts in two columns."""
    _begin(sheets, "account", said("printed.account.head"))
    middle = (LEFT + RIGHT) / 2 + 8
    rows = (
        (("holder", letter.holder), ("signer", letter.signer)),
        (("address", letter.address), ("billing", letter.billing)),
        (("carrier", letter.carrier),),
    )
    for row in rows:
        _beside(sheets, row, middle)


def _beside(sheets: Sheets, row: tuple[tuple[str, str], ...], middle: float) -> None:
    """Write facts beside each other; the longest tells where the next row begins."""
    sheets.need(3 * VALUE.leading)
    pages, top, lowest = len(sheets.pages), sheets.y, sheets.y
    for (name, value), (x, to) in zip(row, ((LEFT, middle - 16), (middle, RIGHT)), strict=False):
        if len(sheets.pages) == pages:
            sheets.y = top
        sheets.write(said(f"printed.account.{name}"), LABEL, x, to)
        sheets.write(value or "—", VALUE, x, to)
        lowest = min(lowest, sheets.y)
    sheets.y = lowest - 6


def _states(sheets: Sheets, letter: Letter) -> None:
    """Write what the signer states, with the sentence that letters of this class have beside it."""
    _begin(sheets, "states", said("printed.states.head"))
    company = {"company": letter.company, "carrier": letter.carrier}
    sentences = [
        said("printed.states.holder"),
        said("printed.states.decision", company),
        said("printed.states.agent", company),
        said("printed.states.one_carrier"),
    ]
    if letter.clause:
        sentences.append(said(f"letter.clause.{letter.clause}", company).strip())
    for place, sentence in enumerate(sentences, 1):
        sheets.need(2 * BODY.leading)
        sheets.y -= 3
        sheets.page.line(LEFT, sheets.y - BODY.leading, f"{place}.", Look("plain", 10, 14.2, SOFT))
        sheets.write(sentence, BODY, LEFT + 18)


def _numbers(sheets: Sheets, letter: Letter) -> None:
    """Write every number, in columns that are read from top to bottom, page by page."""
    _begin(sheets, "numbers", said("printed.numbers.head", {"count": f"{len(letter.numbers):,}"}))
    start, many = 0, len(letter.numbers)
    while start < many:
        sheets.need(_NUMBER.leading)
        rows = min(int((sheets.y - BOTTOM) // _NUMBER.leading), -(-(many - start) // _COLUMNS))
        _columns(sheets, letter.numbers[start : start + rows * _COLUMNS], rows)
        start += rows * _COLUMNS


def _columns(sheets: Sheets, numbers: tuple[str, ...], rows: int) -> None:
    top, step = sheets.y, (RIGHT - LEFT) / _COLUMNS
    for place, number in enumerate(numbers):
        column, row = divmod(place, rows)
        sheets.page.line(LEFT + column * step, top - (row + 1) * _NUMBER.leading, _grouped(number), _NUMBER)
    sheets.y = top - rows * _NUMBER.leading


def _grouped(e164: str) -> str:
    """Return a number as letters show it: whole, in groups."""
    return f"+1 {e164[2:5]}-{e164[5:8]}-{e164[8:]}"


def _has_room(sheets: Sheets, letter: Letter) -> bool:
    """Tell whether all numbers, and the signature below them, fit on the page that is being filled."""
    rows = -(-len(letter.numbers) // _COLUMNS)
    return sheets.y - _HEADING - rows * _NUMBER.leading - _SIGNED >= BOTTOM


def _say_where(sheets: Sheets, letter: Letter) -> None:
    """Write how many numbers there are, and that they stand on pages of their own."""
    count = {"count": f"{len(letter.numbers):,}"}
    _begin(sheets, "numbers", said("printed.numbers.head", count))
    sheets.y -= 3
    sheets.write(said("printed.numbers.listed", count), BODY)


def _signature(sheets: Sheets, letter: Letter, brand: Brand, signature: Signature | None) -> None:
    """Write the lines on which a hand signs, or what was signed on a screen, with the day at the desk."""
    sheets.need(_SIGNED)
    _begin(sheets, SIGN, said("printed.sign.head"))
    page, line, date = sheets.page, sheets.y - 52, LEFT + 330
    if signature is not None:
        _sign(sheets, signature, line)
        page.line(date + 4, line + 5, day_of(signature.at.astimezone(ZoneInfo(brand.zone))), VALUE)
    page.rule(LEFT, line, date - 24, ink=SOFT)
    page.rule(date, line, RIGHT, ink=SOFT)
    sheets.y = line
    sheets.leave(SIGNATURE, LEFT, date - 24, _PEN)
    sheets.leave(DATE, date, RIGHT, _PEN)
    sheets.y -= 3
    sheets.write(said("printed.sign.line", {"signer": letter.signer}), LABEL, LEFT, date - 24)
    page.line(date, line - 3 - LABEL.leading, said("printed.sign.date"), LABEL)
    if signature is not None:
        sheets.write(said(f"printed.sign.{signature.how}"), LABEL)


def _sign(sheets: Sheets, signature: Signature, line: float) -> None:
    """Put the name that was typed, or the picture that was drawn, on the line."""
    if signature.how == "drawn":
        sheets.page.place(signature.drawing, LEFT + 6, line + 1, _DRAWN, is_trimmed=True)
    else:
        sheets.page.line(LEFT + 6, line + 7, *fitting(signature.name, Look("hand", 23, 30, INK), 290))


def pages_of(pdf: bytes, width: int = 1200, most: int | None = None) -> tuple[bytes, ...]:
    """Return each page of a PDF, or the first of them, as a PNG, so many pixels wide."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_picture(document[place], width) for place in range(min(len(document), most or len(document))))
    finally:
        document.close()


def page_of(pdf: bytes, place: int, width: int = 1200) -> bytes | None:
    """Return one page of a PDF, counted from 1, as a PNG, so many pixels wide; None where there is none."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return _picture(document[place - 1], width) if 0 < place <= len(document) else None
    finally:
        document.close()


def count_pages(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def _picture(page: pypdfium2.PdfPage, width: int) -> bytes:
    file = BytesIO()
    page.render(scale=width / page.get_width()).to_pil().save(file, "PNG", compress_level=1)
    return file.getvalue()
