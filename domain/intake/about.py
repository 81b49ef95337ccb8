"""What the answers of a case say, read by everything that asks, shows or signs."""

from datetime import timedelta

from domain.carriers import Carrier
from domain.intake.classes import CANADIAN, CLASSES, NumberClass
from domain.numbers import Phone, show
from domain.numbers.together import travelling
from domain.numbers.verdicts import CANADA, TOLL_FREE, US
from domain.orders.agreed import agreed_of
from domain.orders.model import Case
from domain.readers.names import PersonName
from domain.values import once
from domain.wordkeys import nested

OTHER = "other"  # a losing carrier that the table does not have
SHOWN_NUMBERS = 3
SHORT_LIFE = timedelta(hours=96)
"""A PIN that lives no longer is asked for when the desk is ready: the bill and the review take days."""


def carrier_of(case: Case) -> Carrier | None:
    """Return the entry for the losing carrier, as staff corrected it; None while unknown or when there is none."""
    given = case.answers.get("carrier")
    return case.book.carrier(given.value[0]) if given else None


def carrier_name(case: Case) -> str:
    """Return the losing carrier's name as people know it; empty while unknown."""
    given = case.answers.get("carrier")
    return given.value[1] if given else ""


@once
def class_of(case: Case) -> str:
    """Return the class of the numbers: by the number itself, by what the customer said, by the carrier's business.

    What is not known yet counts as mobile.
    """
    first = first_moving(case)
    region = travelling(first) if first else ""
    if region == TOLL_FREE:
        return "toll_free"
    said = case.answer("line")
    carrier = carrier_of(case)
    if said == ("fax",):
        return "fax"
    line = carrier.number_class if carrier is not None else said[0] if said else "wireless"
    return CANADIAN.get(line, line) if region == CANADA else line


@once
def kind_of(case: Case) -> NumberClass:
    """Return what the class of the numbers takes."""
    return CLASSES[class_of(case)]


def is_class_known(case: Case) -> bool:
    """Tell whether the class is more than a guess: the number, the carrier or the customer told it."""
    is_told = case.answers.get("line") is not None or carrier_of(case) is not None
    return is_told or class_of(case) == "toll_free"


def wants(case: Case, question: str) -> bool:
    """Tell whether the case needs one of the questions that only some classes are asked.

    One that was taken up at the check, or that the desk asks, counts for every class.
    """
    given = case.answers.get(question)
    if given is not None and (given.reopened or given.source != "inferred"):
        return True
    need = kind_of(case).needs.get(question)
    return need == "asked" or (need == "known" and _KNOWN[question](carrier_of(case)))


def may_add(case: Case, question: str) -> bool:
    """Tell whether the check offers to answer a question that the class can do without."""
    return question in kind_of(case).needs and not wants(case, question)


def _uses_a_pin(carrier: Carrier | None) -> bool:
    return carrier is not None and carrier.pin_hint is not None and not carrier.pin_hint.doubtful


def _hires_its_numbers(carrier: Carrier | None) -> bool:
    """Tell whether another company may stand behind the one that is left; nobody knows of one the table lacks."""
    return carrier is None or carrier.reseller


def _has_a_lock(carrier: Carrier | None) -> bool:
    return carrier is not None and carrier.lock_hint is not None


_KNOWN = {"pin": _uses_a_pin, "reseller": _hires_its_numbers, "unlock": _has_a_lock}


def must_have_pin(case: Case) -> bool:
    """Tell whether no number of the class moves without a PIN."""
    return kind_of(case).needs.get("pin") == "asked"


def has_short_pin(case: Case) -> bool:
    """Tell whether the carrier's PIN lives so short that it had better be made when the request goes out."""
    carrier = carrier_of(case)
    return carrier is not None and carrier.pin_life is not None and carrier.pin_life <= SHORT_LIFE


def country_of(case: Case) -> str:
    """Return the country in which the service must be: "US", "CA"; empty for toll-free numbers, and while unknown."""
    first = first_moving(case)
    region = travelling(first) if first else ""
    return region if region in (US, CANADA) else ""


def billing_number(case: Case) -> str:
    """Return the main number on the bill (E.164); empty while unknown, or where none is asked for."""
    given = case.answers.get("btn")
    return given.value[0] if given else ""


def moving(case: Case) -> tuple[str, ...]:
    """Return the numbers that move (E.164), as given last."""
    given = case.answers.get("numbers")
    return given.value if given else tuple(n.e164 for n in case.numbers)


def first_moving(case: Case) -> str | None:
    """Return the first number that moves; None while there is none."""
    numbers = moving(case)
    return numbers[0] if numbers else None


def is_business(case: Case) -> bool:
    """Tell whether the account stands in a company's name."""
    given = case.answers.get("name")
    return given is not None and given.value[0] == "business"


def account_name(case: Case) -> str:
    """Return the name at the top of the bill, as given; empty while unknown."""
    given = case.answers.get("name")
    return " ".join(given.value[1:]) if given else ""


def is_someone_elses(case: Case) -> bool:
    """Tell whether somebody else has to sign."""
    return case.answer("authority") == ("someone_else",)


def needs_contact(case: Case) -> bool:
    """Tell whether the person who may make changes is another than the name on the bill, and is in this chat."""
    authority = case.answer("authority")
    return authority != ("someone_else",) and (authority == ("allowed",) or is_business(case))


def signer_of(case: Case) -> PersonName | None:
    """Return who signs: the one who may make changes; None while unknown."""
    key = "contact" if needs_contact(case) else "name"
    given = case.answers.get(key)
    if given is None or is_someone_elses(case):
        return None
    first, *last = given.value[1:] if key == "name" else given.value
    return PersonName(first, " ".join(last))


def signer_name(case: Case) -> str:
    """Return the signer's name, also that of somebody else; empty while unknown."""
    if is_someone_elses(case):
        given = case.answers.get("signer")
        return given.value[0] if given else ""
    signer = signer_of(case)
    return signer.full if signer else ""


def signer_called(case: Case) -> str:
    """Return how sentences call whoever signs: by name, else as the account is called, else by what they are."""
    return signer_name(case) or account_name(case) or nested("signer.nameless")


def asks(case: Case, what: str) -> tuple[str, ...]:
    """Return what the company wanted to know when this request began: the choices it gave, (`""`,) for free text."""
    given = case.answers.get("asks")
    if given is None:  # most companies want to know nothing of the kind
        return ()
    return tuple(each.partition(":")[2] for each in given.value if each.partition(":")[0] == what)


def show_numbers(numbers: tuple[str, ...]) -> str:
    """Return numbers grouped for reading, the first three of many; how many more there are is said after them."""
    shown = ", ".join(show(Phone(n)) for n in numbers[:SHOWN_NUMBERS])
    more = len(numbers) - SHOWN_NUMBERS
    return f"{shown} (+{more})" if more > 0 else shown or "—"


def show_moving(case: Case) -> str:
    """Return the numbers that move, short, in the order in which they were given."""
    agreed = agreed_of(case)
    return show_numbers(moving(case)) if agreed is None else nested("list.yours", count=f"{agreed.count:,}")


def called(ref: str, title: str | None) -> str:
    """Return how a request is named to people: its reference, and the friendly name when it has one."""
    return f"{ref} ({title})" if title else ref
