"""Links by which letters are signed: a fresh token for each message that holds one, made when sent, kept nowhere."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from domain.desk.signer_links import SIGNING
from domain.desk.state import Owed
from domain.desk.tokens import Tokens
from domain.values import replace


class SignerLinks:
    """Puts the addresses of a signer's link into a message. `own_name`: tells the bot's user name."""

    def __init__(self, tokens: Tokens, own_name: Callable[[], Awaitable[str]], public_url: str) -> None:
        self._tokens = tokens
        self._own_name = own_name
        self._public_url = public_url

    async def put_in(self, owed: Owed) -> Owed:
        """Return a message with `{link}`, which opens Telegram, and `{page}`; one that holds no link as it is."""
        named = owed.params.get(SIGNING)
        if named is None:
            return owed
        name = await self._own_name()
        request, link, until = named.split(".", 2)
        token = await self._tokens.mint(int(request), int(link), datetime.fromisoformat(until))
        page = f"{self._public_url}/sign/{token}"
        return replace(owed, params={**owed.params, "link": f"https://t.me/{name}?start={token}", "page": page})
