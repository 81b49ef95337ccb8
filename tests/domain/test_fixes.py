"""Lists put right by typing: each number finds its line, lines go, and what is said is just what was changed."""

import pytest

from domain.numbers.columns import Ask
from domain.numbers.fixes import EVERYWHERE, ONE_MORE, Fix, fixes_of, lines_of, read_corrections, with_fixes, write_fix
from domain.numbers.sheets import Sheet, read_sheet
from tests.domain.standing import at
from tests.domain.talk import Talk
from tests.domain.test_list_talk import LIST, errands, found, looked

A, B = "+14158887766", "+16172664412"


def a_sheet(*numbers: str) -> Sheet:
    sheet = read_sheet("\n".join(["Number", *numbers]).encode())
    assert isinstance(sheet, Sheet)
    return sheet


def begun(**more: object) -> Talk:
    talk = at("numbers")
    talk.document(LIST)
    known = {"why": (("number.twice", 1),), "lines": (2, 305), **more}
    looked(talk, found(talk, **known))  # type: ignore[arg-type] # of `Found`
    return talk


@pytest.mark.parametrize(
    ("said", "fixes"),
    [
        ("row 24 should be 4158887766, and 34 is (617) 266-4412", (Fix(24, A), Fix(34, B))),
        ("row 24 4158887766", (Fix(24, A),)),
        ("#24 415-888-7766", (Fix(24, A),)),
        ("row 24: 415-888-7766\n34: 617-266-4412", (Fix(24, A), Fix(34, B))),
        ("24 is 415-888-7766", (Fix(24, A),)),
        ("4158887766 for row 24 and 617-266-4412 goes in row 34", (Fix(24, A), Fix(34, B))),
        ("lines 3 and 4 are 415-888-7766 and 617-266-4412", (Fix(3, A), Fix(4, B))),
        ("line 14 is 415-888-7766 and 617-266-4412", (Fix(14, A), Fix(ONE_MORE, B))),
        ("1: 415-888-7766\n2: 617-266-4412", (Fix(ONE_MORE, A), Fix(ONE_MORE, B))),
        ("delete line 44", (Fix(44, ""),)),
        ("delete 44", (Fix(44, ""),)),
        ("lines 54 and 64 can go", (Fix(54, ""), Fix(64, ""))),
        ("remove rows 3, 5, and 9", (Fix(3, ""), Fix(5, ""), Fix(9, ""))),
        ("drop rows 15-10", (Fix(10, "", 15),)),
        ("row 5 isn't ours, drop it", (Fix(5, ""),)),
        ("line 24 is fine, delete line 30", (Fix(30, ""),)),
        ("delete row 30 and row 31 is 415-888-7766", (Fix(30, ""), Fix(31, A))),
        ("remove line 30 (415-888-7766)", (Fix(30, ""),)),
        ("remove line 30, add 415-888-7766", (Fix(30, ""), Fix(ONE_MORE, A))),
        ("delete 415-888-7766 and 617 266 4412", (Fix(EVERYWHERE, A), Fix(EVERYWHERE, B))),
        ("don't delete line 44", ()),
        ("line 24 can not go", ()),
        ("2417 numbers", ()),
    ],
)
def test_what_is_typed_about_a_list_is_read(said: str, fixes: tuple[Fix, ...]) -> None:
    assert read_corrections(said).fixes == fixes
    assert fixes_of(map(write_fix, fixes)) == fixes


def test_a_line_without_a_number_that_can_be_read_is_told() -> None:
    assert read_corrections("row 24 should be 4158887766, and 34 is 61726644").unread == (34,)
    assert read_corrections("line 14 is 415-421").unread == (14,)
    assert read_corrections("line 0 is 415-888-7766").unread == (0,)


def test_lines_keep_their_places_when_others_go() -> None:
    sheet = with_fixes(a_sheet("4154218832", "4154218833", "4154218834", A), [Fix(2, ""), Fix(3, A), Fix(99, A)])
    assert sheet.cells == [[], ["4158887766"], ["4154218834"], [A]]
    assert lines_of(sheet) == (2, 5)
    assert with_fixes(sheet, [Fix(EVERYWHERE, A), Fix(3, "", 4)]).cells == [[], [], [], []]


def test_what_was_changed_is_said_and_a_line_that_there_is_not_is_no_new_row() -> None:
    talk = begun()
    text = talk.say("row 24 should be 4158887766, row 999 is 617-266-4412 and line 30 can go")[-1].text
    assert "• line 24 is (415) 888-7766 now\n• line 30 is taken out" in text
    assert "Your list has no line 999: its numbers stand in lines 2 to 305." in text
    assert talk.case().answer("list_fixes") == ("24=+14158887766", "30=")


def test_nothing_is_read_anew_where_nothing_was_changed() -> None:
    talk = begun()
    assert talk.say("line 999 is 4155551234")[-1].owed.key == "list.no_line+ask.numbers_list"
    assert talk.say("line 14 is 415-421")[-1].owed.key == "list.unread_line+ask.numbers_list"
    assert not errands(talk)
    assert talk.case().answer("list_fixes") is None


def test_more_than_five_changes_are_counted() -> None:
    text = begun().say("delete lines 3, 5, 7, 9, 11, 13 and 20-25")[-1].text
    assert "line 11 is taken out" in text
    assert "• and 2 more" in text
    assert "line 13" not in text


def test_what_is_said_last_of_a_line_counts() -> None:
    talk = begun()
    for said in ("line 3 is 415-888-7766", "delete line 3", "line 3 is 415-888-7766"):
        talk.say(said)
        looked(talk, found(talk, lines=(2, 305)))
    fixes = fixes_of(talk.case().answer("list_fixes") or ())
    assert with_fixes(a_sheet("4154218832", "4154218833"), fixes).cells[1] == ["4158887766"]


def test_a_list_of_whose_lines_nothing_is_known_takes_every_line() -> None:
    talk = begun(lines=(0, 0))
    assert talk.say("line 999 is 4158887766")[-1].owed.key == "list.rereading"


def test_which_lines_a_list_has_is_kept_with_it() -> None:
    assert not isinstance(read_sheet(b"Number\n4154218832"), Ask)
    assert "lines 2 to 305" in begun().say("delete line 1")[-1].text
