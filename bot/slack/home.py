"""The app's Home tab as blocks: a search, the sections with their counts, one of them open or one request, whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    InputBlock,
    MarkdownTextObject,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
)
from slack_sdk.models.views import View

from bot.slack import cards, finding
from bot.slack.pieces import plain, said
from bot.slack.places import LONGEST_WORDS, Place
from bot.wording import say, slack_text
from domain.desk.home import SECTIONS, Seen
from domain.desk.lines import Line
from domain.policy import Policy
from domain.text import clean

SHOW, CLOSE, BACK, NEXT = "home.show", "home.close", "home.back", "home.next"
SEARCH, REFRESH, NEW, PREFERENCES = "home.search", "home.refresh", "home.new", "home.preferences"
PAGE = 10  # lines
MOST_TOLD = 20  # blocks above the Home; a view takes 100 (docs.slack.dev/reference/views, read 2026-11-21)
_OURS, _TIMES = SECTIONS[:5], SECTIONS[5:]  # a row of buttons each


@dataclass(frozen=True, slots=True)
class Shown:
    """What a Home is made of. `focus`: the card of the request that is looked at; `found`: what a search came to.

    `told`: what came of the last press, above everything else. `link`: the address of the request in focus.
    `may_act`: whose Home it is can do more than look.
    """

    seen: Seen
    place: Place
    told: tuple[Block, ...] = ()
    focus: cards.Message | None = None
    found: tuple[Line, ...] | None = None
    link: str = ""
    may_act: bool = True


def open_of(section: str) -> str:
    """Return the action id of a section's button."""
    return f"section.{section}"


def view(shown: Shown, now: datetime, policy: Policy) -> View:
    """Return the Home of one of the staff; its place goes with it."""
    blocks = [*shown.told[:MOST_TOLD], *_head(shown), *_body(shown, now, policy)]
    return View(type="home", private_metadata=shown.place.written(), blocks=blocks)


def _head(shown: Shown) -> Iterator[Block]:
    yield HeaderBlock(text=plain("home.head"))
    box = PlainTextInputElement(
        action_id=SEARCH,
        placeholder=plain("home.search_hint"),
        initial_value=shown.place.words or None,
        max_length=LONGEST_WORDS,
    )
    yield InputBlock(block_id=SEARCH, label=plain("home.search"), element=box, dispatch_action=True)
    new = [_button(NEW, style="primary")] if shown.may_act else []
    yield ActionsBlock(elements=[*new, _button(REFRESH), _button(PREFERENCES)])
    if not shown.may_act:
        yield said("home.only_look")


def _body(shown: Shown, now: datetime, policy: Policy) -> Iterator[Block]:
    if shown.focus is not None:
        yield from _request(shown.focus, shown.link)
        return
    yield from _sections(shown)
    if shown.found is not None:
        yield from _found(shown, now, policy)
    elif any(shown.seen.counts.values()):
        yield from _section(shown, now, policy)
    else:
        yield from (said(key) for key in ("home.none", "home.learn"))
    yield ContextBlock(elements=[MarkdownTextObject(text=slack_text("home.hint", {}))])


def _request(card: cards.Message, link: str) -> Iterator[Block]:
    yield ActionsBlock(elements=[_button(CLOSE)])
    yield from card.blocks
    if link:
        yield ContextBlock(elements=[MarkdownTextObject(text=f"{slack_text('home.link', {})} {link}")])


def _sections(shown: Shown) -> Iterator[Block]:
    for row in (_OURS, _TIMES):
        yield ActionsBlock(elements=[_section_button(name, shown) for name in row])


def _section_button(name: str, shown: Shown) -> ButtonElement:
    is_open = shown.found is None and name == shown.seen.section
    label = say("home.count", {"section": say(f"home.section.{name}", {}, "en", clean)}, "en", clean)
    return ButtonElement(
        text=PlainTextObject(text=f"{label} {shown.seen.counts.get(name, 0):,}"),
        action_id=open_of(name),
        value=name,
        style="primary" if is_open else None,
    )


def _section(shown: Shown, now: datetime, policy: Policy) -> Iterator[Block]:
    seen, offset = shown.seen, shown.place.offset
    yield DividerBlock()
    yield said(f"home.about.{seen.section}")
    if not seen.lines:
        yield said("home.none_here")
    yield from _lines(seen.lines, now, policy)
    yield from _pages(offset, len(seen.lines), seen.counts.get(seen.section, 0))


def _found(shown: Shown, now: datetime, policy: Policy) -> Iterator[Block]:
    lines, offset = shown.found or (), shown.place.offset
    yield DividerBlock()
    if not lines:
        yield said("home.not_found", words=shown.place.words)
        return
    yield said("home.found", words=shown.place.words)
    yield from _lines(lines[:PAGE], now, policy)
    yield from _pages(offset, len(lines[:PAGE]), offset + len(lines))


def _lines(rows: Sequence[Line], now: datetime, policy: Policy) -> Iterator[Block]:
    for row in rows:
        button = ButtonElement(text=plain("home.show"), action_id=SHOW, value=row.ref)
        yield SectionBlock(text=MarkdownTextObject(text=finding.line(row, now, policy)), accessory=button)


def _pages(offset: int, shown: int, count: int) -> Iterator[Block]:
    """Yield the buttons to earlier and later lines, where there are any."""
    back = [_button(BACK, value=str(max(0, offset - PAGE)))] if offset else []
    more = [_button(NEXT, value=str(offset + PAGE))] if offset + shown < count else []
    if back or more:
        yield ActionsBlock(elements=[*back, *more])


def _button(action: str, *, value: str = "-", style: str | None = None) -> ButtonElement:
    return ButtonElement(text=plain(_LABELS[action]), action_id=action, value=value, style=style)


_LABELS = {
    CLOSE: "home.close",
    BACK: "home.back",
    NEXT: "home.next",
    REFRESH: "home.refresh",
    NEW: "home.new",
    PREFERENCES: "home.preferences",
}
