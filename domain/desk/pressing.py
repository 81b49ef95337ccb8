"""What a pressed button does; one of an earlier asking changes nothing, and the open question is asked again."""

from collections.abc import Callable

from domain.carriers import CARRIERS, CarrierId
from domain.desk import appointing, companies, consent, letter_stands, pin_times, signing, signing_chat
from domain.desk.advising import press_question, press_talk, press_topic
from domain.desk.answering import answer, go_on, keep, nothing_yet, take
from domain.desk.asking import ask, ask_open_or_say, open_question, rows_of
from domain.desk.calling_off import press_cancel, press_quote
from domain.desk.forgetting import decide_delete
from domain.desk.heard import Heard
from domain.desk.listed import press_list
from domain.desk.mending import take_way
from domain.desk.others import others_to_begin
from domain.desk.passing import want_person
from domain.desk.short_notice import SEEN, day_in
from domain.desk.standing import is_over
from domain.desk.turn import Turn
from domain.desk.way_back import PORT_BACK, take_wish
from domain.intake.given import Given
from domain.intake.questions import ADD, BY_ID, CHANGEABLE, CHOSEN, CONFIRMED, IS_FAX, SWAP, Question
from domain.intake.readings.abroad import ELSEWHERE, kept_abroad, noted, shown_abroad
from domain.intake.readings.after import IS_ACCOUNT_TOO
from domain.intake.readings.apart import take_together
from domain.intake.readings.claimed import INSISTED
from domain.intake.readings.spans import ALL_OF_SPAN, NOT_THE_SPAN
from domain.intake.repairs import REPAIR, WAYS, asked_for, is_rejected, ways_of
from domain.numbers.abroad import abroad_of
from domain.orders.model import Case
from domain.orders.phases import PHASES, is_ended
from domain.values import replace

_TYPED = {  # labels of narrower askings: the question, and what their button stands for there
    "button.working.again": ("working", "again"),
    "button.carrier_yes": ("carrier", "yes"),
    "button.carrier_is_not": ("carrier", "no"),
}
_MOVED = ("ported", "partial")
_NARROWER = ("again", "ask", "there", IS_ACCOUNT_TOO, IS_FAX, ALL_OF_SPAN, NOT_THE_SPAN)
"""Buttons that only a narrower asking shows."""


def press(turn: Turn, heard: Heard) -> None:
    """Do what a button says."""
    head = heard.code.partition(".")[0]
    if head in _ANY_TIME:
        _ANY_TIME[head](turn, heard)
        return
    case = turn.case
    if case is None or heard.form != case.request.id or heard.asking != turn.chat.asking:
        stale(turn)
    elif head == "cancel":
        press_cancel(turn, heard)
    elif head == "delete":
        decide_delete(turn, wanted=heard.code == "delete.yes")
    else:
        _choose(turn, case, heard)


def press_typed(turn: Turn, heard: Heard) -> bool:
    """Press the button whose label somebody typed, where the open question has it; tell whether it has."""
    case, question = turn.case, open_question(turn)
    if "button.to_desk" in heard.labels and case is not None and (abroad := kept_abroad(case)):
        _to_desk(turn, replace(heard, code=f"desk.{abroad[-1].e164[1:]}"))
        return True
    if not heard.labels or case is None or question is None or question.id != turn.chat.asked:
        return False
    shown = [choice for row in rows_of(case, question) for choice in row]
    code = next((choice.code for choice in shown if choice.label in heard.labels), None)
    narrower = next((_TYPED[key] for key in _TYPED if key in heard.labels and _TYPED[key][0] == question.id), None)
    if code is not None:
        _choose(turn, case, replace(heard, code=code))
    elif narrower is not None:
        answer(turn, question, narrower[1])
    return code is not None or narrower is not None


def stale(turn: Turn) -> None:
    """Say that a button is old, and ask what is open."""
    question = open_question(turn)
    if question is not None and question.after:
        ask(turn, "press.stale")
    else:
        ask_open_or_say(turn, "press.stale")


def _go(turn: Turn, heard: Heard) -> None:
    """Turn to another request of the same chat: its open question is asked by a turn of its own."""
    _have_decided(turn, heard.form, "resume", turn.moment.new_id())


def _status(turn: Turn, heard: Heard) -> None:
    """Show another request, or this one as it is now, in the message that was pressed."""
    brief = next((b for b in turn.state.briefs if b.id == heard.form), None)
    if brief is None:
        stale(turn)
    else:
        turn.set_due("status", heard.form, heard.message_id, turn.moment.now)


def _ring(turn: Turn, heard: Heard) -> None:
    """Have asked anew where calls shall ring; it can be changed until the number has moved."""
    _have_decided(turn, heard.form, "ring", turn.moment.new_id())


