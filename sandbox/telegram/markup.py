"""Telegram's HTML: text and entities out of markup, and markup out of them again.

Follows `parse_html` of TDLib's MessageEntity.cpp, under Telegram's own Bot API server (read 2026-11).
Offsets and lengths of entities count UTF-16 units.
"""

import re
from dataclasses import dataclass
from html import escape
from typing import Any

from sandbox.telegram.refusals import Refused, bad

Entity = dict[str, Any]

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
SHOWN = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
    "text_link": "a",
}
OUTER_FIRST = {  # of entities that cover the same text
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([A-Za-z]+))")
SPECIAL = re.compile(r"[&<]")
NAME = re.compile(r"[^\s>]*")
ATTRIBUTE = re.compile(r"""([^\s=>]+)\s*(?:=\s*("[^"]*"?|'[^']*'?|[A-Za-z0-9.\-]*))?""")
CONTROLS = {code: " " for code in range(32) if code != 10} | {13: None} | dict.fromkeys(range(0x2028, 0x202F))
ENDS = " \n"  # what is trimmed from both ends of a message
SURROGATE = (
    "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
)
LONGEST_REFERENCE = 10  # characters, of a numeric reference that is still read as one


@dataclass(frozen=True, slots=True)
class Formatted:
    """A message's text with its entities, in the order in which Telegram lists them."""

    text: str
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    argument: str
    offset: int


