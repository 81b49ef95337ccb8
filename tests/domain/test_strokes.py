"""A drawn signature: what counts as one, and the same picture for the same lines."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.letters.drawing import picture_of
from domain.errors import Unreadable
from domain.papers.strokes import HEIGHT, LONGEST, MOST_POINTS, WIDTH, Drawing, read_drawing

LINE = "10,10 20,30 40,50 60,90 90,40;200,100 240,60 300,150"


def test_lines_of_points_are_a_signature() -> None:
    found = read_drawing(LINE)
    assert isinstance(found, Drawing)
    assert [len(line) for line in found.lines] == [5, 3]
    assert found.lines[1][-1] == (300, 150)


@pytest.mark.parametrize(
    "text",
    [
        "", "10,10", "a,b c,d", "10,10 20,20;", "-1,5 " + LINE, "601,5 " + LINE, "5,201 " + LINE, "<svg/>",
        " ".join(["10,10"] * 50), "1,1 " * (LONGEST // 4), " ".join(["10,10", "90,90"] * (MOST_POINTS // 2 + 1)),
    ],
)  # fmt: skip
def test_what_is_no_signature_is_refused(text: str) -> None:
    assert read_drawing(text) == Unreadable("sign.draw")


def test_the_same_lines_give_the_same_picture() -> None:
    found = read_drawing(LINE)
    assert isinstance(found, Drawing)
    assert picture_of(found) == picture_of(found)
    with Image.open(BytesIO(picture_of(found))) as image:
        assert (image.format, image.mode, image.size) == ("PNG", "L", (2 * WIDTH, 2 * HEIGHT))
        assert image.getpixel((20, 20)) == 0
        assert image.getpixel((1190, 390)) == 255


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert isinstance(read_drawing(text), Drawing | Unreadable)
