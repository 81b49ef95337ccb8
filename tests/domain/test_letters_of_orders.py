"""A letter for each order: it names the order's numbers, and is told from every other one by its code."""

from datetime import UTC, datetime

from domain.orders.model import Case
from domain.papers.letter import SIGNED_FOR, letters_of
from domain.values import replace
from tests.domain.standing import two_at_desk


def split(case: Case) -> Case:
    """Return the case with its second number in an order of its own."""
    first, second = case.numbers
    assert case.order is not None
    order = replace(case.order, id=case.order.id + 1)
    return replace(case, orders=(case.order, order), numbers=(first, replace(second, order_id=order.id)))


def test_one_order_has_one_letter_with_all_its_numbers() -> None:
    [letter] = letters_of(two_at_desk().case(), "Port of Call")
    assert letter.numbers == ("+14154218832", "+14154218833")
    assert (letter.part, letter.parts, letter.clause, letter.signer) == (1, 1, "", "Maria Alvarez")


def test_each_order_has_a_letter_of_its_own_numbers_and_its_own_code() -> None:
    one, other = letters_of(split(two_at_desk().case()), "Port of Call")
    assert (one.numbers, other.numbers) == (("+14154218832",), ("+14154218833",))
    assert (other.part, other.parts) == (2, 2)
    assert one.code != other.code


def test_a_number_that_was_called_off_is_on_no_letter_and_the_company_is_part_of_the_code() -> None:
    case = two_at_desk().case()
    gone = replace(case.numbers[1], phase="cancelled", since=datetime(2026, 12, 1, tzinfo=UTC))
    [letter] = letters_of(replace(case, numbers=(case.numbers[0], gone)), "Port of Call")
    assert letter.numbers == ("+14154218832",)
    del case.answers[SIGNED_FOR]  # what is signed on a screen stays for whom it was signed
    assert code_for(case, "Another Company") != code_for(case, "Port of Call")


def code_for(case: Case, company: str) -> str:
    return letters_of(case, company)[0].code