def units(text: str) -> int:
    """Count UTF-16 units, by which Telegram measures text."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def clean(text: str) -> str:
    """Turn control characters into spaces and drop those that Telegram drops; ends stay untrimmed."""
    return text if text.isprintable() else text.translate(CONTROLS)


def plain(text: str) -> Formatted:
    """Return text as it comes out when it was sent with no parse mode."""
    return Formatted(clean(text).strip(ENDS))


def trimmed(text: str, entities: list[Entity]) -> Formatted:
    """Cut the blanks at both ends off and move the entities along; those left with nothing go."""
    start = len(text) - len(text.lstrip(ENDS))
    text = text.strip(ENDS)
    end = units(text)
    kept = []
    for entity in sorted(entities, key=_place):
        first = max(0, entity["offset"] - start)
        last = min(end, entity["offset"] + entity["length"] - start)
        if last > first:
            kept.append({**entity, "offset": first, "length": last - first})
    return Formatted(text, tuple(kept))


def _place(entity: Entity) -> tuple[int, int, int]:
    return entity["offset"], -entity["length"], OUTER_FIRST.get(entity["type"], 50)


def parse(html: str) -> Formatted:
    """Read Telegram's HTML. Raises `Refused` with `can't parse entities: …`, as the platform words it."""
    return _Reader(html).read()


def render(text: str, entities: tuple[Entity, ...]) -> str:
    """Return HTML that shows the text; entities without a tag of their own (commands, phones) stay plain."""
    raw = text.encode("utf-16-le")
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for entity in entities:
        if tag := SHOWN.get(entity["type"]):
            opens.setdefault(entity["offset"], []).append(_start(tag, entity))
            closes.setdefault(entity["offset"] + entity["length"], []).insert(0, f"</{tag}>")
    points = sorted({0, len(raw) // 2, *opens, *closes})
    out = []
    for here, following in zip(points, [*points[1:], points[-1]], strict=True):
        out += closes.get(here, []) + opens.get(here, [])
        out.append(escape(raw[here * 2 : following * 2].decode("utf-16-le"), quote=False))
    return "".join(out)


def _start(tag: str, entity: Entity) -> str:
    return f'<a href="{escape(entity["url"])}">' if tag == "a" else f"<{tag}>"


class _Reader:
    def __init__(self, html: str) -> None:
        self.html = html
        self.parts: list[str] = []
        self.offset = 0  # UTF-16 units written
        self.stack: list[_Open] = []
        self.entities: list[Entity] = []
        self.coded = (-1, 0, "")  # where the last code with a language was, and the language

    def read(self) -> Formatted:
        at = 0
        while found := SPECIAL.search(self.html, at):
            self.write(self.html[at : found.start()])
            at = self.reference(found.start()) if found.group() == "&" else self.tag(found.start())
        self.write(self.html[at:])
        if self.stack:
            raise _unreadable(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')
        return trimmed("".join(self.parts), self.entities)

    def write(self, text: str) -> None:
        text = clean(text)
        self.parts.append(text)
        self.offset += units(text)

    def written_from(self, offset: int) -> str:
        return "".join(self.parts).encode("utf-16-le")[offset * 2 :].decode("utf-16-le")

    def reference(self, at: int) -> int:
        text, after = _decoded(self.html, at)
        self.write(text)
        return after

    def tag(self, at: int) -> int:
        return self.end(at) if self.html.startswith("</", at) else self.start(at)

    def start(self, at: int) -> int:
        name = NAME.match(self.html, at + 1)
        after = name.end() if name else at + 1
        tag = self.html[at + 1 : after].lower()
        if after == len(self.html):
            raise self.wrong("Unclosed start tag", at)
        if tag not in TAGS:
            raise self.wrong(f'Unsupported start tag "{tag}"', at)
        attributes, after = self.attributes(tag, at, after)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self.wrong('Tag "span" must have class "tg-spoiler"', at)
        self.stack.append(_Open(tag, _argument(tag, attributes), self.offset))
        return after

    def attributes(self, tag: str, at: int, after: int) -> tuple[dict[str, str], int]:
        found: dict[str, str] = {}
        while (after := self.skip_blanks(after)) < len(self.html):
            if self.html[after] == ">":
                return found, after + 1
            match = ATTRIBUTE.match(self.html, after)
            if match is None:
                raise self.wrong(f'Empty attribute name in the tag "{tag}"', at)
            after = match.end()
            found[match[1].lower()] = self.value(match, at)
        raise self.wrong(f'Unclosed start tag "{tag}"', at)

    def value(self, match: re.Match[str], at: int) -> str:
        given = match[2]
        if given is None:
            return "1"
        following = self.html[match.end() : match.end() + 1]
        if given[:1] in ('"', "'"):
            if not following:
                raise self.wrong("Unclosed start tag", at)
            return _all_decoded(given[1:].removesuffix(given[0]))
        if (given or following) and not following.isspace() and following != ">":
            raise self.wrong("Unexpected end of name token", match.start(2))
        return given.lower()

    def end(self, at: int) -> int:
        if not self.stack:
            raise self.wrong("Unexpected end tag", at)
        name = NAME.match(self.html, at + 2)
        after = name.end() if name else at + 2
        given = self.html[at + 2 : after].lower()
        after = self.skip_blanks(after)
        if self.html[after : after + 1] != ">":
            raise self.wrong("Unclosed end tag", at)
        opened = self.stack.pop()
        if given and given != opened.tag:
            raise self.wrong("Unmatched end tag", at, f', expected "</{opened.tag}>", found "</{given}>"')
        self.close(opened)
        return after + 1

    def close(self, opened: _Open) -> None:
        length = self.offset - opened.offset
        if not length:
            return
        entity: Entity = {"type": TAGS[opened.tag], "offset": opened.offset, "length": length}
        if opened.tag == "a":
            url = _link(opened.argument or self.written_from(opened.offset))
            if not url:
                return
            entity["url"] = url
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag in ("pre", "code") and self.merged(entity, opened):
            return
        self.entities.append(entity)

    def merged(self, entity: Entity, opened: _Open) -> bool:
        """Make `pre` around `code` one entity, which knows the language, as Telegram does."""
        place = (entity["offset"], entity["length"])
        if opened.tag == "code" and opened.argument:
            self.coded = (*place, opened.argument)
        if self.paired(entity) and self.coded[:2] == place:
            self.entities[-1] = {**entity, "type": "pre", "language": self.coded[2]}
            return True
        return False

    def paired(self, entity: Entity) -> bool:
        """Tell whether the last entity is the other one of `pre` and `code`, and covers the same text."""
        last = self.entities[-1] if self.entities else entity
        same = (last["offset"], last["length"]) == (entity["offset"], entity["length"])
        return same and {last["type"], entity["type"]} == {"pre", "code"}

    def skip_blanks(self, at: int) -> int:
        while at < len(self.html) and self.html[at].isspace():
            at += 1
        return at

    def wrong(self, what: str, at: int, more: str = "") -> Refused:
        return _unreadable(f"{what} at byte offset {len(self.html[:at].encode())}{more}")


def _unreadable(why: str) -> Refused:
    return bad(f"can't parse entities: {why}")


def _argument(tag: str, attributes: dict[str, str]) -> str:
    if tag == "a":
        return attributes.get("href", "")
    if tag == "blockquote":
        return attributes.get("expandable", "")
    given = attributes.get("class", "")
    return given.removeprefix("language-") if tag == "code" and given.startswith("language-") else ""


def _decoded(text: str, at: int) -> tuple[str, int]:
    match = REFERENCE.match(text, at)
    char = _character(match) if match else ""
    if match is None or not char:
        return "&", at + 1
    return char, match.end() + text.startswith(";", match.end())


def _character(match: re.Match[str]) -> str:
    if match[3]:
        return NAMED.get(match[3], "")
    code = int(match[1], 16) if match[1] else int(match[2])
    if not 0 < code < 0x10FFFF or len(match[0]) >= LONGEST_REFERENCE:
        return ""
    if 0xD800 <= code < 0xE000:
        raise _unreadable(SURROGATE)
    return chr(code)


def _all_decoded(text: str) -> str:
    out = []
    at = 0
    while (found := text.find("&", at)) >= 0:
        out.append(text[at:found])
        char, at = _decoded(text, found)
        out.append(char)
    return "".join(out) + text[at:]


def _link(url: str) -> str:
    """Return the link as Telegram writes it, or nothing for one that it silently leaves out."""
    scheme, mark, rest = url.partition("://")
    if not mark:
        scheme, rest = "http", url
    if re.search(r"\s", url):
        return ""
    if scheme.lower() not in ("http", "https", "ftp", "tg", "ton", "tonsite") or not rest:
        return ""
    if scheme.lower() not in ("tg", "ton") and "." not in re.split(r"[/?#]", rest)[0]:
        return ""
    slash = "" if re.search(r"[/?#]", rest) or scheme.lower() in ("tg", "ton") else "/"
    return f"{scheme.lower()}://{rest}{slash}"
