"""What a message certainly says, as answers to questions."""

from collections.abc import Collection, Mapping

from domain.carriers import CARRIERS
from domain.intake.about import kind_of
from domain.intake.given import Given
from domain.intake.opening import Opening, read_opening
from domain.intake.readings.claimed import claimed_of
from domain.numbers.inventory import Ours, is_tracking
from domain.numbers.together import together, travelling
from domain.numbers.verdicts import TOLL_FREE
from domain.orders.model import Case


def facts_of(
    opening: Opening, ours: Mapping[str, Ours], claimed: Collection[str] = (), *, is_company: bool = False
) -> tuple[tuple[str, Given], ...]:
    """Return what a message certainly says, by question; numbers of ours neither move to us nor have calls sent on.

    `claimed`: numbers that other requests have, which are not taken either.
    `is_company`: the account can only be a company's.
    """
    free = tuple(phone.e164 for phone in opening.numbers if phone.e164 not in ours and phone.e164 not in claimed)
    here, apart = together(free)
    aside = (("set_aside", Given(apart)),) if apart else ()
    line = (("line", Given(("fax",))),) if here and opening.is_fax and travelling(here[0]) != TOLL_FREE else ()
    numbers = (("numbers", Given(here, more=aside)), *line) if here else ()
    carrier = opening.carrier
    leaves = (("carrier", Given((carrier, CARRIERS[carrier].name))),) if carrier is not None else ()
    ring_at = opening.ring_at.e164 if opening.ring_at is not None else None
    rings = (("destination", Given((ring_at,))),) if ring_at is not None and not is_tracking(ring_at, ours) else ()
    company = is_company or (bool(here) and travelling(here[0]) == TOLL_FREE)
    return (*numbers, *leaves, *_whose(opening, is_company=company), *_where(opening, here), *rings)


def facts_in(text: str, case: Case) -> tuple[tuple[str, Given], ...]:
    """Return what a message certainly says to a case, whose numbers of ours and of other requests are not taken."""
    opening = read_opening(text, case.served)
    claimed = claimed_of((phone.e164 for phone in opening.numbers), case)
    return facts_of(opening, case.ours, claimed, is_company=kind_of(case).is_company)


def _whose(opening: Opening, *, is_company: bool) -> tuple[tuple[str, Given], ...]:
    """Return the name on the bill, and who may make changes; of a company's account a person's name is only that."""
    person = (opening.name.first, opening.name.last) if opening.name is not None else None
    if opening.company is None and is_company:
        return (("contact", Given(person)),) if person else ()
    if opening.company is None:
        return (("name", Given(("person", *person))),) if person else ()
    contact = (("contact", Given(person)),) if person else ()
    return (("name", Given(("business", opening.company))), *contact)


def _where(opening: Opening, numbers: tuple[str, ...]) -> tuple[tuple[str, Given], ...]:
    if opening.address is None or (numbers and travelling(numbers[0]) not in (TOLL_FREE, opening.address.country)):
        return ()
    a = opening.address
    return (("address", Given((a.street, a.unit, a.city, a.state, a.zip))), ("billing", Given(("same",))))
