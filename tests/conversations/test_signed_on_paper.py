"""A letter signed on paper comes back: whole, page 1 alone, as a photo, and a stranger's; real files, really read."""

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

import app
from bot.letters.press import pages_of
from tests.house import CUSTOMER, STAFF, Desk, Platforms, fill_in, open_desk, reference
from tests.waiting import until

MANY = ", ".join(f"415-421-{place}" for place in range(8810, 8910))


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with Platforms().served() as platforms, open_desk(platforms, tmp_path) as opened:
        yield opened


async def blank(desk: Desk, numbers: str = "415-421-8832") -> bytes:
    """Come to the signature, ask for paper, and return the letter as it is to be signed."""
    if "," in numbers:
        await _several(desk, numbers)
    else:
        await fill_in(desk, numbers)
    await desk.press("All correct, I agree")
    await desk.say("I want to sign on paper")
    await until(lambda: bool(_blanks(desk)), 60)
    return _blanks(desk)[-1]


async def _several(desk: Desk, numbers: str) -> None:
    for said in ("/start", numbers, "Verizon Wireless", "yes", "yes"):
        await desk.say(said)
    await desk.send_bill()
    await desk.press("Mine: I am the account holder")
    for said in ("Maria Alvarez", "1455 Market Street, San Francisco, CA 94103", "415 200 0100", "998877665-00001"):
        await desk.say(said)


def _blanks(desk: Desk) -> list[bytes]:
    sent = [m.document for m in desk.screen() if m.from_bot and m.document and "to-sign" in m.document.name]
    return [desk.platforms.telegram.content(document.file_id) for document in sent]


async def send(desk: Desk, content: bytes, name: str, told: str) -> None:
    """Send a file, and wait until the chat says what it is."""
    seen = len(desk.said())
    mime = "application/pdf" if name.endswith(".pdf") else "image/jpeg"
    desk.platforms.telegram.upload(CUSTOMER, content, name=name, mime=mime, kind="document")
    await until(lambda: any(told in text for text in desk.said()[seen:]), 60)


def first_page(pdf: bytes) -> bytes:
    document, one, file = pypdfium2.PdfDocument(pdf), pypdfium2.PdfDocument.new(), io.BytesIO()
    one.import_pages(document, [0])
    one.save(file)
    return file.getvalue()


def photo(pdf: bytes, width: int = 1600) -> bytes:
    """Return a photo of the first page: a little turned, on a dark table, in uneven light."""
    page = Image.open(io.BytesIO(pages_of(pdf, width=width)[0])).convert("L")
    table = Image.new("L", (page.width + 200, page.height + 200), 60)
    table.paste(page.rotate(2.5, expand=True, fillcolor=60, resample=Image.Resampling.BICUBIC), (40, 40))
    light = Image.linear_gradient("L").resize(table.size).point(lambda level: 150 + level // 3)
    file = io.BytesIO()
    Image.composite(table, Image.new("L", table.size, 30), light).save(file, "JPEG", quality=70)
    return file.getvalue()


def strangers() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.drawString(72, 700, "Letter of Agency. I authorize Another Carrier to move my numbers.")
    canvas.save()
    return file.getvalue()


async def test_a_letter_signed_on_paper_is_taken_in_as_a_photo_and_accepted_by_staff(desk: Desk) -> None:
    letter = await blank(desk)
    assert len(pypdfium2.PdfDocument(letter)) == 1
    await send(desk, strangers(), "loa.pdf", "no code of our letter")
    await send(desk, b"%PDF-1.4 torn", "torn.pdf", "cannot read that file")
    await send(desk, photo(letter, 500), "small.jpg", "too small")
    await send(desk, photo(letter), "photo.jpg", "Our desk looks at the signature")
    ref = reference(desk)
    await until(lambda: any("Please see that a pen signed" in text for text in desk.thread()))
    assert "is noted" in await desk.port(f"letter {ref}")


async def test_the_first_of_several_pages_is_not_the_whole_letter(desk: Desk) -> None:
    letter = await blank(desk, MANY)
    pages = len(pypdfium2.PdfDocument(letter))
    assert pages > 1
    await send(desk, first_page(letter), "page1.pdf", "pages are missing: 2")
    await send(desk, letter, "all.pdf", "Our desk looks at the signature")


async def verdict(desk: Desk, content: bytes) -> str:
    """Hand a file in at the page, and return what it says of it."""
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("letter", io.BytesIO(content), filename="letter to sign.pdf", content_type="application/pdf")
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"http://127.0.0.1:{desk.settings.port}/verify", data=form) as answer,
    ):
        page = await answer.text()
    assert '<p class="file">letter to sign.pdf</p>' in page
    return page


async def test_whoever_checks_a_letter_that_is_not_signed_learns_that_it_is_ours_and_not_signed(desk: Desk) -> None:
    letter = await blank(desk)
    scan = photo(letter)
    assert "Ours, but not signed: this file" in await verdict(desk, letter)
    assert "not known to be signed yet" in await verdict(desk, letter + b"\n%%EOF")
    assert "not known to be signed yet" in await verdict(desk, scan)
    await desk.say("Maria Alvarez")
    sealed = await desk.letter()
    assert "Ours, but not signed, and void" in await verdict(desk, letter)
    assert "that was sealed and that counts" in await verdict(desk, photo(sealed))
    ref = reference(desk)
    seen = len(desk.platforms.slack.ephemerals(STAFF))
    await desk.port(f"verify {ref}")
    await until(lambda: len(desk.platforms.slack.ephemerals(STAFF)) > seen, 20)
    read = desk.platforms.slack.ephemerals(STAFF)[-1].text
    assert (f"letter of {ref} as it was printed" in read, "and it counts" in read) == (True, True)


async def test_the_command_names_the_file_and_says_whose_letter_it_is(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    letter, file = await blank(desk), tmp_path / "to sign.pdf"
    monkeypatch.setenv("DATA_DIR", str(desk.settings.data_dir))
    for content, said in ((letter, "Ours, but not signed"), (photo(letter), "No seal is on it, but the code")):
        file.write_bytes(content)
        assert await asyncio.to_thread(app.main, ["verify", str(file)]) == 1
        told = capsys.readouterr().out
        assert told.startswith(f"to sign.pdf: {said}"), told
        assert " letter of P-" in told
