"""Writing to a customer: a saved reply put into the form, the last look, the sending; and words among staff."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.models.blocks import Block

from bot.handlers.staff.actions import reference_of
from bot.handlers.staff.eyes import ask_to_see
from bot.handlers.staff.views import given_back, in_time, place
from bot.slack import cards
from bot.slack.deciding import carry_out, gives_a_secret, looked_up
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard, read_press
from bot.slack.listening import FORM, PRESS, Kind, listener
from bot.slack.reply import FormReply, Reply
from bot.slack.rules import OVERHEARD
from bot.slack.talking import SAVED, SEND, Draft, draft_of, last_look, looked_at, reply_again, reply_form, who_is_there
from bot.wording import say
from domain.desk import replying, secrecy
from domain.desk.keeping import Sheet
from domain.desk.papers import OPEN
from domain.desk.roles import Role, require, role_for
from domain.desk.saved import filled, named
from domain.desk.state import OfRef, Told
from domain.errors import DeskError, NotFound, Refused
from domain.orders.model import Case
from domain.orders.references import read_reference
from domain.text import clean


def register(app: AsyncApp, desk: SlackDesk) -> None:
    """Register the menu of saved replies, the last look, and the deaf ear for what staff write among themselves."""
    app.action(SAVED)(listener(desk, Kind(_read_pick, PRESS.reply), _picked))
    app.action(OPEN[0][0].code)(listener(desk, PRESS, _open_papers))
    app.view(SEND)(listener(desk, FORM, _send))
    for event in OVERHEARD:
        app.event(event)(listener(desk, Kind(_read_words, lambda _desk, _ack, _respond, _body: _Deaf()), _leave))


# the form


async def _picked(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Put a saved reply into the form, filled; where a fact is missing, the form says which."""
    ref = reference_of(heard)
    await reply.take()
    name = heard.text.partition(" ")[2]
    sheet = await _sheet(desk, ref)
    form = partial(reply_form, desk.policy, ref, there=who_is_there(sheet, heard.user), files=heard.entered["files"])
    try:
        view = form(filled(name, sheet.case, desk.policy), saved=name)
    except DeskError as e:
        view = form(note=say(e.code, e.params, "en", clean))
    await desk.client.views_update(view_id=heard.view, view=view)


def _read_pick(body: Mapping[str, Any]) -> Heard:
    """Read which saved reply was chosen: `text` is the request that the form is about, and the reply's name.

    `entered` has the files that the form carries.
    """
    heard = read_press(body)
    draft = looked_at(str((body.get("view") or {}).get("private_metadata") or ""))
    return replace(heard, text=f"{draft.ref} {heard.text}", entered={"files": draft.files})


async def looked(desk: SlackDesk, heard: Heard, reply: FormReply) -> None:
    """Show what the customer would read, above the form. Raises: Refused, for what cannot be sent."""
    draft = draft_of(reference_of(heard), heard.entered, looked_at(heard.text).files)
    if not draft.words and not draft.files:
        raise Refused("reply.nothing")
    replying.check_files(draft.files)
    async with given_back(desk, heard, reply, partial(reply_again, reply.form, draft)):
        look = last_look(await _checked(desk, heard, reply, draft))
        if not await reply.push(look):
            await place(desk, heard, reply, look)


async def _checked(desk: SlackDesk, heard: Heard, reply: FormReply, draft: Draft) -> Draft:
    """Return a reply with the words that would be sent; only those that need it are compared with the request."""
    is_saved = named(draft.words) is not None
    if draft.words and not is_saved:  # a secret is refused while the form stands: it is in no view of ours
        draft = replace(draft, words=replying.checked_words(draft.words, draft.ref))
    if is_saved or replying.needs_the_request(draft.words):
        sheet = await in_time(desk, heard, reply, _sheet(desk, draft.ref), "form.reply.title")
        words = replying.checked(draft.words, sheet.case, desk.policy, is_no_secret=True)
        replying.check_day_stands(words, sheet.case, sheet.action, desk.now(), desk.policy)
        is_like_one = secrecy.holds_secret(words, sheet.case)
        if is_like_one:
            await in_time(desk, heard, reply, _compare(desk, sheet.case, words), "form.reply.title")
        return replace(draft, words=words, is_no_secret=is_like_one)
    return draft


async def _compare(desk: SlackDesk, case: Case, words: str) -> None:
    """Hold words against the secrets themselves, which nobody is told. Raises: Refused, where they give one."""
    if await gives_a_secret(desk, case, words):
        raise Refused("reply.secret", ref=case.request.ref)


async def _send(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    draft = looked_at(heard.text)
    ref = read_reference(draft.ref)
    if ref is None:
        raise Refused("staff.form.stale")
    if draft.is_no_secret:
        _, heard = await looked_up(desk, heard, reply, _compare_again(desk, ref, draft.words), ref)
    written = replying.Written(heard.user, heard.role or Role.VIEWER, draft.words, draft.files, draft.is_no_secret)
    act = partial(replying.write, written=written, policy=desk.policy)
    await carry_out(desk, heard, reply, OfRef(ref), act, (ref, "reply"))


async def _compare_again(desk: SlackDesk, ref: str, words: str) -> None:
    """Hold words against the secrets that are here by now: one may have come since the look."""
    await _compare(desk, await _case(desk, ref), words)


# files of the customer's


async def _open_papers(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Give who pressed a link of their own, which opens once; opening it leaves its row of history."""
    ref = reference_of(heard)
    require(heard.role, role_for("reveal", desk.policy))
    if "reveal" in desk.policy.four_eyes:
        await ask_to_see(desk, heard, reply, ref)
        return
    await reply.take()
    case = await _case(desk, ref)
    if desk.link_to is None:
        raise NotFound("eyes.no_link")
    link = cards.link_block(desk.link_to(case.request.id, heard.user))
    await reply.show(say("page.link", {}, "en", clean), (link,))


async def _case(desk: SlackDesk, ref: str) -> Case:
    return (await _sheet(desk, ref)).case


async def _sheet(desk: SlackDesk, ref: str) -> Sheet:
    sheet = await desk.board.sheet(ref=ref)
    if sheet is None:
        raise NotFound("staff.not_found", ref=ref)
    return sheet


# words among staff


def _read_words(body: Mapping[str, Any]) -> Heard:
    """Read that somebody wrote something in a channel, but not what."""
    event = body.get("event") or {}
    told = f"slack:event:{body.get('event_id')}"
    return Heard(str(event.get("user") or ""), str(body.get("team_id") or ""), told, "", str(event.get("type")), "")


async def _leave(_desk: SlackDesk, _heard: Heard, _reply: Reply) -> None:
    """Leave what people write in threads and channels among them: nothing of it is kept, answered or sent."""


class _Deaf:
    """Nobody is answered who talks to colleagues; Bolt acknowledges events by itself."""

    async def take(self) -> None:
        """Leave the acknowledgement to Bolt."""

    async def tell(self, told: Told) -> bool:
        """Say nothing; there is nobody to be told otherwise either."""
        del told
        return True

    async def show(self, text: str, blocks: Sequence[Block]) -> bool:
        """Show nothing."""
        del text, blocks
        return False
