"""Forms filled with what their request is: what can be chosen, what holds today, and what the customer will read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, SectionBlock
from slack_sdk.models.views import View

from bot.slack import inputs
from bot.slack.inputs import LOOK, Entered
from bot.slack.pieces import plain, said, text
from bot.wording import plain_text
from domain.calendar import Days, is_porting_day
from domain.desk.ages import BILL_DATE, bill_age, is_before_it_goes_out
from domain.desk.cutoff import how_close
from domain.desk.dating import day_of, days_of, first_day, last_day, stands, window_of
from domain.desk.editing import EDITABLE, open_to_edit
from domain.desk.holding import LONGEST_WHY as LONGEST_REASON
from domain.desk.keeping import Sheet
from domain.desk.leaving import (
    ASKED,
    CHECKS,
    LEFT,
    LONGEST_NAME,
    LONGEST_WHO,
    NO,
    OFF,
    YES,
    leaving_of,
    until_of,
)
from domain.desk.only import FOR_SOME
from domain.desk.pins import lacks_the_pin
from domain.desk.risks import AskFirst, Seen, read_carried, seen_in
from domain.desk.sending_back import askable_now
from domain.desk.splitting import LONGEST_WHY
from domain.desk.state import Owed
from domain.desk.stepping import open_to_any
from domain.desk.stopping import AT_IT, LONGEST_RISK
from domain.desk.way_back import LATE, LONGEST_STORY, OPEN, deadline, standing
from domain.errors import DeskError
from domain.intake.showing import told_of
from domain.intake.texts import STATES
from domain.intake.trial import TRIALS, still_to_verify, tried_in
from domain.policy import Policy

LONGEST_PREVIEW = 2500  # characters; a section takes 3,000
SHOWN_HOLIDAYS = 6
LONGEST_FEE = 8  # characters of an amount


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
        blocks=[_about(filling), *_which(verb, filling), *_FORMS[verb](filling), *_preview(verb, filling)],
    )


def _about(filling: Filling) -> SectionBlock:
    """Return where the request stands, in two lines."""
    return said("form.here", **stands(filling.sheet.case))


def _which(verb: str, filling: Filling) -> Iterator[Block]:
    """Yield the choice of numbers, where a request has several."""
    case = filling.sheet.case
    if verb in FOR_SOME and len(case.numbers) > 1:
        yield inputs.which(case, verb, filling.entered.get(inputs.WHICH, ()))


def _alone(_filling: Filling) -> Iterator[Block]:
    """Yield nothing: which numbers it is for is all that the form asks."""
    yield from ()


def _split(_filling: Filling) -> Iterator[Block]:
    yield inputs.words("form.split.why", LONGEST_WHY)


def _date(filling: Filling) -> Iterator[Block]:
    numbers, policy = filling.sheet.case.numbers, filling.policy
    days = policy.days_for(numbers)
    first, last = first_day(filling.today, policy, days), last_day(filling.today, policy, days)
    yield inputs.day("form.date.day")
    holidays = ", ".join(_holidays(first, last, days))
    key = "form.date.hint_holidays" if holidays else "form.date.hint"
    window = window_of(policy.hours_of(numbers[0]) if numbers else policy.hours)
    yield said(key, first=day_of(first), last=day_of(last), holidays=holidays, window=window)
    if policy.short_notice:
        yield said("form.date.soon", hours=str(policy.short_notice))


def _holidays(first: date, last: date, days: Days) -> list[str]:
    """Return the working days between two on which no number moves."""
    each = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day_of(day) for day in each if day.weekday() < 5 and not is_porting_day(day, days)][:SHOWN_HOLIDAYS]


def _reject(filling: Filling) -> Iterator[Block]:
    """Yield the reasons, and the carrier's words; what these look like can be taken for the reasons with one press."""
    yield inputs.reasons(_ticked(filling.entered))
    yield inputs.words("form.reject.words")
    again = filling.said.again if isinstance(filling.said, AskFirst) else ""
    asked = read_carried(again)
    codes = asked[2].partition(":")[0].rpartition(" ")[2] if asked is not None else ""  # behind the numbers chosen
    if codes:
        button = ButtonElement(text=plain("form.reject.take"), action_id=LOOK, value=f"{inputs.TAKE}{codes}")
        yield ActionsBlock(elements=[button], block_id="take")


