"""Who may what: each listener asks for a role; roles are given in Slack; some acts need two people."""

import asyncio
import itertools
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.slack.authority import Authority
from bot.slack.heard import Heard
from bot.slack.listening import PRESS, listener
from bot.slack.reply import PressReply
from bot.slack.rules import role_needed
from domain.desk.risks import SURE
from domain.desk.roles import Grant, Role
from domain.desk.state import Changes, OfRequest
from domain.desk.turn import DEFAULT
from domain.desk.verbs import EFFECTS
from domain.errors import Refused
from domain.policy import Policy
from sandbox.faults import Fault
from sandbox.slack.people import BOT, Channel
from tests.bot.slackworld import BEN, CANARY_ACCOUNT, CANARY_PIN, DESK, GWEN, MAYA, OTTO, World, open_world
from tests.bot.test_slack_authority import GROUP

TEAM = "T0SANDBOX"
ONCE = itertools.count()


async def give(world: World, subject: str, role: Role) -> None:
    """Give a role as if an admin had."""
    grant = Grant(subject, role, MAYA, world.clock())
    await world.store.turn(OfRequest(0), f"give:{next(ONCE)}", lambda _s, _m: Changes(grants=(grant,)))


async def type_(world: World, user: str, text: str) -> str:
    """Type a command, press the button of what asks first, and return the answer."""
    async with answered(world, user):
        await world.slack.command(user, text)
    asked = world.slack.ephemerals(user)[-1]
    if SURE in repr(asked.blocks):
        async with answered(world, user):
            await world.slack.press(user, SURE, message_ts=asked.ts)
    return world.said(user)


@asynccontextmanager
async def answered(world: World, user: str) -> AsyncIterator[None]:
    """Wait for one more message for a person alone: some come after the acknowledgement."""
    before = len(world.slack.ephemerals(user))
    yield
    async with asyncio.timeout(5):
        while len(world.slack.ephemerals(user)) == before:  # noqa: ASYNC110 # the server tells of it by its screen only
            await asyncio.sleep(0.01)


async def told(world: World, kind: str = "channel") -> list[str]:
    """Send what is owed of a kind, and return the texts of the posts there are by then."""
    owed, world.owed[:] = [o for o in world.owed if o.kind == kind], [o for o in world.owed if o.kind != kind]
    for each in owed:
        await world.send(each)
    return [p.text for p in world.slack.posts(DESK)]


async def scheduled(world: World) -> str:
    """Return a request that has a date."""
    ref = await world.request()
    for step in ("submit", "advance", "advance", "date"):
        argument = {"date": " 2026-12-08", "submit": " 88123"}.get(step, "")
        await world.slack.command(MAYA, f"{step} {ref}{argument}")
    assert await world.phase(ref) == "scheduled"
    return ref


async def confirm(world: World, user: str) -> str:
    """Press Confirm under the newest post that has it, and return what the person was told."""
    await told(world)
    post_ = next(p for p in reversed(world.slack.posts(DESK)) if "wish.confirm" in repr(p.blocks))
    async with answered(world, user):
        await world.slack.press(user, "wish.confirm", message_ts=post_.ts)
    return world.said(user)


def rows(world: World) -> dict[str, list[tuple[Any, ...]]]:
    """Return everything that is kept."""
    with sqlite3.connect(f"file:{world.folder}/desk.sqlite?mode=ro", uri=True) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names}


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, staff=MAYA) as opened:
        await give(opened, BEN, Role.AGENT)
        await give(opened, OTTO, Role.VIEWER)
        yield opened


def with_eyes(*what: str) -> Policy:
    return replace(DEFAULT, four_eyes=what)


# the rules


