"""The digests that staff have sent to themselves: read when they are due, for who is of the staff then."""

from functools import partial

from bot.slack.desk import SlackDesk
from domain.desk import preferring
from domain.desk.home import Glance
from domain.desk.state import Decide, Due
from domain.promises.notices import STALE_AFTER

MOST_LINES = 10


class Digests:
    """Makes the decision of a person's digest that is due."""

    def __init__(self, desk: SlackDesk) -> None:
        self._desk = desk

    async def decision(self, due: Due) -> Decide:
        """Return what comes of it; nothing is told to who is not of the staff, or while Slack does not say so."""
        desk, user = self._desk, preferring.whose(due)
        member = await desk.board.member(user)
        is_staff = member.digest_dm and await desk.authority.is_staff(user)
        now = desk.now()
        today = now.astimezone(desk.policy.desk_zone).date()
        glance = Glance(user, today, now - STALE_AFTER, "mine", limit=MOST_LINES)
        seen = await desk.board.home(glance) if is_staff else None
        return partial(preferring.digest, due=due, member=member, seen=seen, policy=desk.policy)
