"""Numbers that cannot move together: toll-free ones beside others, those of another country."""

from domain.intake.about import show_numbers
from domain.intake.given import Given
from domain.numbers.together import together, travelling
from domain.numbers.verdicts import TOLL_FREE
from domain.orders.model import Case


def take_together(numbers: tuple[str, ...], case: Case) -> Given:
    """Take the numbers that can move with the first of them; the others are set aside, and it is told why."""
    here, apart = together(numbers)
    aside = tuple(dict.fromkeys((*set_aside(case), *apart)))
    aside = tuple(e164 for e164 in aside if e164 not in here)
    more = (("set_aside", Given(aside)),) if apart or "set_aside" in case.answers else ()
    return Given(here, more=more, lead=why_apart(here, apart), params={"apart": show_numbers(apart)} if apart else {})


def why_apart(here: tuple[str, ...], apart: tuple[str, ...]) -> str:
    """Return the wording key of why some numbers travel alone; empty where all go together."""
    if not apart:
        return ""
    kinds = {travelling(e164) for e164 in (*here, *apart)}
    return "numbers.apart_toll_free" if TOLL_FREE in kinds else "numbers.apart_country"


def set_aside(case: Case) -> tuple[str, ...]:
    """Return the numbers that wait for a request of their own."""
    aside = case.answers.get("set_aside")
    return aside.value if aside is not None else ()
