"""Letters as people send them back: signed with a pen, spoilt, scanned, photographed from the side in bad light."""

import io
import math
import random
from dataclasses import dataclass

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from bot.letters.plane import fit
from bot.letters.sheet import HEIGHT, Field

PRINT_DPI = 300
_DOT = PRINT_DPI / 72
BLACK, BLUE, PENCIL = (25, 25, 30), (40, 60, 170), (110, 110, 115)


def sheets_of(pdf: bytes) -> list[Image.Image]:
    """Return the pages of a letter as they lie on a table."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=_DOT).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


@dataclass(frozen=True)
class Pen:
    """A pen: its colour and how thick it writes, in millimetres."""

    colour: tuple[int, int, int] = BLACK
    width: float = 0.5


def at(field: Field, x: float, y: float) -> tuple[float, float]:
    """Return the pixel of a place in a field, in shares of its width and of 40 points from its line upwards."""
    left = field.left + x * (field.right - field.left)
    return left * _DOT, (HEIGHT - field.bottom - 40 * y) * _DOT


def stroke(sheet: Image.Image, points: list[tuple[float, float]], pen: Pen) -> None:
    """Draw one stroke."""
    wide = max(1, round(pen.width / 25.4 * PRINT_DPI))
    draw = ImageDraw.Draw(sheet)
    draw.line(points, pen.colour, wide, joint="curve")


def sign(sheet: Image.Image, field: Field, pen: Pen | None = None, *, seed: int = 1, size: float = 0.6) -> None:
    """Sign in a field. `size`: of its width."""
    rand = random.Random(seed)
    pen = pen or Pen()
    letters = 9
    points = []
    for step in range(letters * 14):
        share = step / (letters * 14)
        tall = 0.75 if step < 20 else 0.3 + 0.25 * rand.random()
        turn = 2 * math.pi * step / 14
        points.append(at(field, 0.06 + size * share + 0.012 * math.cos(turn), 0.25 + tall * 0.5 * math.sin(turn)))
    stroke(sheet, points, pen)


def date(sheet: Image.Image, field: Field, pen: Pen | None = None) -> None:
    """Write the day in a field: 11/23."""
    pen = pen or Pen()
    for place in (0.1, 0.16, 0.34, 0.42):
        stroke(sheet, [at(field, place, 0.1), at(field, place + 0.01, 0.6)], pen)
    stroke(sheet, [at(field, 0.22, 0.0), at(field, 0.28, 0.65)], pen)
    stroke(sheet, [at(field, x, y) for x, y in ((0.34, 0.6), (0.4, 0.55), (0.38, 0.35), (0.42, 0.15), (0.5, 0.1))], pen)


def coffee(sheet: Image.Image, x: float, y: float, across: float = 90) -> None:
    """Put a cup down, its middle so many points from the left and from below."""
    stain = Image.new("RGB", sheet.size, "white")
    draw = ImageDraw.Draw(stain)
    for grow, level in ((0, (214, 190, 150)), (-6, (238, 225, 205))):
        r = across / 2 + grow
        box = ((x - r) * _DOT, (HEIGHT - y - r) * _DOT, (x + r) * _DOT, (HEIGHT - y + r) * _DOT)
        draw.ellipse(box, level)
    sheet.paste(ImageChops.multiply(sheet, stain.filter(ImageFilter.GaussianBlur(4))))


def scan(sheet: Image.Image, dpi: int = 200, turned: float = 0.0, quality: int = 75) -> bytes:
    """Return a scan as a JPEG."""
    size = (round(sheet.width * dpi / PRINT_DPI), round(sheet.height * dpi / PRINT_DPI))
    small = sheet.resize(size, Image.Resampling.LANCZOS)
    if turned:
        small = small.rotate(turned, Image.Resampling.BICUBIC, expand=True, fillcolor=(235, 235, 235))
    return jpeg(small, quality)


@dataclass(frozen=True)
class Shot:
    """How a photo is taken. `width`: pixels of the page's; `tilt`: how much narrower its far end is; `turn`: degrees.

    `dim`: how much light the dark corner has; `noise`: levels; `blur`: pixels.
    """

    width: int = 1900
    tilt: float = 0.12
    turn: float = 4.0
    dim: float = 0.5
    noise: float = 6.0
    blur: float = 0.0
    quality: int = 60
    seed: int = 1


def photo(sheet: Image.Image, shot: Shot | None = None) -> bytes:
    """Return a photo of a sheet on a dark table: from the side, turned, in uneven light, with noise, as a JPEG."""
    shot = shot or Shot()
    wide, high = shot.width, round(shot.width * sheet.height / sheet.width)
    page = sheet.resize((wide, high), Image.Resampling.LANCZOS)
    edge = round(0.15 * wide)
    frame = (wide + 2 * edge, high + 2 * edge)
    inset = shot.tilt * wide / 2
    corners = [(edge + inset, edge), (edge + wide - inset, edge + inset / 2), (edge + wide, edge + high),
               (edge, edge + high - inset / 3)]  # fmt: skip
    angle, middle = math.radians(shot.turn), (frame[0] / 2, frame[1] / 2)
    corners = [_turned(corner, middle, angle) for corner in corners]
    back = fit([*zip(corners, [(0, 0), (wide, 0), (wide, high), (0, high)], strict=True)], is_tilted=True)
    assert back is not None
    perspective = (frame, Image.Transform.PERSPECTIVE, back, Image.Resampling.BICUBIC)
    seen = page.transform(*perspective, fillcolor=(70, 60, 50))
    lights = Image.linear_gradient("L").rotate(37, expand=False).resize(frame)
    low = int(shot.dim * 255)
    lights = lights.point(lambda level: low + level * (250 - low) // 255).filter(ImageFilter.GaussianBlur(30))
    seen = ImageChops.multiply(seen, lights.convert("RGB"))
    if shot.blur:
        seen = seen.filter(ImageFilter.GaussianBlur(shot.blur))
    if shot.noise:
        grain = Image.effect_noise(frame, shot.noise)
        seen = ImageChops.add(seen, grain.convert("RGB"), 1, -128)
    return jpeg(seen, shot.quality)


def _turned(place: tuple[float, float], middle: tuple[float, float], angle: float) -> tuple[float, float]:
    x, y = place[0] - middle[0], place[1] - middle[1]
    return (
        middle[0] + x * math.cos(angle) - y * math.sin(angle),
        middle[1] + x * math.sin(angle) + y * math.cos(angle),
    )


def jpeg(picture: Image.Image, quality: int = 75) -> bytes:
    """Return a picture as a JPEG."""
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return file.getvalue()


def pdf(sheets: list[Image.Image], dpi: int = 200) -> bytes:
    """Return sheets as a scanner's PDF."""
    file = io.BytesIO()
    small = [s.resize((round(s.width * dpi / PRINT_DPI), round(s.height * dpi / PRINT_DPI))) for s in sheets]
    small[0].save(file, "PDF", save_all=True, append_images=small[1:], resolution=dpi)
    return file.getvalue()


