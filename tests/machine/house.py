"""A conversation over a store that hears an event once, and a relay that sends what is owed; both die when told to.

As the real store does: an event's key is committed with what the event changed, a decision that is lost before that is
heard again under the same key, and a message is owed once for each `once`. A message may be sent and not settled.
"""

import copy
import itertools
import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from hashlib import sha256
from typing import Protocol

from domain.desk import clock
from domain.desk.customer import hear
from domain.desk.keeping import due_event
from domain.desk.letter_seals import SEAL, Made, sealed
from domain.desk.papers import bill_kept, bill_refused
from domain.desk.state import Changes, Decide, Errand, Moment, Owed, Told
from domain.errors import DeskError
from domain.intake.choices import Choice
from domain.orders.model import Number
from tests.domain.talk import ROSA, Shown, Talk
from tests.machine.laws import near, staff_may_cancel, wish_of_customer

LOST, UNANSWERED, UNSETTLED = "lost before the commit", "committed, then heard again", "sent, not settled"
CRASHES = (LOST, UNANSWERED, UNSETTLED)
ASKS_FOR_THE_PIN = tuple(f"submit.pin_{why}" for why in ("missing", "expired", "used"))
PARTIES = ("customer", "staff", "clock", "errand")
_OF_ERRANDS: tuple[object, ...] = (bill_kept, bill_refused, sealed)
_WHO: dict[object, str] = {hear: "customer", clock.fire: "clock", **dict.fromkeys(_OF_ERRANDS, "errand")}
_IN_VAIN = 1_000_000_000  # from where the ids of decisions count that nobody keeps


@dataclass(frozen=True, slots=True)
class Happened:
    """One committed turn: who acted, about which request (0: none), what it changed, and the house as it was before."""

    party: str
    request_id: int
    changes: Changes
    before: "House"


class Witness(Protocol):
    """Whoever looks at every turn as soon as it is committed."""

    def see(self, house: "House", turn: Happened) -> None:
        """Look at one turn, and raise AssertionError where it is not as it must be."""
        ...


