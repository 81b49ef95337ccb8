"""What a person writes behind a verb: which request it is about, said in any of their ways, and the rest."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard
from bot.slack.reply import Reply
from domain.desk.finding import Search
from domain.desk.lines import Line
from domain.desk.several import MOST
from domain.desk.verbs import Verb
from domain.errors import NotFound, Refused
from domain.numbers.reading import TEN
from domain.orders.references import nearby, read_reference
from domain.readers.secrets import mask
from domain.text import ascii_digits, bare

SHOWN = 5  # requests to choose from
_ALONE = "<ref>"  # the usage of verbs that take no argument
IT = "it"  # the request of one's last act
_LONGEST_NAME = 6  # words of what may name a request
_LIKE_A_REFERENCE = re.compile(r"p-?[0-9a-z]{5,8}", re.IGNORECASE)
_HAS_DIGIT = re.compile(r"\d")
_FOUR = re.compile(r"\d{4}")  # the last digits of a number
_ASKED_BACK = frozenset({"cancel", "complete", "reply"})  # verbs that take no four digits for certain
_IN_WORDS = frozenset({"note", "hold"})  # verbs with words behind the requests in which digits may stand
_WITH_DIGITS = _IN_WORDS | {"date", "snooze"}  # and those whose own argument may begin with some
_QUOTED = re.compile(r"[\"\u201c\u201d\u201e]([^\"\u201c\u201d\u201e]{1,80})[\"\u201c\u201d\u201e]\s*(.*)", re.DOTALL)
_JOINT = r"(?:\s*[,;&+]\s*|\s+and\s+|\s*)"  # what may stand before the next one
_WORD = re.compile(rf"([^\s,;:]+){_JOINT}", re.IGNORECASE)
_NUMBER = re.compile(rf"({TEN.pattern}){_JOINT}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meant:
    """The requests that somebody certainly means, and what they wrote behind these."""

    refs: tuple[str, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class _Name:
    """One of several names at the beginning of a text, of a request or of none, which ends at `end`.

    `ref`: it looks like that reference, and like nothing else if `is_sure`; else it is the `digits` of a number.
    """

    given: str
    end: int
    ref: str = ""
    digits: str = ""
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class Unsure:
    """Requests of which one may be meant by `given`, a mistyped reference if `is_slip`; `more`: there are others."""

    lines: tuple[Line, ...]
    given: str
    rest: str
    more: bool = False
    is_slip: bool = False


def begins_with_a_request(word: str) -> bool:
    """Tell whether a word, without a look at what there is, names a request: a reference, or `it`."""
    return word.lower() == IT or (_is_surely_one(word) and read_reference(word) is not None)


async def read_arguments(desk: SlackDesk, heard: Heard, reply: Reply, verb: Verb, rest: str) -> Meant | Unsure:
    """Find what a verb is about. For a verb that only reads, a look into the database is acknowledged first.

    Of an effect nothing is acknowledged here: whoever typed it would take it for accepted, and it could still be lost.
    Raises: Refused, with the sentence that says how it is written; NotFound, where nothing fits.
    """
    said = rest.strip()
    named = await (_several_named(desk, verb, said) if verb.several else _one_named(desk, reply, verb, said))
    if named is not None:
        return _checked(verb, named)
    if not said:
        raise Refused("staff.reference.needed", usage=f"{verb.name} {verb.usage}", example=verb.example)
    if not verb.effect:
        await reply.take()
    word, _, behind = said.partition(" ")
    if word.lower() == IT:
        return _checked(verb, Meant((await _last_one(desk, heard),), behind.strip()))
    if _LIKE_A_REFERENCE.fullmatch(word) and _is_surely_one(word):
        return await _slip(desk, word, behind.strip())
    return await _looked_for(desk, verb, said)


def _checked(verb: Verb, meant: Meant) -> Meant:
    """Return what is meant. Raises: Refused, where something follows that may be another request, or cannot be taken.

    What was left over would be done to the first alone, without a word.
    """
    word = meant.rest.partition(" ")[0].rstrip(",;:")
    if not verb.effect:
        return meant
    if word[:2].lower() == "p-" and _LIKE_A_REFERENCE.fullmatch(word):
        if read_reference(word) is None:
            raise Refused("staff.reference.mistyped", given=word)
        raise Refused("several.one_at_a_time", verb=verb.name, ref=meant.refs[0], other=word)
    if meant.rest and verb.usage == _ALONE:
        raise Refused("argument.too_much", ref=", ".join(meant.refs), verb=verb.name)
    return meant


async def is_a_request(desk: SlackDesk, reply: Reply, word: str) -> bool:
    """Tell whether a word that looks like any other is a request's reference; acknowledged before it is looked up."""
    doubtful = _doubtful(word)
    if not doubtful:
        return False
    await reply.take()
    return bool(await _existing(desk, doubtful))


