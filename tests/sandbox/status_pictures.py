"""What /status shows: a customer of one number, and one of twelve in different phases, at the real desk."""

from collections.abc import Iterable
from dataclasses import replace

import aiohttp

from tests.sandbox.morning_scene import CUSTOMERS, MAYA, Chats

ENDS = range(8801, 8813)
ONE = replace(CUSTOMERS[0], chat=1001)
TWELVE = replace(CUSTOMERS[1], chat=1002, number=", ".join(f"415-421-{end}" for end in ENDS))
SETTLED = 90  # seconds after which a customer knows what was done


def steps(one: str, twelve: str, day: str, later: str) -> Iterable[str]:
    """Yield what staff type, one after the other, each told to the customer before the next."""
    yield from (f"submit {one} 2411", f"advance {one}", f"advance {one}", f"date {one} {day}")
    yield f"split {twelve} 8811, 8812: another rate center"
    yield from (f"submit {twelve} #1 2412", f"advance {twelve} #1")
    yield f"advance {twelve} 8801 8802 8803 8804 8805 8806 8807"
    yield from (f"date {twelve} 8801 8802 8803 {day}", f"date {twelve} 8804 8805 {later}")
    yield f"reject {twelve} 8810 name mismatch"


async def bring(url: str) -> None:
    """Bring the two customers' requests to where they stand, and have each ask for /status."""
    async with aiohttp.ClientSession() as session:
        chats = Chats(session, url)
        one, twelve = [await chats.sign(customer) for customer in (ONE, TWELVE)]
        day, later = [(await chats.porting_day(number)).isoformat() for number in (6, 9)]
        for step in steps(one, twelve, day, later):
            async with session.post(f"{url}/control/slack/command", json={"user": MAYA, "text": step}) as response:
                assert response.status == 200, await response.text()
            await chats.forward(SETTLED)
        for customer in (ONE, TWELVE):
            await chats.say(customer, "/status")
            await chats.heard(customer, "Whose turn it is")
