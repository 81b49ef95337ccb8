"""The desk's digest: its figures of a working day, when the next one is due, and how far history is sealed."""

from datetime import datetime

from domain.calendar import local_next
from domain.desk import moving_day
from domain.desk.keeping import Numbers
from domain.desk.sealing import Head
from domain.desk.state import Changes, Moment, State
from domain.desk.turn import Turn
from domain.orders.phases import with_ball
from domain.policy import Policy


def digest(state: State, moment: Moment, numbers: Numbers, head: Head, policy: Policy) -> Changes:
    """Owe the desk its digest of this working day, and arrange for the next."""
    turn = Turn(state, moment, "clock")
    turn.post_to_desk("digest", digest_params(numbers, head))
    arrange_digest(turn, moment.now, policy)
    return turn.changes()


def first_digest(state: State, moment: Moment, policy: Policy) -> Changes:
    """Arrange for the next digest, and the next morning of moves, when the desk starts."""
    turn = Turn(state, moment, "clock")
    arrange_digest(turn, moment.now, policy)
    moving_day.arrange(turn, policy)
    return turn.changes()


def arrange_digest(turn: Turn, now: datetime, policy: Policy) -> None:
    """Set the next weekday digest by the desk's local time."""
    at = local_next(now, policy.digest_at, policy.desk_zone, weekdays_only=True)
    turn.set_due("digest", 0, int(at.timestamp()), at)


def digest_params(numbers: Numbers, head: Head) -> dict[str, str]:
    """Return the digest's figures as the words want them, and how far history is sealed."""
    return {**figures_of(numbers), "sealed": str(head)}


def _waiting(numbers: Numbers, ball: str) -> int:
    """Return how many requests wait for somebody; drafts are the customers' own."""
    mixed = ("needs_attention",) if ball == "desk" else ()  # some of its numbers refused: somebody has to look
    return sum(numbers.by_status.get(phase, 0) for phase in (*with_ball(ball), *mixed) if phase != "intake")


def figures_of(numbers: Numbers) -> dict[str, str]:
    """Return the desk's figures as the words want them."""
    return {
        **{f"waiting_{ball}": str(_waiting(numbers, ball)) for ball in ("desk", "customer", "carrier")},
        "overdue": ", ".join(line.ref for line in numbers.overdue) or "—",
        "today": ", ".join(line.ref for line in numbers.dates_today) or "—",
        "stale": ", ".join(line.ref for line in numbers.stale) or "—",
        "undelivered": str(numbers.undelivered),
    }
