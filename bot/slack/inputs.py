"""The inputs of forms; some have their form shown anew while it is filled in."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import (
    CheckboxesElement,
    DatePickerElement,
    InputBlock,
    Option,
    OptionGroup,
    PlainTextInputElement,
    StaticMultiSelectElement,
    StaticSelectElement,
)

from bot.slack.pieces import plain, text
from domain.desk.choosing import means_all_it_fits, numbers_for
from domain.desk.editing import LONGEST_VALUE
from domain.desk.only import named, of_order
from domain.desk.submitting import LONGEST_ORDER
from domain.numbers import Phone, show
from domain.orders.model import Case
from domain.orders.rejections import KINDS, REJECTIONS

Entered = Mapping[str, tuple[str, ...]]

TAKE = "take:"  # before the codes that a button ticks; and under which name they are entered
REASON, BETWEEN = "reason", ":"  # the block id of a rejection's reasons, and what stands before those ticked for them
INPUT = "value"  # the action id of every input; those that dispatch have their form looked at anew
LOOK = "form.look"  # the action id of the button that shows what the customer will read
WHICH = "which"  # the block in which numbers are chosen
_ALWAYS_SOME = ("split",)  # what makes no sense for all of them
LONGEST_OPTION = 75  # characters (docs.slack.dev/reference/block-kit, read 2026-11-21)
MOST_OPTIONS = 100
LONGEST_WORDS = 500  # characters of free text, as many as the desk keeps


def day(key: str) -> InputBlock:
    """Return a calendar on which no day is chosen yet: the wrong one would be handed in too easily."""
    element = DatePickerElement(action_id=INPUT)
    return InputBlock(block_id="day", label=plain(key), element=element, dispatch_action=True)


def reasons(chosen: Sequence[str] = ()) -> InputBlock:
    """Return the reasons of a rejection under their headings, searchable, several at once.

    `chosen`: what is ticked already. Slack keeps what somebody ticked in a block of the same id, whatever it is given:
    so what is ticked for them has an id of its own.
    """
    options = {kind: _of_kind(kind) for kind in KINDS}
    groups = [OptionGroup(label=plain(f"rejection.kind.{kind}"), options=each) for kind, each in options.items()]
    known = [option for each in options.values() for option in each if option.value in chosen]
    element = StaticMultiSelectElement(action_id=INPUT, option_groups=groups, initial_options=known or None)
    block = BETWEEN.join((REASON, *chosen))
    return InputBlock(block_id=block, label=plain("form.reject.reason"), element=element, dispatch_action=True)


def _of_kind(kind: str) -> list[Option]:
    codes = [code for code, reason in REJECTIONS.items() if reason.kind == kind]
    return [option(code, f"rejection.short.{code}") for code in codes[:MOST_OPTIONS]]


def reasons_in(entered: Entered) -> tuple[str, ...]:
    """Return the codes that are ticked in a form for a rejection."""
    taken = entered.get(TAKE, ())
    return taken or next((ticked for block, ticked in entered.items() if block.split(BETWEEN)[0] == REASON), ())


def answers(known: Sequence[str], chosen: Sequence[str] = ()) -> InputBlock:
    """Return the answers that can be asked for, in the order in which they are asked; those chosen stand there."""
    options = [option(question, f"staff.answer.{question}") for question in known[:MOST_OPTIONS]]
    first = [each for each in options if each.value in chosen]
    element = StaticMultiSelectElement(action_id=INPUT, options=options, initial_options=first or None)
    return InputBlock(block_id="answers", label=plain("form.ask.answers"), element=element, dispatch_action=True)


def answer(known: Sequence[str]) -> InputBlock:
    """Return the answers of which one can be corrected."""
    options = [option(question, f"staff.answer.{question}") for question in known[:MOST_OPTIONS]]
    element = StaticSelectElement(action_id=INPUT, options=options)
    return InputBlock(block_id="answer", label=plain("form.edit.answer"), element=element, dispatch_action=True)


def ends(open_now: Sequence[str]) -> InputBlock:
    """Return the ways in which a move can end for good."""
    element = StaticSelectElement(action_id=INPUT, options=[option(how, f"phase.{how}") for how in open_now])
    return InputBlock(block_id="how", label=plain("form.end.how"), element=element, dispatch_action=True)


def which(case: Case, verb: str, chosen: tuple[str, ...]) -> InputBlock:
    """Return the numbers that a step can be for, by order where there are several; those chosen stand there.

    Nothing chosen means all of them, where the step is open to all, or all that it fits; else some must be.
    """
    fitting = numbers_for(case, verb) or case.numbers
    orders = [f"#{place}" for place, order in enumerate(case.orders, 1) if set(of_order(case, order)) <= set(fitting)]
    told = {each: f"{each}: {named(of_order(case, case.orders[int(each[1:]) - 1]))}" for each in orders}
    values = {} if len(case.orders) < 2 else told
    values |= {number.e164.removeprefix("+1"): show(Phone(number.e164)) for number in fitting}
    options = [Option(value=each, label=label[:LONGEST_OPTION]) for each, label in list(values.items())[:MOST_OPTIONS]]
    now = [option for option in options if option.value in chosen]
    element = StaticMultiSelectElement(action_id=INPUT, options=options, initial_options=now or None)
    is_for_all = len(fitting) == len(case.numbers) and verb not in _ALWAYS_SOME
    is_free = is_for_all or means_all_it_fits(verb)
    hint = plain("form.which.hint") if is_free else None
    label = plain("form.which.label")
    return InputBlock(block_id=WHICH, label=label, element=element, optional=is_free, hint=hint, dispatch_action=True)


def value() -> InputBlock:
    """Return where the right value of an answer is written."""
    element = PlainTextInputElement(action_id=INPUT, multiline=True, max_length=LONGEST_VALUE)
    return InputBlock(block_id="value", label=plain("form.edit.value"), element=element)


def order(now: str | None = None, *, optional: bool = False) -> InputBlock:
    """Return where the carrier's order number is written; what is known of it stands there."""
    element = PlainTextInputElement(action_id=INPUT, max_length=LONGEST_ORDER, initial_value=now, focus_on_load=True)
    hint = plain("form.submit.order_hint") if optional else None
    return InputBlock(block_id="order", label=plain("form.submit.order"), element=element, optional=optional, hint=hint)


