"""THE table of phases, by the ids of the trade, the way of each class through them, and of what may follow what.

Ids and moves: the project's porting research §2.3 and §2.4, read 2026-11-21. `docs/phases.md` is made from here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Phase:
    """A place on a number's way. `order` tells progress, in tens the places of the bar on a card.

    `ball`: who has to act: customer, desk, carrier or nobody. `terminal`: the move is over, whatever is looked after
    behind it.
    """

    id: str
    order: int
    ball: str
    terminal: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """What numbers of a class go through at the carrier, up to where a day is named; then all go the same way.

    `gate`: where they wait for a proof before the desk's review, empty for none. `skips`: a phase that may be left out.
    """

    phases: tuple[str, ...]
    gate: str = ""
    skips: str = ""

    @property
    def steps(self) -> tuple[str, ...]:
        """The whole way from the submission to the end."""
        return (*self.phases, *DATED)


@dataclass(frozen=True, slots=True)
class Move:
    """A change that may happen: `verb` names it, `actor` does it (customer, staff, clock).

    `classes`: of which numbers, empty for all. `is_short`: it leaves a phase out, or ends the way; staff name where
    it leads to.
    """

    verb: str
    before: str
    after: str
    actor: str
    classes: tuple[str, ...] = ()
    is_short: bool = False


PHASES: dict[str, Phase] = {
    p.id: p
    for p in (
        Phase("intake", 0, "customer"),
        Phase("screening", 10, "desk"),
        Phase("awaiting_documents", 20, "customer"),
        Phase("changes_requested", 21, "customer"),
        Phase("awaiting_unlock", 22, "customer"),
        Phase("staff_review", 30, "desk"),
        Phase("rejected", 31, "customer"),
        Phase("submitted", 40, "carrier"),
        Phase("cancel_requested", 41, "desk"),
        Phase("awaiting_sms_consent", 42, "customer"),
        Phase("csr_needed", 43, "customer"),
        Phase("csr_check", 44, "desk"),
        Phase("carrier_review", 50, "carrier"),
        Phase("resporg_release", 51, "carrier"),
        Phase("pending_date", 60, "carrier"),
        Phase("rerouting", 61, "desk"),
        Phase("scheduled", 70, "carrier"),
        Phase("activating", 80, "carrier"),
        Phase("ported", 90, "nobody", terminal=True),
        Phase("closed", 91, "nobody", terminal=True),
        Phase("cancelled", 92, "nobody", terminal=True),
        Phase("expired", 93, "nobody", terminal=True),
        Phase("not_portable", 94, "nobody", terminal=True),
        Phase("returned", 95, "nobody", terminal=True),
        Phase("failed", 96, "nobody", terminal=True),
    )
}

DATED = ("scheduled", "activating", "ported", "closed")  # the end of every way
MOVED = ("ported", "closed")
"""Phases of numbers that are with us: moved, and looked after until nothing more is to be done."""

PAPERS = ("awaiting_documents", "awaiting_unlock")
"""Phases in which the desk has the request, and the customer still has to show something for it."""

_USUAL = ("submitted", "carrier_review", "pending_date")
_WITH_CSR = Way(("submitted", "csr_check", "carrier_review", "pending_date"), skips="csr_check")
WAYS: dict[str, Way] = {
    "wireless": Way(_USUAL),  # mobile carriers have no CSR
    "landline": _WITH_CSR,
    "voip": _WITH_CSR,
    "google_voice": Way(_USUAL, gate="awaiting_unlock"),
    "toll_free": Way(("submitted", "resporg_release", "rerouting")),
    "fax": _WITH_CSR,
    "ca_landline": _WITH_CSR,
    "ca_wireless": Way(("awaiting_sms_consent", "carrier_review", "pending_date")),
}
"""By the ids of `intake.classes`. A number that stands beside its way, by an earlier release, goes on by the usual."""


def way_of(number_class: str) -> Way:
    """Return the way of a class; of one that nobody knows yet, the usual one."""
    return WAYS.get(number_class, WAYS["wireless"])


UNDATED = tuple(dict.fromkeys(way.phases[-1] for way in WAYS.values()))
"""Phases in which a number waits for its day."""

WITH_CSR = tuple(name for name, way in WAYS.items() if "csr_check" in way.phases)
_AT_CARRIER = tuple(p for p in PHASES if p == "csr_needed" or any(p in way.phases for way in WAYS.values()))
AT_CARRIER = (*_AT_CARRIER, "scheduled", "activating")
_OPEN_AT_CARRIER = tuple(p for p in (*_AT_CARRIER, "rejected") if p != "rerouting")  # released: it cannot be kept there
LET_GO = tuple(name for name, way in WAYS.items() if "rerouting" in way.phases)
"""The classes whose numbers are released before they have a day: with one, too, nobody can be asked to keep them."""

_KEPT = tuple(name for name in WAYS if name not in LET_GO)
_BEFORE_IT = ("intake", *PAPERS, "changes_requested", "staff_review")


def _on_their_ways() -> Iterator[tuple[str, str, str]]:
    """Yield every step of every way with its class; and for what stands beside its way, the usual one."""
    for name, way in WAYS.items():
        yield from ((before, after, name) for before, after in pairwise(way.steps))
        usual = pairwise((*_USUAL, *DATED))
        yield from ((before, after, name) for before, after in usual if before not in way.steps)


def _together(verb: str, actor: str, steps: Iterator[tuple[str, str, str]], *, is_short: bool = False) -> list[Move]:
    """Return moves, each once with all its classes."""
    found: dict[tuple[str, str], list[str]] = {}
    for before, after, name in steps:
        found.setdefault((before, after), []).append(name)
    return [
        Move(verb, before, after, actor, () if len(names) == len(WAYS) else tuple(names), is_short)
        for (before, after), names in found.items()
    ]


def _verb_of(before: str, after: str) -> tuple[str, str]:
    """Return by which verb a step of a way is taken, and by whom."""
    by_name = {"scheduled": "date", "ported": "complete", "closed": "close"}
    return by_name.get(after, "advance"), "clock" if after == "closed" else "staff"


def _steps(verb: str, actor: str) -> list[Move]:
    return _together(verb, actor, (s for s in _on_their_ways() if _verb_of(s[0], s[1]) == (verb, actor)))


_GATED = tuple(name for name, way in WAYS.items() if way.gate)

MOVES: tuple[Move, ...] = (
    Move("check", "intake", "screening", "customer"),
    Move("accept", "screening", "awaiting_documents", "customer"),
    Move("papers", "awaiting_documents", "staff_review", "customer"),
    Move("papers", "awaiting_documents", "awaiting_unlock", "customer", _GATED),
    Move("unlock", "awaiting_unlock", "staff_review", "customer", _GATED),
    Move("ask", "staff_review", "changes_requested", "staff"),
    Move("ask", "csr_check", "csr_needed", "staff", WITH_CSR),  # the carrier gives none: the customer is asked for it
    Move("answer", "changes_requested", "awaiting_documents", "customer"),
    Move("answer", "csr_needed", "csr_check", "customer", WITH_CSR),
    *_together("submit", "staff", (("staff_review", way.phases[0], name) for name, way in WAYS.items())),
    *_together("submit", "staff", (("rejected", way.phases[0], name) for name, way in WAYS.items())),
    *_steps("advance", "staff"),
    Move("advance", "csr_needed", "csr_check", "staff", WITH_CSR),
    Move("advance", "csr_needed", "carrier_review", "staff", WITH_CSR, is_short=True),
    Move("advance", "submitted", "carrier_review", "staff", WITH_CSR, is_short=True),
    *_steps("date", "staff"),
    Move("date", "scheduled", "scheduled", "staff"),
    Move("date", "activating", "scheduled", "staff"),  # the activation slipped
    *_together("lost", "staff", (("scheduled", way.phases[-1], name) for name, way in WAYS.items())),  # taken back
    *_together("lost", "staff", (("activating", way.phases[-1], name) for name, way in WAYS.items())),
    Move("complete", "scheduled", "ported", "staff"),
    *_steps("complete", "staff"),
    Move("complete", "rerouting", "ported", "staff", ("toll_free",)),  # we set the routing: no day need be named
    *(Move("reject", b, "rejected", "staff") for b in (*_OPEN_AT_CARRIER, "scheduled") if b != "csr_needed"),
    Move("reject", "awaiting_sms_consent", "rejected", "clock", ("ca_wireless",)),
    *(Move("cancel", b, "cancelled", "customer") for b in _BEFORE_IT),
    *(Move("cancel", b, "cancel_requested", "customer") for b in _OPEN_AT_CARRIER),
    *(
        Move("cancel", b, "cancelled", "staff")
        for b in (
            *_BEFORE_IT,
            *_OPEN_AT_CARRIER,
            "cancel_requested",
        )
    ),
    Move("cancel", "scheduled", "cancelled", "staff", _KEPT),
    Move("cancel", "activating", "cancelled", "staff", _KEPT),  # only by its carrier's word: `domain.desk.cutoff`
    *(Move("advance", "cancel_requested", b, "staff") for b in _OPEN_AT_CARRIER),
    *(Move("keep", "cancel_requested", b, "customer") for b in _OPEN_AT_CARRIER),  # not at that price, or that risk
    *(Move("end", b, "not_portable", "staff", is_short=True) for b in (*_BEFORE_IT[1:], *_OPEN_AT_CARRIER)),
    *(Move("end", b, "failed", "staff", is_short=True) for b in (*_OPEN_AT_CARRIER, "rerouting", "cancel_requested")),
    *(Move("end", b, "returned", "staff", is_short=True) for b in MOVED),
    Move("expire", "intake", "expired", "clock"),
    *_steps("close", "clock"),
)


def may(verb: str, before: str, after: str, actor: str, number_class: str) -> bool:
    """Tell whether the table allows this change to this actor, of a number of this class."""
    return after in goals(verb, before, actor, number_class)


def _is_for(move: Move, number_class: str) -> bool:
    return not move.classes or not number_class or number_class in move.classes


@cache
def _from(before: str, actor: str, number_class: str) -> tuple[Move, ...]:
    return tuple(m for m in MOVES if m.before == before and m.actor == actor and _is_for(m, number_class))


@cache
def goals(verb: str, before: str, actor: str, number_class: str = "") -> tuple[str, ...]:
    """Return every phase to which `verb` may lead from `before`, that of the usual way first."""
    found = sorted((m for m in _from(before, actor, number_class) if m.verb == verb), key=lambda m: m.is_short)
    return tuple(m.after for m in found)


@cache
def next_of(verb: str, before: str, actor: str, number_class: str = "") -> str | None:
    """Return where `verb` leads from `before` where nobody says; None where it leads nowhere, or to several places."""
    found = [m.after for m in _from(before, actor, number_class) if m.verb == verb and not m.is_short]
    return found[0] if len(found) == 1 else None


@cache
def possible(before: str, actor: str, number_class: str = "") -> tuple[str, ...]:
    """Return the verbs that this actor has from this phase, in the table's order, each once; no class: any number's."""
    return tuple(dict.fromkeys(m.verb for m in _from(before, actor, number_class)))


def moves_of(number_class: str) -> tuple[Move, ...]:
    """Return every change that numbers of a class can come to from the intake, in the table's order."""
    known = [
        m
        for m in MOVES
        if _is_for(m, number_class) and not any(_is_beside(p, number_class) for p in (m.before, m.after))
    ]
    found = {"intake"}
    while more := {m.after for m in known if m.before in found} - found:
        found |= more
    return tuple(m for m in known if m.before in found)


