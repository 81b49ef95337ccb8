"""Requests as a file for one of the staff alone: who may, what stands in it, and what a spreadsheet makes of it."""

import csv
import io
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sending import Again, Never, Result, Sent
from bot.slack import exporting
from bot.slack.exporting import ExportSender
from domain.desk.exporting import cell
from domain.desk.keeping import Waiting
from domain.desk.roles import Role
from domain.desk.turn import DEFAULT
from domain.values import replace as replace_value
from sandbox.faults import Fault
from tests.bot.slackworld import BEN, CANARY_ACCOUNT, CANARY_PIN, MAYA, World, open_world
from tests.bot.test_roles import rows
from tests.bot.test_slack_desk import type_
from tests.bot.test_slack_held import answered, give

DM = "D0STAFF1"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, staff=MAYA) as opened:
        await give(opened, BEN, Role.AGENT)
        yield opened


async def sent(world: World, *, attempts: int = 0) -> Result:
    """Send the newest export that is owed."""
    owed = [each for each in world.owed if each.kind == "export"][-1]
    return await ExportSender(world.desk).send(Waiting(owed, attempts, 0))


async def told(world: World) -> str:
    """Send what is owed to the channel, and return the newest post."""
    owed, world.owed[:] = [o for o in world.owed if o.kind == "channel"], [o for o in world.owed if o.kind != "channel"]
    for each in owed:
        await world.send(each)
    return world.slack.posts()[-1].text


async def confirm(world: World, user: str) -> str:
    """Press Confirm under the newest post, and return what the person was told."""
    async with answered(world, user):
        await world.slack.press(user, "wish.confirm", message_ts=world.slack.posts()[-1].ts)
    return world.said(user)


def table(world: World) -> list[list[str]]:
    """Return the rows of the newest file, its heading first."""
    content = world.slack.file_content(list(world.slack.file_names())[-1])
    assert content is not None
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


async def test_an_admin_gets_a_file_by_direct_message_and_the_history_notes_it(world: World) -> None:
    ref = await world.request()
    assert "on its way" in await type_(world, "export")
    assert isinstance(await sent(world), Sent)
    head, row = table(world)
    assert head[:4] == ["Reference", "Friendly name", "Phase", "First number"]
    assert row[:6] == [ref, "", "Desk review", "'+16284218832", "1", "Maria Jones"]
    assert row[7] == "Verizon Wireless"
    [post] = world.slack.posts(DM)
    assert "please delete it" in post.text
    assert not world.slack.posts()
    kept = [(row[3], row[8]) for row in rows(world)["history"] if row[4] == "exported"]
    assert kept == [(f"staff:{MAYA}", "is:open")]


async def test_no_secret_stands_in_an_export(world: World) -> None:
    await world.request()
    await type_(world, "export")
    await sent(world)
    for canary in (CANARY_PIN, CANARY_ACCOUNT):
        assert canary not in repr(table(world))
    assert "••••" not in repr(table(world))


async def test_filters_narrow_an_export_down_and_nothing_is_sent_for_nothing(world: World) -> None:
    first, second = await world.request(), await world.request(chat=2, numbers=("+16284218855",))
    await type_(world, f"take {first}")
    await type_(world, f"snooze {first} 3h")
    await type_(world, "export mine")
    await sent(world)
    assert [row[0] for row in table(world)[1:]] == [first]
    await type_(world, "export all")
    await sent(world)
    assert [row[0] for row in table(world)[1:]] == [first, second]
    assert "nothing to export" in await type_(world, "export rejected")
    assert "These phases are there" in await type_(world, "export Jones")


async def test_an_agent_gets_none_unless_the_company_lets_them(tmp_path: Path, world: World) -> None:
    await world.request()
    assert "needs the role admin" in await type_(world, "export", user=BEN)
    assert not [each for each in world.owed if each.kind == "export"]
    folder = tmp_path / "other"
    folder.mkdir()
    async with open_world(folder, staff=MAYA, policy=replace(DEFAULT, agents_may=("export",))) as lenient:
        await give(lenient, BEN, Role.AGENT)
        await lenient.request()
        assert "on its way" in await type_(lenient, "export", user=BEN)


async def test_who_is_staff_no_more_when_the_file_is_sent_gets_none(world: World) -> None:
    await world.request()
    await type_(world, "export")
    world.slack.users[MAYA].deleted = True
    world.desk.authority._known.clear()
    assert await sent(world) == Never("not_staff")
    world.slack.users[MAYA].deleted = False
    world.desk.authority._known.clear()
    assert isinstance(await sent(world), Sent)


