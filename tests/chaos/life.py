"""What can go otherwise with a port: refused and put right, parted, stopped for a fee, gone back, gone on.

Maria has signed for three numbers; deaths come only then: of the questions the port's story tells. As Maya sends them,
Maria names a time for the transfer PIN; Maya has it asked for before, and sends them with it. The carrier refuses the
account number; Maria gives another one, and Maya sends all again with one press. One number travels apart; Maria wants
it stopped, is told the fee and takes it. The other two move: one should never have, and goes back, the other one leaves
for another carrier.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.slack.cards import action_of
from domain.calendar import next_porting_day
from domain.desk.risks import SURE
from tests.chaos.hands import Hands
from tests.house import BILL, CALENDAR, CUSTOMER

LEAVES, GOES_BACK, IS_STOPPED = (f"(415) 421-883{n}" for n in (2, 3, 4))
ACCOUNTS, PIN = ("998877665-00001", "998877665-00002"), "482913"
ORDER, NEW_CARRIER = "VZ-881", "Comcast"
WHY_APART, RISK, STORY = "it is served from another place", "the line can be dead for a day", "it was not on the list"
SAYS_WRONG = "you moved the wrong number"
FILE, PRESS = "@", "!"
INTAKE = (  # what is shown, and what Maria does then: presses (!), sends the bill (@), or types
    ("Which number would you like to move", "415-421-8832, 415-421-8833 and 415-421-8834, Verizon Wireless"),
    ("Are all", "!Yes, all on one bill"),
    ("Is all of this true today", "!All of that is true"),
    ("Please send me your latest", FILE),
    ("Whose account is it", "!Mine: I am the account holder"),
    ("Copy the name and address", "Maria Alvarez\n1455 Market Street, San Francisco, CA 94103"),
    ("Where should calls", "415 200 0100"),
    ("What is your account number at", ACCOUNTS[0]),
    ("By pressing", "!All correct, I agree"),
    ("To sign, type your full name", "Maria Alvarez"),
    ("Last of all: your transfer PIN", "!Later"),
)
# What Maria is told, by the words it is known by.
AGREED, PIN_ASKED = (
    "Agreed: we get your transfer PIN", "What is your transfer PIN",
)  # fmt: skip
PIN_LATER, GOES_ON, EARLIER = (
    "All right, later",
    "Our desk goes on with your request",
    "before the time that we agreed on",
)
REFUSED, SOLVED, SENT = "did not accept your request", "again with what is new", "We have sent your request"
APART = "can travel together"
REVIEWED, ACCEPTED, DATED, HAS_MOVED, IS_BACK = (
    f"{GOES_BACK}: {stands}"
    for stands in ("Verizon Wireless is reviewing it", "accepted", "date set", "moved", "gone back to Verizon Wireless")
)
WHICH, SURELY, ASKED_DESK = "Which shall I stop?", "is at your present company already", "Of your request"
FEE_TOLD, FEE_TAKEN, FEE_DUE = "charges us $25", "cancelled, for $25", "It costs you $25"
WRONGLY, IS_GONE = "should not have moved", f"{LEAVES}: no longer with us"
DAY, NO_DAY = f"{CALENDAR}: the day of the move", f"{CALENDAR}: this file takes out the day"
# What stands in the thread, or in the desk channel.
FETCHED, PIN_CAME, PIN_COMES = "fetches the transfer PIN on", "The transfer PIN is here", "sends the transfer PIN later"
REJECTION, MENDED, SUBMITTED, SPLIT = "noted a rejection", "is put right on the", "submitted this to", "split this"
ADVANCED, WANTS_STOP, QUOTED, TAKES_FEE = (
    "moved this on", "wants to stop some", "asks the customer whether they", "The customer wants it cancelled",
)  # fmt: skip
CANCELLED, KEPT, SET_DATE, COMPLETED = (
    "cancelled this:",
    "not to disconnect.",
    "set the date",
    "noted that it has moved",
)
URGENT, URGENT_AT_DESK = "the customer says that", "its customer says that"
SNAPBACK, SNAPBACK_AT_DESK, BACK = "*Snapback of", "has begun the snapback of", "went back. Nothing of ours"
OUT, HAS_LEFT = f"leaves for {NEW_CARRIER}", f"has left for {NEW_CARRIER}"


@dataclass
class Life(Hands):
    """One telling of it."""

    ref: str = ""

    async def tell(self) -> None:
        """Live through all of it; `stuck` says where it went no further."""
        try:
            await self._begin()
            self.world.arm()
            for chapter in (
                self._name_a_time,
                self._be_refused, self._go_apart, self._stop_one, self._move, self._go_back, self._leave,
            ):  # fmt: skip
                await chapter()
            await self.come_to_rest()
        except TimeoutError as error:
            self.stuck = str(error)

    async def _begin(self) -> None:
        """Sign, and send it to the carrier, while nobody dies."""
        self.telegram.say(CUSTOMER, "/start")
        for marker, does in INTAKE:
            await self._see(marker)
            self._do(does)
        await self.until(lambda: any(p.text.startswith("P-") for p in self.roots()), "no card came")
        self.ref = next(p.text[:7] for p in self.roots() if p.text.startswith("P-"))
        await self.letter(CUSTOMER)
        await self.come_to_rest()

    # the chapters

    async def _name_a_time(self) -> None:
        """Name a time for the PIN, be asked for it before, and give it."""
        await self.command(f"submit {self.ref} {ORDER}", partial(self.is_told, GOES_ON))
        self._do(f"{next_porting_day((datetime.now(UTC) + timedelta(days=3)).date()).isoformat()} at 10 am")
        await self.until(lambda: self.posted(FETCHED) > 0 and self.is_told(AGREED), "no time was agreed")
        asked = self.told(PIN_ASKED)
        await self.command(f"submit {self.ref} pin now", lambda: self.told(PIN_ASKED) > asked)
        self._do(PIN)
        await self.until(lambda: self.posted(PIN_CAME) > 0, "the PIN never came")
        await self._type(f"submit {{}} {ORDER}", SUBMITTED, SENT)

    async def _be_refused(self) -> None:
        await self._type("reject {} wrong account number: 7B account", REJECTION, REFUSED)
        self._do(ACCOUNTS[1])
        await self.until(lambda: self.posted(MENDED) > 0, "the thread never told that it is put right")
        asked = next(p for p in self.slack.posts() if MENDED in f"{p.text} {p.blocks}")
        await self.push(action_of("submit"), asked.ts, lambda: self.posted(SUBMITTED) == 2 and self.told(SENT) > 1)

    async def _go_apart(self) -> None:
        await self._type(f"split {{}} 8834: {WHY_APART}", SPLIT, APART)
        await self._type("advance {} #1", ADVANCED, REVIEWED)

    async def _stop_one(self) -> None:
        """Ask for one number to be stopped, and take the fee; the desk cancels it and tells the carrier to keep it."""
        self._do("/cancel")
        for marker, label in ((WHICH, IS_STOPPED), (SURELY, "Yes, stop it")):
            await self._see(marker)
            self._do(f"{PRESS}{label}")
        await self._see(ASKED_DESK)
        await self._type(f"cancel {{}} 8834 fee 25: {RISK}", QUOTED, FEE_TOLD)
        self._do("!Yes, cancel for $25")
        await self.until(lambda: self.posted(TAKES_FEE) > 0 and self.is_told(FEE_TAKEN), "the fee was never taken")
        await self._confirm("cancel {} 8834", CANCELLED, FEE_DUE)
        await self._type("cancel {} 8834 kept", KEPT)

    async def _move(self) -> None:
        """Move the other two, a step for both of them at once; the day is too far off for any reminder."""
        day = next_porting_day((datetime.now(UTC) + timedelta(days=9)).date()).isoformat()
        await self._type("advance {} #1 pending", ADVANCED, ACCEPTED)
        await self._type(f"date {{}} #1 {day}", SET_DATE, DATED)
        await self._confirm("complete {} #1", COMPLETED, HAS_MOVED)

    async def _go_back(self) -> None:
        self._do(SAYS_WRONG)
        await self.until(lambda: self.posted(URGENT) > 0 and self.is_told(WRONGLY), "the wrong move was never told")
        await self._type(f"snapback {{}} 8833: {STORY}", SNAPBACK)
        await self._type("snapback {} 8833 done", BACK, IS_BACK)

    async def _leave(self) -> None:
        asked = f"out {{}} 8832 to {NEW_CARRIER}: Maria Alvarez, called back; name, pin; yes"
        await self._type(asked, OUT)
        await self._type("out {} left", HAS_LEFT, IS_GONE)
        await self._type("out {} routing, texting, billing", "nothing")

    # how it is done

    async def _type(self, wish: str, posted: str, told: str = "") -> None:
        """Type a command, which is done once its post is there, and its notice."""
        await self.command(wish.format(self.ref), self._once_more(posted, told))

    async def _confirm(self, wish: str, posted: str, told: str) -> None:
        """Type a command that is asked about first, and press that it shall be so."""
        is_done = self._once_more(posted, told)
        asked = await self.shown(wish.format(self.ref), SURE)
        await self.push(SURE, asked.ts, is_done)

    def _once_more(self, posted: str, told: str) -> Callable[[], bool]:
        """Return what tells whether words were posted, and others told, once more than now."""
        many, before = self.posted(posted), self.told(told)
        return lambda: self.posted(posted) > many and (not told or self.told(told) > before)

    async def _see(self, words: str) -> None:
        await self.until(partial(self.is_told, words), f"Maria was never shown: {words}")

    def _do(self, what: str) -> None:
        if what == FILE:
            self.telegram.upload(CUSTOMER, BILL, name="bill.pdf", mime="application/pdf")
        elif what.startswith(PRESS):
            self.press(CUSTOMER, what[1:])
        else:
            self.telegram.say(CUSTOMER, what)

    def is_told(self, words: str) -> bool:
        """Tell whether Maria was told something, in words that stand there once."""
        return self.told(words) > 0

    def told(self, words: str) -> int:
        """Return how many messages of Maria's screen have words in them."""
        return sum(words in m.text for m in self.screen(CUSTOMER) if m.from_bot)
