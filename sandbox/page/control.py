"""The control endpoints under `/control/` for both people's hands and screens, and the page's files."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from sandbox.page import customer, staff
from sandbox.page.answers import download, page_file, route
from sandbox.page.asked import AskedWrongError, read
from sandbox.record import Record
from sandbox.slack import Slack
from sandbox.slack.people import DESK
from sandbox.telegram import Telegram

Json = dict[str, Any]
Act = TypeVar("Act")


class Control:
    """Drives both servers as people would, and tells what people see. Answers 400 or 409 with `error`, a sentence."""

    def __init__(self, telegram: Telegram, slack: Slack, record: Record) -> None:
        self._telegram = telegram
        self._slack = slack
        self._record = record

    @property
    def routes(self) -> list[BaseRoute]:
        """The page and what it asks for."""
        return [
            Route("/", page_file),
            Route("/{name}", page_file),
            route("/control/telegram/chat/{id:int}", self._chat),
            route("/control/telegram/{act}", self._act_in_telegram, "POST"),
            Route("/control/telegram/file/{id}", self._telegram_file),
            route("/control/slack/channel", self._channel),
            route("/control/slack/ephemerals/{user}", self._ephemerals),
            route("/control/slack/modals/{user}", self._modals),
            route("/control/slack/{act}", self._act_in_slack, "POST"),
            Route("/control/slack/file/{id}", self._slack_file),
            route("/control/screen", self._screen),
            route("/control/record", self._recorded),
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
        return download(file.content if file else None)

    async def _slack_file(self, request: Request) -> Response:
        return download(self._slack.file_content(request.path_params["id"]))

    async def _recorded(self, request: Request) -> Json:
        after = _number(request, "after")
        return {"calls": [asdict(call) for call in self._record if call.number > after]}


def _known(acts: Mapping[str, Act], name: str) -> Act:
    if name not in acts:
        raise AskedWrongError(f"there is no {name} here, only {', '.join(acts)}")
    return acts[name]


def _number(request: Request, name: str) -> int:
    try:
        return int(request.query_params.get(name, "0"))
    except ValueError as wrong:
        raise AskedWrongError(f"{name} must be a whole number") from wrong
