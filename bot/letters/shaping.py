"""From text to glyphs: what HarfBuzz makes of it, in the order in which it is seen, as PDF's operators that show it.

Reportlab's own shaping gives a glyph without a character one by the order in which it was met: the same letter would
have other bytes behind another one. So glyphs are named by their numbers here.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import uharfbuzz
from bidi import algorithm

from bot.letters.faces import face, face_for
from bot.letters.model import NoGlyph

_RIGHT_TO_LEFT = ("R", "AL", "RLE", "RLO", "RLI", "AN")


@dataclass(frozen=True, slots=True)
class Shaped:
    """A piece of text as glyphs of one face. `width` in thousandths of its size.

    `show`: operators that show it where the pen stands, at a size of 1. `glyphs`: each with the text that it stands
    for, empty where another one's text holds it.
    """

    face: str
    show: str
    width: int
    glyphs: tuple[tuple[int, str], ...]


def clusters(text: str) -> Iterator[str]:
    """Yield what belongs together of a text: a character and the marks upon it."""
    start = 0
    for place, c in enumerate(text):
        if place > start and unicodedata.category(c)[0] != "M":
            yield text[start:place]
            start = place
    if text:
        yield text[start:]


@lru_cache(maxsize=8192)
def width_of(text: str, style: str) -> int:
    """Return how wide a text is, in thousandths of its size."""
    return sum(piece.width for piece in seen(text, style))


@lru_cache(maxsize=4096)
def seen(text: str, style: str) -> tuple[Shaped, ...]:
    """Return the pieces of a line as they are seen from left to right; raises NoGlyph."""
    pieces: list[Shaped] = []
    for run, is_rtl in _runs(text):
        parts = [shape(part, name, is_rtl=is_rtl) for part, name in _parts(run, style)]
        pieces += reversed(parts) if is_rtl else parts
    return tuple(pieces)


def _parts(run: str, style: str) -> list[tuple[str, str]]:
    """Return a run as parts that one face prints each; words stand alone, so that each is shaped once for all lines."""
    parts: list[tuple[str, str]] = []
    for cluster in clusters(run):
        name = face_for(cluster, style)
        joins = parts and parts[-1][1] == name and " " not in (cluster[0], parts[-1][0][0])
        if joins:
            parts[-1] = (parts[-1][0] + cluster, name)
        else:
            parts.append((cluster, name))
    return parts


def _runs(text: str) -> list[tuple[str, bool]]:
    """Return what has one direction each, in the order in which it is seen (Unicode's bidirectional algorithm)."""
    if not any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in text):
        return [(text, False)]
    runs: list[tuple[int, str]] = []
    for c, level in zip(text, _levels(text), strict=True):
        if runs and runs[-1][0] == level:
            runs[-1] = (level, runs[-1][1] + c)
        else:
            runs.append((level, c))
    for level in range(max(level for level, _ in runs), 0, -1):
        runs = _turned(runs, level)
    return [(run, bool(level % 2)) for level, run in runs]


def _turned(runs: list[tuple[int, str]], level: int) -> list[tuple[int, str]]:
    """Return runs with each sequence turned round that stands at a level or above it."""
    found: list[tuple[int, str]] = []
    sequence: list[tuple[int, str]] = []
    for run in runs:
        if run[0] >= level:
            sequence.insert(0, run)
        else:
            found += [*sequence, run]
            sequence = []
    return found + sequence


def _levels(text: str) -> list[int]:
    storage: dict[str, Any] = algorithm.get_empty_storage()
    is_left_to_right = any(
        unicodedata.bidirectional(c) == "L" for c in text
    )  # an address with a word of another script
    storage["base_level"] = 0 if is_left_to_right else algorithm.get_base_level(text)
    storage["base_dir"] = "R" if storage["base_level"] else "L"
    algorithm.get_embedding_levels(text, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    return [each["level"] for each in storage["chars"]]


@lru_cache(maxsize=8192)
def shape(text: str, name: str, *, is_rtl: bool) -> Shaped:
    """Return a text of one direction as a face's glyphs; raises NoGlyph for what would be an empty box, or nothing."""
    infos, positions = _glyphs(text, name, is_rtl=is_rtl)
    glyphs = _with_texts(text, [(info.codepoint, info.cluster) for info in infos])
    _check(text, name, glyphs)
    shown = _Showing(name)
    for (glyph, _), position in zip(glyphs, positions, strict=True):
        shown.add(glyph, position)
    show = shown.end()
    if not is_rtl and len(glyphs) != len(text):  # so that what is copied out of the letter, or read aloud, is the text
        utf16 = text.encode("utf-16-be").hex().upper()
        show = f"/Span <</ActualText <FEFF{utf16}>>> BDC {show} EMC"
    return Shaped(name, show, shown.width, glyphs)


def _glyphs(text: str, name: str, *, is_rtl: bool) -> tuple[list[Any], list[Any]]:
    buffer = uharfbuzz.Buffer()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS  # marks keep their own text
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if is_rtl else "ltr"
    uharfbuzz.shape(face(name).font, buffer)
    return buffer.glyph_infos, buffer.glyph_positions


def _with_texts(text: str, glyphs: list[tuple[int, int]]) -> tuple[tuple[int, str], ...]:
    """Return glyphs with the text that each cluster of them stands for, which its first glyph has."""
    starts = sorted({cluster for _, cluster in glyphs})
    texts = {start: text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)}
    return tuple((glyph, texts.pop(cluster, "")) for glyph, cluster in glyphs)


def _check(text: str, name: str, glyphs: tuple[tuple[int, str], ...]) -> None:
    """Raise NoGlyph for what has no glyph, and for a text of letters of which nothing would be seen."""
    missing = "".join(part for glyph, part in glyphs if not glyph)
    if any(not glyph for glyph, _ in glyphs):
        raise NoGlyph(missing or text)
    own = face(name)
    if not text.isspace() and all(own.is_blank(glyph) for glyph, _ in glyphs):
        raise NoGlyph(text)


class _Showing:
    """Glyphs on their way to operators: `TJ` with what moves them sideways, `Ts` with what lifts them."""

    def __init__(self, name: str) -> None:
        self._face = face(name)
        self._done: list[str] = []
        self._row: list[str] = []
        self._rise = 0
        self.width = 0

    def add(self, glyph: int, position: Any) -> None:
        """Show a glyph where HarfBuzz wants it."""
        scale = self._face.scale
        rise, aside, advance = (round(n * scale) for n in (position.y_offset, position.x_offset, position.x_advance))
        if rise != self._rise:
            self._flush()
            self._done.append(f"{rise / 1000:g} Ts")
            self._rise = rise
        if aside:
            self._row.append(f"{-aside}")
        self._row.append(f"<{glyph:04X}>")
        back = self._face.width(glyph) + aside - advance
        if back:
            self._row.append(f"{back}")
        self.width += advance

    def _flush(self) -> None:
        if self._row:
            self._done.append(f"[{''.join(self._row)}] TJ".replace("><", ""))
            self._row = []

    def end(self) -> str:
        """Return the operators."""
        self._flush()
        if self._rise:
            self._done.append("0 Ts")
        return " ".join(self._done)
