"""A carrier's entry as staff see it: what customers are told, with source, day and doubt; its versions; its form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import accumulate

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    CheckboxesElement,
    ContextBlock,
    HeaderBlock,
    InputBlock,
    MarkdownTextObject,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.slack.cards import Message
from bot.slack.heard import Heard
from bot.slack.modals import callback_of
from bot.slack.pieces import plain, section
from bot.wording import for_slack, say, slack_text
from domain.carriers import Carrier, Fact, Note
from domain.carriers.corrections import FIELDS, LONGEST_SOURCE, LONGEST_TEXT, corrected, facts_of
from domain.policy import Policy
from domain.text import clean
from domain.wordkeys import nested

CARRIER = "carrier"  # the verb
SHOW, CORRECT, HISTORY, UNDO = (f"book.{way}" for way in ("show", "correct", "history", "undo"))  # action ids
SHOWN_CHOICES = 10
SHOWN_VERSIONS = 15
_DOUBTFUL = "doubtful"
_LONGEST_FIELDS = 12_000  # characters: a message's blocks hold some 13,200 in all


@dataclass(frozen=True, slots=True)
class _Said:
    """One field of an entry: its value, and where that is from."""

    field: str
    text: str
    source: str
    checked: str
    is_doubtful: bool


def entry(row: Carrier, notes: Sequence[Note], policy: Policy) -> Message:
    """Return a carrier's entry as it is with its corrections."""
    now = corrected(row, notes)
    latest = {note.field: note for note in notes if note.stands}
    title = f"{row.name} · {row.id}"
    kind = {"class": nested(f"staff.class.{now.number_class}"), "country": row.country}
    kind_text = slack_text("entry.kind_resold" if row.reseller else "entry.kind", kind)
    fields = _fields(tuple(_said(now, latest)), latest, policy)
    return Message(
        f"{for_slack(row.name)} (`{row.id}`): {kind_text}",
        (
            HeaderBlock(text=PlainTextObject(text=title)),
            section(kind_text),
            *(section(text) for text in fields),
            _buttons(row, tuple(latest.values())),
            ContextBlock(elements=[MarkdownTextObject(text=slack_text("entry.hint", {"id": row.id}))]),
        ),
    )


