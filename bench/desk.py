"""The desk in Slack: how long staff wait, and what is lost when all act at once: `python -m bench.desk [--quick]`.

The real program beside the sandbox's Slack, by signed HTTP; everything is judged by what Slack was told and when.
Started anew for each slow round, so that it is cold. Of acknowledgements and opened forms the worst of all rounds is
judged: Slack takes none that comes too late. Of other figures it is the least, for noise only adds, with the worst
behind it. What is lost, wrong or out of order in any round is judged.
"""

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import uvloop

from bench.burst import Burst, burst
from bench.goals import Row, table
from bench.measure import StageError
from bench.office import Office, open_office, until
from bench.staff import EFFECTS, FORM, HOME, LATER, PATIENCE, READS, Taken, at_99, close_forms, timed

HEAD = ("the desk", "the least of all rounds", "the worst", "", "")
LATE = 0.4  # seconds before each batch of statements
AT_ONCE = 0.5  # seconds: Slack gives up after three
SLOW = 2.5
PATIENT = 2.2  # seconds after which an answer that is not there must have been promised: it is, after two
RIGHT = 60.0
A_GROUP = 3  # requests that one round of effects is about
MOST_TOLD = 20  # surprises that are shown
_REFUSED = 1.0  # calls refused for each that was taken


@dataclass(frozen=True, slots=True)
class Sizes:
    """How long a run is: rounds of each kind, times that the reads and the effects are done in one, and requests."""

    rounds: int
    reads: int
    effects: int
    slow_effects: int
    bursts: int
    burst: int  # requests that are changed at once, six times each

    @property
    def requests(self) -> int:
        """How many requests are needed, so that each effect and each burst meets fresh ones."""
        return self.bursts * self.burst + A_GROUP * self.rounds * (self.effects + self.slow_effects)


FULL = Sizes(rounds=3, reads=4, effects=8, slow_effects=3, bursts=2, burst=50)
QUICK = Sizes(rounds=1, reads=1, effects=2, slow_effects=1, bursts=1, burst=10)


@dataclass(frozen=True, slots=True)
class Slow:
    """A round on a slow database, from a cold start. `promised`: answers to come later, `kept`: those that came."""

    reads: tuple[Taken, ...]
    effects: tuple[Taken, ...]
    promised: int
    kept: int


@dataclass(frozen=True, slots=True)
class Found:
    """All that was measured."""

    effects: tuple[tuple[Taken, ...], ...]
    bursts: tuple[Burst, ...]
    slow: tuple[Slow, ...]


async def measure(sizes: Sizes) -> Found:
    """Play all rounds in one office: those at full speed, then the slow ones, each after a cold start."""
    async with open_office(sizes.requests) as office:
        fresh = iter(office.refs)
        await office.start()
        if not await until(lambda: len(office.roots()) == len(office.refs), 2 * PATIENCE):
            raise StageError(f"not every request has its card: {office.last_words()}")
        effects = [await act(office, fresh, sizes.effects) for _ in range(sizes.rounds)]
        bursts = [await burst(office, _some(fresh, sizes.burst)) for _ in range(sizes.bursts)]
        slow = [await slow_round(office, fresh, sizes) for _ in range(sizes.rounds)]
    return Found(tuple(effects), tuple(bursts), tuple(slow))


def _some(fresh: Iterator[str], many: int) -> list[str]:
    return [next(fresh) for _ in range(many)]


async def slow_round(office: Office, fresh: Iterator[str], sizes: Sizes) -> Slow:
    """Start the program anew on a slow database, and have staff read and act."""
    await office.stop()
    await office.start(LATE)
    reads = [await _alone(office, number) for number in range(sizes.reads * len(READS))]
    start = len(office.record)
    effects = await act(office, fresh, sizes.slow_effects)
    promised = sum(each.is_late for each in effects)

    def kept() -> int:
        return sum(call.method == "chat.postEphemeral" and call.took_effect for call in list(office.record)[start:])

    await until(lambda: kept() >= promised, 2 * PATIENCE)
    return Slow(tuple(reads), effects, promised, kept())


async def _alone(office: Office, number: int) -> Taken:
    found = await timed(office, READS[number % len(READS)], office.refs[number % len(office.refs)])
    await close_forms(office)
    return found


async def act(office: Office, fresh: Iterator[str], times: int) -> tuple[Taken, ...]:
    """Do every effect so many times, each time to other requests."""
    found: list[Taken] = []
    for _ in range(times):
        refs = _some(fresh, A_GROUP)
        for place, deed in EFFECTS:
            found.append(await timed(office, deed, refs[place]))
            await close_forms(office)
    return tuple(found)


def goals(found: Found) -> list[Row]:
    """Judge what the issue of the desk asks for."""
    return [*_slow_reads(found), *_effects(found), *_bursts(found)]


