"""Lists of numbers by real clients: sent as a file, looked through, put right, agreed to, signed, read by staff."""

import asyncio
import csv
import io
import re
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from domain.numbers.cells import read_cells
from domain.numbers.inventory import Held
from domain.numbers.listing import digest_of
from domain.numbers.sheets import make_template
from domain.numbers.workbooks import write_workbook
from tests.house import CUSTOMER, Desk, Platforms, open_desk, reference

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ADDRESS = "1455 Market Street, San Francisco, CA 94103"
OTHER = 5002


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with Platforms().served() as platforms, open_desk(platforms, tmp_path) as opened:
        yield opened


def numbers(many: int, area: int = 415) -> list[str]:
    """Return good numbers, each another."""
    return [f"{area}{200 + n // 10_000:03d}{n % 10_000:04d}" for n in range(many)]


def a_csv(
    rows: list[list[str]], head: tuple[str, ...] = ("Number", "Calls ring at", "Source", "Label", "Account")
) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([list(head), *rows])
    return out.getvalue().encode()


async def send(
    desk: Desk,
    content: bytes,
    name: str = "numbers.csv",
    *,
    chat: int = CUSTOMER,
    seconds: float = 30,
    rests: bool = True,
) -> str:
    """Attach a list as the customer; return what is shown when it was looked through."""
    before = len(desk.said(chat))
    desk.platforms.telegram.upload(chat, content, name=name, mime="", kind="document")
    async with asyncio.timeout(seconds):
        while not re.search(r"fine|column|file|list has", "\n".join(desk.said(chat)[before + 1 :])):  # noqa: ASYNC110 # nothing tells
            await asyncio.sleep(0.02)
    if rests:
        await desk.quiet()
    return desk.shown(chat)


def documents(desk: Desk, chat: int = CUSTOMER) -> list[tuple[str, bytes]]:
    """Return name and content of each document that the bot sent."""
    found = [m.document for m in desk.screen(chat) if m.from_bot and m.document and m.kind == "document"]
    return [(document.name, desk.platforms.telegram.content(document.file_id)) for document in found]


def files(desk: Desk) -> list[str]:
    """Return the names of all files that are kept."""
    return [path.name for path in Path(desk.settings.data_dir, "files").rglob("*") if path.is_file()]


def first_button(desk: Desk) -> str:
    """Return the label of the newest message's first button."""
    return next(m for m in reversed(desk.screen()) if m.from_bot).keyboard[0][0].text


async def finish(desk: Desk) -> str:
    """Answer what is asked behind the numbers, sign, and return the reference."""
    if "main number" in await desk.say("Comcast Business"):
        await desk.press(first_button(desk))
    await desk.press("All of that is true")
    await desk.send_bill()
    await desk.press("Mine: I am the account holder")
    await desk.say(f"Blue Door Bakery LLC\nMaria Alvarez\n{ADDRESS}")
    await desk.press("Nothing stays, no texts")
    if "ring" in desk.shown():
        await desk.say("415 200 0100")
    await desk.say("8499-10-123-4567890")
    return desk.shown()


async def test_a_list_of_some_becomes_the_requests_numbers_as_if_typed(desk: Desk) -> None:
    rows = [[number, "(628) 200-0199", "", "", ""] for number in numbers(12)]
    told = await send(desk, a_csv([*rows, ["415-421-88", "", "", "", ""], ["900-555-1212", "", "", "", ""], rows[0]]))
    assert "12 of 15 numbers are fine, 3 not:" in told
    assert "too few digits: 1" in told
    assert "there twice: 1" in told
    await desk.press("What is wrong, row by row")
    ((name, report),) = documents(desk)
    assert name == "row-by-row.csv"
    said = [row[-3:] for row in csv.reader(io.StringIO(report.decode("utf-8-sig")))]
    assert said[0] == ["Verdict", "Code", "What to do"]
    assert [verdict for verdict, _, _ in said].count("refused") == 3
    told = await desk.press("Go on with 12 numbers")
    assert "Good: 12 numbers" in told
    check = await finish(desk)
    assert "(628) 200-0199" in check
    assert "(415) 200-0000" in check


async def test_a_list_of_one_number_is_spoken_of_as_one(desk: Desk) -> None:
    told = await send(desk, a_csv([[numbers(1)[0], "", "", "", ""]]))
    assert "The number of your list is fine." in told
    assert "Good: one number, as in your list." in await desk.press("Go on with that number")


