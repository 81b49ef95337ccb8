"""Numbers told by the two ends of a block: asked about once, and taken with what stood beside them."""

import re

from domain.errors import Unreadable
from domain.intake.choices import Choice
from domain.intake.given import NO, YES, Given, Unclear, bare_word
from domain.numbers import Phone, show
from domain.numbers.lists import MOST_NUMBERS
from domain.numbers.spans import MOST_OF_A_SPAN, Spans
from domain.orders.model import Case

SPAN = "span"  # the answer that keeps the words beside a span, and its numbers, until it is agreed to
ALL_OF_SPAN = "all_of_it"  # the button that agrees
NOT_THE_SPAN = "not_the_span"  # the button that does not
_LONGEST_BESIDE = 200  # characters
_CONNECTS = re.compile(r"\b(?:thru|through|till|until|up to)\b|(?<!\w)to(?!\w)", re.I)


def ask_about(spans: Spans, got: Given | Unclear | Unreadable, text: str) -> Given | Unclear | Unreadable:
    """Return the question whether all numbers of a span are meant; `got`: what they came to, written out."""
    if any(many > MOST_OF_A_SPAN for _, _, many in spans.ends):
        return Unreadable("numbers.too_many", {"most": str(MOST_NUMBERS)})
    if not isinstance(got, Given):
        return got
    rows = ((Choice(ALL_OF_SPAN, "button.yes"),), (Choice(NOT_THE_SPAN, "button.not_that"),))
    first, last, many = spans.ends[0]
    params = {**got.params, "count": str(many), "first": show(first), "last": show(last)}
    key = "numbers.span" if len(spans.ends) == 1 else "numbers.spans"
    params |= {"count": str(len(got.value))} if len(spans.ends) > 1 else {}
    params |= {"spans": "; ".join(f"{show(a)} – {show(b)}" for a, b, _ in spans.ends)}  # noqa: RUF001 - from, to
    kept = (SPAN, Given((_beside(text), *got.value)))
    lead = f"{got.lead}+{key}" if got.lead else key
    return Unclear(lead, rows, params, (kept,), beside=got.beside)


def _beside(text: str) -> str:
    """Give the words beside the numbers, without a figure: they name the company, or a fax."""
    words = " ".join(word for word in text.split() if not any(c.isdecimal() for c in word))
    return _CONNECTS.sub(" ", words)[:_LONGEST_BESIDE]


def answered_span(text: str, case: Case) -> str | Unclear | None:
    """Return the text that stands for a span which is agreed to, or how to go on without it; None for other words."""
    span = case.answer(SPAN)
    if not span:
        return None
    if text == ALL_OF_SPAN or bare_word(text) in YES:
        return f"{', '.join(show(Phone(e164)) for e164 in span[1:])} {span[0]}"
    if text == NOT_THE_SPAN or bare_word(text) in NO:
        return Unclear("numbers.one_by_one", None, keeps=((SPAN, Given(())),))
    return None
