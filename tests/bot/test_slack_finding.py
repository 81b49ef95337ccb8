"""Staff look for requests: lists with filters and pages, words, the form, timelines, by signed HTTP."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from domain.desk.state import Changes, History, OfRef
from domain.values import replace
from tests.bot.slackworld import BEN, MAYA, World, open_world
from tests.bot.test_slack_desk import type_
from tests.waiting import until


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


async def many(world: World, count: int) -> list[str]:
    """Put so many requests before the desk; the first has waited longest."""
    refs = []
    for number in range(count):
        refs.append(await world.request(chat=100 + number, numbers=(f"+1628421{8000 + number}",)))
        world.clock.forward(seconds=1)
    return refs


def values(blocks: Any, action: str) -> list[str]:
    """Return the values of all buttons of an action."""
    each = [block.get("accessory") for block in blocks] + [e for b in blocks for e in b.get("elements", ())]
    return [e["value"] for e in each if e and e.get("action_id") == action]


async def press(world: World, action: str, value: str | None = None, user: str = MAYA) -> None:
    """Press a button of what a person was last told alone."""
    post = world.slack.ephemerals(user)[-1]
    pressed: Any = action if value is None else {"action_id": action, "value": value}
    assert (await world.slack.press(user, pressed, message_ts=post.ts)).is_acked


# lists


async def test_a_list_has_a_button_for_every_line_which_shows_its_card(world: World) -> None:
    [ref] = await many(world, 1)
    assert ref in await type_(world, "list")
    assert values(world.slack.ephemerals(MAYA)[-1].blocks, "find.show") == [ref]
    before = len(world.slack.ephemerals(MAYA))
    await press(world, "find.show", ref)
    await until(lambda: len(world.slack.ephemerals(MAYA)) > before)
    assert ref in world.said(MAYA)
    assert "Desk review" in world.said(MAYA)


async def test_pages_are_turned_in_place(world: World) -> None:
    refs = await many(world, 23)
    told = await type_(world, "list")
    assert "1 to 20 of 23" in told
    before = len(world.slack.ephemerals(MAYA))
    shown = world.slack.ephemerals(MAYA)[-1]
    assert values(shown.blocks, "find.show") == refs[:20]
    assert not values(shown.blocks, "find.back")
    await press(world, "find.next")
    await until(lambda: "21 to 23" in world.said(MAYA))
    shown = world.slack.ephemerals(MAYA)[-1]
    assert values(shown.blocks, "find.show") == refs[20:]
    assert not values(shown.blocks, "find.next")
    await press(world, "find.back")
    await until(lambda: "1 to 20" in world.said(MAYA))
    assert len(world.slack.ephemerals(MAYA)) == before


async def test_a_page_keeps_its_filters(world: World) -> None:
    refs = await many(world, 22)
    for ref in refs:
        await type_(world, f"take {ref}")
    await many(world, 1)
    assert "1 to 20 of 22" in await type_(world, "list mine desk")
    await press(world, "find.next")
    await until(lambda: "21 to 22 of 22" in world.said(MAYA))


@pytest.mark.parametrize(
    ("words", "is_first"),
    [
        ("mine", True), ("unassigned", False), (f"<@{MAYA}|maya>", True), (f"<@{BEN}|ben>", None), ("held", True),
        ("desk review mine held", True), ("desk review", None), ("rejected", None), ("verizon", False),
        ("t-mobile", True), ("t-mobile unassigned", None), ("desk verizon", False), ("stale", None),
        ("urgent", None), ("snoozed", None), ("over", None),
    ],
)  # fmt: skip
async def test_lists_are_narrowed_down_by_words(world: World, words: str, is_first: bool | None) -> None:
    first = await world.request(chat=1, facts={"carrier": ("tmobile", "T-Mobile")})
    second = await world.request(chat=2, numbers=("+16284218855",))
    await type_(world, f"take {first}")
    await type_(world, f"hold {first} the bill")
    told = await type_(world, f"list {words}")
    expected = {True: {first}, False: {second}, None: set()}[is_first]
    if words in ("desk review",):
        expected = {first, second}
    assert {ref for ref in (first, second) if ref in told} == expected


async def test_what_is_snoozed_is_listed_by_that_word_alone_and_found_by_its_reference(world: World) -> None:
    ref = await world.request()
    await type_(world, f"snooze {ref} 3h")
    assert ref not in await type_(world, "list")
    assert ref in await type_(world, "list snoozed")
    assert ref in await type_(world, f"find {ref}")
    world.clock.forward(hours=4)
    assert ref in await type_(world, "list")


async def test_what_has_not_changed_for_days_is_stale(world: World) -> None:
    ref = await world.request()
    assert ref not in await type_(world, "list stale")
    world.clock.forward(days=4)
    assert ref in await type_(world, "list stale")


async def test_a_word_that_is_no_filter_is_answered_with_those_there_are(world: World) -> None:
    told = await type_(world, "list nowhere")
    assert "Desk review" in told
    assert "unassigned" in told
    assert "/port find nowhere" in told


# words


@pytest.mark.parametrize(
    "words", ["jones", "MÁRIA jones", "8832", "(628) 421-8832", "verizon 8832", "phase:desk jones"]
)
async def test_words_find_a_request(world: World, words: str) -> None:
    ref = await world.request()
    await world.request(chat=2, numbers=("+14154210001",), facts={"name": ("person", "Ben", "Lee")})
    told = await type_(world, f"find {words}")
    assert ref in told
    assert "Lee" not in told
    assert values(world.slack.ephemerals(MAYA)[-1].blocks, "find.show") == [ref]


async def test_a_note_and_an_order_number_are_found(world: World) -> None:
    ref = await world.request()
    await world.request(chat=2, numbers=("+14154210001",))
    await type_(world, f"note {ref} The lock comes off on Friday.")
    await type_(world, f"submit {ref} VZ-77123")
    for words in ("lock friday", "vz-77123", "77123"):
        await type_(world, f"find {words}")
        assert values(world.slack.ephemerals(MAYA)[-1].blocks, "find.show") == [ref]


async def test_nothing_found_says_how_to_look_for_something_else(world: World) -> None:
    told = await type_(world, "find <!channel> `nobody`")
    assert "Filters" in told
    assert "<!" not in told


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("phase:nowhere", "Desk review"),
        ("is:nice", "unassigned"),
        ("by:somebody", "by:me"),
        ("carrier:nocarrier", "/port find nocarrier"),
        ("due:someday", "due:today"),
    ],
)
async def test_a_filter_that_cannot_be_read_says_how_it_is_written(world: World, words: str, answer: str) -> None:
    assert answer in await type_(world, f"find {words}")


async def test_a_day_is_a_filter(world: World) -> None:
    ref = await world.request(phase="pending_date")
    await type_(world, f"date {ref} 2026-11-25")
    for words, is_found in (
        ("due:week", True),
        ("due:today", False),
        ("due:2026-11-25", True),
        ("due:..2026-11-24", False),
    ):
        assert (ref in await type_(world, f"find {words}")) is is_found


# the form


async def test_the_form_finds_in_its_own_place_and_its_pages_turn_there(world: World) -> None:
    refs = await many(world, 21)
    await world.slack.command(MAYA, "find")
    await until(lambda: bool(world.slack.modals(MAYA)))
    entered: dict[str, dict[str, Any]] = {
        "phases": {"value": ["staff_review"]},
        "words": {"value": "verizon"},
        "who": {"value": "nobody"},
    }
    assert (await world.slack.submit(MAYA, world.slack.modals(MAYA)[-1].id, entered)).is_acked
    shown = world.slack.modals(MAYA)[-1]
    assert values(shown.blocks, "find.show") == refs[:20]
    await world.slack.press(MAYA, "find.next", view_id=shown.id)
    await until(lambda: values(world.slack.modals(MAYA)[-1].blocks, "find.show") == refs[20:])
    await world.slack.press(MAYA, "find.show", view_id=world.slack.modals(MAYA)[-1].id)
    await until(lambda: world.slack.modals(MAYA)[-1].body["title"]["text"] == refs[20])


async def test_filters_are_filled_in_with_what_a_list_shows(world: World) -> None:
    await world.request()
    await type_(world, "list mine held rejected t-mobile")
    await press(world, "find.filter")
    await until(lambda: bool(world.slack.modals(MAYA)))
    shown = {block["block_id"]: block.get("element", {}) for block in world.slack.modals(MAYA)[-1].blocks}
    assert [each["value"] for each in shown["phases"]["initial_options"]] == ["rejected"]
    assert [each["value"] for each in shown["marks"]["initial_options"]] == ["held"]
    assert shown["who"]["initial_option"]["value"] == "me"
    assert shown["carrier"]["initial_value"] == "tmobile"


# timelines


async def test_a_timeline_tells_the_days_in_each_phase_and_who_did_what(world: World) -> None:
    ref = await world.request()
    world.clock.forward(days=1)
    await type_(world, f"submit {ref} 88123")
    world.clock.forward(days=4)
    await type_(world, f"advance {ref}")
    told = await type_(world, f"show {ref} timeline")
    assert "*Submitted* from 2026-11-24 09:00: 4.0 d (business days: 2)" in told
    assert "*With the carrier* since 2026-11-28 09:00: 0 min so far" in told
    assert f"Marked submitted · <@{MAYA}> · Desk review → Submitted" in repr(world.slack.ephemerals(MAYA)[-1].blocks)
    assert "There is no request" in await type_(world, "show P-22222 timeline")


async def test_a_long_timeline_keeps_to_slacks_limits(world: World) -> None:
    ref = await world.request()
    case = (await world.sheet(ref)).case

    def note_much(_state: Any, moment: Any) -> Changes:
        rows = [
            History(
                moment.new_id(), case.request.id, 1, f"staff:{MAYA}", "rejection", moment.now, "", "<!channel>" * 12
            )
            for _ in range(300)
        ]
        return Changes(request=replace(case.request, version=9), history=tuple(rows))

    await world.store.turn(OfRef(ref), "much", note_much)
    told = await type_(world, f"show {ref} timeline")
    assert "timeline" in told.lower()
    shown = repr(world.slack.ephemerals(MAYA)[-1].blocks)
    assert re.search(r"and \d+ older", shown)
    assert "<!channel>" not in shown