def _ticked(entered: Entered) -> tuple[str, ...]:
    """Return the reasons that are ticked for somebody: those just taken, else those of their block's id."""
    block = next((name for name in entered if name.startswith(f"{inputs.REASON}{inputs.BETWEEN}")), "")
    return entered.get(inputs.TAKE) or tuple(block.split(inputs.BETWEEN)[1:])


def _ask(filling: Filling) -> Iterator[Block]:
    yield inputs.answers(askable_now(filling.sheet.case), filling.entered.get("answers", ()))
    yield inputs.words("form.ask.why")


def _edit(filling: Filling) -> Iterator[Block]:
    case = filling.sheet.case
    has_bill = bill_age(case, filling.sheet.papers, filling.policy) is not None
    known = [*open_to_edit(case), *([BILL_DATE] if has_bill and is_before_it_goes_out(case) else [])]
    if not known:
        yield said("form.edit.nothing", ref=case.request.ref)
        return
    yield inputs.answer(known)
    chosen = next(iter(filling.entered.get("answer", ())), "")
    if chosen in EDITABLE:
        value = told_of(case).get(EDITABLE[chosen], "")
        yield said("form.edit.now" if value else "form.edit.now_nothing", value=value)
    yield inputs.value()


def _cancel(filling: Filling) -> Iterator[Block]:
    case, policy = filling.sheet.case, filling.policy
    days = days_of(case)
    if how_close(case, filling.sheet.read_at, policy) == "cancel.begun":
        yield said("form.cancel.begun", days=days or "—")
    if days:
        fee = f"{policy.currency}{policy.port_fee}"
        yield said("form.cancel.risk", days=days, fee=fee, hours=str(policy.cancel_cutoff))
    else:
        yield said("form.cancel.no_risk")
    yield from _at_carrier(filling, is_dated=bool(days))


def _at_carrier(filling: Filling, *, is_dated: bool) -> Iterator[Block]:
    """Yield what only a request that its carrier has can need: the price and risk to ask about, the carrier's word."""
    if not filling.sheet.case.numbers or any(n.phase not in AT_IT for n in filling.sheet.case.numbers):
        return
    yield inputs.line("fee", "form.cancel.fee", LONGEST_FEE, hint="form.cancel.fee_hint")
    yield inputs.words("form.cancel.words", LONGEST_RISK, hint="form.cancel.words_hint")
    boxes = {"told": "form.cancel.box_told", "stopped": "form.cancel.box_stopped"} if is_dated else {}
    yield inputs.boxes("told", "form.cancel.boxes", {**boxes, "denied": "form.cancel.box_denied"})


def _out(filling: Filling) -> Iterator[Block]:
    """Yield the checklist of a number that leaves, as it stands."""
    leaving = leaving_of(filling.sheet.case)
    if leaving is None or leaving.stands in (ASKED, NO):
        yield inputs.line("to", "form.out.to", LONGEST_NAME, now=leaving.to if leaving is not None else "")
        yield inputs.line("who", "form.out.who", LONGEST_WHO, now=leaving.who if leaving is not None else "")
    if leaving is not None and leaving.stands == ASKED:
        yield said("form.out.due", until=until_of(leaving, filling.policy))
    now = leaving.ticked if leaving is not None else ()
    yield inputs.ticks("checks", "form.out.checks", {each: f"form.out.ticks.{each}" for each in CHECKS}, now)
    if leaving is not None and leaving.stands == LEFT:
        yield inputs.ticks("off", "form.out.off", {each: f"form.out.ticks.{each}" for each in OFF}, now)
    else:
        yield inputs.choice("answer", "form.out.answer", {each: f"form.out.answers.{each}" for each in (YES, NO, LEFT)})


