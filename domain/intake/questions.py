"""THE table of questions, in the order in which they are asked.

A new question is a line in QUESTIONS and its words `ask.<id>` (and `button.change.<id>` where the review offers it).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from domain.carriers import CARRIERS, Carrier, CarrierId, Found, Maybe, find_carrier
from domain.errors import Unreadable
from domain.intake.choices import Choice
from domain.numbers import Phone, read_phone, show
from domain.orders.model import Case, Hidden
from domain.papers.authorization import TEXT_VERSION, facts_digest, stated_facts
from domain.readers.accounts import read_account_number
from domain.readers.addresses import read_address
from domain.readers.names import PersonName, read_name
from domain.readers.pins import Later, PinRule, read_pin
from domain.readers.signature import read_signature
from domain.wordkeys import nested

Params = dict[str, str]
CONFIRMED = "as:"  # before a carrier's name in a button that confirms it
_LONGEST_NAME = 32  # bytes: with the form before it, a button's data stays within Telegram's 64
_SAYS_PIN = re.compile(r"\b(?:pin|passcode|password)\b", re.IGNORECASE)
_NOT_MOVABLE = ("number.special", "number.toll_free", "number.not_us")
_LATER = ("later", "not now", "i have none", "no bill", "i have no bill")
_LONG_DIGITS = re.compile(r"\d{5,}")  # behind the house number no address has them; a PIN or an account number does
Rows = tuple[tuple[Choice, ...], ...]

OFFERED_CARRIERS = (
    "verizon",
    "att",
    "tmobile",
    "cricket",
    "metro",
    "xfinity_mobile",
    "spectrum_mobile",
    "mint",
)


@dataclass(frozen=True, slots=True)
class Given:
    """What an answer came to: fields to keep, or a secret with what of it may be shown."""

    value: tuple[str, ...]
    secret: Hidden | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """An answer that needs one more look: a sentence and the buttons that settle it."""

    key: str
    buttons: Rows
    params: Params = field(default_factory=dict)


Read = Callable[[str, Case], Given | Unclear | Unreadable]


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that we need to know.

    `signed`: the authorization states it, so a change asks for a new signature. `changeable`: the review offers it.
    `document`: answered by a file. `needed`: whether this case needs it at all.
    """

    id: str
    read: Read
    params: Callable[[Case], Params] = field(default=lambda _case: {})
    choices: Callable[[Case], Rows] = field(default=lambda _case: ())
    needed: Callable[[Case], bool] = field(default=lambda _case: True)
    signed: bool = False
    secret: bool = False
    document: bool = False
    changeable: bool = True
    words: Callable[[Case], str] | None = None

    def key(self, case: Case) -> str:
        """Return the wording key by which this case is asked."""
        return self.words(case) if self.words else f"ask.{self.id}"


def carrier_of(case: Case) -> Carrier | None:
    """Return the table's entry for the losing carrier; None while unknown or when it is not in the table."""
    given = case.answers.get("carrier")
    return CARRIERS.get(CarrierId(given.value[0])) if given else None


def holder_of(case: Case) -> PersonName:
    """Return the account holder's name as given."""
    first, last = case.answers["name"].value
    return PersonName(first, last)


def _moving(case: Case) -> str | None:
    given = case.answers.get("number")
    return given.value[0] if given else None


def _read_number(text: str, case: Case) -> Given | Unreadable:
    found = read_phone(text)
    if isinstance(found, Unreadable):
        return found
    rings_at = case.answer("destination")
    if rings_at is not None and rings_at[0] == found.e164:
        return Unreadable("number.is_destination")
    return Given((found.e164,))


def _read_destination(text: str, case: Case) -> Given | Unreadable:
    found = read_phone(text)
    if isinstance(found, Unreadable):
        return Unreadable("destination.not_usable") if found.code in _NOT_MOVABLE else found
    if found.e164 == _moving(case):
        return Unreadable("destination.is_moving")
    return Given((found.e164,))