def _seen(turn: Turn, heard: Heard) -> None:
    """Have it noted that a day was read."""
    _have_decided(turn, heard.form, SEEN, day_in(heard.code))


def _title(turn: Turn, heard: Heard) -> None:
    """Have asked for a friendly name."""
    _have_decided(turn, heard.form, "title", turn.moment.new_id())


def _others(turn: Turn, heard: Heard) -> None:
    """Begin a request for the numbers that stand on another bill."""
    case = turn.case
    aside = others_to_begin(turn, case) if case is not None and case.request.id == heard.form else ()
    if not aside:
        stale(turn)
        return
    turn.case = None
    turn.chat = replace(turn.chat, focus=None, asked=None)
    got = take_together(aside, nothing_yet(turn))
    take(turn, BY_ID["numbers"], got)
    ask(turn, f"others.begun+{got.lead}" if got.lead else "others.begun", got.params)


def _have_decided(turn: Turn, request_id: int, rule: str, version: int) -> None:
    brief = next((b for b in turn.state.briefs if b.id == request_id), None)
    may_be_open = rule == "resume" and brief is not None and brief.status in _MOVED  # what is tried after a move
    if brief is not None and (not is_over(brief) or may_be_open):
        turn.set_due(rule, request_id, version, turn.moment.now)
    else:
        stale(turn)


def _explain(turn: Turn, heard: Heard) -> None:
    """Explain a word of the trade; the open question, if there is one, stays as it is."""
    phase = heard.code.partition(".")[2]
    if phase in PHASES:
        turn.say(f"explain.{phase}")
    else:
        stale(turn)


def _person(turn: Turn, heard: Heard) -> None:
    """Let the desk know that somebody wants a person."""
    if turn.case is None or turn.case.request.id != heard.form or is_ended(turn.case.phase):
        stale(turn)
        return
    want_person(turn)
    ask_open_or_say(turn, "person.told")


def _to_desk(turn: Turn, heard: Heard) -> None:
    """Pass a number that we do not move on to the desk, with all that is known; another one can still be given."""
    digits = heard.code.partition(".")[2]
    if not digits.isdecimal():
        stale(turn)
        return
    this, kept = abroad_of(digits), kept_abroad(turn.case) if turn.case is not None else ()
    if turn.case is not None and signing.is_with_desk(turn.case):
        turn.case = None
        turn.chat = replace(turn.chat, focus=None)
    is_claimed = this.e164 in turn.state.claims
    known = turn.open_case().answers.get(ELSEWHERE)
    for question, value in noted((*kept, *(() if is_claimed else (this,))), turn.the_case()):
        keep(turn, question, value)
    abroad = tuple(dict.fromkeys((*(known.value if known else ()), *(each.e164 for each in kept), this.e164)))
    keep(turn, ELSEWHERE, Given(abroad))
    turn.flag("claimed" if is_claimed else "not_served")
    want_person(turn)
    if not turn.the_case().numbers:
        turn.end_due("draft", turn.the_case().request.id)
    ask(turn, "elsewhere.with_desk", {"abroad": shown_abroad(abroad)})


def _insist(turn: Turn, heard: Heard) -> None:
    """Take a number that another request has, as the customer says that it is theirs; staff see that it is in doubt.

    Where all numbers are to be given anew, it is only remembered.
    """
    e164 = f"+{heard.code.partition('.')[2]}"
    if turn.case is not None and turn.case.phase != "intake" and not _is_asked_anew(turn.case):
        turn.case = None
        turn.chat = replace(turn.chat, focus=None)
    if e164 in turn.state.claims and e164 not in turn.state.ours:
        known = turn.open_case().answers.get(INSISTED)
        keep(turn, INSISTED, Given(tuple(dict.fromkeys((*(known.value if known else ()), e164)))))
        turn.flag("claimed")
    if turn.case is not None and _is_asked_anew(turn.case):
        ask(turn, "claimed.insisted")
    else:
        answer(turn, BY_ID["numbers"], f"{ADD}{e164}")


def _is_asked_anew(case: Case) -> bool:
    given = case.answers.get("numbers")
    return given is not None and given.reopened


def _look(turn: Turn, heard: Heard) -> None:
    """Show another request of the chat in a message of its own; what is asked stays where it is."""
    brief = next((b for b in turn.state.briefs if b.id == heard.form), None)
    if brief is None:
        stale(turn)
    else:
        turn.set_due("status", heard.form, 0, turn.moment.now)


