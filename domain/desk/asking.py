"""Putting questions to a chat."""

from domain.desk import pin_times
from domain.desk.printable import warn_desk
from domain.desk.ranges import range_for
from domain.desk.state import Brief
from domain.desk.turn import Rows, Turn
from domain.intake import repairs
from domain.intake.about import called, class_of
from domain.intake.choices import Choice
from domain.intake.questions import BY_ID, Question
from domain.intake.repairs import MENDED, asked_for, is_rejected, opens, ways_beside
from domain.orders.model import Answer, Case, Request
from domain.orders.phases import is_ended
from domain.orders.rejections import Rejection
from domain.papers.authorization import facts_digest
from domain.papers.letter import LETTER
from domain.policy import Policy
from domain.promises.notices import NOTICES
from domain.values import replace
from domain.wordkeys import nested

TRIED = "tried"  # beside the answers: a question, and what was said to it in vain, masked
LETTER_SHOWN = "letter_shown"  # beside the answers: the digest of the facts in the letter that its customer read last
_ASKS_STILL = ("ported", "partial")  # ended, and tried by their customers
_LONGEST_BUTTON = 30  # characters of a friendly name in a button


def open_question(turn: Turn) -> Question | None:
    """Return the question that the customer knows is open.

    One that staff opened again counts only when it was put to the chat: until then staff can still take it back. So
    does what is asked after the move: it has its own times.
    """
    case = turn.case
    question = turn.following()
    if question is None or case is None:
        return None
    given = case.answers.get(question.id)
    has_to_be_put = question.after or (given is not None and given.reopened)
    return None if has_to_be_put and question.id != turn.chat.asked else question


def put(turn: Turn, lead: str, params: dict[str, str], beside: Rows = ()) -> None:
    """Put the open question to a chat that did not ask for it: to one that is busy elsewhere as a button.

    With nothing open, the lead is said alone. `beside`: buttons, good at any time, under the others.
    """
    request = turn.the_case().request
    if turn.following() is None:
        turn.say(lead, params, beside, paced=True)
    elif is_busy_elsewhere(turn):
        go = Choice("go", "button.go", {"ref": name_of(request), "form": f"{request.id}.0"})
        turn.say(lead, params, ((go,), *beside), paced=True)
    else:
        ask(turn, lead, params, beside=beside)


def is_busy_elsewhere(turn: Turn) -> bool:
    """Tell whether the chat is in the middle of another request, whose open question must not be taken away.

    What was asked last of a request that is over is open no more.
    """
    chat, case = turn.chat, turn.the_case()
    if chat.asked is None or chat.focus == case.request.id:
        return False
    other = next((brief for brief in turn.state.briefs if brief.id == chat.focus), None)
    return other is None or other.status in _ASKS_STILL or not is_ended(other.status)


def ask(
    turn: Turn, lead: str = "", params: dict[str, str] | None = None, buttons: Rows | None = None, beside: Rows = ()
) -> None:
    """Put the open question to the chat, after a lead sentence; buttons given replace the question's own.

    A lead that comes with its own buttons stands alone: it is the question, asked more narrowly. `beside`: buttons,
    good at any time, under the others.
    """
    if turn.case is None:
        _ask_numbers_again(turn, lead, params, (*(buttons or ()), *beside))
        return
    case = turn.case
    question = turn.following()
    if turn.chat.taken_by is not None:
        _keep_silent(turn, lead, params, beside)
        return
    if question is None:
        turn.say(lead, params, beside)
        return
    before = turn.chat.asked
    asking = turn.chat.asking + (0 if buttons is None and _is_repeated(turn, question) else 1)
    turn.chat = replace(turn.chat, asked=question.id, asking=asking, focus=case.request.id)
    if question.id == "signature" and (before != question.id or not is_letter_shown(case)):
        lead = _show_letter(turn, question, lead, params)
    wrong = _what_is_wrong(turn, question, before, lead) if is_rejected(case) else ()
    own = () if buttons is not None else (*wrong, _stage(case, question, before), question.key(case))
    offer, times, shown = ("", {}, ()) if buttons is not None else _times_for(turn, question)
    rows = (*shown, *(rows_of(case, question) if buttons is None else buttons), *beside)
    known = {"ref": name_of(case.request), **question.params(case), **figures(turn.policy, case), **_step(question)}
    known |= times
    known |= {**repairs.params(case), **repairs.numbers_meant(question.id, case)} if is_rejected(case) else {}
    key = "+".join(part for part in (lead, *own, offer) if part)
    turn.say(key, {**known, **(params or {})}, rows, form=form_of(turn) if rows else "")


