"""The transfer PIN by appointment: its time is named, moved or dropped; it comes, and the PIN with it or not."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from domain.desk import pin_age, pin_times, signing
from domain.desk.answering import keep
from domain.desk.asking import ask, forget_question, is_busy_elsewhere, name_of, put
from domain.desk.heard import Heard
from domain.desk.holding import is_held
from domain.desk.pin_times import ASKED, AT, DROP, MOVE, OFFER, RULE
from domain.desk.pins import AT_ONCE
from domain.desk.state import Due
from domain.desk.turn import Rows, Turn
from domain.errors import Unreadable
from domain.intake.about import carrier_name, show_moving
from domain.intake.choices import Choice
from domain.intake.given import Given
from domain.intake.readings.moment import UNCLEAR, read_moment
from domain.intake.repairs import is_rejected
from domain.policy import Policy
from domain.text import clean
from domain.values import replace

CHOSEN = "pin_chosen"  # the due rule by which a time is taken for another request than the chat is about
_NAMED = {MOVE: 0, DROP: 1}  # in place of a time (in seconds), as the version of that rule has it
_DROPS = re.compile(
    r"(?:please )?(?:later|(?:cancel|drop|forget|no) (?:the |my |our |any )?(?:appointment|time)"
    r"(?: for (?:the|my) pin)?"
    r"|i (?:do not|don't|no longer) (?:want|need|like) (?:an?|the|this|that|any|my) (?:appointment|time))"
    r"(?: (?:any ?more|any longer|now|please|after all|then))*"
)
_DIGITS = 10  # of a time in seconds, till the year 2286
_ASK_NOW: Rows = ((Choice("submit", "staff.button.pin_now", {"argument": AT_ONCE}),),)


# what the customer says


def hear(turn: Turn, heard: Heard) -> bool:
    """Take a time that is typed where the PIN is asked for; tell whether it was one."""
    case, now = turn.case, turn.moment.now
    if case is None or not pin_times.may_be_named(case, now):
        return False
    is_set, is_asked = pin_times.set_time(case) is not None, turn.chat.asked == "pin"
    if not is_asked and (turn.chat.asked is not None or not is_set):
        return False
    said = clean(heard.text).lower().replace("\u2019", "'").strip(" .!,")
    if _DROPS.fullmatch(said) and (is_set or said != "later"):
        _drop(turn)
        return True
    found = read_moment(heard.text, now, pin_times.zone_for(case, turn.policy, now))
    if isinstance(found, Unreadable):
        if found.code != UNCLEAR:
            _ask_when(turn, found.code)
        return found.code != UNCLEAR
    _choose(turn, found)
    return True


def press(turn: Turn, heard: Heard) -> bool:
    """Take a time from a button, also of another request of the chat by a turn of its own; tell whether it is known."""
    said = heard.code.partition(".")[2]
    version = _NAMED.get(said, int(said) if said.isdecimal() and len(said) <= _DIGITS else None)
    known = {brief.id for brief in turn.state.briefs}
    if version is None or heard.form not in known:
        return False
    if turn.case is not None and turn.case.request.id == heard.form:
        _do(turn, version)
    else:
        turn.set_due(CHOSEN, heard.form, version, turn.moment.now)
    return True


def chosen(turn: Turn, due: Due, _policy: Policy) -> None:
    """Do what a button said about a request that the chat was not about."""
    _do(turn, due.version)


def _do(turn: Turn, version: int) -> None:
    case, now = turn.the_case(), turn.moment.now
    if not pin_times.is_awaited(case, now):
        turn.say("pin_at.not_needed", {"ref": name_of(case.request)})
    elif version == _NAMED[MOVE]:
        turn.want("pin")
        turn.chat = replace(turn.chat, focus=case.request.id, asked=None)
        ask(turn)
    elif version == _NAMED[DROP]:
        _drop(turn)
    else:
        _choose(turn, datetime.fromtimestamp(version, UTC))


def _choose(turn: Turn, at: datetime) -> None:
    why = pin_times.why_not(at, turn.moment.now, turn.policy)
    if why:
        _ask_when(turn, f"pin_at.{why}", at)
    else:
        _set(turn, at)


def _ask_when(turn: Turn, key: str, at: datetime | None = None) -> None:
    """Say why a time can't be, and which ones can."""
    case, now, policy = turn.the_case(), turn.moment.now, turn.policy
    shown = {} if at is None else pin_times.to_customer(at, case, policy)
    params = {**shown, **pin_times.hours_of_desk(case, policy, now)}
    rows = pin_times.rows(case, now, policy)
    if turn.chat.asked == "pin" and turn.chat.focus == case.request.id:
        ask(turn, key, params, rows)
    else:
        turn.say(key, params, rows)


def _set(turn: Turn, at: datetime) -> None:
    """Keep a time, in place of an earlier one; the desk hears of it, and what else is open is asked."""
    case, policy = turn.the_case(), turn.policy
    before = pin_times.set_time(case)
    shown = {"ref": name_of(case.request), "number": show_moving(case), **pin_times.to_customer(at, case, policy)}
    if before is None or before.at != at or before.is_due:
        turn.hold(AT, (at.isoformat(),))
        turn.note("pin_moved" if before is not None else "pin_set")
        turn.set_due(RULE, case.request.id, 0, at)
        key = "thread.pin_at_moved" if before is not None else "thread.pin_at"
        turn.post(key, pin_times.to_staff(at, case, policy), buttons=_ASK_NOW)
        turn.refresh_card()
    _put_off(turn)
    lead = "pin_at.moved" if before is not None and before.at != at else "pin_at.made"
    _go_on(turn, lead, shown, pin_times.change_rows(case))


