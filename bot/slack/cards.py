"""A request as staff see it: pure functions from a sheet to a message that keeps to Slack's limits for any words.

Limits: header 150 characters, section 3,000, ten fields of 2,000, 50 blocks (docs.slack.dev/reference/block-kit); about
13,000 characters in all (slackapi/bolt-js issue 2509); both read 2026-11-21. Values are cut to 120 characters.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    HeaderBlock,
    MarkdownTextObject,
    Option,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)

from bot.slack import bar, facts, standing
from bot.slack.pieces import LONGEST_SECTION, plain, section
from bot.wording import for_slack, say, slack_text
from domain.carriers import CARRIERS, CarrierId
from domain.desk import offers, routing
from domain.desk.cancel_said import KEPT
from domain.desk.counting import told
from domain.desk.eligibility import ticked
from domain.desk.holding import OFF, is_held
from domain.desk.keeping import Line, Sheet
from domain.desk.letter_seals import letters_in
from domain.desk.risks import seen_in
from domain.desk.snoozing import local
from domain.desk.staff import goal_of
from domain.desk.state import Owed
from domain.desk.stopping import KEEP
from domain.desk.turn import DEFAULT
from domain.desk.verbs import VERBS
from domain.intake.choices import Choice
from domain.numbers import Phone, show
from domain.orders.model import Case
from domain.orders.phases import is_ended
from domain.policy import Policy
from domain.text import bare, clean
from domain.values import replace
from domain.wordkeys import nested

LONGEST_HEADER = 150
LONGEST_LABEL = 75
LONGEST_TITLE = 120  # of a friendly name within a line
LONGEST_NAME = 40  # of an account's name there
FIELDS = 10  # in a section
TIMELINE = "timeline"  # in the menu: what only shows something
VERIFY = "verify"  # there too, once a letter is sealed
REVEAL = "reveal"  # in the menu as well: account number and PIN, for whom the policy lets see them
MENU = "menu"  # the action id of the menu; what is chosen carries the verb before a button's value
CONFIRMED = frozenset({"complete"})  # verbs that act at once, and whose buttons ask once more
AT_ONCE = ("advance", "complete", "lost")  # verbs whose form is only for some of a request's numbers
SOME = "some"  # what a button carries for these, where they are not open to all
_NO_MARKUP = str.maketrans({"<": "\u2039", ">": "\u203a", "`": "\u02cb"})  # look-alikes: a header takes no escapes


@dataclass(frozen=True, slots=True)
class Message:
    """A message for Slack: blocks, and the same in short for notices and screen readers."""

    text: str
    blocks: tuple[Block, ...]


def card(sheet: Sheet, policy: Policy, *, may_act: bool = True) -> Message:
    """Return a request's card, by what the company moves today; who may only look gets nothing to press but that."""
    sheet = replace(sheet, case=policy.told_to(sheet.case))
    title, urgent = _title(sheet.case), (*standing.overdue(sheet), *standing.urgent(sheet.case))
    return Message(
        ". ".join((f"{for_slack(title)}: {standing.in_short(sheet.case)}", *urgent)),
        (
            HeaderBlock(text=PlainTextObject(text=title[:LONGEST_HEADER])),
            *(section(text) for text in urgent),
            section(standing.state(sheet.case, policy)),
            *(section(text) for text in (bar.numbers(sheet.case),) if text),
            *_tables(sheet, policy),
            *(section(text) for text in facts.remarks(sheet)),
            *(_buttons(sheet, policy) if may_act else _ways_to_look(sheet)),
            ContextBlock(elements=[MarkdownTextObject(text=standing.age(sheet.case, policy))]),
        ),
    )


def _title(case: Case) -> str:
    """Return a request's name: reference, friendly name where it has one, number."""
    parts = (case.request.ref, case.request.title, facts.in_short(case))
    return clean(" · ".join(part for part in parts if part)).translate(_NO_MARKUP)


def _tables(sheet: Sheet, policy: Policy) -> Iterator[Block]:
    fields = facts.fields(sheet, policy)
    while some := [MarkdownTextObject(text=field) for field in islice(fields, FIELDS)]:
        yield SectionBlock(fields=some)


