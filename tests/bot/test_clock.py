"""The clock that the sandbox's page moves: as far ahead as a file says, never back."""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import LOOK_EVERY, moved_clock

MONDAY = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


@dataclass
class Ticks:
    """Seconds, as the test lets them pass; and how the file came to be what it is."""

    file: Path
    at: float = 0.0
    writes: int = 0

    def __call__(self) -> float:
        return self.at

    def write(self, content: str) -> None:
        self.file.write_text(content)
        self.writes += 1
        os.utime(self.file, ns=(self.writes, self.writes))  # two writings within one tick of the disk's clock differ

    def ahead(self, seconds: float) -> None:
        self.write(json.dumps({"ahead": seconds}))


@pytest.fixture
def ticks(tmp_path: Path) -> Ticks:
    return Ticks(tmp_path / "clock.json")


def test_without_a_file_it_is_the_usual_time_until_there_is_one(ticks: Ticks) -> None:
    now = moved_clock(ticks.file, lambda: MONDAY, ticks)
    assert now() == MONDAY
    ticks.ahead(90.5)
    ticks.at += LOOK_EVERY
    assert now() == MONDAY + timedelta(seconds=90.5)


def test_a_clock_made_later_is_ahead_at_once(ticks: Ticks) -> None:
    ticks.ahead(86400)
    assert moved_clock(ticks.file, lambda: MONDAY, ticks)() == MONDAY + timedelta(days=1)


def test_it_looks_at_the_file_ten_times_a_second_at_most(ticks: Ticks) -> None:
    now = moved_clock(ticks.file, lambda: MONDAY, ticks)
    now()
    ticks.ahead(60)
    ticks.at += LOOK_EVERY * 0.9
    assert now() == MONDAY
    ticks.at += LOOK_EVERY * 0.1
    assert now() > MONDAY


def test_it_never_steps_back(ticks: Ticks) -> None:
    now = moved_clock(ticks.file, lambda: MONDAY, ticks)
    ticks.ahead(3600)
    assert now() == MONDAY + timedelta(hours=1)
    ticks.ahead(60)
    ticks.at += LOOK_EVERY
    assert now() == MONDAY + timedelta(hours=1)
    ticks.file.unlink()
    ticks.at += LOOK_EVERY
    assert now() == MONDAY + timedelta(hours=1)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"ahead": "soon"}', '{"ahead": 1e300}', "3"])
def test_a_damaged_file_changes_nothing(ticks: Ticks, content: str) -> None:
    now = moved_clock(ticks.file, lambda: MONDAY, ticks)
    ticks.ahead(60)
    assert now() == MONDAY + timedelta(seconds=60)
    ticks.write(content)
    ticks.at += LOOK_EVERY
    assert now() == MONDAY + timedelta(seconds=60)
    ticks.ahead(120)
    ticks.at += LOOK_EVERY
    assert now() == MONDAY + timedelta(seconds=120)
