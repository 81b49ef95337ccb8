"""Which part a number has in a message: it moves, calls ring there, it is neither, or that is open."""

import re
from dataclasses import dataclass

from domain.intake.opening.saying import Saying
from domain.intake.opening.vocabulary import BRAND, HEDGED, KIN, KIND, MOVE, MOVED, NEGATED, NUMBER
from domain.numbers import Spotted

_FILL_WORD = (
    rf"(?:my|mine|our|the|only|just|one|it is|it'?s|this|these|those|following|all|both|two|three|four"
    rf"|five|[2-9]|a|an|over|in|us|u|is|are|please|pls"
    rf"|plz|existing|current|old|own|of|same|real|and|mon|mi|mis|el|la|los|nuestro|este|es|son|que es|that'?s"
    rf"|which is|{KIN}|{KIND}"
    rf"|from(?=\s{BRAND}))"
)
_FILL = rf"(?:,?\s+#?{_FILL_WORD}\b|\s+{BRAND}+|\s*#)*[\s,:#(=*•–-]*(?:\b1[.)]\s+)?$"  # noqa: RUF001 - a dash as pasted
_WISH = (
    r"(?:(?:(?:i|we)(?:'d|'ll|'m| am| would| will)?\s+)?"
    r"(?:like|want|need|wish|wanna|looking|trying|going|hoping)\s*(?:to)?)"
)

