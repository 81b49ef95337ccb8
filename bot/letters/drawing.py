"""A drawn signature as a picture: black lines on white, the same bytes for the same lines."""

from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageDraw

from domain.papers.strokes import HEIGHT, WIDTH, Drawing

_LARGER = 2  # pixels for each unit of the field
_PEN = 5  # pixels


def picture_of(drawing: Drawing) -> bytes:
    """Return a PNG of what was drawn; it takes milliseconds."""
    image = Image.new("L", (WIDTH * _LARGER, HEIGHT * _LARGER), 255)
    pen = ImageDraw.Draw(image)
    for line in drawing.lines:
        points = [(x * _LARGER, y * _LARGER) for x, y in line]
        for start, end in pairwise(points):
            pen.line((start, end), fill=0, width=_PEN)
        for x, y in points:  # round ends and joints
            pen.ellipse((x - _PEN // 2, y - _PEN // 2, x + _PEN // 2, y + _PEN // 2), fill=0)
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()
