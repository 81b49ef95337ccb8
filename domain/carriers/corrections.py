"""What staff corrected of a carrier's entry: read and checked, kept in versions, laid over the table."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from domain.carriers.carriers import CARRIERS
from domain.carriers.facts import Carrier, CarrierId, Fact, NumberClass, names_of, read_life
from domain.errors import Unreadable
from domain.readers.secrets import looks_secret, names_secret
from domain.text import clean
from domain.values import Value

LONGEST_TEXT = 300  # characters: it stands inside a question
SHORTEST_TEXT = 10
LONGEST_SOURCE = 200
NONE = "none"  # what staff write where there is nothing of the kind

_CLASSES: dict[str, NumberClass] = {
    "wireless": "wireless", "mobile": "wireless", "landline": "landline", "voip": "voip",
    "google voice": "google_voice",
}  # fmt: skip
_MOST_UNDERLYING, _LONGEST_NAME = 6, 40
_DIGITS = re.compile(r"\d(?:[ .()-]{0,3}\d){5,}")
_SAYS_NONE = re.compile(
    r"\b(?:(?:uses?|has|have|needs?|wants?|takes?|requires?|asks? for|is) no|without (?:a|any)) (?:\w+ ){0,2}pins?\b"
    r"|\bno (?:\w+ ){0,2}pins? (?:is |are )?(?:needed|required|used|at all)"
    r"|\bpin is(?: not|n't) (?:needed|required|used)",
    re.I,
)
_ADVISES = re.compile(r"\b(?:ask|look|check)", re.I)
_SOURCE = r"\((?P<source>(?:[^()]|\([^()]*\))*)\)"
_TYPED = re.compile(rf"(?P<text>.*?)\s*{_SOURCE}[\s,;]*(?P<doubtful>doubtful)?[\s.]*", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Correction:
    """What one field of an entry shall say from now on, and where that is from."""

    field: str
    text: str
    source: str
    doubtful: bool = False


class Note(Value, frozen=True):
    """A correction as it is kept, never changed but to be withdrawn. `staff`, `withdrawn_by`: Slack user ids."""

    id: int
    carrier: str
    field: str
    text: str
    source: str
    checked: date
    doubtful: bool
    staff: str
    at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None

    @property
    def stands(self) -> bool:
        """Tell whether it was not withdrawn."""
        return self.withdrawn_at is None


def read_typed(field_: str, said: str) -> Correction | Unreadable:
    """Read `<new text> (source)`, at its end `doubtful` where it stays so."""
    found = _TYPED.fullmatch(said.strip())
    if found is None:
        return Unreadable("entry.no_source", {"field": field_})
    return read_correction(field_, found["text"], found["source"], doubtful=found["doubtful"] is not None)


def read_correction(field_: str, text: str, source: str, *, doubtful: bool) -> Correction | Unreadable:
    """Check what customers shall read, and where it is from."""
    wish = Correction(field_, clean(text), clean(source), doubtful)
    if field_ not in FIELDS:
        return Unreadable("entry.which_field", {"given": clean(field_)[:30] or "—", "known": ", ".join(FIELDS)})
    return _trouble_of_source(wish) or _KINDS[field_].trouble(wish) or wish


def _trouble_of_source(wish: Correction) -> Unreadable | None:
    if not wish.source:
        return Unreadable("entry.no_source", {"field": wish.field})
    if len(wish.source) > LONGEST_SOURCE:
        return Unreadable("entry.long_source", {"most": str(LONGEST_SOURCE)})
    return Unreadable("entry.secret") if names_secret(wish.source) else None


def _trouble_of_text(wish: Correction) -> Unreadable | None:
    if not SHORTEST_TEXT <= len(wish.text) <= LONGEST_TEXT:
        return Unreadable("entry.length", {"least": str(SHORTEST_TEXT), "most": str(LONGEST_TEXT)})
    if names_secret(wish.text) or any(looks_secret(run) for run in _DIGITS.findall(wish.text)):
        return Unreadable("entry.secret")
    is_advice = _ADVISES.search(wish.text) is not None
    return Unreadable("entry.no_advice") if wish.doubtful and not is_advice else None


def _trouble_or_none(wish: Correction) -> Unreadable | None:
    return None if _is_none(wish.text) else _trouble_of_text(wish)


def _trouble_of_pin(wish: Correction) -> Unreadable | None:
    """Refuse words that say for certain that there is no PIN: only `none` keeps customers from being asked for one."""
    if not wish.doubtful and _SAYS_NONE.search(wish.text):
        return Unreadable("entry.pin_none")
    return _trouble_or_none(wish)


def _trouble_of_life(wish: Correction) -> Unreadable | None:
    is_read = _is_none(wish.text) or read_life(wish.text) is not None
    return None if is_read else Unreadable("entry.life", {"given": wish.text[:30] or "—"})


def _trouble_of_underlying(wish: Correction) -> Unreadable | None:
    names = names_of(wish.text)
    is_sound = _is_none(wish.text) or 1 <= len(names) <= _MOST_UNDERLYING
    if not is_sound or any(len(name) > _LONGEST_NAME for name in names):
        return Unreadable("entry.underlying", {"most": str(_MOST_UNDERLYING)})
    return Unreadable("entry.secret") if any(looks_secret(name) for name in names) else None


def _trouble_of_class(wish: Correction) -> Unreadable | None:
    if _class(wish.text) is not None:
        return None
    return Unreadable("entry.class", {"given": wish.text[:30] or "—", "known": ", ".join(_CLASSES)})


def _class(text: str) -> NumberClass | None:
    return _CLASSES.get(text.strip(" .").lower().replace("_", " "))


def show_life(life: timedelta) -> str:
    """Return a life time as `read_life` reads it."""
    days, rest = divmod(int(life.total_seconds()), 86400)
    many, unit = (days, "day") if days and not rest else (int(life.total_seconds()) // 3600, "hour")
    return f"{many} {unit}{'' if many == 1 else 's'}"


def _is_none(text: str) -> bool:
    return text.strip(" .").lower() == NONE


def _fact(note: Note) -> Fact:
    return Fact(note.text, note.source, note.checked, note.doubtful)


def _fact_or_none(note: Note) -> Fact | None:
    return None if _is_none(note.text) else _fact(note)


def _with_class(row: Carrier, note: Note) -> Carrier:
    return replace(row, number_class=_class(note.text) or row.number_class)


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a field's correction is checked, and laid over a row."""

    trouble: Callable[[Correction], Unreadable | None]
    lay_over: Callable[[Carrier, Note], Carrier]


