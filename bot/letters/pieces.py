"""Each piece of a page's print, a word at most: whether it can be read where it was seen, and what is written on it."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import mul
from statistics import median

from PIL import Image, ImageChops, ImageFilter

from bot.letters.placing import DOT, WHITE, Box, Laid, apart, middle
from bot.letters.plane import Point

_ALIKE = (
    0.4  # from where a piece is the one that was printed; what could be seen was 0.62 at least, what was hidden 0.2
)
_FAINT = 0.15  # of the darkness with which it was printed
_STEPS = 5  # pixels that a piece is looked for from where those around it lie
_AROUND = 3  # pixels: so broad a brush keeps the edge of what was printed out of the ink on it
_FREE = 225  # a level from which nothing is printed
_INK = 150  # a level below which something was written on print
_EDGE = 2  # pixels around a piece that belong to it
_NEIGHBOURS = 5
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of print as it was found. `off`: by how many pixels it lies off; `struck`: square points of ink on it."""

    box: Box
    off: Place
    is_read: bool
    struck: float


def piece_of(laid: Laid, box: Box) -> Piece:
    """Look for a piece of print."""
    alike, dark, off = _best(laid, box, _near(laid, box))
    is_read = alike >= _ALIKE and dark >= _FAINT
    return Piece(box, off, is_read, _written_on(laid, box, off) / DOT**2)


def off_near(pieces: list[tuple[Box, Point]], where: Point) -> Place:
    """Return by how much the print around a place lies off, in whole pixels."""
    nearest = sorted(pieces, key=lambda piece: apart(middle(piece[0]), where))[:_NEIGHBOURS]
    if not nearest:
        return 0, 0
    return round(median(off[0] for _, off in nearest)), round(median(off[1] for _, off in nearest))


def _near(laid: Laid, box: Box) -> Place:
    return off_near(list(laid.pieces), middle(box))


def _best(laid: Laid, box: Box, start: Place) -> tuple[float, float, Place]:
    """Return how alike the likest place is, how dark it is there, and where it is."""
    printed = ImageChops.invert(laid.blank.crop(box))
    known: dict[Place, tuple[float, float]] = {}

    def at(place: Place) -> tuple[float, float]:
        if place not in known:
            known[place] = _compared(printed, ImageChops.invert(laid.seen.crop(_moved(box, place))))
        return known[place]

    place = _climbed(start, at)
    if at(place)[0] < 2 * _ALIKE:  # it may have gone up the wrong hill
        reach = range(-_STEPS, _STEPS + 1, 2)
        likest = max(((start[0] + x, start[1] + y) for x in reach for y in reach), key=lambda each: at(each)[0])
        place = max(place, _climbed(likest, at), key=lambda each: at(each)[0])
    return *at(place), place


def _climbed(place: Place, at: Callable[[Place], tuple[float, float]]) -> Place:
    for _ in range(_STEPS):
        best = max(((place[0] + x, place[1] + y) for x in (-1, 0, 1) for y in (-1, 0, 1)), key=lambda each: at(each)[0])
        if best == place:
            break
        place = best
    return place


def _compared(printed: Image.Image, seen: Image.Image) -> tuple[float, float]:
    """Return how alike two pieces are (1: the same but for light), and how dark the second is beside the first."""
    many = printed.width * printed.height
    one, other = _total(printed), _total(seen)
    both = WHITE * _total(ImageChops.multiply(printed, seen)) - one * other / many
    ones = WHITE * _total(ImageChops.multiply(printed, printed)) - one * one / many
    others = WHITE * _total(ImageChops.multiply(seen, seen)) - other * other / many
    if ones <= 0 or others <= 0:
        return 0.0, 0.0
    return float(both / (ones * others) ** 0.5), float(both / ones)


def _written_on(laid: Laid, box: Box, off: Place) -> int:
    """Return how many pixels of a piece are dark where nothing was printed."""
    room = (box[0] - _EDGE, box[1] - _EDGE, box[2] + _EDGE, box[3] + _EDGE)
    blank = laid.blank.crop((room[0] - 1, room[1] - 1, room[2] + 1, room[3] + 1)).filter(ImageFilter.MinFilter(_AROUND))
    free = blank.crop((1, 1, blank.width - 1, blank.height - 1)).point(lambda level: WHITE if level >= _FREE else 0)
    dark = laid.seen.crop(_moved(room, off)).point(lambda level: WHITE if level < _INK else 0)
    return ImageChops.multiply(free, dark).histogram()[WHITE]


def _moved(box: Box, by: Place) -> Box:
    return box[0] + by[0], box[1] + by[1], box[2] + by[0], box[3] + by[1]


def _total(piece: Image.Image) -> int:
    return sum(map(mul, piece.histogram(), range(WHITE + 1)))
