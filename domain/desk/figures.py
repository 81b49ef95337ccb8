"""The desk's figures as the words of the digest want them."""

from domain.desk.keeping import Numbers
from domain.desk.sealing import Head
from domain.orders.phases import with_ball


def digest_params(numbers: Numbers, head: Head) -> dict[str, str]:
    """Return the digest's figures as the words want them, and how far history is sealed."""
    return {**figures_of(numbers), "sealed": str(head)}


def _waiting(numbers: Numbers, ball: str) -> int:
    """Return how many requests wait for somebody; drafts are the customers' own."""
    return sum(numbers.by_status.get(phase, 0) for phase in with_ball(ball) if phase != "intake")


def figures_of(numbers: Numbers) -> dict[str, str]:
    """Return the desk's figures as the words want them."""
    return {
        **{f"waiting_{ball}": str(_waiting(numbers, ball)) for ball in ("desk", "customer", "carrier")},
        "overdue": ", ".join(line.ref for line in numbers.overdue) or "—",
        "today": ", ".join(line.ref for line in numbers.dates_today) or "—",
        "stale": ", ".join(line.ref for line in numbers.stale) or "—",
        "undelivered": str(numbers.undelivered),
    }
