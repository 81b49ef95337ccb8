"""Socket Mode, watched: a connection is alive when frames come in, whatever it says of itself."""

import asyncio
import logging
import time
from collections.abc import Callable

from aiohttp import WSMessage
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

log = logging.getLogger(__name__)

PING_EVERY = 10.0  # seconds; Slack answers each ping with a pong, which is a frame
QUIET_AFTER = 45.0  # seconds without a frame, after which the connection is replaced
LOOK_EVERY = 1.0  # seconds
CONNECT_WITHIN = 15.0  # seconds


class Socket:
    """Hears Slack through a websocket, and replaces it when it goes quiet."""

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        *,
        quiet_after: float = QUIET_AFTER,
        ping_every: float = PING_EVERY,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._app = app
        self._token = app_token
        self._quiet_after = quiet_after
        self._ping_every = ping_every
        self._clock = clock
        self._text_at = 0.0
        self._handler: AsyncSocketModeHandler | None = None
        self.reconnects = 0

    @property
    def last_frame_at(self) -> float:
        """Return when Slack was last heard, Unix seconds; 0: never."""
        pong = self._handler.client.last_ping_pong_time if self._handler else None
        return max(self._text_at, pong or 0.0)

    def is_alive(self) -> bool:
        """Tell whether Slack was heard lately, for `/healthz`."""
        return self._clock() - self.last_frame_at < self._quiet_after

    async def run(self) -> None:
        """Stay connected until cancelled."""
        handler = AsyncSocketModeHandler(
            self._app, self._token, logger=logging.getLogger("bot.slack.bolt"), ping_interval=self._ping_every
        )
        handler.client.on_message_listeners.append(self._on_frame)
        self._handler = handler
        try:
            await self._connect(handler)
            while True:
                await asyncio.sleep(min(LOOK_EVERY, self._quiet_after / 3))
                if not self.is_alive():
                    log.warning("slack socket_quiet seconds=%d", int(self._clock() - self.last_frame_at))
                    await self._connect(handler)
        finally:
            await handler.close_async()  # type: ignore[no-untyped-call] # slack_bolt leaves it untyped

    async def _on_frame(self, _frame: WSMessage) -> None:
        self._text_at = self._clock()

    async def _connect(self, handler: AsyncSocketModeHandler) -> None:
        """Open a new connection in place of the old one, which counts as heard; try again until one stands."""
        while True:
            self.reconnects += 1
            try:
                async with asyncio.timeout(CONNECT_WITHIN):
                    await handler.client.connect_to_new_endpoint(force=True)
            except Exception as e:  # noqa: BLE001 # slack_sdk raises many kinds here, and each means: not yet
                log.warning("slack socket_failed error=%s", type(e).__name__)
                await asyncio.sleep(min(5.0, self._ping_every))
                continue
            self._text_at = self._clock()
            return
