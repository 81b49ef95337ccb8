"""The date of a bill in its customer's words: taken where it is a day for certain, until staff read it themselves."""

from datetime import date, timedelta

from domain.desk import ages, signing
from domain.desk.ages import BILL_DATE, BILL_TOLD, is_before_it_goes_out
from domain.desk.asking import ask_open_or_say
from domain.desk.heard import Heard
from domain.desk.turn import Turn
from domain.errors import Unreadable
from domain.intake.readings.dated import bill_dated

_OLD, _FINE = "bill.dated_old", "bill.dated"


def hear(turn: Turn, heard: Heard) -> bool:
    """Take words as the date of the bill, and say until when carriers take it; tell whether they were that."""
    day = _day_in(turn, heard.text)
    if day is None:
        return False
    until = note(turn, day)
    today = turn.moment.now.astimezone(turn.policy.desk_zone).date()
    params = {"date": day.isoformat(), "until": until.isoformat(), "days": str(turn.policy.bill_days)}
    ask_open_or_say(turn, _OLD if until < today else _FINE, params)
    return True


def hear_caption(turn: Turn, heard: Heard) -> None:
    """Take the words under a bill as its date, where they are one; the file itself is what is answered."""
    day = _day_in(turn, heard.text)
    if day is not None:
        note(turn, day)


def _day_in(turn: Turn, text: str) -> date | None:
    """Return the day that words certainly give for the bill of a request that can still use one; None: none."""
    case = turn.case
    if case is None or BILL_DATE in case.answers or not (case.phase == "intake" or is_before_it_goes_out(case)):
        return None
    day = bill_dated(text, turn.moment.now.astimezone(turn.policy.desk_zone).date())
    return None if isinstance(day, Unreadable) else day


def note(turn: Turn, day: date) -> date:
    """Keep the day, let the desk know of it, and return until when carriers take a bill of that day."""
    turn.jot(BILL_TOLD, (day.isoformat(),))
    turn.note("bill_told", detail=day.isoformat())
    if signing.is_with_desk(turn.the_case()):
        turn.post("thread.bill_told", {"date": day.isoformat()})
        turn.refresh_card()
        ages.watch(turn)
    return day + timedelta(days=turn.policy.bill_days)
