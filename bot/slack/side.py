"""Staff's side as one part of the house: desk, Bolt app, sender, and whichever way Slack reaches us."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError, SlackClientError
from starlette.routing import BaseRoute

from bot.clock import Now
from bot.settings import Settings
from bot.slack.app import build_app
from bot.slack.desk import SlackDesk, SlackSettings, make_desk
from bot.slack.sender import SlackSender
from bot.slack.signing import slack_route
from bot.slack.socket import Socket
from domain.desk.keeping import Keeper
from domain.desk.state import Paper, Turns
from domain.papers.verdicts import Judged

log = logging.getLogger(__name__)

_ASK_AGAIN = 5.0  # seconds between questions to a Slack that does not answer
_PATIENCE = 3.0  # seconds that late answers get at the end


class SlackSide:
    """Everything about Slack that the house runs."""

    def __init__(
        self,
        settings: Settings,
        turns: Turns,
        keeper: Keeper,
        now: Now,
        link_to: Callable[[int, str], str],
        chat_link: Callable[[int, int], Awaitable[str]] | None = None,
        judge_paper: Callable[[Paper], Awaitable[Judged | None]] | None = None,
    ) -> None:
        wiring = SlackSettings(
            bot_token=settings.slack_token,
            channel=settings.desk_channel,
            staff=settings.slack_staff,
            app_token=settings.slack_app_token,
            signing_secret=settings.slack_signing_secret,
            api_url=settings.slack_api,
            public_url=settings.public_url,
        )
        desk = make_desk(wiring, turns, keeper.board, keeper, settings.policy, keeper.new_id, now, link_to)
        self.desk: SlackDesk = replace(desk, chat_link=chat_link, judge_paper=judge_paper)
        self.app: AsyncApp = build_app(self.desk)
        to_desk = (settings.desk_channel, keeper.board, keeper, settings.policy, now)
        self.sender = SlackSender(self.desk.client, *to_desk, link_to)
        self.socket = Socket(self.app, settings.slack_app_token) if settings.slack_app_token else None
        self._secret = settings.slack_signing_secret

    def routes(self) -> list[BaseRoute]:
        """Return the web routes: Slack's requests, where a signing secret is set."""
        return [slack_route(self.app, self._secret)] if self._secret else []

    def is_ready(self) -> bool:
        """Tell whether staff can be served: we know who we are, and a socket, if there is one, hears Slack."""
        return self.desk.identity.bot is not None and (self.socket is None or self.socket.is_alive())

    async def run(self) -> None:
        """Learn who we are, however long Slack takes to say, then listen until cancelled."""
        while self.desk.identity.bot is None:
            try:
                await self.desk.identity.learn()
            except (SlackApiError, SlackClientError, aiohttp.ClientError, OSError, TimeoutError) as e:
                log.warning("slack unreachable error=%s", type(e).__name__)
                await asyncio.sleep(_ASK_AGAIN)
        if self.socket is not None:
            await self.socket.run()
        await asyncio.Event().wait()

    async def close(self) -> None:
        """Let late answers be made."""
        await self.desk.finish(_PATIENCE)
