"""Stages 4 and 5: where calls ring after the move, the account's secrets, the check and the signature."""

import re

from domain.errors import Unreadable
from domain.intake.about import asks, carrier_of, first_moving, is_wireless, moving, signer_of
from domain.intake.choices import Choice
from domain.intake.given import NO, YES, Given, Rows, bare_word
from domain.numbers import read_phone
from domain.orders.model import Case, Hidden
from domain.papers.authorization import TEXT_VERSION, facts_digest
from domain.readers.accounts import read_account_number
from domain.readers.emails import read_email
from domain.readers.pins import Later, PinRule, read_pin
from domain.readers.secrets import is_lone_secret, looks_secret
from domain.readers.signature import read_signature
from domain.text import ascii_digits, clean

_NOT_MOVABLE = ("number.special", "number.toll_free", "number.not_us")
_PIN_BESIDE = re.compile(
    r"^(?P<account>.*?\d.*?)[\s,;/]+(?:and\s+)?(?:the\s+|my\s+)?(?:number\s+)?(?:transfer\s+|port(?:[- ]?out)?\s+)?"
    r"(?:pin|passcode)\b\s*(?:number|code|is|will come|comes|:|=|#|-|\s)*(?P<pin>[A-Za-z0-9 -]{4,20})$",
    re.I,
)
_SAYS_PIN = re.compile(r"\b(?:pin|passcode|password)\b", re.IGNORECASE)
_LONGEST_PAIR = 200  # characters in which account number and PIN are looked for
LONGEST_LABEL = 40
LONGEST_SECOND = 80
_NO_OTHER = frozenset(
    {"none", "no", "nothing", "no other number", "i don't have another number", "i have no other number"}
)
_TWO_FIGURES = re.compile(r"\S{7,}[\s,;/]+\d{4,8}")  # an account number with what may be a PIN behind it, unnamed
_SKIP = frozenset({"skip", "later", "none", "-", "no thanks"}) | NO


def read_destination(text: str, case: Case) -> Given | Unreadable:
    """Read where calls shall ring: an ordinary number in service that is none of those moving."""
    if bare_word(text) in _NO_OTHER:
        return Given(("none",))
    if not any(c.isdigit() for c in text):
        return Unreadable("number.none")
    found = read_phone(text)
    if isinstance(found, Unreadable):
        return Unreadable("destination.not_usable") if found.code in _NOT_MOVABLE else found
    if found.e164 in moving(case):
        return Unreadable("destination.is_moving")
    return Given((found.e164,))


def read_label(text: str, _case: Case) -> Given | Unreadable:
    """Read a short name, as typed."""
    said = clean(text)
    if not 1 <= len(said) <= LONGEST_LABEL or not any(c.isalnum() for c in said):
        return Unreadable("label.length", {"longest": str(LONGEST_LABEL)})
    return Unreadable("secret.not_now") if _is_secret(said) else Given((said,))


def _is_secret(said: str) -> bool:
    """Tell whether a name that staff are going to read may be a PIN or an account number."""
    return looks_secret(said) or is_lone_secret(said)


def read_listed(what: str, text: str, case: Case) -> Given | Unreadable:
    """Read one of the names that the company gave to choose from, by its number in the list or by itself."""
    names = asks(case, what)
    said = bare_word(text)
    chosen = next((n for i, n in enumerate(names) if said in (f"{what}.{i}", bare_word(n))), None)
    return Unreadable(f"{what}.press") if chosen is None else Given((chosen,))


def listed_rows(what: str, case: Case) -> Rows:
    """Return the names to choose from as buttons."""
    return tuple((Choice(f"{what}.{i}", "button.named", {"name": n}),) for i, n in enumerate(asks(case, what)))


def read_account(text: str, case: Case) -> Given | Unreadable:
    """Read the account number; a mobile number's transfer PIN may stand behind it, named as one."""
    beside = _PIN_BESIDE.match(ascii_digits(clean(text[:_LONGEST_PAIR]))) if is_wireless(case) else None
    if beside is None and is_wireless(case) and _TWO_FIGURES.fullmatch(clean(text)):
        return Unreadable("account.two")
    if beside is None and _SAYS_PIN.search(text):
        return Unreadable("account.with_pin")
    found = _account_number(beside["account"] if beside else text, case)
    if isinstance(found, Unreadable) or beside is None:
        return found
    pin = read_the_pin(beside["pin"], case)
    if isinstance(pin, Unreadable):
        return Given(found.value, found.secret, lead=pin.code, params=pin.params)
    return Given(found.value, found.secret, more=(("pin", pin),))


def _account_number(text: str, case: Case) -> Given | Unreadable:
    carrier = carrier_of(case)
    found = read_account_number(
        text, phone=first_moving(case), number_as_account_ok=carrier is not None and carrier.number_as_account_ok
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


def read_the_pin(text: str, case: Case) -> Given | Unreadable:
    """Read the transfer PIN, or that it comes later."""
    found = read_pin(text, pin_rule_of(case), phone=first_moving(case))
    if isinstance(found, Unreadable):
        has_none = found.code == "pin.wireless_needs_one" and not is_wireless(case)
        return Given(("none",)) if has_none else found
    return Given(("later",)) if isinstance(found, Later) else Given(("••••",), Hidden(found.value))


def pin_rows(case: Case) -> Rows:
    """Return the button that puts the PIN off; a rejection waits for it, so not there."""
    return () if case.phase == "rejected" else ((Choice("later", "button.later"),),)


def read_copies(text: str, _case: Case) -> Given | Unreadable:
    """Read where copies go by e-mail, or that none are wanted."""
    if bare_word(text) in _SKIP:
        return Given(("none",))
    found = read_email(text)
    return found if isinstance(found, Unreadable) else Given((found,))


def read_second(text: str, case: Case) -> Given | Unreadable:
    """Read a second way to reach the customer: another number, or an e-mail address."""
    if bare_word(text) in _SKIP:
        return Given(("none",))
    email = read_email(text)
    if not isinstance(email, Unreadable):
        return Given((email,))
    phone = read_phone(text)
    if isinstance(phone, Unreadable):
        return Unreadable("second.unreadable")
    return Unreadable("second.is_moving") if phone.e164 in moving(case) else Given((phone.e164,))


def read_title(text: str, _case: Case) -> Given | Unreadable:
    """Read the friendly name of a request."""
    said = clean(text)
    if bare_word(said) in _SKIP:
        return Given(("",))
    if len(said) > LONGEST_LABEL or not any(c.isalnum() for c in said):
        return Unreadable("title.length", {"longest": str(LONGEST_LABEL)})
    return Unreadable("secret.not_now") if _is_secret(said) else Given((said,))


def read_review(text: str, _case: Case) -> Given | Unreadable:
    """Take the one press, or plain yes, that all is right and agreed to."""
    if (
        text == "correct"
        or bare_word(text) in YES
        or bare_word(text) in ("all correct", "i agree", "agree", "all right")
    ):
        return Given(("correct",))
    return Unreadable("review.press")


def read_the_signature(text: str, case: Case) -> Given | Unreadable:
    """Take the typed name of the one who may make changes as the signature under the stated facts."""
    expected = signer_of(case)
    if expected is None:
        return Unreadable("signature.not_here")
    found = read_signature(text, expected)
    if isinstance(found, Unreadable):
        return found
    return Given((found.typed, TEXT_VERSION, facts_digest(case)))
