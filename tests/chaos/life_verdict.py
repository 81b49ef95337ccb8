"""What the servers' records and the ledger say of a port that goes otherwise: nothing lost, and nothing done twice.

Of every number the ledger has the one end that it came to, of the fee that it was told, taken and due once, and of
what was to be thought of (who decides, the way back, the answer to the other carrier) that nothing is left of it.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.chaos.ledger import OPEN, wrong_in
from tests.chaos.life import (
    ACCEPTED,
    ACCOUNTS,
    ADVANCED,
    AGREED,
    APART,
    ASKED_DESK,
    BACK,
    CANCELLED,
    COMPLETED,
    DATED,
    DAY,
    EARLIER,
    FEE_DUE,
    FEE_TAKEN,
    FEE_TOLD,
    FETCHED,
    GOES_ON,
    HAS_LEFT,
    HAS_MOVED,
    INTAKE,
    IS_BACK,
    IS_GONE,
    KEPT,
    MENDED,
    NO_DAY,
    ORDER,
    OUT,
    PIN,
    PIN_CAME,
    PIN_COMES,
    PIN_LATER,
    QUOTED,
    REFUSED,
    REJECTION,
    REVIEWED,
    SENT,
    SET_DATE,
    SNAPBACK,
    SNAPBACK_AT_DESK,
    SOLVED,
    SPLIT,
    SUBMITTED,
    SURELY,
    TAKES_FEE,
    URGENT,
    URGENT_AT_DESK,
    WANTS_STOP,
    WHICH,
    WRONGLY,
    Life,
)
from tests.chaos.verdict import SAID, Verdict, never, posted_twice, repeats, told_to, unknown
from tests.house import CUSTOMER, STAFF

Owed = dict[str, tuple[int, int]]  # words, and how often at least and at most; (0, n): as it happens
TOLD: Owed = {
    REFUSED: (1, 1),  # before the questions: one of them is asked again beneath it
    **dict.fromkeys((marker for marker, _ in INTAKE), (1, 1)),
    **dict.fromkeys((SOLVED, APART, REVIEWED, ACCEPTED, DATED), (1, 1)),
    **dict.fromkeys((WHICH, SURELY, ASKED_DESK, FEE_TOLD, FEE_TAKEN, FEE_DUE, HAS_MOVED, WRONGLY), (1, 1)),
    **dict.fromkeys((DAY, NO_DAY), (1, 1)),
    **dict.fromkeys((IS_BACK, IS_GONE, "Next is the letter", "Letter of Authorization"), (1, 1)),
    **dict.fromkeys(("That is all I need", "I am still storing your bill", "Your bill is here and complete"), (0, 1)),
    **dict.fromkeys((PIN_LATER, AGREED), (1, 1)),
    **dict.fromkeys((GOES_ON, EARLIER), (1, 1)),  # as Maya sends it, and once more before the time
    SENT: (2, 2),
    **dict.fromkeys(("This is the letter as it is printed", "Here is your signed letter"), (1, 1)),
}
POSTED: Owed = {
    **dict.fromkeys((REJECTION, MENDED, SPLIT, WANTS_STOP, QUOTED, TAKES_FEE, CANCELLED, KEPT, SET_DATE), (1, 1)),
    **dict.fromkeys((COMPLETED, URGENT, URGENT_AT_DESK, SNAPBACK, SNAPBACK_AT_DESK, BACK, OUT), (1, 1)),
    "New request": (1, 1),
    "Letter sealed": (1, 1),
    **dict.fromkeys((PIN_COMES, FETCHED, PIN_CAME), (1, 1)),
    "The bill is here and kept": (0, 1),
    "Texts are wanted on": (1, 1),
    SUBMITTED: (2, 2),
    ADVANCED: (2, 2),
    HAS_LEFT: (2, 2),  # as it has, and once nothing is left to switch off
}
_STAFFS = {  # of numbers, which all go out twice and of which two move, and of the request
    "submit": 6, "reject": 3, "rejection": 1, "split": 1, "cancel_quoted": 1, "cancel": 1, "keep_told": 1, "advance": 4,
    "date": 2, "complete": 2, "snapback": 1, "end": 2, "out_asked": 1, "out_yes": 1, "out_left": 1, "ticked": 5,
}  # fmt: skip
# What of history tells of it, by whom, and how often.
CONTROLS = {
    ("customer", "corrected"): 1,
    ("customer", "cancel"): 1,
    ("customer", "cancel_agreed"): 1,
    ("customer", "wrongly_moved"): 1,
    **{(f"staff:{STAFF}", what): n for what, n in _STAFFS.items()},
}
# Questions about the ledger, and the rows that answer them.
LEDGER: dict[str, list[tuple[Any, ...]]] = {
    "SELECT e164, phase, attempts FROM number ORDER BY e164": [
        ("+14154218832", "returned", 2), ("+14154218833", "returned", 2), ("+14154218834", "cancelled", 2),
    ],
    "SELECT status, carrier_order FROM port_order ORDER BY id": [("returned", ORDER), ("cancelled", None)],
    "SELECT status, repaired FROM request": [("returned", None)],
    "SELECT value FROM answer WHERE question = 'snapback'": [('["back","+14154218833"]',)],
    "SELECT question FROM answer WHERE question IN ('cancel_quote', 'cancel_denied', 'keep_service')": [],
    "SELECT e164 FROM inventory": [],
    "SELECT rule FROM due WHERE rule IN ('out', 'quote', 'snapback', 'tell', 'moving', 'window')": [],
    "SELECT kind FROM errand": [],
    OPEN: [],
    "SELECT kind, how FROM outbox WHERE how <> 'sent'": [],
    "SELECT event_id FROM poison": [],
}  # fmt: skip


def judge_life(story: Life) -> Verdict:
    """Judge a story that has ended, or is stuck."""
    calls = [call for method in SAID for call in story.world.platforms.record.of("telegram", method, effective=True)]
    told = told_to(calls, CUSTOMER, TOLD)
    doubled = [*unknown(told, TOLD), *_too_many(story), *posted_twice(story)]
    owed, again = {words: most for words, (_, most) in TOLD.items()}, repeats(told, TOLD)
    if story.stuck:
        return Verdict((f"stuck: {story.stuck}",), tuple(doubled), again, story.world.crashes, owed)
    lost = [*never(told, TOLD), *never(_posts(story), POSTED), *_lost(story), *wrong_in(story.world, CONTROLS, LEDGER)]
    return Verdict(tuple(lost), tuple(doubled), again, story.world.crashes, owed)


def _posts(story: Life) -> Counter[str]:
    texts = [*story.thread(), *(p.text for p in story.roots() if not p.text.startswith("P-"))]
    return Counter(next((w for w in POSTED if w in text), f"unexpected: {text[:80]}") for text in texts)


def _too_many(story: Life) -> Iterator[str]:
    posts = _posts(story)
    yield from (f"posted {n} times: {w}" for w, n in posts.items() if n > POSTED.get(w, (0, 0))[1])
    cards = [p for p in story.roots() if p.text.startswith("P-")]
    if len(cards) > 1:
        yield f"{len(cards)} cards"


def _lost(story: Life) -> Iterator[str]:
    secrets = (*ACCOUNTS, PIN)
    yield from (f"secret left: {m.id}" for m in story.screen(CUSTOMER) if any(secret in m.text for secret in secrets))
