"""Lists looked through as a whole: what is fine, what is put right afterwards, and what all rows share."""

from domain.errors import Unreadable
from domain.numbers.columns import Ask
from domain.numbers.fixes import Fix, read_corrections, with_fixes
from domain.numbers.listing import (
    Entry,
    Looked,
    digest_of,
    look_through,
    named_in,
    shared_by,
    write_entries,
)
from domain.numbers.portability import NOTHING, Known
from domain.numbers.sheets import Sheet, read_rows, read_sheet

HEAD = "Number,Calls ring at,Source,Label,Account\n"


def a_sheet(*rows: str) -> Sheet:
    sheet = read_sheet((HEAD + "\n".join(rows)).encode())
    assert not isinstance(sheet, Ask | Unreadable)
    return sheet


def say(code: str, _params: object) -> str:
    return code


def looked_at(sheet: Sheet, known: Known = NOTHING) -> Looked:
    return look_through(sheet, read_rows(sheet), known, say)


def test_numbers_are_put_right_by_line_or_added() -> None:
    said = "line 14 is 415-421-8832, row #20: (415) 421-8833\nand 415 421 8834"
    assert read_corrections(said).fixes == (Fix(14, "+14154218832"), Fix(20, "+14154218833"), Fix(0, "+14154218834"))


def test_what_is_no_number_puts_nothing_right() -> None:
    assert read_corrections("line 14 is wrong").fixes == ()
    assert read_corrections("line 14 is 415-421").fixes == ()


def test_a_line_keeps_all_else_when_its_number_is_put_right() -> None:
    sheet = with_fixes(
        a_sheet("123,6282000100,web,front,", "4154218832,,,,"), [Fix(2, "+14154218833"), Fix(0, "+14154218834")]
    )
    looked = looked_at(sheet)
    assert looked.entries == (
        Entry(2, "+14154218833", "+16282000100", "web", "front", ""),
        Entry(3, "+14154218832", "", "", "", ""),
        Entry(4, "+14154218834", "", "", "", ""),
    )
    assert looked.report == b""


def test_a_line_beyond_the_list_is_left_out() -> None:
    looked = looked_at(with_fixes(a_sheet("4154218832,,,,"), [Fix(99, "+14154218833")]))
    assert [entry.e164 for entry in looked.entries] == ["+14154218832"]


def test_destinations_are_looked_up_beside_the_numbers() -> None:
    assert named_in(read_rows(a_sheet("4154218832,628-200-0100,,,", "bad,6282000100,,,"))) == [
        "+14154218832",
        "+16282000100",
    ]


def test_each_row_is_judged_for_itself_and_the_reasons_are_counted() -> None:
    known = Known({"+14154218833": "user", "+16282000100": "tracking"}, {"+14154218834"})
    rows = (
        "4154218832,,,,",
        "4154218833,,,,",
        "4154218834,,,,",
        "4154218832,,,,",
        "9005551212,,,,",
        "4154218835,6282000100,,,",
    )
    looked = looked_at(a_sheet(*rows), known)
    assert [entry.e164 for entry in looked.entries] == ["+14154218832"]
    assert looked.why == {
        "number.ours_user": 1, "number.in_request": 1, "number.twice": 1, "number.special": 1, "destination.is_ours": 1,
    }  # fmt: skip
    assert looked.report.count(b"refused") == 4


def test_numbers_that_cannot_travel_with_most_of_the_list_travel_by_a_request_of_their_own() -> None:
    looked = looked_at(a_sheet("4154218832,,,,", "8004218832,,,,", "4164218832,,,,", "4154218833,,,,"))
    assert [entry.line for entry in looked.entries] == [2, 5]
    assert looked.why == {"number.apart": 2}


def test_what_rows_share_is_told_as_one_and_what_differs_as_a_count() -> None:
    same = [Entry(n, f"+1415421883{n}", "+16282000100", "", f"l{n}", "") for n in range(3)]
    assert [shared_by(same, field) for field in ("destination", "source", "label")] == ["=+16282000100", "", "list:3:0"]
    some = [*same, Entry(9, "+14154218839", "", "", "", "")]
    assert shared_by(some, "destination") == "list:1:1"


def test_a_written_list_reads_as_it_was_and_runs_nothing() -> None:
    entries = (Entry(1, "+14154218832", "+16282000100", "=cmd()", "front", ""),)
    read = read_sheet(write_entries(entries))
    assert isinstance(read, Sheet)
    assert read.cells == [["+14154218832", "+16282000100", "'=cmd()", "front", ""]]


def test_a_digest_tells_lists_apart_by_every_number_and_their_order() -> None:
    assert digest_of(["+14154218832", "+14154218833"]) != digest_of(["+14154218833", "+14154218832"])
    assert len(digest_of([])) == 64
