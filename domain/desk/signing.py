"""From the last answer to the desk: check, signature, hand-over to staff, the PIN, and what is said then."""

from dataclasses import replace

from domain.desk.turn import Turn
from domain.intake.about import class_of, is_someone_elses, show_moving, signer_name
from domain.intake.questions import next_question
from domain.intake.readings.account import is_tied
from domain.intake.readings.address import BEGUN
from domain.orders.model import Case, Number, Order
from domain.papers.authorization import AGREEMENTS_VERSION

_OF_THE_LINE = ("line_cancelled", "line_off", "line_ordered", "already_cancelled", "suspended")

_THANKS = {"account": "answer.noted", "pin": "answer.noted", "title": "done.titled"}


def numbers_taken(turn: Turn) -> None:
    """Make the request's numbers those that were given: what stays keeps its row, what is new gets one."""
    case = turn.the_case()
    wanted = case.answers["numbers"].value
    order = case.order or _new_order(turn, case)
    here = {n.e164: n for n in case.numbers}
    for e164, number in here.items():
        if e164 not in wanted:
            turn.drop_number(number)
    phase = case.numbers[0].phase if case.numbers else "intake"
    for e164 in wanted:
        if e164 not in here:
            turn.set_number(_new_number(turn, order, e164, phase))


def _new_order(turn: Turn, case: Case) -> Order:
    carrier = case.answers.get("carrier")
    order = Order(
        turn.moment.new_id(), case.request.id, class_of(case), carrier.value[0] if carrier else "other", "intake"
    )
    turn.set_order(order)
    return order


def _new_number(turn: Turn, order: Order, e164: str, phase: str) -> Number:
    moment = turn.moment
    return Number(moment.new_id(), order.id, order.request_id, e164, order.number_class, phase, 1, moment.now)


def let_end(turn: Turn) -> None:
    """Give a request that has no number yet a blank one, as a forgotten one has, so that it can end like any other."""
    case = turn.the_case()
    if not case.numbers:
        turn.set_number(_new_number(turn, case.order or _new_order(turn, case), "", "intake"))


def class_taken(turn: Turn) -> None:
    """Let order and numbers follow the carrier and its class; mobile numbers are used for texts, nobody is asked."""
    case = turn.the_case()
    turn.drop("offered")
    is_mobile = class_of(case) == "wireless"
    texting = case.answers.get("texting")
    if is_mobile and texting is None:
        turn.answer("texting", ("yes",), source="inferred")
    elif not is_mobile and texting is not None and texting.source == "inferred":
        turn.drop("texting")
    if case.order is None:
        return
    turn.set_order(replace(case.order, carrier=case.answers["carrier"].value[0], number_class=class_of(case)))
    for number in turn.the_case().numbers:
        if number.number_class != class_of(case):
            turn.set_number(replace(number, number_class=class_of(case), version=number.version + 1))


def address_taken(turn: Turn) -> None:
    """Forget the piece of an address that a whole one has taken the place of."""
    turn.drop(BEGUN)


def agreed(turn: Turn) -> None:
    """Keep what was agreed to: the version of the six sentences and the figures in them."""
    policy, case = turn.policy, turn.the_case()
    figures = (AGREEMENTS_VERSION, f"{policy.currency}{policy.port_fee}", f"{policy.currency}{policy.monthly_fee}")
    turn.answer("agreements", figures)
    turn.note("agreed", field="agreements")
    if is_someone_elses(case):
        hand_over(turn)
        turn.post("thread.new_unsigned", {"ref": case.request.ref, "signer": signer_name(case)})


def signed(turn: Turn) -> None:
    """Hand a signed request over to the desk, or note that a changed one was signed again."""
    case = turn.the_case()
    turn.set_request(replace(case.request, signed_at=turn.moment.now))
    turn.note("signed", field="signature")
    if case.phase == "intake":
        hand_over(turn)
        turn.post("thread.new", {"ref": case.request.ref})
    elif case.phase == "awaiting_documents":  # signed anew, and the bill may have come meanwhile
        hand_over_papers(turn)
        mark_told(turn)
        turn.refresh_card()
    elif case.phase == "staff_review":
        turn.post("thread.signed_again")
        turn.refresh_card()


def hand_over(turn: Turn) -> None:
    """Give a request whose questions are answered to the desk."""
    case = turn.the_case()
    for number in case.numbers:
        screened = turn.move(number, "check", "screening", "customer")
        turn.move(screened, "accept", "awaiting_documents", "customer")
    turn.end_due("draft", case.request.id)
    turn.end_due("expire", case.request.id)
    hand_over_papers(turn)
    mark_told(turn)
    turn.refresh_card()


def is_with_desk(case: Case) -> bool:
    """Tell whether staff have the request: everything but a draft."""
    return case.phase != "intake"


