"""What the sender of a list puts right by typing: numbers for its lines, lines that can go, numbers more."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from domain.numbers.cells import tidy
from domain.numbers.lists import spot_list
from domain.numbers.phone import Phone
from domain.numbers.reading import Spotted, read_phone
from domain.numbers.sheets import Sheet
from domain.numbers.verdicts import SERVED, Served
from domain.text import ascii_digits, clean_lines, straight

ONE_MORE = 0
"""The line of a number that stands below the list."""

EVERYWHERE = -1
"""The line of a number that goes wherever it stands."""

_LINE = r"(?:(?:lines?|rows?|l[ií]neas?|filas?)(?:\s?(?:no\.|nos\.|numbers?\b))?(?:\s?#)?|#)\s?"
_DROPPED = r"(?:(?<=delete )|(?<=remove )|(?<=drop ))"
_COUNT = r"\d{1,6}(?!\d)(?![-.) ]{0,2}\d{3}[-. ]?\d{4}(?!\d))"  # but no area code of a number
_TO = r"(?:to|through|thru|until|-|–|—)"  # noqa: RUF001 - as typed
_NEXT = rf"(?:(?:\s?,)?\s?(?:and|or|y)\b|\s?(?:[,;&/+]|{_TO}))\s?"
_GROUP = re.compile(rf"(?<![a-z])(?:{_LINE}|{_DROPPED}){_COUNT}(?:{_NEXT}(?:{_LINE})?{_COUNT})*", re.I)
_PART = re.compile(rf"(\d+)(?:\s*{_TO}\s*(?:{_LINE})?(\d+))?", re.I)
_IS = r"(?:is|are|should (?:be|read)|must be|has to be|ought to be|reads|=>?|->|→)"
_BARE = r"(?:^|(?<=[,;\n])|(?<=\band)|(?<=\by))\s*(\d{1,6})(?=\s*%s\s*(?:now\s)?[+(]*\d)"
_ALONE = re.compile(_BARE % _IS, re.I)
_AMONG = re.compile(_BARE % rf"(?:{_IS}|:)", re.I)  # where the message speaks of lines
_TAKES = re.compile(rf"\s*{_IS}\s+(?:now\s+)?\0", re.I)  # and the number itself
_GOES_TO = re.compile(r"\s*(?:is\s)?(?:for|in|into|at|on|(?:goes|belongs) (?:in|into|on|to))\s*(?:the\s)?", re.I)
_VERB = (
    r"(?:delete|remove|drop|erase|discard|strike|scrap|skip|ignore|omit|exclude|take out|leave out|get rid of|without"
    r"|borra|elimina)"
)
_DROP = re.compile(rf"\b{_VERB}\b[^,.;\n\d]{{0,40}}$", re.I)
_GONE = re.compile(
    r"\b(?:(?:can|could|may|must|should|to|has to|have to|need to) (?:all |both )?"
    r"(?:go|(?:be )?(?:deleted|removed|dropped|erased|skipped|left out|taken out))"
    rf"|{_VERB}\s*(?:it|them|this|that|these|those|both|all|please|and\b|[,.;!\n]|$)"
    r"|(?:is|are) (?:not needed|unneeded|no longer needed))",
    re.I,
)
_NOT = re.compile(r"\b(?:not|never|\w+n't)\b\s*(?:(?:please|just|yet|really|ever|want to|be)\s*)?$", re.I)
_MORE = re.compile(r"\b(?:add|plus|also|instead|new|one more|another)\b", re.I)
_JOINED = re.compile(r"[\s,;&]*(?:\b(?:and|y|or)\b)?[\s,;&]*", re.I)
_GOES_ON = "\0"  # behind a text that ends only because something else was read there


@dataclass(frozen=True, slots=True)
class Fix:
    """What becomes of a line, or of those up to `until`: a number (E.164), or none, so that it goes.

    `line` is one of the list as a spreadsheet counts, `ONE_MORE`, or `EVERYWHERE` for a number that goes.
    """

    line: int
    e164: str
    until: int = 0

    @property
    def last(self) -> int:
        """Return the last line that it is about."""
        return self.until or self.line


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a message puts right, in its order; `unread`: lines that it names without a number that can be read."""

    fixes: tuple[Fix, ...]
    unread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """Lines or a number in a message, with the words in front and behind, up to what else was found."""

    lines: tuple[tuple[int, int], ...]
    number: str
    before: str
    after: str