def test_what_changes_a_request_needs_an_agent_by_button_form_and_words() -> None:
    for verb in EFFECTS:
        for name in (f"verb.{verb}", f"form.{verb}"):
            assert role_needed(Heard("U1", TEAM, "e", "t", name, "P-22222")) is Role.AGENT
        assert role_needed(Heard("U1", TEAM, "e", "t", "/port", f"{verb} P-22222")) is Role.AGENT


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("", Role.VIEWER),
        ("list", Role.VIEWER),
        ("show P-22222", Role.VIEWER),
        ("inventory find 415-421-8832", Role.VIEWER),
        ("inventory FREE 415-421-8832", Role.AGENT),
        ("inventory load", Role.AGENT),
        ("carrier tmobile history", Role.VIEWER),
        ("carrier tmobile undo", Role.AGENT),
        ("carrier tmobile pin: Dial. (a page)", Role.AGENT),
        ("staff", Role.VIEWER),
        ("staff add @maya agent", Role.ADMIN),
        ("no such words", Role.VIEWER),
    ],
)
def test_words_that_change_something_need_more_than_words_that_read(words: str, role: Role) -> None:
    assert role_needed(Heard("U1", TEAM, "e", "t", "/port", words)) is role


async def test_a_listener_without_a_rule_refuses_even_an_admin(world: World) -> None:
    class Respond:
        response_url = "there"
        said = ""

        async def __call__(self, text: str, **_more: object) -> Any:
            self.said = text
            return type("Answer", (), {"status_code": 200})

    async def ack() -> None:
        """Acknowledge."""

    async def never(*_: object) -> None:
        raise AssertionError

    person = {"id": MAYA, "team_id": TEAM}
    body = {"user": person, "actions": [{"action_id": "made.up", "action_ts": "1", "value": ""}], "trigger_id": "t"}
    respond = Respond()
    await listener(world.desk, PRESS, never)(ack=ack, respond=respond, body=body)
    assert isinstance(PRESS.reply(world.desk, ack, respond, body), PressReply)  # type: ignore[arg-type]  # a stand-in for Bolt's own
    assert "no rule" in respond.said


# each listener, driven by signed HTTP


async def test_a_viewer_is_told_which_role_is_needed(world: World) -> None:
    ref = await world.request()
    before = rows(world)
    assert "needs the role agent; yours is viewer" in await type_(world, OTTO, f"cancel {ref}")
    assert rows(world) == before


async def test_a_form_handed_in_by_who_is_a_viewer_by_then_is_refused(world: World) -> None:
    ref = await world.request()
    ts = await world.show_card(ref)
    await world.do(BEN, "ask", ts)
    [form] = world.slack.modals(BEN)
    await give(world, BEN, Role.VIEWER)
    await world.slack.submit(BEN, form.id, {"answers": {"value": ["name"]}})
    [still] = world.slack.modals(BEN)
    assert "needs the role agent" in still.errors["answers"]
    assert await world.phase(ref) == "staff_review"


async def test_only_an_admin_is_shown_a_link_to_secrets_unless_agents_may(tmp_path: Path) -> None:
    for at, (may, sees) in enumerate((((), {MAYA}), (("reveal",), {MAYA, BEN}))):
        folder = tmp_path / str(at)
        folder.mkdir()
        policy = replace(DEFAULT, agents_may=may)
        async with open_world(
            folder, staff=MAYA, policy=policy, link_to=lambda _r, _u: "https://desk.example"
        ) as world:
            await give(world, BEN, Role.AGENT)
            await give(world, OTTO, Role.VIEWER)
            ref = await world.request()
            for user in (MAYA, BEN, OTTO):
                assert ref in await type_(world, user, "list")
                assert ref in await type_(world, user, f"show {ref}")
                blocks = repr(world.slack.ephemerals(user)[-1].blocks)
                assert ("desk.example" in blocks) is (user in sees)
                assert CANARY_PIN not in blocks


async def test_an_agent_works_and_does_not_give_roles(world: World) -> None:
    ref = await world.request()
    assert "submitted" in await type_(world, BEN, f"submit {ref} 88123")
    assert "needs the role admin; yours is agent" in await type_(world, BEN, f"staff add {OTTO} admin")
    assert await world.desk.authority.role_of(OTTO) is Role.VIEWER


