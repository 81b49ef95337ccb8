"""Which of several numbers can be taken: neither ours already, nor another request's, and fit to travel together."""

from domain.errors import Unreadable
from domain.intake.given import Given, Unclear
from domain.intake.readings.apart import take_together
from domain.intake.readings.claimed import about_claims, claim_rows, claimed_of, nothing_but_claimed
from domain.numbers.inventory import taken, told_of
from domain.orders.model import Case
from domain.values import replace


def not_free(numbers: tuple[str, ...], case: Case) -> Unclear | Unreadable | None:
    """Return why none of the numbers can be taken: they are ours, or other requests have them; None where one can."""
    ours = taken(numbers, case.ours)
    others = claimed_of((e164 for e164 in numbers if e164 not in ours), case)
    if len(ours) + len(others) < len(numbers):
        return None
    if not others:
        return Unreadable("numbers.ours", told_of(ours, case.ours))
    told = nothing_but_claimed(others, case)
    if not ours:
        return told
    return replace(told, key=f"numbers.ours_also+{told.key}", params={**told.params, **told_of(ours, case.ours)})


def free_among(numbers: tuple[str, ...], case: Case) -> Given:
    """Take those of several numbers that can move together; the lead says what became of the others."""
    ours = taken(numbers, case.ours)
    others = claimed_of((e164 for e164 in numbers if e164 not in ours), case)
    got = take_together(tuple(e164 for e164 in numbers if e164 not in (*ours, *others)), case)
    leads = ("numbers.ours_some" if ours else "", "claimed.told+claimed.some" if others else "", got.lead)
    told = about_claims(others, case) if others else {}
    return replace(
        got,
        lead="+".join(each for each in leads if each),
        params={**told_of(ours, case.ours), **told, **got.params},
        beside=claim_rows(others, case),
    )
