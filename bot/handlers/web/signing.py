"""The page on which a letter is signed, on any phone and without Telegram: by a link's token, step by step.

Looking at the address opens nothing; each button is a turn of the request. How far a visitor is goes along in the form,
sealed: whoever gets the address alone begins anew, with the last four digits.
"""

import asyncio
import logging
import secrets
from collections import deque
from functools import partial
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.clock import Now
from bot.handlers.web.signing_form import first, page, screen, text
from bot.letters.drawing import picture_of
from domain.desk.keeping import Keeper
from domain.desk.signers import AGREED, CONFIRMED, WHO, Visit, on_page
from domain.desk.state import OfRequest, Outcome, Turns
from domain.desk.tokens import Named, is_token
from domain.errors import NotKept, Unreadable
from domain.papers.strokes import read_drawing
from domain.policy import Policy
from domain.text import clean
from domain.values import replace

log = logging.getLogger(__name__)

LARGEST = 200_000  # bytes of what is sent
AT_ONCE = 30  # buttons that one address may press in a minute
_MINUTE = 60.0
_MOST_KNOWN = 5_000  # addresses remembered
_LONGEST_WORD = 200
_LONGEST_AGENT = 120
_ACTS = ("open", "word", "agree", "drawn", "decline", "not_me")
_DONE = ("signed", "declined", "not_me")


class TooMuch(Exception):  # noqa: N818 - reads as the answer it is
    """What was sent is larger than any form of ours."""


class SigningPage:
    """Serves `/sign/<token>`."""

    def __init__(self, keeper: Keeper, turns: Turns, policy: Policy, now: Now) -> None:
        self._keeper = keeper
        self._turns = turns
        self._policy = policy
        self._now = now
        self._pressed: dict[str, deque[float]] = {}

    def routes(self) -> list[Route]:
        """Return the routes: a look, which opens nothing, and everything that a button does."""
        return [
            Route("/sign/{token}", self._look, methods=["GET"]),
            Route("/sign/{token}", self._press, methods=["POST"]),
        ]

    async def _look(self, request: Request) -> Response:
        try:
            named = await self._named(request)
        except NotKept:
            return _said("trouble", 503)
        return first() if named is not None else _said("unknown", 404)

    async def _press(self, request: Request) -> Response:
        if not self._may_press(_host(request)):
            return _said("slowly", 429)
        try:
            form = await _form_of(request)
            named = await self._named(request)
            return await self._visited(request, named, form) if named is not None else _said("unknown", 404)
        except TooMuch:
            return _said("too_large", 413)
        except NotKept as e:
            log.error("signing failed error=%s", type(e).__name__)
            return _said("trouble", 503)

    async def _named(self, request: Request) -> Named | None:
        token = request.path_params["token"]
        return await self._keeper.signers.find(token) if is_token(token) else None

    async def _visited(self, request: Request, named: Named, form: dict[str, str]) -> Response:
        act, step = form.get("act", ""), self._step(form.get("pass", ""), named)
        word = form.get("word", "")
        visit = Visit(named.link_id, act if act in _ACTS else "look", word[:_LONGEST_WORD], 0, step, _who(request))
        if act == "drawn":
            return await self._drawn(named, visit, word)
        return self._answer(named, await self._turn(named, visit))

    async def _drawn(self, named: Named, visit: Visit, lines: str) -> Response:
        """Keep what was drawn before the turn that refers to it; what no turn wants goes again."""
        drawing = read_drawing(lines)
        if isinstance(drawing, Unreadable) or visit.step != AGREED:
            return self._answer(named, await self._turn(named, replace(visit, act="look")), "sign.draw")
        picture = await asyncio.to_thread(picture_of, drawing)
        key = f"drawn-{secrets.token_hex(16)}"
        await self._keeper.files.keep(key, picture)
        outcome = await self._turn(named, replace(visit, drawing=key, size=len(picture)))
        if outcome.changes is not None and not outcome.changes.papers:
            await self._keeper.files.drop(key)
        return self._answer(named, outcome)

    async def _turn(self, named: Named, visit: Visit) -> Outcome:
        decide = partial(on_page, visit=visit, policy=self._policy)
        return await self._turns.turn(OfRequest(named.request_id), f"sign:{self._keeper.new_id()}", decide)

    def _answer(self, named: Named, outcome: Outcome, lead: str = "") -> Response:
        told = outcome.changes.told if outcome.changes is not None else None
        if told is None:
            return _said("unknown", 404)
        params = {**told.params, "lead": told.params.get("lead") or lead}
        step = params.get("step", "")
        carried = self._keeper.seal_link(f"sign:{named.link_id}:{step}") if step else ""
        is_well = bool(step) or told.key in (WHO, *_DONE)
        return page(screen(told.key, params, carried), 200 if is_well else 410)

    def _step(self, carried: str, named: Named) -> str:
        """Return how far a visitor is, as this house sealed it for this very link."""
        parts = (self._keeper.open_link(carried) or "").split(":") if carried else []
        is_ours = len(parts) == 3 and parts[:2] == ["sign", str(named.link_id)] and parts[2] in (CONFIRMED, AGREED)
        return parts[2] if is_ours else ""

    def _may_press(self, host: str) -> bool:
        """Count a press of an address; tell whether it is one too many within a minute."""
        now = self._now().timestamp()
        if len(self._pressed) > _MOST_KNOWN:
            self._pressed = {h: times for h, times in self._pressed.items() if times[-1] > now - _MINUTE}
        times = self._pressed.setdefault(host, deque(maxlen=AT_ONCE))
        is_full = len(times) == AT_ONCE and times[0] > now - _MINUTE
        if not is_full:
            times.append(now)
        return not is_full


async def _form_of(request: Request) -> dict[str, str]:
    """Return what a form sent. Raises TooMuch before more of it is read than any of ours holds."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise TooMuch
    try:
        return dict(parse_qsl(body.decode("ascii", "replace"), max_num_fields=8))
    except ValueError:
        return {}


def _who(request: Request) -> str:
    """Return what tells the visitor's device, for the evidence: its address, and what its browser calls itself."""
    agent = clean(request.headers.get("user-agent", ""))[:_LONGEST_AGENT]
    return f"{_host(request)}, {agent}" if agent else _host(request)


def _host(request: Request) -> str:
    return request.client.host if request.client is not None else "—"


def _said(key: str, status: int) -> HTMLResponse:
    return page(text(f"sign.page.{key}"), status)
