"""What came of the parts of a page on its way: words that cannot be read any more, and what was written on it."""

from collections.abc import Sequence

from bot.letters.additions import Added, added_to
from bot.letters.pieces import Piece, piece_of
from bot.letters.placing import DOT, Box, Laid, middle
from bot.letters.press import SIGN
from bot.letters.sheet import HEIGHT, Field, Part, part_at
from domain.papers.pens import Worn

_MOST_HIDDEN = 3  # one in so many words; where more is not found, what is dark beside them need not be ink


def worn(laid: Laid, words: Sequence[Box], number: int, parts: Sequence[Part], fields: list[Field]) -> tuple[Worn, ...]:
    """Return those parts of a page on which something is hidden or written. `words`: where its print stands.

    Around the fields nothing is looked for: a signature may go over heading and name there.
    """
    found = [(part_at(parts, number, HEIGHT - middle(box)[1] / DOT), piece_of(laid, box)) for box in words]
    pieces = [(part, piece) for part, piece in found if part != SIGN]
    is_flat = _MOST_HIDDEN * sum(not piece.is_read for _, piece in pieces) <= len(pieces)
    beside = added_to(laid, [piece for _, piece in pieces], fields) if is_flat else ()
    added = [(part_at(parts, number, each.y), each) for each in beside]
    seen = [
        _worn(name, [piece for part, piece in pieces if part == name], [each for part, each in added if part == name])
        for name in dict.fromkeys([part for part, _ in (*pieces, *added)])
    ]
    return tuple(each for each in seen if each.hidden or each.struck or each.added)


def _worn(name: str, pieces: list[Piece], added: list[Added]) -> Worn:
    hidden = sum(not piece.is_read for piece in pieces)
    struck = max((piece.struck for piece in pieces if piece.is_read), default=0.0)
    return Worn(name, hidden, struck, max((each.long for each in added), default=0.0))
