"""A run of numbers told by its two ends: "415-421-8832 thru 8840", each of them written out."""

import re
from dataclasses import dataclass

from domain.numbers.phone import Phone
from domain.numbers.reading import NO_STREET, TEN
from domain.numbers.verdicts import SERVED, Served, verdict
from domain.text import ascii_digits

MOST_OF_A_SPAN = 100
"""Numbers: a span from 8800 to 8899; more come in a file."""

_TO = r"\s?(?:\b(?:thru|through|till|until|up to|to)\b|[-\u2010-\u2015\u2212]|\.{2,3})\s?(?:and including )?"
_LAST = rf"[-\u2010-\u2015]?(?P<last>\d{{4}})(?!\d|[-.]\d){NO_STREET}"
_SHORT = re.compile(rf"{_TO}{_LAST}", re.I)
_THROUGH = re.compile(r"\b(?:thru|through|till|until|up to)\b", re.I)
_WHOLE = re.compile(rf"\s?\b(?:thru|through|till|until)\s(?=(?:{TEN.pattern}))", re.I)
_NEXT = re.compile(rf"\s?(?:,|;|&|\band\b)\s?(?:and\s)?[-\u2010-\u2015]?(?P<first>\d{{4}})(?={_TO}{_LAST})", re.I)


@dataclass(frozen=True, slots=True)
class Spans:
    """A text with every span in it written out; each span by its first and last number, and how many it has."""

    text: str
    ends: tuple[tuple[Phone, Phone, int], ...]


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    first: str  # ten digits
    last: str


def read_spans(text: str, served: Served = SERVED) -> Spans | None:
    """Find the spans of numbers in a text; None where there is none, or an end of it can be no number.

    One of more than `MOST_OF_A_SPAN` numbers is found, and not written out.
    """
    said = ascii_digits(text)
    found = [span for ten in TEN.finditer(said) for span in _behind(said, ten)]
    ends = [(verdict(span.first, served), verdict(span.last, served), _count(span)) for span in found]
    sure = tuple((a, b, many) for a, b, many in ends if isinstance(a, Phone) and isinstance(b, Phone))
    if not sure or len(sure) < len(ends):
        return None
    for span in reversed(found):
        said = said[: span.start] + ", ".join(_all(span)) + said[span.end :]
    return Spans(said, sure)


def written_out(text: str, served: Served = SERVED) -> str:
    """Return a text, its digits as 0-9, with its spans written out number for number."""
    spans = read_spans(text, served)
    return ascii_digits(text) if spans is None else spans.text


def _behind(said: str, ten: re.Match[str]) -> list[_Span]:
    """Give the span that begins with a whole number, and those of the same block that follow it."""
    digits = ten[1] + ten[2] + ten[3]
    whole = _WHOLE.match(said, ten.end())
    last = TEN.match(said, whole.end()) if whole else None
    if last is not None:
        return _meant([_Span(ten.start(), last.end(), digits, last[1] + last[2] + last[3])], said)
    spans: list[_Span] = []
    short, start, first = _SHORT.match(said, ten.end()), ten.start(), digits
    following = None if short else _NEXT.match(said, ten.end())
    while short or following:
        if following:
            start, first = following.start("first"), digits[:6] + following["first"]
            short = _SHORT.match(said, following.end())
        if short is None:
            break
        spans.append(_Span(start, short.end(), first, digits[:6] + short["last"]))
        following, short = _NEXT.match(said, short.end()), None
    return _meant(spans, said)


def _meant(spans: list[_Span], said: str) -> list[_Span]:
    """Leave out what is no span: ends in one place, or too far apart without a word that says "through"."""
    ordered = [_Span(s.start, s.end, *sorted((s.first, s.last))) for s in spans]
    return [
        span
        for span in ordered
        if span.first != span.last and (_count(span) <= MOST_OF_A_SPAN or _THROUGH.search(said, span.start, span.end))
    ]


def _count(span: _Span) -> int:
    return int(span.last) - int(span.first) + 1


def _all(span: _Span) -> list[str]:
    many = _count(span)
    numbers = (str(int(span.first) + i) for i in range(many if many <= MOST_OF_A_SPAN else 1))
    return [f"{n[:3]}-{n[3:6]}-{n[6:]}" for n in numbers]
