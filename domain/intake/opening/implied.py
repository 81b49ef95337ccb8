"""A number that no word beside it gives a part: it moves if the message wants one moved and no word competes."""

import re

from domain.intake.opening.pairs import is_pair
from domain.intake.opening.parts import Group, goes_elsewhere, is_open
from domain.intake.opening.saying import Saying, is_form
from domain.intake.opening.vocabulary import DOUBTED, KIN, KIND, MOVE, MOVED, NUMBER, OTHERS, PAST, SPOILT, WANTS

_COMPETES = re.compile(
    r"\b(?:calls?|called|calling|reach\w*|contact\w*|texts?|texted|ring|rings|forward\w*|route\w*|redirect\w*|whatsapp"
    r"|(?:acct|pin|code)\b(?!\W{0,3}(?:is )?(?:\d|unknown\b))"
    r"|new|another|other|second|temp|temporary|order|ticket|case"
    r"|emergency|backup|instead|competitor|quoted"
    r"|voice ?mail|callers?|caller id|spam|support|helpline|hotline|wrong|example|format|extension|reply|respond"
    r"|account (?:number|no|#)|invoice|confirmation|reference|friend'?s|landlord|neighbou?r'?s?|coworkers?"
    r"|stays?|staying"
    r"|alone|gave me|assigned|keeps? calling|llam\w+|otro|otra|nuevo)\b",
    re.I,
)
_BEHIND_PREPOSITION = re.compile(
    r"\b(?:to|from|at|on|by|in|than|dial|for|was|were|not|or|except|but|pay|zelle|venmo|into|onto|via|through"
    r"|numbers? like)\s*[:(]?\s*$",
    re.I,
)
_REACH_ME = re.compile(
    r"(?:\b(?:call|reach|contact|text|ring|phone|whatsapp|message|msg|get back to|get hold of|hit)\s+(?:me|us)\b"
    r"|\bcall ?back\b|\bgive (?:me|us) a (?:call|ring|shout)\b|\b(?:best|contact|daytime) number\b|\bll[aá]m[ae]\w*\b)"
    rf"(?![^.?!\n]{{0,20}}{NUMBER})",
    re.I,
)
_OF_ANOTHER = re.compile(
    r"\b(?:calls?|called|calling|callers?|texts?|texted|ring|rings|forward\w*|spam|support|helpline|hotline|wrong"
    r"|order|ticket|invoice|stays?|staying|gave me|new|another|other|instead|emergency|backup|competitor"
    r"|fax(?:es)? to)\b"
    rf"|\b(?:not|don'?t|dont|never|stop|cancel)\b[^.?!\n]{{0,20}}\b{MOVE}\b",
    re.I,
)
_ALL = re.compile(
    rf"\b(?:{MOVE}|keep|{MOVED})\b[^.?!\n]{{0,25}}\b(?:all|both|them|these|those|everything|lines|numbers|ones|dids)\b"
    rf"|\b(?:all|both|them|these|everything|ones)\b[^.?!\n]{{0,25}}\b(?:{MOVE}|{MOVED})"
    rf"|\b{MOVE}\s+(?:over\s+)?(?:my |our )?{KIN} {KIND} (?:too|as well)\b",
    re.I,
)
_ONE_OF = re.compile(
    rf"\b{MOVE}\s+(?:just\s+)?one\b|\b(?:one of|some of|which (?:one|of)|only|just the|all but|except"
    rf"|the (?:first|second|last))\b",
    re.I,
)
_MINE = re.compile(
    rf"\b(?:my|our)\s+(?:(?:own|current|existing|old|personal|whole)\s+)?{KIND}\b|\bmine\b|\b(?:my"
    rf"|our) (?:t-?mobile )?#",
    re.I,
)
_THEIRS = re.compile(
    rf"{OTHERS.pattern}(?:'?s)?\s+(?:(?:{KIND})\b|#|wants?\b|would\b|needs?\b|also\b)|\b(?:his|her|hers|their|theirs)\b"
    rf"|{OTHERS.pattern}'s\b|\b(?:moms|dads|husbands|wifes|sisters|brothers|friends|daughters|sons|kids)\b",
    re.I,
)
_CELLS = re.compile(r"\b(?:cells?|cellphones?|mobiles?|iphones?|celular)\b", re.I)
_FIXED = re.compile(r"\b(?:office|work|home|house|business|landlines?|fax|shop|store|desk)\b", re.I)
_SIGNED = re.compile(
    r"\n[^\W\d_][\w.'-]+(?: [^\W\d_][\w.'-]+){1,2}\n\W*(?:(?:tel|phone|cell|mobile|t|m|p|c)\W{1,3})?$", re.I
)
_LABELS = re.compile(
    r"(?:^|\n)\W{0,3}(?:(?:(?:my|our) )?(?:phone )?numbers?(?: to \w+)?|tel(?:ephone)?|phone|line)s?\s*[:=]\s*$", re.I
)


