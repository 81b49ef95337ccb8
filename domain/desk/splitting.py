"""Numbers that travel apart: taken out of their order into one of their own, which then goes its own way."""

from domain.desk.holding import OFF
from domain.desk.only import named, orders_of, place_of
from domain.desk.secrecy import conceal
from domain.desk.stepping import impossible
from domain.desk.telling import done
from domain.desk.turn import Turn
from domain.errors import Refused
from domain.orders.agreed import agreed_of
from domain.orders.model import Case, Order
from domain.orders.phases import PHASES, is_ended
from domain.policy import Policy
from domain.text import clean
from domain.values import replace
from domain.wordkeys import nested

WHY = "split_why"  # beside the answers: why the request was split, as the customer reads it
LONGEST_WHY = 300
MOST_ORDERS = 20


def may_be_split(case: Case) -> bool:
    """Tell whether a request has numbers that could travel apart; those of a long list travel as one."""
    here = [number for number in case.whole.numbers if not PHASES[number.phase].terminal]
    return len(here) > 1 and agreed_of(case) is None and case.phase != "intake"


def split(turn: Turn, case: Case, argument: str, _policy: Policy) -> None:
    """Give the chosen numbers an order of their own; behind a colon, why, as the customer reads it.

    What the carrier has already keeps its phase and day there; its order number is that of the other part, and the
    new one's is asked for. `off` puts all into one order again. Raises Refused.
    """
    if argument.strip().lower() == OFF:
        _join(turn, case)
        return
    _check(case)
    order = _new_order(turn, case)
    for number in case.numbers:
        turn.set_number(replace(number, order_id=order.id, version=number.version + 1))
    turn.drop_empty_orders()
    reason = conceal(clean(argument).removeprefix(":").strip(), case)[:LONGEST_WHY]
    if reason:
        turn.hold(WHY, (reason,))
    elif WHY in turn.the_case().answers:
        turn.drop(WHY)
    turn.note("split", detail=str(len(case.numbers)), words=reason or None)
    after = turn.the_case()
    place = str(place_of(after, after.numbers[0]))
    done(turn, "split.done", place=place, orders=orders_of(after), why=reason)


def _check(case: Case) -> None:
    whole = case.whole
    if not may_be_split(case) or any(PHASES[number.phase].terminal for number in case.numbers):
        raise Refused("split.alone", ref=case.request.ref) if not is_ended(whole.phase) else impossible(whole, "split")
    if not case.others:
        raise Refused("split.which", ref=case.request.ref, numbers=named(whole.numbers))
    if len(case.orders) >= MOST_ORDERS:
        raise Refused("split.too_many", ref=case.request.ref, most=str(MOST_ORDERS))
    if _is_one_order(case):
        place = str(place_of(whole, case.numbers[0]))
        raise Refused("split.apart", ref=case.request.ref, numbers=named(case.numbers), place=place)


def _is_one_order(case: Case) -> bool:
    """Tell whether the chosen numbers are just those of an order."""
    own = {number.order_id for number in case.numbers}
    return len(own) == 1 and all(number.order_id not in own for number in case.others)


def _new_order(turn: Turn, case: Case) -> Order:
    first = case.own_orders[0]
    order = replace(first, id=turn.moment.new_id(), carrier_order=None)
    turn.set_order(order)
    return order


def _join(turn: Turn, case: Case) -> None:
    """Put numbers that travel apart into the first order again, as long as nothing of it went out by itself."""
    first = case.orders[0]
    apart = tuple(number for number in case.whole.numbers if number.order_id != first.id)
    if not apart:
        raise Refused("split.none", ref=case.request.ref)
    if any(order.carrier_order for order in case.orders[1:]) or len({n.phase for n in case.whole.numbers}) > 1:
        raise Refused("split.gone", ref=case.request.ref, orders=orders_of(case.whole))
    turn.widen()
    for number in apart:
        turn.set_number(replace(number, order_id=first.id, version=number.version + 1))
    turn.drop_empty_orders()
    turn.note("joined", detail=str(len(apart)))
    done(turn, "split.joined", numbers=named(apart))


def is_split(case: Case) -> bool:
    """Tell whether the numbers of a request travel in several orders."""
    return len(case.orders) > 1


def why_of(case: Case) -> str:
    """Return why a request was split, as a parameter of a notice; nobody having said, the usual reason."""
    given = case.answers.get(WHY)
    return given.value[0] if given is not None else nested("split.usual_why")
