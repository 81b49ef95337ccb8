"""The page behind a one-time link: PIN, account number and papers of one request, for one of the staff.

Looking at the address opens nothing (previews and scanners do that); only the button on it does, and only once.
"""

import asyncio
import html
import logging
import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import PurePath

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.clock import Now
from bot.handlers.web.pages import SAFE, page
from bot.letters.model import LookedOver
from bot.wording import say, sentences
from domain.desk.blanks import VOID
from domain.desk.copies_named import in_order, named
from domain.desk.keeping import Keeper, Sheet
from domain.desk.letter_seals import LETTER
from domain.desk.on_paper import COPY, LOOKED_AT, is_accepted
from domain.desk.opening import OPENS_FOR, Link, opened, read_link, write_link
from domain.desk.signers import DRAWN
from domain.desk.state import OfRequest, Paper
from domain.errors import NotKept
from domain.intake.about import moving
from domain.intake.questions import QUESTIONS
from domain.numbers import Phone, show
from domain.numbers.listing import digest_of, write_entries
from domain.orders.agreed import agreed_of, is_by_list, show_agreed, shown
from domain.orders.model import Case

LookOver = Callable[[bytes], Awaitable[LookedOver]]

log = logging.getLogger(__name__)

_NUMBER = re.compile(r"\+1\d{10}")
_OF_LETTER = (LETTER, COPY, DRAWN)  # sealed here, signed on paper, drawn on our page: what staff come for next
_LOOKED_INTO = ("bill", "csr")  # now; copies of letters were when they came
_SHOWN_PAPERS = (*_OF_LETTER, *_LOOKED_INTO, "list", "attached")
_OF_A_PEN = ("consent", "signature")  # which say another thing of a letter on paper
_SECRETS = ("pin", "account")  # what staff come for stands first


class Opening:
    """Makes one-time links and serves what they open."""

    def __init__(self, keeper: Keeper, now: Now, public_url: str, look_over: LookOver) -> None:
        self._keeper = keeper
        self._look_over = look_over
        self._now = now
        self._public_url = public_url

    def link(self, request_id: int, staff: str, paper_id: int = 0) -> str:
        """Return the address by which one of the staff can open a request's secrets, or one paper, once."""
        link = Link(request_id, paper_id, staff, self._now() + OPENS_FOR, self._keeper.new_id())
        return f"{self._public_url}/desk/{self._keeper.seal_link(write_link(link))}"

    def routes(self) -> list[Route]:
        """Return the routes: a look, which opens nothing, and the opening itself."""
        return [
            Route("/desk/{token}", self._look, methods=["GET"]),
            Route("/desk/{token}", self._open, methods=["POST"]),
        ]

    async def _look(self, request: Request) -> Response:
        link = self._read(request.path_params["token"])
        if link is None:
            return _told("over", 410)
        return _page(
            f'<form class="card" method="post"><p>{_words("look")}</p><button>{_words("open")}</button></form>'
        )

    async def _open(self, request: Request) -> Response:
        link = self._read(request.path_params["token"])
        if link is None:
            return _told("over", 410)
        try:
            shown = await self._made(link)  # before the link is used up, so that a fault does not cost it
            outcome = await self._keeper.turn(
                OfRequest(link.request_id), f"link:{link.once}", lambda state, moment: opened(state, moment, link)
            )
        except (NotKept, KeyError) as e:
            log.error("opening failed error=%s", type(e).__name__)
            return _told("trouble", 503)
        return shown if outcome.changes is not None else _told("over", 410)

    async def _made(self, link: Link) -> Response:
        sheet = await self._keeper.board.sheet(request_id=link.request_id)
        if sheet is None:
            return _told("over", 410)
        return await (self._paper(sheet, link) if link.paper_id else self._secrets(sheet, link))

    def _read(self, token: str) -> Link | None:
        text = self._keeper.open_link(token)
        link = read_link(text) if text is not None else None
        return link if link is not None and self._is_open(link.until) else None

    def _is_open(self, until: datetime) -> bool:
        return self._now() < until

    async def _secrets(self, sheet: Sheet, link: Link) -> Response:
        rest = (question.id for question in QUESTIONS if question.id not in _SECRETS and not question.after)
        rows = [await self._row(sheet, question) for question in (*_SECRETS, *rest)]
        shown = sorted(filter(_is_shown, sheet.papers), key=lambda paper: _SHOWN_PAPERS.index(paper.kind))
        papers = [self._paper_row(paper, sheet.case, link) for paper in in_order(shown, sheet.case)]
        title = html.escape(sheet.case.request.ref)
        return _page(f'<h1>{title}</h1><dl class="card">{"".join(rows)}</dl>{"".join(papers)}')

    async def _row(self, sheet: Sheet, question: str) -> str:
        given = sheet.case.answers.get(question)
        if given is None or question in ("review", "bill", "csr"):
            return ""
        shown = _shown_of_case(sheet.case, question, given.value)
        if question in _SECRETS:
            shown = await self._keeper.board.reveal(sheet.case.request.id, question) or shown
        name = html.escape(say(f"staff.answer.{question}", {}, "en", html.escape))
        return f"<dt>{name}</dt><dd>{html.escape(shown)}</dd>"

    def _paper_row(self, paper: Paper, case: Case, link: Link) -> str:
        address = self.link(link.request_id, link.staff, paper.id).removeprefix(self._public_url)
        label = html.escape(_label(paper, case))
        # in a window of its own: this page opened once, and Back would lose it
        return f'<form method="post" target="_blank" action="{html.escape(address)}"><button>{label}</button></form>'

    async def _paper(self, sheet: Sheet, link: Link) -> Response:
        paper = next((p for p in sheet.papers if p.id == link.paper_id and p.object_key), None)
        if paper is None or paper.object_key is None:
            return _told("over", 410)
        agreed = agreed_of(sheet.case)
        if agreed is not None and agreed.paper == paper.id:
            entries = await self._keeper.lists.entries(sheet.case.request.id, paper.id)
            if await asyncio.to_thread(digest_of, [entry.e164 for entry in entries]) != agreed.digest:
                return _told("list_differs", 409)
            return _attached(await asyncio.to_thread(write_entries, entries), f"{sheet.case.request.ref}.csv")
        content = await self._keeper.files.read(paper.object_key)
        shown = await self._shown(paper, content)
        if not shown:
            return _attached(content, f"{sheet.case.request.ref}-{paper.id}{PurePath(paper.name).suffix[:6]}")
        return Response(shown, media_type=paper.mime, headers={**SAFE, "Content-Disposition": "inline"})

    async def _shown(self, paper: Paper, content: bytes) -> bytes:
        """Return what a browser may show of a paper: nothing of one that may hold more than pages."""
        if paper.kind in _OF_LETTER:
            return content
        looked = await self._look_over(content) if paper.kind in _LOOKED_INTO else LookedOver()
        return b"" if looked.refused else looked.content


