"""The way back to the person who did something: one acknowledgement, then the response_url."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import aiohttp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import Block, MarkdownTextObject, PlainTextObject, SectionBlock
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from bot.wording import say, slack_text
from domain.desk.state import Told
from domain.text import clean

log = logging.getLogger(__name__)


class Reply(Protocol):
    """What every listener answers through. A second acknowledgement is none."""

    async def take(self) -> None:
        """Acknowledge without a word."""
        ...

    async def tell(self, told: Told) -> bool:
        """Answer the person alone; returns whether it can have reached them."""
        ...

    async def show(self, text: str, blocks: Sequence[Block]) -> bool:
        """Show blocks to the person alone; returns whether they can have reached them."""
        ...


class _Acked:
    """Acknowledges once and answers through the response_url from then on."""

    def __init__(self, ack: AsyncAck, respond: AsyncRespond, body: Mapping[str, Any]) -> None:
        self._ack = ack
        self._respond = respond
        self._body = body
        self._is_taken = False

    async def take(self) -> None:
        """Acknowledge without a word."""
        if not self._is_taken:
            self._is_taken = True
            await self._ack()

    async def show(self, text: str, blocks: Sequence[Block]) -> bool:
        """Show blocks through the response_url."""
        await self.take()
        return await self._post(text, blocks)

    async def _post(self, text: str, blocks: Sequence[Block] = (), *, in_place: bool = False) -> bool:
        if not self._respond.response_url:
            return False
        try:
            answer = await self._respond(
                text, blocks=list(blocks) or None, response_type="ephemeral", replace_original=in_place
            )
        except (TimeoutError, aiohttp.ClientError, OSError) as e:
            log.warning("slack response_url_failed error=%s", type(e).__name__)
            return False
        if answer.status_code != 200:
            log.warning("slack response_url_refused status=%d", answer.status_code)
        return answer.status_code == 200


class CommandReply(_Acked):
    """A command is answered in its acknowledgement while that is open."""

    async def tell(self, told: Told) -> bool:
        """Answer in the acknowledgement, or after it through the response_url."""
        text = slack_text(told.key, told.params)
        if self._is_taken:
            return await self._post(text)
        self._is_taken = True
        await self._ack(text=text, response_type="ephemeral")
        return True

    async def show(self, text: str, blocks: Sequence[Block]) -> bool:
        """Show blocks in the acknowledgement, or after it through the response_url."""
        if self._is_taken:
            return await self._post(text, blocks)
        self._is_taken = True
        await self._ack(text=text, blocks=list(blocks) or None, response_type="ephemeral")
        return True


class PressReply(_Acked):
    """A press is acknowledged without words; the words follow through the response_url."""

    async def tell(self, told: Told) -> bool:
        """Answer through the response_url."""
        await self.take()
        return await self._post(slack_text(told.key, told.params))

    async def replace(self, text: str, blocks: Sequence[Block]) -> bool:
        """Put blocks in the place of the message that was pressed in."""
        await self.take()
        return await self._post(text, blocks, in_place=True)


ALREADY_DONE = "staff.already_done"
_HEARD_BEFORE = (ALREADY_DONE, "phone.again")  # of what was heard before: how it was answered then is not known here
_FIELDS = {
    "edit.unreadable": "value", "edit.unclear": "value", "edit.secret": "value", "reply.secret": "words",
    "choose.secret": "words", "assign.not_staff": "person",
}  # fmt: skip
"""The block of a form at which an error is shown that is not about its first input."""

_IN_FORM = {
    "submit.order_needed": "form.submit.order_needed",
    "submit.secret": "form.submit.secret",
    "reply.nothing": "form.reply.nothing",
    "note.nothing": "form.note.nothing",
    "snooze.nothing": "form.snooze.nothing",
    "edit.nothing": "form.edit.empty",
    "hold.stands": "form.hold.stands",
}
"""Errors about what was left out, in a form's words: the others tell how to type it."""


def field_of(code: str, inputs: Sequence[str]) -> str:
    """Return the input at which an error belongs; the first one where it is about none in particular."""
    wanted = _FIELDS.get(code, "")
    return wanted if wanted in inputs else inputs[0]


