"""The jobs that the workshop's child does: each takes a payload and returns a value, both of what `framing` packs."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.letters.copy_jobs import read_copy
from bot.letters.model import NO_GLYPH, JobRefused, NoGlyph, stated
from bot.letters.press import count_pages, page_of, pages_of, print_letter
from bot.letters.seal_jobs import seal_of, sealed
from bot.letters.upload_jobs import look_over
from domain.papers.letter import Signature


def printed(payload: dict[str, Any]) -> bytes:
    """Return the letter of a payload as a PDF; raises JobRefused."""
    letter, brand = stated(payload)
    signed = payload["signature"]
    signature = None if signed is None else Signature(**{**signed, "at": datetime.fromisoformat(signed["at"])})
    try:
        return print_letter(letter, brand, signature)
    except NoGlyph as e:
        raise JobRefused(NO_GLYPH, e.characters) from e


def _pictures(payload: dict[str, Any]) -> dict[str, Any]:
    """Return the letter's first pages as pictures, and the letter."""
    pdf = printed(payload)
    pages, count = pages_of(pdf, most=payload["most"]), count_pages(pdf)
    return {"pages": pages, "pdf": pdf, "is_whole": len(pages) == count}


def _page(payload: dict[str, Any]) -> dict[str, Any]:
    """Return one page of the letter as a picture, none where it has fewer, and how many it has."""
    pdf = printed(payload)
    return {"page": page_of(pdf, payload["place"]), "count": count_pages(pdf)}


JOBS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "letter": printed,
    "pictures": _pictures,
    "page": _page,
    "seal": sealed,
    "read_seal": seal_of,
    "read_copy": read_copy,
    "look_over": look_over,
}
