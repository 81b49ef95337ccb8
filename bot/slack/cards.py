"""A request as staff see it: pure functions from a sheet to a message that keeps to Slack's limits for any words.

Limits: header 150 characters, field 2,000, 50 blocks (docs.slack.dev/reference/block-kit); about 13,000 characters in
all (slackapi/bolt-js issue 2509); both read 2026-11-21. Values are cut to 120 characters, so none can be met.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

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

from bot.wording import say, slack_text
from domain.carriers import CARRIERS, CarrierId
from domain.desk.keeping import Line, Sheet
from domain.desk.verbs import VERBS
from domain.intake.questions import next_question
from domain.numbers import Phone, show
from domain.orders.model import Case, Number
from domain.orders.phases import PHASES, next_of, possible
from domain.policy import Policy
from domain.text import clean
from domain.wordkeys import nested

LONGEST_VALUE = 120
LONGEST_HEADER = 150
SHOWN_RIVALS = 5
CONFIRMED = frozenset({"cancel", "complete"})  # verbs whose buttons ask once more
NOBODYS = ("partial",)  # a roll-up that is over; `needs_attention` is the desk's

Facts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Message:
    """A message for Slack: blocks, and the same in short for notices and screen readers."""

    text: str
    blocks: tuple[Block, ...]


def card(sheet: Sheet, policy: Policy) -> Message:
    """Return a request's card."""
    case = sheet.case
    title = f"{case.request.ref} · {_numbers(case)}"
    state = {
        "phase": nested(f"phase.{case.phase}"),
        "who": nested(f"staff.ball.{_ball(case)}"),
        "question": _question(case),
    }
    line = slack_text("staff.card.state_asking" if state["question"] else "staff.card.state", state)
    return Message(
        f"{title}: {line.replace('*', '')}",
        (
            HeaderBlock(text=PlainTextObject(text=clean(title)[:LONGEST_HEADER])),
            _section(line),
            SectionBlock(fields=[MarkdownTextObject(text=f) for f in _facts(sheet, policy)]),
            *(_section(text) for text in _remarks(sheet)),
            ActionsBlock(elements=[_button(verb, case.request.ref, _goal(verb, case)) for verb in steps(case)]),
            ContextBlock(elements=[MarkdownTextObject(text=_footer(case, policy))]),
        ),
    )


def link_block(url: str) -> Block:
    """Return the line with a one-time link; an address of ours needs no escaping."""
    return _section(f"{slack_text('page.link', {})} <{url}|{slack_text('page.link_label', {})}>")


def steps(case: Case) -> tuple[str, ...]:
    """Return the verbs that a card offers: what the table allows from this phase, and to take the last one back."""
    return tuple(dict.fromkeys((*possible(case.phase, "staff"), "undo")))


def line(row: Line, now: datetime) -> str:
    """Return a request as one line of a list."""
    return slack_text(
        "staff.list.line",
        {
            "ref": row.ref,
            "number": show(Phone(row.e164)) if row.e164 else "—",
            "phase": nested(f"phase.{row.status}"),
            "carrier": _carrier(row.carrier),
            "days": str(max(0, (now - row.since).days)),
            "date": row.port_date or "—",
        },
    )


def _carrier(known: str | None) -> str:
    """Return a carrier's name by its id in the table; one that is not there is another one."""
    found = CARRIERS.get(CarrierId(known)) if known else None
    return found.name if found else nested("staff.list.other_carrier") if known else "—"


def _ball(case: Case) -> str:
    """Return who has to act; a rejection that is repaired waits for the desk to send it again."""
    if case.phase == "rejected" and case.request.repaired is not None:
        return "desk_again"
    if case.phase in PHASES:
        return PHASES[case.phase].ball
    return "nobody" if case.phase in NOBODYS else "desk"


def _question(case: Case) -> str:
    """Return the answer that is open with the customer, as a wording key; empty: none."""
    question = next_question(case)
    return nested(f"staff.answer.{question.id}") if question else ""