async def test_guests_bots_and_strangers_stay_outside_whatever_role_they_were_given(world: World) -> None:
    for subject in (GWEN, "U0BOT"):
        await give(world, subject, Role.ADMIN)
        assert await world.desk.authority.role_of(subject) is None
    assert await world.desk.authority.judge(BEN, "T0OTHER") is None
    world.slack.users[BEN].deleted = True
    world.desk.authority._known.clear()  # as after the minute for which an answer counts
    assert await world.desk.authority.role_of(BEN) is None


# roles


async def test_those_of_the_environment_are_admins_and_a_role_given_to_them_takes_nothing(world: World) -> None:
    await give(world, MAYA, Role.VIEWER)
    assert await world.desk.authority.role_of(MAYA) is Role.ADMIN


async def test_of_several_roles_the_greatest_counts(world: World) -> None:
    world.slack.groups[GROUP] = [OTTO]
    await give(world, GROUP, Role.AGENT)
    assert await world.desk.authority.role_of(OTTO) is Role.AGENT
    world.slack.groups[GROUP] = []
    world.desk.authority._known.clear()
    assert await world.desk.authority.role_of(OTTO) is Role.VIEWER


async def test_while_slack_says_nothing_a_group_gives_no_role_and_nobody_new_is_staff(world: World) -> None:
    world.slack.groups[GROUP] = [OTTO]
    authority = Authority(
        world.desk.client,
        world.desk.identity,
        MAYA,
        grants=lambda: (Grant(GROUP, Role.ADMIN, MAYA, world.clock()), Grant(BEN, Role.AGENT, MAYA, world.clock())),
    )
    for method in ("usergroups.users.list", "users.info"):
        world.faults.add(Fault("slack", method, "502", times=99))
    found = [await authority.role_of(user) for user in (OTTO, BEN, MAYA)]
    assert found == [None, None, None]
    for user in (OTTO, BEN, MAYA):
        with pytest.raises(Refused, match="in_doubt"):
            await authority.judge(user, TEAM)
    assert not await authority.is_alone(MAYA, Role.AGENT)
    assert await authority.exists(BEN) is None
    assert await authority.exists(GROUP) is None


async def test_nobody_is_given_a_request_while_slack_does_not_say_who_they_are(world: World) -> None:
    ref = await world.request()
    await type_(world, MAYA, "help")
    world.faults.add(Fault("slack", "users.info", "502", times=9))
    assert "Slack doesn't say just now who" in await type_(world, MAYA, f"assign {ref} <@{BEN}|ben>")
    assert (await world.sheet(ref)).case.request.assignee is None


async def test_an_admin_gives_and_takes_a_role_by_a_mention_and_the_channel_reads_it(world: World) -> None:
    assert "has the role agent now (before: viewer)" in await type_(world, MAYA, f"staff add <@{OTTO}|otto> Agent")
    assert await world.desk.authority.role_of(OTTO) is Role.AGENT
    assert f"gave <@{OTTO}> the role agent" in (await told(world))[-1]
    listed = await type_(world, OTTO, "staff")
    assert f"<@{MAYA}> · admin, named in SLACK_STAFF" in listed
    assert f"<@{OTTO}> · agent, by <@{MAYA}>, 2026-11-23 09:00" in listed
    assert "no longer has the role agent" in await type_(world, MAYA, f"staff remove <@{OTTO}>")
    assert await world.desk.authority.role_of(OTTO) is None
    assert f"took the role agent away from <@{OTTO}>" in (await told(world))[-1]
    kept = [(row[3], row[4], row[8]) for row in rows(world)["history"] if row[4] == "staff_role"]
    assert kept == [
        (f"staff:{MAYA}", "staff_role", f"{OTTO} viewer>agent"),
        (f"staff:{MAYA}", "staff_role", f"{OTTO} agent>none"),
    ]


