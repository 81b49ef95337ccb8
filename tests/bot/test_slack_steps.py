"""A card's buttons lead where it is right to go, and everything else is in its menu: shown, pressed, refused."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.models.blocks import Block

from bot.handlers.staff.actions import _chosen
from bot.slack.cards import CONFIRMED, TIMELINE, card
from bot.slack.heard import Heard, read_press
from bot.slack.rules import role_needed
from domain.desk.keeping import Sheet
from domain.desk.offers import for_some, offered, right_step, usual
from domain.desk.roles import Role
from domain.desk.signer_links import SIGNING
from domain.desk.state import Action, Told
from domain.desk.verbs import EFFECTS, VERBS
from domain.errors import Refused
from domain.orders.phases import PHASES
from domain.policy import Policy
from domain.values import replace
from sandbox.slack.entries import options
from tests.bot.slackworld import BEN, MAYA, SOMEBODY_ELSES, World, menu_of, open_world
from tests.bot.test_slack_cards import NOW, PLAIN, answered, sheet_of

POLICY = Policy()
LOOKS = (TIMELINE, "reveal")  # what the menu has beside verbs that change something
ELIGIBILITY = Policy(good_standing=True)


def elements_of(sheet: Sheet, policy: Policy = POLICY) -> list[dict[str, Any]]:
    """Return what people act on at a card, as Slack is sent it."""
    blocks = [block.to_dict() for block in card(sheet, policy).blocks]
    return [element for block in blocks if block["type"] == "actions" for element in block["elements"]]


def buttons_of(sheet: Sheet, policy: Policy = POLICY) -> dict[str, dict[str, Any]]:
    """Return a card's buttons by their verb."""
    found = [each for each in elements_of(sheet, policy) if each["type"] == "button"]
    return {each["action_id"].removeprefix("verb."): each for each in found}


def chosen_of(sheet: Sheet, policy: Policy = POLICY) -> list[str]:
    """Return the verbs of a card's menu."""
    return [each.split()[0] for each in menu_of([block.to_dict() for block in card(sheet, policy).blocks])]


def repaired(sheet: Sheet) -> Sheet:
    request = replace(sheet.case.request, repaired="corrected")
    return replace(sheet, case=replace(sheet.case, request=request))


def complete(sheet: Sheet) -> Sheet:
    """Return a sheet of which nothing is open with the customer."""
    given = {question: replace(answer, reopened=False) for question, answer in sheet.case.answers.items()}
    return replace(sheet, case=replace(sheet.case, answers=given))


def sheets() -> Iterator[Sheet]:
    """Yield a card of every phase, as it is usually and as it can be beside that."""
    for phase in (*PHASES, "mixed"):
        many = phase == "mixed"
        sheet = sheet_of("submitted" if many else phase, PLAIN, many=2)
        if many:
            apart = (sheet.case.numbers[0], replace(sheet.case.numbers[1], phase="rejected"))
            sheet = replace(sheet, case=replace(sheet.case, numbers=apart))
        request, version = sheet.case.request, sheet.case.request.version
        done = Action(7, 1, MAYA, "submit", NOW, version, sheet.case.numbers, sheet.case.orders, (), None)
        yield from (sheet, repaired(sheet), replace(sheet, action=done), replace(sheet, taken_by=MAYA))
        held = replace(request, hold="why", assignee=BEN, snoozed_until=datetime(2027, 1, 1, tzinfo=UTC))
        yield replace(sheet, case=replace(sheet.case, request=held))
        tried = {
            **sheet.case.answers,
            "trial": replace(sheet.case.answers["name"], value=(sheet.case.numbers[0].e164,)),
        }
        yield replace(sheet, case=replace(sheet.case, answers=tried))
        other = {**sheet.case.answers, "authority": replace(sheet.case.answers["authority"], value=("someone_else",))}
        other.pop("signature")
        kept = ("7", "other", "", NOW.isoformat(), "Maria", "", "waiting", "0", "", "0", "0", "1")
        other[SIGNING] = replace(sheet.case.answers["name"], question=SIGNING, value=kept)
        yield replace(sheet, case=replace(sheet.case, answers=other))


