"""Stage 1: the numbers, the carrier they leave, and whether they can go at all."""

import re

from domain.carriers import CARRIERS, Carrier, CarrierId, Found, Maybe, find_carrier
from domain.errors import Unreadable
from domain.intake.about import OTHER, moving
from domain.intake.choices import Choice
from domain.intake.given import YES, Given, Rows, Unclear, bare_word, choice_rows
from domain.numbers import Phone, read_phone, show
from domain.numbers.lists import MOST_NUMBERS, NumberList, read_number_list
from domain.orders.model import Case

CHOSEN = "is:"  # before a carrier's id in a button that names it; typed, its id is a brand like any other
CONFIRMED = "as:"  # before a carrier's name in a button that confirms it
ADD = "add:"  # before a number in a button that adds it to the request
_LONGEST_NAME = 32  # bytes: with the form before it, a button's data stays within Telegram's 64
_SHOWN_BAD = 5
_ANOTHER_PART = re.compile(r"\b(?:or|not|calls?|ring|rings|forward\w*|reach|instead|call)\b", re.I)
OFFERED_CARRIERS = (
    "verizon", "att", "tmobile", "xfinity_mobile", "comcast_business", "xfinity_home", "spectrum_mobile",
    "spectrum_voice",
)  # fmt: skip


def read_numbers(text: str, case: Case) -> Given | Unclear | Unreadable:
    """Take every number of a list; what is none is told, and spoils nothing. A carrier named beside them is taken."""
    if text.startswith(ADD):
        return _with_another(text.removeprefix(ADD), case)
    found = read_number_list(text)
    if isinstance(found, Unreadable):
        return found
    if not any(c.isdecimal() for c in text):
        return Unreadable("number.none")
    if not found.phones:
        return _alone(text, found)
    if len(found.phones) > 1 and _ANOTHER_PART.search(found.rest):
        return Unreadable("numbers.which")
    numbers = tuple(phone.e164 for phone in found.phones)
    rings_at = case.answer("destination")
    if rings_at is not None and rings_at[0] in numbers:
        return Unreadable("number.is_destination")
    more, then = _carrier_beside(found.rest, case)
    lead = "numbers.left_out" if found.left_out else ""
    return Given(numbers, more=more, then=then, lead=lead, params=_bad(found))


def _alone(text: str, found: NumberList) -> Given | Unreadable:
    """Read the one number of a text that is no list, or say what is wrong with what was left out."""
    if found.left_out:
        return found.left_out[0][1]
    phone = read_phone(text)
    return phone if isinstance(phone, Unreadable) else Given((phone.e164,))


def _with_another(text: str, case: Case) -> Given | Unreadable:
    found = read_phone(text)
    if isinstance(found, Unreadable):
        return found
    if case.answer("destination") == (found.e164,):
        return Unreadable("number.is_destination")
    numbers = tuple(dict.fromkeys((*moving(case), found.e164)))
    return (
        Given(numbers) if len(numbers) <= MOST_NUMBERS else Unreadable("numbers.too_many", {"most": str(MOST_NUMBERS)})
    )


def _bad(found: NumberList) -> dict[str, str]:
    shown = "; ".join(said for said, _ in found.left_out[:_SHOWN_BAD])
    return {"bad": shown} if shown else {}


def _carrier_beside(rest: str, case: Case) -> tuple[tuple[tuple[str, Given], ...], tuple[str, Unclear] | None]:
    """Read a carrier out of what stands beside the numbers: taken when it is certain, asked about when it is not."""
    if case.answer("carrier") is not None or not rest.strip():
        return (), None
    found = find_carrier(rest)
    if isinstance(found, Found):
        return (("carrier", Given((found.carrier.id, found.carrier.name))),), None
    return (), (("carrier", _which(found)) if isinstance(found, Maybe) else None)


def carrier_choice(carrier: Carrier) -> Choice:
    """Return the button that names a carrier."""
    return Choice(f"{CHOSEN}{carrier.id}", "button.carrier", {"carrier": carrier.name})


def _which(found: Maybe) -> Unclear:
    rows = tuple((carrier_choice(c),) for c in found.carriers)
    return Unclear("carrier.which", (*rows, (Choice("another", "button.another_carrier"),)))


