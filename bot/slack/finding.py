"""What was found, as staff read it: a page of lines with a button each; and the form that narrows it down."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    CheckboxesElement,
    InputBlock,
    MarkdownTextObject,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
    StaticMultiSelectElement,
    StaticSelectElement,
)
from slack_sdk.models.blocks.block_elements import InputInteractiveElement
from slack_sdk.models.views import View

from bot.slack import cards, filters
from bot.slack.pieces import LONGEST_SECTION, plain, section, text
from bot.wording import slack_text
from domain.desk.finding import Search, page
from domain.desk.keeping import Line
from domain.policy import Policy
from domain.text import clean

FIND = "find"  # the verb
SHOW, NEXT, BACK, FILTER = (f"find.{way}" for way in ("show", "next", "back", "filter"))
_ORDERS = ("quiet", "newest", "due", "oldest")
_MARKS = tuple(mark for mark in filters.MARKS if mark not in ("unassigned", "open", "all"))  # what a box is for
_WHO = ("anybody", "me", "nobody")


@dataclass(frozen=True, slots=True)
class Page:
    """Some of what was found. `many`: how many there are on all pages."""

    search: Search
    rows: Sequence[Line]
    many: int


def read_button(value: str) -> tuple[int, str]:
    """Return from which line on a button leads, and the words of its search."""
    offset, _, said = value.partition(" ")
    return (int(offset) if offset.isdecimal() else 0), said


def message(shown: Page, now: datetime, policy: Policy) -> cards.Message:
    """Return a page: its lines also as text, for notices and screen readers."""
    head = _head(shown)
    texts = [line(row, now, policy) for row in shown.rows]
    blocks = (section(head), *_lines(shown.rows, texts), *_ways(shown))
    return cards.Message("\n".join(_as_text([head, *texts])), blocks)


def _as_text(texts: Sequence[str]) -> Iterator[str]:
    """Yield as many lines as fit beside the blocks: a message takes about 13,000 characters in all."""
    left = LONGEST_SECTION
    for each in texts:
        left -= len(each) + 1
        if left >= 0:
            yield each


def line(row: Line, now: datetime, policy: Policy) -> str:
    """Return a request as one line, with what holds it up."""
    held = slack_text("find.on_hold", {}) if row.hold is not None else ""
    return cards.line(row, now, policy) + held


def look(ref: str, shown: cards.Message) -> View:
    """Return a message about one request as a form that is only looked at."""
    blocks = [block for block in shown.blocks if not isinstance(block, ActionsBlock)]
    return View(type="modal", title=PlainTextObject(text=ref), close=plain("find.back_to_list"), blocks=blocks)


def results(shown: cards.Message) -> View:
    """Return a page as a form, in the place of the one that asked for it."""
    return View(type="modal", title=plain("find.title"), close=plain("form.close"), blocks=list(shown.blocks))


def searching() -> View:
    """Return what stands there while the database looks."""
    return results(cards.Message("", (section(slack_text("find.searching", {})),)))


def form(search: Search, user: str) -> View:
    """Return the form of filters, filled in with a search; made without asking anybody anything."""
    words = PlainTextInputElement(
        action_id="value", initial_value=search.words or None, max_length=filters.LONGEST_WORDS, focus_on_load=True
    )
    return View(
        type="modal",
        callback_id=f"form.{FIND}",
        title=plain("form.find.title"),
        submit=plain("form.find.submit"),
        close=plain("form.close"),
        blocks=[
            SectionBlock(text=plain("form.find.about")),
            InputBlock(block_id="words", label=plain("form.find.words"), element=words, optional=True),
            *_choices(search, user),
        ],
    )


def read_form(entered: Mapping[str, tuple[str, ...]], user: str) -> str:
    """Return what was entered as the words of a search."""
    who = _first(entered, "who")
    parts = [
        *(f"phase:{status}" for status in entered.get("phases", ())),
        *(f"is:{mark}" for mark in entered.get("marks", ())),
        *([f"by:{user}"] if who == "me" else ["is:unassigned"] if who == "nobody" else []),
        *([f'carrier:"{_first(entered, "carrier")}"'] if _first(entered, "carrier") else []),
        f"order:{_first(entered, 'order') or 'quiet'}",
        clean(_first(entered, "words")),
    ]
    return " ".join(part for part in parts if part)


def _choices(search: Search, user: str) -> Iterator[Block]:
    statuses = _options(filters.labels())
    chosen = _chosen(statuses, [status for status in (search.status, *search.statuses) if status])
    yield _input("phases", StaticMultiSelectElement(action_id="value", options=statuses, initial_options=chosen))
    who = "nobody" if search.is_unassigned else "me" if search.assignee == user else "anybody"
    yield _one_of("who", {each: text(f"find.who_{each}") for each in _WHO}, who)
    carrier = PlainTextInputElement(action_id="value", initial_value=search.carrier, max_length=60)
    yield _input("carrier", carrier)
    marks = _options({mark: text(f"find.is.{mark}") for mark in _MARKS})
    marked = _chosen(marks, [mark for mark in filters.MARKS if filters.is_marked(search, mark)])
    yield _input("marks", CheckboxesElement(action_id="value", options=marks, initial_options=marked))
    yield _one_of("order", {order: text(f"find.order_{order}") for order in _ORDERS}, search.order)


def _options(known: Mapping[str, str]) -> list[Option]:
    return [Option(value=value, label=label[: cards.LONGEST_LABEL]) for value, label in known.items()]


def _chosen(options: Sequence[Option], values: Sequence[str]) -> list[Option] | None:
    return [option for option in options if option.value in values] or None


def _one_of(name: str, known: Mapping[str, str], chosen: str) -> InputBlock:
    options = _options(known)
    initial = next(option for option in options if option.value == chosen)
    return _input(name, StaticSelectElement(action_id="value", options=options, initial_option=initial))


def _input(name: str, element: InputInteractiveElement) -> InputBlock:
    return InputBlock(block_id=name, label=plain(f"form.find.{name}"), element=element, optional=True)


def _head(shown: Page) -> str:
    """Return what is shown of what: nothing, one, or some lines of many."""
    search = shown.search
    params = {"about": filters.about(search), "by": filters.whose(search), "count": f"{shown.many:,}"}
    if not shown.rows:
        return slack_text("find.none_here" if shown.search.offset else "find.none", params)
    first = shown.search.offset + 1
    params |= {"first": f"{first:,}", "last": f"{first + len(shown.rows) - 1:,}"}
    return slack_text("find.head_page" if shown.many > len(shown.rows) else "find.head", params)


def lines(rows: Sequence[Line], now: datetime, policy: Policy) -> Iterator[Block]:
    """Yield requests as blocks, a line with a button each."""
    yield from _lines(rows, [line(row, now, policy) for row in rows])


def _lines(rows: Sequence[Line], texts: Sequence[str]) -> Iterator[Block]:
    for row, shown in zip(rows, texts, strict=True):
        button = ButtonElement(text=plain("find.show"), action_id=SHOW, value=row.ref)
        yield SectionBlock(text=MarkdownTextObject(text=shown), accessory=button)


def _ways(shown: Page) -> Iterator[Block]:
    """Yield the buttons that lead on: to the pages before and behind, and to the filters."""
    search, said = shown.search, filters.typed(shown.search)
    elements = []
    if search.offset > 0:
        before = page(search, search.offset - search.limit).offset
        elements.append(ButtonElement(text=plain("find.back"), action_id=BACK, value=f"{before} {said}"))
    if search.offset + len(shown.rows) < shown.many:
        behind = search.offset + len(shown.rows)
        elements.append(ButtonElement(text=plain("find.next"), action_id=NEXT, value=f"{behind} {said}"))
    elements.append(ButtonElement(text=plain("find.filter"), action_id=FILTER, value=f"0 {said}"))
    yield ActionsBlock(elements=elements)


def _first(entered: Mapping[str, tuple[str, ...]], name: str) -> str:
    return next(iter(entered.get(name, ())), "")
