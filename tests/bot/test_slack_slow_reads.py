"""What is looked up before an answer keeps nobody waiting, and an answer that comes too late is not lost."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.handlers.staff import new, several
from bot.handlers.staff.carriers import look_up
from bot.handlers.staff.export import export
from bot.handlers.staff.views import in_time
from bot.slack.authority import Authority, Identity
from bot.slack.deciding import decide
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard
from bot.slack.listening import FORM, listener
from bot.slack.reply import FormReply, Reply, sentence_view
from bot.slack.several import Batch, preview_view
from domain.desk.roles import Role
from domain.desk.several import Trial
from domain.desk.state import Told
from domain.errors import Refused
from tests.bot.slackworld import BEN, MAYA, World, open_world

TEAM = "T0SANDBOX"


class Slow:
    """Something of which every look takes its time."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)

        async def later(*args: Any, **named: Any) -> Any:
            await asyncio.sleep(0.3)
            return await found(*args, **named)

        return later


class Said:
    """The way back to a person, of which is noted what they were told."""

    def __init__(self) -> None:
        self.keys: list[str] = []

    async def take(self) -> None:
        self.keys.append("")

    async def tell(self, told: Told) -> bool:
        self.keys.append(told.key)
        return True

    async def show(self, text: str, blocks: Any) -> bool:
        del blocks
        self.keys.append(text)
        return True


def form(body: dict[str, Any] | None = None) -> tuple[FormReply, list[dict[str, Any]]]:
    """Return the way back to a form, and its acknowledgements."""
    acks: list[dict[str, Any]] = []

    async def ack(**named: Any) -> None:
        acks.append(named)

    respond: Any = None
    acknowledge: Any = ack
    return FormReply(acknowledge, respond, body or {}), acks


def typed(text: str = "", view: str = "") -> Heard:
    return Heard(MAYA, TEAM, f"test:{text}", "t", "/port", text, role=Role.ADMIN, view=view)


async def _submit(desk: SlackDesk, heard: Heard, reply: Reply, ref: str) -> None:
    await decide(desk, heard, reply, ref, "submit", "88123")


async def _export(desk: SlackDesk, heard: Heard, reply: Reply, _ref: str) -> None:
    await export(desk, heard, reply, "")


async def _undo(desk: SlackDesk, heard: Heard, reply: Reply, _ref: str) -> None:
    await look_up(desk, heard, reply, "tmobile undo")


@pytest.mark.parametrize("handle", [_submit, _export, _undo])
async def test_a_look_before_an_effect_is_answered_in_time(
    tmp_path: Path, handle: Callable[[SlackDesk, Heard, Reply, str], Awaitable[None]]
) -> None:
    async with open_world(tmp_path) as world:
        ref, said, board = await world.request(), Said(), Slow(world.desk.board)
        slow: Any = replace(world.desk, board=board, patience=0.05)
        begun = time.monotonic()
        await handle(slow, typed(handle.__name__), said, ref)
        assert time.monotonic() - begun < 0.25
        assert said.keys == ["staff.working"]
        await slow.finish(5)
        [late] = [owed for owed in world.owed if owed.kind == "whisper"]
        assert late.address == MAYA


async def test_a_form_that_waits_says_so(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        reply, acks = form()
        found = await in_time(
            replace(world.desk, patience=0.0), typed(), reply, asyncio.sleep(0.05, "it"), "form.reply.title"
        )
        assert found == "it"
        [ack] = acks
        assert "One moment" in repr(ack["view"].to_dict())


async def test_what_goes_wrong_behind_a_form_that_was_answered_reaches_the_person(tmp_path: Path) -> None:
    async def handle(_desk: SlackDesk, _heard: Heard, reply: Reply) -> None:
        assert isinstance(reply, FormReply)
        await reply.put(sentence_view(Told("several.working")))
        raise Refused("held.gone")

    async with open_world(tmp_path) as world:
        view = {"id": "V1", "hash": "1", "callback_id": "form.note", "type": "modal", "state": {"values": {}}}
        body = {"type": "view_submission", "user": {"id": MAYA, "team_id": TEAM}, "view": view}
        acks: list[dict[str, Any]] = []

        async def ack(**named: Any) -> None:
            acks.append(named)

        await listener(world.desk, FORM, handle)(ack, None, body)
        assert len(acks) == 1
        assert [(owed.address, owed.key) for owed in world.owed] == [(MAYA, "held.gone")]


async def test_who_closed_a_batch_before_it_was_done_is_told_what_was(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        ref = await world.request(phase="submitted")
        sheet = await world.sheet(ref)
        shown = preview_view(Batch("token", "advance"), [Trial(ref, sheet.case, "carrier_review")])
        reply, acks = form()
        heard = typed(str(shown.private_metadata), view="V0CLOSED")
        await several._submitted(replace(world.desk, patience=0.0), heard, reply)
        assert len(acks) == 1
        assert await world.phase(ref) == "carrier_review"
        [told] = [owed for owed in world.owed if owed.kind == "whisper"]
        assert (told.address, told.key, told.params) == (MAYA, "several.lost", {"done": "1", "count": "1"})


async def _open_form(world: World) -> str:
    await world.slack.shortcut(MAYA, "new_request")
    return world.slack.modals(MAYA)[-1].id


async def test_a_link_that_takes_its_time_is_filled_in_later(tmp_path: Path) -> None:
    async def link(_request: int, _count: int) -> str:
        await asyncio.sleep(0.1)
        return "https://t.me/port_bot?start=x"

    async with open_world(tmp_path) as world:
        reply, acks = form()
        heard = typed(view=await _open_form(world))
        await new._begun(replace(world.desk, chat_link=link, patience=0.0), heard, reply, 1, "P-7KQ2M")
        [ack] = acks
        assert "P-7KQ2M" in repr(ack["view"].to_dict())
        assert "t.me" not in repr(ack["view"].to_dict())
        assert "t.me/port_bot" in repr(world.slack.modals(MAYA)[-1].blocks)


async def test_a_request_is_told_of_where_its_link_cannot_be_had(tmp_path: Path) -> None:
    async def link(_request: int, _count: int) -> str:
        raise OSError("no Telegram")

    async with open_world(tmp_path) as world:
        reply, acks = form()
        await new._begun(replace(world.desk, chat_link=link), typed(), reply, 1, "P-7KQ2M")
        assert "P-7KQ2M" in repr(acks[0]["view"].to_dict())


async def test_people_are_asked_about_all_at_once(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        names = [f"U{number}" for number in range(12)]

        class Client:
            """Slack, which takes its time to tell of somebody."""

            running = most = 0

            async def users_info(self, user: str) -> dict[str, Any]:
                self.running += 1
                self.most = max(self.most, self.running)
                await asyncio.sleep(0.02)
                self.running -= 1
                return {"user": {"id": user, "team_id": TEAM, "deleted": user == BEN}}

        client: Any = Client()
        identity: Identity = world.desk.identity
        admins = await Authority(client, identity, ",".join(names)).admins()
        assert (sorted(admins), client.most) == (sorted(names), len(names))
        client.most = 0
        assert not await Authority(client, identity, ",".join(names)).is_alone("U0", Role.ADMIN)
        assert client.most == len(names) - 1
        assert await Authority(client, identity, f"U0,{BEN}").is_alone("U0", Role.ADMIN)
