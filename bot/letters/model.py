"""What the workshop and its child say to each other about letters; light, for the loop's process imports it too."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from domain.papers.letter import Letter, Signature

NO_GLYPH = "no_glyph"
MOST_PAGES = 50  # of a file that somebody sends


@dataclass(frozen=True, slots=True)
class Brand:
    """How a company shows itself on its letters. `lines`: address and contact; `logo`: a PNG; `zone`: the desk's."""

    name: str
    lines: tuple[str, ...] = ()
    logo: bytes = b""
    zone: str = "America/New_York"


@dataclass(frozen=True, slots=True)
class LookedOver:
    """What may be kept of a file that came from somebody; `refused`: why none of it, the last part of a wording key."""

    content: bytes = b""
    refused: str = ""


class NoGlyph(Exception):  # noqa: N818 - the name that a letter's readers know it by
    """A text holds characters that no typeface here can print: `characters`, each once."""

    def __init__(self, characters: str) -> None:
        super().__init__(f"no glyph for {len(characters)} characters")
        self.characters = "".join(dict.fromkeys(characters))


class JobRefused(Exception):  # noqa: N818 - reads as the answer it is
    """A job cannot be done with what it was given, and never will: `code` says why, `detail` more of it."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def payload_of(letter: Letter, brand: Brand, signature: Signature | None = None, **more: Any) -> dict[str, Any]:
    """Return what a job is given that prints a letter."""
    stated = {**asdict(replace(letter, numbers=())), "numbers": "\n".join(letter.numbers)}  # one text: quick to pack
    signed = None if signature is None else {**asdict(signature), "at": signature.at.isoformat()}
    return {"letter": stated, "brand": asdict(brand), "signature": signed, **more}


def stated(payload: dict[str, Any]) -> tuple[Letter, Brand]:
    """Return the letter and the brand of a payload."""
    letter = Letter(**{**payload["letter"], "numbers": tuple(payload["letter"]["numbers"].split())})
    return letter, Brand(**{**payload["brand"], "lines": tuple(payload["brand"]["lines"])})
