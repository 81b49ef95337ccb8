"""Find the saying in a text, or that it is none: what could be an answer to the open question never is one."""

import re
import unicodedata
from collections.abc import Iterator

from domain.intake.sayings.bill import ROWS as BILL
from domain.intake.sayings.moving import ROWS as MOVING
from domain.intake.sayings.phrases import FREE, Row, Saying
from domain.intake.sayings.plain import clauses, is_filler, plain, typed_as, without_fillers, without_manners
from domain.intake.sayings.returning import ROWS as RETURNING
from domain.intake.sayings.talking import ROWS as TALKING
from domain.intake.sayings.trouble import ROWS as TROUBLE
from domain.readers.pins import LATER, read_pin
from domain.text import clean, words_of

# The first row that fits wins: trouble first, then the narrow before the wide.
ROWS: tuple[Row, ...] = (*TROUBLE, *RETURNING, *BILL, *MOVING, *TALKING)
_EMOJI = Saying("emoji", "tell")
_NO_WORDS = Saying("no_words", "tell")
SAYINGS: dict[str, Saying] = {each.id: each for each in (*(row.saying for row in ROWS), _EMOJI, _NO_WORDS)}

_LONGEST = 600  # characters; what is longer is a letter, not a saying
_FREE = words_of(FREE)
_NAMES = _FREE | words_of("name kind contact signer signature carrier")
_OPTIONAL = words_of("email second title label source")
_YES_NO = _OPTIONAL | words_of("one_bill working authority billing review stays texting line")
_FIGURES_ANSWER = _OPTIONAL | words_of("numbers destination account pin address billing signer contact company")
_LATER_ANSWERS = _OPTIONAL | {"bill"}
_WRONG_MOVE = "wrong_move"  # of which the number is often named, and hours count
_DESPITE_FIGURES = words_of("already_cancelled suspended number_typo")
_CONTROL = words_of("stop cancel help back undo status hi hello hey thanks why agent human operator unsubscribe")
_LATER_WORDS = words_of("later skip tomorrow tonight") | {"not now", "not yet", "later please", "skip it"}

_NOT_YET = words_of("yet now handy")

_SPACED = {ord(c): " " for c in '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~'} | {ord("'"): None}
_TYPED = typed_as(frozenset().union(*(row.cues for row in ROWS)))
_FIGURES = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d{4,}|\d(?:[ ().+/-]*\d){6,}")
_NUMBER_WORDS = re.compile(r"\b\d+\b")
_NUMBERS = re.compile(r"\b\d+(?: \d+)*\b")
_BEFORE = re.compile(r"^(?:please )?let (?:me|us) ")
_BEHIND = re.compile(r" (?:about|regarding|concerning|because of|with|for|re)(?: (?:my|the|this|our|number|phone))*$")
_FIRM = re.compile(r"\b(?:llc|inc|incorporated|corp|corporation|ltd|llp|pllc|lp|gmbh|dba|plc)$")
_YES_OR_NO = re.compile(
    r"(?:yes|yeah|yep|yup|ya|y|no|nope|nah|n|sure|ok|okay|correct|right|true|agreed?)\b"
    r"(?! (?:how|why|what|when|who|where|stop|cancel|wait|help|but|idea|clue|pin|paper|bill|street|house|english)\b)"
)
_AGREES = frozenset("\U0001f44d\U0001f44e\U0001f44c\u2705\u2714\u274c\U0001f197\U0001f4af\U0001f646\U0001f645\u2611")
_NOT_LATIN_TALK = re.compile("[?\uff1f\u061f]|你好|中文|请问|привет|здравствуйте|русск|不|吗|можно|сколько|как ", re.I)
_BARE = words_of("status greeting thanks compliment are_you_there")
_ENOUGH_LETTERS = 2
_SENTENCE_WORDS = 3


def recognise(text: str, asked: str | None) -> Saying | None:
    """Return what is said instead of an answer; `asked` is the open question's id. Cheap for a plain answer."""
    if text.isascii():
        words = text.lower().translate(_SPACED).split()
        if words and _TYPED.isdisjoint(words):
            return None
    return _look_closer(text, asked)


def wants_person(text: str) -> bool:
    """Tell whether one part of a text, whatever numbers it names, asks for a person in a sentence."""
    parts = (" ".join(_NUMBER_WORDS.sub(" ", part).split()) for part in clauses(text[:_LONGEST]))
    sentences = (_BEHIND.sub("", _BEFORE.sub("", part)) for part in parts if len(part.split()) >= _SENTENCE_WORDS)
    return any((found := _fitting(each, None)) is not None and found.id == "person" for each in sentences)


def says_more(text: str) -> bool:
    """Tell whether a text says more than one of the table's questions about where things stand, with its manners."""
    parts = [plain(text)] if _is_bare(plain(text)) else clauses(text)
    return not all(is_filler(part) or _is_bare(part) for part in parts)


