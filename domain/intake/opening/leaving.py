"""Which carrier a message says the number leaves: its line of business must be certain too."""

import re

from domain.carriers import CarrierId, Found, Maybe, Mention
from domain.intake.opening.lines import settle
from domain.intake.opening.pairs import is_pair
from domain.intake.opening.saying import Saying, is_form
from domain.intake.opening.vocabulary import BRAND, HEDGED, MOVE, MOVED, NEGATED, NUMBER, OTHERS, PAST

_OUR = r"(?:\s+(?:my|our|the|mi))?\s*$"
_NOW = r"(?:\s+(?:currently|now|still|both|all|right now|presently|actualmente))*"
_MOVES = re.compile(rf"\b{MOVE}\b", re.I)
_WANTS = re.compile(rf"\b(?:{MOVE}|{MOVED})\b", re.I)
_FROM = re.compile(rf"\b(?:from|off|off of|away from|out of|de|desde|over from){_OUR}", re.I)
_SENT_FROM = re.compile(
    r"\b(?:calls?|letters?|e-?mails?|texts?|messages?|bills?|rep|notices?|offers?|deal|someone|guy|bought|got|heard"
    r"|invoice|internet|tv|cable|wifi|person|agent|unlocked|locked|iphone|device|tablet|sms)\s+from\b",
    re.I,
)
_LEAVES = re.compile(rf"\b(?:leaving|ditching|leave|ditch|get away from|quitting|quit|dejar){_OUR}", re.I)
_FED_UP = re.compile(
    rf"\b(?:sick of|tired of|fed up with|done with|get rid of|getting rid of|over it with){_OUR}", re.I
)
_IS_CARRIER = re.compile(
    rf"\b(?:carr?ier|provider|phone company|cell company|service provider|operator|compa[nñ][ií]a)(?:\s+(?:is|es)|'s)?"
    rf"{_NOW}\s*[:=-]?\s*$",
    re.I,
)
_ANOTHER_CARRIER = re.compile(
    r"\b(?:new|old|previous|former|next|gaining|other|prior|last|past|his|her|their)\s+[\w\s]{0,20}$", re.I
)
_WE_ARE_WITH = re.compile(
    rf"\b(?:i'?m|i am|im|we'?re|we are|i'?ve been|i have been|we'?ve been|we have been|estoy"
    rf"|estamos){_NOW}\s+(?:with|w/?|on|con|en)\s+$",
    re.I,
)
_IT_IS_WITH = re.compile(
    rf"(?:\b(?:numbers?|lines?|phones?|cell|mobile|it|its|service|account|plan|they|these|both|all|landline"
    rf"|cellphone|n[uú]mero"
    rf"|l[ií]nea)|{NUMBER})[\s:,)]*(?:\({NUMBER}+\))?[\s,:{NUMBER}]*"
    rf"(?:is|are|'s|'re|est[aá])?{_NOW}\s+(?:with|w/?|on|at|through|thru|con)\s+$",
    re.I,
)
_WE_HAVE = re.compile(
    rf"\b(?:i|we)(?:'ve)?{_NOW}\s+(?:have|use|got)\s+$|\b(?:tengo|uso|tenemos)\s+$|\b(?:i'?m|we'?re) using\s+$", re.I
)
_NOTHING_BEHIND = re.compile(
    r"^\s*(?:[.,;!?)\n]|$|and\b|y\b|now\b|right now\b|currently\b|for (?:my|our) (?:cell|phone|mobile|landline)\b"
    r"|but (?:i )?want\b|rn\b)",
    re.I,
)
_OURS = re.compile(r"\b(?:my|our|mi)(?:\s+(?:current|existing|personal|business|own))?\s+$", re.I)
_LINE_BEHIND = re.compile(
    rf"^(?:\s+(?:cell|phone|mobile|wireless|prepaid|landline))*\s*(?:numbers?|lines?|phones?|cell|cellphone|landline"
    rf"|account|service|#|{NUMBER})(?=[\s,.;:!?)]|{NUMBER}|$)",
    re.I,
)
_CUSTOMER = re.compile(r"\b(?:i'?m|i am|im|we are|we're|been)\s+an?\s+(?:current\s+)?$", re.I)
_CUSTOMER_BEHIND = re.compile(r"^\s+(?:customer|user|subscriber|client)s?\b", re.I)
_CUSTOMER_HERE = re.compile(r"^\s+(?:customer|user|subscriber|client)s? (?:here\b|since \d)", re.I)
_INTO = re.compile(
    r"\b(?:to|into|onto|join|joining|keep|keeping|like|than|and|or|(?<!served )(?<!provided )(?<!billed )by"
    r"|not)\s+(?:(?:my|our|the|an?)\s+)?$",
    re.I,
)
_ASKED_ABOUT = re.compile(
    r"\b(?:call|reach|text|contact|forward\w*|ring|rings|keep|keeping|stays?|staying|compared|cheaper|better|same as"
    r"|works? with|accept|support|internet|tv|cable|wi-?fi|fiber|tablet|watch|hotspot|e-?mail|gift|stock|store)\b",
    re.I,
)
_MAY_FOLLOW = re.compile(
    rf"^\s*?(?:$|\n|[^\w\s{BRAND}]|{NUMBER}|(?:转|轉|(?:tenant|where|today|out|home|office|acct|name|pin|et|port"
    rf"|move|and|y|to|for|but|now|currently|right|rn|please|pls|plz|por|since"
    rf"|numbers?|lines?|phones?"
    r"|cell|cellphone|account|service|plan|customers?(?! (?:service|care|support))|users?|subscribers?|with|on|at|over"
    r"|is|are|as|so"
    r"|because|bc|cause|i|im"
    r"|i'm|we|my|our|can|could|want|wanna|would|lol|btw|thx|thanks|asap|today|tomorrow|by|prepaid|wireless"
    r"|mobile|landline"
    r"|yet|still|u|you|it|its|it's|which|that|quiero|desde|pero|mi)\b))",
    re.I,
)
_NEW_NUMBER = re.compile(r"\b(?:new|another|second|different) (?:number|one|phone)\b", re.I)
_ENDS_IN_LINE = re.compile(r"\b(?:phone|cell|cellphone|line|landline|number|telephone)$", re.I)
_BESIDE_NUMBER = re.compile(rf"(?:{NUMBER}[\s,(:-]*|{NUMBER}\s*\(?\s*(?:from|with|on)\s+)$")
_NUMBER_BESIDE = re.compile(rf"^[\s,:-]*(?:number\s+)?{NUMBER}", re.I)
_CLAUSE_BEGINS = re.compile(r"(?:^|[.!?\n]\s*)$")
_CLAUSE_ENDS = re.compile(r"^\s*(?:[,.;!?)\n]|$)")
_CURRENT = re.compile(r"\b(?:now|currently|still|these days|ahora)\b", re.I)
_WE_ARE_NOW = re.compile(r"\b(?:i'?m|i am|we'?re|we are)(?:\s+(?:on|with|w/))\s+$", re.I)
_AFTER = re.compile(
    r"\b(?:internet|tv|cable|wi-?fi|fiber|tablet|watch|hotspot|gift|stock|store|support|network|towers?"
    r"|coverage|signal|i heard|i hear|ads?)\b",
    re.I,
)
_STAYS = re.compile(
    rf"\b(?:keeping|stay(?:s|ing)? (?:with|on|at))\s+{BRAND}|\binternet (?:is|from|with|service|thru)\b"
    rf"|\bfor internet\b",
    re.I,
)
_FOR_ANOTHER = re.compile(
    rf"\b{MOVE}\s+(?:over\s+)?(?:his|hers|her|their|theirs|my \w+'s)\b|{OTHERS.pattern}\s+(?:wants?|would|needs?)\b"
    rf"|\bfor\s+(?:my|our)\s+{OTHERS.pattern}",
    re.I,
)
_I_HAVE = re.compile(r"\bi(?:'?m|'?ve| am| have| use| got)?\b[^.,;\n]{0,20}$", re.I)
_NEAR = 40  # characters beside a carrier's name that are about it
_STOP = re.compile(r"[.!?;,](?=\s|$)|\n")
_STANDS = re.compile(
    rf"(?:^|\d|[\n,;:(.!?→>–—|•-]|[^\w\s]|{NUMBER})\s*$"  # noqa: RUF001 - a dash as pasted
    r"|(?:\b(?:my|our|the|from|with|through|thru|via|off|off of|out of|away from|leaving|leave|hate|have|has"
    r"|got|use|using"
    r"|its|it's|all|both|still|currently|presently|phone|cell|carrier|(?:served|provided|serviced|billed|supplied) by"
    r"|(?:cell|phone|line|number|company|carrier|provider|service|landline|it|plan|mobile|they|account)(?: is| are|'s)"
    r"|de|con|tengo|chez|с|со|am|im|i'm|were|been|on)|\bw/|从)\s*$",  # noqa: RUF001 - Cyrillic, as typed
    re.I,
)
_ANOTHER_PART = re.compile(
    r"\b(?:(?:to|into|onto)(?=\s+\w+\s*$)|join\w*|(?<!'d )(?<!would )like|than|or|sign(?:ed|ing)? up"
    r"|go(?:ing)? with|start(?:ed|ing)?|to (?:be|have|use|get)|owns?"
    r"|owned|works? (?:at|for|with|on)|worked|bought|buy|paid|compatible|offers?|said|says|told|asks?|asked|towers?"
    r"|network|coverage|unlocked|compar\w*|love|prefer|try|consider\w*|new|next|instead|internet|tv|cable|keep"
    r"|keeping|stay"
    r"|staying|shared|friends?|he|she|his|her|their|someone|hotspot|tablet|watch|app|store|job|discount|offer"
    r"|deal|promo"
    r"|used|run by|part of|(?:phone|iphone|device|cell|tablet) (?:is|was|comes|came) from)\b",
    re.I,
)
_EVERYDAY = frozenset(
    {
        "visible",
        "boost",
        "metro",
        "mint",
        "cricket",
        "kinetic",
        "frontier",
        "spectrum",
        "ting",
        "lumen",
        "optimum",
        "fi",
    }
)
_AS_WORD = re.compile(r"\b(?:is|its|it's|are|the|a|my|am|i'm|im|all|both|still|currently|on|off|out of|line)\s*$", re.I)


