"""Letters for tests: one of each kind, and what a reader of PDFs that did not make them finds in them."""

from datetime import UTC, datetime
from io import BytesIO

import pypdfium2
import zxingcpp
from PIL import Image

from bot.letters.model import Brand
from domain.papers.letter import Letter, Signature
from domain.papers.marks import Mark, read_mark

BRAND = Brand("Port of Call", ("500 Harbor Way, Suite 200", "San Francisco, CA 94111", "(415) 555-0100"))
ADDRESS = "1455 Market Street, San Francisco, CA 94103"
LETTER = Letter(
    ref="P-ABCDE",
    part=1,
    parts=1,
    number_class="wireless",
    holder="Maria Alvarez",
    signer="Maria Alvarez",
    address=ADDRESS,
    billing="PO Box 12, San Francisco, CA 94103",
    carrier="Verizon Wireless",
    numbers=("+14154218832",),
    clause="",
    company="Port of Call",
    facts="3f" * 32,
)
TYPED = Signature(
    "Maria Alvarez", datetime(2026, 11, 24, 4, 30, 12, tzinfo=UTC), "typed", "2026-11-22", "chat", "Telegram 5001"
)


def many(count: int) -> tuple[str, ...]:
    """Return so many different numbers."""
    return tuple(f"+1415{place:07d}" for place in range(2_000_000, 2_000_000 + count))


def drawing(width: int = 400, height: int = 120) -> bytes:
    """Return a drawn signature: a black line across a transparent PNG."""
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    for x in range(width):
        image.putpixel((x, height // 2), (0, 0, 0, 255))
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def text_of(pdf: bytes) -> list[str]:
    """Return the text of each page, on one line."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def mark_of(picture: Image.Image) -> Mark | None:
    """Return the mark that a machine reads on a page's picture."""
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.barcode_formats_from_str("QRCode"))
    return read_mark(found[0].text) if found else None