def _is_bare(said: str) -> bool:
    found = _fitting(said, None)
    return found is not None and found.id in _BARE


def _look_closer(text: str, asked: str | None) -> Saying | None:
    said = clean(text)
    if not said or len(text) > _LONGEST:
        return None
    if not any(c.isalnum() for c in said):
        return _wordless(said, asked)
    if _is_foreign(said):
        return _foreign(said, asked)
    return _in_words(text, plain(said), asked)


def _wordless(said: str, asked: str | None) -> Saying | None:
    """A lone sign may be yes, or nothing to add; else it is asked again in words."""
    if asked in _OPTIONAL or (asked in _YES_NO and not _AGREES.isdisjoint(said)):
        return None
    is_emoji = any(unicodedata.category(c) in ("So", "Sk") for c in said)
    return _EMOJI if is_emoji else _NO_WORDS


def _is_foreign(said: str) -> bool:
    """Tell whether most letters are of another script than Latin."""
    if said.isascii():
        return False
    letters = [c for c in said if c.isalpha()]
    others = sum(not unicodedata.name(c, "").startswith(("LATIN", "FULLWIDTH LATIN")) for c in letters)
    return others >= _ENOUGH_LETTERS and 2 * others > len(letters)


def _foreign(said: str, asked: str | None) -> Saying | None:
    is_answer = _FIGURES.search(said) or (asked in _NAMES and not _NOT_LATIN_TALK.search(said))
    return None if is_answer else SAYINGS["language.other"]


def _in_words(text: str, said: str, asked: str | None) -> Saying | None:
    if _FIRM.search(said):
        return None
    if _FIGURES.search(text):
        return _beside_figures(text, said, asked)
    found = _fitting(said, asked)
    if found is None:
        found = _in_a_part(clauses(text), asked)
    if found is not None and asked in _YES_NO and found.effect != "flag" and _YES_OR_NO.match(said):
        return None
    return None if found is not None and _is_the_answer(found, text, said, asked) else found


def _beside_figures(text: str, said: str, asked: str | None) -> Saying | None:
    """A text with a number in it is left to the readers, but for what must not be missed."""
    if asked in _FIGURES_ANSWER:
        return None
    found = _fitting(" ".join(_NUMBER_WORDS.sub(" ", said).split()), asked)
    if found is not None and found.id in _DESPITE_FIGURES:
        return found
    parts = (_fitting(_NUMBERS.sub("it", part), asked) for part in clauses(text))
    return next((each for each in parts if each is not None and each.id == _WRONG_MOVE), None)


def _in_a_part(parts: list[str], asked: str | None) -> Saying | None:
    """Find a saying in one part of a longer text; beside a part that may be an answer it must be a sentence."""
    if len(parts) < 2:
        return None
    told = [(part, _fitting(part, asked)) for part in parts]
    rest = [part for part, found in told if found is None and not is_filler(part)]
    found = [each for part, each in told if each and (not rest or len(part.split()) >= _SENTENCE_WORDS)]
    if rest and asked in _FREE:
        found = [each for each in found if each.effect == "flag"]
    return min(found, key=_ORDER.__getitem__, default=None)


def _fitting(said: str, asked: str | None) -> Saying | None:
    """Return the first row that a text fits, with or without what surrounds a sentence."""
    forms = tuple(dict.fromkeys(_forms(said, asked)))
    words = frozenset(said.split())
    for row in ROWS:
        if asked not in row.not_at and not row.cues.isdisjoint(words) and any(map(row.pattern.fullmatch, forms)):
            return row.saying
    return None


def _forms(said: str, asked: str | None) -> Iterator[str]:
    """Give a text as it is and without fillers; one word, where names are asked for, only if it is a command."""
    is_short = len(said.split()) < _SENTENCE_WORDS
    for form in (said, without_manners(said) if asked in _NAMES and is_short else without_fillers(said)):
        if " " in form or asked not in _NAMES or form in _CONTROL:
            yield form


def _is_the_answer(found: Saying, text: str, said: str, asked: str | None) -> bool:
    """Tell whether the open question takes this very text as an answer: later, or not known."""
    if asked == "kind" and found.effect == "person":
        return said in ("person", "a person")
    if asked == "pin":
        is_later = found.effect in ("later", "dont_know") or not _NOT_YET.isdisjoint(said.split())
        return is_later and (read_pin(text) is LATER or said in _LATER_WORDS)
    return (
        found.effect == "later"
        and asked in _LATER_ANSWERS
        and not _LATER_WORDS.isdisjoint((said, without_manners(said)))
    )


_ORDER = {saying: place for place, saying in reversed([*enumerate(row.saying for row in ROWS)])}