def boxes(block: str, label: str, keys: Mapping[str, str]) -> InputBlock:
    """Return boxes to tick, each by its value and the key of its words."""
    options = [option(each, key) for each, key in keys.items()]
    element = CheckboxesElement(action_id=INPUT, options=options)
    return InputBlock(block_id=block, label=plain(label), element=element, optional=True)


def words(key: str, longest: int = LONGEST_WORDS, *, hint: str = "") -> InputBlock:
    """Return where somebody's own words are written, which need not be."""
    element = PlainTextInputElement(action_id=INPUT, multiline=True, max_length=longest)
    below = plain(hint) if hint else None
    return InputBlock(block_id="words", label=plain(key), element=element, optional=True, hint=below)


def line(block: str, key: str, longest: int, *, now: str = "", hint: str = "") -> InputBlock:
    """Return a line of text that need not be written; `now`: what stands there already."""
    element = PlainTextInputElement(action_id=INPUT, max_length=longest, initial_value=now or None)
    return InputBlock(
        block_id=block, label=plain(key), element=element, optional=True, hint=plain(hint) if hint else None
    )


def ticks(block: str, label: str, keys: Mapping[str, str], now: Sequence[str]) -> InputBlock:
    """Return boxes to tick like `boxes`, some of them ticked already."""
    options = [option(each, key) for each, key in keys.items()]
    chosen = [each for each in options if each.value in now]
    element = CheckboxesElement(action_id=INPUT, options=options, initial_options=chosen or None)
    return InputBlock(block_id=block, label=plain(label), element=element, optional=True)


def choice(block: str, label: str, keys: Mapping[str, str]) -> InputBlock:
    """Return one of several to choose, or none."""
    options = [option(each, key) for each, key in keys.items()]
    element = StaticSelectElement(action_id=INPUT, options=options)
    return InputBlock(block_id=block, label=plain(label), element=element, optional=True)


def one_of(block: str, label: str, keys: Mapping[str, str]) -> InputBlock:
    """Return one of several to choose, which must be."""
    options = [option(each, key) for each, key in keys.items()]
    return InputBlock(block_id=block, label=plain(label), element=StaticSelectElement(action_id=INPUT, options=options))


def reason(key: str, longest: int) -> InputBlock:
    """Return where somebody's own words are written, which must be."""
    element = PlainTextInputElement(action_id=INPUT, multiline=True, max_length=longest, focus_on_load=True)
    return InputBlock(block_id="words", label=plain(key), element=element)


def option(value: str, key: str) -> Option:
    """Return one of several to choose from."""
    return Option(value=value, label=text(key)[:LONGEST_OPTION])
