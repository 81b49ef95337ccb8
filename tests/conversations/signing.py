"""Somebody else's signature as people bring it about: the request, the link out of its message, the page's buttons."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiohttp import ClientSession

from bot.clock import utc_now
from tests.house import CUSTOMER, Desk
from tests.waiting import until

MARIA, ANN, THIRD = CUSTOMER, 5002, 5003
SIGNER = "Ann Lee"
NUMBER = "415-421-8832"
TOKEN = re.compile(r"(?:start=|/sign/)([\w-]{43})(?![\w-])")
_PASS = re.compile(r'name="pass" value="([^"]+)"')


@dataclass
class Shifted:
    """The real clock, which a test can put forward."""

    by: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return utc_now() + self.by


async def wait_for_signer(desk: Desk, chat: int = MARIA, signer: str = f"{SIGNER}, ann.canary@example.org") -> str:
    """Fill a request in that Ann Lee has to sign, and agree; return the token of the link that came."""
    for name, who in (("Maria", chat), ("Ann", ANN), ("Zed", THIRD)):
        desk.platforms.telegram.say(who, "/help", user={"first_name": name})
    await desk.quiet()
    await desk.say("/start", chat)
    await desk.say(f"{NUMBER}, Verizon Wireless", chat)
    await desk.press("All of that is true", chat)
    await desk.send_bill(chat=chat)
    await desk.press("Somebody else has to sign", chat)
    await desk.say(signer, chat)
    await desk.say(f"{SIGNER}\n1455 Market Street, San Francisco, CA 94103", chat)
    await desk.say("415 200 0100", chat)
    await desk.say("998877665-00001", chat)
    await desk.press("All correct, I agree", chat)
    return token_of(desk, chat)


def token_of(desk: Desk, chat: int = MARIA) -> str:
    """Return the token of the newest link that a chat was given."""
    return next(found[1] for text in reversed(desk.said(chat)) if (found := TOKEN.search(text)))


async def fresh_token(desk: Desk, old: str, chat: int = MARIA) -> str:
    """Wait for a link that is another than an old one; return its token."""
    await until(lambda: token_of(desk, chat) != old, 20.0)
    await desk.quiet()
    return token_of(desk, chat)


@dataclass
class Visitor:
    """Somebody without Telegram: a browser that only follows forms. `shown`: the text of the last page."""

    desk: Desk
    web: ClientSession
    token: str
    carried: str = ""
    shown: str = ""
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.desk.settings.port}/sign/{self.token}"

    async def look(self) -> str:
        """Only open the address, as previews and scanners do."""
        async with self.web.get(self.address) as answer:
            return await self._take(answer.status, answer.headers, await answer.text())

    async def press(self, act: str, word: str = "") -> str:
        """Press a button of the page."""
        form = {"act": act, "word": word, **({"pass": self.carried} if self.carried else {})}
        async with self.web.post(self.address, data=form) as answer:
            return await self._take(answer.status, answer.headers, await answer.text())

    async def _take(self, status: int, headers: Mapping[str, str], page: str) -> str:
        found = _PASS.search(page)
        self.carried = html.unescape(found[1]) if found else ""
        self.status, self.headers = status, headers
        await self.desk.quiet()
        body = page.partition("<main>")[2]
        self.shown = html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<script>.*?</script>", "", body, flags=re.DOTALL)))
        return self.shown
