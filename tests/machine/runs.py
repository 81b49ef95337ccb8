"""Runs of the machine: where they begin and go on, what they hope to take, and what is judged after every turn."""

import random
from collections import Counter
from dataclasses import dataclass, field, replace

from hypothesis import note

from domain.desk.signing import fingerprint
from domain.intake.texts import notes_of
from domain.orders.phases import WAYS, is_ended
from tests.domain.test_walked_ways import ANSWERS, SOMEONE_ELSES
from tests.domain.ways import Answers, begun
from tests.machine.hearing import Ears
from tests.machine.house import Happened, House
from tests.machine.laws import check_number, check_roll_ups, keeps_a_used_pin, lacks, lawful
from tests.machine.parties import Parties
from tests.machine.steps import Step
from tests.machine.taken import CANCEL, CRASH, SIDE, STEP, Goal, Tally, everything, side_goals, taken_in, who_of

BEST = 6  # of the places, among which a run chooses where to go on
WILD = 10  # one step in so many is any that there is, not one that takes something new
IN_VAIN = 2  # times that a step is taken where it brought nothing new, before it is one of many
PARTIES_OF_IT = ("customer", "staff", "carrier", "clock")
MOST_PLACES = 600  # of a class, from where runs go on


@dataclass
class Place:
    """A conversation that has come somewhere, from where runs go on; `aims`: the steps there that hope for a goal."""

    house: House
    ears: Ears
    answers: Answers
    how: str = ""
    aims: dict[Goal, list[str]] = field(default_factory=dict)
    goals: frozenset[Goal] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """What a run knows when it begins: what was taken, which steps were in vain where how often, and the places."""

    taken: frozenset[Goal]
    vain: dict[tuple[str, str], int]
    places: tuple[Place, ...]

    def choose(self, dice: random.Random) -> Place:
        """Return where to go on: where something new is hoped for, the steps of the ways first, or anywhere."""
        if not dice.randrange(WILD):
            return dice.choice(self.places)
        hoped = [(sum(_weight(goal) for goal in self.hopes(place)), place) for place in self.places]
        most = sorted(hoped, key=lambda each: -each[0])[:BEST]
        return dice.choice([place for weight, place in most if weight] or self.places)

    def hopes(self, place: Place) -> set[Goal]:
        """Return what is hoped for at a place by steps that were not taken there in vain."""
        how, vain = place.how, self.vain
        left = place.goals - self.taken
        return {goal for goal in left if any(vain.get((how, step), 0) < IN_VAIN for step in place.aims[goal])}


@dataclass
class Map:
    """The places of one class, by how everything stands there; and where each seed began, with what was known then."""

    places: dict[str, Place] = field(default_factory=dict)
    vain: Counter[tuple[str, str]] = field(default_factory=Counter)
    begun: dict[int, Known] = field(default_factory=dict)

    def is_hopeful(self) -> bool:
        """Tell whether something new is hoped for anywhere."""
        known = self.known()
        return any(map(known.hopes, known.places))

    def known(self) -> Known:
        """Return what is known by now."""
        alive = (p for p in self.places.values() if not p.house.path or not TALLY.taken.keys() >= p.goals)
        return Known(frozenset(TALLY.taken), dict(self.vain), tuple(alive))


EVERYTHING = everything()
LAWFUL = {number_class: lawful(number_class) for number_class in WAYS}
TALLY = Tally()
MAPS: dict[str, Map] = {}


SEVERAL = "several numbers"
LATER = (  # how far requests of several numbers have come where runs begin, as their steps alone are nothing new
    ("submit", "88123"),
    ("advance", "carrier review"),
    ("advance", "pending date"),
    ("date", "2026-12-04"),
    ("complete", ""),
)
KINDS = (*WAYS, SEVERAL)


def openings(kind: str) -> list[tuple[Answers, str]]:
    """Return the ways in which requests of a kind begin, each up to a question or to the end."""
    if kind == SEVERAL:
        return [({**ANSWERS["landline"], "numbers": "415-421-8832, 415-421-8833, 415-421-8834"}, "")]
    usual = ANSWERS[kind]
    found = [(usual, "destination"), (usual, "")]
    if kind == "google_voice":
        found += [({**usual, **SOMEONE_ELSES}, "destination"), ({**usual, "unlock": "!later"}, "unlock")]
    if kind == "wireless":
        found += [({**usual, **SOMEONE_ELSES}, "destination"), ({**usual, "bill": "!later", "pin": "!later"}, "bill")]
    return found