def _slow_reads(found: Found) -> Iterator[Row]:
    rounds = [one.reads for one in found.slow]
    forms = [[each for each in reads if each.deed.shows == FORM] for reads in rounds]
    first = [reads[: len(READS)] for reads in rounds]
    slow = f"database {LATE * 1000:.0f} ms late, cold"
    yield _p99(f"{slow}: reads and forms acknowledged, p99, ms", rounds, _acked, AT_ONCE, judged=max)
    yield _p99(f"{slow}: forms opened, p99, ms", forms, _seen, AT_ONCE, judged=max)
    yield _p99("… the first of each after a start, acknowledged, p99, ms", first, _acked)
    yield _p99("… answered in words, p99, ms", [[e for e in r if e.deed.shows != FORM] for r in rounds], _seen)
    yield _all_fine("… all of them answered", rounds)


def _effects(found: Found) -> Iterator[Row]:
    slow = [one.effects for one in found.slow]
    late = [each for effects in slow for each in effects if each.is_late]
    promised, kept = (sum(getattr(one, name) for one in found.slow) for name in ("promised", "kept"))
    yield _p99("effects answered, p99, ms", found.effects, _seen, AT_ONCE)
    yield _all_fine("… all of them as they should be", found.effects)
    yield _p99(f"effects answered, database {LATE * 1000:.0f} ms late, p99, ms", slow, _seen, SLOW)
    yield _all_fine("… all of them as they should be", slow)
    earliest = f", the first after {min(each.seen for each in late):.2f} s" if late else ""
    silent = sum(not each.is_late and each.seen > PATIENT for effects in slow for each in effects)
    yield Row(
        f"… “{LATER}” first, and the answer later",
        f"{len(late)} of {sum(map(len, slow))}{earliest}; {kept} answered later",
        is_met=kept >= promised and not silent if late else None,
    )


Figure = Callable[[Taken], float]
Pick = Callable[[Sequence[float]], float]


def _acked(one: Taken) -> float:
    return one.acked


def _seen(one: Taken) -> float:
    return max(one.acked, one.seen) if one.deed.shows not in (FORM, HOME) else one.seen


def _p99(
    goal: str, rounds: Sequence[Sequence[Taken]], figure: Figure, most: float | None = None, judged: Pick = min
) -> Row:
    late = [at_99(map(figure, each)) for each in rounds]
    limit = "" if most is None else f" < {most * 1000:.0f}"
    is_met = None if most is None else judged(late) < most
    return Row(f"{goal}{limit}", f"{min(late) * 1000:.0f}", f"{max(late) * 1000:.0f}", is_met=is_met)


def _all_fine(goal: str, rounds: Sequence[Sequence[Taken]]) -> Row:
    taken = [each for one in rounds for each in one]
    wrong = sum(not each.is_fine for each in taken)
    return Row(goal, f"{len(taken)}, {wrong} not", is_met=not wrong)


def _bursts(found: Found) -> Iterator[Row]:
    bursts = found.bursts
    many, seconds = bursts[0].changes, [one.seconds for one in bursts]
    name = f"{many} changes"
    yield Row(f"{name} asked for within, s", f"{min(seconds):.2f}", f"{max(seconds):.2f}")
    right, told = ([getattr(one, each) for one in bursts] for each in ("right", "told"))
    yield Row(
        f"… every card right, s ≤ {RIGHT:.0f}", f"{min(right):.1f}", f"{max(right):.1f}", is_met=min(right) <= RIGHT
    )
    yield Row("… every thread told, s", f"{min(told):.1f}", f"{max(told):.1f}")
    lost, twice, mixed, wrong = (
        sum(getattr(one, each) for one in bursts) for each in ("lost", "doubled", "out_of_order", "wrong_cards")
    )
    text = f"{lost} lost, {twice} twice, {mixed} threads out of order, {wrong} cards wrong"
    yield Row("… nothing lost, order kept", text, is_met=all(one.is_whole for one in bursts))
    unanswered = [len(one.surprises) for one in bursts]
    yield Row("… not answered as done", f"{min(unanswered)}", f"{max(unanswered)}", is_met=not min(unanswered))
    pressed, share = [one.pressed for one in bursts], [one.slowed / max(one.taken, 1) for one in bursts]
    yield Row("… calls while told to wait", f"{min(pressed)}", f"{max(pressed)}", is_met=not min(pressed))
    yield Row(
        f"… calls refused for each taken ≤ {_REFUSED:.0f}",
        f"{min(share):.2f} ({bursts[0].slowed} of {bursts[0].slowed + bursts[0].taken})",
        f"{max(share):.2f}",
        is_met=min(share) <= _REFUSED,
    )


def surprises(found: Found) -> list[str]:
    """Give what was read in place of an answer."""
    taken = [each for one in (*found.effects, *(s.reads + s.effects for s in found.slow)) for each in one]
    return [each.surprise for each in taken if each.surprise] + [said for one in found.bursts for said in one.surprises]


def main() -> int:
    """Print the table; 1 when a goal is not met."""
    parser = argparse.ArgumentParser(prog="python -m bench.desk")
    parser.add_argument("--quick", action="store_true", help="one short round of each: a look, no verdict")
    is_quick = parser.parse_args().quick
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        found = runner.run(measure(QUICK if is_quick else FULL))
    rows = goals(found)
    print(table(HEAD, [row.cells() for row in rows]))
    for said, times in Counter(surprises(found)).most_common(MOST_TOLD):
        print(f"- {times} times: {said}")
    return 0 if is_quick or all(row.is_met is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
