"""The name at the top of the bill: a person's or a company's, alone or with the contact and the address."""

import re

from domain.errors import Unreadable
from domain.intake.about import account_name, kind_of, needs_contact
from domain.intake.choices import Choice
from domain.intake.given import Given, Rows, Unclear, bare_word
from domain.intake.readings.account import read_service_address
from domain.intake.readings.address import BEGUN, begun_of
from domain.intake.readings.naming import name_alone, name_first
from domain.intake.sayings.no_names import is_no_name
from domain.intake.sayings.plain import plain
from domain.orders.model import Case
from domain.readers.companies import LONGEST_COMPANY, may_name_company, names_company, read_company
from domain.readers.names import PersonName, read_name
from domain.readers.starts import is_part_of_place, place_start
from domain.text import clean, clean_lines, straight, words_of

Facts = tuple[tuple[str, Given], ...]

_ATTENTION = re.compile(r"^(?:attn|attention|c/o|care of|contact)\b[.: ]*", re.I)
_BOX = re.compile(r"p\.?\s?o\.?\s?box\b|c\.?\s?p\.?\s*\d|p\.?m\.?b\.?\s*#?\d", re.I)
_BEHIND_NAME = words_of("inc llc jr sr ii iii iv ltd pc pllc esq")
_SEAMS = " ,;:-\n"
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


def read_account_name(text: str, case: Case) -> Given | Unclear | Unreadable:
    """Read the name at the top of the bill, with the address or the contact when they stand in the same message."""
    said, is_amid_words = name_alone(name_first(text))
    head, rest = _head_and_rest(said)
    if not is_amid_words and _is_place(head, rest):
        return _place_alone(said, case)
    if is_no_name(head) and not (may_name_company(head) and (is_amid_words or _is_titled(head))):
        return Unreadable("name.sentence")
    name = _too_long(head) or _name_value(head, case)
    if isinstance(name, Unreadable):
        return name
    more, then = _beside_name(rest, name, case)
    is_split = place_start(said) is not None and "," not in said[: place_start(said)] and "\n" not in said
    is_to_be_shown = (is_amid_words or is_split) and name[0] != "unsure"
    params = {"name": " ".join(name[1:])} if is_to_be_shown else {}
    return Given(name, more=more, lead="name.taken" if is_to_be_shown else "", params=params, then=then)


def _is_titled(head: str) -> bool:
    """Tell whether every word is written with a capital, as in a name: "Why Not Travel"."""
    return "?" not in head and all(word[0].isupper() for word in head.split())


def _head_and_rest(text: str) -> tuple[str, str]:
    """Part the name from what stands below it, before the house number, or behind the comma before a figure."""
    lines = clean_lines(text)
    line = lines[0] if lines else ""
    start = place_start(line)
    if start and _ends_name(line[:start]):
        return line[:start].strip(_SEAMS), "\n".join((line[start:], *lines[1:]))
    if len(lines) > 1:
        return line, "\n".join(lines[1:])
    head, comma, rest = line.partition(",")
    if comma and rest.split(",")[0].strip(" .").lower() in _BEHIND_NAME:
        more, _, rest = rest.partition(",")
        head = f"{head},{more}"
    belongs = any(c.isdigit() for c in rest) or may_name_company(head)
    return (head, rest.strip()) if comma and belongs else (line, "")


def _ends_name(before: str) -> bool:
    """Tell whether a name ends where a house number begins: nothing but a suffix stands behind a comma in it."""
    name, comma, behind = before.strip(_SEAMS).partition(",")
    is_suffix = not comma or behind.strip(" .").lower() in _BEHIND_NAME
    return bool(name) and is_suffix and not is_part_of_place(before)


def _is_place(head: str, rest: str) -> bool:
    """Tell whether a text has no name at all before its address."""
    start = place_start(head)
    is_first = start is not None and is_part_of_place(head[:start])
    return is_first or (_BOX.match(head) is not None and (not rest or _has_figure(rest)))


def _has_figure(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _place_alone(said: str, case: Case) -> Given | Unclear | Unreadable:
    """Keep an address that came instead of the name; what may as well be a company called by its street is asked."""
    place = ", ".join(clean_lines(said))
    got = read_service_address(place, case)
    if isinstance(got, Given):
        return Unclear("name.is_address", None, {"address": place}, (("address", got),))
    kept = begun_of(place, got, case)
    if kept is None:
        return Unreadable("name.has_digits")
    if isinstance(got, Unreadable) and names_company(said):
        return Given(("unsure", read_company(said) or said))
    return Unclear("name.is_address", None, {"address": place}, ((BEGUN, kept),))


def _too_long(head: str) -> Unreadable | None:
    """Return why a company's name cannot be kept as it is."""
    is_long = len(head) > LONGEST_COMPANY and may_name_company(head)
    return Unreadable("name.company_too_long", {"longest": str(LONGEST_COMPANY)}) if is_long else None


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
    kind = kind_of(case)
    if kind.is_company and company is not None:
        return ("business", company)
    if isinstance(person, PersonName) and kind.is_personal:
        return ("person", *person.parts)
    if company is None or (kind.is_personal and isinstance(person, Unreadable)):
        return person if isinstance(person, Unreadable) else Unreadable("name.odd_character")
    return ("unsure", company)


def _beside_name(rest: str, name: tuple[str, ...], case: Case) -> tuple[Facts, tuple[str, Unclear] | None]:
    """Read what stands below a name: who may make changes, and the address, or what there is of one."""
    if not rest:
        return (), None
    first, _, below = rest.partition("\n" if "\n" in rest else ",")
    contact = read_name(_ATTENTION.sub("", first)) if not _has_figure(first) else None
    more: Facts = ()
    if name[0] == "business" and isinstance(contact, PersonName) and not is_no_name(first):
        more, rest = (("contact", Given(contact.parts)),), below
    if not _has_figure(rest):
        return more, None
    got = read_service_address(rest, case)
    if isinstance(got, Given):
        return (*more, ("address", got)), None
    kept = begun_of(", ".join(clean_lines(rest)), got, case)
    if kept is not None:
        return (*more, (BEGUN, kept)), None
    return more, ("address", got if isinstance(got, Unclear) else Unclear(got.code, None, got.params))


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
    return Given(("person",), more=(("name", Given(("person", *person.parts))),))


def kind_rows(_case: Case) -> Rows:
    """Return a company and a person."""
    return ((Choice("business", "button.kind.business"),), (Choice("private", "button.kind.person"),))


def read_person(text: str, _case: Case) -> Given | Unreadable:
    """Read one person's first and last name."""
    found = Unreadable("name.sentence") if is_talk(text) or is_no_name(text) else read_name(_ROLE.sub("", clean(text)))
    return found if isinstance(found, Unreadable) else Given(found.parts)


def is_talk(text: str) -> bool:
    """Tell whether a text of several words is a remark and no name: "it's on the photo I just sent you"."""
    words = straight(clean(text)).lower().replace("'", "").split()
    return len(words) >= _REMARK and sum(word in REMARK_WORDS for word in words) > 1


def contact_words(case: Case) -> str:
    """Return how the one who may make changes is asked for: of a company, or of another person's account."""
    return (
        "ask.contact"
        if needs_contact(case) and account_name(case) and case.answer("authority") == ("holder",)
        else ("ask.contact_allowed")
    )
