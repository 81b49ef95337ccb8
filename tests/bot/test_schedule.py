"""The clockwork on the real store, with a clock that the test turns: each word once, and nothing spins."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.schedule import Schedule
from bot.sealing import Sealing
from domain.desk.customer import hear
from domain.desk.heard import Heard, HeardKind
from domain.desk.keeping import due_event
from domain.desk.state import Changes, Decide, Due, Moment, OfChat, OfRequest, Owed, State
from domain.errors import NotKept
from domain.policy import Policy
from domain.values import replace
from storage import Store
from tests.ground import open_store

MONDAY = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)  # ten in the morning at the desk
CHAT = 1
FAR = timedelta(days=3650)


@dataclass
class Scene:
    """A real store, its clockwork, and everything owed so far."""

    store: Store = field(init=False)
    schedule: Schedule = field(init=False)
    now: datetime = MONDAY
    owed: list[Owed] = field(default_factory=list)
    events: "itertools.count[int]" = field(default_factory=itertools.count)
    looks: int = 0
    is_failing: bool = False

    async def sweep(self) -> None:
        await self.store.sweep(self.now)

    async def look(self) -> None:
        """Look at what other processes changed; a test may let it fail."""
        self.looks += 1
        if self.is_failing:
            raise NotKept

    async def fails(self, *_: object) -> None:
        """Keep nothing."""
        raise NotKept

    def again(self) -> Schedule:
        """Return another clockwork on the same store."""
        store, sealing = self.store, Sealing(self.store.seals, self.store.leases)
        return Schedule(store, store.board, store, Policy(), lambda: self.now, self.sweep, self.look, sealing)

    async def customer(self, kind: HeardKind, text: str = "", code: str = "") -> None:
        """Let the customer say something."""
        number = next(self.events)

        def decide(state: State, moment: Moment) -> Changes:
            return hear(state, moment, Heard(CHAT, moment.event_id, kind, text, 100 + number, code=code))

        await self.store.turn(OfChat(CHAT), f"tg:{number}", decide)

    async def draft(self) -> int:
        """Begin a request as the customer; return its id."""
        await self.customer("command", "/start", "start")
        await self.customer("text", "415-421-8832")
        [draft] = await self.dues("draft")
        return draft.subject

    async def forward(self, **more: float) -> list[str]:
        """Turn the clock, look twice, and return the keys of what became owed."""
        self.now += timedelta(**more)
        seen = len(self.owed)
        await self.schedule.tick()
        await self.schedule.tick()
        return [owed.key.split("+")[0] for owed in self.owed[seen:]]

    async def dues(self, rule: str) -> list[Due]:
        """Return what will ever be due by a rule."""
        return [due for due in await self.store.due(self.now + FAR, 100) if due.rule == rule]

    async def change(self, changes: Decide, request_id: int = 0) -> None:
        """Commit a decision of the test's own."""
        await self.store.turn(OfRequest(request_id), f"test:{next(self.events)}", changes)

    async def arm(self, rule: str, subject: int, request_id: int = 0) -> Due:
        """Have a rule due now."""
        due = Due(self.store.new_id(), rule, subject, 7, self.now)
        await self.change(lambda _state, _moment: Changes(due=(due,)), request_id)
        return due


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    opened = Scene()
    store = await open_store(f"sqlite:///{tmp_path}/desk.sqlite", tmp_path, None, now=lambda: opened.now)
    opened.store = store
    opened.schedule = opened.again()
    store.listen(opened.owed.extend)
    yield opened
    opened.schedule.stop()
    await store.close()


# drafts


async def test_a_draft_is_recalled_a_day_after_the_last_word_exactly_once(scene: Scene) -> None:
    await scene.draft()
    scene.now += timedelta(hours=10)
    await scene.customer("text", "Verizon Wireless")  # after the reminder was armed
    assert await scene.forward(hours=14, seconds=1) == []
    [armed] = await scene.dues("draft")
    assert armed.at == MONDAY + timedelta(hours=34)
    assert await scene.forward(hours=9, minutes=59) == []
    assert await scene.forward(minutes=2) == ["reminder.draft"]
    assert await scene.forward(hours=23) == []


async def test_a_draft_answered_again_and_again_is_recalled_a_day_after_the_last_word(scene: Scene) -> None:
    await scene.draft()
    for word in ("Verizon Wireless", "yes", "later"):
        scene.now += timedelta(hours=20)
        await scene.schedule.tick()
        await scene.customer("text", word)
    assert await scene.forward(hours=23, minutes=59) == []
    assert await scene.forward(minutes=2) == ["reminder.draft"]


async def test_a_draft_is_recalled_three_times_and_then_given_up(scene: Scene) -> None:
    request = await scene.draft()
    words = [key for _ in range(45) for key in await scene.forward(days=1, seconds=1)]
    assert words == ["reminder.draft"] * 3 + ["notice.expired"]
    sheet = await scene.store.board.sheet(request_id=request)
    assert sheet is not None
    assert sheet.case.request.status == "expired"
    assert await scene.store.due(scene.now + FAR, 100) == []


async def test_a_customer_who_comes_back_after_the_last_reminder_has_another_month(scene: Scene) -> None:
    await scene.draft()
    for _ in range(3):
        await scene.forward(days=1, seconds=1)
    scene.now += timedelta(days=20)
    await scene.customer("text", "Verizon Wireless")
    assert await scene.forward(days=29) == []
    assert await scene.forward(days=1, seconds=1) == ["notice.expired"]


