"""After a move: does it work? Asked one thing at a time, again only for what is open; what fails is the desk's."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial

from domain.calendar import local_next
from domain.desk import closing, hours, texting
from domain.desk.asking import name_of, put
from domain.desk.owing import REPLY, Rows
from domain.desk.standing import show_case
from domain.desk.state import Due
from domain.desk.turn import Turn
from domain.intake.about import show_numbers
from domain.intake.choices import Choice
from domain.intake.trial import (
    FAILS,
    LATER,
    MENDED,
    ON_TRIAL,
    TRIALS,
    concerned,
    failing_at,
    mended_at,
    on_trial,
    still_to_try,
    tried_in,
    verdicts,
)
from domain.orders.model import Case
from domain.policy import Policy
from domain.wordkeys import LINE, nested

RULE = "trial"  # the due rule by which what is open is asked about once more
MENDED_RULE = "mended"  # the one by which a customer hears that the desk has mended what did not work
ROUNDS = (timedelta(hours=24), timedelta(hours=72))  # after the customer was told of the move
FAILED: Rows = (REPLY[0], (Choice("works", "staff.button.works"),))

_WAKES, _SLEEPS = time(9, 0), time(20, 0)  # nobody is asked at night, by the desk's clock
_MOMENT = timedelta(microseconds=1)


def begin(turn: Turn) -> None:
    """Put on trial the numbers of which the customer is being told that they moved; what was tried of others stays."""
    case = turn.the_case()
    given = case.answers.get(ON_TRIAL)
    known = given.value if given is not None else ()
    new = tuple(n.e164 for n in case.numbers if n.phase == "ported" and n.e164 not in known)
    if not new:
        return
    turn.jot(ON_TRIAL, (*known, *new))
    _open_again(turn, lambda verdict: verdict is None)
    _set_round(turn, 0, turn.moment.now)
    closing.wait(turn)
    texting.begin(turn)


def let_in(turn: Turn) -> None:
    """Say what could not be said while the customer had blocked the bot, as far as it still matters."""
    case, now = turn.the_case(), turn.moment.now
    if on_trial(case):
        turn.set_due(RULE, case.request.id, len(ROUNDS) - 1, now)
        turn.set_due(texting.RULE, case.request.id, 0, now)
        turn.set_due(MENDED_RULE, case.request.id, 0, now)
        closing.wait(turn)


def _open_again(turn: Turn, is_open: Callable[[str | None], bool]) -> None:
    """Ask again what was answered before, of numbers with such a verdict."""
    case = turn.the_case()
    for question in TRIALS:
        known = verdicts(case, question)
        if question in case.answers and any(is_open(known.get(number)) for number in concerned(case, question)):
            turn.reopen(question)


def _set_round(turn: Turn, which: int, since: datetime) -> None:
    at = by_day(since + ROUNDS[which], turn.policy)
    turn.set_due(RULE, turn.the_case().request.id, which, at)


def by_day(at: datetime, policy: Policy) -> datetime:
    """Return a moment, or the next one at which people are awake, by the desk's clock."""
    clock = at.astimezone(policy.desk_zone).time()
    if _WAKES <= clock < _SLEEPS:
        return at
    return local_next(at - _MOMENT, _WAKES, policy.desk_zone, weekdays_only=False)


def again(turn: Turn, due: Due, _policy: Policy) -> None:
    """Ask once more, for what is still open, and after that no more."""
    _open_again(turn, lambda verdict: verdict == LATER)
    if due.version + 1 < len(ROUNDS):
        _set_round(turn, due.version + 1, turn.moment.now - ROUNDS[due.version])
    question = turn.following()
    if question is not None and question.after and not turn.chat.blocked:
        put(turn, "trial.again", {"ref": name_of(turn.the_case().request)})


def mended(turn: Turn, _due: Due, _policy: Policy) -> None:
    """Tell what the desk has found to work by now that its customer had found not to, and ask to try it once more."""
    case = turn.the_case()
    lines = {question: _mended_at(case, question) for question in TRIALS}
    known = {question: numbers for question, numbers in lines.items() if numbers}
    if not known or turn.chat.blocked:
        return
    for question in known:
        turn.reopen(question)
    what = LINE.join(nested(f"trial.mended_line.{q}", number=show_numbers(numbers)) for q, numbers in known.items())
    params = {"ref": name_of(case.request), "lines": what}
    turn.mail("trial.mended", params)
    put(turn, "trial.mended", params)


def _mended_at(case: Case, question: str) -> tuple[str, ...]:
    """Return the numbers of which the customer has not heard yet that something works by now."""
    given = case.answers.get(question)
    return () if given is None or given.reopened else mended_at(case, question)


def tried(question: str, turn: Turn) -> None:
    """Take up what a customer said of one thing: the desk hears at once of what fails, and of what works after all."""
    before = turn.state.case
    case = turn.the_case()
    was = _said_of(before, question) if before is not None else set()
    now = _said_of(case, question)
    if FAILS in now:
        turn.post("thread.trial_failed", _what(question, failing_at(case, question)), buttons=FAILED)
        hours.wrote(turn)
    elif not was.isdisjoint((FAILS, MENDED)):
        turn.post("thread.trial_works", _what(question, on_trial(case)))
    else:
        _tell_of_all(turn, case)
    turn.refresh_card()
    show_case(turn, "last")
    closing.look(turn)


def _what(question: str, numbers: tuple[str, ...]) -> dict[str, str]:
    return {"what": nested(f"staff.answer.{question}"), "number": show_numbers(numbers)}


def _said_of(case: Case, question: str) -> set[str]:
    """Return the verdicts on what is on trial; what was said of numbers that left it counts no more."""
    known = verdicts(case, question)
    return {known[each] for each in on_trial(case) if each in known}


def _tell_of_all(turn: Turn, case: Case) -> None:
    if not any(still_to_try(case, question) for question in tried_in(case)):
        turn.post("thread.trial_done")


AFTER: dict[str, Callable[[Turn], None]] = {question: partial(tried, question) for question in TRIALS}