def read_corrections(text: str, served: Served = SERVED) -> Corrections:
    """Read "line 14 is 415-421-8832", "rows 3 and 5 can go", "415-421-8832 for line 7", or just numbers."""
    said = straight(ascii_digits("\n".join(clean_lines(text))))
    return _Reader(_found_in(said, served)).read()


def _found_in(said: str, served: Served) -> list[_Found]:
    groups = [(match.start(), match.end(), _lines_of(match[0])) for match in _GROUP.finditer(said)]
    masked = _GROUP.sub(lambda match: " " * len(match[0]), said)
    bare = _AMONG if groups else _ALONE
    groups += [(m.start(1), m.end(1), ((int(m[1]), int(m[1])),)) for m in bare.finditer(masked)]
    numbers = [(each.start, each.end, _number_of(each)) for each in spot_list(masked, served)]
    places = sorted([*((a, b, lines, "") for a, b, lines in groups), *((a, b, (), e164) for a, b, e164 in numbers)])
    ends, starts = [0, *(each[1] for each in places)], [*(each[0] for each in places[1:]), len(said)]
    goes_on = [*[_GOES_ON] * (len(places) - 1), ""]
    return [
        _Found(lines, e164, said[end:a], said[b:start] + mark)
        for (a, b, lines, e164), end, start, mark in zip(places, ends, starts, goes_on, strict=False)
    ]


def _lines_of(group: str) -> tuple[tuple[int, int], ...]:
    """Return the first and the last line of each part of "lines 3, 5 and 10 to 15"."""
    parts = [(int(part[1]), int(part[2] or part[1])) for part in _PART.finditer(group)]
    return tuple((min(part), max(part)) for part in parts)


def _number_of(spotted: Spotted) -> str:
    return spotted.found.e164 if isinstance(spotted.found, Phone) else ""


class _Reader:
    """Goes through a message once: each number finds its line, each line what becomes of it."""

    def __init__(self, found: list[_Found]) -> None:
        self._found = found
        self._fixes: list[Fix] = []
        self._waiting: list[int] = []  # lines that were named and have no number yet
        self._unread: list[int] = []
        self._named: list[int] = []  # lines of which nothing was said that puts them right
        self._behind = ""  # the words behind the lines that were named last
        self._is_dropping = False  # of what is named next

    def read(self) -> Corrections:
        """Return what all of it comes to; what was found is read once."""
        left = iter(zip(self._found, [*self._found[1:], None], strict=False))
        for each, following in left:
            if each.lines:
                self._lines(each)
            elif following is not None and following.lines and self._is_put_into(each, following):
                next(left)
            else:
                self._number(each)
        self._give_up()
        unread = self._unread if self._fixes else [*self._unread, *self._named]
        return Corrections(tuple(dict.fromkeys(self._fixes)), tuple(dict.fromkeys(unread)))

    def _give_up(self) -> None:
        """Let the lines be for which no number came; beside figures that are none it is told."""
        if any(c.isdecimal() for c in self._behind):
            self._unread += self._waiting
        self._named += self._waiting
        self._waiting = []

    def _lines(self, each: _Found) -> None:
        self._give_up()
        self._behind = each.after
        self._is_dropping = _says(_DROP, each.before) or _says(_GONE, each.after)
        lines = each.lines
        if self._is_dropping and len(lines) > 1 and _TAKES.match(each.after):  # "delete row 3, and row 4 is 415…"
            lines, self._waiting = lines[:-1], [lines[-1][0]]
        if self._is_dropping:
            self._fixes += [Fix(a, "", b if b > a else 0) for a, b in lines if a]
        else:
            self._waiting = [a for a, _ in lines]

    def _is_put_into(self, each: _Found, following: _Found) -> bool:
        """Put a number into the line that is named behind it; tell whether one is."""
        line = following.lines[0][0]
        if self._waiting or not each.number or not line or not _GOES_TO.fullmatch(following.before):
            return False
        self._fixes.append(Fix(line, each.number))
        return True

    def _number(self, each: _Found) -> None:
        if self._waiting:
            self._take(self._waiting.pop(0), each.number)
            self._is_dropping = False
        elif not each.number:
            return
        elif _says(_DROP, each.before) or _says(_GONE, each.after):
            self._fixes.append(Fix(EVERYWHERE, each.number))
            self._is_dropping = True
        elif not self._is_dropping or _MORE.search(each.before):
            self._fixes.append(Fix(ONE_MORE, each.number))
            self._is_dropping = False
        elif self._fixes[-1].line == EVERYWHERE and _JOINED.fullmatch(each.before):
            self._fixes.append(Fix(EVERYWHERE, each.number))

    def _take(self, line: int, e164: str) -> None:
        if line and e164:
            self._fixes.append(Fix(line, e164))
        else:
            self._unread.append(line)


