"""Read the arguments of a Web API call, whichever of Slack's three ways they came."""

import json
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from sandbox.slack.errors import RefusedError

Json = dict[str, Any]

JSON_ARGUMENTS = ("blocks", "metadata", "view", "files", "attachments")


async def read_arguments(request: Request) -> Json:
    """Merge query, form and JSON body; arguments that hold JSON in a string are decoded.

    Raises: RefusedError `invalid_json`.
    """
    arguments: Json = dict(request.query_params)
    if request.method == "POST":
        arguments |= await _body(request)
    return {name: _decoded(name, value) for name, value in arguments.items()}


async def _body(request: Request) -> Json:
    if request.headers.get("content-type", "").startswith("application/json"):
        return _object(await request.body())
    form: FormData = await request.form()
    return {name: value for name, value in form.items() if not isinstance(value, UploadFile)}


def _object(body: bytes) -> Json:
    try:
        found = json.loads(body or b"{}")
    except ValueError as error:
        raise RefusedError("invalid_json") from error
    if not isinstance(found, dict):
        raise RefusedError("json_not_object")
    return found


def _decoded(name: str, value: Any) -> Any:
    if name not in JSON_ARGUMENTS or not isinstance(value, str) or not value:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value  # the method itself refuses what is no list or object


def is_set(value: Any) -> bool:
    """Read a boolean argument: `true`, `1`, or JSON's own."""
    return value in (True, 1, "1", "true", "True")


def needed(arguments: Json, name: str, code: str = "invalid_arguments") -> str:
    """Read an argument that the method cannot do without. Raises: RefusedError."""
    value = arguments.get(name)
    if not value:
        raise RefusedError(code, [f"[ERROR] missing required field: {name}"])
    return str(value)
