"""Where things stand: one message that is edited in place, a button for each other request, nothing told too early."""

import pytest

from domain.desk.state import Owed
from domain.intake.about import carrier_name
from domain.numbers import Phone, show
from domain.orders.phases import PHASES
from domain.values import replace
from tests.domain.standing import at_phase
from tests.domain.talk import Shown, Talk
from tests.domain.ways import LANDLINE, WIRELESS, begun, fill, keys, tell

DAY = "2026-12-01"
SHOWN = [phase.id for phase in PHASES.values() if phase.id not in ("intake", "screening") and not phase.terminal]

TRUTHS = (
    "Tuesday, 2026-12-01",
    "three days early",
    "may still slip",
    "Nobody can guarantee",
    "Other numbers may get other dates",
    "10 days after the later of this date and the day it has really moved",
)


def _codes(shown: list[Shown]) -> list[str]:
    return [choice.code for each in shown for choice in each.choices]


def phone_of(talk: Talk) -> str:
    return show(Phone(talk.number.e164))


def _two() -> Talk:
    """Return a conversation with a named request at the carrier and a draft."""
    talk = begun(WIRELESS)
    tell(talk, "/name Mom's phone")
    talk.staff("submit")
    talk.forward(seconds=61)
    tell(talk, "/new", "415-421-8840, Verizon Wireless")
    return talk


def _edits(talk: Talk) -> list[Owed]:
    return [owed for owed in talk.owed if owed.kind == "status" and owed.params["message"] == "last"]


@pytest.mark.parametrize("phase", SHOWN)
def test_each_number_its_date_or_since_when_the_ball_and_what_comes_next_are_shown(phase: str) -> None:
    talk = at_phase(phase)
    (shown,) = talk.command("status")
    assert shown.owed.kind == "status"
    assert shown.owed.params["message"] == ""
    assert talk.ref in shown.text
    assert phone_of(talk) in shown.text
    assert ("2026-12-01" if phase in ("scheduled", "activating") else "since 2026-11-2") in shown.text
    ball = {"customer": "yours", "desk": "our desk", "carrier": carrier_name(talk.case())}[PHASES[phase].ball]
    assert f"turn it is: {'<b>yours</b>' if ball == 'yours' else ball}" in shown.text
    assert "Next: " in shown.text
    assert "{" not in shown.text
    assert f"explain.{phase}" in _codes([shown])


def test_the_old_service_is_kept_until_ten_days_after_the_later_of_date_and_completion() -> None:
    (scheduled,) = at_phase("scheduled").command("status")
    assert "<b>Keep your old service on</b> until 2026-12-11" in scheduled.text
    talk = at_phase("scheduled")
    talk.forward(days=12)
    talk.staff("complete")
    talk.forward(seconds=61)
    (ported,) = tell(talk, "/status")
    assert "Keep your old service until 2026-12-15" in ported.text


def test_what_is_closed_has_moved_on_its_day() -> None:
    """A finding of a conversation talked through: it read "moved, and closed on" the day of the move."""
    talk = at_phase("closed")
    (shown,) = talk.command("status")
    assert talk.number.port_date is not None
    assert f", {talk.number.port_date.isoformat()}, and closed" in shown.text


def test_what_has_ended_without_a_move_has_no_day_any_more() -> None:
    """A finding of a conversation talked through: "cancelled for" the day on which it should have moved."""
    talk = at_phase("scheduled")
    talk.staff("cancel", "stopped")
    talk.forward(seconds=61)
    (shown,) = talk.command("status")
    assert "</b>: cancelled (since 2026-11-23" in shown.text


def test_a_day_that_has_passed_is_the_desks_to_look_after() -> None:
    talk = at_phase("scheduled")
    talk.forward(days=9)
    (shown,) = talk.command("status")
    assert "has passed, and our desk is asking" in shown.text
    assert "turn it is: our desk" in shown.text


