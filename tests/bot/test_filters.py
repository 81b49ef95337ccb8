"""Filters as staff type them, and as buttons carry them: what is written back is read as the same search."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.filters import MARKS, STATUSES, Asker, about, is_marked, meant_status, read_find, read_list, typed, whose
from domain.desk.finding import Search
from domain.errors import Refused
from domain.policy import Policy
from domain.promises.notices import STALE_AFTER
from domain.values import replace

NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
ASKER = Asker("U0STAFF1", NOW, Policy(), {"@ben": "U0STAFF2"})
AWAKE = Search(is_snoozed=False)

SEARCHES = st.builds(
    Search,
    words=st.sampled_from(["", "jones 8832", "maría o'hara", "<!channel> `x`"]),
    status=st.sampled_from([None, *STATUSES]),
    carrier=st.sampled_from([None, "verizon", "us_cellular"]),
    assignee=st.sampled_from([None, "U0STAFF1", "U0STAFF2"]),
    is_unassigned=st.booleans(),
    is_held=st.sampled_from([None, True]),
    is_snoozed=st.sampled_from([None, True, False]),
    is_urgent=st.booleans(),
    is_open=st.sampled_from([None, True, False]),
    is_all=st.booleans(),
    quiet_since=st.sampled_from([None, NOW - STALE_AFTER]),
    due_from=st.sampled_from([None, date(2026, 12, 1)]),
    due_until=st.sampled_from([None, date(2026, 12, 4)]),
    order=st.sampled_from(["quiet", "newest", "due", "oldest"]),
)


@given(SEARCHES, st.lists(st.sampled_from(STATUSES), min_size=2, max_size=4, unique=True))
def test_what_a_button_carries_means_the_same_search(search: Search, statuses: list[str]) -> None:
    assert read_find(typed(search), ASKER) == search
    several = replace(search, status=None, statuses=tuple(statuses))
    assert read_find(typed(several), ASKER) == several


@pytest.mark.parametrize(
    ("said", "search"),
    [
        ("", AWAKE),
        ("mine", replace(AWAKE, assignee="U0STAFF1")),
        ("@ben", replace(AWAKE, assignee="U0STAFF2")),
        ("by:nobody", replace(AWAKE, is_unassigned=True)),
        ("nobody", replace(AWAKE, is_unassigned=True)),
        ("is:mine", replace(AWAKE, assignee="U0STAFF1")),
        ("Desk REVIEW", replace(AWAKE, status="staff_review")),
        ("staff_review rejected", replace(AWAKE, statuses=("staff_review", "rejected"))),
        ("rejected verizon", replace(AWAKE, status="rejected", carrier="verizon")),
        ('carrier:"t-mobile" date set', replace(AWAKE, status="scheduled", carrier="tmobile")),
        ("done", replace(AWAKE, is_open=False)),
        ("snoozed", Search(is_snoozed=True)),
        ("due:today", replace(AWAKE, due_from=date(2026, 11, 23), due_until=date(2026, 11, 23))),
        ("due:week", replace(AWAKE, due_from=date(2026, 11, 23), due_until=date(2026, 11, 29))),
        ("due:2026-12-01", replace(AWAKE, due_from=date(2026, 12, 1), due_until=date(2026, 12, 1))),
        ("order:sideways", AWAKE),
    ],
)
def test_words_of_a_list_are_filters(said: str, search: Search) -> None:
    assert read_list(said, ASKER) == search


@pytest.mark.parametrize(("said", "words"), [("rejected jones", "rejected jones"), ("mine", "mine"), ("held", "held")])
def test_words_to_be_found_are_no_filters(said: str, words: str) -> None:
    assert read_find(said, ASKER) == Search(words)


@pytest.mark.parametrize("said", ["Rejected", "rejected", "needs attention"])
def test_a_phase_alone_is_found_by_its_whole_name(said: str) -> None:
    assert read_find(said, ASKER).status == meant_status(said)
    assert read_find(said[:-1], ASKER) == Search(said[:-1])


@pytest.mark.parametrize(
    "said", ["nonsense", "rejected nonsense", "phase:x", "is:x", "by:x", "carrier:x y", "due:x", "s"]
)
def test_what_is_no_filter_is_refused(said: str) -> None:
    with pytest.raises(Refused):
        read_list(said, ASKER)


@pytest.mark.parametrize("mark", MARKS)
def test_every_mark_can_be_typed_told_and_read_again(mark: str) -> None:
    search = read_list(f"is:{mark}", ASKER)
    assert is_marked(search, mark)
    assert about(search)
    assert read_list(mark, ASKER) == search


def test_what_a_search_means_is_told() -> None:
    search = Search("8832", status="rejected", carrier="verizon", due_from=date(2026, 12, 1), assignee="U0STAFF2")
    assert about(search) == "Rejected, Verizon Wireless, moving from 2026-12-01 to …, “8832”"
    assert "U0STAFF2" in whose(search)
    assert about(Search()) == "open"
    assert about(Search(carrier="gone")) == "another carrier"
