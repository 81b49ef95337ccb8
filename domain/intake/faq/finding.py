"""Find the question of the table that somebody asks: for sure, or the three that are likeliest, or none.

No model: ideas that a text shares with a way of asking count as much as they are rare in the table. On paraphrases
that the table had not seen plain full-text search found a third (project's library research §8, 2026-11-21).
"""

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from domain.intake.faq.account import ROWS as ACCOUNT
from domain.intake.faq.basics import ROWS as BASICS
from domain.intake.faq.costs import ROWS as COSTS
from domain.intake.faq.entry import Entry
from domain.intake.faq.kinds import ROWS as KINDS
from domain.intake.faq.papers import ROWS as PAPERS
from domain.intake.faq.service import ROWS as SERVICE
from domain.intake.faq.timing import ROWS as TIMING
from domain.intake.faq.trouble import ROWS as TROUBLE
from domain.intake.faq.wording import ideas_of
from domain.text import clean

ROWS: tuple[Entry, ...] = (*BASICS, *KINDS, *PAPERS, *ACCOUNT, *TIMING, *COSTS, *SERVICE, *TROUBLE)
FAQ: dict[str, Entry] = {each.id: each for each in ROWS}

MOST = 3  # likeliest questions that are offered
_LONGEST = 600  # characters; what is longer is a letter, and people read it
_SURE = 0.55
_AHEAD = 0.13  # of the next likeliest, to be sure
_TELLING = 3.0  # weight that must be shared, to be sure: an idea of one or two entries, or several of more
_TELLING_ALONE = 2.2  # the same, where a text has exactly the ideas of one way of asking
_LIKELY = 0.3  # of the likeliest, to be offered
_BESIDE = 0.2  # of the others that are offered beside it
_STRANGE = 0.7  # weight of an idea that the table never speaks of, as part of the rarest one's
_TYPO_FROM = 5  # letters of a word that may be mistyped

_SENTENCE_END = re.compile(r"[.!?\u2026\u3002\uff1f\n]+")
_CLAUSE_END = re.compile(r"[.!?,;:\u2026\u3002\uff1f\n]+")
_ASKS = re.compile(
    r"(?:(?:hi|hello|hey|ok|okay|so|and|but|also|sorry|please|thanks|well|um|wait|oh|btw) )*+"
    r"(?:what|whats|when|where|wheres|who|whom|whose|why|which|how|hows|is|are|am|do|does|did|can|could|will|would|should"
    r"|may|must|shall|has|any(?:thing|one)?|if|tell me|give me|explain|i wonder|wondering|isnt|arent|dont i|wont|cant"
    r"|doesnt)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """What is asked: `sure` holds an entry's id or is empty; `likely` up to three ids, the likeliest first."""

    sure: str
    likely: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A way of asking, as ideas and their weight together."""

    entry: str
    ideas: frozenset[str]
    weight: float


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well an entry fits: `score` 0 to 1; `shared`, the weight of the ideas that both speak of."""

    entry: str
    score: float
    shared: float


def is_question(text: str) -> bool:
    """Tell whether a text looks like a question rather than an answer."""
    return "?" in text or any(_ASKS.match(_bare(part)) for part in _CLAUSE_END.split(text))


def _bare(part: str) -> str:
    return clean(part).replace("'", "").replace("\u2019", "")


def of_topic(topic: str) -> tuple[Entry, ...]:
    """Return the questions of a topic, as they stand in the table."""
    return tuple(each for each in FAQ.values() if each.topic == topic)


def find(text: str) -> Found | None:
    """Return which question is asked; None when the text speaks of none of them, or is a whole letter."""
    if len(text) > _LONGEST:
        return None
    best: dict[str, _Fit] = {}
    parts = _parts(text)
    for said in parts:
        for fit in _fits(said):
            best[fit.entry] = max(fit, best.get(fit.entry, fit), key=_score)
    ranked = sorted(best.values(), key=_score, reverse=True)[:MOST]
    if not ranked or ranked[0].score < _LIKELY:
        return None
    likely = tuple(fit.entry for fit in ranked if fit.score >= _BESIDE)
    is_sure = _EXACT.get(parts[0]) == likely[0] or _is_sure(ranked)
    return Found(likely[0] if is_sure else "", likely)


def _is_sure(ranked: list[_Fit]) -> bool:
    top = ranked[0]
    ahead = top.score - (ranked[1].score if len(ranked) > 1 else 0)
    return top.score >= _SURE and ahead >= _AHEAD and top.shared >= _TELLING


def _parts(text: str) -> list[frozenset[str]]:
    """Return the ideas of the whole text and of each of its sentences, slips of the finger put right."""
    said = clean(text)
    parts = {part: None for part in (said, *_SENTENCE_END.split(text)) if part.strip()}
    found = (frozenset(map(_known, ideas_of(part))) for part in parts)
    return [ideas for ideas in dict.fromkeys(found) if ideas]


def _fits(said: frozenset[str]) -> list[_Fit]:
    """Return how well each entry fits what was said: its nearest way of asking, and what it mostly speaks of."""
    weight = sum(map(_weight, said))
    nearest: dict[str, float] = {}
    for way in _WAYS:
        shared = sum(map(_weight, said & way.ideas))
        if shared:
            near = 2 * shared / (weight + way.weight)
            nearest[way.entry] = max(nearest.get(way.entry, 0.0), near)
    return [_fit(name, near, said, weight) for name, near in nearest.items()]


def _fit(name: str, near: float, said: frozenset[str], weight: float) -> _Fit:
    often = _SPOKEN[name]
    most = max(often.values())
    shared = [idea for idea in said if idea in often]
    mostly = sum(_weight(idea) * math.sqrt(often[idea] / most) for idea in shared)
    return _Fit(name, (near + mostly / weight) / 2, sum(map(_weight, shared)))


def _score(fit: _Fit) -> float:
    return fit.score


def _weight(idea: str) -> float:
    return _WEIGHTS.get(idea, _UNKNOWN)


@lru_cache(maxsize=4096)
def _known(idea: str) -> str:
    """Return an idea of the table that was mistyped; else the idea itself."""
    if idea in _WEIGHTS or len(idea) < _TYPO_FROM:
        return idea
    near = process.extractOne(idea, _LONG, scorer=DamerauLevenshtein.distance, score_cutoff=1)
    return idea if near is None else near[0]


_SPOKEN: dict[str, Counter[str]] = {
    name: Counter(idea for way in each.asked for idea in frozenset(ideas_of(way))) for name, each in FAQ.items()
}
_OFTEN = Counter(idea for ideas in _SPOKEN.values() for idea in ideas)
_WEIGHTS = {idea: math.log(1 + len(FAQ) / often) for idea, often in _OFTEN.items()}
_UNKNOWN = _STRANGE * math.log(1 + len(FAQ))
_LONG = tuple(idea for idea in _WEIGHTS if len(idea) >= _TYPO_FROM)
_WAYS: tuple[_Asked, ...] = tuple(
    _Asked(name, ideas, sum(map(_weight, ideas)))
    for name, each in FAQ.items()
    for ideas in dict.fromkeys(frozenset(ideas_of(way)) for way in each.asked)
)
_EXACT: dict[frozenset[str], str] = {
    way.ideas: way.entry
    for way in _WAYS
    if way.weight >= _TELLING_ALONE and len({other.entry for other in _WAYS if other.ideas == way.ideas}) == 1
}
