"""The front door for Slack's HTTP deliveries: nothing unsigned, late or heard before gets to Bolt."""

import hashlib
import json
import logging
import re
import time
from collections.abc import Callable
from urllib.parse import parse_qs

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import Clock, SignatureVerifier
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.bodies import body_of

log = logging.getLogger(__name__)

LARGEST_BODY = 1_000_000  # bytes
REMEMBERED = 600.0  # seconds: slack_sdk takes timestamps five minutes off either way, so no later replay is taken

_STAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


class _Told(Clock):
    """The time as the verifier asks for it."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock

    def now(self) -> float:
        """Return Unix seconds."""
        return self._clock()


class Door:
    """Lets in what Slack signed within the last five minutes, and each of it once."""

    def __init__(self, app: AsyncApp, signing_secret: str, clock: Callable[[], float] = time.time) -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing_secret, _Told(clock))
        self._clock = clock
        self._seen: dict[bytes, float] = {}  # hash of a signature, when it came; oldest first

    async def handle(self, request: Request) -> Response:
        """Answer a delivery: 401 without a word for what is not Slack's, or was heard."""
        body = await body_of(request, LARGEST_BODY)
        if body is None:
            return Response(status_code=413)
        if not self._is_signed(request, body):
            return Response(status_code=401)
        if not _is_readable(body, request.headers.get("content-type", "")):
            return Response(status_code=400)
        return to_starlette_response(await self._app.async_dispatch(to_async_bolt_request(request, body)))

    def _is_signed(self, request: Request, body: bytes) -> bool:
        stamp = _only(request, "x-slack-request-timestamp")
        signature = _only(request, "x-slack-signature")
        if not _STAMP.fullmatch(stamp) or not _SIGNATURE.fullmatch(signature) or not _is_text(body):
            return False
        return self._verifier.is_valid(body, stamp, signature) and self._is_first(signature)

    def _is_first(self, signature: str) -> bool:
        """Remember a signature; only ever called with one that is Slack's, so nobody else can fill the memory."""
        now = self._clock()
        while self._seen and now - next(iter(self._seen.values())) > REMEMBERED:
            del self._seen[next(iter(self._seen))]
        mark = hashlib.sha256(signature.encode()).digest()
        if mark in self._seen:
            log.warning("slack replay_refused")
            return False
        self._seen[mark] = now
        return True


def slack_route(app: AsyncApp, signing_secret: str, clock: Callable[[], float] = time.time) -> Route:
    """Return the route that Slack delivers to."""
    return Route("/slack/events", Door(app, signing_secret, clock).handle, methods=["POST"])


def _only(request: Request, header: str) -> str:
    """Return a header that stands there once; empty when it is missing or doubled."""
    values = request.headers.getlist(header)
    return values[0] if len(values) == 1 else ""


def _is_text(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_readable(body: bytes, content_type: str) -> bool:
    """Tell whether Bolt can parse a body: a JSON object, a form, or a form with one in its `payload`."""
    text = body.decode("utf-8")
    if not text.startswith("{") and "json" not in content_type:
        payloads = parse_qs(text).get("payload")
        if payloads is None:
            return "=" in text
        text = payloads[-1]
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