def moves_unsaid(saying: Saying, group: Group, room: tuple[int, int]) -> bool:
    """Tell whether a number moves that is only named; `room`: the text around it that speaks of no other number."""
    if not _is_wanted(saying, group) or is_open(saying, group) or goes_elsewhere(saying, group):
        return False
    around = saying.masked[slice(*room)]
    ahead = saying.masked[max(0, group.start - 100) : group.start]
    clause = saying.clause(group.start, group.end)
    if PAST.search(clause) or (OTHERS.search(clause) and not _THEIRS.search(clause)):
        return False
    competes = _COMPETES.search(around) or _BEHIND_PREPOSITION.search(ahead) or _REACH_ME.search(saying.masked)
    return not (competes or _is_anothers(saying) or _is_another_kind(saying, around) or _is_signature(saying, group))


def move_together(saying: Saying, groups: list[Group]) -> bool:
    """Tell whether several lone numbers move all: they stand together, or the message says "both", "all", "these"."""
    if sum(len(group.phones) for group in groups) == 1:
        return True
    is_one = _ONE_OF.search(saying.masked) is not None
    return not is_one and (len(groups) == 1 or _ALL.search(saying.masked) is not None)


def is_of_another(saying: Saying) -> bool:
    """Tell whether anything in a message speaks against it that a number named in it is to move."""
    said = saying.masked
    first = said.find(NUMBER)
    patterns = (_OF_ANOTHER, _REACH_ME, _THEIRS, OTHERS, PAST, DOUBTED, SPOILT)
    return any(each.search(said) for each in patterns) or _BEHIND_PREPOSITION.search(said[:first]) is not None


def _is_wanted(saying: Saying, group: Group) -> bool:
    """Tell whether something is to move here, by word or by a filled-in form."""
    labelled = _LABELS.search(saying.masked[max(0, group.start - 40) : group.start])
    return saying.wants or (labelled is not None and is_form(saying)) or is_pair(saying)


def _is_anothers(saying: Saying) -> bool:
    """Tell whether the message speaks of the writer's line and of somebody else's, or of nobody's but a helper's."""
    return bool(_MINE.search(saying.masked) and _THEIRS.search(saying.masked)) and not _ALL.search(saying.masked)


def _is_another_kind(saying: Saying, around: str) -> bool:
    """Tell whether the number is called a cell while a fixed line is spoken of elsewhere, or the other way round."""
    rest = saying.masked.replace(around, " ")
    crossed = (_CELLS.search(around) and _FIXED.search(rest)) or (_FIXED.search(around) and _CELLS.search(rest))
    return bool(crossed and not WANTS.search(around))


def _is_signature(saying: Saying, group: Group) -> bool:
    """Tell whether a number stands last, under a name: it may be the writer's own, or the office's."""
    behind = saying.masked[group.end :].strip()
    return not behind and _SIGNED.search(saying.masked[: group.start]) is not None
