"""No message makes a pattern of the domain backtrack without end: one customer never stops the whole desk."""

import importlib
import pkgutil
import re
import re._compiler as compiler  # type: ignore[import-not-found]  # the compiler has no public name
import re._constants as sre  # type: ignore[import-not-found]  # the parse tree has no public name
import re._parser as parser  # type: ignore[import-not-found]  # the parse tree has no public name
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import domain
from domain.carriers import find_carrier
from domain.intake.opening import LONGEST_OPENING, read_opening
from domain.intake.sayings import recognise
from domain.numbers import read_phone
from domain.numbers.lists import read_number_list
from domain.readers.addresses import read_address
from domain.readers.companies import read_company
from domain.readers.emails import read_email
from domain.readers.names import read_name
from domain.readers.pins import read_pin
from domain.readers.secrets import mask_words
from domain.text import LONGEST

_MANY = 8  # a repeat of so many counts as endless
_NOTHING = (sre.AT, sre.ASSERT, sre.ASSERT_NOT, sre.GROUPREF)
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
_OTHERS = "qz0 \n.,-(@'\u00e9\u2116\xa4"  # signs beside those that a pattern names itself
_KEPT_APART = {"domain.numbers.lists._LEADING[0]"}  # "cell" and "phone" within "cellphone": a word's end parts them
_SECONDS = 20  # for tens of thousands of texts together, which take about three
_LONGEST_SAYING = 600
_ROUNDS = 30
_WAYS = 200  # words of one repeated body that are tried
_ROOT = Path(__file__).parents[2]


def patterns() -> dict[str, re.Pattern[str]]:
    """Collect every compiled pattern of the domain, alone in a module or in a row of a table, by its place."""
    found: dict[re.Pattern[str], str] = {}
    for info in pkgutil.walk_packages(domain.__path__, "domain."):
        for name, value in vars(importlib.import_module(info.name)).items():
            for number, each in enumerate(_held(value)):
                found.setdefault(each, f"{info.name}.{name}[{number}]")
    return {place: each for each, place in found.items()}


