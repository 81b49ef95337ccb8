"""What belongs to later questions and is said where one bill is asked about: lines that stay, a name, who may sign."""

import re

from domain.intake.about import kind_of
from domain.intake.given import Given
from domain.intake.readings.holder import read_account_name
from domain.intake.readings.staying import what_stays
from domain.orders.model import Case

_STAYS = re.compile(r"\b(?:stays?|staying|remains?)\b", re.I)
_MAY = re.compile(r"^\W*(?:yes,? )?(?:i'?m |i am )?(?:an? |the )?(?:authori[sz]ed|allowed)\b(?! by)", re.I)
_HESITATES = re.compile(r"^(?:(?:wait|oh|sorry|no|and|but|also|actually)\b[\s,]*)+", re.I)
_ON_THE_BILL = re.compile(
    r"\b(?:are|is)? ?(?:all |both )?on (?:the|that)? ?(?:same|one) (?:bill|account)(?: too| as well| also)?"
    r"(?: but| and)?",
    re.I,
)
_PLACED = re.compile(
    r"(?:[A-Z][\w'&.-]*[ ,]{1,2}){2,6}\n?\d{1,5}[A-Z]? [\w. ]*[A-Za-z]"
    r"|(?:[A-Z][\w'&.-]* ?){2,6}[,\n]\s?\d{1,5} [A-Za-z]"
)
"""A name written like one, and a house number behind it."""

Facts = tuple[tuple[str, Given], ...]


def beside_the_bill(text: str, case: Case) -> Facts:
    """Return the answers to other questions that a text gives; nothing of what is answered already, or only asked."""
    if "?" in text:
        return ()
    found = (*_staying(text, case), *_allowed(text), *_name_and_place(text, case))
    return tuple((question, got) for question, got in found if question not in case.answers)


def _staying(text: str, case: Case) -> Facts:
    if not _STAYS.search(text) or "stays" not in kind_of(case).needs:
        return ()
    said = " ".join(_ON_THE_BILL.sub(" ", _HESITATES.sub("", text)).split())
    got = what_stays(said, case)
    return (("stays", got),) if isinstance(got, Given) and got.value != ("nothing",) else ()


def _allowed(text: str) -> Facts:
    return (("authority", Given(("allowed",))),) if _MAY.match(text) else ()


def _name_and_place(text: str, case: Case) -> Facts:
    """Return a name with the address behind it; a name alone may be anybody's."""
    got = read_account_name(text, case) if _PLACED.match(text) and not _STAYS.search(text) else None
    return (("name", got),) if isinstance(got, Given) else ()
