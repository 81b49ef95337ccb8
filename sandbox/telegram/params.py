"""The parameters of a call, which may come as JSON, a form, a multipart form or in the query."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.datastructures import UploadFile
from starlette.requests import Request

from sandbox.telegram.refusals import bad

INTEGERS = frozenset({"chat_id", "message_id", "offset", "limit", "timeout", "max_connections", "message_thread_id"})
OBJECTS = frozenset({
    "reply_markup", "entities", "caption_entities", "reply_parameters", "allowed_updates", "commands",
    "scope", "menu_button", "link_preview_options", "reaction", "media",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    mime: str
    content: bytes

    def described(self) -> dict[str, Any]:
        """Return what the record keeps of it."""
        return {"file_name": self.name, "mime_type": self.mime, "file_size": len(self.content)}


class Params:
    """Values by name, of one shape whichever way they came: numbers are numbers, JSON is read."""

    def __init__(self, values: Mapping[str, Any], files: Mapping[str, Upload]) -> None:
        self.values = {name: _read(name, value) for name, value in values.items()}
        self.files = files

    def text(self, name: str) -> str:
        """Return a string; missing ones are empty."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def number(self, name: str, default: int = 0) -> int:
        """Return an integer, the default for anything else."""
        try:
            return int(self.values.get(name, default))
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        """Tell whether a parameter is given as true, in one of the ways in which the platform reads it."""
        return self.text(name).lower() in ("true", "1", "yes")

    def objects(self, name: str) -> list[dict[str, Any]]:
        """Return a list of JSON objects. Raises `Refused` for anything else."""
        value = self.values.get(name) or []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise bad(f"can't parse {name.replace('_', ' ')} JSON object")
        return value

    def mapping(self, name: str) -> dict[str, Any] | None:
        """Return a JSON object, None when it is missing. Raises `Refused` for anything else."""
        value = self.values.get(name) or None
        if value is not None and not isinstance(value, dict):
            raise bad(f"object expected as {name.replace('_', ' ')}")
        return value

    def chat_id(self) -> int:
        """Return the chat's number. Raises `Refused`: none is given, or it is a name that no chat has."""
        value = self.values.get("chat_id")
        if value in (None, ""):
            raise bad("chat_id is empty")
        if not isinstance(value, int):
            raise bad("chat not found")
        return value

    def file(self, name: str) -> Upload | str | None:
        """Return what was uploaded under a name or attached to it, else the file id that was given."""
        if name in self.files:
            return self.files[name]
        value = self.text(name)
        if value.startswith("attach://"):
            return self.files.get(value.removeprefix("attach://"))
        return value or None

    def for_record(self) -> dict[str, Any]:
        """Return the values as the record keeps them: uploads by name, type and size."""
        return {**self.values, **{name: upload.described() for name, upload in self.files.items()}}


async def read(request: Request) -> Params:
    """Read a call's parameters; those of the body win over the query's. Raises `Refused` for broken JSON."""
    values: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/"):
        form, files = await _multipart(request)
        return Params(values | form, files)
    body = await request.body()
    if kind.startswith("application/json"):
        values |= _json(body)
    elif body:
        values |= parse_qsl(body.decode(errors="replace"), keep_blank_values=True)
    return Params(values, {})


def _json(body: bytes) -> dict[str, Any]:
    try:
        values = orjson.loads(body or b"{}")
    except ValueError as error:
        raise bad("can't parse JSON object") from error
    if not isinstance(values, dict):
        raise bad("object expected")
    return values


async def _multipart(request: Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    values: dict[str, Any] = {}
    files: dict[str, Upload] = {}
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                mime = value.content_type or "application/octet-stream"
                files[name] = Upload(value.filename or name, mime, await value.read())
            else:
                values[name] = value
    return values, files


def _read(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name in INTEGERS and value.lstrip("-").isdecimal():
        return int(value)
    if name in OBJECTS and value[:1] in ("{", "["):
        try:
            return orjson.loads(value)
        except ValueError:
            return value
    return value
