"""What servers, files and ledger say about a letter on paper: printed once, its copy read once, taken in once."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.chaos.ledger import OPEN, wrong_in
from tests.chaos.letter import files_of
from tests.chaos.paper import ACCEPTED, TAKEN, OnPaper
from tests.chaos.verdict import Verdict, posted_twice
from tests.house import CUSTOMER

CONTROLS = {
    ("errand", "blank_printed"): 1,
    ("errand", "copy_came"): 1,
    ("errand", "copy_read"): 1,
    ("errand", "copy_accepted"): 1,
    ("errand", "signed"): 1,
}
LEDGER: dict[str, list[tuple[Any, ...]]] = {
    "SELECT kind, status FROM paper ORDER BY kind": [
        ("bill", "kept"),
        ("blank_letter", "kept"),
        ("signed_copy", "kept"),
    ],
    "SELECT kind FROM errand": [],
    OPEN: [],
    "SELECT kind, how FROM outbox WHERE how <> 'sent'": [],
    "SELECT event_id FROM poison": [],
}


def judge_paper(story: OnPaper) -> Verdict:
    """Judge a story that has ended, or is stuck."""
    told = Counter(message.text for message in story.screen(CUSTOMER) if message.from_bot and message.text)
    again = {text[:60]: n - 1 for text, n in told.items() if n > 1}
    doubled = [*posted_twice(story), *_doubled(story)]
    if story.stuck:
        return Verdict((f"stuck: {story.stuck}",), tuple(doubled), again, story.world.crashes)
    lost = [*_lost(story), *wrong_in(story.world, CONTROLS, LEDGER)]
    return Verdict(tuple(lost), tuple(doubled), again, story.world.crashes)


def _doubled(story: OnPaper) -> Iterator[str]:
    if len(story.acceptances()) > 1:
        yield "accepted twice in the thread"
    for what, found in (("blanks", len(story.blanks())), ("acceptances", _told(story, TAKEN))):
        if found > 1 + story.world.crashes:
            yield f"{found} {what}"


def _lost(story: OnPaper) -> Iterator[str]:
    if not any(ACCEPTED in text for text in story.thread()):
        yield "the thread never told of the copy"
    stored = files_of(story.world)
    if not 3 <= len(stored) <= 3 + story.world.crashes:  # what a death leaves unreferred is swept within a day
        yield f"stored: {stored}"


def _told(story: OnPaper, words: str) -> int:
    return sum(words in message.text for message in story.screen(CUSTOMER) if message.from_bot)
