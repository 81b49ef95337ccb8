"""What the page for signing shows beside its forms: pages of the letter as pictures, its PDF, the sealed copy.

Each is behind the link's token and a pass that this house sealed for who gave the right digits, and ends with the link.
"""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.clock import Now
from bot.handlers.web.presses import Presses, host_of
from bot.handlers.web.signing_form import Sight, copy_page
from bot.handlers.web.signing_head import SAFE, page, text
from bot.letters.model import NoGlyph
from bot.letters.shelf import ListDiffers
from bot.letters.unsigned import Unsigned
from bot.letters.workshop import JobFailed
from domain.desk.keeping import Keeper, Sheet
from domain.desk.signer_copies import OVER, READY, SEALING, copies_of, copy_words
from domain.desk.signer_links import SignerLink, facts_now, link_of, params_for, why_not
from domain.desk.tokens import Named, is_token
from domain.errors import NotKept
from domain.papers.letter import Letter
from domain.policy import Policy
from domain.wordkeys import nested

log = logging.getLogger(__name__)

AT_ONCE = 120  # pictures and copies that one address may have in a minute
SHOWN_PAGES = 10  # pictures of a letter; the rest of a longer one is in its PDF
SEEN, COPY = "seen", "copy"  # what a pass is for
LOOKS = (2, 3, 5, 10, 20, 30, 60, 60, 60)  # seconds until the page looks again for a copy that is being sealed
_UNPRINTED = (NoGlyph, JobFailed, ListDiffers, TimeoutError)
_PRIVATE = {**SAFE, "Cross-Origin-Resource-Policy": "same-origin"}


