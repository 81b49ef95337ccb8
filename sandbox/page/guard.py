"""Let in only who asks for this machine by its own name, and no other site's page."""

from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

LOCAL = ("127.0.0.1", "localhost")
PLATFORMS = ("/bot", "/api/")  # where a GET, too, may change something


class Guard:
    """Refuses foreign names (DNS rebinding) and foreign origins, and says when something may have changed."""

    def __init__(self, app: ASGIApp, changed: Callable[[], None]) -> None:
        self._app = app
        self._changed = changed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403, or pass the request on."""
        if not _is_local(Headers(scope=scope)):
            await _refuse(scope, receive, send)
        elif _only_looks(scope):
            await self._app(scope, receive, send)
        else:
            self._changed()  # a long poll confirms at its beginning
            await self._app(scope, receive, send)
            self._changed()


def _is_local(headers: Headers) -> bool:
    host, origin = headers.get("host", ""), headers.get("origin")
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:
        return False
    return name in LOCAL and origin in (None, f"http://{host}")


def _only_looks(scope: Scope) -> bool:
    return scope["type"] != "http" or (scope["method"] == "GET" and not scope["path"].startswith(PLATFORMS))


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await WebSocketClose(1008)(scope, receive, send)
        return
    answer = PlainTextResponse("This sandbox answers only to its own page on this computer.\n", 403)
    await answer(scope, receive, send)
