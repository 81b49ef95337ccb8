"""What goes to the workshop's child and back: a line of JSON, and behind it the bytes that it names.

Bytes travel as they are: as JSON they would keep the loop for as long as it takes to write and read them.
"""

from collections.abc import Sequence
from typing import Any

import orjson

_BYTES = "\x00bytes"


def pack(value: Any) -> tuple[bytes, list[bytes]]:
    """Return a value of JSON's kinds, dataclasses and bytes as a line, and the bytes that follow it."""
    parts: list[bytes] = []
    return orjson.dumps(_without(value, parts)), parts


def head(line: bytes, parts: Sequence[bytes]) -> bytes:
    """Return the first line of a message: the sizes of its line and of each part behind it."""
    return orjson.dumps([len(line), *map(len, parts)]) + b"\n"


def sizes_of(first: bytes) -> list[int]:
    """Return the sizes that a message begins with. Raises orjson.JSONDecodeError."""
    sizes: list[int] = orjson.loads(first)
    return sizes


def unpack(line: bytes, parts: Sequence[bytes]) -> Any:
    """Return the value of a message; what was a tuple or a dataclass is a list or a dict by now."""
    return _with(orjson.loads(line), parts)


def _without(value: Any, parts: list[bytes]) -> Any:
    if isinstance(value, bytes):
        parts.append(value)
        return {_BYTES: len(parts) - 1}
    if isinstance(value, dict):
        return {key: _without(each, parts) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without(each, parts) for each in value]
    return value


def _with(value: Any, parts: Sequence[bytes]) -> Any:
    if isinstance(value, dict):
        if value.keys() == {_BYTES}:
            return parts[value[_BYTES]]
        return {key: _with(each, parts) for key, each in value.items()}
    if isinstance(value, list):
        return [_with(each, parts) for each in value]
    return value
