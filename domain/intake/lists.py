"""A list of numbers that came as a file: what it came to, the choices about it, and how an agreed one is shown.

No state is stored beside the answers. `list_found` is what the file came to, `list_ask` which of its columns are in
doubt, `list_columns` what was said of them, `list_fixes` the numbers put right afterwards, and `list`, once somebody
goes on with it, what was agreed to.
"""

import re
from dataclasses import dataclass
from typing import Final

from domain.errors import Unreadable
from domain.intake.about import asks, show_numbers
from domain.intake.choices import Choice
from domain.intake.given import YES, Given, Params, Read, Rows, Unclear, bare_word
from domain.intake.readings import number
from domain.intake.readings.apart import set_aside, why_apart
from domain.intake.readings.number import ADD, SWAP
from domain.numbers.columns import FIELDS, Ask, Columns, field_named
from domain.numbers.lists import MOST_NUMBERS
from domain.orders.agreed import agreed_of
from domain.orders.model import Case
from domain.text import bare, words_of
from domain.wordkeys import LINE, nested

GO, REPORT, OTHER_FILE, DROP, TEMPLATE, COLUMN = "ls.go", "ls.report", "ls.other", "ls.drop", "ls.template", "ls.col."
REST: Final = "rest"  # all columns that are left, as none that we need
_MARK: Final = "\x1f"  # between the parts of a column in doubt; no cell that was read has it
_PARTS = 4
_LEFT: Final = "left"  # one of them
_SHARED = ("destination", "source", "label", "company")
_SAID_AS = {"not_us": "not_served", "toll_free": "not_served"}
_WORDED = words_of(
    "not_valid too_short too_long none several special not_served rounded extension apart ours_receiving ours_failsafe "
    "ours_user ours_tracking in_request completed twice other"
)
_LONGEST_SAMPLE = 30
_MOST_COLUMNS = 6  # that are asked about one by one
_FEWEST_FIGURES = 7  # of a number that is typed while a column is asked about
_COLUMN_NAMED = re.compile(
    r"(?:(?:it'?s|it is|they'?re|they are|numbers? (?:is|are)|the|in|use|from|take|my) )*"
    r"(?:(?:column|col|row)\.? (?:(?P<count>\d{1,2})|(?P<letter>[a-z]{1,2}))|(?P<alone>[a-z]))(?: please)?(?: column)?"
)
_LEFT_WORDS = words_of("none nothing no skip ignore neither") | {"not needed", "nothing you need", "leave it out"}
_REST_WORDS = {"leave out all the rest", "leave out the rest", "skip all", "skip the rest", "the rest is not needed"}
_GO_WORDS = YES | {"go", "go on", "continue", "go ahead", "the fine ones", "go on with the fine ones", "next"}


@dataclass(frozen=True, slots=True)
class Found:
    """What a file came to. `why`: how many numbers cannot move, by the last part of their code.

    `shared`: what all rows say of each of destination, source, label and company (see `domain.numbers.listing`).
    `numbers`: those that can move, only the first of a longer list. `by_row`: whether its rows are kept by themselves.
    `lines`: the first and the last of the file; zeros where nobody told. `apart`: the numbers that travel by a request
    of their own (see `domain.numbers.listing`).
    """

    paper: int
    rows: int
    fine: int
    digest: str
    day: str
    why: tuple[tuple[str, int], ...]
    shared: tuple[str, str, str, str]
    numbers: tuple[str, ...]
    lines: tuple[int, int] = (0, 0)
    apart: tuple[str, ...] = ()

    @property
    def by_row(self) -> bool:
        """Tell whether a case is too small for the list: it is long, or its rows differ in more than the number."""
        return self.fine > MOST_NUMBERS or any(each.startswith("list:") for each in self.shared)


def write_found(found: Found) -> tuple[str, ...]:
    """Return it as an answer."""
    why = ",".join(f"{code}={count}" for code, count in found.why)
    rows = f"{found.rows}@{found.lines[0]}-{found.lines[1]}" if found.lines[1] else str(found.rows)
    head = (found.paper, rows, found.fine, found.digest, found.day, why)
    return (*map(str, head), *found.shared, ",".join(found.apart), *found.numbers)


def found_of(case: Case) -> Found | None:
    """Return what the newest list came to; None where there is none, or its columns are in doubt."""
    given = case.answer("list_found")
    if not given:
        return None
    paper, rows, fine, digest, day, why, *rest = given
    counted = tuple((code, int(count)) for code, _, count in (each.partition("=") for each in why.split(",") if each))
    shared = (rest[0], rest[1], rest[2], rest[3])
    count, _, lines = rows.partition("@")
    first, _, last = lines.partition("-")
    span = (int(first or 0), int(last or 0))
    apart = tuple(filter(None, rest[4].split(",")))
    return Found(int(paper), int(count), int(fine), digest, day, counted, shared, tuple(rest[5:]), span, apart)