async def test_a_number_is_put_right_in_its_line_and_others_are_added_by_typing(desk: Desk) -> None:
    await desk.say("/start")
    told = await send(desk, a_csv([[number, "", "", "", ""] for number in [*numbers(3), "4154218"]]))
    assert "3 of 4 numbers are fine, 1 not:" in told
    desk.platforms.telegram.say(CUSTOMER, "line 5 is 415-421-8832, and please add 415 421 8833")
    told = await wait_for(desk, "All 5 numbers of your list are fine")
    await desk.press("Go on with 5 numbers")
    assert "Good: 5 numbers" in "\n".join(desk.said())


async def wait_for(desk: Desk, words: str, chat: int = CUSTOMER) -> str:
    async with asyncio.timeout(30):
        while not any(words in said for said in desk.said(chat)):  # noqa: ASYNC110 # nothing tells
            await asyncio.sleep(0.02)
    await desk.quiet()
    return desk.shown(chat)


async def test_a_long_list_is_agreed_to_signed_and_downloaded_by_staff(desk: Desk) -> None:
    good = numbers(2400)
    taken_by_us = Held("+14152000007", "user", "Ann Lee")
    await desk.house.keeper.inventory.take_in([taken_by_us], replace=False)
    rows = [[number, f"628200{n % 7:04d}", "", f"line {n}", ""] for n, number in enumerate(good)]
    told = await send(
        desk, write_workbook([["Number", "Calls ring at", "Source", "Label", "Account"], *rows], "x"), "my list.xlsx"
    )
    assert "2,399 of 2,400 numbers are fine, 1 not:" in told
    assert "assigned to one of our users" in told
    await desk.press("Go on with 2,399 numbers")
    check = await finish(desk)
    moving = [f"+1{number}" for number in good if number != "4152000007"]
    digest = digest_of(moving)
    assert "2,399 numbers, by the list of" in check
    assert digest[:12] in check
    assert "as in your list (7 of them)" in check
    await desk.press("All correct, I agree")
    assert digest in "\n".join(desk.said())  # the letter names the whole list
    await desk.say("Maria Alvarez")
    ref = reference(desk)
    assert digest[:12] in str(desk.cards()[0].blocks)
    page, listed = await downloaded(desk, ref)
    assert re.search(rf"2,399 numbers, by the list of [-\d]+ \(SHA-256 {digest}\); the list itself opens below", page)
    assert "(415) 200-0000 +2,398" in await desk.port("list")
    assert [row[0] for row in listed[1:]] == moving
    assert listed[1][1] == "+16282000000"
    assert "We have sent" not in desk.shown()
    lists = desk.house.keeper.lists
    sheet = await desk.house.keeper.board.sheet(ref=ref)
    assert sheet is not None
    (paper,) = (paper for paper in sheet.papers if paper.kind == "list")
    kept = await lists.entries(sheet.case.request.id, paper.id)
    await lists.put(sheet.case.request.id, paper.id, kept[1:], _nobody)
    assert "not those that the customer agreed to" in await desk.port(f"submit {ref} 88123")
    assert "not those that the customer agreed to" in await opened(desk, ref)
    await lists.put(sheet.case.request.id, paper.id, kept, _nobody)
    await desk.port(f"submit {ref} 88123")
    assert "We have sent your request" in desk.shown()
    assert "2,399 numbers" in desk.shown()


async def _nobody(_done: int) -> None:
    return


async def downloaded(desk: Desk, ref: str) -> tuple[str, list[list[str]]]:
    """Open the request's page as staff; return it, and the list on it."""
    page, content, kept_as = await _opened(desk, ref)
    assert "attachment" in kept_as
    return page, list(csv.reader(io.StringIO(content)))


async def opened(desk: Desk, ref: str) -> str:
    """Return what opens in the place of the list."""
    return (await _opened(desk, ref))[1]


async def _opened(desk: Desk, ref: str) -> tuple[str, str, str]:
    sheet = await desk.house.keeper.board.sheet(ref=ref)
    assert sheet is not None
    base = f"http://127.0.0.1:{desk.settings.port}"
    link = desk.house.opening.link(sheet.case.request.id, "U0STAFF1")
    async with aiohttp.ClientSession() as browser:
        async with browser.post(link) as answer:
            page = await answer.text()
        at = re.search(r'action="([^"]+)"><button>[^<]*my list', page)
        assert at is not None
        async with browser.post(base + at[1]) as answer:
            return page, (await answer.read()).decode("utf-8-sig"), answer.headers.get("Content-Disposition", "")


