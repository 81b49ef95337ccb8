"""A pen is seen in the fields of a letter and beside them; stains, folds and dust are none; hidden words are told."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from bot.letters.copy_jobs import read_copy
from bot.letters.model import Brand, payload_of
from bot.letters.press import print_blank
from domain.papers.letter import Letter
from domain.papers.pens import Ink, Look, Seen, Worn, doubts_of, judge_page
from tests.bot import pens
from tests.bot.pens import BLACK, BLUE, PENCIL, Pen, Shot
from tests.bot.test_seal import LETTER

BRAND = Brand("Port of Call")
BLANK, FIELDS, _ = print_blank(LETTER, BRAND)
SIGNATURE, DATE = FIELDS["signature"], FIELDS["date"]
SHEET = pens.sheets_of(BLANK)[0]
TILTED = Shot(tilt=0.3, turn=-12, width=1500, dim=0.3)


def seen(content: bytes, letter: Letter = LETTER) -> list[Seen]:
    """Return what the child says of the pages of a file."""
    pages = read_copy({"content": content, "letters": [payload_of(letter, BRAND)]}) or []
    told = [each for page in pages for each in page["seen"]]
    return [_seen(one) for one in told]


def _seen(told: dict[str, Any]) -> Seen:
    fields = tuple(field and Ink(**field) for field in told["fields"])
    return Seen(**{**told, "fields": fields, "worn": tuple(Worn(**each) for each in told["worn"])})


def look_of(content: bytes) -> Look:
    [page] = seen(content)
    return judge_page(page)


def signed(pen: Pen | None = None, size: float = 0.6, seed: int = 1) -> Image.Image:
    sheet = SHEET.copy()
    pens.sign(sheet, SIGNATURE, pen, size=size, seed=seed)
    pens.date(sheet, DATE, pen)
    return sheet


def spoilt(spoil: Callable[[Image.Image], None]) -> Image.Image:
    sheet = SHEET.copy()
    spoil(sheet)
    return sheet


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lambda: pens.scan(signed(), 100, 0.8), id="a scan of 100 dpi"),
        pytest.param(lambda: pens.scan(signed(Pen(BLACK, 0.25)), 200, -1.2), id="a thin pen"),
        pytest.param(lambda: pens.scan(signed(Pen(BLUE)), 300, 0.5), id="a blue pen"),
        pytest.param(lambda: pens.photo(signed(Pen((200, 40, 50)))), id="a red pen"),
        pytest.param(lambda: pens.photo(signed(Pen(PENCIL, 0.4))), id="a pencil, photographed"),
        pytest.param(lambda: pens.photo(signed(size=0.25), TILTED), id="a small one, from the side"),
        pytest.param(lambda: pens.photo(signed(), Shot(width=1100, noise=12, quality=40)), id="with noise"),
        pytest.param(lambda: pens.photo(signed(), Shot(width=3000, blur=2, turn=170)), id="upside down"),
        pytest.param(lambda: pens.pdf([signed()]), id="a scanner's PDF"),
    ],
)
def test_a_pen_is_seen_in_its_fields(content: Callable[[], bytes]) -> None:
    assert look_of(content()) == "good"


@pytest.mark.parametrize(
    ("spoil", "looks"),
    [
        pytest.param(lambda _: None, ("unsigned",), id="blank"),
        pytest.param(lambda s: pens.coffee(s, 480, 420), ("unsigned",), id="coffee elsewhere"),
        pytest.param(lambda s: pens.coffee(s, 200, 285), ("unsigned",), id="coffee in the field"),
        pytest.param(lambda s: pens.dots(s, SIGNATURE), ("unsure",), id="stray marks"),
        pytest.param(lambda s: pens.fold(s, SIGNATURE), ("unsigned", "unsure"), id="folds"),
        pytest.param(lambda s: pens.shade(s, SIGNATURE), ("unsigned", "unsure"), id="a hard shadow"),
        pytest.param(
            lambda s: pens.sign(s, replace(SIGNATURE, bottom=SIGNATURE.bottom - 70)), ("unsigned",), id="signed below"
        ),
        pytest.param(
            lambda s: pens.sign(s, replace(SIGNATURE, bottom=SIGNATURE.bottom + 190)), ("unsigned",), id="signed above"
        ),
        pytest.param(lambda s: pens.sign(s, SIGNATURE), ("undated",), id="not dated"),
    ],
)
@pytest.mark.parametrize("shot", [None, TILTED], ids=["scan", "photo"])
def test_what_is_no_pen_in_its_fields_is_never_taken_for_one(
    spoil: Callable[[Image.Image], None], looks: tuple[Look, ...], shot: Shot | None
) -> None:
    sheet = spoilt(spoil)
    assert look_of(pens.scan(sheet) if shot is None else pens.photo(sheet, shot)) in looks


@pytest.mark.parametrize(
    ("shot", "looks"),
    [
        (Shot(width=650), ("small",)),
        (Shot(width=3000, blur=5), ("blurred",)),
        (Shot(width=1100, blur=1.5), ("unsure", "blurred")),
    ],
)
def test_what_can_hardly_be_read_is_not_accepted(shot: Shot, looks: tuple[Look, ...]) -> None:
    assert look_of(pens.photo(signed(), shot)) in looks


NUMBER, NAME = pens.place_of(BLANK, "415-421-8832"), pens.place_of(BLANK, "Maria Alvarez")
LAST_DIGIT = (NUMBER[2] - 6, NUMBER[1] - 0.5, NUMBER[2] + 0.5, NUMBER[3] + 0.5)
BESIDE = (NUMBER[2] + 20, NUMBER[1] - 2, NUMBER[2] + 27, NUMBER[1] + 10)
MARGIN = (26.0, 600.0, 33.0, 612.0)


STILL = replace(TILTED, noise=0)


@pytest.mark.parametrize("shot", [None, STILL], ids=["scan", "photo"])
def test_a_staple_holes_dust_folds_and_coffee_trouble_nobody(shot: Shot | None) -> None:
    sheet = signed()
    pens.use(sheet)
    assert look_of(pens.scan(sheet, 150, 0.6) if shot is None else pens.photo(sheet, shot)) == "good"


def hide_top(sheet: Image.Image) -> None:
    pens.hide(sheet, (0, 475, 612, 792))


def hide_name_strike_number(sheet: Image.Image) -> None:
    pens.hide(sheet, NAME)
    pens.strike(sheet, NUMBER, Pen(BLUE, 0.3))


def hide_number_strike_name(sheet: Image.Image) -> None:
    pens.hide(sheet, NUMBER)
    pens.strike(sheet, NAME)


def make_a_digit_another(sheet: Image.Image) -> None:
    pens.write(sheet, "8", LAST_DIGIT)


def add_digits(sheet: Image.Image) -> None:
    pens.write(sheet, "5", BESIDE)
    pens.write(sheet, "83358", MARGIN, Pen(PENCIL, 0.4))


@pytest.mark.parametrize(
    ("spoil", "shot", "doubts"),
    [
        (hide_top, STILL, {"hidden_head", "hidden_account", "hidden_states"}),
        (hide_name_strike_number, STILL, {"hidden_account", "inked_numbers"}),
        (hide_number_strike_name, None, {"hidden_numbers", "inked_account"}),
        (make_a_digit_another, None, {"inked_numbers"}),
        (add_digits, None, {"inked_numbers", "inked_account"}),
    ],
)
def test_what_is_hidden_or_written_on_a_signed_page_is_told_by_its_part(
    spoil: Callable[[Image.Image], None], shot: Shot | None, doubts: set[str]
) -> None:
    sheet = signed()
    spoil(sheet)
    [page] = seen(pens.scan(sheet, 150, 0.6) if shot is None else pens.photo(sheet, shot))
    assert (judge_page(page), set(doubts_of(page))) == ("unsure", doubts)


def test_each_page_of_a_long_letter_is_measured_and_one_has_the_fields() -> None:
    letter = replace(LETTER, numbers=tuple(f"+1415421{place:04}" for place in range(120)))
    blank, fields, _ = print_blank(letter, BRAND)
    sheets = pens.sheets_of(blank)
    pens.sign(sheets[fields["signature"].page - 1], fields["signature"])
    pens.date(sheets[fields["date"].page - 1], fields["date"])
    pages = seen(pens.pdf(sheets), letter)
    assert [judge_page(page) for page in pages] == ["good"] * len(sheets)
    assert [bool(page.fields) for page in pages] == [True, *[False] * (len(sheets) - 1)]


def test_a_page_without_fields_of_which_most_is_cut_off_is_looked_at() -> None:
    letter = replace(LETTER, numbers=tuple(f"+1415421{place:04}" for place in range(200)))
    sheet = pens.sheets_of(print_blank(letter, BRAND)[0])[1]
    assert [judge_page(page) for page in seen(pens.pdf([sheet]), letter)] == ["good"]
    sheet.paste("white", (0, 0, sheet.width, round(sheet.height * 0.65)))
    assert [judge_page(page) for page in seen(pens.pdf([sheet]), letter)] == ["unsure"]


def test_a_page_under_whose_code_something_else_is_printed_is_looked_at() -> None:
    other = replace(LETTER, holder="Somebody Else of Quite Another Name", address="12 Elm Road, Reno, NV 89501")
    sheet = pens.sheets_of(print_blank(other, BRAND)[0])[0]
    foot = SHEET.crop((0, round(SHEET.height * 0.83), *SHEET.size))
    white = Image.new("RGB", SHEET.size, "white")
    white.paste(sheet.resize((round(sheet.width * 0.7), round(sheet.height * 0.7))), (300, 0))
    white.paste(foot, (0, SHEET.height - foot.height))
    assert look_of(pens.scan(white)) == "unsure"
