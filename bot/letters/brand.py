"""How the company shows itself on its letters, by its own rules: name, lines and logo."""

import struct
import zlib
from pathlib import Path

from bot.letters.model import Brand
from bot.times import SettingsError
from domain.policy import Policy
from domain.text import clean

MOST_LINES, LONGEST_LINE = 5, 60  # of address and contact
LARGEST_LOGO = 1_000_000  # bytes
MOST_PIXELS = 4_000_000
_PNG = b"\x89PNG\r\n\x1a\n"


def brand_of(policy: Policy) -> Brand:
    """Return how letters look by the company's rules."""
    logo = read_logo(Path(policy.logo)) if policy.logo else b""
    return Brand(policy.company, policy.lines, logo, policy.desk_zone.key)


def read_lines(value: object, name: str) -> tuple[str, ...]:
    """Return the lines that stand at a letter's head. Raises SettingsError."""
    lines = [each if isinstance(each, str) else "" for each in value] if isinstance(value, list) else [""]
    if len(lines) > MOST_LINES or not all(1 <= len(each) <= LONGEST_LINE and each == clean(each) for each in lines):
        raise SettingsError(f"{name} must be a list of at most {MOST_LINES} lines of 1 to {LONGEST_LINE} characters.")
    return tuple(lines)


def read_path(value: object, name: str) -> str:
    """Return the path of a file, or nothing. Raises SettingsError."""
    if not isinstance(value, str) or value != clean(value):
        raise SettingsError(f'{name} must be the path of a PNG file in quotes, or "" for none.')
    return value


def read_logo(path: Path) -> bytes:
    """Return a logo, a whole PNG. Raises SettingsError."""
    try:
        content = path.read_bytes()
    except OSError as e:
        raise SettingsError(f"company.logo names {path.name}, which cannot be read; check its path.") from e
    if len(content) > LARGEST_LOGO or not _is_png(content):
        raise SettingsError(
            f"company.logo names {path.name}, which is no PNG of at most {LARGEST_LOGO:,} bytes and {MOST_PIXELS:,} "
            "pixels."
        )
    return content


def _is_png(content: bytes) -> bool:
    """Tell whether a file is a PNG from its head to its end, each part as it was written (PNG 1.2, chapter 3)."""
    place, end = len(_PNG), b""
    if not content.startswith(_PNG) or content[12:16] != b"IHDR":
        return False
    width, height = struct.unpack(">II", content[16:24])
    while place + 12 <= len(content) and end != b"IEND":
        size = int.from_bytes(content[place : place + 4], "big")
        part, check = content[place + 4 : place + 8 + size], content[place + 8 + size : place + 12 + size]
        if check != zlib.crc32(part).to_bytes(4, "big"):
            return False
        place, end = place + 12 + size, part[:4]
    return end == b"IEND" and 0 < width * height <= MOST_PIXELS
