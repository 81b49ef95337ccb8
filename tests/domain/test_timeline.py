"""How long a request has stood where, by its history."""

from datetime import UTC, date, datetime, timedelta

from domain.calendar import business_days_between
from domain.desk.state import History
from domain.desk.timeline import Period, periods

START = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)  # a Friday


def at(days: float) -> datetime:
    return START + timedelta(days=days)


def row(days: float, what: str, detail: str = "") -> History:
    return History(int(days * 100), 1, 1, "staff:U1", what, at(days), detail=detail)


def test_phases_follow_each_other_and_the_last_lasts_still() -> None:
    history = [
        row(0, "started"),
        row(1, "check", "intake>screening"),
        row(1, "accept", "screening>awaiting_documents"),
        row(1.5, "papers", "awaiting_documents>staff_review"),
        row(3, "submit", "staff_review>submitted"),
        row(3, "noted"),
    ]
    assert periods(history) == (
        Period("intake", at(0), at(1)),
        Period("awaiting_documents", at(1), at(1.5)),
        Period("staff_review", at(1.5), at(3)),
        Period("submitted", at(3)),
    )


def test_numbers_that_move_together_count_once_and_those_that_part_overlap() -> None:
    history = [
        row(0, "started"),
        *[row(1, "submit", "intake>submitted")] * 2,
        row(2, "reject", "submitted>rejected"),
        row(4, "advance", "submitted>carrier_review"),
    ]
    assert periods(history) == (
        Period("intake", at(0), at(1)),
        Period("submitted", at(1), at(4)),
        Period("rejected", at(2)),
        Period("carrier_review", at(4)),
    )


def test_a_step_that_was_taken_back_counts_until_then() -> None:
    history = [
        row(0, "started"),
        *[row(1, "submit", "intake>submitted")] * 2,
        row(1.5, "undone", "submit"),
        row(1.6, "undone", "hold"),
    ]
    assert periods(history) == (
        Period("intake", at(0), at(1)),
        Period("submitted", at(1), at(1.5)),
        Period("intake", at(1.5)),
    )


def test_what_is_over_takes_no_time_and_nothing_has_no_phases() -> None:
    assert periods([row(0, "started"), row(2, "complete", "intake>ported")]) == (
        Period("intake", at(0), at(2)),
        Period("ported", at(2), at(2)),
    )
    assert periods([]) == ()


def test_details_that_only_look_like_steps_are_none() -> None:
    assert periods([row(0, "started"), row(1, "staff_role", "viewer>agent"), row(2, "submit", "x>nowhere")]) == (
        Period("intake", at(0)),
    )


def test_a_phase_without_a_step_is_left_out_of_the_intake() -> None:
    assert periods([row(0, "started"), row(1, "submit", "staff_review>submitted")]) == (
        Period("intake", at(0), at(1)),
        Period("submitted", at(1)),
    )


def test_business_days_leave_out_weekends_and_holidays() -> None:
    assert business_days_between(date(2026, 11, 20), date(2026, 11, 20)) == 0
    assert business_days_between(date(2026, 11, 20), date(2026, 11, 23)) == 1
    assert business_days_between(date(2026, 11, 23), date(2026, 11, 30)) == 4  # Thanksgiving
    assert business_days_between(date(2026, 11, 23), date(2026, 11, 20)) == 0
