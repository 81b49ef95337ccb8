"""The goals that peers decide, as rows of a table: ours, theirs, the ratio, and whether it is met."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bench.kills import Endured
from bench.slices import LATENCY, USERS, Slices, SyncedTurns

ABSENT = "-"


@dataclass(frozen=True, slots=True)
class Row:
    """One goal."""

    goal: str
    ours: str = ABSENT
    peer: str = ABSENT
    ratio: str = ABSENT
    is_met: bool | None = None  # None: not measured

    def cells(self) -> tuple[str, ...]:
        """Give the row's cells."""
        met = ABSENT if self.is_met is None else ("met" if self.is_met else "**not met**")
        return self.goal, self.ours, self.peer, self.ratio, met


@dataclass(frozen=True, slots=True)
class Found:
    """All that was measured, by a contestant's name."""

    slices: Mapping[str, Slices]
    syncs: Mapping[str, tuple[SyncedTurns, SyncedTurns]]  # alone, in flight
    endured: Mapping[str, Endured]


def goals(found: Found, ours: str) -> list[Row]:
    """Judge goals 1 to 5 for one of our contestants."""
    return [
        _cheap(found, ours),
        _fast(found, ours, "aiogram", 2.0),
        _fast(found, ours, "ptb", 5.0),
        *_synced(found, ours),
        _late(found, ours),
        _whole(found, ours),
    ]


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Draw a table in Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def peer_rows(found: Found) -> list[tuple[str, ...]]:
    """Give each contestant's own figures."""
    return [
        (
            name,
            f"{one.cpu_us:.0f}",
            f"{one.crowd.verdict.turns_per_s:.0f}",
            f"{one.crowd.verdict.p50_ms:.1f} / {one.crowd.verdict.p99_ms:.1f}",
            f"{one.crowd.cpu_us_a_turn:.0f}",
            f"{one.late_turns_per_s:.0f}",
            f"{one.api_us:.0f}",
            "yes" if one.is_clean else "**no**",
            _endured(found.endured.get(name)),
        )
        for name, one in found.slices.items()
    ]


PEER_HEAD = (
    "contestant",
    "CPU µs/turn alone",
    f"turns/s, {USERS} users",
    "p50 / p99 ms",
    "CPU µs/turn crowded",
    f"turns/s at {LATENCY * 1000:.0f} ms",
    "API µs/turn",
    "clean",
    "after kills",
)
GOAL_HEAD = ("goal", "ours", "peer", "ratio", "")


def _cheap(found: Found, ours: str) -> Row:
    goal = "1: CPU of a turn alone ≤ 0.75 of PTB's"
    us, peer = found.slices.get(ours), found.slices.get("ptb")
    if us is None or peer is None:
        return Row(goal)
    ratio = us.cpu_us / peer.cpu_us
    return Row(goal, f"{us.cpu_us:.0f} µs", f"{peer.cpu_us:.0f} µs", f"{ratio:.2f}", ratio <= 0.75)


def _fast(found: Found, ours: str, name: str, least: float) -> Row:
    goal = f"2: turns/s with {USERS} users ≥ {least:.0f} times {name}'s, nothing wrong or lost"
    us, peer = found.slices.get(ours), found.slices.get(name)
    if us is None or peer is None:
        return Row(goal)
    our, their = us.crowd.verdict.turns_per_s, peer.crowd.verdict.turns_per_s
    ratio = our / max(their, 1e-9)
    return Row(goal, f"{our:.0f}/s", f"{their:.0f}/s", f"{ratio:.2f}", ratio >= least and us.is_clean)


def _synced(found: Found, ours: str) -> list[Row]:
    goals = ("3: syncs a turn alone ≤ 1.1", "3: syncs a turn, 64 in flight ≤ 0.1")
    counted = found.syncs.get(ours)
    if counted is None:
        return [Row(goal) for goal in goals]
    return [
        Row(goal, f"{one.a_turn:.3f}", is_met=one.a_turn <= most)
        for goal, one, most in zip(goals, counted, (1.1, 0.1), strict=True)
    ]


def _late(found: Found, ours: str) -> Row:
    goal = "4: sendMessage 50 ms away ≥ 25 times PTB's and ≥ 0.6 of users / round trip"
    us, peer = found.slices.get(ours), found.slices.get("ptb")
    if us is None or peer is None:
        return Row(goal)
    our, their = us.late_turns_per_s, peer.late_turns_per_s
    ratio, share = our / max(their, 1e-9), our / (USERS / LATENCY)
    is_met = ratio >= 25 and share >= 0.6 and us.is_clean
    return Row(goal, f"{our:.0f}/s", f"{their:.0f}/s", f"{ratio:.1f}; {share:.2f} of all", is_met)


def _whole(found: Found, ours: str) -> Row:
    goal = "5: SIGKILL: nothing lost, unanswered, or twice beyond one repeat a chat and crash"
    us = found.endured.get(ours)
    if us is None:
        return Row(goal)
    return Row(goal, _endured(us), _endured(found.endured.get("ptb")), is_met=us.is_whole)


def _endured(one: Endured | None) -> str:
    if one is None:
        return ABSENT
    seen = one.verdict
    silent, forgotten = seen.unanswered + seen.missing, seen.lost + seen.wrong + seen.out_of_order
    text = f"{one.kills} kills: {forgotten} lost, {silent} unanswered, {seen.doubled} twice"
    return f"{text}, then no start" if one.refused else text
