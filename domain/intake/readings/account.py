"""Stages 2 and 3: the bill, whose account it is, and what stands on it."""

import re

from domain.errors import Unreadable
from domain.intake.about import account_name, class_of, country_of, is_business, kind_of
from domain.intake.given import YES, Given, Rows, Unclear, bare_word, choice_rows
from domain.orders.model import Case
from domain.orders.phases import WITH_CSR, is_ended
from domain.readers.addresses import Address, Doubt, Doubtful, read_address
from domain.readers.emails import read_email, without_email
from domain.readers.names import read_name
from domain.readers.secrets import names_secret
from domain.readers.starts import place_amid
from domain.text import clean

_NO_PAPER = ("none", "no", "skip", "without")
_NO_RECORD = (*_NO_PAPER, "they give none", "i cannot get it", "i can't get it", "they refuse")
_LATER = ("later", "not now", "i have none", "no bill", "i have no bill")
_LONG_DIGITS = re.compile(r"\d{5,}")  # behind the house number no address has them; a PIN or an account number does
_DOUBTED = "doubted_address"  # beside the questions: the address that was asked about, until it is confirmed
_BEGUN_SIGNER = "begun_signer"  # beside the questions: the signer's name, until the address is given, or that none is
_MOST_NAMES = 5  # words of a name alone; more are something else that somebody says
_NO_EMAIL = (
    "none", "no", "no email", "no e-mail", "without", "without email", "skip", "she has none", "he has none",
    "they have none", "i don't know", "i dont know", "dont know", "don't know", "unknown",
)  # fmt: skip
_WITHOUT_EMAIL = re.compile(
    r"[\s,;.(-]{0,3}\b(?:(?:but|and|with|s?he|they|has|have) )*(?:no|without) e-?mail.*$", re.I | re.S
)
_ABOUT_EMAIL = frozenset(  # words that may stand around an address which comes behind a name
    {"she", "he", "her", "his", "their", "the", "it", "it's", "its", "that", "that's", "is", "at", "has"}
    | {"yes", "ok", "sure", "email", "e-mail", "mail", "address"}
)
_ROUTES = ("hc", "rr", "h.c", "r.r")  # boxes of a route in Puerto Rico have five digits
_BILLS_TO = re.compile(
    r"[\n,;. ]*\b(?:the )?(?:(?:bills?|billing(?: address)?|mail(?:ing)?(?: address)?)(?: is| goes| go)?(?: to)?"
    r"|(?:la |les )?(?:factur(?:es?|ation)|courrier|adresse (?:de facturation|postale))(?: (?:va|vont|est))?"
    r"(?: [aà]u?)?)"
    r"\s*:?\s+(?=\S*\d|[pcb]\.?\s?[op]\.?\b|(?:case|casier|bo[iî]te) )",
    re.I,
)
_LONG_RUN = re.compile(r"\d{6,}")  # no house number, box or ZIP has so many
_LONGEST_KEPT = 160
_LONGEST_PAIR = 600  # characters of a service and a billing address together


def read_bill(text: str, case: Case) -> Given | Unreadable:
    """A text answers it only by putting it off, or that there is none where the move goes on without."""
    word = bare_word(text)
    if kind_of(case).proof_optional and word in (*_NO_PAPER, *_LATER):
        return Given(("none",))
    return Given(("later",)) if word in _LATER else Unreadable("bill.send_a_file")


def bill_rows(case: Case) -> Rows:
    """Return the button that puts it off; where no paper is needed, the one that goes on without."""
    return choice_rows("bill", "none" if kind_of(case).proof_optional else "later")


def read_csr(text: str, _case: Case) -> Given | Unreadable:
    """A text answers it only by saying that the company gives none."""
    return Given(("none",)) if bare_word(text) in _NO_RECORD else Unreadable("csr.send_a_file")


def is_csr_asked(case: Case) -> bool:
    """Tell whether the desk asked for the carrier's record of the account, which only some classes have.

    While all of it waits to be cancelled, nobody needs it.
    """
    is_wanted = any(n.phase != "cancel_requested" and not is_ended(n.phase) for n in case.numbers)
    return is_wanted and "csr" in case.answers and class_of(case) in WITH_CSR


def csr_rows(_case: Case) -> Rows:
    """Return the button of who cannot get it."""
    return choice_rows("csr", "none")


def read_signer(text: str, case: Case) -> Given | Unclear | Unreadable:
    """Read the name and the e-mail address of the one who has to sign, out of one message or of two.

    An address alone is that of the name that was given before, or of the person in whose name the account stands. A
    name alone is kept while its address is asked for; who has none, or whose nobody knows, gets a link to pass on.
    """
    email, begun = read_email(text), case.answer(_BEGUN_SIGNER)
    if begun and bare_word(text) in _NO_EMAIL:
        return Given((begun[0], ""), more=_begun_no_more(case))
    without = _WITHOUT_EMAIL.sub("", text)
    if isinstance(email, Unreadable) and without != text:
        email = ""
    said = without if isinstance(email, Unreadable) or not email else without_email(text)
    known = "" if is_business(case) or isinstance(email, Unreadable) else account_name(case)
    has_letters = any(c.isalpha() for c in said) and not (
        begun and _ABOUT_EMAIL.issuperset(bare_word(said.replace(":", " ")).split())
    )
    name = read_name(said if has_letters else begun[0] if begun else known)
    is_sentence = isinstance(email, Unreadable) and len(said.split()) > _MOST_NAMES
    if is_sentence or isinstance(name, Unreadable):
        return Unreadable("signer.needs_name" if not isinstance(email, Unreadable) else "signer.needs_both")
    if isinstance(email, Unreadable):
        return Unclear("signer.needs_email", None, {"name": name.full}, ((_BEGUN_SIGNER, Given((name.full,))),))
    return Given((name.full, email), more=_begun_no_more(case))


