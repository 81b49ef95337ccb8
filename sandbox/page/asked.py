"""Read what the page or a test asks for: a JSON object, whose fields are checked as they are taken."""

import base64
import binascii
import json
from typing import Any, TypeVar

from starlette.requests import Request

Json = dict[str, Any]
Kind = TypeVar("Kind")


class AskedWrongError(ValueError):
    """A control endpoint was asked for something that it cannot read; the message names the field."""


class Asked:
    """A request's JSON object. Taking a field that is missing or of another kind raises AskedWrongError."""

    def __init__(self, fields: Json) -> None:
        self._fields = fields

    def text(self, name: str, usual: str | None = None) -> str:
        """Take a string; without `usual` it is needed."""
        return self._of(str, "a text", name, self._fields.get(name, usual))

    def number(self, name: str, usual: int | None = None) -> int:
        """Take a whole number; without `usual` it is needed."""
        return self._of(int, "a whole number", name, self._fields.get(name, usual))

    def seconds(self, name: str, usual: float) -> float:
        """Take a number that may have a fraction."""
        found = self._fields.get(name, usual)
        return found if isinstance(found, float) else float(self._of(int, "a number", name, found))

    def mapping(self, name: str) -> Json:
        """Take an object."""
        return self._of(dict, "an object", name, self._fields.get(name))

    def flag(self, name: str) -> bool:
        """Take a boolean; missing, it is false."""
        return self._of(bool, "true or false", name, self._fields.get(name, False))

    def content(self, name: str) -> bytes:
        """Take bytes that come as base64."""
        try:
            return base64.b64decode(self.text(name), validate=True)
        except binascii.Error as wrong:
            raise AskedWrongError(f"{name} must be base64") from wrong

    def optional_text(self, name: str) -> str | None:
        """Take a string that may be missing or null."""
        return None if self._fields.get(name) is None else self.text(name)

    def optional_number(self, name: str) -> int | None:
        """Take a whole number that may be missing or null."""
        return None if self._fields.get(name) is None else self.number(name)

    def optional_mapping(self, name: str) -> Json | None:
        """Take an object that may be missing or null."""
        return None if self._fields.get(name) is None else self.mapping(name)

    def value(self, name: str) -> Any:
        """Take whatever is there; missing, it is None."""
        return self._fields.get(name)

    def _of(self, kind: type[Kind], words: str, name: str, found: Any) -> Kind:
        if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
            raise AskedWrongError(f"{name} must be {words}")
        return found


async def read(request: Request) -> Asked:
    """Read a request's body; an empty one asks for nothing. Raises: AskedWrongError."""
    try:
        found = json.loads(await request.body() or b"{}")
    except ValueError as wrong:
        raise AskedWrongError("the body must be JSON") from wrong
    if not isinstance(found, dict):
        raise AskedWrongError("the body must be a JSON object")
    return Asked(found)
