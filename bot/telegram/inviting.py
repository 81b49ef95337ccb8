"""Links that invite a colleague, or a caller into their request: made when sent, read when opened, kept nowhere.

A payload is 62 characters at most of the 64 that Telegram takes (core.telegram.org/bots/features#deep-linking, read
2026-11-22): the invitation's or the request's id, sealed with the house's key.
"""

import re

from domain.desk.heard import Heard
from domain.desk.keeping import Links

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_TEXT = re.compile(r"i[0-9a-z]{1,13}")
_OF_PHONE = re.compile(r"p[0-9a-z]{1,13}")


def link_to(username: str, links: Links, invite_id: int) -> str:
    """Return the address that opens a chat with the bot and hands over the invitation."""
    return f"https://t.me/{username}?start={links.seal_link(f'i{_base36(invite_id)}')}"


def invited_by(heard: Heard, links: Links) -> int:
    """Return the id of the invitation whose link somebody opened; 0 for none of ours."""
    if heard.kind != "command" or heard.code != "start":
        return 0
    text = links.open_link(heard.text.partition(" ")[2].strip())
    return int(text[1:], 36) if text is not None and _TEXT.fullmatch(text) else 0


def link_into(username: str, links: Links, request_id: int) -> str:
    """Return the address by which a chat takes over a request that was begun on the phone."""
    return f"https://t.me/{username}?start={links.seal_link(f'p{_base36(request_id)}')}"


def phoned_to(heard: Heard, links: Links) -> int:
    """Return the id of the request whose link somebody opened; 0 for none of ours."""
    if heard.kind != "command" or heard.code != "start":
        return 0
    text = links.open_link(heard.text.partition(" ")[2].strip())
    return int(text[1:], 36) if text is not None and _OF_PHONE.fullmatch(text) else 0


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
