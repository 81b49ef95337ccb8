"""Whether a case needs a question, and in which words its class is asked: what the table of questions is made with."""

from collections.abc import Callable
from functools import partial

from domain.intake.about import OTHER, billing_number, class_of, is_class_known, kind_of, moving, wants
from domain.intake.sayings.plain import plain
from domain.orders.agreed import agreed_of
from domain.orders.model import Case
from domain.text import words_of

NO_LINE = "no_line_stays"  # the answer that what stays has no number that could be the main one

_WITHOUT_LINE = words_of(
    "nothing internet dsl wifi wi fi broadband fiber fibre cable tv television satellite email emails mail web hosting"
    " streaming modem router package bundle plan service services account bill stays stay staying remains only just the"
    " a an my our and plus with their there it is its on of for still keep keeping will we i"
)
"""Words for what stays without a telephone number; whatever else is named may have one."""


def asked_by_button(question: str) -> Callable[[Case], bool]:
    """Tell of a question that nobody must answer whether the customer has taken it up."""
    return lambda case: question in case.answers


def has_answer(question: str, value: str) -> Callable[[Case], bool]:
    return lambda case: question in case.answers and case.answers[question].value[0] == value


def wanted(question: str) -> Callable[[Case], bool]:
    """Tell of a question of some classes whether the case is asked it."""
    return partial(wants, question=question)


def needs_line(case: Case) -> bool:
    """Tell whether nothing but the customer can say what kind of line it is; or it was taken up at the check."""
    given = case.answers.get("line")
    is_open = _is_other(case) and class_of(case) != "toll_free"
    return is_open or (given is not None and given.reopened)


_is_other = has_answer("carrier", OTHER)


def is_not_served(case: Case) -> bool:
    return bool(case.classes) and class_of(case) not in case.classes and is_class_known(case)


def leaves_main(case: Case) -> bool:
    """Tell whether the main number of the bill moves away from numbers that stay."""
    given = case.answers.get("new_btn")
    stays = case.answers.get("stays")
    is_left = stays is not None and _may_be_lines(stays.value[0]) and NO_LINE not in case.answers and wants(case, "btn")
    return (is_left and billing_number(case) in moving(case)) or (given is not None and given.reopened)


def _may_be_lines(stays: str) -> bool:
    return not _WITHOUT_LINE.issuperset(plain(stays).split())


def by_class(question: str) -> Callable[[Case], str]:
    """Return how a question is worded for a class, by the table of classes."""

    def words(case: Case) -> str:
        ending = kind_of(case).words.get(question)
        return f"ask.{question}_{ending}" if ending else f"ask.{question}"

    return words


def carrier_words(case: Case) -> str:
    """Return how the company is asked for: of one number, of several, or of a list."""
    if agreed_of(case) is not None:
        return "ask.carrier_list"
    return "ask.carrier_many" if len(moving(case)) > 1 else "ask.carrier"
