"""Numbers of one request that go different ways: split into orders, moved one by one, told and counted truly."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.wording import slack_text, telegram_text
from domain.desk import staff
from domain.desk.counting import counted
from domain.desk.eyes import WAS_DATED, watched
from domain.desk.only import read_only
from domain.desk.risks import AskFirst, read_carried
from domain.desk.roles import Role
from domain.desk.state import Moment
from domain.errors import Refused
from domain.orders.model import Case
from domain.orders.phases import PHASES, roll_up
from tests.domain.talk import ROSA, Talk
from tests.domain.ways import WIRELESS, fill

FIRST, SECOND, THIRD = "415-421-8832", "415-421-8833", "415-421-8834"
ALL = f"{FIRST}, {SECOND}, {THIRD}"


def at_desk() -> Talk:
    """Return a request for three numbers that the desk has."""
    talk = Talk()
    fill(talk, {**WIRELESS, "numbers": ALL})
    assert talk.request.status == "staff_review"
    return talk


def sent() -> Talk:
    """Return the same split in two and sent out: the last number as order 2."""
    talk = at_desk()
    for verb, said in (("split", f"{THIRD}: another rate center"), ("submit", "#1 VZ-1"), ("submit", "#2 VZ-2")):
        told = talk.staff(verb, said)
        assert not told.error, told
        talk.forward(seconds=61)
    return talk


def phases(talk: Talk) -> list[str]:
    return [number.phase for number in talk.case().numbers]


def refusal(talk: Talk, verb: str, said: str) -> str:
    told = talk.staff(verb, said)
    assert told.error
    return slack_text(told.key, told.params)


def test_a_number_that_travels_apart_has_an_order_number_phase_and_date_of_its_own() -> None:
    talk = sent()
    assert [order.carrier_order for order in talk.case().orders] == ["VZ-1", "VZ-2"]
    talk.staff("advance", "#2")
    assert phases(talk) == ["submitted", "submitted", "carrier_review"]
    talk.staff("advance", "#2")
    talk.staff("date", "#2 2026-12-03")
    assert [str(number.port_date) for number in talk.case().numbers] == ["None", "None", "2026-12-03"]
    assert {order.id: order.status for order in talk.case().orders} == dict(
        zip([order.id for order in talk.case().orders], ["submitted", "scheduled"], strict=True)
    )


def test_the_customer_is_told_why_it_is_split_and_then_of_what_changed_alone() -> None:
    talk = at_desk()
    talk.staff("split", f"{THIRD}: another rate center")
    [told, *_] = [shown.text for shown in talk.forward(seconds=61)]
    assert "Order 1: (415) 421-8832, (415) 421-8833" in told
    assert "Order 2: (415) 421-8834" in told
    assert "another rate center" in told
    talk.staff("submit", "#2 VZ-2")
    [told, *_] = [shown.text for shown in talk.forward(seconds=61)]
    assert "(415) 421-8834" in told
    assert "sent to" in told
    assert "8832" not in told.partition("Of 3 numbers")[0]
    assert "Of 3 numbers: sent 1, with our desk 2." in told


def test_what_is_asked_behind_news_of_another_refusal_says_which_of_them_it_is_about() -> None:
    talk = sent()
    assert not talk.staff("reject", "8832 unpaid balance").error
    talk.forward(seconds=61)
    assert not talk.staff("reject", "8834 name mismatch").error
    text = talk.forward(seconds=61)[-1].text
    assert "the name does not match" in text
    assert "This is still open, too:" in text
    assert "is not paid yet" in text.partition("still open")[2]


def test_dates_of_two_orders_are_told_each_and_a_moved_one_with_the_day_before() -> None:
    talk = sent()
    for said in ("#1", "#1", "#2", "#2"):
        talk.staff("advance", said)
        talk.forward(seconds=61)
    talk.staff("date", "#1 2026-12-03")
    talk.staff("date", "#2 2026-12-04")
    text = talk.forward(seconds=61)[0].text
    assert "Thursday, 2026-12-03" in text
    assert "Friday, 2026-12-04" in text
    talk.staff("date", "8834 2026-12-08")
    text = talk.forward(seconds=61)[0].text
    assert "from 2026-12-04 to" in text
    assert "12-03" not in text
    assert "slip" in text


def test_of_one_refused_number_the_others_go_on_and_nothing_hides_it() -> None:
    talk = sent()
    talk.staff("reject", "#2 wrong name: Verizon has M. Jones")
    assert talk.request.status == "needs_attention"
    text = talk.forward(seconds=61)[0].text
    assert "(415) 421-8834" in text
    assert "the name does not match" in text
    assert phases(talk) == ["submitted", "submitted", "rejected"]
    talk.staff("advance", "#1")
    assert phases(talk)[:2] == ["carrier_review", "carrier_review"]
    status = talk.command("status")[-1].text
    assert "1" in status
    assert "refused it for now" in status
    assert "yours" in status


def test_one_of_several_is_completed_and_the_others_are_still_on_their_way() -> None:
    talk = sent()
    for _ in range(2):
        talk.staff("advance")
    talk.staff("date", "2026-12-03")
    talk.forward(days=9)
    talk.staff("complete", "8832")
    assert phases(talk) == ["ported", "scheduled", "scheduled"]
    text = next(shown.text for shown in talk.forward(seconds=61) if "News about" in shown.text)
    assert "(415) 421-8832" in text
    assert "moved" in text
    assert "keep your old service" in text
    assert "telephone of another company" in text


def test_a_split_is_taken_back_by_undo_and_by_off() -> None:
    talk = at_desk()
    before = talk.case().numbers
    talk.staff("split", f"{SECOND}, {THIRD}")
    assert len(talk.case().orders) == 2
    talk.staff("undo")
    assert len(talk.case().orders) == 1
    assert [n.order_id for n in talk.case().numbers] == [n.order_id for n in before]
    assert talk.forward(seconds=61) == []
    talk.staff("split", "8833 and 8834")
    assert not talk.staff("split", "off").error
    assert len(talk.case().orders) == 1
    assert talk.staff("split", "off").error


@pytest.mark.parametrize(
    ("verb", "said", "because"),
    [
        ("split", ALL, "Which numbers"),
        ("split", "nothing at all", "Which numbers"),
        ("split", "#2", "no order #2"),
        ("advance", "212-555-0123", "no number of"),
        ("date", "#7 2026-12-03", "no order #7"),
    ],
)
def test_what_names_no_numbers_of_the_request_is_refused_with_those_that_it_has(
    verb: str, said: str, because: str
) -> None:
    talk = at_desk()
    assert because in refusal(talk, verb, said)
    assert phases(talk) == ["staff_review"] * 3


def test_an_order_number_is_for_one_whole_order() -> None:
    talk = at_desk()
    talk.staff("split", "8834")
    assert "#1 (415) 421-8832, (415) 421-8833; #2 (415) 421-8834" in refusal(talk, "submit", "VZ-9")
    assert "whole" in refusal(talk, "submit", f"{FIRST} VZ-9")
    assert not talk.staff("submit", "#1 VZ-9").error
    assert phases(talk) == ["submitted", "submitted", "staff_review"]


def test_a_step_that_fits_some_of_the_numbers_says_which() -> None:
    talk = sent()
    talk.staff("advance", "#2")
    talk.staff("advance", "#2")
    said = refusal(talk, "date", "2026-12-03")
    assert "(415) 421-8834" in said
    assert "Accepted, no date yet: 1 of 3, Submitted: 2" in said


def test_what_is_for_some_numbers_is_undone_for_these_alone() -> None:
    talk = sent()
    talk.staff("advance", "#1")
    talk.staff("reject", "#2 wrong pin")
    talk.staff("undo")
    assert phases(talk) == ["carrier_review", "carrier_review", "submitted"]
    talk.staff("undo")
    assert phases(talk) == ["submitted"] * 3


def read(case: Case, verb: str, said: str) -> tuple[list[str], str]:
    found = read_only(case, verb, said)
    return [number.e164[-4:] for number in found.numbers], found.rest


@pytest.mark.parametrize(
    ("verb", "said", "numbers", "rest"),
    [
        ("advance", "", "8832 8833 8834", ""),
        ("date", "12/1", "8832 8833 8834", "12/1"),
        ("date", "2026-12-01", "8832 8833 8834", "2026-12-01"),
        ("date", "8833 12/1", "8833", "12/1"),
        ("date", "…8833, 8834: next tue", "8833 8834", "next tue"),
        ("date", "#2 8832 12/1", "8832 8834", "12/1"),
        ("submit", "8833", "8832 8833 8834", "8833"),
        ("submit", "#2 8833", "8834", "8833"),
        ("submit", "4154218833 88123", "8833", "88123"),
        ("submit", "2125550123", "8832 8833 8834", "2125550123"),
        ("submit", "#88123", "8832 8833 8834", "#88123"),
        ("reject", "(415) 421-8833 & 8834 wrong pin: 8C", "8833 8834", "wrong pin: 8C"),
        ("note", "8833 called twice", "8832 8833 8834", "8833 called twice"),
        ("cancel", "8832 stopped", "8832", "stopped"),
    ],
)
def test_numbers_before_an_argument_are_told_from_the_argument(verb: str, said: str, numbers: str, rest: str) -> None:
    talk = at_desk()
    talk.staff("split", "8834")
    assert read(talk.case(), verb, said) == (numbers.split(), rest)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["", "#1", "#2", "#3", "8832", "8833", "8834", "8832 8834"]),
        st.sampled_from(
            ["split", "split off", "submit VZ", "advance", "reject name", "date 2026-12-03", "complete", "undo"]
        ),
        st.booleans(),
    ),
    max_size=14,
)


@settings(max_examples=120, deadline=None)
@given(STEPS)
def test_whatever_is_done_to_which_numbers_roll_ups_are_true_and_nothing_else_moves(
    steps: list[tuple[str, str, bool]],
) -> None:
    talk, serial = at_desk(), itertools.count(1)
    for which, step, waits in steps:
        verb, _, rest = step.partition(" ")
        before = {n.id: n for n in talk.case().numbers}
        said = f"{which} {rest}{next(serial) if verb == 'submit' else ''}".strip() if verb != "undo" else ""
        try:
            chosen = {n.id for n in read_only(talk.case(), verb, said).numbers}
        except Refused:
            chosen = set()
        told = talk.staff(verb, said)
        if waits:
            talk.forward(seconds=61)
        after = {n.id: n for n in talk.case().numbers}
        if told.error:
            assert after == before
        elif verb not in ("undo", "split"):
            assert all(after[at] == before[at] for at in before if at not in chosen)
        check(talk)


def check(talk: Talk) -> None:
    """Look that the request and its orders say what their numbers are."""
    case = talk.case()
    assert case.request.status == roll_up(tuple(n.phase for n in case.numbers))
    assert {n.order_id for n in case.numbers} == {order.id for order in case.orders}
    for order in case.orders:
        assert order.status == roll_up(tuple(n.phase for n in case.numbers if n.order_id == order.id))


@given(st.lists(st.sampled_from(sorted(PHASES)), min_size=1, max_size=12))
def test_a_sum_names_what_was_refused_and_adds_up(each: list[str]) -> None:
    found = counted(each)
    if len(set(each)) == 1:
        assert found == ""
        return
    text = slack_text("card.sum", {"stand": found})
    assert ("Rejected" in text) == ("rejected" in each)
    figures = [int(part) for part in text.replace(" of ", "/").replace(",", " ").split() if part.isdecimal()]
    firsts = [
        int(part.partition("/")[0]) for part in text.replace(" of ", "/").replace(",", " ").split() if "/" in part
    ]
    assert sum(figures) + sum(firsts) == len(each)
    telegram_text("notice.parts_sum", {"sum": counted(each, to_customer=True), "carrier": "Verizon"}, "en")


# beside each other


def dated() -> Talk:
    """Return the same with a day for every number, the customer told of it."""
    talk = sent()
    for verb, said in (("advance", ""), ("advance", ""), ("date", "2026-12-03")):
        assert not talk.staff(verb, said).error
        talk.forward(seconds=61)
    return talk


def test_what_goes_out_after_another_number_has_moved_is_not_called_ours() -> None:
    talk = dated()
    talk.staff("reject", "8834 account number")
    talk.forward(seconds=61)
    talk.press("fixed")
    talk.staff("complete", "#1")
    talk.forward(seconds=61)
    assert talk.staff("submit", "#2 VZ-3").key.endswith("submit.pin_used")  # the carrier had accepted it before
    talk.say("771155")
    assert talk.staff("submit", "#2 VZ-3").key.endswith("submit.done")


def test_a_date_taken_back_is_no_way_round_who_may_stop_a_dated_move() -> None:
    talk = dated()
    talk.staff("lost")
    assert watched("cancel", talk.case()) == "cancel_late"
    talk.staff("undo")
    assert WAS_DATED not in talk.case().answers


def test_a_guess_at_the_reason_is_for_the_numbers_that_were_named_alone() -> None:
    talk = dated()
    asked = talk.staff("reject", "8834 the account number does not match our records", is_sure=False)
    assert asked.key == "reject.looks_like"
    wish = staff.Order(ROSA, "reject", "8834 the account number does not match our records", Role.ADMIN)
    ids = itertools.count(10_000)
    with pytest.raises(AskFirst) as guess:
        staff.act(talk.state(talk.newest), Moment(talk.now, "e", lambda: next(ids), lambda: ""), wish, talk.policy)
    carried = read_carried(guess.value.again)
    assert carried is not None
    assert carried[2].startswith("4154218834 ACCOUNT_NUMBER_WRONG")


def test_what_moved_before_stays_ours_when_a_later_move_is_taken_back() -> None:
    talk = dated()
    talk.forward(days=9)
    talk.staff("complete", "8832")
    talk.forward(seconds=61)
    talk.staff("complete", "8833")
    assert {"+14154218832", "+14154218833"} <= talk.ported
    talk.staff("undo")
    assert "+14154218832" in talk.inventory
    assert "+14154218833" not in talk.inventory


@pytest.mark.parametrize("said", ["stop 8833 after all", "I dont want to port 8833 any more", "cancel 415-421-8833"])
def test_a_wish_to_stop_one_number_may_name_it_by_its_last_four_digits(said: str) -> None:
    talk = sent()
    [shown] = talk.say(said)
    assert "(415) 421-8833" in shown.text
    assert "8832" not in shown.text
    assert "cancel.yes" in repr([choice.code for choice in shown.choices])


def test_a_second_look_at_cancelling_one_number_says_that_the_others_go_on() -> None:
    talk = at_desk()
    ids, wish = itertools.count(10_000), staff.Order(ROSA, "cancel", "8833", Role.ADMIN)
    with pytest.raises(AskFirst) as asked:
        staff.act(talk.state(talk.newest), Moment(talk.now, "e", lambda: next(ids), lambda: ""), wish, talk.policy)
    assert "the others of the request go on" in slack_text(asked.value.code, asked.value.params)
