"""What is looked up before a typed effect: nothing of it is acknowledged before it is done, or said to be in work."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from domain.desk.phoning import FIRST, link_of
from sandbox.faults import Fault
from tests.bot.slackworld import MAYA, World, open_world
from tests.bot.test_slack_new import begun, link
from tests.waiting import until

TYPED = ("take 628-421-8832", "take Main office", "take maim office", "take it", "take P-22222")
NUMBER = "take 628-421-8832"


def held_up(world: World, name: str, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Let a look into the database wait until the test lets it go on."""
    go_on, look = asyncio.Event(), getattr(world.store.board, name)

    async def wait(*args: Any, **named: Any) -> Any:
        await go_on.wait()
        return await look(*args, **named)

    monkeypatch.setattr(world.store.board, name, wait)
    return go_on


async def test_an_effect_by_number_is_acknowledged_with_its_answer_and_not_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_world(tmp_path) as world:
        ref = await world.request()
        go_on = held_up(world, "find", monkeypatch)
        typing = asyncio.create_task(world.slack.command(MAYA, NUMBER))
        await asyncio.sleep(0.2)
        assert not typing.done()
        go_on.set()
        assert f"{ref} is yours now" in (await typing).body["text"]
        assert (await world.sheet(ref)).case.request.assignee == MAYA


async def test_an_effect_whose_look_takes_long_is_said_to_be_in_work_once_and_answered_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_world(tmp_path, slow=0.001) as world:
        ref = await world.request()
        go_on = held_up(world, "find", monkeypatch)
        assert "Working on take" in (await world.slack.command(MAYA, NUMBER)).body["text"]
        ending = asyncio.create_task(world.desk.finish(60))
        await asyncio.sleep(0.05)
        assert not ending.done()  # what was promised is waited for at the end of the program
        go_on.set()
        await until(lambda: f"{ref} is yours now" in world.said(MAYA))
        async with asyncio.timeout(5):  # far before the end of the program would go on without it
            await ending
        assert [post.text for post in world.slack.ephemerals(MAYA) if "Working on" in post.text] == [
            world.slack.ephemerals(MAYA)[0].text
        ]


async def test_a_late_look_before_a_late_turn_is_said_to_be_in_work_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_world(tmp_path, slow=0.3) as world:
        ref = await world.request()
        go_on = held_up(world, "find", monkeypatch)
        await world.slack.command(MAYA, NUMBER)
        go_on.set()
        await until(lambda: f"{ref} is yours now" in world.said(MAYA))
        assert len([post for post in world.slack.ephemerals(MAYA) if "Working on" in post.text]) == 1


@pytest.mark.parametrize("words", TYPED)
async def test_an_effect_whose_look_fails_is_answered_with_an_error(tmp_path: Path, words: str) -> None:
    async with open_world(tmp_path) as world:
        await world.request()
        await world.slack.command(MAYA, "help")
        await world.break_database()
        assert "went wrong" in (await world.slack.command(MAYA, words)).body["text"]


async def test_an_effect_by_number_whose_turn_fails_is_answered_with_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def killed(*_: Any) -> None:
        raise OSError("no database")

    async with open_world(tmp_path) as world:
        await world.request()
        monkeypatch.setattr(world.store, "turn", killed)
        assert "went wrong" in (await world.slack.command(MAYA, NUMBER)).body["text"]


async def test_a_link_given_again_is_acknowledged_with_it_and_not_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_world(tmp_path, chat_link=link) as world:
        ref = await begun(world, numbers="628-421-8832")
        for count, (look, named) in enumerate((("sheet", ref), ("find", "628-421-8832")), FIRST + 1):
            with monkeypatch.context() as patched:
                go_on = held_up(world, look, patched)
                typing = asyncio.create_task(world.slack.command(MAYA, f"new {named}"))
                await asyncio.sleep(0.2)
                assert not typing.done()
                go_on.set()
                assert "A new link" in (await typing).body["text"]
            assert link_of((await world.sheet(ref)).case) == count


async def test_a_link_given_again_late_is_said_to_be_in_work_once_and_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_world(tmp_path, slow=0.1, chat_link=link) as world:
        ref = await begun(world, numbers="628-421-8832")
        go_on = held_up(world, "find", monkeypatch)
        assert "Working on new" in (await world.slack.command(MAYA, "new 628-421-8832")).body["text"]
        go_on.set()
        await until(lambda: "A new link" in world.said(MAYA))
        assert len([post for post in world.slack.ephemerals(MAYA) if "Working on" in post.text]) == 1
        assert link_of((await world.sheet(ref)).case) == FIRST + 1


async def test_a_link_that_cannot_be_shown_is_told_of_by_a_message(tmp_path: Path) -> None:
    async with open_world(tmp_path, slow=0.1, chat_link=link) as world:
        ref = await begun(world, numbers="628-421-8832")
        world.faults.add(Fault("slack", "response_url", "502", times=2))
        await world.slack.command(MAYA, f"new {ref}")
        await until(lambda: world.owed[-1].key == "phone.link_lost")
        assert world.owed[-1].address == MAYA


async def test_a_link_goes_on_while_telegram_does_not_tell_our_name(tmp_path: Path) -> None:
    async def nameless(_request: int, _count: int) -> str:
        raise OSError("no Telegram")

    async with open_world(tmp_path, chat_link=nameless) as world:
        ref = await begun(world, numbers="628-421-8832")
        assert "works as it did" in (await world.slack.command(MAYA, f"new {ref}")).body["text"]
        assert link_of((await world.sheet(ref)).case) == FIRST