def write_ask(ask: Ask) -> tuple[str, ...]:
    """Return the columns in doubt as an answer: those that are certain first, in one text."""
    certain = ",".join(f"{field}={place}" for field, place in ask.certain.items())
    columns = ((str(each.index), each.head, ", ".join(each.samples), each.guess) for each in ask.columns)
    return (certain, *(_MARK.join(part.replace(_MARK, "") for part in parts) for parts in columns))


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Columns in doubt: what is settled by now, and those still open as (place, name, samples)."""

    settled: dict[str, int]
    open: tuple[tuple[int, str, str], ...]


def _doubt_of(case: Case) -> _Doubt | None:
    given = case.answer("list_ask")
    if not given:
        return None
    settled = {field: int(place) for field, _, place in (each.partition("=") for each in given[0].split(",") if each)}
    columns = [parts for parts in (each.split(_MARK) for each in given[1:]) if len(parts) == _PARTS]
    places = {parts[0] for parts in columns}
    told = (each.partition("=") for each in case.answer("list_columns") or ())
    said = {place: field for place, _, field in told if place in places}
    settled |= {field: int(place) for place, field in said.items() if field in FIELDS}
    is_over = REST in (case.answer("list_columns") or ())
    left = () if is_over else tuple((int(i), head, samples) for i, head, samples, _ in columns if i not in said)
    return _Doubt(settled, left if "number" not in settled else left[:_MOST_COLUMNS])


def columns_of(case: Case) -> Columns | None:
    """Return the columns as they were told, once nothing of them is in doubt; None before, and where nobody asked."""
    doubt = _doubt_of(case)
    if doubt is None or doubt.open or "number" not in doubt.settled:
        return None
    return Columns(**doubt.settled)


def is_column_asked(case: Case) -> bool:
    """Tell whether it is open which column of the list is what."""
    doubt = _doubt_of(case)
    return doubt is not None and bool(doubt.open)


def words(case: Case) -> str:
    """Return by which words the numbers are asked for: plainly, or about the list that is there."""
    doubt = _doubt_of(case)
    if doubt is not None and doubt.open:
        return "ask.numbers_column" if "number" in doubt.settled else "ask.numbers_which_column"
    found = found_of(case)
    if found is None:
        return "ask.numbers" if columns_of(case) is None else "ask.numbers_being_read"
    if not found.fine:
        return "ask.numbers_none_fine"
    if found.why:
        return "ask.numbers_list"
    return "ask.numbers_list_one" if found.fine == 1 else "ask.numbers_list_fine"


def params(case: Case) -> Params:
    """Return what those words need."""
    doubt = _doubt_of(case)
    if doubt is not None and doubt.open:
        return {"column": _named(doubt.open[0]), "samples": doubt.open[0][2]}
    found = found_of(case)
    if found is None:
        return {}
    why = LINE.join(_reason(code, count) for code, count in found.why)
    bad = sum(count for _, count in found.why)
    return {"rows": f"{found.rows:,}", "fine": f"{found.fine:,}", "bad": f"{bad:,}", "why": why}


def _reason(code: str, count: int) -> str:
    room, _, name = code.partition(".")
    if room == "destination":
        return nested(f"list.rings.{name}", count=f"{count:,}")
    said = _SAID_AS.get(name, name)
    return nested(f"list.why.{said if said in _WORDED else 'other'}", count=f"{count:,}")


def _named(column: tuple[int, str, str]) -> str:
    """Return how a column is called: its letter as in a spreadsheet, and its own name."""
    place, head, _ = column
    letter = (chr(64 + place // 26) if place >= 26 else "") + chr(65 + place % 26)
    return f"{letter} ({head})" if head else letter


def rows(case: Case) -> Rows:
    """Return the buttons about the list that is there."""
    doubt = _doubt_of(case)
    if doubt is not None and doubt.open:
        return _column_rows(doubt)
    found = found_of(case)
    if found is None:
        return ()
    label = "button.list_go_one" if found.fine == 1 else "button.list_go"
    go: Rows = ((Choice(GO, label, {"count": f"{found.fine:,}"}),),) if found.fine else ()
    told: Rows = ((Choice(REPORT, "button.list_report"), Choice(OTHER_FILE, "button.list_other")),)
    drop: Rows = ((Choice(DROP, "button.list_drop"),),)
    return (*go, *(told if found.why else ()), *drop)


def _column_rows(doubt: _Doubt) -> Rows:
    if "number" not in doubt.settled:
        columns = doubt.open[:_MOST_COLUMNS]
        return tuple(
            (
                Choice(
                    f"{COLUMN}{each[0]}.number",
                    "button.list_column",
                    {"column": _named(each), "samples": each[2][:_LONGEST_SAMPLE]},
                ),
            )
            for each in columns
        )
    at = doubt.open[0][0]
    fields = [field for field in FIELDS if field not in doubt.settled]
    named = [Choice(f"{COLUMN}{at}.{field}", f"button.list_field.{field}") for field in fields]
    pairs = tuple(tuple(named[i : i + 2]) for i in range(0, len(named), 2))
    left = (Choice(f"{COLUMN}{at}.{_LEFT}", "button.list_left"), Choice(f"{COLUMN}{REST}", "button.list_rest"))
    return (*pairs, left)


def with_lists(plain: Read) -> Read:
    """Return the reader of the numbers that knows what is said about a list, too."""

    def read(text: str, case: Case) -> Given | Unclear | Unreadable:
        if text.startswith(COLUMN):
            return _column_told(text.removeprefix(COLUMN), case)
        if is_column_asked(case) and sum(map(str.isdecimal, text)) < _FEWEST_FIGURES:
            told = _column_told(_column_typed(text, case), case)
            return told if isinstance(told, Unclear) else Unclear("list.choose_column", None)
        found = found_of(case)
        if found is not None and found.fine and (text == GO or bare_word(text) in _GO_WORDS):
            return _go_on(found, case)
        if text.startswith((ADD, SWAP)) and agreed_of(case) is not None:
            return Unreadable("list.change_there")
        return plain(text, case)

    return read


read_numbers = with_lists(number.read_numbers)


def _column_typed(text: str, case: Case) -> str:
    """Return what words say of the column that is asked about, as its button would; empty where they say nothing."""
    doubt = _doubt_of(case)
    if doubt is None or not doubt.open:
        return ""
    if "number" not in doubt.settled:
        said = _COLUMN_NAMED.fullmatch(bare_word(text))
        at = next((i for i, head, _ in doubt.open if head and bare(head) == bare(text)), _place(said) if said else -1)
        return f"{at}.number" if at >= 0 else ""
    if bare_word(text) in _REST_WORDS:
        return REST
    field = _LEFT if bare_word(text) in _LEFT_WORDS else field_named(text)
    return f"{doubt.open[0][0]}.{field}" if field else ""


def _place(said: re.Match[str]) -> int:
    """Return the place of a column, counted from 0, by its letter or its number."""
    if said["count"]:
        return int(said["count"]) - 1
    letters: str = said["letter"] or said["alone"]
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 96
    return place - 1


def _column_told(said: str, case: Case) -> Unclear | Unreadable:
    """Take what was said of a column, if a button says just that now; a forged one is no answer."""
    doubt = _doubt_of(case)
    offered = _column_rows(doubt) if doubt is not None and doubt.open else ()
    if f"{COLUMN}{said}" not in {choice.code for row in offered for choice in row}:
        return Unreadable("number.none")
    before = case.answer("list_columns") or ()
    place, _, field = said.partition(".")
    told = REST if said == REST else f"{place}={field}"
    return Unclear("", None, keeps=(("list_columns", Given((*before, told))),))


def _go_on(found: Found, case: Case) -> Given:
    """Take the numbers that are fine, with what all of them share; of a long list the first stands for all."""
    more: list[tuple[str, Given]] = []
    accounts = "house" if asks(case, "house") else "company"  # a list names accounts of ours, not the customer's own
    for question, shared in zip((*_SHARED[:-1], accounts), found.shared, strict=True):
        value = _answer(question, shared, case)
        if value:
            more.append((question, Given(value)))
    if found.by_row:
        head = (str(found.fine), str(found.paper), found.digest, found.day, found.numbers[0])
        more.append(("list", Given(head)))
    else:
        more.append(("list_found", Given(())))
    others = _others(found, case)
    params = {"count": f"{found.fine:,}", **others.params}
    return Given(found.numbers, more=(*more, *others.more), lead=others.lead, params=params)


def _others(found: Found, case: Case) -> Given:
    """Set the numbers aside that cannot travel with the list's, to be offered at the end; too many need a list."""
    if found.apart:
        aside = tuple(dict.fromkeys((*set_aside(case), *found.apart)))
        lead = f"{said_of_taken(found.fine)}+{why_apart(found.numbers, found.apart)}"
        return Given((), more=(("set_aside", Given(aside)),), lead=lead, params={"apart": show_numbers(found.apart)})
    are_many = "number.apart" in dict(found.why)
    return Given((), lead=f"{said_of_taken(found.fine)}+list.apart_many" if are_many else said_of_taken(found.fine))


def said_of_taken(count: int) -> str:
    """Return by which words it is said that so many numbers of a list are taken."""
    return "list.taken_one" if count == 1 else "list.taken"


def _answer(question: str, shared: str, case: Case) -> tuple[str, ...]:
    """Return what a list answers of a question; nothing where it has to be asked."""
    if not shared or (question not in ("destination", "label") and not asks(case, question)):
        return ()
    if shared.startswith("list:"):
        if question == "company" and asks(case, "own"):  # a request is of one company, whose administrators decide
            return ()
        return tuple(shared.split(":"))
    said = shared.removeprefix("=")
    if question not in ("source", "company", "house"):
        return (said,)
    return next(((name,) for name in asks(case, question) if bare_word(name) == bare_word(said)), ())
