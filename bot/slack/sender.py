"""Sends what is owed to staff: a request's card, posts in its thread, posts to the desk channel, whispers."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import Block
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Now, utc_now
from bot.sending import Never, Result, Sent
from bot.slack import cards
from bot.slack.marking import mark
from bot.slack.threads import fitting, joined
from bot.slack.trouble import code_of, read_trouble
from bot.wording import slack_text
from domain.desk.eyes import LINK
from domain.desk.keeping import Board, Card, Outbox, Sheet, Waiting
from domain.desk.state import Owed
from domain.policy import Policy

MARK = "port_owed"  # the type of the metadata by which a message of ours is found again
LOOK_BACK = timedelta(days=7)
PAGE, PAGES = 200, 3  # messages a look-up reads at most, newest first
_PEOPLE = ("U", "W")  # what the ids of people begin with; those of channels with C, D or G
REMEMBERED = 2000  # cards whose last look is kept in memory

Payload = dict[str, str]
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A card as Slack is given it: turning its blocks into JSON costs more than all else, and is done once."""

    text: str
    blocks: list[Json]

    def look(self) -> str:
        """Return what two cards have in common that show the same."""
        return hashlib.sha256(json.dumps(self.blocks, sort_keys=True).encode()).hexdigest()


class SlackSender:
    """Delivers `card`, `post`, `reply`, `mark`, `channel` and `whisper`.

    Slack has no idempotency key: a message carries the owed row's id in its metadata, and one that may have arrived
    is looked up before it is sent again.
    """

    kinds = frozenset({"card", "post", "reply", "mark", "channel", "whisper"})

    def __init__(
        self,
        client: AsyncWebClient,
        channel: str,
        board: Board,
        outbox: Outbox,
        policy: Policy,
        now: Now = utc_now,
        link_to: Callable[[int, str], str] | None = None,
    ) -> None:
        self._client = client
        self._channel = channel
        self._board = board
        self._outbox = outbox
        self._policy = policy
        self._now = now
        self._link_to = link_to
        self._budget = policy.lease.total_seconds() * 0.45
        self._looks: dict[int, str] = {}
        self._ways: dict[str, Callable[[Waiting], Awaitable[Result]]] = {
            "card": self._send_card,
            "post": self._send_post,
            "reply": self._send_post,
            "mark": partial(mark, client, outbox),
            "channel": self._send_to_channel,
            "whisper": self._send_whisper,
        }

    async def send(self, waiting: Waiting) -> Result:
        """Try once; see `bot.sending.Sender`."""
        try:
            async with asyncio.timeout(self._budget):
                return await self._ways[waiting.owed.kind](waiting)
        except (SlackApiError, aiohttp.ClientError, OSError) as e:
            return read_trouble(e, waiting.attempts)

    # cards

    async def _send_card(self, waiting: Waiting) -> Result:
        request_id = int(waiting.owed.address)
        sheet = await self._board.sheet(request_id=request_id)
        if sheet is None:
            return Never("gone")
        shown, drawn = await self._outbox.card(request_id), self._drawn(sheet)
        if shown is None:
            shown = await self._first_card(waiting, sheet, drawn)
        elif not self._is_shown(shown, sheet, drawn):
            shown = await self._renewed(waiting, sheet, drawn, shown)
        return Sent(shown.message_id, shown)

    def _drawn(self, sheet: Sheet) -> "_Drawn":
        message = cards.card(sheet, self._policy)
        return _Drawn(message.text, [block.to_dict() for block in message.blocks])

    def _is_shown(self, shown: Card, sheet: Sheet, drawn: "_Drawn") -> bool:
        """Tell whether a card stands as it should; papers and a blocked chat change it without a new version."""
        is_old = shown.version < sheet.case.request.version
        return not is_old and self._looks.get(shown.request_id) == drawn.look()

    async def _first_card(self, waiting: Waiting, sheet: Sheet, drawn: "_Drawn") -> Card:
        """Post a request's card, or adopt one that an earlier try left there."""
        request_id = sheet.case.request.id
        channel = self._channel_of(sheet)
        found = await self._find(waiting, None, lambda p: p.get("card") == str(request_id), channel)
        if found is None:
            return await self._post_card(waiting, sheet, drawn)
        card = Card(request_id, channel, found, 0)
        return await self._renewed(waiting, sheet, drawn, card)

    async def _post_card(self, waiting: Waiting, sheet: Sheet, drawn: "_Drawn") -> Card:
        request = sheet.case.request
        payload = {"owed": str(waiting.owed.id), "card": str(request.id)}
        channel = self._channel_of(sheet)
        ts = await self._post(channel, drawn.text, payload, blocks=drawn.blocks)
        return self._noted(Card(request.id, channel, ts, request.version), drawn)

    def _channel_of(self, sheet: Sheet) -> str:
        """Return where a request's card belongs: the policy says so by company, class or region."""
        return self._policy.channel_of(sheet.case) or self._channel

    async def _renewed(self, waiting: Waiting, sheet: Sheet, drawn: "_Drawn", old: Card) -> Card:
        """Edit a card; one that was deleted is posted anew."""
        request = sheet.case.request
        try:
            await self._client.chat_update(
                channel=old.channel, ts=old.message_id, text=drawn.text, blocks=drawn.blocks, parse="none"
            )
        except SlackApiError as e:
            if code_of(e) not in ("message_not_found", "cant_update_message"):
                raise
            return await self._post_card(waiting, sheet, drawn)
        return self._noted(Card(request.id, old.channel, old.message_id, request.version), drawn)

    def _noted(self, card: Card, drawn: "_Drawn") -> Card:
        """Note where a card stands at once: a thread post that fails after it must not cost its place."""
        self._outbox.settle(card)
        self._looks.pop(card.request_id, None)
        self._looks[card.request_id] = drawn.look()
        if len(self._looks) > REMEMBERED:
            del self._looks[next(iter(self._looks))]
        return card

    # posts

    async def _send_post(self, waiting: Waiting) -> Result:
        """Post into a card's thread; a card that is not there yet, or was deleted, is posted first.

        What may go with it goes as the same message, as far as it fits.
        """
        request_id = int(waiting.owed.address)
        posts = await self._thread_posts(waiting)
        shown = await self._outbox.card(request_id)
        try:
            if shown is not None:
                return await self._together(waiting, shown.channel, shown.message_id, posts)
        except SlackApiError as e:
            if code_of(e) != "thread_not_found":
                raise
        sheet = await self._board.sheet(request_id=request_id)
        if sheet is None:
            return Never("gone")
        put = self._first_card if shown is None else self._post_card
        card = await put(waiting, sheet, self._drawn(sheet))
        return await self._together(waiting, card.channel, card.message_id, posts)

    async def _thread_posts(self, waiting: Waiting) -> dict[str, cards.Message]:
        """Return the posts of a thread that fit into one message, by the ids of what is owed.

        Their buttons carry the request's reference, which is looked up for them.
        """
        together = (waiting.owed, *waiting.more)
        has_buttons = any(owed.buttons for owed in together)
        sheet = await self._board.sheet(request_id=int(waiting.owed.address)) if has_buttons else None
        ref = sheet.case.request.ref if sheet is not None else ""
        messages = [cards.thread_post(owed, ref) if owed.buttons and ref else _words(owed) for owed in together]
        most = fitting(messages)
        return {str(owed.id): message for owed, message in zip(together[:most], messages[:most], strict=True)}

    async def _together(self, waiting: Waiting, channel: str, root: str, posts: dict[str, cards.Message]) -> Result:
        """Post as one message what no earlier try did."""
        went = await self._went(waiting, channel, root)
        new = {number: message for number, message in posts.items() if number not in went}
        if new:
            message, payload = joined(tuple(new.values())), {"owed": " ".join(new)}
            ts = await self._post(channel, message.text, payload, root=root, blocks=message.blocks)
            went |= dict.fromkeys(new, ts)
        first, *more = (went[number] for number in posts)
        return Sent(first, more=tuple(more))

    async def _went(self, waiting: Waiting, channel: str, root: str) -> dict[str, str]:
        """Return in which messages of a thread an earlier try may have left posts; of a first try nothing."""
        went: dict[str, str] = {}
        async for payload, ts in self._earlier(waiting, root, channel):
            if "card" not in payload:
                went |= dict.fromkeys(payload.get("owed", "").split(), ts)
        return went

    async def _send_to_channel(self, waiting: Waiting) -> Result:
        owed = waiting.owed
        message = cards.channel_post(owed) if owed.buttons else _words(owed)
        channel = await self._direct(owed.address) if owed.address.startswith(_PEOPLE) else owed.address
        return await self._once(waiting, channel or self._channel, None, message)

    async def _direct(self, user: str) -> str:
        """Return the channel of direct messages to a person."""
        opened = await self._client.conversations_open(users=user)
        return str((opened["channel"] or {})["id"])

    async def _once(self, waiting: Waiting, channel: str, root: str | None, message: cards.Message) -> Result:
        """Post a message unless an earlier try did."""
        owed = waiting.owed
        found = await self._find(waiting, root, lambda p: p.get("owed") == str(owed.id) and "card" not in p, channel)
        if found is not None:
            return Sent(found)
        payload = {"owed": str(owed.id)}
        return Sent(await self._post(channel, message.text, payload, root=root, blocks=message.blocks))

    async def _post(
        self, channel: str, text: str, payload: Payload, *, root: str | None = None, blocks: Sequence[Block | Json] = ()
    ) -> str:
        answer = await self._client.chat_postMessage(
            channel=channel,
            text=text,
            blocks=list(blocks) or None,
            thread_ts=root,
            metadata={"event_type": MARK, "event_payload": payload},
            parse="none",
            link_names=False,
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(answer["ts"])

    # whispers

    async def _send_whisper(self, waiting: Waiting) -> Result:
        """Tell one of the staff alone: in the desk channel, or directly when they are not in it."""
        owed = waiting.owed
        message = cards.channel_post(owed) if owed.buttons else self._with_link(owed)
        try:
            told = await self._client.chat_postEphemeral(
                channel=self._channel,
                user=owed.address,
                text=message.text,
                blocks=list(message.blocks) or None,
                parse="none",
                link_names=False,
            )
            return Sent(str(told["message_ts"]))
        except SlackApiError as e:
            if code_of(e) not in ("user_not_in_channel", "not_in_channel"):
                raise
        return await self._once(waiting, await self._direct(owed.address), None, message)

    def _with_link(self, owed: Owed) -> cards.Message:
        """Return a message for one person; a one-time link is made only now, so that it is kept nowhere."""
        message = _words(owed)
        if owed.key != LINK or self._link_to is None:
            return message
        link = cards.link_block(self._link_to(int(owed.params["request"]), owed.address))
        return cards.Message(message.text, (*cards.sections(message.text), link))

    # looking up

    async def _find(
        self, waiting: Waiting, root: str | None, is_wanted: Callable[[Payload], bool], channel: str = ""
    ) -> str | None:
        """Return the ts of a message that an earlier try may have left; a first try looks nothing up."""
        async for payload, ts in self._earlier(waiting, root, channel):
            if is_wanted(payload):
                return ts
        return None

    async def _earlier(self, waiting: Waiting, root: str | None, channel: str) -> AsyncIterator[tuple[Payload, str]]:
        """Yield what messages carry that earlier tries may have left, and their ts; none before the first try."""
        cursor: str | None = None
        for _ in range(PAGES if waiting.attempts or waiting.ambiguous else 0):
            page = await self._page(channel or self._channel, root, cursor)
            for message in page["messages"] or ():
                yield _payload(message), str(message["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return

    async def _page(self, channel: str, root: str | None, cursor: str | None) -> Any:  # slack_sdk's
        oldest = f"{(self._now() - LOOK_BACK).timestamp():.6f}"
        if root is not None:
            return await self._client.conversations_replies(
                channel=channel, ts=root, include_all_metadata=True, oldest=oldest, limit=PAGE, cursor=cursor
            )
        return await self._client.conversations_history(
            channel=channel, include_all_metadata=True, oldest=oldest, limit=PAGE, cursor=cursor
        )


def _words(owed: Owed) -> cards.Message:
    return cards.Message(slack_text(owed.key, owed.params), ())


def _payload(message: dict[str, Any]) -> Payload:
    metadata = message.get("metadata") or {}
    return (metadata.get("event_payload") or {}) if metadata.get("event_type") == MARK else {}
