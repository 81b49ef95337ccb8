"""The HTTP side: the Web API, response_urls, uploads and downloads; each call recorded, each fault met."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from sandbox.faults import Fault, Faults
from sandbox.record import Call, Record
from sandbox.serve import cut
from sandbox.slack import responses
from sandbox.slack.arguments import read_arguments
from sandbox.slack.errors import RefusedError, SlowedError
from sandbox.slack.methods import METHODS
from sandbox.slack.methods.files import receive as receive_file
from sandbox.slack.pace import Pace
from sandbox.slack.workspace import Workspace

Json = dict[str, Any]

BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call is answered; `effect` tells whether it changed anything."""

    status: int
    body: Json | str
    effect: bool = False
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def bytes(self) -> bytes:
        """The body as it goes over the wire."""
        return (self.body if isinstance(self.body, str) else json.dumps(self.body)).encode()

    def response(self) -> Response:
        """The answer as HTTP."""
        kind = "text/html" if isinstance(self.body, str) else "application/json"
        return Response(self.bytes, self.status, self.headers, f"{kind}; charset=utf-8")


class Cut(Response):
    """Half an answer (or nothing of it, after a long wait), and then the connection is gone."""

    def __init__(self, answer: Answer, wait: float, *, with_half: bool) -> None:
        super().__init__()
        self._answer, self._wait, self._with_half = answer, wait, with_half

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wait until the client gives up or the time is over; then drop the connection."""
        if self._with_half:
            content = self._answer.bytes
            headers = [
                (b"content-type", b"application/json"),
                (b"content-length", str(len(content)).encode()),
            ]
            await send({"type": "http.response.start", "status": self._answer.status, "headers": headers})
            half = content[: len(content) // 2]
            await send({"type": "http.response.body", "body": half, "more_body": True})
        else:
            await _given_up(receive, self._wait)
        await cut(scope)


async def _given_up(receive: Receive, wait: float) -> None:
    async def leave() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    try:
        await asyncio.wait_for(leave(), wait)
    except TimeoutError:
        return


class Api:
    """The endpoints that the desk calls."""

    def __init__(
        self, workspace: Workspace, record: Record, faults: Faults, pace: Pace, tokens: tuple[str, str]
    ) -> None:
        self._workspace = workspace
        self._record = record
        self._faults = faults
        self._pace = pace
        self._bot_token, self._app_token = tokens
        self.link_url: Callable[[], str] = str  # makes the address of a websocket

    @property
    def routes(self) -> list[BaseRoute]:
        """All endpoints but the websocket."""
        return [
            Route("/api/{method}", self._call, methods=["GET", "POST"]),
            Route("/response/{id}", self._respond, methods=["POST"]),
            Route("/upload/{id}", self._upload, methods=["POST", "PUT"]),
            Route("/files/{id}", self._download),
        ]

    async def _call(self, request: Request) -> Response:
        method = request.path_params["method"]
        arguments, unreadable = await _arguments(request)
        token = request.headers.get("authorization", "").removeprefix("Bearer ") or arguments.get("token")
        arguments.pop("token", None)
        return await self._serve(method, arguments, lambda: unreadable or self._answer(method, token, arguments))

    async def _respond(self, request: Request) -> Response:
        url_id = request.path_params["id"]
        arguments, unreadable = await _arguments(request)
        return await self._serve(
            "response_url", arguments, lambda: unreadable or self._answer_response(url_id, arguments)
        )

    async def _upload(self, request: Request) -> Response:
        file_id, content = request.path_params["id"], await _uploaded(request)

        def act() -> Answer:
            return Answer(200, receive_file(self._workspace, file_id, content), effect=True)

        return await self._serve("upload", {"id": file_id, "length": len(content)}, act)

    async def _download(self, request: Request) -> Response:
        file = self._workspace.files.get(request.path_params["id"])
        if request.headers.get("authorization") != f"Bearer {self._bot_token}":
            return Response("<html>Sign in</html>", media_type="text/html")  # as Slack does: 200, and a page
        if file is None or file.content is None:
            return Response(status_code=404)
        return Response(file.content, media_type="application/octet-stream")

    def _answer(self, method: str, token: str | None, arguments: Json) -> Answer:
        if method == "apps.connections.open":
            self._check_token(token, app_level=True)
            return Answer(200, {"ok": True, "url": self.link_url()}, effect=True)
        self._check_token(token, app_level=False)
        if method not in METHODS:
            raise RefusedError("unknown_method")
        if method == "chat.postMessage":
            self._pace.count(str(arguments.get("channel")))
        answer = METHODS[method].answer(self._workspace, arguments)
        return Answer(200, {"ok": True, **answer}, effect=METHODS[method].changes, headers=self._headers())

    def _headers(self) -> dict[str, str]:
        """Tell the app's scopes and the time, as Slack does with the answers of its Web API."""
        at = formatdate(self._workspace.clock(), usegmt=True)
        return {"x-oauth-scopes": ",".join(self._workspace.scopes), "date": at}

    def _answer_response(self, url_id: str, arguments: Json) -> Answer:
        try:
            url = self._workspace.redeem(url_id)
        except RefusedError as gone:
            return Answer(404, {"ok": False, "error": gone.code})
        responses.respond(self._workspace, url, arguments)
        return Answer(200, "ok", effect=True)

    def _check_token(self, token: str | None, *, app_level: bool) -> None:
        if not token:
            raise RefusedError("not_authed")
        if token not in (self._bot_token, self._app_token):
            raise RefusedError("invalid_auth")
        if (token == self._app_token) is not app_level:
            raise RefusedError("not_allowed_token_type")

    async def _serve(self, method: str, arguments: Json, act: Callable[[], Answer]) -> Response:
        call = self._record.open("slack", "in", method, arguments)
        if self._faults.before:
            await self._faults.before(call)
        fault = self._faults.meet("slack", method)
        call.fault = fault.kind if fault else None
        answer = _failed(fault) if fault else None
        if answer is None:
            answer = _acted(act)
        call.took_effect = answer.effect
        response = _response(call, answer, fault)
        if self._faults.after:
            await self._faults.after(call)
        return response