def _inputs(view: Mapping[str, Any]) -> list[str]:
    """Return the blocks of a form at which an error can stand: its inputs, but no menu beside them."""
    others = {block.get("block_id") for block in view.get("blocks", ()) if block.get("type") != "input"}
    return [block for block in view.get("state", {}).get("values", {}) if block not in others]


def sentence_view(told: Told, title_key: str = "form.told") -> View:
    """Return a form that only says something."""
    title, close = (PlainTextObject(text=say(key, {}, "en", clean)) for key in (title_key, "form.close"))
    sentence = SectionBlock(text=MarkdownTextObject(text=slack_text(told.key, told.params)))
    return View(type="modal", title=title, close=close, blocks=[sentence])


class FormReply(_Acked):
    """A form is answered in its acknowledgement: an error at its first input, or all forms closed."""

    @property
    def form(self) -> Mapping[str, Any]:
        """The form as it was handed in: a view of Slack's payload."""
        view: Mapping[str, Any] = self._body.get("view") or {}
        return view

    @property
    def is_answered(self) -> bool:
        """Whether it was acknowledged, so that an error can be shown in it no more."""
        return self._is_taken

    async def tell(self, told: Told) -> bool:
        """Show an error at the form, or close it; a form acknowledged before can be told nothing more.

        One that came again is closed, and false is returned: nothing in it says what came of it the first time.
        """
        if self._is_taken:
            return False
        self._is_taken = True
        if told.key in _HEARD_BEFORE:
            await self._ack(response_action="clear")
            return False
        inputs = _inputs(self._body.get("view", {}))
        if told.error and inputs:
            field, key = field_of(told.key, inputs), _IN_FORM.get(told.key, told.key)
            await self._ack(response_action="errors", errors={field: say(key, told.params, "en", clean)})
        elif told.error:
            await self._ack(response_action="update", view=sentence_view(told))
        else:
            await self._ack(response_action="clear")
        return True

    async def correct(self, fields: Mapping[str, Told]) -> None:
        """Show an error at each of these inputs, by block id."""
        self._is_taken = True
        errors = {block: say(told.key, told.params, "en", clean) for block, told in fields.items()}
        await self._ack(response_action="errors", errors=errors)

    async def push(self, view: View) -> bool:
        """Put another form on top of this one; returns whether it could be."""
        if self._is_taken:
            return False
        self._is_taken = True
        await self._ack(response_action="push", view=view)
        return True

    async def put(self, view: View) -> bool:
        """Put another form in this one's place; returns whether it could be."""
        if self._is_taken:
            return False
        self._is_taken = True
        await self._ack(response_action="update", view=view)
        return True


class HomeReply:
    """What a person reads in the app's Home tab; Bolt acknowledges its events by itself."""

    def __init__(self, client: AsyncWebClient, user: str) -> None:
        self._client = client
        self._user = user

    async def take(self) -> None:
        """Leave the acknowledgement to Bolt."""

    async def tell(self, told: Told) -> bool:
        """Show a sentence in place of whatever the Home showed."""
        text = slack_text(told.key, told.params)
        return await self.show(text, [SectionBlock(text=MarkdownTextObject(text=text))])

    async def show(self, text: str, blocks: Sequence[Block]) -> bool:
        """Show blocks in place of whatever the Home showed; it has no text beside them."""
        try:
            await self._client.views_publish(user_id=self._user, view=View(type="home", blocks=list(blocks)))
        except (SlackApiError, TimeoutError, aiohttp.ClientError, OSError) as e:
            log.warning("slack home_not_published error=%s", type(e).__name__)
            return False
        return True


class Silence:
    """What is said to who only posted a link: nothing."""

    async def take(self) -> None:
        """Leave the acknowledgement to Bolt."""

    async def tell(self, _told: Told) -> bool:
        """Say nothing."""
        return True

    async def show(self, _text: str, _blocks: Sequence[Block]) -> bool:
        """Show nothing."""
        return True
