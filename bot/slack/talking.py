"""The forms by which staff write to a customer: words and files first, then a look at what the customer will read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ContextBlock,
    InputBlock,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.blocks.block_elements import FileInputElement
from slack_sdk.models.views import View

from bot.slack.again import form_again
from bot.slack.pieces import plain, said
from bot.wording import plain_text
from domain.desk.keeping import Sheet
from domain.desk.replying import LONGEST_REPLY, MOST_FILES
from domain.desk.state import Told
from domain.policy import Policy

REPLY = "reply"
FORM = f"form.{REPLY}"
SAVED = "write.saved"  # the action id of the menu of saved replies
SEND = "write.send"  # the callback id of the form that is the last look
_WORDS, _FILES = "words", "files"
_NO_FILES = "-"
_SURE = "sure"  # behind the files: somebody has to say that figures are no secret
_CARRIED = "carried"  # the block that tells of files that the form carries


def reply_form(
    policy: Policy,
    ref: str,
    words: str = "",
    *,
    saved: str = "",
    note: str = "",
    there: str = "",
    files: tuple[str, ...] = (),
) -> View:
    """Return the form for a reply; `words` stand in it, from the saved reply of that name, or a note says why not.

    `there`: who else of the staff (a Slack user id) answers this customer in person. `files`: chosen before, by ids.
    """
    return View(
        type="modal",
        callback_id=FORM,
        private_metadata=_head(ref, files) if files else ref,
        title=plain("form.reply.title"),
        submit=plain("talk.form.look"),
        close=plain("form.close"),
        blocks=[
            *_carried(files),
            SectionBlock(text=plain("talk.form.about", ref=ref)),
            *([_who_is_there(there)] if there else []),
            *_saved_menu(policy),
            *([SectionBlock(text=PlainTextObject(text=note))] if note else []),
            _words_input(words, saved),
            _file_input(policy),
        ],
    )


def reply_again(form: Mapping[str, Any], draft: "Draft", told: Told) -> View:
    """Return the form of a reply as it was handed in, with what went wrong; it carries the files that were chosen."""
    return form_again(form, told, _carried(draft.files), hidden=_head(draft.ref, draft.files))


def _head(ref: str, files: tuple[str, ...]) -> str:
    return f"{ref} {','.join(files) or _NO_FILES}"


def _carried(files: tuple[str, ...]) -> list[Block]:
    told = plain("talk.form.carried", count=str(len(files)))
    return [ContextBlock(block_id=_CARRIED, elements=[told])] if files else []


def _saved_menu(policy: Policy) -> list[Block]:
    options = [Option(value=name, label=name) for name, _ in policy.saved]
    if not options:
        return []
    menu = StaticSelectElement(action_id=SAVED, options=options, placeholder=plain("talk.form.saved"))
    return [ActionsBlock(block_id="saved", elements=[menu])]


def _words_input(words: str, saved: str) -> Block:
    """Return the input of the words; one that a saved reply fills has another name, or Slack keeps the old words."""
    element = PlainTextInputElement(
        action_id="value", multiline=True, max_length=LONGEST_REPLY, focus_on_load=True, initial_value=words or None
    )
    block_id = f"{_WORDS}.{saved}" if saved else _WORDS
    return InputBlock(block_id=block_id, label=plain("form.reply.words"), element=element, optional=True)


def _file_input(policy: Policy) -> Block:
    label = plain("talk.form.files", most=str(policy.reply_mb))
    return InputBlock(
        block_id=_FILES, label=label, element=FileInputElement(action_id="value", max_files=MOST_FILES), optional=True
    )


def who_is_there(sheet: Sheet, me: str) -> str:
    """Return who else of the staff answers a request's customer in person; empty: nobody."""
    return sheet.taken_by if sheet.taken_by not in (None, me) else ""


def _who_is_there(user: str) -> Block:
    return said("talk.form.there", who=user)


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply that waits for its last look: words, and files by Slack's ids.

    `is_no_secret`: it has figures that can be a secret, and are none if they are sent.
    """

    ref: str
    words: str
    files: tuple[str, ...]
    is_no_secret: bool = False


def draft_of(ref: str, entered: dict[str, tuple[str, ...]], carried: tuple[str, ...] = ()) -> Draft:
    """Return what was entered into the form of a reply. `carried`: files that were chosen before."""
    words = next((value for block, value in entered.items() if block.partition(".")[0] == _WORDS), ())
    return Draft(ref, "".join(words), tuple(dict.fromkeys((*carried, *entered.get(_FILES, ())))))


def last_look(draft: Draft) -> View:
    """Return the form that shows a reply as the customer will read it, and sends it; it carries the reply itself."""
    text = plain_text("reply.text", {"text": draft.words}, "en") if draft.words else ""
    head = _head(draft.ref, draft.files)
    return View(
        type="modal",
        callback_id=SEND,
        private_metadata=f"{head} {_SURE}\n{draft.words}" if draft.is_no_secret else f"{head}\n{draft.words}",
        title=plain("form.reply.title"),
        submit=plain("talk.form.no_secret" if draft.is_no_secret else "form.reply.submit"),
        close=plain("talk.form.back"),
        blocks=[
            *([said("talk.form.like_secret", ref=draft.ref)] if draft.is_no_secret else []),
            SectionBlock(text=plain("form.reply.about", ref=draft.ref)),
            *([SectionBlock(text=PlainTextObject(text=text))] if text else []),
            *([_count(len(draft.files))] if draft.files else []),
        ],
    )


def looked_at(hidden: str) -> Draft:
    """Return the reply that a last look carries."""
    head, _, words = hidden.partition("\n")
    ref, files, sure = (*head.split(" "), "", "")[:3]
    return Draft(ref, words, () if files in ("", _NO_FILES) else tuple(files.split(",")), sure == _SURE)


def _count(files: int) -> Block:
    return ContextBlock(elements=[plain("talk.form.with", count=str(files))])
