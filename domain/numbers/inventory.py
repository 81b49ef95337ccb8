"""The numbers that are ours already: what each does here, and the list of them as somebody wrote it."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence

from domain.errors import Unreadable
from domain.masking import mask, mask_words, names_secret
from domain.numbers.lists import spot_list
from domain.numbers.phone import Phone, show
from domain.numbers.reading import PLAIN, read_phone, spot
from domain.numbers.spans import written_out
from domain.numbers.verdicts import SERVED, verdict
from domain.text import ascii_digits, clean, clean_lines
from domain.values import Value
from domain.wordkeys import LINE, nested

TRACKING = "tracking"
ROLES = (TRACKING, "receiving", "failsafe", "user")
"""What a number of ours does, and in this order what counts when it does several things.

tracking: calls to it come in here; receiving: calls to others ring at it; failsafe: calls go there when nothing else
takes them; user: it is assigned to one of our users. Only a tracking number is with us; the others are other companies'
and could move here, were they not in use.
"""
FREE = "free"  # the role in a list by which a number leaves the inventory
LONGEST_OWNER = 80
_TEN_DIGITS = 10
_FEW = 20  # numbers that may go without a question, whatever part of the inventory they are
_MAY_BE_WORDS = re.compile(r"8(?:00|33|44|55|66|77|88)")  # toll-free numbers are written as words, too
_COLUMNS = ("number", "role", "owner")
_SPELLINGS = {"fail-safe": "failsafe", "fail safe": "failsafe", "assigned": "user"}


class Ours(Value, frozen=True):
    """What a number does here; `owner`: a user's name, the reference of the request that made it ours, or empty."""

    role: str
    owner: str = ""


class Held(Value, frozen=True):
    """A number of the inventory. `source`: import (from a file), slack (a list loaded there) or port (moved by us)."""

    e164: str
    role: str
    owner: str = ""
    source: str = "import"