def _times_for(turn: Turn, question: Question) -> tuple[str, dict[str, str], Rows]:
    """Return how times are offered at which the PIN is fetched, where it is asked for: words, values, buttons."""
    case, now, policy = turn.the_case(), turn.moment.now, turn.policy
    if question.id != "pin" or not pin_times.may_be_named(case, now):
        return "", {}, ()
    named = pin_times.set_time(case)
    rows, hours = pin_times.rows(case, now, policy), pin_times.hours_of_desk(case, policy, now)
    if named is None or named.is_due:
        return "pin_at.offer", hours, rows
    drop = tuple(row[1:] for row in pin_times.change_rows(case))
    return "pin_at.offer_another", {**hours, **pin_times.to_customer(named.at, case, policy)}, (*rows, *drop)


def _what_is_wrong(turn: Turn, question: Question, before: str | None, lead: str) -> tuple[str, ...]:
    """Return what a carrier found wrong, and what helps, where a question is the first that is asked for it."""
    case = turn.the_case()
    reason, was = asked_for(question.id, case), turn.state.case
    if reason is None:
        return ()
    is_same_reason = was is not None and was.answers.get(MENDED) == case.answers.get(MENDED)
    is_known = before is not None and is_same_reason and before in (question.id, *opens(reason, case))
    is_named = not {NOTICES["rejected"], "notice.parts"}.isdisjoint(lead.split("+"))
    if is_known:  # told before; but behind news of another reason nobody knows which of them is asked about
        return ("repair.still", f"rejection.{reason.code}") if is_named and _is_beside_another(reason, case) else ()
    helps = f"rejection.do.{reason.code}"
    return (helps,) if is_named else (f"rejection.{reason.code}", helps)


def _is_beside_another(reason: Rejection, case: Case) -> bool:
    return any(other.code != reason.code for other in repairs.reasons_of(case))


def _keep_silent(turn: Turn, lead: str, params: dict[str, str] | None, beside: Rows) -> None:
    """Say the lead alone, for a person answers this chat; the question is put when the chat is given back."""
    case, question = turn.the_case(), turn.following()
    if question is not None and turn.chat.about == case.request.id:
        turn.chat = replace(turn.chat, asked=question.id, asking=turn.chat.asking + 1)
    if lead:
        turn.say(lead, {"ref": name_of(case.request), **figures(turn.policy, case), **(params or {})}, beside)


def _is_repeated(turn: Turn, question: Question) -> bool:
    """Say whether a question is put again with nothing changed: then the buttons of its earlier copy still count."""
    before = turn.state.case
    case = turn.the_case()
    is_same = before is not None and (before.request.id, _given(before)) == (case.request.id, _given(case))
    return is_same and turn.state.chat.asked == turn.chat.asked == question.id


def _given(case: Case) -> dict[str, Answer]:
    """Return the answers without what was tried in vain."""
    return {name: answer for name, answer in case.answers.items() if name != TRIED}


def is_letter_shown(case: Case) -> bool:
    """Tell whether the customer read the letter as it would be signed now, whoever changed a fact since.

    What was read before an earlier signature is read again before a new one.
    """
    shown, signed = case.answers.get(LETTER_SHOWN), case.answers.get("signature")
    is_read_since = shown is not None and (signed is None or signed.seq < shown.seq)
    return is_read_since and shown is not None and shown.value == (facts_digest(case),)


def _show_letter(turn: Turn, question: Question, lead: str, params: dict[str, str] | None) -> str:
    """Show the letter in a message of its own, by 47 CFR 64.1130(b) (read 2026-11-21), then as it is printed.

    Returns the lead, now said.
    """
    case = turn.the_case()
    is_void = "signature" not in case.answers and any(p.kind == LETTER and p.status == "kept" for p in turn.papers)
    intro = "+".join(part for part in (lead, "letter.voided" if is_void else "", "letter.intro") if part)
    turn.say(intro, {"ref": name_of(case.request), **(params or {})})
    turn.say("letter.text", {**question.params(case), **figures(turn.policy, case), **_step(question)})
    facts = facts_digest(case)
    turn.show_pages(facts)
    if not is_letter_shown(case):
        warn_desk(turn)
        turn.hold(LETTER_SHOWN, (facts,))
    return ""


