"""The smallest checks of Block Kit: of a text, a length, a count; each yields what is wrong, and where."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
Problems = Iterator[str]


def text_problems(text: Any, most: int, where: str, *, plain: bool = False) -> Problems:
    """Check a text object of at most `most` characters."""
    kinds = ("plain_text",) if plain else ("plain_text", "mrkdwn")
    if kind_of(text) not in kinds:
        yield at(where, f"must be a text object of type {' or '.join(kinds)}")
        return
    if not text.get("text"):
        yield at(f"{where}/text", "must be more than 0 characters")
    yield from longest(text, "text", most, where)


def longest(holder: Json, name: str, most: int, where: str) -> Problems:
    """Check the length of an optional string."""
    value = holder.get(name)
    if value is None:
        return
    if not isinstance(value, str):
        yield at(f"{where}/{name}", "must be a string")
    elif len(value) > most:
        yield at(f"{where}/{name}", f"must be less than {most + 1} characters")


def count_problems(items: Any, most: int, where: str) -> Problems:
    """Check that there is an array of 1 to `most` items."""
    if not isinstance(items, list) or not items:
        yield at(where, "no fewer than 1 items allowed")
    elif len(items) > most:
        yield at(where, f"no more than {most} items allowed")


def listed(items: Any) -> list[Any]:
    """Give an array's items; of anything else, none."""
    return items if isinstance(items, list) else []


def names(holders: list[Any], name: str) -> list[str]:
    """Collect the strings that objects carry under a name."""
    found = [holder.get(name) for holder in holders if isinstance(holder, dict)]
    return [each for each in found if isinstance(each, str) and each]


def kind_of(thing: Any) -> str:
    """Give the `type` of a block or element; of anything else, what it is."""
    return str(thing.get("type")) if isinstance(thing, dict) else type(thing).__name__


def at(where: str, words: str) -> str:
    """Say what is wrong and where, in Slack's words."""
    return f"[ERROR] {words} [json-pointer:{where}]"