async def test_columns_that_are_not_clear_are_asked_about_and_the_file_is_not_sent_twice(desk: Desk) -> None:
    rows = [[a, b, "front desk"] for a, b in zip(numbers(4), numbers(4, 628), strict=True)]
    told = await send(desk, a_csv(rows, ("First", "Second", "Remark")))
    assert "In which column are the numbers that should move?" in told
    await desk.press("A (First): 4152000000, 4152000001, 415200")
    assert "What is in column B (Second)?" in desk.shown()
    await desk.press("Where calls ring")
    assert "What is in column C (Remark)?" in desk.shown()
    await desk.press("A label")
    await wait_for(desk, "All 4 numbers of your list are fine")
    assert "Good: 4 numbers" in await desk.press("Go on with 4 numbers")


async def test_a_corrected_file_replaces_the_first(desk: Desk) -> None:
    await send(desk, a_csv([[number, "", "", "", ""] for number in ["123", *numbers(2)]]))
    told = await send(desk, a_csv([[number, "", "", "", ""] for number in numbers(3)]), "again.csv")
    assert "All 3 numbers of your list are fine" in told
    assert len(files(desk)) == 1


@pytest.mark.parametrize(
    "said", ["I have many numbers", "I've got 300 phone numbers", "template", "csv?", "excel file", "here is a list"]
)
async def test_who_has_many_numbers_is_sent_the_list_to_fill_in(desk: Desk, said: str) -> None:
    await desk.say("/start")
    await desk.say(said)
    (csv_name, csv_content), (xlsx_name, xlsx_content) = documents(desk)
    assert (csv_name, csv_content) == ("numbers.csv", make_template("csv"))
    assert xlsx_name == "numbers.xlsx"
    assert read_cells(xlsx_content, 10) == read_cells(csv_content, 10)
    assert "number" in desk.shown()


async def test_the_list_to_fill_in_comes_with_help_and_with_too_many_typed_numbers(desk: Desk) -> None:
    await desk.say("/help")
    await desk.press("A list to fill in")
    assert len(documents(desk)) == 2
    await desk.say("\n".join(numbers(120)))
    assert len(documents(desk)) == 4


async def test_what_is_no_list_is_told_and_the_question_stays(desk: Desk) -> None:
    await desk.say("/start")
    told = await send(desk, b"PK\x03\x04 broken", "list.xlsx")
    assert "could not open that file" in told


async def test_a_list_leaves_nothing_behind_when_it_is_forgotten(desk: Desk) -> None:
    await send(desk, a_csv([[number, "", "", "", ""] for number in numbers(150)]))
    await desk.press("Go on with 150 numbers")
    await desk.say("/status")
    ref = reference(desk)
    before = await desk.house.keeper.board.sheet(ref=ref)
    assert before is not None
    (paper,) = before.papers
    assert len(await desk.house.keeper.lists.entries(before.case.request.id, paper.id)) == 150
    await desk.say("/delete_my_data")
    await desk.press("Yes, delete it")
    await desk.quiet()
    async with asyncio.timeout(10):
        while files(desk):  # noqa: ASYNC110 # nothing tells
            await asyncio.sleep(0.05)
    sheet = await desk.house.keeper.board.sheet(ref=ref)
    assert sheet is not None
    assert await desk.house.keeper.lists.entries(sheet.case.request.id, paper.id) == []


async def test_others_are_served_while_a_list_of_20000_is_read(desk: Desk) -> None:
    rows = [[number, "6282000100", "", "", ""] for number in numbers(20_000)]
    content = write_workbook([["Number", "Calls ring at", "Source", "Label", "Account"], *rows], "x")
    await desk.say("/start", OTHER)
    reading = asyncio.create_task(send(desk, content, "long.xlsx", seconds=60, rests=False))
    waits: list[float] = []
    while not reading.done():
        before = len(desk.said(OTHER))
        start = time.perf_counter()
        desk.platforms.telegram.say(OTHER, "how long does it take?")
        while len(desk.said(OTHER)) == before:  # noqa: ASYNC110 # nothing tells
            await asyncio.sleep(0.001)
        waits.append(time.perf_counter() - start)
        await asyncio.sleep(0.02)
    assert "All 20,000 numbers of your list are fine" in reading.result()
    assert len(waits) > 10
    assert sorted(waits)[len(waits) * 9 // 10] < 0.25
