"""Forms filled with what their request is: what can be chosen, what holds today, and what the customer will read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    MarkdownTextObject,
    SectionBlock,
)
from slack_sdk.models.views import View

from bot.slack import inputs
from bot.slack.inputs import LOOK, Entered
from bot.slack.pieces import plain
from bot.wording import plain_text, say, slack_text
from domain.calendar import is_porting_day
from domain.desk.dating import day_of, days_of, first_day, last_day
from domain.desk.editing import EDITABLE, open_to_edit
from domain.desk.keeping import Sheet
from domain.desk.pins import lacks_the_pin
from domain.desk.risks import Seen, seen_in
from domain.desk.sending_back import askable
from domain.desk.state import Owed
from domain.errors import DeskError
from domain.intake.about import show_moving
from domain.intake.showing import told_of
from domain.policy import Policy
from domain.text import clean
from domain.wordkeys import nested

LONGEST_PREVIEW = 2500  # characters; a section takes 3,000
SHOWN_HOLIDAYS = 6


@dataclass(frozen=True, slots=True)
class Filling:
    """What a form is filled with: the request as it is, the day at the desk, and what was entered so far.

    `said`: what the customer would read, or the refusal of what was entered; None: it was not tried.
    """

    sheet: Sheet
    policy: Policy
    today: date
    seen: Seen | None = None
    entered: Entered = field(default_factory=dict)
    said: tuple[Owed, ...] | DeskError | None = None

    @property
    def mark(self) -> str:
        """Return what was seen, as the form carries it."""
        return (self.seen or seen_in(self.sheet)).mark


def filled(verb: str, filling: Filling) -> View:
    """Return the form of a verb for a request as it is now."""
    ref = filling.sheet.case.request.ref
    return View(
        type="modal",
        callback_id=f"form.{verb}",
        private_metadata=f"{ref} {filling.mark}",
        title=plain(f"form.{verb}.title"),
        submit=plain(f"form.{verb}.submit"),
        close=plain("form.close"),
        blocks=[_about(filling), *_FORMS[verb](filling), *_preview(verb, filling)],
    )


def _about(filling: Filling) -> SectionBlock:
    """Return where the request stands, in two lines."""
    case = filling.sheet.case
    days = days_of(case)
    params = {
        "ref": case.request.ref,
        "title": case.request.title or "",
        "number": show_moving(case) if case.numbers else "",
        "phase": nested(f"phase.{case.phase}"),
        "date": nested("form.here_date", days=days) if days else "",
    }
    return _section("form.here", params)


def _date(filling: Filling) -> Iterator[Block]:
    first, last = first_day(filling.today, filling.policy), last_day(filling.today, filling.policy)
    yield inputs.day("form.date.day")
    params = {"first": day_of(first), "last": day_of(last), "holidays": ", ".join(_holidays(first, last))}
    params |= {"window": f"{filling.policy.window_start:%H:%M} to {filling.policy.window_end:%H:%M}"}
    yield _section("form.date.hint_holidays" if params["holidays"] else "form.date.hint", params)


def _holidays(first: date, last: date) -> list[str]:
    """Return the working days between two on which no number moves."""
    each = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day_of(day) for day in each if day.weekday() < 5 and not is_porting_day(day)][:SHOWN_HOLIDAYS]


def _reject(_filling: Filling) -> Iterator[Block]:
    yield inputs.reasons()
    yield inputs.words("form.reject.words")


def _ask(filling: Filling) -> Iterator[Block]:
    yield inputs.answers(askable(filling.sheet.case))
    yield inputs.words("form.ask.why")


def _edit(filling: Filling) -> Iterator[Block]:
    case = filling.sheet.case
    known = open_to_edit(case)
    if not known:
        yield _section("form.edit.nothing", {"ref": case.request.ref})
        return
    yield inputs.answer(known)
    chosen = next(iter(filling.entered.get("answer", ())), "")
    if chosen in EDITABLE:
        value = told_of(case).get(EDITABLE[chosen], "")
        yield _section("form.edit.now" if value else "form.edit.now_nothing", {"value": value})
    yield inputs.value()


def _cancel(filling: Filling) -> Iterator[Block]:
    case, policy = filling.sheet.case, filling.policy
    days = days_of(case)
    if days:
        fee = f"{policy.currency}{policy.port_fee}"
        yield _section("form.cancel.risk", {"days": days, "fee": fee, "hours": str(policy.cancel_cutoff)})
        yield inputs.boxes(
            "told", "form.cancel.boxes", {"told": "form.cancel.box_told", "stopped": "form.cancel.box_stopped"}
        )
    else:
        yield _section("form.cancel.no_risk", {})


def _submit(filling: Filling) -> Iterator[Block]:
    case = filling.sheet.case
    now = case.order.carrier_order if case.order is not None else None
    is_awaited = lacks_the_pin(case)
    if is_awaited:
        yield _section("form.submit.no_pin_yet", {})
    yield inputs.order(now, optional=is_awaited)  # without a PIN nothing goes out yet: it is asked for
    if is_awaited:
        yield inputs.boxes("pin", "form.submit.boxes", {"none": "form.submit.box_none"})


def _preview(verb: str, filling: Filling) -> Iterator[Block]:
    """Yield the button that shows what the customer will read, and that; a form that tells them nothing has neither."""
    if verb not in SHOWN_BEFORE:
        return
    button = ButtonElement(text=plain("form.preview.button"), action_id=LOOK, value=verb)
    yield ActionsBlock(elements=[button], block_id="look")
    if isinstance(filling.said, DeskError):
        yield _section("form.preview.refused", {"why": say(filling.said.code, filling.said.params, "en", clean)})
    elif filling.said is not None:
        yield _section(*_read(filling, filling.said))


def _read(filling: Filling, said: tuple[Owed, ...]) -> tuple[str, dict[str, str]]:
    if filling.sheet.chat_blocked:
        return "form.preview.blocked", {}
    text = "\n\n".join(plain_text(owed.key, owed.params, owed.language) for owed in said)
    return ("form.preview.said", {"text": text[:LONGEST_PREVIEW]}) if text else ("form.preview.nothing", {})


def _section(key: str, params: dict[str, str]) -> SectionBlock:
    text = slack_text(key, params)
    return SectionBlock(text=MarkdownTextObject(text=text[:3000]))


SHOWN_BEFORE = ("reject", "ask", "date", "edit", "cancel")
"""Verbs whose form shows what the customer will read."""

_FORMS: dict[str, Callable[[Filling], Iterator[Block]]] = {
    "date": _date,
    "reject": _reject,
    "ask": _ask,
    "edit": _edit,
    "cancel": _cancel,
    "submit": _submit,
}
FILLED: tuple[str, ...] = tuple(_FORMS)
"""Verbs whose form is filled with its request, once it is open."""
