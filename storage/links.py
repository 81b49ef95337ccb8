"""What stands under a row of history and under a link of the chain: HMAC-SHA256 over one form of the row."""

from collections.abc import Sequence

import orjson

from storage.vault import Vault

# What a link speaks for, in this order. A column that joins history later is not under the links made before.
COLUMNS = ("id", "request_id", "chat_id", "actor", "what", "at", "field", "digest", "detail")
GENESIS = bytes(32)  # what the first link follows


def content(row: Sequence[object]) -> bytes:
    """Return the one form of a row of history (its moment as microseconds since 1970); empty for what is no row."""
    try:
        return orjson.dumps(list(row))
    except TypeError:  # SQLite lets anybody put bytes where text belongs
        return b""


def signature(vault: Vault, row: Sequence[object], by: str) -> bytes:
    """Return what shows that a holder of the key wrote the row. Raises Unreadable for an unknown key."""
    return vault.sign(b"row\0" + content(row), by)


def link(vault: Vault, before: bytes, row: Sequence[object], by: str) -> bytes:
    """Return the digest of the link that follows another one. Raises Unreadable for an unknown key."""
    return vault.sign(b"link\0" + before + content(row), by)
