"""The page on which a letter is signed, on any phone and without Telegram: by a link's token, step by step.

Looking at the address opens nothing; each button is a turn of the request. How far a visitor is goes along in the form,
sealed: whoever gets the address alone begins anew, with the last four digits.
"""

import asyncio
import logging
import secrets
from functools import partial
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.bodies import body_of
from bot.clock import Now
from bot.handlers.web.presses import Presses, host_of
from bot.handlers.web.signing_form import Sight, first, screen
from bot.handlers.web.signing_head import SAFE, page, text
from bot.handlers.web.signing_sights import COPY as COPY_PASS
from bot.handlers.web.signing_sights import Sights
from bot.letters.drawing import picture_of
from bot.letters.unsigned import Unsigned
from domain.desk.keeping import Keeper
from domain.desk.signer_screens import ACTS, AGREED, CONFIRMED, COPY, COPY_WHO, LETTER, PAPER, WHO, Visit
from domain.desk.signers import on_page
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
_LONGEST_WORD = 200
_LONGEST_AGENT = 120
_DONE = ("declined", "not_me", "sure", "sure_not_me", COPY_WHO)
_SEALED = ("signed", COPY)  # where the copy is shown next, by an address of its own


class TooMuch(Exception):  # noqa: N818 - reads as the answer it is
    """What was sent is larger than any form of ours."""


class SigningPage:
    """Serves `/sign/<token>`."""

    def __init__(self, keeper: Keeper, turns: Turns, policy: Policy, now: Now, unsigned: Unsigned) -> None:
        self._keeper = keeper
        self._turns = turns
        self._policy = policy
        self._presses = Presses(AT_ONCE, now)
        self._sights = Sights(keeper, policy, now, unsigned)

    def routes(self) -> list[Route]:
        """Return the routes: a look, which opens nothing, and everything that a button does."""
        return [
            Route("/sign/{token}", self._look, methods=["GET"]),
            Route("/sign/{token}", self._press, methods=["POST"]),
            Route("/favicon.ico", _no_icon, methods=["GET"]),  # browsers ask for one wherever pictures may be loaded
            *self._sights.routes(),
        ]

    async def _look(self, request: Request) -> Response:
        try:
            named = await self._named(request)
            return first(await self._sights.whose(named)) if named is not None else _said("unknown", 404)
        except NotKept:
            return _said("trouble", 503)

    async def _press(self, request: Request) -> Response:
        if not self._presses.may(host_of(request)):
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
        visit = Visit(named.link_id, act if act in ACTS else "look", word[:_LONGEST_WORD], 0, step, _who(request))
        if act == "drawn":
            return await self._drawn(request, named, visit, word)
        return await self._answer(request, named, await self._turn(named, visit))

    async def _drawn(self, request: Request, named: Named, visit: Visit, lines: str) -> Response:
        """Keep what was drawn before the turn that refers to it; what no turn wants goes again."""
        drawing = read_drawing(lines)
        if isinstance(drawing, Unreadable) or visit.step != AGREED:
            outcome = await self._turn(named, replace(visit, act="look"))
            return await self._answer(request, named, outcome, "sign.draw")
        picture = await asyncio.to_thread(picture_of, drawing)
        key = f"drawn-{secrets.token_hex(16)}"
        await self._keeper.files.keep(key, picture)
        outcome = await self._turn(named, replace(visit, drawing=key, size=len(picture)))
        if outcome.changes is not None and not outcome.changes.papers:
            await self._keeper.files.drop(key)
        return await self._answer(request, named, outcome)

    async def _turn(self, named: Named, visit: Visit) -> Outcome:
        decide = partial(on_page, visit=visit, policy=self._policy)
        return await self._turns.turn(OfRequest(named.request_id), f"sign:{self._keeper.new_id()}", decide)

    async def _answer(self, request: Request, named: Named, outcome: Outcome, lead: str = "") -> Response:
        told, token = outcome.changes.told if outcome.changes is not None else None, request.path_params["token"]
        if told is None:
            return _said("unknown", 404)
        if told.key in _SEALED:
            given = self._sights.give_pass(named.link_id, COPY_PASS)
            return RedirectResponse(f"/sign/{token}/copy?pass={given}", 303, headers=SAFE)
        params = {**told.params, "lead": told.params.get("lead") or lead}
        step = params.get("step", "")
        carried = self._keeper.seal_link(f"sign:{named.link_id}:{step}") if step else ""
        sight = await self._sights.sight(named, token) if told.key in (LETTER, PAPER) else Sight(token, "", (), 0)
        is_well = bool(step) or told.key in (WHO, *_DONE)
        return page(screen(told.key, params, carried, sight), 200 if is_well else 410)

    def _step(self, carried: str, named: Named) -> str:
        """Return how far a visitor is, as this house sealed it for this very link."""
        parts = (self._keeper.open_link(carried) or "").split(":") if carried else []
        is_ours = len(parts) == 3 and parts[:2] == ["sign", str(named.link_id)] and parts[2] in (CONFIRMED, AGREED)
        return parts[2] if is_ours else ""


async def _no_icon(_request: Request) -> Response:
    return Response(status_code=204)


async def _form_of(request: Request) -> dict[str, str]:
    """Return what a form sent. Raises TooMuch before more of it is read than any of ours holds."""
    body = await body_of(request, LARGEST)
    if body is None:
        raise TooMuch
    try:
        return dict(parse_qsl(body.decode("ascii", "replace"), max_num_fields=8))
    except ValueError:
        return {}


def _who(request: Request) -> str:
    """Return what tells the visitor's device, for the evidence: its address, and what its browser calls itself."""
    agent = clean(request.headers.get("user-agent", ""))[:_LONGEST_AGENT]
    return f"{host_of(request)}, {agent}" if agent else host_of(request)


def _said(key: str, status: int) -> HTMLResponse:
    return page(text(f"sign.page.{key}"), status)
