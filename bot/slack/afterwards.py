"""What a card tells of numbers that have moved, leave us or were stopped: what is still to be done, and until when."""

from collections.abc import Iterator

from bot.wording import slack_text
from domain.desk.keeping import Sheet
from domain.desk.leaving import lacking, leaving_of, until_of
from domain.desk.stopping import KEEP
from domain.desk.way_back import LATE, OPEN, deadline, standing, time_left
from domain.intake.about import carrier_name
from domain.orders.model import Case
from domain.policy import Policy
from domain.wordkeys import LINE, nested


def snapback(sheet: Sheet, policy: Policy) -> str:
    """Return how long a snapback that was begun can still be had; empty where none was."""
    until, stands = deadline(sheet.case), standing(sheet.case)
    if until is None or stands not in (OPEN, LATE):
        return ""
    left = time_left(sheet.case, sheet.read_at)
    at = f"{until.astimezone(policy.desk_zone):%a %H:%M}"
    hours = str(int(left.total_seconds() // 3600)) if left is not None else ""
    return nested("staff.card.snapback", until=at, hours=hours) if hours else nested("staff.card.snapback_late")


def leaving(case: Case, policy: Policy) -> str:
    """Return how it stands with a number that leaves, and what is still to be switched off; empty: none does."""
    known = leaving_of(case)
    if known is None:
        return ""
    params = {"carrier": known.to, "until": until_of(known, policy)}
    off = [nested(f"out.tick.{each}") for each in lacking(case)]
    return LINE.join((nested(f"staff.card.leaving.{known.stands}", **params), *off))


def to_keep(case: Case) -> Iterator[str]:
    """Yield that the old carrier has still to be told not to disconnect what was cancelled there."""
    if KEEP in case.answers:
        yield slack_text("staff.card.keep", {"carrier": carrier_name(case) or "—", "ref": case.request.ref})
