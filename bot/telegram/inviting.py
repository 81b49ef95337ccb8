"""Links that invite a colleague, or a caller into their request: made when sent, read when opened, kept nowhere.

A payload is 64 characters at most, as many as Telegram takes (core.telegram.org/bots/features#deep-linking, read
2026-11-22): the invitation's id, or the request's and the link's count, sealed with the house's key.
"""

import re

from domain.desk.heard import Heard
from domain.desk.keeping import Links
from domain.desk.tokens import is_token

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_TEXT = re.compile(r"i[0-9a-z]{1,13}")
_OF_CALLER = re.compile(r"c([0-9a-z]{1,13})([0-9a-z]{2})")


def link_to(username: str, links: Links, invite_id: int) -> str:
    """Return the address that opens a chat with the bot and hands over the invitation."""
    return f"https://t.me/{username}?start={links.seal_link(f'i{_base36(invite_id)}')}"


def invited_by(heard: Heard, links: Links) -> int:
    """Return the id of the invitation whose link somebody opened; 0 for none of ours."""
    if heard.kind != "command" or heard.code != "start":
        return 0
    text = links.open_link(heard.text.partition(" ")[2].strip())
    return int(text[1:], 36) if text is not None and _TEXT.fullmatch(text) else 0


def link_into(username: str, links: Links, request_id: int, count: int) -> str:
    """Return the address by which a chat takes over a request that was begun on the phone, the request's so-manieth."""
    text = f"c{_base36(request_id)}{_base36(count):0>2}"
    return f"https://t.me/{username}?start={links.seal_link(text)}"


def phoned_to(heard: Heard, links: Links) -> str:
    """Return the request whose link somebody opened, and the link's count, as `Heard.code`; empty for none of ours."""
    if heard.kind != "command" or heard.code != "start":
        return ""
    found = _OF_CALLER.fullmatch(links.open_link(heard.text.partition(" ")[2].strip()) or "")
    return f"{int(found[1], 36)}.{int(found[2], 36)}" if found is not None else ""


def token_in(heard: Heard) -> str:
    """Return what may be the token of a signer's link that somebody opened; empty for anything else."""
    word = heard.text.partition(" ")[2].strip() if heard.kind == "command" and heard.code == "start" else ""
    return word if is_token(word) else ""


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