def _put_off(turn: Turn) -> None:
    """Ask for the PIN no more until its time, but to a rejection, which waits for it."""
    case = turn.the_case()
    given = case.answers.get("pin")
    if is_rejected(case) or (given is not None and not given.reopened and given.value == ("later",)):
        return
    keep(turn, "pin", Given(("later",)))
    signing.everything_answered(turn)


def _go_on(turn: Turn, lead: str, params: dict[str, str], rows: Rows = ()) -> None:
    """Say it, and ask what else is open; the PIN itself is not asked for again."""
    following, is_here = turn.following(), turn.chat.focus == turn.the_case().request.id
    if following is None or following.id == "pin" or following.after or is_busy_elsewhere(turn):
        if is_here and turn.chat.asked == "pin" and following is None:
            forget_question(turn)
        turn.say(lead, params, rows)
    else:
        ask(turn, lead, params, None, rows)


def _drop(turn: Turn) -> None:
    case = turn.the_case()
    if pin_times.set_time(case) is None:
        turn.say("pin_at.none", {"ref": name_of(case.request)}, pin_times.name_row(case))
        return
    _put_off(turn)
    _let_go(turn, "pin_unset")
    turn.post("thread.pin_at_dropped", buttons=_ASK_NOW)
    key = "pin_at.dropped_rejected" if is_rejected(case) else "pin_at.dropped"
    _go_on(turn, key, {"ref": name_of(case.request)}, pin_times.name_row(case))


# what time brings


def look(turn: Turn, due: Due, policy: Policy) -> None:
    """Ask for the PIN as its time has come; look after a fair time whether it is here."""
    case, now, named = turn.the_case(), turn.moment.now, pin_times.set_time(turn.the_case())
    wait = timedelta(minutes=policy.pin_wait_minutes)
    if named is None or not pin_times.is_awaited(case, now):
        return
    if named.is_due:
        _miss(turn, "missed")
    elif is_held(case):
        _let_go(turn, "pin_unset")
        turn.post("thread.pin_held", pin_times.to_staff(named.at, case, policy))
        turn.say("pin_at.held", {"ref": name_of(case.request)}, pin_times.name_row(case), paced=True)
    elif now - due.at >= wait:  # nobody was there to ask
        _miss(turn, "late")
    else:
        _remind(turn, named.at, now + wait)


def _remind(turn: Turn, at: datetime, until: datetime) -> None:
    case = turn.the_case()
    turn.hold(AT, (at.isoformat(), ASKED))
    turn.set_due(RULE, case.request.id, 0, until)
    turn.note("asked", field="pin")
    turn.want("pin")
    assignee = case.request.assignee
    key = "thread.pin_time" if assignee is None else "thread.pin_time_yours"
    turn.post(key, {"assignee": assignee or "", "until": f"{until.astimezone(turn.policy.desk_zone):%H:%M}"})
    turn.refresh_card()
    _have_asked(turn, "pin_at.now")


def _miss(turn: Turn, how: str) -> None:
    """Let the desk know that the PIN did not come at its time, and ask the customer for another."""
    case = turn.the_case()
    named = pin_times.set_time(case)
    params = pin_times.to_staff(named.at, case, turn.policy) if named is not None else {}
    _let_go(turn, "pin_missed")
    turn.post(f"thread.pin_{how}", params, buttons=_ASK_NOW)
    turn.want("pin")
    _have_asked(turn, f"pin_at.{how}")


def _have_asked(turn: Turn, lead: str) -> None:
    """Put the PIN to the customer anew, whatever was asked last of this request."""
    case = turn.the_case()
    if turn.chat.focus == case.request.id:
        turn.chat = replace(turn.chat, asked=None)
    put(turn, lead, {"ref": name_of(case.request), "carrier": carrier_name(case), "number": show_moving(case)})


def _let_go(turn: Turn, what: str) -> None:
    request_id = turn.the_case().request.id
    turn.drop(AT)
    turn.end_due(RULE, request_id)
    turn.note(what)
    turn.refresh_card()


def follow(turn: Turn) -> None:
    """Let go of a time for a PIN that has come, or that nothing waits for any more."""
    if turn.case is None or AT not in turn.case.answers:
        return
    if not pin_times.is_awaited(turn.case.whole, turn.moment.now):
        given = turn.case.answer("pin")
        is_here = given is not None and given != ("none",) and not pin_age.over(turn.case, turn.moment.now)
        _let_go(turn, "pin_kept" if is_here and given != ("later",) else "pin_unset")


def offer(turn: Turn, _due: Due, policy: Policy) -> None:
    """Offer times now that all papers are in, where the PIN was put off before."""
    case, now = turn.the_case(), turn.moment.now
    given = case.answers.get("pin")
    is_open = given is None or given.reopened or AT in case.answers
    if is_open or case.phase != "staff_review" or not pin_times.may_be_named(case, now):
        return
    params = {"ref": name_of(case.request), "carrier": carrier_name(case), **pin_times.hours_of_desk(case, policy, now)}
    turn.say("pin_at.papers_in", params, (*pin_times.rows(case, now, policy), *pin_times.name_row(case)), paced=True)


RULES: dict[str, Callable[[Turn, Due, Policy], None]] = {RULE: look, CHOSEN: chosen, OFFER: offer}