def mail_rows(case: Case) -> Rows:
    """Return the button of who knows no address of the signer that was named."""
    return choice_rows("signer", "none") if case.answer(_BEGUN_SIGNER) else ()


def _begun_no_more(case: Case) -> tuple[tuple[str, Given], ...]:
    return ((_BEGUN_SIGNER, Given(())),) if case.answer(_BEGUN_SIGNER) else ()


def read_service_address(text: str, case: Case) -> Given | Unclear | Unreadable:
    """Read the address; "bills to: …" behind it is the billing address, and so is a post office box."""
    doubted = case.answer(_DOUBTED)
    if doubted and (text == "there" or bare_word(text) in YES):
        return Given(doubted, more=(*_no_more_doubt(case), *_billing(case, ())))
    place, billing = _parted(text[:_LONGEST_PAIR])
    found = _in_country(_read_place(place), case)
    if isinstance(found, Doubtful):
        return _doubted(found, billing, case)
    if isinstance(found, Unreadable):
        if found.code != "address.po_box":
            return found
        kept = billing or (clean(_BILLS_TO.sub("", text, count=1))[:_LONGEST_KEPT],)
        return Unclear("address.po_box", None, keeps=(("billing", Given(kept)),))
    if _has_odd_digits(found):
        return Unreadable("address.odd_digits")
    return Given(_fields(found), more=(*_no_more_doubt(case), *_billing(case, billing)))


def _read_place(text: str) -> Address | Doubtful | Unreadable:
    """Read an address, also one amid other words: "i said 88 Boylston St, Boston"."""
    found = read_address(text)
    amid = place_amid(text) if isinstance(found, Unreadable) else None
    if amid is None or not isinstance(found, Unreadable):
        return found
    again = read_address(amid)
    lacks = again.params.get("lacks", "") if isinstance(again, Unreadable) else ""
    is_nearer = not isinstance(again, Unreadable) or (lacks and not {"street", "house_number"} & set(lacks.split()))
    return again if is_nearer else found


def _in_country(found: Address | Doubtful | Unreadable, case: Case) -> Address | Doubtful | Unreadable:
    """Doubt an address in another country than that of the numbers: their service is seldom there."""
    place = found.value if isinstance(found, Doubtful) else found
    if isinstance(place, Unreadable) or country_of(case) in ("", place.country):
        return found
    doubt = Doubt(f"address.not_in_{country_of(case).lower()}")
    return Doubtful(place, (doubt, *(found.doubts if isinstance(found, Doubtful) else ())))


def _doubted(found: Doubtful, billing: tuple[str, ...], case: Case) -> Given | Unclear | Unreadable:
    """Ask about a doubtful address; what is sent once more as it was is meant. A box beside it is for the bills."""
    place, value = found.value, _fields(found.value)
    if _has_odd_digits(place):
        return Unreadable("address.odd_digits")
    if value == case.answer(_DOUBTED):
        return Given(value, more=(*_no_more_doubt(case), *_billing(case, billing)))
    params = {name: each for doubt in found.doubts for name, each in doubt.params.items()}
    if "box" in params and not billing:
        billing = (f"{params['box']}, {place.city}, {place.state} {place.zip}",)
    keeps = ((_DOUBTED, Given(value)), *((("billing", Given(billing)),) if billing else ()))
    key = "+".join((*(doubt.code for doubt in found.doubts), "address.is_it_there"))
    params["address"] = ", ".join(filter(None, value))
    return Unclear(key, choice_rows("address", "there", "ask"), params, keeps)


def _no_more_doubt(case: Case) -> tuple[tuple[str, Given], ...]:
    return ((_DOUBTED, Given(())),) if case.answer(_DOUBTED) else ()


def _fields(address: Address) -> tuple[str, ...]:
    return (address.street, address.unit, address.city, address.state, address.zip)


def _has_odd_digits(address: Address) -> bool:
    behind = (address.street.partition(" ")[2], address.unit, address.city)
    return not address.street.lower().startswith(_ROUTES) and _LONG_DIGITS.search(" ".join(behind)) is not None


def _billing(case: Case, billing: tuple[str, ...]) -> tuple[tuple[str, Given], ...]:
    known = billing or (() if "billing" in case.answers else ("same",))
    return (("billing", Given(known)),) if known else ()


def _parted(text: str) -> tuple[str, tuple[str, ...]]:
    found = _BILLS_TO.search(text)
    if found is None or not text[: found.start()].strip():
        return text, ()
    return text[: found.start()], (clean(text[found.end() :])[:_LONGEST_KEPT],)


def names_billing(text: str) -> bool:
    """Tell whether an address has that of the bills behind it."""
    return bool(_parted(text)[1])


def read_billing(text: str, _case: Case) -> Given | Unreadable:
    """Read where the bill goes: the same place, or any address; a post office box is fine here."""
    said = clean(text)
    if bare_word(said) in ("same", "the same", "same address", "same as above", "same as service address"):
        return Given(("same",))
    if names_secret(said) or _LONG_RUN.search(said):
        return Unreadable("secret.not_now")
    if not any(c.isdigit() for c in said) or sum(c.isalpha() for c in said) < 4 or len(said) > _LONGEST_KEPT:
        return Unreadable("billing.unreadable")
    return Given((said,))


def billing_rows(_case: Case) -> Rows:
    """Return the button for a bill that goes to the service address."""
    return choice_rows("billing", "same")
