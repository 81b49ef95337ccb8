"""The press: a letter of authorization as a PDF, and a PDF's pages as pictures. The same facts give the same bytes."""

from dataclasses import dataclass
from datetime import UTC
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.renderPDF import draw
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import letter as LETTER
from reportlab.pdfbase.pdfmetrics import getFont, registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from domain.numbers.phone import Phone, show
from domain.papers.letter import Letter, Signature

FONTS = Path(__file__).parent / "fonts"


@dataclass(frozen=True, slots=True)
class Brand:
    """How a company shows itself on its letters. `lines`: address and contact; `logo`: a PNG; `zone`: the desk's."""

    name: str
    lines: tuple[str, ...] = ()
    logo: bytes = b""
    zone: str = "America/New_York"


class NoGlyph(Exception):
    """A letter holds characters that no font here can print: `characters`, each once."""

    def __init__(self, characters: str) -> None:
        super().__init__(f"no glyph for {len(characters)} characters")
        self.characters = characters


def print_letter(letter: Letter, brand: Brand, signature: Signature | None = None) -> bytes:
    """Return a letter as a PDF, with its evidence page where it is signed; raises NoGlyph."""
    for face, file in (("NotoSans", "NotoSans-Regular.ttf"), ("NotoSans-Bold", "NotoSans-Bold.ttf")):
        registerFont(TTFont(face, FONTS / file))
    lines = [
        "Letter of Authorization", f"Billing name: {letter.holder}", f"Authorized person: {letter.signer}",
        f"Service address: {letter.address}", f"Billing address: {letter.billing}", f"Carrier: {letter.carrier}",
        *(show(Phone(number)) for number in letter.numbers), f"I appoint {letter.company} as my agent.",
    ]  # fmt: skip
    if signature is not None:
        zoned = signature.at.astimezone(ZoneInfo(brand.zone))
        lines += [f"Signed: {signature.name}, {signature.at.astimezone(UTC):%Y-%m-%d %H:%M UTC}, {zoned:%Y-%m-%d}"]
    known = getFont("NotoSans").face.charToGlyph
    missing = "".join(dict.fromkeys(c for line in lines for c in line if ord(c) not in known))
    if missing:
        raise NoGlyph(missing)
    pages = [lines[start : start + 40] for start in range(0, len(lines), 40)]
    return _print(pages, letter)


def _print(pages: list[list[str]], letter: Letter) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, pagesize=LETTER, invariant=1)
    for count, page in enumerate(pages, 1):
        canvas.setFont("NotoSans", 11)
        for place, line in enumerate(page):
            canvas.drawString(72, 720 - 15 * place, line)
        canvas.drawString(72, 40, f"{letter.code}  page {count} of {len(pages)}")
        code = Drawing(64, 64)
        code.add(QrCodeWidget(f"{letter.code}.{count}.{len(pages)}", barWidth=64, barHeight=64))
        draw(code, canvas, 480, 30)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def pages_of(pdf: bytes, width: int = 1200) -> tuple[bytes, ...]:
    """Return each page of a PDF as a PNG, so many pixels wide."""
    document = pypdfium2.PdfDocument(pdf)
    pictures = []
    for page in document:
        file = BytesIO()
        page.render(scale=width / page.get_width()).to_pil().save(file, "PNG")
        pictures.append(file.getvalue())
    document.close()
    return tuple(pictures)
