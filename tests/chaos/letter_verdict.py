"""What servers, files and ledger say about a letter: one, whole, the one told of, and in the customer's hands."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.chaos.ledger import OPEN, wrong_in
from tests.chaos.letter import ACCOUNT, AFTER, BEFORE, PIN, UNTOUCHED, Signing, files_of
from tests.chaos.telling import SENT
from tests.chaos.verdict import Verdict, posted_twice
from tests.house import CUSTOMER

POSTED = ("New request", "The transfer PIN is here", "Letter sealed: ")  # once each
AS_IT_HAPPENS = "The bill is here and kept"
CONTROLS = {("customer", "signed"): 1, ("errand", "letter_sealed"): 1, ("errand", "letter_not_sealed"): 0}
LEDGER: dict[str, list[tuple[Any, ...]]] = {
    "SELECT kind, status FROM paper ORDER BY kind": [("bill", "kept"), ("letter", "kept")],
    "SELECT kind FROM errand": [],
    OPEN: [],
    "SELECT kind, how FROM outbox WHERE how <> 'sent'": [],
    "SELECT event_id FROM poison": [],
}


def judge_letter(story: Signing) -> Verdict:
    """Judge a story that has ended, or is stuck."""
    told = Counter(message.text for message in story.screen(CUSTOMER) if message.from_bot and message.text)
    again = {text[:60]: n - 1 for text, n in told.items() if n > 1}
    doubled = [*posted_twice(story), *_doubled(story)]
    if story.stuck:
        return Verdict((f"stuck: {story.stuck}",), tuple(doubled), again, story.world.crashes)
    lost = [*_lost(story), *wrong_in(story.world, CONTROLS, LEDGER)]
    return Verdict(tuple(lost), tuple(doubled), again, story.world.crashes)


def _doubled(story: Signing) -> Iterator[str]:
    posts = Counter(next((w for w in (*POSTED, AS_IT_HAPPENS) if w in text), text[:80]) for text in story.thread())
    yield from (f"posted {n} times: {w}" for w, n in posts.items() if n > 1 or w not in (*POSTED, AS_IT_HAPPENS))
    cards = [post for post in story.roots() if post.text.startswith("P-")]
    if len(cards) > 1:
        yield f"{len(cards)} cards"


def _lost(story: Signing) -> Iterator[str]:
    shown = [message.text for message in story.screen(CUSTOMER) if message.from_bot]
    for marker in (step.marker for step in (*BEFORE, *AFTER)):
        if not any(marker in text for text in shown):
            yield f"never told: {marker}"
    posts = story.thread()
    yield from (f"never posted: {words}" for words in POSTED if not any(words in text for text in posts))
    yield from _lost_letter(story)
    if UNTOUCHED not in story.verified:
        yield f"verified: {story.verified[:200]}"
    yield from (f"secret left on the screen: {secret}" for secret in (ACCOUNT, PIN) if _is_shown(story, secret))


def _lost_letter(story: Signing) -> Iterator[str]:
    """Tell of a letter that is not the one that the thread names, and of files that nothing explains."""
    told = story.sealings()[0]
    files = story.world.platforms.telegram.state.files
    for message in story.screen(CUSTOMER):
        if message.from_bot and SENT in message.text and message.document is not None:
            digest = hashlib.sha256(files[message.document.file_id].content).hexdigest()
            if digest not in told:
                yield f"the customer has another letter than the thread tells of: {digest}"
    stored = files_of(story.world)
    if not 2 <= len(stored) <= 2 + story.world.crashes:  # what a death leaves unreferred is swept within a day
        yield f"stored: {stored}"


def _is_shown(story: Signing, secret: str) -> bool:
    return any(secret in message.text for message in story.screen(CUSTOMER))