def _says(what: re.Pattern[str], text: str) -> bool:
    found = what.search(text)
    return found is not None and _NOT.search(text[: found.start()]) is None


def with_fixes(sheet: Sheet, fixes: Iterable[Fix]) -> Sheet:
    """Put numbers into their lines, empty those that go, and put what is more below; no line is another's afterwards.

    A line that the list does not have is left out.
    """
    cells = list(sheet.cells)
    place = sheet.columns.number
    for fix in fixes:
        ten = fix.e164.removeprefix("+1")
        if fix.line == ONE_MORE:
            cells.append([*[""] * place, ten])
            continue
        for at in _places(fix, sheet, cells):
            row = cells[at]
            is_put = fix.e164 and fix.line != EVERYWHERE
            cells[at] = [*row[:place], *[""] * (place - len(row)), ten, *row[place + 1 :]] if is_put else []
    return replace(sheet, cells=cells)


def _places(fix: Fix, sheet: Sheet, cells: list[list[str]]) -> Iterator[int]:
    place = sheet.columns.number
    if fix.line == EVERYWHERE:
        yield from (at for at, row in enumerate(cells) if place < len(row) and _is(row[place], fix.e164))
    else:
        first = sheet.first_line
        yield from range(max(fix.line - first, 0), min(fix.last - first + 1, len(cells)))


def _is(cell: str, e164: str) -> bool:
    read = read_phone(tidy(cell), SERVED) if cell.endswith(e164[-1]) or not cell.isdecimal() else None
    return isinstance(read, Phone) and read.e164 == e164


def lines_of(sheet: Sheet) -> tuple[int, int]:
    """Return the first and the last line of a list, as a spreadsheet counts them."""
    return sheet.first_line, sheet.first_line + len(sheet.cells) - 1


def write_fix(fix: Fix) -> str:
    """Return a fix as it is kept: "14=+14154218832", "3..5=" for lines that go."""
    return f"{fix.line}..{fix.until}={fix.e164}" if fix.until else f"{fix.line}={fix.e164}"


def fixes_of(kept: Iterable[str]) -> tuple[Fix, ...]:
    """Return what was put right, in the order told."""
    return tuple(_fix_of(each) for each in kept)


def _fix_of(kept: str) -> Fix:
    lines, _, e164 = kept.partition("=")
    line, _, until = lines.partition("..")
    return Fix(int(line), e164, int(until or 0))
