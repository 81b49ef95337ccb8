"""The typefaces that letters are printed with, each read from its file once, and which of them prints what."""

import unicodedata
from functools import lru_cache
from pathlib import Path

import uharfbuzz

from bot.letters.model import NoGlyph

FONTS = Path(__file__).parent / "fonts"

_SCRIPTS = (
    *(
        f"NotoSans{script}-Regular"
        for script in (
            "Arabic", "Hebrew", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu", "Kannada",
            "Malayalam", "Sinhala", "Thai", "Lao", "Khmer", "Myanmar", "Ethiopic", "Georgian", "Armenian", "Thaana",
            "Syriac", "Tifinagh", "NKo", "CanadianAboriginal", "Cherokee", "Mongolian", "Javanese", "OlChiki",
            "MeeteiMayek", "Adlam", "Lisu", "Yi", "Vai",
        )
    ),
    "NotoSerifTibetan-Regular",
    "DroidSansFallbackFull",  # Chinese and kana
    "NanumGothicCoding",  # Hangul
)  # fmt: skip
_NO_CHARACTERS = "\ufffc\ufffd"  # what stands in the place of others; faces have a picture for it
STYLES = {
    "plain": ("NotoSans-Regular", *_SCRIPTS),
    "bold": ("NotoSans-Bold", "NotoSans-Regular", *_SCRIPTS),
    "hand": ("NotoSerif-Italic", "NotoSans-Regular", *_SCRIPTS),
}
"""Which faces print a style: the first that has a character prints it."""


class Face:
    """One typeface. Its figures are in thousandths of the size at which it is set."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.file = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(FONTS / f"{name}.ttf")))
        self.font = uharfbuzz.Font(self.file)
        self.scale = 1000 / self.file.upem
        self._known = frozenset(self.file.unicodes)

    def prints(self, cluster: str) -> bool:
        """Tell whether it has all characters of a cluster, or the parts of which they are made."""
        return all(self._has(c) or all(map(self._has, unicodedata.normalize("NFD", c))) for c in cluster)

    def _has(self, c: str) -> bool:
        return ord(c) in self._known

    def width(self, glyph: int) -> int:
        """Return how far a glyph moves the pen."""
        advance: int = round(self.font.get_glyph_h_advance(glyph) * self.scale)
        return advance

    def is_blank(self, glyph: int) -> bool:
        """Tell whether a glyph leaves no ink."""
        extents = self.font.get_glyph_extents(glyph)
        return extents is None or extents.width == 0 or extents.height == 0


@lru_cache
def face(name: str) -> Face:
    """Return a typeface by its file's name."""
    return Face(name)


@lru_cache(maxsize=4096)
def face_for(cluster: str, style: str) -> str:
    """Return the name of the typeface that prints a cluster in a style; raises NoGlyph where none does."""
    for name in () if cluster[0] in _NO_CHARACTERS else STYLES[style]:
        if face(name).prints(cluster):
            return name
    raise NoGlyph(cluster)
