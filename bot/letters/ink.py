"""What a pen left in a field of a letter, and how well its print can be read: measured on a page that was laid over.

Ink is what is dark where nothing is printed. Of that, what is as broad as no pen writes (a stain, a shadow) is left
out, and so are specks and what is as straight and thin as the edge of a fold.
"""

from collections.abc import Iterator
from statistics import median

from PIL import Image, ImageChops, ImageFilter

from bot.letters.placing import DOT, WHITE, Laid, apart, middle
from bot.letters.plane import Point
from bot.letters.sheet import HEIGHT, Field
from domain.papers.pens import Ink

_PRINTED = 225  # a level of the blank page below which something is printed
_INK = 190  # a level below which something was written
_AROUND = 7  # pixels: so broad a brush keeps what was printed out of the ink, where it lies off a little
_BROAD = 13  # pixels that no pen's stroke is broad
_SPECK = 9  # pixels of a stroke at least
_THIN = 5  # pixels: a stroke that is so low all along is the edge of a fold, or the line itself
_NEAR = 300.0  # pixels around a field, whose print tells how it lies
_LEAST_NEAR = 2
_MARGIN = 4  # pixels below a field's line
Stroke = list[tuple[int, int]]


def ink_in(laid: Laid, field: Field) -> Ink | None:
    """Return what was written in a field; None where the print around it was not found."""
    box = (field.left * DOT, (HEIGHT - field.top) * DOT, field.right * DOT, (HEIGHT - field.bottom) * DOT + _MARGIN)
    off = _off_near(laid, ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2))
    if off is None:
        return None
    seen = laid.seen.crop(tuple(round(edge + off[place % 2]) for place, edge in enumerate(box)))  # type: ignore[arg-type] # a box has four
    blank = laid.blank.crop(tuple(map(round, box)))  # type: ignore[arg-type] # so has this one
    strokes = [each for each in strokes_of(written(seen, blank)) if _is_pens(each)]
    columns, rows = {x for each in strokes for x, _ in each}, {y for each in strokes for _, y in each}
    return Ink(len(columns) / DOT, len(rows) / DOT, sum(map(len, strokes)) / DOT**2)


def sharpness(laid: Laid) -> float:
    """Return how well the print stands out from the paper: 1 as printed, 0 not at all."""
    there = printed = 0.0
    for box, off in laid.pieces:
        blank = laid.blank.crop(box)
        seen = laid.seen.crop(tuple(round(edge + off[place % 2]) for place, edge in enumerate(box)))  # type: ignore[arg-type] # a box has four
        there += _detail(seen)
        printed += _detail(blank)
    return min(1.0, there / printed) if printed else 0.0


def _detail(piece: Image.Image) -> float:
    """Return how much of a piece differs from itself out of focus."""
    levels = ImageChops.difference(piece, piece.filter(ImageFilter.GaussianBlur(2))).histogram()
    return float(sum(level * count for level, count in enumerate(levels) if level > 12))


def _off_near(laid: Laid, where: Point) -> Point | None:
    """Return by how much the print around a place lies off."""
    near = [off for box, off in laid.pieces if apart(middle(box), where) < _NEAR]
    if len(near) < _LEAST_NEAR:
        return None
    return median(x for x, _ in near), median(y for _, y in near)


def written(seen: Image.Image, blank: Image.Image) -> Image.Image:
    """Return what is dark and was not printed, in white."""
    free = blank.filter(ImageFilter.MinFilter(_AROUND)).point(lambda level: WHITE if level >= _PRINTED else 0)
    dark = seen.point(lambda level: WHITE if level < _INK else 0)
    return ImageChops.subtract(ImageChops.multiply(dark, free), _broad(dark))


def _broad(dark: Image.Image) -> Image.Image:
    """Return what is broader than a pen's stroke, with its edges; means tell least and most quicker than ranks do."""
    inner = dark.filter(ImageFilter.BoxBlur(_BROAD // 2)).point(lambda level: WHITE if level == WHITE else 0)
    return inner.filter(ImageFilter.BoxBlur(_BROAD // 2 + 2)).point(lambda level: WHITE if level else 0)


def strokes_of(ink: Image.Image) -> Iterator[Stroke]:
    """Yield the pixels of ink that hang together."""
    wide, data = ink.width, ink.tobytes()
    left = {place for place, level in enumerate(data) if level}
    while left:
        stroke, edge = [], [left.pop()]
        while edge:
            place = edge.pop()
            stroke.append((place % wide, place // wide))
            near = {place + down + side for down in (-wide, 0, wide) for side in (-1, 0, 1)} & left
            left -= near
            edge += near
        yield stroke


def _is_pens(stroke: Stroke) -> bool:
    """Tell a pen's stroke from a speck and from the edge of a fold."""
    xs, ys = [x for x, _ in stroke], [y for _, y in stroke]
    wide, high = max(xs) - min(xs) + 1, max(ys) - min(ys) + 1
    return len(stroke) >= _SPECK and not (high <= _THIN and wide > 8 * high)
