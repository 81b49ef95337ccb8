"""How one of the staff wants to hear from the desk: a digest of their own by direct message, at their own hour."""

from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.calendar import local_next
from domain.desk.home import Seen
from domain.desk.lines import Line
from domain.desk.roles import Member
from domain.desk.state import Changes, Due, Moment, State, Told
from domain.desk.turn import Turn
from domain.errors import Refused
from domain.policy import Policy
from domain.wordkeys import nested

RULE = "own_digest"  # of what is due; behind a colon: whose it is
ZONES = (
    "America/St_Johns", "America/Halifax", "America/New_York", "America/Toronto", "America/Chicago", "America/Winnipeg",
    "America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Vancouver", "America/Anchorage",
    "Pacific/Honolulu", "Europe/London", "Europe/Berlin", "Asia/Kolkata", "Asia/Manila", "Australia/Sydney", "UTC",
)  # fmt: skip
"""What is offered to choose from, beside the desk's own and the one that somebody has now."""

_NAMED = 10  # references that a digest names


def prefer(state: State, moment: Moment, *, wish: Member, policy: Policy) -> Changes:
    """Keep how somebody wants their digest, and arrange for the next, or for none. Raises Refused for an odd time."""
    zone, at = zone_of(wish, policy), time_of(wish, policy)
    turn = Turn(state, moment, f"staff:{wish.user}", policy)
    turn.preferences.append(wish)
    turn.note("preferred", detail=f"{'on' if wish.digest_dm else 'off'} {at:%H:%M} {zone.key}")
    params = {"at": f"{at:%H:%M}", "zone": zone.key.replace("_", " ")}
    if wish.digest_dm:
        _arrange(turn, wish, policy)
        turn.told = Told("prefer.on", params)
    else:
        turn.end_due(rule_of(wish.user), 0)
        turn.told = Told("prefer.off")
    return turn.changes()


def rule_of(user: str) -> str:
    """Return the rule by which somebody's own digest is due."""
    return f"{RULE}:{user}"


def whose(due: Due) -> str:
    """Return whose digest is due."""
    return due.rule.partition(":")[2]


def digest(state: State, moment: Moment, *, due: Due, member: Member, seen: Seen | None, policy: Policy) -> Changes:
    """Owe somebody their digest and arrange for the next; nothing is `seen` by who is not of the staff just now.

    Somebody who wants none any more gets none, and none later.
    """
    turn = Turn(state, moment, "clock", policy)
    turn.end_due(due.rule, due.subject)
    if not member.digest_dm:
        return turn.changes()
    _arrange(turn, member, policy)
    if seen is not None:
        turn.message(member.user, "digest_own", digest_params(seen))
    return turn.changes()


def digest_params(seen: Seen) -> dict[str, str]:
    """Return a digest's figures as its words want them."""
    figures = {name: str(count) for name, count in seen.counts.items()}
    return {**figures, "lines": _named(seen.lines)}


def _named(lines: tuple[Line, ...]) -> str:
    """Return the first of somebody's requests, each with its date where it has one."""
    named = [f"{line.ref} ({line.port_date})" if line.port_date else line.ref for line in lines[:_NAMED]]
    return ", ".join(named) or nested("digest_none")


def _arrange(turn: Turn, member: Member, policy: Policy) -> None:
    at = next_of(member, turn.moment.now, policy)
    turn.set_due(rule_of(member.user), 0, int(at.timestamp()), at)


def next_of(member: Member, now: datetime, policy: Policy) -> datetime:
    """Return when somebody's next digest is due: on working days, at their own local time."""
    return local_next(now, time_of(member, policy), zone_of(member, policy), weekdays_only=True)


def time_of(member: Member, policy: Policy) -> time:
    """Return the local time of somebody's digest, the desk's where they chose none. Raises Refused for none at all."""
    try:
        return time.fromisoformat(member.digest_at) if member.digest_at else policy.digest_at
    except ValueError:
        raise Refused("prefer.time", given=(member.digest_at or "")[:20]) from None


def zone_of(member: Member, policy: Policy) -> ZoneInfo:
    """Return somebody's zone, the desk's where they chose none. Raises Refused for one that there is not."""
    try:
        return ZoneInfo(member.zone) if member.zone else policy.desk_zone
    except (ZoneInfoNotFoundError, ValueError):
        raise Refused("prefer.zone", given=(member.zone or "")[:40]) from None


def zones(member: Member, policy: Policy) -> tuple[str, ...]:
    """Return the zones to choose from, the desk's first."""
    mine = (member.zone,) if member.zone else ()
    return tuple(dict.fromkeys((policy.desk_zone.key, *mine, *ZONES)))


def usual(member: Member, policy: Policy) -> Member:
    """Return somebody's preferences with the desk's own in place of what they chose not."""
    at, zone = member.digest_at or f"{policy.digest_at:%H:%M}", member.zone or policy.desk_zone.key
    return replace(member, digest_at=at, zone=zone)