def _is_shown(paper: Paper) -> bool:
    is_to_be_looked_at = paper.kind == COPY and paper.status in (*LOOKED_AT, VOID) and paper.object_key is not None
    return is_to_be_looked_at or (paper.status == "kept" and paper.kind in _SHOWN_PAPERS)


def _label(paper: Paper, case: Case) -> str:
    """Return what the button of a paper says: of a copy of the letter what it is, and how it was judged."""
    if paper.kind == COPY:
        name, told = named(paper, case)
        return say(f"page.copy.{name}", {"name": paper.name, **told}, "en", str)
    key = paper.kind if paper.kind in _OF_LETTER else "paper"
    return say(f"page.{key}", {"name": paper.name}, "en", str)


def _attached(content: bytes, name: str) -> Response:
    """Return a list as a download: no browser shows what a stranger's spreadsheet holds."""
    plain = re.sub(r"[^\w.-]", "", name, flags=re.ASCII)
    headers = {**SAFE, "Content-Disposition": f'attachment; filename="{plain}"'}
    return Response(content, media_type="application/octet-stream", headers=headers)


def _shown_of_case(case: Case, question: str, value: tuple[str, ...]) -> str:
    if question in _OF_A_PEN and is_accepted(case):
        return say(f"page.by_pen.{question}", {}, "en", str)
    return _numbers(case) if question == "numbers" else _shown_of(question, value)


def _shown_of(question: str, value: tuple[str, ...]) -> str:
    """Return an answer as people read it: what was chosen by its label, a number as numbers are written."""
    if question in _SHOWN:
        return _SHOWN[question](value)
    return " ".join(_chosen(question, part) for part in value if part)


def _chosen(question: str, part: str) -> str:
    key = f"page.chosen.{question}.{part}"
    if key in sentences("en"):
        return say(key, {}, "en", str)
    return show(Phone(part)) if _NUMBER.fullmatch(part) else part


def _numbers(case: Case) -> str:
    """Return every number; of a list, which opens by itself below, how many and which."""
    agreed = agreed_of(case)
    if agreed is not None:
        return say("page.list", {"list": show_agreed(agreed, whole=True)}, "en", str)
    return ", ".join(show(Phone(number)) for number in moving(case))


def _by_list(value: tuple[str, ...]) -> str:
    return _words("in_list") if is_by_list(value) else shown(value)


def _address(value: tuple[str, ...]) -> str:
    street, unit, city, state, zip_code = value
    return ", ".join(part for part in (street, unit, city, f"{state} {zip_code}") if part)


_SHOWN: dict[str, Callable[[tuple[str, ...]], str]] = {
    **dict.fromkeys(("destination", "source", "label", "company"), _by_list),
    "carrier": lambda value: value[1],
    "name": lambda value: " ".join(part for part in value[1:] if part),
    "address": _address,
    "signature": lambda value: value[0],
}


def _words(key: str) -> str:
    return say(f"page.{key}", {}, "en", html.escape)


def _page(body: str, status: int = 200) -> Response:
    return page(_words("title"), body, status)


def _told(key: str, status: int) -> Response:
    return _page(f'<div class="card"><p>{_words(key)}</p></div>', status)
