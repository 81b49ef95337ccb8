"""Put a contestant on a stage of its own, play loads at it, and read what they cost it."""

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from shutil import which
from typing import Any, Self
from urllib.parse import urlsplit

import orjson
import psutil

from bench.contestants import Contestant
from bench.customers import Load, Verdict
from bench.uploads import Await, Upload

_ROOT = Path(__file__).resolve().parent.parent
_START = 30.0  # seconds that a contestant may take to serve


class StageError(Exception):
    """A contestant did not start, or died while it was measured."""


@dataclass(frozen=True, slots=True)
class Played:
    """A load's verdict, with the CPU seconds that the contestant's tree and the loopback API took."""

    verdict: Verdict
    cpu: float
    api_cpu: float

    @property
    def cpu_us_a_turn(self) -> float:
        """CPU of the contestant for one turn, in microseconds."""
        return self.cpu / max(self.verdict.turns, 1) * 1e6

    @property
    def api_us_a_turn(self) -> float:
        """CPU of the loopback API for one turn, in microseconds."""
        return self.api_cpu / max(self.verdict.turns, 1) * 1e6


class Stage:
    """A contestant beside a loopback API, each in processes of its own; a context manager ends both."""

    def __init__(self, contestant: Contestant, database: str = "") -> None:
        self.contestant = contestant
        self._database = database
        self._closing = ExitStack()
        self._bot: subprocess.Popen[bytes] | None = None
        self._api_port = 0
        self._api_pid = 0
        self._fill: dict[str, str] = {}
        self._log = Path()

    def __enter__(self) -> Self:
        """Start the loopback API, then the contestant, and wait until it serves."""
        with ExitStack() as closing:
            folder = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
            self._log = folder / "stderr.txt"
            self._start_api(closing)
            self._fill = {
                "api": f"http://127.0.0.1:{self._api_port}",
                "data": str(folder),
                "port": str(free_port()),
                "database": self._database,
            }
            closing.callback(self.stop)
            self.start()
            self._closing = closing.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """End the contestant, the API and what they kept."""
        self._closing.close()

    def start(self) -> None:
        """Start the contestant; Raises: StageError when it does not serve within 30 s."""
        polls = self.order("state")["polls"]
        argv = [part.format(**self._fill) for part in self.contestant.argv]
        env = {name: value.format(**self._fill) for name, value in self.contestant.env}
        with self._log.open("ab") as log:
            self._bot = subprocess.Popen(
                argv,
                env={**os.environ, "PYTHONPATH": str(_ROOT), **env},
                cwd=self._fill["data"],
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )
        ready = self.contestant.ready.format(**self._fill)
        self._await(lambda: self.order("state")["polls"] > polls and (not ready or _answers(ready)))

    def kill(self) -> None:
        """SIGKILL the contestant with all its children, and tell the API that it was done."""
        if self._bot is not None:
            os.killpg(self._bot.pid, signal.SIGKILL)
            self._bot.wait()
            self._bot = None
            self.order("crash")

    def stop(self) -> None:
        """End the contestant with SIGTERM, and with SIGKILL after 8 s."""
        if self._bot is None:
            return
        self._bot.terminate()
        try:
            self._bot.wait(8)
        except subprocess.TimeoutExpired:
            os.killpg(self._bot.pid, signal.SIGKILL)
            self._bot.wait()
        self._bot = None

    def play(self, load: Load) -> Played:
        """Play one load to its end; the contestant's start and what it did before are not counted."""
        before, api_before = self.cpu(), cpu_of(self._api_pid)
        self.order("start", replace(load, script=self.contestant.script))
        verdict = self.await_verdict()
        return Played(verdict, self.cpu() - before, cpu_of(self._api_pid) - api_before)

    def await_verdict(self) -> Verdict:
        """Wait until the load is over; Raises: StageError when the contestant died meanwhile."""
        answer = self.order("wait", timeout=600)
        if self._bot is not None and self._bot.poll() is not None:
            raise StageError(f"{self.contestant.name} ended: {self._last_words()}")
        return read_verdict(answer)

    def order(self, order: str, about: Load | Upload | Await | None = None, timeout: float = 10) -> dict[str, Any]:
        """Give the loopback API an order: start, wait, state, crash, finish, upload or await."""
        link = http.client.HTTPConnection("127.0.0.1", self._api_port, timeout=timeout)
        with contextlib.closing(link):
            body = orjson.dumps(asdict(about)) if about else None
            link.request("POST", f"/bench/{order}", body, {"Content-Type": "application/json"})
            answer: dict[str, Any] = orjson.loads(link.getresponse().read())
            return answer

    def cpu(self) -> float:
        """CPU seconds of the contestant so far: all threads, children and children that ended."""
        return cpu_of(self.pid)

    @property
    def port(self) -> int:
        """The port of 127.0.0.1 on which the contestant was told to serve."""
        return int(self._fill["port"])

    @property
    def pid(self) -> int:
        """The contestant's process; Raises: StageError when it is not running."""
        if self._bot is None:
            raise StageError(f"{self.contestant.name} is not running")
        return self._bot.pid

    def _start_api(self, closing: ExitStack) -> None:
        api = subprocess.Popen([sys.executable, "-m", "bench.botapi", "--port", "0"], cwd=_ROOT, stdout=subprocess.PIPE)
        closing.callback(api.wait)
        closing.callback(api.terminate)
        if api.stdout is None:
            raise StageError("the loopback API has no output")
        closing.callback(api.stdout.close)
        self._api_port, self._api_pid = int(api.stdout.readline()), api.pid

    def _await(self, is_ready: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _START
        while not is_ready():
            if (self._bot and self._bot.poll() is not None) or time.monotonic() > deadline:
                raise StageError(f"{self.contestant.name} does not serve: {self._last_words()}")
            time.sleep(0.02)

    def _last_words(self) -> str:
        return self._log.read_text(errors="replace")[-2000:]


def read_verdict(answer: dict[str, Any]) -> Verdict:
    """Read the verdict out of the API's answer."""
    found = dict(answer["verdict"])
    return Verdict(**{**found, "surprises": tuple(found["surprises"])})


def free_port() -> int:
    """Find a port of 127.0.0.1 that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


def tree_of(pid: int) -> list[int]:
    """List a process and all its living descendants."""
    return [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]


def cpu_of(pid: int) -> float:
    """Sum user and system seconds of a process tree, children that ended included; in steps of 10 ms."""
    spent = 0.0
    for one in tree_of(pid):
        with contextlib.suppress(psutil.NoSuchProcess):
            spent += sum(psutil.Process(one).cpu_times()[:4])
    return spent


def _answers(url: str) -> bool:
    at = urlsplit(url)
    with contextlib.closing(http.client.HTTPConnection(at.hostname or "", at.port, timeout=1)) as link:
        try:
            link.request("GET", at.path)
            return link.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False


@dataclass(frozen=True, slots=True)
class Syncs:
    """Syncs of a load; a checkpoint syncs the log once and the database once, and is no turn's."""

    total: int
    checkpoints: int  # syncs of a file beside which a write-ahead log is synced too

    @property
    def of_turns(self) -> int:
        """Syncs that are no checkpoint's."""
        return self.total - 2 * self.checkpoints


@contextlib.contextmanager
def counted_syncs(pids: Iterable[int]) -> Iterator[Callable[[], Syncs]]:
    """Attach strace to processes; when the block has been left, what it gives counts fsync and fdatasync."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        trace = Path(folder) / "trace.txt"
        chosen = [part for pid in pids for part in ("-p", str(pid))]
        tracer = subprocess.Popen(
            ["strace", "-f", "-y", "-e", "trace=fsync,fdatasync", "-o", str(trace), *chosen],
            stderr=subprocess.PIPE,
        )
        found: list[Syncs] = []
        try:
            if tracer.stderr is None or b"attached" not in tracer.stderr.readline():
                raise StageError("strace may not attach here")
            yield lambda: found[0]
        finally:
            tracer.send_signal(signal.SIGINT)
            tracer.communicate(timeout=10)
        found.append(syncs_of(trace.read_text()))


def can_count_syncs() -> bool:
    """Whether strace is installed."""
    return which("strace") is not None


def syncs_of(trace: str) -> Syncs:
    """Count the syncs in what `strace -y` wrote, where each call names its file."""
    paths = re.findall(r"f(?:data)?sync\(\d+<([^>]*)>", trace)
    logs = {path.removesuffix("-wal") for path in paths if path.endswith("-wal")}
    return Syncs(len(paths), sum(path in logs for path in paths))
