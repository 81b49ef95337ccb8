"""Which line of business of a carrier is meant: the brand's name alone, or the kind of line spoken of beside it."""

import re

from domain.carriers import Carrier, CarrierId, Found, Mention, find_carrier
from domain.cues import Cues
from domain.intake.opening.saying import Saying

_IS_PREPAID = re.compile(
    r"\b(?:is|it'?s|on) (?:a )?pre-?\s?paid\b|\bpre-?\s?paid (?:phone|line|plan|account|number|cell)\b", re.I
)
_PREPAID = re.compile(r"\b(?:pre-?\s?paid|pay[ -]as[ -]you[ -]go|prepago)\b", re.I)
_CELL = re.compile(
    r"\b(?:cell|cells|cellphones?|cellular|mobile|wireless|smartphone|iphones?|android|celular(?:es)?|m[oó]vil)\b", re.I
)
_HOME = re.compile(r"\b(?:home|house)(?: (?:phone|line|landline|telephone|number))\b|\bresidential\b", re.I)
_OFFICE = re.compile(
    r"\b(?:office|business|desk|shop|store)(?: (?:phone|line|landline|number|fax))s?\b|\bfax line\b", re.I
)
_FAX = re.compile(r"\bfax\b", re.I)
CUES_OF_FAX = Cues("fax")
_OTHER_LINE = re.compile(
    r"\b(?:phones?|cell|cells|cellphones?|mobile|landlines?|voice|voip|main|desk|front|toll.?free)\b"
    r"|\b(?:and|plus|also|y)\b(?: (?:my|our|the|a))?(?: \w+)? fax\b|\bfax(?:es)?\b[^.?!\n]{0,12}\b(?:and|plus|too)\b"
    r"|\b(?:not|no|stays?|keep|keeps|except|by|via|sent?|fax (?:me|you|it|a|the))\b",
    re.I,
)
_LANDLINE = re.compile(r"\b(?:land ?-?lines?|voip|copper|linea fija)\b", re.I)

_NO_LINE = re.compile(r"\b(?:internet|tv|cable|wi-?fi|fiber|tablet|watch|hotspot|e-?mail|gift|stock)\b", re.I)
_RINGS_AT = re.compile(
    r"\b(?:ring|rings|forward|calls?|reach|text|txt|message|come|go)\b[^.?!\n,]{0,40}?"
    r"\b(?:cell|cellphone|mobile|landline|phone|office|desk|home|house|iphone|work)\b",
    re.I,
)
_SEVERAL = 2


def settle(saying: Saying, one: Mention) -> CarrierId | None:
    """Give the line of business that the sentence makes certain; None where it fits none, or several."""
    around = _around(saying, one)
    kinds = _kinds(around)
    is_prepaid = _PREPAID.search(saying.masked) is not None
    if isinstance(one.found, Found):
        row = _prepaid_of(one.found.carrier, saying.sentence(one.start, one.end)) if is_prepaid else one.found.carrier
        return _agreeing(row, kinds) if row else None
    if is_prepaid and _IS_PREPAID.search(around):
        kinds |= {"wireless"}
    if len(kinds) != 1 or (is_prepaid and kinds != {"wireless"}) or _NO_LINE.search(around):
        return None
    name = saying.said[one.start : one.end]
    found = find_carrier(f"{name} {'prepaid' if is_prepaid else next(iter(kinds))}")
    return found.carrier.id if isinstance(found, Found) else None


def is_fax(saying: Saying) -> bool:
    """Tell whether a message is about nothing but a fax line: it says so, and speaks of no other line beside it."""
    said = _RINGS_AT.sub(" ", saying.masked)
    return _FAX.search(said) is not None and not _OTHER_LINE.search(said) and not saying.is_doubted


def _around(saying: Saying, one: Mention) -> str:
    """Give what is said around a carrier, without the line that calls ring at; of one line, all that is said."""
    sentence = _RINGS_AT.sub(" ", saying.sentence(one.start, one.end))
    is_alone = len(saying.brands) == 1 and len(saying.numbers) < _SEVERAL
    return _RINGS_AT.sub(" ", saying.masked) if is_alone and not _kinds(sentence) else sentence


def _prepaid_of(row: Carrier, sentence: str) -> Carrier | None:
    """Give the prepaid line of a carrier that has one, if the same sentence calls it prepaid; else the carrier."""
    found = find_carrier(f"{row.name} prepaid")
    if row.id.endswith("_prepaid") or not isinstance(found, Found):
        return row
    return found.carrier if _IS_PREPAID.search(sentence) else None


def _agreeing(row: Carrier, kinds: set[str]) -> CarrierId | None:
    """Refuse a name that the rest of the sentence contradicts: a landline with a mobile carrier."""
    if kinds and kinds != {"wireless"} and row.number_class == "wireless":
        return None
    if "wireless" in kinds and row.number_class != "wireless":
        return None
    return row.id


def _kinds(around: str) -> set[str]:
    """Give what kinds of line a text speaks of, as the words that carriers' names end with."""
    kinds = {"home phone"} if _HOME.search(around) else set()
    if _OFFICE.search(around):
        kinds.add("office phone")
    if _CELL.search(around):
        kinds.discard("office phone")
        kinds.add("wireless")
    return kinds or ({"landline"} if _LANDLINE.search(around) else set())
