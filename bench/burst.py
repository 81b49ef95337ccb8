"""Everybody at once: 300 changes in a second over 50 requests, and what Slack shows of them under its rate limits."""

import asyncio
import json
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from bench.office import BEN, MAYA, Office, until
from sandbox.faults import Fault
from sandbox.record import Call
from sandbox.slack import Post
from sandbox.slack.errors import SlowedError
from sandbox.slack.pace import Pace

POSTS = 1.0  # a second in a channel
EDITS, BURST = 50 / 60, 50  # chat.update: tier 3, 50 a minute (docs.slack.dev/reference/methods, 2026-11-22)
QUIET = 6.0  # seconds without a call after which nothing more is on its way: more than any pause of the desk's
PATIENCE = 300.0  # seconds after which what is not there is lost
RETRY_AFTER = 1.0  # seconds: what the sandbox says, as both limits give one a second or so
IN_FLIGHT = 0.25  # seconds: a call that was under way when another was refused
_LETTERS = str.maketrans("0123456789", "abcdefghij")
_CHAT = ("chat.update", "chat.postMessage")


@dataclass(frozen=True, slots=True)
class Change:
    """What one of the staff types, what they read when it is done, and what the thread then says (patterns)."""

    words: str
    answer: str
    post: str


STORY = (
    Change("take {ref}", "is yours now", "took this"),
    Change("submit {ref} {mark}", "is marked as submitted", "order number there: {mark}"),
    Change("advance {ref}", "is now: With the carrier", "moved this on: With the carrier"),
    Change("hold {ref} why {mark}", "is on hold: why {mark}", "on hold: why {mark}"),
    Change("note {ref} note {mark}", "Your note stands", "note {mark}"),
    Change("hold {ref} off", "is no longer on hold", "ended the hold"),
)


@dataclass(frozen=True, slots=True)
class Burst:
    """What came of a burst. `right`: seconds from the last change until the last card stood as it should."""

    changes: int
    seconds: float  # from the first change asked for to the last one
    wrong_cards: int
    right: float
    lost: int  # changes that no thread tells of
    doubled: int
    out_of_order: int  # threads
    slowed: int  # calls that Slack answered 429
    taken: int  # calls that had their effect
    pressed: int  # calls made although the same method had been told to wait
    told: float  # seconds from the last change until the last thread had it
    surprises: tuple[str, ...] = ()  # what was said in place of a change's answer

    @property
    def is_whole(self) -> bool:
        """Whether nothing was lost, doubled, wrong or out of order."""
        return not (self.wrong_cards or self.lost or self.doubled or self.out_of_order)


@contextmanager
def limited(office: Office) -> Iterator[None]:
    """Let Slack keep its limits within the block: for messages in a channel, and for edits."""
    edits = Pace(time.time)
    edits.per_second, edits.burst = EDITS, BURST

    async def before(call: Call) -> None:
        if call.service == "slack" and call.method == "chat.update":
            try:
                edits.count("")
            except SlowedError as slowed:
                office.faults.add(Fault("slack", "chat.update", "429", retry_after=slowed.retry_after))

    office.slack.pace.per_second, office.faults.before = POSTS, before
    try:
        yield
    finally:
        office.slack.pace.per_second, office.faults.before = None, None


async def burst(office: Office, refs: Sequence[str], seconds: float = 1.0) -> Burst:
    """Have staff change so many requests within a second, six times each, and wait until all is told."""
    start = len(office.record)
    with limited(office):
        began = time.time()
        asking = (_change(office, ref, place, len(refs), seconds) for place, ref in enumerate(refs))
        surprises = tuple(each for found in await asyncio.gather(*asking) for each in found)
        asked = [call.at for call in list(office.record)[start:] if call.method == "command"]
        shown = await _settled(office, refs)
    calls = list(office.record)[start:]
    return judged(office, calls, shown, (began, max(asked)), surprises)


async def _change(office: Office, ref: str, place: int, many: int, seconds: float) -> list[str]:
    """Make the changes of one request, each when it is due and the one before is answered; give what was unexpected."""
    loop, surprises = asyncio.get_running_loop(), list[str]()
    user, step = (MAYA, BEN)[place % 2], seconds / len(STORY)
    due = loop.time() + step * place / many
    for change in STORY:
        await asyncio.sleep(max(0.0, due - loop.time()))
        due += step
        told = await office.slack.command(user, change.words.format(ref=ref, mark=mark_of(ref)))
        text = str((told.body or {}).get("text", ""))
        if not re.search(change.answer.format(mark=mark_of(ref)), text):
            surprises.append(f"{change.words}: {told.status} {text}")
    return surprises


def mark_of(ref: str) -> str:
    """Give the word by which the changes of a request are known: no figures, which could be a PIN, and no reference."""
    return f"VZORDER{ref.removeprefix('P-').translate(_LETTERS)}"