def test_three_numbers_have_a_line_each_and_twelve_that_stand_alike_one() -> None:
    talk = begun(LANDLINE)
    (shown,) = talk.command("status")
    assert shown.text.count("with our desk (since") == 3
    many = begun({**LANDLINE, "numbers": ", ".join(f"415-421-88{n}" for n in range(30, 42))})
    (shown,) = many.command("status")
    assert shown.text.count("with our desk (since") == 1
    (line,) = (each for each in shown.text.split("\n") if "with our desk (since" in each)
    assert [f"-88{n}" in line for n in range(30, 42)] == [True] * 12


def test_of_many_numbers_those_that_stand_alike_have_one_line_and_the_refused_one_is_named_in_what_comes_next() -> None:
    many = begun({**LANDLINE, "numbers": ", ".join(f"415-421-88{n}" for n in range(30, 42))})
    steps = (("submit", "V1"), ("advance", ""), ("advance", ""), ("reject", "8841 name mismatch"), ("advance", "8830"))
    for verb, said in steps:
        assert not many.staff(verb, said).error
        many.forward(seconds=61)
    text = many.command("status")[-1].text
    assert "Of 12 numbers: accepted 1, being reviewed 10, refused for now 1." in text
    assert text.count("<b>") == 6  # the title, three lines, whose turn it is, the old service
    assert "found wrong with (415) 421-8841" in text


def test_of_many_numbers_what_waits_for_the_customer_stands_first() -> None:
    """A finding of a conversation talked through: the refused one was among the "2 more" that were not shown."""
    talk = begun({**LANDLINE, "numbers": ", ".join(f"415-421-88{n}" for n in range(30, 42))})
    for verb, argument in (("submit", "88123"), ("advance", "8830, 8831"), ("reject", "8841 number not active")):
        assert not talk.staff(verb, argument).error
    talk.forward(seconds=61)
    (shown,) = talk.command("status")
    refused, compared, sent = (line for line in shown.text.split("\n") if "<b>(415)" in line)
    assert "-8841</b>: Comcast Business refused it for now: number not active (since" in refused
    assert "<b>Keep your old service on</b>, for all of them, until I write" in shown.text
    assert _codes([shown])[0] == "go"
    assert "-8830, (415) 421-8831</b>: our desk compares it" in compared
    assert "(+" not in sent


def test_one_number_with_a_day_is_told_that_nothing_is_to_be_done_and_nothing_of_others() -> None:
    """Findings of a newcomer who read a picture of it, as in the next test."""
    talk = begun({**WIRELESS, "numbers": "415-421-8811"})
    for verb, argument in (("submit", "88123"), ("advance", ""), ("advance", ""), ("date", DAY)):
        assert not talk.staff(verb, argument).error
    talk.forward(seconds=61)
    (shown,) = talk.command("status")
    assert "ther numbers" not in shown.text
    assert "Nothing for you to do until then" in shown.text


def test_days_of_some_are_called_plans_where_another_number_was_refused() -> None:
    talk = begun(LANDLINE)
    steps = (
        ("submit", "88123"),
        ("advance", ""),
        ("advance", ""),
        ("advance", ""),
        ("date", f"8832 {DAY}"),
        ("reject", "8833 inactive"),
    )
    for verb, argument in steps:
        assert not talk.staff(verb, argument).error
    talk.forward(seconds=61)
    (shown,) = talk.command("status")
    assert "The days above are plans" in shown.text
    assert "<b>Keep your old service on</b>, for all of them" in shown.text


def test_before_anything_is_sent_nothing_is_said_of_the_old_service() -> None:
    (shown,) = at_phase("staff_review").command("status")
    assert "old service" not in shown.text


def test_a_press_edits_the_message_that_was_pressed() -> None:
    talk = at_phase("submitted")
    (shown,) = talk.command("status")
    assert _codes([shown])[0] == "status"
    (again,) = talk.press("status")
    assert again.owed.params["message"].isdecimal()
    assert again.text == shown.text


def test_other_requests_have_a_button_that_shows_them_in_the_same_message() -> None:
    talk = _two()
    first, second = sorted(talk.requests)
    (shown,) = talk.command("status")
    assert talk.requests[second].ref in shown.text
    other = next(c for c in shown.choices if c.code == "status" and c.params["form"] == f"{first}.0")
    assert "Mom's phone" in other.params["ref"]
    (switched,) = talk.push(shown, other)
    assert switched.owed.params["message"].isdecimal()
    assert "(415) 421-8832" in switched.text
    assert talk.chat.focus == second
    assert f"{second}.0" in [c.params["form"] for c in switched.choices if c.code == "status"]


