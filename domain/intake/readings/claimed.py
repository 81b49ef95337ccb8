"""Numbers that another request has already: told before anything else is asked of them, and taken where it is insisted.

Whoever types a number first does not own it. A second claimant goes on by a button, staff are warned, and nothing is
submitted while both requests are open.
"""

from collections.abc import Collection, Iterable

from domain.intake.choices import Choice
from domain.intake.given import Params, Rows, Unclear
from domain.numbers import Phone, show
from domain.numbers.claims import Claim, claimed
from domain.orders.model import Case
from domain.wordkeys import LINE, nested

INSISTED = "insisted"  # the answer that keeps on which numbers the customer insisted
_MOST_TOLD = 5


def claimed_of(numbers: Iterable[str], case: Case) -> tuple[str, ...]:
    """Return the numbers that another request has and on which the customer did not insist."""
    insisted = case.answers.get(INSISTED)
    return claimed(numbers, case.claims, insisted.value if insisted is not None else ())


def about_claims(numbers: tuple[str, ...], case: Case) -> Params:
    """Return a message's parameter `claims`, a sentence for each number; nothing of whom else it is about."""
    lines = [_line(e164, case.claims[e164]) for e164 in numbers[:_MOST_TOLD]]
    more = len(numbers) - len(lines)
    return {"claims": LINE.join([*lines, *((nested("claimed.more", count=str(more)),) if more else ())])}


def _line(e164: str, claim: Claim) -> str:
    whose, how = ("own" if claim.ref else "other"), ("moved" if claim.has_moved else "moving")
    return nested(f"claimed.{whose}_{how}", number=show(Phone(e164)), ref=claim.ref)


def claim_rows(numbers: tuple[str, ...], case: Case) -> Rows:
    """Return a button for each of them, good at any time: to look at one's own request, else to insist."""
    shown = numbers[:_MOST_TOLD]
    looked = {case.claims[e164].request_id: e164 for e164 in reversed(shown)}  # one request is looked at once
    return tuple(row for e164 in shown if (row := _row(e164, case.claims[e164], looked.values())))


def _row(e164: str, claim: Claim, looked: Collection[str]) -> tuple[Choice, ...]:
    look = Choice("look", "button.look", {"ref": claim.ref, "form": f"{claim.request_id}.0"})
    mine = Choice(f"mine.{e164[1:]}", "button.mine", {"number": show(Phone(e164)), "form": "0.0"})
    is_under_way = bool(claim.ref) and not claim.has_moved  # nobody insists against themselves
    return (*((look,) if claim.ref and e164 in looked else ()), *(() if is_under_way else (mine,)))


def nothing_but_claimed(numbers: tuple[str, ...], case: Case) -> Unclear:
    """Return what is said where no other number was given: send another one, insist, or ask the desk."""
    desk = Choice(f"desk.{numbers[0][1:]}", "button.to_desk", {"form": "0.0"})
    rows = (*claim_rows(numbers, case), (desk,))
    return Unclear("claimed.told+claimed.another", None, about_claims(numbers, case), beside=rows)