def _weight(goal: Goal) -> int:
    return 1 if goal[0] == SIDE else 4


class Run:
    """One run: a request in its house, with everybody who looks at what becomes of it."""

    def __init__(self, place: Place, kind: str, known: Known) -> None:
        self.house, self.ears, self.answers = place.house.fork(), place.ears.fork(), place.answers
        self.kind, self.number_class, self.known = kind, "landline" if kind == SEVERAL else kind, known
        self.taken, self.vain = set(known.taken), Counter(known.vain)
        self.tried: set[str] = set()
        self.how, self.steps, self.fresh = place.how, dict[str, list[Step]](), dict[str, list[Step]]()
        self.looked = len(self.house.screen)
        self.house.witness = self
        self.came_from = " > ".join(place.house.path)

    @property
    def id(self) -> int:
        """The one request that this is all about."""
        return self.house.newest

    def look(self) -> None:
        """See how everything stands, and what each party can do now."""
        parties = Parties(self.house, self.id, self.answers, lambda goal: goal not in self.taken)
        self.how = _how_it_stands(self)
        self.steps = {p: [_to_be_had(step, self.kind) for step in getattr(parties, p)()] for p in PARTIES_OF_IT}
        self.fresh = {party: list(filter(self._is_fresh, steps)) for party, steps in self.steps.items()}

    def _is_fresh(self, step: Step) -> bool:
        """Tell whether a step hopes for something new, and was not taken in this run, or often in vain."""
        is_hopeful = step.label not in self.tried and not self.taken.issuperset(step.aims)
        return is_hopeful and self.vain[self.how, step.label] < IN_VAIN

    def may(self, party: str) -> bool:
        """Tell whether it is a party's turn: it has something new to hope for, or nobody has."""
        return bool(self.fresh[party]) or not any(self.fresh.values())

    def see(self, house: House, turn: Happened) -> None:
        """Judge one committed turn, and note what it took."""
        self._check_lawful(turn)
        self._check_complete(house, turn)
        self.ears.hear(house, turn)
        self.take(taken_in(turn, self.number_class))

    def take(self, goals: set[Goal]) -> None:
        """Note what was taken, if it is any of what there is."""
        found = {goal for goal in goals & EVERYTHING if self.kind != SEVERAL or goal[0] != STEP}
        self.taken |= found
        TALLY.taken.update(found)

    def _check_lawful(self, turn: Happened) -> None:
        """Check that every change of a phase is one that the laws allow to who made it, and was written down."""
        rows = [row for row in turn.changes.history if row.detail.count(">") == 1]
        for row in rows:
            before, after = row.detail.split(">")
            assert (before, after, who_of(row)) in LAWFUL[self.number_class], ("unlawful", row)
        is_undone = any(row.what == "undone" for row in turn.changes.history)
        ways = {tuple(row.detail.split(">")) for row in rows}
        for number in turn.changes.numbers:
            was = turn.before.numbers.get(number.id)
            assert is_undone or was is None or _leads(ways, was.phase, number.phase), ("not written down", was, number)
            check_number(number)

    def _check_complete(self, house: House, turn: Happened) -> None:
        """Check that what went out has everything that it needs."""
        for number in turn.changes.numbers:
            was = turn.before.numbers.get(number.id)
            if was is not None and was.attempts < number.attempts:
                assert was.phase in ("staff_review", "rejected"), was
                found = lacks(house, house.case(number.request_id), turn.before)
                assert not found, ("submitted without", found)

    def do(self, step: Step) -> None:
        """Take a step, and note what it took that no turn shows."""
        if not self.tried:
            note(f"goes on from: {self.came_from}")
        note(f"-> {step.label}")
        self.house.path.append(step.label)
        self.tried.add(step.label)
        faults, before, where = set(self.house.faults), len(self.taken), (self.how, step.label)
        step.act(self.house)
        self.house.deliver()
        if step.label == "presses again":
            self.house.found.add("pressed again")
        self.take(side_goals(self.house.found) | {(CANCEL, *each) for each in self.house.wishes})
        self.take({(CRASH, *each) for each in set(self.house.faults) - faults})
        if len(self.taken) == before:
            self.vain[where] += 1
            MAPS[self.kind].vain[where] += 1
        TALLY.steps += 1

    def end(self) -> None:
        """Let the relay send what is left: nothing is lost."""
        self.house.crash = ""
        self.house.deliver()
        assert set(self.house.arrived) == self.house.promised

    def check(self) -> None:
        """Check what always holds between two steps."""
        house = self.house
        assert not [shown for shown in house.screen[self.looked :] if "{" in shown.text]
        self.looked = len(house.screen)
        check_roll_ups(house)
        self.ears.check_nothing_is_missing(house)
        assert house.promised == {*house.arrived, *(owed.once for owed in house.outbox)}
        assert all(n <= 1 + house.repeated.count(once) for once, n in Counter(house.arrived).items())
        request = house.requests[self.id]
        if ("tell", request.id) in house.dues or house.chat.blocked:
            return
        assert request.told == fingerprint(house.case(self.id)) or request.status == "intake"
        assert not keeps_a_used_pin(house, house.case(self.id)), "a PIN is kept that was used"
        assert not is_ended(request.status) or not [key for key in house.secrets if key[0] == self.id]


