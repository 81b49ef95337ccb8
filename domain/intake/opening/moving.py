"""Which numbers a message wants moved, and where calls shall ring: every number in it must have a certain part."""

import re

from domain.carriers import Found
from domain.intake.opening.implied import move_together, moves_unsaid
from domain.intake.opening.parts import Group, part
from domain.intake.opening.saying import Saying
from domain.intake.opening.vocabulary import BRAND, KIN, KIND, MOVE, NUMBER
from domain.numbers import Phone, Spotted
from domain.numbers.lists import MOST_NUMBERS

Numbers = tuple[tuple[Phone, ...], Phone | None]
NOTHING: Numbers = ((), None)

_ADDS_MORE = re.compile(r"\b(?:and|then|plus|but)\b|\+", re.I)
_NEAR = 25  # characters behind a number that are its own where another number follows
_SEPARATES = re.compile(
    r"(?:[\s,;&/+•*|()#>\u2190-\u2bff\U0001f000-\U0001faff\ufe0f-]|\b(?:and|y|also|plus|then|as well as|main"
    r"|fax|line|number|toll|voice|tel|phone|office|cell"
    r"|\d{1,2}\.?)(?:[\s,;:()-]|$)|(?<=\w):)+",
    re.I,
)
_ADDS = re.compile(
    rf"\s*[,;]?\s*(?:and|&|plus|also|y|as well as|\+)(?:\s+also)?(?:\s+(?:my|our|the|mi|{KIN}|{KIND}|other"
    rf"|second))*[\s:#(]*",
    re.I,
)
_COUNTS = {word: count for count, word in enumerate(("two", "three", "four", "five", "six", "seven", "eight"), 2)}
_BARE_WORDS = re.compile(
    r"\b(?:and|y|plus|also|main|fax|lines?|numbers?|hi|hello|hey|hola|good (?:morning|afternoon|evening)|please|pls"
    r"|thanks|thank you|thx|gracias|all|both|these|with|from|carrier|is|are|on)\b|\d{1,3}(?=[.):\s])",
    re.I,
)

_OWNERS = re.compile(
    r"\b(?:(?:my|our|the) )?(?:me|mine|husband|wife|hubby|son|daughter|mom|dad|kids?|spouse|family(?: plan)?|plan)\b",
    re.I,
)
_THANKS = re.compile(r"\b(?i:thanks|thank you|thx)[\s,.!-]+[A-Z][a-z]+\W*$")
_COUNT = re.compile(
    rf"(?:^|[^\w{NUMBER}])(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)})(?: (?:phone|cell))? (?:lines?|numbers?|phones?)\b",
    re.I,
)
_GOES_ELSEWHERE = re.compile(rf"\b(?:to|into|onto|join(?:ing)?|over at)\s+(?:my\s+)?{BRAND}", re.I)


def bare_list(saying: Saying) -> tuple[Phone, ...]:
    """Give the numbers of a message that is nothing but several, or one and its carrier; else nothing."""
    phones = _phones(saying.numbers)
    if not 0 < len(phones) <= MOST_NUMBERS or len(phones) != len(saying.numbers):
        return ()
    rest = _BARE_WORDS.sub("", _uncounted(saying.masked, len(phones))).replace(NUMBER, "").replace(BRAND, "")
    if any(c.isalnum() for c in rest) or "?" in rest:
        return ()
    is_sure = len(phones) > 1 or any(isinstance(each.found, Found) for each in saying.brands)
    return tuple(dict.fromkeys(phones)) if is_sure else ()


def _uncounted(masked: str, count: int) -> str:
    """Leave out "3 lines" before as many numbers, and with it whose each one is, and who sends his thanks."""
    said = _COUNT.search(masked) if count > 1 else None
    if said is None or _COUNTS.get(said["count"].lower(), said["count"]) not in (count, str(count)):
        return masked
    return _OWNERS.sub("", _THANKS.sub("", masked[: said.start()] + masked[said.end() :]))


def numbers(saying: Saying) -> Numbers:
    """Give the moving numbers and where they shall ring, or nothing at all if any number's part is open."""
    if saying.is_doubted or not saying.numbers or _GOES_ELSEWHERE.search(saying.masked):
        return NOTHING
    groups = _groups(saying)
    parts = _parts(saying, groups)
    if "" in parts:
        return NOTHING
    moving = [one for group, each in zip(groups, parts, strict=True) if each == "move" for one in group.phones]
    ringing = [one for group, each in zip(groups, parts, strict=True) if each == "ring" for one in group.phones]
    return _settled(saying, moving, ringing)


def _parts(saying: Saying, groups: list[Group]) -> list[str]:
    """Name each group's part; what no word beside it names moves only if nothing else is said to."""
    parts = [part(saying, group) for group in groups]
    lone = [index for index, each in enumerate(parts) if not each]
    if not lone or "move" in parts or not move_together(saying, [groups[index] for index in lone]):
        return parts
    unsaid = [moves_unsaid(saying, groups[index], _room(saying, groups, index)) for index in lone]
    return [each or "move" for each in parts] if all(unsaid) else parts


def _room(saying: Saying, groups: list[Group], index: int) -> tuple[int, int]:
    """Give the part of a sentence around a group that speaks of no other number."""
    start, end = saying.span(groups[index].start, groups[index].end)
    if index:
        start = max(start, groups[index - 1].end)
    is_last = index + 1 == len(groups) or groups[index + 1].start >= end
    if is_last:
        return start, end
    adds = _ADDS_MORE.search(saying.masked, groups[index].end, groups[index + 1].start)
    return start, min(groups[index].end + _NEAR, adds.start() if adds else groups[index + 1].start)


def _settled(saying: Saying, moving: list[Spotted], ringing: list[Spotted]) -> Numbers:
    phones, rings = dict.fromkeys(_phones(tuple(moving))), _phones(tuple(ringing))
    if len(_phones(tuple(moving))) != len(moving) or len(rings) != len(ringing) or len(ringing) > 1:
        return NOTHING
    ring_at = rings[0] if rings and rings[0] not in phones else None
    wants = re.search(rf"\b{MOVE}\b", saying.masked, re.I)
    return tuple(phones)[:MOST_NUMBERS], ring_at if phones or wants else None


def _phones(spotted: tuple[Spotted, ...]) -> tuple[Phone, ...]:
    return tuple(each.found for each in spotted if isinstance(each.found, Phone))


def _groups(saying: Saying) -> list[Group]:
    groups: list[Group] = []
    for one in saying.numbers:
        between = saying.masked[groups[-1].end : one.start] if groups else ""
        if groups and (_SEPARATES.fullmatch(between) or _ADDS.fullmatch(between)):
            groups[-1] = Group((*groups[-1].phones, one))
        else:
            groups.append(Group((one,)))
    return groups
