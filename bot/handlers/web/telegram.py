"""Telegram's webhook: the same ear as polling, answered only when what it brought is committed."""

import hmac
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.bodies import body_of

LARGEST_BODY = 1_000_000  # bytes
_HEADER = b"x-telegram-bot-api-secret-token"

Hear = Callable[[Mapping[str, Any]], Awaitable[None]]


def telegram_route(secret: str, hear: Hear) -> Route:
    """Return the route; a wrong, missing or doubled secret is answered 401, a body that is no update 400."""
    wanted = secret.encode()

    async def endpoint(request: Request) -> Response:
        given = [value for name, value in request.scope["headers"] if name == _HEADER]
        if len(given) != 1 or not hmac.compare_digest(given[0], wanted):
            return Response(status_code=401)
        body = await body_of(request, LARGEST_BODY)
        if body is None:
            return Response(status_code=413)
        update = _update(body)
        if update is None:
            return Response(status_code=400)
        await hear(update)
        return Response(status_code=200)

    return Route("/telegram/webhook", endpoint, methods=["POST"])


def _update(body: bytes) -> Mapping[str, Any] | None:
    try:
        update = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return update if isinstance(update, dict) and isinstance(update.get("update_id"), int) else None
