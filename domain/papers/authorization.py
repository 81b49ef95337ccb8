"""The authorization that the customer signs: which facts it states, and what is kept as evidence of the signature.

It states what 47 CFR 64.1130 asks of a letter that stands alone (read 2026-11-21): billing name and address, every
number, the decision to change, and the agent's designation; nothing else is on it.
"""

import hashlib

from domain.orders.model import Case

TEXT_VERSION = "2026-11-21"


def stated_facts(case: Case) -> dict[str, str]:
    """Return the facts printed on the authorization, by the names that its words use."""
    first, last = case.answers["name"].value
    street, unit, city, state, zip_code = case.answers["address"].value
    return {
        "holder": f"{first} {last}",
        "address": ", ".join(part for part in (street, unit, city, f"{state} {zip_code}") if part),
        "numbers": ", ".join(n.e164 for n in case.numbers),
        "carrier": case.answers["carrier"].value[1],
    }


def facts_digest(case: Case) -> str:
    """Return the SHA-256 (hex) of the text's version and every stated fact: what the signature is bound to."""
    facts = "\n".join(f"{k}={v}" for k, v in sorted(stated_facts(case).items()))
    return hashlib.sha256(f"{TEXT_VERSION}\n{facts}".encode()).hexdigest()
