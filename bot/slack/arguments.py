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
_QUOTED = re.compile(r"[\"\u201c\u201d\u201e]([^\"\u201c\u201d\u201e]{1,80})[\"\u201c\u201d\u201e]\s*(.*)", re.DOTALL)
_WORD = re.compile(r"([^\s,;:]+)(?:\s*[,;&+]\s*|\s+and\s+|\s*)", re.IGNORECASE)  # and what may stand before the next


@dataclass(frozen=True, slots=True)
class Meant:
    """The requests that somebody certainly means, and what they wrote behind these."""

    refs: tuple[str, ...]
    rest: str


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
    doubtful = _doubtful(said)
    if doubtful and not verb.effect:
        await reply.take()
    refs, behind = _references(said, None if verb.several else 1, await _existing(desk, doubtful))
    if refs:
        return _checked(verb, Meant(refs, behind))
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
    """Return the references at the beginning of a text that may as well be words: letters alone, or no `P-`."""
    found: list[tuple[str, str]] = []
    start = 0
    while len(found) < MOST and (word := _WORD.match(said, start)) is not None:
        ref = read_reference(word[1])
        if ref is None or word[1].isdecimal():
            break
        found.append((word[1], ref))
        start = word.end()
    return tuple(ref for at, (word, ref) in enumerate(found) if not _is_surely_one(word, found[:at]))


async def _existing(desk: SlackDesk, refs: Sequence[str]) -> frozenset[str]:
    """Return those of some references that requests have."""
    found = await asyncio.gather(*(desk.board.find(Search(words=ref, limit=1)) for ref in refs))
    return frozenset(line.ref for lines in found for line in lines)


def _references(said: str, most: int | None, known: frozenset[str]) -> tuple[tuple[str, ...], str]:
    """Return the references at the beginning of a text, each once, and what follows them. `most`: None for any number.

    What stands behind the first one is a reference only where it cannot be anything else, like an order number, or
    where it is one of those `known` to be there.
    """
    refs: list[str] = []
    start = end = 0
    while most is None or len(refs) < most:
        word = _WORD.match(said, start)
        ref = read_reference(word[1]) if word is not None else None
        if word is None or ref is None or not (ref in known or _is_surely_one(word[1], refs)):
            break
        refs.append(ref)
        start, end = word.end(), word.end(1)
    behind = said[end:]
    return tuple(dict.fromkeys(refs)), behind[1:].strip() if behind[:1] in (",", ";", ":") else behind.strip()


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
    return await _by_digits(desk, verb, said) or await _by_words(desk, verb, said)


async def _by_digits(desk: SlackDesk, verb: Verb, said: str) -> Meant | None:
    """Find several requests by the last four digits of a number each; None where only one is named, or none.

    Raises: Refused, where one of them may be several requests, or after two others none at all.
    """
    words, start = [], 0
    while verb.several and (word := _WORD.match(said, start)) is not None and _FOUR.fullmatch(word[1]):
        words.append(word)
        start = word.end()
    found = await asyncio.gather(*(_find(desk, word[1]) for word in words[:MOST])) if len(words) > 1 else ()
    refs: list[str] = []
    for word, lines in zip(words, found, strict=False):
        if len(lines) != 1 or not _ends_with(lines[0], word[1]):
            if lines or len(refs) > 1:
                raise Refused("several.digits", given=word[1], usage=f"{verb.name} {verb.usage}")
            return None
        refs.append(lines[0].ref)
    return Meant(tuple(dict.fromkeys(refs)), said[start:].strip()) if refs else None


async def _by(desk: SlackDesk, verb: Verb, given: str, behind: str, digits: str = "") -> Meant | Unsure:
    lines = await _find(desk, digits or given)
    return _judged(verb, given, behind.strip(), lines, digits)


async def _by_words(desk: SlackDesk, verb: Verb, said: str) -> Meant | Unsure:
    """Take as many of the first words as still find something: `Main office called us` is about Main office."""
    words = said.split(" ")
    tries = [" ".join(words[:count]) for count in range(min(len(words), _LONGEST_NAME), 0, -1)]
    found = await asyncio.gather(*(_find(desk, each.rstrip(":,")) for each in tries))
    for given, lines in zip(tries, found, strict=True):
        if lines:
            return _judged(verb, given.rstrip(":,"), said[len(given) :].strip(), lines)
    return _judged(verb, said, "", ())


async def _find(desk: SlackDesk, words: str) -> tuple[Line, ...]:
    """Return the requests that words mean, what changed last first: open ones, or where there are none, others."""
    for is_open in (True, False):
        lines = await desk.board.find(Search(words=words, is_open=is_open, order="newest", limit=SHOWN + 1))
        if lines:
            return lines
    return ()


def _judged(verb: Verb, given: str, behind: str, lines: Sequence[Line], digits: str = "") -> Meant | Unsure:
    """Return the one request that is certainly meant; an effect is certain of a whole number or a whole name only."""
    said = mask(given[:60]) if " " in given and not digits else given[:60]
    if not lines:
        raise NotFound("staff.reference.none", given=said, usage=f"{verb.name} {verb.usage}")
    exact = [line for line in lines if _is_exactly(line, given, digits)]
    if len(exact) == 1 and len(lines) <= SHOWN:
        return _checked(verb, Meant((exact[0].ref,), behind))
    if len(lines) == 1 and not verb.effect:
        return Meant((lines[0].ref,), behind)
    if len(lines) == 1 and verb.name not in _ASKED_BACK and _FOUR.fullmatch(given) and _ends_with(lines[0], given):
        return _checked(verb, Meant((lines[0].ref,), behind))
    return Unsure(tuple(lines[:SHOWN]), said, behind, more=len(lines) > SHOWN)


def _ends_with(line: Line, digits: str) -> bool:
    return line.many == 1 and (line.e164 or "").endswith(digits)


def _is_exactly(line: Line, given: str, digits: str) -> bool:
    if digits:
        return line.e164 == f"+1{digits}"
    return line.title is not None and bare(line.title) == bare(given)