def _doubtful(said: str) -> tuple[str, ...]:
    """Return the reference at the beginning of a text that may as well be a word: letters alone, without `P-`."""
    word = _WORD.match(said)
    ref = read_reference(word[1]) if word is not None and not word[1].isdecimal() else None
    return (ref,) if word is not None and ref is not None and not _is_surely_one(word[1]) else ()


async def _existing(desk: SlackDesk, refs: Sequence[str]) -> frozenset[str]:
    """Return those of some references that requests have."""
    found = await asyncio.gather(*(desk.board.find(Search(words=ref, limit=1)) for ref in refs))
    return frozenset(line.ref for lines in found for line in lines)


async def _one_named(desk: SlackDesk, reply: Reply, verb: Verb, said: str) -> Meant | None:
    """Return the request whose reference stands at the beginning of a text, and what follows it."""
    doubtful = _doubtful(said)
    if doubtful and not verb.effect:
        await reply.take()
    known = await _existing(desk, doubtful)
    word = _WORD.match(said)
    ref = read_reference(word[1]) if word is not None else None
    if word is None or ref is None or not (ref in known or _is_surely_one(word[1])):
        return None
    return Meant((ref,), _behind(said, word.end(1)))


def _behind(said: str, end: int) -> str:
    behind = said[end:]
    return behind[1:].strip() if behind[:1] in (",", ";", ":") else behind.strip()


async def _several_named(desk: SlackDesk, verb: Verb, said: str) -> Meant | None:
    """Find as many requests as are named, by references, numbers and last four digits in any mix; None: none for sure.

    Raises: Refused, where one behind another may be several requests, or none at all.
    """
    names = _names(verb, said)
    doubtful = [name.ref for name in names if name.ref and not name.is_sure]
    known, found = await asyncio.gather(_existing(desk, doubtful), asyncio.gather(*(_owner(desk, n) for n in names)))
    taken: list[tuple[str, int]] = []
    for name, (owner, is_found) in zip(names, found, strict=True):
        ref = name.ref if name.is_sure or name.ref in known else owner
        if not ref:
            if taken and name.digits and (is_found or _is_strange(verb, name, len(taken))):
                raise Refused("several.digits", given=name.given, usage=f"{verb.name} {verb.usage}")
            break
        if name.digits and any(ref == other for other, _ in taken):
            break  # a number of a request that is named already: what is to be done is for that number alone
        taken.append((ref, name.end))
    is_bold = len(taken) == 1 and verb.name in _ASKED_BACK and _FOUR.fullmatch(names[0].given)
    if not taken or is_bold:
        return None
    return Meant(tuple(dict.fromkeys(ref for ref, _ in taken)), _behind(said, taken[-1][1]))


def _is_strange(verb: Verb, name: _Name, before: int) -> bool:
    """Tell whether digits that fit no request were certainly meant for one."""
    return verb.name not in _WITH_DIGITS and (before > 1 or _FOUR.fullmatch(name.given) is None)


def _names(verb: Verb, said: str) -> list[_Name]:
    """Return what may name requests at the beginning of a text, up to the first word that cannot."""
    names: list[_Name] = []
    start, text = 0, ascii_digits(said)
    while len(names) <= MOST:
        match = _NUMBER.match(text, start) or _WORD.match(text, start)
        name = _name(match, len(names)) if match is not None else None
        if match is None or name is None or (names and verb.name in _IN_WORDS and not name.ref and names[0].ref):
            break
        names.append(name)
        start = match.end()
    return names


def _name(match: re.Match[str], before: int) -> _Name | None:
    """Return what a number or a word may name. `before`: how many others stand before it."""
    given, end = match[1], match.end(1)
    if match.re is _NUMBER:
        return _Name(given, end, digits="".join(match.groups()[1:]))
    if _FOUR.fullmatch(given):
        return _Name(given, end, digits=given)
    ref = read_reference(given) if not given.isdecimal() else None
    return _Name(given, end, ref, is_sure=_is_surely_one(given, range(before))) if ref is not None else None


async def _owner(desk: SlackDesk, name: _Name) -> tuple[str, bool]:
    """Return the one request that has a number, or empty; and whether its digits fit any."""
    lines = await _find(desk, name.digits) if name.digits else ()
    has = await asyncio.gather(*(_has(desk, line, name.digits) for line in lines))
    owners = [line.ref for line, is_owner in zip(lines, has, strict=True) if is_owner]
    is_whole = len(name.digits) > len("7001")
    is_certain = len(owners) == 1 and len(lines) <= (SHOWN if is_whole else 1)
    return owners[0] if is_certain else "", bool(lines)


