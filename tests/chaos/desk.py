"""A day at the desk as its staff live it: Maya works from Slack alone, Ben confirms, a caller takes a request over.

Maya begins two requests on the phone, notes something on both at once, answers the caller in person with words and a
file, gives the chat back, sends again what did not get through, lets a request rest, has an export that Ben confirms,
and a digest of her own. Whoever sees that something failed looks first, and does it again only if it was not done.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.slack.cards import action_of
from bot.slack.held import AGAIN
from bot.slack.home import PREFERENCES
from bot.slack.inputs import INPUT
from bot.slack.rules import DO
from bot.slack.talking import REPLY
from domain.desk.eyes import CONFIRM
from domain.desk.preferring import RULE as DIGEST
from domain.desk.snoozing import RULE as SNOOZE
from sandbox.faults import Fault
from sandbox.slack import Post
from tests.chaos.hands import TRIES, Hands
from tests.chaos.ledger import hurry, rows_in
from tests.house import CUSTOMER, STAFF

CALLER, BEN, DM = CUSTOMER, "U0STAFF2", "D0STAFF1"
FIRST = {
    "numbers": "415-421-8832",
    "carrier": "Verizon Wireless",
    "working": "yes",
    "authority": "holder",
    "name": "Maria Jones",
    "address": "742 Market St, San Francisco, CA 94103",
    "destination": "415 200 0100",
}
SECOND = {"numbers": "415-421-8833"}
NOTE = "Both belong to one household."
ASKED, ANSWERED, LATE = "Is Friday fine?", "Friday is fine, and here is the form.", "Please call us at noon."
FILE = ("form.pdf", b"%PDF-1.4 the form")
BEGUN, NOTED, OPENED = "began this for a caller", "Note by", "opened their link"
HERE, GIVEN_BACK = "answers the customer in person", "gave the customer back"
SNOOZED, AWAKE, WISHED, CONFIRMED = "snoozed this until", "the time is over", "asks to export", "confirmed what"
DELIVERED, NOT_DELIVERED = ":white_check_mark: delivered", "not delivered"
WELCOME, PERSON, ROBOT = "as you told our desk on the phone", "is here now", "handed over to me again"
EXPORTED, DIGESTED = "please delete it when", "Good morning"
NONE_HELD = "did not get through:* none"
POLICY = '[staff]\nfour_eyes = ["export"]\n'
_LINK = re.compile(r"\?start=([\w-]{10,64})(?![\w-])")

Entered = dict[str, dict[str, Any]]  # what is put into a form, by its blocks


@dataclass
class Desk(Hands):
    """One telling of it. `refs`: the requests that were begun, the one that the caller takes over first."""

    refs: tuple[str, ...] = ()
    is_sent_again: bool = False  # what did not get through was sent again by Maya, and not by the desk itself

    def __post_init__(self) -> None:
        super().__post_init__()
        policy = self.world.folder / "policy.toml"
        policy.write_text(POLICY)
        self.world.more |= {"SLACK_STAFF": f"{STAFF},{BEN}", "POLICY_FILE": str(policy)}

    async def tell(self) -> None:
        """Live through all of it; `stuck` says where it went no further."""
        try:
            await self._work()
            await self.come_to_rest()
        except TimeoutError as error:
            self.stuck = str(error)

    async def _work(self) -> None:
        for said in (FIRST, SECOND):
            await self._begin(said)
        await self._note_on_both()
        await self._hand_over()
        await self._answer_in_person()
        await self._send_again()
        await self._let_rest()
        await self._have_a_digest()
        await self._export()

    # what Maya does

    async def _begin(self, said: dict[str, str]) -> None:
        """Fill in the form for a caller."""
        many = len(self.refs)
        values: Entered = {block: {INPUT: text} for block, text in said.items()}
        await self._fill_in(partial(self.slack.command, STAFF, "new"), (values,), lambda: self.posted(BEGUN) > many)
        self.refs = (*self.refs, next(p.text[:7] for p in self.roots() if self._is_new(p)))

    def _is_new(self, post: Post) -> bool:
        return post.text.startswith("P-") and post.text[:7] not in self.refs

    async def _note_on_both(self) -> None:
        shown = await self.shown(f"note {' '.join(self.refs)} {NOTE}", DO)
        await self.push(DO, shown.ts, lambda: self.posted(NOTED) == len(self.refs))

    async def _hand_over(self) -> None:
        """Give the caller the link to the first request; the caller opens it."""
        shown = await self.shown(f"new {self.refs[0]}", "?start=")
        link = _LINK.search(str(shown.blocks))
        assert link is not None
        self.telegram.say(CALLER, f"/start {link[1]}")
        await self.until(partial(self.is_shown, WELCOME, CALLER), "the caller was never welcomed")
        await self.until(lambda: self.posted(OPENED) > 0, "the thread never told that the link was opened")

    async def _answer_in_person(self) -> None:
        ref = self.refs[0]
        await self.command(f"takeover {ref} Maya", lambda: self.is_shown(PERSON, CALLER) and self.posted(HERE) > 0)
        self.telegram.say(CALLER, ASKED)
        await self.until(lambda: self.posted(ASKED) > 0, "the thread never had the caller's words")
        card = next(p for p in self.roots() if p.text.startswith(ref))
        words: Entered = {"words": {"value": ANSWERED}, "files": {"value": [self.slack.attach(*FILE)]}}
        opening = partial(self.slack.press, STAFF, action_of(REPLY), message_ts=card.ts)
        await self._fill_in(opening, (words, {}), lambda: self.posted(ANSWERED) > 0)
        await self.until(lambda: self.posted(DELIVERED) == 2, "the thread never told that words and file arrived")
        await self.command(f"resume {ref}", lambda: self.is_shown(ROBOT, CALLER) and self.posted(GIVEN_BACK) > 0)

    async def _send_again(self) -> None:
        """Write while nothing gets through to Telegram; send it again when it does.

        A death can take the note that it failed: then the desk tries once more by itself, and nothing is held.
        """
        await self.come_to_rest()  # what a death repeats would not get through either
        away = Fault("telegram", "sendMessage", "timeout_before", hang=0.0, lasting=True)
        self.world.platforms.faults.add(away)
        await self.command(f"reply {self.refs[0]} {LATE}", lambda: self.posted(LATE) > 0)
        await self.until(lambda: self.posted(NOT_DELIVERED) > 0, "the thread never told that it did not get through")
        self.world.platforms.faults.take_away(away)
        await self.come_to_rest()  # the list is of what is written down
        shown = await self.shown("held", AGAIN, NONE_HELD)
        self.is_sent_again = AGAIN in str(shown.blocks)
        if self.is_sent_again:
            await self.push(AGAIN, shown.ts, partial(self.is_shown, LATE, CALLER))
        await self.until(lambda: self.posted(DELIVERED) == 3, "the thread never told that it got through")

    async def _let_rest(self) -> None:
        await self.command(f"snooze {self.refs[1]} 3h", lambda: self.posted(SNOOZED) > 0)
        await asyncio.to_thread(hurry, self.world, SNOOZE)
        await self.until(lambda: self.posted(AWAKE) > 0, "the request never came back")

    async def _have_a_digest(self) -> None:
        values: Entered = {"digest": {"value": ["digest"]}, "at": {"value": "08:00"}}
        await self._fill_in(self._open_preferences, (values,), self._is_preferred)
        await asyncio.to_thread(hurry, self.world, DIGEST)
        await self.until(lambda: self._direct(DIGESTED) > 0, "Maya never had her digest")

    async def _open_preferences(self) -> None:
        await self.slack.open_home(STAFF)
        await self.wait_a_while(lambda: self.slack.home(STAFF) is not None)
        home = self.slack.home(STAFF)
        if home is not None:
            await self.slack.press(STAFF, PREFERENCES, view_id=home.id)

    def _is_preferred(self) -> bool:
        """Tell whether a digest is due, of which nothing in Slack tells but the form that closes."""
        return bool(rows_in(self.world, f"SELECT 1 FROM due WHERE rule LIKE '{DIGEST}%'"))

    async def _export(self) -> None:
        await self.command("export", lambda: self.posted(WISHED) > 0)
        asked = next(p for p in self.roots() if WISHED in p.text)
        await self.push(CONFIRM, asked.ts, lambda: self._direct(EXPORTED) > 0, by=BEN)

    # how a form is filled in

    async def _fill_in(
        self, opening: Callable[[], Awaitable[object]], pages: tuple[Entered, ...], is_done: Callable[[], bool]
    ) -> None:
        """Open a form and hand in its pages, each on top of the last; one that failed is still there and goes again."""
        for _ in range(TRIES):
            await self.world.served.wait()
            forms = self.slack.modals(STAFF)
            if is_done():
                break
            if not forms:
                await opening()
                await self.wait_a_while(self._is_form_open)
            elif "submit" not in forms[-1].body:  # who made it died before it was filled
                await self.slack.close(STAFF, forms[-1].id)
            else:
                await self._hand_in(forms[-1].id, pages, len(forms), is_done)
        else:
            raise TimeoutError(f"a form came to nothing: {pages}")
        for form in reversed(self.slack.modals(STAFF)):
            await self.slack.close(STAFF, form.id)

    async def _hand_in(self, form: str, pages: tuple[Entered, ...], page: int, is_done: Callable[[], bool]) -> None:
        if not (await self.slack.submit(STAFF, form, pages[page - 1])).is_acked:
            self.failed.append(f"page {page} of a form")
            await self.come_to_rest()
        elif page == len(pages):
            await self.until(is_done, f"not seen after a form: {pages}")

    def _is_form_open(self) -> bool:
        return any("submit" in form.body for form in self.slack.modals(STAFF))

    def _direct(self, words: str) -> int:
        return sum(words in p.text for p in self.slack.posts(DM))
