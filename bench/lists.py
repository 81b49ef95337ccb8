"""Lists in the chat: what other customers feel while the real program reads them: `python -m bench.lists [--quick]`.

Rounds of a modest load, idle and with lists coming in one after another, side by side; noise only adds, so of each
figure the least of all rounds is judged, and the worst is shown behind it.
"""

import argparse
import contextlib
import csv
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import StringIO
from itertools import cycle
from pathlib import Path

from bench.customers import Load, Verdict
from bench.goals import Row, table
from bench.measure import Stage
from bench.numbers import List, a_list
from bench.ours import ours
from bench.uploads import Await, Upload
from bot.lists.looking import Look, Named, Wish
from domain.numbers.portability import Known
from domain.numbers.sheets import MOST_IN_A_BATCH, MOST_IN_A_REQUEST
from domain.numbers.verdicts import SERVED, US, region_of_digits
from domain.numbers.workbooks import write_workbook

HEAD = ("while lists are read", "lists", "idle", "ratio", "")
USERS = 20
PAUSE = 0.1  # seconds before each line of a customer: some 200 turns a second in all
EVERY = 0.005  # seconds between two questions to the loop
MOST_SILENT = 20.0  # milliseconds
_MOST_SLOWER = 2.0
_TOO_LONG = 120.0  # seconds that a list may take
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What is asked of the loop: a path that nobody serves is answered by it alone, without a look at the database.
_QUESTION = b"GET /nothing HTTP/1.1\r\nHost: bench\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Kind:
    """A file to send, and what the customer must read about it in the end (a regular expression)."""

    name: str
    path: Path
    mime: str
    report: str
    is_read: bool  # False: it is refused


@dataclass(frozen=True, slots=True)
class Told:
    """What came of one list: seconds from its sending to the report, and how often its progress was shown."""

    kind: str
    seconds: float
    sent: int
    edited: int


@dataclass(frozen=True, slots=True)
class Heard:
    """How late the loop answered, in milliseconds."""

    p50: float
    p99: float
    longest: float
    own: float  # the most that the program itself computed during one of them: what no other load explains


@dataclass(frozen=True, slots=True)
class Round:
    """One load with what the loop's questioner heard meanwhile, and the lists that were read."""

    turns: Verdict
    loop: Heard
    lists: tuple[Told, ...] = ()


def kinds(folder: Path, rows: int, too_many: int) -> list[Kind]:
    """Write the files: a list as CSV and as XLSX, and one of so many rows that it is refused."""
    long = a_list(too_many).content
    cells = _most_fine(a_list(rows))
    listed = _as_csv(cells)
    report = f"{_fine(listed):,} of {rows:,} numbers are fine"
    return [
        _kind(folder, f"CSV, {rows:,} rows", "list.csv", listed, report),
        _kind(folder, f"XLSX, {rows:,} rows", "list.xlsx", write_workbook(cells, "Numbers"), report),
        replace(_kind(folder, f"CSV, {too_many:,} rows", "long.csv", long, f"{MOST_IN_A_REQUEST:,}"), is_read=False),
    ]


def _most_fine(given: List) -> list[list[str]]:
    """Give a list's rows with a US number first: what is of another kind or country than the first cannot go along."""
    head, *rows = csv.reader(StringIO(given.content.decode(), newline=""))
    first = next(at for at, ten in enumerate(given.digits) if region_of_digits(ten) == US)
    return [head, rows[first], *rows[:first], *rows[first + 1 :]]


def _as_csv(rows: list[list[str]]) -> bytes:
    out = StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def _fine(content: bytes) -> int:
    """Count the numbers that can move, so that a report that says other is noticed."""
    look = Look(Wish(served=tuple(SERVED.regions)))
    if not isinstance(look.open(content), Named):
        raise TypeError("the list of the bench was not read")
    return len(look.judge(Known()).entries)


def _kind(folder: Path, name: str, file: str, content: bytes, report: str) -> Kind:
    path = folder / file
    path.write_bytes(content)
    return Kind(name, path, _XLSX if file.endswith("xlsx") else "text/csv", report, is_read=True)