def carrier(saying: Saying, *, bare: bool) -> CarrierId | None:
    """Give the one losing carrier; `bare`: the message is nothing but numbers and names."""
    left = {each: settle(saying, each) for each in saying.brands if bare or _is_left(saying, each)}
    ids = set(left.values())
    named = [each.found for each in left]
    others = [e for e in saying.brands if e not in left and not _is_over(saying, e) and not _again(saying, e, named)]
    return next(iter(ids)) if len(ids) == 1 and not others else None


def _again(saying: Saying, one: Mention, named: list[Found | Maybe]) -> bool:
    """Tell whether a carrier is the losing one named again, and not as where to move."""
    return one.found in named and not _INTO.search(saying.masked[max(0, one.start - _NEAR) : one.start])


def _is_over(saying: Saying, one: Mention) -> bool:
    """Tell whether a carrier is named only as a past one, or as none: "left Sprint last year"."""
    clause = saying.clause(one.start, one.end)
    is_anothers = OTHERS.search(clause) and not (_WANTS.search(clause) or _FOR_ANOTHER.search(saying.masked))
    if _STAYS.search(clause) or is_anothers:
        return True
    return bool(PAST.search(clause) or NEGATED.search(clause)) and not _CURRENT.search(clause)


def _is_left(saying: Saying, one: Mention) -> bool:
    clause, sentence = saying.clause(one.start, one.end), saying.sentence(one.start, one.end)
    before = saying.masked[max(0, one.start - 90) : one.start]
    is_now = _CURRENT.search(clause) or _WE_ARE_NOW.search(before)
    if PAST.search(clause if is_now else sentence) or NEGATED.search(clause) or HEDGED.search(sentence):
        return False
    after = saying.masked[one.end : one.end + 60]
    if _FOR_ANOTHER.search(saying.masked) and _I_HAVE.search(before):
        return False
    if _is_about_else(clause, before, after) or not _MAY_FOLLOW.match(after) or _NEW_NUMBER.search(saying.masked):
        return False
    if _is_named(saying.masked, before, after) or _is_moved_from(saying.masked, sentence, before):
        return True
    is_line = _ENDS_IN_LINE.search(saying.said[one.start : one.end])
    ours = _OURS.search(before) and is_line and _WANTS.search(saying.masked)
    if (ours and not _INTO.search(before)) or _is_beside(sentence, before, after):
        return True
    is_implied = _is_implied(saying.said[one.start : one.end], before, after)
    return is_implied and (saying.wants or is_form(saying) or is_pair(saying))


