"""What a message certainly says, as answers to questions."""

from domain.carriers import CARRIERS
from domain.intake.given import Given
from domain.intake.opening import Opening


def facts_of(opening: Opening) -> tuple[tuple[str, Given], ...]:
    """Return what a message certainly says, by question."""
    numbers = (("numbers", Given(tuple(phone.e164 for phone in opening.numbers))),) if opening.numbers else ()
    carrier = opening.carrier
    leaves = (("carrier", Given((carrier, CARRIERS[carrier].name))),) if carrier is not None else ()
    rings = (("destination", Given((opening.ring_at.e164,))),) if opening.ring_at is not None else ()
    return (*numbers, *leaves, *_whose(opening), *_where(opening), *rings)


def _whose(opening: Opening) -> tuple[tuple[str, Given], ...]:
    person = (opening.name.first, opening.name.last) if opening.name is not None else None
    if opening.company is None:
        return (("name", Given(("person", *person))),) if person else ()
    contact = (("contact", Given(person)),) if person else ()
    return (("name", Given(("business", opening.company))), *contact)


def _where(opening: Opening) -> tuple[tuple[str, Given], ...]:
    if opening.address is None:
        return ()
    a = opening.address
    return (("address", Given((a.street, a.unit, a.city, a.state, a.zip))), ("billing", Given(("same",))))
