"""A whole port as three people live it: each looks at a screen, and does what it asks for, once.

Nobody here knows that the desk dies now and then. The customer answers a question when it is shown, and never again
unless it is asked in other words; it wants copies by e-mail. Staff act when the card shows that it is their turn, and
repeat an act only when Slack showed that it failed and `/port show`, or the thread, shows that it was not done. Once
the number has moved the customer tries it, and texts too when staff have noted that they come. Another customer begins
a request, and has it deleted.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

from domain.calendar import next_porting_day
from domain.desk.risks import SURE
from sandbox.slack import Post
from sandbox.telegram import Message
from tests.chaos.telling import Telling, button, look
from tests.chaos.world import LOOK
from tests.house import BILL, CUSTOMER, STAFF

AT_DESK = "with our desk"
STATUS = "Whose turn it is"
REPAIRED = "again with what is new"
FACTS = ("(415) 421-8832", "Verizon", "Maria Alvarez", "1455 Market Street", "San Francisco", "94103", "(415) 200-0100")
PINS = ("482913", "771155")
BILL_NAME = "bill.pdf"
ACCOUNT = "998877665-00001"
CARRIER_ORDER = "VZ-881"
REPLY = "We test the line on Friday."
OTHER = CUSTOMER + 1


@dataclass(frozen=True, slots=True)
class Question:
    """Words by which a question is known, and its answer: said, pressed (label) or sent as a file.

    `after`: what was said before; the same words ask for something else then. `shows`: words that stand there, too: an
    older check that a death repeats lacks them.
    """

    marker: str
    text: str = ""
    press: str = ""
    bill: bool = False
    after: str = ""
    shows: str = ""

    @property
    def answer(self) -> str:
        """Return the answer as it is counted."""
        return self.text or self.press or BILL_NAME


WORKS = "Yes, it works"
TRIALS = ("Do calls come in on", "Do calls go out from", "Does the voicemail of", "Do texts come and go on")
TRIED = "Thank you, everything works"  # told when calls are tried, and when texts are
EMAIL = "maria@example.org"
ADDRESS = "1455 Market Street, San Francisco, CA 94103"
QUESTIONS = (
    Question("Which number would you like to move", text="415-421-8832, Verizon Wireless"),
    Question("Is all of this true today", press="All of that is true"),
    Question("Please send me your latest", bill=True),
    Question("Whose account is it", press="Mine: I am the account holder"),
    Question("Copy the name and address", text=f"Maria Alvarez\n{ADDRESS}"),
    Question("Where should calls", text="415 200 0100"),
    Question("What is your account number at", text=ACCOUNT),
    Question("By pressing", press="Get copies by e-mail"),
    Question("To which e-mail address", text=EMAIL),
    Question("By pressing", press="All correct, I agree", after=EMAIL, shows=EMAIL),
    Question("To sign, type your full name", text="Maria Alvarez"),
    Question("Last of all: your transfer PIN", text=PINS[0]),
    Question("What is your transfer PIN from", text=PINS[1]),
    *(Question(marker, press=WORKS) for marker in TRIALS),
)
LAST = "Whose account is it"
OTHERS = (  # what another customer is shown, and does then
    Question("Which number would you like to move", text="212-736-5000, Verizon Wireless"),
    Question("Is all of this true today", press="All of that is true"),
    Question("Please send me your latest", bill=True),
    Question(LAST, text="/delete_my_data"),
    Question("Shall I delete what you told me", press="Yes, delete it"),
)
DELETED = "It is deleted"
NOTHING_LEFT = "You have no request yet"


@dataclass(frozen=True, slots=True)
class Act:
    """An act of staff's: done when the card shows `shows` and the customer was told `told`, after `since`."""

    wish: str
    when: tuple[str, ...]  # what the card shows before
    shows: str  # the card's phase afterwards
    told: str
    since: str = ""  # words of an earlier message to the customer
    proof: str = ""  # words in the thread that show that it was done, where the phase does not
    is_asked_about: bool = False  # first, with a button that does it


