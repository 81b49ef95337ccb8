"""The form that attaches a message to a request: which one is asked in words, and again where several are meant."""

import json
from collections.abc import Sequence

from slack_sdk.models.blocks import (
    Block,
    ContextBlock,
    InputBlock,
    MarkdownTextObject,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.slack.heard import Heard
from bot.slack.pieces import plain
from bot.wording import say, slack_text
from domain.desk.attaching import MOST_FILES, Attached, Slip, masked
from domain.desk.lines import Line
from domain.numbers import Phone, show
from domain.readers.secrets import mask_file_name
from domain.text import clean
from domain.wordkeys import nested

ATTACH = "attach"  # the callback id of the shortcut and of its form
MOST_FOUND = 100  # options of a menu (docs.slack.dev/reference/block-kit, read 2026-11-21)
_LONGEST_OPTION = 75
_LONGEST_WORDS = 150  # characters of what says which request
_SHOWN = 1000  # characters of the message that the form shows
_LONGEST_KEPT = 2900  # characters of what a view keeps for us; Slack takes 3,000


def message_of(heard: Heard) -> Attached:
    """Return the message on which a shortcut was used, masked, and short enough to travel in a form."""
    by, where = (next(iter(heard.entered.get(name, ())), "") for name in ("by", "where"))
    files = tuple(Slip(*each.partition(" ")[::2]) for each in heard.entered.get("files", ())[:MOST_FILES])
    named = tuple(Slip(file.id, mask_file_name(clean(file.name))[:60]) for file in files)
    wish = Attached(heard.user, masked(heard.text), by, where, named)
    room = _LONGEST_KEPT - len(_written(Attached(heard.user, "", by, where, wish.files)))
    words = wish.words
    while len(json.dumps(words, ensure_ascii=False)) > room:
        words = words[: len(words) - 50]
    return Attached(heard.user, words, by, where, wish.files)


def kept_in(heard: Heard) -> Attached | None:
    """Return the message that a form was made of; None for a form of an earlier release."""
    try:
        words, by, where, files = json.loads(heard.text)
        return Attached(heard.user, str(words), str(by), str(where), tuple(Slip(str(i), str(n)) for i, n in files))
    except (ValueError, TypeError):
        return None


def _written(wish: Attached) -> str:
    files = [[slip.id, slip.name] for slip in wish.files]
    return json.dumps([wish.words, wish.by, wish.where, files], ensure_ascii=False)


def form(wish: Attached) -> View:
    """Return the form that asks for the request; made without asking anybody anything."""
    box = PlainTextInputElement(
        action_id="value", placeholder=plain("attach.request_hint"), max_length=_LONGEST_WORDS, focus_on_load=True
    )
    return _view(wish, [InputBlock(block_id="request", label=plain("attach.request"), element=box), *_about(wish)])


def choice(wish: Attached, lines: Sequence[Line]) -> View:
    """Return the form that asks which of several requests is meant."""
    options = [Option(value=line.ref, label=_label(line)) for line in lines[:MOST_FOUND]]
    menu = StaticSelectElement(action_id="value", options=options)
    return _view(wish, [InputBlock(block_id="choice", label=plain("attach.which"), element=menu), *_about(wish)])


def _label(line: Line) -> str:
    phase = say("attach.option", {"phase": nested(f"phase.{line.status}")}, "en", clean)
    number = show(Phone(line.e164)) if line.e164 else ""
    return clean(" · ".join(part for part in (line.ref, line.title or "", number, phase) if part))[:_LONGEST_OPTION]


def _view(wish: Attached, blocks: list[Block]) -> View:
    return View(
        type="modal",
        callback_id=ATTACH,
        private_metadata=_written(wish),
        title=plain("attach.title"),
        submit=plain("attach.submit"),
        close=plain("form.close"),
        blocks=blocks,
    )


def _about(wish: Attached) -> list[Block]:
    words = wish.words[:_SHOWN] or say("attach.no_words", {}, "en", clean)
    files = [slack_text("attach.file", {"name": slip.name}) for slip in wish.files]
    listed = [ContextBlock(elements=[MarkdownTextObject(text="\n".join(files))])] if files else []
    return [SectionBlock(text=PlainTextObject(text=words)), *listed]
