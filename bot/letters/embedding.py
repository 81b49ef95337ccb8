"""The glyphs that a letter uses, as fonts within its PDF: by their numbers, with the text that each stands for.

PDF 32000-1:2008, 9.7.4 (CIDFonts of type 2) and 9.10.3 (ToUnicode).
"""

import hashlib
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import uharfbuzz
from reportlab.pdfbase import pdfdoc

from bot.letters.faces import Face, face
from bot.letters.shaping import Shaped, shape

_KEPT = {"glyf", "loca", "head", "hhea", "hmtx", "maxp"}
_SYMBOLIC = 4
_NOTHING = "\u200b"  # the text of a glyph that is part of another one's: readers invent one where none is told
_OFTEN = "".join(map(chr, range(33, 127))) + "’“”–—…·№"  # noqa: RUF001 - as they are printed
_CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{blocks}
endcmap CMapName currentdict /CMap defineresource pop end end"""


class Used:
    """The glyphs of one face that a document uses; what reportlab asks for the objects of a font."""

    def __init__(self, name: str) -> None:
        self._face = face(name)
        self._texts: dict[int, str] = dict(_often(name))

    def take(self, glyphs: Iterable[tuple[int, str]]) -> None:
        """Note that glyphs are used, with what each stands for."""
        for glyph, text in glyphs:
            if text or glyph not in self._texts:
                self._texts[glyph] = self._texts.get(glyph) or text

    def addObjects(self, document: Any) -> None:  # noqa: N802 - reportlab's name for it
        """Add the font to a document."""
        glyphs = tuple(sorted(self._texts))
        name = f"{_tag(glyphs)}+{self._face.name}"
        descendant = pdfdoc.PDFDictionary(_descendant(self._face, glyphs, name, document))
        texts = _stream(_unicode(tuple(sorted(self._texts.items()))), {})
        font = {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": pdfdoc.PDFName(name),
            "Encoding": "/Identity-H",
            "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant, f"cid:{name}")]),
            "ToUnicode": document.Reference(texts, f"unicode:{name}"),
        }
        whole = document.Reference(pdfdoc.PDFDictionary(font), f"font:{name}")
        document.idToObject["BasicFonts"].dict[self._face.name] = whole


@lru_cache
def _often(name: str) -> tuple[tuple[int, str], ...]:
    """Return what is embedded of a Latin face in any case: so most letters have the same fonts, made once."""
    if not name.startswith(("NotoSans-", "NotoSerif-")):
        return ()
    pieces: list[Shaped] = [shape(c, name, is_rtl=False) for c in _OFTEN if face(name).prints(c)]
    return tuple(glyph for piece in pieces for glyph in piece.glyphs)


def _tag(glyphs: tuple[int, ...]) -> str:
    """Return the six letters by which a subset is told from others of its font."""
    digest = hashlib.sha256(repr(glyphs).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _descendant(of: Face, glyphs: tuple[int, ...], name: str, document: Any) -> dict[str, Any]:
    info = {"Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0}
    described = pdfdoc.PDFDictionary(_described(of, name, document.Reference(_file(of.name, glyphs), f"file:{name}")))
    widths = [part for glyph in glyphs for part in (glyph, pdfdoc.PDFArray([of.width(glyph)]))]
    return {
        "Type": "/Font",
        "Subtype": "/CIDFontType2",
        "BaseFont": pdfdoc.PDFName(name),
        "CIDSystemInfo": pdfdoc.PDFDictionary(info),
        "FontDescriptor": document.Reference(described, f"descriptor:{name}"),
        "CIDToGIDMap": "/Identity",
        "W": pdfdoc.PDFArray(widths),
    }


def _described(of: Face, name: str, file: Any) -> dict[str, Any]:
    extents = of.font.get_font_extents("ltr")
    above, below = round(extents.ascender * of.scale), round(extents.descender * of.scale)
    return {
        "Type": "/FontDescriptor",
        "FontName": pdfdoc.PDFName(name),
        "Flags": _SYMBOLIC,
        "FontBBox": pdfdoc.PDFArray([-1000, below, 2000, above]),
        "ItalicAngle": -12 if of.name.endswith("Italic") else 0,
        "Ascent": above,
        "Descent": below,
        "CapHeight": 714,
        "StemV": 80,
        "FontFile2": file,
    }


def _file(name: str, glyphs: tuple[int, ...]) -> Any:
    length, packed = _subset(name, glyphs)
    return _stream(packed, {"Length1": length})


@lru_cache(maxsize=64)
def _subset(name: str, glyphs: tuple[int, ...]) -> tuple[int, bytes]:
    """Return the font file of a face with these glyphs alone, under their own numbers: its length, and it packed."""
    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update({0, *glyphs})
    unneeded = {int.from_bytes(tag.encode(), "big") for tag in face(name).file.table_tags if tag not in _KEPT}
    wanted.drop_table_tag_set.update(unneeded)
    flags = uharfbuzz.SubsetFlags
    wanted.flags = flags.RETAIN_GIDS | flags.NO_HINTING | flags.NO_LAYOUT_CLOSURE
    made: bytes = uharfbuzz.subset(face(name).file, wanted).blob.data
    return len(made), zlib.compress(made)


@lru_cache(maxsize=64)
def _unicode(texts: tuple[tuple[int, str], ...]) -> bytes:
    """Return what the glyphs stand for, as PDF's readers look it up."""
    rows = [f"<{glyph:04X}> <{(text or _NOTHING).encode('utf-16-be').hex().upper()}>" for glyph, text in texts]
    parts = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    blocks = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts)
    return zlib.compress(_CMAP.format(blocks=blocks).encode())


def _stream(packed: bytes, more: dict[str, Any]) -> Any:
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary({**more, "Filter": "/FlateDecode"}), packed)
