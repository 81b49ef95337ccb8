"""Requests handed out as a file: who may, what is written down of it, and cells that no spreadsheet takes for more."""

import re
import unicodedata

from domain.desk.eyes import Actor, may_go
from domain.desk.state import Changes, Moment, State, Told
from domain.desk.turn import Turn
from domain.policy import Policy
from domain.text import clean

MOST_ROWS = 20_000  # of one file
LONGEST_CELL = 500
_STARTS = frozenset("=+-@|%")
_TAKEN_FOR_A_NUMBER = re.compile(r"0\d+|\d{12,}|\d+[eE]\d+")  # an order number would lose zeros, or digits at its end


def export(state: State, moment: Moment, *, actor: Actor, filters: str, reason: str | None, policy: Policy) -> Changes:
    """Owe somebody a file of the requests that filters name, or keep the wish for it. Raises Refused."""
    turn = Turn(state, moment, f"staff:{actor.user}", policy)
    if may_go(turn, "export", filters, actor, reason):
        turn.note("exported", detail=filters)
        turn.send_export(actor.user, {"filters": filters, "by": actor.user})
        turn.told = Told("export.done_for" if actor.confirmed is not None else "export.done", {"who": actor.user})
    return turn.changes()


def cell(text: str) -> str:
    """Return a value as text that no spreadsheet takes for a formula (OWASP, CSV injection; read 2026-11-22).

    Nothing unseen, no line ends and no space before it are left; what could begin a formula, in whatever width it is
    written, gets an apostrophe, and digits do that a spreadsheet would shorten.
    """
    plain = clean(text)[:LONGEST_CELL]
    first = unicodedata.normalize("NFKC", plain[:1])[:1]
    return f"'{plain}" if first in _STARTS or _TAKEN_FOR_A_NUMBER.fullmatch(plain) else plain
