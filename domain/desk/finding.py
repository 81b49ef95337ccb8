"""What staff look for: a few words, and filters beside them."""

import re
from datetime import date, datetime
from typing import Literal

from domain.orders.references import read_reference
from domain.text import ascii_digits, clean
from domain.values import Value, replace

LIMIT = 20  # lines on a page of staff's
MOST_TERMS = 8
LONGEST_TERM = 40  # characters; what is longer is cut
LEAST_DIGITS = 4  # of a number: its last four are how people name it
_RUN = re.compile(r"(?<!\S)\+?\(?\d[\d().\-/]*(?:\s+\(?\d[\d().\-/]*)*(?!\S)")  # numbers as people write them
_NO_DIGIT = re.compile(r"\D")
_WHOLE = (7, 10)  # digits of a number without and with its area code

Order = Literal["quiet", "newest", "due", "oldest"]


class Search(Value, frozen=True):
    """Which requests are wanted; what is left out does not matter. Words must all be found, each in any field.

    `words`: reference, friendly name, number (its last four digits too), name, company, carrier, the carrier's order
    number, words of staff's notes; letter case and accents do not matter. `status`: one, `statuses`: any of several;
    with neither, and no words, only open requests are meant, with words all of them; `is_open` says it for certain.
    `carrier`: an id of the carriers' table. `assignee`: a Slack user id. `is_snoozed`: None: either.
    `is_urgent`: what a person has to look at now; `is_overdue`: a day has passed. `quiet_since`: stale since then.
    `due_from`, `due_until`: a number of it moves on one of these days, both included.
    `order`: longest unchanged first, newest change first, what moves first, or what was begun first.
    `is_all`: open ones and those that are over.
    """

    words: str = ""
    status: str | None = None
    statuses: tuple[str, ...] = ()
    carrier: str | None = None
    assignee: str | None = None
    is_unassigned: bool = False
    is_held: bool | None = None
    is_snoozed: bool | None = None
    is_urgent: bool = False
    is_overdue: bool = False
    is_open: bool | None = None
    is_all: bool = False
    quiet_since: datetime | None = None
    due_from: date | None = None
    due_until: date | None = None
    order: Order = "quiet"
    limit: int = LIMIT
    offset: int = 0

    @property
    def means_open(self) -> bool:
        """Tell whether requests that are over are left out."""
        if self.is_open is not None:
            return self.is_open
        return not (self.is_all or self.words.strip() or self.status or self.statuses)


class Term(Value, frozen=True):
    """A word to be found. `ref`: the reference that it is; `digits`: those of a number that it may be the end of."""

    text: str
    ref: str | None = None
    digits: str = ""


def terms_of(words: str) -> tuple[Term, ...]:
    """Return what has to be found, each once: a number in any format is one term."""
    said = ascii_digits(clean(words)).replace('"', " ").replace("\\", " ")
    found: list[Term] = []
    end = 0
    for run in _RUN.finditer(said):
        found += map(_term, said[end : run.start()].split())
        found += _of_digits(run[0])
        end = run.end()
    found += map(_term, said[end:].split())
    return tuple(dict.fromkeys(found))[:MOST_TERMS]


def page(search: Search, offset: int) -> Search:
    """Return the same search from another line on."""
    return replace(search, offset=max(0, offset))


def _of_digits(run: str) -> list[Term]:
    """Return a run of digits and marks as one number, or else as the words that it is written in."""
    digits = _national(_NO_DIGIT.sub("", run))
    if len(digits) in _WHOLE:
        return [Term(digits, digits=digits)]
    return [_term(word) for word in run.split()]


def _term(word: str) -> Term:
    digits = _national(_NO_DIGIT.sub("", word))
    is_number = len(digits) >= LEAST_DIGITS and not re.search(r"[^\W\d_]", word)
    return Term(word[:LONGEST_TERM], read_reference(word), digits[-10:] if is_number else "")


def _national(digits: str) -> str:
    """Return digits without the 1 that stands before a whole number of ours."""
    return digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
