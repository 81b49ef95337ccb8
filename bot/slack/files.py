"""Files that staff send to customers or attach to a request: fetched from Slack and kept encrypted."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sending import Again
from bot.slack.trouble import code_of, read_trouble
from domain.desk import attaching, replying
from domain.desk.keeping import Keeper
from domain.desk.state import Changes, Decide, Errand, OfRequest, Turns
from domain.policy import Policy

log = logging.getLogger(__name__)

_SECONDS = 60.0  # that a download may take
_MB = 1024 * 1024
_SLACKS = ".slack.com"
_GONE = ("file_not_found", "file_deleted", "file_not_yet_available")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file's name, type and content, or why there is none: `refused` is the last part of a wording key."""

    name: str = ""
    mime: str = ""
    content: bytes = b""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Filing:
    """What files are fetched for: the kind of errand, how their keys begin, what is decided once one came or not."""

    errand: str
    prefix: str
    kept: Callable[..., Changes]
    refused: Callable[..., Changes]


REPLIES = Filing(replying.FETCH, "reply", replying.file_fetched, replying.file_refused)
ATTACHED = Filing(attaching.FETCH, "attached", attaching.file_kept, attaching.file_refused)


class FileErrands:
    """Runs the errands of one kind of files. `fetch`: returns the file of an id of Slack's, or why there is none."""

    def __init__(
        self, keeper: Keeper, turns: Turns, fetch: Callable[[str], Awaitable[Fetched]], policy: Policy, filing: Filing
    ) -> None:
        self._keeper = keeper
        self._turns = turns
        self._fetch_file = fetch
        self._policy = policy
        self._filing = filing
        self.ways: dict[str, Callable[[Errand], Awaitable[None]]] = {filing.errand: self._fetch}

    async def _fetch(self, errand: Errand) -> None:
        paper = await self._keeper.paper(errand.subject)
        if paper is None:  # its request was erased meanwhile
            await self._keeper.forget(errand)
            return
        fetched = await self._fetch_file(paper.file_id)
        object_key = f"{self._filing.prefix}-{errand.subject}-{errand.id}"
        decide: Decide = partial(self._filing.refused, errand=errand, reason=fetched.refused, policy=self._policy)
        if not fetched.refused:
            await self._keeper.files.keep(object_key, fetched.content)
            file = (fetched.name, fetched.mime, len(fetched.content))
            decide = partial(self._filing.kept, errand=errand, file=file, object_key=object_key, policy=self._policy)
        outcome = await self._turns.turn(OfRequest(errand.request_id), f"errand:{errand.id}", decide)
        if not fetched.refused and outcome.changes is not None and not outcome.changes.papers:
            await self._keeper.files.drop(object_key)  # its request was erased while the file was on its way


class SlackFiles:
    """Fetches files with the bot's token."""

    def __init__(self, client: AsyncWebClient, policy: Policy) -> None:
        self._client = client
        self._policy = policy

    async def fetched(self, file_id: str) -> Fetched:
        """Return a file that stands in Slack. Raises what the network does: the errand is tried again then."""
        try:
            told = (await self._client.files_info(file=file_id))["file"] or {}
        except SlackApiError as e:
            if isinstance(read_trouble(e, 0), Again):
                raise
            return Fetched(refused="gone" if code_of(e) in _GONE else "refused")
        most = self._policy.reply_mb * _MB
        if int(told.get("size") or 0) > most:
            return Fetched(refused="too_large")
        content = await self._download(str(told.get("url_private_download") or ""), most)
        if content is None:
            return Fetched(refused="refused")
        if len(content) > most:
            return Fetched(refused="too_large")
        return Fetched(str(told.get("name") or "file"), str(told.get("mimetype") or ""), content)

    async def _download(self, url: str, most: int) -> bytes | None:
        """Return a file's bytes, of one that is too large a few more than `most`; None where it is not given out.

        The token goes to Slack alone, and nowhere on from there.
        """
        if not self._is_slacks(url):
            log.error("slack file_elsewhere")
            return None
        headers = {"Authorization": f"Bearer {self._client.token}"}
        async with (
            asyncio.timeout(_SECONDS),
            aiohttp.ClientSession() as session,
            session.get(url, headers=headers, allow_redirects=False) as answer,
        ):
            if answer.status >= 500:
                answer.raise_for_status()
            is_page = answer.content_type == "text/html"  # what Slack shows to whom it does not know
            return None if answer.status != 200 or is_page else await _read(answer, most)

    def _is_slacks(self, url: str) -> bool:
        """Tell whether an address is Slack's own, or of the server that stands for Slack here."""
        place, api = urlsplit(url), urlsplit(self._client.base_url)
        if (place.scheme, place.netloc) == (api.scheme, api.netloc):
            return True
        return place.scheme == "https" and (place.hostname or "").endswith(_SLACKS)


async def _read(answer: Any, most: int) -> bytes:  # aiohttp's response
    """Return what comes, but not much more than `most` bytes."""
    content = bytearray()
    async for part in answer.content.iter_chunked(_MB):
        content += part
        if len(content) > most:
            break
    return bytes(content)
