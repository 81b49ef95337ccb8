"""Tokens in addresses: those that the house seals, and those by which letters are signed."""

import re
from datetime import datetime
from typing import Protocol

from domain.values import Value

_TOKEN = re.compile(r"[\w-]{43}", re.ASCII)


class Named(Value, frozen=True):
    """What a signer's token opens: the link so-manieth of a request."""

    request_id: int
    link_id: int


class Links(Protocol):
    """Addresses that only this house can make."""

    def seal_link(self, text: str) -> str:
        """Return a text as a token for an address: nobody can read, change or make one."""
        ...

    def open_link(self, token: str) -> str | None:
        """Return the text of a token; None for anything that this house did not seal."""
        ...


class Tokens(Protocol):
    """Tokens of 256 bits that open signers' links, of which only digests are kept."""

    async def mint(self, request_id: int, link_id: int, until: datetime) -> str:
        """Return a fresh token that opens a link; `until`: how long the link holds."""
        ...

    async def find(self, token: str) -> Named | None:
        """Return which link a token opens, also one that holds no more; None for none of ours."""
        ...


class Signing(Protocol):
    """Whoever has the tokens."""

    @property
    def signers(self) -> Tokens:
        """Return the tokens of signers' links."""
        ...


def is_token(text: str) -> bool:
    """Tell whether a text can be a signer's token, by its shape."""
    return _TOKEN.fullmatch(text) is not None
