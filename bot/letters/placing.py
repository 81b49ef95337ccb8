"""Laying a scan or photo of a page over the page as it was printed: from its QR code outwards, by the print itself.

The code alone is too small to tell where the far end of a page is. So what is printed near it is looked for first, and
what lies further out where that says, until all of the page is found.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import mul
from typing import Any

from PIL import Image, ImageChops, ImageFilter, ImageMath

from bot.letters.plane import Map, Pair, Point, fit, put, shrunk
from bot.letters.printing import FOOT, QR
from bot.letters.sheet import HEIGHT, RIGHT, WIDTH

DPI = 100
DOT = DPI / 72  # pixels of a laid page in a point
SIZE = (round(WIDTH * DOT), round(HEIGHT * DOT))
WHITE = 255
Box = tuple[int, int, int, int]
_CELL = (64, 28)  # pixels of a piece of print that is looked for
_LEAST_INK = 0.05  # of a piece, else it cannot be told from the next one
_ALL = 2000.0  # pixels around the code: a whole page
_REACHES = (150.0, 240.0, 360.0, 540.0, 800.0, _ALL)  # round by round
_FIRST = 16  # pieces near the code, of which none is left out
_MOST = 48  # pieces that are looked for
_TILTED_FROM = 300.0  # a reach from which perspective can be told
_OFF = 9  # pixels that a piece may lie from where it is looked for
_ALIKE = 0.3  # of a piece's print that has to be there
_ODD = 3.0  # pixels of the laid page: what lies further from where all others say is a mistake
_LEVELS = tuple(range(256))
_BACK = 8  # the paper's own brightness is told from squares of so many pixels
_PAPER = 0.88  # of the brightest around: what is as bright as this is paper, and its grain


@dataclass(frozen=True, slots=True)
class Laid:
    """A page as it was seen, laid over itself as printed (grey, `SIZE`), with the light taken out.

    `blank`: as printed. `dpi`: pixels of the picture for an inch of paper. `pieces`: each piece of print that was
    found, its box and by how much it still lies off; `wanted`: how many were looked for.
    """

    seen: Image.Image
    blank: Image.Image
    dpi: float
    pieces: tuple[tuple[Box, Point], ...]
    wanted: int


def lay(picture: Image.Image, corners: tuple[Point, ...], blank: Image.Image) -> Laid | None:
    """Lay a picture over a page; None where nothing fits. `corners`: of its code, from the top left clockwise."""
    cells = _spread(list(_cells(blank)))
    pairs: list[Pair] = [*zip(CODE, corners, strict=True)]
    which = fit(pairs, is_tilted=False)
    laid, found = None, []
    for out in _REACHES:
        if which is None or not _is_sane(which):
            return None
        laid = _evened(_warped(picture, which))
        near = [box for box in cells if _far(box) < out]
        found = [(box, off) for box in near if (off := _sought(laid, blank, box)) is not None]
        pairs = [(middle(box), put(which, _moved(middle(box), off))) for box, off in found]
        is_tilted = out > _TILTED_FROM
        which = _fitted([*pairs, *zip(CODE, corners, strict=True)] if not is_tilted else pairs, is_tilted=is_tilted)
    if which is None or laid is None or not cells:
        return None
    laid = _evened(_warped(picture, which))
    pieces = [(box, off) for box in cells if (off := _sought(laid, blank, box)) is not None]
    return Laid(laid, blank, _dpi(which), tuple(pieces), len(cells))


def _corners() -> tuple[Point, ...]:
    left, right, top, bottom = RIGHT - QR, RIGHT, HEIGHT - FOOT - QR, HEIGHT - FOOT
    return tuple((x * DOT, y * DOT) for x, y in ((left, top), (right, top), (right, bottom), (left, bottom)))


CODE = _corners()
_MIDDLE = (sum(x for x, _ in CODE) / 4, sum(y for _, y in CODE) / 4)


def _cells(blank: Image.Image) -> Iterator[Box]:
    """Yield the boxes of a page in which enough is printed."""
    wide, high = _CELL
    for top in range(_OFF + 2, SIZE[1] - high - _OFF - 2, high):
        for left in range(_OFF + 2, SIZE[0] - wide - _OFF - 2, wide):
            box = (left, top, left + wide, top + high)
            if _dark(blank.crop(box)) > _LEAST_INK * wide * high * WHITE:
                yield box


def _spread(cells: list[Box]) -> list[Box]:
    """Return as many pieces as are looked for: the nearest to the code, and of the others each so many."""
    by_distance = sorted(cells, key=_far)
    first, rest = by_distance[:_FIRST], by_distance[_FIRST:]
    step = max(1, -(-len(rest) // (_MOST - _FIRST)))
    return first + rest[::step]


def _dark(piece: Image.Image) -> int:
    return piece.width * piece.height * WHITE - _total(piece)


def _total(piece: Image.Image) -> int:
    """Return the sum of all levels."""
    levels: list[int] = piece.histogram()
    return sum(map(mul, levels, _LEVELS))


def _sought(laid: Image.Image, blank: Image.Image, box: Box) -> Point | None:
    """Return by how much a piece of print lies off; None where it is not seen."""
    piece = blank.crop(box)
    worst = _dark(piece)

    def differs(x: int, y: int) -> int:
        there = laid.crop((box[0] + x, box[1] + y, box[2] + x, box[3] + y))
        return _total(ImageChops.difference(piece, there))

    coarse = range(-_OFF + 1, _OFF, 2)
    _, x, y = min((differs(x, y), x, y) for x in coarse for y in coarse)
    near = {(i, j): differs(x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1)}
    least = min(near, key=lambda at: near[at])
    if near[least] > (1 - _ALIKE) * worst:
        return None
    x, y = x + least[0], y + least[1]
    at = near[least]
    return (
        x + _between(differs(x - 1, y), at, differs(x + 1, y)),
        y + _between(differs(x, y - 1), at, differs(x, y + 1)),
    )


def _between(before: int, at: int, after: int) -> float:
    """Return how far from the middle of three sums the least one would be."""
    bend = before - 2 * at + after
    return max(-0.5, min(0.5, (before - after) / (2 * bend))) if bend > 0 else 0.0


def _fitted(pairs: list[Pair], *, is_tilted: bool) -> Map | None:
    """Return the map of most pairs, without those that it says are mistakes."""
    which = fit(pairs, is_tilted=is_tilted)
    for _ in range(3):
        if which is None:
            return None
        unit = _dpi(which) / DPI
        kept = [pair for pair in pairs if apart(put(which, pair[0]), pair[1]) < _ODD * unit]
        if len(kept) == len(pairs) or len(kept) < len(pairs) / 2:
            return which
        pairs = kept
        which = fit(pairs, is_tilted=is_tilted)
    return which


def _is_sane(which: Map) -> bool:
    """Tell whether a map turns no page over, and leaves none of it behind the camera or too small to be seen."""
    wide, high = SIZE
    under = [which[6] * x + which[7] * y + 1 for x in (0, wide) for y in (0, high)]
    return min(under) > 0.2 and max(under) < 5 and _dpi(which) > 20


def _dpi(which: Map) -> float:
    """Return how many pixels of the picture an inch of paper has, in the middle of the page."""
    x, y = SIZE[0] / 2, SIZE[1] / 2
    at, right, down = put(which, (x, y)), put(which, (x + 1, y)), put(which, (x, y + 1))
    area = (right[0] - at[0]) * (down[1] - at[1]) - (right[1] - at[1]) * (down[0] - at[0])
    return float(DPI * max(area, 0) ** 0.5)


def _warped(picture: Image.Image, which: Map) -> Image.Image:
    """Return the picture as the page lies in it; of one with far more pixels than are wanted, their means."""
    by = max(1, int(_dpi(which) / DPI / 1.2))
    small = picture.reduce(by) if by > 1 else picture
    return small.transform(
        SIZE, Image.Transform.PERSPECTIVE, shrunk(which, by), Image.Resampling.BICUBIC, fillcolor=WHITE
    )


def _evened(page: Image.Image) -> Image.Image:
    """Return a page with the light taken out: paper is white wherever it lies."""
    small = page.resize((page.width // _BACK, page.height // _BACK), Image.Resampling.BOX)
    back = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(2)).resize(page.size)
    paper = back.point(lambda level: max(1, int(level * _PAPER)))

    def even(args: dict[str, Any]) -> Any:
        return args["convert"](args["min"](args["page"] * WHITE / args["paper"], WHITE), "L")

    evened: Image.Image = ImageMath.lambda_eval(even, page=page, paper=paper)
    return evened


def middle(box: Box) -> Point:
    """Return the middle of a box."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _moved(place: Point, by: Point) -> Point:
    return place[0] + by[0], place[1] + by[1]


def apart(one: Point, other: Point) -> float:
    """Return how far two places lie apart."""
    return float(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)


def _far(box: Box) -> float:
    return apart(middle(box), _MIDDLE)


def code_dpi(corners: tuple[Point, ...]) -> float:
    """Return how many pixels of the picture an inch of paper has at the code of a page."""
    around = zip(corners, (*corners[1:], corners[0]), strict=True)
    return sum(apart(one, other) for one, other in around) / 4 / QR * 72