class Counted(Value, frozen=True):
    """What a list changed: how many numbers came, got another role or owner, left, and were so already."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(
            self.added + other.added,
            self.changed + other.changed,
            self.removed + other.removed,
            self.unchanged + other.unchanged,
        )


class LeftOut(Value, frozen=True):
    """How many numbers of earlier files (`of`) a list does not name (`gone`)."""

    gone: int = 0
    of: int = 0

    @property
    def is_much(self) -> bool:
        """Tell whether it reads like a mistake rather than like a list kept up: over 20 numbers, and over half."""
        return self.gone > _FEW and 2 * self.gone > self.of


class Sorted(Value, frozen=True):
    """A list sorted out against what is there: what to keep, what leaves, and the figures of it."""

    keep: tuple[Held, ...]
    free: tuple[str, ...]
    counted: Counted


class Stock(Value, frozen=True):
    """A list as read: its numbers, each once (the last line counts), `free` among the roles; and lines that are none.

    `bad`: line number from 1, and why: a code of `read_phone`, or `inventory.bad_role`. `twice`: numbers (E.164) of
    which an earlier line gave way to a later one that says something else.
    """

    rows: tuple[Held, ...] = ()
    bad: tuple[tuple[int, Unreadable], ...] = ()
    twice: tuple[str, ...] = ()


def strongest(one: Ours | None, other: Ours) -> Ours:
    """Return which of two things that a number does counts."""
    return other if one is None or ROLES.index(other.role) < ROLES.index(one.role) else one


def sort_out(rows: Iterable[Held], there: Mapping[str, Ours]) -> Sorted:
    """Tell what a list changes, given what its numbers do so far."""
    rows = tuple(rows)
    free = tuple(row.e164 for row in rows if row.role == FREE and row.e164 in there)
    wanted = [row for row in rows if row.role != FREE]
    keep = tuple(row for row in wanted if there.get(row.e164) != Ours(row.role, row.owner))
    added = sum(row.e164 not in there for row in keep)
    unchanged = len(rows) - len(keep) - len(free)
    return Sorted(keep, free, Counted(added, len(keep) - added, len(free), unchanged))


def read_stock(text: str) -> Stock:
    """Read lines of number, role and owner, with commas, semicolons or tabs between; a first line may name them."""
    plain = text.removeprefix("\ufeff")
    mark = max(",;\t", key=plain.partition("\n")[0].count)
    lines = list(csv.reader(plain.splitlines(), delimiter=mark))
    places = _places(lines[0]) if lines else None
    return _read(enumerate(lines, 1), places or dict(zip(_COLUMNS, range(3), strict=True)), skip=places is not None)


def _places(line: Sequence[str]) -> dict[str, int] | None:
    """Return where each column stands, by a first line that names them; None when it names none."""
    names = [cell.strip().lower() for cell in line]
    return {name: names.index(name) for name in _COLUMNS if name in names} if "number" in names else None


def _read(lines: Iterable[tuple[int, Sequence[str]]], places: Mapping[str, int], *, skip: bool) -> Stock:
    rows: dict[str, Held] = {}
    bad: list[tuple[int, Unreadable]] = []
    twice: dict[str, None] = {}
    for at, line in lines:
        if (skip and at == 1) or not any(cell.strip() for cell in line):
            continue
        number, role, owner = (_cell(line, places.get(name)) for name in _COLUMNS)
        found = _row(number, role, owner)
        if isinstance(found, Unreadable):
            bad.append((at, found))
            continue
        if rows.setdefault(found.e164, found) != found:
            twice[found.e164] = None
        rows[found.e164] = found
    return Stock(tuple(rows.values()), tuple(bad), tuple(twice))


def _cell(line: Sequence[str], place: int | None) -> str:
    return line[place].strip() if place is not None and place < len(line) else ""


def _row(number: str, role: str, owner: str) -> Held | Unreadable:
    phone = read_phone(number, SERVED)
    if isinstance(phone, Unreadable):
        return phone
    said = role.lower()
    meant = _SPELLINGS.get(said, said)
    if meant not in (*ROLES, FREE):
        return Unreadable("inventory.bad_role", {"given": mask_words(clean(role))[:30] or "—"})
    return Held(phone.e164, meant, _without_pin(clean(owner))[:LONGEST_OWNER])


def _without_pin(owner: str) -> str:
    """Mask a PIN or an account number that is called so; what else stands there, a year for example, is whose it is."""
    return mask(owner) if names_secret(owner) else owner


def named_numbers(text: str) -> tuple[str, ...]:
    """Return every number (E.164) that a reader may take out of what somebody wrote or pressed."""
    has_ten = len(text) >= _TEN_DIGITS and sum(map(str.isdecimal, text)) >= _TEN_DIGITS
    if not has_ten and not _MAY_BE_WORDS.search(text):
        return ()
    plain = PLAIN.fullmatch(text.strip()) if text.isascii() else None
    if plain:  # one number and nothing else, as nearly always
        found = verdict(plain[1] + plain[2] + plain[3], SERVED)
        return (found.e164,) if isinstance(found, Phone) else ()
    lists = spot_list(written_out("\n".join(clean_lines(text))), SERVED)
    spotted = (*lists, *spot(ascii_digits(clean(text)), SERVED))
    return tuple(dict.fromkeys(each.found.e164 for each in spotted if isinstance(each.found, Phone)))


def is_tracking(e164: str, ours: Mapping[str, Ours]) -> bool:
    """Tell whether calls to a number come in here, so that no calls can be sent on to it."""
    return e164 in ours and ours[e164].role == TRACKING


def taken(numbers: Iterable[str], ours: Mapping[str, Ours]) -> tuple[str, ...]:
    """Return the numbers that cannot be moved to us, because they do something here already."""
    return tuple(e164 for e164 in numbers if e164 in ours)


def told_of(numbers: Iterable[str], ours: Mapping[str, Ours], *, to_staff: bool = False) -> dict[str, str]:
    """Return a message's parameter `ours`, a sentence for each number of ours; only staff are told whose it is."""
    lines = LINE.join(
        nested(
            f"submit.ours_{ours[e164].role}" if to_staff else f"number.ours_{ours[e164].role}",
            number=show(Phone(e164)),
            owner=f" ({ours[e164].owner})" if to_staff and ours[e164].owner else "",
        )
        for e164 in numbers
    )
    return {"ours": lines} if lines else {}