async def _has(desk: SlackDesk, line: Line, digits: str) -> bool:
    """Tell whether a request has a number that ends with some digits: its first, or any other of them."""
    if line.many <= 1 or (line.e164 or "").endswith(digits):
        return (line.e164 or "").endswith(digits)
    sheet = await desk.board.sheet(ref=line.ref)
    return sheet is not None and any(number.e164.endswith(digits) for number in sheet.case.numbers)


def _is_surely_one(word: str, before: Sequence[object] = ()) -> bool:
    """Tell whether a word looks like a reference and like nothing else: PEERS could be a word, 88123 an order."""
    if word[:2].lower() == "p-":
        return True
    is_marked = word[:1].lower() == "p" or not before
    return is_marked and _HAS_DIGIT.search(word) is not None and not word.isdecimal()


async def _last_one(desk: SlackDesk, heard: Heard) -> str:
    focus = (await desk.board.member(heard.user)).focus
    sheet = await desk.board.sheet(request_id=focus) if focus is not None else None
    if sheet is None:
        raise Refused("staff.reference.no_it")
    return sheet.case.request.ref


async def _slip(desk: SlackDesk, word: str, behind: str) -> Unsure:
    """Return the requests whose references are one slip away. Raises: Refused, where there are none."""
    near = nearby(word)
    found = await asyncio.gather(*(desk.board.find(Search(words=ref, limit=SHOWN)) for ref in near))
    lines = tuple(line for lines, ref in zip(found, near, strict=True) for line in lines if line.ref == ref)
    if not lines:
        raise Refused("staff.reference.mistyped", given=word)
    return Unsure(lines[:SHOWN], word, behind, is_slip=True)


async def _looked_for(desk: SlackDesk, verb: Verb, said: str) -> Meant | Unsure:
    """Find a request by a number, a name in quotes, or as many words as name one. Raises: NotFound."""
    number = TEN.match(ascii_digits(said))
    if number is not None:
        digits = "".join(number.groups())
        return await _by(desk, verb, said[: number.end()], said[number.end() :], digits)
    quoted = _QUOTED.match(said)
    if quoted is not None:
        return await _by(desk, verb, quoted[1], quoted[2])
    return await _by_words(desk, verb, said)


async def _by(desk: SlackDesk, verb: Verb, given: str, behind: str, digits: str = "") -> Meant | Unsure:
    lines = await _find(desk, digits or given)
    return await _judged(desk, verb, given, behind.strip(), lines, digits)


async def _by_words(desk: SlackDesk, verb: Verb, said: str) -> Meant | Unsure:
    """Take as many of the first words as still find something: `Main office called us` is about Main office."""
    words = said.split(" ")
    tries = [" ".join(words[:count]) for count in range(min(len(words), _LONGEST_NAME), 0, -1)]
    found = await asyncio.gather(*(_find(desk, each.rstrip(":,")) for each in tries))
    for given, lines in zip(tries, found, strict=True):
        if lines:
            return await _judged(desk, verb, given.rstrip(":,"), said[len(given) :].strip(), lines)
    return await _judged(desk, verb, said, "", ())


async def _find(desk: SlackDesk, words: str) -> tuple[Line, ...]:
    """Return the requests that words mean, what changed last first: open ones, or where there are none, others."""
    for is_open in (True, False):
        lines = await desk.board.find(Search(words=words, is_open=is_open, order="newest", limit=SHOWN + 1))
        if lines:
            return lines
    return ()


async def _judged(
    desk: SlackDesk, verb: Verb, given: str, behind: str, lines: Sequence[Line], digits: str = ""
) -> Meant | Unsure:
    """Return the one request that is certainly meant; an effect is certain of a whole number or a whole name only."""
    said = mask(given[:60]) if " " in given and not digits else given[:60]
    if not lines:
        raise NotFound("staff.reference.none", given=said, usage=f"{verb.name} {verb.usage}")
    fits = await asyncio.gather(*(_is_exactly(desk, line, given, digits) for line in lines))
    exact = [line for line, is_exact in zip(lines, fits, strict=True) if is_exact]
    if len(exact) == 1 and len(lines) <= SHOWN:
        return _checked(verb, Meant((exact[0].ref,), behind))
    if len(lines) == 1 and not verb.effect:
        return Meant((lines[0].ref,), behind)
    if len(lines) == 1 and _may_be_four(verb, given) and await _has(desk, lines[0], given):
        return _checked(verb, Meant((lines[0].ref,), behind))
    return Unsure(tuple(lines[:SHOWN]), said, behind, more=len(lines) > SHOWN)


def _may_be_four(verb: Verb, given: str) -> bool:
    """Tell whether a verb takes the last four digits of a number for certain."""
    return verb.name not in _ASKED_BACK and _FOUR.fullmatch(given) is not None


async def _is_exactly(desk: SlackDesk, line: Line, given: str, digits: str) -> bool:
    if digits:
        return await _has(desk, line, digits)
    return line.title is not None and bare(line.title) == bare(given)