def acts() -> tuple[Act, ...]:
    """Return what staff do, in order."""
    day = next_porting_day((datetime.now(UTC) + timedelta(days=9)).date()).isoformat()  # no reminder of it comes today
    return (
        Act(
            f"submit {{ref}} {CARRIER_ORDER}",
            ("Desk review", "Transfer PIN*\nhere"),
            "Submitted",
            "We have sent your request",
        ),
        Act("reject {ref} wrong pin: 8C passcode", ("Submitted",), "Rejected", "did not accept your request"),
        Act(
            f"submit {{ref}} {CARRIER_ORDER}",
            ("Rejected", "the desk, to submit it again"),
            "Submitted",
            "We have sent your request",
            REPAIRED,
        ),
        Act("advance {ref}", ("Submitted",), "With the carrier", "is reviewing your request"),
        Act(f"reply {{ref}} {REPLY}", ("With the carrier",), "With the carrier", REPLY, proof="wrote to the customer"),
        Act("advance {ref}", ("With the carrier",), "Accepted, no date yet", "has accepted your request"),
        Act(f"date {{ref}} {day}", ("Accepted, no date yet",), "Date set", "Date set for"),
        Act("complete {ref}", ("Date set",), "Moved", "make a test call", is_asked_about=True),
        Act(
            "texting {ref} working",
            ("Moved", "Voicemail: works"),
            "Moved",
            "Texting works on",
            proof="noted of texting",
        ),
    )


