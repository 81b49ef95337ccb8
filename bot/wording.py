"""Every sentence a person reads, by wording key; `words/<language>/<room>.toml` hold them.

A template has `{name}` places. A value made by `domain.wordkeys.nested` is a sentence itself. Three renderings:
Telegram's HTML, Slack's mrkdwn, each escaping every value by the one function below it, and plain text for e-mail.
"""

import html
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from domain.policy import Policy
from domain.text import bare
from domain.wordkeys import FIELD, ITEM, KEY, LINE

WORDS = Path(__file__).parent / "words"
_LONGEST_LABEL = 80  # characters, with what people put around it
_PLACE = re.compile(r"\{(\w+)\}")
_TAG = re.compile(r"</?[a-z]+>")
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c\u00ad\u180e\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Look-alikes for what Slack reads as formatting: U+02CB for the back-tick, U+2217, U+FF3F, U+223C.
_SLACK_MARKS = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", "`": "\u02cb", "*": "\u2217", "_": "\uff3f", "~": "\u223c"}
)

_CODE_MARKS = {mark: _SLACK_MARKS[mark] for mark in map(ord, "&<>`")}  # nothing else is read within a code span

Escape = Callable[[str], str]
Piece = tuple[str, str, bool]  # literal text before, name of the value after ("" at the end), whether in a code span


def for_telegram(text: str) -> str:
    """Return a person's text as Telegram's HTML shows it: nothing of it is markup, nothing invisible."""
    return html.escape(_seen(text), quote=False)


def for_slack(text: str) -> str:
    """Return a person's text as Slack's mrkdwn shows it: no mention, no link, no formatting, nothing invisible."""
    return _seen(text).translate(_SLACK_MARKS)


def _seen(text: str) -> str:
    """Return a text without what cannot be seen; nearly every value is plain ASCII and has nothing of it."""
    return text if text.isascii() and text.isprintable() else _UNSEEN.sub("", text)


def _for_code(text: str) -> str:
    """Return a text as a code span of Slack's shows it: an id keeps its low line, so that it can be copied."""
    return for_slack(text) if "\n" in text else _seen(text).translate(_CODE_MARKS)


def _flatten(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, str):
            yield prefix + key, value.strip("\n")
        else:
            yield from _flatten(value, f"{prefix}{key}.")


@lru_cache
def sentences(language: str) -> dict[str, str]:
    """Return all templates of a language by key; English where the language has none."""
    found: dict[str, str] = {}
    for file in sorted((WORDS / language).glob("*.toml")):
        found.update(_flatten(tomllib.loads(file.read_text("utf-8"))))
    return found


@lru_cache
def languages() -> tuple[str, ...]:
    """Return the languages there are."""
    return tuple(sorted(folder.name for folder in WORDS.iterdir() if folder.is_dir()))


@lru_cache(maxsize=2048)
def _pieces(language: str, key: str) -> tuple[Piece, ...]:
    known = sentences(language if language in languages() else "en")
    template = known.get(key) or sentences("en")[key]
    pieces: list[Piece] = []
    start = 0
    for place in _PLACE.finditer(template):
        is_code = template.count("`", 0, place.start()) % 2 == 1  # an odd number of them opened a span
        pieces.append((template[start : place.start()], place[1], is_code))
        start = place.end()
    return (*pieces, (template[start:], "", False))


_HOUSE: dict[str, str] = {}


def introduce(policy: Policy) -> None:
    """Set what any sentence may say of the company: `{company}`, and the days `{bill_days}` and `{close_days}`."""
    _HOUSE["company"] = policy.company
    _HOUSE["bill_days"] = str(policy.bill_days)
    _HOUSE["close_days"] = str(policy.close_days)


introduce(Policy())


def say(key: str, params: Mapping[str, str], language: str, escape: Escape) -> str:
    """Return the sentence of a key; several keys joined by `+` are paragraphs. Raises KeyError for an unknown one."""
    if "+" in key:
        return "\n\n".join(say(part, params, language, escape) for part in key.split("+"))
    parts: list[str] = []
    own: dict[str, str] | None = None  # told once, and only where a value is a sentence itself
    for literal, name, is_code in _pieces(language, key):
        parts.append(literal)
        if name:
            value = params.get(name) or _HOUSE.get(name, "")
            fitting = _for_code if is_code and escape is for_slack else escape
            if value.startswith(KEY):
                own = _own(params) if own is None else own
                parts.append("\n".join([_nested(line, own, language, fitting) for line in value.split(LINE)]))
            else:
                parts.append(fitting(value))
    return "".join(parts)


def _nested(value: str, params: Mapping[str, str], language: str, escape: Escape) -> str:
    """Return a sentence that is a value of another one, which has these values beside it."""
    if ITEM in value and FIELD not in value:
        return ", ".join([_nested(each, params, language, escape) for each in value.split(ITEM)])
    key, *fields = value[1:].split(FIELD)
    if key not in sentences("en"):
        return escape(value)
    (literal, name, _), *more = _pieces(language, key)
    if not (name or more):  # most labels have no place for a value
        return literal
    return say(key, {**params, **dict([field.split("=", 1) for field in fields])}, language, escape)


def _own(params: Mapping[str, str]) -> dict[str, str]:
    """Return the values that are no sentences themselves."""
    return {k: v for k, v in params.items() if not v.startswith(KEY)}


def telegram_text(key: str, params: Mapping[str, str], language: str) -> str:
    """Return a message for a customer, as Telegram's HTML."""
    return say(key, params, language, for_telegram)


def slack_text(key: str, params: Mapping[str, str]) -> str:
    """Return a message for staff, as Slack's mrkdwn."""
    return say(key, params, "en", for_slack)


def plain_text(key: str, params: Mapping[str, str], language: str) -> str:
    """Return a message for a customer as plain text: our own tags are gone, what people wrote stands as they did."""
    return html.unescape(_TAG.sub("", telegram_text(key, params, language)))


def labels_like(text: str) -> frozenset[str]:
    """Return the keys of the buttons whose label a text is, in any language, whatever its case and punctuation."""
    return _labels().get(bare(text), frozenset()) if len(text) <= _LONGEST_LABEL else frozenset()


@lru_cache
def _labels() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for language in languages():
        for key, label in sentences(language).items():
            if key.startswith("button.") and not _PLACE.search(label):
                found[bare(label)] = found.get(bare(label), frozenset()) | {key}
    return found
