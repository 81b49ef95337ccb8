"""Finding a reason: by what staff type for it, and by what a carrier wrote."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from domain.orders.rejections.reason import Rejection
from domain.orders.rejections.table import REJECTIONS

_NEAR = 0.85  # how alike a slip must be, from 0 to 1
_LONG_ENOUGH = 6  # characters
_BETWEEN = "+"  # codes of one rejection
_SEVERAL = re.compile(r"\s*(?:[,;+&]|\band\b)\s*", re.IGNORECASE)
_CALLED, _SAID = 3, 2  # how much a carrier's code counts, and how much its words
_REST = r"\w*"  # of a name of which a carrier gives several, like E42PW1
MOST_LIKELY = 3  # reasons offered for one thing that a carrier wrote


def find_rejections(text: str) -> tuple[Rejection, ...]:
    """Return the reasons that staff mean, with commas or `and` between several; () where one of them is unclear."""
    whole = find_rejection(text)
    if whole is not None:
        return (whole,)
    found = [find_rejection(part) for part in _SEVERAL.split(text.strip()) if part]
    return tuple(dict.fromkeys(r for r in found if r is not None)) if None not in found else ()


def find_rejection(text: str) -> Rejection | None:
    """Return the reason that staff mean by a code, an alias or an unambiguous beginning of either; None: unclear."""
    wanted = text.strip().lower().replace("_", " ")
    if not wanted:
        return None
    names = {name: r for r in REJECTIONS.values() for name in (r.code.lower().replace("_", " "), *r.aliases)}
    if wanted in names:
        return names[wanted]
    found = {r.code: r for name, r in names.items() if name.startswith(wanted)} or _alike(wanted, names)
    return next(iter(found.values())) if len(found) == 1 else None


def _alike(wanted: str, names: Mapping[str, Rejection]) -> dict[str, Rejection]:
    """Return the reasons of which a word is one slip away, as in `wrong adress`; of short words none is sure enough."""
    near = get_close_matches(wanted, names, n=len(names), cutoff=_NEAR) if len(wanted) >= _LONG_ENOUGH else []
    return {names[name].code: names[name] for name in near}


def likely(wrote: str) -> tuple[Rejection, ...]:
    """Return the reasons that a carrier's own words most likely give; () where nothing is known.

    Of several that commas or `and` part, each may give reasons of its own.
    """
    each = (_likely_of(part) for part in _SEVERAL.split(wrote))
    return tuple(dict.fromkeys(reason for found in each for reason in found)) or _likely_of(wrote)


def _likely_of(wrote: str) -> tuple[Rejection, ...]:
    """Return the reasons that words about one most likely give, the likeliest first.

    A code of theirs says more than any word: with one, only what has one is returned. Of reasons that are as likely,
    that comes first which is spoken of first.
    """
    found = {reason.code: score for reason in REJECTIONS.values() if (score := _score(reason, wrote)) < (0, 0)}
    ranked = sorted(found, key=lambda code: found[code])
    called = [code for code in ranked if -found[code][0] >= _CALLED]
    return tuple(REJECTIONS[code] for code in (called or ranked)[:MOST_LIKELY])


def _score(reason: Rejection, wrote: str) -> tuple[int, int]:
    """Return how likely a reason is, the likelier the smaller, and where words first speak of it."""
    named = [found.start() for name in reason.maps if (found := _NAMES[name].search(wrote))]
    said = [found.start() for found in (_SIGNS[reason.code].search(wrote),) if found]
    return -(_CALLED * bool(named) + _SAID * bool(said)), min((*named, *said), default=0)


_NAMES = {
    name: re.compile(rf"(?<![\w-]){re.escape(name.rstrip('*'))}{_REST if name.endswith('*') else ''}(?![\w-])", re.I)
    for reason in REJECTIONS.values()
    for name in reason.maps
}
_SIGNS = {code: re.compile(reason.signs, re.IGNORECASE) for code, reason in REJECTIONS.items()}


def joined(reasons: tuple[Rejection, ...]) -> str:
    """Return several reasons as a number keeps them: by their codes, in the table's order."""
    return _BETWEEN.join(code for code, reason in REJECTIONS.items() if reason in reasons)


def codes_of(kept: str | None) -> tuple[str, ...]:
    """Return the codes of the reasons that a number keeps."""
    return tuple(kept.split(_BETWEEN)) if kept else ()
