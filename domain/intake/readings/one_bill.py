"""Whether several numbers are on one bill: said by the way, or answered, with what was missing beside it."""

import re

from domain.errors import Unreadable
from domain.intake.about import moving
from domain.intake.given import NO, YES, Given, Unclear, bare_word, choice_rows
from domain.intake.readings.adding import is_adding, is_bare_list, with_more, words_around
from domain.intake.readings.apart import set_aside
from domain.intake.readings.bill_asides import beside_the_bill
from domain.intake.sayings.plain import plain
from domain.numbers import Phone, show
from domain.numbers.lists import NumberList, read_number_list
from domain.numbers.spans import written_out
from domain.orders.model import Case
from domain.text import words_of

MAIN = "main:"  # before a number in a button that calls it the bill's main number
_BILL = r"(?:(?:the )?(?:one|same)|a single) (?:\w+ ){0,2}?(?:bill|account|invoice)"
_ALL = r"(?:all|both|everything|all of (?:it|them|these|those)|(?:both|all) (?:numbers|lines))"
_ARE = r"(?:(?:they|these|those|it|that|them) (?:are |is )?)"
_YES = re.compile(
    rf"(?:(?:yes|yeah|yep|yup|sure|ok|okay|correct|right|si) ?)*(?:{_ARE}?(?:are )?{_ALL}(?: (?:are|is))?"
    rf"(?: (?:true|correct|right|together|the same|same|one))?(?: ?(?:on|in|under) {_BILL})?"
    rf"|{_ARE}?(?:on |in |under )?{_BILL}|{_ARE}?(?:all )?together|one|same|the same)?(?: (?:please|thanks))*"
)
_NOT = re.compile(r"\b(?:not|isn'?t|aren'?t|except|without|but|other|different|separate\w*|maybe|think)\b", re.I)
_NO = re.compile(
    r"^(?:no|nope|nah)\b(?! (?:wait|sorry|actually|idea|clue))|\bnot (?:all|both|every\w*|together|on|the same|one)\b"
    r"|\b(?:different|separate|several|two|three|2|3|other|own|another|multiple) (?:\w+ )?"
    r"(?:bills?|accounts?|invoices?)\b"
    r"|\b(?:separate(?:ly)?|apart)$|\b(?:only|just|except|all but)\b.*\d{4}"
)
_SAME = re.compile(
    r"(?<!not )(?<!not on )(?<!not the )(?<!not on the )\b(?:same|one|a single) (?:\w+ )?(?:bill|account|invoice)\b"
)
_PART = words_of(
    "only just these those this they are is on the that bill bills account one same it and here with number numbers"
    " line lines them in my our yes no not isn t isnt arent aren other others separate different except but all both"
)
"""Words around numbers that say which of them are on the bill, and nothing else."""
_SAID = re.compile(
    r"(?:^|[\n.,;:!(]|\b(?:they are|they're|theyre|these are|and))\s*(?:all|both)(?: of (?:them|these|those))?"
    r"(?: (?:are|is))? (?:on|under) (?:one|the same|a single) bill\b(?![^.!\n]*\?)[\s.!)]*",
    re.I,
)


def without_one_bill(text: str) -> tuple[str, bool]:
    """Take "all on one bill" out of a text; tell whether it was said."""
    found = _SAID.search(text) if "bill" in text.lower() else None
    return (text, False) if found is None else (f"{text[: found.start()]}\n{text[found.end() :]}".strip(), True)


def read_one_bill(text: str, case: Case) -> Given | Unclear | Unreadable:
    """Read whether all numbers are on one bill; else which of them are, and the others are set aside.

    A list with all of them and more, and a yes beside a number that was missing, are yes, with the number added. Where
    the main number of the bill is asked for too, one press tells both.
    """
    main = pressed_main(text, case)
    if main:
        return Given(("yes",), more=(("btn", Given((main,))),))
    if "?" not in text and (bare_word(text) in YES or _is_yes(text)):
        return Given(("yes",))
    beside = beside_the_bill(text, case)
    if beside:
        return Unclear("text.also_noted", None, keeps=beside)
    found = read_number_list(written_out(text, case.served), case.served)
    return found if isinstance(found, Unreadable) else _in_part(text, found, case)


def _in_part(text: str, found: NumberList, case: Case) -> Given | Unclear | Unreadable:
    """Read which numbers are on the bill, out of those that are named; anything but a clear no is no answer."""
    named = tuple(phone.e164 for phone in found.phones)
    more = tuple(n for n in named if n not in moving(case))
    if more and "?" not in text and _says_all(text, found.rest, named, case):
        return _with_missing(more, case)
    here = tuple(n for n in moving(case) if n in named)
    if not _is_no(text) and (not named or not _PART.issuperset(plain(found.rest).split())):
        return Unreadable("one_bill.press")
    if not here or more or _NOT.search(found.rest):
        return Unclear("one_bill.which", choice_rows("one_bill", "yes"), {"numbers": ", ".join(_shown(moving(case)))})
    return _of_these(here, case)


def _is_no(text: str) -> bool:
    """Tell whether a text says clearly that not all numbers are on one bill."""
    said = plain(text)
    return bare_word(text) in NO or (_NO.search(said) is not None and _SAME.search(said) is None)


def pressed_main(text: str, case: Case) -> str:
    """Return the number that a button calls the main one; empty for any other text."""
    number = text.removeprefix(MAIN) if text.startswith(MAIN) else ""
    return number if number in moving(case) else ""


def _is_yes(text: str) -> bool:
    said = plain(text)
    return bool(said) and _YES.fullmatch(said) is not None


def _says_all(text: str, rest: str, named: tuple[str, ...], case: Case) -> bool:
    """Tell whether the words beside numbers that we had not say yes, or the list holds all and says nothing else."""
    head, _, tail = words_around(text).partition(",")
    if _is_yes(head) and is_adding(tail):
        return True
    is_whole = set(named) >= set(moving(case))
    return is_whole and (_is_yes(rest) or is_bare_list(rest))


def _with_missing(more: tuple[str, ...], case: Case) -> Given | Unclear | Unreadable:
    added = with_more(more, case)
    if not isinstance(added, Given):
        return added
    return Given(("yes",), more=(("numbers", added),), lead=added.lead, params=added.params)


def _of_these(here: tuple[str, ...], case: Case) -> Given:
    others = tuple(n for n in moving(case) if n not in here)
    aside = tuple(dict.fromkeys((*set_aside(case), *others)))
    more = (("numbers", Given(here)), *((("set_aside", Given(aside)),) if others else ()))
    return Given(("yes",), more=more, lead="one_bill.others" if others else "")


def _shown(numbers: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(show(Phone(n)) for n in numbers)