async def test_a_user_group_gets_a_role(world: World) -> None:
    world.slack.groups[GROUP] = [OTTO]
    assert f"<!subteam^{GROUP}>" in await type_(world, MAYA, f"staff add <!subteam^{GROUP}|@porters> admin")
    assert await world.desk.authority.role_of(OTTO) is Role.ADMIN


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("staff fire them", "Please write"),
        ("staff add", "Please write"),
        ("staff add somebody agent", "can't tell who"),
        (f"staff add {BEN} boss", "is no role"),
        (f"staff add {BEN}", "name the role as well"),
        (f"staff add {BEN} agent", "has that role already"),
        ("staff add U0NOBODY agent", "can't be staff"),
        (f"staff add {GWEN} agent", "can't be staff"),
        (f"staff remove {GWEN}", "none to take away"),
        (f"staff remove {MAYA}", "named in SLACK_STAFF"),
        (f"staff add {MAYA} viewer", "named in SLACK_STAFF"),
    ],
)
async def test_a_change_that_cannot_be_is_answered_with_what_to_do(world: World, words: str, answer: str) -> None:
    before = rows(world)
    assert answer in await type_(world, MAYA, words)
    assert rows(world) == before


async def test_nobody_gets_a_role_while_slack_cannot_say_who_they_are(world: World) -> None:
    await type_(world, MAYA, "help")
    world.desk.authority._known.pop(OTTO, None)
    world.faults.add(Fault("slack", "users.info", "502", times=9))
    assert "try again in a minute" in await type_(world, MAYA, f"staff add {OTTO} agent")


async def test_the_last_admin_who_can_act_stays_one(world: World) -> None:
    await give(world, BEN, Role.ADMIN)
    world.slack.users[MAYA].deleted = True
    world.desk.authority._known.clear()
    for words in (f"staff remove {BEN}", f"staff add {BEN} viewer"):
        assert "the last admin who can act" in await type_(world, BEN, words)
    assert await world.desk.authority.role_of(BEN) is Role.ADMIN
    world.slack.users[MAYA].deleted = False
    world.desk.authority._known.clear()
    assert "no longer has the role admin" in await type_(world, BEN, f"staff remove {BEN}")


# two people for one act


async def test_without_a_rule_of_the_company_an_admin_acts_alone_and_an_agent_does_not(world: World) -> None:
    ref = await scheduled(world)
    assert "needs the role admin" in await type_(world, BEN, f"cancel {ref}")
    assert await world.phase(ref) == "scheduled"
    assert "is cancelled" in await type_(world, MAYA, f"cancel {ref}")


async def test_noting_a_refusal_first_is_no_way_round_who_may_cancel_late(world: World) -> None:
    ref = await scheduled(world)
    await type_(world, BEN, f"reject {ref} name mismatch")
    assert await world.phase(ref) == "rejected"
    assert "needs the role admin" in await type_(world, BEN, f"cancel {ref}")
    assert await world.phase(ref) == "rejected"
    assert "is cancelled" in await type_(world, MAYA, f"cancel {ref}")


async def test_before_there_is_a_date_an_agent_cancels(world: World) -> None:
    ref = await world.request()
    assert "is cancelled" in await type_(world, BEN, f"cancel {ref}")


async def test_a_company_may_let_agents_cancel_late(tmp_path: Path) -> None:
    async with open_world(tmp_path, staff=MAYA, policy=replace(DEFAULT, agents_may=("cancel_late",))) as world:
        await give(world, BEN, Role.AGENT)
        ref = await scheduled(world)
        assert "is cancelled" in await type_(world, BEN, f"cancel {ref}")


@pytest.fixture
async def careful(tmp_path: Path) -> AsyncIterator[World]:
    policy = with_eyes("cancel_late", "staff", "reveal")
    async with open_world(tmp_path, staff=f"{MAYA},{BEN}", policy=policy) as opened:
        await give(opened, OTTO, Role.AGENT)
        yield opened