def dots(sheet: Image.Image, field: Field, count: int = 6) -> None:
    """Leave stray marks of a pen in a field: dots and a slip of two millimetres."""
    rand = random.Random(3)
    for _ in range(count):
        x, y = rand.random(), rand.random()
        stroke(sheet, [at(field, x, y), at(field, x + 0.004, y + 0.05)], Pen())
    stroke(sheet, [at(field, 0.5, 0.5), at(field, 0.52, 0.55)], Pen())


def fold(sheet: Image.Image, field: Field) -> None:
    """Fold a sheet across a field and along it: thin shadows over all of the sheet."""
    x, y = at(field, 0.5, 0.5)
    draw = ImageDraw.Draw(sheet)
    draw.line([(x, 0), (x + 9, sheet.height)], (165, 165, 165), 5)
    draw.line([(0, y), (sheet.width, y + 12)], (165, 165, 165), 5)


def shade(sheet: Image.Image, field: Field) -> None:
    """Let the hard shadow of a hand fall over half of a field."""
    dark = Image.new("RGB", sheet.size, "white")
    x, y = at(field, 0.4, 0.0)
    corners = [(x, y - 300), (x + 900, y - 500), (x + 1200, y + 700), (x + 200, y + 600)]
    ImageDraw.Draw(dark).polygon(corners, (120, 120, 120))
    sheet.paste(ImageChops.multiply(sheet, dark.filter(ImageFilter.GaussianBlur(6))))


