"""Characters that no letter can print: known to the domain as they are to the typefaces, and said at the answer."""

import unicodedata

import pytest

from bot.letters.model import NoGlyph
from bot.letters.shaping import seen
from domain.readers.printed import unprinted
from domain.values import replace
from tests.domain.standing import until

OLD_HANGUL = range(0x1100, 0x1200)  # parts of syllables; those in use are whole syllables in NFC


def is_printed(c: str) -> bool:
    try:
        return bool(seen(c, "plain"))
    except NoGlyph:
        return False


def test_what_the_domain_lets_pass_the_typefaces_print_and_nothing_else_is_let_pass() -> None:
    """Every 7th character that there is; those that Unicode got after this table was made may pass and be NoGlyph."""
    wrong = []
    for code in range(33, 0x20000, 7):
        c = chr(code)
        if unicodedata.category(c)[0] in "CZ" or unicodedata.normalize("NFC", c) != c or code in OLD_HANGUL:
            continue
        if is_printed(c) != (not unprinted(c)) and unicodedata.unidata_version == "14.0.0":
            wrong.append(c)
    assert wrong == []


def test_the_characters_are_named_once_each_and_spaces_are_none() -> None:
    assert unprinted("Maria Alvarez") == unprinted("Đặng Thị, 王 小明") == ""
    assert unprinted("𐎀nn 𐎁𐎀 Lee") == "𐎀𐎁"


@pytest.mark.parametrize("name", ["𐎀𐎁 Alvarez", "Maria \U0001e2c0\U0001e2c1"])
def test_a_name_that_no_letter_can_print_is_asked_for_once_more_and_not_kept(name: str) -> None:
    talk = until("name")
    shown = talk.say(name)[-1].text
    assert "has no type for" in shown
    assert "name" not in talk.case().answers


def test_a_name_in_any_living_script_is_taken() -> None:
    talk = until("name")
    talk.say("Նարե Սարգսյան")
    assert talk.case().answers["name"].value[-1].endswith("Սարգսյան")


def test_the_desk_is_told_of_a_letter_that_cannot_be_printed_and_may_be_signed_all_the_same() -> None:
    """Its facts came another way than by an answer: typed by staff, or kept by a release with other typefaces."""
    talk = until("review")
    name = talk.answers[talk.request.id]["name"]
    talk.answers[talk.request.id]["name"] = replace(name, value=("person", "Maria", "𐎀𐎁"))
    talk.answer("review")
    assert any("cannot be printed" in post and "𐎀𐎁" in post for post in talk.posts)
    assert "To sign" in talk.screen[-1].text