def _is_about_else(clause: str, before: str, after: str) -> bool:
    """Tell whether a carrier is somebody else's, or is spoken of as more than the carrier of a line."""
    is_asked = _ASKED_ABOUT.search(_last_clause(before[-_NEAR:])) or _AFTER.search(_first_clause(after[:_NEAR]))
    return bool(OTHERS.search(clause) or is_asked)


def _last_clause(before: str) -> str:
    return _STOP.split(before)[-1]


def _first_clause(after: str) -> str:
    return _STOP.split(after, maxsplit=1)[0]


def _is_implied(name: str, before: str, after: str) -> bool:
    """Take the one carrier of a message that wants a number moved, where it is named as a carrier is."""
    if not _STANDS.search(before) or _INTO.search(before) or _ANOTHER_PART.search(_last_clause(before)):
        return False
    is_word = name.islower() and name in _EVERYDAY and _AS_WORD.search(before)
    return not is_word or (name != "visible" and _CLAUSE_ENDS.match(after) is not None)


def _is_beside(sentence: str, before: str, after: str) -> bool:
    """Take a name that stands by itself beside the number that the sentence moves."""
    if not _MOVES.search(sentence) or NEGATED.search(sentence):
        return False
    behind = _BESIDE_NUMBER.search(before) and _CLAUSE_ENDS.match(after)
    return bool(behind or (_CLAUSE_BEGINS.search(before) and _NUMBER_BESIDE.match(after)))


def _is_named(said: str, before: str, after: str) -> bool:
    """Tell whether words around a name make it the carrier of the number."""
    if _INTO.search(before):
        return False
    if _CUSTOMER_HERE.match(after) and _CLAUSE_BEGINS.search(before):
        return True
    if _IS_CARRIER.search(before):
        return not _ANOTHER_CARRIER.search(before[: _from(_IS_CARRIER, before)])
    if _WE_ARE_WITH.search(before) or _IT_IS_WITH.search(before):
        return True
    if _CUSTOMER.search(before):
        return _CUSTOMER_BEHIND.match(after) is not None
    if _WE_HAVE.search(before):
        return _NOTHING_BEHIND.match(after) is not None
    return bool(_OURS.search(before) and _WANTS.search(said) and _LINE_BEHIND.match(after))


def _from(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.search(text)
    return found.start() if found else 0


def _is_moved_from(said: str, sentence: str, before: str) -> bool:
    if _LEAVES.search(before):
        return True
    if _FED_UP.search(before):
        return _MOVES.search(said) is not None
    verb = _MOVES.search(sentence)
    place = sentence.find(BRAND)
    return bool(_FROM.search(before) and not _SENT_FROM.search(before) and verb and verb.start() < place)
