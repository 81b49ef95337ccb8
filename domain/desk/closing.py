"""The end of the old service: a customer hears that it may be cancelled when its days are over and everything works.

What is not verified by then is asked for first. Staff may end it all the same, for a reason.
"""

from datetime import date, datetime, time, timedelta

from domain.calendar import Window
from domain.desk import signing
from domain.desk.asking import name_of, put
from domain.desk.owing import Rows
from domain.desk.secrecy import conceal
from domain.desk.snapbacks import LATE, OPEN, SNAPBACK, WRONGLY, standing
from domain.desk.state import Due
from domain.desk.telling import done, stay_undoable
from domain.desk.turn import Turn
from domain.desk.urgent import LATE as DATED
from domain.errors import Refused
from domain.intake.about import carrier_name, class_of, show_numbers
from domain.intake.choices import Choice
from domain.intake.texts import UNWANTED, WORKING, wants_texts, worst_of
from domain.intake.trial import failing, failing_at, mended_at, on_trial, tried_in, unverified
from domain.orders.model import Case, Number
from domain.orders.phases import MOVED, is_ended
from domain.policy import Policy
from domain.text import clean
from domain.wordkeys import LINE, nested

RULE = "keep"  # the due rule of the day on which the old service may end
CLOSED_BY = "closed_by"  # beside the answers: who of the staff ends it although something lacks, why, of which numbers
ASKED = "keep_asked"  # beside them: that the customer was asked for what is still to be tried, at the end
PLANNED = "planned_day"  # beside them: the days of numbers that moved before theirs, each as `<E.164> <ISO day>`
OFF = "off"
LONGEST_WHY = 300

_BY_DAY = time(10, 0)  # of the desk's clock
TRIES_WITHIN = timedelta(hours=72)  # what the desk has mended, before its word is enough to end the old service
_LOOKS_AGAIN = timedelta(days=1)  # while other numbers of the request are still under way
_DECIDES: Rows = ((Choice(SNAPBACK, "staff.button.snapback"), Choice("close", "staff.button.close")),)
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
    lacks_texts = wants_texts(case) and worst_of(case, on_trial(case)) not in (WORKING, UNWANTED, "")
    return (*unverified(case), *(("texting",) if lacks_texts else ()))


def unconfirmed(case: Case) -> tuple[str, ...]:
    """Return what the customer said not to work and has not tried again since the desk found it to work."""
    return tuple(question for question in tried_in(case) if mended_at(case, question))


def stays_there(case: Case) -> dict[str, str]:
    """Return what the old company still serves, as values of a sentence; empty: nothing that we know of.

    Numbers of the request that did not move, and what the customer said that stays on the account.
    """
    left = tuple(n.e164 for n in case.numbers if is_ended(n.phase) and n.phase not in (*MOVED, "expired"))
    given = case.answers.get("stays")
    said = given.value[0] if given is not None and given.value[0] != "nothing" else ""
    stays = ", ".join(each for each in (show_numbers(left) if left else "", said) if each)
    return {"stays": stays, "carrier": carrier_name(case)} if stays else {}


def wait(turn: Turn) -> None:
    """Look again on the day on which the old service may end."""
    at = _opens(turn)
    if at is not None:
        turn.set_due(RULE, turn.the_case().request.id, 0, max(at, turn.moment.now))


def look(turn: Turn) -> None:
    """Look whether the old service may end now, or when it may, as something was verified."""
    at, now = _opens(turn), turn.moment.now
    if at is not None and not lacking(turn.the_case().whole):
        settled = now if turn.actor == "customer" else now + turn.policy.undo  # staff may correct it meanwhile
        turn.set_due(RULE, turn.the_case().request.id, 0, max(at, settled))


def _opens(turn: Turn) -> datetime | None:
    """Return from when on the old service may end: once its days are over, and what was mended could be tried again."""
    case = turn.the_case().whole
    day = kept_until(case, turn.policy)
    tries = (case.answers[question].at + TRIES_WITHIN for question in unconfirmed(case))
    return max((Window(day, _BY_DAY, time.max, turn.policy.desk_zone).utc()[0], *tries)) if day is not None else None


def end(turn: Turn, due: Due, _policy: Policy) -> None:
    """Say that the old service may be cancelled, and close what has moved; or ask first for what is not verified."""
    case, at = turn.the_case(), _opens(turn)
    if not on_trial(case) or at is None:
        return  # it is looked at again when the customer hears that a number has moved
    if _waits(turn, case, due):
        turn.set_due(RULE, case.request.id, int(_is_disputed(case)), max(at, turn.moment.now + _LOOKS_AGAIN))
    elif CLOSED_BY in case.answers:
        _end_by_staff(turn, case)
    elif at > turn.moment.now:
        wait(turn)
    elif not lacking(case):
        _close(turn, case.numbers, "closing.over")
    elif ASKED not in case.answers and not turn.chat.blocked:
        _ask_first(turn, case)


def _waits(turn: Turn, case: Case, due: Due) -> bool:
    """Tell whether the old service has to be kept for now; of a wrong move that is not decided staff hear once."""
    if _is_disputed(case):
        if due.version == 0:
            turn.post("thread.close_disputed", buttons=_DECIDES)
        return True
    # whatever becomes of the others: not each of them ends by a move
    return _goes_back(case) or (CLOSED_BY not in case.answers and not is_ended(case.phase))


