"""How long a move is said to take: by policy, then by what moves took here; told again when it is worse."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.carriers import Book
from domain.orders.expected import ENOUGH, SHARE, Moved, expected, paces_of, range_of, size_of
from tests.domain.standing import at_phase
from tests.domain.talk import Talk

USUAL = {"wireless": (2, 10), "landline": (10, 20), "toll_free": (5, 20)}
SHAPES = {
    "wireless": (4.5, 0.62),
    "landline": (14.0, 0.27),
    "toll_free": (10.0, 0.54),
}  # median, and how far it spreads
RIPE, BACK = 60, 240  # days, as storage/paces.py looks back


@given(st.lists(st.integers(0, 60), min_size=1, max_size=200))
def test_a_range_is_the_narrowest_that_holds_four_in_five(days: list[int]) -> None:
    least, most = range_of(days)
    assert 1 <= least < most
    assert sum(least <= max(day, 1) <= most for day in days) >= SHARE * len(days)
    width = most - least
    held = [sum(low <= max(day, 1) < low + width for day in days) for low in range(1, 62)]
    assert width == 1 or max(held) < SHARE * len(days)  # a narrower one holds less


def test_a_class_has_its_own_range_once_there_were_enough_and_a_size_too() -> None:
    few = [Moved("wireless", 1, 5)] * (ENOUGH - 1)
    assert expected(paces_of(few), "wireless", 1, (2, 10)) == (2, 10)
    enough = [*few, Moved("wireless", 40, 9)]
    paces = paces_of(enough)
    assert expected(paces, "wireless", 1, (2, 10)) == (5, 6)
    assert expected(paces, "landline", 1, (10, 20)) == (10, 20)
    many = [*enough, *[Moved("wireless", 12, 15)] * ENOUGH]
    assert expected(paces_of(many), "wireless", 11, (2, 10)) == (15, 16)


@pytest.mark.parametrize(
    ("many", "size"), [(1, "one"), (2, "several"), (10, "several"), (11, "many"), (20_000, "many")]
)
def test_sizes(many: int, size: str) -> None:
    assert size_of(many) == size


@pytest.mark.parametrize("seed", range(4))
def test_four_in_five_of_a_years_moves_end_inside_the_range_first_told(seed: int) -> None:
    """A year of moves, drawn at random; the range of each is what was known on the day on which it was sent."""
    chance = random.Random(seed)
    done: list[tuple[int, Moved]] = []
    inside = told = 0
    known: dict[tuple[str, str], tuple[int, int]] = {}
    for day in range(BACK + 365):
        if day % 5 == 0:
            known = paces_of([move for sent, move in done if day - BACK <= sent <= day - RIPE])
        for _ in range(3):
            kind = chance.choice(list(SHAPES))
            median, spread = SHAPES[kind]
            took = max(1, round(median * chance.lognormvariate(0, spread)))
            least, most = expected(known, kind, 1, USUAL[kind])
            done.append((day, Moved(kind, 1, took)))
            if day >= BACK:
                told += 1
                inside += least <= took <= most
    assert 0.75 <= inside / told <= 0.85


def sent() -> Talk:
    """Return a request that went out a minute ago."""
    talk = at_phase("staff_review")
    talk.staff("submit", "VZ-1")
    talk.forward(seconds=61)
    return talk


def test_a_customer_reads_from_when_to_when_the_move_is_expected_once_it_is_sent() -> None:
    talk = sent()
    text = next(text for text in talk.texts() if "We have sent" in text)
    assert "between 2026-11-25 and 2026-12-08" in text  # two to ten business days, Thanksgiving is none
    assert "no promise" in text
    assert "Expected between 2026-11-25 and 2026-12-08" in talk.command("status")[-1].text
    for _ in range(2):
        talk.staff("advance")
    talk.staff("date", "2026-12-03")
    talk.forward(seconds=61)
    assert "Expected between" not in talk.command("status")[-1].text


def test_a_move_that_takes_longer_is_told_with_what_is_expected_now_and_three_times_at_most() -> None:
    talk = sent()
    shown = [each for each in talk.forward(days=120) if each.owed.key == "notice.longer"]
    assert len(shown) == 3
    assert "until 2026-12-15" in shown[0].text
    assert "Expected between" in talk.command("status")[-1].text
    assert sum(owed.key == "thread.longer" for owed in talk.owed) >= 3


def test_a_move_that_has_its_day_in_time_is_never_called_late() -> None:
    talk = sent()
    for _ in range(2):
        talk.staff("advance")
    talk.staff("date", "2026-12-07")
    assert "notice.longer" not in [each.owed.key for each in talk.forward(days=30)]


def test_what_moves_took_here_is_told_in_place_of_the_policys_days() -> None:
    talk = at_phase("staff_review")
    talk.book = Book(paces={("wireless", "one"): (3, 5)})
    talk.staff("submit", "VZ-1")
    talk.forward(seconds=61)
    assert any("between 2026-11-27 and 2026-12-01" in text for text in talk.texts())


def test_an_order_that_goes_out_again_keeps_the_days_that_were_told_first() -> None:
    talk = sent()
    talk.forward(days=1)
    talk.staff("reject", "wrong pin")
    talk.forward(seconds=61)
    first = talk.case().answers["expected"].value
    talk.press("fixed")
    talk.forward(days=2)
    assert not talk.staff("submit", "VZ-2").error
    assert talk.case().answers["expected"].value == first
