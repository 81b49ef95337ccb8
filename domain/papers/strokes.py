"""A signature as it was drawn on a page: lines of points, as its script sends them; nothing of it is a picture yet."""

import re
from dataclasses import dataclass

from domain.errors import Unreadable

WIDTH, HEIGHT = 600, 200  # the field's own units, whatever it measures on a screen
LONGEST = 60_000  # characters
MOST_POINTS = 6_000
_LEAST_POINTS = 8
_LEAST_SPAN = 40  # units that a signature is wide or high: a slip of the finger is none
_SHAPE = re.compile(r"\d{1,3},\d{1,3}(?:[ ;]\d{1,3},\d{1,3})*")


@dataclass(frozen=True, slots=True)
class Drawing:
    """What was drawn: lines, each of points from the left upper corner."""

    lines: tuple[tuple[tuple[int, int], ...], ...]


def read_drawing(text: str) -> Drawing | Unreadable:
    """Read `x,y x,y;x,y x,y`: points of lines, in a field of 600 by 200; what is no signature is refused."""
    if len(text) > LONGEST or not _SHAPE.fullmatch(text):
        return Unreadable("sign.draw")
    lines = tuple(tuple(map(_point, line.split(" "))) for line in text.split(";"))
    points = [point for line in lines for point in line]
    is_inside = all(x <= WIDTH and y <= HEIGHT for x, y in points)
    if not is_inside or not _LEAST_POINTS <= len(points) <= MOST_POINTS or _span(points) < _LEAST_SPAN:
        return Unreadable("sign.draw")
    return Drawing(lines)


def _point(text: str) -> tuple[int, int]:
    x, y = text.split(",")
    return int(x), int(y)


def _span(points: list[tuple[int, int]]) -> int:
    across, down = [x for x, _ in points], [y for _, y in points]
    return max(max(across) - min(across), max(down) - min(down))
