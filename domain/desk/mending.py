"""How a customer puts a rejection right: each reason by a new answer or by a way out, until it can go out again."""

from domain.desk.asking import name_of
from domain.desk.turn import Rows, Turn
from domain.intake.choices import Choice
from domain.intake.given import Given
from domain.intake.questions import BY_ID, TAKES_ANSWERS, next_question
from domain.intake.repairs import (
    MENDED,
    REPAIR,
    is_rejected,
    mended,
    open_reasons,
    opens,
    reasons_of,
    rejected,
    unasked,
)
from domain.intake.showing import told_of
from domain.orders.model import Answer, Case, in_phase
from domain.orders.phases import MOVED, is_ended
from domain.orders.rejections import ANSWERS, Rejection
from domain.values import replace
from domain.wordkeys import FIELD, LINE, nested

AGAIN = "again"  # in place of an order number: that of the last try
PARTED = "parted"  # beside the questions: those closed again as a refused number was to be cancelled
WAS = "was_before"  # beside the questions: what answers said before the repair, each as question and words
_LINES = {"name": "holder", "contact": "signer", "signer": "signer"}  # of the check, where they are called otherwise
_MORE_NUMBERS = ("other_number", "all_numbers")  # ways out by which the numbers are given anew
_HOW = {"forward": "forward", **dict.fromkeys((ANSWERS, *_MORE_NUMBERS), "corrected"), "contest": "contested"}
_TO_DESK = ("contest", "forward", "loss", "written")  # ways out that the desk has to do something for


def taken(turn: Turn) -> None:
    """Put the reason right that was asked about by itself, by the way out that was chosen."""
    case = turn.the_case()
    reason, (way,) = unasked(case), case.answers[REPAIR].value
    turn.drop(REPAIR)
    if reason is not None:
        take_way(turn, reason, way)


def take_way(turn: Turn, reason: Rejection, way: str) -> None:
    """Put a reason right without a new answer: what it alone had asked again stands as it was."""
    case = turn.the_case()
    turn.hold(MENDED, (*(f"{code}:{how}" for code, how in mended(case).items()), f"{reason.code}:{way}"))
    others = {q for other in open_reasons(turn.the_case()) for q in opens(other, case)}
    for question in opens(reason, case):
        given = turn.the_case().answers.get(question)
        if question not in others and given is not None and given.reopened:
            turn.close_again(question)
    if way in _MORE_NUMBERS:
        turn.want("numbers")
    if way in _TO_DESK:
        turn.post(f"thread.way.{way}", {"ref": case.request.ref, "reason": nested(f"rejection.short.{reason.code}")})


def puts_pin_off(turn: Turn, question: str, got: Given) -> bool:
    """Tell whether a PIN is put off that a carrier refused: nothing is repaired by that, and it stays asked for."""
    case = turn.case
    if case is None or question != "pin" or got.value != ("later",) or not is_rejected(case):
        return False
    turn.post("thread.pin_later")
    turn.say(f"{got.lead}+repair.later" if got.lead else "repair.later", {"ref": name_of(case.request)})
    return True


def given_after_all(turn: Turn, question: str) -> None:
    """Let a rejection be repaired anew by an answer that came once its reason was settled without one."""
    case = turn.the_case()
    settled = {r.code for r in reasons_of(case) if r.code in mended(case) and question in opens(r, case)}
    if settled and case.request.repaired is not None:
        left = tuple(f"{code}:{way}" for code, way in mended(case).items() if code not in settled)
        turn.hold(MENDED, left)
        turn.set_request(replace(case.request, repaired=None))


def unsettle(turn: Turn) -> bool:
    """Let the reason be open again that was put right last by a way out; tell whether there was one."""
    known = mended(turn.the_case())
    if not known:
        return False
    *rest, last = known.items()
    turn.hold(MENDED, tuple(f"{code}:{way}" for code, way in rest))
    case = turn.the_case()
    for question in next((opens(r, case) for r in reasons_of(case) if r.code == last[0]), ()):
        turn.want(question)
    return True


def finish(turn: Turn) -> None:
    """Let a rejection be repaired once nothing of it is open: staff read how, what changed, and can submit again."""
    case, question = turn.the_case(), next_question(turn.the_case())
    is_open = question is not None and not question.after  # what has moved is tried while others are repaired
    if not is_rejected(case) or case.request.repaired is not None or is_open:
        return
    how = _how(case)
    turn.set_request(replace(case.request, repaired=how))
    turn.note("corrected" if how == "corrected" else "carrier_fixed")
    lines = LINE.join((*_ways(case), *_changes(case))) or nested("thread.mended_asked")
    turn.post("thread.repaired", {"lines": lines}, buttons=_again(case))
    turn.drop(WAS)
    turn.refresh_card()


def parted(turn: Turn, before: Case) -> None:
    """Ask no more what only numbers had asked again that are refused no more; so a repair of the others may be done."""
    case = turn.the_case()
    left = {question for reason in reasons_of(case) for question in opens(reason, case)}
    gone = {question for reason in reasons_of(before) for question in opens(reason, before)} - left
    over = sorted(q for q in gone if q in case.answers and case.answers[q].reopened)
    if {n.id for n in rejected(before)} <= {n.id for n in rejected(case)} or in_phase(
        case, "changes_requested"
    ):  # else it may be these that wait
        return
    for question in over:
        turn.close_again(question)
    if over and in_phase(case, "cancel_requested"):
        turn.jot(PARTED, tuple(over))
    finish(turn)