async def test_a_late_cancellation_waits_for_a_second_admin_and_is_done_once(careful: World) -> None:
    ref = await scheduled(careful)
    assert "Nothing is done yet" in await type_(careful, MAYA, f"cancel {ref}")
    assert await careful.phase(ref) == "scheduled"
    assert f"<@{MAYA}> asks to cancel {ref}, which has a date already" in (await told(careful))[-1]
    assert "somebody else has to confirm it" in await confirm(careful, MAYA)
    assert "needs the role admin; yours is agent" in await confirm(careful, OTTO)
    assert await careful.phase(ref) == "scheduled"
    assert "is cancelled" in await confirm(careful, BEN)
    assert await careful.phase(ref) == "cancelled"
    assert f"<@{BEN}> confirmed what <@{MAYA}> asked for" in (await told(careful))[-1]
    before = rows(careful)
    assert "confirmed this already" in await confirm(careful, BEN)
    assert rows(careful) == before


async def test_the_post_that_asks_for_a_second_person_shows_what_will_happen_to_what(careful: World) -> None:
    ref = await scheduled(careful)
    await type_(careful, MAYA, f"cancel {ref}")
    asked = (await told(careful))[-1]
    assert f"*{ref}*" in asked
    assert "It is now: Date set, date Tue 2026-12-08" in asked
    assert "The carrier may charge for stopping it" in asked
    assert "(628) 421-8832: Date set → Cancelled" in asked
    await type_(careful, MAYA, f"staff add {OTTO} admin")
    assert f"<@{OTTO}>: agent → admin" in (await told(careful))[-1]


async def test_who_confirms_on_a_request_that_changed_since_sees_what_changed_and_decides(
    careful: World,
) -> None:
    ref = await scheduled(careful)
    await type_(careful, MAYA, f"cancel {ref}")
    await type_(careful, MAYA, f"note {ref} The customer calls back.")
    await type_(careful, OTTO, f"date {ref} 2026-12-09")
    asked = await confirm(careful, BEN)
    assert await careful.phase(ref) == "scheduled"
    assert f"Nothing is done yet: {ref} has changed" in asked
    assert f"<@{OTTO}>: moved its day" in asked
    assert "date Wed 2026-12-09" in asked
    assert "Date set → Cancelled" in asked
    await type_(careful, OTTO, f"date {ref} 2026-12-10")
    post_ = careful.slack.ephemerals(BEN)[-1]
    async with answered(careful, BEN):
        await careful.slack.press(BEN, SURE, message_ts=post_.ts)
    assert "date Thu 2026-12-10" in careful.said(BEN)
    assert await careful.phase(ref) == "scheduled"
    post_ = careful.slack.ephemerals(BEN)[-1]
    async with answered(careful, BEN):
        await careful.slack.press(BEN, SURE, message_ts=post_.ts)
    assert "is cancelled" in careful.said(BEN)
    assert await careful.phase(ref) == "cancelled"
    assert f"<@{BEN}> confirmed what <@{MAYA}> asked for" in (await told(careful))[-1]


async def test_what_changes_nothing_of_what_was_asked_for_is_not_asked_about(careful: World) -> None:
    ref = await scheduled(careful)
    await type_(careful, MAYA, f"cancel {ref}")
    await type_(careful, OTTO, f"note {ref} The customer calls back.")
    await type_(careful, BEN, f"date {ref} 2026-12-09")  # by who confirms it, and knows
    assert "is cancelled" in await confirm(careful, BEN)


async def test_a_wish_that_cannot_be_done_any_more_is_told_with_why(careful: World) -> None:
    ref = await scheduled(careful)
    await type_(careful, MAYA, f"cancel {ref}")
    await type_(careful, OTTO, f"complete {ref}")
    said = await confirm(careful, BEN)
    assert f"<@{OTTO}>" in said
    assert SURE not in repr(careful.slack.ephemerals(BEN)[-1].blocks)
    assert await careful.phase(ref) == "ported"