@dataclass
class House(Talk):
    """One customer's chat and the desk, of which anything may die between two steps. `crash`: how the next turn does.

    `arrived`: the messages that reached somebody, by `once` and as often as they did.
    """

    about: int = 0  # the request that the machine is about; its customer may begin others
    path: list[str] = field(default_factory=list)  # the steps that led here, to be shown where something is wrong
    crash: str = ""
    party: str = ""
    event: str = ""  # the key of the turn that is being taken, as `party` takes it, about the request `subject`
    subject: int = 0
    before: "House | None" = None  # as it was before the turn that is being taken
    heard: set[str] = field(default_factory=set)
    outbox: list[Owed] = field(default_factory=list)
    promised: set[str] = field(default_factory=set)
    arrived: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)  # those that were sent and not settled, as often as that was
    faults: Counter[tuple[str, str]] = field(default_factory=Counter)
    found: set[str] = field(default_factory=set)  # what steps left behind that no turn shows; see `taken.SIDES`
    wishes: set[tuple[str, str, str]] = field(default_factory=set)  # wishes to cancel: phase, how near, whose
    pressed: tuple[Shown, Choice] | None = None
    witness: "Witness | None" = None

    def fork(self) -> "House":
        """Return another house in which everything stands as here; what happens in one leaves the other alone."""
        twin = copy.copy(self)
        for name, value in vars(self).items():
            if isinstance(value, dict | list | set):
                setattr(twin, name, copy.copy(value))
        twin.answers = {request: dict(answers) for request, answers in self.answers.items()}
        first = next(self._ids)
        self._ids, twin._ids = itertools.count(first), itertools.count(first)
        twin._chance = random.Random(7)
        twin._chance.setstate(self._chance.getstate())
        return twin

    @property
    def newest(self) -> int:
        """The request that all is about."""
        return self.about or super().newest

    # who acts

    def staff(
        self, verb: str, argument: str | None = None, *, of: int | None = None, by: str = ROSA, is_sure: bool = True
    ) -> Told:
        """Do a verb, a moment after whatever was before."""
        self.now += timedelta(milliseconds=1)
        return super().staff(verb, argument, of=of, by=by, is_sure=is_sure)

    def do_verb(self, verb: str, said: str, of: int) -> None:
        """Do a verb; one that is refused leaves everything as it is."""
        before, phases = self.kept(), [n for n in self.numbers.values() if n.request_id == of]
        is_held = self.requests[of].hold is not None
        told = self.staff(verb, said, of=of)
        if told.error and not told.key.endswith(ASKS_FOR_THE_PIN):
            assert self.kept() == before, ("a refused verb has changed something", verb, said, told)
            self.found.add("refused")
        if is_held and told.key == "hold.stops":
            self.found.add(f"held back {verb}")
        if verb == "cancel" and said in ("", "stopped"):
            self._check_cancelled(phases, told, is_stopped=said == "stopped")

    def _check_cancelled(self, before: list[Number], told: Told, *, is_stopped: bool) -> None:
        """Check that staff cancel what they may, and nothing else."""
        for number in before:
            how_near = near(number, self.now)
            may = staff_may_cancel(number, how_near, is_stopped=is_stopped)
            is_done = self.numbers[number.id].phase == "cancelled" != number.phase
            assert may or not is_done, ("cancelled what nobody may", number)
            assert is_done or not may or len(before) > 1, ("what may be cancelled is not", number, told)
            if not is_stopped or is_done:
                self.wishes.add((number.phase, how_near, "staff"))

    def wished(self, before: list[Number], only: str) -> None:
        """Check what came of a customer's wish to cancel, all or only one number (ten digits), number by number."""
        for number in (n for n in before if only in n.e164):
            wanted, now = wish_of_customer(number.phase, number.number_class), self.numbers[number.id]
            if wanted in ("", "urgent") or only:
                expected = {number.phase, wanted} if only else {number.phase}
            else:
                expected = {wanted}
            assert now.phase in expected or len(before) > 1, (number, now)
            flags = self.answers[number.request_id].get("flags")
            assert wanted != "urgent" or (flags is not None and "wants_cancel" in flags.value) or only, number
            self.wishes.add((number.phase, near(number, self.now), "customer"))

    def push(self, shown: Shown, choice: Choice) -> list[Shown]:
        """Press a button, and remember which."""
        self.pressed = (shown, choice)
        return super().push(shown, choice)

    def forward(self, **more: float) -> list[Shown]:
        """Let time pass: what is due is decided under its own key, and let go of where it was decided before."""
        until, before = self.now + timedelta(**more), len(self.screen)
        while ripe := [due for due in self.dues.values() if due.at <= until]:
            due = min(ripe, key=lambda each: each.at)
            self.now = max(self.now, due.at)
            fire = partial(clock.fire, due=due, policy=self.policy)
            if due_event(due) in self.heard:
                del self.dues[due.rule, due.subject]
            else:
                self._step(due.subject, due_event(due), fire)
        self.now = until
        return self.screen[before:]

    def run_errands(self, refused: str = "") -> list[Shown]:
        """Fetch every paper that is wanted, or find it to be none, each under its own key."""
        before = len(self.screen)
        for errand in list(self.errands.values()):
            if errand.kind == "fetch_bill":
                self._step(errand.request_id, f"errand:{errand.id}", _end_of(errand, refused))
            elif errand.kind == SEAL:
                made = Made(f"letter-{errand.id}", sha256(str(errand.id).encode()).hexdigest(), 9)
                decide = partial(sealed, errand=errand, made=made, policy=self.policy)
                self._step(errand.request_id, f"errand:{errand.id}", decide)
        return self.screen[before:]

    # the store's part

    def _step(
        self, request_id: int | None, event: str, decide: Decide, *, is_named: bool = True, named: tuple[str, ...] = ()
    ) -> list[Shown]:
        if event in self.heard:
            return []
        crash, self.crash = (self.crash, "") if self.crash in (LOST, UNANSWERED) else ("", self.crash)
        self.party, self.event = _WHO.get(getattr(decide, "func", None), "staff"), event
        turn = partial(self._step, request_id, event, decide, is_named=is_named, named=named)
        if crash == LOST:
            self.decide_in_vain(request_id, event, decide, is_named=is_named, named=named)
        party = self.party
        shown = super()._step(request_id, event, decide, is_named=is_named, named=named)
        if crash:
            self.faults[crash, party] += 1
        if crash == UNANSWERED:
            self._hear_again(turn)
        return shown

    def _hear_again(self, turn: Callable[[], list[Shown]]) -> None:
        before = self.kept()
        assert turn() == []
        assert self.kept() == before, "an event that was heard before has changed something"

    def decide_in_vain(
        self, request_id: int | None, event: str, decide: Decide, *, is_named: bool, named: tuple[str, ...]
    ) -> None:
        """Decide what is lost before it is kept; a decision reads no clock, rolls no dice, and leaves all as it was."""
        before, made = self.kept(), []
        for _ in range(2):
            ids = itertools.count(_IN_VAIN)
            moment = Moment(self.now, event, partial(next, ids), lambda: "P-22222")
            with suppress(DeskError):
                made.append(decide(self.state(request_id, is_named=is_named, named=named), moment))
        assert made[1:] == made[:1], "the same decision came out differently"
        assert self.kept() == before, "a decision changed what it was given"

    def kept(self) -> tuple[object, ...]:
        """Return everything that the store keeps, to be compared."""
        rows = (self.requests, self.orders, self.numbers, self.secrets, self.papers, self.actions, self.dues)
        beside = (*map(copy.copy, rows), copy.copy(self.errands), copy.copy(self.inventory))
        answers = {request: dict(each) for request, each in self.answers.items()}
        return (self.chat, beside, answers, len(self.history), len(self.owed), len(self.screen), len(self.posts))

    def _keep(self, changes: Changes, request_id: int | None) -> None:
        self.before, self.subject = _seen(self), changes.request.id if changes.request else request_id or 0
        self.heard.add(self.event)
        super()._keep(changes, request_id)

    def _owe(self, changes: Changes) -> None:
        for owed in changes.owed:
            assert owed.once not in self.promised, owed
            self.promised.add(owed.once)
            self.outbox.append(owed)
        super()._owe(changes)
        if self.witness is not None and self.before is not None:
            self.witness.see(self, Happened(self.party, self.subject, changes, self.before))

    # the relay

    def deliver(self) -> None:
        """Send what waits, each lane in its order; told to die, be gone after one send, of which nobody knows."""
        waits = sorted(self.outbox, key=lambda owed: not owed.first)
        if self.crash == UNSETTLED and waits:
            self.crash = ""
            self.arrived.append(waits[0].once)
            self.repeated.append(waits[0].once)
            self.faults[UNSETTLED, waits[0].kind] += 1
            return
        self.arrived += [owed.once for owed in waits]
        self.outbox.clear()


def _end_of(errand: Errand, refused: str) -> Decide:
    if refused:
        return partial(bill_refused, errand=errand, reason=refused)
    return partial(bill_kept, errand=errand, object_key="k", mime="application/pdf", size=9)


def _seen(house: House) -> House:
    """Return what can be looked up of a house as it was: its rows, and nothing that goes on."""
    was = copy.copy(house)
    was.numbers, was.orders, was.requests = dict(house.numbers), dict(house.orders), dict(house.requests)
    was.answers = {request: dict(each) for request, each in house.answers.items()}
    was.secrets, was.actions = dict(house.secrets), dict(house.actions)
    return was
