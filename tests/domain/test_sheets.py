"""Lists of numbers as files: read in any dress, judged row by row, given back with what was found."""

import csv
import re
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped] # it has no types

from bench.numbers import a_list, differing
from domain.errors import Unreadable
from domain.numbers import workbooks
from domain.numbers.columns import Ask, Asked, Columns
from domain.numbers.portability import Known
from domain.numbers.sheets import Row, Sheet, judge, make_template, read_sheet, report, row_of

NUMBERS = "Number,Calls ring at,Source,Label,Account\n(415) 421-8832,650-421-8832,Google Ads,Front desk,Acme\n"
FRONT_DESK = Row(2, "(415) 421-8832", "650-421-8832", "Google Ads", "Front desk", "Acme")


def read(content: bytes | str, columns: Columns | None = None) -> Sheet:
    sheet = read_sheet(content.encode() if isinstance(content, str) else content, columns)
    assert isinstance(sheet, Sheet), sheet
    return sheet


def rows(content: bytes | str) -> list[Row]:
    sheet = read(content)
    return [row_of(sheet, line) for line, _ in judge(sheet)]


def judged(content: bytes | str, known: Known | None = None) -> dict[int, tuple[str, str | None]]:
    return {line: (found.value, found.code) for line, found in judge(read(content), known or Known())}


def workbook(*given: Sequence[object], change: Callable[[str, bytes], bytes] | None = None) -> bytes:
    book = Workbook()
    for row in given:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return repacked(out.getvalue(), change) if change else out.getvalue()


def with_row(content: bytes) -> bytes:
    """Fill a workbook in as a spreadsheet does, which keeps the format of the column."""
    book = load_workbook(BytesIO(content))
    assert book.active.column_dimensions["A"].number_format == "@"
    book.active.append(["415-421-8832"])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            after.writestr(part, change(part, before.read(part)))
    return out.getvalue()


# as it was saved


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_csv_is_read_in_every_dress(delimiter: str, encoding: str, end: str) -> None:
    content = NUMBERS.replace(",", delimiter).replace("Acme", "Café").replace("\n", end).encode(encoding)
    assert rows(content)[0].company == "Café"
    assert rows(content)[0].number == FRONT_DESK.number


def test_quotes_hold_delimiters_and_line_ends() -> None:
    content = 'Number;Label\n"415-421-8832";"Desk; front\nand back"\n415-421-8833;"a ""b"""\n'
    assert [row.label for row in rows(content)] == ["Desk; front\nand back", 'a "b"']


def test_a_quote_that_is_never_closed_spoils_its_own_row_only() -> None:
    content = "Number,Label\n" + '415-421-8832,"Desk\n' + "".join(f"415421{i:04},Store\n" for i in range(1000, 1100))
    found = judged(content)
    assert len(found) == 101
    assert {code for _, code in found.values()} == {None}


def test_a_cell_longer_than_the_csv_module_bears_spoils_its_own_row_only() -> None:
    content = f'Number,Label\n415-421-8832,"{"x" * 200_000}"\n415-421-8833,Desk\n'
    assert [code for _, code in judged(content).values()] == [None, None]


def test_a_separator_that_a_spreadsheet_names_is_taken() -> None:
    assert rows("sep=;\nNumber;Label\n415-421-8832;One, two, three\n")[0].label == "One, two, three"


def test_numbers_alone_need_no_head() -> None:
    assert judged("415-421-8832\n\nnot one\n416-421-8832") == {
        1: ("+14154218832", None),
        3: ("", "number.none"),
        4: ("+14164218832", None),
    }


def test_one_line_of_numbers_is_a_list_too() -> None:
    assert list(judged("4154218832,4154218833, 4154218834")) == [1, 2, 3]


def test_a_workbook_is_read_with_floats_text_and_what_formulas_gave() -> None:
    content = workbook(
        ["Number", "Label"],
        [4154218832, "whole"],
        [4154218833.0, "float"],
        ["415-421-8834", 12],
        [],
        ["=1+1", "formula"],
    )

    def saved_with(part: str, data: bytes) -> bytes:
        return re.sub(rb"<f>1\+1</f><v ?/>|<f>1\+1</f><v></v>", b"<f>1+1</f><v>4154218835</v>", data)

    assert [(row.line, row.number, row.label) for row in rows(repacked(content, saved_with))] == [
        (2, "4154218832", "whole"),
        (3, "4154218833", "float"),
        (4, "415-421-8834", "12"),
        (6, "4154218835", "formula"),
    ]


