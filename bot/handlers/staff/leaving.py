"""`/port out` with a number of ours that no request here moved: no card can keep a checklist, so it is told."""

from bot.slack.desk import SlackDesk
from domain.desk.state import Told
from domain.errors import Unreadable
from domain.numbers import read_phone, show
from domain.numbers.verdicts import SERVED
from domain.wordkeys import nested


async def without_request(desk: SlackDesk, said: str) -> Told | None:
    """Return what to do about a number of the inventory that is asked for; None: the words name none."""
    found = read_phone(said, SERVED)
    ours = None if isinstance(found, Unreadable) else await desk.board.ours(found.e164)
    if ours is None or isinstance(found, Unreadable):
        return None
    role, hours = nested(f"inventory.role.{ours.role}"), str(desk.policy.port_out_hours)
    return Told("out.no_request", {"number": show(found), "role": role, "hours": hours})
