"""The page that tells anybody whether a letter is untouched, and nothing else: no request, no name, no number."""

import html
import logging
from collections.abc import AsyncGenerator

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.handlers.web.pages import page
from bot.letters.judging import Judging
from bot.letters.workshop import JobFailed
from bot.wording import say
from domain.errors import NotKept
from domain.papers.sniff import LARGEST_PAPER

log = logging.getLogger(__name__)

AT_ONCE = 3  # files that strangers may have here at once; each is in memory, and looked at in the one child
_AROUND = 64 * 1024  # bytes of a form around its file


class Verifying:
    """Serves `/verify`: a form, and the answer to a file that is handed in."""

    def __init__(self, judging: Judging) -> None:
        self._judging = judging
        self._here = 0

    def routes(self) -> list[Route]:
        """Return the form and its answer."""
        return [Route("/verify", self._form, methods=["GET"]), Route("/verify", self._answer, methods=["POST"])]

    async def _form(self, _request: Request) -> Response:
        return _shown()

    async def _answer(self, request: Request) -> Response:
        if self._here >= AT_ONCE:
            return _shown("busy", 503)
        self._here += 1
        try:
            return await self._judged(request)
        finally:
            self._here -= 1

    async def _judged(self, request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return _shown("too_large", 413)
        content = await _file(request, body)
        if not content:
            return _shown("no_file", 400)
        if len(content) > LARGEST_PAPER:
            return _shown("too_large", 413)
        try:
            judged = await self._judging.judge(content)
        except (NotKept, JobFailed) as e:
            log.error("verifying failed error=%s", type(e).__name__)
            return _shown("busy", 503)
        log.info("verifying verdict=%s", judged.verdict)
        return _shown(judged.verdict)


async def _body(request: Request) -> bytes | None:
    """Return the body as it came; None when it is larger than the largest file and its form."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST_PAPER + _AROUND:
            return None
        parts.append(part)
    return b"".join(parts)


async def _file(request: Request, body: bytes) -> bytes:
    """Return the file of a form; empty where there is none."""

    async def stream() -> AsyncGenerator[bytes, None]:
        yield body

    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return b""
    try:
        form = await MultiPartParser(request.headers, stream(), max_files=1, max_fields=1).parse()
    except (MultiPartException, KeyError, ValueError):
        return b""
    try:
        letter = form.get("letter")
        return await letter.read() if isinstance(letter, UploadFile) else b""
    finally:
        await form.close()


def _shown(answer: str = "", status: int = 200) -> HTMLResponse:
    """Return the form, below the answer to what was handed in before."""
    told = f'<p role="status"><strong>{_words(answer)}</strong></p>' if answer else ""
    form = (
        f'<form method="post" enctype="multipart/form-data"><p><label>{_words("file")}<br>'
        f'<input type="file" name="letter" accept="application/pdf" required></label></p>'
        f"<button>{_words('check')}</button></form>"
    )
    title = _words("title")
    return page(title, f"<h1>{title}</h1>{told}<p>{_words('lead')}</p>{form}", status)


def _words(key: str) -> str:
    return say(f"verify.page.{key}", {}, "en", html.escape)