@dataclass(slots=True)
class Answers:
    """Seconds that each answer of the loop took, and the most that the program computed during one of them."""

    took: list[float] = field(default_factory=list)
    own: float = 0.0


@contextmanager
def asking(port: int, pid: int) -> Iterator[Answers]:
    """Ask the loop of a process every 5 ms in a thread; all answers are there when the block has been left."""
    found = Answers()
    is_over = threading.Event()
    asker = threading.Thread(target=_ask, args=(port, pid, found, is_over))
    asker.start()
    try:
        yield found
    finally:
        is_over.set()
        asker.join()


def _ask(port: int, pid: int, found: Answers, is_over: threading.Event) -> None:
    with contextlib.closing(socket.create_connection(("127.0.0.1", port), timeout=30)) as link:
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while not is_over.is_set():
            began, before = time.perf_counter(), computed(pid)
            link.sendall(_QUESTION)
            _read_answer(link)
            took = time.perf_counter() - began
            found.took.extend(missed(took))
            found.own = max(found.own, computed(pid) - before)
            time.sleep(max(EVERY - took, 0.0))


def _read_answer(link: socket.socket) -> None:
    """Read one answer; Raises: ConnectionError when the contestant hung up."""
    got = b""
    while b"\r\n\r\n" not in got or not got.endswith(b"Not Found"):
        more = link.recv(4096)
        if not more:
            raise ConnectionError("the loop hung up")
        got += more


def computed(pid: int) -> float:
    """Give the processor's seconds of a process's threads; Linux counts them in nanoseconds (proc(5), schedstat)."""
    spent = 0
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):  # a thread may end meanwhile
            spent += int((thread / "schedstat").read_text().split()[0])
    return spent / 1e9


def missed(took: float) -> list[float]:
    """Give one answer's seconds, and those of the questions that were due while it was waited for."""
    return [took - EVERY * late for late in range(int(took / EVERY) + 1)]


