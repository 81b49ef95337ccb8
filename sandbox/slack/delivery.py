"""Bring to the desk what people do: by signed HTTP, or through a websocket; again, when nobody acks."""

import asyncio
import hashlib
import hmac
import json
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp

from sandbox.faults import Fault, Faults
from sandbox.record import Call, Record
from sandbox.slack.sockets import Connection, Sockets

Json = dict[str, Any]

NEVER_SENT = ("429", "403", "502", "timeout_before")
ACK_LOST = ("timeout_after", "half")
ENVELOPES = {"command": "slash_commands", "event": "events_api"}
RETRIES = 3  # after the first time


@dataclass(frozen=True, slots=True)
class Parcel:
    """One thing to deliver; `method` is command, action, shortcut, view or event."""

    method: str
    payload: Json

    @property
    def is_event(self) -> bool:
        """Whether Slack insists: nobody waits for it, so it is tried again."""
        return self.method == "event"


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came of a delivery: the ack's HTTP status (0: none in time), its body, seconds until it came."""

    status: int
    body: Any
    seconds: float
    payload: Json
    error: str | None = None  # what the client shows: operation_timeout or dispatch_failed

    @property
    def is_acked(self) -> bool:
        """Whether the desk took it."""
        return 200 <= self.status < 300


class Delivery:
    """The way out. `deliver_to` is the desk's address; None means Socket Mode."""

    def __init__(self, record: Record, faults: Faults, signing_secret: str) -> None:
        self.deliver_to: str | None = None
        self.ack_within = 3.0  # seconds, after which the person is told that it failed
        self.redeliver_after = 3.0  # seconds, after which a websocket's unacked envelope goes to another one
        self.retry_waits: Sequence[float] = (
            0.0,
            60.0,
            300.0,
        )  # seconds before each retry of an event over HTTP
        self.sockets = Sockets()
        self._record = record
        self._faults = faults
        self._secret = signing_secret.encode()
        self._tasks: set[asyncio.Task[None]] = set()

    async def deliver(self, parcel: Parcel) -> Delivered:
        """Deliver, and give what the person sees of it; retries go on behind."""
        started = time.monotonic()
        first: asyncio.Future[Delivered] = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(self._by_http(parcel, first) if self.deliver_to else self._by_socket(parcel, first))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        # Over HTTP each attempt ends by itself; through websockets redelivery may outlast the patience.
        patience = None if self.deliver_to else self.ack_within
        await asyncio.wait((first, task), timeout=patience, return_when=asyncio.FIRST_COMPLETED)
        if task.done() and not first.done():
            task.result()
        if not first.done():
            first.set_result(_failed(parcel, started))
        return first.result()

    async def settled(self) -> None:
        """Wait until every retry is over."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def stop(self) -> None:
        """Give up every retry."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _by_http(self, parcel: Parcel, first: asyncio.Future[Delivered]) -> None:
        for number, wait in enumerate((0.0, *self.retry_waits) if parcel.is_event else (0.0,)):
            await asyncio.sleep(wait)
            delivered = await self._attempt(parcel, number)
            if not first.done():
                first.set_result(delivered)
            if delivered.is_acked:
                return

    async def _attempt(self, parcel: Parcel, number: int) -> Delivered:
        call, fault = await self._begin(parcel)
        started = time.monotonic()
        delivered = _failed(parcel, started)
        if fault is None or fault.kind not in NEVER_SENT:
            delivered = await self._post(parcel, number)
            if fault and fault.kind in ACK_LOST:
                delivered = _failed(parcel, started)
        await self._end(call, delivered)
        if fault and fault.kind == "duplicate":
            call = await self._open(parcel)
            await self._end(call, await self._post(parcel, number))
        return delivered

    async def _post(self, parcel: Parcel, number: int) -> Delivered:
        started = time.monotonic()
        body, headers = self._signed(parcel)
        if number:
            headers |= {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": "http_timeout"}
        timeout = aiohttp.ClientTimeout(total=self.ack_within)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.post(str(self.deliver_to), data=body, headers=headers) as answer,
            ):
                content = await answer.text()
                error = None if answer.ok else "dispatch_failed"
                seconds = time.monotonic() - started
                return Delivered(answer.status, _parsed(content), seconds, parcel.payload, error)
        except TimeoutError:
            return _failed(parcel, started)
        except aiohttp.ClientError:
            return _failed(parcel, started, "dispatch_failed")

    def _signed(self, parcel: Parcel) -> tuple[bytes, dict[str, str]]:
        body = _encoded(parcel)
        stamp = str(int(time.time()))
        digest = hmac.new(self._secret, f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        kind = "application/json" if parcel.is_event else "application/x-www-form-urlencoded"
        signature = {"X-Slack-Signature": f"v0={digest}", "X-Slack-Request-Timestamp": stamp}
        return body, {"Content-Type": kind, "User-Agent": "Slackbot 1.0 (sandbox)", **signature}

    async def _by_socket(self, parcel: Parcel, first: asyncio.Future[Delivered]) -> None:
        started = time.monotonic()
        envelope_id, tried = str(uuid.uuid4()), list[Connection]()
        try:
            for number in range(RETRIES + 1):
                delivered = await self._send(parcel, envelope_id, tried, number)
                if delivered.is_acked:
                    break
            else:
                delivered = _failed(parcel, started)
        finally:
            self.sockets.forget(envelope_id)
        if not first.done():
            first.set_result(delivered)

    async def _send(self, parcel: Parcel, envelope_id: str, tried: list[Connection], number: int) -> Delivered:
        call, fault = await self._begin(parcel)
        started = time.monotonic()
        delivered = _failed(parcel, started)
        if fault is None or fault.kind not in NEVER_SENT:
            delivered = await self._carry(parcel, envelope_id, tried, number)
            if fault and fault.kind in ACK_LOST:
                delivered = _failed(parcel, started)
                self.sockets.forget(envelope_id)
        await self._end(call, delivered)
        if fault and fault.kind == "duplicate":
            call = await self._open(parcel)
            self.sockets.forget(envelope_id)
            await self._end(call, await self._carry(parcel, envelope_id, [], number))
        return delivered

    async def _carry(self, parcel: Parcel, envelope_id: str, tried: list[Connection], number: int) -> Delivered:
        started = time.monotonic()
        envelope: Json = {
            "envelope_id": envelope_id,
            "type": ENVELOPES.get(parcel.method, "interactive"),
            "payload": parcel.payload,
            "accepts_response_payload": not parcel.is_event,
        }
        if parcel.is_event:
            envelope |= {"retry_attempt": number, "retry_reason": "timeout" if number else ""}
        ack = await self.sockets.carry(envelope, tried, self.redeliver_after, again=parcel.is_event)
        if ack is None:
            return _failed(parcel, started)
        return Delivered(200, ack.get("payload"), time.monotonic() - started, parcel.payload)

    async def _begin(self, parcel: Parcel) -> tuple[Call, Fault | None]:
        call = await self._open(parcel)
        fault = self._faults.meet("slack", parcel.method)
        call.fault = fault.kind if fault else None
        return call, fault

    async def _open(self, parcel: Parcel) -> Call:
        call = self._record.open("slack", "out", parcel.method, parcel.payload)
        if self._faults.before:
            await self._faults.before(call)
        return call

    async def _end(self, call: Call, delivered: Delivered) -> None:
        call.status, call.answer = delivered.status, delivered.body
        call.took_effect = delivered.is_acked or call.fault in ACK_LOST
        if self._faults.after:
            await self._faults.after(call)


def _encoded(parcel: Parcel) -> bytes:
    if parcel.method == "command":
        return urlencode(parcel.payload).encode()
    if parcel.is_event:
        return json.dumps(parcel.payload).encode()
    return urlencode({"payload": json.dumps(parcel.payload)}).encode()


def _parsed(content: str) -> Any:
    try:
        return json.loads(content) if content else None
    except ValueError:
        return content


def _failed(parcel: Parcel, started: float, error: str = "operation_timeout") -> Delivered:
    return Delivered(0, None, time.monotonic() - started, parcel.payload, error)
