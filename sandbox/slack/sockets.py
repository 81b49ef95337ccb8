"""Socket Mode: the websockets through which the desk hears when it has no public address."""

import asyncio
import json
import secrets
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.slack.people import APP_ID

Json = dict[str, Any]

MOST = 10  # connections of one app (docs.slack.dev, Socket Mode, checked 2026-11-21)


class Connection:
    """One open websocket: whether it was asked to go, and whether it is gone."""

    def __init__(self, socket: WebSocket) -> None:
        self.socket = socket
        self.is_leaving = False
        self.gone = asyncio.Event()

    async def send(self, message: Json) -> None:
        """Send a message; a connection that fails on it is gone."""
        try:
            await self.socket.send_text(json.dumps(message))
        except (WebSocketDisconnect, RuntimeError):
            self.gone.set()


class Sockets:
    """The open connections, and the envelopes that wait for an ack."""

    def __init__(self) -> None:
        self.open: list[Connection] = []
        self._tickets: set[str] = set()
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._arrived = asyncio.Condition()

    def ticket(self) -> str:
        """Let one connection in."""
        ticket = secrets.token_urlsafe(12)
        self._tickets.add(ticket)
        return ticket

    async def link(self, socket: WebSocket) -> None:
        """Serve a connection for as long as it lasts."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._tickets or len(self.open) >= MOST:
            await socket.close(4403)
            return
        self._tickets.remove(ticket)
        await socket.accept()
        connection = Connection(socket)
        await self._greet(connection)
        try:
            while True:
                self._hear(json.loads(await socket.receive_text()))
        except WebSocketDisconnect:
            return
        finally:
            connection.gone.set()
            self.open.remove(connection)

    async def _greet(self, connection: Connection) -> None:
        self.open.append(connection)
        hello = {
            "type": "hello",
            "num_connections": len(self.open),
            "debug_info": {
                "host": "applink-sandbox",
                "build_number": 1,
                "approximate_connection_time": 18060,
            },
            "connection_info": {"app_id": APP_ID},
        }
        await connection.send(hello)
        async with self._arrived:
            self._arrived.notify_all()

    def _hear(self, message: Json) -> None:
        waiting = self._waiting.get(str(message.get("envelope_id")))
        if waiting and not waiting.done():
            waiting.set_result(message)

    async def disconnect(self, reason: str = "refresh_requested", *, grace: float = 0.0) -> None:
        """Ask every connection to go, as Slack does every few hours, and close it after `grace` seconds.

        A connection that was asked to go gets no more envelopes, but may still ack.
        """
        leaving = self._alive()
        for connection in leaving:
            connection.is_leaving = True
            host = {"host": "applink-sandbox"}
            await connection.send({"type": "disconnect", "reason": reason, "debug_info": host})
        await asyncio.sleep(grace)
        for connection in leaving:
            await self.drop(connection)

    async def drop(self, connection: Connection) -> None:
        """Close a connection without a word."""
        connection.gone.set()
        try:
            await connection.socket.close()
        except (WebSocketDisconnect, RuntimeError):
            return  # the other side was faster

    async def connected(self, count: int = 1, *, within: float = 3.0) -> None:
        """Wait until so many connections are open. Raises: TimeoutError."""
        async with asyncio.timeout(within), self._arrived:
            await self._arrived.wait_for(lambda: len(self._alive()) >= count)

    async def carry(self, envelope: Json, tried: list[Connection], within: float, *, again: bool) -> Json | None:
        """Send an envelope to a connection that has not had it, and wait for its ack; None: none came.

        With `again`, one that has had it may get it a second time. The connection used is added to `tried`.
        """
        waiting = self._waiting.setdefault(envelope["envelope_id"], asyncio.get_running_loop().create_future())
        try:
            await self.connected(within=within)
        except TimeoutError:
            return None
        fresh = [c for c in self._alive() if c not in tried] or (self._alive() if again else [])
        if fresh:
            tried.append(fresh[0])
            await fresh[0].send(envelope)
        gone = asyncio.ensure_future(fresh[0].gone.wait() if fresh else asyncio.sleep(within))
        await asyncio.wait((waiting, gone), timeout=within, return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        return waiting.result() if waiting.done() else None

    def forget(self, envelope_id: str) -> None:
        """Wait no longer for an ack; one that still comes is dropped."""
        waiting = self._waiting.pop(envelope_id, None)
        if waiting:
            waiting.cancel()

    def _alive(self) -> list[Connection]:
        return [c for c in self.open if not c.is_leaving and not c.gone.is_set()]
