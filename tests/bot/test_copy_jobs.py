"""The codes on copies are read from PDFs and photos; what is built to break a reader comes to nothing."""

import io
import struct
import zlib

import pytest
import zxingcpp
from PIL import Image

from bot.letters.copy_jobs import MOST_PAGES, read_copy
from bot.letters.model import Brand, payload_of
from bot.letters.press import pages_of, print_letter
from bot.letters.workshop import JobFailed, Workshop
from domain.papers.letter import Signature
from domain.papers.marks import Mark, write_mark
from tests.bot.test_seal import AT, LETTER

MARK = write_mark(Mark(LETTER.code, 1, 1))


def letter() -> bytes:
    return print_letter(LETTER, Brand("Port of Call"))


def bomb(side: int) -> bytes:
    """Return a PNG of a few bytes that says it has so many pixels a side."""
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    parts = (b"IHDR" + head, b"IDAT" + zlib.compress(bytes(1000)), b"IEND")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part)) for part in parts
    )


def test_the_code_of_a_pdf_and_of_a_photo_is_read() -> None:
    assert read_copy({"content": letter(), "letters": []}) == [{"codes": [MARK], "seen": [], "longer": []}]
    page = Image.open(io.BytesIO(pages_of(letter())[0])).convert("RGB").rotate(180)
    file = io.BytesIO()
    page.save(file, "JPEG", quality=60)
    assert read_copy({"content": file.getvalue(), "letters": []}) == [{"codes": [MARK], "seen": [], "longer": []}]


def test_a_code_that_says_another_number_of_pages_than_the_letter_has_is_no_code_of_it() -> None:
    texts = [MARK, write_mark(Mark(LETTER.code, 1, 2))]
    read = []
    for text in texts:
        code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
        file = io.BytesIO()
        Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=8)).save(file, "PNG")
        read += read_copy({"content": file.getvalue(), "letters": [payload_of(LETTER, Brand("Port of Call"))]}) or []
    assert [page["codes"] for page in read] == [[MARK], []]
    assert [page["longer"] for page in read] == [[], texts[1:]]


def test_a_letter_that_was_signed_on_a_screen_is_told_from_one_that_is_to_be_signed_with_a_pen() -> None:
    signature = Signature("Maria Alvarez", AT, "typed", "2026-11-22.2", "letter.where.chat", "telegram:1")
    sealed = print_letter(LETTER, Brand("Port of Call"), signature)
    pages = read_copy({"content": sealed, "letters": [payload_of(LETTER, Brand("Port of Call"))]}) or []
    assert [(page["codes"], page["seen"]) for page in pages] == [([], []), ([], [])]
    assert [page["longer"] for page in pages] == [[write_mark(Mark(LETTER.code, place, 2))] for place in (1, 2)]


@pytest.mark.parametrize("content", [b"%PDF-1.4 torn", b"\xff\xd8\xff", bomb(30_000), bomb(7_000), b"GIF89a"])
def test_what_cannot_be_read_is_nothing(content: bytes) -> None:
    assert read_copy({"content": content, "letters": []}) is None


def test_no_more_pages_are_read_than_a_letter_can_have() -> None:
    import pypdfium2

    document, file = pypdfium2.PdfDocument.new(), io.BytesIO()
    for _ in range(MOST_PAGES + 5):
        document.new_page(200, 200)
    document.save(file)
    assert len(read_copy({"content": file.getvalue(), "letters": []}) or ()) == MOST_PAGES


async def test_a_file_that_takes_its_reader_too_long_ends_the_child_and_not_the_desk() -> None:
    workshop = Workshop(Brand("Port of Call"), limit=0.05)
    with pytest.raises(JobFailed):
        await workshop.run("read_copy", {"content": letter(), "letters": []})
    await workshop.close()