def carrier_choice(carrier: Carrier) -> Choice:
    """Return the button that names a carrier."""
    return Choice(carrier.id, "button.carrier", {"carrier": carrier.name})


def _read_carrier(text: str, _case: Case) -> Given | Unclear | Unreadable:
    chosen = CARRIERS.get(CarrierId(text))
    if chosen is not None:
        return Given((chosen.id, chosen.name))
    found = find_carrier(text)
    if isinstance(found, Found):
        return Given((found.carrier.id, found.carrier.name))
    if isinstance(found, Maybe):
        rows = tuple((carrier_choice(c),) for c in found.carriers)
        return Unclear("carrier.which", (*rows, (Choice("another", "button.another_carrier"),)))
    return _read_other_carrier(text)


def _read_other_carrier(text: str) -> Given | Unclear | Unreadable:
    """Take a name that the table does not know only when it is confirmed by a button."""
    if text.startswith(CONFIRMED):
        return Given(("other", text.removeprefix(CONFIRMED)))
    name = " ".join(text.split())
    letters = sum(c.isalpha() for c in name)
    digits = sum(c.isdigit() for c in name)
    is_like_a_pin = digits > 1 and name.isalnum() and len(name) > 3
    is_no_name = letters < 3 or digits > 2 or any(c in name for c in "@?")
    if is_like_a_pin or is_no_name or len(name.encode()) > _LONGEST_NAME:
        return Unreadable("carrier.unreadable")
    yes = Choice(f"{CONFIRMED}{name}", "button.carrier_yes")
    return Unclear("carrier.unknown", ((yes,), (Choice("another", "button.another_carrier"),)), {"carrier": name})


def _carrier_rows(_case: Case) -> Rows:
    buttons = [carrier_choice(CARRIERS[CarrierId(c)]) for c in OFFERED_CARRIERS]
    pairs = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    return (*pairs, (Choice("another", "button.another_carrier"),))


def _read_name(text: str, _case: Case) -> Given | Unreadable:
    found = read_name(text)
    return found if isinstance(found, Unreadable) else Given((found.first, found.last))


def _read_address(text: str, _case: Case) -> Given | Unreadable:
    found = read_address(text)
    if isinstance(found, Unreadable):
        return found
    if _LONG_DIGITS.search(" ".join((found.street.partition(" ")[2], found.unit, found.city))):
        return Unreadable("address.odd_digits")
    return Given((found.street, found.unit, found.city, found.state, found.zip))


def _read_account(text: str, case: Case) -> Given | Unreadable:
    if _SAYS_PIN.search(text):
        return Unreadable("account.with_pin")
    carrier = carrier_of(case)
    found = read_account_number(
        text, phone=_moving(case), number_as_account_ok=carrier is not None and carrier.number_as_account_ok
    )
    if isinstance(found, Unreadable):
        return found
    return Given((masked(found.value),), Hidden(found.value))


def masked(secret: str) -> str:
    """Return what may be shown of an account number: its last two characters when it is long enough to spare them."""
    return f"••••{secret[-2:]}" if len(secret) >= 6 else "••••"


def pin_rule_of(case: Case) -> PinRule:
    """Return how this case's carrier makes its PINs."""
    carrier = carrier_of(case)
    return carrier.pin_rule if carrier else PinRule()


def _read_pin(text: str, case: Case) -> Given | Unreadable:
    found = read_pin(text, pin_rule_of(case), phone=_moving(case))
    if isinstance(found, Unreadable):
        return found
    if isinstance(found, Later):
        return Given(("later",))
    return Given(("••••",), Hidden(found.value))


def _pin_rows(case: Case) -> Rows:
    return () if case.phase == "rejected" else ((Choice("later", "button.later"),),)


def _pin_params(case: Case) -> Params:
    carrier = carrier_of(case)
    hint = carrier.pin_hint.text if carrier else nested("hint.pin")
    return {"carrier": case.answers["carrier"].value[1], "hint": hint}