def _goes_back(case: Case) -> bool:
    """Tell whether numbers are to go back to the old service; one that is late for that may never, so staff can end it.

    Who would be told to cancel the old service meanwhile would lose the number.
    """
    stands = standing(case)
    return stands == OPEN or (stands == LATE and CLOSED_BY not in case.answers)


def _is_disputed(case: Case) -> bool:
    """Tell whether the customer says that a number was moved by mistake, and nobody of the staff decided anything yet.

    A snapback decides it, at whatever point it stands, and so does an end of the old service by staff.
    """
    said, by = case.answers.get("flags"), case.answers.get(CLOSED_BY)
    if said is None or WRONGLY not in said.value or standing(case):
        return False
    return by is None or by.seq < said.seq


def _end_by_staff(turn: Turn, case: Case) -> None:
    """Close the numbers that staff close, unless the customer has said meanwhile that something of them fails."""
    _, _, *named = case.answers[CLOSED_BY].value
    chosen = case.about(tuple(n for n in case.numbers if not named or n.e164 in named))
    if failing(chosen):
        turn.drop(CLOSED_BY)
        turn.note("closes_not")
        turn.post("thread.close_fails", {"what": _failing(chosen)}, buttons=_WAITS[:1])
        wait(turn)
        return
    at, rest = _opens(turn), _rest(chosen)
    is_early = at is not None and at > turn.moment.now
    _close(turn, chosen.numbers, "closing.over_some" if rest else "closing.over_early" if is_early else "closing.over")
    if rest:
        turn.drop(CLOSED_BY)
        wait(turn)


def _rest(case: Case) -> tuple[str, ...]:
    """Return the other numbers of a request (E.164) that the old service is still kept for."""
    return tuple(n.e164 for n in case.others if n.phase == "ported" or not is_ended(n.phase))


def _close(turn: Turn, numbers: tuple[Number, ...], key: str) -> None:
    case = turn.the_case().about(numbers)
    untried = tuple(dict.fromkeys((*unconfirmed(case), *lacking(case))))
    params = {
        "ref": name_of(case.request),
        "number": show_numbers(on_trial(case)),
        "rest": show_numbers(_rest(case)),
        "days": str(turn.policy.keep_days(class_of(case))),
    }
    for number in numbers:
        if number.phase == "ported":
            turn.move(number, "close", "closed", "clock")
    for rule in () if _rest(case) else ("trial", "texting"):
        turn.end_due(rule, case.request.id)
    if not turn.chat.blocked:  # else told when the bot is let in again
        signing.mark_moved(turn)
    stays = {} if _rest(case) else stays_there(turn.the_case())
    parts = {"closing.untried": untried, "closing.no_over": unconfirmed(case), "closing.stays": stays}
    said = "+".join((key, *(part for part, is_said in parts.items() if is_said)))
    params["lines"] = LINE.join(nested(f"closing.works.{each}") for each in untried)
    turn.say(said, {**params, **stays}, paced=True)
    turn.mail(said, {**params, **stays})
    turn.post("thread.closed_some" if _rest(case) else "thread.closed", params)
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
    turn.hold(CLOSED_BY, (turn.actor.removeprefix("staff:"), why, *_closed_with(case)))
    stay_undoable(turn)
    turn.note("closes", words=why)
    turn.set_due(RULE, case.request.id, 0, turn.moment.now + policy.undo)
    done(turn, "close.done", why=why, lacking=_named(case))


def _closed_with(case: Case) -> tuple[str, ...]:
    """Return the numbers (E.164) that are closed with those said before, of which nobody knows yet; empty: all."""
    before = case.answers.get(CLOSED_BY)
    known = before.value[2:] if before is not None else ()
    is_all = not case.others or (before is not None and not known)
    return () if is_all else tuple(dict.fromkeys((*known, *(number.e164 for number in case.numbers))))


def _check(case: Case, why: str) -> None:
    """Refuse to end what has not moved or does not work, or nobody says why. Raises Refused."""
    ref = case.request.ref
    if not is_ended(case.phase) or not on_trial(case):
        raise Refused("close.too_early", ref=ref, phase=nested(f"phase.{case.phase}"))
    if failing(case):
        raise Refused("close.fails", ref=ref, what=_failing(case))
    if not why:
        raise Refused("close.why", ref=ref)


def _failing(case: Case) -> str:
    """Return what does not work, and at which numbers, a line each."""
    failed = ((each, failing_at(case, each)) for each in failing(case))
    lines = (nested("closing.fails", what=nested(f"closing.staff.{q}"), number=show_numbers(n)) for q, n in failed)
    return LINE.join(lines)


def _keep_after_all(turn: Turn, case: Case) -> None:
    if CLOSED_BY not in case.answers:
        raise Refused("close.none", ref=case.request.ref)
    turn.drop(CLOSED_BY)
    stay_undoable(turn)
    turn.note("closes_not")
    wait(turn)
    done(turn, "close.off")