def _acted(act: Callable[[], Answer]) -> Answer:
    try:
        return act()
    except RefusedError as refused:
        return _refusal(refused)


def _refusal(refused: RefusedError) -> Answer:
    body: Json = {"ok": False, "error": refused.code}
    if refused.messages:
        body["response_metadata"] = {"messages": refused.messages}
    if isinstance(refused, SlowedError):
        return Answer(429, body, headers={"Retry-After": str(max(1, round(refused.retry_after)))})
    return Answer(200, body)


def _failed(fault: Fault) -> Answer | None:
    """Answer a call that has no effect because of its fault; None: it has its effect."""
    if fault.kind == "429":
        return _refusal(SlowedError(fault.retry_after))
    if fault.kind == "403":
        return _refusal(RefusedError("not_in_channel"))
    if fault.kind == "502":
        return Answer(502, BAD_GATEWAY)
    return Answer(0, "") if fault.kind == "timeout_before" else None


def _response(call: Call, answer: Answer, fault: Fault | None) -> Response:
    call.answer = answer.body
    if fault and fault.kind in ("timeout_before", "timeout_after", "half"):
        call.status = 0
        return Cut(answer, fault.hang, with_half=fault.kind == "half")
    call.status = answer.status
    return answer.response()


async def _arguments(request: Request) -> tuple[Json, Answer | None]:
    """Read a call's arguments; those that cannot be read have their answer already."""
    try:
        return await read_arguments(request), None
    except RefusedError as refused:
        return {}, _refusal(refused)


async def _uploaded(request: Request) -> bytes:
    """Read a file's bytes, sent bare or as the one file of a form."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body()
    async with request.form() as form:
        for value in form.values():
            if not isinstance(value, str):
                return await value.read()
    return b""
