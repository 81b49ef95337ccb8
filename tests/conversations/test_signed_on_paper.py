"""A letter signed on paper comes back: whole, a page at a time, as photos, old, mixed, a stranger's; really read."""

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFString
from reportlab.pdfgen.canvas import Canvas

import app
from bot.letters.sheet import Field
from sandbox.telegram.params import Upload
from tests.bot import pens
from tests.bot.pens import BLUE, Pen, Shot
from tests.conversations.test_talking import hand_in, press_button
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


def signed(letter: bytes, pen: Pen | None = None) -> list[Image.Image]:
    """Return a letter's sheets, signed and dated above the lines of its first one."""
    sheets = pens.sheets_of(letter)
    line = line_of(letter)
    pens.sign(sheets[0], Field(1, 62, line, 368, line + 44), pen)
    pens.date(sheets[0], Field(1, 392, line, 550, line + 44), pen)
    return sheets


def line_of(letter: bytes) -> float:
    """Return how many points above its lower edge a letter's lines to sign on are: above the words under them."""
    text = pypdfium2.PdfDocument(letter)[0].get_textpage()
    place = text.search("Signature of").get_next()
    assert place is not None
    return float(text.get_charbox(place[0])[3]) + 7


async def send(desk: Desk, content: bytes, name: str, told: str) -> None:
    """Send a file, and wait until the chat says what it is."""
    seen = len(desk.said())
    mime = "application/pdf" if name.endswith(".pdf") else "image/jpeg"
    desk.platforms.telegram.upload(CUSTOMER, content, name=name, mime=mime, kind="document")
    await until(lambda: any(told in text for text in desk.said()[seen:]), 60)


def card(desk: Desk) -> str:
    """Return what staff read of the request in the channel."""
    return str([post.blocks for post in desk.platforms.slack.posts()])


def strangers(script: str = "") -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file)
    if script:
        canvas.setCatalogEntry("OpenAction", PDFDictionary({"S": PDFName("JavaScript"), "JS": PDFString(script)}))
    canvas.drawString(72, 700, "Letter of Agency. I authorize Another Carrier to move my numbers.")
    canvas.save()
    return file.getvalue()


async def test_a_photo_of_the_signed_letter_is_accepted_at_once_and_staff_can_refuse_it(desk: Desk) -> None:
    letter = await blank(desk)
    assert len(pypdfium2.PdfDocument(letter)) == 1
    sheet = signed(letter)[0]
    async with desk.house.workshop._one_at_a_time:  # pages of letters are printed meanwhile, and nothing waits for them
        await send(desk, strangers(), "loa.pdf", "no code of our letter")
    await send(desk, b"%PDF-1.4 torn", "torn.pdf", "cannot read that file")
    await send(desk, strangers("app.alert(1)"), "acts.pdf", "holds a program")
    await send(desk, pens.photo(sheet, Shot(width=600)), "small.jpg", "too small")
    await send(desk, letter, "blank.pdf", "no signature in its field")
    photo = pens.photo(sheet)
    other = pens.photo(sheet, Shot(turn=4))
    await send(desk, photo, "photo.jpg", "It is taken in")
    await until(lambda: any("came signed on paper and is accepted" in text for text in desk.thread()))
    await until(lambda: "its ink was enough" in card(desk))
    untouched = await verdict(desk, photo)
    assert "Signed on paper, and untouched: this file" in untouched
    assert not any(told in untouched for told in (reference(desk), "Maria", "421-8832"))
    assert "of which a copy signed on paper was accepted here on" in await verdict(desk, other)
    assert "Ours, but not signed: this file" in await verdict(desk, letter)
    assert f"a copy of the letter of {reference(desk)} that was accepted" in await verified(desk)
    await send(desk, photo, "again.jpg", "here already")
    await press_button(desk, "verb.ask")
    assert "initial_options" in str(desk.platforms.slack.modals(STAFF)[-1])
    await hand_in(desk, {"answers": {"value": ["signature"]}, "words": {"value": "Please sign with your full name."}})
    await until(lambda: any("signed on paper is void" in text for text in desk.thread()))
    assert "Signed on paper, and untouched, but void" in await verdict(desk, photo)
    assert "Not a file that we keep, and void" in await verdict(desk, other)