def heard(found: Answers) -> Heard:
    """Sum answers up."""
    times = sorted(found.took) or [0.0]
    middle, late = times[len(times) // 2], times[int(len(times) * 0.99)]
    return Heard(middle * 1000, late * 1000, times[-1] * 1000, found.own * 1000)


def play(stage: Stage, seconds: float, lists: Iterator[Kind] | None = None) -> Round:
    """Play one round; with `lists`, one follows the other until its time is over."""
    load = Load(stage.contestant.script, users=USERS, seconds=seconds, pause=PAUSE)
    told: list[Told] = []
    with asking(stage.port, stage.pid) as answers:
        stage.order("start", load)
        ends = time.monotonic() + seconds
        while lists is not None and time.monotonic() < ends:
            told.append(send(stage, next(lists)))
        turns = stage.await_verdict()
    return Round(turns, heard(answers), tuple(told))


def send(stage: Stage, kind: Kind) -> Told:
    """Send a list as a new customer and wait for its report; Raises: TimeoutError when none comes within 120 s."""
    upload = Upload(str(kind.path), kind.path.name, kind.mime)
    chat = int(stage.order("upload", upload)["chat"])
    answer = stage.order("await", Await(chat, kind.report), timeout=_TOO_LONG)
    shown = answer["shown"]
    ids = {each["message_id"] for each in shown if "of your list" in each["text"] or " so far" in each["text"]}
    progress = [each["method"] for each in shown if each["message_id"] in ids]
    edited = progress.count("editMessageText")
    return Told(kind.name, shown[-1]["after"], len(progress) - edited, edited)


@dataclass(frozen=True, slots=True)
class Found:
    """All rounds: the same load idle and with lists, in turn."""

    idle: tuple[Round, ...]
    busy: tuple[Round, ...]


def goals(found: Found) -> list[Row]:
    """Judge goal 6 as far as lists go, by the least of the rounds of each figure."""
    return [
        _beside("6: a turn's p50, ms", found, lambda one: one.turns.p50_ms),
        _slower("6: a turn's p99 ≤ 2 times idle, ms", found, lambda one: one.turns.p99_ms),
        _beside("6: an answer of the loop, p50, ms", found, lambda one: one.loop.p50),
        _slower("6: an answer of the loop, p99 ≤ 2 times idle, ms", found, lambda one: one.loop.p99),
        _silent("6: the loop's longest silence", found, lambda one: one.loop.longest),
        _silent("6: what the program computed during one", found, lambda one: one.loop.own),
        _clean(found),
    ]


Figure = Callable[[Round], float]


def _beside(goal: str, found: Found, figure: Figure) -> Row:
    busy, idle = ([figure(one) for one in rounds] for rounds in (found.busy, found.idle))
    return Row(goal, _least(busy), _least(idle), f"{min(busy) / max(min(idle), 1e-9):.2f}")


def _slower(goal: str, found: Found, figure: Figure) -> Row:
    row = _beside(goal, found, figure)
    return replace(row, is_met=float(row.ratio) <= _MOST_SLOWER)


def _silent(what: str, found: Found, figure: Figure) -> Row:
    row = _beside(f"{what} ≤ {MOST_SILENT:.0f} ms", found, figure)
    return replace(row, is_met=min(map(figure, found.busy)) <= MOST_SILENT)


def _least(figures: Sequence[float]) -> str:
    return f"{min(figures):.1f} (worst round {max(figures):.1f})"


def _clean(found: Found) -> Row:
    busy, idle = (sum(one.turns.turns for one in rounds) for rounds in (found.busy, found.idle))
    is_clean = all(one.turns.is_clean for one in (*found.busy, *found.idle))
    return Row("turns, none wrong, twice or unanswered", f"{busy}", f"{idle}", is_met=is_clean)


def of_lists(found: Found, chosen: Sequence[Kind]) -> list[Row]:
    """Give each kind's seconds from upload to report, and whether its progress was shown where it took long."""
    told = [each for one in found.busy for each in one.lists]
    return [row for kind in chosen for row in _of_kind(kind, [each for each in told if each.kind == kind.name])]


def _of_kind(kind: Kind, told: Sequence[Told]) -> list[Row]:
    if not told:
        return [Row(f"{kind.name}: none was sent")]
    seconds = [each.seconds for each in told]
    what = "report" if kind.is_read else "refusal"
    rows = [Row(f"{kind.name}: upload to {what}, s, {len(told)} times", _least(seconds))]
    if kind.is_read:
        edits = [each.edited for each in told]
        rows.append(
            Row(
                f"{kind.name}: progress in one message, edited",
                f"{min(edits)} to {max(edits)} times",
                is_met=all(each.sent == 1 and each.edited for each in told),
            )
        )
    return rows


def measure(chosen: Sequence[Kind], rounds: int, seconds: float) -> Found:
    """Play all rounds on one stage, idle and with lists in turn, warmed up before."""
    coming = cycle(chosen)
    idle: list[Round] = []
    busy: list[Round] = []
    with Stage(ours()) as stage:
        stage.play(Load(users=USERS, turns=200))
        send(stage, chosen[0])
        for _ in range(rounds):
            idle.append(play(stage, seconds))
            busy.append(play(stage, seconds, coming))
    return Found(tuple(idle), tuple(busy))


def main() -> int:
    """Print the tables; 1 when a goal is not met."""
    parser = argparse.ArgumentParser(prog="python -m bench.lists")
    parser.add_argument("--quick", action="store_true", help="one short round: a look, no verdict")
    is_quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        chosen = kinds(Path(folder), MOST_IN_A_REQUEST, MOST_IN_A_BATCH)
        found = measure(chosen, *((1, 6.0) if is_quick else (4, 8.0)))
    rows = [*goals(found), *of_lists(found, chosen)]
    print(table(HEAD, [row.cells() for row in rows]))
    return 0 if is_quick or all(row.is_met is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
