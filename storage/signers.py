"""Tokens of signers' links: made when a message that holds one is sent, kept as SHA-256, looked up when opened."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import insert, select

from domain.desk.tokens import Named
from storage.hand import Hand
from storage.tables import TABLES

TOKEN = TABLES["signer_token"]
_BYTES = 32  # 256 bits; 43 characters in an address


class SignerDesk:
    """Makes tokens and finds what they open."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand

    async def mint(self, request_id: int, link_id: int, until: datetime) -> str:
        """Return a fresh token that opens a link; committed before anybody is given it."""
        token = secrets.token_urlsafe(_BYTES)
        row = {"digest": _digest(token), "request_id": request_id, "link_id": link_id, "until": until}
        await self._hand.write(lambda connection: connection.execute(insert(TOKEN).values(row)))
        return token

    async def find(self, token: str) -> Named | None:
        """Return which link a token opens, also one that holds no more; None for none of ours."""
        found = select(TOKEN.c.request_id, TOKEN.c.link_id).where(TOKEN.c.digest == _digest(token))
        row = await self._hand.read(lambda connection: connection.execute(found).first())
        return None if row is None else Named(row.request_id, row.link_id)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