def test_the_status_of_a_draft_leads_on_with_it() -> None:
    talk = begun(WIRELESS, "address")
    (shown,) = talk.command("status")
    assert "go" in _codes([shown])
    talk.press("go")
    assert talk.chat.asked == "address"
    assert not any(code.startswith("explain") for code in _codes([shown]))


def test_with_no_request_in_focus_the_newest_is_shown() -> None:
    talk = _two()
    tell(talk, "/new")
    (shown,) = talk.command("status")
    assert "(415) 421-8840" in shown.text
    assert keys(Talk().command("status")) == ["status.none"]


def test_what_staff_can_still_take_back_is_not_shown() -> None:
    talk = at_phase("submitted")
    talk.staff("advance")
    (shown,) = talk.command("status")
    assert "sent to Verizon Wireless" in shown.text
    talk.forward(seconds=61)
    (shown,) = talk.command("status")
    assert "Verizon Wireless is reviewing it" in shown.text


def test_a_told_change_refreshes_the_last_status_message_once() -> None:
    talk = at_phase("submitted")
    talk.command("status")
    before = len(_edits(talk))
    talk.staff("advance")
    assert len(_edits(talk)) == before
    talk.forward(seconds=61)
    (edit,) = _edits(talk)[before:]
    assert "status.phase.carrier_review" in edit.params["lines"]


def test_three_numbers_that_move_on_together_are_told_in_one_notice() -> None:
    talk = begun(LANDLINE)
    talk.staff("submit")
    (notice,) = talk.forward(seconds=61)
    assert keys([notice]) == ["notice.submitted", "notice.expected"]
    assert all(f"421-883{n}" in notice.text for n in (2, 3, 4))
    assert [n.phase for n in talk.case().numbers] == ["submitted"] * 3


def test_a_date_is_told_with_its_four_truths() -> None:
    talk = at_phase("pending_date")
    talk.staff("date", "2026-12-01")
    notice, _file = talk.forward(seconds=61)
    for truth in TRUTHS:
        assert truth in notice.text


@pytest.mark.parametrize("phase", SHOWN)
def test_a_word_of_the_trade_is_explained_by_a_tap_and_changes_nothing(phase: str) -> None:
    talk = at_phase(phase)
    talk.command("status")
    chat, case = talk.chat, talk.case()
    assert keys(talk.press(f"explain.{phase}")) == [f"explain.{phase}"]
    assert (talk.chat, talk.case()) == (chat, case)


@pytest.mark.parametrize("phase", ["submitted", "scheduled", "activating", "rejected"])
def test_where_calls_ring_is_changed_until_the_day_by_a_button(phase: str) -> None:
    talk = at_phase(phase)
    tell(talk, "/status", "!ring")
    assert talk.chat.asked == "destination"
    shown = tell(talk, "415 200 0111")
    assert "done.destination" in keys(shown) or phase == "rejected"
    assert talk.case().answers["destination"].value == ("+14152000111",)
    assert "changed where calls ring" in talk.posts[-1]
    assert talk.request.status == phase


def test_a_moved_number_rings_where_it_rings() -> None:
    talk = at_phase("activating")
    talk.command("status")
    old = talk.screen[-1]
    ring = next(c for c in old.choices if c.code == "ring")
    talk.staff("complete")
    talk.forward(seconds=61)
    assert keys(talk.push(old, ring))[0] == "press.stale"
    assert "ring" not in _codes(talk.command("status"))


def test_a_button_of_nothing_we_know_is_stale() -> None:
    talk = _two()
    (shown,) = talk.command("status")
    strange = replace(shown.choices[0], params={"form": "999999.0"})
    assert keys(talk.push(shown, strange))[0] == "press.stale"
    fill(talk, WIRELESS)
    assert talk.request.status == "staff_review"
