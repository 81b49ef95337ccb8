"""Which place of a picture a place of a page is seen at: the plane map that fits pairs of places best.

A map is eight numbers, as Pillow's `Image.Transform.PERSPECTIVE` takes them: x' = (ax + by + c) / (gx + hy + 1),
y' = (dx + ey + f) / (gx + hy + 1).
"""

from collections.abc import Sequence

Point = tuple[float, float]
Pair = tuple[Point, Point]  # a place of the page, and of the picture
Map = tuple[float, ...]

_UNIT = 1000.0  # places are counted in so many pixels while a map is fitted, so that no number dwarfs another
_LEAST_PAIRS = 4
_FLAT = 1e-12


def put(which: Map, place: Point) -> Point:
    """Return where a place of the page is in the picture."""
    a, b, c, d, e, f, g, h = which
    x, y = place
    under = g * x + h * y + 1
    return (a * x + b * y + c) / under, (d * x + e * y + f) / under


def shrunk(which: Map, by: float) -> Map:
    """Return the map to the same picture, made smaller."""
    return (*(each / by for each in which[:6]), *which[6:])


def fit(pairs: Sequence[Pair], *, is_tilted: bool) -> Map | None:
    """Return the map that fits pairs best; None where they lie so that many do.

    `is_tilted`: with perspective; without it, what lies far from the pairs is told more safely.
    """
    if len(pairs) < _LEAST_PAIRS:
        return None
    size = 8 if is_tilted else 6
    rows = [row[:size] + row[8:] for pair in pairs for row in _rows(pair)]
    sums = [[sum(row[i] * row[j] for row in rows) for j in range(size + 1)] for i in range(size)]
    found = _solved(sums)
    if found is None:
        return None
    a, b, c, d, e, f, g, h = (*found, 0.0, 0.0)[:8]
    return a, b, c * _UNIT, d, e, f * _UNIT, g / _UNIT, h / _UNIT


def _rows(pair: Pair) -> tuple[list[float], list[float]]:
    """Return the two equations of a pair, with what they come to at the end."""
    (x, y), (u, v) = ((place[0] / _UNIT, place[1] / _UNIT) for place in pair)
    return [x, y, 1, 0, 0, 0, -u * x, -u * y, u], [0, 0, 0, x, y, 1, -v * x, -v * y, v]


def _solved(rows: list[list[float]]) -> list[float] | None:
    """Solve equations, each with its sum at the end; None where they have no one solution."""
    count = len(rows)
    for place in range(count):
        best = max(range(place, count), key=lambda row: abs(rows[row][place]))
        rows[place], rows[best] = rows[best], rows[place]
        if abs(rows[place][place]) < _FLAT:
            return None
        for row in range(count):
            if row != place:
                share = rows[row][place] / rows[place][place]
                rows[row] = [each - share * other for each, other in zip(rows[row], rows[place], strict=True)]
    return [row[-1] / row[place] for place, row in enumerate(rows)]
