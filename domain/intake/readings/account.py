"""Stages 2 and 3: the bill, whose account it is, and what stands on it."""

import re
from dataclasses import replace

from domain.errors import Unreadable
from domain.intake.about import account_name, is_wireless, needs_contact
from domain.intake.given import NO, YES, Given, Rows, Unclear, bare_word, choice_rows
from domain.intake.readings.naming import name_alone, name_first
from domain.intake.sayings.plain import plain
from domain.numbers import Phone, spot
from domain.orders.model import Case
from domain.readers.addresses import read_address
from domain.readers.companies import may_name_company, names_company, read_company
from domain.readers.emails import read_email, without_email
from domain.readers.names import PersonName, read_name
from domain.readers.secrets import is_lone_secret, mask_words, names_secret
from domain.text import clean, clean_lines, words_of

_LATER = ("later", "not now", "i have none", "no bill", "i have no bill")
_LONG_DIGITS = re.compile(r"\d{5,}")  # behind the house number no address has them; a PIN or an account number does
_BILLS_TO = re.compile(
    r"[\n,;. ]*\b(?:the )?(?:bills?|billing(?: address)?|mail(?:ing)?(?: address)?)(?: is| goes| go)?(?: to)?\s*:?\s+"
    r"(?=\S*\d|p\.?\s?o\.?\b)",
    re.I,
)
_ATTENTION = re.compile(r"^(?:attn|attention|c/o|care of|contact)\b[.: ]*", re.I)
_CITY_BELOW = re.compile(r"[^\d\n]+[,\s][A-Za-z]{2}\b[,.\s]*\d{5}\b")
_BOX = re.compile(r"p\.?\s?o\.?\s?box\b", re.I)
_LONG_RUN = re.compile(r"\d{6,}")  # no house number, box or ZIP has so many
_LONGEST_KEPT = 160
_LONGEST_STAYS = 300
_LONGEST_PAIR = 600  # characters of a service and a billing address together
_REMARK = 4  # words
REMARK_WORDS = words_of(
    "says said i im its it you your me my we us this that these there is are was will just sent send see photo picture"
    " bill have dont not please sorry already yes no already what why how when where can cant should would could do"
    " does did"
)
_ROLE = re.compile(
    r"\s*[,(-]\s*(?:the |our |an? )?(?:office |general |store |account )?(?:manager|owner|co-?owner|ceo|cfo|cto|"
    r"president|director|secretary|admin\w*|partner|treasurer|assistant|bookkeeper|accountant)\b.*$",
    re.I,
)
_TEXTS_BEHIND = re.compile(r"[\s,;.]*\b(?:and |but )?(no texts?|no texting|texts matter)[.! ]*$", re.I)
_TIED = re.compile(r"\b(?:dsl|internet|wi-?fi|alarm|elevator|lift|fax|hunt|security)\b", re.I)


def read_bill(text: str, _case: Case) -> Given | Unreadable:
    """A text answers it only by putting it off."""
    return Given(("later",)) if bare_word(text) in _LATER else Unreadable("bill.send_a_file")


def bill_rows(_case: Case) -> Rows:
    """Return the button that puts it off."""
    return choice_rows("bill", "later")


def read_signer(text: str, case: Case) -> Given | Unreadable:
    """Read the name and the e-mail address of the one who has to sign, out of one message."""
    email = read_email(text)
    if isinstance(email, Unreadable):
        return Unreadable("signer.needs_email")
    name = read_name(without_email(text))
    return Unreadable("signer.needs_name") if isinstance(name, Unreadable) else Given((name.full, email))


def read_account_name(text: str, case: Case) -> Given | Unclear | Unreadable:
    """Read the name at the top of the bill, with the address or the contact when they stand in the same message."""
    said, is_amid_words = name_alone(name_first(text))
    head, rest = _head_and_rest(said)
    is_place = head[:1].isdigit() or _BOX.match(head)
    if is_place and _CITY_BELOW.match(rest):  # an address alone: its street is no company's name
        return Unreadable("name.has_digits")
    name = _name_value(head, case)
    if isinstance(name, Unreadable):
        return name
    more, then = _beside_name(rest, name, case)
    is_to_be_shown = is_amid_words and name[0] != "unsure"
    params = {"name": " ".join(name[1:])} if is_to_be_shown else {}
    return Given(name, more=more, lead="name.taken" if is_to_be_shown else "", params=params, then=then)


