"""Stages 4 and 5: where calls ring after the move, the account's secrets, the check and the signature."""

import re

from domain.errors import Unreadable
from domain.intake.about import (
    asks,
    carrier_of,
    first_moving,
    has_short_pin,
    kind_of,
    moving,
    must_have_pin,
    signer_of,
    wants,
)
from domain.intake.choices import Choice
from domain.intake.given import NO, YES, Given, Rows, Unclear, bare_word
from domain.intake.readings.esign import PAPER, consent_beside
from domain.intake.remarks import REMARKS
from domain.numbers import Phone, read_phone, show
from domain.numbers.inventory import is_tracking, taken, told_of
from domain.numbers.lists import spot_list
from domain.numbers.verdicts import CANADA, US, Served
from domain.orders.model import Case, Hidden
from domain.papers.authorization import TEXT_VERSION, facts_digest
from domain.readers.accounts import read_account_number
from domain.readers.emails import read_email
from domain.readers.pins import Later, PinRule, read_pin
from domain.readers.secrets import is_lone_secret, looks_secret
from domain.readers.signature import read_signature
from domain.text import ascii_digits, clean
from domain.values import replace

PIN_OVER = "pin_over"  # beside the questions: why the PIN that was given can't be used any more, till there is another
IS_ACCOUNT_TOO = "too"  # the button that takes a phone number of the request for the account number, too
_DOUBTED = "doubted_account"  # beside the questions: the phone number that was asked about, until it is settled
_IT_IS = ("yes", "y", "yep", "yeah", "it is", "yes it is", "that is it", "both")
_PHONES = ("destination", "btn", "new_btn", "second")
_RING = Served(frozenset({US, CANADA}))  # where calls can ring, whatever moves
_NOT_MOVABLE = ("number.special", "number.toll_free", "number.not_us")
_PIN_BESIDE = re.compile(
    r"^(?P<account>.*?\d.*?)[\s,;/]+(?:and\s+)?(?:the\s+|my\s+)?(?:number\s+)?(?:transfer\s+|port(?:[- ]?out)?\s+)?"
    r"(?:pin|passcode)\b\s*(?:number|code|is|will come|comes|:|=|#|-|\s)*(?P<pin>[A-Za-z0-9 -]{4,20})$",
    re.I,
)
_ALSO_INTERNET = ("xfinity_mobile", "spectrum_mobile")
_INTERNET_ACCOUNT = re.compile(r"8(?:[ -]?\d){15}")
"""How the cable accounts of both companies look on bills, by their customers; so it is warned of, never refused."""
_SAYS_PIN = re.compile(r"\b(?:pin|passcode|password)\b", re.IGNORECASE)
_LONGEST_PAIR = 200  # characters in which account number and PIN are looked for
LONGEST_LABEL = 40
_NO_OTHER = frozenset(
    {"none", "no", "nothing", "no other number", "i don't have another number", "i have no other number"}
)
_TWO_FIGURES = re.compile(r"\S{7,}[\s,;/]+\d{4,8}")  # an account number with what may be a PIN behind it, unnamed
_MAY_SIGN = (("holder",), ("allowed",))  # what they said of the account
_SKIP = frozenset({"skip", "later", "none", "-", "no thanks"}) | NO


def read_destination(text: str, case: Case) -> Given | Unreadable:
    """Read where calls shall ring: an ordinary number in service that is none of those moving."""
    if bare_word(text) in _NO_OTHER:
        return Given(("none",))
    if not any(c.isdigit() for c in text):
        return Unreadable("number.none")
    found = read_phone(text, _RING)
    if isinstance(found, Unreadable):
        return Unreadable("destination.not_usable") if found.code in _NOT_MOVABLE else found
    if found.e164 in moving(case):
        return Unreadable("destination.is_moving")
    if is_tracking(found.e164, case.ours):
        return Unreadable("destination.is_ours")
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


def read_account(text: str, case: Case) -> Given | Unclear | Unreadable:
    """Read the account number; a transfer PIN may stand behind it, named as one, where the class may have one."""
    doubted = case.answer(_DOUBTED)
    if doubted and (text == IS_ACCOUNT_TOO or bare_word(text) in _IT_IS):
        return _settled(_taken(doubted[0].removeprefix("+1"), (), case), case)
    with_pin = "pin" in kind_of(case).needs
    beside = _PIN_BESIDE.match(ascii_digits(clean(text[:_LONGEST_PAIR]))) if with_pin else None
    if beside is None and wants(case, "pin") and _TWO_FIGURES.fullmatch(clean(text)):
        return Unreadable("account.two")
    if beside is None and _SAYS_PIN.search(text):
        return Unreadable("account.with_pin")
    found = _account_number(beside["account"] if beside else text, case)
    if not isinstance(found, Given):
        return found
    pin = _pin_beside(beside["pin"] if beside else "", case)
    if isinstance(pin, Unreadable):
        return replace(found, lead=pin.code, params=pin.params)
    return replace(found, more=(*found.more, *((("pin", pin),) if pin else ())))


def _pin_beside(text: str, case: Case) -> Given | Unreadable | None:
    """Read the PIN behind an account number; one that lives too short to be made now comes later, unasked."""
    if text:
        return read_the_pin(text, case)
    is_later = wants(case, "pin") and has_short_pin(case) and "pin" not in case.answers and case.phase == "intake"
    return Given(("later",)) if is_later else None


def account_words(case: Case) -> str:
    """Return how the account number is asked for: with the PIN where one is needed and may be made by now."""
    if wants(case, "pin"):
        return "ask.account_short_pin" if has_short_pin(case) else "ask.account_wireless"
    ending = kind_of(case).words.get("account")
    return f"ask.account_{ending}" if ending else "ask.account"


