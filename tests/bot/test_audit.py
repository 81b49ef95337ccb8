"""History is sealed by a tick, its head is in the digest, and `app.py audit verify` names the first bad row."""

import asyncio
import logging
import re
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import app
from bot.commands.audit import told
from bot.sealing import Sealing
from bot.wording import sentences
from domain.desk.sealing import Audit, Fault, Head, Wrong
from domain.desk.state import Changes, History, Moment, OfChat, State
from domain.errors import NotKept
from storage import Store, open_store

WRONGS: tuple[Wrong, ...] = (
    "changed", "missing", "foreign", "moved", "gap", "unreadable", "unknown_key", "cut", "replaced",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    return tmp_path


@dataclass
class Leases:
    """Gives the lease, or not."""

    is_free: bool = True
    asked: list[str] = field(default_factory=list)

    async def acquire(self, name: str, seconds: float) -> int | None:
        self.asked.append(name)
        return 1 if self.is_free else None

    async def give_up(self, name: str) -> None:
        self.asked.append(f"no {name}")


@dataclass
class Seals:
    """Rows that wait, of which some can never be sealed."""

    rows: int = 0
    bad: tuple[int, ...] = ()
    is_away: bool = False

    async def seal(self) -> tuple[int, ...]:
        self.rows = len(self.bad)
        return self.bad

    async def waiting(self) -> int:
        if self.is_away:
            raise NotKept
        return self.rows

    async def head(self) -> Head:
        return Head(self.rows, "ab" * 32)


async def test_the_tick_seals_what_waits_and_asks_for_no_lease_when_nothing_does() -> None:
    seals, leases = Seals(), Leases()
    sealing = Sealing(seals, leases)
    await sealing.tick()
    assert leases.asked == []
    seals.rows = 3
    await sealing.tick()
    assert (sealing.waiting, seals.rows, leases.asked) == (0, 0, ["seal"])
    await sealing.close()
    assert leases.asked[-1] == "no seal"


async def test_what_another_process_seals_is_left_to_it_and_counted() -> None:
    seals = Seals(3)
    sealing = Sealing(seals, Leases(is_free=False))
    await sealing.tick()
    assert (sealing.waiting, seals.rows) == (3, 3)


class Collecting(logging.Handler):
    """Keeps messages in a list."""

    def __init__(self, found: list[str]) -> None:
        super().__init__()
        self.found = found

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage())


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect what sealing logs, whatever other tests did to logging."""
    found: list[str] = []
    logger = logging.Logger("sealing")
    logger.addHandler(Collecting(found))
    monkeypatch.setattr("bot.sealing.log", logger)
    return found


async def test_a_bad_row_is_logged_once_and_stays_in_the_figures(logged: list[str]) -> None:
    sealing = Sealing(Seals(2, (41,)), Leases())
    await sealing.tick()
    await sealing.tick()
    assert [line.split()[1] for line in logged] == ["refused"]
    assert sealing.waiting == 1


async def test_a_database_that_is_away_is_looked_at_again(logged: list[str]) -> None:
    seals = Seals(2, is_away=True)
    sealing = Sealing(seals, Leases())
    await sealing.tick()
    assert "not_kept" in logged[0]
    seals.is_away = False
    await sealing.tick()
    assert sealing.waiting == 0


# the command


def line(state: State, moment: Moment) -> Changes:
    return Changes(history=(History(moment.new_id(), None, state.chat.id, "U1", "said", moment.now),))


async def fill(folder: Path, many: int, *, seals: bool = True) -> Head:
    """Write lines of history."""
    async for store in opened(folder):
        for n in range(many):
            await store.turn(OfChat(7), f"{store.new_id()}:{n}", line)
        if seals:
            await store.seals.seal()
        return await store.seals.head()
    raise AssertionError


async def opened(folder: Path) -> AsyncIterator[Store]:
    store = await open_store(f"sqlite:///{folder}/data/port.db", folder / "data", None)
    try:
        yield store
    finally:
        await store.close()


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Return the exit status and what was printed."""
    status = app.main(["audit", *words])
    return status, capsys.readouterr().out


def test_a_good_history_is_told_with_its_head_and_what_waits(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = asyncio.run(fill(folder, 3))
    asyncio.run(fill(folder, 2, seals=False))
    status, out = said(capsys, "verify")
    assert status == 0
    assert f"sealed and good: 3. Head: 3:{head.digest}" in out
    assert "Rows not sealed yet: 2" in out
    status, out = said(capsys, "verify", "--head", str(head))
    assert (status, f"goes through {head}" in out) == (0, True)


def test_the_first_bad_row_is_named_with_status_1(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = asyncio.run(fill(folder, 3))
    with sqlite3.connect(folder / "data" / "port.db") as raw:
        raw.execute("DROP TRIGGER history_unchanged")
        [(second,)] = raw.execute("SELECT id FROM history ORDER BY id LIMIT 1 OFFSET 1")
        raw.execute("UPDATE history SET actor = 'U2' WHERE id >= ?", (second,))
    raw.close()
    status, out = said(capsys, "verify", "--head", str(head))
    assert status == 1
    assert "sealed and good: 1. Head" in out
    assert f"WRONG: row {second} (link 2) is not as it was written" in out


def test_a_desk_that_was_never_opened_and_a_broken_line_are_answered(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in ([], ["seal"], ["verify", "--head"], ["verify", "--head", "3:xyz"], ["verify", "--head", "3:ab"]):
        assert app.main(["audit", *words]) == 2
        assert "Usage" in capsys.readouterr().err
    assert app.main(["audit", "verify"]) == 1
    assert "no key" in capsys.readouterr().err
    assert not (folder / "data").exists()


@pytest.mark.parametrize("wrong", WRONGS)
def test_every_fault_has_a_sentence_that_names_what_there_is_to_name(wrong: Wrong) -> None:
    sentence = told(Audit(Head(3, "ab" * 32), 0, Fault(wrong, 4, None)), None)[-1]
    assert sentence.startswith("WRONG: ")
    assert re.search("link 4|row [?]", sentence)
    assert "{" not in sentence


def test_there_are_sentences_for_these_faults_alone() -> None:
    assert {key for key in sentences("en") if key.startswith("audit.wrong.")} == {f"audit.wrong.{w}" for w in WRONGS}
