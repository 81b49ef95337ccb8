"""A form that is open: filled with its request, and shown anew as it is filled in, with what the customer will read."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.slack.desk import SlackDesk
from bot.slack.forms import SHOWN_BEFORE, Filling, filled
from bot.slack.heard import Heard, entered_in, read_press
from bot.slack.inputs import TAKE, WHICH, Entered
from bot.slack.modals import argument_of, callback_of
from bot.slack.reply import sentence_view
from domain import values
from domain.desk.choosing import numbers_for
from domain.desk.keeping import Sheet
from domain.desk.leaving import OUT, may_leave
from domain.desk.only import read_only
from domain.desk.rehearsing import rehearse
from domain.desk.risks import Seen, seen_in
from domain.desk.roles import Role
from domain.desk.staff import Order
from domain.desk.state import Owed, Told
from domain.desk.stepping import fits, impossible, open_numbers, open_to_some
from domain.desk.submitting import hindrance
from domain.desk.way_back import SNAPBACK, moved
from domain.errors import DeskError, Refused
from domain.policy import Policy

_BY_PHASE = (
    "date",
    "cancel",
    "advance",
    "complete",
    "lost",
)  # verbs whose form makes no sense where no number's phase fits


_AFTERWARDS = {OUT: may_leave, SNAPBACK: moved}  # verbs for numbers that have moved


async def fill(desk: SlackDesk, view_id: str, verb: str, ref: str, seen: Seen | None, which: str = "") -> None:
    """Fill an open form with its request; the version seen is that of the button which opened it, else today's.

    `which`: for which of its numbers the verb was typed, or which answers its button asks for; these are chosen in the
    form.
    """
    sheet = await desk.board.sheet(ref=ref)
    if sheet is None:
        told = Told("staff.not_found", {"ref": ref}, error=True)
        await desk.client.views_update(view_id=view_id, view=sentence_view(told))
        return
    try:
        filling = replace(_filling(desk, sheet, seen), entered=_about(sheet, verb, which))
        _check(sheet, verb, desk.policy)
    except Refused as why:
        await desk.client.views_update(view_id=view_id, view=sentence_view(Told(why.code, why.params, error=True)))
        return
    if verb == "cancel":
        filling = replace(filling, said=_said(desk, sheet, Order("", verb, role=Role.ADMIN)))
    await desk.client.views_update(view_id=view_id, view=filled(verb, filling))


def _about(sheet: Sheet, verb: str, which: str) -> Entered:
    """Return the numbers, or answers, that were named, as a form has them. Raises Refused."""
    if verb == "ask":
        return {"answers": tuple(which.split())}
    about = read_only(sheet.case, verb, which)
    if about.said and not set(about.numbers) <= set(numbers_for(sheet.case, verb)):
        raise impossible(sheet.case.about(about.numbers), verb)  # else it would be handed in for all
    return {WHICH: tuple(number.e164.removeprefix("+1") for number in about.numbers)} if about.said else {}


def _check(sheet: Sheet, verb: str, policy: Policy) -> None:
    """Refuse a form that makes no sense where its request is. Raises Refused."""
    why = _refusal(sheet, verb, policy)
    if why is not None:
        raise why


def _refusal(sheet: Sheet, verb: str, policy: Policy) -> Refused | None:
    """Return why a form makes no sense where its request is; None: it does."""
    case = sheet.case
    if verb == "submit":
        return hindrance(case.about(open_numbers(case, verb)) if verb in open_to_some(case) else case, policy)
    if verb in _AFTERWARDS:
        return None if _AFTERWARDS[verb](case) else impossible(case, verb)
    is_closed = verb in _BY_PHASE and not fits(case, verb) and verb not in open_to_some(case)
    return impossible(case, verb) if is_closed else None


async def look(desk: SlackDesk, heard: Heard, verb: str, ref: str, seen: Seen | None) -> None:
    """Show a form anew with what the customer will read of what was entered so far, or why it can't be done so."""
    sheet = await desk.board.sheet(ref=ref)
    if sheet is None or verb not in SHOWN_BEFORE:
        return
    wish = Order(heard.user, verb, argument_of(verb, heard.entered), heard.role or Role.VIEWER)
    filling = replace(_filling(desk, sheet, seen), entered=heard.entered, said=_said(desk, sheet, wish))
    try:
        await desk.client.views_update(view_id=heard.view, view=filled(verb, filling))
    except SlackApiError as e:
        if e.response.get("error") not in ("not_found", "hash_conflict", "view_not_found"):  # closed meanwhile
            raise


def read_look(body: Mapping[str, Any]) -> Heard:
    """Read that something in an open form changed; `text` is the form's verb, then what the form carries."""
    view = body["view"]
    pressed = read_press(body)
    verb = str(view["callback_id"]).removeprefix(callback_of(""))
    entered = entered_in(view)
    if pressed.text.startswith(TAKE):
        entered[TAKE] = tuple(pressed.text.removeprefix(TAKE).split(","))
    return replace(pressed, text=f"{verb} {view.get('private_metadata') or ''}", entered=entered)


def _filling(desk: SlackDesk, sheet: Sheet, seen: Seen | None) -> Filling:
    sheet = _served(desk, sheet)
    today = desk.now().astimezone(desk.policy.desk_zone).date()
    return Filling(sheet, desk.policy, today, seen or seen_in(sheet))


def _served(desk: SlackDesk, sheet: Sheet) -> Sheet:
    return values.replace(sheet, case=desk.policy.told_to(sheet.case))


def _said(desk: SlackDesk, sheet: Sheet, wish: Order) -> tuple[Owed, ...] | DeskError:
    try:
        return rehearse(_served(desk, sheet), wish, desk.now(), desk.new_id, desk.policy)
    except DeskError as e:
        return e
