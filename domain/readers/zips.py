"""What a ZIP Code is: its state, the names of its city, and whether it is only for boxes; offline.

The public Zipcodes data set of 42,789 ZIPs, inside the package `zipcodes`. Its file is read by `prepare`, or at the
first question: some 0.4 s in one piece, for which nothing else runs. A state's cities are gathered once.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import zipcodes
from rapidfuzz import fuzz

from domain.readers.folding import fold

_FAR = 50.0  # km; nearer cities share names, post offices and habits
_ALIKE = 88.0  # of 100: "sprngfield", not "springdale"
_SHORTER = {
    "saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt", "mountain": "mtn", "north": "n", "south": "s",
    "east": "e", "west": "w", "heights": "hts", "hgts": "hts", "springs": "spgs", "spring": "spg", "beach": "bch",
    "city": "cty", "township": "twp", "village": "vlg", "junction": "jct", "center": "ctr", "centre": "ctr",
    "island": "is", "isle": "is", "point": "pt", "port": "prt", "valley": "vly", "park": "pk", "lake": "lk",
    "harbor": "hbr", "harbour": "hbr", "and": "&",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Zip:
    """A ZIP: `city` as the post office writes it, `names` of it and of its parts as `city_key` gives them."""

    code: str
    state: str
    city: str
    names: frozenset[str]
    is_for_boxes: bool
    latitude: float
    longitude: float


def city_key(name: str) -> str:
    """Return a city's name for comparing: Saint is St, Fort is Ft, and case, accents, gaps and hyphens are nothing."""
    words = fold(name).replace("-", " ").replace(",", " ").split()
    return "".join(_SHORTER.get(word, word) for word in words)


Row = dict[str, Any]  # of the package


def prepare() -> None:
    """Read the data set, so that no customer's address has to wait for it, nor anybody else meanwhile."""
    _rows()


@lru_cache
def _rows() -> tuple[dict[str, Row], dict[str, list[Row]]]:
    """Return the rows by code, and by state."""
    by_code: dict[str, Row] = {}
    by_state: dict[str, list[Row]] = {}
    for row in zipcodes.list_all():  # type: ignore[no-untyped-call]  # the package has no types
        by_code.setdefault(row["zip_code"], row)
        by_state.setdefault(row["state"], []).append(row)
    return by_code, by_state


@lru_cache(maxsize=4096)
def find_zip(code: str) -> Zip | None:
    """Return what is known of the first five digits of a ZIP; None: it is new, or there is none."""
    found = _rows()[0].get(code[:5])
    return _read(found) if found is not None else None


def city_fits(city: str, place: Zip) -> bool:
    """Tell whether a city may have a ZIP: by one of its names, or because a city of that name is near."""
    key = city_key(city)
    if any(key == name or fuzz.ratio(key, name) >= _ALIKE for name in place.names) or _contains(city, place.city):
        return True
    return any(_distance(place, other) <= _FAR for other in _cities(place.state).get(key, ()))


def is_for_boxes_only(place: Zip) -> bool:
    """Tell whether a ZIP is for boxes, and its city has others for streets."""
    if not place.is_for_boxes:
        return False
    others = _cities(place.state).get(city_key(place.city), ())
    return any(not other.is_for_boxes and other.city == place.city for other in others)


@lru_cache(maxsize=64)
def _cities(state: str) -> dict[str, tuple[Zip, ...]]:
    found: dict[str, list[Zip]] = {}
    for row in _rows()[1].get(state, ()):
        place = _read(row)
        for name in place.names:
            found.setdefault(name, []).append(place)
    return {name: tuple(places) for name, places in found.items()}


def _read(row: Row) -> Zip:
    names = (row["city"], *row["acceptable_cities"], *row["unacceptable_cities"])
    return Zip(
        row["zip_code"],
        row["state"],
        row["city"],
        frozenset(map(city_key, names)),
        row["zip_code_type"] == "PO BOX",
        float(row["lat"]),
        float(row["long"]),
    )


def _contains(typed: str, known: str) -> bool:
    """Tell whether the known name stands in a longer one: "City of Springfield", "Springfield Township"."""
    words, wanted = fold(typed).replace("-", " ").split(), fold(known).replace("-", " ").split()
    return any(words[i : i + len(wanted)] == wanted for i in range(len(words)))


def _distance(one: Zip, other: Zip) -> float:
    """Return kilometres along the earth."""
    north = math.radians(one.latitude - other.latitude)
    east = math.radians(one.longitude - other.longitude) * math.cos(math.radians(one.latitude))
    return 6371.0 * math.hypot(north, east)