def test_every_verb_that_is_open_is_a_button_or_in_the_menu_and_once_only() -> None:
    for sheet in sheets():
        for policy in (POLICY, ELIGIBILITY):
            shown = [*buttons_of(sheet, policy), *(each for each in chosen_of(sheet, policy) if each not in LOOKS)]
            assert sorted(shown) == sorted(set(shown))
            assert set(shown) == {*offered(sheet, policy), *for_some(sheet.case)}


def test_every_effect_of_staffs_can_be_done_from_some_card() -> None:
    open_somewhere = {verb for sheet in sheets() for verb in offered(sheet, ELIGIBILITY)}
    assert open_somewhere == set(EFFECTS)


def test_a_card_has_one_right_step_at_most_and_never_more_than_eight_buttons() -> None:
    for sheet in sheets():
        buttons = buttons_of(sheet, ELIGIBILITY)
        right = [verb for verb, button in buttons.items() if button.get("style") == "primary"]
        assert right == [step for step in (right_step(sheet, ELIGIBILITY),) if step]
        assert not right or next(iter(buttons)) == right[0]
        assert len(buttons) <= 8


def test_what_acts_at_once_and_ends_something_is_never_in_the_menu() -> None:
    """A menu cannot ask once more; what has a form is asked there."""
    assert all(VERBS[verb].modal for verb in ("cancel", "submit"))
    for sheet in sheets():
        assert CONFIRMED.isdisjoint(chosen_of(sheet))
        assert set(chosen_of(sheet)) >= {TIMELINE}


@pytest.mark.parametrize(
    ("phase", "step"),
    [
        ("intake", None),
        ("staff_review", "submit"),
        ("submitted", "advance"),
        ("carrier_review", "advance"),
        ("pending_date", "date"),
        ("activating", "complete"),
        ("cancel_requested", "cancel"),
        ("ported", None),
        ("cancelled", None),
    ],
)
def test_the_right_step_is_the_next_one_of_the_way(phase: str, step: str | None) -> None:
    sheet = complete(sheet_of(phase, PLAIN))
    answers = {**sheet.case.answers, "review": replace(sheet.case.answers["name"], question="review")}
    assert right_step(replace(sheet, case=replace(sheet.case, answers=answers)), POLICY) == step


def test_a_rejected_request_is_submitted_again_only_once_it_is_mended() -> None:
    """A finding: its card offered to mark it as submitted, in colour, while the customer had yet to answer."""
    sheet = sheet_of("rejected", PLAIN, pin="asked")
    assert right_step(sheet, POLICY) == "ask"
    assert "submit" not in offered(sheet, POLICY)
    assert right_step(repaired(sheet), POLICY) == "submit"
    assert next(iter(buttons_of(repaired(sheet)))) == "submit"


def test_a_number_with_a_date_is_done_only_when_its_window_is_over() -> None:
    sheet = sheet_of("scheduled", PLAIN)
    early = tuple(replace(n, window_end=datetime(2026, 11, 25, 16, 30, tzinfo=UTC)) for n in sheet.case.numbers)
    sheet = replace(sheet, case=replace(sheet.case, numbers=early))
    assert right_step(sheet, POLICY) is None
    assert right_step(replace(sheet, read_at=datetime(2026, 11, 25, 17, 0, tzinfo=UTC)), POLICY) == "complete"


async def test_what_is_missing_stands_on_the_card_with_who_owes_it(world: World) -> None:
    ref = await world.request(pin="later")
    shown = await shown_of(world, ref)
    assert "Missing from the customer: Transfer PIN" in shown
    assert right_step(await world.sheet(ref), world.policy) == "submit"
    awaited = await world.request(chat=2, numbers=("+16284218840",), facts=SOMEBODY_ELSES, phase="awaiting_documents")
    assert "Missing from whoever signs: Letter" in await shown_of(world, awaited)
    assert right_step(await world.sheet(awaited), world.policy) == "letter"


def test_what_the_desk_has_to_tick_comes_before_the_submission() -> None:
    sheet = complete(sheet_of("staff_review", PLAIN))
    assert right_step(sheet, ELIGIBILITY) in ("eligible", None)
    assert "eligible" in usual(sheet, ELIGIBILITY)
    assert "Missing from the desk: Eligible" in repr([b.to_dict() for b in card(sheet, ELIGIBILITY).blocks])


