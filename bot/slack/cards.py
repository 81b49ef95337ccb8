"""A request as staff see it: pure functions from a sheet to a message that keeps to Slack's limits for any words.

Limits: header 150 characters, section 3,000, ten fields of 2,000, 50 blocks (docs.slack.dev/reference/block-kit); about
13,000 characters in all (slackapi/bolt-js issue 2509); both read 2026-11-21. Values are cut to 120 characters.
"""

from collections.abc import Iterator
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
    PlainTextObject,
    SectionBlock,
)

from bot.slack import facts
from bot.wording import for_slack, say, slack_text
from domain.carriers import CARRIERS, CarrierId
from domain.desk.editing import open_to_edit
from domain.desk.eligibility import may_be_ticked, ticked
from domain.desk.holding import OFF, is_held
from domain.desk.keeping import Line, Sheet
from domain.desk.letters import may_come
from domain.desk.snoozing import local
from domain.desk.staff import goal_of, open_to
from domain.desk.state import Owed
from domain.desk.turn import DEFAULT
from domain.desk.undoing import can_be_taken_back
from domain.desk.verbs import VERBS
from domain.intake.choices import Choice
from domain.intake.questions import next_question
from domain.numbers import Phone, show
from domain.orders.model import Case
from domain.orders.phases import PHASES, is_ended
from domain.policy import Policy
from domain.text import clean
from domain.values import replace
from domain.wordkeys import nested

LONGEST_HEADER = 150
LONGEST_LABEL = 75
LONGEST_SECTION = 3000
FIELDS = 10  # in a section
USUAL = frozenset({"submit", "advance", "date"})  # the next step on the way
CONFIRMED = frozenset({"cancel", "complete"})  # verbs whose buttons ask once more
NOBODYS = ("partial",)  # a roll-up that is over; `needs_attention` is the desk's
_NO_MARKUP = str.maketrans({"<": "\u2039", ">": "\u203a", "`": "\u02cb"})  # look-alikes: a header takes no escapes


@dataclass(frozen=True, slots=True)
class Message:
    """A message for Slack: blocks, and the same in short for notices and screen readers."""

    text: str
    blocks: tuple[Block, ...]


def card(sheet: Sheet, policy: Policy) -> Message:
    """Return a request's card, by what the company moves today."""
    sheet = replace(sheet, case=policy.told_to(sheet.case))
    title, line = _title(sheet.case), _state(sheet.case)
    return Message(
        f"{for_slack(title)}: {line.replace('*', '')}",
        (
            HeaderBlock(text=PlainTextObject(text=title[:LONGEST_HEADER])),
            _section(line),
            *(_section(text) for text in (facts.one_by_one(sheet.case),) if text),
            *_tables(sheet, policy),
            *(_section(text) for text in facts.remarks(sheet)),
            *_buttons(sheet, policy),
            ContextBlock(elements=[MarkdownTextObject(text=_footer(sheet.case, policy))]),
        ),
    )


def _title(case: Case) -> str:
    """Return a request's name: reference, friendly name where it has one, number."""
    parts = (case.request.ref, case.request.title, facts.in_short(case))
    return clean(" · ".join(part for part in parts if part)).translate(_NO_MARKUP)


def _state(case: Case) -> str:
    state = {
        "phase": nested(f"phase.{case.phase}"),
        "who": nested(f"staff.ball.{_ball(case)}"),
        "question": _question(case),
    }
    return slack_text("staff.card.state_asking" if state["question"] else "staff.card.state", state)


def _tables(sheet: Sheet, policy: Policy) -> Iterator[Block]:
    fields = facts.fields(sheet, policy)
    while some := [MarkdownTextObject(text=field) for field in islice(fields, FIELDS)]:
        yield SectionBlock(fields=some)


def _buttons(sheet: Sheet, policy: Policy) -> Iterator[Block]:
    ref = sheet.case.request.ref
    elements = [_button(verb, ref, _goal(verb, sheet.case)) for verb in steps(sheet, policy)]
    if elements:
        yield ActionsBlock(elements=elements)


def sections(text: str) -> Iterator[Block]:
    """Yield a text as blocks, in parts that fit one each."""
    yield from (_section(part) for part in _parts(text))


def link_block(url: str) -> Block:
    """Return the line with a one-time link; an address of ours needs no escaping."""
    return _section(f"{slack_text('page.link', {})} <{url}|{slack_text('page.link_label', {})}>")


def ask_block(action: str, ref: str) -> Block:
    """Return the button that asks for the one-time link, where a second person has to agree to it."""
    return ActionsBlock(elements=[ButtonElement(text=_plain("page.ask"), action_id=action, value=ref)])


def thread_post(owed: Owed, ref: str) -> Message:
    """Return a post with buttons for a card's thread; the code of each button is a verb, on the request `ref`."""
    text = slack_text(owed.key, owed.params)
    rows = (ActionsBlock(elements=[_choice(each, ref) for each in row]) for row in owed.buttons)
    return Message(text, (*(_section(part) for part in _parts(text)), *rows))


def channel_post(owed: Owed) -> Message:
    """Return a post with buttons for a channel; each button's code is its action id, its `value` goes with it."""
    text = slack_text(owed.key, owed.params)
    rows = (ActionsBlock(elements=[_own_choice(each) for each in row]) for row in owed.buttons)
    return Message(text, (*(_section(part) for part in _parts(text)), *rows))


def _own_choice(choice: Choice) -> ButtonElement:
    label = say(choice.label, choice.params, "en", clean)[:LONGEST_LABEL]
    return ButtonElement(text=PlainTextObject(text=label), action_id=choice.code, value=choice.params["value"])


