"""Lists after a review: what was agreed to stays, secrets go no further, and nothing odd in a sheet breaks a turn."""

import pytest

from domain.companies import WAITING
from domain.errors import Unreadable
from domain.intake.lists import Found, columns_of, params, read_numbers, words, write_ask
from domain.numbers.cells import read_cells
from domain.numbers.columns import Ask, Asked, Columns
from domain.numbers.hiding import is_secret_cell, names_secrets
from domain.numbers.listing import Looked, look_through, shared_by
from domain.numbers.portability import NOTHING
from domain.numbers.sheets import Sheet, read_rows, read_sheet
from domain.numbers.workbooks import write_workbook
from domain.orders.agreed import Agreed, agreed_of
from domain.values import replace
from tests.domain.standing import at
from tests.domain.talk import Talk
from tests.domain.test_list_talk import LIST, NUMBERS, errands, found, looked

FIX = "line 14 is 415-421-8834"


def a_long_list(talk: Talk, digest: str = "ab") -> Found:
    return found(talk, 300, digest * 32, numbers=NUMBERS[:1])


def with_a_long_list() -> Talk:
    talk = at("numbers")
    talk.document(LIST)
    looked(talk, a_long_list(talk))
    return talk


def the_agreed(talk: Talk) -> Agreed:
    agreed = agreed_of(talk.case())
    assert agreed is not None
    return agreed


def sheet_of(text: str) -> Sheet:
    sheet = read_sheet(text.encode())
    assert isinstance(sheet, Sheet), sheet
    return sheet


def looked_through(text: str) -> Looked:
    sheet = sheet_of(text)
    return look_through(sheet, read_rows(sheet), NOTHING, lambda code, _params: code)


def asked_of(text: str) -> Ask:
    asked = read_sheet(text.encode())
    assert isinstance(asked, Ask), asked
    return asked


def test_what_is_put_right_is_read_into_rows_of_its_own() -> None:
    talk = with_a_long_list()
    (first,) = [paper for paper in talk.papers.values() if paper.kind == "list"]
    talk.say(FIX)
    (errand,) = errands(talk)
    again = talk.papers[errand.subject]
    assert again.id != first.id
    assert (again.status, again.object_key, again.file_id) == ("wanted", None, first.file_id)


def test_a_list_gone_on_with_while_it_is_read_again_is_what_was_shown_and_the_new_one_is_asked_about() -> None:
    talk = with_a_long_list()
    (first,) = [paper.id for paper in talk.papers.values() if paper.kind == "list"]
    talk.say(FIX)
    talk.say("go")
    assert the_agreed(talk).paper == first
    looked(talk, a_long_list(talk, "cd"))
    assert talk.chat.asked == "numbers"
    assert not errands(talk, "drop_list")
    talk.press("ls.go")
    agreed = the_agreed(talk)
    assert (agreed.paper == first, agreed.digest) == (False, "cd" * 32)
    assert [errand.subject for errand in errands(talk, "drop_list")] == [first]


def test_a_second_correction_is_no_second_reading_of_the_same_rows() -> None:
    talk = with_a_long_list()
    talk.say(FIX)
    talk.say("line 15 is 415-421-8835")
    assert len({errand.subject for errand in errands(talk)}) == 2


def test_a_reading_that_fails_leaves_what_was_found_before() -> None:
    talk = with_a_long_list()
    (first,) = [paper.id for paper in talk.papers.values() if paper.kind == "list"]
    talk.say(FIX)
    looked(talk, Unreadable("list.refused.gone"))
    talk.press("ls.go")
    assert the_agreed(talk).paper == first
    assert first not in {errand.subject for errand in errands(talk, "drop_list")}


def sign(talk: Talk) -> None:
    """Put the request before the desk."""
    talk.numbers = {each.id: replace(each, phase="staff_review") for each in talk.numbers.values()}
    talk.orders = {key: replace(each, status="staff_review") for key, each in talk.orders.items()}
    talk.requests[talk.newest] = replace(talk.request, status="staff_review")


def test_what_is_typed_after_signing_puts_nothing_right() -> None:
    talk = with_a_long_list()
    talk.say("go")
    sign(talk)
    answers = talk.answers[talk.newest]
    answers["numbers"] = replace(answers["numbers"], reopened=True)  # as by staff
    talk.chat = replace(talk.chat, asked="numbers")
    talk.say(FIX)
    assert not errands(talk)
    assert "list_fixes" not in talk.case().answers


def test_what_is_typed_while_an_administrator_looks_at_the_request_puts_nothing_right() -> None:
    talk = with_a_long_list()
    talk.requests[talk.newest] = replace(talk.request, approval=WAITING)
    talk.say(FIX)
    assert not errands(talk)
    assert "list_fixes" not in talk.case().answers


@pytest.mark.parametrize("text", [
    "abc.number", "5=x=y.z", "0.pin", "7.number", "-1.number", "0", "", "0.", "rest.number", "0.number.x",
    "\u0661.number",
])  # fmt: skip
def test_a_forged_column_is_no_answer(text: str) -> None:
    talk = at("numbers")
    talk.document(LIST)
    columns = (Asked(0, "A", ("4154218832",), ""), Asked(1, "B", ("4154218833",), ""))
    looked(talk, Ask(columns, {}))
    assert isinstance(read_numbers(f"ls.col.{text}", talk.case()), Unreadable)
    talk.say(f"ls.col.{text}")
    assert "list_columns" not in talk.case().answers


