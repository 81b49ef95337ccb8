"""The end of the old service: a customer hears that it may be cancelled when its days are over and everything works.

What is not verified by then is asked for first. Staff may end it all the same, for a reason.
"""

from datetime import date, datetime, time, timedelta

from domain.calendar import Window
from domain.desk import signing
from domain.desk.asking import name_of, put
from domain.desk.owing import Rows
from domain.desk.secrecy import conceal
from domain.desk.snapbacks import LATE, OPEN, standing
from domain.desk.state import Due
from domain.desk.telling import done, stay_undoable
from domain.desk.turn import Turn
from domain.desk.urgent import LATE as DATED
from domain.errors import Refused
from domain.intake.about import class_of, show_numbers
from domain.intake.choices import Choice
from domain.intake.trial import on_trial, texting_is, unverified, wants_texts
from domain.orders.model import Case, Number
from domain.orders.phases import MOVED, is_ended
from domain.policy import Policy
from domain.text import clean
from domain.wordkeys import LINE, nested

RULE = "keep"  # the due rule of the day on which the old service may end
CLOSED_BY = "closed_by"  # beside the answers: who of the staff ends it although something lacks, and why
ASKED = "keep_asked"  # beside them: that the customer was asked for what is still to be tried, at the end
PLANNED = "planned_day"  # beside them: the days of numbers that moved before theirs, each as `<E.164> <ISO day>`
OFF = "off"
LONGEST_WHY = 300

_BY_DAY = time(10, 0)  # of the desk's clock
_LOOKS_AGAIN = timedelta(days=1)  # while other numbers of the request are still under way
_WAITS: Rows = ((Choice("works", "staff.button.works"),), (Choice("close", "staff.button.close"),))


def kept_until(case: Case, policy: Policy) -> date | None:
    """Return the day until which the old service is kept: counted from the later of date and completion."""
    zone, planned = policy.desk_zone, _planned(case)
    days = [n.port_date for n in case.numbers if n.port_date is not None and n.phase in (*DATED, *MOVED)]
    for number in (n for n in case.numbers if n.phase in MOVED):
        days += [number.since.astimezone(zone).date(), planned.get(number.e164, date.min)]
    return max(days) + timedelta(days=policy.keep_days(class_of(case))) if days else None


def remember_days(turn: Turn, numbers: tuple[Number, ...]) -> None:
    """Keep on which day numbers were to move that have moved by now, as their own day may be another from here on."""
    now = {n.e164: n.port_date for n in numbers if n.port_date is not None}
    known = {**_planned(turn.the_case()), **now}
    if now:
        turn.jot(PLANNED, tuple(f"{e164} {day.isoformat()}" for e164, day in known.items()))


def forget_days(turn: Turn) -> None:
    """Keep no day of numbers that have not moved after all."""
    case = turn.the_case()
    moved = {number.e164 for number in case.numbers if number.phase in MOVED}
    known = _planned(case)
    left = tuple(f"{e164} {day.isoformat()}" for e164, day in known.items() if e164 in moved)
    if left:
        turn.jot(PLANNED, left)
    elif known:
        turn.drop(PLANNED)


def _planned(case: Case) -> dict[str, date]:
    given = case.answers.get(PLANNED)
    each = (entry.partition(" ") for entry in (given.value if given is not None else ()))
    return {e164: date.fromisoformat(day) for e164, _, day in each}


def lacking(case: Case) -> tuple[str, ...]:
    """Return what is not verified yet: what has to be tried, and texting where it is wanted."""
    lacks_texts = wants_texts(case) and texting_is(case) != "working"
    return (*unverified(case), *(("texting",) if lacks_texts else ()))


def wait(turn: Turn) -> None:
    """Look again on the day on which the old service may end."""
    at = _opens(turn)
    if at is not None:
        turn.set_due(RULE, turn.the_case().request.id, 0, max(at, turn.moment.now))


def look(turn: Turn) -> None:
    """Look at once whether the old service may end now, when something was verified after its days."""
    at, now = _opens(turn), turn.moment.now
    if at is not None and at <= now and not lacking(turn.the_case()):
        settled = now if turn.actor == "customer" else now + turn.policy.undo  # staff may correct it meanwhile
        turn.set_due(RULE, turn.the_case().request.id, 0, settled)


