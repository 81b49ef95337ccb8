"""`/port stats` and `/port digest`: the desk in figures, and what waits for one person now."""

from datetime import timedelta

from bot.slack import cards, finding
from bot.slack.desk import SlackDesk
from bot.slack.figures import figures
from bot.slack.heard import Heard
from bot.slack.reply import Reply
from bot.wording import slack_text
from domain.desk.digesting import figures_of as desk_params
from domain.desk.home import Glance
from domain.desk.preferring import digest_params
from domain.errors import Refused
from domain.promises.notices import STALE_AFTER

SPANS = (7, 30, 90)  # days
USUAL = 30  # that are told in detail
MOST_DAYS = 366
SHOWN = 10


async def stats(desk: SlackDesk, _heard: Heard, reply: Reply, rest: str) -> None:
    """Show figures of 7, 30 and 90 days; those of the days that are named in detail."""
    wanted = rest.split(maxsplit=1)[0] if rest else str(USUAL)
    if not wanted.isdecimal() or not 1 <= int(wanted) <= MOST_DAYS:
        raise Refused("stats.which", given=rest[:30], most=str(MOST_DAYS))
    spans = tuple(sorted({*SPANS, int(wanted)}))
    await reply.take()
    # One after the other: each looks through much, and whoever else reads shall find a free thread.
    found = [await desk.board.figures(desk.now() - timedelta(days=days)) for days in spans]
    text = figures(dict(zip(spans, found, strict=True)), int(wanted))
    await reply.show(text, tuple(cards.sections(text)))


async def digest(desk: SlackDesk, heard: Heard, reply: Reply, _rest: str) -> None:
    """Show the desk's digest as it would come now, then one's own, with a button for each of one's own requests."""
    await reply.take()
    now = desk.now()
    glance = Glance(heard.user, now.astimezone(desk.policy.desk_zone).date(), now - STALE_AFTER, "mine", limit=SHOWN)
    seen = await desk.board.home(glance)
    numbers = await desk.board.numbers(today=glance.today.isoformat(), stale_before=glance.stale_before)
    desks = slack_text("digest_now", desk_params(numbers))
    own = slack_text("digest_own", digest_params(seen))
    blocks = (*cards.sections(desks), *cards.sections(own), *finding.lines(seen.lines, now, desk.policy))
    await reply.show(f"{desks}\n{own}", blocks)