def _not_so(turn: Turn, heard: Heard) -> None:
    """Ask again what was understood otherwise than it was meant, while the request is still being filled in."""
    case, question = turn.case, heard.code.partition(".")[2]
    if case is None or case.request.id != heard.form or case.phase != "intake" or question not in case.answers:
        stale(turn)
    else:
        _change(turn, question)


def _stop(turn: Turn, heard: Heard) -> None:
    """Take a yes or no to what stopping would cost, also of another request of the chat, by a turn of its own."""
    if press_quote(turn, heard):
        return
    answer_to, _, version = heard.code.removeprefix("stop.").partition(".")
    is_known = answer_to in ("yes", "no") and version.isdecimal()
    if is_known:
        _have_decided(turn, heard.form, f"stop_{answer_to}", int(version))
    else:
        stale(turn)


def _back(turn: Turn, heard: Heard) -> None:
    """Let the desk know that somebody wants a moved number to move on, or back."""
    brief = next((b for b in turn.state.briefs if b.id == heard.form), None)
    if turn.case is not None and turn.case.request.id == heard.form:
        take_wish(turn, PORT_BACK)
    elif brief is not None:
        turn.set_due(PORT_BACK, brief.id, turn.moment.new_id(), turn.moment.now)
    else:
        stale(turn)


def _or_stale(press: Callable[[Turn, Heard], bool]) -> Callable[[Turn, Heard], None]:
    """Return what does what a button says, or says that it is old."""

    def do(turn: Turn, heard: Heard) -> None:
        if not press(turn, heard):
            stale(turn)

    return do


_ANY_TIME = {
    pin_times.CODE: _or_stale(appointing.press),
    "notso": _not_so,
    "go": _go,
    "status": _status,
    "ring": _ring,
    "title": _title,
    SEEN: _seen,
    "others": _others,
    "explain": _explain,
    "person": _person,
    "co": companies.press,
    "sg": _or_stale(signing_chat.press),
    "ls": press_list,
    "faq": press_question,
    "topic": press_topic,
    "talk": press_talk,
    "desk": _to_desk,
    "mine": _insist,
    "look": _look,
    "stop": _stop,
    PORT_BACK: _back,
    "consented": _or_stale(consent.press),
}


def _choose(turn: Turn, case: Case, heard: Heard) -> None:
    code = heard.code
    question = open_question(turn)
    if code.startswith("change.") and question is not None and question.id == "review":
        _change(turn, code.removeprefix("change."))
    elif question is not None and is_rejected(case) and code in WAYS and question.id != REPAIR:
        _way_out(turn, case, question, code)
    elif code.startswith((ADD, SWAP)) and case.phase == "intake":
        answer(turn, BY_ID["numbers"], code)
    elif question is None or not _offers(question, case, code):
        stale(turn)
    elif code in _TAKEN_UP:
        _TAKEN_UP[code](turn)
    else:
        answer(turn, question, code)


def _take_as_fax(turn: Turn) -> None:
    keep(turn, "line", Given(("fax",)))
    ask(turn, "line.fax_noted")


def _give_anew(turn: Turn) -> None:
    """Have another number given in place of one that is of no kind we move; its company may be another, too."""
    for question in ("carrier", "line"):
        turn.drop(question)
    turn.want("numbers")
    ask(turn)


def _type_carrier(turn: Turn) -> None:
    ask(turn, "carrier.type_it")


_TAKEN_UP = {
    IS_FAX: _take_as_fax, "anew": _give_anew, "another": _type_carrier, "ask": ask, "page": signing_chat.begin_page,
    "paper": letter_stands.press_paper,
}  # fmt: skip


def _offers(question: Question, case: Case, code: str) -> bool:
    """Tell whether a question has such a button, or a narrower asking of it showed one."""
    if question.id == "carrier" and (code.startswith(CONFIRMED) or CarrierId(code.removeprefix(CHOSEN)) in CARRIERS):
        return True
    return code in _NARROWER or any(choice.code == code for row in question.choices(case) for choice in row)


def _change(turn: Turn, question: str) -> None:
    if question not in CHANGEABLE:
        stale(turn)
        return
    is_new = question not in turn.the_case().answers
    turn.want(question)
    ask(turn, "" if is_new else "change.now")


def _way_out(turn: Turn, case: Case, question: Question, way: str) -> None:
    """Put right without a new answer what a question is asked for; what the desk asks by itself stands as it was."""
    reason = asked_for(question.id, case)
    if reason is not None and way in ways_of(reason, case):
        take_way(turn, reason, way)
    elif reason is None and way == "fixed" and is_rejected(case):
        turn.close_again(question.id)
    else:
        stale(turn)
        return
    go_on(turn, BY_ID[REPAIR], Given((way,), lead="repair.way_written" if way == "written" else ""))