def _snapback(filling: Filling) -> Iterator[Block]:
    """Yield how long a snapback can be had, and what is to be noted of it."""
    case, now = filling.sheet.case, filling.sheet.read_at
    until = deadline(case)
    if until is not None:
        key = "form.snapback.until" if now < until else "form.snapback.late"
        yield said(key, until=f"{until.astimezone(filling.policy.desk_zone):%a %H:%M}")
    if standing(case) in (OPEN, LATE):
        yield inputs.boxes("done", "form.snapback.boxes", {"done": "form.snapback.box_done"})
    else:
        yield inputs.words("form.snapback.words", LONGEST_STORY)


def _end(filling: Filling) -> Iterator[Block]:
    open_now = open_to_any(filling.sheet.case)
    if not open_now:
        yield said("form.end.nothing", ref=filling.sheet.case.request.ref)
        return
    yield inputs.ends(open_now)
    yield inputs.words("form.end.why")


def _submit(filling: Filling) -> Iterator[Block]:
    case = filling.sheet.case
    orders = {order.carrier_order for order in case.own_orders}
    now = orders.pop() if len(orders) == 1 else None
    is_awaited = lacks_the_pin(case, filling.sheet.read_at)
    if is_awaited:
        yield said("form.submit.no_pin_yet")
    yield inputs.order(now, optional=is_awaited)  # without a PIN nothing goes out yet: it is asked for
    if is_awaited:
        yield inputs.boxes("pin", "form.submit.boxes", {"none": "form.submit.box_none"})


def _works(filling: Filling) -> Iterator[Block]:
    """Yield what can still be found to work."""
    case = filling.sheet.case
    checks = [each for each in tried_in(case) if still_to_verify(case, each)] or TRIALS
    yield inputs.boxes("checks", "form.works.checks", {each: f"staff.answer.{each}" for each in checks})


def _texting(_filling: Filling) -> Iterator[Block]:
    yield inputs.one_of("state", "form.texting.state", {state: f"texting.state.{state}" for state in STATES})
    yield inputs.words("form.texting.why", LONGEST_REASON)


def _close(_filling: Filling) -> Iterator[Block]:
    yield inputs.reason("form.close.words", LONGEST_REASON)


def _preview(verb: str, filling: Filling) -> Iterator[Block]:
    """Yield the button that shows what the customer will read, and that; a form that tells them nothing has neither."""
    if verb not in SHOWN_BEFORE:
        return
    button = ButtonElement(text=plain("form.preview.button"), action_id=LOOK, value=verb)
    yield ActionsBlock(elements=[button], block_id="look")
    if isinstance(filling.said, AskFirst):
        yield said(filling.said.code, **filling.said.params)
    elif isinstance(filling.said, DeskError):
        yield said("form.preview.refused", why=text(filling.said.code, **filling.said.params))
    elif filling.said is not None:
        yield _read(filling, filling.said)


def _read(filling: Filling, told: tuple[Owed, ...]) -> SectionBlock:
    """Return what the customer will read."""
    if filling.sheet.chat_blocked:
        return said("form.preview.blocked")
    whole = "\n\n".join(plain_text(owed.key, owed.params, owed.language) for owed in told)
    return said("form.preview.said", text=whole[:LONGEST_PREVIEW]) if whole else said("form.preview.nothing")


SHOWN_BEFORE = ("reject", "ask", "date", "edit", "cancel", "split", "end")
"""Verbs whose form shows what the customer will read."""

_FORMS: dict[str, Callable[[Filling], Iterator[Block]]] = {
    "date": _date,
    "reject": _reject,
    "ask": _ask,
    "edit": _edit,
    "cancel": _cancel,
    "end": _end,
    "submit": _submit,
    "out": _out,
    "snapback": _snapback,
    "advance": _alone,
    "complete": _alone,
    "lost": _alone,
    "split": _split,
    "works": _works,
    "texting": _texting,
    "close": _close,
}
FILLED: tuple[str, ...] = tuple(_FORMS)
"""Verbs whose form is filled with its request, once it is open."""