def _account_params(case: Case) -> Params:
    carrier = carrier_of(case)
    hint = carrier.account_hint.text if carrier else nested("hint.account")
    return {"carrier": case.answers["carrier"].value[1], "hint": hint}


def _read_review(text: str, _case: Case) -> Given | Unreadable:
    return Given(("correct",)) if text in ("correct", "yes") else Unreadable("review.press")


def review_params(case: Case) -> Params:
    """Return every answer as the review shows it, secrets masked."""
    facts = stated_facts(case)
    return {
        "number": show_number(case, "number"),
        "carrier": facts["carrier"],
        "holder": facts["holder"],
        "address": facts["address"],
        "destination": show_number(case, "destination"),
        "account": case.answers["account"].value[0],
        "bill": nested("bill.later") if case.answers["bill"].value == ("later",) else case.answers["bill"].value[0],
    }


def show_number(case: Case, question: str) -> str:
    """Return a number that was given, grouped for reading."""
    return show(Phone(case.answers[question].value[0]))


def _review_rows(_case: Case) -> Rows:
    change = [Choice(f"change.{q.id}", f"button.change.{q.id}") for q in QUESTIONS if q.changeable]
    pairs = [tuple(change[i : i + 2]) for i in range(0, len(change), 2)]
    return ((Choice("correct", "button.correct"),), *pairs)


def _read_signature(text: str, case: Case) -> Given | Unreadable:
    found = read_signature(text, holder_of(case))
    if isinstance(found, Unreadable):
        return found
    return Given((found.typed, TEXT_VERSION, facts_digest(case)))


def _signature_params(case: Case) -> Params:
    facts = stated_facts(case)
    return {**facts, "numbers": ", ".join(show(Phone(n.e164)) for n in case.numbers)}


def _read_bill(text: str, _case: Case) -> Given | Unreadable:
    return Given(("later",)) if text.strip(" .!").lower() in _LATER else Unreadable("bill.send_a_file")


def _later_row(_case: Case) -> Rows:
    return ((Choice("later", "button.later"),),)


def _carrier_param(case: Case) -> Params:
    return {"carrier": case.answers["carrier"].value[1]}


QUESTIONS: tuple[Question, ...] = (
    Question("number", _read_number, signed=True),
    Question(
        "carrier",
        _read_carrier,
        choices=_carrier_rows,
        params=lambda c: {"number": show_number(c, "number")},
        signed=True,
    ),
    Question("name", _read_name, params=_carrier_param, signed=True),
    Question("address", _read_address, params=_carrier_param, signed=True),
    Question("destination", _read_destination, params=lambda c: {"number": show_number(c, "number")}),
    Question("account", _read_account, params=_account_params, secret=True),
    Question("bill", _read_bill, params=_carrier_param, choices=_later_row, document=True),
    Question(
        "review",
        _read_review,
        params=review_params,
        choices=_review_rows,
        needed=lambda case: case.phase == "intake",
        changeable=False,
    ),
    Question("signature", _read_signature, params=_signature_params, changeable=False),
    Question(
        "pin",
        _read_pin,
        params=_pin_params,
        choices=_pin_rows,
        secret=True,
        changeable=False,
        words=lambda case: "ask.pin_again" if "pin" in case.answers else "ask.pin",
    ),
)

BY_ID: dict[str, Question] = {q.id: q for q in QUESTIONS}


TAKES_ANSWERS = frozenset({"intake", "awaiting_documents", "staff_review", "changes_requested", "rejected"})


def next_question(case: Case) -> Question | None:
    """Return the first needed question without an answer; None when everything is known, or nothing is asked by now."""
    if case.phase not in TAKES_ANSWERS:
        return None
    answers = case.answers
    for question in QUESTIONS:
        given = answers.get(question.id)
        if (given is None or given.reopened) and question.needed(case):
            return question
    return None
