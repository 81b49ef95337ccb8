"""A view for who pressed, and the request that a button or a form is about."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View

from bot.slack.deciding import answer, await_at_the_end, left
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard
from bot.slack.listening import told_for
from bot.slack.reply import FormReply, Reply, sentence_view
from bot.slack.trouble import code_of
from domain.desk.state import Told
from domain.errors import Refused
from domain.orders.references import read_reference

log = logging.getLogger(__name__)
T = TypeVar("T")


async def open_view(desk: SlackDesk, heard: Heard, reply: Reply, view: View) -> str:
    """Open a view for who pressed, and return its id; empty when the three seconds were over, which they are told."""
    try:
        opened = await desk.client.views_open(trigger_id=heard.trigger_id, view=view)
        return str((opened.get("view") or {}).get("id") or "")
    except SlackApiError as e:
        if code_of(e) not in ("expired_trigger_id", "exchanged_trigger_id", "trigger_expired", "trigger_exchanged"):
            raise
        await answer(desk, heard, reply, Told("staff.form.late", error=True))
        return ""


async def in_time(desk: SlackDesk, heard: Heard, reply: FormReply, work: Awaitable[T], title: str) -> T:
    """Return what a form waits for; where that takes longer than Slack waits, the form says so meanwhile.

    `title`: the wording key of the form's. What it held is gone then: whoever waits here does so in `given_back`.
    """
    task = asyncio.ensure_future(work)
    await asyncio.wait({task}, timeout=left(desk, heard))
    if not task.done():
        await_at_the_end(desk)
        await reply.put(sentence_view(Told("form.looking"), title))
    return await task


@asynccontextmanager
async def given_back(
    desk: SlackDesk, heard: Heard, reply: FormReply, again: Callable[[Told], View]
) -> AsyncIterator[None]:
    """Where something goes wrong in here after the form was replaced, put it back filled, and say in it what.

    While the form stands, and where it was closed, the error goes on.
    """
    try:
        yield
    except Exception as e:  # any error: what was entered is to be kept, whatever went wrong
        if not reply.is_answered or not await place(desk, heard, reply, again(told_for(e))):
            raise


async def place(desk: SlackDesk, heard: Heard, reply: FormReply, view: View) -> bool:
    """Put a view in a form's place, in the acknowledgement or after it; tell whether the form was still there."""
    if await reply.put(view):
        return True
    try:
        await desk.client.views_update(view_id=heard.view, view=view)
    except (SlackApiError, TimeoutError, aiohttp.ClientError, OSError) as e:
        log.warning("slack view_lost error=%s", type(e).__name__)
        return False
    return True


def reference_of(heard: Heard) -> str:
    """Return the reference that a button or a form carries. Raises: Refused, when it carries none."""
    ref = read_reference(heard.text.partition(" ")[0])
    if ref is None:
        raise Refused("staff.form.stale")
    return ref
