"""What a customer is told of numbers that go different ways: a line for those that changed together."""

from collections.abc import Iterator
from datetime import datetime

from domain.desk.counting import counted
from domain.desk.days_told import news_of, told_day, window_in
from domain.desk.only import named, of_order
from domain.desk.snapbacks import has_gone_back
from domain.desk.splitting import is_split, why_of
from domain.desk.told import standing_of, told_of
from domain.intake.about import carrier_name
from domain.orders.model import Case, Number
from domain.orders.phases import MOVED, PHASES
from domain.orders.rejections import codes_of
from domain.policy import Policy
from domain.wordkeys import LINE, nested

_ORDER = 4  # the place of what is told of a number that says in which of several orders it is
_MORE = {"scheduled": "notice.truths", "ported": "notice.part_moved", "cancelled": "notice.part_stays"}


def go_apart(case: Case) -> bool:
    """Tell whether there is more to say than one sentence for all: they differ, or travel in other orders than told."""
    return len({_way(number, case) for number in case.numbers}) > 1 or _is_newly_split(case)


def _way(number: Number, case: Case) -> tuple[str, str]:
    """Return how a number stands, and from which day it came there where its day has changed."""
    return standing_of(number), told_day(number, case) if news_of(number, case) else ""


def has_no_words(case: Case) -> bool:
    """Tell whether numbers differ, and nothing of that is news."""
    return go_apart(case) and not key_of(case)


def key_of(case: Case) -> str:
    """Return the wording key of what is new: of the split, of each number, of all of them together."""
    changed = _changed(case)
    keys = ["notice.split"] if _is_newly_split(case) else []
    keys += ["notice.parts"] if changed else []
    has_more = 0 < len(changed) < len(case.numbers)  # else the lines say it all
    keys += ["notice.parts_sum"] if has_more and counted(n.phase for n in case.numbers) else []
    kinds = dict.fromkeys(number.phase for number in changed)
    return "+".join((*keys, *(_MORE[kind] for kind in kinds if kind in _MORE)))


def params_of(case: Case, policy: Policy) -> dict[str, str]:
    """Return what those words need beside what every notice says."""
    return {
        "parts": LINE.join(_lines(case, policy)),
        "sum": counted((n.phase for n in case.numbers), to_customer=True),
        "orders": LINE.join(_orders(case)),
        "split_why": why_of(case),
    }


def _changed(case: Case) -> tuple[Number, ...]:
    """Return the numbers that stand otherwise than the customer was told."""
    told = told_of(case)
    return tuple(n for n in case.numbers if "|".join(told.get(n.id, ())[:_ORDER]) != standing_of(n))


def _is_newly_split(case: Case) -> bool:
    """Tell whether the numbers travel in several orders, and in others than the customer was told."""
    places = {order.id: place for place, order in enumerate(case.orders, 1)}
    told = told_of(case)
    known = [int(told[n.id][_ORDER]) if len(told.get(n.id, ())) > _ORDER else 1 for n in case.numbers]
    return is_split(case) and known != [places.get(n.order_id, 1) for n in case.numbers]


def _lines(case: Case, policy: Policy) -> Iterator[str]:
    """Yield a line for the numbers that changed together, and under those that were refused, why."""
    groups: dict[tuple[str, str, datetime | None], list[Number]] = {}
    for number in _changed(case):
        key = (standing_of(number), told_day(number, case), number.window_start)
        groups.setdefault(key, []).append(number)
    for numbers in groups.values():
        yield _line(case, tuple(numbers), policy)
        yield from (nested(f"rejection.{code}") for code in codes_of(numbers[0].rejection))


def _line(case: Case, numbers: tuple[Number, ...], policy: Policy) -> str:
    first = numbers[0]
    day, news, before = first.port_date, news_of(first, case), told_day(first, case)
    shown = {"numbers": named(numbers), "phase": nested(f"status.phase.{first.phase}")}
    if has_gone_back(first, case):
        return nested("part.line_back", carrier=carrier_name(case), **shown)
    if day is None:
        return nested("part.line_lost" if news == "lost" else "part.line", **shown, before=before)
    shown |= {"date": day.isoformat(), "weekday": nested(f"weekday.{day.weekday()}")}
    if first.phase != "scheduled":
        return nested("part.line_on", **shown)
    window = window_in(numbers, policy)
    key = f"part.line_{'moved' if news == 'moved' else 'date'}{'_there' if window['there'] else ''}"
    return nested(key, **shown, **window, before=before)


def _orders(case: Case) -> Iterator[str]:
    for place, order in enumerate(case.orders, 1):
        here = tuple(n for n in of_order(case, order) if not PHASES[n.phase].terminal or n.phase in MOVED)
        if here:
            yield nested("part.order", place=str(place), numbers=named(here))
