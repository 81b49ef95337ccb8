"""Find the carrier in what people type: silent only where it is certain, else a question with buttons."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from domain.carriers.brands import BRANDS, DOUBTFUL, EVERYDAY, kin_of
from domain.carriers.carriers import CARRIERS
from domain.carriers.facts import Carrier, CarrierId, Country, NumberClass
from domain.text import bare, clean, straight, words_of

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
_NOT_VOIP = words_of("wireless cellular prepaid internet cable tv fiber dsl broadband wifi")
_DOUBTED: dict[NumberClass, frozenset[str]] = {
    "wireless": _NOT_WIRELESS,
    "landline": _NOT_LANDLINE,
    "voip": _NOT_VOIP,
    "google_voice": _NOT_VOIP,
}
_COUNTRIES: dict[Country, str] = {"US": "usa", "CA": "canada"}
_NO_CARRIER = words_of(
    "mobile wireless cellular prepaid postpaid phone carrier landline homephone business personal family prepago "
    "phonecompany telephonecompany carriername"
)
_LEAD = re.compile(
    r"^(?:(?:hi|hello|hey|well|um|uh|yes|yeah|ok|okay|oh|bonjour|salut|hola|oui|s[ií])[,.!]* )*"
    r"(?:(?:my|the|our|current|mon|ma|notre|mi|nuestr[oa]|l[ea]) )*"
    r"(?:(?:phone company|carrier|provider|company|operator|fournisseur|opérateur|compagnie|compañ[ií]a|operador[a]?"
    r"|proveedor)(?: name)?:? )?"
    r"(?:(?:is|it's|its|it is|that's|i have|i've got|i use|i'm using|we use|we have|i am|i'm|we are|we're|im|c'est|est"
    r"|j'ai|on a|je suis|nous sommes|on est|es|tengo|tenemos|estoy|estamos|uso) +)?"
    r"(?:(?:currently|now|still|actuellement) )?(?:(?:with|from|by|on|at|using|through|chez|avec|con|de) +)?"
    r"(?:an? +(?=(?:mobile|cell|cell ?phone|landline|home phone)\W*$))?",
    re.I,
)
_THANKS = re.compile(
    r"(?:[ .,!]+(?:thanks|thank you|please|pls|thx|merci|svp|gracias|por favor|now|currently|right now|at the moment))*"
    r"[ .,!]*$",
    re.I,
)
_TAIL = re.compile(r"(?:[ .,!]+(?:account|services?|plan|customer|inc|llc|ltd|corp))+[ .,!]*$", re.I)
_NEGATED = re.compile(
    r"\b(?:not(?! sure)|no|never|isn'?t|wasn'?t|aren'?t|don'?t(?! know)|nor|neither|except|without|left|used to"
    r"|ne|pas|jamais|sauf)\b",
    re.I,
)
_LED_IN = re.compile(
    r"(?:(?:^|[.,;:!?(/\n])\s*|\b(?:with|from|by|on|via|through|using|use|uses|have|has|leave|leaving|carrier|provider|company"
    r"|operator|or|and|chez|avec|con|fournisseur|it'?s|c'est"
    r"|(?:carrier|provider|company|operator|fournisseur|opérateur) (?:is|est))\s+)$",
    re.I,
)
_WORD = re.compile(r"[^\s,;:!?()/\"]+")


def _rows(keys: Iterable[CarrierId]) -> tuple[Carrier, ...]:
    return tuple(CARRIERS[key] for key in keys)


def _key(text: str) -> str:
    """Give a name as it is compared: bare, and without accents, which phones often leave out."""
    plain = bare(text)
    if plain.isascii():
        return plain
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))


def _names() -> dict[str, Found | Maybe]:
    """Map each bare name to what it means; a brand's name wins over an alias, so that it is never taken silently."""
    own = {_key(alias): Found(row) for row in CARRIERS.values() for alias in (*row.aliases, row.name)}
    shared = {_key(name): Maybe(_rows(brand.lines)) for brand in (*BRANDS, *DOUBTFUL) for name in brand.names}
    return own | shared


def _at_home(names: dict[str, Found | Maybe]) -> dict[str, Found | Maybe]:
    """Give the names with their own country behind them: "Primus Canada", but no "Boost Canada"."""
    found = ((name, each) for name, each in names.items() if isinstance(each, Found))
    return {name + _COUNTRIES[each.carrier.country]: each for name, each in found}


_PLAIN = _names()
_NAMES = _at_home(_PLAIN) | _PLAIN
_FUZZY_NAMES = tuple(name for name in _PLAIN if len(name) >= _SHORTEST_FUZZY)


def find_carrier(text: str) -> Found | Maybe | None:
    """Find the one carrier a customer answers with; anything but an exact name is at most a `Maybe`."""
    said = straight(clean(text)[:100])
    exact = _NAMES.get(_key(said))
    if exact:
        return exact
    if _NEGATED.search(said):
        return None
    answer = _THANKS.sub("", _LEAD.sub("", said, count=1))
    exact = _NAMES.get(_key(answer)) or _NAMES.get(_key(_TAIL.sub("", answer)))
    if exact:
        return exact
    return _offer((*_alike(_key(answer)), *(_carriers_of(each.found) for each in mentions(said))))


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
        key = _key(text[start:end])
        if key in _NO_CARRIER or (key in EVERYDAY and not _is_led_in(text, words, index, length)):
            return None, length
        if key in _NAMES:
            return Mention(_or_another_line(_NAMES[key], words, index + length), start, end), length
    return None, 1


def _is_led_in(text: str, words: list[re.Match[str]], index: int, length: int) -> bool:
    """Tell whether an everyday word is meant as a company: written as one word, after "with" and the like."""
    return length == 1 and _LED_IN.search(text[: words[index].start()][-40:]) is not None


def _or_another_line(found: Found | Maybe, words: list[re.Match[str]], after: int) -> Found | Maybe:
    """Doubt a name that a word of another line of business follows: "Verizon Wireless home"."""
    if isinstance(found, Maybe) or after >= len(words):
        return found
    row = found.carrier
    doubted = _DOUBTED[row.number_class]
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
