"""What was written on a page beside its print and outside its fields: strokes that no staple, fold or dust leaves."""

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from bot.letters.ink import Stroke, strokes_of, written
from bot.letters.pieces import Piece, off_near
from bot.letters.placing import DOT, SIZE, WHITE, Laid
from bot.letters.sheet import HEIGHT, Field

_TILE = (85, 110)  # pixels of a page that are laid over as one
_RIM = 28  # pixels at the edges of a page: what else lies on the table is seen there
_ABOVE, _BELOW = 25.0, 34.0  # points around the fields in which a signature may go: heading and name stand there
_STRAIGHT = 1.3  # pixels that a straight line's places lie beside it, on average: a staple, a fold, the edge of a sheet
_SPECK = 9  # pixels of a stroke at least


@dataclass(frozen=True, slots=True)
class Added:
    """A stroke beside the print: how far above the page's lower edge it is, and how long, in points."""

    y: float
    long: float


def added_to(laid: Laid, pieces: list[Piece], fields: list[Field]) -> Iterator[Added]:
    """Yield what was written beside the print."""
    page = _straightened(laid, pieces)
    for stroke in strokes_of(written(page, laid.blank)):
        xs, ys = [x for x, _ in stroke], [y for _, y in stroke]
        if len(stroke) >= _SPECK and not (_is_straight(stroke) or _is_at_rim(xs, ys) or _is_signature(ys, fields)):
            long = max(max(xs) - min(xs), max(ys) - min(ys)) + 1
            yield Added(HEIGHT - sum(ys) / len(ys) / DOT, long / DOT)


def _straightened(laid: Laid, pieces: list[Piece]) -> Image.Image:
    """Return a page as seen, each part of it moved to where the print around it belongs."""
    found = [(piece.box, (float(piece.off[0]), float(piece.off[1]))) for piece in pieces if piece.is_read]
    page = Image.new("L", SIZE, WHITE)
    for top in range(0, SIZE[1], _TILE[1]):
        for left in range(0, SIZE[0], _TILE[0]):
            x, y = off_near(found, (left + _TILE[0] / 2, top + _TILE[1] / 2))
            page.paste(laid.seen.crop((left + x, top + y, left + _TILE[0] + x, top + _TILE[1] + y)), (left, top))
    return page


def _is_straight(stroke: Stroke) -> bool:
    """Tell whether a stroke is a straight line, by how far its places lie from the line that fits them best."""
    many = len(stroke)
    x, y = sum(x for x, _ in stroke) / many, sum(y for _, y in stroke) / many
    xx = sum((each - x) ** 2 for each, _ in stroke) / many
    yy = sum((each - y) ** 2 for _, each in stroke) / many
    xy = sum((one - x) * (other - y) for one, other in stroke) / many
    across = (xx + yy) / 2 - (((xx - yy) / 2) ** 2 + xy**2) ** 0.5
    return bool(across < _STRAIGHT**2)


def _is_at_rim(xs: list[int], ys: list[int]) -> bool:
    return min(xs) < _RIM or min(ys) < _RIM or max(xs) >= SIZE[0] - _RIM or max(ys) >= SIZE[1] - _RIM


def _is_signature(ys: list[int], fields: list[Field]) -> bool:
    """Tell whether a stroke goes through the room of the fields."""
    return any(
        min(ys) < (HEIGHT - field.bottom + _BELOW) * DOT and max(ys) > (HEIGHT - field.top - _ABOVE) * DOT
        for field in fields
    )
