"""What the pages of a letter share: how headings, labels and values look, and the words that are printed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.letters.shaping import width_of
from bot.letters.sheet import ACCENT, INK, LEFT, RIGHT, SOFT, Look, Sheets
from bot.wording import plain_text, sentences

LABEL = Look("plain", 8, 12, SOFT)
VALUE = Look("plain", 10.5, 15, INK)
BODY = Look("plain", 10, 14.2, INK)
_HEAD = Look("bold", 9.5, 15, ACCENT)
_GAP = 13.0  # above a heading
_LEAST = 60.0  # what must fit on a page below the beginning of a part


def said(key: str, params: Mapping[str, str] | None = None) -> str:
    """Return the printed words of a key."""
    return plain_text(key, params or {}, "en")


def worded(key: str, params: Mapping[str, str] | None = None) -> str:
    """Return the words of a key that is kept with a signature; nothing for one that has no words."""
    return said(key, params) if key in sentences("en") else ""


def day_of(at: datetime) -> str:
    """Return a day as letters write it: "November 3, 2026"."""
    return f"{at:%B} {at.day}, {at.year}"


def head(sheets: Sheets, text: str) -> None:
    """Write the heading of a part, over a rule."""
    sheets.need(_LEAST)
    sheets.skip(_GAP)
    sheets.write(text, _HEAD)
    sheets.y -= 4
    sheets.page.rule(LEFT, sheets.y, RIGHT)
    sheets.y -= 2


def fitting(text: str, look: Look, room: float) -> tuple[str, Look]:
    """Return a text and its look, made smaller where one line would have no room for it."""
    width = width_of(text, look.style) * look.size / 1000
    return text, look if width <= room else replace(look, size=look.size * room / width)
