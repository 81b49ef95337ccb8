"""What staff do about a wish to cancel: ask at what price, cancel, pass on a refusal, have the old service kept."""

from collections.abc import Callable

from domain.desk import cancel_said, leaving, quoting, way_back
from domain.desk.cancel_said import FEE, KEPT, Said, read_said
from domain.desk.cutoff import check_cutoff
from domain.desk.quoting import AGREED, DENIED, Quote
from domain.desk.secrecy import check, conceal
from domain.desk.stepping import fits, impossible, move_all
from domain.desk.telling import done
from domain.desk.turn import Turn
from domain.desk.urgent import STOP
from domain.errors import Refused
from domain.intake.about import carrier_name, show_numbers
from domain.orders.cancelling import MOVED, STOPPED, rule_for
from domain.orders.model import Case
from domain.orders.phases import AT_CARRIER
from domain.policy import Policy
from domain.wordkeys import nested

KEEP = "keep_service"  # beside the answers: the old carrier has still to be told not to disconnect
LONGEST_RISK = 300  # characters, of the risk and of the carrier's refusal
AT_IT = (*AT_CARRIER, "rejected", "cancel_requested")


def cancel(turn: Turn, case: Case, argument: str, policy: Policy) -> None:
    """Do what staff say of a wish to cancel, or cancel what nobody but them has to be asked about. Raises Refused."""
    said = read_said(argument)
    if said is None:
        raise Refused("cancel.unclear", ref=case.request.ref, given=conceal(argument, case)[:60])
    if case.others and case.whole.phase == "intake":
        raise Refused("cancel.draft_whole", ref=case.request.ref)
    if said.way != KEPT and not fits(case, "cancel"):
        raise _too_late(turn, case)
    _WAYS[said.way](turn, case, said, policy)


def _too_late(turn: Turn, case: Case) -> Refused:
    """Return why nothing can be cancelled any more; of what has moved, with what can be done instead."""
    rules = [rule_for(n, turn.moment.now, turn.policy.cancel_cutoff) for n in case.numbers]
    if rules and all(rule.staff == MOVED for rule in rules):
        return Refused("cancel.has_moved", ref=case.request.ref)
    return impossible(case, "cancel")


def _end(turn: Turn, case: Case, said: Said, policy: Policy) -> None:
    """Cancel; the fee that the customer agreed to is the only one that they pay."""
    if said.way != STOPPED:
        check_cutoff(turn, policy)
    was_at_carrier = tuple(n.e164 for n in case.numbers if n.phase in AT_IT)
    quote = quoting.quote_of(case)
    move_all(turn, "cancel", lambda _n: "cancelled")
    if quote is not None and quote.stands != AGREED and not quoting.concerned(turn.the_case().whole, quote):
        quoting.forget(turn, case.numbers)
    if not was_at_carrier:
        done(turn, "cancel.done")
        return
    before = case.answers.get(KEEP)
    turn.hold(KEEP, (*(before.value if before is not None else ()), *was_at_carrier))
    done(turn, "cancel.done_at_carrier", carrier=carrier_name(case), numbers=show_numbers(was_at_carrier))


def _quote(turn: Turn, case: Case, said: Said, policy: Policy) -> None:
    """Have the customer asked whether they want it stopped for what the carrier charges us, and at that risk."""
    check(said.words, case)
    numbers = tuple(n.e164 for n in case.numbers if n.phase in AT_IT)
    if len(numbers) < len(case.numbers):
        raise Refused("cancel.no_quote", ref=case.request.ref, phase=nested(f"phase.{case.phase}"))
    quote = quoting.keep(turn, Quote(quoting.SET, said.fee, said.words[:LONGEST_RISK], numbers))
    turn.note("cancel_quoted", detail=said.fee, words=quote.risk or None)
    done(turn, "cancel.quoted", risk=quote.risk or "—", fee=quoting.shown(said.fee, policy))


def _deny(turn: Turn, case: Case, said: Said, _policy: Policy) -> None:
    """Let it go on, as the carrier does not stop it: the customer is told so, why, and of the way back."""
    flags = case.answers.get("flags")
    is_wished = any(n.phase == "cancel_requested" for n in case.numbers) or quoting.QUOTE in case.answers
    if not is_wished and (flags is None or STOP not in flags.value):
        raise Refused("cancel.no_wish", ref=case.request.ref)
    check(said.words, case)
    quoting.back(turn, case.numbers, "advance", "staff")
    before = case.answers.get(DENIED)
    known, *others = before.value if before is not None else ("",)
    words = " ".join(dict.fromkeys(part for part in (known, said.words[:LONGEST_RISK]) if part))
    turn.hold(DENIED, (words, *others, *(number.e164 for number in case.numbers if number.e164 not in others)))
    turn.note("cancel_denied", words=said.words[:LONGEST_RISK] or None)
    done(turn, "cancel.denied", why=said.words[:LONGEST_RISK] or "—")


def _keep_service(turn: Turn, case: Case, _said: Said, _policy: Policy) -> None:
    """Note that the old carrier was told not to disconnect the numbers."""
    if KEEP not in case.answers:
        raise Refused("cancel.nothing_to_keep", ref=case.request.ref)
    turn.drop(KEEP)
    turn.note("keep_told")
    done(turn, "cancel.kept_told", carrier=carrier_name(case))


def take_untold(turn: Turn) -> tuple[str, str, dict[str, str]]:
    """Return what the customer is to be told before and after where the numbers stand, with its values, and tell it."""
    denied, why = _take_denied(turn)
    due, price = quoting.take_due(turn)
    return denied, due, {**why, **price}


def _take_denied(turn: Turn) -> tuple[str, dict[str, str]]:
    """Return what the customer is to be told of a carrier that does not stop it, and tell it once; empty: nothing."""
    given = turn.the_case().answers.get(DENIED)
    if given is None:
        return "", {}
    turn.drop(DENIED)
    why, *numbers = given.value
    key = "notice.cancel_denied" if why else "notice.cancel_denied_silent"
    return key, {"refusal": why, "refused": show_numbers(tuple(numbers))}


_WAYS: dict[str, Callable[[Turn, Case, Said, Policy], None]] = {
    "": _end,
    STOPPED: _end,
    FEE: _quote,
    cancel_said.DENIED: _deny,
    KEPT: _keep_service,
}
RULES = {**quoting.RULES, **way_back.RULES, leaving.OUT: leaving.remind}
"""Due rules of what is asked, or has to be done in time, about numbers that stop, leave or go back."""
