"""Which of the companies that were offered is meant, said in words: "my cell", "the home one", "the first"."""

from collections.abc import Callable, Sequence

from domain.carriers import CARRIERS, Carrier, CarrierId
from domain.intake.given import Given
from domain.intake.sayings.plain import plain
from domain.orders.model import Case
from domain.text import words_of

_SMALL = words_of(
    "it is my the a an our one that s for number line lines phone phones plan account please thanks just i have mean"
    " meant yes no well so am on with only regular normal ok okay sorry duh of course like said"
)
_PLACES = {"first": 0, "1st": 0, "1": 0, "top": 0, "second": 1, "2nd": 1, "2": 1, "third": 2, "3rd": 2, "3": 2,
           "fourth": 3, "4th": 3, "4": 3, "last": -1}  # fmt: skip
_MOBILE = words_of("cell cellphone mobile wireless cellular smartphone iphone android postpaid")
_HOME = words_of("home house landline residential")
_OFFICE = words_of("business office work company commercial")
_PREPAID = words_of("prepaid pre paid")


def _is_office(carrier: Carrier) -> bool:
    return bool(_OFFICE & set(plain(carrier.name).split()))


def _is_mobile(carrier: Carrier) -> bool:
    return carrier.number_class == "wireless" and not _is_prepaid(carrier)


def _is_prepaid(carrier: Carrier) -> bool:
    return bool(_PREPAID & set(plain(carrier.name).split()))


def _is_home(carrier: Carrier) -> bool:
    return carrier.number_class == "landline" and "home" in plain(carrier.name).split()


_KINDS: tuple[tuple[frozenset[str], Callable[[Carrier], bool]], ...] = (
    (_MOBILE, _is_mobile),
    (_HOME, _is_home),
    (_OFFICE, _is_office),
    (_PREPAID, _is_prepaid),
)


def chosen_among_offered(text: str, case: Case) -> Given | None:
    """Return the one of the companies last offered that a short answer means; None where none, or several, may be."""
    offered = case.answer("offered") or ()
    rows = [CARRIERS[CarrierId(each)] for each in offered[1:]] if offered[:1] == ("",) else []
    told = _told(text, rows)
    if not told:
        return None
    chosen = _by_place(told, rows) or _by_kind(told, rows)
    return Given((chosen.id, chosen.name)) if chosen is not None else None


def chosen_at_once(text: str, rows: Sequence[Carrier]) -> Given | None:
    """Return the one of several companies whose kind stands beside their name: "Verizon, the cell one"."""
    told = _told(text, rows)
    chosen = _by_kind(told, rows) if told else None
    return Given((chosen.id, chosen.name)) if chosen is not None else None


def _told(text: str, rows: Sequence[Carrier]) -> set[str]:
    """Return the words that choose: none of the small ones, and not the name that all the companies share."""
    shared = set.intersection(*(set(plain(row.name).split()) for row in rows)) if rows else set()
    return set(plain(text).split()) - _SMALL - shared if rows else set()


def _by_place(told: set[str], rows: list[Carrier]) -> Carrier | None:
    place = _PLACES.get(next(iter(told))) if len(told) == 1 else None
    return rows[place] if place is not None and place < len(rows) else None


def _by_kind(told: set[str], rows: Sequence[Carrier]) -> Carrier | None:
    """Find the one of a kind: words of two kinds, or others beside them, choose nothing."""
    fits = next((fits for words, fits in _KINDS if told <= words), None)
    found = [row for row in rows if fits(row)] if fits is not None else []
    return found[0] if len(found) == 1 else None
