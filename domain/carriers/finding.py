"""Find the carrier in what people type: silent only where it is certain, else a question with buttons."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from domain.carriers.brands import BRANDS, DOUBTFUL, kin_of
from domain.carriers.carriers import CARRIERS
from domain.carriers.facts import Carrier, CarrierId
from domain.text import bare, clean, words_of

CUT_OFF = 88
"""Of 100: below it a misspelling may be another carrier's name."""

_ALIKE = 80
_SHORTEST_FUZZY = 5
_LONGEST_ALIAS = 7
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Found:
    """One carrier, named exactly."""

    carrier: Carrier


@dataclass(frozen=True, slots=True)
class Maybe:
    """Carriers to offer as buttons, likeliest first."""

    carriers: tuple[Carrier, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A carrier's name inside a text: what it says, and from which word to which."""

    found: Found | Maybe
    start: int
    end: int


# Words after an exact name that speak of another line than the one named.
_NOT_WIRELESS = words_of(
    "fios internet home phone landline business voice cable tv fiber dsl office uverse broadband wifi line "
    "voip corporate prepaid house enterprise"
)
_NOT_LANDLINE = words_of(
    "mobile wireless cell cellphone cellular prepaid internet cable tv fiber dsl broadband wifi business office "
    "enterprise corporate"
)
_NO_CARRIER = words_of(
    "googlevoice googleworkspace mobile wireless cellular prepaid postpaid phone carrier landline homephone business"
)
_LEAD = re.compile(
    r"^(?:(?:hi|hello|well|um)[, ]+)*(?:(?:my|the|our|current) )*"
    r"(?:(?:carrier|provider|company|operator|phone company) )?"
    r"(?:(?:is|it's|its|it is|i have|i've got|i use|i am with|i'm with|i am on|i'm on|we have|we use"
    r"|with|from|by) +)?(?:an? +(?=(?:mobile|cell|cell ?phone|landline|home phone)\W*$))?",
    re.I,
)
_TAIL = re.compile(r"[ .,!]*(?:,? ?(?:thanks|thank you|please|thx))?[ .,!]*$", re.I)
_NEGATED = re.compile(
    r"\b(?:not|no|never|isn'?t|wasn'?t|aren'?t|don'?t|nor|neither|except|without|left|used to)\b", re.I
)
_WORD = re.compile(r"[^\s,;:!?()/\"]+")


def _rows(keys: Iterable[CarrierId]) -> tuple[Carrier, ...]:
    return tuple(CARRIERS[key] for key in keys)


def _names() -> dict[str, Found | Maybe]:
    """Map each bare name to what it means; a brand's name wins over an alias, so that it is never taken silently."""
    own = {bare(alias): Found(row) for row in CARRIERS.values() for alias in (*row.aliases, row.name)}
    shared = {bare(name): Maybe(_rows(brand.lines)) for brand in (*BRANDS, *DOUBTFUL) for name in brand.names}
    return own | shared


_NAMES = _names()
_FUZZY_NAMES = tuple(name for name in _NAMES if len(name) >= _SHORTEST_FUZZY)


def find_carrier(text: str) -> Found | Maybe | None:
    """Find the one carrier a customer answers with; anything but an exact name is at most a `Maybe`."""
    said = clean(text)[:100].replace("’", "'")  # noqa: RUF001 - as typed by phones
    exact = _NAMES.get(bare(said))
    if exact:
        return exact
    answer = _TAIL.sub("", _LEAD.sub("", said, count=1))
    exact = _NAMES.get(bare(answer))
    if exact and not _NEGATED.search(said):
        return exact
    if _NEGATED.search(said):
        return None
    return _offer((*_alike(bare(answer)), *(_carriers_of(each.found) for each in mentions(said))))


def mentions(text: str) -> tuple[Mention, ...]:
    """Find every carrier's name standing as words of its own, the longest at each place."""
    words = list(_WORD.finditer(text))
    found: list[Mention] = []
    index = 0
    while index < len(words):
        mention, length = _mention_at(text, words, index)
        found += [mention] if mention else []
        index += length
    return tuple(found)


def _mention_at(text: str, words: list[re.Match[str]], index: int) -> tuple[Mention | None, int]:
    for length in range(min(_LONGEST_ALIAS, len(words) - index), 0, -1):
        start, end = words[index].start(), words[index + length - 1].end()
        key = bare(text[start:end])
        if key in _NO_CARRIER:
            return None, length
        if key in _NAMES:
            return Mention(_or_another_line(_NAMES[key], words, index + length), start, end), length
    return None, 1


def _or_another_line(found: Found | Maybe, words: list[re.Match[str]], after: int) -> Found | Maybe:
    """Doubt a name that a word of another line of business follows: "Verizon Wireless home"."""
    if isinstance(found, Maybe) or after >= len(words):
        return found
    row = found.carrier
    doubted = _NOT_WIRELESS if row.number_class == "wireless" else _NOT_LANDLINE
    return Maybe(_rows(kin_of(row.id))[:_SHOWN]) if bare(words[after][0]) in doubted else found


def _alike(key: str) -> tuple[tuple[Carrier, ...], ...]:
    """Give what names spelt nearly so mean, the nearest first."""
    if len(key) < _SHORTEST_FUZZY or key in _NO_CARRIER:
        return ()
    near = process.extract(key, _FUZZY_NAMES, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=5)
    scored = [
        (max(score, 100 * JaroWinkler.similarity(key, name)), name) for name, score, _ in near if name[0] == key[0]
    ]
    best = [name for score, name in sorted(scored, reverse=True) if score >= CUT_OFF]
    return tuple(_carriers_of(_NAMES[name]) for name in best)


def _offer(named: Iterable[tuple[Carrier, ...]]) -> Maybe | None:
    """Offer the likeliest of each name before the second of any, so that no name said is left out."""
    rounds = zip_longest(*named)
    rows = dict.fromkeys(row for each in rounds for row in each if row is not None)
    return Maybe(tuple(rows)[:_SHOWN]) if rows else None


def _carriers_of(found: Found | Maybe) -> tuple[Carrier, ...]:
    return (found.carrier,) if isinstance(found, Found) else found.carriers
