"""The control endpoints under `/control/`, and the page's three files."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar, get_args

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.faults import Fault, Faults, Kind
from sandbox.page import customer, staff
from sandbox.page.asked import Asked, AskedWrongError, read
from sandbox.record import Record
from sandbox.slack import Slack
from sandbox.slack.errors import RefusedError
from sandbox.slack.people import DESK
from sandbox.telegram import Telegram

Json = dict[str, Any]
Answer = Callable[[Request], Awaitable[Json]]
Act = TypeVar("Act")

FILES = Path(__file__).parent / "static"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class Control:
    """Drives both servers as people would, and tells what people see. Answers 400 or 409 with `error`, a sentence."""

    def __init__(self, telegram: Telegram, slack: Slack, record: Record, faults: Faults) -> None:
        self._telegram = telegram
        self._slack = slack
        self._record = record
        self._faults = faults

    @property
    def routes(self) -> list[BaseRoute]:
        """The page and everything under `/control/`."""
        return [
            Route("/", _page("index.html", "text/html")),
            Route("/page.js", _page("page.js", "text/javascript")),
            Route("/page.css", _page("page.css", "text/css")),
            _route("/control/telegram/chat/{id:int}", self._chat),
            _route("/control/telegram/{act}", self._act_in_telegram, "POST"),
            Route("/control/telegram/file/{id}", self._telegram_file),
            _route("/control/slack/channel", self._channel),
            _route("/control/slack/ephemerals/{user}", self._ephemerals),
            _route("/control/slack/modals/{user}", self._modals),
            _route("/control/slack/{act}", self._act_in_slack, "POST"),
            Route("/control/slack/file/{id}", self._slack_file),
            _route("/control/screen", self._screen),
            _route("/control/faults", self._add_fault, "POST"),
            _route("/control/faults", self._clear_faults, "DELETE"),
            _route("/control/record", self._recorded),
        ]

    async def _chat(self, request: Request) -> Json:
        return customer.screen(self._telegram, request.path_params["id"])

    async def _act_in_telegram(self, request: Request) -> Json:
        act = _known(customer.ACTS, request.path_params["act"])
        return act(self._telegram, await read(request))

    async def _act_in_slack(self, request: Request) -> Json:
        act = _known(staff.ACTS, request.path_params["act"])
        return await act(self._slack, await read(request))

    async def _channel(self, request: Request) -> Json:
        return {"posts": staff.channel(self._slack, request.query_params.get("id", DESK))}

    async def _ephemerals(self, request: Request) -> Json:
        return {"posts": staff.ephemerals(self._slack, request.path_params["user"])}

    async def _modals(self, request: Request) -> Json:
        return {"modals": staff.modals(self._slack, request.path_params["user"])}

    async def _screen(self, request: Request) -> Json:
        chat = _number(request, "chat")
        user = request.query_params.get("user", "")
        return {
            "telegram": customer.screen(self._telegram, chat),
            "chats": list(self._telegram.state.chats),
            "slack": staff.screen(self._slack, user),
        }

    async def _telegram_file(self, request: Request) -> Response:
        file = self._telegram.state.files.get(request.path_params["id"])
        return _download(file.content if file else None)

    async def _slack_file(self, request: Request) -> Response:
        return _download(self._slack.file_content(request.path_params["id"]))

    async def _add_fault(self, request: Request) -> Json:
        self._faults.add(_fault(await read(request)))
        return {"planned": len(self._faults.plan)}

    async def _clear_faults(self, _: Request) -> Json:
        self._faults.clear()
        return {"planned": 0}

    async def _recorded(self, request: Request) -> Json:
        after = _number(request, "after")
        return {"calls": [asdict(call) for call in self._record if call.number > after]}


def _known(acts: Mapping[str, Act], name: str) -> Act:
    if name not in acts:
        raise AskedWrongError(f"there is no {name} here, only {', '.join(acts)}")
    return acts[name]


def _fault(asked: Asked) -> Fault:
    kinds: tuple[Kind, ...] = get_args(Kind)
    kind = next((kind for kind in kinds if kind == asked.value("kind")), None)
    if kind is None:
        raise AskedWrongError(f"kind must be one of {', '.join(kinds)}")
    return Fault(
        asked.text("service"),
        asked.text("method"),
        kind,
        times=asked.number("times", 1),
        skip=asked.number("skip", 0),
        retry_after=asked.seconds("retry_after", 1.0),
        hang=asked.seconds("hang", 30.0),
    )


def _number(request: Request, name: str) -> int:
    try:
        return int(request.query_params.get(name, "0"))
    except ValueError as wrong:
        raise AskedWrongError(f"{name} must be a whole number") from wrong


def _route(path: str, answer: Answer, method: str = "GET") -> Route:
    async def respond(request: Request) -> Response:
        try:
            return _json(await answer(request))
        except AskedWrongError as wrong:
            return _json({"error": str(wrong)}, 400)
        except (ValueError, RefusedError) as impossible:
            return _json({"error": str(impossible)}, 409)

    return Route(path, respond, methods=[method])


def _json(content: Json, status: int = 200) -> Response:
    # Escaped to ASCII: what somebody sent may hold halves of characters, which UTF-8 cannot carry.
    return Response(json.dumps(content), status, media_type="application/json")


def _page(name: str, kind: str) -> Callable[[Request], Awaitable[Response]]:
    async def respond(_: Request) -> Response:
        return FileResponse(FILES / name, media_type=kind, headers=HEADERS)

    return respond


def _download(content: bytes | None) -> Response:
    if content is None:
        return Response(status_code=404)
    headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
    return Response(content, media_type="application/octet-stream", headers=headers)
