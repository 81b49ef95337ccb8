"""Sheets of paper being filled from the top: lines of text, rules, numbers in columns; a fresh one where one is full.

Lengths are points, from the lower left corner; what is shown is written as PDF's own operators.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from PIL import Image

from bot.letters.shaping import Shaped, clusters, seen, width_of

WIDTH, HEIGHT = 612.0, 792.0  # US Letter
LEFT, RIGHT = 62.0, 550.0
TOP, BOTTOM = 726.0, 132.0  # of what a page says; its foot stands below
INK, SOFT, ACCENT, HAIR = "0.11 0.12 0.15", "0.38 0.41 0.46", "0.10 0.23 0.40", "0.78 0.80 0.83"
_PAPER = 200  # a level from which nothing was drawn
_MOST_PIXELS = 4_000_000  # of a picture


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks: style, size, distance of its lines, colour."""

    style: str = "plain"
    size: float = 10.0
    leading: float = 14.5
    ink: str = INK


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on a page, and where its lower left corner stands."""

    image: Image.Image
    x: float
    y: float
    width: float
    height: float


class Page:
    """What stands on one page, and which glyphs it uses."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.pictures: list[Picture] = []
        self.glyphs: dict[str, dict[tuple[int, str], None]] = {}  # by face, in the order of their use

    def line(self, x: float, y: float, text: str, look: Look) -> None:
        """Write one line, from `x` to the right."""
        pieces = seen(text, look.style)
        for piece in pieces:
            self.glyphs.setdefault(piece.face, {}).update(dict.fromkeys(piece.glyphs))
        self.said.append(_line(x, y, pieces, look))

    def ending_at(self, x: float, y: float, text: str, look: Look) -> None:
        """Write one line that ends at `x`."""
        self.line(x - width_of(text, look.style) * look.size / 1000, y, text, look)

    def rule(self, x: float, y: float, to: float, *, ink: str = HAIR, width: float = 0.6) -> None:
        """Draw a rule to the right."""
        self.said.append(f"q {ink} RG {width:g} w {x:g} {y:g} m {to:g} {y:g} l S Q")

    def place(self, png: bytes, x: float, y: float, within: tuple[float, float], *, is_trimmed: bool = False) -> float:
        """Put a picture's lower left corner somewhere, as large as fits; returns its width.

        `is_trimmed`: without what is empty around its ink.
        """
        image = _trimmed(open_picture(png)) if is_trimmed else open_picture(png)
        scale = min(within[0] / image.width, within[1] / image.height)
        self.pictures.append(Picture(image, x, y, image.width * scale, image.height * scale))
        return image.width * scale


def _trimmed(image: Image.Image) -> Image.Image:
    """Return what of a picture is darker than paper; all of it where nothing is."""
    on_paper = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("L")
    ink = on_paper.point(lambda level: 255 if level < _PAPER else 0).getbbox()
    return image.crop(ink) if ink is not None else image


def open_picture(png: bytes) -> Image.Image:
    """Return a PNG's picture, with its transparency; raises ValueError for what is none, or too large."""
    try:
        image = Image.open(BytesIO(png), formats=("PNG",))
        if image.width * image.height > _MOST_PIXELS:
            raise ValueError("this picture is too large")
        return image.convert("RGBA")
    except (OSError, SyntaxError) as e:  # what Pillow raises for a file that is broken
        raise ValueError("this is no picture") from e


def _line(x: float, y: float, pieces: tuple[Shaped, ...], look: Look) -> str:
    parts = [f"BT {look.ink} rg {look.size:g} 0 0 {look.size:g} {x:.2f} {y:.2f} Tm"]
    before = ""
    for piece in pieces:
        if piece.face != before:
            parts.append(f"/{piece.face} 1 Tf")
            before = piece.face
        parts.append(piece.show)
    return " ".join([*parts, "ET"])


@dataclass(frozen=True, slots=True)
class Field:
    """Where a pen is to write: the page, from 1, and the box's edges in points, from the page's lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what a letter says, and where it begins: the page, from 1, and how high on it, in points."""

    name: str
    page: int
    top: float


FIRST, FOOT = "head", "foot"  # the parts at the edges of a page


def part_at(parts: Sequence[Part], page: int, y: float) -> str:
    """Return the name of the part that stands at a place."""
    if y < BOTTOM:
        return FOOT
    return next((part.name for part in reversed(parts) if (part.page, -part.top) <= (page, -y)), FIRST)


class Sheets:
    """The pages of a document, and how far the last one is filled (`y`: the top of what is free).

    `fields`: where a pen is to write, by name. `parts`: what its pages say, in order. `own`: how many of the pages are
    the letter itself, 0 for all; the record of its signature stands on those behind them.
    """

    def __init__(self) -> None:
        self.pages = [Page()]
        self.y = TOP
        self.fields: dict[str, Field] = {}
        self.parts: list[Part] = []
        self.own = 0

    @property
    def page(self) -> Page:
        """Return the page that is being filled."""
        return self.pages[-1]

    def turn(self) -> None:
        """Begin a fresh page."""
        self.pages.append(Page())
        self.y = TOP

    def need(self, height: float) -> None:
        """Begin a fresh page unless so much is free on this one."""
        if self.y - height < BOTTOM:
            self.turn()

    def write(self, text: str, look: Look, x: float = LEFT, to: float = RIGHT) -> None:
        """Write a text below what is there, in as many lines as it takes."""
        for line in broken(text, look.style, (to - x) * 1000 / look.size):
            self.need(look.leading)
            self.y -= look.leading
            self.page.line(x, self.y, line, look)

    def leave(self, name: str, left: float, right: float, height: float) -> None:
        """Remember that a pen is to write here, above `y`."""
        self.fields[name] = Field(len(self.pages), left, self.y, right, self.y + height)

    def begin(self, name: str, above: float) -> None:
        """Remember that a part begins here, with a heading so high above `y`."""
        self.parts.append(Part(name, len(self.pages), self.y + above))

    def skip(self, height: float) -> None:
        """Leave room; none at the head of a page."""
        if self.y < TOP:
            self.y -= height


@lru_cache(maxsize=1024)
def broken(text: str, style: str, room: float) -> tuple[str, ...]:
    """Return the lines of a text where a line has so much room, in thousandths of its size."""
    lines: list[str] = []
    line, used = "", 0
    space = width_of(" ", style)
    for atom, is_apart in _atoms(text, style, room):
        gap = space if line and is_apart else 0
        width = width_of(atom, style)
        if line and used + gap + width > room:
            lines.append(line)
            line, used, gap = "", 0, 0
        line, used = f"{line}{' ' if gap else ''}{atom}", used + gap + width
    return (*lines, line)


def _atoms(text: str, style: str, room: float) -> Iterator[tuple[str, bool]]:
    """Yield what a line is not broken within, and whether a space stands before it."""
    for word in text.split():
        if width_of(word, style) <= room and not _is_chinese(word):
            yield word, True
            continue
        for place, cluster in enumerate(clusters(word)):
            yield cluster, not place


def _is_chinese(word: str) -> bool:
    """Tell whether a word is of a script that has no spaces between its words, and may be broken anywhere."""
    return not word.isascii() and any(unicodedata.east_asian_width(c) == "W" for c in word)
