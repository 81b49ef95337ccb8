"""The forms of verbs that need more: from a reference to a view, from what was entered to an argument."""

from collections.abc import Callable, Mapping

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    DatePickerElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
    StaticMultiSelectElement,
    StaticSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from bot.wording import say
from domain.desk.editing import EDITABLE, LONGEST_VALUE
from domain.desk.eligibility import CHECKS, ONLY
from domain.desk.holding import LONGEST_WHY
from domain.desk.inventory import LONGEST_PASTE
from domain.desk.noting import LONGEST_NOTE
from domain.desk.replying import LONGEST_REPLY
from domain.intake.questions import QUESTIONS
from domain.orders.rejections import REJECTIONS
from domain.text import clean

Entered = Mapping[str, tuple[str, ...]]

LONGEST_OPTION = 75  # characters (docs.slack.dev/reference/block-kit, read 2026-11-21)
LONGEST_WORDS = 500  # characters of free text, as many as the desk keeps


def callback_of(verb: str) -> str:
    """Return the callback id of a verb's form."""
    return f"form.{verb}"


def modal(verb: str, ref: str, chosen: tuple[str, ...] = ()) -> View:
    """Return the form of a verb for a request; made without asking anybody anything. `chosen`: what is ticked now."""
    return View(
        type="modal",
        callback_id=callback_of(verb),
        private_metadata=ref,
        title=_plain(f"form.{verb}.title"),
        submit=_plain(f"form.{verb}.submit"),
        close=_plain("form.close"),
        blocks=[_about(f"form.{verb}.about", ref), *(_FORMS[verb]() if verb in _FORMS else _eligible_form(chosen))],
    )


def working(ref: str) -> View:
    """Return what stands in a form's place while its effect takes longer than Slack waits."""
    title, close = _plain("form.working.title"), _plain("form.close")
    return View(type="modal", title=title, close=close, blocks=[_about("form.working.about", ref)])


def argument_of(verb: str, entered: Entered) -> str:
    """Return what was entered as the argument that the same verb takes when it is typed."""
    return _ARGUMENTS[verb](entered)


def _date_form() -> list[Block]:
    return [InputBlock(block_id="day", label=_plain("form.date.day"), element=DatePickerElement(action_id="value"))]


def _reject_form() -> list[Block]:
    reasons = [Option(value=code, label=_text(f"rejection.short.{code}")[:LONGEST_OPTION]) for code in REJECTIONS]
    return [
        InputBlock(
            block_id="reason",
            label=_plain("form.reject.reason"),
            element=StaticSelectElement(action_id="value", options=reasons),
        ),
        _words("form.reject.words"),
    ]


def _ask_form() -> list[Block]:
    known = [q.id for q in QUESTIONS if q.id != "review"]
    options = [Option(value=q, label=_text(f"staff.answer.{q}")[:LONGEST_OPTION]) for q in known]
    return [
        InputBlock(
            block_id="answers",
            label=_plain("form.ask.answers"),
            element=StaticMultiSelectElement(action_id="value", options=options),
        ),
        _words("form.ask.why"),
    ]


def _reply_form() -> list[Block]:
    element = PlainTextInputElement(action_id="value", multiline=True, max_length=LONGEST_REPLY, focus_on_load=True)
    return [InputBlock(block_id="words", label=_plain("form.reply.words"), element=element)]


def _inventory_form() -> list[Block]:
    element = PlainTextInputElement(action_id="value", multiline=True, max_length=LONGEST_PASTE, focus_on_load=True)
    return [InputBlock(block_id="lines", label=_plain("form.inventory.lines"), element=element)]


def _eligible_form(chosen: tuple[str, ...]) -> list[Block]:
    options = [Option(value=check, label=_text(f"eligible.check.{check}")) for check in CHECKS]
    now = [option for option in options if option.value in chosen]
    element = CheckboxesElement(action_id="value", options=options, initial_options=now or None)
    return [InputBlock(block_id="checks", label=_plain("form.eligible.checks"), element=element, optional=True)]


def _assign_form() -> list[Block]:
    element = UserSelectElement(action_id="value")
    return [InputBlock(block_id="person", label=_plain("form.assign.person"), element=element, optional=True)]


def _note_form() -> list[Block]:
    element = PlainTextInputElement(action_id="value", multiline=True, max_length=LONGEST_NOTE, focus_on_load=True)
    return [InputBlock(block_id="words", label=_plain("form.note.words"), element=element)]


def _hold_form() -> list[Block]:
    return [_words("form.hold.words", LONGEST_WHY)]


def _snooze_form() -> list[Block]:
    return [InputBlock(block_id="day", label=_plain("form.snooze.day"), element=DatePickerElement(action_id="value"))]


def _edit_form() -> list[Block]:
    options = [Option(value=q, label=_text(f"staff.answer.{q}")[:LONGEST_OPTION]) for q in EDITABLE]
    return [
        InputBlock(
            block_id="answer",
            label=_plain("form.edit.answer"),
            element=StaticSelectElement(action_id="value", options=options),
        ),
        InputBlock(
            block_id="value",
            label=_plain("form.edit.value"),
            element=PlainTextInputElement(action_id="value", multiline=True, max_length=LONGEST_VALUE),
        ),
    ]


def _words(key: str, longest: int = LONGEST_WORDS) -> InputBlock:
    element = PlainTextInputElement(action_id="value", multiline=True, max_length=longest)
    return InputBlock(block_id="words", label=_plain(key), element=element, optional=True)


def _about(key: str, ref: str) -> SectionBlock:
    return SectionBlock(text=PlainTextObject(text=say(key, {"ref": ref}, "en", clean)))


def _plain(key: str) -> PlainTextObject:
    return PlainTextObject(text=_text(key))


def _text(key: str) -> str:
    return say(key, {}, "en", clean)


def _first(entered: Entered, block: str) -> str:
    return next(iter(entered.get(block, ())), "")


_FORMS: dict[str, Callable[[], list[Block]]] = {
    "date": _date_form,
    "reject": _reject_form,
    "ask": _ask_form,
    "reply": _reply_form,
    "inventory": _inventory_form,
    "assign": _assign_form,
    "note": _note_form,
    "hold": _hold_form,
    "snooze": _snooze_form,
    "edit": _edit_form,
}

_ARGUMENTS: dict[str, Callable[[Entered], str]] = {
    "date": lambda entered: _first(entered, "day"),
    "reject": lambda entered: f"{_first(entered, 'reason')}: {_first(entered, 'words')}",
    "reply": lambda entered: _first(entered, "words"),
    "inventory": lambda entered: _first(entered, "lines"),
    "assign": lambda entered: _first(entered, "person") or "nobody",
    "note": lambda entered: _first(entered, "words"),
    "hold": lambda entered: _first(entered, "words"),
    "snooze": lambda entered: _first(entered, "day"),
    "edit": lambda entered: f"{_first(entered, 'answer')}: {_first(entered, 'value')}",
    "eligible": lambda entered: " ".join((ONLY, *entered.get("checks", ()))),
    "ask": lambda entered: f"{','.join(entered.get('answers', ()))}: {_first(entered, 'words')}",
}