async def test_pages_of_a_long_letter_come_one_by_one_and_as_an_album(desk: Desk) -> None:
    letter = await blank(desk, MANY)
    sheets = signed(letter, Pen(BLUE, 0.4))
    assert len(sheets) == 2
    await send(desk, pens.pdf(sheets[:1]), "page1.pdf", "pages are missing: 2")
    photos = [pens.photo(sheet, Shot(turn=turn)) for sheet, turn in zip(sheets, (3, -5), strict=True)]
    seen = len(desk.said())
    desk.platforms.telegram.album(CUSTOMER, [Upload(f"{n}.jpg", "image/jpeg", p) for n, p in enumerate(photos)])
    await until(lambda: any("It is taken in" in text for text in desk.said()[seen:]), 120)
    assert not any("missing" in text for text in desk.said()[seen:])


async def test_a_letter_whose_ink_is_in_doubt_is_looked_at_by_staff(desk: Desk) -> None:
    letter = await blank(desk)
    [sheet] = pens.sheets_of(letter)
    line = line_of(letter)
    pens.dots(sheet, Field(1, 62, line, 368, line + 44))
    pens.date(sheet, Field(1, 392, line, 550, line + 44))
    await send(desk, pens.pdf([sheet]), "scan.pdf", "Our desk looks at the signature")
    await until(lambda: any("Please look, then press" in text for text in desk.thread()))
    assert not any("signed by the customer" in text for text in desk.thread())
    await until(lambda: "here on paper, to be looked at" in card(desk))
    assert "is noted" in await desk.port(f"letter {reference(desk)}")
    await until(lambda: f"on paper, accepted by <@{STAFF}>" in card(desk))


async def test_an_older_letter_is_told_to_be_old_also_among_pages_of_the_new_one(desk: Desk) -> None:
    before = signed(await blank(desk, MANY))
    await desk.say("the name on the bill is Maria Jones")
    await desk.press("All correct, I agree")
    assert any("counts no more" in text for text in desk.said())
    await until(lambda: len(_blanks(desk)) == 2, 60)
    now = signed(_blanks(desk)[-1])
    await send(desk, pens.pdf(before), "old.pdf", "an older letter of this request")
    await send(desk, pens.pdf([before[0], now[1]]), "mixed.pdf", "pages are missing: 1")
    assert "older letter was among them" in desk.said()[-1]
    await send(desk, pens.pdf(now), "new.pdf", "It is taken in")


def photo_of(letter: bytes) -> bytes:
    return pens.photo(pens.sheets_of(letter)[0])


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
    scan = photo_of(letter)
    assert "Ours, but not signed: this file" in await verdict(desk, letter)
    assert "people have to see" in await verdict(desk, letter + b"\n%%EOF")
    assert "people have to see" in await verdict(desk, scan)
    await desk.say("Maria Alvarez")
    sealed = await desk.letter()
    assert "Ours, but not signed, and void" in await verdict(desk, letter)
    assert "that was sealed and that counts" in await verdict(desk, photo_of(sealed))
    await send(desk, photo_of(sealed), "sealed.jpg", "here already")
    read = await verified(desk)
    assert (f"letter of {reference(desk)} as it was printed" in read, "and it counts" in read) == (True, True)


async def verified(desk: Desk) -> str:
    """Return what staff read of the letters of the request."""
    seen = len(desk.platforms.slack.ephemerals(STAFF))
    await desk.port(f"verify {reference(desk)}")
    await until(lambda: len(desk.platforms.slack.ephemerals(STAFF)) > seen, 20)
    return desk.platforms.slack.ephemerals(STAFF)[-1].text


async def test_the_command_names_the_file_and_says_whose_letter_it_is(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    letter, file = await blank(desk), tmp_path / "to sign.pdf"
    monkeypatch.setenv("DATA_DIR", str(desk.settings.data_dir))
    for content, said in ((letter, "Ours, but not signed"), (photo_of(letter), "No seal is on it, but the code")):
        file.write_bytes(content)
        assert await asyncio.to_thread(app.main, ["verify", str(file)]) == 1
        told = capsys.readouterr().out
        assert told.startswith(f"to sign.pdf: {said}"), told
        assert " letter of P-" in told
    file.write_bytes(pens.photo(signed(letter)[0]))
    await send(desk, file.read_bytes(), "photo.jpg", "It is taken in")
    assert await asyncio.to_thread(app.main, ["verify", str(file)]) == 0
    assert "accepted as signed on 20" in capsys.readouterr().out
