"""`/port out` with a number of ours that no request here moved: no card can keep a checklist, so it is told."""

from bot.slack.desk import SlackDesk
from domain.desk.state import Told
from domain.errors import Unreadable
from domain.numbers import read_phone, show
from domain.numbers.inventory import TRACKING
from domain.numbers.verdicts import SERVED


async def without_request(desk: SlackDesk, said: str) -> Told | None:
    """Return what to do about a number of the inventory that is asked for; None: the words name none."""
    found = read_phone(said, SERVED)
    ours = None if isinstance(found, Unreadable) else await desk.board.ours(found.e164)
    if ours is None or ours.role != TRACKING or isinstance(found, Unreadable):  # others are not with us
        return None
    return Told("out.no_request", {"number": show(found), "hours": str(desk.policy.port_out_hours)})
