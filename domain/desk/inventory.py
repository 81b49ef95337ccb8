"""What staff do to the inventory of our own numbers: each a turn of the desk itself, with a line of history."""

from collections.abc import Mapping

from domain.desk.state import Changes, Moment, State, Told
from domain.desk.turn import Turn
from domain.errors import Refused, Unreadable
from domain.numbers import Phone, show
from domain.numbers.claims import Claim
from domain.numbers.inventory import FREE, Counted, Stock, sort_out
from domain.orders.references import read_reference
from domain.values import replace
from domain.wordkeys import LINE, nested

LONGEST_PASTE = 3000  # characters that a form's field takes (docs.slack.dev/reference/block-kit, read 2026-11-21)
_PASTED = "slack"  # where a pasted list is from: no file takes its numbers out by not naming them
_SHOWN_BAD = 10
_SHOWN = 5  # numbers of a list that are named for another reason


def free(state: State, moment: Moment, staff: str, e164: str) -> Changes:
    """Take a number out of the inventory, so that it can be moved. Raises Refused when it is not in it.

    One at which calls of a request ring is freed there.
    """
    turn = Turn(state, moment, f"staff:{staff}")
    ours = state.ours.get(e164)
    number = show(Phone(e164))
    if ours is None:
        raise Refused("inventory.not_there", number=number)
    if ours.role == "receiving" and read_reference(ours.owner):
        raise Refused("inventory.rings", number=number, ref=ours.owner)
    turn.freed.append(e164)
    turn.note("inventory_freed", field="number", value=e164, detail=ours.role)
    turn.told = Told("inventory.freed", {"number": number, "role": nested(f"inventory.role.{ours.role}")})
    return turn.changes()


def load(state: State, moment: Moment, staff: str, stock: Stock) -> Changes:
    """Take a pasted list into the inventory, and tell the desk what it changed. Raises Refused when no line is good."""
    turn = Turn(state, moment, f"staff:{staff}")
    if not stock.rows:
        raise Refused("inventory.nothing" if not stock.bad else "inventory.all_bad", lines=bad_lines(stock))
    found = sort_out(stock.rows, state.ours)
    turn.held += [replace(row, source=_PASTED) for row in stock.rows if row.role != FREE]
    turn.freed += found.free
    turn.note("inventory_loaded", detail=figures(found.counted))
    params = {"staff": staff, **counted(found.counted)}
    remarks = LINE.join((*twice_lines(stock), *_asked_for(stock, state.claims)))
    key = "desk.inventory_bad" if stock.bad else "desk.inventory"
    told = {**params, "lines": bad_lines(stock), "remarks": remarks}
    turn.post_to_desk("+".join((key, "desk.inventory_remarks")) if remarks else key, told)
    turn.told = Told("inventory.loaded", params)
    return turn.changes()


def twice_lines(stock: Stock) -> tuple[str, ...]:
    """Return the sentence about numbers that stand in a list twice, naming the first five; none where none do."""
    if not stock.twice:
        return ()
    shown = ", ".join(show(Phone(e164)) for e164 in stock.twice[:_SHOWN])
    more = stock.twice[_SHOWN:]
    return (nested("inventory.twice", count=str(len(stock.twice)), numbers=f"{shown}{', …' if more else ''}"),)


def _asked_for(stock: Stock, claims: Mapping[str, Claim]) -> tuple[str, ...]:
    """Return which open requests want what is ours by a list, a line each, the first five: they cannot go out so."""
    wanted = [row.e164 for row in stock.rows if row.role != FREE and _is_open(claims.get(row.e164))]
    shown = tuple(
        nested("inventory.asked_for", number=show(Phone(e164)), ref=claims[e164].ref) for e164 in wanted[:_SHOWN]
    )
    more = len(wanted) - _SHOWN
    return (*shown, nested("inventory.more_asked_for", count=str(more))) if more > 0 else shown


def _is_open(claim: Claim | None) -> bool:
    return claim is not None and not claim.has_moved


def import_begun(state: State, moment: Moment, rows: int, *, replaces: bool) -> Changes:
    """Write down that the command line begins to load a list: one that breaks off half way has left its mark."""
    turn = Turn(state, moment, "operator")
    turn.note("inventory_import", detail=f"rows={rows} replace={'yes' if replaces else 'no'}")
    return turn.changes()


def imported(state: State, moment: Moment, done: Counted) -> Changes:
    """Write down what the command line loaded."""
    turn = Turn(state, moment, "operator")
    turn.note("inventory_loaded", detail=figures(done))
    return turn.changes()


def bad_lines(stock: Stock) -> str:
    """Return the lines of a list that could not be read, the first ten, each with its reason."""
    shown = (bad_line(at, why) for at, why in stock.bad[:_SHOWN_BAD])
    more = (nested("inventory.more_bad", count=str(len(stock.bad) - _SHOWN_BAD)),) if stock.bad[_SHOWN_BAD:] else ()
    return LINE.join((*shown, *more))


def bad_line(at: int, why: Unreadable) -> str:
    """Return one such line, as a parameter of a message."""
    key = why.code if why.code == "inventory.bad_role" else "inventory.bad_number"
    return nested(key, line=str(at), **why.params)


def counted(done: Counted) -> dict[str, str]:
    """Return the figures of a list for a sentence."""
    names = ("added", "changed", "removed", "unchanged")
    return {name: str(getattr(done, name)) for name in names}


def figures(done: Counted) -> str:
    """Return the figures of a list for history."""
    return " ".join(f"{name}={value}" for name, value in counted(done).items())
