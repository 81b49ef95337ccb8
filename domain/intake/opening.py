"""What a first message already says: taken only where no second reading is possible."""

import re
from dataclasses import dataclass

from domain.carriers import CarrierId, Found, mentions
from domain.errors import Unreadable
from domain.numbers import Phone, Spotted, spot
from domain.readers.names import PersonName, read_name
from domain.text import ascii_digits, clean

LONGEST_OPENING = 500
"""Longer first messages are stories: they are not read for facts."""

_FILL = (
    r"(?:\s+(?:my|our|the|this|a|over|in|out|us|cell|cellphone|phone|mobile|wireless|number|line|is|please"
    r"|existing|current))*[\s:#(]*$"
)
_MOVE_WORDS = r"(?:move|moving|port|porting|transfer|transferring|bring|bringing|switch|switching|keep|keeping)"
_MOVES = re.compile(rf"\b{_MOVE_WORDS}(?:\s+(?:over|in))?{_FILL}", re.I)
_RINGS = re.compile(
    r"\b(?:(?:forward|forwarded|forwarding|route|routed|redirect|ring|rings|ringing|send|sent|calls?|point|pointed)"
    rf"(?:\s+(?:it|them|everything|all|calls))*\s+(?:to|at|on))(?:\s+(?:my|our|the))?{_FILL}",
    re.I,
)
_INTRODUCED = re.compile(r"\b(?:number|phone|cell|mobile|line|it)(?:\s+(?:is|number))*\s*[:#(]*\s*$", re.I)
_WANTS_TO_MOVE = re.compile(rf"\b{_MOVE_WORDS}\b", re.I)
_OTHER_ROLE = re.compile(
    r"\b(?:calls?|reach|contact|text|ring|forward\w*|route\w*|redirect\w*|whatsapp|office|work|instead|new|acct|account|pin|code)\b",
    re.I,
)
_NEGATED = re.compile(
    r"\b(?:not|no|never|don'?t|doesn'?t|isn'?t|won'?t|can'?t|cannot|without|except|instead|neither|nor)\b",
    re.I,
)
_PAST = re.compile(
    r"\b(?:was|were|used to|previously|formerly|before|until|left|ex|old days|ago|already|after)\b", re.I
)
_LEAVES = re.compile(
    r"(?:\b(?:from|away from|off|leaving|carrier(?: is)?|provider(?: is)?|i'?m (?:with|on)|i am (?:with|on)"
    r"|currently (?:with|on|at)|we'?re with|is (?:with|on)|number (?:with|on))[: ]+(?:the |my )?)$",
    re.I,
)
_CLAUSE_END = re.compile(r"[.!?;](?:\s|$)|,\s|\s(?:but|however)\s")
_NAMED = re.compile(r"\bmy name is ([^\d,.!?;:\n]{3,60}?)(?=\s*(?:[,!;]|\.\s|\.?$|\s(?:and|i)\s))", re.I)


@dataclass(frozen=True, slots=True)
class Opening:
    """Facts of a first message; an empty tuple or None is a question still to ask."""

    numbers: tuple[Phone, ...] = ()
    ring_at: Phone | None = None
    carrier: CarrierId | None = None
    name: PersonName | None = None


def read_opening(text: str) -> Opening:
    """Take from a first message what is certain; never a PIN, never an account number."""
    said = ascii_digits(clean(text)).replace("’", "'")  # noqa: RUF001 - as typed by phones
    if len(said) > LONGEST_OPENING:
        return Opening()
    numbers, ring_at = _numbers(said)
    return Opening(numbers, ring_at, _carrier(said), _name(said))


def _numbers(said: str) -> tuple[tuple[Phone, ...], Phone | None]:
    """Give the moving number and where it shall ring, or nothing at all if any number's part is open."""
    spotted = spot(said)
    roles = [_role(said, each, alone=len(spotted) == 1) for each in spotted]
    phones = [each.found for each in spotted if isinstance(each.found, Phone)]
    if len(phones) != len(spotted) or "" in roles or sorted(roles) not in (["move"], ["move", "ring"]):
        return (), None
    by_role = dict(zip(roles, phones, strict=True))
    return (by_role["move"],), by_role.get("ring")


def _role(said: str, one: Spotted, *, alone: bool) -> str:
    before = said[: one.start].rstrip("(+ ") + " "
    clause = _clause(said, one.start, one.end)
    if _NEGATED.search(clause) or re.match(r"[ -]*\d", said[one.end :]):
        return ""
    if _RINGS.search(before):
        return "ring"
    if _MOVES.search(before):
        return "move"
    introduced = alone and _INTRODUCED.search(before) and _WANTS_TO_MOVE.search(said)
    return "move" if introduced and not _OTHER_ROLE.search(said) else ""


def _carrier(said: str) -> CarrierId | None:
    named = mentions(said)
    if len(named) != 1:
        return None
    one = named[0]
    clause = _clause(said, one.start, one.end)
    if not isinstance(one.found, Found) or _NEGATED.search(clause) or _PAST.search(said):
        return None
    return one.found.carrier.id if _LEAVES.search(said[: one.start]) else None


def _clause(said: str, start: int, end: int) -> str:
    """Give the clause around a span, so that "not" two sentences away denies nothing."""
    ends = [found.end() for found in _CLAUSE_END.finditer(said, 0, start)]
    close = _CLAUSE_END.search(said, end)
    return said[ends[-1] if ends else 0 : close.start() if close else len(said)]


def _name(said: str) -> PersonName | None:
    found = _NAMED.search(said)
    if found is None:
        return None
    name = read_name(found[1])
    return None if isinstance(name, Unreadable) else name