_MOVES = re.compile(rf"\b{MOVE}(?:\s+(?:over|in))?{_FILL}", re.I)
_GETS_MOVED = re.compile(rf"\b(?:get|have|want|need|like){_FILL}", re.I)
_TO_BE_MOVED = re.compile(
    rf"\b(?:numbers?|lines?|ones?|dids?)\s+(?:(?:that|which)\s+)?(?:(?:{_WISH}|i'?m|we'?re|to|to be|for)\s*){{0,4}}"
    rf"(?:be\s+)?(?:{MOVE}|{MOVED}|keep)(?:\s+(?:over|here|in|to (?:you|u)|is|are|would be|will be))*[\s:=(#*•-]*$",
    re.I,
)
_IS_MOVED = re.compile(
    rf"^\s*\)?,?\s*(?:(?:is|are|=|that'?s|that is|it'?s)\s+(?:the|my|our|what"
    rf"|which)\s+(?:{KIND}\s+)*(?:ones?\s+)?(?:that\s+)?"
    rf"(?:{_WISH}\s+)?(?:i'?m\s+)?(?:{MOVE}|keep)\b|(?:all\s+|both\s+)?(?:needs?|has|have|should"
    rf"|must)\s+to\s+be\s+{MOVED})",
    re.I,
)
_MOVED_AFTER = re.compile(
    rf"^\s*\)?\s*(?:{MOVED}\b|(?:off|out|out of|away from)\s+(?:of\s+)?(?:there\b|{BRAND}))", re.I
)
_KEEPS = re.compile(rf"\b(?:keep|keeping){_FILL}", re.I)
_WHILE_MOVING = re.compile(
    r"^\s*\)?\s*(?:when|while|if|and|as)\s+(?:i|we)?\s*(?:can\s+)?(?:switch|move|come|join|change)(?:ing)?\b", re.I
)
_DENIED = re.compile(
    rf"\b(?:do not|don'?t|dont|not|never|no)(?:\s+(?:want|wanna|need|going|planning|to|be|please|pls|quiero))*"
    rf"(?:\s+(?:{MOVE}|touch|include|including))?{_FILL}|\b(?:except|excluding|besides|other than)(?:\s+for)?{_FILL}",
    re.I,
)
_RING_FILL = (
    r"(?:\s+(?:my|our|the|a|an|this|that|at|other|new|second|personal|existing|current|cell|cellphone|phone"
    r"|mobile|number|line|office"
    r"|home|house|front desk|receptionist|answering service|which is|mi|el|celular|desk|work|iphone|landline|instead"
    r"|number is|please|\w+'s))*[\s:#(,]*$"
)
_CALLS = r"(?:(?:all|my|our|the|any|incoming|those|these|business|las|mis)\s+)*(?:calls?|them|it|everything|llamadas?)"
_RINGS = re.compile(
    rf"\b(?:(?:forward|route|redirect|re-?route|send|point|direct|desv[ií]e[mn]?|desviar|mand[ae]r?)\s+{_CALLS}"
    rf"(?:\s+(?:over|through|after|afterwards))?\s+(?:to|at|on|a)"
    rf"|(?:calls?|it|them|they|everything)\s+(?:(?:should|must|can|to|need to|needs to|have to|has to|please"
    rf"|all|be|then)\s+)+"
    r"(?:ring|rings|go|come|land|forward|forwarded|routed|redirected|sent)(?:\s+(?:through|in|over))?\s+(?:to|at|on)"
    r"|(?:want|like|need)\s+(?:(?:the|my|all|our)\s+)*(?:calls?|it|them)\s+(?:to\s+(?:be\s+)?)?(?:ring|go|come|land"
    r"|forward(?:ed)?|routed|redirected)(?:\s+in)?"
    r"\s+(?:to|at|on)"
    r"|(?:make|have|let)\s+(?:it|them|calls|the calls|my calls|all calls)\s+(?:ring|go|forward"
    r"|come)(?:\s+in)?(?:\s+(?:to|at|on))?"
    r"|(?:and|then|please|pls|plz|,)\s+(?:(?:forward|ring|route)\s+(?:it\s+)?(?:to|at|on)|ring(?=\s+(?:my|our)\b))"
    rf"|suen[ea]n?\s+en){_RING_FILL}"
    r"|(?:^|\n)(?:forward(?:ing)?(?: calls)?(?: to)?|ring (?:at|to|on)|calls ring (?:at|on)|destination|ring[- ]to)"
    r"(?:\s+number)?\s*[:=]\s*$",
    re.I,
)
_NOW = re.compile(r"\b(?:currently|now|already|today|at the moment|always|used to|was|were|ahora)\b", re.I)
_REACHES = re.compile(
    r"\b(?:(?:call|reach|contact|text|ring|phone|whatsapp|hit|txt|message|msg|get|llame[mn]?|bell|try"
    r"|ask for)\s+(?:me|us|him|her|them|(?:my|our)\s+(?!cell|phone|mobile|home|office|land|work|desk|other|new"
    r"|number|line)\w+)"
    r"(?:\s+(?:back|up|any ?time|later|instead|tomorrow|today))*(?:\s+(?:at|on|via|@|al|en))?"
    r"|(?:reached|contacted)\s+(?:at|on)"
    r"|(?:contact|call[- ]?back|daytime|alternate|alternative|emergency|best|backup|reach me)"
    r"(?:\s+(?:phone|number|no|cell|line|is|to reach me|to reach us|to call|at|on|me|for me|contact|callback))*)"
    r"(?:\s+(?:my|our|the|cell|mobile|phone|number|work|office|home|other|personal))*\s*[\s:#(=]*$",
    re.I,
)
_REACHES_AFTER = re.compile(
    r"\b(?:contact|reach|call me|call us|call back|callback|text me|whatsapp|to talk|questions|stays?|staying|alone"
    r"|is my (?:cell|work|other)|can stay|as is)\b",
    re.I,
)
_OTHER_PEOPLE = re.compile(
    r"\b(?:they|someone|somebody|he|she|who|after|since|while|when|once|before|tried|told|said)\b", re.I
)
_ELSEWHERE = re.compile(
    r"^\W{0,3}(?:(?:over|out|back)\s+)?(?:(?:from\s+[^\s,.]+\s+)(?:[^\s,.]+\s+)?)?(?:on)?to\s+"
    r"(?!(?:be|you|u|ya|y'all|yall|ya'll|your|ur|ustedes|port of call|this (?:company|service))\b)",
    re.I,
)
_SPEAKS = re.compile(
    r"^\s*(?:(?:is|was|are|were)\s+(?:our (?!number|cell|phone|home|main|business|current|fax|old|line|land"
    r"|mobile|office|store|shop)|your|an?|one of|his|her|their|in my|my (?!number|cell|phone|home|main|business"
    r"|current|old|land"
    r"|personal|line|own|mobile|landline|work|office))|told|tells|said|says|belongs?\b|called|sent|texted|recommended"
    r"|keeps?\b|gave|answered|hung|scammed)",
    re.I,
)
_PAIR = re.compile(r"^\W{0,3}(?:or|vs|o)\b", re.I)
_PORT_IT = re.compile(
    rf"^\s*[,.;-]?\s*(?:and\s+)?(?:(?:please|pls|plz|can (?:you|u)|could (?:you|u))\s+)?(?:{_WISH}\s+)?{MOVE}\s+"
    r"(?:it|this|that|them|both|all|these)\b(?!\s+(?:from|to)\b(?!\s+(?:you|u)\b))",
    re.I,
)
_ONLY_THIS = re.compile(
    rf"\b(?:do not|don'?t|not)(?:\s+(?:want|wanna|need|to|please|pls))*\s+{MOVE}"
    rf"\s+{NUMBER}+\s*,?\s+(?:but\s+)?(?:only|just)\s+$",
    re.I,
)
_STAYS = re.compile(rf"\b(?:keep|keeping|leave|leaving){_FILL}", re.I)
_STAYS_AFTER = re.compile(r"^\s*\)?\s*(?:at|with|on|as is|alone|where|there|here)\b", re.I)
_RINGS_NOW = re.compile(
    r"\b(?:(?:calls?|it|which|they|and)\s+(?:(?:are|is)\s+)?)?(?:currently|now|already|used to|always)\s+(?:being\s+)?"
    rf"(?:forward\w*|rings?|ringing|go|goes|going|routed|sent)\s+(?:to|at|on){_RING_FILL}",
    re.I,
)
_ELSE = re.compile(
    r"\b(?:(?:my|our|the|a)\s+(?:new|temp|temporary|other|second|spare|backup)\s+(?:(?:phone|cell|mobile)\s+)?"
    r"(?:number|one|line|phone|cell)?\s*(?:is|:|=)?|(?:called|phoned|dialed|texted|rang|competitor at|temp number)"
    r"|(?:keep|keeping|leave|leaving) (?:my|the|our) (?:other|second) (?:number|line|one))\s*[:(]?\s*$",
    re.I,
)
_LEFT_BEHIND = re.compile(
    r"^\W{0,4}(?:(?:that|this)(?: one| number| line)?\s+|which\s+|it\s+)?(?:stays?|is staying|will stay"
    r"|can stay|should stay"
    r"|remains?)\b",
    re.I,
)
_RING_INSTEAD = re.compile(r"\binstead\b", re.I)
_CONTACT_LINE = re.compile(r"(?:^|\n)(?:site |tech |main |billing )?contact\b[^\n]{0,40}$", re.I)


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers that stand together, and so have one part."""

    phones: tuple[Spotted, ...]

    @property
    def start(self) -> int:
        return self.phones[0].start

    @property
    def end(self) -> int:
        return self.phones[-1].end


def part(saying: Saying, group: Group) -> str:
    """Name the part that words beside it give a group: move, ring, aside (certainly neither), or nothing."""
    before = saying.masked[max(0, group.start - 120) : group.start]
    if _is_aside(before, saying.masked[group.end : group.end + 40]):
        return "aside" if len(group.phones) == 1 else ""
    clause = saying.clause(group.start, group.end)
    if _RINGS.search(before):
        is_plain = len(group.phones) == 1 and not (_NOW.search(clause) or is_open(saying, group))
        return "ring" if is_plain else ""
    return "move" if not is_open(saying, group) and _is_to_move(saying, group, before, clause) else ""


def is_open(saying: Saying, group: Group) -> bool:
    """Tell whether the words around deny or doubt what they say of a number."""
    return _is_denied(saying, group) or _doubts(saying.sentence(group.start, group.end))


def _doubts(sentence: str) -> bool:
    return HEDGED.search(_RING_INSTEAD.sub("", sentence)) is not None


def _is_denied(saying: Saying, group: Group) -> bool:
    return NEGATED.search(_RING_INSTEAD.sub("", saying.clause(group.start, group.end))) is not None


def goes_elsewhere(saying: Saying, group: Group) -> bool:
    """Tell whether words behind a number make it one of two, or send it to somebody else than us."""
    after = saying.masked[group.end : group.end + 80]
    return bool(_SPEAKS.match(after) or _PAIR.match(after) or _ELSEWHERE.match(after))


def _is_aside(before: str, after: str) -> bool:
    """Tell whether a number is certainly neither to move nor to ring at: it reaches somebody, or stays."""
    said_so = (_REACHES, _DENIED, _RINGS_NOW, _CONTACT_LINE, *(() if _RINGS.search(before) else (_ELSE,)))
    return any(each.search(before) for each in said_so) or bool(
        _LEFT_BEHIND.match(after) or (_STAYS.search(before) and _STAYS_AFTER.match(after))
    )


def _is_to_move(saying: Saying, group: Group, before: str, clause: str) -> bool:
    after = saying.masked[group.end : group.end + 80]
    behind = clause[clause.rfind(NUMBER) + 1 :]
    ahead = clause[: clause.find(NUMBER)]
    if _OTHER_PEOPLE.search(ahead) or _REACHES_AFTER.search(behind) or goes_elsewhere(saying, group):
        return False
    moves = _MOVES.search(before) or _TO_BE_MOVED.search(before) or _IS_MOVED.match(after) or _PORT_IT.match(after)
    only = _ONLY_THIS.search(before) and not behind.strip(" .!")
    keeps = _KEEPS.search(before) and _WHILE_MOVING.match(after)
    return bool(moves or only or keeps or (_GETS_MOVED.search(before) and _MOVED_AFTER.match(after)))