def test_a_request_on_hold_has_no_right_step_that_would_be_refused() -> None:
    sheet = sheet_of("submitted", PLAIN)
    held = replace(sheet, case=replace(sheet.case, request=replace(sheet.case.request, hold="")))
    assert right_step(held, POLICY) is None
    assert "advance" not in offered(held, POLICY)


def test_what_has_moved_says_nothing_of_a_pin() -> None:
    """A finding: a moved request still said “Transfer PIN: here”, which is destroyed by then."""
    assert "*Transfer PIN*" in repr(sheet_blocks("scheduled"))
    for phase in ("ported", "cancelled", "expired"):
        assert "*Transfer PIN*" not in repr(sheet_blocks(phase))


def sheet_blocks(phase: str) -> list[dict[str, Any]]:
    return [block.to_dict() for block in card(sheet_of(phase, PLAIN), POLICY).blocks]


def test_a_card_tells_how_old_the_request_its_last_change_and_its_phase_are() -> None:
    shown = repr(sheet_blocks("submitted"))
    stamp = int(NOW.timestamp())
    for words in ("Begun", "last change", "in this phase since"):
        assert f"{words} <!date^{stamp}^" in shown
    assert "|2026-11-23 09:00>" in shown


def test_what_is_urgent_stands_once_and_above_everything_else() -> None:
    """A finding: drafts whose customers asked our desk, or had cancelled their old service, looked like any other."""
    sheet = sheet_of("intake", PLAIN)
    given = {**sheet.case.answers, **answered({"flags": ("not_served", "wants_person", "suspended")})}
    message = card(replace(sheet, case=replace(sheet.case, answers=given)), POLICY)
    shown = [block.to_dict() for block in message.blocks]
    assert shown[1]["text"]["text"] == (
        ":rotating_light: *Urgent:* The customer asked for a person. Please answer with Reply, or call them."
    )
    assert repr(shown).count("asked for a person") == 1
    assert ":warning: The customer asked to move a number that we do not serve" in repr(shown)
    assert "Urgent" in message.text


@pytest.mark.parametrize(("chosen", "role"), [("hold P-7KQ2M", Role.AGENT), ("reveal P-7KQ2M", Role.AGENT)])
def test_the_menu_needs_the_role_of_what_is_chosen_in_it(chosen: str, role: Role) -> None:
    assert role_needed(Heard(MAYA, "T1", "e", "1", "menu", chosen)) is role
    assert role_needed(Heard(MAYA, "T1", "e", "1", "menu", "timeline P-7KQ2M")) is Role.VIEWER


def test_several_dates_stand_there_all_with_their_window() -> None:
    sheet = sheet_of("scheduled", PLAIN, many=2)
    day = datetime(2026, 11, 30, tzinfo=UTC).date()
    apart = (sheet.case.numbers[0], replace(sheet.case.numbers[1], port_date=day))
    shown = repr([b.to_dict() for b in card(replace(sheet, case=replace(sheet.case, numbers=apart)), POLICY).blocks])
    assert "Wed 2026-11-25, Mon 2026-11-30, 08:00 to 08:30 Pacific time" in shown


def test_the_menu_forgets_what_was_chosen_once_the_request_has_changed() -> None:
    """A client shows the old choice until the block has another id, and sends the same choice no second time."""
    sheet = sheet_of("submitted", PLAIN)
    later = replace(sheet, case=replace(sheet.case, request=replace(sheet.case.request, version=5)))
    assert place_of(sheet) != place_of(later)


def place_of(sheet: Sheet) -> str:
    """Return the id of the block in which a card's buttons and menu stand."""
    blocks = [block.to_dict() for block in card(sheet, POLICY).blocks]
    [place] = [block["block_id"] for block in blocks if block["type"] == "actions"]
    return str(place)


def test_every_entry_of_the_menu_is_in_words_and_no_longer_than_slack_takes() -> None:
    for sheet in sheets():
        for menu in (each for each in elements_of(sheet, ELIGIBILITY) if each["type"] != "button"):
            labels = [option["text"]["text"] for option in options(menu)]
            assert all(labels)
            assert len(set(labels)) == len(labels)
            assert all(len(option["value"]) <= 150 for option in options(menu))


