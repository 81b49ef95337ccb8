"""How the page's endpoints answer: JSON, a sentence for what cannot be, what somebody sent, the page's own files."""

import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from sandbox.page.asked import AskedWrongError
from sandbox.slack.errors import RefusedError

Json = dict[str, Any]
Answer = Callable[[Request], Awaitable[Json]]

FILES = Path(__file__).parent / "static"
KINDS = {
    "html": "text/html",
    "js": "text/javascript",
    "css": "text/css",
    "svg": "image/svg+xml",
    "png": "image/png",
}
NAME = re.compile(rf"\w[\w.-]*\.({'|'.join(KINDS)})", re.ASCII)  # has no slash, and does not begin with a dot
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def route(path: str, answer: Answer, method: str = "GET") -> Route:
    """Return a route that answers JSON: 400 for what cannot be read, 409 for what is impossible now."""

    async def respond(request: Request) -> Response:
        try:
            return _json(await answer(request))
        except AskedWrongError as wrong:
            return _json({"error": str(wrong)}, 400)
        except (ValueError, RefusedError) as impossible:
            return _json({"error": str(impossible)}, 409)

    return Route(path, respond, methods=[method])


async def page_file(request: Request) -> Response:
    """Answer one of the page's own files, by its name; the page itself without one."""
    name = request.path_params.get("name", "index.html")
    found = NAME.fullmatch(name)
    if found is None or not (FILES / name).is_file():
        return Response(status_code=404)
    return FileResponse(FILES / name, media_type=KINDS[found[1]], headers=HEADERS)


def download(content: bytes | None) -> Response:
    """Answer a file that somebody sent: it is never shown, for it may be anything."""
    if content is None:
        return Response(status_code=404)
    headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
    return Response(content, media_type="application/octet-stream", headers=headers)


def _json(content: Json, status: int = 200) -> Response:
    # Escaped to ASCII: what somebody sent may hold halves of characters, which UTF-8 cannot carry.
    return Response(json.dumps(content), status, media_type="application/json")
