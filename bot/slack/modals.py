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
    StaticSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from bot.slack import inputs
from bot.slack.inputs import LONGEST_OPTION as LONGEST_OPTION
from bot.slack.inputs import Entered as Entered
from bot.slack.pieces import plain, text
from bot.wording import say
from domain.desk import routing
from domain.desk.cancel_said import written
from domain.desk.editing import EDITABLE
from domain.desk.eligibility import CHECKS, ONLY
from domain.desk.holding import LONGEST_WHY
from domain.desk.inventory import LONGEST_PASTE
from domain.desk.leaving import noted
from domain.desk.noting import LONGEST_NOTE
from domain.desk.only import FOR_SOME
from domain.desk.replying import LONGEST_REPLY
from domain.desk.risks import Seen
from domain.desk.stepping import ENDS
from domain.intake.questions import QUESTIONS
from domain.intake.texts import STATES
from domain.intake.trial import TRIALS
from domain.text import clean

SPANS = ("1h", "3h", "1d", "2d", "1w")  # for which a request can rest
USUAL_SPAN = "1d"  # chosen already; a day that is given goes before it


def callback_of(verb: str) -> str:
    """Return the callback id of a verb's form."""
    return f"form.{verb}"


def modal(verb: str, ref: str, chosen: tuple[str, ...] = (), seen: Seen | None = None) -> View:
    """Return the form of a verb for a request; made without asking anybody anything.

    `chosen`: what is ticked now. `seen`: the request as whoever opens it saw it.
    """
    return View(
        type="modal",
        callback_id=callback_of(verb),
        private_metadata=f"{ref} {seen.mark}" if seen is not None else ref,
        title=plain(f"form.{verb}.title"),
        submit=plain(f"form.{verb}.submit"),
        close=plain("form.close"),
        blocks=[_about(f"form.{verb}.about", ref), *(_FORMS[verb]() if verb in _FORMS else _TICKED[verb](chosen))],
    )


def working(ref: str) -> View:
    """Return what stands in a form's place while its effect takes longer than Slack waits."""
    title, close = plain("form.working.title"), plain("form.close")
    return View(type="modal", title=title, close=close, blocks=[_about("form.working.about", ref)])


def argument_of(verb: str, entered: Entered) -> str:
    """Return what was entered as the argument that the same verb takes when it is typed."""
    chosen = " ".join(entered.get(inputs.WHICH, ())) if verb in FOR_SOME else ""
    own = _ARGUMENTS[verb](entered)
    return f"{chosen} {own}" if chosen else own


def inputs_for_several(verb: str, longest: int) -> list[Block]:
    """Return the inputs of what a verb takes beside requests; none for one that takes nothing.

    `longest`: characters of words. A form about several requests is not looked at anew while it is filled in.
    """
    blocks = _FOR_SEVERAL[verb]() if verb in _FOR_SEVERAL else []
    for block in blocks:
        block.dispatch_action = None
        if isinstance(block.element, PlainTextInputElement):
            block.element.max_length = min(block.element.max_length or longest, longest)
    return [*blocks]


def argument_for_several(verb: str, entered: Entered) -> str:
    """Return what was entered in these; empty for a verb that takes nothing."""
    return argument_of(verb, entered).strip() if verb in _FOR_SEVERAL else ""


def is_confirmed(verb: str, entered: Entered) -> bool:
    """Tell whether a box was ticked beside what a verb can cost: then it need not be asked about again."""
    return verb == "cancel" and "told" in entered.get("told", ())


def _cancel_said(entered: Entered) -> str:
    """Return what stands behind `cancel`: a refusal, a price and a risk to ask about, that it is stopped, nothing."""
    return written(entered.get("told", ()), _first(entered, "fee"), _first(entered, "words"))


def _out_said(entered: Entered) -> str:
    """Return what stands behind `out`: who asks, what is ticked and nothing else, the answer."""
    ticks = (*entered.get("checks", ()), *entered.get("off", ()))
    return noted(_first(entered, "to"), _first(entered, "who"), ticks, _first(entered, "answer"))


def _date_form() -> list[InputBlock]:
    return [inputs.day("form.date.day")]


def _reject_form() -> list[InputBlock]:
    return [inputs.reasons(), inputs.words("form.reject.words")]


def _ask_form() -> list[InputBlock]:
    return [inputs.answers([q.id for q in QUESTIONS if q.id != "review" and not q.after]), inputs.words("form.ask.why")]


def _submit_form() -> list[InputBlock]:
    return [inputs.order()]


def _nothing_yet() -> list[InputBlock]:
    """Return no input: the form asks for what its request has, once that is looked up."""
    return []


def _end_form() -> list[InputBlock]:
    return [inputs.ends(ENDS), inputs.words("form.end.why")]


def _reply_form() -> list[InputBlock]:
    element = PlainTextInputElement(action_id="value", multiline=True, max_length=LONGEST_REPLY, focus_on_load=True)
    return [InputBlock(block_id="words", label=plain("form.reply.words"), element=element)]


def _inventory_form() -> list[InputBlock]:
    element = PlainTextInputElement(action_id="value", multiline=True, max_length=LONGEST_PASTE, focus_on_load=True)
    return [InputBlock(block_id="lines", label=plain("form.inventory.lines"), element=element)]


def _eligible_form(chosen: tuple[str, ...]) -> list[InputBlock]:
    return [_boxes("eligible", {check: f"eligible.check.{check}" for check in CHECKS}, chosen)]


def _routing_form(chosen: tuple[str, ...]) -> list[InputBlock]:
    return [_boxes("routing", {check: f"routing.check.{check}" for check in routing.CHECKS}, chosen)]