class Sights:
    """Serves what stands below `/sign/<token>/`."""

    def __init__(self, keeper: Keeper, policy: Policy, now: Now, unsigned: Unsigned) -> None:
        self._keeper = keeper
        self._policy = policy
        self._now = now
        self._unsigned = unsigned
        self._presses = Presses(AT_ONCE, now)

    def routes(self) -> list[Route]:
        """Return the routes."""
        ways = {
            "page/{place:int}": self._picture,
            "letter/{place:int}": self._pdf,
            "copy": self._copies,
            "copy/{place:int}": self._copy,
        }
        return [Route(f"/sign/{{token}}/{path}", self._kept(way), methods=["GET"]) for path, way in ways.items()]

    def give_pass(self, link_id: int, what: str) -> str:
        """Return a pass, for whoever gave the right digits, to go into addresses. `what`: SEEN, COPY."""
        return self._keeper.seal_link(f"{what}:{link_id}")

    async def sight(self, named: Named, token: str) -> Sight:
        """Return what the page can show of the letters of a link, to whoever gave the right digits."""
        return Sight(token, self.give_pass(named.link_id, SEEN), await self._counted(named), SHOWN_PAGES)

    async def _counted(self, named: Named) -> tuple[int, ...]:
        """Return how many pages each letter of a link has; none where they cannot be printed just now."""
        sheet = await self._keeper.board.sheet(request_id=named.request_id)
        link = link_of(sheet.case) if sheet is not None else None
        if link is None:
            return ()
        try:
            return await self._unsigned.counted(await self._unsigned.letters(named.request_id, link.facts))
        except _UNPRINTED as e:
            log.warning("signing unpictured error=%s", type(e).__name__)
            return ()

    def _kept(self, way: Callable[[Request, Named], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        """Return an endpoint that answers nobody without a token and its pass, and no one too often."""

        async def endpoint(request: Request) -> Response:
            if not self._presses.may(host_of(request)):
                return _said("slowly", 429)
            try:
                named = await self._named(request)
                return await way(request, named) if named is not None else _said("unknown", 404)
            except NotKept as e:
                log.error("signing failed error=%s", type(e).__name__)
                return _said("trouble", 503)
            except _UNPRINTED as e:
                log.warning("signing unprinted error=%s", type(e).__name__)
                return _said("trouble", 503)

        return endpoint

    async def _named(self, request: Request) -> Named | None:
        token, given = request.path_params["token"], request.query_params.get("pass", "")
        named = await self._keeper.signers.find(token) if is_token(token) else None
        what = COPY if "/copy" in request.url.path.removeprefix(f"/sign/{token}") else SEEN
        is_given = named is not None and self._keeper.open_link(given) == f"{what}:{named.link_id}"
        return named if is_given else None

    async def _letters(self, named: Named) -> tuple[Letter, ...]:
        """Return the letters that a link still signs; none of one that has ended."""
        sheet = await self._keeper.board.sheet(request_id=named.request_id)
        link = link_of(sheet.case) if sheet is not None else None
        if sheet is None or why_not(sheet.case, link, named.link_id, self._now()):
            return ()
        return await self._unsigned.letters(named.request_id, facts_now(sheet.case))

    async def _picture(self, request: Request, named: Named) -> Response:
        place = request.path_params["place"]
        letters = await self._letters(named)
        content = await self._unsigned.page(letters, place) if 0 < place <= SHOWN_PAGES else None
        return _said("over_picture", 410) if content is None else _file(content, "image/png", "inline")

    async def _pdf(self, request: Request, named: Named) -> Response:
        letters, place = await self._letters(named), request.path_params["place"]
        if not 0 < place <= len(letters):
            return _said("over_picture", 410)
        return _file(await self._unsigned.pdf(letters[place - 1]), "application/pdf", "inline")

    async def _sheet(self, named: Named) -> tuple[Sheet, SignerLink] | None:
        sheet = await self._keeper.board.sheet(request_id=named.request_id)
        link = link_of(sheet.case) if sheet is not None else None
        return None if sheet is None or link is None else (sheet, link)

    async def whose(self, named: Named) -> str:
        """Return whose letter a link is about, as of the newest one; empty for one that was replaced."""
        found = await self._sheet(named)
        return found[1].whose if found is not None and found[1].id == named.link_id else ""

    async def _copies(self, request: Request, named: Named) -> Response:
        """Show how it stands with the copy; while it is being sealed the page looks again by itself, ever slower."""
        found = await self._sheet(named)
        if found is None:
            return _said("copy_over", 410)
        sheet, link = found
        copies = copies_of(sheet.case, sheet.papers, named.link_id, self._now())
        if copies.state == OVER:
            return _said("copy_over", 410)
        until, how = _moment(link.until, self._policy), nested(copy_words(sheet.case, self._policy, "page"))
        params = {**params_for(sheet.case, link), "copy": how, "until": until}
        looks = _number(request.query_params.get("look", ""))
        again = f"?pass={request.query_params['pass']}&look={looks + 1}"
        shown = copy_page(params, copies, again, is_last=looks >= len(LOOKS))
        if copies.state == SEALING and looks < len(LOOKS):
            shown.headers["Refresh"] = f"{LOOKS[looks]}; url={again}"
        return shown

    async def _copy(self, request: Request, named: Named) -> Response:
        found, place = await self._sheet(named), request.path_params["place"]
        if found is None:
            return _said("copy_over", 410)
        copies = copies_of(found[0].case, found[0].papers, named.link_id, self._now())
        if copies.state != READY or not 0 < place <= len(copies.letters):
            return _said("copy_over", 410)
        paper = copies.letters[place - 1]
        try:
            content = await self._keeper.files.read(paper.object_key or "")
        except KeyError:  # erased meanwhile
            return _said("copy_over", 410)
        return _file(content, "application/pdf", f'attachment; filename="{paper.name}"')


def _moment(at: datetime, policy: Policy) -> str:
    local = at.astimezone(policy.desk_zone)
    return f"{local:%B} {local.day}, {local:%H:%M %Z}"


def _number(text: str) -> int:
    return min(int(text), len(LOOKS)) if text.isascii() and text.isdigit() and len(text) < 3 else 0


def _file(content: bytes, mime: str, how: str) -> Response:
    return Response(content, media_type=mime, headers={**_PRIVATE, "Content-Disposition": how})


def _said(key: str, status: int) -> HTMLResponse:
    return page(text(f"sign.page.{key}"), status)
