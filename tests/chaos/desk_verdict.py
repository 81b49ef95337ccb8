"""What the servers' records and the ledger say about a day at the desk: nothing lost, and nothing done twice."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.chaos.desk import (
    ANSWERED,
    ASKED,
    AWAKE,
    BEGUN,
    BEN,
    CALLER,
    CONFIRMED,
    DELIVERED,
    DIGESTED,
    DM,
    EXPORTED,
    FILE,
    GIVEN_BACK,
    HERE,
    LATE,
    NOTE,
    OPENED,
    PERSON,
    ROBOT,
    SNOOZED,
    WELCOME,
    WISHED,
    Desk,
)
from tests.chaos.ledger import OPEN, wrong_in
from tests.chaos.verdict import Verdict, never, posted_twice, repeats, told_to, unknown
from tests.chaos.world import World
from tests.house import STAFF

Owed = dict[str, tuple[int, int]]  # words, and how often at least and at most; (0, n): as it happens
TOLD: Owed = dict.fromkeys((WELCOME, PERSON, ANSWERED, ROBOT, LATE), (1, 1))
DOCUMENT = f"the file {FILE[0]}"
POSTED: Owed = {
    BEGUN: (2, 2),
    NOTE: (2, 2),
    OPENED: (1, 1),
    HERE: (1, 1),
    ASKED: (1, 1),
    ANSWERED: (1, 1),
    FILE[0]: (1, 1),
    GIVEN_BACK: (1, 1),
    LATE: (1, 1),
    SNOOZED: (1, 1),
    AWAKE: (1, 1),
    CONFIRMED: (1, 1),
    WISHED: (1, 1),
}
DIRECT: Owed = {DIGESTED: (1, 1), EXPORTED: (1, 1)}
# What of history tells of it, by whom, and how often.
CONTROLS = {
    (f"staff:{STAFF}", "by_phone"): 2,
    (f"staff:{STAFF}", "noted"): 2,
    ("clock", "adopted"): 1,
    (f"staff:{STAFF}", "taken_over"): 1,
    (f"staff:{STAFF}", "replied"): 2,
    (f"staff:{STAFF}", "replied_file"): 1,
    ("clock", "reply_delivered"): 3,
    (f"staff:{STAFF}", "given_back"): 1,
    (f"staff:{STAFF}", "snoozed"): 1,
    ("clock", "snooze_over"): 1,
    (f"staff:{STAFF}", "preferred"): 1,
    (f"staff:{STAFF}", "asked_for"): 1,
    (f"staff:{BEN}", "confirmed"): 1,
    (f"staff:{STAFF}", "exported"): 1,
}
# Questions about the ledger, and the rows that answer them.
LEDGER: dict[str, list[tuple[Any, ...]]] = {
    "SELECT count(*) FROM request WHERE chat_id < 0": [(1,)],
    f"SELECT count(*) FROM request WHERE chat_id = {CALLER}": [(1,)],
    "SELECT taken_by FROM chat WHERE taken_by IS NOT NULL": [],
    "SELECT ref FROM request WHERE snoozed_until IS NOT NULL": [],
    "SELECT kind, status FROM paper": [],
    "SELECT done_by FROM staff_wish": [(BEN,)],
    "SELECT rule FROM due WHERE rule IN ('snooze', 'takeover', 'phoned') OR rule LIKE 'adopt%'": [],
    "SELECT count(*) FROM due WHERE rule LIKE 'own_digest%'": [(1,)],
    "SELECT kind FROM errand": [],
    OPEN: [],
    "SELECT event_id FROM poison": [],
}
UNSENT = "SELECT kind, how FROM outbox WHERE how <> 'sent'"


def judge_desk(story: Desk) -> Verdict:
    """Judge a story that has ended, or is stuck."""
    record = story.world.platforms.record
    told = told_to(record.of("telegram", "sendMessage", effective=True), CALLER, TOLD)
    sent = record.of("telegram", "sendDocument", effective=True)
    told[DOCUMENT] = sum(int(call.params["chat_id"]) == CALLER for call in sent)
    known = TOLD | {DOCUMENT: (1, 1)}
    direct = _counted((p.text for p in story.slack.posts(DM)), DIRECT)
    again = repeats(told, known) | repeats(Counter({EXPORTED: direct[EXPORTED]}), DIRECT)
    doubled = [*unknown(told, known), *_too_many(story, direct), *posted_twice(story)]
    if story.stuck:
        return Verdict((f"stuck: {story.stuck}",), tuple(doubled), again, story.world.crashes)
    lost = [*never(told, known), *never(direct, DIRECT), *never(_posts(story), POSTED), *_lost(story)]
    return Verdict(tuple(lost), tuple(doubled), again, story.world.crashes)


def _counted(texts: Iterator[str], known: Owed) -> Counter[str]:
    return Counter(next((w for w in known if w in text), f"unexpected: {text[:80]}") for text in texts)


def _posts(story: Desk) -> Counter[str]:
    roots = (p.text for p in story.roots() if not p.text.startswith("P-"))
    return _counted(iter((*story.thread(), *roots)), POSTED)


def _too_many(story: Desk, direct: Counter[str]) -> Iterator[str]:
    posts = _posts(story)
    yield from (f"posted {n} times: {w}" for w, n in posts.items() if n > POSTED.get(w, (0, 0))[1])
    yield from (f"by direct message {n} times: {w}" for w, n in direct.items() if w != EXPORTED and n > 1)
    cards = [p.text[:7] for p in story.roots() if p.text.startswith("P-")]
    if len(cards) != len(set(cards)) or (len(cards) > len(story.refs) and not story.stuck):
        yield f"cards: {cards}"


def _lost(story: Desk) -> Iterator[str]:
    marked = sum(DELIVERED in text for text in story.thread())
    if marked != 3:
        yield f"{marked} replies are marked as delivered"
    if story.papers() > story.world.crashes:  # what a death leaves unreferred is swept within a day
        yield f"{story.papers()} files are kept"
    yield from _ledger(story.world, is_sent_again=story.is_sent_again)


def _ledger(world: World, *, is_sent_again: bool) -> Iterator[str]:
    """Tell what is written down otherwise than it was; what the desk sent by itself after a death nobody let go."""
    controls = {**CONTROLS, (f"staff:{STAFF}", "sent_again"): int(is_sent_again)}
    dropped: list[tuple[Any, ...]] = [("say", "dropped")] if is_sent_again else []
    yield from wrong_in(world, controls, {**LEDGER, UNSENT: dropped})