async def test_a_draft_that_the_chat_has_turned_away_from_is_given_up_without_a_reminder(scene: Scene) -> None:
    await scene.draft()
    request = (await scene.dues("draft"))[0].subject
    await scene.change(lambda state, _moment: Changes(chat=replace(state.chat, focus=None, asked=None)), request)
    assert await scene.forward(days=1, seconds=1) == []
    assert await scene.dues("draft") == []
    assert await scene.forward(days=28, hours=23) == []
    assert await scene.forward(hours=2) == ["notice.expired"]


async def test_a_house_that_was_closed_for_months_fires_what_it_missed_one_after_the_other(scene: Scene) -> None:
    await scene.draft()
    assert await scene.forward(days=90) == ["reminder.draft"]
    assert await scene.forward(seconds=1) == []


# rows that are left over


async def test_a_row_whose_turn_was_heard_before_is_dropped(scene: Scene) -> None:
    request = await scene.draft()
    due = await scene.arm("resume", request, request)
    await scene.store.turn(OfRequest(request), due_event(due), lambda _state, _moment: Changes())
    assert await scene.dues("resume") == [due]
    assert await scene.forward() == []
    assert await scene.dues("resume") == []


async def test_a_rule_that_this_release_does_not_know_is_dropped_and_noted(scene: Scene) -> None:
    request = await scene.draft()
    await scene.arm("moon_phase", request, request)
    assert await scene.forward() == []
    assert await scene.dues("moon_phase") == []
    sheet = await scene.store.board.sheet(request_id=request)
    assert sheet is not None
    assert [(line.what, line.detail) for line in sheet.history][-1] == ("unknown_rule", "moon_phase")


@pytest.mark.parametrize("rule", ["moon_phase", "draft", "tell"])
async def test_a_row_about_a_request_that_is_not_there_is_dropped(scene: Scene, rule: str) -> None:
    await scene.arm(rule, 4711)
    assert await scene.forward() == []
    assert await scene.dues(rule) == []


async def test_a_link_whose_request_was_deleted_long_ago_is_answered_once(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(scene.store, "drop_due", scene.fails)  # the answer is kept, and then the process dies
        await scene.customer("phoned", code="12345.1")
        assert await scene.forward(seconds=1) == ["start.link_used"]
    assert await scene.forward(seconds=1) == []
    assert [owed.address for owed in scene.owed if owed.key == "start.link_used"] == [str(CHAT)]
    assert await scene.dues(f"adopt:{CHAT}") == []


async def test_a_rule_that_fails_keeps_no_other_from_firing(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    from domain.desk import clock

    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setitem(clock._RULES, "tell", broken)
    request = await scene.draft()
    await scene.arm("tell", request, request)
    scene.now += timedelta(seconds=1)
    await scene.arm("resume", request, request)
    assert await scene.forward() == ["resume.now"]


# the digest


async def test_the_digest_comes_on_weekdays_once_a_day(scene: Scene) -> None:
    scene.now = datetime(2026, 11, 27, 17, 0, tzinfo=UTC)  # Friday, nine in the morning: today's is over
    await scene.schedule.start()
    came = []
    for _ in range(24 * 8):
        came += [scene.now for key in await scene.forward(hours=1) if key == "digest"]
    local = [f"{at.astimezone(Policy().desk_zone):%a %H:%M}" for at in came]
    assert local == ["Mon 09:00", "Tue 09:00", "Wed 09:00", "Thu 09:00", "Fri 09:00"]
    assert len(await scene.dues("digest")) == 1


async def test_the_digest_shows_how_far_history_is_sealed(scene: Scene) -> None:
    await scene.schedule.start()
    await scene.draft()
    await scene.store.seals.seal()
    head = await scene.store.seals.head()
    assert head.count > 0
    await scene.forward(days=1)
    assert [owed.params["sealed"] for owed in scene.owed if owed.key == "digest"] == [str(head)]


async def test_a_start_arranges_for_one_digest_however_often_it_happens(scene: Scene) -> None:
    await scene.schedule.start()
    scene.schedule.stop()
    again = scene.again()
    scene.now += timedelta(minutes=1)
    await again.start()
    again.stop()
    [due] = await scene.dues("digest")
    assert due.at == datetime(2026, 11, 24, 16, 45, tzinfo=UTC)


async def test_a_start_after_the_hour_still_gives_the_digest_that_was_missed(scene: Scene) -> None:
    await scene.schedule.start()
    scene.schedule.stop()
    scene.now += timedelta(days=1)
    again = scene.again()
    await again.start()
    again.stop()
    assert [owed.key for owed in scene.owed] == ["digest"]
    [due] = await scene.dues("digest")
    assert due.at == datetime(2026, 11, 25, 16, 45, tzinfo=UTC)


# what other processes changed


async def test_it_is_looked_now_and_then_at_what_other_processes_changed(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.schedule.LOOK", 0.02)
    await scene.schedule.start()
    async with asyncio.timeout(5):
        while scene.looks < 2:  # noqa: ASYNC110 # the scheduler has no event for it
            await asyncio.sleep(0.01)
        scene.is_failing = True
        looks = scene.looks
        while scene.looks < looks + 2:  # noqa: ASYNC110 # as above
            await asyncio.sleep(0.01)
    assert "schedule not_read error=NotKept" in caplog.text
