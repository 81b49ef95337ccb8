"""The number to move, put right in words at another question: "sorry, wrong number, it's 415-421-8832"."""

import re
from dataclasses import dataclass

from domain.errors import Unreadable
from domain.intake.sayings.plain import plain
from domain.numbers import Phone
from domain.numbers.lists import spot_list
from domain.text import ascii_digits, clean_lines

_LONGEST = 200  # characters; in a longer text a number may be anybody's
_MOST = 2  # numbers: the wrong one and the right one
_PLACES = ("numberone", "numbertwo")  # what stands for a number while the words around it are read
_N = r"number(?:one|two)"
_LEAD = (
    r"(?:(?:oh|oops|whoops|ups|no|wait|sorry|so sorry|i am sorry|actually|hi|hey|hello|ok|okay|well|please|my bad"
    r"|my mistake|hold on|correction|and|but|ah|uh|um|damn|typo|a typo|there is a typo|i made a (?:mistake|typo)) )*"
)
_MOVING = r"(?: (?:to (?:move|port|transfer)|(?:that )?i (?:want|need|would like) to (?:move|port|transfer)))?"
_WRONG = (
    r"(?:(?:that|it|this) (?:is|was) (?:the |a )?(?:wrong|not my)(?: phone)? number|(?:that|it|this) (?:is|was) wrong"
    r"|(?:the )?wrong (?:phone )?number|i (?:typed|gave|sent|wrote|put|entered)(?: you)? (?:the |a |my )*wrong"
    r" (?:phone )?number(?: in)?|(?:the|my) (?:phone )?number (?:is|was) wrong"
    r"|there is a (?:typo|mistake) in (?:the|my) (?:phone )?number) "
)
_RIGHT = (
    r"(?:(?:it|that|this) (?:is|should be|should have been|must be)(?: actually)?|(?:it )?should be|i meant|i mean"
    r"|correct (?:one|number)|make (?:it|that)|change (?:it|(?:the|my) (?:phone )?number) to|(?:please )?use"
    r"|(?:my |the )?(?:(?:right|correct|real|actual|new) )?(?:(?:cell|mobile|phone) )*(?:number|one)"
    rf"{_MOVING} (?:is|should be|should have been)(?: actually)?) "
)
_TAIL = r"(?: (?:please|sorry|thanks|thank you|instead|actually|my bad|my mistake))*"
_REST = r"(?: (?:and|from|with|at) (?P<rest>(?!number).+))?"
_FIRM = (
    rf"{_LEAD}{_WRONG}{_LEAD}(?:{_RIGHT})?(?P<a>{_N})(?: (?:and )?not (?P<x>{_N}))?{_TAIL}{_REST}",
    rf"{_LEAD}(?:{_RIGHT})?(?P<b>{_N}) (?:and )?(?:not|instead of|rather than) (?P<y>{_N}){_TAIL}{_REST}",
    rf"{_LEAD}(?:(?:it|that) is )?(?:not|instead of) (?P<z>{_N}) (?:but )?(?:{_RIGHT})?(?P<c>{_N}){_TAIL}{_REST}",
    rf"{_LEAD}(?:please )?(?:change|replace|correct|swap) (?:the number )?(?P<w>{_N}) (?:to|with|by|for|into)"
    rf" (?P<d>{_N}){_TAIL}{_REST}",
)
_MILD = (
    rf"{_LEAD}{_RIGHT}(?P<a>{_N}){_TAIL}{_REST}",
    rf"{_LEAD}(?P<b>{_N}) is (?:my |the )(?:right|correct|real|actual) (?:phone )?(?:number|one){_TAIL}{_REST}",
)
_LOOSE = re.compile(
    rf"(?:[a-z0-9 ]{{0,60}} )?(?P<v>numberone) (?=(?:wait|no|oops|sorry|actually|scratch|correction|i meant?)\b){_LEAD}"
    rf"(?:scratch that )?(?:{_RIGHT})?(?P<e>numbertwo){_TAIL}"
)  # two whole numbers, the second in the first one's place; which one is wrong of ours is not said
_FIRMLY = tuple(map(re.compile, _FIRM))
_MILDLY = tuple(map(re.compile, _MILD))
_RIGHT_PLACES, _WRONG_PLACES = tuple("abcde"), tuple("vwxyz")
_HINT = re.compile(
    r"\b(?:numbers?|one|wrong|mean|meant|not|instead|rather|should|must|correct|right|make|change|replace|swap|use|is"
    r"|typo)\b|['’]s\b|\b(?:its|thats)\b",  # noqa: RUF001 - as typed by phones
    re.I,
)  # a word that every pattern has: most messages have none, and are not looked at closer
_TO_MOVE = re.compile(r"\bto (?:move|port|transfer)\b")


@dataclass(frozen=True, slots=True)
class Correction:
    """The right number, or why it is none; the wrong one where it is named.

    `rest`: plain words behind it that say something else, from "and", "from" or "with" on.
    `is_firm`: it is said that another number was wrong; else only what the number is. `names_move`: the number is
    called the one to move. `is_loose`: it took the place of another number within the same message.
    """

    right: Phone | Unreadable
    wrong: Phone | None
    is_firm: bool
    is_loose: bool
    names_move: bool
    rest: str


def read_correction(text: str) -> Correction | None:
    """Read a message that does nothing but put the number right; None for any other."""
    if len(text) > _LONGEST or not any(map(str.isdecimal, text)) or not _HINT.search(text):
        return None
    said = ascii_digits(" ".join(clean_lines(text)))
    items = spot_list(said)
    if not 1 <= len(items) <= _MOST:
        return None
    found = dict(zip(_PLACES, (each.found for each in items), strict=False))
    for place, each in reversed(list(zip(_PLACES, items, strict=False))):
        said = f"{said[: each.start]} {place} {said[each.end :]}"
    return _fitting(plain(said), found)


def _fitting(words: str, found: dict[str, Phone | Unreadable]) -> Correction | None:
    for patterns, is_firm in ((_FIRMLY, True), (_MILDLY, False), ((_LOOSE,), False)):
        fits = next((fit for pattern in patterns if (fit := pattern.fullmatch(words))), None)
        if fits is not None:
            return _corrected(fits, found, is_firm=is_firm)
    return None


def _corrected(fits: re.Match[str], found: dict[str, Phone | Unreadable], *, is_firm: bool) -> Correction:
    places = {name: place for name, place in fits.groupdict().items() if place is not None}
    right = next(found[place] for name, place in places.items() if name in _RIGHT_PLACES)
    wrong = next((found[place] for name, place in places.items() if name in _WRONG_PLACES), None)
    old = wrong if isinstance(wrong, Phone) else None
    is_loose = fits.re is _LOOSE
    return Correction(right, old, is_firm, is_loose, _TO_MOVE.search(fits[0]) is not None, places.get("rest", ""))