def _held(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from _held((*value.keys(), *value.values()))
    elif isinstance(value, (tuple, list, frozenset, set)):
        for each in value:
            yield from _held(each)
    elif isinstance(getattr(value, "pattern", None), re.Pattern):
        yield value.pattern


def loops(tree: Any) -> Iterator[Any]:
    """Give the outermost repeated bodies that are backtracked into: a possessive one is not, its inside is."""
    for op, av in tree:
        if op in _REPEATS[:2] and av[1] >= _MANY:
            yield av[2]
        else:
            for part in _parts(op, av):
                yield from loops(part)


def _parts(op: Any, av: Any) -> list[Any]:
    if op is sre.BRANCH:
        return list(av[1])
    if op in (*_REPEATS, sre.SUBPATTERN):
        return [av[-1]]
    if op in (sre.ASSERT, sre.ASSERT_NOT):
        return [av[1]]
    return [av] if op is sre.ATOMIC_GROUP else []


@dataclass(slots=True)
class Reading:
    """The signs of a body by their places, and which place may follow which: every way to read a text is a path."""

    flags: int
    alphabet: str
    signs: list[frozenset[str]] = field(default_factory=list)
    after: list[set[int]] = field(default_factory=list)
    doubled: bool = False  # one step, or nothing at all, is taken in two ways

    def join(self, lasts: set[int], firsts: set[int]) -> None:
        for last in lasts:
            self.doubled = self.doubled or not self.after[last].isdisjoint(firsts)
            self.after[last] |= firsts

    def sequence(self, tree: Any) -> tuple[set[int], set[int], bool]:
        """Add a sequence; return its first places, its last places, and whether it may be nothing."""
        firsts: set[int] = set()
        lasts: set[int] = set()
        empty = True
        for op, av in tree:
            first, last, nothing = self.one(op, av)
            self.join(lasts, first)
            firsts |= first if empty else set()
            lasts = last | (lasts if nothing else set())
            empty = empty and nothing
        return firsts, lasts, empty

    def one(self, op: Any, av: Any) -> tuple[set[int], set[int], bool]:
        if op in _REPEATS:
            return self.repeat(*av)
        if op is sre.BRANCH:
            ways = [self.sequence(way) for way in av[1]]
            self.doubled = self.doubled or sum(nothing for _, _, nothing in ways) > 1
            firsts, lasts = {p for way in ways for p in way[0]}, {p for way in ways for p in way[1]}
            return firsts, lasts, any(nothing for _, _, nothing in ways)
        if op in (sre.SUBPATTERN, sre.ATOMIC_GROUP):
            return self.sequence(_parts(op, av)[0])
        if op in _NOTHING:
            return set(), set(), av not in (sre.AT_END, sre.AT_END_STRING)  # nothing follows the end
        return self.sign(op, av)

    def repeat(self, low: int, high: int, body: Any) -> tuple[set[int], set[int], bool]:
        if high < _MANY:
            once = [(sre.SUBPATTERN, (None, 0, 0, body))]
            more: list[Any] = []
            for _ in range(high - low):
                more = [(sre.BRANCH, (None, [once + more, []]))]
            return self.sequence(once * low + more)
        firsts, lasts, empty = self.sequence(body)
        self.join(lasts, firsts)
        self.doubled = self.doubled or (empty and low == 0)
        return firsts, lasts, empty or low == 0

    def sign(self, op: Any, av: Any) -> tuple[set[int], set[int], bool]:
        self.signs.append(frozenset(filter(_compiled(op, av, self.flags).fullmatch, self.alphabet)))
        self.after.append(set())
        here = {len(self.signs) - 1}
        return here, here, False

    def steps(self, one: int, other: int) -> Iterator[tuple[int, int]]:
        """Give the pairs of places that one sign leads to from a pair of places."""
        for each in self.after[one]:
            for beside in self.after[other]:
                if self.signs[each] & self.signs[beside]:
                    yield (each, beside) if each <= beside else (beside, each)


_COMPILED: dict[tuple[str, int], re.Pattern[str]] = {}


def _compiled(op: Any, av: Any, flags: int) -> re.Pattern[str]:
    """Return the pattern of one place alone, asked of the engine itself."""
    key = (f"{op} {av}", flags)
    if key not in _COMPILED:
        state = parser.State()
        state.flags = flags
        _COMPILED[key] = compiler.compile(parser.SubPattern(state, [(op, av)]), flags)
    return _COMPILED[key]


def explodes(body: Any, flags: int) -> bool:
    """Tell whether repeating a body reads some text in two ways from a place back to that place.

    Each repeat of such a text doubles the ways, and a wrong end makes the engine try them all.
    """
    reading = Reading(flags, "".join(sorted({*_named(body), *_OTHERS})))
    reading.repeat(1, _MANY, body)
    if reading.doubled:
        return True
    todo = [(place, place) for place in range(len(reading.signs))]
    seen = set(todo)
    while todo:
        one, other = todo.pop()
        for step in reading.steps(one, other):
            if one != other and step[0] == step[1]:
                return True
            if step not in seen:
                seen.add(step)
                todo.append(step)
    return False


def _named(tree: Any) -> Iterator[str]:
    """Give the signs that a pattern names, small and capital."""
    for op, av in tree:
        if op is sre.LITERAL:
            yield from {chr(av), chr(av).lower(), chr(av).upper()}
        elif op is sre.IN:
            yield from _named(each for each in av if each[0] is sre.LITERAL)
        else:
            for part in _parts(op, av):
                yield from _named(part)


def ways(tree: Any, flags: int, most: int) -> list[str]:
    """Give texts that a part of a pattern takes, the plainest first: each of its words, if they are not too many."""
    texts = [""]
    for op, av in tree:
        more = _ways_of(op, av, flags, most)
        texts = [text + each for text in texts for each in more]
        texts = texts[:: -(-len(texts) // most)]
    return texts


def _ways_of(op: Any, av: Any, flags: int, most: int) -> list[str]:
    if op in _REPEATS:
        once = ways(av[2], flags, most)
        return [each * av[0] for each in once] if av[0] else ["", *once]
    if op in _NOTHING:
        return [""]
    if op is sre.LITERAL:
        return [chr(av)]
    if parts := _parts(op, av)[: most if most == 1 else None]:
        return [each for part in parts for each in ways(part, flags, most)]
    return [next(filter(_compiled(op, av, flags).fullmatch, map(chr, (113, *range(32, 0x2200)))), "")]


def endless(tree: Any, flags: int, lead: str = "") -> Iterator[tuple[str, Any]]:
    """Give every endlessly repeated body, with a text that leads to it."""
    for op, av in tree:
        if op in _REPEATS and av[1] >= _MANY:
            yield lead, av[2]
        for part in _parts(op, av):
            yield from endless(part, flags, lead)
        lead += _ways_of(op, av, flags, 1)[0]


def hard_texts(pattern: re.Pattern[str]) -> Iterator[str]:
    """Give texts in which one word that a pattern repeats stands many times, before a wrong end."""
    for lead, body in endless(parser.parse(pattern.pattern, pattern.flags), pattern.flags):
        words = ways(body, pattern.flags, _WAYS)
        for word in (*words, "".join(words)):
            yield f"{lead}{(word * _ROUNDS)[:_LONGEST_SAYING]} zq\x01"


READERS: tuple[Callable[[str], object], ...] = (
    read_opening, read_pin, read_name, read_company, read_address, read_email, read_phone, read_number_list,
    find_carrier, mask_words, lambda text: recognise(text, None),
)  # fmt: skip
UNITS = (
    *".,!?-=+(1a\n", " -", ". ", "1 ", "a ", "a.", "a@", "a-", "1-", "1:", "1) ", "a1", "# ", "Ab Cd\n", "pin is ",
    "is ", "usa, ", "12345 ", "box ", "st ", "415-421-8832 ", "sorry ", "for the ", "right now ", "phone line ",
    "want to ",
)  # fmt: skip


def _report(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def try_all() -> None:
    """Read every hard text, in a process that may be ended; what is being read is printed before it is."""
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))  # of this process alone, however busy the machine is
    for place, pattern in patterns().items():
        _report(place)
        for text in hard_texts(pattern):
            pattern.fullmatch(text)
            pattern.search(text)
    for number, read in enumerate(READERS):
        for unit in UNITS:
            _report(f"reader {number} with {unit!r}")
            for length in (_LONGEST_SAYING, LONGEST_OPENING, LONGEST):
                read((unit * length)[: length - 3] + " zq")


@pytest.mark.parametrize(
    ("repeated", "is_bad"),
    [
        ("(?:a|b|a b| )*", True),
        ("(?: right now| right| now)*", True),
        ("(?: (?:\\w+ )?\\w+ ago| today)*", True),
        ("(?:one|one)*", True),
        ("(?:x+)*", True),
        ("(?:(?:x*)?y)*", True),
        ("(?: right| now)*", False),
        ("(?: right now| right| now)*+", False),
        ("(?:[ -]?\\d)*", False),
        ("(?>(?:a|ab)(?:c|d)*)", False),
        ("(?:a|aa){0,7}", False),
        ("(?:ab?|$)+", False),
    ],
)
def test_what_is_read_in_two_ways_again_and_again_is_told_from_what_is_not(repeated: str, is_bad: bool) -> None:
    assert any(explodes(body, 0) for body in loops(parser.parse(repeated))) is is_bad


def test_no_pattern_repeats_what_can_be_read_in_two_ways() -> None:
    found = patterns()
    assert len(found) > 300
    bad = {
        place
        for place, each in found.items()
        for body in loops(parser.parse(each.pattern, each.flags))
        if explodes(body, each.flags)
    }
    assert bad == _KEPT_APART


def test_every_pattern_and_reader_is_done_with_the_hardest_texts_in_no_time() -> None:
    child = [sys.executable, "-c", "from tests.domain.test_no_blow_up import try_all; try_all()"]
    tried = subprocess.run(child, cwd=_ROOT, check=False, stdout=subprocess.PIPE, text=True)
    assert tried.returncode == 0, f"not done with {tried.stdout.splitlines()[-1:]} in {_SECONDS} s of CPU"