def has_card(case: Case) -> bool:
    """Tell whether staff have a card of the request: also of a draft whose customer asked for a person."""
    flags = case.answers.get("flags")
    return is_with_desk(case) or (flags is not None and "wants_person" in flags.value)


def fingerprint(case: Case) -> str:
    """Return what a customer can know of the numbers: phase, date, rejection and attempt of each."""
    return ";".join(f"{n.phase}|{n.port_date or ''}|{n.rejection or ''}|{n.attempts}" for n in case.numbers)


def mark_told(turn: Turn) -> None:
    """Note that the customer knows how things stand now, so that the same is not told again."""
    case = turn.the_case()
    turn.set_request(replace(case.request, told=fingerprint(case)))


def end_request(turn: Turn) -> None:
    """Let go of what an ended request no longer needs: its secrets, its reminders, the chat's attention."""
    case = turn.the_case()
    turn.shred("pin", "account")
    for rule in ("draft", "expire", "tell"):
        turn.end_due(rule, case.request.id)
    if turn.chat.focus == case.request.id:
        turn.chat = replace(turn.chat, focus=None, asked=None)


def has_bill(turn: Turn) -> bool:
    """Tell whether a bill is here, looked at and kept."""
    return any(p.kind == "bill" and p.status == "kept" for p in turn.papers)


def is_signed(case: Case) -> bool:
    """Tell whether the letter is signed as it stands."""
    return case.answer("signature") is not None


def hand_over_papers(turn: Turn) -> None:
    """Let numbers whose papers are complete go to the desk's review."""
    if not has_bill(turn) or not is_signed(turn.the_case()):
        return
    for number in turn.the_case().numbers:
        if number.phase == "awaiting_documents":
            turn.move(number, "papers", "staff_review", "customer")


def pin_given(turn: Turn) -> None:
    """Tell staff that the PIN came, or that it comes later; never what it is."""
    case = turn.the_case()
    if not is_with_desk(case):
        return
    later = case.answers["pin"].value == ("later",)
    turn.post("thread.pin_later" if later else "thread.pin_here")
    turn.refresh_card()


def changed_late(turn: Turn) -> None:
    """Tell staff where calls shall ring now, when that changes after they have the request."""
    if turn.the_case().answers["destination"].value == ("none",):
        turn.flag("no_destination")
    if is_with_desk(turn.the_case()):
        turn.post("thread.destination_changed")
        turn.refresh_card()


def working_taken(turn: Turn) -> None:
    """Take back the warnings of a line that is in order by now."""
    flags = turn.the_case().answers.get("flags")
    if flags is not None:
        left = tuple(flag for flag in flags.value if flag not in _OF_THE_LINE)
        turn.answer("flags", left, source="inferred")


def stays_taken(turn: Turn) -> None:
    """Mark for staff what often dies with the number that it hangs on."""
    if is_tied(turn.the_case().answers["stays"].value[0]):
        turn.flag("special_line")


def titled(turn: Turn) -> None:
    """Let the request carry its friendly name."""
    case = turn.the_case()
    turn.set_request(replace(case.request, title=case.answers["title"].value[0] or None))
    if is_with_desk(case):
        turn.refresh_card()


def everything_answered(turn: Turn) -> None:
    """Note what a complete set of answers means for the phase: a repair is ready, an asked-for answer is back."""
    case = turn.the_case()
    if case.phase == "rejected" and case.request.repaired is None:
        turn.set_request(replace(case.request, repaired="corrected"))
        turn.note("corrected")
        turn.post("thread.corrected")
        turn.refresh_card()
    if case.phase == "changes_requested":
        for number in case.numbers:
            turn.move(number, "answer", "awaiting_documents", "customer")
        hand_over_papers(turn)
        mark_told(turn)
        turn.post("thread.answers_back")
        turn.refresh_card()


def lead_after(case: Case, answered: str) -> str:
    """Return the sentence that stands before the next question."""
    if answered == "signature" and is_with_desk(case) and next_question(case) is not None:
        return "signed.with_desk"
    if answered == "review" and is_someone_elses(case) and next_question(case) is not None:
        return "signed.by_another"
    return _THANKS.get(answered, "")


def closing_words(turn: Turn, answered: str) -> str:
    """Return what a customer reads when nothing more is asked."""
    case = turn.the_case()
    if case.request.repaired == "corrected":
        return "repair.corrected"
    if answered == "title":
        return "done.titled"
    if answered == "destination" and case.phase not in ("awaiting_documents", "staff_review"):
        return "done.destination"
    if not is_signed(case):
        return "done.unsigned"
    if answered == "pin" and case.answers["pin"].value == ("later",):
        return "done.pin_later"
    if case.answer("bill") == ("later",):
        return "done.bill_later"
    return "done.with_desk" if has_bill(turn) else "done.waiting_for_bill"


def closing_params(case: Case) -> dict[str, str]:
    """Return what those words need."""
    return {"number": show_moving(case), "signer": signer_name(case)}
