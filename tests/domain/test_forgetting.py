"""/delete_my_data: asked back, done at once for what may go, explained for what must stay."""

import pytest

from domain.desk.state import Owed
from tests.domain.standing import at_phase
from tests.domain.talk import STATED, Talk
from tests.domain.ways import SOMEONE_ELSES, WIRELESS, begun, fill, keys, tell, values

RUNNING = ("awaiting_documents", "staff_review", "changes_requested", "submitted", "carrier_review", "rejected",
           "pending_date", "scheduled", "activating", "cancel_requested")  # fmt: skip


def _forget(talk: Talk) -> list[str]:
    tell(talk, "/delete_my_data")
    return keys(talk.press("delete.yes"))


def _everything(talk: Talk) -> object:
    return talk.case(), dict(talk.secrets), dict(talk.papers)


def test_nothing_is_there_to_delete() -> None:
    assert keys(Talk().command("delete_my_data")) == ["delete.nothing"]


@pytest.mark.parametrize("phase", ["intake", "staff_review", "ported", "cancelled"])
def test_it_is_asked_back_with_what_must_be_kept_and_no_keeps_everything(phase: str) -> None:
    talk = at_phase(phase)
    before = _everything(talk)
    (asked,) = tell(talk, "/delete_my_data")
    assert "2 years" in asked.text
    assert "running now" in asked.text
    assert keys(talk.press("delete.no"))[0] == "delete.kept"
    after = _everything(talk)
    assert after == before


def test_a_draft_is_forgotten_whole_and_can_be_begun_anew() -> None:
    talk = begun(WIRELESS, "review")
    assert _forget(talk) == ["delete.done"]
    assert talk.request.status == "cancelled"
    assert talk.case().answers == {}
    assert (talk.secrets, talk.papers, talk.request.title) == ({}, {}, None)
    assert [n.e164 for n in talk.case().numbers] == [""]
    assert talk.forward(days=60) == []
    fill(talk, WIRELESS)
    assert len(talk.requests) == 2
    assert talk.request.status == "staff_review"


@pytest.mark.parametrize("phase", RUNNING)
def test_a_running_request_stays_and_the_customer_is_told_which(phase: str) -> None:
    talk = at_phase(phase)
    before = _everything(talk)
    tell(talk, "/delete_my_data")
    shown = talk.press("delete.yes")
    assert keys(shown) == ["delete.done_but"]
    assert talk.ref in shown[0].text
    assert _everything(talk) == before


@pytest.mark.parametrize("answers", [WIRELESS, SOMEONE_ELSES], ids=["signed here", "signed by somebody else"])
def test_of_a_moved_number_only_what_the_used_letter_says_is_kept(answers: dict[str, str]) -> None:
    talk = begun(answers)
    for verb in ("letter", "submit", "advance", "advance", "date", "complete"):
        talk.staff(verb, "2026-12-01" if verb == "date" else None)
        talk.forward(seconds=61)
    assert talk.request.status == "ported"
    tell(talk, "thank you, that was quick work on your side")
    _forget(talk)
    kept = talk.case().answers.keys()
    assert {"signature", "agreements", "numbers", "name", "address", "carrier", "authority"} <= kept <= {*STATED}
    assert {"account", "pin", "destination", "bill"}.isdisjoint(kept)
    assert talk.secrets == {}
    assert {paper.kind for paper in talk.papers.values()} <= {"letter"}
    assert talk.number.e164 == "+14154218832"
    assert all(line.words is None for line in talk.history)
    assert talk.request.status == "ported"


@pytest.mark.parametrize("phase", ["cancelled", "expired"])
def test_a_letter_that_was_never_used_goes_too(phase: str) -> None:
    talk = at_phase(phase)
    assert _forget(talk) == ["delete.done"]
    assert talk.case().answers == {}
    assert talk.number.e164 == ""
    assert talk.request.status == phase


def test_of_several_requests_each_is_forgotten_as_far_as_it_may_be() -> None:
    talk = begun(WIRELESS)
    running = talk.newest
    talk.staff("submit")
    talk.forward(seconds=61)
    tell(talk, "/new", "415-421-8840, Verizon Wireless", "!yes")
    assert _forget(talk) == ["delete.done_but"]
    assert talk.case().answers == {}
    assert talk.requests[running].status == "submitted"
    assert "account" in talk.case(running).answers


def test_with_no_request_in_focus_the_question_is_put_all_the_same() -> None:
    talk = begun(WIRELESS, "review")
    tell(talk, "/new", "/delete_my_data")
    assert keys(talk.press("delete.yes")) == ["delete.done"]
    assert talk.case().answers == {}


def test_an_old_yes_deletes_nothing() -> None:
    talk = begun(WIRELESS, "address")
    (asked,) = tell(talk, "/delete_my_data")
    yes = next(c for c in asked.choices if c.code == "delete.yes")
    fill(talk, WIRELESS, "review")
    before = _everything(talk)
    assert keys(talk.push(asked, yes))[0] == "press.stale"
    assert _everything(talk) == before


def test_a_forgotten_request_does_nothing_more() -> None:
    talk = begun(WIRELESS, "review")
    ref = talk.ref
    _forget(talk)
    owed: list[Owed] = talk.owed[:]
    assert talk.staff("submit").error
    assert talk.staff("cancel").error
    assert talk.forward(days=60) == []
    assert talk.owed == owed
    assert keys(tell(talk, "/status")) != []
    assert ref not in str([o.params for o in talk.owed if o.kind == "post"])


def test_a_request_begun_after_the_yes_is_not_forgotten_with_the_others() -> None:
    talk = begun(WIRELESS, "name")
    tell(talk, "/delete_my_data", "!delete.yes", "move 415-421-8899 from Verizon Wireless please")
    talk.forward(minutes=2)
    assert values(talk)["numbers"] == ("+14154218899",)


def test_more_requests_than_a_turn_is_given_are_all_forgotten() -> None:
    talk = Talk()
    for last in range(13):
        tell(talk, "/new", f"415-421-88{last + 10}, Verizon Wireless")
    tell(talk, "/delete_my_data", "!delete.yes")
    talk.forward(minutes=2)
    assert {n.e164 for n in talk.numbers.values()} == {""}
