"""Filling somebody's Home, and answering what is pressed in it: there is no message to answer in, so it is renewed."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import aiohttp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import Block, MarkdownTextObject, SectionBlock
from slack_sdk.models.views import View

from bot.slack import cards, home
from bot.slack.desk import SlackDesk
from bot.slack.places import Place, read_place
from bot.slack.reply import PressReply
from bot.wording import slack_text
from domain.desk.finding import Search
from domain.desk.home import Glance
from domain.desk.roles import Role
from domain.desk.state import Told
from domain.promises.notices import STALE_AFTER

log = logging.getLogger(__name__)


async def show_home(desk: SlackDesk, user: str, place: Place, told: Sequence[Block] = ()) -> None:
    """Show somebody their Home as it is now. Raises what the database does; what Slack refuses is left as it is."""
    sheet = await desk.board.sheet(ref=place.focus) if place.focus else None
    found = await desk.board.find(_search(place)) if place.words and not place.focus else None
    now = desk.now()
    today = now.astimezone(desk.policy.desk_zone).date()
    glance = Glance(user, today, now - STALE_AFTER, place.section, 0 if place.words else place.offset, home.PAGE)
    seen = await desk.board.home(glance)
    place = replace(place, focus=place.focus if sheet is not None else "")
    role = await desk.authority.role_of(user)
    may_act = role is not None and role >= Role.AGENT
    card = cards.card(sheet, desk.policy, may_act=may_act) if sheet is not None else None  # without a link: it is kept
    shown = home.Shown(seen, place, tuple(told), card, found, desk.link_of(place.focus), may_act=may_act)
    desk.homes.enter(user, place)
    await publish(desk, user, home.view(shown, now, desk.policy))


def _search(place: Place) -> Search:
    return Search(words=place.words, limit=home.PAGE + 1, offset=place.offset)


async def publish(desk: SlackDesk, user: str, view: View) -> None:
    """Put a view into somebody's Home."""
    try:
        await desk.client.views_publish(user_id=user, view=view)
    except (SlackApiError, TimeoutError, aiohttp.ClientError, OSError) as e:
        log.warning("slack home_not_published error=%s", type(e).__name__)


class HomePress(PressReply):
    """The way back to who pressed something in their Home: the Home anew, with the answer above it.

    `place` may be changed until `finish`. Who is not `let_in` is shown the answer alone.
    """

    def __init__(self, desk: SlackDesk, ack: AsyncAck, respond: AsyncRespond, body: Mapping[str, Any]) -> None:
        super().__init__(ack, respond, body)
        self._desk = desk
        self._user = str(body["user"]["id"])
        self._told: tuple[Block, ...] = ()
        self._is_let_in = False
        self.place = read_place(body["view"])

    def let_in(self) -> None:
        """Note that it is one of the staff who pressed."""
        self._is_let_in = True

    async def tell(self, told: Told) -> bool:
        """Answer with a sentence."""
        text = slack_text(told.key, told.params)
        return await self.show(text, tuple(cards.sections(text)))

    async def show(self, text: str, blocks: Sequence[Block]) -> bool:
        """Answer with blocks, or with a text that has none."""
        await self.take()
        self._told = tuple(blocks) or tuple(cards.sections(text))
        return True

    async def replace(self, text: str, blocks: Sequence[Block]) -> bool:
        """Answer in the place of an earlier answer."""
        return await self.show(text, blocks)

    async def finish(self) -> None:
        """Show the Home anew. Raises what the database does."""
        await self.take()
        if self._is_let_in:
            await show_home(self._desk, self._user, self.place, self._told)
        else:
            await publish(self._desk, self._user, View(type="home", blocks=list(self._told)))

    async def alone(self, told: Told) -> None:
        """Show a sentence in place of the Home, which cannot be read just now."""
        self._desk.homes.leave(self._user)
        text = slack_text(told.key, told.params)
        sentence = SectionBlock(text=MarkdownTextObject(text=text))
        await publish(self._desk, self._user, View(type="home", blocks=[sentence]))


def press_at_home(desk: SlackDesk, ack: AsyncAck, respond: AsyncRespond, body: Mapping[str, Any]) -> HomePress | None:
    """Return the way back to who pressed something in their Home; None for what was done anywhere else."""
    view = body.get("view") or {}
    is_press = body.get("type") == "block_actions" and view.get("type") == "home"
    return HomePress(desk, ack, respond, body) if is_press else None
