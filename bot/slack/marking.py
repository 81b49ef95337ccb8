"""Says in a post of staff's reply what became of the message: the post is edited in place."""

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sending import Again, Never, Result, Sent
from bot.slack.trouble import code_of
from bot.wording import slack_text
from domain.desk.keeping import Outbox, Waiting
from domain.desk.replying import POST

_PAUSE = 0.5  # seconds until a post that was just sent is known to have been
_GONE = ("message_not_found", "cant_update_message", "channel_not_found")


async def mark(client: AsyncWebClient, outbox: Outbox, waiting: Waiting) -> Result:
    """Edit the post that an owed row names, once its place is known; one that was never posted needs no mark.

    Raises SlackApiError for what the sender reads as trouble.
    """
    owed = waiting.owed
    post, card = await outbox.fate(int(owed.params[POST])), await outbox.card(int(owed.address))
    if post is not None and post.how is None:
        return Again(_PAUSE, reason="unsettled")
    if post is None or post.external_id is None or card is None:
        return Never("gone")
    text = slack_text(owed.key, owed.params)
    try:
        await client.chat_update(channel=card.channel, ts=post.external_id, text=text, parse="none")
    except SlackApiError as e:
        if code_of(e) not in _GONE:
            raise
        return Never("gone")
    return Sent(post.external_id)