async def test_a_role_that_was_taken_away_counts_when_the_file_is_sent(world: World) -> None:
    await world.request()
    await type_(world, "export")
    owed = replace_value([each for each in world.owed if each.kind == "export"][-1], address=BEN)
    assert await ExportSender(world.desk).send(Waiting(owed, 0, 0)) == Never("not_staff")
    world.desk.authority._known.clear()
    for _ in range(2):
        world.faults.add(Fault("slack", "users.info", "502"))
    assert await ExportSender(world.desk).send(Waiting(owed, 0, 0)) == Again(30.0, reason="unsure")
    assert await ExportSender(world.desk).send(Waiting(owed, 1, 0)) == Never("not_staff")


async def test_an_export_waits_for_a_second_person_where_the_company_wants_two(tmp_path: Path) -> None:
    async with open_world(tmp_path, policy=replace(DEFAULT, four_eyes=("export",))) as careful:
        ref = await careful.request()
        assert "Nothing is done yet" in await type_(careful, "export desk")
        assert not [each for each in careful.owed if each.kind == "export"]
        assert f"export requests (phase:staff_review), as a file for <@{MAYA}> alone" in _plain(await told(careful))
        assert "on its way" in await confirm(careful, BEN)
        assert isinstance(await sent(careful), Sent)
        assert table(careful)[1][0] == ref
        assert careful.slack.posts(DM)
        assert not careful.slack.posts("D0STAFF2")


def _plain(text: str) -> str:
    return text.replace("\uff3f", "_")


@pytest.mark.parametrize(
    "method", ["conversations.open", "files.getUploadURLExternal", "upload", "files.completeUploadExternal"]
)
async def test_an_export_that_slack_does_not_take_is_tried_again(world: World, method: str) -> None:
    await world.request()
    await type_(world, "export")
    world.faults.add(Fault("slack", method, "502"))
    assert isinstance(await sent(world), Again)
    assert isinstance(await sent(world, attempts=1), Sent)
    assert len(world.slack.posts(DM)) == 1


async def test_a_large_export_is_read_in_pages(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    refs = [await world.request(chat=number, numbers=(f"+1628421{8000 + number}",)) for number in range(1, 8)]
    monkeypatch.setattr(exporting, "PAGE", 3)
    await type_(world, "export")
    await sent(world)
    assert [row[0] for row in table(world)[1:]] == refs


async def test_a_file_opens_as_text_in_utf_8_with_every_line_ended_alike(world: World) -> None:
    """Its bytes, as a spreadsheet reads them: a mark of UTF-8 first, CRLF, and what people wrote as text."""
    names = ('=HYPERLINK("http://x.example","Łukasz")', "-2+3; @SUM(A1)", "＝1+1", "Zoë, “Ann”")  # noqa: RUF001
    for chat, name in enumerate(names, 1):
        await world.request(chat=chat, numbers=(f"+1628421{8000 + chat}",), facts={"name": ("business", name)})
    await type_(world, "export")
    await sent(world)
    content = world.slack.file_content(list(world.slack.file_names())[-1])
    assert content is not None
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == content.count(b"\r") == len(names) + 1
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    assert {len(row) for row in rows} == {len(exporting.COLUMNS)}
    assert [row[5] for row in rows[1:]] == [f"'{names[0]}", f"'{names[1]}", f"'{names[2]}", names[3]]
    assert [row[3] for row in rows[1:]] == [f"'+1628421{8000 + chat}" for chat in range(1, 5)]


# cells


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+14155550142", "'+14155550142"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("\u00a0=1", "'=1"),
        ("\x00=1", "'=1"),
        ("a\r\n=1", "a =1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("\uff0b1", "'\uff0b1"),
        ("\uff0d1", "'\uff0d1"),
        ("\uff20SUM(A1)", "'\uff20SUM(A1)"),
        ("\ufe661+1", "'\ufe661+1"),
        ("\r=1", "'=1"),
        ("0012345", "'0012345"),
        ("8812345678901234", "'8812345678901234"),
        ("88E5", "'88E5"),
        ("88123", "88123"),
        ("2026-11-25", "2026-11-25"),
        ("\u200b=1", "'=1"),
        ("Maria", "Maria"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(text: str, shown: str) -> None:
    assert cell(text) == shown


@given(st.text())
def test_nothing_that_anybody_writes_begins_a_formula_or_a_line(text: str) -> None:
    shown = cell(text)
    assert not shown.startswith(tuple("=+-@\t\r\n\x00\u00a0 \uff1d\uff0b\uff0d\uff20"))
    assert not {"\n", "\r", "\t", "\x00"} & set(shown)
