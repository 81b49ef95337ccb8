"""The desk's figures as staff read them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median

from bot.wording import say, slack_text
from domain.carriers import CARRIERS, CarrierId
from domain.desk.found import Figures, Moved
from domain.orders.rejections import REJECTIONS
from domain.text import clean

SHOWN_CARRIERS = 10
SHOWN_PEOPLE = 15
_NONE = "—"


def figures(by_days: Mapping[int, Figures], detailed: int) -> str:
    """Return figures of several spans beside each other, and one span's in detail. Both in days."""
    spans = list(by_days.values())
    params = {"days": " / ".join(map(str, by_days)), "detailed": str(detailed)}
    params |= {
        "opened": " / ".join(f"{each.opened:,}" for each in spans),
        "completed": " / ".join(f"{each.completed:,}" for each in spans),
        "moved": " / ".join(f"{len(each.moved):,}" for each in spans),
        "first": " / ".join(_share(each.moved) for each in spans),
    }
    chosen = by_days[detailed]
    parts = [slack_text("stats.head", params)]
    parts += _part("stats.rejected", params, _rejected(chosen))
    parts += _part(
        "stats.days", params, [*_days(chosen.moved, by_carrier=False), *_days(chosen.moved, by_carrier=True)]
    )
    parts += _part("stats.deeds", params, _deeds(chosen))
    return "\n".join(parts)


def _part(key: str, params: dict[str, str], lines: Sequence[str]) -> list[str]:
    return [slack_text(key, params), *(lines or [slack_text("stats.nothing", {})])]


def _share(moved: Sequence[Moved]) -> str:
    """Return how many of a hundred numbers moved at the first try."""
    tried = [each for each in moved if each.attempts]
    return f"{100 * sum(each.attempts == 1 for each in tried) / len(tried):.0f} %" if tried else _NONE


def _rejected(chosen: Figures) -> list[str]:
    often = sorted(chosen.rejected.items(), key=lambda each: -each[1])
    return [slack_text("stats.line", {"name": _reason(code), "figures": f"{count:,}"}) for code, count in often]


def _reason(code: str) -> str:
    return say(f"rejection.short.{code}", {}, "en", clean) if code in REJECTIONS else code


def _days(moved: Sequence[Moved], *, by_carrier: bool) -> list[str]:
    """Return the median days until numbers moved, of those with most numbers."""
    found: defaultdict[str, list[float]] = defaultdict(list)
    for each in moved:
        found[_carrier(each.carrier) if by_carrier else _class(each.number_class)].append(each.days)
    most = sorted(found.items(), key=lambda each: -len(each[1]))[:SHOWN_CARRIERS]
    return [
        slack_text("stats.median", {"name": name, "days": f"{median(days):.1f}", "count": f"{len(days):,}"})
        for name, days in most
    ]


def _carrier(known: str) -> str:
    found = CARRIERS.get(CarrierId(known))
    return found.name if found else say("staff.list.other_carrier", {}, "en", clean)


def _class(number_class: str) -> str:
    return say(f"staff.class.{number_class}", {}, "en", clean)


def _deeds(chosen: Figures) -> list[str]:
    by_user: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for (user, verb), count in chosen.deeds.items():
        by_user[user].append((count, verb))
    busiest = sorted(by_user.items(), key=lambda each: -sum(count for count, _ in each[1]))[:SHOWN_PEOPLE]
    return [
        slack_text(
            "stats.person", {"id": user, "figures": ", ".join(f"{v} {n:,}" for n, v in sorted(did, reverse=True))}
        )
        for user, did in busiest
    ]