def rejoined(turn: Turn, before: Case) -> None:
    """Ask again what was closed as a refused number was to be cancelled, and is refused again as that was not done."""
    case = turn.the_case()
    if len(rejected(case)) <= len(rejected(before)):
        return
    given, again = case.answers.get(PARTED), {q for reason in reasons_of(case) for q in opens(reason, case)}
    for question in given.value if given is not None else ():
        if question in again:
            turn.want(question)
    turn.drop(PARTED)
    unrepaired = replace(turn.the_case().request, repaired=None)
    if open_reasons(replace(turn.the_case(), request=unrepaired)):
        turn.set_request(unrepaired)
    finish(turn)


def _how(case: Case) -> str:
    """Return how a rejection was answered, as the request keeps it."""
    ways = {mended(case).get(reason.code, ANSWERS) for reason in reasons_of(case) if opens(reason, case) or reason.ways}
    found = next((how for way, how in _HOW.items() if way in ways), None)
    return found or ("carrier_fixed" if ways else "corrected")


def _ways(case: Case) -> list[str]:
    """Return how each reason was put right, as parameters."""
    known = mended(case)
    theirs = (reason for reason in reasons_of(case) if opens(reason, case) or reason.ways)
    return [
        nested(f"thread.mended.{known.get(reason.code, ANSWERS)}", reason=nested(f"rejection.short.{reason.code}"))
        for reason in theirs
    ]


def _again(case: Case) -> Rows:
    """Return the button that submits a request again: at once, where its order number is known."""
    if case.request.repaired == "forward" or _how(case) == "forward":
        return ()
    order = last_order(case)
    if order is None:
        return ((Choice("submit", "staff.button.submit"),),)
    return ((Choice("submit", "staff.button.resubmit", {"order": order, "argument": AGAIN}),),)


def with_those_at_carrier(turn: Turn) -> tuple[str, ...]:
    """Return the numbers that move (E.164): those given last, and beside them those that are asked about no more.

    One that had been called off, and is named again as the numbers are asked anew, gives up its place to begin anew.
    """
    before, case = turn.state.case, turn.the_case()
    asked = before.answers.get("numbers") if before is not None else None
    is_asked_anew = asked is not None and asked.reopened
    for number in case.numbers if is_asked_anew else ():
        if is_ended(number.phase) and number.phase not in MOVED and number.e164 in case.answers["numbers"].value:
            turn.drop_number(number)
    case = turn.the_case()
    given = case.answers["numbers"]
    fixed = tuple(n.e164 for n in case.numbers if n.phase not in TAKES_ANSWERS)
    stay = tuple(e164 for e164 in fixed if e164 not in given.value)
    if stay:
        turn.put_back(replace(given, value=(*stay, *given.value)))
    return (*stay, *given.value)


def why_refused(case: Case) -> str | None:
    """Return the codes of the reasons for which numbers are refused, for what is given in their place."""
    return next((number.rejection for number in rejected(case)), None)


def last_order(case: Case) -> str | None:
    """Return the carrier's number of the last try; None where there was none, or several, or nothing is tried again."""
    tried = {order.carrier_order for order in case.about(rejected(case)).own_orders}
    return tried.pop() if len(tried) == 1 else None


# what changed


def remember(turn: Turn, before: Answer | None, now: tuple[str, ...]) -> None:
    """Keep what an answer said before the repair, the first time that it is given anew; a secret says nothing."""
    case = turn.the_case()
    if before is None or not is_rejected(case) or not (before.reopened or before.value != now or _is_secret(before)):
        return
    question, given = before.question, case.answers.get(WAS)
    known = given.value if given is not None else ()
    if question not in BY_ID or question == REPAIR or question in known[::2]:
        return
    turn.hold(WAS, (*known, question, "" if BY_ID[question].secret else _said(question, case)))


def _is_secret(answer: Answer) -> bool:
    """Tell whether what an answer shows may be the same although it is another."""
    return answer.question in BY_ID and BY_ID[answer.question].secret


def _said(question: str, case: Case) -> str:
    """Return what an answer says, in the words of the check; empty where that has no line for it."""
    said = told_of(case).get(_LINES.get(question, question), "")
    return "" if FIELD in said else said


def _changes(case: Case) -> list[str]:
    """Return what each answer said before and says now, as parameters; of secrets only that they are new."""
    given = case.answers.get(WAS)
    known = given.value if given is not None else ()
    return [_change(question, before, case) for question, before in zip(known[::2], known[1::2], strict=True)]


def _change(question: str, before: str, case: Case) -> str:
    answer, now = nested(f"staff.answer.{question}"), _said(question, case)
    if BY_ID[question].secret or not (before and now):
        return nested("thread.change_new", answer=answer)
    if before == now:
        return nested("thread.change_none", answer=answer, now=now)
    return nested("thread.change", answer=answer, before=before, now=now)
