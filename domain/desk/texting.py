"""Texting is moved apart from calls: asked for by staff once the number has moved, and it comes days after them.

Its own state stands beside each number's phase: to be asked for, asked for, working, in trouble, or not wanted after
all. 72 to 96 hours: the project's porting research §0.9 and §1e, read 2026-11-22.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from domain.desk import closing
from domain.desk.asking import name_of, put
from domain.desk.closing import LONGEST_WHY
from domain.desk.owing import REPLY, Rows
from domain.desk.secrecy import conceal
from domain.desk.state import Due
from domain.desk.telling import done, stay_undoable
from domain.desk.turn import Turn
from domain.desk.urgent import LATE
from domain.errors import Refused
from domain.intake.about import show_numbers
from domain.intake.choices import Choice
from domain.intake.texts import (
    FILED,
    PENDING,
    TEXTING,
    TROUBLE,
    UNWANTED,
    WORKING,
    Texts,
    notes_of,
    wants_texts,
    worst_of,
    written,
)
from domain.intake.texts import state_of as state_of_number
from domain.intake.trial import FAILS, MENDED, on_trial, still_to_try, verdicts, with_verdicts
from domain.orders.model import Case, Number
from domain.policy import Policy
from domain.text import clean
from domain.wordkeys import nested

RULE = "texting"  # the due rule by which the customer is told, and staff are reminded
FILE_WITHIN = timedelta(hours=24)  # of the move, or staff are reminded to ask for it
COMES_WITHIN = timedelta(hours=96)  # of asking for it, or they are reminded to look after it
AGAIN = timedelta(hours=72)  # and after as long once more
OVERDUE: Rows = (REPLY[0], (Choice("texting", "staff.button.texting"),))

_TRIED = "trial_texts"
_MOVED_ENOUGH = (*LATE, "ported")  # a number of the request, wherever its others are
_SAID = re.compile(
    r"(?P<unwanted>not (?:wanted|needed)|unwanted|n/?a|none|off)"
    r"|(?P<filed>filed|requested|asked(?: for)?|ordered|sent)"
    r"|(?P<trouble>trouble|stuck|failed|broken|not working|exception|rejected|refused)"
    r"|(?P<working>working|works|done|on|enabled|active|ok|live)",
    re.IGNORECASE,
)


def state_of(case: Case) -> str:
    """Return how it stands with texting of what has moved, or else of all: the worst of it; empty: none is wanted."""
    looked_after = on_trial(case) or tuple(number.e164 for number in case.numbers)
    return worst_of(case, looked_after)


def states(case: Case) -> dict[tuple[str, datetime | None], tuple[str, ...]]:
    """Return the numbers (E.164) whose texting can be noted, by how it stands and since when that was noted."""
    found: dict[tuple[str, datetime | None], tuple[str, ...]] = {}
    notes = notes_of(case)
    for number in case.numbers:
        note = notes.get(number.e164)
        if note is not None or (number.phase in _MOVED_ENOUGH and wants_texts(case)):
            key = (note.state, note.since) if note is not None else (PENDING, None)
            found[key] = (*found.get(key, ()), number.e164)
    return found


def may_be_noted(case: Case) -> bool:
    """Tell whether staff may say how it stands: from the day on that is set, where texts are wanted."""
    return bool(of_these(case)) and wants_texts(case)


def of_these(case: Case) -> tuple[Number, ...]:
    """Return the numbers whose texting may be noted by now."""
    return tuple(number for number in case.numbers if number.phase in _MOVED_ENOUGH)


def is_overdue(case: Case, now: datetime) -> bool:
    """Tell whether texting of some number was asked for so long ago that it should work."""
    return bool(_overdue(case, now))


def _overdue(case: Case, now: datetime) -> tuple[str, ...]:
    return tuple(e164 for e164, note in _of(case, FILED) if note.since + COMES_WITHIN <= now)


def _of(case: Case, state: str) -> Iterator[tuple[str, Texts]]:
    """Yield the notes of one state, of numbers that the case is about."""
    here = {number.e164 for number in case.numbers}
    yield from ((e164, note) for e164, note in notes_of(case).items() if note.state == state and e164 in here)


def lacks(case: Case) -> bool:
    """Tell whether staff have to do something about it: ask for it, or end the trouble."""
    return any(state_of_number(case, e164) in (PENDING, TROUBLE) for e164 in on_trial(case))


def _pending(case: Case) -> tuple[str, ...]:
    return tuple(e164 for e164 in on_trial(case) if state_of_number(case, e164) == PENDING)


def begin(turn: Turn) -> None:
    """Watch over the texting of numbers that have just moved."""
    case = turn.the_case()
    if _untold(case):
        turn.set_due(RULE, case.request.id, 0, turn.moment.now)  # which reminds of the others, too
    elif _pending(case):
        turn.post("thread.texting_pending", {"number": show_numbers(_pending(case))}, buttons=OVERDUE[1:])
        turn.set_due(RULE, case.request.id, 0, turn.moment.now + FILE_WITHIN)


def note(turn: Turn, case: Case, argument: str, policy: Policy) -> None:
    """Note how it stands; the customer is told when it stood for as long as other verbs can be undone."""
    state, why = _read(argument, case)
    numbers = _meant(case, state)
    known = notes_of(case)
    for e164 in numbers:
        known[e164] = Texts(state, turn.moment.now, known[e164].told if e164 in known else "")
    turn.hold(TEXTING, written(known))
    _mend(turn, state, numbers)
    stay_undoable(turn)
    turn.note("texting", detail=state, words=why or None)
    turn.set_due(RULE, case.request.id, 0, turn.moment.now + policy.undo)
    if state in (WORKING, UNWANTED):
        closing.look(turn)
    key = "texting.done_why" if why else "texting.done"
    done(turn, key, state=nested(f"texting.state.{state}"), why=why)


def _read(argument: str, case: Case) -> tuple[str, str]:
    """Read the state, and words of the desk's own behind a colon. Raises Refused."""
    said, _, why = argument.partition(":")
    found = _SAID.fullmatch(clean(said).lower())
    if found is None:
        raise Refused("texting.which", given=clean(said)[:30] or "—", ref=case.request.ref)
    return str(found.lastgroup), conceal(clean(why), case)[:LONGEST_WHY]