_KINDS: dict[str, _Kind] = {
    "account": _Kind(_trouble_of_text, lambda row, note: replace(row, account_hint=_fact(note))),
    "pin": _Kind(_trouble_of_pin, lambda row, note: replace(row, pin_hint=_fact_or_none(note))),
    "life": _Kind(_trouble_of_life, lambda row, note: replace(row, life=_fact_or_none(note))),
    "lock": _Kind(_trouble_or_none, lambda row, note: replace(row, lock_hint=_fact_or_none(note))),
    "oddity": _Kind(_trouble_or_none, lambda row, note: replace(row, oddity=_fact_or_none(note))),
    "underlying": _Kind(_trouble_of_underlying, lambda row, note: replace(row, behind=_fact_or_none(note))),
    "class": _Kind(_trouble_of_class, _with_class),
}

FIELDS: tuple[str, ...] = tuple(_KINDS)
"""What of an entry can be corrected; by its name, aliases and country it is found, and those stay the table's."""


def facts_of(row: Carrier) -> dict[str, Fact | None]:
    """Return what an entry says, by the field under which it is corrected; its class is no fact."""
    return {
        "account": row.account_hint,
        "pin": row.pin_hint,
        "life": row.life,
        "lock": row.lock_hint,
        "oddity": row.oddity,
        "underlying": row.behind,
    }


def corrected(row: Carrier, notes: Iterable[Note]) -> Carrier:
    """Return a row as it is with the notes on it that stand, oldest first; a field this release lacks is let be."""
    for note in sorted(notes, key=lambda each: each.id):
        kind = _KINDS.get(note.field)
        if kind is not None and note.stands and note.carrier == row.id:
            row = kind.lay_over(row, note)
    return row


@dataclass(frozen=True, slots=True)
class Book:
    """The table of carriers with what staff corrected; `entries` holds the corrected rows alone.

    `paces`: the business days that moves took here, by class and size (see `domain.orders.expected`).
    """

    entries: Mapping[CarrierId, Carrier] = field(default_factory=dict)
    paces: Mapping[tuple[str, str], tuple[int, int]] = field(default_factory=dict)

    def carrier(self, key: str) -> Carrier | None:
        """Return an entry by its id; None for one that the table does not have."""
        name = CarrierId(key)
        return self.entries.get(name) or CARRIERS.get(name)


TABLE = Book()
"""The table as it was released."""


def book_of(notes: Iterable[Note]) -> Book:
    """Return the table with notes laid over it; what is about carriers that it lacks is left out."""
    by_carrier: dict[CarrierId, list[Note]] = {}
    for note in notes:
        if CarrierId(note.carrier) in CARRIERS and note.stands:
            by_carrier.setdefault(CarrierId(note.carrier), []).append(note)
    return Book({key: corrected(CARRIERS[key], those) for key, those in by_carrier.items()}) if by_carrier else TABLE