def _buttons(sheet: Sheet, policy: Policy) -> Iterator[Block]:
    """Yield the usual steps as buttons, the right one in colour, and everything else in a menu behind them."""
    case, right = sheet.case, offers.right_step(sheet, policy)
    some = offers.for_some(case)
    open_now, shown = (*offers.offered(sheet, policy), *some), offers.usual(sheet, policy)
    once_more = CONFIRMED.difference(some)  # a menu cannot ask once more
    buttons = [verb for verb in open_now if verb in shown or verb in once_more]
    buttons.sort(key=lambda verb: shown.index(verb) if verb in shown else len(shown))
    rest = [verb for verb in open_now if verb not in buttons]
    elements = (*(_button(verb, sheet, is_right=verb == right) for verb in buttons), _menu(rest, sheet))
    yield ActionsBlock(elements=elements, block_id=f"steps:{case.request.version}")


def _ways_to_look(sheet: Sheet) -> Iterator[Block]:
    """Yield the menu of who may only look."""
    look = Option(value=f"{TIMELINE} {sheet.case.request.ref}", text=plain("card.timeline"))
    menu = StaticSelectElement(action_id=MENU, placeholder=plain("card.more"), options=[look])
    yield ActionsBlock(elements=[menu], block_id=f"steps:{sheet.case.request.version}")


def _menu(verbs: Sequence[str], sheet: Sheet) -> StaticSelectElement:
    """Return the menu of everything else. A client shows what was chosen there until the block's id is another one.

    Slack tells nothing of the same choice twice; so the id goes with the request's version (bolt-js issue 2766).
    """
    options = [
        Option(value=f"{verb} {value_of(verb, sheet)}", text=_label(verb, _goal(verb, sheet.case))) for verb in verbs
    ]
    if KEEP in sheet.case.answers and not is_ended(sheet.case.phase):  # else the button of `cancel` says just that
        kept = " ".join(("cancel", sheet.case.request.ref, KEPT, seen_in(sheet).mark))
        options.append(Option(value=kept, text=plain("staff.button.cancel_kept")))
    options.append(Option(value=f"{TIMELINE} {sheet.case.request.ref}", text=plain("card.timeline")))
    if letters_in(sheet.papers):
        options.append(Option(value=f"{VERIFY} {sheet.case.request.ref}", text=plain("card.verify")))
    options.append(Option(value=f"{REVEAL} {sheet.case.request.ref}", text=plain("card.reveal")))
    return StaticSelectElement(action_id=MENU, placeholder=plain("card.more"), options=options)


def sections(text: str) -> Iterator[Block]:
    """Yield a text as blocks, in parts that fit one each."""
    yield from (section(part) for part in _parts(text))


def link_block(url: str) -> Block:
    """Return the line with a one-time link; an address of ours needs no escaping."""
    return section(f"{slack_text('page.link', {})} <{url}|{slack_text('page.link_label', {})}>")


def ask_block(action: str, ref: str) -> Block:
    """Return the button that asks for the one-time link, where a second person has to agree to it."""
    return ActionsBlock(elements=[ButtonElement(text=plain("page.ask"), action_id=action, value=ref)])


def thread_post(owed: Owed, ref: str) -> Message:
    """Return a post with buttons for a card's thread; the code of each button is a verb, on the request `ref`."""
    text = slack_text(owed.key, owed.params)
    rows = (ActionsBlock(elements=[_choice(each, ref) for each in row]) for row in owed.buttons)
    return Message(text, (*(section(part) for part in _parts(text)), *rows))


def channel_post(owed: Owed) -> Message:
    """Return a post with buttons for a channel; each button's code is its action id, its `value` goes with it."""
    text = slack_text(owed.key, owed.params)
    rows = (ActionsBlock(elements=[_own_choice(each) for each in row]) for row in owed.buttons)
    return Message(text, (*(section(part) for part in _parts(text)), *rows))


def _own_choice(choice: Choice) -> ButtonElement:
    label = say(choice.label, choice.params, "en", clean)[:LONGEST_LABEL]
    return ButtonElement(text=PlainTextObject(text=label), action_id=choice.code, value=choice.params["value"])


def _choice(choice: Choice, ref: str) -> ButtonElement:
    label = say(choice.label, choice.params, "en", clean)[:LONGEST_LABEL]
    action = choice.code if choice.code not in VERBS else action_of(choice.code)
    value = f"{ref} {choice.params['argument']}" if "argument" in choice.params else ref
    return ButtonElement(text=PlainTextObject(text=label), action_id=action, value=value)


