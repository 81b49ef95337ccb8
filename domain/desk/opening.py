"""Staff look at what Slack must never show: PIN, account number, papers; by a link that opens once, with a history."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from domain.desk.on_paper import COPY
from domain.desk.state import Changes, Moment, State
from domain.desk.turn import Turn
from domain.papers.letter import LETTER

_LETTERS = (LETTER, COPY)
OPENS_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Link:
    """What one link opens: a request, or one of its papers (`paper_id` 0: the request). `once` names this very link."""

    request_id: int
    paper_id: int
    staff: str
    until: datetime
    once: int


def write_link(link: Link) -> str:
    """Return a link as text, to be sealed."""
    return f"{link.request_id} {link.paper_id} {link.staff} {link.until.isoformat()} {link.once}"


def read_link(text: str) -> Link | None:
    """Return the link that `write_link` wrote; None for anything else that was sealed here."""
    parts = text.split()
    if len(parts) != len(fields(Link)):
        return None
    request_id, paper_id, staff, until, once = parts
    return Link(int(request_id), int(paper_id), staff, datetime.fromisoformat(until), int(once))


def opened(state: State, moment: Moment, link: Link) -> Changes:
    """Write down who opened what; the turn's event id is the link itself, so that it opens once."""
    turn = Turn(state, moment, f"staff:{link.staff}")
    turn.note(_what(state, link), detail=str(link.paper_id or ""))
    return turn.changes()


def _what(state: State, link: Link) -> str:
    """Return what history calls it: who saw a letter that somebody signed is asked for by itself."""
    if not link.paper_id:
        return "opened_secrets"
    kind = next((paper.kind for paper in state.papers if paper.id == link.paper_id), "")
    return "opened_letter" if kind in _LETTERS else "opened_paper"
