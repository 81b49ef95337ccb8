"""Letters are sealed, given out, verified and voided, through the real clients and the real workshop."""

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path
from unittest.mock import ANY

import aiohttp
import pytest
from sqlalchemy import select

import app
from bot.handlers.web import verifying
from bot.handlers.web.verifying import AT_ONCE
from bot.letters.errands import TOLD_AFTER, LetterErrands
from bot.letters.shelf import Shelf
from bot.letters.works import Works
from bot.rules import SettingsError
from domain.desk.keeping import Keeper
from domain.desk.letter_seals import SEAL
from domain.desk.state import Errand
from domain.papers.sniff import LARGEST_PAPER
from storage import Store
from storage.tables import TABLES
from tests.house import STAFF, Desk, Platforms, fill_in, open_desk, reference, sign
from tests.waiting import until


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with Platforms().served() as platforms, open_desk(platforms, tmp_path) as opened:
        yield opened


async def signed(desk: Desk) -> tuple[str, bytes]:
    """Sign a request; return its reference and its sealed letter, as the customer has it."""
    await fill_in(desk)
    await sign(desk)
    ref, letter = reference(desk), await desk.letter()
    await until(lambda: any("Letter sealed" in text for text in desk.thread()), 20)
    return ref, letter


async def on_the_page(desk: Desk, content: bytes, name: str = "letter") -> str:
    """Hand a file in at the page, and return what it answers."""
    form = aiohttp.FormData()
    form.add_field(name, io.BytesIO(content), filename="letter.pdf", content_type="application/pdf")
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"http://127.0.0.1:{desk.settings.port}/verify", data=form) as answer,
    ):
        return await answer.text()


async def verified(desk: Desk, ref: str) -> str:
    """Have staff verify a request, and return what they read; the seals are read after Slack was answered."""
    seen = len(desk.platforms.slack.ephemerals(STAFF))
    await desk.port(f"verify {ref}")
    await until(lambda: "each as it is kept" in told(desk, seen), 20)
    return told(desk, seen)


def told(desk: Desk, seen: int) -> str:
    return "\n".join(post.text for post in desk.platforms.slack.ephemerals(STAFF)[seen:])


async def test_a_signed_letter_is_sealed_sent_and_found_untouched_by_every_door(desk: Desk) -> None:
    ref, letter = await signed(desk)
    assert letter.startswith(b"%PDF-")
    assert f"Untouched: this is the letter of {ref}" in await verified(desk, ref)
    page = await on_the_page(desk, letter)
    assert "Untouched: this file is byte for byte" in page
    assert not any(told in page for told in (ref, "Maria", "421-8832"))
    assert "Not untouched: something was added" in await on_the_page(desk, letter + b"\n%%EOF")
    assert "No seal and no code of ours" in await on_the_page(desk, b"%PDF-1.4 hello")


async def test_the_button_under_the_post_and_the_cards_menu_verify_as_well(desk: Desk) -> None:
    ref, _ = await signed(desk)
    slack = desk.platforms.slack
    [post] = [each for each in slack.posts() if "Letter sealed" in each.text]
    for action, value in (("verb.verify", None), ("menu", f"verify {ref}")):
        seen = len(slack.ephemerals(STAFF))
        ts = post.ts if value is None else desk.cards()[0].ts
        await slack.press(STAFF, action, message_ts=ts, value=value)
        await until(lambda seen=seen: f"letter of {ref}" in told(desk, seen), 20)  # type: ignore[misc] # bound here