def test_a_column_is_no_answer_where_none_is_asked_about() -> None:
    assert isinstance(read_numbers("ls.col.0.number", with_a_long_list().case()), Unreadable)


def test_a_control_character_in_a_column_in_doubt_breaks_nothing() -> None:
    talk = at("numbers")
    talk.document(LIST)
    looked(talk, Ask((Asked(0, "A\x1fB", ("4\x1f5",), ""), Asked(1, "C", ("4154218833",), "")), {}))
    case = talk.case()
    assert words(case) == "ask.numbers_which_column"
    assert params(case) == {"column": "A (AB)", "samples": "45"}
    assert all(part.count("\x1f") == 3 for part in write_ask(Ask((Asked(0, "\x1f", ("\x1f",), ""),), {}))[1:])
    assert columns_of(case) is None


def test_control_characters_are_stripped_from_every_cell() -> None:
    said = "Num\x1fber,La\x7fbel\n4154218832,a\x1fb\x00c\x85d and what else may stand in such a list of numbers\n"
    expected = [["Number", "Label"], ["4154218832", "abcd and what else may stand in such a list of numbers"]]
    assert read_cells(said.encode(), 9) == expected


def test_control_characters_of_a_workbook_are_stripped_too() -> None:
    rows = read_cells(write_workbook([["Number", "A_x001F_B"], ["4154218832", "c_x0000_d_x0007_"]], "x"), 9)
    assert rows == [["Number", "AB"], ["4154218832", "cd"]]


def test_a_line_break_in_a_label_does_not_go_on_a_card() -> None:
    (entry,) = looked_through('Number,Label\n4154218832,"Front\n\tdesk"\n').entries
    assert entry.label == "Front desk"


@pytest.mark.parametrize("head", [
    "PIN", "Transfer PIN", "port_out_pin", "PINCode", "SSN", "Social Security #", "Password", "Pass code",
    "accountNumber", "Account No.", "Acct #", "Carrier account number", "Número de cuenta", "PIN 482913",
])  # fmt: skip
def test_a_column_named_for_a_secret_is_known(head: str) -> None:
    assert names_secrets(head)


@pytest.mark.parametrize(
    "head", ["Number", "Calls ring at", "Source", "Label", "Account", "Shipping", "Opinion", "Company name", ""]
)
def test_other_columns_are_not(head: str) -> None:
    assert not names_secrets(head)


def test_a_column_of_secrets_is_neither_asked_about_nor_shown() -> None:
    rows = "\n".join(f"415421883{n},48291{n},99887766{n},town,note" for n in range(3))
    asked = asked_of(f"Number,PIN,Account Number,City,Other\n{rows}\n")
    assert [column.head for column in asked.columns] == ["City", "Other"]
    assert "48291" not in repr(asked)
    assert "998877" not in repr(asked)


def test_a_column_without_a_name_that_holds_secrets_is_not_asked_about() -> None:
    asked = asked_of("4154218832,482913,main\n4154218833,482914,desk\n")
    assert [column.index for column in asked.columns] == [2]


def test_account_numbers_that_look_like_phone_numbers_are_not_the_numbers_to_move() -> None:
    assert sheet_of("Account Number,To go\n4154218832,4154218835\n").columns == Columns(1)


def test_a_sample_that_is_a_secret_is_not_shown() -> None:
    asked = asked_of('A,B\n4154218832,4154218833\n"acct 998877665 PIN 482913",4154218834\n')
    assert [column.samples for column in asked.columns] == [("4154218832",), ("4154218833", "4154218834")]


def test_a_label_that_holds_a_secret_is_left_out() -> None:
    looked_at = looked_through(
        "Number,Source,Label,Account\n4154218832,web,acct 998877665 PIN 482913,Acme\n"
        "4154218833,web,front desk,998877665\n4154218834,PIN: 4829,front desk,Acme\n"
    )
    assert [(each.source, each.label, each.company) for each in looked_at.entries] == [
        ("web", "", "Acme"), ("web", "front desk", ""), ("", "front desk", "Acme"),
    ]  # fmt: skip


def test_a_label_that_all_rows_share_is_no_secret_either() -> None:
    entries = looked_through("Number,Label\n4154218832,acct 998877665 PIN 482913\n").entries
    assert shared_by(entries, "label") == ""


def test_the_report_makes_no_second_copy_of_secrets() -> None:
    report = looked_through(
        "Number,PIN,Label\n911,hunter,acct 998877665 PIN 482913\n4154218832,swordfish,main\nPIN 77123,x,y\n"
    ).report.decode()
    for secret in ("hunter", "swordfish", "998877665", "482913", "77123"):
        assert secret not in report
    assert "911" in report


def test_a_phone_number_in_a_label_is_no_secret() -> None:
    assert not is_secret_cell("415-421-8832")
    assert is_secret_cell("x" * 5000)


def test_a_correction_that_is_read_after_signing_is_said_to_be_too_late_and_the_signed_list_stays() -> None:
    talk = with_a_long_list()
    talk.say(FIX)
    talk.say("go")
    signed = the_agreed(talk)
    sign(talk)
    assert looked(talk, a_long_list(talk, "cd"))[-1].owed.key == "list.too_late"
    assert the_agreed(talk) == signed
    assert signed.paper not in {errand.subject for errand in errands(talk, "drop_list")}
