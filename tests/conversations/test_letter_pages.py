"""The signer sees the letter's pages as pictures before the signature is asked for, through the real clients."""

import sqlite3
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from domain.desk.state import Owed
from domain.papers.letter import letters_of
from domain.papers.marks import Mark
from sandbox.faults import Fault
from sandbox.telegram import Message
from tests.bot.letters import mark_of, text_of
from tests.conversations.test_lists import a_csv, documents, finish, numbers, send
from tests.house import CUSTOMER, Desk, Platforms, fill_in, open_desk, sign
from tests.waiting import until

PAGES = "This is the letter as it is printed"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with Platforms().served() as platforms, open_desk(platforms, tmp_path) as opened:
        yield opened


def pictures(desk: Desk) -> list[Message]:
    """Return the pictures that the bot has sent."""
    return [m for m in desk.screen() if m.from_bot and m.kind == "photo"]


def marks(desk: Desk, shown: list[Message]) -> list[Mark | None]:
    """Return what a machine reads on pictures."""
    files = [m.document for m in shown if m.document]
    return [mark_of(Image.open(BytesIO(desk.platforms.telegram.content(file.file_id)))) for file in files]


async def code_of(desk: Desk, listed: tuple[str, ...] = ()) -> str:
    """Return the code of the letter that is to be signed."""
    _, pressed = button(desk, "All correct, I agree")
    sheet = await desk.house.keeper.board.sheet(request_id=int(pressed.split(".")[0]))
    assert sheet is not None
    [letter] = letters_of(sheet.case, "Port of Call", listed)
    return letter.code


async def test_the_page_stands_between_the_letters_text_and_the_question(desk: Desk) -> None:
    await fill_in(desk)
    await desk.press("All correct, I agree")
    *_, text, page, question = desk.screen()
    assert "Letter of Authorization" in text.text
    assert (page.kind, page.text.startswith(PAGES)) == ("photo", True)
    assert "To sign" in question.text
    assert marks(desk, [page]) == [Mark(await code_of(desk), 1, 1)]


async def test_several_pages_come_as_one_album_with_one_caption(desk: Desk) -> None:
    good = await to_the_check(desk, 150)
    await desk.press("All correct, I agree")
    shown = pictures(desk)
    code = await code_of(desk, listed=good)
    assert marks(desk, shown) == [Mark(code, 1, 3), Mark(code, 2, 3), Mark(code, 3, 3)]
    assert len({m.album for m in shown} - {""}) == 1
    assert [m.text.startswith(PAGES) for m in shown] == [True, False, False]
    assert all(name != "letter-1.pdf" for name, _ in documents(desk))


async def test_more_pages_than_an_album_takes_come_as_a_document_too(desk: Desk) -> None:
    good = await to_the_check(desk, 1700)
    await desk.press("All correct, I agree")
    assert len(pictures(desk)) == 10
    assert "To sign" in desk.shown()
    whole = next(content for name, content in documents(desk) if name == "letter-1.pdf")
    read = " ".join(text_of(whole))
    assert all(f"+1 {number[2:5]}-{number[5:8]}-{number[8:]}" in read for number in good)


def texts(desk: Desk) -> list[str]:
    """Return everything that staff read in Slack."""
    return [post.text for post in desk.platforms.slack.posts()]


def replace_a_number(desk: Desk) -> None:
    """Put another number into the kept list, as nothing of ours does."""
    database = sqlite3.connect(desk.settings.data_dir / "port.db")
    with database:
        database.execute("UPDATE list_row SET e164 = '+14155550199' WHERE row = (SELECT max(row) FROM list_row)")
    database.close()


async def test_a_list_that_is_not_the_one_agreed_to_is_neither_shown_nor_sealed_and_staff_are_told(desk: Desk) -> None:
    await to_the_check(desk, 120)
    replace_a_number(desk)
    await desk.press("All correct, I agree")
    await until(lambda: any("its letter is not shown or printed" in post for post in texts(desk)), 30)
    assert pictures(desk) == []
    await desk.say("sign on paper")
    await until(lambda: any("something is wrong with the list" in text for text in desk.said()), 30)
    await desk.say("Maria Alvarez")
    await until(lambda: any("are not those that the customer agreed to" in post for post in desk.thread()), 60)
    assert not any("sealed so that any change" in text for text in desk.said())


async def to_the_check(desk: Desk, count: int) -> tuple[str, ...]:
    """Send a list of so many numbers, and answer all that is asked; return its numbers."""
    good = numbers(count)
    await desk.say("/start")
    await send(desk, a_csv([[number, "(628) 200-0199", "", "", ""] for number in good]))
    await desk.press(f"Go on with {count:,} numbers")
    await finish(desk)
    return tuple(f"+1{number}" for number in good)


async def test_when_the_pictures_are_refused_the_conversation_goes_on(desk: Desk) -> None:
    desk.platforms.faults.add(Fault("telegram", "sendPhoto", "403"))
    await fill_in(desk)
    await sign(desk)
    assert "with our desk" in desk.shown()
    assert pictures(desk) == []


async def test_pages_for_somebody_else_who_blocked_the_bot_say_nothing_of_who_asked(desk: Desk) -> None:
    await fill_in(desk)
    _, pressed = button(desk, "All correct, I agree")
    params = {"request": pressed.split(".")[0], "facts": ""}
    await desk.house._never(Owed(1, "pages", "chat:77", "77", "letter.pages", "x", params), "blocked")
    await sign(desk)
    assert "with our desk" in desk.shown()


async def test_a_workshop_that_fails_keeps_nobody_from_signing(desk: Desk) -> None:
    async def broken(*_: object) -> None:
        raise TimeoutError

    desk.house.workshop.pictures = broken  # type: ignore[method-assign, assignment] # as if its child hung
    await fill_in(desk)
    await sign(desk)
    assert "with our desk" in desk.shown()


async def test_a_letter_that_says_something_else_by_now_is_shown_no_more(desk: Desk) -> None:
    """What is owed to the chat waits while Telegram does; by then the name is another one."""
    await fill_in(desk)
    desk.platforms.faults.add(Fault("telegram", "sendPhoto", "429", times=1, retry_after=1.0))
    desk.platforms.telegram.press(CUSTOMER, *button(desk, "All correct, I agree"))
    await desk.say("my name is Maria Anna Alvarez")
    await desk.quiet()
    code = await code_of(desk)
    assert {mark.code for mark in marks(desk, pictures(desk)) if mark} == {code}


def button(desk: Desk, label: str) -> tuple[int, str]:
    """Return the newest button of a label: its message, and what it sends."""
    return next((m.id, b.data) for m in reversed(desk.screen()) for row in m.keyboard for b in row if b.text == label)
