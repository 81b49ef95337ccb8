"""Lists in the conversation, as pure decisions: what is asked about them, and what becomes of those replaced."""

from functools import partial

import pytest

from domain.desk.heard import Document
from domain.desk.listed import Kept, list_looked
from domain.desk.state import Errand
from domain.errors import Unreadable
from domain.intake.lists import Found
from domain.numbers.columns import Ask, Asked
from domain.orders.agreed import agreed_of
from domain.values import replace
from tests.domain.standing import at
from tests.domain.talk import Shown, Talk

LIST = Document("file-2", "numbers.csv", "text/csv", 900)
NUMBERS = ("+14154218832", "+14154218833")
KEPT = Kept("list-1", 900)
NOTHING_SHARED = ("", "", "", "")


def found(talk: Talk, fine: int = 2, digest: str = "ab" * 32, **more: object) -> Found:
    paper = max(paper.id for paper in talk.papers.values() if paper.kind == "list")
    known = {"why": (), "shared": NOTHING_SHARED, "numbers": NUMBERS, **more}
    return Found(paper, fine, fine, digest, "2026-11-23", **known)  # type: ignore[arg-type] # one of each above


def errands(talk: Talk, kind: str = "read_list") -> list[Errand]:
    return [errand for errand in talk.errands.values() if errand.kind == kind]


def looked(talk: Talk, came_to: Found | Ask | Unreadable, report: Kept | None = None, of: int = -1) -> list[Shown]:
    """Let a list's errand end."""
    errand = errands(talk)[of]
    decide = partial(list_looked, errand=errand, kept=KEPT, came_to=came_to, report=report)
    return talk._step(errand.request_id, f"errand:{errand.id}", decide)


def test_the_first_thing_somebody_sends_may_be_a_list() -> None:
    talk = Talk()
    (shown,) = talk.document(LIST)
    assert shown.owed.key == "start.welcome+list.reading"
    (shown,) = looked(talk, found(talk))
    assert "All 2 numbers of your list are fine" in shown.text
    (shown,) = talk.press("ls.go")
    assert "Good: 2 numbers" in shown.text
    assert talk.chat.asked == "carrier"
    assert [number.e164 for number in talk.numbers.values()] == list(NUMBERS)


def test_what_stands_under_a_list_is_taken_but_for_numbers() -> None:
    talk = at("numbers")
    talk.document(LIST, caption="please port these, we leave Verizon Wireless")
    looked(talk, found(talk))
    talk.press("ls.go")
    assert talk.case().answer("carrier") == ("verizon", "Verizon Wireless")
    assert talk.chat.asked == "one_bill"


def test_a_list_is_gone_on_with_in_words_too() -> None:
    talk = at("numbers")
    talk.document(LIST)
    looked(talk, found(talk))
    talk.say("yes")
    assert talk.chat.asked == "carrier"


def test_what_all_rows_share_is_not_asked_again() -> None:
    talk = at("numbers")
    talk.document(LIST)
    looked(talk, found(talk, shared=("=+16282000100", "", "=Front", "")))
    talk.press("ls.go")
    assert talk.case().answer("destination") == ("+16282000100",)
    assert talk.case().answer("label") == ("Front",)


def test_a_long_list_is_kept_in_the_case_as_its_first_number_and_its_digest() -> None:
    talk = at("numbers")
    talk.document(LIST)
    looked(talk, found(talk, 2417, numbers=NUMBERS[:1], shared=("list:7:0", "", "", "")))
    talk.press("ls.go")
    agreed = agreed_of(talk.case())
    assert agreed is not None
    assert (agreed.count, agreed.digest) == (2417, "ab" * 32)
    assert talk.case().answer("destination") == ("list", "7", "0")
    assert len(talk.numbers) == 1
    assert "calls to the 2,417 numbers of your list come in" in talk.say("Verizon Wireless")[-1].text


def test_numbers_typed_about_a_list_have_it_read_again_and_old_buttons_grow_old() -> None:
    talk = at("numbers")
    talk.document(LIST)
    (asked,) = looked(talk, found(talk, why=(("number.twice", 1),)))
    (shown,) = talk.say("line 14 is 415-421-8834 and 415-421-8835")
    assert shown.owed.key == "list.rereading"
    assert talk.case().answer("list_fixes") == ("14=+14154218834", "0=+14154218835")
    assert len(errands(talk)) == 1
    assert talk.push(asked, asked.choices[0])[-1].owed.key.startswith("press.stale")
    assert "numbers" not in talk.case().answers


