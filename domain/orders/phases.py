"""THE table of phases, by the ids of the trade, and of what may follow what.

Ids and moves: the project's porting research §2.3 and §2.4, read 2026-11-21. This release serves wireless numbers; the
phases of other classes join the table with those classes.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phase:
    """A place on a number's way. `order` tells progress; `ball` who has to act: customer, desk, carrier or nobody."""

    id: str
    order: int
    ball: str
    terminal: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """A change that may happen: `verb` names it, `actor` does it (customer, staff, clock)."""

    verb: str
    before: str
    after: str
    actor: str


PHASES: dict[str, Phase] = {
    p.id: p
    for p in (
        Phase("intake", 0, "customer"),
        Phase("screening", 1, "desk"),
        Phase("awaiting_documents", 2, "customer"),
        Phase("staff_review", 3, "desk"),
        Phase("changes_requested", 2, "customer"),
        Phase("submitted", 4, "carrier"),
        Phase("carrier_review", 5, "carrier"),
        Phase("rejected", 3, "customer"),
        Phase("pending_date", 6, "carrier"),
        Phase("scheduled", 7, "carrier"),
        Phase("activating", 8, "carrier"),
        Phase("cancel_requested", 4, "desk"),
        Phase("ported", 9, "nobody", terminal=True),
        Phase("cancelled", 9, "nobody", terminal=True),
        Phase("expired", 9, "nobody", terminal=True),
    )
}

AT_CARRIER = ("submitted", "carrier_review", "pending_date", "scheduled", "activating")
_OPEN_AT_CARRIER = ("submitted", "carrier_review", "pending_date", "rejected")

MOVES: tuple[Move, ...] = (
    Move("check", "intake", "screening", "customer"),
    Move("accept", "screening", "awaiting_documents", "customer"),
    Move("papers", "awaiting_documents", "staff_review", "customer"),
    Move("ask", "staff_review", "changes_requested", "staff"),
    Move("answer", "changes_requested", "awaiting_documents", "customer"),
    Move("submit", "staff_review", "submitted", "staff"),
    Move("submit", "rejected", "submitted", "staff"),
    Move("advance", "submitted", "carrier_review", "staff"),
    Move("advance", "carrier_review", "pending_date", "staff"),
    Move("date", "pending_date", "scheduled", "staff"),
    Move("date", "scheduled", "scheduled", "staff"),
    Move("date", "activating", "scheduled", "staff"),  # the activation slipped
    Move("lost", "scheduled", "pending_date", "staff"),  # the carrier took the date back
    Move("lost", "activating", "pending_date", "staff"),
    Move("advance", "scheduled", "activating", "staff"),
    Move("complete", "scheduled", "ported", "staff"),
    Move("complete", "activating", "ported", "staff"),
    *(Move("reject", b, "rejected", "staff") for b in ("submitted", "carrier_review", "pending_date", "scheduled")),
    Move("reject", "rejected", "rejected", "staff"),  # another reason, while the customer knows of none
    *(
        Move("cancel", b, "cancelled", "customer")
        for b in ("intake", "awaiting_documents", "changes_requested", "staff_review")
    ),
    *(Move("cancel", b, "cancel_requested", "customer") for b in _OPEN_AT_CARRIER),
    *(
        Move("cancel", b, "cancelled", "staff")
        for b in (
            "intake",
            "awaiting_documents",
            "changes_requested",
            "staff_review",
            *_OPEN_AT_CARRIER,
            "scheduled",
            "activating",  # only when its carrier has stopped it: `domain.desk.cutoff`
            "cancel_requested",
        )
    ),
    *(Move("advance", "cancel_requested", b, "staff") for b in _OPEN_AT_CARRIER),
    *(Move("expire", b, "expired", "clock") for b in ("intake",)),
)

_BY_STEP = {(m.verb, m.before, m.after, m.actor) for m in MOVES}


def may(verb: str, before: str, after: str, actor: str) -> bool:
    """Tell whether the table allows this change to this actor."""
    return (verb, before, after, actor) in _BY_STEP


def next_of(verb: str, before: str, actor: str) -> str | None:
    """Return where `verb` leads from `before`; None where it leads nowhere, or to several places."""
    found = [m.after for m in MOVES if m.verb == verb and m.before == before and m.actor == actor]
    return found[0] if len(found) == 1 else None


def possible(before: str, actor: str) -> tuple[str, ...]:
    """Return the verbs that this actor has from this phase, in the table's order, each once."""
    return tuple(dict.fromkeys(m.verb for m in MOVES if m.before == before and m.actor == actor))


def is_ended(status: str) -> bool:
    """Tell whether nothing more happens to numbers or requests of this status, a roll-up or a phase."""
    return status == "partial" or (status in PHASES and PHASES[status].terminal)


def roll_up(phases: tuple[str, ...]) -> str:
    """Return the status of several numbers: the common phase; `needs_attention` beside a rejection; else the lowest.

    No numbers yet: `intake`. Some ported and the rest ended otherwise: `partial`.
    """
    kinds = set(phases)
    if len(kinds) <= 1:
        return phases[0] if phases else "intake"
    if "rejected" in kinds:
        return "needs_attention"
    if all(PHASES[p].terminal for p in kinds):
        return "partial" if "ported" in kinds else min(kinds)
    return min((p for p in kinds if not PHASES[p].terminal), key=lambda p: PHASES[p].order)
