"""Texting is moved apart from calls: asked for by staff once the number has moved, and it comes days after them.

Its own state stands beside the number's phase: to be asked for, asked for, working, in trouble, or not wanted after
all. 72 to 96 hours: the project's porting research §0.9 and §1e, read 2026-11-22.
"""

import re
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
from domain.intake.trial import TEXTING, on_trial, texting_is, wants_texts
from domain.orders.model import Case
from domain.policy import Policy
from domain.text import clean
from domain.wordkeys import nested

RULE = "texting"  # the due rule by which the customer is told, and staff are reminded
PENDING, FILED, WORKING, TROUBLE, UNWANTED = "pending", "filed", "working", "trouble", "unwanted"
STATES = (FILED, WORKING, TROUBLE, UNWANTED)
"""What staff can say of it; until they do, it is pending where texts are wanted."""

FILE_WITHIN = timedelta(hours=24)  # of the move, or staff are reminded to ask for it
COMES_WITHIN = timedelta(hours=96)  # of asking for it, or they are reminded to look after it
AGAIN = timedelta(hours=72)  # and after as long once more
OVERDUE: Rows = (REPLY[0], (Choice("texting", "staff.button.texting"),))

_MOVED_ENOUGH = (*LATE, "ported")  # a number of the request, wherever its others are
_SAID = re.compile(
    r"(?P<unwanted>not (?:wanted|needed)|unwanted|n/?a|none|off)"
    r"|(?P<filed>filed|requested|asked(?: for)?|ordered|sent)"
    r"|(?P<trouble>trouble|stuck|failed|broken|not working|exception|rejected|refused)"
    r"|(?P<working>working|works|done|on|enabled|active|ok|live)",
    re.IGNORECASE,
)


def state_of(case: Case) -> str:
    """Return how it stands with texting; empty where none is wanted."""
    noted = texting_is(case)
    return noted or (PENDING if wants_texts(case) else "")


def may_be_noted(case: Case) -> bool:
    """Tell whether staff may say how it stands: from the day on that is set, where texts are wanted."""
    return _has_moved_enough(case) and wants_texts(case)


def _has_moved_enough(case: Case) -> bool:
    return any(number.phase in _MOVED_ENOUGH for number in case.numbers)


def since(case: Case) -> datetime | None:
    """Return when staff noted how it stands; None while they have not."""
    given = case.answers.get(TEXTING)
    return datetime.fromisoformat(given.value[1]) if given is not None else None


def is_overdue(case: Case, now: datetime) -> bool:
    """Tell whether it was asked for so long ago that it should work."""
    noted = since(case)
    return texting_is(case) == FILED and noted is not None and noted + COMES_WITHIN <= now


def lacks(case: Case) -> bool:
    """Tell whether staff have to do something about it: ask for it, or end the trouble."""
    return bool(on_trial(case)) and state_of(case) in (PENDING, TROUBLE)


def begin(turn: Turn, *, are_first: bool) -> None:
    """Watch over the texting of numbers that have just moved; that of those before them says nothing of theirs."""
    if not are_first and texting_is(turn.the_case()) == WORKING:
        turn.drop(TEXTING)
    case = turn.the_case()
    if state_of(case) == PENDING:
        turn.post("thread.texting_pending", {"number": show_numbers(on_trial(case))}, buttons=OVERDUE[1:])
        turn.set_due(RULE, case.request.id, 0, turn.moment.now + FILE_WITHIN)
    elif texting_is(case) in (FILED, WORKING, TROUBLE):
        turn.set_due(RULE, case.request.id, 0, turn.moment.now)


def note(turn: Turn, case: Case, argument: str, policy: Policy) -> None:
    """Note how it stands; the customer is told when it stood for as long as other verbs can be undone."""
    state, why = _read(argument, case)
    _check(case, state)
    before = case.answers.get(TEXTING)
    told = before.value[2] if before is not None else ""
    turn.hold(TEXTING, (state, turn.moment.now.isoformat(), told))
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


def _check(case: Case, state: str) -> None:
    """Refuse what cannot be so yet. Raises Refused."""
    ref = case.request.ref
    if not _has_moved_enough(case):
        raise Refused("texting.too_early", ref=ref, phase=nested(f"phase.{case.phase}"))
    if state == texting_is(case):
        raise Refused("texting.same", ref=ref, state=nested(f"texting.state.{state}"))
    if state == WORKING and not any(number.phase == "ported" for number in case.numbers):
        raise Refused("texting.not_moved", ref=ref)


def look(turn: Turn, _due: Due, _policy: Policy) -> None:
    """Tell the customer what is new, once; remind staff of what takes too long."""
    case = turn.the_case()
    if not on_trial(case):
        return
    state, noted = state_of(case), since(case)
    _tell(turn, case, state)
    case = turn.the_case()
    if state == PENDING:
        _remind(turn, case, "thread.texting_pending")
    elif state == FILED and noted is not None:
        if noted + COMES_WITHIN <= turn.moment.now:
            _remind(turn, case, "thread.texting_overdue")
        else:
            turn.set_due(RULE, case.request.id, 0, noted + COMES_WITHIN)


def _remind(turn: Turn, case: Case, key: str) -> None:
    turn.post(key, {"number": show_numbers(on_trial(case))}, buttons=OVERDUE)
    turn.refresh_card()
    turn.set_due(RULE, case.request.id, 0, turn.moment.now + AGAIN)


def _tell(turn: Turn, case: Case, state: str) -> None:
    """Say what the customer does not know yet: that it was asked for, that it works, or that it takes longer."""
    given = case.answers.get(TEXTING)
    if given is None or given.value[2] == state or state == UNWANTED or turn.chat.blocked:
        return
    turn.jot(TEXTING, (state, given.value[1], state))
    params = {"ref": name_of(case.request), "number": show_numbers(on_trial(case))}
    if state == WORKING:
        turn.mail("texting.told.working", params)
        put(turn, "texting.told.working", params)
    else:
        turn.say(f"texting.told.{state}", params, paced=True)
        turn.mail(f"texting.told.{state}", params)
