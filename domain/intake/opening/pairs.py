"""A message that says in a few words just what is asked first: a number, and its carrier."""

import re

from domain.intake.opening.lines import settle
from domain.intake.opening.saying import Saying
from domain.intake.opening.vocabulary import BRAND, HEDGED, NEGATED, NUMBER, OTHERS, PAST, SPOILT

_FEW_WORDS = 14
_HAS_CARRIER = re.compile(
    rf"\b(?:(?:i'?m|i am|we'?re|we are|it'?s|it is|is) (?:currently )?(?:with|on|w/)"
    rf"|(?:carrier|provider)(?: is|'s|:)?|my number is|i have|we have)\s+{BRAND}[^\w]*(?:$|and|my|our|now|{NUMBER})"
    r"|\b(?:my|our) (?:number|cell|line|landline)\b.*\b(?:don'?t|do not) know (?:the|my|our|which|what) (?:carrier"
    r"|provider|company)(?=\s*(?:[.,;!]|$|is\b|yet\b))",
    re.I | re.S,
)
_ASKS_HOW = re.compile(
    r"\b(?:how (?:fast|long|soon|quick\w*|much|many days"
    r"|does (?:it|this) work|do (?:i|we) (?:start|begin|do it|do this))"
    r"|what(?:'?s| is) (?:the process|next|the cost)|what now|what does it cost|is it free|can (?:you|u) help)"
    r"[^.?!,\n]{0,30}\?+",
    re.I,
)
_PIECE_ENDS = re.compile(r"[.!?;](?=\s|$)|,\s|\n|\s[-–—|/]+\s")  # noqa: RUF001 - a dash as pasted
_PLAIN_WORDS = re.compile(
    r"\b(?:hi|hello|hey|hola|my|our|the|a|is|it'?s|its|on|with|w|from|and|number|num|no|cell|cellphone|mobile|phone"
    r"|line|land ?line|voip|home|house|residential|business|pre-?paid|please|pls|plz|thanks|thx|ty|mi|es|con|de)\b",
    re.I,
)
_OF_THE_CARRIER = re.compile(rf"(?:^|[^\w\s]|\b(?!my\b|our\b)\w+)\s*{BRAND}+'?s?\s+(?:phone\s+)?numbers?\b", re.I)


def is_pair(saying: Saying) -> bool:
    """Tell whether a message gives a number and its carrier in a few words, and asks nothing but how it goes."""
    if not saying.numbers:
        return False
    few = len(saying.said.split()) <= _FEW_WORDS and "?" not in _ASKS_HOW.sub("", saying.said)
    if not few or saying.is_doubted or SPOILT.search(saying.masked):
        return False
    return _HAS_CARRIER.search(saying.masked) is not None or _is_nothing_else(saying)


def _is_nothing_else(saying: Saying) -> bool:
    """Tell whether one number and one carrier stand among words for a line only, each piece for itself."""
    if len(saying.numbers) != 1 or len(saying.brands) != 1 or _OF_THE_CARRIER.search(saying.masked):
        return False
    if any(each.search(saying.masked) for each in (NEGATED, HEDGED, PAST, OTHERS)):
        return False
    told = [piece for piece in _PIECE_ENDS.split(saying.masked) if NUMBER in piece or BRAND in piece]
    rest = _PLAIN_WORDS.sub("", " ".join(told)).replace(NUMBER, "").replace(BRAND, "")
    # A brand of several lines is left to the question, which answers it with the lines as buttons.
    return not any(c.isalnum() for c in rest) and settle(saying, saying.brands[0]) is not None
