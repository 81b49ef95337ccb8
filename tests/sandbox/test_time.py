"""Time that is moved forward: both platforms go along, it is kept, and a day that is skipped doubles nothing."""

import json
import time
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sandbox import keep
from sandbox.page.time import FURTHEST, LONGEST_STEP, Clock, is_porting_day, next_morning
from sandbox.program import Options, running
from tests.sandbox.control_scene import CHAT, stage
from tests.sandbox.slack_scene import DESK

LA = ZoneInfo("America/Los_Angeles")
DAY = 86_400.0


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LA)


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        ("2026-11-23T08:59:59", "2026-11-23T09:00:00"),  # a Monday, early
        ("2026-11-23T09:00:00", "2026-11-24T09:00:00"),  # nine it is already
        ("2026-11-25T12:00:00", "2026-11-27T09:00:00"),  # Thanksgiving lies between
        ("2026-11-27T10:00:00", "2026-11-30T09:00:00"),  # a weekend does
        ("2026-03-06T18:00:00", "2026-03-09T09:00:00"),  # the clocks are changed at that weekend
    ],
)
def test_the_next_morning_is_nine_on_a_day_on_which_numbers_move(now: str, morning: str) -> None:
    assert next_morning(local(now)) == local(morning)


@pytest.mark.parametrize(
    ("day", "moves"), [("2026-11-23", True), ("2026-11-26", False), ("2026-07-03", False), ("2026-11-22", False)]
)
def test_numbers_move_on_working_days_that_are_no_holiday_nor_its_observed_day(day: str, moves: bool) -> None:
    assert is_porting_day(date.fromisoformat(day)) is moves


def test_a_clock_is_moved_and_stays_moved(tmp_path: Path) -> None:
    clock = Clock(tmp_path / "clock.json", LA)
    clock.forward(DAY)
    clock.forward(0.5)
    assert clock.now() == pytest.approx(time.time() + DAY + 0.5, abs=1)
    assert Clock(tmp_path / "clock.json", LA).ahead == DAY + 0.5
    assert keep.read(tmp_path / "clock.json") == {"ahead": DAY + 0.5}


def test_the_morning_comes_when_it_is_asked_for() -> None:
    clock = Clock(None, LA)
    clock.to_morning()
    now = clock.local()
    assert (now.hour, now.minute, is_porting_day(now.date())) == (9, 0, True)


def test_porting_days_are_counted_from_tomorrow() -> None:
    clock = Clock(None, LA)
    first, second = clock.porting_day(1), clock.porting_day(2)
    assert clock.local().date() < first < second
    assert is_porting_day(first)
    assert is_porting_day(second)


@pytest.mark.parametrize("seconds", [0.0, -1.0, LONGEST_STEP + 1, float("nan"), float("inf")])
def test_time_is_not_moved_back_nor_too_far_at_once(seconds: float) -> None:
    clock = Clock(None, LA)
    with pytest.raises(ValueError, match="forward must be"):
        clock.forward(seconds)
    assert clock.ahead == 0


def test_a_clock_goes_no_further_than_ten_years(tmp_path: Path) -> None:
    (tmp_path / "clock.json").write_text(json.dumps({"ahead": FURTHEST - 5}))
    clock = Clock(tmp_path / "clock.json", LA)
    with pytest.raises(ValueError, match="ten years ahead"):
        clock.forward(6)


@pytest.mark.parametrize("content", ["{", "{}", '{"ahead": -1}', '{"ahead": "soon"}', '{"ahead": NaN}'])
def test_a_damaged_file_is_set_aside_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str) -> None:
    path = tmp_path / "clock.json"
    path.write_text(content)
    assert Clock(path, LA).ahead == 0
    assert "clock.json is damaged" in capsys.readouterr().err
    assert not path.exists()
    assert (tmp_path / "clock.json.damaged").exists()


# on the page


async def test_the_page_moves_time_and_both_platforms_follow(tmp_path: Path) -> None:
    async with stage(tmp_path) as scene:
        before = (await scene.client.chat_postMessage(channel=DESK, text="before"))["ts"]
        status, told = await scene.do("time", forward=2 * DAY)
        assert (status, told["offset"], told["zone"]) == (200, 2 * DAY, "America/Los_Angeles")
        assert datetime.fromisoformat(told["now"]).timestamp() == pytest.approx(time.time() + 2 * DAY, abs=2)
        after = (await scene.client.chat_postMessage(channel=DESK, text="after"))["ts"]
        assert float(after or 0) - float(before or 0) >= 2 * DAY
        await scene.do("telegram/say", chat=CHAT, text="hello")
        (said,) = (await scene.see(f"telegram/chat/{CHAT}"))["messages"]
        assert said["date"] == pytest.approx(time.time() + 2 * DAY, abs=2)
        assert (await scene.see("time"))["offset"] == 2 * DAY


async def test_the_page_asks_for_the_morning(tmp_path: Path) -> None:
    async with stage(tmp_path) as scene:
        status, told = await scene.do("time", to="morning")
        assert status == 200
        assert datetime.fromisoformat(told["now"]).strftime("%H:%M") == "09:00"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "either forward or to"),
        ({"forward": 5, "to": "morning"}, "either forward or to"),
        ({"forward": -5}, "forward must be a number of seconds"),
        ({"forward": 1e12}, "forward must be a number of seconds"),
        ({"forward": "5"}, "forward must be a number"),
        ({"to": "evening"}, "to must be morning"),
    ],
)
async def test_a_step_that_is_none_is_refused(tmp_path: Path, body: dict[str, Any], words: str) -> None:
    async with stage(tmp_path) as scene:
        status, told = await scene.do("time", **body)
        assert (status, told["error"][: len(words)]) == (400, words)
        assert (await scene.see("time"))["offset"] == 0


async def test_moved_time_outlives_a_restart_and_slack_never_counts_back(tmp_path: Path) -> None:
    async with running(Options(tmp_path, port=0)) as (servers, _):
        servers.clock.forward(DAY)
        first = servers.slack._workspace.next_ts()
    async with running(Options(tmp_path, port=0)) as (servers, _):
        assert servers.clock.ahead == DAY
        assert servers.slack._workspace.next_ts() > first
    (tmp_path / "clock.json").unlink()
    async with running(Options(tmp_path, port=0)) as (servers, _):
        assert servers.clock.ahead == 0