async def test_who_presses_confirm_after_an_hour_is_told_that_it_is_over(careful: World) -> None:
    ref = await scheduled(careful)
    await type_(careful, MAYA, f"cancel {ref}")
    careful.clock.forward(minutes=60)
    assert "can be confirmed no more" in await confirm(careful, BEN)
    assert await careful.phase(ref) == "scheduled"


async def test_nothing_is_done_for_who_lost_the_role_since_they_asked(careful: World) -> None:
    ref = await scheduled(careful)
    await give(careful, OTTO, Role.ADMIN)
    await type_(careful, OTTO, f"cancel {ref}")
    await give(careful, OTTO, Role.AGENT)
    assert "no longer has the role" in await confirm(careful, BEN)
    assert await careful.phase(ref) == "scheduled"


async def test_what_cannot_be_done_is_refused_before_anybody_is_asked(careful: World) -> None:
    ref = await scheduled(careful)
    day = (await careful.sheet(ref)).case.numbers[0].port_date
    assert day == date(2026, 12, 8)
    careful.clock.forward(days=14, hours=6)
    assert "moves within 48 hours" in await type_(careful, MAYA, f"cancel {ref}")
    assert not rows(careful)["staff_wish"]


async def test_an_override_with_somebody_there_to_confirm_is_refused(careful: World) -> None:
    ref = await scheduled(careful)
    assert "somebody else has the role" in await type_(careful, MAYA, f"cancel {ref} override: nobody here")
    assert await careful.phase(ref) == "scheduled"


async def test_a_desk_of_one_acts_at_once_with_name_and_reason_in_history_and_channel(careful: World) -> None:
    ref = await scheduled(careful)
    careful.slack.users[BEN].deleted = True
    careful.desk.authority._known.clear()
    assert "write the reason" in await type_(careful, MAYA, f"cancel {ref} override:")
    assert "is cancelled" in await type_(careful, MAYA, f"cancel {ref} override: Ben has left, the customer called")
    assert await careful.phase(ref) == "cancelled"
    said = (await told(careful))[-1]
    assert f"<@{MAYA}> did this without a second person" in said
    assert "Ben has left, the customer called" in said
    assert any(row[4] == "overridden" and row[3] == f"staff:{MAYA}" for row in rows(careful)["history"])
    assert any("Ben has left" in row[1] for row in rows(careful)["words"])


async def test_a_role_waits_for_a_second_admin_too(careful: World) -> None:
    assert "Nothing is done yet" in await type_(careful, MAYA, f"staff add {OTTO} admin")
    assert await careful.desk.authority.role_of(OTTO) is Role.AGENT
    assert f"asks to change a role: add {OTTO} admin" in (await told(careful))[-1]
    assert "has the role admin now" in await confirm(careful, BEN)
    assert await careful.desk.authority.role_of(OTTO) is Role.ADMIN
    [grant] = careful.desk.board.grants()
    assert (grant.given_by, grant.role) == (MAYA, Role.ADMIN)


async def test_a_link_to_secrets_is_handed_to_who_asked_once_somebody_else_agreed(tmp_path: Path) -> None:
    def link_to(request: int, user: str) -> str:
        return f"https://desk.example/desk/{request}_{user}"

    async with open_world(tmp_path, policy=with_eyes("reveal"), link_to=link_to) as world:
        ref = await world.request()
        await type_(world, MAYA, f"show {ref}")
        card = world.slack.ephemerals(MAYA)[-1]
        assert "desk.example" not in repr(card.blocks)
        assert "wish.reveal" in repr(card.blocks)
        async with answered(world, MAYA):
            await world.slack.press(MAYA, "wish.reveal", message_ts=card.ts)
        assert "Nothing is done yet" in world.said(MAYA)
        assert "link goes to who asked" in await confirm(world, BEN)
        assert "desk.example" not in repr(world.owed)  # it is made when it is sent
        await told(world, "whisper")
        shown = repr(world.slack.ephemerals(MAYA)[-1].blocks)
        assert f"_{MAYA}|" in shown
        assert re.search(r"https://desk\.example/desk/\d+_", shown)
        assert "desk.example" not in repr(world.slack.ephemerals(BEN)) + repr(world.slack.posts(DESK))
        assert "somebody else has the role" in await type_(world, MAYA, f"show {ref} override: in a hurry")


