"""What somebody entered into a form is never lost: refused late, it comes back as it was, with why on top."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.slack.attaching import ATTACH
from bot.slack.rules import PICK, SURE
from bot.slack.talking import FORM, SAVED, SEND, looked_at
from domain.policy import Policy
from sandbox.slack.views import View
from tests.bot.slackworld import BEN, CANARY_PIN, MAYA, World, open_world
from tests.bot.test_slack_doors import opened, two
from tests.bot.test_slack_shortcuts import attaching, posts
from tests.bot.test_slack_slow_effects import held_up
from tests.waiting import until

DAY = "2026-12-08"
WORDS = f"It moves on {DAY}, at <noon> & no later."


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, slow=0.001, policy=Policy(saved=(("hours", "We are open."),))) as opened_world:
        yield opened_world


def top(world: World) -> View:
    return world.slack.modals(MAYA)[-1]


async def replaced(world: World, view: View, callback_id: str) -> View:
    """Wait until a form stands in the place of another, and return it."""
    await until(lambda: bool(world.slack.modals(MAYA)) and top(world).callback_id == callback_id)
    assert top(world).id == view.id
    return top(world)


async def dated_reply(world: World) -> tuple[str, View]:
    """Give a request its day, which can be taken back yet, and open the form of a reply to its customer."""
    ref = await world.request()
    for step in (f"submit {ref} 88123", f"advance {ref}", f"advance {ref}", f"date {ref} {DAY}"):
        world.clock.forward(minutes=5)
        await world.slack.command(MAYA, step)
        await world.desk.finish(5)
    await world.do(MAYA, "reply", await world.show_card(ref))
    return ref, top(world)


async def refused_late(world: World, monkeypatch: pytest.MonkeyPatch, form: View, entered: dict[str, Any]) -> View:
    """Hand in a reply that is refused after the form was replaced, and return the form that comes back."""
    with monkeypatch.context() as patched:
        go_on = held_up(world, "sheet", patched)
        await world.slack.submit(MAYA, form.id, entered)
        assert top(world).title == form.title
        assert "Nothing that you entered is lost" in repr(top(world).blocks)
        go_on.set()
        return await replaced(world, form, FORM)


async def test_a_reply_that_is_refused_late_keeps_its_words_and_files(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref, form = await dated_reply(world)
    files = [world.slack.attach(name, b"x") for name in ("a.pdf", "b.pdf")]
    entered = {"words": {"value": WORDS}, "files": {"value": files}}
    for sent in (entered, {}):  # refused a second time it comes back the same
        back = await refused_late(world, monkeypatch, form, sent)
        assert repr(back.blocks).count("can be taken back until") == 1
        assert repr(back.blocks).count("still with it: 2") == 1
        assert back.title == form.title
    world.clock.forward(minutes=2)
    await world.slack.submit(MAYA, back.id)
    await until(lambda: top(world).callback_id == SEND)
    draft = looked_at(top(world).private_metadata)
    assert (draft.ref, draft.words, draft.files) == (ref, WORDS, tuple(file["id"] for file in files))


async def test_a_saved_reply_put_into_a_form_that_came_back_leaves_its_files(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, form = await dated_reply(world)
    file = world.slack.attach("a.pdf", b"x")
    back = await refused_late(world, monkeypatch, form, {"words": {"value": WORDS}, "files": {"value": [file]}})
    await world.slack.press(MAYA, SAVED, view_id=back.id, value="hours")
    await until(lambda: "We are open." in repr(top(world).blocks))
    await world.slack.submit(MAYA, back.id)
    await until(lambda: top(world).callback_id == SEND)
    assert looked_at(top(world).private_metadata).files == (file["id"],)


async def test_more_files_than_go_with_a_reply_are_refused_before_the_last_look(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, form = await dated_reply(world)
    files = [world.slack.attach(f"{n}.pdf", b"x") for n in range(7)]
    back = await refused_late(world, monkeypatch, form, {"words": {"value": WORDS}, "files": {"value": files[:5]}})
    await world.slack.submit(MAYA, back.id, {"files": {"value": files[5:]}})
    assert "5" in repr(top(world).errors)
    assert top(world).callback_id == FORM


async def test_a_secret_in_a_reply_is_refused_before_anything_is_looked_up(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, form = await dated_reply(world)
    held_up(world, "sheet", monkeypatch)
    await world.slack.submit(MAYA, form.id, {"words": {"value": f"{WORDS} Your PIN is {CANARY_PIN}."}})
    assert top(world).errors
    assert CANARY_PIN not in repr(top(world).blocks)


async def test_a_pick_that_goes_wrong_late_keeps_what_was_chosen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    refs = await two(world)
    form = await opened(world, "note")
    with monkeypatch.context() as patched:
        go_on = failing(world.store.board, "sheet", patched)
        await world.slack.submit(MAYA, form.id, {"refs": {"value": [*refs]}, "words": {"value": "Called both."}})
        assert top(world).title == form.title
        go_on.set()
        back = await replaced(world, form, PICK)
    assert "went wrong" in repr(back.blocks)
    await world.slack.submit(MAYA, back.id)
    look = await replaced(world, form, SURE)
    assert all(ref in repr(look.blocks) for ref in refs)
    assert "Called both." in look.private_metadata


async def test_several_acts_that_are_refused_late_can_be_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = await two(world)
    form = await opened(world, "assign")
    await world.slack.submit(MAYA, form.id, {"refs": {"value": [*refs]}, "person": {"value": BEN}})
    look = await replaced(world, form, SURE)
    role_of = world.desk.authority.certain_role
    with monkeypatch.context() as patched:
        go_on = failing(world.desk.authority, "certain_role", patched, {MAYA: role_of})
        await world.slack.submit(MAYA, look.id)
        go_on.set()
        await until(lambda: "went wrong" in repr(top(world).blocks))
    assert top(world).callback_id == SURE


async def test_a_message_whose_request_is_not_found_late_can_be_attached_still(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = await world.request()
    form = await attaching(world, "Please look at this.")
    with monkeypatch.context() as patched:
        go_on = held_up(world, "find", patched)
        await world.slack.submit(MAYA, form.id, {"request": {"value": "Nobody"}})
        assert top(world).title == form.title
        go_on.set()
        back = await replaced(world, form, ATTACH)
    assert "No request fits" in repr(back.blocks)
    assert "'Nobody'" in repr(back.blocks)
    await world.slack.submit(MAYA, back.id, {"request": {"value": ref}})
    await until(lambda: bool(posts(world)))
    assert posts(world)[0]["text"] == "Please look at this."


async def test_what_came_of_attaching_late_stands_in_the_forms_place(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = await world.request()
    form = await attaching(world, "Please look at this.")
    go_on = held_up(world, "find", monkeypatch)
    await world.slack.submit(MAYA, form.id, {"request": {"value": "Jones"}})
    go_on.set()
    await until(lambda: ref in repr(top(world).blocks))
    assert len(posts(world)) == 1
    assert not [owed for owed in world.owed if owed.kind == "whisper"]


async def test_what_is_attached_to_nothing_late_comes_back_with_why(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.request()
    form = await attaching(world, "")
    go_on = held_up(world, "find", monkeypatch)
    await world.slack.submit(MAYA, form.id, {"request": {"value": "Jones"}})
    go_on.set()
    assert "neither words nor files" in repr((await replaced(world, form, ATTACH)).blocks)


async def test_who_closed_the_form_meanwhile_is_told_by_a_message(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.request()
    form = await attaching(world, "Please look at this.")
    go_on = held_up(world, "find", monkeypatch)
    await world.slack.submit(MAYA, form.id, {"request": {"value": "Nobody"}})
    await world.slack.close(MAYA, form.id)
    go_on.set()
    await until(lambda: [owed.key for owed in world.owed if owed.kind == "whisper"] == ["attach.not_found"])


def failing(
    asked: object, name: str, monkeypatch: pytest.MonkeyPatch, others: dict[str, Callable[..., Any]] | None = None
) -> asyncio.Event:
    """Let a look wait until the test lets it go on, and fail then. `others`: what is asked about whom all the same."""
    go_on = asyncio.Event()

    async def fail(*args: Any, **_: Any) -> Any:
        if others and args[0] in others:
            return await others[args[0]](*args)
        await go_on.wait()
        raise OSError("no database")

    monkeypatch.setattr(asked, name, fail)
    return go_on
