"""A made-up bill as a phone's photo: a grey JPEG with readable words, drawn without an imaging library.

Every block of 8 by 8 pixels has one shade, so that its mean says all, and a letter is a pattern of 5 by 7 blocks.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from sandbox.page.bill import LINES

PAPER, INK = 235, 30  # shades of grey
MARGIN = 4  # blocks
ADVANCE, LINE = 6, 10  # blocks from letter to letter and from line to line
# Columns from the left, the lowest bit of each on top.
FONT = {
    " ": "0000000000", "$": "242A7F2A12", "(": "001C224100", ")": "0041221C00", ",": "0050300000", "-": "0808080808",
    ".": "0060600000", "0": "3E5149453E", "1": "00427F4000", "2": "4261514946", "3": "2141454B31", "4": "1814127F10",
    "5": "2745454539", "6": "3C4A494930", "7": "0171090503", "8": "3649494936", "9": "064949291E", ":": "0036360000",
    "A": "7E1111117E", "B": "7F49494936", "C": "3E41414122", "D": "7F4141221C", "E": "7F49494941", "F": "7F09090901",
    "G": "3E4149497A", "H": "7F0808087F", "I": "00417F4100", "J": "2040413F01", "K": "7F08142241", "L": "7F40404040",
    "M": "7F020C027F", "N": "7F0408107F", "O": "3E4141413E", "P": "7F09090906", "Q": "3E4151215E", "R": "7F09192946",
    "S": "4649494931", "T": "01017F0101", "U": "3F4040403F", "V": "1F2040201F", "W": "3F4038403F", "X": "6314081463",
    "Y": "0708700807", "Z": "6151494543",
}  # fmt: skip
# The codes that ITU-T T.81, table K.3, gives to the number of bits of a difference; read 2026-11-21.
SIZES = ("00", "010", "011", "100", "101", "110", "1110", "11110", "111110", "1111110", "11111110", "111111110")
NOTHING_MORE = "0"  # the only code of the table for what a block has beside its mean


def sample_photo(day: date, page: int = 1) -> bytes:
    """Return a photo of a bill dated `day`; of several pages each says which it is."""
    lines = [line.format(date=f"{day:%B %d, %Y}").upper() for line in (*LINES, f"Page {page}")]
    return _jpeg(_drawn(lines))


def _drawn(lines: list[str]) -> list[list[int]]:
    """Return rows of blocks, a shade each."""
    width = 2 * MARGIN + ADVANCE * max(map(len, lines))
    rows = [[PAPER] * width for _ in range(2 * MARGIN + LINE * len(lines))]
    for number, line in enumerate(lines):
        for x, y in _inked(line):
            rows[MARGIN + LINE * number + y][MARGIN + x] = INK
    return rows


def _inked(line: str) -> Iterator[tuple[int, int]]:
    for place, letter in enumerate(line):
        for column, bits in enumerate(bytes.fromhex(FONT[letter])):
            yield from ((place * ADVANCE + column, y) for y in range(7) if bits >> y & 1)


def _jpeg(rows: list[list[int]]) -> bytes:
    """Return a baseline JPEG of one component (ITU-T T.81, read 2026-11-21)."""
    height, width = 8 * len(rows), 8 * len(rows[0])
    size = bytes((8, *height.to_bytes(2, "big"), *width.to_bytes(2, "big"), 1))
    lengths = bytes(sum(len(code) == length for code in SIZES) for length in range(1, 17))
    return b"".join((
        b"\xff\xd8",
        _segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
        _segment(0xDB, b"\0" + b"\x08" * 64),  # a mean is kept in eighths: by 8 it is the shade itself
        _segment(0xC0, size + b"\x01\x11\0"),
        _segment(0xC4, b"\0" + lengths + bytes(range(len(SIZES)))),
        _segment(0xC4, b"\x10\x01" + bytes(15) + b"\0"),
        _segment(0xDA, b"\x01\x01\0\0\x3f\0"),
        _coded(shade for row in rows for shade in row),
        b"\xff\xd9",
    ))  # fmt: skip


def _segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, "big") + content


def _coded(shades: Iterable[int]) -> bytes:
    """Return each shade as its difference from the one before; a byte of ones is followed by a zero."""
    bits, before = [], 128
    for shade in shades:
        bits.append(_difference(shade - before) + NOTHING_MORE)
        before = shade
    joined = "".join(bits)
    joined += "1" * (-len(joined) % 8)
    return int(joined, 2).to_bytes(len(joined) // 8, "big").replace(b"\xff", b"\xff\0")


def _difference(value: int) -> str:
    size = abs(value).bit_length()
    bits = value if value > 0 else value + (1 << size) - 1
    return SIZES[size] + (f"{bits:0{size}b}" if size else "")
