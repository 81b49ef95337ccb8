"""The transfer PIN: short-lived, one-time, never shown."""

import re
from dataclasses import dataclass, field
from enum import Enum

from domain.errors import Unreadable
from domain.text import ascii_digits, clean, straight, words_of


@dataclass(frozen=True, slots=True)
class PinRule:
    """What a carrier's transfer PIN looks like; `usual` is its length where known, only ever warned about.

    `never`: what the carrier lets nobody have for a PIN.
    """

    shortest: int = 4
    longest: int = 10
    usual: int | None = None
    never: tuple[str, ...] = ()


ANY_PIN = PinRule()


class Later(Enum):
    """The customer will send it later: an answer, not a mistake."""

    LATER = "later"


LATER = Later.LATER


@dataclass(frozen=True, slots=True)
class Pin:
    """A transfer PIN without the spaces and dashes it was read out with; `warnings` are wording keys."""

    value: str = field(repr=False)
    warnings: tuple[str, ...] = ()


_LATER = re.compile(
    r"(?:i(?:'ll| will| can)? )?(?:(?:send|give|get|do|add|tell you)(?: it| that| you| this)* )?"
    r"(?:later|skip|not yet|tomorrow|in a bit)(?: please| thanks| on| it| for now)*"
    r"|(?:i )?(?:don'?t|do not|haven'?t|have not)(?: (?:have|got|know|get))*"
    r"(?: it| one| that| the pin| my pin| a pin)*(?: (?:yet|now|right now|handy))*"
    r"|(?:no|none) yet|skip (?:this|it)"
    r"|(?:i )?need (?:to get|more time|time)(?: it)?|(?:still )?waiting(?: for it)?",
    re.I,
)
_NONE = re.compile(
    r"(?:there(?:'s| is) )?(?:none|no|n/?\.?a\.?|nil|nothing|no pin|no pin required|not required|not needed"
    r"|without(?: pin)?)",
    re.I,
)
_LEAD = re.compile(
    r"^(?:(?:hi|ok|okay|sure|here|yes)[,:! ]+)*(?:here (?:it )?is |it'?s |it is |my |the |is )*(?:number )?"
    r"(?:transfer |port(?:[- ]?out)? |account )*(?:pin|passcode|code|password)?\s*(?:code|number)?\s*"
    r"(?:is|=|:|#)*\s*(?=\S*\d)",
    re.I,
)
_TAIL = re.compile(r"(?<![ .!,])[ .!,]+(?:(?:thanks|thank you|please|thx)[.! ]*)?$", re.I)
_BETWEEN = re.compile(r"(?<=\d)[ -]+(?=\d)")
_PINLIKE = re.compile(r"[A-Za-z0-9]+")
_NUMBERS = re.compile(r"\d{4,}")
_SSN_DIGITS = 9
_FIGURE = re.compile(r"(?<![^\W_])(?=[A-Za-z]*\d)[A-Za-z0-9]+(?:[ -]+\d{1,3}(?!\d))*(?![^\W_])")
_UNTIL = re.compile(
    r"(?<=\d)[\s,.;:(!-]+(?:(?:and|but|which|that|it|its|it's|is|will|only)\s+){0,3}"
    r"(?:expires?|expiring|valid|good (?:for|until|till)|works? (?:for|until|till)|runs out|until|till)\b.*$",
    re.I,
)
_WORD = re.compile(r"[^\W_]+")
_TELLS_PIN = words_of(
    "now ok okay oh ah here sure yes so and hi hello finally it its is that thats this the my a an new number transfer"
    " port porting out pin passcode code says shows gave give got sent texted me they i have just please thanks thank"
    " you thx pls today again correct right one use try much very"
)


def read_pin(text: str, rule: PinRule = ANY_PIN, *, phone: str | None = None) -> Pin | Later | Unreadable:
    """Read a transfer PIN, or that it will come later; `phone` (E.164) is the moving number, never a PIN."""
    said = straight(ascii_digits(clean(text)))
    plain = said.strip(" .!?")
    if _LATER.fullmatch(plain):
        return LATER
    if _NONE.fullmatch(plain):
        return Unreadable("pin.wireless_needs_one")
    value = _BETWEEN.sub("", _TAIL.sub("", _LEAD.sub("", said, count=1)))
    if not _PINLIKE.fullmatch(value):
        value = _in_sentence(said) or value
    return _fault(value, rule, phone) or Pin(value, _warnings(value, rule))


def _in_sentence(said: str) -> str | None:
    """Return the one figure of a sentence that only says that it is the PIN; words of anything else spoil it."""
    told = _UNTIL.sub("", said)
    figures = _FIGURE.findall(told)
    words = _FIGURE.sub(" ", told).lower().replace("'", "")
    is_only_that = len(figures) == 1 and _TELLS_PIN.issuperset(_WORD.findall(words))
    return _BETWEEN.sub("", figures[0]) if is_only_that else None


def _fault(value: str, rule: PinRule, phone: str | None) -> Unreadable | None:
    if len(_NUMBERS.findall(value)) > 1:
        return Unreadable("pin.several")
    if not _PINLIKE.fullmatch(value) or not any(c.isdigit() for c in value):
        return Unreadable("pin.only_the_pin")
    if value.isdigit() and len(value) == _SSN_DIGITS:
        return Unreadable("pin.looks_like_ssn")
    if phone is not None and value.removeprefix("1") == phone.removeprefix("+1"):
        return Unreadable("pin.is_the_number")
    if value in rule.never:
        return Unreadable("pin.never", {"given": value})
    if not rule.shortest <= len(value) <= rule.longest:
        return Unreadable("pin.wrong_length", {"shortest": str(rule.shortest), "longest": str(rule.longest)})
    return None


def _warnings(value: str, rule: PinRule) -> tuple[str, ...]:
    found = []
    if rule.usual is not None and len(value) != rule.usual:
        found.append("pin.unusual_length")
    if value in {"0000", "1234"}:
        found.append("pin.placeholder")
    return tuple(found)
