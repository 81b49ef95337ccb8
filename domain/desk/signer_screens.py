"""What whoever opened a signer's link can do, and is shown next; and the number that they have to know."""

from domain.errors import Unreadable
from domain.intake.about import billing_number, moving
from domain.numbers import Phone, show
from domain.orders.model import Case
from domain.papers.authorization import called_off
from domain.text import ascii_digits
from domain.values import Value

WHO, CONSENT, LETTER = "who", "consent", "letter"  # screens of the steps
SURE, SURE_NOT_ME, PAPER = "sure", "sure_not_me", "paper"  # from which there is a way back to them
COPY_WHO, COPY = "copy_who", "copy"  # who signed already gives the digits once more, and has the copy
CONFIRMED, AGREED = "confirmed", "agreed"  # steps of a visitor
_ENDING = 4  # digits of a number that its signer has to know
_WHOLE = (10, 11)  # digits of a number that is sent whole
SCREENS = {"": WHO, CONFIRMED: CONSENT, AGREED: LETTER}
_ASKING = (*SCREENS.values(), SURE, SURE_NOT_ME, PAPER, COPY_WHO)  # every other screen is the last
REASONS = ("unknown", "wrong", "other")  # of who declines
ACTS = (
    "open", "look", "back", "word", "agree", "drawn", "paper", "decline", "not_me", "not_me_yes",
    *(f"no_{reason}" for reason in REASONS),
)  # fmt: skip
"""What a visitor can do; on a page these are the values of its buttons."""


class Visit(Value, frozen=True):
    """One thing that a visitor does. `act`: one of `ACTS`; `word` goes with a text, or with what was drawn.

    `chat`: 0 for a page, whose `step` is how far it is. `who`: what tells account or device, for the evidence.
    `drawing`: the object's key of what was drawn, `size` its bytes.
    """

    link_id: int
    act: str
    word: str = ""
    chat: int = 0
    step: str = ""
    who: str = ""
    drawing: str = ""
    size: int = 0


class Screen(Value, frozen=True):
    """What a visitor is shown next; `lead`: a wording key to stand before it; `step`: how far they are now."""

    name: str
    params: dict[str, str]
    lead: str = ""
    step: str = ""

    @property
    def is_last(self) -> bool:
        """Tell whether nothing more is asked."""
        return self.name not in _ASKING


def known_number(case: Case) -> str:
    """Return the number (E.164) that has to be known: the main one of the bill if it moves, else the first."""
    gone = {number.e164 for number in case.whole.numbers if number.id in called_off(case)}
    stated = [number for number in moving(case) if number not in gone] or moving(case)
    return billing_number(case) if billing_number(case) in stated else stated[0]


def masked(case: Case) -> str:
    """Return the number that has to be known as it is named to who has not shown yet that they know it, unbroken."""
    return f"{show(Phone(known_number(case)))[:-_ENDING]}••••".replace(" ", "\u00a0")


def knows_number(word: str, case: Case) -> bool | Unreadable:
    """Tell whether a word is the last four digits of the number that is named, or all of it."""
    digits = "".join(c for c in ascii_digits(word) if c.isdigit())
    if len(digits) not in (_ENDING, *_WHOLE):
        return Unreadable("sign.four")
    return known_number(case).endswith(digits)