def _boxes(verb: str, labels: Mapping[str, str], chosen: tuple[str, ...] = ()) -> InputBlock:
    options = [Option(value=check, label=text(label)) for check, label in labels.items()]
    now = [option for option in options if option.value in chosen]
    element = CheckboxesElement(action_id="value", options=options, initial_options=now or None)
    return InputBlock(block_id="checks", label=plain(f"form.{verb}.checks"), element=element, optional=True)


def _works_form() -> list[InputBlock]:
    return [_boxes("works", {each: f"staff.answer.{each}" for each in TRIALS})]


def _texting_form() -> list[InputBlock]:
    state = inputs.one_of("state", "form.texting.state", {each: f"texting.state.{each}" for each in STATES})
    return [state, inputs.words("form.texting.why", LONGEST_WHY)]


def _close_form() -> list[InputBlock]:
    return [inputs.reason("form.close.words", LONGEST_WHY)]


def _assign_form() -> list[InputBlock]:
    element = UserSelectElement(action_id="value")
    return [InputBlock(block_id="person", label=plain("form.assign.person"), element=element, optional=True)]


def _assign_several() -> list[InputBlock]:
    [person] = _assign_form()
    person.hint = plain("several.nobody")
    return [person]


def _note_form() -> list[InputBlock]:
    element = PlainTextInputElement(action_id="value", multiline=True, max_length=LONGEST_NOTE, focus_on_load=True)
    return [InputBlock(block_id="words", label=plain("form.note.words"), element=element)]


def _hold_form() -> list[InputBlock]:
    return [inputs.words("form.hold.words", LONGEST_WHY)]


def _snooze_form() -> list[InputBlock]:
    spans = [inputs.option(span, f"form.snooze.spans.{span}") for span in SPANS]
    element = StaticSelectElement(action_id="value", options=spans, initial_option=spans[SPANS.index(USUAL_SPAN)])
    span = InputBlock(block_id="span", label=plain("form.snooze.span"), element=element, optional=True)
    day = DatePickerElement(action_id="value")
    return [span, InputBlock(block_id="day", label=plain("form.snooze.day"), element=day, optional=True)]


def _edit_form() -> list[InputBlock]:
    return [inputs.answer(tuple(EDITABLE)), inputs.value()]


def _about(key: str, ref: str) -> SectionBlock:
    return SectionBlock(text=PlainTextObject(text=say(key, {"ref": ref}, "en", clean)))


def _first(entered: Entered, block: str) -> str:
    return next(iter(entered.get(block, ())), "")


_FORMS: dict[str, Callable[[], list[InputBlock]]] = {
    "date": _date_form,
    "reject": _reject_form,
    "submit": _submit_form,
    "end": _end_form,
    **dict.fromkeys(("cancel", "advance", "complete", "lost", "split", "out", "snapback"), _nothing_yet),
    "ask": _ask_form,
    "reply": _reply_form,
    "inventory": _inventory_form,
    "assign": _assign_form,
    "note": _note_form,
    "hold": _hold_form,
    "snooze": _snooze_form,
    "edit": _edit_form,
    "works": _works_form,
    "texting": _texting_form,
    "close": _close_form,
}

_TICKED: dict[str, Callable[[tuple[str, ...]], list[InputBlock]]] = {
    "eligible": _eligible_form,
    "routing": _routing_form,
}

_FOR_SEVERAL: dict[str, Callable[[], list[InputBlock]]] = {
    **{verb: _FORMS[verb] for verb in ("ask", "reject", "end", "date", "note", "hold", "snooze", "texting", "works")},
    "assign": _assign_several,
    "cancel": lambda: [inputs.boxes("told", "form.cancel.boxes", {"stopped": "form.cancel.box_stopped"})],
}

_ARGUMENTS: dict[str, Callable[[Entered], str]] = {
    "date": lambda entered: _first(entered, "day"),
    "reject": lambda entered: f"{','.join(inputs.reasons_in(entered))}: {_first(entered, 'words')}",
    "submit": lambda entered: f"{'no pin ' if 'none' in entered.get('pin', ()) else ''}{_first(entered, 'order')}",
    "cancel": _cancel_said,
    "out": _out_said,
    "snapback": lambda entered: "done" if "done" in entered.get("done", ()) else _first(entered, "words"),
    "end": lambda entered: f"{_first(entered, 'how')}: {_first(entered, 'words')}",
    "reply": lambda entered: _first(entered, "words"),
    "advance": lambda _entered: "",
    "complete": lambda _entered: "",
    "lost": lambda _entered: "",
    "split": lambda entered: f": {_first(entered, 'words')}",
    "inventory": lambda entered: _first(entered, "lines"),
    "assign": lambda entered: _first(entered, "person") or "nobody",
    "note": lambda entered: _first(entered, "words"),
    "hold": lambda entered: _first(entered, "words"),
    "snooze": lambda entered: _first(entered, "day") or _first(entered, "span"),
    "edit": lambda entered: f"{_first(entered, 'answer')}: {_first(entered, 'value')}",
    "eligible": lambda entered: " ".join((ONLY, *entered.get("checks", ()))),
    "routing": lambda entered: " ".join((ONLY, *entered.get("checks", ()))),
    "works": lambda entered: " ".join(entered.get("checks", ())),
    "texting": lambda entered: f"{_first(entered, 'state')}: {_first(entered, 'words')}",
    "close": lambda entered: _first(entered, "words"),
    "ask": lambda entered: f"{','.join(entered.get('answers', ()))}: {_first(entered, 'words')}",
}
