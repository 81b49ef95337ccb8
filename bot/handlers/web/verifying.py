"""The page that tells anybody whether a letter is untouched, and nothing else: no request, no name, no number."""

import asyncio
import html
import logging
from collections.abc import AsyncGenerator, Callable
from zoneinfo import ZoneInfo

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.bodies import body_of
from bot.clock import Now
from bot.handlers.web.pages import page
from bot.handlers.web.presses import Presses, host_of, network_of
from bot.handlers.web.room import NoRoom, Room
from bot.letters.judging import Judging
from bot.letters.workshop import JobFailed
from bot.wording import say
from domain.errors import NotKept
from domain.papers.sniff import LARGEST_PAPER
from domain.papers.verdicts import UNTOUCHED
from domain.text import clean

log = logging.getLogger(__name__)

AT_ONCE = 3  # files that are judged at once; each is looked at in the one child
TRIES = 12  # files that one network may hand in within a minute
COMES_WITHIN = 60.0  # seconds in which a file has to be here
_AROUND = 64 * 1024  # bytes of a form around its file
_TAKES = "application/pdf,image/jpeg,image/png"
_LARGEST = LARGEST_PAPER + _AROUND
_LONGEST_NAME = 80  # characters of a file's name


class Verifying:
    """Serves `/verify`: a form, and the answer to a file that is handed in."""

    def __init__(self, judging: Judging, now: Now, zone: ZoneInfo) -> None:
        """`zone`: of the days that are told."""
        self._judging = judging
        self._zone = zone
        self._tries = Presses(TRIES, now)
        self._room = Room(AT_ONCE * _LARGEST, _LARGEST)
        self._here = 0

    def routes(self) -> list[Route]:
        """Return the form and its answer."""
        return [Route("/verify", self._form, methods=["GET"]), Route("/verify", self._answer, methods=["POST"])]

    async def _form(self, _request: Request) -> Response:
        return _shown()

    async def _answer(self, request: Request) -> Response:
        host = host_of(request)
        if not self._tries.may(host):
            return _shown("too_often", 429)
        try:
            with self._room.upload(network_of(host)) as hold:
                return await self._taken(request, hold)
        except TimeoutError:
            return _shown("too_slow", 408)
        except NoRoom as e:
            return _shown("too_often", 429) if e.is_theirs else _shown("busy", 503)

    async def _taken(self, request: Request, hold: Callable[[int], None]) -> Response:
        """Take a file in. Raises TimeoutError for one that does not come in time, NoRoom where it cannot be held."""
        async with asyncio.timeout(COMES_WITHIN):
            body = await body_of(request, _LARGEST, hold)
        if body is None:
            return _shown("too_large", 413)
        name, content = await _file(request, body)
        if not content:
            return _shown("no_file", 400)
        if len(content) > LARGEST_PAPER:
            return _shown("too_large", 413)
        return await self._judged(name, content)

    async def _judged(self, name: str, content: bytes) -> Response:
        """Judge a file; who is still sending one takes no place of those whose file is here."""
        if self._here >= AT_ONCE:
            return _shown("busy", 503)
        self._here += 1
        try:
            judged = await self._judging.judge(content)
        except (NotKept, JobFailed) as e:
            log.error("verifying failed error=%s", type(e).__name__)
            return _shown("busy", 503)
        finally:
            self._here -= 1
        log.info("verifying verdict=%s", judged.verdict)
        day = f"{judged.known.at.astimezone(self._zone):%Y-%m-%d}" if judged.known is not None else ""
        return _shown(judged.verdict, name=name, day=day)


async def _file(request: Request, body: bytes) -> tuple[str, bytes]:
    """Return the file of a form, with its name; nothing where there is none."""

    async def stream() -> AsyncGenerator[bytes, None]:
        yield body

    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return "", b""
    try:
        form = await MultiPartParser(request.headers, stream(), max_files=1, max_fields=1).parse()
    except (MultiPartException, KeyError, ValueError):
        return "", b""
    try:
        letter = form.get("letter")
        if not isinstance(letter, UploadFile):
            return "", b""
        return clean(letter.filename or "")[:_LONGEST_NAME], await letter.read()
    finally:
        await form.close()


def _shown(answer: str = "", status: int = 200, *, name: str = "", day: str = "") -> HTMLResponse:
    """Return the form, below the answer to what was handed in before.

    `name`: of the file that was judged; `day`: on which the letter was made, which is told of one signed on paper.
    """
    title = _words("title")
    told = _told(answer, name, day) if answer else ""
    form = (
        f'<form class="card" method="post" enctype="multipart/form-data"><p>{_words("lead")}</p>'
        f'<label>{_words("file")}<input type="file" name="letter" accept="{_TAKES}" required></label>'
        f"<button>{_words('check')}</button></form>"
    )
    return page(title, f"<h1>{title}</h1>{told}{form}", status)


def _told(answer: str, name: str, day: str) -> str:
    named = f'<p class="file">{html.escape(name)}</p>' if name else ""
    kind = "well" if answer in UNTOUCHED else "lead"
    return f'<div class="card {kind}" role="status">{named}<p><strong>{_words(answer, day)}</strong></p></div>'


def _words(key: str, day: str = "") -> str:
    return say(f"verify.page.{key}", {"day": day}, "en", html.escape)