def _meant(case: Case, state: str) -> tuple[str, ...]:
    """Return the numbers of which a state is noted: those of which it can be so by now. Raises Refused."""
    ref, open_now = case.request.ref, of_these(case)
    if not open_now:
        raise Refused("texting.too_early", ref=ref, phase=nested(f"phase.{case.phase}"))
    moved = tuple(number for number in open_now if number.phase == "ported")
    meant = case.numbers if state == UNWANTED else moved if state == WORKING else open_now
    if not meant:
        raise Refused("texting.not_moved", ref=ref)
    known, numbers = notes_of(case), tuple(number.e164 for number in meant)
    if all(e164 in known and known[e164].state == state for e164 in numbers):
        raise Refused("texting.same", ref=ref, state=nested(f"texting.state.{state}"))
    return tuple(e164 for e164 in numbers if e164 not in known or known[e164].state != state)


def _mend(turn: Turn, state: str, numbers: tuple[str, ...]) -> None:
    """Let what a customer found not to work be tried once more, as the desk has noted that it works."""
    known = verdicts(turn.the_case(), _TRIED)
    failed = {e164: MENDED for e164 in numbers if known.get(e164) == FAILS}
    if state == WORKING and failed:
        turn.hold(_TRIED, with_verdicts(turn.the_case(), _TRIED, failed))


def look(turn: Turn, _due: Due, _policy: Policy) -> None:
    """Tell the customer what is new, once; remind staff of what takes too long."""
    case, now = turn.the_case(), turn.moment.now
    if not on_trial(case):
        return
    _tell(turn, case)
    case = turn.the_case()
    pending, overdue = _pending(case), _overdue(case, now)
    for key, numbers in (("thread.texting_pending", pending), ("thread.texting_overdue", overdue)):
        if numbers:
            turn.post(key, {"number": show_numbers(numbers)}, buttons=OVERDUE)
            turn.refresh_card()
    waits = [at for _, each in _of(case, FILED) if (at := each.since + COMES_WITHIN) > now]
    waits += [now + AGAIN] if pending or overdue else []
    if waits:
        turn.set_due(RULE, case.request.id, 0, min(waits))


def _untold(case: Case) -> dict[str, tuple[str, ...]]:
    """Return by state what the customer does not know yet of numbers that have moved; the best of it comes last."""
    notes = notes_of(case)
    moved = [e164 for e164 in on_trial(case) if e164 in notes and notes[e164].told != notes[e164].state]
    each = {state: tuple(e164 for e164 in moved if notes[e164].state == state) for state in (TROUBLE, FILED, WORKING)}
    return {state: numbers for state, numbers in each.items() if numbers}


def _tell(turn: Turn, case: Case) -> None:
    """Say what the customer does not know yet: that it was asked for, that it works, or that it takes longer."""
    if turn.chat.blocked:
        return
    for state, numbers in _untold(case).items():
        notes = notes_of(turn.the_case())
        known = {e164: Texts(state, notes[e164].since, state) for e164 in numbers}
        turn.jot(TEXTING, written({**notes, **known}))
        params = {"ref": name_of(case.request), "number": show_numbers(numbers)}
        turn.mail(f"texting.told.{state}", params)
        if state == WORKING:
            _ask_again(turn)
            put(turn, "texting.told.working", params)
        else:
            turn.say(f"texting.told.{state}", params, paced=True)


def _ask_again(turn: Turn) -> None:
    """Ask of texts again that were tried before, for numbers of which that is still to be done."""
    case = turn.the_case()
    if _TRIED in case.answers and still_to_try(case, _TRIED):
        turn.reopen(_TRIED)
