"""The HTTP side: token, method and parameters in; the record, faults and an answer out."""

import asyncio
import secrets
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from sandbox.faults import Fault, Faults
from sandbox.record import Call, Record
from sandbox.serve import cut
from sandbox.telegram.methods import METHODS, NAMES
from sandbox.telegram.params import Params, read
from sandbox.telegram.reception import Reception
from sandbox.telegram.refusals import Refused, blocked, too_many
from sandbox.telegram.state import State

BAD_GATEWAY = (
    b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    b"<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)
BEFORE = ("429", "403", "502", "timeout_before")  # faults that spare the platform the call
AFTER = ("timeout_after", "half")


class Silence(Response):
    """Holds a call open and then drops the connection without a word."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wait, then cut."""
        await asyncio.sleep(self.seconds)
        await cut(scope)


class Half(Response):
    """Sends the first half of an answer and drops the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Announce the whole, send half, cut."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        part = bytes(self.body)[: len(self.body) // 2]
        await send({"type": "http.response.body", "body": part, "more_body": True})
        await cut(scope)


class Front:
    """Answers calls to the bot's address and to its files."""

    def __init__(self, state: State, reception: Reception, record: Record, faults: Faults, token: str) -> None:
        self._state = state
        self._reception = reception
        self._record = record
        self._faults = faults
        self._token = token
        self._idle: Call | None = None  # the last poll that brought nothing: the next one like it is the same call

    async def answer(self, request: Request) -> Response:
        """Answer one call of a method."""
        given = request.path_params["method"]
        method = NAMES.get(given.lower(), given)
        try:
            params, broken = await read(request), None
        except Refused as refused:
            params, broken = Params({}, {}), refused
        call = self._open(method, params)
        wrong = broken or self._unknown(request, method)
        return await self._answer(call, params, wrong)

    async def download(self, request: Request) -> Response:
        """Answer one download of a file."""
        path = request.path_params["path"]
        call = self._record.open("telegram", "in", "download", {"path": path})
        fault = await self._arrive(call)
        if fault and fault.kind in BEFORE:
            return _spared(call, fault)
        file = next((file for file in self._state.files.values() if file.path == path), None)
        if file is None or not self._is_token(request):
            return _json(call, Refused("Not Found", 404).answer(), 404)
        call.status, call.answer = 200, {"file_size": len(file.content)}
        whole = Response(file.content, media_type="application/octet-stream")
        return await self._leave(call, fault, whole)

    async def _answer(self, call: Call, params: Params, wrong: Refused | None) -> Response:
        fault = await self._arrive(call)
        if fault and fault.kind in BEFORE:
            return _spared(call, fault)
        try:
            if wrong:
                raise wrong
            result = await self._do(call, params)
        except Refused as refused:
            response = _json(call, refused.answer(), refused.code)
        else:
            response = _json(call, {"ok": True, "result": result}, 200)
        if call.method == "getUpdates":
            self._keep_cheap(call)
        return await self._leave(call, fault, response)

    async def _do(self, call: Call, params: Params) -> Any:
        plain = METHODS.get(call.method)
        if plain is None:
            return await self._receive(call, params)
        result = plain.run(self._state, params)
        call.took_effect = plain.changes
        return result

    async def _receive(self, call: Call, params: Params) -> Any:
        if call.method == "getWebhookInfo":
            return self._reception.webhook_info()
        if call.method == "getUpdates":
            call.took_effect |= self._reception.confirm(params) > 0
            return await self._reception.poll(params)
        call.took_effect = True
        setting = call.method == "setWebhook"
        return await (self._reception.set_webhook if setting else self._reception.delete_webhook)(params)

    def _open(self, method: str, params: Params) -> Call:
        if method != "getUpdates":
            return self._record.open("telegram", "in", method, params.for_record())
        idle, self._idle = self._idle, None
        few = {"offset": params.number("offset")}
        if idle and idle.params == few:
            return idle
        return self._record.open("telegram", "in", method, few)

    def _keep_cheap(self, call: Call) -> None:
        if call.status != 200:
            return
        call.answer = [update["update_id"] for update in call.answer["result"]]
        if not call.answer and call.fault is None:
            self._idle = call

    async def _arrive(self, call: Call) -> Fault | None:
        if self._faults.before:
            await self._faults.before(call)
        fault = self._faults.meet("telegram", call.method)
        if fault:
            call.fault = fault.kind
        if fault and fault.kind == "duplicate" and call.method == "getUpdates":
            self._reception.updates.repeat = True
        return fault

    async def _leave(self, call: Call, fault: Fault | None, response: Response) -> Response:
        if self._faults.after:
            await self._faults.after(call)
        if fault is None or fault.kind not in AFTER:
            return response
        if fault.kind == "timeout_after":
            call.status = 0
            return Silence(fault.hang)
        return Half(response.body, response.status_code, media_type=response.media_type)

    def _unknown(self, request: Request, method: str) -> Refused | None:
        if not self._is_token(request):
            return Refused("Unauthorized", 401)
        return None if method.lower() in NAMES else Refused("Not Found: method not found", 404)

    def _is_token(self, request: Request) -> bool:
        return secrets.compare_digest(request.path_params["token"].encode(), self._token.encode())


def _spared(call: Call, fault: Fault) -> Response:
    if fault.kind == "timeout_before":
        return Silence(fault.hang)
    if fault.kind == "502":
        call.status, call.answer = 502, BAD_GATEWAY.decode()
        return Response(BAD_GATEWAY, 502, media_type="text/html")
    refused = too_many(fault.retry_after) if fault.kind == "429" else blocked()
    return _json(call, refused.answer(), refused.code)


def _json(call: Call, answer: dict[str, Any], status: int) -> Response:
    call.status, call.answer = status, answer
    return Response(orjson.dumps(answer), status, media_type="application/json")
