"""How many business days the move of a case takes, by what is known of such moves."""

from domain.intake.about import class_of, kind_of
from domain.orders.agreed import agreed_of
from domain.orders.expected import expected
from domain.orders.model import Case
from domain.policy import Policy


def range_for(case: Case, policy: Policy) -> tuple[int, int]:
    """Return the business days that the move of a case takes, at least and at most."""
    agreed = agreed_of(case)
    many = agreed.count if agreed is not None else len(case.whole.numbers)
    return expected(case.book.paces, class_of(case), many, policy.days_of(kind_of(case).days))
