"""Links to requests, shown in short where staff post them: in the desk's own channels, for staff's own posts alone.

Elsewhere somebody might read who may not, so there a link stays a link. Slack shows links to its own messages, cards
too, by itself and only to who can see the channel.
"""

import asyncio
import logging
import re
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import Block, ContextBlock, MarkdownTextObject, SectionBlock

from bot.slack import cards
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard, read_links
from bot.slack.listening import Kind, listener
from bot.slack.reply import Reply, Silence
from bot.wording import slack_text
from domain.desk.finding import Search
from domain.desk.lines import Line
from domain.orders.references import read_reference

Unfurls = dict[str, dict[str, Any]]

log = logging.getLogger(__name__)

MOST = 5  # links of one message
_REFERENCE = re.compile(r"/r/(?P<ref>P-[0-9A-Za-z]{5,8})/?(?:[?#].*)?")


def register(app: AsyncApp, desk: SlackDesk) -> None:
    """Register the event of links that were posted."""
    app.event("link_shared")(listener(desk, Kind(read_links, lambda _desk, _ack, _respond, _body: Silence()), _unfurl))


async def _unfurl(desk: SlackDesk, heard: Heard, _reply: Reply) -> None:
    """Show the requests of a message's links in short."""
    if heard.text not in (desk.settings.channel, *desk.policy.channels):
        return
    links = {link: ref for link in heard.entered["links"][:MOST] if (ref := reference_in(desk, link))}
    found = await asyncio.gather(*(desk.board.find(Search(words=ref, limit=1)) for ref in links.values()))
    unfurls: Unfurls = {
        link: {"blocks": [block.to_dict() for block in _short(desk, lines[0])]}
        for (link, ref), lines in zip(links.items(), found, strict=True)
        if lines and lines[0].ref == ref
    }
    if unfurls:
        await _show(desk, heard, unfurls)


async def _show(desk: SlackDesk, heard: Heard, unfurls: Unfurls) -> None:
    [ts] = heard.entered["ts"]
    try:
        await desk.client.chat_unfurl(channel=heard.text, ts=ts, unfurls=unfurls)
    except (SlackApiError, TimeoutError, aiohttp.ClientError, OSError) as e:
        log.warning("slack not_unfurled error=%s", type(e).__name__)


def reference_in(desk: SlackDesk, link: str) -> str | None:
    """Return the reference that a link of ours names; None for any other."""
    ours = desk.settings.public_url
    found = _REFERENCE.fullmatch(link.removeprefix(ours)) if ours and link.startswith(ours) else None
    return read_reference(found["ref"]) if found else None


def _short(desk: SlackDesk, line: Line) -> list[Block]:
    about = slack_text("link.about", {"ref": line.ref})
    return [
        SectionBlock(text=MarkdownTextObject(text=cards.line(line, desk.now(), desk.policy))),
        ContextBlock(elements=[MarkdownTextObject(text=about)]),
    ]
