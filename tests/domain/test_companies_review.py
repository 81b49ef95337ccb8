"""Approval cannot be got round: by changing what waits, by a list, by leaving a company, or by two hands at once."""

import pytest

from domain.companies import ADMINISTRATOR, MANAGER
from domain.intake.lists import Found
from domain.values import replace
from tests.domain.office import Colleague, Office
from tests.domain.talk import ANSWERS
from tests.domain.test_companies import ANNA, EVE, FIRM, founded, signs, with_manager
from tests.domain.test_list_talk import LIST, NUMBERS, found, looked

OWN = "Red Door Cafe"
OTHER = "415-421-8899"


@pytest.fixture
def office() -> Office:
    return Office()


def of_two(office: Office) -> tuple[Colleague, Colleague]:
    """Return an administrator, and a manager of the same company who leads another one too."""
    anna, ben = with_manager(office)
    ben.command("company")
    ben.press("co.new")
    ben.say(OWN)
    return anna, ben


def leaves(person: Colleague, firm: str) -> None:
    """Leave a company."""
    company = next(c for c in person.office.companies.values() if c.name == firm)
    person.forge("co.leave.yes", company.id)


# what waits is what is approved


@pytest.mark.parametrize(
    "said", [f"the number to move is {OTHER}", f"not {ANSWERS['numbers']} but {OTHER}", "wrong number"]
)
def test_a_request_that_was_changed_while_it_waited_is_not_sent_by_the_old_button(office: Office, said: str) -> None:
    anna, ben = with_manager(office)
    ben.until("pin")  # signed, and the PIN is still asked for
    assert ben.request.approval == "waiting"
    before = dict(ben.case().answers)
    ben.say(said)
    assert ben.case().answers != before
    anna.press("co.approve")
    assert ben.request.status == "intake"
    assert ben.request.approval is None
    assert not [owed for owed in ben.owed if owed.kind == "card"]


def test_a_changed_request_is_taken_back_and_shown_to_administrators_anew_once_it_is_signed(office: Office) -> None:
    anna, ben = with_manager(office)
    ben.until("pin")
    ben.say(f"the number to move is {OTHER}")
    assert ben.request.approval is None
    assert any("taken it back from your administrators" in text for text in ben.texts())
    assert ("draft", ben.newest) in ben.dues
    ben.press("correct")
    ben.answer("signature")
    assert ben.request.approval == "waiting"
    assert "(415) 421-8899" in anna.shows()
    anna.press("co.approve")
    assert ben.request.approval == "approved"


def test_another_kind_of_line_takes_a_waiting_request_back_too(office: Office) -> None:
    _, ben = with_manager(office)
    ben.until("pin")
    ben.say("it is a fax")
    ben.press("is_fax")
    assert ben.request.approval is None
    assert "signature" not in ben.case().answers


def test_a_change_that_was_only_begun_is_refused_and_told(office: Office) -> None:
    anna, ben = with_manager(office)
    ben.until("pin")
    ben.say("wrong number")
    assert ben.request.approval == "waiting"
    anna.press("co.approve")
    assert "has changed since it was signed" in anna.shows()
    assert "signature" not in ben.case().answers


def test_a_request_under_change_is_not_brought_to_the_desk_by_the_reminder_either(office: Office) -> None:
    anna, ben = with_manager(office)
    ben.until("pin")
    ben.say("wrong number")
    anna.command("delete_my_data")
    anna.press("co.forget")
    ben.forward(days=1, hours=1)
    assert (ben.request.status, ben.request.approval) == ("intake", None)


def test_a_friendly_name_takes_nothing_back(office: Office) -> None:
    anna, ben = with_manager(office)
    signs(ben)
    ben.hear("command", "/name Front desk", code="name")
    assert ben.request.approval == "waiting"
    anna.press("co.approve")
    assert ben.request.approval == "approved"


# whose it is


def test_a_list_whose_rows_name_companies_leaves_whose_it_is_to_be_asked(office: Office) -> None:
    _, ben = of_two(office)
    ben.command("start")
    ben.document(LIST)
    came_to: Found = found(ben, 2, numbers=NUMBERS, shared=("", "", "", "list:2:0"))
    looked(ben, came_to)
    ben.press("ls.go")
    assert "company" not in ben.case().answers
    assert not [each for each in ben.history if each.field in ("company", "asks")]


def test_a_company_that_was_left_cannot_be_chosen_and_is_asked_for_again(office: Office) -> None:
    _, ben = of_two(office)
    ben.join(founded(office, EVE, "Eve", "Third Door").invite(MANAGER))
    ben.until("account")
    assert ben.offers() == ["company.0", "company.1", "company.2"]
    leaves(ben, FIRM)
    ben.press("company.0")
    assert ben.request.company_id is None
    assert "company" not in ben.case().answers
    assert ben.offers() == ["company.0", "company.1"]
    assert FIRM not in ben.shows()


def test_of_a_single_company_that_is_left_the_request_is_without_a_question(office: Office) -> None:
    _, ben = of_two(office)
    ben.until("account")
    leaves(ben, OWN)
    ben.press("company.1")
    company = next(c for c in office.companies.values() if c.name == FIRM)
    assert ben.request.company_id == company.id
    assert ben.case().answer("company") == (FIRM,)
    ben.answer("account")
    ben.press("correct")
    ben.answer("signature")
    assert ben.request.approval == "waiting"


def test_a_request_that_became_nobodys_is_not_brought_to_the_desk_by_its_signature(office: Office) -> None:
    _, ben = of_two(office)
    ben.until("account")
    ben.press("company.0")
    ben.answer("account")
    ben.press("correct")
    ben.requests[ben.newest] = replace(ben.request, company_id=None)  # as an older release let it be
    ben.answer("signature")
    assert ben.request.status == "intake"
    assert ben.offers() == ["company.0", "company.1"]
    ben.press("company.0")
    ben.press("correct")
    ben.answer("signature")
    assert ben.request.approval == "waiting"


# several administrators at once


def test_two_presses_at_once_on_one_request_are_both_answered(office: Office) -> None:
    anna, ben = with_manager(office)
    eve = office.enter(EVE, "Eve")
    eve.join(anna.invite(ADMINISTRATOR))
    signs(ben)
    rules = []
    for person in (anna, eve):
        before = set(office.shared["dues"])
        kept = dict(office.shared["dues"])
        person.forward = lambda **_more: []  # type: ignore[method-assign]  # the schedule is late
        person.press("co.approve")
        del person.forward
        rules += [rule for rule, _ in set(office.shared["dues"]) - before]
        assert kept.items() <= office.shared["dues"].items()
    assert [rule.partition(".")[0] for rule in rules] == [f"approve:{ANNA}", f"approve:{EVE}"]
    ben.forward()
    assert "is with our desk" in anna.shows()
    assert "Anna has already approved" in eve.shows()