def test_a_hidden_or_empty_sheet_before_the_list_is_passed_over() -> None:
    book = Workbook()
    book.active.append(["Instructions"])
    book.active.sheet_state = "hidden"
    book.create_sheet("Empty")
    book.create_sheet("List").append(["415-421-8832"])
    out = BytesIO()
    book.save(out)
    assert judged(out.getvalue()) == {1: ("+14154218832", None)}


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("4154218832.0", ("+14154218832", None)),
        ("14154218832.00", ("+14154218832", None)),
        ("4.154218832E+09", ("+14154218832", None)),
        ("1.4154218832E+10", ("+14154218832", None)),
        ("'4154218832", ("+14154218832", None)),
        ("4.15422E+09", ("", "number.rounded")),
        ("4,15422E+09", ("", "number.rounded")),
    ],
)
def test_what_a_spreadsheet_made_of_a_number_is_undone_or_told(cell: str, found: tuple[str, str | None]) -> None:
    assert judged(f'Number;Label\n"{cell}";x\n') == {2: found}


# what cannot be read


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "sheet.empty"),
        (b"\r\n , ,\r\n", "sheet.empty"),
        (b"%PDF-1.7 4154218832", "sheet.wrong_type"),
        (b"\x89PNG\r\n", "sheet.wrong_type"),
        (b"abc\x01\x02\x03", "sheet.wrong_type"),
        (b"PK\x03\x04 and then nothing", "sheet.broken"),
        (b"Number,Label\n", "sheet.empty"),
        (b"Name,Town\nJoe,Boise\n", "sheet.no_numbers"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_why(content: bytes, code: str) -> None:
    assert read_sheet(content) == Unreadable(code)


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert read_sheet(out.getvalue()) == Unreadable("sheet.wrong_type")


def test_a_workbook_cut_short_is_refused() -> None:
    assert read_sheet(workbook(["Number"], ["415-421-8832"])[:-200]) == Unreadable("sheet.broken")


def test_too_many_rows_are_refused_before_they_are_judged() -> None:
    content = b"Number\n" + b"415-421-8832\n\n" * 11
    assert read_sheet(content, most=10) == Unreadable("sheet.too_many", {"most": "10"})
    assert isinstance(read_sheet(content, most=11), Sheet)
    found = read_sheet(workbook(*[["415-421-8832"]] * 60), most=20)
    assert found == Unreadable("sheet.too_many", {"most": "20"})


def test_blank_rows_do_not_count_and_hide_nothing_behind_them() -> None:
    content = workbook(["Number"], *[[]] * 50, *[[f"41542188{i}"] for i in range(10, 20)])
    found = read_sheet(content, most=10)
    assert isinstance(found, Sheet)
    assert len(list(judge(found))) == 10


@pytest.mark.parametrize(
    "place", [b'r="XFD1048576"', b"r='ZZ1048576'", b'r="AZ9000000"', b'r="&#88;FD1048576"', b'r = "ZZZ1"']
)
def test_a_workbook_with_a_cell_at_the_end_of_the_world_is_not_opened(place: bytes) -> None:
    content = workbook(["Number"], ["415-421-8832"], change=lambda _, data: data.replace(b'r="A2"', place))
    assert read_sheet(content) == Unreadable("sheet.too_large")


def test_a_far_cell_is_seen_in_utf_16_too() -> None:
    def far(part: str, data: bytes) -> bytes:
        moved = data.replace(b'r="A2"', b'r="XFD1048576"').decode()
        return moved.encode("utf-16") if "sheet1" in part else data

    assert read_sheet(workbook(["Number"], ["415-421-8832"], change=far)) == Unreadable("sheet.too_large")


def test_a_workbook_that_unpacks_beyond_measure_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_BYTES", 1_000_000)
    bomb = workbook(["Number"], change=lambda part, data: data + b" " * (2_000_000 if "sheet1" in part else 0))
    assert len(bomb) < 20_000
    assert read_sheet(bomb) == Unreadable("sheet.too_large")


def test_a_part_that_is_larger_than_it_declares_is_not_opened() -> None:
    content = bytearray(
        workbook(["Number"], change=lambda part, data: data + b" " * (90_000 if "sheet1" in part else 0))
    )
    with zipfile.ZipFile(BytesIO(content)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size.to_bytes(4, "little")
    lie = (100).to_bytes(4, "little")
    assert content.count(size) == 2
    assert read_sheet(bytes(content.replace(size, lie))) == Unreadable("sheet.broken")


# which column is what


@pytest.mark.parametrize(
    ("head", "columns"),
    [
        ("Phone Number,Forward to,Campaign,Friendly Name,Client", Columns(0, 1, 2, 3, 4)),
        ("CLIENT;DID;receiving number", Columns(1, 2, None, None, 0)),
        ("label\ttel.", Columns(1, label=0)),
        ("Número,Etiqueta", Columns(0, label=1)),
    ],
)
def test_columns_are_known_by_their_names(head: str, columns: Columns) -> None:
    sign = next(c for c in ",;\t" if c in head)
    phones = {columns.number: "415-421-8832", columns.destination: "415-421-8833"}
    line = sign.join(phones.get(i, f"x{i}") for i in range(head.count(sign) + 1))
    assert read(f"{head}\n{line}\n").columns == columns


def test_a_column_of_numbers_is_known_by_what_stands_in_it() -> None:
    assert read("Label,Leitung\nDesk,415-421-8832\n").columns == Columns(1, label=0)


def test_what_is_not_certain_is_asked_once() -> None:
    content = b"Telephone,Carrier,Label,Empty\n415-421-8832,Verizon,Desk,\n415-421-8833,AT&T,,\n"
    found = read_sheet(content)
    assert found == Ask((Asked(1, "Carrier", ("Verizon", "AT&T"), ""),), {"number": 0, "label": 2})
    sheet = read(content, Columns(0, label=2))
    assert [row_of(sheet, line).label for line, _ in judge(sheet)] == ["Desk", ""]


def test_two_columns_of_numbers_are_asked_about() -> None:
    found = read_sheet(b"415-421-8832,650-421-8832\n415-421-8833,650-421-8832\n")
    assert isinstance(found, Ask)
    assert [each.index for each in found.columns] == [0, 1]
    found = read_sheet(b"Phone,Mobile\n415-421-8832,650-421-8832\n")
    assert isinstance(found, Ask)
    assert [each.guess for each in found.columns] == ["number", "number"]


def test_two_columns_of_one_name_are_asked_about() -> None:
    found = read_sheet(b"Phone,Name,Name\n415-421-8832,Desk,Joe\n")
    assert isinstance(found, Ask)
    assert ([each.index for each in found.columns], found.certain) == ([2], {"number": 0, "label": 1})


# row by row


def test_one_bad_row_spoils_no_other() -> None:
    content = "Number,Label\n415-421-8832,a\n911,b\n,c\n415 421 8833,d,too,many\n416-421-8832\n415.421.8832,e\n"
    assert judged(content, Known(moving={"+14164218832"})) == {
        2: ("+14154218832", None),
        3: ("", "number.special"),
        4: ("", "number.none"),
        5: ("+14154218833", None),
        6: ("+14164218832", "number.in_request"),
        7: ("+14154218832", "number.twice"),
    }


def test_a_destination_that_cannot_be_called_makes_its_row_doubtful() -> None:
    content = "Number,Calls ring at\n415-421-8832,911\n415-421-8833,415-421-8833\n415-421-8834,6504218832.0\n"
    found = list(judge(read(content)))
    assert [(each.verdict, each.code) for _, each in found] == [
        ("doubtful", "destination.not_usable"),
        ("doubtful", "destination.is_moving"),
        ("accepted", None),
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_comes_back_without_its_example(kind: str) -> None:
    content = make_template("xlsx" if kind == "xlsx" else "csv")
    assert read_sheet(content) == Unreadable("sheet.empty")
    filled = with_row(content) if kind == "xlsx" else content + b"415-421-8832,,,,\n"
    sheet = read(filled)
    assert sheet.head == ["Number", "Calls ring at", "Source", "Label", "Account"]
    assert sheet.columns.number == 0
    assert [(line, found.value) for line, found in judge(sheet)] == [(3, "+14154218832")]


def test_an_example_that_was_written_over_is_a_row() -> None:
    content = make_template("csv").decode("utf-8-sig").replace("Website", "Flyer")
    assert judged(content) == {2: ("", "number.special")}


def test_the_report_keeps_every_column_and_runs_no_formula() -> None:
    content = 'Phone,Label,Account\n+14154218832,=HYPERLINK("x"),@a\n911,-1\n\n(415) 421-8832,"+b, c",\td\n'
    sheet = read(content)
    text = report(sheet, judge(sheet), lambda code, _: f"<{code}>").decode("utf-8-sig")
    assert list(csv.reader(StringIO(text, newline=""))) == [
        ["Phone", "Label", "Account", "<list.row.verdict>", "<list.row.code>", "<list.row.what>"],
        ["'+14154218832", '\'=HYPERLINK("x")', "'@a", "accepted", "", ""],
        ["911", "'-1", "", "refused", "number.special", "<number.special>"],
        ["(415) 421-8832", "'+b, c", "'\td", "refused", "number.twice", "<number.twice>"],
    ]


def test_a_report_can_be_sent_again_as_a_list() -> None:
    sheet = read(NUMBERS + "911,,,,\n")
    again = read_sheet(report(sheet, judge(sheet), lambda code, _: code))
    assert isinstance(again, Ask)
    assert again.certain == {"number": 0, "destination": 1, "source": 2, "label": 3, "company": 4}


def test_a_list_of_twenty_thousand_rows_is_judged_as_phonenumbers_does() -> None:
    given = a_list(20_000)
    assert differing(given) == []


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_of_lists_fail(content: bytes) -> None:
    assert isinstance(read_sheet(content), Sheet | Ask | Unreadable)


@given(st.text(alphabet=st.sampled_from('0123456789,;\t|"\n\r ()-ab='), max_size=200))
def test_every_row_with_something_in_it_is_judged_once(text: str) -> None:
    sheet = read_sheet(text.encode())
    if isinstance(sheet, Sheet):
        filled = [line for line, cells in enumerate(sheet.cells, sheet.first_line) if any(map(str.strip, cells))]
        assert [line for line, _ in judge(sheet)] == filled
