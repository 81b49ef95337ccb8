"""What the answers of a case say, read by everything that asks, shows or signs."""

from domain.carriers import CARRIERS, Carrier, CarrierId
from domain.numbers import Phone, show
from domain.orders.model import Case
from domain.readers.names import PersonName

OTHER = "other"  # a losing carrier that the table does not have
SHOWN_NUMBERS = 3


def carrier_of(case: Case) -> Carrier | None:
    """Return the table's entry for the losing carrier; None while unknown or when it is not in the table."""
    given = case.answers.get("carrier")
    return CARRIERS.get(CarrierId(given.value[0])) if given else None


def carrier_name(case: Case) -> str:
    """Return the losing carrier's name as people know it; empty while unknown."""
    given = case.answers.get("carrier")
    return given.value[1] if given else ""


def class_of(case: Case) -> str:
    """Return the class of the numbers: the carrier's line of business, or what the customer said of another's."""
    carrier = carrier_of(case)
    if carrier is not None:
        return carrier.number_class
    said = case.answer("line")
    return said[0] if said else "wireless"


def is_wireless(case: Case) -> bool:
    """Tell whether the case moves mobile numbers; what is not known yet counts as mobile."""
    return class_of(case) == "wireless"


def moving(case: Case) -> tuple[str, ...]:
    """Return the numbers that move (E.164), as given last."""
    given = case.answers.get("numbers")
    return given.value if given else tuple(n.e164 for n in case.numbers)


def first_moving(case: Case) -> str | None:
    """Return the first number that moves; None while there is none."""
    return next(iter(moving(case)), None)


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
    return not is_someone_elses(case) and (is_business(case) or case.answer("authority") == ("allowed",))


def signer_of(case: Case) -> PersonName | None:
    """Return who signs: the one who may make changes; None while unknown."""
    key = "contact" if needs_contact(case) else "name"
    given = case.answers.get(key)
    if given is None or is_someone_elses(case):
        return None
    first, last = given.value[-2:]
    return PersonName(first, last)


def signer_name(case: Case) -> str:
    """Return the signer's name, also that of somebody else; empty while unknown."""
    if is_someone_elses(case):
        given = case.answers.get("signer")
        return given.value[0] if given else ""
    signer = signer_of(case)
    return signer.full if signer else ""


def asks(case: Case, what: str) -> tuple[str, ...]:
    """Return what the company wanted to know when this request began: the choices it gave, (`""`,) for free text."""
    given = case.answers.get("asks")
    wanted = given.value if given else ()
    return tuple(each.partition(":")[2] for each in wanted if each.partition(":")[0] == what)


def show_numbers(numbers: tuple[str, ...]) -> str:
    """Return numbers grouped for reading, the first three of many; how many more there are is said after them."""
    shown = ", ".join(show(Phone(n)) for n in numbers[:SHOWN_NUMBERS])
    more = len(numbers) - SHOWN_NUMBERS
    return f"{shown} (+{more})" if more > 0 else shown or "—"


def show_moving(case: Case) -> str:
    """Return the numbers that move, short, in the order in which they were given."""
    return show_numbers(moving(case))


def called(ref: str, title: str | None) -> str:
    """Return how a request is named to people: its reference, and the friendly name when it has one."""
    return f"{ref} ({title})" if title else ref