def _to_be_had(step: Step, kind: str) -> Step:
    """Return a step without hopes for what there is not; the steps of a class are those of requests for one number."""
    aims = tuple(goal for goal in step.aims if goal in EVERYTHING and (kind != SEVERAL or goal[0] != STEP))
    return step if len(aims) == len(step.aims) else replace(step, aims=aims)


def _leads(ways: set[tuple[str, ...]], before: str, after: str) -> bool:
    """Tell whether one phase leads to another by steps that were written down."""
    here = {before}
    while more := {way[1] for way in ways if way[0] in here} - here:
        here |= more
    return after in here


def remember(run: Run) -> None:
    """Keep a place that is new, so that other runs can go on from there."""
    places = MAPS[run.kind].places
    if run.how not in places and len(places) < MOST_PLACES:
        by_step = {step.label: step.aims for party in PARTIES_OF_IT for step in run.steps[party]}
        aims: dict[Goal, list[str]] = {}
        for step, goals in by_step.items():
            for goal in goals:
                aims.setdefault(goal, []).append(step)
        places[run.how] = Place(run.house.fork(), run.ears.fork(), run.answers, run.how, aims, frozenset(aims))
        places[run.how].house.crash = ""


def _how_it_stands(run: Run) -> str:
    """Return what tells a place from every other one: phases, what is asked, and what stands beside them."""
    house, case = run.house, run.house.case(run.id)
    beside = ("cancel_quote", "port_out", "snapback", "authority", "unlock", "bill", "closed_by", "pin", "pin_over")
    first = [case.answers[each].value[0] if each in case.answers else "" for each in beside]
    first += case.answers["pin_at"].value[1:] or ("pin_at",) if "pin_at" in case.answers else ()
    first += sorted({note.state for note in notes_of(case).values()})
    first += case.answers["port_out"].value[4:] if "port_out" in case.answers else ()
    numbers = sorted((n.phase, n.came_from or "", bool(n.port_date)) for n in case.numbers)
    papers = sorted({(p.kind, p.status) for p in house.papers.values()})
    return (
        f"{numbers} {papers} {house.chat.asked} {case.request.repaired} {case.request.hold} {len(case.orders)} {first}"
    )


def opened(kind: str) -> Map:
    """Return the places at which requests of a kind begin."""
    found = Map()
    for answers, until in openings(kind):
        run = Run(Place(House(does_errands=False), Ears(), answers), kind, found.known())
        begun(answers, until, run.house)
        run.house.about = run.id
        run.look()
        run.house.deliver()
        MAPS[kind] = found
        remember(run)
        for verb, said in LATER if kind == SEVERAL else ():
            run.house.run_errands()
            run.house.staff(verb, said)
            run.house.forward(seconds=61)
            run.house.deliver()
            run.look()
            remember(run)
    return found
