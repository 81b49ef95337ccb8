"""The port as a machine: customer, staff, carrier, clock and crash do whatever they can, and everything is taken.

Rules prefer what nobody has taken yet, and runs go on from where an earlier one came to something new; so some
thousand steps are enough for every one of some nine hundred goals (`tests.machine.taken`). All of it is the same in
every run: seeds are fixed, and what a run prefers is remembered by its seed. `pytest -s` prints the table.
"""

import random
import sys
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, event, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from domain.orders.phases import WAYS, moves_of
from tests.machine.house import CRASHES
from tests.machine.runs import KINDS, LAWFUL, MAPS, SEVERAL, TALLY, WILD, Known, Run, opened, remember
from tests.machine.taken import CANCEL, CRASH, REASON, SIDE, STEP, Goal, Tally

ROUNDS, RUNS, LONGEST = 60, 12, 50  # of seeds for a kind, of runs for each seed, of steps in a run


class Port(RuleBasedStateMachine):
    """Whatever the parties do to a request of one class."""

    kind: ClassVar[str] = "wireless"
    run: Run

    @initialize(start=st.integers(0, 2**62))
    def begins(self, start: int) -> None:
        """Begin where something was still to be taken when this seed first began, or anywhere."""
        of_class = MAPS[self.kind]
        known = of_class.begun.setdefault(start, of_class.known())
        self.run = Run(known.choose(random.Random(start)), self.kind, known)
        self.run.look()
        TALLY.examples += 1

    @precondition(lambda self: not any(self.run.fresh.values()))
    @rule(chance=st.integers(0, 2**30))
    def another(self, chance: int) -> None:
        """Turn to another request, where nothing new can be hoped for of this one."""
        self.run.end()
        known = Known(frozenset(self.run.taken), dict(self.run.vain), self.run.known.places)
        self.run = Run(known.choose(random.Random(chance)), self.kind, known)
        self.run.look()

    def _take(self, party: str, chance: int) -> None:
        dice, steps = random.Random(chance), self.run.steps[party]
        if not steps:
            return
        fresh = self.run.fresh[party]
        main = [s for s in fresh if any(g[0] != SIDE and g not in self.run.taken for g in s.aims)]
        on = [s for s in main if not s.is_last]
        first = on if on and dice.randrange(4) else main if main and dice.randrange(3) else fresh
        step = dice.choice(first if first and dice.randrange(WILD) else steps)
        self.run.do(step)
        if party in ("staff", "carrier") and dice.randrange(3):
            self.run.house.forward(seconds=61)
            self.run.house.deliver()
        event(party)
        self.run.look()
        remember(self.run)

    @precondition(lambda self: self.run.may("customer"))
    @rule(chance=st.integers(0, 2**30))
    def customer(self, chance: int) -> None:
        """Let the customer answer, wish, press, leave or come back."""
        self._take("customer", chance)

    @precondition(lambda self: self.run.may("staff"))
    @rule(chance=st.integers(0, 2**30))
    def staff(self, chance: int) -> None:
        """Let the desk do a verb of its own accord."""
        self._take("staff", chance)

    @precondition(lambda self: self.run.may("carrier"))
    @rule(chance=st.integers(0, 2**30))
    def carrier(self, chance: int) -> None:
        """Let the carrier answer, as the desk notes it."""
        self._take("carrier", chance)

    @precondition(lambda self: self.run.may("clock"))
    @rule(chance=st.integers(0, 2**30))
    def clock(self, chance: int) -> None:
        """Let time pass, or papers be fetched."""
        self._take("clock", chance)

    @precondition(lambda self: not self.run.house.crash and len(self.run.tried) % 4 == 1)
    @rule(how=st.sampled_from(CRASHES))
    def crash(self, how: str) -> None:
        """Let the next turn, or the next send, die half done."""
        self.run.house.crash = how

    @invariant()
    @precondition(lambda self: hasattr(self, "run"))
    def everything_is_true(self) -> None:
        """Roll-ups are true, nothing is untold, and every message arrived, twice only after a crash."""
        self.run.check()

    def teardown(self) -> None:
        """Let the relay go on, which loses nothing."""
        if hasattr(self, "run"):
            self.run.end()


def play(kind: str, turn: int) -> None:
    """Let the machine of one kind of requests run by one seed."""
    machine = seed(turn)(type(f"Port_{kind.replace(' ', '_')}", (Port,), {"kind": kind}))
    run_state_machine_as_test(machine, settings=SETTINGS)


SETTINGS = settings(
    max_examples=RUNS, stateful_step_count=LONGEST, deadline=None, database=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck), derandomize=False,
)  # fmt: skip


@pytest.fixture(scope="module")
def tally() -> Tally:
    """Let every class's machine run until nothing is left, and print what was taken."""
    MAPS.update({kind: opened(kind) for kind in KINDS})
    known = -1
    for turn in range(ROUNDS):
        if known == len(TALLY.taken) or not any(MAPS[kind].is_hopeful() for kind in KINDS):
            for of_kind in MAPS.values():
                of_kind.vain.clear()
        known = len(TALLY.taken)
        for kind in KINDS:
            for again in range(2 if kind == SEVERAL else 1):
                if MAPS[kind].is_hopeful():
                    play(kind, ROUNDS * again + turn)
    sys.stdout.write(f"\n{TALLY.table()}\n")
    return TALLY


def left(tally: Tally, what: str) -> list[Goal]:
    """Return what nobody has taken of a kind of goals."""
    return sorted(goal for goal in tally.missing() if goal[0] == what)


@pytest.mark.parametrize("number_class", WAYS)
def test_every_step_of_the_way_of_a_class_is_taken(tally: Tally, number_class: str) -> None:
    assert [goal for goal in left(tally, STEP) if goal[1] == number_class] == []


def test_every_reason_is_put_right_by_each_of_its_ways_out(tally: Tally) -> None:
    assert left(tally, REASON) == []


def test_every_case_of_cancelling_is_wished_for_by_customers_and_by_staff(tally: Tally) -> None:
    assert left(tally, CANCEL) == []


def test_every_state_beside_the_phases_is_come_to(tally: Tally) -> None:
    assert left(tally, SIDE) == []


def test_every_way_to_die_is_died_in_a_turn_of_every_party_and_in_a_send(tally: Tally) -> None:
    assert left(tally, CRASH) == []


@pytest.mark.parametrize("number_class", WAYS)
def test_the_table_of_phases_says_what_the_laws_say(number_class: str) -> None:
    assert {(m.before, m.after, m.actor) for m in moves_of(number_class)} == LAWFUL[number_class]