def _is_beside(phase: str, number_class: str) -> bool:
    """Tell whether a phase at the carrier is none of a class's way."""
    on_it = (*way_of(number_class).steps, *(("csr_needed",) if number_class in WITH_CSR else ()))
    return phase in AT_CARRIER and phase not in on_it


def with_ball(ball: str) -> tuple[str, ...]:
    """Return the phases in which somebody has to act: customer, desk or carrier."""
    return tuple(phase.id for phase in PHASES.values() if phase.ball == ball and not phase.terminal)


def is_ended(status: str) -> bool:
    """Tell whether the move is over for numbers or requests of this status, a roll-up or a phase."""
    return status == "partial" or (status in PHASES and PHASES[status].terminal)


def roll_up(phases: tuple[str, ...]) -> str:
    """Return the status of several numbers: the common phase; `needs_attention` beside a rejection; else the lowest.

    No numbers yet: `intake`. Some moved and the rest ended otherwise: `partial`; none moved: the worst end.
    """
    kinds = set(phases)
    if len(kinds) <= 1:
        return phases[0] if phases else "intake"
    if "rejected" in kinds:
        return "needs_attention"
    if all(PHASES[p].terminal for p in kinds):
        return _end_of(kinds)
    return min((p for p in kinds if not PHASES[p].terminal), key=lambda p: PHASES[p].order)


_ENDS_UNMOVED = ("failed", "returned", "not_portable", "cancelled", "expired")  # what must be seen first


def _end_of(kinds: set[str]) -> str:
    """Return the status of numbers that have all ended, and not all in the same way."""
    if kinds <= set(MOVED):
        return "ported"
    return next(p for p in _ENDS_UNMOVED if p in kinds) if kinds.isdisjoint(MOVED) else "partial"
