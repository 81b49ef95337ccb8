"""Requests handed out as a file: who may, what is written down of it, and cells that no spreadsheet takes for more."""

from domain.desk.eyes import Actor, may_go
from domain.desk.state import Changes, Moment, State, Told
from domain.desk.turn import Turn
from domain.policy import Policy
from domain.text import clean

MOST_ROWS = 20_000  # of one file
LONGEST_CELL = 500
_STARTS = tuple("=+-@|%＝＋－＠")  # noqa: RUF001 - full-width forms, which spreadsheets read as the plain ones


def export(state: State, moment: Moment, *, actor: Actor, filters: str, reason: str | None, policy: Policy) -> Changes:
    """Owe somebody a file of the requests that filters name, or keep the wish for it. Raises Refused."""
    turn = Turn(state, moment, f"staff:{actor.user}", policy)
    if may_go(turn, "export", filters, actor, reason):
        turn.note("exported", detail=filters)
        turn.send_export(actor.user, {"filters": filters, "by": actor.user})
        turn.told = Told("export.done")
    return turn.changes()


def cell(text: str) -> str:
    """Return a value as text that no spreadsheet takes for a formula (OWASP, CSV injection; read 2026-11-22).

    Nothing unseen, no line ends and no space before it are left; what could begin a formula gets an apostrophe.
    """
    plain = clean(text)[:LONGEST_CELL]
    return f"'{plain}" if plain.startswith(_STARTS) else plain