def figures(policy: Policy, case: Case) -> dict[str, str]:
    """Return the company's figures for a case: fees, and how many business days its class usually takes."""
    fastest, slowest = range_for(case, policy)
    return {
        "fee": f"{policy.currency}{policy.port_fee}",
        "monthly": f"{policy.currency}{policy.monthly_fee}",
        "fastest": str(fastest),
        "slowest": str(slowest),
        "keep_days": str(policy.keep_days(class_of(case))),
    }


def _stage(case: Case, question: Question, before: str | None) -> str:
    """Return the line that tells the stage, where a new one begins."""
    known = BY_ID.get(before or "")
    is_old = case.phase != "intake" or question.id in case.answers
    if is_old or (known is not None and known.stage == question.stage):
        return ""
    return "stage.line"


def _step(question: Question) -> dict[str, str]:
    return {"step": str(question.stage), "stage": nested(f"stage.{question.stage}")}


def rows_of(case: Case, question: Question) -> Rows:
    """Return a question's buttons; after a rejection also the other ways out."""
    return (*question.choices(case), *(ways_beside(question.id, case) if is_rejected(case) else ()))


def _ask_numbers_again(turn: Turn, lead: str, params: dict[str, str] | None, buttons: Rows | None = None) -> None:
    turn.chat = replace(turn.chat, asked="numbers", asking=turn.chat.asking + 1)
    key = "+".join(part for part in (lead, "stage.line" if lead.startswith("start.") else "", "ask.numbers") if part)
    turn.say(key, {**_step(BY_ID["numbers"]), **(params or {})}, buttons or ())


def ask_first(turn: Turn, lead: str) -> None:
    """Begin with the first question, before there is a request."""
    _ask_numbers_again(turn, lead, None)


def greet_or_say(turn: Turn, lead: str) -> None:
    """Answer what holds no answer; who never wrote before is greeted first, and asked the first question."""
    if turn.case is None and turn.chat.asked is None and not turn.state.briefs:
        ask_first(turn, f"start.welcome+{lead}")
    else:
        ask_open_or_say(turn, lead)


def ask_open_or_say(turn: Turn, lead: str, params: dict[str, str] | None = None) -> None:
    """Put the open question again behind a lead sentence; with none open, say the sentence alone.

    So it is said where only something is to be tried after a move: its buttons stay good, and nobody is pressed.
    """
    if is_pressing(turn):
        ask(turn, lead, params)
    else:
        ref = {"ref": name_of(turn.case.request)} if turn.case else {}
        turn.say(lead, {**ref, **(params or {})})


def ask_pressing_or_say(turn: Turn, lead: str, params: dict[str, str]) -> None:
    """Put what the case needs next behind a sentence that let the open question be forgotten; else say that alone."""
    question = turn.following()
    if question is not None and not question.after:
        ask(turn, lead, params)
    else:
        turn.say(lead, params)


def is_pressing(turn: Turn) -> bool:
    """Tell whether a question is open that is put again behind everything else that is said."""
    question = open_question(turn)
    return (question is not None and not question.after) or (turn.case is None and turn.chat.asked is not None)


def name_of(request: Request) -> str:
    """Return how a request is named to its customer."""
    return called(request.ref, request.title)


def unfinished(turn: Turn) -> Rows:
    """Return a button for each other request of the chat that is still being filled in."""
    here = turn.case.request.id if turn.case else 0
    return tuple((go_on_with(b),) for b in turn.state.briefs if b.id != here and b.status == "intake" and b.e164)


def go_on_with(brief: Brief) -> Choice:
    """Return the button that turns the chat to another of its requests."""
    title = (brief.title or "")[:_LONGEST_BUTTON]
    return Choice("go", "button.go", {"ref": called(brief.ref, title or None), "form": f"{brief.id}.0"})


def form_of(turn: Turn) -> str:
    """Return what the buttons of this asking begin with."""
    return f"{turn.the_case().request.id}.{turn.chat.asking}"


def forget_question(turn: Turn) -> None:
    """Let no question be open to the chat; its buttons grow old."""
    turn.chat = replace(turn.chat, asked=None, asking=turn.chat.asking + 1)