def _facts(sheet: Sheet, policy: Policy) -> Iterator[str]:
    for name, value in _told(sheet, policy).items():
        yield slack_text("staff.card.fact", {"name": nested(f"staff.answer.{name}"), "value": value})


def _told(sheet: Sheet, policy: Policy) -> Facts:
    """Return the facts by the name of their label, at most ten: as many fields as a section has."""
    case = sheet.case
    order = case.order.carrier_order if case.order else None
    return {
        "carrier": _value(_given(case, "carrier", from_=1)),
        "name": _value(_given(case, "name")),
        "address": _value(_given(case, "address", joint=", ")),
        "destination": _phone(_given(case, "destination")),
        "account": _value(_given(case, "account")),
        "bill": nested(f"staff.bill.{_bill(sheet)}"),
        "pin": nested(f"staff.pin.{_pin(case)}"),
        "date": _date(case.numbers, policy),
        "carrier_order": _value(order or "—"),
        "attempts": str(max((n.attempts for n in case.numbers), default=0)),
    }


def _given(case: Case, question: str, *, joint: str = " ", from_: int = 0) -> str:
    answer = case.answers.get(question)
    return joint.join(part for part in answer.value[from_:] if part) if answer else "—"


def _value(text: str) -> str:
    """Return a person's words, short."""
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"


def _phone(given: str) -> str:
    return show(Phone(given)) if given.startswith("+") else _value(given)


def _numbers(case: Case) -> str:
    return ", ".join(show(Phone(n.e164)) for n in case.numbers) or "—"


def _bill(sheet: Sheet) -> str:
    found = {p.status for p in sheet.papers if p.kind == "bill"}
    return next((status for status in ("kept", "wanted", "refused") if status in found), "missing")


def _pin(case: Case) -> str:
    """Return how it stands with the PIN; never what it is."""
    answer = case.answers.get("pin")
    if answer is None:
        return "missing"
    if answer.reopened:
        return "asked"
    return "later" if answer.value == ("later",) else "here"


def _date(numbers: tuple[Number, ...], policy: Policy) -> str:
    dated = [n for n in numbers if n.port_date is not None]
    if not dated:
        return "—"
    window = f"{policy.window_start:%H:%M} to {policy.window_end:%H:%M} {policy.desk_zone.key.replace('_', ' ')}"
    return _value(f"{dated[0].port_date:%a %Y-%m-%d}, {window}")


def _remarks(sheet: Sheet) -> Iterator[str]:
    case = sheet.case
    rejections = dict.fromkeys(n.rejection for n in case.numbers if n.rejection)
    for code in rejections:
        yield slack_text("staff.card.rejection", {"reason": nested(f"rejection.short.{code}")})
    if case.rivals:
        yield slack_text("staff.card.rivals", {"rivals": ", ".join(case.rivals[:SHOWN_RIVALS])})
    if sheet.chat_blocked:
        yield slack_text("staff.card.blocked", {})


def _footer(case: Case, policy: Policy) -> str:
    since = max((n.since for n in case.numbers), default=case.request.changed_at).astimezone(policy.desk_zone)
    return slack_text("staff.card.footer", {"ref": case.request.ref, "since": f"{since:%Y-%m-%d %H:%M}"})


def _goal(verb: str, case: Case) -> str:
    """Return where a button leads, so that one pressed twice, or on an old card, does not lead further."""
    if verb != "advance" or not case.numbers:
        return ""
    number = case.numbers[0]
    return number.came_from or next_of("advance", number.phase, "staff") or ""


def _button(verb: str, ref: str, goal: str) -> ButtonElement:
    confirm = None
    if verb in CONFIRMED:
        confirm = ConfirmObject(
            title=_plain("staff.confirm.title"),
            text=_plain(f"staff.confirm.{verb}", ref=ref),
            confirm=_plain("staff.confirm.yes"),
            deny=_plain("staff.confirm.no"),
        )
    style = "danger" if confirm is not None else None
    return ButtonElement(
        text=_plain(f"staff.button.{verb}"),
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
