"""How far numbers are on their way: a bar of dots that can be read at a glance, and the phase in words behind it."""

from collections import Counter
from collections.abc import Iterator

from bot.wording import slack_text
from domain.desk.dating import day_of
from domain.desk.only import of_order
from domain.desk.splitting import is_split
from domain.desk.submitting import shown as shown_order
from domain.numbers import Phone, show
from domain.orders.model import Case, Number
from domain.orders.phases import MOVED, PHASES
from domain.wordkeys import nested

SHOWN_NUMBERS = 10
SHOWN_ORDERS = 5
DONE, OPEN, STOPPED = "\u25cf", "\u25cb", "\u2715"  # ● ○ ✕
_FIRST, _LAST = 2, 9  # the tens of `Phase.order` that the bar has a dot for: from the papers to the move
_STOPPED = tuple(phase.id for phase in PHASES.values() if phase.terminal and phase.id not in MOVED)


def bar(phase: str, came_from: str | None = None) -> str:
    """Return the bar of a phase, or of a roll-up; of one that asks to be cancelled that of where it came from."""
    if phase in _STOPPED:
        return STOPPED * 3
    known = PHASES.get(came_from or phase) or PHASES.get(phase)
    reached = max(0, (known.order // 10 if known is not None else 0) - _FIRST + 1)
    rest = _LAST - _FIRST + 1 - reached
    stop = STOPPED if phase == "rejected" else ""
    return DONE * reached + stop + OPEN * (rest - len(stop))


def of_request(case: Case) -> str:
    """Return the bar of a whole request: of numbers in different phases that of the one that is furthest behind."""
    if not case.numbers:
        return bar(case.phase)
    open_ones = [n for n in case.numbers if not PHASES[n.phase].terminal] or list(case.numbers)
    last = min(open_ones, key=lambda n: PHASES[n.phase].order)
    return bar(last.phase, last.came_from)


def numbers(case: Case) -> str:
    """Return several numbers: together while they are in one phase, else each with its own bar; empty for one alone.

    The first ten are shown; the rest is counted, by phase.
    """
    if len(case.numbers) < 2:
        return ""
    if is_split(case):
        return "\n".join(line for order in _by_order(case) for line in order)
    return "\n".join(_lines(case.numbers))


def _lines(numbers: tuple[Number, ...]) -> list[str]:
    shown, rest = numbers[:SHOWN_NUMBERS], numbers[SHOWN_NUMBERS:]
    if len({n.phase for n in numbers}) == 1:
        lines = [", ".join(show(Phone(n.e164)) for n in shown)]
    else:
        lines = [_line(n) for n in shown]
    return [*lines, *_more(rest)]


def _by_order(case: Case) -> Iterator[list[str]]:
    """Yield the orders of a request that travels in several: each with its order number, its bar and its numbers."""
    for place, order in enumerate(case.orders[:SHOWN_ORDERS], 1):
        here = of_order(case, order)
        number = shown_order(order.carrier_order) if order.carrier_order else nested("card.no_order")
        head = slack_text("card.order", {"place": str(place), "order": number})
        phases = {n.phase for n in here}
        if len(phases) == 1:
            first = here[0]
            head += f"  {bar(first.phase, first.came_from)} {slack_text(f'phase.{first.phase}', {})}"
        days = sorted({n.port_date for n in here if n.port_date is not None})
        head += f" · {', '.join(map(day_of, days))}" if days else ""
        yield [head, *_lines(here)]


def _line(number: Number) -> str:
    params = {
        "bar": bar(number.phase, number.came_from),
        "number": show(Phone(number.e164)),
        "phase": nested(f"phase.{number.phase}"),
    }
    return slack_text("card.number", params)


def _more(rest: tuple[Number, ...]) -> Iterator[str]:
    if rest:
        by_phase = Counter(n.phase for n in rest)
        counts = (
            slack_text("card.count", {"many": str(many), "phase": nested(f"phase.{phase}")})
            for phase, many in by_phase.items()
        )
        yield slack_text("card.more_numbers", {"count": str(len(rest)), "phases": ", ".join(counts)})
