"""The page behind a request's link: it says where to look, and not even whether there is such a request."""

import html

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from bot.wording import say
from domain.orders.references import read_reference

_SAFE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


def reference_route() -> Route:
    """Return the route of links to requests."""
    return Route("/r/{ref}", _look, methods=["GET"])


async def _look(request: Request) -> HTMLResponse:
    ref = read_reference(request.path_params["ref"])
    told = _words("reference", ref=ref) if ref else _words("over")
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    page = f"{head}<title>{_words('title')}</title><main><p>{told}</p></main></html>"
    return HTMLResponse(page, 200 if ref else 404, headers=_SAFE)


def _words(key: str, **params: str) -> str:
    return say(f"page.{key}", params, "en", html.escape)