async def _settled(office: Office, refs: Sequence[str]) -> dict[str, Post]:
    """Wait until Slack shows all that it should, or patience is over; give how each card should stand."""
    ends = time.time() + PATIENCE
    while True:
        await until(lambda: _is_quiet(office), PATIENCE)
        shown = {ref: await shown_now(office, ref) for ref in refs}
        if time.time() > ends or all(_is_there(office, ref, card) for ref, card in shown.items()):
            return shown
        await asyncio.sleep(QUIET)


def _is_there(office: Office, ref: str, card: Post) -> bool:
    root = office.roots()[ref]
    counts, _ = told_in(office.slack.posts(thread_ts=root.ts)[1:], mark_of(ref))
    return is_same(root, card) and all(counts)


def _is_quiet(office: Office) -> bool:
    last = max((call.at for call in office.record if call.method in _CHAT), default=0.0)
    return time.time() - last > QUIET


async def shown_now(office: Office, ref: str) -> Post:
    """Give the card that staff are shown when they ask for a request: what is so now."""
    seen = len(office.slack.ephemerals(MAYA))
    await office.slack.command(MAYA, f"show {ref}")
    await until(lambda: len(office.slack.ephemerals(MAYA)) > seen, PATIENCE)
    return office.slack.ephemerals(MAYA)[-1]


def judged(
    office: Office,
    calls: Sequence[Call],
    shown: dict[str, Post],
    asked: tuple[float, float],
    surprises: tuple[str, ...] = (),
) -> Burst:
    """Judge by Slack's record alone. `shown`: how each card should stand, `asked`: the first and the last change."""
    roots = office.roots()
    threads = {ref: office.slack.posts(thread_ts=roots[ref].ts)[1:] for ref in shown}
    counts = [told_in(posts, mark_of(ref)) for ref, posts in threads.items()]
    posts_and_edits = [call for call in calls if call.method in _CHAT]
    pressed, slowed = pressed_on(posts_and_edits)
    cards = [last_change(calls, roots[ref].ts) for ref in shown]
    return Burst(
        changes=len(shown) * len(STORY),
        seconds=asked[1] - asked[0],
        wrong_cards=sum(not is_same(roots[ref], card) for ref, card in shown.items()),
        right=max(cards) - asked[1],
        lost=sum(place.count(0) for place, _ in counts),
        doubled=sum(sum(max(0, times - 1) for times in place) for place, _ in counts),
        out_of_order=sum(not in_order for _, in_order in counts),
        slowed=slowed,
        taken=sum(call.took_effect for call in posts_and_edits),
        pressed=pressed,
        told=max((_told_at(posts) for posts in threads.values()), default=0.0) - asked[1],
        surprises=surprises,
    )


def _told_at(posts: Sequence[Post]) -> float:
    return max((float(post.ts) for post in posts), default=0.0)


def is_same(root: Post, shown: Post) -> bool:
    """Tell whether a card stands as it is shown; whoever asks for it is shown a link below it, too."""
    stands, should = ([_bare(block) for block in post.blocks] for post in (root, shown))
    return root.text == shown.text and stands == should[: len(stands)]


def _bare(block: dict[str, Any]) -> dict[str, Any]:
    """Give a block without the id, which Slack makes up where there is none."""
    return {name: value for name, value in block.items() if name != "block_id"}


def told_in(posts: Iterable[Post], mark: str) -> tuple[list[int], bool]:
    """Count how often a thread tells of each change, and tell whether it does so in their order."""
    text = "\n".join(post.text for post in posts)
    places = [[found.start() for found in re.finditer(change.post.format(mark=mark), text)] for change in STORY]
    firsts = [each[0] for each in places if each]
    return [len(each) for each in places], firsts == sorted(firsts)


def last_change(calls: Sequence[Call], ts: str) -> float:
    """Tell when a card got the looks that it has: the time of the first of the last edits that are all the same."""
    edits = [call for call in calls if call.method == "chat.update" and call.took_effect and call.params["ts"] == ts]
    found = 0.0
    for edit in reversed(edits):
        if _look(edit.params) != _look(edits[-1].params):
            break
        found = edit.at
    return found


def _look(params: dict[str, Any]) -> str:
    return json.dumps([params.get("text"), params.get("blocks")], sort_keys=True)


def pressed_on(calls: Sequence[Call]) -> tuple[int, int]:
    """Count the calls made while the same method had been told to wait, and all that were told so."""
    told: dict[str, list[float]] = {}
    pressed = 0
    for call in calls:
        before = told.setdefault(call.method, [])
        pressed += any(IN_FLIGHT < call.at - at < RETRY_AFTER - IN_FLIGHT for at in before)
        if call.status == HTTPStatus.TOO_MANY_REQUESTS:
            before.append(call.at)
    return pressed, sum(len(times) for times in told.values())