# Digits as a hand writes them, in shares of their width and height.
_DIGITS = {
    "2": ((0.1, 0.8), (0.5, 1), (0.9, 0.75), (0.1, 0), (0.95, 0)),
    "3": ((0.1, 0.9), (0.6, 1), (0.8, 0.75), (0.4, 0.55), (0.9, 0.3), (0.5, 0), (0.05, 0.1)),
    "5": ((0.9, 1), (0.2, 1), (0.15, 0.6), (0.7, 0.6), (0.9, 0.3), (0.5, 0), (0.1, 0.1)),
    "7": ((0.1, 1), (0.95, 1), (0.4, 0)),
    "8": ((0.5, 0.5), (0.1, 0.75), (0.5, 1), (0.9, 0.75), (0.5, 0.5), (0.05, 0.25), (0.5, 0), (0.95, 0.25), (0.5, 0.5)),
}
Box = tuple[float, float, float, float]  # left, bottom, right, top, in points


def place_of(pdf: bytes, text: str) -> Box:
    """Return where a text stands on the first page of a letter."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0].get_textpage()
        found = page.search(text).get_next()
        assert found is not None
        boxes = [page.get_charbox(found[0] + place) for place in range(found[1])]
    finally:
        document.close()
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _pixel(x: float, y: float) -> tuple[float, float]:
    return x * _DOT, (HEIGHT - y) * _DOT


def write(sheet: Image.Image, digits: str, box: Box, pen: Pen | None = None) -> None:
    """Write digits, each as large as a box, the first one in it, the others to its right."""
    left, bottom, right, top = box
    for place, digit in enumerate(digits):
        start = left + place * (right - left) * 1.4
        points = [_pixel(start + x * (right - left), bottom + y * (top - bottom)) for x, y in _DIGITS[digit]]
        stroke(sheet, points, pen or Pen())


def strike(sheet: Image.Image, box: Box, pen: Pen | None = None) -> None:
    """Strike through what stands in a box."""
    left, bottom, right, top = box
    middle = (bottom + top) / 2
    stroke(sheet, [_pixel(left - 2, middle - 0.3), _pixel(right + 2, middle + 0.3)], pen or Pen())


def hide(sheet: Image.Image, box: Box) -> None:
    """Lay white paper, or the flash of a lamp, over a box."""
    left, bottom, right, top = box
    ImageDraw.Draw(sheet).rectangle([*_pixel(left, top), *_pixel(right, bottom)], "white")


def use(sheet: Image.Image) -> None:
    """Treat a sheet as offices do: a staple, punched holes, dust, folds, the shadow of the scanner's edge, coffee."""
    rand = random.Random(4)
    draw = ImageDraw.Draw(sheet)
    stroke(sheet, [_pixel(30, 765), _pixel(60, 752)], Pen((90, 90, 95), 0.6))
    for hole in (283, 509):
        draw.ellipse([*_pixel(25, hole + 9), *_pixel(43, hole - 9)], (60, 55, 50))
    for _ in range(60):
        x, y = rand.uniform(10, 600), rand.uniform(10, 780)
        stroke(sheet, [_pixel(x, y), _pixel(x + rand.uniform(0.2, 1.2), y + rand.uniform(0.2, 1.2))], Pen(width=0.3))
    for crease in (264, 527):
        draw.line([_pixel(0, crease), _pixel(612, crease + 2)], (165, 165, 165), 5)
    draw.rectangle([0, 0, 25, sheet.height], (60, 60, 60))
    coffee(sheet, 480, 420)
