"""What staff are told of an undo: what stands again, and what the next one would take back."""

from domain.desk.dating import days_of
from domain.desk.submitting import shown
from domain.desk.turn import Turn
from domain.desk.undoing import can_be_taken_back, last_by
from domain.orders.model import Case
from domain.values import replace
from domain.wordkeys import nested


def told_of_undo(turn: Turn, before: Case, verb: str) -> tuple[str, dict[str, str]]:
    """Return the sentence about a verb that was taken back, with its values. `before`: the request until then."""
    after = turn.the_case()
    params = {"verb": verb, "next": _next(turn), "order": _order(before, after)}
    was, now = days_of(before), days_of(after)
    if verb == "date":
        return "undo.date_moved" if now else "undo.date", {**params, "date": was, "before": now}
    return "undo.done", {**params, "date": nested("form.here_date", days=now) if now not in ("", was) else ""}


def _order(before: Case, after: Case) -> str:
    """Return the order number that stands again, or that there is none, where that is what has changed."""
    was, now = (_numbers_of(case) for case in (before, after))
    if was == now:
        return ""
    if now:
        return nested("undo.order", number=shown(now))
    return nested("undo.no_order") if before.phase == after.phase else ""


def _numbers_of(case: Case) -> str:
    return ", ".join(order.carrier_order for order in case.orders if order.carrier_order)


def _next(turn: Turn) -> str:
    """Return what can still be taken back after this; empty: nothing."""
    action, case = turn.action, turn.the_case()
    if action is None or action.undone:
        return ""
    stands = replace(case, request=replace(case.request, version=action.version))
    if not can_be_taken_back(stands, action, turn.moment.now, turn.policy):
        return ""
    return nested("undo.next", what=nested(f"staff.button.{last_by(action)[0]}"))
