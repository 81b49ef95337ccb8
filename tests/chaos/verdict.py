"""What the servers' records say about a story: what was lost, what was done twice, what was repeated.

A message to a customer may come once more for a crash. Edits, of a card in Slack and of the status message in Telegram,
may repeat as they like: they show what is so, and nobody is told twice. What counts is what they show at the end.
A letter may come once more for a crash if it is the same to the reader's mailbox: by its Message-ID.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.record import Call
from tests.chaos.ledger import OPEN, wrong_in
from tests.chaos.story import (
    ACCOUNT,
    CARRIER_ORDER,
    DELETED,
    EMAIL,
    FACTS,
    NOTHING_LEFT,
    OTHER,
    OTHERS,
    PINS,
    QUESTIONS,
    REPAIRED,
    REPLY,
    STATUS,
    TRIALS,
    TRIED,
    Story,
)
from tests.chaos.telling import Telling, look
from tests.house import CALENDAR, CUSTOMER, STAFF

BENEATH = (TRIALS[0], TRIALS[-1])  # what is asked beneath a notice, in one message
# Words of every message that the customer is owed, and how often; (0, 1): as it happens.
TOLD: dict[str, tuple[int, int]] = {
    **{q.marker: (1, 1) for q in QUESTIONS if q.marker not in BENEATH},
    "By pressing": (2, 2),
    "Next is the letter": (1, 1),
    "Letter of Authorization": (1, 1),
    "This is the letter as it is printed": (1, 1),
    STATUS: (1, 1),
    REPLY: (1, 1),
    "We have sent your request": (2, 2),
    REPAIRED: (1, 1),
    "is reviewing your request": (1, 1),
    "has accepted your request": (1, 1),
    "Date set for": (1, 1),
    f"{CALENDAR}: the day of the move": (1, 1),
    "make a test call": (1, 1),
    f"{CALENDAR}: this file takes out the day": (1, 1),
    "Texting works on": (1, 1),
    TRIED: (2, 2),
    "That is all I need": (0, 1),
    "I am still storing your bill": (0, 1),
    "Your bill is here and complete": (0, 1),
}
MAILED: dict[str, int] = {  # words of every notice, and how many of them
    "We have sent your request": 2,
    "did not accept your request": 1,
    "is reviewing your request": 1,
    "has accepted your request": 1,
    "Date set for": 1,
    "make a test call": 1,
    "Texting works on": 1,
}
TOLD_ANOTHER: dict[str, tuple[int, int]] = {
    **{q.marker: (1, 1) for q in OTHERS},
    DELETED: (1, 1),
    NOTHING_LEFT: (1, 1),
}
POSTED: dict[str, tuple[int, int]] = {
    "New request": (1, 1),
    "The transfer PIN is here": (2, 2),
    "submitted this to the carrier": (2, 2),
    "noted a rejection": (1, 1),
    "is put right on the customer's side": (1, 1),
    "moved this on": (2, 2),
    "set the date": (1, 1),
    "completed this": (1, 1),
    "Texts are wanted on": (1, 1),
    "noted of texting": (1, 1),
    "The customer has tried everything": (2, 2),
    "wrote to the customer": (1, 1),
    "The bill is here and kept": (0, 1),
}
# What of history tells of it, by whom, and how often.
CONTROLS = {
    ("customer", "signed"): 1,
    ("customer", "corrected"): 1,
    (f"staff:{STAFF}", "submit"): 2,
    (f"staff:{STAFF}", "reject"): 1,
    (f"staff:{STAFF}", "advance"): 2,
    (f"staff:{STAFF}", "replied"): 1,
    (f"staff:{STAFF}", "date"): 1,
    (f"staff:{STAFF}", "complete"): 1,
    (f"staff:{STAFF}", "texting"): 1,
}
# Questions about the ledger, and the rows that answer them: of what is due, all that a moved number needs.
LEDGER: dict[str, list[tuple[Any, ...]]] = {
    "SELECT phase, attempts FROM number ORDER BY phase": [("cancelled", 0), ("ported", 2)],
    "SELECT rule FROM due WHERE rule IN ('keep', 'trial') ORDER BY rule": [("keep",), ("trial",)],
    "SELECT rule FROM due WHERE rule IN ('moving', 'seen', 'tell', 'texting', 'unseen') OR rule LIKE 'quote%'": [],
    "SELECT kind FROM errand": [],
    OPEN: [],
    "SELECT event_id FROM poison": [],
}
_BOLD = re.compile("</?b>")
_SAID = ("sendMessage", "sendDocument", "sendPhoto")
ANSWERS = ("/start", "/status", *(q.answer for q in QUESTIONS))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Sentences about what went wrong; `repeats` counts messages to the customer beyond what was owed."""

    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    repeats: dict[str, int]
    crashes: int
    owed: Mapping[str, int] = field(default_factory=dict)  # of words that are owed several times: how often

    @property
    def most_repeats(self) -> int:
        """How often one message came too often, at most; some words are owed twice, as messages of their own."""
        return max((-(-n // self.owed.get(w, 1)) for w, n in self.repeats.items()), default=0)

    @property
    def faults(self) -> tuple[str, ...]:
        """Everything that breaks a promise; one repeat of a message for a crash does not."""
        allowed = {w: self.crashes * self.owed.get(w, 1) for w in self.repeats}
        too_many = tuple(f"repeated {n} times: {w}" for w, n in self.repeats.items() if n > allowed[w])
        return (*self.lost, *self.doubled, *too_many)


def judge(story: Story) -> Verdict:
    """Judge a story that has ended, or is stuck."""
    calls = [call for method in _SAID for call in story.world.platforms.record.of("telegram", method, effective=True)]
    told, another = told_to(calls, CUSTOMER, TOLD), told_to(calls, OTHER, TOLD_ANOTHER)
    lost = [*_lost(story, told), *(() if story.stuck else never(another, TOLD_ANOTHER))]
    doubled = [*_doubled(story, told), *unknown(another, TOLD_ANOTHER)]
    again = repeats(told, TOLD) | {f"another: {w}": n for w, n in repeats(another, TOLD_ANOTHER).items()}
    letters = _letters(story)
    if not story.stuck:
        lost += [*_never_mailed(letters), *wrong_in(story.world, CONTROLS, LEDGER)]
    doubled += _mailed_wrong(letters)
    owed = {words: most for words, (_, most) in TOLD.items()}
    return Verdict(tuple(lost), tuple(doubled), again | _mailed_again(letters), story.world.crashes, owed)


def _letters(story: Story) -> list[Call]:
    return story.world.platforms.record.of("mail", "DATA", effective=True)


def _notice_in(letter: Call) -> str:
    text = " ".join(letter.params["text"].split())
    return next((w for w in MAILED if w in text), f"unexpected: {text[:80]}")


def _id_of(letter: Call) -> str:
    return str(letter.params["headers"]["Message-ID"])


def _mailed(letters: list[Call]) -> Counter[str]:
    """Count the letters of each notice; those of one Message-ID are one."""
    return Counter(words for _, words in {(_id_of(letter), _notice_in(letter)) for letter in letters})


def _never_mailed(letters: list[Call]) -> Iterator[str]:
    mailed = _mailed(letters)
    yield from (f"mailed {mailed[w]} times of {n}: {w}" for w, n in MAILED.items() if mailed[w] < n)


def _mailed_wrong(letters: list[Call]) -> Iterator[str]:
    """Tell of letters that nobody was owed, that are new to a mailbox, or that went to somebody else."""
    yield from (f"mailed {n} letters: {w}" for w, n in _mailed(letters).items() if n > MAILED.get(w, 0))
    texts = {(_id_of(letter), letter.params["text"]) for letter in letters}
    yield from (f"letters that differ: {each}" for each, n in Counter(i for i, _ in texts).items() if n > 1)
    yield from (f"mailed to: {letter.params['to']}" for letter in letters if letter.params["to"] != [EMAIL])


def _mailed_again(letters: list[Call]) -> dict[str, int]:
    notices = {_id_of(letter): _notice_in(letter) for letter in letters}
    came = Counter(map(_id_of, letters))
    return {f"by mail: {notices[each]} {each}": n - 1 for each, n in came.items() if n > 1}


def told_to(calls: list[Call], chat: int, known: dict[str, tuple[int, int]]) -> Counter[str]:
    """Count what a chat was told by the words it is known by."""
    own = (c.params for c in calls if int(c.params["chat_id"]) == chat)
    texts = [_BOLD.sub("", str(params.get("text") or params["caption"])) for params in own]
    return Counter(next((w for w in known if w in text), f"unexpected: {text[:80]}") for text in texts)


def repeats(told: Counter[str], known: dict[str, tuple[int, int]]) -> dict[str, int]:
    """Return what was told more often than it was owed, and how much more."""
    return {w: n - known[w][1] for w, n in told.items() if w in known and n > known[w][1]}


def never(told: Counter[str], known: dict[str, tuple[int, int]]) -> Iterator[str]:
    """Tell of what was owed and never, or not often enough, told."""
    yield from (f"never told: {w}" for w, (least, _) in known.items() if told[w] < least)


def unknown(told: Counter[str], known: dict[str, tuple[int, int]]) -> Iterator[str]:
    """Tell of what nobody was owed."""
    yield from (f"{w} ({n})" for w, n in told.items() if w not in known)


def _lost(story: Story, told: Counter[str]) -> Iterator[str]:
    if story.stuck:
        yield f"stuck: {story.stuck}"
        return
    yield from never(told, TOLD)
    if told["That is all I need"] + told["I am still storing your bill"] == 0:
        yield "never told: that nothing more is needed"
    posts = _posts(story)
    yield from (f"never posted: {w}" for w, (least, _) in POSTED.items() if posts[w] < least)
    yield from (f"not in the review: {fact}" for fact in FACTS if fact not in story.review)
    card = story.card()
    shown = look(card) if card else ""
    expected = (*FACTS, CARRIER_ORDER, "*Moved*", "*Bill*\nhere")
    yield from (f"not on the card: {fact}" for fact in expected if fact not in shown)
    yield from _lost_status(story)
    if not story.papers():
        yield "the port's bill"
    yield from (f"secret left on the screen: {m.id}" for m in story.screen(CUSTOMER) if _is_secret(m.text))


def _lost_status(story: Story) -> Iterator[str]:
    """Tell whether the newest status message was left behind."""
    pages = [m.text for m in story.screen(CUSTOMER) if m.from_bot and m.text.startswith("Your request P-")]
    if not pages or "moved" not in pages[-1]:
        yield f"the status message shows an earlier state: {pages[-1:]}"


def _is_secret(text: str) -> bool:
    return any(secret in text for secret in (*PINS, ACCOUNT))


def _doubled(story: Story, told: Counter[str]) -> Iterator[str]:
    yield from unknown(told, TOLD)
    yield from (f"asked again: {text}" for text in story.asked_again)
    answers = Counter(story.said) - Counter(ANSWERS)
    yield from (f"said again: {text}" for text in answers)
    roots = [p for p in story.world.platforms.slack.posts() if p.thread_ts in (None, p.ts)]
    if len(roots) > 1:
        yield f"{len(roots)} cards: {[p.text[:40] for p in roots]}"
    yield from (f"{w} ({n})" for w, n in _posts(story).items() if w not in POSTED)
    yield from (f"posted {n} times: {w}" for w, n in _posts(story).items() if w in POSTED and n > POSTED[w][1])
    card = story.card()
    if not story.stuck and card and "*Submissions*\n2" not in look(card):
        yield "not two submissions on the card"
    yield from posted_twice(story)


def _posts(story: Story) -> Counter[str]:
    return Counter(next((w for w in POSTED if w in text), f"unexpected: {text[:80]}") for text in story.thread())


def _rows_of(metadata: Any) -> list[str]:
    """Return the owed rows that a message carries, a card's and its posts' apart."""
    payload = (json.loads(metadata) if isinstance(metadata, str) else metadata).get("event_payload") or {}
    return [str(payload)] if "card" in payload else str(payload.get("owed", "")).split()


def posted_twice(story: Telling) -> Iterator[str]:
    """Tell of posts of one owed row that took effect more than once."""
    calls = story.world.platforms.record.of("slack", "chat.postMessage", effective=True)
    rows = Counter(row for c in calls for row in _rows_of(c.params.get("metadata") or {}))
    yield from (f"posted {n} times in effect: {row}" for row, n in rows.items() if n > 1)