def read_carrier(text: str, _case: Case) -> Given | Unclear | Unreadable:
    """Take a carrier's line of business that is named exactly; a brand with several is asked about once."""
    chosen = CARRIERS.get(CarrierId(text.removeprefix(CHOSEN))) if text.startswith(CHOSEN) else None
    if chosen is not None:
        return Given((chosen.id, chosen.name))
    found = find_carrier(text)
    if isinstance(found, Found):
        return Given((found.carrier.id, found.carrier.name))
    return _which(found) if isinstance(found, Maybe) else _read_other_carrier(text)


def _read_other_carrier(text: str) -> Given | Unclear | Unreadable:
    """Take a name that the table does not know only when it is confirmed by a button."""
    if text.startswith(CONFIRMED):
        return Given((OTHER, text.removeprefix(CONFIRMED)))
    name = " ".join(text.split())
    letters = sum(c.isalpha() for c in name)
    digits = sum(c.isdigit() for c in name)
    is_like_a_pin = digits > 1 and name.isalnum() and len(name) > 3
    is_no_name = letters < 3 or digits > 2 or any(c in name for c in "@?")
    if is_like_a_pin or is_no_name or len(name.encode()) > _LONGEST_NAME:
        return Unreadable("carrier.unreadable")
    yes = Choice(f"{CONFIRMED}{name}", "button.carrier_yes")
    return Unclear("carrier.unknown", ((yes,), (Choice("another", "button.another_carrier"),)), {"carrier": name})


def carrier_rows(_case: Case) -> Rows:
    """Return buttons for the carriers that most people leave, two in a row."""
    buttons = [carrier_choice(CARRIERS[CarrierId(c)]) for c in OFFERED_CARRIERS]
    pairs = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    return (*pairs, (Choice("another", "button.another_carrier"),))


_LINES = {
    "wireless": ("mobile", "mobile phone", "cell", "cellphone", "cell phone", "wireless"),
    "landline": ("landline", "home", "home phone", "office", "office phone", "business", "business line", "land line"),
}


def read_line(text: str, _case: Case) -> Given | Unreadable:
    """Read whether the numbers are mobile, or of a home or an office."""
    word = bare_word(text)
    for line, said in _LINES.items():
        if word == line or word in said:
            return Given((line,))
    return Unreadable("line.press")


def read_one_bill(text: str, case: Case) -> Given | Unclear | Unreadable:
    """Read whether all numbers are on one bill; else which of them are, and the others are set aside."""
    word = bare_word(text)
    if word in YES or word in ("all", "one", "same", "same bill", "one bill", "yes all", "all of them"):
        return Given(("yes",))
    found = read_number_list(text)
    named = () if isinstance(found, Unreadable) else tuple(p.e164 for p in found.phones)
    here = tuple(n for n in moving(case) if n in named)
    if not here or len(here) != len(named):
        return Unclear("one_bill.which", choice_rows("one_bill", "yes"), {"numbers": ", ".join(_shown(case))})
    others = tuple(n for n in moving(case) if n not in here)
    more = (("numbers", Given(here)), *((("set_aside", Given(others)),) if others else ()))
    return Given(("yes",), more=more, lead="one_bill.others" if others else "")


def _shown(case: Case) -> tuple[str, ...]:
    return tuple(show(Phone(n)) for n in moving(case))


_TROUBLES = ("cancelled", "off", "ordered")


def read_working(text: str, _case: Case) -> Given | Unclear | Unreadable:
    """Read whether the line works with nothing cancelled; trouble is answered with what to do now, and flagged."""
    if text in _TROUBLES:
        rows = (*choice_rows("working", "again"), (Choice("person", "button.person"),))
        return Unclear(f"working.{text}", rows, flag=f"line_{text}")
    if bare_word(text) in YES or bare_word(text) in ("again", "all true", "it works", "all of that is true"):
        return Given(("yes",))
    return Unreadable("working.press")


def working_rows(_case: Case) -> Rows:
    """Return the buttons of the question whether all is in order."""
    return choice_rows("working", "yes", *_TROUBLES)
