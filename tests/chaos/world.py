"""A desk that is killed, and the platforms that outlive it."""

import asyncio
import json
import os
import secrets
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import psycopg

from sandbox.faults import Fault
from sandbox.record import Call
from tests.house import Platforms

ROOT = Path(__file__).resolve().parents[2]
SERVED_WITHIN = 120.0  # seconds for a start on a machine that others keep busy; one that dies is noticed at once
LOOK = 0.01  # seconds between looks at a screen
_FIRST_PORT, _PORTS = 20_000, 12_000
_OTHERS = (
    b"SELECT 1 FROM pg_stat_activity"
    b" WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)

Kind = Literal["send", "confirm", "ack", "commit", "file", "mail"]
When = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class Death:
    """When the desk dies: before or after the n-th of what `kind` counts, from the moment it is served, or armed.

    `send`: a call of the desk but getUpdates; `confirm`: a getUpdates that confirms something; `ack`: something that
    staff did, brought to the desk; `commit`: a commit that wrote something; `file`: a file that was kept whole, or
    deleted, which no commit tells of yet; `mail`: an envelope, or a letter, that the mail server takes. n = 0: never.
    """

    kind: Kind
    when: When
    n: int

    def __str__(self) -> str:
        return f"{self.when}-{self.kind}-{self.n}"


class Nursery:
    """The process that desks are forked from."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._lock = asyncio.Lock()
        self.starts = 0

    async def bear(self, order: dict[str, Any]) -> int:
        """Start a desk; returns its process id."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        async with self._lock:
            stdin.write(json.dumps(order).encode() + b"\n")
            self.starts += 1
            return int(await stdout.readline())


@asynccontextmanager
async def open_nursery() -> AsyncIterator[Nursery]:
    """Import the app once, in a process of its own."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.chaos.child", stdin=pipe, stdout=pipe, cwd=ROOT
    )
    try:
        yield Nursery(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


@dataclass
class World:
    """All platforms in this process, and the desk as a child of the nursery that is started again when it dies."""

    platforms: Platforms
    smtp_url: str
    nursery: Nursery
    death: Death
    folder: Path
    database_url: str  # empty: SQLite in the folder
    is_real_start: bool = False  # `python app.py run` instead of a fork
    more: dict[str, str] = field(default_factory=dict)  # of the desk's environment
    crashes: int = 0
    counted: int = 0
    served: asyncio.Event = field(default_factory=asyncio.Event)
    _pid: int = 0
    _marked: Call | None = None

    def __post_init__(self) -> None:
        self._port = kept_port()
        self._out = self.folder / "out.txt"
        self._armed = self.folder / "armed"
        self.platforms.slack.deliver_to = f"http://127.0.0.1:{self._port}/slack/events"

    def env(self) -> dict[str, str]:
        """Return the desk's whole environment."""
        more = {"DATABASE_URL": self.database_url, "ENCRYPTION_KEYS": "0" * 64} if self.database_url else {}
        return {
            "PATH": os.environ.get("PATH", ""),
            "TELEGRAM_BOT_TOKEN": self.platforms.telegram.token,
            "TELEGRAM_API_URL": self.platforms.url,
            "SLACK_BOT_TOKEN": "xoxb-sandbox",
            "SLACK_SIGNING_SECRET": "sandbox-secret",
            "SLACK_API_URL": f"{self.platforms.url}/api/",
            "SLACK_DESK_CHANNEL": "C0DESK",
            "SLACK_STAFF": "U0STAFF1",
            "SMTP_URL": self.smtp_url,
            "DATA_DIR": str(self.folder),
            "PORT": str(self._port),
            "UNDO_SECONDS": "0",
            "LOG_LEVEL": "WARNING",
            **more,
            **self.more,
        }

    @asynccontextmanager
    async def living(self, *, is_armed: bool = True) -> AsyncIterator["World"]:
        """Keep the desk alive until the block ends; each death is followed by a start on the same data.

        `is_armed`: it may die at once, and not only once `arm` is called.
        """
        try:
            async with asyncio.TaskGroup() as group:  # a desk that cannot be kept alive ends the block with an error
                keeper = group.create_task(self._keep())
                await self.served.wait()
                if is_armed:
                    self.arm()
                yield self
                keeper.cancel()
        finally:
            await self._kill()

    def arm(self) -> None:
        """Count from now on what the desk dies at."""
        self._armed.touch()
        self.platforms.faults.before, self.platforms.faults.after = self._before, self._after

    async def _keep(self) -> None:
        while True:
            await self._start()
            await death_of(self._pid)
            self._pid = 0
            self.served.clear()
            self.crashes += 1
            assert self.crashes <= 1, f"the desk dies by itself: {self._out.read_text()[-2000:]}"
            if self.database_url:
                await asyncio.to_thread(let_leases_end, self.database_url)

    async def _start(self) -> None:
        seen = self._out.stat().st_size if self._out.exists() else 0
        order: dict[str, Any] = {"out": str(self._out), "env": self.env(), "exec": self.is_real_start}
        if self.death.kind in ("commit", "file") and self.death.n and not self.crashes:
            order |= {
                "die": self.death.when,
                "what": self.death.kind,
                "at": self.death.n,
                "armed": str(self._armed),
                "exec": False,
            }
        self._pid = await self.nursery.bear(order)
        async with asyncio.timeout(SERVED_WITHIN):
            while not self._says_served(seen):  # a file tells it
                assert is_alive(self._pid), f"the desk dies as it starts: {self._out.read_text()[-2000:]}"
                await asyncio.sleep(LOOK)
        self.served.set()

    def _says_served(self, seen: int) -> bool:
        return self._out.exists() and b"Serving at" in self._out.read_bytes()[seen:]

    # dying

    async def _before(self, call: Call) -> None:
        if not self._counts(call):
            return
        self.counted += 1
        if self.counted != self.death.n:
            return
        if self.death.when == "after":
            self._marked = call
            return
        await self._kill()
        if call.direction == "in":  # the call that killed the desk must not take effect
            self.platforms.faults.plan.insert(0, Fault(call.service, call.method, "timeout_before", hang=0.0))

    async def _after(self, call: Call) -> None:
        if call is self._marked:
            self._marked = None
            await self._kill()

    def _counts(self, call: Call) -> bool:
        if self.death.kind == "ack":
            return call.service == "slack" and call.direction == "out"
        if call.direction != "in" or "mail" in (call.service, self.death.kind):
            return call.service == self.death.kind
        if call.method != "getUpdates":
            return self.death.kind == "send"
        return self.death.kind == "confirm" and self._confirms(call)

    def _confirms(self, call: Call) -> bool:
        waiting = self.platforms.telegram.updates.waiting(self.platforms.telegram.clock())
        return any(update["update_id"] < (call.params["offset"] or 0) for update in waiting)

    async def _kill(self) -> None:
        pid, self._pid = self._pid, 0
        if pid:
            with suppress(ProcessLookupError):  # it may have died at a commit of its own this moment
                os.kill(pid, signal.SIGKILL)
            await death_of(pid)


def kept_port() -> int:
    """Return a port that nobody listens on, nor gets while the desk is down: Linux hands out those from 32768 on."""
    while True:
        port = _FIRST_PORT + secrets.randbelow(_PORTS)
        with socket.socket() as listener, suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port


def is_alive(pid: int) -> bool:
    """Tell whether a process that need not be our child is there; one of the nursery's is gone once it has ended."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def death_of(pid: int) -> None:
    """Wait until a process that need not be our child has ended."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    loop.add_reader(handle, ended.set)
    try:
        await ended.wait()
    finally:
        loop.remove_reader(handle)
        os.close(handle)


def let_leases_end(url: str) -> None:
    """Let the time pass that other processes wait before they take over what a dead one held.

    What the dead one had sent to the server may still be written, with leases of its own, until its connections are
    gone. On SQLite the file's lock shows that nobody else is there, and a start ends every lease by itself.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        while connection.execute(_OTHERS).fetchone() is not None:
            time.sleep(LOOK)
        connection.execute("UPDATE lease SET until = now() - interval '1 second'")
        connection.execute("UPDATE errand SET lease_until = now() - interval '1 second'")
        connection.execute("UPDATE outbox SET lease_until = now() - interval '1 second' WHERE owner IS NOT NULL")
