"""The authorization that the customer signs: which facts it states, and what is kept as evidence of the signature.

It states what 47 CFR 64.1130 asks of a letter that stands alone (read 2026-11-21): billing name and address, every
number, the decision to change, and the agent's designation; nothing else is on it. What else a customer agrees to
stands on a screen of its own, before the letter.
"""

import hashlib

from domain.carriers import CARRIERS, CarrierId
from domain.carriers.naming import company_of
from domain.orders.agreed import agreed_of
from domain.orders.model import Case
from domain.orders.phases import MOVED, is_ended

TEXT_VERSION = "2026-11-23"
AGREEMENTS_VERSION = "2026-11-22.2"
CONSENT_VERSION = "2026-11-22.2"
"""Of the consent to sign electronically (15 USC 7001(c), from memory); the text of each version stays in the words."""
CLAUSES = {"toll_free": "toll_free", "fax": "fax", "ca_landline": "canada", "ca_wireless": "canada"}
"""The classes of numbers whose letter has a sentence of its own, and that sentence."""


def consent_words(version: str) -> str:
    """Return the wording key of the text that was consented to, by its version."""
    return f"esign.text_{version.replace('-', '_').replace('.', '_')}"


def address_line(value: tuple[str, ...]) -> str:
    """Return an address answer (street, unit, city, state, ZIP) as one line."""
    street, unit, city, state, zip_code = value
    return ", ".join(part for part in (street, unit, city, f"{state} {zip_code}") if part)


def stated_facts(case: Case) -> dict[str, str]:
    """Return the facts printed on the authorization, by the names that its words use.

    `letter`: whose sentence of its own it carries, where the class of the numbers has one.
    """
    answers = case.answers
    address = address_line(answers["address"].value)
    billing = answers["billing"].value[0] if "billing" in answers else "same"
    letter = CLAUSES.get(case.order.number_class) if case.order else None
    return {
        "holder": " ".join(answers["name"].value[1:]),
        "signer": authorized_person(case),
        "address": address,
        "billing": address if billing in ("same", "") else billing,
        "numbers": _numbers(case),
        "carrier": _carrier(*answers["carrier"].value[:2]),
        **({"letter": letter} if letter else {}),
    }


def _carrier(row: str, name: str) -> str:
    """Return a carrier as it reads its own name, where that is one of the table's labels; else as it was given."""
    return company_of(name) if row in CARRIERS and CARRIERS[CarrierId(row)].name == name else name


def _numbers(case: Case) -> str:
    """Return the numbers, but for those that were called off; of a list too long for the letter, count and digest."""
    agreed = agreed_of(case)
    if agreed is not None:
        return f"{agreed.count} numbers, SHA-256 {agreed.digest}"
    return ", ".join(n.e164 for n in case.whole.numbers if n.id not in called_off(case))


def called_off(case: Case) -> tuple[int, ...]:
    """Return the ids of the numbers that a letter does not name: they ended without a move, the request did not."""
    numbers = case.whole.numbers
    ended = tuple(n.id for n in numbers if n.phase not in MOVED and is_ended(n.phase))
    return ended if len(ended) < len(numbers) else ()


def authorized_person(case: Case) -> str:
    """Return the name of the one who may make changes: somebody else, the contact of an account, or its holder."""
    authority = case.answers["authority"].value[0] if "authority" in case.answers else "holder"
    if authority == "someone_else":
        return case.answers["signer"].value[0] if "signer" in case.answers else ""
    name = case.answers["name"].value
    if (name[0] == "business" or authority == "allowed") and "contact" in case.answers:
        return " ".join(case.answers["contact"].value)
    return " ".join(name[1:])


def facts_digest(case: Case) -> str:
    """Return the SHA-256 (hex) of the text's version and every stated fact: what the signature is bound to."""
    facts = "\n".join(f"{k}={v}" for k, v in sorted(stated_facts(case).items()))
    return hashlib.sha256(f"{TEXT_VERSION}\n{facts}".encode()).hexdigest()
