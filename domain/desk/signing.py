"""From the last answer to the desk: check, signature, hand-over to staff, the PIN, and what is said then."""

from domain.desk import ages, approving, mending, proofs, signer_links, taking_in
from domain.desk.proofs import hand_over_papers as hand_over_papers
from domain.desk.proofs import has_bill as has_bill
from domain.desk.proofs import has_proof as has_proof
from domain.desk.proofs import is_signed as is_signed
from domain.desk.told import fingerprint as fingerprint
from domain.desk.told import fingerprint_since
from domain.desk.turn import Turn
from domain.desk.urgent import CARDED
from domain.desk.urgent import has_card as has_card
from domain.intake.about import (
    class_of,
    is_class_known,
    is_someone_elses,
    kind_of,
    moving,
    wants,
)
from domain.intake.classes import FIELDS
from domain.intake.questions import TAKES_ANSWERS
from domain.intake.readings.address import BEGUN
from domain.intake.readings.spans import SPAN
from domain.intake.readings.staying import tied
from domain.intake.repairs import is_rejected
from domain.intake.showing import UNNAMED
from domain.orders.agreed import agreed_of
from domain.orders.model import Case, Number, Order, in_phase
from domain.orders.phases import PAPERS
from domain.papers.authorization import AGREEMENTS_VERSION
from domain.values import replace

_OF_THE_LINE = ("line_cancelled", "line_off", "line_ordered", "line_locked", "already_cancelled", "suspended")


def numbers_taken(turn: Turn) -> None:
    """Make the request's numbers those that were given: what stays keeps its row, what is new gets one."""
    wanted = mending.with_those_at_carrier(turn)
    case = turn.the_case()
    turn.drop(SPAN)
    order = case.order or _new_order(turn, case)
    here = {n.e164: n for n in case.numbers}
    for e164, number in here.items():
        if e164 not in wanted:
            turn.drop_number(number)
    asked = (number.phase for number in case.numbers if number.phase in TAKES_ANSWERS)
    phase = "rejected" if is_rejected(case) else next(asked, "intake")
    for e164 in wanted:
        if e164 not in here:
            turn.set_number(replace(_new_number(turn, order, e164, phase), rejection=mending.why_refused(case)))
    turn.drop_empty_orders()
    _follow_class(turn)
    if is_with_desk(case):
        mark_moved(turn)


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


def authority_taken(turn: Turn) -> None:
    """Let the customer's own name fall where the account is somebody else's: given before that, and with no address."""
    before, case = turn.state.case, turn.the_case()
    name = before.answers.get("name") if before is not None and "authority" not in before.answers else None
    address = case.answers.get("address")
    is_own = name is not None and name.value[0] == "person" and (address is None or address.at != name.at)
    if is_own and is_someone_elses(case) and case.answers.get("name") is name:
        turn.drop("name")


def class_taken(turn: Turn) -> None:
    """Let order and numbers follow the carrier and the kind of line."""
    turn.drop("offered")
    _follow_class(turn)


def _follow_class(turn: Turn) -> None:
    """Let all that hangs on the class of the numbers follow it: order, numbers, what is taken for granted or fell."""
    case = turn.the_case()
    number_class, carrier = class_of(case), case.answers.get("carrier")
    for order in case.orders:
        of = carrier.value[0] if carrier is not None else order.carrier
        turn.set_order(replace(order, carrier=of, number_class=number_class))
    for number in case.numbers if case.orders else ():
        if number.number_class != number_class:
            turn.set_number(replace(number, number_class=number_class, version=number.version + 1))
    if is_class_known(case):
        _drop_unneeded(turn)
        _infer_texting(turn)
        _infer_main(turn)


def _drop_unneeded(turn: Turn) -> None:
    """Forget what the class has no need of: it was asked of another one."""
    case = turn.the_case()
    for question in (*FIELDS, "new_btn"):
        given = case.answers.get(question)
        is_needed = question in kind_of(case).needs or (question == "new_btn" and "btn" in kind_of(case).needs)
        if given is not None and not is_needed and given.source != "inferred" and not given.reopened:
            turn.drop(question)


def _infer_texting(turn: Turn) -> None:
    """Take for granted what a class is always, or never, used for; where it differs, it is asked."""
    case = turn.the_case()
    taken, texting = kind_of(case).texts, case.answers.get("texting")
    if taken and (texting is None or texting.source == "inferred") and (texting is None or texting.value != (taken,)):
        turn.answer("texting", (taken,), source="inferred")
    elif not taken and texting is not None and texting.source == "inferred":
        turn.drop("texting")