def _head_and_rest(text: str) -> tuple[str, str]:
    """Part the name from what stands below it, or behind the comma before the first figure."""
    lines = clean_lines(text)
    if len(lines) > 1:
        return lines[0], "\n".join(lines[1:])
    line = lines[0] if lines else ""
    head, comma, rest = line.partition(",")
    suffix = rest.split(",")[0].strip(" .").lower() in (
        "inc",
        "llc",
        "jr",
        "sr",
        "ii",
        "iii",
        "iv",
        "ltd",
        "pc",
        "pllc",
        "esq",
    )
    if comma and suffix:
        more, _, rest = rest.partition(",")
        head = f"{head},{more}"
    belongs = any(c.isdigit() for c in rest) or may_name_company(head)
    return (head, rest.strip()) if comma and belongs else (line, "")


def _name_value(head: str, case: Case) -> tuple[str, ...] | Unreadable:
    """Return whose name it is: certain by a company's marks, or a person's on a mobile bill; else to be asked."""
    person = read_name(_ROLE.sub("", head))
    company = read_company(head)
    if is_talk(head):
        return Unreadable("name.sentence")
    if names_company(head) and company is not None:
        return ("business", company)
    if company is not None and may_name_company(head):
        return ("unsure", company)
    if isinstance(person, PersonName) and is_wireless(case):
        return ("person", person.first, person.last)
    if company is None or (is_wireless(case) and isinstance(person, Unreadable)):
        return person if isinstance(person, Unreadable) else Unreadable("name.odd_character")
    return ("unsure", company)


def _beside_name(
    rest: str, name: tuple[str, ...], case: Case
) -> tuple[tuple[tuple[str, Given], ...], tuple[str, Unclear] | None]:
    """Read what stands below a name: who may make changes, and the address."""
    if not rest:
        return (), None
    first, _, below = rest.partition("\n" if "\n" in rest else ",")
    contact = read_name(_ATTENTION.sub("", first)) if not any(c.isdigit() for c in first) else None
    more: tuple[tuple[str, Given], ...] = ()
    if name[0] == "business" and isinstance(contact, PersonName):
        more, rest = (("contact", Given((contact.first, contact.last))),), below
    if not any(c.isdigit() for c in rest):
        return more, None
    address = read_service_address(rest, case)
    if isinstance(address, Given):
        return (*more, ("address", address)), None
    if isinstance(address, Unclear):
        return more, ("address", address)
    return more, ("address", Unclear(address.code, None, address.params))


_AROUND_KIND = words_of("a an the it is that this she he shes hes i am we are just my our obviously sure of course yes")
_COMPANY_WORDS = words_of("business company firm corporation corp llc inc shop store")
_PERSON_WORDS = words_of("person private personal individual human man woman")


def read_kind(text: str, case: Case) -> Given | Unreadable:
    """Read whether the name on the bill is a person's or a company's."""
    word = bare_word(text)
    name = account_name(case)
    words = frozenset(plain(text).split()) - _AROUND_KIND
    if word == "business" or (words and _COMPANY_WORDS.issuperset(words)):
        return Given(("business",), more=(("name", Given(("business", name))),))
    if not words or not _PERSON_WORDS.issuperset(words):
        return Unreadable("kind.press")
    person = read_name(name)
    if isinstance(person, Unreadable):
        return person
    return Given(("person",), more=(("name", Given(("person", person.first, person.last))),))


def read_person(text: str, _case: Case) -> Given | Unreadable:
    """Read one person's first and last name."""
    found = Unreadable("name.sentence") if is_talk(text) else read_name(_ROLE.sub("", clean(text)))
    return found if isinstance(found, Unreadable) else Given((found.first, found.last))


def is_talk(text: str) -> bool:
    """Tell whether a text of several words is a remark and no name: "it's on the photo I just sent you"."""
    words = clean(text).lower().replace("'", "").replace("’", "").split()  # noqa: RUF001 - as typed by phones
    return len(words) >= _REMARK and sum(word in REMARK_WORDS for word in words) > 1


