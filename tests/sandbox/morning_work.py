"""What staff do in the morning, by task as `docs/desk.md` has it, and what each customer is to hear of it."""

import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from playwright.async_api import Locator, Page, expect

from tests.house import CALENDAR
from tests.sandbox.morning_hands import SOON, Staff
from tests.sandbox.morning_scene import CUSTOMERS, Chats, Customer

ANA, BRUNO, CHLOE, DMITRI, ELENA, FARID, GRACE, HUGO, INES, JONAS = CUSTOMERS
UNDO = 90.0  # seconds after which nothing can be taken back any more

NEW_PIN, ANOTHER_PIN = "733915", "991177"
ORDERS = "ORD-"  # the beginning of every order number here
CALLER = "421-9901"
WHY = "The bill says Bruno M. Keller."
NOTE = "Called the carrier: the lock comes off tomorrow."
HOLD = "She is looking for the newest bill."
CARRIER_WROTE = "8C rejected, see remark 41."
REPLY = "I am looking at it now, one moment please."


async def _do_not_look(_name: str) -> None:
    """Draw nothing."""


@dataclass(slots=True)
class Morning:
    """One person's morning; `meant` collects the words that each customer's messages must hold, in order.

    `look` is called with a name where there is something worth a picture.
    """

    staff: Staff
    chats: Chats
    refs: dict[Customer, str]
    begun_after: dict[Customer, int]
    day: date
    meant: dict[Customer, list[str]] = field(default_factory=lambda: {each: [] for each in CUSTOMERS})
    look: Callable[[str], Awaitable[None]] = _do_not_look

    @classmethod
    async def begun(cls, page: Page, chats: Chats, refs: Sequence[str]) -> "Morning":
        """Begin with ten signed requests on the page."""
        await expect(page.locator("#posts h4")).to_have_count(len(refs), timeout=SOON)
        last = {each: (await chats.messages(each))[-1]["id"] for each in CUSTOMERS}
        day = await chats.porting_day(2)
        return cls(Staff(page), chats, dict(zip(CUSTOMERS, refs, strict=True)), last, day)

    @property
    def plan(self) -> tuple[Callable[[], Awaitable[None]], ...]:
        """What is done, in this order."""
        return (
            self.take_at_home,
            self.carry_on,
            self.find_and_reject,
            self.ask_the_customer,
            self.answer_by_a_saved_reply,
            self.keep_it_among_us,
            self.let_it_rest,
            self.cancel,
            self.several_at_once,
            self.take_it_back,
            self.talk_in_person,
            self.begin_for_a_caller,
            self.look_back,
        )

    def card(self, customer: Customer) -> Locator:
        """Find a customer's card in the channel."""
        return self.staff.card(self.refs[customer])

    async def told(self, customer: Customer, *words: str) -> None:
        """Let the time to undo pass, and wait until these words were sent to a customer."""
        await self.chats.forward(UNDO)
        for each in words:
            self.meant[customer].append(each)
            await self.chats.heard(customer, each, self.meant[customer].count(each))

    async def check(self) -> None:
        """Fail unless everybody was sent what was meant for them, in order, and nothing else; nor the desk a secret."""
        for customer, words in self.meant.items():
            sent = await self.chats.read(customer, self.begun_after[customer])
            assert len(sent) == len(words), (customer.name, sent)
            for each, text in zip(words, sent, strict=True):
                assert each in text, (customer.name, each, sent)
            whole = "\n".join(await self.chats.read(customer))
            assert not [each for each in self._not_for(customer) if each in whole]
        screen = await self.chats.screen_of_the_desk()
        assert not [each for each in self._secrets() if each in screen]

    def _not_for(self, customer: Customer) -> Iterator[str]:
        """Yield what this customer must never read: what is others', and what is the desk's own."""
        yield from (NOTE, HOLD, CARRIER_WROTE, ORDERS, CALLER)
        for other in CUSTOMERS:
            if other is not customer:
                yield from (self.refs[other], other.name, other.shown, other.street, other.account, other.pin)

    def _secrets(self) -> Iterator[str]:
        yield from (NEW_PIN, ANOTHER_PIN)
        for each in CUSTOMERS:
            yield from (each.account, each.pin)

    # In the morning

    async def take_at_home(self) -> None:
        """Take a request from among nobody's."""
        staff = self.staff
        with staff.step("take a request of nobody's, at Home"):
            await staff.go("App Home")
            await expect(staff.home).to_contain_text("Nobody's: 10", timeout=SOON)
            await staff.press(staff.line(self.refs[ANA]), "Show")
            await staff.press(staff.home, "Take")
            await expect(staff.home).to_contain_text("@Maya", timeout=SOON)

    async def submit(self, customer: Customer, card: Locator, order: str) -> None:
        """Send it to the carrier with its order number."""
        staff = self.staff
        with staff.step("submit with the order number"):
            await staff.press(card, "Mark submitted")
            await expect(staff.form).to_contain_text("It is now", timeout=SOON)
            await staff.write(staff.form.get_by_label("Order number"), order)
            await staff.hand_in("It is submitted")
            await expect(card).to_contain_text(order, timeout=SOON)
        await self.told(customer, "We have sent your request")

    async def advance(self, customer: Customer, card: Locator, phase: str, told: str) -> None:
        """Take it one step on."""
        with self.staff.step(f"next step: {phase}"):
            await self.staff.click(card.get_by_role("button", name=re.compile("^Next step")))
            await self.staff.sees_phase(card, phase)
        await self.told(customer, told)

    async def carry_on(self) -> None:
        """Take a request all the way, at Home."""
        staff, home = self.staff, self.staff.home
        await self.submit(ANA, home, "ORD-88123")
        await self.advance(ANA, home, "With the carrier", "is reviewing your request")
        await self.advance(ANA, home, "Accepted", "has accepted your request")
        with staff.step("set a date"):
            await staff.press(home, "Set date")
            await staff.pick_day(staff.form.get_by_label("Day"), self.day)
            await staff.hand_in("Set date")
            await self.staff.sees_phase(home, "Date set")
        await self.told(ANA, "Date set for", f"{CALENDAR}: the day of the move")
        with staff.step("moved, before its date: asks first"):
            await staff.press(home, "Mark moved")
            await staff.click(staff.page.get_by_role("dialog").get_by_role("button", name="Yes", exact=True))
            await staff.press(staff.page.locator("#desk"), "Do it")
            await expect(home).to_contain_text("everything in it has moved", timeout=SOON)
        await self.told(ANA, "Moved:", f"{CALENDAR}: this file takes out the day")

    # At the carrier

    async def find_and_reject(self) -> None:
        """Find a caller's request by its last four digits, and note what the carrier says."""
        staff, home = self.staff, self.staff.home
        with staff.step("find by the last four digits"):
            await staff.write(home.get_by_label("Find a request"), DMITRI.last_four)
            await staff.enter()
            await staff.press(staff.line(self.refs[DMITRI]), "Show")
            await expect(home.locator("h4", has_text=self.refs[DMITRI])).to_be_visible(timeout=SOON)
        await self.submit(DMITRI, home, "ORD-88124")
        with staff.step("reject by reason, with a preview"):
            await staff.press(home, "Mark rejected")
            await staff.click(staff.form.get_by_label("wrong transfer PIN"))
            await expect(staff.form).to_contain_text("the customer reads", timeout=SOON)
            await staff.write(staff.form.get_by_label("What the carrier wrote"), CARRIER_WROTE)
            await self.look("reject")
            await staff.hand_in("Note it")
            await expect(home).to_contain_text(CARRIER_WROTE, timeout=SOON)
        await self.told(DMITRI, "did not accept your request")
        await self.chats.say(DMITRI, NEW_PIN)
        await self.told(DMITRI, "will send your request")

    async def ask_the_customer(self) -> None:
        """Send an answer back to the customer."""
        staff = self.staff
        with staff.step("ask the customer again, and say why"):
            await staff.go("port-desk")
            await staff.press(self.card(BRUNO), "Ask customer")
            await staff.click(staff.form.get_by_label("Name on the bill"))
            await staff.write(staff.form.get_by_label("Why"), WHY)
            await staff.hand_in("Ask")
            await expect(self.card(BRUNO)).to_contain_text("the customer", timeout=SOON)
        await self.told(BRUNO, WHY)
        await self.submit(DMITRI, self.card(DMITRI), "ORD-88126")

    # Talking

    async def answer_by_a_saved_reply(self) -> None:
        """Write to a customer with a saved reply."""
        staff = self.staff
        with staff.step("reply with a saved reply"):
            await self.look("card")
            await staff.press(self.card(CHLOE), "Reply")
            await staff.choose(staff.form.get_by_label("A saved reply"), "received")
            await expect(staff.form.get_by_label("Your words")).to_have_value(re.compile("^Thank you"), timeout=SOON)
            await staff.press(staff.form, "Preview")
            await staff.hand_in("Send now")
        await self.told(CHLOE, "Thank you, we have it")

    async def keep_it_among_us(self) -> None:
        """Note, hold, go on, and give it to a colleague: nothing of that reaches the customer."""
        staff, card = self.staff, self.card(ELENA)
        with staff.step("write a note"):
            await staff.menu(card, "Note…")
            await staff.write(staff.form.get_by_role("textbox"), NOTE)
            await staff.hand_in("Keep it")
        with staff.step("put it on hold"):
            await staff.menu(card, "Hold…")
            await staff.write(staff.form.get_by_role("textbox"), HOLD)
            await staff.hand_in("Hold it")
            await expect(card).to_contain_text(HOLD, timeout=SOON)
        with staff.step("end the hold"):
            await staff.menu(card, "End hold")
            await expect(card).not_to_contain_text(HOLD, timeout=SOON)
        with staff.step("give it to a colleague"):
            await staff.menu(card, "Assign…")
            await staff.choose(staff.form.get_by_label("Person"), "Ben")
            await staff.hand_in("Assign")
            await expect(card).to_contain_text("@Ben", timeout=SOON)

    async def let_it_rest(self) -> None:
        """Have a request out of the lists for a while."""
        staff, card = self.staff, self.card(FARID)
        with staff.step("snooze until tomorrow"):
            await staff.menu(card, "Snooze…")
            await staff.hand_in("Snooze it")
            await expect(card).to_contain_text("Snoozed", timeout=SOON)
        with staff.step("end the snooze"):
            await staff.menu(card, "End snooze")
            await expect(card).not_to_contain_text("Snoozed", timeout=SOON)

    async def cancel(self) -> None:
        """End a request."""
        staff = self.staff
        with staff.step("cancel"):
            await staff.menu(self.card(GRACE), "Cancel")
            await expect(staff.form).to_contain_text("No date is set yet", timeout=SOON)
            await staff.hand_in("Cancel it")
            await self.staff.sees_phase(self.card(GRACE), "Cancelled")
        await self.told(GRACE, "cancelled")

    async def several_at_once(self) -> None:
        """Take two requests on together: by a command, and picked in a form."""
        staff, both = self.staff, (HUGO, INES)
        for place, each in enumerate(both):
            with staff.step("submit by a command"):
                await staff.type_command(f"submit {self.refs[each].lower()} ORD-8820{place}")
            await self.told(each, "We have sent your request")
        with staff.step("two at once, by a command"):
            shown = await staff.type_command(f"advance {self.refs[HUGO]} {self.refs[INES]}")
            await staff.press(shown, "Do it for 2")
            for each in both:
                await self.staff.sees_phase(self.card(each), "With the carrier")
        for each in both:
            await self.told(each, "is reviewing your request")
        with staff.step("two at once, picked in a form"):
            await staff.write(staff.page.locator("#post-text"), "/port advance")
            await staff.enter()
            for each in both:
                await staff.click(staff.form.get_by_label(self.refs[each]))
            await staff.press(staff.form, "Look first")
            await staff.press(staff.form, "Do it")
            await expect(staff.form).to_contain_text("Done for 2 of 2", timeout=SOON)
            await staff.leave()
            for each in both:
                await self.staff.sees_phase(self.card(each), "Accepted")
        for each in both:
            await self.told(each, "has accepted your request")

    async def take_it_back(self) -> None:
        """Submit by mistake and undo it: the customer hears nothing."""
        staff, card = self.staff, self.card(JONAS)
        with staff.step("submit with the order number"):
            await staff.press(card, "Mark submitted")
            await expect(staff.form).to_contain_text("It is now", timeout=SOON)
            await staff.write(staff.form.get_by_label("Order number"), "ORD-88999")
            await staff.hand_in("It is submitted")
            await self.staff.sees_phase(card, "Submitted")
        with staff.step("undo"):
            await staff.press(card, "Undo")
            await self.staff.sees_phase(card, "Desk review")
        await self.told(JONAS)

    async def talk_in_person(self) -> None:
        """Take the chat over, read and answer in the thread, and give it back."""
        staff, card = self.staff, self.card(JONAS)
        with staff.step("take over the chat"):
            await staff.menu(card, "Take over the chat")
        await self.told(JONAS, "is here now")
        await self.chats.say(JONAS, f"My PIN is {ANOTHER_PIN}, is that right?")
        await self.told(JONAS, "looked like a PIN")
        with staff.step("open the thread"):
            await staff.click(card.locator(".replies"))
            await expect(staff.thread).to_contain_text("is that right?", timeout=SOON)
        with staff.step("reply in own words"):
            await staff.press(staff.thread.locator(".post").last, "Reply")
            await staff.write(staff.form.get_by_label("Your words"), REPLY)
            await staff.press(staff.form, "Preview")
            await staff.hand_in("Send now")
            await expect(staff.thread).to_contain_text("delivered", timeout=SOON)
            await self.look("thread")
        await self.told(JONAS, REPLY)
        with staff.step("give the chat back"):
            await staff.menu(card, "Give the chat back")
        await self.told(JONAS, "handed over to me again")

    # Somebody calls

    async def begin_for_a_caller(self) -> None:
        """Begin a request for somebody on the phone; fields are walked through with Tab."""
        staff = self.staff
        with staff.step("a new request for a caller"):
            await staff.go("App Home")
            await expect(staff.home).to_contain_text("For us: 4", timeout=SOON)
            await self.look("home")
            await staff.press(staff.home, "New port request")
            await expect(staff.form).to_contain_text("What a caller told you", timeout=SOON)
            await staff.write(staff.form.get_by_label("Numbers that shall move"), f"415-{CALLER}")
            await staff.page.keyboard.press("Tab")
            await staff.page.keyboard.type("Verizon Wireless")
            await staff.press(staff.form, "Begin it")
            await expect(staff.form).to_contain_text("is begun", timeout=SOON)
            await staff.leave()

    async def look_back(self) -> None:
        """See how long a request stood where, and get a table of what was rejected."""
        staff = self.staff
        with staff.step("look at a timeline"):
            await staff.go("port-desk")
            await staff.menu(self.card(DMITRI), "Timeline")
            await expect(staff.page.locator(".post.private").last).to_contain_text("Timeline of", timeout=SOON)
            await self.look("timeline")
        with staff.step("find by a word, in the channel"):
            answer = await staff.type_command("find verizon")
            await expect(answer).to_contain_text(self.refs[DMITRI], timeout=SOON)
            await self.look("found")
        with staff.step("export what is submitted"):
            await staff.type_command("export submitted")
            await staff.go("Port of Call")
            await expect(staff.home).to_contain_text("Download", timeout=SOON)
