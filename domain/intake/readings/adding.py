"""One more number to move, said in words at another question: "also 415-421-7701", "you missed 415-421-7701"."""

import re
from dataclasses import dataclass

from domain.errors import Unreadable
from domain.intake.about import moving
from domain.intake.given import Given, Unclear
from domain.intake.readings.apart import take_together
from domain.intake.readings.free import not_free
from domain.intake.readings.left_out import awaited, put_right
from domain.intake.sayings.plain import plain
from domain.numbers import Phone, show
from domain.numbers.lists import MOST_NUMBERS, read_number_list
from domain.orders.model import Case
from domain.values import replace

_LONGEST = 200  # characters; in a longer text a number may be anybody's
_FEWEST_FIGURES = 10
_HINT = re.compile(r"\b(?:also|add|plus|too|well|missed|missing|miss|forgot\w*|another|more|include)\b", re.I)
_LEAD = (
    r"(?:(?:oh|oops|wait|sorry|hi|hey|hello|ok|okay|well|please|and|but|yes|no|actually|my bad|(?:can|could) you) )*"
)
_NUMBER = r"(?:(?: (?:the|this|that|these|my|our|another|one more|other|number|numbers|phone|line|lines|one))*)"
_ADDING = re.compile(
    rf"{_LEAD}(?:"
    rf"(?:also|plus)(?: (?:add|move|port|transfer|include))?{_NUMBER}"
    rf"|(?:add|include)(?: also)?{_NUMBER}"
    rf"|(?:you|u|we|i|it) (?:have |had |also )*(?:missed|miss|forgot|left out|forgot to add){_NUMBER}"
    rf"|(?:there is |there are |i have |we have )?(?:also |still )*(?:one|two|another|some) more{_NUMBER}"
    rf"|(?:there is|i have|we have) also{_NUMBER}"
    r"|(?:is|are) missing"
    r")(?: (?:too|also|as well|please|pls|thanks|thank you|to (?:the|my|our) (?:list|request|order)|to it))*"
)
_BEHIND = re.compile(rf"{_LEAD}(?:move |add )?(?:this one |that one |and )?(?:too|also|as well)(?: (?:please|thanks))*")
_LISTED = re.compile(
    r"(?:(?:no|the|my|our|these|those|all|numbers?|lines?|are|is|it|only|just|and|also|plus|please|here|in|total) ?)*"
)
_A_NUMBER = r"(?: (?:a|an|the|this|that|these|another|one|two|more|other|new|number|numbers|line|lines|also|my|our))*"
_ASKING = (
    r"(?:(?:please|can you|could you|would you|can i|could i|i want to|i would like to|we want to|hi|oh|and|also) )*"
)
_ONE_MORE = re.compile(
    rf"{_ASKING}(?:add|move|port|transfer|include|bring)(?: also)?{_A_NUMBER}"
    rf"(?: (?:too|also|as well|please|thanks|to (?:the|my|our|this) (?:request|order|port|list)|to it|with it))*"
    rf"|(?:oh |sorry |hi )*(?:i|we) (?:also )?(?:forgot|missed|left out|have|got)(?: to (?:add|mention))?{_A_NUMBER}"
)
_NONE_NAMED = re.compile(
    rf"{_ASKING}(?:add|move|port|transfer|include|bring) (?:a|another|one more|some more|more|two more)"
    r" (?:numbers?|lines?)(?: (?:too|also|as well|please|to (?:the|my|our|this) (?:request|order|port)|to it))*"
)


@dataclass(frozen=True, slots=True)
class Addition:
    """Numbers that are to be added, E.164. `rest`: what else the message said; `is_list`: it was a list with all."""

    numbers: tuple[str, ...]
    rest: str = ""
    is_list: bool = False


def is_adding(words: str) -> bool:
    """Tell whether words beside a number say that it is missing in the list, and nothing else."""
    said = plain(words)
    return _ADDING.fullmatch(said) is not None or _BEHIND.fullmatch(said) is not None


def is_one_more(words: str) -> bool:
    """Tell whether words beside a number ask to move it too, in whatever way that is asked."""
    return _ONE_MORE.fullmatch(plain(words)) is not None


def asks_for_more(text: str) -> bool:
    """Tell whether a text without a number asks to move another one."""
    return _NONE_NAMED.fullmatch(plain(text.rstrip("? "))) is not None


def read_addition(text: str, case: Case) -> Addition | None:
    """Read a message that names one more number: in words that say so, or as a list with all that are known.

    Where numbers were left out before, a number alone is enough: it is one of them, put right.
    """
    if not _FEWEST_FIGURES <= len(text) <= _LONGEST or "?" in text:
        return None
    if sum(map(str.isdecimal, text)) < _FEWEST_FIGURES:
        return None
    known = moving(case)
    is_list = sum(c.isdecimal() for c in text) >= _FEWEST_FIGURES * (len(known) + 1)
    if not (is_list or awaited(case) or _HINT.search(text)):
        return None
    found = read_number_list(text, case.served)
    named = () if isinstance(found, Unreadable) or found.left_out else tuple(p.e164 for p in found.phones)
    more = tuple(n for n in named if n not in known)
    if isinstance(found, Unreadable) or not more:
        return None
    if is_adding(words_around(text)) or (awaited(case) and not found.rest):
        return Addition(more)
    rest = "" if is_bare_list(found.rest) else found.rest
    return Addition(more, rest, is_list=True) if set(known) <= set(named) else None


def is_bare_list(words: str) -> bool:
    """Tell whether words beside numbers do nothing but lead up to a list."""
    return _LISTED.fullmatch(plain(words)) is not None


def words_around(text: str) -> str:
    """Give the words around numbers, also those that the reader of lists passes over."""
    return " ".join(word for word in text.split() if not any(c.isdecimal() for c in word))


def with_more(more: tuple[str, ...], case: Case) -> Given | Unclear | Unreadable:
    """Return the numbers that move with these added to them, and how that is acknowledged."""
    if not set(case.answer("destination") or ()).isdisjoint(more):
        return Unreadable("number.is_destination")
    numbers = tuple(dict.fromkeys((*moving(case), *more)))
    if len(numbers) > MOST_NUMBERS:
        return Unreadable("numbers.too_many", {"most": str(MOST_NUMBERS)})
    refused = next((why for e164 in more if (why := not_free((e164,), case)) is not None), None)
    if refused is not None:
        return refused
    shown = ", ".join(show(Phone(n)) for n in more)
    got = take_together(numbers, case)
    lead = f"numbers.added+{got.lead}" if got.lead else "numbers.added"
    kept = (*got.more, *put_right(len(more), case))
    return replace(got, more=kept, lead=lead, params={**got.params, "added": shown})