def test_columns_are_asked_about_once_and_the_list_is_read_with_them() -> None:
    talk = at("numbers")
    talk.document(LIST)
    columns = (Asked(0, "A", ("4154218832",), ""), Asked(1, "B", ("4154218833",), ""), Asked(2, "", ("x",), ""))
    (shown,) = looked(talk, Ask(columns, {}))
    assert shown.owed.key.endswith("ask.numbers_which_column")
    assert talk.press("ls.col.1.number")[-1].owed.key.endswith("ask.numbers_column")
    talk.press("ls.col.0.destination")
    assert not errands(talk)
    talk.press("ls.col.rest")
    assert len(errands(talk)) == 1


def test_a_list_that_is_replaced_before_it_was_read_is_given_up() -> None:
    talk = at("numbers")
    talk.document(LIST)
    talk.document(LIST)
    assert looked(talk, found(talk), of=0) == []
    (gone,) = errands(talk, "drop_list")
    assert talk.papers[gone.subject].status == "erased"
    (shown,) = looked(talk, found(talk))
    assert "are fine" in shown.text


def test_a_new_list_gives_up_the_old_one_with_its_report() -> None:
    talk = at("numbers")
    talk.document(LIST)
    looked(talk, found(talk, why=(("number.twice", 1),)), Kept("report-1", 9))
    talk.document(LIST)
    looked(talk, found(talk))
    assert sorted(p.kind for p in talk.papers.values() if p.status == "erased") == ["list", "list_report"]


def test_the_agreed_list_stays_while_a_new_one_is_read_and_looked_at() -> None:
    talk = at("numbers")
    talk.document(LIST)
    looked(talk, found(talk, 300, numbers=NUMBERS[:1]))
    talk.press("ls.go")
    talk.document(LIST)
    looked(talk, found(talk, 200, numbers=NUMBERS[1:]))
    assert not errands(talk, "drop_list")
    talk.press("ls.go")
    assert len(errands(talk, "drop_list")) == 1
    agreed = agreed_of(talk.case())
    assert agreed is not None
    assert agreed.count == 200
    assert [number.e164 for number in talk.numbers.values()] == [NUMBERS[1]]


def test_a_list_is_put_away_and_numbers_are_typed_instead() -> None:
    talk = at("numbers")
    talk.document(LIST)
    looked(talk, found(talk))
    assert talk.press("ls.drop")[-1].owed.key.endswith("ask.numbers")
    talk.say("415-421-8832")
    assert talk.chat.asked == "carrier"
    assert agreed_of(talk.case()) is None


def test_an_expired_draft_leaves_no_list() -> None:
    talk = at("numbers")
    talk.document(LIST)
    looked(talk, found(talk))
    talk.forward(days=60)
    assert talk.request.status == "expired"
    assert [paper.status for paper in talk.papers.values() if paper.kind == "list"] == ["erased"]


def test_a_list_for_a_chat_that_has_turned_elsewhere_comes_back_with_its_request() -> None:
    talk = at("numbers")
    talk.document(LIST)
    came_to = found(talk)
    talk.command("new")
    talk.chat = replace(talk.chat, focus=None)
    looked(talk, came_to)
    assert "are fine" in talk.screen[-1].text


def test_what_could_not_be_read_is_told_and_asked_anew() -> None:
    talk = at("numbers")
    talk.document(LIST)
    (shown,) = looked(talk, Unreadable("sheet.broken"))
    assert shown.owed.key == "sheet.broken+ask.numbers"


@pytest.mark.parametrize("phase", ["staff_review", "submitted"])
def test_a_list_comes_too_late_for_a_request_that_is_with_the_desk(phase: str) -> None:
    talk = at(phase)
    assert talk.document(LIST)[-1].owed.key.startswith("list.too_late")
    assert not errands(talk)


def test_a_list_after_a_request_is_over_begins_another() -> None:
    talk = at("ported")
    before = talk.ref
    talk.document(LIST)
    assert talk.ref != before
    assert len(errands(talk)) == 1


def test_a_list_that_was_signed_over_meanwhile_is_given_up_and_said_so() -> None:
    talk = at("review")
    talk.document(LIST)
    came_to = found(talk)
    talk.answer("review")
    talk.answer("signature")
    assert looked(talk, came_to)[-1].owed.key == "list.too_late"
    assert len(errands(talk, "drop_list")) == 1


def test_a_file_larger_than_telegram_gives_is_refused_at_once() -> None:
    talk = at("numbers")
    assert talk.document(Document("f", "a.csv", "", 21 * 1024 * 1024))[-1].owed.key.startswith("list.refused.too_large")


COLUMNS = (Asked(0, "", ("4154218832",), ""), Asked(1, "Ring", ("4154218833",), ""), Asked(2, "Shop", ("x",), ""))


