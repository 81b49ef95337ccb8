"""The ten customers of a morning: each begins and signs a request by the chat's real handlers, all of them at once."""

import asyncio
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import aiohttp

from sandbox.page.time import is_porting_day

Json = dict[str, Any]

LATEST = 20.0  # seconds until the bot has answered, with ten people writing at once on a busy machine
LOOK_EVERY = 0.05  # seconds
MAYA = "U0STAFF1"
DONE = "That is all I need"
SEALED_LETTER = "Here is your signed letter"  # which comes in its own time
_REFERENCE = re.compile(r"P-[0-9A-Z]{5}")


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody with a number to move; nothing that is here stands in anybody else's request."""

    chat: int
    name: str
    number: str
    carrier: str
    street: str
    rings_at: str
    account: str
    pin: str

    @property
    def shown(self) -> str:
        """The number as everybody reads it."""
        return f"({self.number[:3]}) {self.number[4:]}"

    @property
    def last_four(self) -> str:
        """The end of the number."""
        return self.number[-4:]


def _customer(place: int, name: str, carrier: str = "Verizon Wireless") -> Customer:
    return Customer(
        chat=7001 + place,
        name=name,
        number=f"415-421-{8110 + 37 * place}",
        carrier=carrier,
        street=f"{120 + 31 * place} Mission Street, San Francisco, CA 94105",
        rings_at=f"415-200-{3300 + 11 * place}",
        account=f"{998877101 + 1013 * place}-00001",
        pin=f"{480211 + 1237 * place}",
    )


NAMES = (
    "Ana Ruiz", "Bruno Keller", "Chloe Marsh", "Dmitri Volkov", "Elena Costa",
    "Farid Haddad", "Grace Okafor", "Hugo Lindqvist", "Ines Duarte", "Jonas Weber",
)  # fmt: skip
CUSTOMERS = tuple(_customer(place, name) for place, name in enumerate(NAMES))


class Chats:
    """Customers' thumbs and screens, through the sandbox's control endpoints."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = f"{url}/control"

    async def sign(self, customer: Customer) -> str:
        """Begin a request and go on until it is signed, and its sealed letter has come; return its reference."""
        await self.say(customer, "hello")
        asked = await self.answered(customer, 0)
        while DONE not in asked["text"]:
            await self._answer(customer, asked)
            asked = await self.answered(customer, asked["id"])
        await self.heard(customer, SEALED_LETTER)
        found = _REFERENCE.search("\n".join(await self.read(customer)))
        assert found is not None
        return found[0]

    async def _answer(self, customer: Customer, asked: Json) -> None:
        """Answer what the bot asks, as somebody with everything at hand."""
        pressed = next((label for words, label in _PRESSED.items() if words in asked["text"]), None)
        if pressed is not None:
            await self.press(customer, asked, pressed)
        elif "send me your latest" in asked["text"]:
            await self._do("bill", chat=customer.chat)
        else:
            await self.say(customer, _words(customer, asked["text"]))

    async def say(self, customer: Customer, text: str) -> None:
        """Write to the bot."""
        await self._do("say", chat=customer.chat, text=text, user={"first_name": customer.name.split()[0]})

    async def press(self, customer: Customer, message: Json, label: str) -> None:
        """Press a button under a message."""
        data = next(button["data"] for row in message["keyboard"] for button in row if button["text"] == label)
        await self._do("press", chat=customer.chat, message_id=message["id"], data=data)

    async def answered(self, customer: Customer, after: int) -> Json:
        """Wait for a question of the bot's that comes after a message; return the newest."""
        async with asyncio.timeout(LATEST):
            while True:
                for message in reversed(await self.messages(customer)):
                    if message["from_bot"] and message["id"] > after and _is_question(message["text"]):
                        return message
                await asyncio.sleep(LOOK_EVERY)

    async def heard(self, customer: Customer, words: str, times: int = 1) -> None:
        """Wait until so many messages that hold these words were sent to somebody."""
        async with asyncio.timeout(LATEST):
            while True:
                if sum(words in text for text in await self.read(customer)) >= times:
                    return
                await asyncio.sleep(LOOK_EVERY)

    async def read(self, customer: Customer, after: int = 0) -> list[str]:
        """Return everything that the bot has sent to somebody after a message."""
        messages = await self.messages(customer)
        return [message["text"] for message in messages if message["from_bot"] and message["id"] > after]

    async def messages(self, customer: Customer) -> list[Json]:
        """Return what a chat shows."""
        async with self._session.get(f"{self._url}/telegram/chat/{customer.chat}") as response:
            return list((await response.json())["messages"])

    async def screen_of_the_desk(self) -> str:
        """Return everything that one of the staff sees, as JSON."""
        async with self._session.get(f"{self._url}/screen", params={"chat": 0, "user": MAYA}) as response:
            return str((await response.json())["slack"])

    async def porting_day(self, number: int) -> date:
        """Return the `number`th day after today on which numbers move."""
        async with self._session.get(f"{self._url}/time") as response:
            day = datetime.fromisoformat((await response.json())["now"]).date()
        while number:
            day += timedelta(days=1)
            number -= is_porting_day(day)
        return day

    async def forward(self, seconds: float) -> None:
        """Move the time of everybody."""
        await self._post("time", forward=seconds)

    async def _do(self, act: str, **body: Any) -> None:
        await self._post(f"telegram/{act}", **body)

    async def _post(self, path: str, **body: Any) -> None:
        async with self._session.post(f"{self._url}/{path}", json=body) as response:
            assert response.status == 200, await response.text()


_PRESSED = {
    "Are all of these on one": "Yes, all on one bill",
    "Is all of this true today": "All of that is true",
    "Whose account is it": "Mine: I am the account holder",
    "Please look it over. ": "All correct, I agree",  # not "… before you sign", under the letter's pages
}
_TYPED = {
    "Which number would you like to move": "{number}, {carrier}",
    "Copy the name": "{name}, {street}",
    "Where should calls to": "{rings_at}",
    "What is your account number": "{account}, PIN {pin}",
    "To sign, type your full name": "{name}",
}
_OTHER = ("send me your latest", DONE)


def _is_question(text: str) -> bool:
    return any(words in text for words in (*_PRESSED, *_TYPED, *_OTHER))


def _words(customer: Customer, asked: str) -> str:
    template = next(template for words, template in _TYPED.items() if words in asked)
    return template.format(**{name: getattr(customer, name) for name in Customer.__dataclass_fields__})