@dataclass
class Story(Telling):
    """One telling of it."""

    said: list[str] = field(default_factory=list)  # the customer's answers, as given
    answered: set[tuple[Question, str]] = field(default_factory=set)  # each with the words in which it was put
    asked_again: list[str] = field(default_factory=list)  # questions that had to be answered a second time
    ref: str = ""

    async def tell(self) -> None:
        """Live through all of it; `stuck` says where it went no further."""
        try:
            async with asyncio.TaskGroup() as both:
                customer = both.create_task(self._be_customer())
                both.create_task(self._be_staff(customer))
                both.create_task(self._be_another())
            await self.letter(CUSTOMER)
            await self.come_to_rest()
            await self.until(self._is_deleted, "the deleted request's bill is still here")
            self.world.platforms.telegram.say(OTHER, "/status")
            await self.come_to_rest()
        except* TimeoutError as errors:
            self.stuck = "; ".join(str(e) for e in errors.exceptions)

    # the customer

    async def _be_customer(self) -> None:
        self._say("/start")
        while True:
            await asyncio.sleep(LOOK)
            self._look_at_status()
            asked = next(
                ((m, q) for m in reversed(self.screen(CUSTOMER)) if m.from_bot and (q := self._asked_in(m.text))), None
            )
            if asked is not None and (asked[1], asked[0].text) not in self.answered:
                self._answer(*asked)

    def _asked_in(self, text: str) -> Question | None:
        """Return the question that a message puts, as things stand."""
        return next(
            (
                q
                for q in reversed(QUESTIONS)
                if q.marker in text and q.shows in text and (not q.after or q.after in self.said)
            ),
            None,
        )

    def _look_at_status(self) -> None:
        """Ask once where it stands, as soon as the desk has the request."""
        if "/status" not in self.said and any(AT_DESK in m.text for m in self.screen(CUSTOMER) if m.from_bot):
            self._say("/status")

    def _answer(self, message: Message, question: Question) -> None:
        if any(question is answered for answered, _ in self.answered):
            self.asked_again.append(message.text[:80])
        self.answered.add((question, message.text))
        if question.bill:
            self.said.append(BILL_NAME)
            self.world.platforms.telegram.upload(CUSTOMER, BILL, name=BILL_NAME, mime="application/pdf")
        elif question.press:
            self._press(message, question.press)
        else:
            self._say(question.text)

    def _say(self, text: str) -> None:
        self.said.append(text)
        self.world.platforms.telegram.say(CUSTOMER, text)

    def _press(self, message: Message, label: str) -> None:
        self.said.append(label)
        self.world.platforms.telegram.press(CUSTOMER, message.id, button(message, label))

    @property
    def review(self) -> str:
        """Return the check of all answers, as the customer was shown it."""
        return next((m.text for m in self.screen(CUSTOMER) if m.from_bot and "Please look it over" in m.text), "")

    # another customer

    async def _be_another(self) -> None:
        telegram = self.world.platforms.telegram
        telegram.say(OTHER, "/start")
        for each in OTHERS:
            await self.until(partial(self.is_shown, each.marker, OTHER), f"another was never shown: {each.marker}")
            if each.marker == LAST:
                await self.until(self._are_bills_kept, "another's bill was never kept")
            if each.bill:
                telegram.upload(OTHER, BILL, name=BILL_NAME, mime="application/pdf")
            elif each.text:
                telegram.say(OTHER, each.text)
            else:
                message = next(m for m in reversed(self.screen(OTHER)) if each.marker in m.text)
                telegram.press(OTHER, message.id, button(message, each.press))
        await self.until(partial(self.is_shown, DELETED, OTHER), "another was never told that all is deleted")

    def _is_deleted(self) -> bool:
        """Tell whether only the port's bill is kept; what a death leaves unreferred is swept within a day."""
        return self.papers("bill") <= 1 + self.world.crashes

    def _are_bills_kept(self) -> bool:
        return self.papers("bill") == 1 + self.said.count(BILL_NAME)

    def _is_told(self, act: Act) -> bool:
        texts = [m.text for m in self.screen(CUSTOMER) if m.from_bot]
        first = next((n for n, text in enumerate(texts) if act.since in text), len(texts))
        return any(act.told in text for text in texts[first:])

    # staff

    async def _be_staff(self, customer: asyncio.Task[None]) -> None:
        try:
            for act in acts():
                await self.until(partial(self._is_turn, act), f"the card never asked for: {act.wish}")
                await self._do(act)
                done = f"not seen after {act.wish!r}: {act.shows!r} on the card and {act.told!r} told"
                await self.until(partial(self._is_done, act), done)
            await self.until(self._is_all_tried, "the card never told that texts work")
        finally:
            customer.cancel()

    def _is_turn(self, act: Act) -> bool:
        card = self.card()
        if card is None:
            return False
        shown = look(card)
        self.ref = self.ref or shown.partition("P-")[1] + shown.partition("P-")[2][:5]
        return all(words in shown for words in act.when)

    def _is_done(self, act: Act) -> bool:
        card = self.card()
        return card is not None and f"*{act.shows}*" in look(card) and self._is_told(act)

    def _is_all_tried(self) -> bool:
        card = self.card()
        return card is not None and "Texts: works" in look(card)

    async def _do(self, act: Act) -> None:
        """Act; after a visible failure look first, then act again only if it was not done."""
        wish = act.wish.format(ref=self.ref)
        while not await self._is_accepted(act, wish):
            self.failed.append(wish)
            if await self._was_done(act):
                return

    async def _is_accepted(self, act: Act, wish: str) -> bool:
        """Type it, and press what it is confirmed by; tell whether both were acknowledged."""
        slack = self.world.platforms.slack
        if not await self.type(wish):
            return False
        if not act.is_asked_about:
            return True
        asked = [post for post in slack.ephemerals(STAFF) if SURE in repr(post.blocks)]
        return bool(asked) and (await slack.press(STAFF, SURE, message_ts=asked[-1].ts)).is_acked

    async def _was_done(self, act: Act) -> bool:
        """Look whether an act that seemed to fail was done after all."""
        if not act.proof:
            return f"*{act.shows}*" in look(await self.ask(f"show {self.ref}"))
        await self.come_to_rest()
        return any(act.proof in text for text in self.thread())

    def card(self) -> Post | None:
        """Return the newest card in the desk channel."""
        roots = self.roots()
        return roots[-1] if roots else None