def asked_about() -> Talk:
    talk = at("numbers")
    talk.document(LIST)
    looked(talk, Ask(COLUMNS, {}))
    return talk


@pytest.mark.parametrize("said", ["column A", "A", "the numbers are in column a please", "column 1"])
def test_a_column_is_chosen_by_its_letter_in_words(said: str) -> None:
    talk = asked_about()
    assert "What is in column B (Ring)?" in talk.say(said)[-1].text
    assert "What is in column C (Shop)?" in talk.say("where calls ring at")[-1].text
    assert talk.say("nothing")[-1].owed.key == "ask.numbers_being_read"
    assert len(errands(talk)) == 1


def test_a_column_is_chosen_by_its_name_and_the_rest_left_out_in_words() -> None:
    talk = asked_about()
    assert "What is in column A?" in talk.say("Ring")[-1].text
    talk.say("skip the rest")
    assert talk.case().answer("list_columns") == ("1=number", "rest")


def test_other_words_leave_the_column_open_and_a_column_far_off_is_none() -> None:
    talk = asked_about()
    for said in ("hm what do you mean by that", "column ZZ", "row 99"):
        assert talk.say(said)[-1].owed.key == "list.choose_column+ask.numbers_which_column"
    assert "I asked what stands in its columns" in talk.command("status")[-1].text
    talk.say("column A")
    assert talk.say("a big cat")[-1].owed.key == "list.choose_column+ask.numbers_column"


def test_a_number_typed_while_columns_are_asked_is_taken() -> None:
    talk = asked_about()
    talk.say("415-421-8832")
    assert talk.chat.asked == "carrier"


def test_how_it_stands_with_a_list_is_told_to_who_asks() -> None:
    talk = at("numbers")
    talk.document(LIST)
    assert talk.say("is the list ok?")[-1].owed.key == "list.still_reading"
    assert "I am reading it" in talk.command("status")[-1].text
    looked(talk, found(talk, why=(("number.twice", 1),)))
    assert talk.say("so what now? is the list ok")[-1].owed.key == "ask.numbers_list"
    assert "2 of 2 numbers are fine" in talk.command("status")[-1].text
    talk.press("ls.go")
    assert talk.say("did you get my list?")[-1].owed.key == "list.taken+ask.carrier_many"


def test_how_it_stands_with_an_agreed_list_is_told_too() -> None:
    talk = at("numbers")
    talk.document(LIST)
    looked(talk, found(talk, 2417, numbers=NUMBERS[:1]))
    talk.press("ls.go")
    shown = talk.say("is my list fine?")
    assert "Good: 2,417 numbers, as in your list." in shown[-1].text
    talk.say("Verizon Wireless")
    assert "and 2,416 more" in talk.command("status")[-1].text


def test_the_company_of_numbers_that_come_as_a_list_is_kept() -> None:
    talk = Talk()
    assert talk.say("our numbers are all with Bandwidth, list comes")[-1].owed.key.startswith("text.also_noted+")
    assert talk.case().answer("carrier") == ("bandwidth", "Bandwidth")
    talk.document(LIST)
    looked(talk, found(talk))
    talk.press("ls.go")
    assert talk.chat.asked == "one_bill"


def test_a_fault_of_ours_is_worded_by_the_kind_of_file_and_the_desk_is_told() -> None:
    talk = at("numbers")
    for document, key in ((LIST, "crashed_text"), (Document("f", "a.xlsx", "", 9), "crashed")):
        talk.document(document)
        (shown,) = looked(talk, Unreadable("list.refused.crashed"))
        assert shown.owed.key == f"list.refused.{key}+ask.numbers"
        assert "our desk has been told" in shown.text
        assert "could not be read: an error of ours" in talk.posts[-1]


def test_after_a_list_that_could_not_be_read_its_columns_are_asked_no_more() -> None:
    talk = asked_about()
    for said in ("column A", "skip the rest"):
        talk.say(said)
    (shown,) = looked(talk, Unreadable("sheet.broken"))
    assert shown.owed.key == "sheet.broken+ask.numbers"


def test_which_sheet_was_read_is_said_where_another_holds_numbers_too() -> None:
    talk = at("numbers")
    talk.document(LIST)
    errand = errands(talk)[-1]
    decide = partial(list_looked, errand=errand, kept=KEPT, came_to=found(talk), sheets=("North", "South", "West"))
    (shown,) = talk._step(errand.request_id, f"errand:{errand.id}", decide)
    assert "I read the sheet “North” of your file. Not read: South, West." in shown.text
