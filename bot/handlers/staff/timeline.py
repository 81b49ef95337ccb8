"""A request's timeline, for whoever asks for it by a word or a button."""

from bot.slack.cards import Message
from bot.slack.desk import SlackDesk
from bot.slack.timeline import timeline
from domain.errors import NotFound

WORD = "timeline"  # behind the reference, in `/port show`


async def timeline_of(desk: SlackDesk, ref: str) -> Message:
    """Return a request's timeline. Raises NotFound."""
    story = await desk.board.story(ref)
    if story is None:
        raise NotFound("staff.not_found", ref=ref)
    return timeline(story, desk.now(), desk.policy)
