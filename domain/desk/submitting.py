"""What goes out to the losing carrier: all that has to be there first, and under which number of theirs it runs."""

from domain.desk import ages, eligibility, expecting, letters, mending, pins
from domain.desk.clashes import check_none_is_ours
from domain.desk.eyes import WAS_DATED
from domain.desk.letter_seals import is_failing
from domain.desk.only import named, orders_of
from domain.desk.refused import remember_refusal
from domain.desk.stepping import fits, impossible, move_all
from domain.desk.telling import done
from domain.desk.turn import Turn
from domain.desk.undoing import ORDER_NUMBER
from domain.errors import Refused
from domain.intake.about import signer_called
from domain.intake.questions import missing
from domain.intake.repairs import MENDED, is_rejected
from domain.orders.model import Case, Number
from domain.orders.phases import AT_CARRIER, next_of
from domain.policy import Policy
from domain.readers.secrets import gives_secret, mask
from domain.text import clean
from domain.values import replace
from domain.wordkeys import nested

LONGEST_ORDER = 60  # characters of the carrier's, or a vendor's, order number


def submit(turn: Turn, case: Case, argument: str, policy: Policy) -> None:
    """Send the request to the carrier under its order number; once it is there, another number replaces that.

    `no pin` before it: the carrier has none, and none is asked for; `pin now`: it is asked for before the time that the
    customer named. Raises Refused.
    """
    of_pin, argument = pins.said_of_pin(argument)
    argument = _last_again(argument, case)
    if gives_secret(argument):
        raise Refused("submit.secret", ref=case.request.ref)
    if argument and case.phase in AT_CARRIER:
        _check_one_order(case)
        _note_another(turn, case, argument)
        return
    _check_may_go_out(case)
    letters.check_age(turn)
    ages.check_bill(turn)
    if eligibility.awaits_ticks(turn, policy) or pins.awaits_the_pin(turn, case, of_pin):
        return
    _check_complete(turn.the_case())
    if not argument:
        raise Refused("submit.order_needed", ref=case.request.ref, no_pin="no pin " if of_pin == pins.NONE else "")
    _check_one_order(case, argument)
    remember_refusal(turn)
    move_all(turn, "submit", _goal, lambda n: replace(n, rejection=None, attempts=n.attempts + 1))
    if not is_rejected(turn.the_case().whole):  # else the others still go out as they were repaired
        turn.set_request(replace(turn.the_case().request, repaired=None))
        turn.drop(MENDED)
    if WAS_DATED in turn.the_case().answers:
        turn.drop(WAS_DATED)  # the next try begins without a date
    _note_order(turn, argument)
    expecting.begin(turn, policy)
    is_unsealed = is_failing(turn.the_case(), turn.papers)
    done(turn, "submit.done+submit.unsealed" if is_unsealed else "submit.done", order=clean(argument)[:LONGEST_ORDER])


def _last_again(argument: str, case: Case) -> str:
    """Return the order number that is meant: that of the last try, where it is to be the same again."""
    is_again = argument.strip().lower() == mending.AGAIN
    return (mending.last_order(case) or "") if is_again else argument


def _goal(number: Number) -> str | None:
    return next_of("submit", number.phase, "staff", number.number_class)


def _note_another(turn: Turn, case: Case, argument: str) -> None:
    before = case.own_orders[0].carrier_order
    if before == clean(argument)[:LONGEST_ORDER]:
        raise Refused("submit.same", ref=case.request.ref, order=shown(before))
    _note_order(turn, argument)
    turn.note(ORDER_NUMBER)
    key = "submit.order_changed" if before else "submit.order_noted"
    done(turn, key, order=clean(argument)[:LONGEST_ORDER], before=shown(before or ""))


def _check_one_order(case: Case, argument: str = "") -> None:
    """Refuse one order number for several orders, or another for a part of one: what travels apart has its own.

    What the carrier refused of an order goes out again under its number.
    """
    orders = {number.order_id for number in case.numbers}
    if len(orders) > 1:
        raise Refused("submit.several_orders", ref=case.request.ref, orders=orders_of(case))
    is_same = clean(argument) == mending.last_order(case)
    if not is_same and any(number.order_id in orders for number in case.others):
        raise Refused("submit.part", ref=case.request.ref, numbers=named(case.numbers))


def _check_may_go_out(case: Case) -> None:
    if not fits(case, "submit"):
        raise impossible(case, "submit")
    if case.rivals:
        raise Refused("submit.rival", ref=case.request.ref, rivals=", ".join(case.rivals))
    check_none_is_ours(case)
    if awaits_repair(case):
        raise Refused("submit.not_repaired", ref=case.request.ref)
    if letters.is_missing(case):
        raise Refused("submit.no_letter", ref=case.request.ref, signer=signer_called(case))


def hindrance(case: Case, policy: Policy) -> Refused | None:
    """Return why a request can't go out whatever its order number is; None: it can, or its PIN is still asked for."""
    if case.phase in AT_CARRIER:
        return None
    try:
        _check_may_go_out(case)
        _check_ticked(case, policy)
        if not _lacks_only_the_pin(case):
            _check_complete(case)
    except Refused as why:
        return why
    return None


def _check_ticked(case: Case, policy: Policy) -> None:
    unticked = eligibility.lacking(case, policy)
    if unticked:
        raise Refused("submit.not_eligible", ref=case.request.ref, lacking=eligibility.named(unticked))


def _lacks_only_the_pin(case: Case) -> bool:
    open_question = missing(case)
    return open_question is not None and open_question.id == "pin"


def awaits_repair(case: Case) -> bool:
    """Tell whether a number was rejected, and what was wrong is not mended yet."""
    return any(number.phase == "rejected" for number in case.numbers) and case.request.repaired is None


def shown(order: str) -> str:
    """Return an order number as the thread may have it: one of an older release can be a secret."""
    return mask(order) if gives_secret(order) else order


def _note_order(turn: Turn, argument: str) -> None:
    for order in turn.the_case().own_orders:
        turn.set_order(replace(order, carrier_order=clean(argument)[:LONGEST_ORDER]))


def _check_complete(case: Case) -> None:
    open_question = missing(case)
    if open_question is not None:
        raise Refused("submit.incomplete", ref=case.request.ref, missing=nested(f"staff.answer.{open_question.id}"))