def _fields(said: Sequence[_Said], latest: dict[str, Note], policy: Policy) -> list[str]:
    """Return the fields' texts, shorter where so many marks had to be escaped that no message would hold them."""
    for most in (LONGEST_TEXT, LONGEST_TEXT // 2):
        fields = [_field(_cut(each, most), latest.get(each.field), policy) for each in said]
        if sum(map(len, fields)) <= _LONGEST_FIELDS:
            return fields
    return [_field(_cut(each, LONGEST_TEXT // 5), latest.get(each.field), policy) for each in said]


def _cut(said: _Said, most: int) -> _Said:
    return replace(said, text=said.text[:most], source=said.source[:most])


def _said(row: Carrier, latest: dict[str, Note]) -> Iterator[_Said]:
    """Give each field; the class stands at the top, and here only where it was corrected."""
    facts = facts_of(row)
    for field in FIELDS:
        if field in facts or field in latest:
            yield _of(field, facts.get(field), latest.get(field))


def _of(field: str, fact: Fact | None, note: Note | None) -> _Said:
    """Return a field as a fact says it, or as a correction does that leaves no fact, like `none`."""
    if fact is not None:
        return _Said(field, fact.text, fact.source, fact.checked.isoformat(), is_doubtful=fact.doubtful)
    if note is not None:
        return _Said(field, note.text, note.source, note.checked.isoformat(), is_doubtful=note.doubtful)
    return _Said(field, "", "", "", is_doubtful=False)


def _field(said: _Said, note: Note | None, policy: Policy) -> str:
    name = nested(f"entry.field.{said.field}")
    if not said.text:
        return slack_text("entry.nothing", {"name": name})
    params = {
        "name": name,
        "text": said.text,
        "source": said.source,
        "checked": said.checked,
        "doubt": nested("entry.doubtful" if said.is_doubtful else "entry.sure"),
    }
    if note is None:
        return slack_text("entry.fact", params)
    params |= {"staff": note.staff, "at": _local(note.at, policy)}
    return slack_text("entry.fact_corrected", params)


def _local(at: datetime, policy: Policy) -> str:
    return f"{at.astimezone(policy.desk_zone):%Y-%m-%d %H:%M}"


def _buttons(row: Carrier, standing: Sequence[Note]) -> ActionsBlock:
    """Return what can be done to an entry; the last correction is named, so that a second press takes back no other."""
    correct, history = _button(CORRECT, row.id), _button(HISTORY, row.id)
    if not standing:
        return ActionsBlock(elements=[correct, history])
    last = max(standing, key=lambda note: note.id)
    return ActionsBlock(elements=[correct, history, _button(UNDO, f"{row.id} {last.id}")])


def _button(action: str, value: str) -> ButtonElement:
    return ButtonElement(text=plain(f"entry.button.{action.partition('.')[2]}"), action_id=action, value=value)


def choices(rows: Sequence[Carrier], said: str) -> Message:
    """Return a line with a button for each carrier that is meant, the first ten."""
    head = slack_text("entry.which", {"given": said[:40]})
    lines = [
        SectionBlock(text=MarkdownTextObject(text=_line(row)), accessory=_button(SHOW, row.id))
        for row in rows[:SHOWN_CHOICES]
    ]
    return Message(head, (section(head), *lines))


def _line(row: Carrier) -> str:
    kind = nested(f"staff.class.{row.number_class}")
    return slack_text("entry.line", {"carrier": row.name, "id": row.id, "class": kind, "country": row.country})


def history(row: Carrier, notes: Sequence[Note], policy: Policy) -> Message:
    """Return the corrections of an entry, newest first, also those that were withdrawn."""
    head = slack_text("entry.history" if notes else "entry.no_history", {"carrier": row.name})
    newest = sorted(notes, key=lambda note: note.id, reverse=True)
    versions = [_version(note, policy) for note in newest[:SHOWN_VERSIONS]]
    lengths = accumulate(map(len, versions))
    shown = [text for text, so_far in zip(versions, lengths, strict=True) if so_far <= _LONGEST_FIELDS]
    lines: list[Block] = [section(text) for text in shown]
    if len(newest) > len(shown):
        lines.append(section(slack_text("entry.older", {"count": str(len(newest) - len(shown))})))
    return Message(head, (section(head), *lines))


def _version(note: Note, policy: Policy) -> str:
    params = {
        "at": _local(note.at, policy),
        "staff": note.staff,
        "field": nested(f"entry.field.{note.field}"),
        "text": note.text,
        "source": note.source,
        "doubt": nested("entry.doubtful" if note.doubtful else "entry.sure"),
    }
    if note.withdrawn_at is None:
        return slack_text("entry.version", params)
    params |= {"withdrawn_at": _local(note.withdrawn_at, policy), "withdrawn_by": note.withdrawn_by or "—"}
    return slack_text("entry.version_withdrawn", params)


def form(row: Carrier) -> View:
    """Return the form that corrects an entry; made without asking anybody anything."""
    fields = [Option(value=field, label=say(f"entry.field.{field}", {}, "en", clean)) for field in FIELDS]
    return View(
        type="modal",
        callback_id=callback_of(CARRIER),
        private_metadata=row.id,
        title=plain("form.carrier.title"),
        submit=plain("form.carrier.submit"),
        close=plain("form.close"),
        blocks=[
            SectionBlock(text=plain("form.carrier.about", ref=row.name)),
            _input("field", StaticSelectElement(action_id="value", options=fields)),
            _input("text", PlainTextInputElement(action_id="value", multiline=True, max_length=LONGEST_TEXT)),
            _input("source", PlainTextInputElement(action_id="value", max_length=LONGEST_SOURCE)),
            _input("doubt", CheckboxesElement(action_id="value", options=[_doubt()]), optional=True),
        ],
    )


def _input(
    name: str, element: StaticSelectElement | PlainTextInputElement | CheckboxesElement, *, optional: bool = False
) -> InputBlock:
    return InputBlock(block_id=name, label=plain(f"form.carrier.{name}"), element=element, optional=optional)


def _doubt() -> Option:
    return Option(value=_DOUBTFUL, label=say("form.carrier.doubtful", {}, "en", clean))


@dataclass(frozen=True, slots=True)
class Entered:
    """What a form said."""

    field: str
    text: str
    source: str
    is_doubtful: bool


def read_form(heard: Heard) -> Entered:
    """Return what was entered."""
    field, text, source = ("".join(heard.entered.get(name, ())) for name in ("field", "text", "source"))
    return Entered(field, text, source, is_doubtful=_DOUBTFUL in heard.entered.get("doubt", ()))