# over signed HTTP


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


async def shown_of(world: World, ref: str) -> str:
    ts = await world.show_card(ref)
    return repr(next(post.blocks for post in world.slack.posts() if post.ts == ts))


async def test_the_menu_opens_forms_and_acts_as_buttons_do(world: World) -> None:
    ref = await world.request()
    await world.slack.press(MAYA, "menu", message_ts=await world.show_card(ref), value=await chosen(world, ref, "note"))
    [view] = world.slack.modals(MAYA)
    assert view.callback_id == "form.note"
    await world.slack.submit(MAYA, view.id, {"words": {"value": "Called."}})
    assert [owed.params["text"] for owed in world.owed if owed.key == "thread.note"] == ["Called."]
    await world.slack.press(MAYA, "menu", message_ts=await world.show_card(ref), value=await chosen(world, ref, "hold"))
    [view] = world.slack.modals(MAYA)
    await world.slack.submit(MAYA, view.id, {"words": {"value": "the bill is old"}})
    assert (await world.sheet(ref)).case.request.hold == "the bill is old"
    await world.slack.press(MAYA, "menu", message_ts=await world.show_card(ref), value=await chosen(world, ref, "hold"))
    assert (await world.sheet(ref)).case.request.hold is None
    assert not world.slack.modals(MAYA)


async def chosen(world: World, ref: str, verb: str) -> str:
    """Return what the menu of a request's card carries for a verb."""
    ts = await world.show_card(ref)
    [blocks] = [post.blocks for post in world.slack.posts() if post.ts == ts]
    [value] = [each for each in menu_of(blocks) if each.split()[0] == verb]
    return value


async def test_the_menu_shows_a_timeline_to_who_chose_it_alone(world: World) -> None:
    ref = await world.request()
    ts = await world.show_card(ref)
    await world.slack.press(MAYA, "menu", message_ts=ts, value=f"timeline {ref}")
    async with asyncio.timeout(5):
        while not world.slack.ephemerals(MAYA):  # noqa: ASYNC110 # the server tells of it by its screen only
            await asyncio.sleep(0.01)
    assert ref in world.said(MAYA)
    assert len(world.slack.posts()) == 1


async def test_what_is_chosen_in_a_menu_of_an_older_release_is_answered(world: World) -> None:
    ref = await world.request()
    sent = {"type": "block_actions", "user": {"id": MAYA, "team_id": "T0SANDBOX"}, "trigger_id": "t1"}
    option = {"text": {"type": "plain_text", "text": "Gone"}, "value": f"gone {ref}"}
    action = {"type": "static_select", "action_id": "menu", "block_id": "b", "action_ts": "1.1"}
    heard = read_press({**sent, "actions": [{**action, "selected_option": option}]})
    assert (heard.name, heard.text) == ("menu", f"gone {ref}")
    assert role_needed(heard) is Role.VIEWER
    with pytest.raises(Refused) as refused:
        await _chosen(world.desk, heard, Unanswered())
    assert refused.value.code == "staff.form.stale"


class Unanswered:
    """A way back that nothing may be said on."""

    async def take(self) -> None:
        raise AssertionError

    async def tell(self, told: Told) -> bool:
        raise AssertionError(told)

    async def show(self, text: str, blocks: Sequence[Block]) -> bool:
        raise AssertionError(text, blocks)


async def test_a_viewer_may_choose_nothing_that_an_agent_does(tmp_path: Path) -> None:
    async with open_world(tmp_path, staff=MAYA) as world:
        ref = await world.request()
        await world.slack.command(MAYA, f"staff add <@{BEN}|ben> viewer")
        ts = await world.show_card(ref)
        before, owed = await world.sheet(ref), len(world.owed)
        chosen = next(each for each in menu_of(world.slack.posts()[0].blocks) if each.startswith("hold "))
        await world.slack.press(BEN, "menu", message_ts=ts, value=chosen)
        assert "needs the role" in world.said(BEN)
        assert not world.slack.modals(BEN)
        assert (await world.sheet(ref)).case == before.case
        assert len(world.owed) == owed