def _account_number(text: str, case: Case) -> Given | Unclear | Unreadable:
    carrier = carrier_of(case)
    found = read_account_number(
        text, phone=first_moving(case), number_as_account_ok=carrier is not None and carrier.number_as_account_ok
    )
    if isinstance(found, Unreadable):
        return found
    is_internets = carrier is not None and carrier.id in _ALSO_INTERNET and _INTERNET_ACCOUNT.fullmatch(found.value)
    remarks = (*found.warnings, *(("account.of_internet",) if is_internets else ()))
    phone = _own_phone(found.value, case)
    if phone is not None and case.answer(_DOUBTED) != (phone.e164,):  # sent once more, it is meant
        rows = ((Choice(IS_ACCOUNT_TOO, "button.yes"),), (Choice("ask", "button.not_that"),))
        return Unclear("account.is_a_phone", rows, {"number": show(phone)}, ((_DOUBTED, Given((phone.e164,))),))
    return _settled(_taken(found.value, remarks, case), case)


def _taken(value: str, remarks: tuple[str, ...], case: Case) -> Given:
    return Given((masked(value),), Hidden(value), more=_remarks("account", remarks, case))


def _settled(found: Given, case: Case) -> Given:
    """Return an account number with the doubt about one settled."""
    return replace(found, more=(*found.more, (_DOUBTED, Given(())))) if case.answer(_DOUBTED) else found


def _own_phone(value: str, case: Case) -> Phone | None:
    """Return the telephone number of this request that an account number is; the first that moves is only warned of."""
    phone = read_phone(value, _RING)
    if isinstance(phone, Unreadable) or any(c.isalpha() for c in value):
        return None
    stays = case.answer("stays")
    lines = [each.found.e164 for each in spot_list(stays[0]) if isinstance(each.found, Phone)] if stays else []
    others = [e164 for q in _PHONES for e164 in case.answer(q) or ()]
    return phone if phone.e164 in (*moving(case)[1:], *others, *lines) else None


def _remarks(question: str, found: tuple[str, ...], case: Case) -> tuple[tuple[str, Given], ...]:
    """Return what the check and the desk should notice about an answer, in place of what was noticed before."""
    name = f"{REMARKS}{question}"
    return ((name, Given(found)),) if found or name in case.answers else ()


def masked(secret: str) -> str:
    """Return what may be shown of an account number: its last two signs when it is long enough to spare them.

    Hyphens are none: by the last two a secret is known again (`domain.desk.secrecy`).
    """
    signs = "".join(filter(str.isalnum, secret))
    return f"••••{signs[-2:]}" if len(signs) >= 6 else "••••"


def pin_rule_of(case: Case) -> PinRule:
    """Return how this case's carrier makes its PINs."""
    carrier = carrier_of(case)
    return carrier.pin_rule if carrier else PinRule()


def read_the_pin(text: str, case: Case) -> Given | Unreadable:
    """Read the transfer PIN, or that it comes later."""
    found = read_pin(text, pin_rule_of(case), phone=first_moving(case))
    if isinstance(found, Unreadable):
        has_none = found.code == "pin.wireless_needs_one" and not must_have_pin(case)
        return Given(("none",)) if has_none else found
    if isinstance(found, Later):
        return Given(("later",))
    return Given(("••••",), Hidden(found.value), more=_remarks("pin", found.warnings, case))


def pin_words(case: Case) -> str:
    """Return how the PIN is asked for: for the first time or again, where a class must have one or only may."""
    if PIN_OVER in case.answers:
        return "ask.pin_over"
    if "pin" in case.answers:
        return "ask.pin_again"
    return "ask.pin" if must_have_pin(case) else "ask.pin_if_any"


def pin_rows(case: Case) -> Rows:
    """Return the button that puts the PIN off, but to a rejection, which waits for it; and that there is none."""
    later = () if case.phase in ("rejected", "needs_attention") else ((Choice("later", "button.later"),),)
    return later if must_have_pin(case) else (*later, (Choice("none", "button.pin.none"),))


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
    phone = read_phone(text, _RING)
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


def read_review(text: str, case: Case) -> Given | Unclear | Unreadable:
    """Take the one press, or plain yes, that all is right and agreed to; not while a number cannot move to us."""
    if (
        text == "correct"
        or bare_word(text) in YES
        or bare_word(text) in ("all correct", "i agree", "agree", "all right")
    ):
        ours = taken(moving(case), case.ours)
        rows = ((Choice("change.numbers", "button.change.numbers"),), (Choice("correct", "button.correct"),))
        if ours:
            return Unclear("review.ours", rows, told_of(ours, case.ours))
        return Given(("correct",), more=consent_beside(case))
    return Unreadable("review.press")


def page_rows(case: Case) -> Rows:
    """Return the buttons that lead to a page of ours, where there is one, and to the letter to be signed on paper."""
    on_page = (Choice("page", "button.sign.page"),) if case.pages else ()
    return ((*on_page, PAPER),)


def read_the_signature(text: str, case: Case) -> Given | Unreadable:
    """Take the typed name as the signature under the stated facts, of one who said to be allowed, and consented."""
    expected = signer_of(case)
    if expected is None or case.answer("authority") not in _MAY_SIGN or case.answer("consent") is None:
        return Unreadable("signature.not_here")
    found = read_signature(text, expected)
    if isinstance(found, Unreadable):
        return found
    return Given((found.typed, TEXT_VERSION, facts_digest(case)))