def contact_words(case: Case) -> str:
    """Return how the one who may make changes is asked for: of a company, or of another person's account."""
    return (
        "ask.contact"
        if needs_contact(case) and account_name(case) and case.answer("authority") == ("holder",)
        else ("ask.contact_allowed")
    )


def read_service_address(text: str, case: Case) -> Given | Unclear | Unreadable:
    """Read the address; "bills to: …" behind it is the billing address, and so is a post office box."""
    place, billing = _parted(text[:_LONGEST_PAIR])
    found = read_address(place)
    if isinstance(found, Unreadable):
        if found.code != "address.po_box":
            return found
        kept = clean(text)[:_LONGEST_KEPT]
        return Unclear("address.po_box", None, keeps=(("billing", Given((kept,))),))
    if _LONG_DIGITS.search(" ".join((found.street.partition(" ")[2], found.unit, found.city))):
        return Unreadable("address.odd_digits")
    known = billing or (() if "billing" in case.answers else ("same",))
    more = (("billing", Given(known)),) if known else ()
    return Given((found.street, found.unit, found.city, found.state, found.zip), more=more)


def _parted(text: str) -> tuple[str, tuple[str, ...]]:
    found = _BILLS_TO.search(text)
    if found is None or not text[: found.start()].strip():
        return text, ()
    return text[: found.start()], (clean(text[found.end() :])[:_LONGEST_KEPT],)


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


_STAYS_CODES = {"nothing.no": ("no",), "nothing.yes": ("yes",)}


def read_stays(text: str, _case: Case) -> Given | Unclear | Unreadable:
    """Read what remains on the account, as typed; the buttons say with it whether people text the number."""
    if text in _STAYS_CODES:
        return Given(("nothing",), more=(("texting", Given(_STAYS_CODES[text])),))
    if text == "some":
        return Unclear("stays.what", ())
    return _stays_and_texts(text) or _what_stays(text)


def _stays_and_texts(text: str) -> Given | Unclear | None:
    """Read what is said of texts behind what stays: "the internet stays, no texts"; None where nothing is."""
    found = _TEXTS_BEHIND.search(clean(text)[:_LONGEST_STAYS])
    if found is None:
        return None
    texting = ("texting", Given(("no" if found[1].lower().startswith("no") else "yes",)))
    before = clean(text)[: found.start()]
    got = _what_stays(before) if before else None
    if isinstance(got, Given):
        return replace(got, more=(*got.more, texting))
    return Unclear("text.also_noted", None, keeps=(texting,)) if got is None else None


def _what_stays(text: str) -> Given | Unreadable:
    """Read what remains, as typed, secrets masked."""
    said = clean(text)[:_LONGEST_STAYS]
    if bare_word(said) in NO or bare_word(said) in (
        "nothing stays",
        "everything moves",
        "all lines move",
        "nothing else",
    ):
        return Given(("nothing",))
    if sum(c.isalpha() for c in said) < 3 and sum(c.isdigit() for c in said) < 4:
        return Unreadable("stays.press")
    if is_lone_secret(said):
        return Unreadable("secret.not_now")
    said = mask_but_phones(said)
    return Given((said,), lead="stays.may_go" if is_tied(said) else "")


def mask_but_phones(said: str) -> str:
    """Mask what may be a secret in words that staff read; phone numbers stay, they say which lines are meant."""
    kept, start = [], 0
    for each in spot(said):
        if isinstance(each.found, Phone):
            kept += [mask_words(said[start : each.start]), said[each.start : each.end]]
            start = each.end
    return "".join((*kept, mask_words(said[start:])))


def is_tied(said: str) -> bool:
    """Tell whether something that stays is often tied to a number: internet, an alarm, an elevator, a fax."""
    return _TIED.search(said) is not None


def stays_rows(_case: Case) -> Rows:
    """Return the usual answers: nothing stays, with and without texting, or something does."""
    return choice_rows("stays", "nothing.no", "nothing.yes", "some")


def read_texting(text: str, _case: Case) -> Given | Unreadable:
    """Read whether people text the numbers."""
    word = bare_word(text)
    if word in YES or word in NO:
        return Given(("yes" if word in YES else "no",))
    return Unreadable("texting.press")


def texting_rows(_case: Case) -> Rows:
    """Return yes and no."""
    return choice_rows("texting", "yes", "no")