def _choice(choice: Choice, ref: str) -> ButtonElement:
    label = say(choice.label, choice.params, "en", clean)[:LONGEST_LABEL]
    return ButtonElement(text=PlainTextObject(text=label), action_id=action_of(choice.code), value=ref)


def _parts(text: str) -> Iterator[str]:
    """Yield a text in parts that fit a section each; no escaped character is cut in two."""
    while len(text) > LONGEST_SECTION:
        end = LONGEST_SECTION
        escape = text.rfind("&", end - 4, end)  # `&amp;` has five characters
        if escape > 0 and ";" not in text[escape:end]:
            end = escape
        yield text[:end]
        text = text[end:]
    yield text


def steps(sheet: Sheet, policy: Policy = DEFAULT) -> tuple[str, ...]:
    """Return the verbs that a card offers: what can be done now, to write to the customer, to take something back."""
    checks = ("eligible",) if policy.eligibility and may_be_ticked(sheet.case) else ()
    reply = () if sheet.chat_blocked else ("reply",)
    undo = ("undo",) if can_be_taken_back(sheet.case, sheet.action, sheet.read_at, policy) else ()
    return (*open_to(sheet.case), *checks, *reply, *_among_us(sheet.case), *undo)


def _among_us(case: Case) -> tuple[str, ...]:
    """Return what the desk can settle among themselves, and answers that it can correct."""
    take = () if case.request.assignee else ("take",)
    if is_ended(case.phase):
        return ("note",)
    edit = ("edit",) if open_to_edit(case) else ()
    return (*take, "assign", "note", "hold", "snooze", *edit)


def line(row: Line, now: datetime, policy: Policy = DEFAULT) -> str:
    """Return a request as one line of a list."""
    assigned = slack_text("staff.list.assigned", {"assignee": row.assignee}) if row.assignee else ""
    until = row.snoozed_until if row.snoozed_until is not None and row.snoozed_until > now else None
    rests = slack_text("staff.list.rests", {"until": local(until, policy)}) if until is not None else ""
    return _line(row, now) + assigned + rests


def _line(row: Line, now: datetime) -> str:
    return slack_text(
        "staff.list.line",
        {
            "ref": row.ref,
            "number": _first_of(row),
            "phase": nested(f"phase.{row.status}"),
            "carrier": _carrier(row.carrier),
            "days": str(max(0, (now - row.since).days)),
            "date": row.port_date or "—",
        },
    )


def _first_of(row: Line) -> str:
    """Return a request's first number and how many more there are, after its friendly name."""
    first = show(Phone(row.e164)) if row.e164 else "—"
    more = f" +{row.many - 1:,}" if row.many > 1 else ""
    return f"{row.title} · {first}{more}" if row.title else f"{first}{more}"


def _carrier(known: str | None) -> str:
    """Return a carrier's name by its id in the table; one that is not there is another one."""
    found = CARRIERS.get(CarrierId(known)) if known else None
    return found.name if found else nested("staff.list.other_carrier") if known else "—"


def _ball(case: Case) -> str:
    """Return who has to act: with nothing open with the customer, the desk sends again, or somebody else signs."""
    if case.phase == "rejected" and case.request.repaired is not None:
        return "desk_again"
    if case.phase == "awaiting_documents" and may_come(case) and next_question(case) is None:
        return "signer"
    if case.phase in PHASES:
        return PHASES[case.phase].ball
    return "nobody" if case.phase in NOBODYS else "desk"


def _question(case: Case) -> str:
    """Return the answer that is open with the customer, as a wording key; empty: none."""
    question = next_question(case)
    return nested(f"staff.answer.{question.id}") if question else ""


def _footer(case: Case, policy: Policy) -> str:
    since = max((n.since for n in case.numbers), default=case.request.changed_at).astimezone(policy.desk_zone)
    return slack_text("staff.card.footer", {"ref": case.request.ref, "since": f"{since:%Y-%m-%d %H:%M}"})


def _goal(verb: str, case: Case) -> str:
    """Return where a button leads, so that one pressed twice, or on an old card, leads no further; or the ticks."""
    if verb == "eligible":
        return " ".join(ticked(case))
    if (verb == "hold" and is_held(case)) or (verb == "snooze" and case.request.snoozed_until is not None):
        return OFF
    return goal_of(case) or "" if verb == "advance" else ""


def _button(verb: str, ref: str, goal: str) -> ButtonElement:
    confirm = None
    if verb in CONFIRMED:
        confirm = ConfirmObject(
            title=_plain("staff.confirm.title"),
            text=_plain(f"staff.confirm.{verb}", ref=ref),
            confirm=_plain("staff.confirm.yes"),
            deny=_plain("staff.confirm.no"),
        )
    style = "danger" if confirm is not None else "primary" if verb in USUAL else None
    return ButtonElement(
        text=_plain(f"staff.button.{verb}_off" if goal == OFF else f"staff.button.{verb}"),
        action_id=action_of(verb),
        value=f"{ref} {goal}".strip(),
        style=style,
        confirm=confirm,
    )


def action_of(verb: str) -> str:
    """Return the action id of a verb's button."""
    return f"verb.{VERBS[verb].name}"


def _section(text: str) -> SectionBlock:
    return SectionBlock(text=MarkdownTextObject(text=text))


def _plain(key: str, **params: str) -> PlainTextObject:
    return PlainTextObject(text=say(key, params, "en", clean))
