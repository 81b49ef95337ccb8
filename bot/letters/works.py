"""What is done to letters in the workshop's child, with the desk's one seal: printed, sealed, looked at."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.letters.model import LookedOver, payload_of
from bot.letters.seal_jobs import SealedPdf
from bot.letters.sealer import Sealer, fingerprint, given_sealer, own_fingerprints, own_sealer, stamp_roots
from bot.letters.workshop import JobFailed, Workshop
from bot.settings import Settings
from domain.desk.keeping import Links
from domain.papers.copies import Page
from domain.papers.letter import Letter, Signature
from domain.papers.marks import read_mark
from domain.papers.pens import Ink, Seen, Worn
from domain.papers.sniff import paper_type
from domain.papers.verdicts import Seal


class Reads:
    """The workshop, as files that come from anybody are read in it."""

    def __init__(self, workshop: Workshop, settings: Settings) -> None:
        """Raise SettingsError for certificates of the settings that cannot be read."""
        self._workshop = workshop
        self._settings = settings
        self._roots = stamp_roots(settings.seal_tsa_roots)

    async def look_over(self, content: bytes) -> LookedOver:
        """Return what may be kept of a PDF or photo from anybody; one that breaks its child cannot be read."""
        try:
            return LookedOver(**await self._workshop.run("look_over", {"content": content}))
        except JobFailed:
            return LookedOver(refused="unreadable")

    async def read_seal(self, content: bytes) -> Seal | None:
        """Return what the seal of a file says; None where none can be read. Raises JobFailed."""
        told = await self._workshop.run("read_seal", {"content": content, "roots": self._roots})
        if told is None:
            return None
        stamped = told["stamped_at"]
        return Seal(**{**told, "stamped_at": datetime.fromisoformat(stamped) if stamped else None})

    async def read_copy(self, content: bytes, letters: Sequence[Letter] = (), **more: int) -> tuple[Page, ...] | None:
        """Return what stands on the pages of a PDF or photo; None where it cannot be read. Raises JobFailed.

        Pages of the letters given are measured: whether they can be read, and what a pen wrote in their fields.
        `more`: the job's `most`.
        """
        wanted = [payload_of(letter, self._workshop.brand) for letter in letters]
        told = await self._workshop.run("read_copy", {"content": content, "letters": wanted, **more})
        return None if told is None else tuple(map(_page, told))

    async def read_code(self, content: bytes) -> str:
        """Return the code of the letter that the first page of a file shows; empty: none is read. Raises JobFailed."""
        pages = await self.read_copy(content, most=1) if paper_type(content) is not None else None
        marks = (read_mark(text) for page in pages or () for text in page.codes)
        return next((mark.code for mark in marks if mark is not None), "")

    async def fingerprint(self) -> tuple[str, ...]:
        """Return by what the desk's seals are known: the SHA-256 (hex) of each certificate; none as long as none is."""
        return await asyncio.to_thread(fingerprints_of, self._settings)


class Works(Reads):
    """The workshop with the seal in hand. The seal is made when it is needed first."""

    def __init__(self, workshop: Workshop, settings: Settings, links: Links) -> None:
        """Raise SettingsError for a certificate of the settings that cannot be used."""
        super().__init__(workshop, settings)
        self._links = links
        self._making = asyncio.Lock()
        self._sealer = _given(settings)

    async def letter(self, letter: Letter, signature: Signature | None = None) -> bytes:
        """Return a letter as a PDF. Raises NoGlyph."""
        return await self._workshop.letter(letter, signature)

    async def seal(self, pdf: bytes, reason: str) -> SealedPdf:
        """Return a letter under the desk's seal. Raises JobFailed."""
        sealer = await self._seal()
        return SealedPdf(**await self._workshop.run("seal", {"pdf": pdf, "reason": reason, **asdict(sealer)}))

    async def _seal(self) -> Sealer:
        async with self._making:
            if self._sealer is None:
                settings = self._settings
                name = settings.policy.company
                at = (settings.data_dir, self._links, name, settings.seal_tsa_url)
                self._sealer = await asyncio.to_thread(own_sealer, *at)
        return self._sealer


def _page(told: dict[str, Any]) -> Page:
    return Page(tuple(told["codes"]), tuple(map(_seen, told["seen"])), tuple(told["longer"]))


def _seen(told: dict[str, Any]) -> Seen:
    fields = tuple(None if each is None else Ink(**each) for each in told["fields"])
    return Seen(**{**told, "fields": fields, "worn": tuple(Worn(**each) for each in told["worn"])})


def fingerprints_of(settings: Settings) -> tuple[str, ...]:
    """Return by what the desk's seals are known; none as long as none was made. Raises SettingsError."""
    given = _given(settings)
    return own_fingerprints(settings.data_dir) if given is None else (fingerprint(given),)


def _given(settings: Settings) -> Sealer | None:
    if not settings.seal_certificate:
        return None
    return given_sealer(Path(settings.seal_certificate), settings.seal_password, settings.seal_tsa_url)
