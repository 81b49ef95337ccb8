"""What the servers' records and the ledger say about a company's story: nothing lost, nothing twice, nobody else's.

The ledger is the database as the last desk left it: each list judged once, the invitation used once, the approval and
the correction counted once, the inventory whole, each with who did it; and nothing owed that was never settled.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.chaos.ledger import OPEN, wrong_in
from tests.chaos.office import (
    ACCOUNT,
    ANNA,
    ANNAS,
    BEN,
    BENS,
    CORRECTED,
    LOADED,
    MANY,
    NOTHING_YET,
    TICKED,
    USED,
    ZED,
    ZEDS,
    Office,
)
from tests.chaos.telling import SENT, look
from tests.chaos.verdict import SAID, Verdict, never, posted_twice, repeats, told_to, unknown
from tests.house import STAFF

Owed = dict[str, tuple[int, int]]  # words, and how often at least and at most; (0, n): as it happens
TOLD: dict[int, Owed] = {
    ANNA: {
        **{step.marker: (1, 1) for step in ANNAS},
        "Here is an invitation": (1, 1),
        "Please open this link": (1, 1),
    },
    BEN: {
        **{step.marker: (1, 1) for step in BENS},
        "I have your list": (2, 2),
        "I am checking your list": (0, 1),
        "I am almost done": (0, 1),
        "I have read all": (0, 1),
        "Next is the letter": (1, 1),
        "Letter of Authorization": (1, 1),
        "This is the letter as it is printed": (0, 1),  # of several pages, as an album
        SENT: (1, 1),
        "I am still storing your bill": (0, 1),
        "Your bill is here and complete": (0, 1),
    },
    ZED: {**{step.marker: (1, 1) for step in ZEDS}, USED: (1, 1), NOTHING_YET: (1, 1)},
}
POSTED: Owed = {
    LOADED: (1, 1),
    CORRECTED: (1, 1),
    TICKED: (1, 1),
    "New request": (1, 1),
    "Approved by Anna": (1, 1),
    "The bill is here and kept": (0, 1),
    "Letter sealed": (0, 1),
}
# What of history tells of the new, by whom, and how often.
CONTROLS = {
    ("customer", "founded"): 2,
    ("customer", "invited"): 1,
    ("customer", "joined"): 1,
    ("customer", "signed"): 1,
    ("errand", "letter_sealed"): 1,
    ("errand", "list_read"): 2,
    ("customer", "approval_asked"): 1,
    (f"colleague:{ANNA}", "approved"): 1,
    (f"staff:{STAFF}", "inventory_loaded"): 1,
    (f"staff:{STAFF}", "inventory_freed"): 1,
    (f"staff:{STAFF}", "carrier_corrected"): 1,
    (f"staff:{STAFF}", "ticked"): 1,
}
# Questions about the ledger, and the rows that answer them.
LEDGER: dict[str, list[tuple[Any, ...]]] = {
    "SELECT used_by FROM invite": [(BEN,)],
    "SELECT chat_id, role FROM member WHERE left_at IS NULL ORDER BY chat_id": [
        (ANNA, "administrator"), (BEN, "manager"), (ZED, "administrator"),
    ],
    "SELECT chat_id, approval FROM request WHERE approval IS NOT NULL": [(BEN, "approved")],
    "SELECT kind, status FROM paper ORDER BY kind": [("bill", "kept"), ("letter", "kept"), ("list", "kept")],
    "SELECT count(*), count(DISTINCT e164) FROM list_row": [(MANY, MANY)],
    "SELECT e164, role, owner FROM inventory": [("+16284218832", "user", "Rosa Vance")],
    "SELECT carrier, field, staff FROM carrier_note": [("tmobile", "pin", STAFF)],
    "SELECT question, value FROM answer WHERE question = 'eligible'": [("eligible", '["good_standing"]')],
    "SELECT kind FROM errand": [],
    OPEN: [],
    "SELECT kind, how FROM outbox WHERE how <> 'sent'": [],
    "SELECT rule FROM due WHERE rule LIKE 'approve%'": [],
    "SELECT event_id FROM poison": [],
}  # fmt: skip


def judge_office(story: Office) -> Verdict:
    """Judge a story that has ended, or is stuck."""
    calls = [call for way in SAID for call in story.world.platforms.record.of("telegram", way, effective=True)]
    told = {chat: told_to(calls, chat, known) for chat, known in TOLD.items()}
    again = {w: n for chat, known in TOLD.items() for w, n in repeats(told[chat], known).items()}
    doubled = [line for chat, known in TOLD.items() for line in unknown(told[chat], known)]
    doubled += [*_doubled(story), *posted_twice(story)]
    if story.stuck:
        return Verdict((f"stuck: {story.stuck}",), tuple(doubled), again, story.world.crashes)
    lost = [line for chat, known in TOLD.items() for line in never(told[chat], known)]
    lost += [*_lost(story), *wrong_in(story.world, CONTROLS, LEDGER)]
    owed = {words: most for known in TOLD.values() for words, (_, most) in known.items()}
    return Verdict(tuple(lost), tuple(doubled), again, story.world.crashes, owed)


def _posts(story: Office) -> Counter[str]:
    texts = [*story.thread(), *(p.text for p in story.roots() if not p.text.startswith("P-"))]
    return Counter(next((w for w in POSTED if w in text), f"unexpected: {text[:80]}") for text in texts)


def _doubled(story: Office) -> Iterator[str]:
    posts = _posts(story)
    yield from (f"posted {n} times: {w}" for w, n in posts.items() if n > POSTED.get(w, (0, 0))[1])
    cards = [p for p in story.roots() if p.text.startswith("P-")]
    if len(cards) > 1:
        yield f"{len(cards)} cards"
    strangers = [m.text[:80] for m in story.screen(ZED) if m.from_bot and ("P-" in m.text or "Blue Door" in m.text)]
    yield from (f"told to another company: {text}" for text in strangers if USED not in text)


def _lost(story: Office) -> Iterator[str]:
    posts = _posts(story)
    yield from (f"never posted: {w}" for w, (least, _) in POSTED.items() if posts[w] < least)
    card = story.card()
    shown = look(card) if card else ""
    expected = ("Blue Door Bakery", "approved by Anna", f"+{MANY - 1}", "account in good standing: yes")
    yield from (f"not on the card: {fact}" for fact in expected if card is None or fact not in f"{card.text} {shown}")
    if not 3 <= story.papers() <= 3 + story.world.crashes:  # list, bill and letter; what a death left is swept
        yield f"{story.papers()} files are kept"
    yield from (f"secret left on the screen: {m.id}" for m in story.screen(BEN) if ACCOUNT in m.text)