async def test_a_link_to_secrets_of_a_request_that_changed_since_is_decided_anew(tmp_path: Path) -> None:
    async with open_world(tmp_path, policy=with_eyes("reveal"), link_to=lambda _r, _u: "https://desk.example") as world:
        ref = await world.request()
        await type_(world, MAYA, f"show {ref}")
        async with answered(world, MAYA):
            await world.slack.press(MAYA, "wish.reveal", message_ts=world.slack.ephemerals(MAYA)[-1].ts)
        assert "It is now: Desk review" in (await told(world))[-1]
        await type_(world, MAYA, f"cancel {ref}")
        said = await confirm(world, BEN)
        assert "It is now: Cancelled" in said
        assert not [each for each in world.owed if each.kind == "whisper"]
        async with answered(world, BEN):
            await world.slack.press(BEN, SURE, message_ts=world.slack.ephemerals(BEN)[-1].ts)
        assert "link goes to who asked" in world.said(BEN)


async def test_a_button_for_a_wish_that_there_is_not_does_nothing(careful: World) -> None:
    before = rows(careful)
    for value in ("17", "no number"):
        action = {"type": "button", "action_id": "wish.confirm", "block_id": "b", "value": value, "action_ts": "1.1"}
        who = {"id": BEN, "username": "x", "team_id": TEAM}
        head = {"type": "block_actions", "user": who, "team": {"id": TEAM}, "trigger_id": f"t{value}"}
        pressed = {**head, "api_app_id": "A1", "actions": [action]}
        assert (await careful.tell("action", {**pressed, "container": {"type": "message"}})).is_acked
    assert rows(careful)["staff_wish"] == before["staff_wish"]
    assert rows(careful)["history"] == before["history"]


async def test_no_secret_is_in_what_waits_for_a_second_person(careful: World) -> None:
    ref = await scheduled(careful)
    await type_(careful, MAYA, f"cancel {ref}")
    assert CANARY_PIN not in repr(careful.owed) + repr(rows(careful)["staff_wish"])
    assert CANARY_ACCOUNT not in repr(careful.owed)


# channels


@pytest.mark.parametrize(
    ("policy", "channel"),
    [
        (replace(DEFAULT, class_channels=(("wireless", "C0MOBILE"),)), "C0MOBILE"),
        (replace(DEFAULT, region_channels=(("628", "C0BAY"), ("US", "C0US"))), "C0BAY"),
        (replace(DEFAULT, region_channels=(("US", "C0US"),)), "C0US"),
        (
            replace(DEFAULT, company_channels=(("Acme", "C0ACME"),), class_channels=(("wireless", "C0MOBILE"),)),
            "C0ACME",
        ),
        (replace(DEFAULT, class_channels=(("toll_free", "C0FREE"),)), DESK),
    ],
)
async def test_a_card_and_its_thread_stand_in_the_channel_of_company_class_or_region(
    tmp_path: Path, policy: Policy, channel: str
) -> None:
    async with open_world(tmp_path, policy=policy) as world:
        for name in ("C0MOBILE", "C0BAY", "C0US", "C0ACME", "C0FREE"):
            world.slack.channels[name] = Channel(name, name.lower(), {MAYA, BEN, BOT})
        ref = await world.request(facts={"company": ("Acme",)})
        await world.show_card(ref)
        assert [ref in p.text for p in world.slack.posts(channel)] == [True]
        others = {"C0MOBILE", "C0BAY", "C0US", "C0ACME", "C0FREE", DESK} - {channel}
        assert not any(world.slack.posts(other) for other in others)
