"""The form for a caller on the phone, and the link that they are given."""

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
    MarkdownTextObject,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.slack.cards import Message, sections
from bot.slack.inputs import INPUT, option
from bot.slack.pieces import plain
from bot.wording import slack_text
from domain.desk.noting import LONGEST_NOTE

NEW = "form.new"  # the callback id of the form
LONGEST = 300  # characters of an answer
_CHOICES = {"working": ("yes",), "authority": ("holder", "allowed", "someone_else")}
_LONG = ("numbers", "address")


def form() -> View:
    """Return the form: every answer that can be given on the phone, of which only the numbers are needed."""
    blocks: list[Block] = [SectionBlock(text=PlainTextObject(text=plain("form.new.about").text))]
    blocks += [_input(question) for question in ("numbers", "carrier")]
    blocks += [_choice(question) for question in _CHOICES]
    blocks += [_input(question) for question in ("name", "address", "destination", "title")]
    blocks.append(_input("note", LONGEST_NOTE))
    title, submit, close = plain("form.new.title"), plain("form.new.submit"), plain("form.close")
    return View(type="modal", callback_id=NEW, title=title, submit=submit, close=close, blocks=blocks)


def done(ref: str, link: str, hours: int) -> View:
    """Return what stands in the form's place once the request is there."""
    title, close = plain("form.new.done"), plain("form.close")
    return View(type="modal", title=title, close=close, blocks=list(link_message(ref, link, hours).blocks))


def link_message(ref: str, link: str, hours: int, key: str = "phone.link") -> Message:
    """Return the link into a request, good for so many hours; an address of ours needs no escaping."""
    text = slack_text(key if link else "phone.no_link", {"ref": ref, "hours": str(hours)})
    own = (SectionBlock(text=MarkdownTextObject(text=f"`{link}`")),) if link else ()
    return Message(text, (*sections(text), *own))


def _input(question: str, longest: int = LONGEST) -> InputBlock:
    is_long = question in _LONG or longest > LONGEST
    element = PlainTextInputElement(action_id=INPUT, multiline=is_long, max_length=longest)
    label, hint = plain(f"form.new.label_{question}"), plain(f"form.new.hint_{question}")
    return InputBlock(block_id=question, label=label, element=element, hint=hint, optional=question != "numbers")


def _choice(question: str) -> InputBlock:
    options = [option(each, f"form.new.label_{question}_{each}") for each in _CHOICES[question]]
    element = StaticSelectElement(action_id=INPUT, options=options)
    return InputBlock(block_id=question, label=plain(f"form.new.label_{question}"), element=element, optional=True)
