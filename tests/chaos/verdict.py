"""What the servers' records say about a story: what was lost, what was done twice, what was repeated."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.record import Call
from tests.chaos.story import ACCOUNT, CARRIER_ORDER, FACTS, PINS, QUESTIONS, REPAIRED, Story, look
from tests.house import CUSTOMER

# Words of every message that the customer is owed, and how often; (0, 1): as it happens.
TOLD: dict[str, tuple[int, int]] = {
    **{q.marker: (1, 1) for q in QUESTIONS},
    "Next is the letter": (1, 1),
    "Letter of Authorization": (1, 1),
    "our desk has sent your request": (2, 2),
    REPAIRED: (1, 1),
    "is reviewing your request": (1, 1),
    "has accepted your request": (1, 1),
    "your number is to move on": (1, 1),
    "make a test call": (1, 1),
    "That is all I need": (0, 1),
    "I am still storing your bill": (0, 1),
    "Your bill is here and complete": (0, 1),
}
POSTED: dict[str, tuple[int, int]] = {
    "New request": (1, 1),
    "The transfer PIN is here": (2, 2),
    "submitted this to the carrier": (2, 2),
    "noted a rejection": (1, 1),
    "corrected what the carrier rejected": (1, 1),
    "moved this on": (2, 2),
    "set the date": (1, 1),
    "completed this": (1, 1),
    "The bill is here and kept": (0, 1),
}
ANSWERS = ("/start", *(q.answer for q in QUESTIONS))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Sentences about what went wrong; `repeats` counts messages to the customer beyond what was owed."""

    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    repeats: dict[str, int]
    crashes: int

    @property
    def most_repeats(self) -> int:
        """How often one message came too often, at most; some words are owed twice, as messages of their own."""
        return max((-(-n // TOLD[w][1]) for w, n in self.repeats.items()), default=0)

    @property
    def faults(self) -> tuple[str, ...]:
        """Everything that breaks a promise; one repeat of a message for a crash does not."""
        too_many = tuple(f"repeated {n} times: {w}" for w, n in self.repeats.items() if n > self.crashes * TOLD[w][1])
        return (*self.lost, *self.doubled, *too_many)


def judge(story: Story) -> Verdict:
    """Judge a story that has ended, or is stuck."""
    record = story.world.platforms.record
    told = _told(record.of("telegram", "sendMessage", effective=True))
    lost, doubled = [*_lost(story, told)], [*_doubled(story, told)]
    repeats = {w: n - TOLD[w][1] for w, n in told.items() if w in TOLD and n > TOLD[w][1]}
    return Verdict(tuple(lost), tuple(doubled), repeats, story.world.crashes)


def _told(calls: list[Call]) -> Counter[str]:
    texts = [str(c.params["text"]) for c in calls if int(c.params["chat_id"]) == CUSTOMER]
    return Counter(next((w for w in TOLD if w in text), f"unexpected: {text[:80]}") for text in texts)


def _lost(story: Story, told: Counter[str]) -> Iterator[str]:
    if story.stuck:
        yield f"stuck: {story.stuck}"
        return
    yield from (f"never told: {w}" for w, (least, _) in TOLD.items() if told[w] < least)
    if told["That is all I need"] + told["I am still storing your bill"] == 0:
        yield "never told: that nothing more is needed"
    posts = _posts(story)
    yield from (f"never posted: {w}" for w, (least, _) in POSTED.items() if posts[w] < least)
    yield from (f"not in the review: {fact}" for fact in FACTS if fact not in story.review)
    card = story.card()
    shown = look(card) if card else ""
    expected = (*FACTS, CARRIER_ORDER, "*Moved*", "*Bill*\nhere")
    yield from (f"not on the card: {fact}" for fact in expected if fact not in shown)
    yield from (f"secret left on the screen: {m.id}" for m in story.screen() if _is_secret(m.text))


def _is_secret(text: str) -> bool:
    return any(secret in text for secret in (*PINS, ACCOUNT))


def _doubled(story: Story, told: Counter[str]) -> Iterator[str]:
    yield from (f"{w} ({n})" for w, n in told.items() if w not in TOLD)
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
    yield from _posted_twice(story)


def _posts(story: Story) -> Counter[str]:
    return Counter(next((w for w in POSTED if w in text), f"unexpected: {text[:80]}") for text in story.thread())


def _posted_twice(story: Story) -> Iterator[str]:
    """Tell of posts of one owed row that took effect more than once."""
    calls = story.world.platforms.record.of("slack", "chat.postMessage", effective=True)
    rows = Counter(str(c.params.get("metadata") or {}) for c in calls)
    yield from (f"posted {n} times in effect: {row}" for row, n in rows.items() if n > 1)