def _infer_main(turn: Turn) -> None:
    """Take a single number as the main one of its bill; of several, which one is asked."""
    case = turn.the_case()
    main, numbers = case.answers.get("btn"), moving(case)
    if main is not None and main.source != "inferred":
        return
    if len(numbers) == 1 and agreed_of(case) is None and "btn" in kind_of(case).needs and wants(case, "btn"):
        if main is None or main.value != numbers:
            turn.answer("btn", numbers, source="inferred")
    elif main is not None:
        turn.drop("btn")


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
        finish(turn)


def finish(turn: Turn) -> None:
    """Bring a request to the desk, unless an administrator of its company has to approve it before."""
    if approving.has_no_owner(turn):
        return
    bill = next((paper for paper in turn.papers if paper.kind == "bill" and paper.status != "refused"), None)
    if bill is not None and turn.the_case().answer("bill") == ("later",):  # it came beside the letter
        turn.answer("bill", (bill.name or UNNAMED,))
    if approving.must_wait(turn):
        approving.hold(turn)
    else:
        bring(turn)


def bring(turn: Turn) -> None:
    """Bring a request to the desk, and let staff know of it."""
    case = turn.the_case()
    hand_over(turn)
    if is_someone_elses(case):
        signer_links.tell_desk(turn)
        signer_links.make(turn)
    else:
        taking_in.post_new(turn)


def signed(turn: Turn) -> None:
    """Hand a signed request over to the desk, or note that a changed one was signed again."""
    case = turn.the_case()
    turn.set_request(replace(case.request, signed_at=turn.moment.now))
    turn.note("signed", field="signature")
    if case.phase == "intake" and not approving.is_waiting(case):
        finish(turn)
    elif case.phase in PAPERS:  # signed anew, and the bill may have come meanwhile
        hand_over_papers(turn)
        mark_moved(turn)
        turn.refresh_card()
    elif case.phase == "staff_review":
        ages.watch(turn)
        turn.post("thread.signed_again")
        turn.refresh_card()


def hand_over(turn: Turn) -> None:
    """Give a request whose questions are answered to the desk."""
    case = turn.the_case()
    for number in in_phase(case, "intake"):
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


def mark_told(turn: Turn) -> None:
    """Note that the customer knows how all the numbers stand now, so that the same is not told again."""
    case = turn.the_case()
    turn.set_request(replace(case.request, told=fingerprint(case)))


def mark_moved(turn: Turn) -> None:
    """Note that who can be reached knows what this turn did; of what staff did of other numbers they are still told."""
    if turn.chat.blocked:
        return
    case, before = turn.the_case(), turn.state.case
    told = fingerprint(case) if before is None else fingerprint_since(before, case)
    turn.set_request(replace(case.request, told=told))


def end_request(turn: Turn) -> None:
    """Let go of what an ended request no longer needs: its secrets, its reminders, the chat's attention.

    What staff did of it that the customer does not know yet is still told.
    """
    case = turn.the_case()
    turn.shred("pin", "account")
    is_known = not is_with_desk(turn.state.case or case) or case.request.told == fingerprint(case)
    for rule in ("draft", "expire", *(("tell",) if is_known else ())):
        turn.end_due(rule, case.request.id)
    if turn.chat.focus == case.request.id:
        turn.chat = replace(turn.chat, focus=None, asked=None)


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
        if CARDED in turn.the_case().answers:
            turn.refresh_card()


def stays_taken(turn: Turn) -> None:
    """Mark for staff what often dies with the number that it hangs on, each kind by itself."""
    for kind in tied(turn.the_case().answers["stays"].value[0]):
        turn.flag(f"tied_{kind}")


def titled(turn: Turn) -> None:
    """Let the request carry its friendly name."""
    case = turn.the_case()
    turn.set_request(replace(case.request, title=case.answers["title"].value[0] or None))
    if is_with_desk(case):
        turn.refresh_card()


def everything_answered(turn: Turn) -> None:
    """Note what a complete set of answers means for the phase: a repair is ready, an asked-for answer is back."""
    mending.finish(turn)
    if answers_back(turn):
        hand_over_papers(turn)
        mark_moved(turn)
        turn.post("thread.answers_back")
        turn.refresh_card()


def signed_elsewhere(turn: Turn) -> None:
    """Let go on what waited for nothing but a signature that was given outside the chat's questions."""
    mending.finish(turn)
    if not proofs.is_anything_asked_again(turn.the_case()):
        everything_answered(turn)


def answers_back(turn: Turn) -> bool:
    """Let the numbers go on that waited for answers, wherever the others are; tell whether there were any."""
    waiting = in_phase(turn.the_case(), "changes_requested")
    for number in waiting:
        turn.move(number, "answer", "awaiting_documents", "customer")
    return bool(waiting)
