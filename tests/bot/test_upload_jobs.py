"""Files that come from anybody: what acts by itself is refused, and photos are kept without what stands beside them."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NullObject, TextStringObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from reportlab.pdfgen.canvas import Canvas

from bot.letters.model import MOST_PAGES
from bot.letters.upload_jobs import look_over
from sandbox.page.bill import sample_bill

BILL = sample_bill(date(2026, 11, 2))
Table: Any = DictionaryObject  # the maker of these has no types
Put = Callable[[Any], Any]


def looked_over(content: bytes) -> tuple[bytes, str]:
    found = look_over({"content": content})
    return found["content"], found["refused"]


def bill_with(key: str, put: Put) -> bytes:
    """Return a bill with something put into its catalogue."""
    writer: Any = IncrementalPdfFileWriter(BytesIO(BILL))
    made = BytesIO()
    writer.root[key] = put(writer)
    writer.update_root()
    writer.write(made)
    return made.getvalue()


def script(writer: Any) -> Any:
    act = {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): TextStringObject("app.alert(1)")}
    return writer.add_object(Table(act))


def escaped(content: bytes) -> bytes:
    return content.replace(b"/JavaScript", b"/Java#53cript").replace(b"/JS", b"/#4aS")


def launch(writer: Any) -> Any:
    return ArrayObject([Table({pdf_name("/S"): writer.add_object(pdf_name("/Launch"))})])


def files(_writer: Any) -> Any:
    return Table({pdf_name("/EmbeddedFiles"): NullObject()})


def place(writer: Any) -> Any:
    return ArrayObject([writer.root.raw_get("/Pages"), pdf_name("/Fit")])


def long(pages: int) -> bytes:
    made = BytesIO()
    canvas = Canvas(made)
    for _ in range(pages):
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def locked(password: bytes) -> bytes:
    writer: Any = copy_into_new_writer(PdfFileReader(BytesIO(BILL)))
    made = BytesIO()
    writer.encrypt(owner_pass=b"owner", user_pass=password)
    writer.write(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (bill_with("/OpenAction", script), "active"),
        (
            escaped(bill_with("/OpenAction", script)),
            "active",
        ),
        (bill_with("/Next", launch), "active"),
        (bill_with("/Names", files), "active"),
        (long(MOST_PAGES + 1), "too_long"),
        (locked(b"theirs"), "unreadable"),
        (b"%PDF-1.4 torn", "unreadable"),
        (b"\xff\xd8\xff no picture", "unreadable"),
    ],
)
def test_a_file_that_holds_more_than_pages_or_cannot_be_looked_into_is_refused(content: bytes, why: str) -> None:
    assert looked_over(content)[1] == why


@pytest.mark.parametrize("content", [BILL, bill_with("/OpenAction", place), long(MOST_PAGES), locked(b"")])
def test_a_file_of_nothing_but_pages_is_kept_as_it_came(content: bytes) -> None:
    assert looked_over(content) == (content, "")


def test_a_photo_is_kept_upright_without_what_stands_beside_it() -> None:
    photo, made = Image.new("RGB", (60, 40), "white"), BytesIO()
    exif = photo.getexif()
    exif[0x010F], exif[0x0112] = "SECRET maker", 6  # it was taken with the camera on its side
    photo.save(made, "JPEG", exif=exif, comment=b"SECRET words")
    kept, refused = looked_over(made.getvalue() + b"SECRET behind")
    assert (refused, Image.open(BytesIO(kept)).size, b"SECRET" in kept) == ("", (40, 60), False)


def test_a_picture_of_a_screen_is_kept_dot_for_dot() -> None:
    shot, made, words = Image.effect_noise((60, 40), 90).convert("P"), BytesIO(), PngInfo()
    words.add_text("who", "SECRET")
    shot.save(made, "PNG", pnginfo=words)
    kept, refused = looked_over(made.getvalue())
    assert (refused, b"SECRET" in kept) == ("", False)
    assert Image.open(BytesIO(kept)).convert("RGB").tobytes() == shot.convert("RGB").tobytes()
