"""What staff type to narrow a list down, read into a search and written back as words that mean the same again."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.wording import say
from domain.carriers import CARRIERS, CarrierId, Found, find_carrier
from domain.desk.finding import Order, Search
from domain.errors import Refused
from domain.orders.phases import PHASES
from domain.policy import Policy
from domain.promises.notices import STALE_AFTER
from domain.readers.secrets import mask_given
from domain.text import clean
from domain.values import replace
from domain.wordkeys import nested

STATUSES = (*PHASES, "needs_attention", "partial")
MARKS = ("held", "snoozed", "stale", "urgent", "overdue", "unassigned", "open", "over", "all")
"""Filters of one word, `is:held` in the long form."""

LONGEST_WORDS = 200  # characters
NEXT_DAYS = 7
_ALSO = {"nobody": "unassigned", "late": "overdue", "hold": "held", "ended": "over", "done": "over", "closed": "over"}
_KEYED = re.compile(r"(?<!\S)(?P<key>phase|is|by|carrier|due|order):(?P<value>\"[^\"]*\"|\S+)", re.IGNORECASE)
_USER = re.compile(r"[UW][A-Z0-9]{2,20}")
_ORDERS: tuple[Order, ...] = ("quiet", "newest", "due", "oldest")


@dataclass(frozen=True, slots=True)
class Asker:
    """Who looks for something, when, and by which rules. `mentions`: people that their words name with an @."""

    user: str
    now: datetime
    policy: Policy
    mentions: Mapping[str, str]


def read_list(said: str, asker: Asker) -> Search:
    """Return the search of `/port list`, whose words are filters. Raises Refused, naming what there is."""
    search, rest = _keyed(said, asker)
    words = rest.split()
    while words:
        search, words = _take(search, words, asker)
    return search if search.is_snoozed is not None else replace(search, is_snoozed=False)


def read_find(said: str, asker: Asker) -> Search:
    """Return the search of `/port find`: filters in their long form, a phase by its whole name, else words to find."""
    search, rest = _keyed(said, asker)
    status = meant_status(rest, is_whole=True) if rest else None
    if status is not None and search.status is None:
        return replace(search, status=status)
    return replace(search, words=rest[:LONGEST_WORDS])


def typed(search: Search) -> str:
    """Return a search as words that `read_find` reads as the same search, but for the page."""
    parts = [
        *(f"phase:{status}" for status in (search.status, *search.statuses) if status),
        *(f"is:{mark}" for mark in MARKS if is_marked(search, mark)),
        *(["is:awake"] if search.is_snoozed is False else []),
        *([f"by:{search.assignee}"] if search.assignee else []),
        *([f"carrier:{search.carrier}"] if search.carrier else []),
        *([f"due:{search.due_from or ''}..{search.due_until or ''}"] if search.due_from or search.due_until else []),
        *([f"order:{search.order}"] if search.order != "quiet" else []),
        search.words,
    ]
    return " ".join(part for part in parts if part)


def about(search: Search) -> str:
    """Return what a search means as staff read it, in plain text; whose requests it means says `whose`."""
    parts = [_said(f"phase.{status}") for status in (search.status, *search.statuses) if status]
    parts += [_said(f"find.is.{mark}") for mark in MARKS if is_marked(search, mark)]
    if search.carrier:
        found = CARRIERS.get(CarrierId(search.carrier))
        parts.append(found.name if found else _said("staff.list.other_carrier"))
    if search.due_from or search.due_until:
        parts.append(_said("find.due", start=str(search.due_from or "…"), end=str(search.due_until or "…")))
    if search.words:
        parts.append(f"“{search.words}”")
    return ", ".join(parts) or _said("staff.list.open")


def whose(search: Search) -> str:
    """Return who has the requests of a search, as a parameter behind what else it means; empty for anybody."""
    return nested("find.by", who=search.assignee) if search.assignee else ""


def is_marked(search: Search, mark: str) -> bool:
    """Tell whether a search has a filter of one word."""
    return {
        "held": search.is_held is True,
        "snoozed": search.is_snoozed is True,
        "stale": search.quiet_since is not None,
        "urgent": search.is_urgent,
        "overdue": search.is_overdue,
        "unassigned": search.is_unassigned,
        "open": search.is_open is True,
        "over": search.is_open is False,
        "all": search.is_all,
    }[mark]


def with_mark(search: Search, mark: str, now: datetime) -> Search:
    """Return a search with a filter of one word added."""
    return {
        "held": lambda: replace(search, is_held=True),
        "snoozed": lambda: replace(search, is_snoozed=True),
        "stale": lambda: replace(search, quiet_since=now - STALE_AFTER),
        "urgent": lambda: replace(search, is_urgent=True),
        "overdue": lambda: replace(search, is_overdue=True),
        "unassigned": lambda: replace(search, is_unassigned=True),
        "open": lambda: replace(search, is_open=True),
        "over": lambda: replace(search, is_open=False),
        "all": lambda: replace(search, is_all=True),
    }[mark]()


def with_status(search: Search, status: str) -> Search:
    """Return a search for one status more."""
    if search.status is None and not search.statuses:
        return replace(search, status=status)
    statuses = (*search.statuses, *((search.status,) if search.status else ()), status)
    return replace(search, status=None, statuses=tuple(dict.fromkeys(statuses)))


def labels() -> dict[str, str]:
    """Return what each status is called."""
    return {status: _said(f"phase.{status}") for status in STATUSES}


def meant_status(said: str, *, is_whole: bool = False) -> str | None:
    """Return the one status whose id or label is what was written, or begins with it unless it must be whole."""
    wanted = clean(said).lower().replace("_", " ")
    names = {status: (status.replace("_", " "), label.lower()) for status, label in labels().items()}
    exact = [status for status, both in names.items() if wanted in both]
    begun = [status for status, both in names.items() if any(name.startswith(wanted) for name in both)]
    found = exact or ([] if is_whole or not wanted else begun)
    return found[0] if len(found) == 1 else None


def _take(search: Search, words: list[str], asker: Asker) -> tuple[Search, list[str]]:
    """Take the filter with which some words begin, the longest first. Raises Refused where they begin with none."""
    first = words[0].lower()
    mark = _ALSO.get(first, first)
    if mark in MARKS:
        return with_mark(search, mark, asker.now), words[1:]
    if first in ("mine", "me") or words[0] in asker.mentions:
        return replace(search, assignee=asker.mentions.get(words[0], asker.user)), words[1:]
    for many in range(len(words), 0, -1):
        taken = _named(search, " ".join(words[:many]))
        if taken is not None:
            return taken, words[many:]
    given = " ".join(words)[:30]
    raise Refused("find.which", given=given, phases=", ".join(labels().values()), marks=", ".join(("mine", *MARKS)))


def _named(search: Search, said: str) -> Search | None:
    """Return a search with the status or the carrier added that words name; None: they name none."""
    status = meant_status(said)
    if status is not None:
        return with_status(search, status)
    known = _carrier(said)
    return replace(search, carrier=known) if known is not None else None


def _carrier(said: str) -> str | None:
    """Return the id of the carrier that words name exactly, or by its id."""
    wanted = said.strip().lower().replace(" ", "_")
    if CarrierId(wanted) in CARRIERS:
        return wanted
    found = find_carrier(said)
    return str(found.carrier.id) if isinstance(found, Found) else None


def _keyed(said: str, asker: Asker) -> tuple[Search, str]:
    """Return a search by the filters in their long form, and the words beside them."""
    search = Search()
    for found in _KEYED.finditer(said):
        search = _READ[found["key"].lower()](search, found["value"].strip('"'), asker)
    return search, mask_given(clean(_KEYED.sub(" ", said)))


def _read_phase(search: Search, value: str, _asker: Asker) -> Search:
    status = meant_status(value)
    if status is None:
        raise Refused("find.phase", given=value[:30], phases=", ".join(labels().values()))
    return with_status(search, status)


def _read_mark(search: Search, value: str, asker: Asker) -> Search:
    mark = _ALSO.get(value.lower(), value.lower())
    if mark == "awake":
        return replace(search, is_snoozed=False)
    if mark == "mine":
        return replace(search, assignee=asker.user)
    if mark not in MARKS:
        raise Refused("find.mark", given=value[:30], marks=", ".join(("mine", *MARKS)))
    return with_mark(search, mark, asker.now)


def _read_person(search: Search, value: str, asker: Asker) -> Search:
    if value.lower() == "nobody":
        return replace(search, is_unassigned=True)
    named = asker.user if value.lower() in ("me", "mine") else asker.mentions.get(value, value)
    if not _USER.fullmatch(named):
        raise Refused("find.who", given=value[:30])
    return replace(search, assignee=named)


def _read_carrier(search: Search, value: str, _asker: Asker) -> Search:
    known = _carrier(value)
    if known is None:
        raise Refused("find.carrier", given=value[:30])
    return replace(search, carrier=known)


def _read_due(search: Search, value: str, asker: Asker) -> Search:
    today = asker.now.astimezone(asker.policy.desk_zone).date()
    if value.lower() in ("today", "week"):
        until = today + timedelta(days=NEXT_DAYS - 1) if value.lower() == "week" else today
        return replace(search, due_from=today, due_until=until)
    start, dots, end = value.partition("..")
    try:
        return replace(search, due_from=_day(start), due_until=_day(end if dots else start))
    except ValueError as error:
        raise Refused("find.due_unclear", given=value[:30]) from error


def _day(said: str) -> date | None:
    return date.fromisoformat(said) if said else None


def _read_order(search: Search, value: str, _asker: Asker) -> Search:
    return replace(search, order=next((each for each in _ORDERS if each == value.lower()), _ORDERS[0]))


_READ: dict[str, Callable[[Search, str, Asker], Search]] = {
    "phase": _read_phase,
    "is": _read_mark,
    "by": _read_person,
    "carrier": _read_carrier,
    "due": _read_due,
    "order": _read_order,
}


def _said(key: str, **params: str) -> str:
    return say(key, params, "en", clean)