async def test_the_command_tells_of_a_file_while_the_desk_runs(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ref, letter = await signed(desk)
    file = tmp_path / "letter.pdf"
    monkeypatch.setenv("DATA_DIR", str(desk.settings.data_dir))

    async def verify(*words: str) -> tuple[int, str]:
        status = await asyncio.to_thread(app.main, ["verify", *words])
        shown = capsys.readouterr()
        return status, shown.out + shown.err

    file.write_bytes(letter)
    assert await verify(str(file)) == (0, ANY)
    assert f"the letter of {ref}" in (await verify(str(file)))[1]
    file.write_bytes(letter.replace(b"Seal", b"Real", 1))
    status, said = await verify(str(file))
    assert (status, "Not as it was sealed" in said or "Not the sealed file" in said) == (1, True)
    assert (await verify())[0] == 2
    assert "cannot be read" in (await verify(str(tmp_path / "none.pdf")))[1]


async def test_the_page_takes_one_file_of_a_size_that_letters_have(desk: Desk) -> None:
    assert "Please choose a file" in await on_the_page(desk, b"", "letter")
    assert "Please choose a file" in await on_the_page(desk, b"%PDF-", "another")
    assert "larger than 20 MB" in await on_the_page(desk, b"%PDF-" + bytes(LARGEST_PAPER))
    assert "No seal and no code of ours" in await on_the_page(desk, b"%PDF-" + bytes(1000))


async def test_files_that_trickle_in_shut_nobody_out_and_are_given_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = (
        "POST /verify HTTP/1.1",
        "Host: desk",
        "Content-Type: multipart/form-data; boundary=b",
        "Content-Length: 9",
    )
    head = "\r\n".join((*lines, "", "-")).encode()
    opened = [await asyncio.open_connection("127.0.0.1", desk.settings.port) for _ in range(AT_ONCE)]
    for _, writer in opened:
        writer.write(head)
        await writer.drain()
    assert "No seal and no code of ours" in await on_the_page(desk, b"%PDF-" + bytes(1000))
    monkeypatch.setattr(verifying, "COMES_WITHIN", 0.0)
    reader, writer = await asyncio.open_connection("127.0.0.1", desk.settings.port)
    writer.write(head)
    assert b" 408 " in await reader.readline()
    for _, each in (*opened, (reader, writer)):
        each.close()


async def test_one_address_hands_in_a_few_files_a_minute(desk: Desk) -> None:
    for _ in range(verifying.TRIES):
        assert "Please choose a file" in await on_the_page(desk, b"", "letter")
    assert "Many files came from where you are" in await on_the_page(desk, b"", "letter")


async def test_a_letter_whose_key_is_anothers_is_told_of_once_and_sealed_when_it_is_right_again(
    desk: Desk,
) -> None:
    key = with_anothers_key(desk)
    await fill_in(desk)
    for said in ("Maria Alvarez", "482913"):
        if said != "482913":
            await desk.press("All correct, I agree")
        await desk.say(said)
    errand, errands = await seal_errand(desk.house.keeper), sealing(desk)
    for _ in range(TOLD_AFTER + 1):
        with pytest.raises(SettingsError):
            await errands.seal(errand)
    await until(lambda: any("tried again every ten minutes" in text for text in desk.thread()))
    await desk.quiet()
    assert len([text for text in desk.thread() if "could not be sealed" in text]) == 1
    key.unlink()
    await errands.seal(errand)
    assert (await desk.letter()).startswith(b"%PDF-")
    await until(lambda: any("Letter sealed" in text for text in desk.thread()))


def with_anothers_key(desk: Desk) -> Path:
    """Let no letter be sealed as long as the file is there that is returned."""
    key = desk.settings.data_dir / "seal.key"
    key.write_text("of another house")
    return key


def sealing(desk: Desk) -> LetterErrands:
    """Return who tries to seal at once what the desk itself tries again after a while."""
    keeper = desk.house.keeper
    shelf = Shelf(keeper, keeper, desk.settings.policy)
    return LetterErrands(shelf, Works(desk.house.workshop, desk.settings, keeper))


async def seal_errand(keeper: Keeper) -> Errand:
    """Return the errand of the letter that waits for its seal."""
    assert isinstance(keeper, Store)
    waits = select(TABLES["errand"]).where(TABLES["errand"].c.kind == SEAL)
    (row,) = await keeper._hand.read(lambda connection: connection.execute(waits).all())
    return Errand(*tuple(row)[:5])


async def test_a_changed_name_voids_the_letter_for_staff_customer_and_whoever_checks(desk: Desk) -> None:
    ref, letter = await signed(desk)
    await desk.port(f"edit {ref} name: Maria Jones")
    await until(lambda: any("you signed is void" in text for text in desk.said()))
    assert any("The sealed letter is void" in text for text in desk.thread())
    assert "Untouched, but void" in await on_the_page(desk, letter)
    await desk.say("Maria Jones")
    newer = await desk.letter(count=2)
    assert "and the letter counts" in await on_the_page(desk, newer)
    read = await verified(desk, ref)
    assert ("Untouched, but void" in read, "and it counts" in read) == (True, True)
    assert len([text for text in desk.said() if "you signed is void" in text]) == 1


async def test_numbers_parted_before_the_letter_is_sealed_are_all_on_it_as_they_were_signed(desk: Desk) -> None:
    key = with_anothers_key(desk)  # by which sealing waits
    await desk.say("/start")
    for said in ("415-421-8832, 415-421-8833", "Verizon Wireless", "yes", "yes"):
        await desk.say(said)
    await desk.send_bill()
    await desk.press("Mine: I am the account holder")
    for said in ("Maria Alvarez\n1455 Market Street, San Francisco, CA 94103", "415 200 0100", "998877665-00001"):
        await desk.say(said)
    await desk.press("All correct, I agree")
    for said in ("Maria Alvarez", "482913"):
        await desk.say(said)
    ref = reference(desk)
    await desk.port(f"split {ref} 8833: another rate center")
    await desk.port(f"cancel {ref} 8832")
    key.unlink()
    await sealing(desk).seal(await seal_errand(desk.house.keeper))
    assert (await desk.letter()).startswith(b"%PDF-")
    assert not any("could not be sealed" in text for text in desk.thread())