def _opens(turn: Turn) -> datetime | None:
    day = kept_until(turn.the_case(), turn.policy)
    return Window(day, _BY_DAY, time.max, turn.policy.desk_zone).utc()[0] if day is not None else None


def end(turn: Turn, _due: Due, _policy: Policy) -> None:
    """Say that the old service may be cancelled, and close the request; or ask first for what is not verified."""
    case, at = turn.the_case(), _opens(turn)
    if not on_trial(case) or at is None:
        return  # it is looked at again when the customer hears that a number has moved
    if not is_ended(case.phase) or _goes_back(case):  # whatever becomes of the others: not each of them ends by a move
        turn.set_due(RULE, case.request.id, 0, max(at, turn.moment.now + _LOOKS_AGAIN))
        return
    if CLOSED_BY in case.answers or (at <= turn.moment.now and not lacking(case)):
        _close(turn)
    elif at > turn.moment.now:
        wait(turn)
    elif ASKED not in case.answers and not turn.chat.blocked:
        _ask_first(turn, case)


def _goes_back(case: Case) -> bool:
    """Tell whether numbers are to go back to the old service; one that is late for that may never, so staff can end it.

    Who would be told to cancel the old service meanwhile would lose the number.
    """
    stands = standing(case)
    return stands == OPEN or (stands == LATE and CLOSED_BY not in case.answers)


def _close(turn: Turn) -> None:
    case = turn.the_case()
    params = {
        "ref": name_of(case.request),
        "number": show_numbers(on_trial(case)),
        "days": str(turn.policy.keep_days(class_of(case))),
    }
    for number in case.numbers:
        if number.phase == "ported":
            turn.move(number, "close", "closed", "clock")
    for rule in ("trial", "texting"):
        turn.end_due(rule, case.request.id)
    if not turn.chat.blocked:  # else told when the bot is let in again
        signing.mark_told(turn)
    turn.say("closing.over", params, paced=True)
    turn.mail("closing.over", params)
    turn.post("thread.closed")
    turn.refresh_card()


def _ask_first(turn: Turn, case: Case) -> None:
    turn.jot(ASKED, ("yes",))
    lines = LINE.join(nested(f"closing.lacks.{each}") for each in lacking(case))
    turn.post("thread.keep_waits", {"what": _named(case)}, buttons=_WAITS)
    turn.refresh_card()
    put(turn, "closing.first", {"ref": name_of(case.request), "lines": lines})


def _named(case: Case) -> str:
    return LINE.join(nested(f"closing.staff.{each}") for each in lacking(case)) or nested("closing.staff.days")


def close(turn: Turn, case: Case, argument: str, policy: Policy) -> None:
    """End the old service although something lacks, for a reason; until the customer is told, `off` takes it back."""
    why = conceal(clean(argument), case)[:LONGEST_WHY]
    if why.lower() == OFF:
        _keep_after_all(turn, case)
        return
    _check(case, why)
    turn.hold(CLOSED_BY, (turn.actor.removeprefix("staff:"), why))
    stay_undoable(turn)
    turn.note("closes", words=why)
    turn.set_due(RULE, case.request.id, 0, turn.moment.now + policy.undo)
    done(turn, "close.done", why=why, lacking=_named(case))


def _check(case: Case, why: str) -> None:
    """Refuse to end what has not moved, or nobody says why. Raises Refused."""
    ref = case.request.ref
    if not is_ended(case.phase) or not on_trial(case):
        raise Refused("close.too_early", ref=ref, phase=nested(f"phase.{case.phase}"))
    if not why:
        raise Refused("close.why", ref=ref)


def _keep_after_all(turn: Turn, case: Case) -> None:
    if CLOSED_BY not in case.answers:
        raise Refused("close.none", ref=case.request.ref)
    turn.drop(CLOSED_BY)
    stay_undoable(turn)
    turn.note("closes_not")
    wait(turn)
    done(turn, "close.off")