def _parts(text: str) -> Iterator[str]:
    """Yield a text in parts that fit a section each: at the ends of lines, else no escaped character is cut in two."""
    while len(text) > LONGEST_SECTION:
        end = text.rfind("\n", LONGEST_SECTION // 2, LONGEST_SECTION) + 1 or LONGEST_SECTION
        escape = text.rfind("&", end - 4, end)  # `&amp;` has five characters
        if escape > 0 and ";" not in text[escape:end]:
            end = escape
        yield text[:end]
        text = text[end:]
    yield text


def line(row: Line, now: datetime, policy: Policy = DEFAULT) -> str:
    """Return a request as one line of a list."""
    assigned = slack_text("staff.list.assigned", {"assignee": row.assignee}) if row.assignee else ""
    until = row.snoozed_until if row.snoozed_until is not None and row.snoozed_until > now else None
    rests = slack_text("staff.list.rests", {"until": local(until, policy)}) if until is not None else ""
    return _line(row, now) + assigned + rests


def _line(row: Line, now: datetime) -> str:
    days = (now - row.since).days
    return slack_text(
        "staff.list.line",
        {
            "ref": row.ref,
            "urgent": nested("staff.list.urgent") if row.is_urgent else "",
            "number": " · ".join((*_names_of(row), _first_of(row))),
            "phase": told(dict(row.stand)) or nested(f"phase.{row.status}"),
            "carrier": _carrier(row.carrier),
            "days": nested("staff.list.days", days=str(days)) if days > 0 else nested("staff.list.today"),
            "date": nested("staff.list.dated", date=str(row.port_date)) if row.port_date else "",
        },
    )


def _names_of(row: Line) -> Iterator[str]:
    """Yield a request's friendly name and its account's, where that is another one."""
    if row.title:
        yield row.title[:LONGEST_TITLE]
    if row.name and bare(row.name) != bare(row.title or ""):
        yield row.name if len(row.name) <= LONGEST_NAME else f"{row.name[: LONGEST_NAME - 1].rstrip()}…"


def _first_of(row: Line) -> str:
    """Return a request's first number and how many more there are."""
    first = show(Phone(row.e164)) if row.e164 else "—"
    return f"{first} +{row.many - 1:,}" if row.many > 1 else first


def _carrier(known: str | None) -> str:
    """Return a carrier's name by its id in the table; one that is not there is another one."""
    found = CARRIERS.get(CarrierId(known)) if known else None
    return found.name if found else nested("staff.list.other_carrier") if known else "—"


def _goal(verb: str, case: Case) -> str:
    """Return where a button leads, so that one pressed twice, or on an old card, leads no further; or the ticks."""
    if verb == "eligible":
        return " ".join(ticked(case))
    if verb == "routing":
        return " ".join(routing.ticked(case))
    if verb in AT_ONCE and verb in offers.for_some(case):
        return SOME
    if (verb == "hold" and is_held(case)) or (verb == "snooze" and case.request.snoozed_until is not None):
        return OFF
    if verb == "cancel" and is_ended(case.phase):
        return KEPT
    return goal_of(case) or "" if verb == "advance" else ""


def value_of(verb: str, sheet: Sheet) -> str:
    """Return what a button of a verb carries: the request, where it leads, and which version of it is shown."""
    case = sheet.case
    parts = (case.request.ref, _goal(verb, case), seen_in(sheet).mark)
    return " ".join(part for part in parts if part)


def _button(verb: str, sheet: Sheet, *, is_right: bool) -> ButtonElement:
    case, confirm = sheet.case, None
    if verb in CONFIRMED and _goal(verb, case) != SOME:
        confirm = ConfirmObject(
            title=plain("staff.confirm.title"),
            text=plain(f"staff.confirm.{verb}", ref=case.request.ref),
            confirm=plain("staff.confirm.yes"),
            deny=plain("staff.confirm.no"),
        )
    style = "primary" if is_right else "danger" if confirm is not None else None
    return ButtonElement(
        text=_label(verb, _goal(verb, case)),
        action_id=action_of(verb),
        value=value_of(verb, sheet),
        style=style,
        confirm=confirm,
    )


def _label(verb: str, goal: str) -> PlainTextObject:
    if goal == SOME:
        return plain(f"staff.button.{verb}_some")
    if verb == "advance" and goal:
        text = say("staff.button.advance_to", {"phase": nested(f"phase.{goal}")}, "en", clean)
        return PlainTextObject(text=text[:LONGEST_LABEL])
    ending = {OFF: "_off", KEPT: "_kept"}.get(goal, "")
    return plain(f"staff.button.{verb}{ending}")


def action_of(verb: str) -> str:
    """Return the action id of a verb's button."""
    return f"verb.{VERBS[verb].name}"
