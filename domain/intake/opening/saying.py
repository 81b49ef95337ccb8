"""A message as its facts are read from it: sentences, clauses, and what in it may not be taken at its word."""

import re
from functools import cached_property

from domain.carriers import Mention, mentions
from domain.intake.opening.vocabulary import (
    BRAND,
    DOUBTED,
    HEDGED,
    NEGATED,
    NUMBER,
    PAST,
    SPOILT,
    UNWANTED,
    WANTS,
)
from domain.numbers.lists import spot_list
from domain.numbers.reading import Spotted
from domain.numbers.verdicts import SERVED, Served

_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n")
_CLAUSE_END = re.compile(
    r"[.!?;](?=\s|$)|,\s|\n|\s(?:but|however|pero|though|although|and(?= (?:i'?m|i am|i have|i use|mine"
    r"|my)\b))\s|\s-+\s|\)\s"
)
_SIGN_OFF = re.compile(
    r"\n(?:--+|__+|(?:many |best |kind |warm )?(?:thanks|thank you|thx|regards|best|sincerely|cheers|saludos|gracias"
    r"|respectfully|yours (?:truly|faithfully|sincerely)|faithfully|warmly|atentamente)\b[^\n?]{0,30}"
    r"|sent from my [^\n]*|get outlook [^\n]*)(?=\n|$)",
    re.I,
)
_QUOTED = re.compile(
    r"(?:^|\n)(?:>|-{2,} ?(?:original|forwarded)|begin forwarded|fwd?:|from: [^\n]*@|on [^\n]{5,60} wrote:"
    r"|forwarded (?:message|from))",
    re.I,
)
_MEANT = re.compile(
    r"(?:^|[\s,.;!(*])(?:(?:sorry|oops|whoops|typo|correction|wait|no|ugh|my bad|wrong|it'?s|i|mean|meant"
    r"|should be|it should be"
    r"|the|right|correct|number|one|is|that|was|a|scratch)\b[\s,.;:!*-]*){1,9}$",
    re.I,
)
_IDLE = re.compile(r"\binstead\b(?! of)|\bbefore that(?=\s*(?:[.,!?]|$))", re.I)
_MARKS = re.compile(r"[\W_]+$")
_SLIP = re.compile(r"mean|typo|correction|should be|scratch that|sorry", re.I)
_WRONG_AND_RIGHT = 2
_MOST_SLIPS = 3
_FORM = re.compile(
    r"(?:^|\n)\W{0,3}(?:(?:current|losing|old|phone) )?(?:carrier|provider|company|service)\s*[:=]\s*\S", re.I
)
_FORM_NUMBER = re.compile(rf"(?:^|\n)[^\n{NUMBER}]{{2,30}}[:=]\s*{NUMBER}", re.I)


class Saying:
    """One message: cleaned lines, its numbers and carriers, and the same text with both masked."""

    def __init__(self, said: str, signed: str = "", served: Served = SERVED) -> None:
        self.said = said
        self.signed = signed
        self.served = served

    @cached_property
    def numbers(self) -> tuple[Spotted, ...]:
        return spot_list(self.said, self.served)

    @cached_property
    def brands(self) -> tuple[Mention, ...]:
        """The carriers named; a mark behind a name ends a sentence, or points on, and is not the name's."""
        found = mentions(self.said)
        return tuple(
            Mention(m.found, m.start, m.start + len(_MARKS.sub("", self.said[m.start : m.end]))) for m in found
        )

    @cached_property
    def masked(self) -> str:
        """The text with every phone number and carrier's name as signs of their own, letter for letter."""
        masked = self.said
        for sign, spans in ((NUMBER, self.numbers), (BRAND, self.brands)):
            for span in spans:
                masked = masked[: span.start] + sign * (span.end - span.start) + masked[span.end :]
        return masked

    def sentence(self, start: int, end: int) -> str:
        """Give the sentence, or line, around a span."""
        return self.masked[slice(*self.span(start, end))]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give where the sentence, or line, around a span begins and ends."""
        return _around(_SENTENCE_END, self.masked, start, end)

    def clause(self, start: int, end: int) -> str:
        """Give the clause around a span, so that "not" two clauses away denies nothing."""
        return self.masked[slice(*_around(_CLAUSE_END, self.masked, start, end))]

    @cached_property
    def is_doubted(self) -> bool:
        """Tell whether something in it takes back, or asks after, what stands elsewhere in it."""
        return DOUBTED.search(self.masked) is not None

    @cached_property
    def wants(self) -> bool:
        """Tell whether it plainly asks that a number come here: not denied, not past, not by somebody else."""
        if self.is_doubted or SPOILT.search(self.masked):
            return False
        return any(self._is_wish(*found.span()) for found in WANTS.finditer(self.masked))

    def _is_wish(self, start: int, end: int) -> bool:
        clause = _IDLE.sub("", self.clause(start, end))
        is_open = HEDGED.search(_IDLE.sub("", self.sentence(start, end))) or UNWANTED.search(clause)
        return not (is_open or NEGATED.search(clause) or PAST.search(clause))


def is_form(saying: Saying) -> bool:
    """Tell whether a message is filled in like a form, with a line for the carrier and one for the number."""
    return bool(_FORM.search(saying.masked) and _FORM_NUMBER.search(saying.masked) and not saying.is_doubted)


def signature(lines: str) -> str:
    """Give the one line that closes a letter behind its greeting; nothing of a card with title and numbers."""
    found = _SIGN_OFF.search(lines)
    rest = lines[found.end() :].strip() if found else ""
    return "" if "\n" in rest or _QUOTED.search(lines) else rest


def put_right(said: str) -> str:
    """Put the number that a message ends by correcting ("sorry I meant ...") in the wrong one's place."""
    numbers = spot_list(said, SERVED) if _SLIP.search(said) else ()
    if len(numbers) != _WRONG_AND_RIGHT:
        return said
    wrong, right = numbers
    between = said[wrong.end : right.start]
    meant = _MEANT.search(between)
    behind = said[right.end :].strip(" .!\n")
    if (
        meant is None
        or not _SLIP.search(meant[0])
        or behind
        or not _is_alike(said[wrong.start : wrong.end], said[right.start : right.end])
    ):
        return said
    return said[: wrong.start] + said[right.start : right.end] + between[: meant.start()]


def _is_alike(one: str, other: str) -> bool:
    """Tell whether two numbers differ as a slip of the finger does: in few digits."""
    first, second = (re.sub(r"\D", "", each)[-10:] for each in (one, other))
    return len(first) == len(second) and 0 < sum(a != b for a, b in zip(first, second, strict=True)) <= _MOST_SLIPS


def own_words(lines: str) -> str:
    """Cut off what is quoted, forwarded, or a signature: nobody states a fact by it."""
    for pattern in (_QUOTED, _SIGN_OFF):
        found = pattern.search(lines)
        lines = lines[: found.start()] if found else lines
    return lines


def _around(ends: re.Pattern[str], text: str, start: int, end: int) -> tuple[int, int]:
    before = [found.end() for found in ends.finditer(text, 0, start)]
    after = ends.search(text, end)
    return (before[-1] if before else 0), (after.start() if after else len(text))
