"""Companies: begun, joined by a link, left; whose request it is, who has to approve it, and who sees what."""

import pytest

from domain.companies import ADMINISTRATOR, MANAGER, MOST_OPEN, Company, labelled
from domain.desk.approving import MORE
from domain.policy import Policy
from tests.domain.office import PAYLOAD, Colleague, Office
from tests.domain.talk import ANSWERS, MONDAY, Shown
from tests.domain.ways import keys

FIRM = "Blue Door Bakery"
ANNA, BEN, EVE, ZED = 5001, 5002, 5003, 5004


def founded(office: Office, chat: int = ANNA, name: str = "Anna", firm: str = FIRM) -> Colleague:
    """Let somebody begin a company."""
    person = office.enter(chat, name)
    person.command("company")
    person.say(firm)
    return person


def with_manager(office: Office) -> tuple[Colleague, Colleague]:
    """Return the administrator and a manager of a company."""
    anna = founded(office)
    ben = office.enter(BEN, "Ben")
    ben.join(anna.invite(MANAGER))
    return anna, ben


def signs(person: Colleague) -> list[Shown]:
    """Begin a request, answer everything, and sign; the PIN is given too."""
    person.until("pin")
    return person.answer("pin")


@pytest.fixture
def office() -> Office:
    return Office()


# a company and its people


def test_who_has_no_company_is_asked_for_its_name_and_becomes_its_administrator(office: Office) -> None:
    anna = office.enter(ANNA, "Anna")
    assert keys(anna.command("company")) == ["company.ask_name"]
    anna.say(FIRM)
    assert FIRM in anna.shows()
    assert {"co.invite.administrator", "co.invite.manager"} <= set(anna.offers())
    (member,) = office.members.values()
    assert (member.role, member.name, member.chat_id) == (ADMINISTRATOR, "Anna", ANNA)


@pytest.mark.parametrize("name", ["", "7", "—", "x" * 41, "123456789", "Bakery PIN 482913"])
def test_what_is_no_name_of_a_company_is_asked_for_again(office: Office, name: str) -> None:
    anna = office.enter(ANNA, "Anna")
    anna.command("company")
    anna.say(name)
    assert not office.companies
    anna.say(FIRM)
    assert len(office.companies) == 1


@pytest.mark.parametrize("way", ["cancel", "never mind", "co.keep", "/status"])
def test_a_company_need_not_be_begun_and_the_open_question_comes_back(office: Office, way: str) -> None:
    anna = office.enter(ANNA, "Anna")
    anna.until("address")
    anna.command("company")
    if way.startswith("/"):
        anna.command(way[1:])
    elif way.startswith("co."):
        anna.press(way)
    else:
        anna.say(way)
    anna.answer("address")
    assert not office.companies
    assert "address" in anna.case().answers


def test_a_button_of_the_question_before_does_nothing_while_something_else_is_asked(office: Office) -> None:
    ben = office.enter(BEN, "Ben")
    ben.until("review")
    ben.command("company")
    assert keys(ben.press("correct"))[-1].endswith("ask.review")
    assert "review" not in ben.case().answers


def test_an_invitation_tells_who_invites_whereto_as_what_and_is_accepted_by_a_tap(office: Office) -> None:
    anna = founded(office)
    invite = anna.invite(MANAGER)
    assert anna.screen[-1].owed.params["invite"] == str(invite.id)
    ben = office.enter(BEN, "Ben")
    ben.follow(invite)
    assert "<b>Anna</b> invites you to <b>Blue Door Bakery</b> as a manager" in ben.shows()
    ben.press("co.join.yes")
    assert "Welcome to <b>Blue Door Bakery</b>" in ben.shows()
    assert "Ben has joined Blue Door Bakery as a manager" in anna.shows()
    ben.command("company")
    assert "Anna, administrator\nBen, manager" in ben.shows()
    assert ben.offers() == ["co.leave", "co.new"]


@pytest.mark.parametrize(("word", "joins"), [("yes", True), ("Sure!", True), ("no", False)])
def test_an_invitation_is_answered_by_a_word_too(office: Office, word: str, joins: bool) -> None:
    invite = founded(office).invite(MANAGER)
    ben = office.enter(BEN, "Ben")
    ben.follow(invite)
    ben.say(word)
    assert ((invite.company_id, BEN) in office.members) is joins


def test_a_link_opened_in_the_middle_of_a_request_loses_nothing_of_it(office: Office) -> None:
    invite = founded(office).invite(MANAGER)
    ben = office.enter(BEN, "Ben")
    ben.until("name")
    before = dict(ben.case().answers)
    ben.follow(invite)
    ben.press("co.join.yes")
    assert keys(ben.screen[-1:])[-1].endswith("ask.name_wireless") or "ask.name" in keys(ben.screen[-1:])[-1]
    ben.follow(invite)
    ben.answer("name")
    assert before.items() <= ben.case().answers.items()
    assert "name" in ben.case().answers
    assert ben.request.company_id is None  # what was begun before is one's own


def test_the_answer_to_the_question_before_is_taken_though_a_link_was_opened_meanwhile(office: Office) -> None:
    invite = founded(office).invite(MANAGER)
    ben = office.enter(BEN, "Ben")
    ben.until("address")
    ben.follow(invite)
    ben.answer("address")
    assert "address" in ben.case().answers
    assert (invite.company_id, BEN) not in office.members


def test_an_invitation_brings_one_person_only(office: Office) -> None:
    invite = founded(office).invite(MANAGER)
    ben, eve = office.enter(BEN, "Ben"), office.enter(EVE, "Eve")
    eve.follow(invite)
    ben.join(invite)
    assert "used already" in eve.press("co.join.yes")[-1].text
    assert "used already" in eve.follow(invite)[-1].text
    assert (invite.company_id, EVE) not in office.members


def test_an_old_a_revoked_and_an_own_invitation_are_told_apart(office: Office) -> None:
    anna = founded(office)
    old, revoked = anna.invite(MANAGER), anna.invite(MANAGER)
    ben = office.enter(BEN, "Ben")
    assert "your own invitation" in anna.follow(old)[-1].text
    anna.command("company")
    choice = next(c for c in anna.screen[-1].choices if c.params["form"] == f"{revoked.id}.0")
    anna.push(anna.screen[-1], choice)
    assert "taken back" in ben.follow(revoked)[-1].text
    anna.forward(hours=72)
    assert "too old" in ben.follow(old)[-1].text
    anna.command("company")
    assert "co.revoke" not in anna.offers()


def test_the_life_of_an_invitation_is_the_policys(office: Office) -> None:
    anna = founded(office)
    anna.policy = Policy(invite_hours=1)
    invite = anna.invite(MANAGER)
    assert (invite.expires_at - invite.made_at).total_seconds() == 3600


def test_a_link_that_is_none_of_ours_says_so_and_a_word_behind_start_is_nothing(office: Office) -> None:
    ben = office.enter(BEN, "Ben")
    assert keys(ben.hear("command", f"/start {PAYLOAD}", code="start")) == ["invite.unknown"]
    assert "start.welcome" in keys(ben.hear("command", "/start website", code="start"))


def test_who_belongs_already_does_not_use_up_a_link_but_a_manager_can_become_an_administrator(office: Office) -> None:
    anna, ben = with_manager(office)
    again = anna.invite(MANAGER)
    assert "belong to Blue Door Bakery already" in ben.follow(again)[-1].text
    assert office.invites[again.id].used_at is None
    ben.join(anna.invite(ADMINISTRATOR))
    assert office.members[again.company_id, BEN].role == ADMINISTRATOR
    assert "co.invite.manager" in {c.code for shown in ben.command("company") for c in shown.choices}


def test_a_company_has_so_many_open_invitations_and_no_more(office: Office) -> None:
    anna = founded(office)
    for _ in range(MOST_OPEN):
        anna.invite(MANAGER)
    anna.command("company")
    assert keys(anna.press("co.invite.manager")) == ["invite.too_many"]
    assert len(office.invites) == MOST_OPEN


def test_the_invitation_of_somebody_who_no_longer_leads_the_company_is_worth_nothing(office: Office) -> None:
    anna = founded(office)
    eve = office.enter(EVE, "Eve")
    eve.join(anna.invite(ADMINISTRATOR))
    invite = eve.invite(ADMINISTRATOR)
    anna.command("company")
    anna.press(f"co.remove.{EVE}")
    anna.press(f"co.remove.{EVE}.yes")
    assert "taken you out of Blue Door Bakery" in eve.shows()
    zed = office.enter(ZED, "Zed")
    assert "taken back" in zed.follow(invite)[-1].text


def test_the_last_administrator_cannot_leave_while_others_remain_and_a_manager_can(office: Office) -> None:
    anna, ben = with_manager(office)
    anna.command("company")
    assert keys(anna.press("co.leave")) == ["company.last_administrator"]
    ben.command("company")
    ben.press("co.leave")
    ben.press("co.leave.yes")
    assert "Ben has left" in anna.shows()
    assert keys(ben.command("company")) == ["company.ask_name"]
    anna.command("company")
    anna.press("co.leave")
    anna.press("co.leave.yes")
    assert not [m for m in office.members.values() if m.left_at is None or m.name]


# whose request it is


def test_a_members_new_request_belongs_to_the_company_and_the_check_says_so(office: Office) -> None:
    anna = founded(office)
    anna.until("review")
    assert anna.request.company_id == next(iter(office.companies))
    assert any(f"Account with us: <b>{FIRM}</b>" in text for text in anna.texts())
    assert "change.company" not in anna.offers()


def test_who_belongs_to_several_companies_is_asked_which_by_buttons(office: Office) -> None:
    anna = founded(office)
    anna.command("company")
    anna.press("co.new")
    anna.say("Red Door Cafe")
    for question in ANSWERS:
        if question == "account":
            break
        anna.command("start") if question == "numbers" else None
        anna.answer(question)
    assert anna.offers() == ["company.0", "company.1"]
    assert anna.request.company_id is None
    anna.press("company.1")
    (cafe,) = (c for c in office.companies.values() if c.name == "Red Door Cafe")
    assert anna.request.company_id == cafe.id
    assert keys(anna.command("company")) == ["company.several"]


def test_an_administrators_own_request_goes_to_the_desk_at_once(office: Office) -> None:
    anna, _ = with_manager(office)
    signs(anna)
    assert anna.request.status == "staff_review"
    assert anna.request.approval is None


# a manager's request


def test_a_managers_request_waits_for_an_administrator_before_the_desk_sees_it(office: Office) -> None:
    anna, ben = with_manager(office)
    done = signs(ben)
    assert "waits for Anna to approve it" in done[-1].text
    assert (ben.request.status, ben.request.approval) == ("intake", "waiting")
    assert not [owed for owed in ben.owed if owed.kind in ("card", "post")]
    asked = anna.shows()
    assert "<b>Ben</b> has signed" in asked
    assert "(415) 421-8832" in asked
    assert "Maria Alvarez" in asked
    assert "998877665" not in asked
    assert "482913" not in asked
    assert "Whose turn it is: Anna." in ben.command("status")[-1].text


def test_an_approved_request_goes_on_to_the_desk_as_usual(office: Office) -> None:
    anna, ben = with_manager(office)
    signs(ben)
    anna.press("co.approve")
    assert (ben.request.status, ben.request.approval) == ("staff_review", "approved")
    assert "Anna has approved your request" in ben.shows()
    assert "is with our desk" in anna.shows()
    assert [owed.kind for owed in ben.owed if owed.kind == "card"]
    assert any("Approved by Anna" in post for post in ben.posts)
    assert ("approved", f"colleague:{ANNA}") in {(h.what, h.actor) for h in ben.history}
    assert not [rule for rule, _ in ben.dues if rule == "approval"]


def test_a_request_sent_back_tells_the_reason_and_can_be_changed_and_asked_for_again(office: Office) -> None:
    anna, ben = with_manager(office)
    signs(ben)
    anna.press("co.send_back")
    anna.say("Please use the office line instead")
    assert ben.request.approval == "sent_back"
    assert "Anna has sent your request" in ben.shows() or "Anna has sent your request" in ben.screen[-2].text
    assert any("Please use the office line instead" in text for text in ben.texts())
    assert "Sent back: Ben has your words" in anna.shows()
    assert "signature" not in ben.case().answers
    ben.press("correct")
    ben.answer("signature")
    assert ben.request.approval == "waiting"
    anna.press("co.approve")
    assert ben.request.status == "staff_review"


def test_a_button_of_an_earlier_check_approves_nothing_and_the_request_is_shown_as_it_is_now(
    office: Office,
) -> None:
    anna, ben = with_manager(office)
    signs(ben)
    asked = next(shown for shown in reversed(anna.screen) if any(c.code == "co.approve" for c in shown.choices))
    ben.command("back")
    ben.press("change.name")
    ben.say("Marta Alvarez")
    ben.press("correct")
    ben.say("Marta Alvarez")
    approve = next(c for c in asked.choices if c.code == "co.approve")
    assert ben.request.approval == "waiting"
    anna.push(asked, approve)
    assert ben.request.approval == "waiting"
    assert "as it was before a change" in anna.shows()
    assert "Marta Alvarez" in anna.shows()
    anna.press("co.approve")
    assert ben.request.status == "staff_review"


def test_a_reason_need_not_be_given_after_all_and_a_secret_in_it_is_masked(office: Office) -> None:
    anna, ben = with_manager(office)
    signs(ben)
    anna.press("co.send_back")
    anna.press("co.keep")
    assert ben.request.approval == "waiting"
    anna.press("co.send_back")
    anna.say("the PIN is 482913, account 998877665-00001, please check")
    assert not any("482913" in text or "998877665" in text for text in ben.texts() if "sent your request" in text)
    assert [owed for owed in anna.owed if owed.kind == "delete"]


def test_the_first_decision_counts_and_the_others_are_told_whose_it_was(office: Office) -> None:
    anna, ben = with_manager(office)
    eve = office.enter(EVE, "Eve")
    eve.join(anna.invite(ADMINISTRATOR))
    signs(ben)
    assert "waits for Anna, Eve" in ben.shows()
    eve.press("co.approve")
    anna.press("co.send_back")
    assert "Eve has already approved" in anna.shows()
    anna.press("co.approve")
    assert "Eve has already approved" in anna.shows()
    assert ben.request.approval == "approved"


def test_a_reason_that_comes_after_the_decision_changes_nothing(office: Office) -> None:
    anna, ben = with_manager(office)
    eve = office.enter(EVE, "Eve")
    eve.join(anna.invite(ADMINISTRATOR))
    signs(ben)
    anna.press("co.send_back")
    eve.press("co.approve")
    anna.say("Not this one")
    assert "Eve has already approved" in anna.shows()
    assert (ben.request.status, ben.request.approval) == ("staff_review", "approved")
    assert not [q for q in ben.case().answers if q.startswith("reason")]


def test_a_request_with_another_signer_waits_as_well(office: Office) -> None:
    anna, ben = with_manager(office)
    ben.until("authority")
    ben.press("someone_else")
    for text in ("Rosa Diaz rosa@example.com", "Rosa Diaz", ANSWERS["address"], ANSWERS["destination"]):
        ben.say(text)
    ben.answer("account")
    ben.press("correct")
    assert ben.request.approval == "waiting"
    assert "Letter to be signed by: Rosa Diaz" in anna.shows()
    anna.press("co.approve")
    assert ben.request.status == "awaiting_documents"
    assert any("Rosa Diaz" in post for post in ben.posts)


def test_back_takes_a_waiting_request_back_and_an_old_button_then_approves_nothing(office: Office) -> None:
    anna, ben = with_manager(office)
    signs(ben)
    ben.command("back")
    assert ben.request.approval is None
    assert "signature" not in ben.case().answers
    anna.press("co.approve")
    assert "no longer waits" in anna.shows()
    assert ben.request.status == "intake"


def test_a_cancelled_request_is_approved_by_nobody(office: Office) -> None:
    anna, ben = with_manager(office)
    signs(ben)
    ben.command("cancel")
    ben.press("cancel.yes")
    anna.press("co.approve")
    assert "no longer waits" in anna.shows()
    assert ben.request.status == "cancelled"


def test_administrators_are_reminded_and_in_the_end_the_request_expires(office: Office) -> None:
    anna, ben = with_manager(office)
    signs(ben)
    anna.forward(days=3, hours=1)
    assert len([text for text in anna.texts() if "still waits for you" in text]) == 3
    assert ben.request.status == "intake"
    anna.forward(days=31)
    assert ben.request.status == "expired"


def test_a_manager_who_leads_the_company_by_now_need_not_wait(office: Office) -> None:
    anna, ben = with_manager(office)
    signs(ben)
    anna.command("delete_my_data")
    anna.press("co.forget")
    assert "You are its administrator now" in ben.shows()
    ben.forward(days=1, hours=1)
    assert ben.request.status == "staff_review"


def test_of_two_reasons_at_once_one_counts_and_none_stays_behind(office: Office) -> None:
    anna, ben = with_manager(office)
    eve = office.enter(EVE, "Eve")
    eve.join(anna.invite(ADMINISTRATOR))
    signs(ben)
    for person in (anna, eve):
        person.press("co.send_back")
    office.shared["answers"][ben.newest][f"reason:{ANNA}"] = ben.case().answers["numbers"]  # her turn is still to come
    eve.say("Wrong line")
    assert not [q for q in ben.case().answers if q.startswith("reason")]
    anna.say("Wrong bill")
    assert "Eve has already sent" in anna.shows()
    assert ben.case().answers["approval"].value == ("Eve", "Wrong line")


def test_two_companies_of_one_name_are_told_apart() -> None:
    now = MONDAY
    twins = (Company(1, FIRM, now), Company(2, FIRM, now), Company(3, "Other", now))
    assert list(labelled(twins)) == [FIRM, f"{FIRM} (2)", "Other"]


# who sees what


def test_administrators_see_everybodys_requests_and_managers_their_own(office: Office) -> None:
    anna, ben = with_manager(office)
    eve = office.enter(EVE, "Eve")
    eve.join(anna.invite(MANAGER))
    signs(ben)
    anna.command("status")
    look = anna.find("co.look")
    assert (look.params["whose"], look.params["ref"]) == ("Ben", ben.ref)
    anna.press("co.look")
    assert f"<b>{ben.ref}</b>, begun by Ben for Blue Door Bakery" in anna.shows()
    assert "Whose turn it is: Anna" in anna.shows()
    assert keys(eve.command("status")) == ["status.none"]
    anna.press("co.approve")
    anna.press("co.look")
    assert "Whose turn it is: our desk" in anna.shows()
    assert set(anna.offers()) == {"co.look", "co.mine"}
    anna.press("co.mine")
    assert "co.look" in anna.offers()


def test_an_administrator_with_a_request_of_their_own_finds_the_others_below_it(office: Office) -> None:
    anna, ben = with_manager(office)
    signs(ben)
    signs(anna)
    anna.command("status")
    assert f"{ben.ref}.0" not in anna.offers()
    assert "co.look" in anna.offers()
    assert anna.ref in anna.shows()


def test_administrators_cannot_answer_cancel_or_continue_a_colleagues_request(office: Office) -> None:
    anna, ben = with_manager(office)
    ben.until("name")
    draft = ben.newest
    for code in ("go", "status", "ring", "title", "person", "others", "cancel.yes", "correct", "yes"):
        anna.forge(code, draft)
        assert anna.chat.focus is None
    assert ben.requests[draft].status == "intake"
    assert "name" not in ben.case(draft).answers


FORGED = ("co.approve", "co.send_back", "co.look")


@pytest.mark.parametrize("code", FORGED)
def test_a_forged_button_reaches_no_request_of_another_company(office: Office, code: str) -> None:
    _, ben = with_manager(office)
    signs(ben)
    zed = founded(office, ZED, "Zed", "Other Firm")
    shown = zed.forge(code, ben.newest)
    assert "press.stale" in keys(shown)
    assert ben.ref not in "".join(zed.texts())
    assert ben.request.approval == "waiting"
    assert not [q for q in ben.case().answers if q.startswith("reason")]


@pytest.mark.parametrize("code", FORGED)
@pytest.mark.parametrize("who", ["manager", "removed", "stranger"])
def test_a_button_of_an_administrator_is_worth_nothing_to_others(office: Office, code: str, who: str) -> None:
    anna, ben = with_manager(office)
    eve = office.enter(EVE, "Eve")
    if who != "stranger":
        eve.join(anna.invite(MANAGER if who == "manager" else ADMINISTRATOR))
    signs(ben)
    if who == "removed":
        anna.command("company")
        anna.press(f"co.remove.{EVE}")
        anna.press(f"co.remove.{EVE}.yes")
        eve.press(code) if code != "co.look" else None
    before = len(eve.texts())
    eve.forge(code, ben.newest)
    assert ben.ref not in "".join(eve.texts()[before:])
    assert ben.request.approval == "waiting"


def test_a_removal_between_the_tap_and_the_decision_counts(office: Office) -> None:
    anna, ben = with_manager(office)
    eve = office.enter(EVE, "Eve")
    eve.join(anna.invite(ADMINISTRATOR))
    signs(ben)
    eve.press("co.send_back")
    anna.command("company")
    anna.press(f"co.remove.{EVE}")
    anna.press(f"co.remove.{EVE}.yes")
    eve.say("I want it back")
    assert ben.request.approval == "waiting"


@pytest.mark.parametrize(
    "code", ["co.invite.administrator", "co.remove.5001", "co.remove.5001.yes", "co.open", "co.leave.yes"]
)
def test_a_forged_button_does_nothing_to_a_company_of_others(office: Office, code: str) -> None:
    anna, _ = with_manager(office)
    (company,) = office.companies
    zed = founded(office, ZED, "Zed", "Other Firm")
    before = dict(office.members), dict(office.invites)
    assert "press.stale" in keys(zed.forge(code, company))
    assert (office.members, office.invites) == before
    assert FIRM not in "".join(zed.texts())
    assert "Zed" not in "".join(anna.texts())


@pytest.mark.parametrize("code", ["co.invite.administrator", "co.remove.5001.yes"])
def test_a_manager_invites_and_removes_nobody(office: Office, code: str) -> None:
    _, ben = with_manager(office)
    (company,) = office.companies
    before = dict(office.members), dict(office.invites)
    ben.forge(code, company)
    assert (office.members, office.invites) == before


def test_nobody_joins_by_a_forged_button_without_having_opened_the_link(office: Office) -> None:
    anna = founded(office)
    invite = anna.invite(ADMINISTRATOR)
    zed = office.enter(ZED, "Zed")
    assert "press.stale" in keys(zed.forge("co.join.yes", invite.id))
    zed.follow(anna.invite(MANAGER))
    zed.forge("co.join.yes", invite.id)
    assert (invite.company_id, ZED) not in office.members


def test_an_invitation_of_others_is_not_revoked_by_a_forged_button(office: Office) -> None:
    invite = founded(office).invite(MANAGER)
    zed = founded(office, ZED, "Zed", "Other Firm")
    zed.forge("co.revoke", invite.id)
    assert office.invites[invite.id].revoked_at is None


# forgetting


def test_delete_my_data_ends_memberships_and_takes_the_name_away(office: Office) -> None:
    anna, ben = with_manager(office)
    ben.until("name")
    ben.command("delete_my_data")
    assert "You also leave your companies" in ben.shows()
    ben.press("delete.yes")
    member = office.members[next(iter(office.companies)), BEN]
    assert (member.name, member.left_at is None) == ("", False)
    assert "Ben" not in anna.command("company")[-1].text


def test_who_has_no_request_can_be_forgotten_too_and_only_by_the_newest_button(office: Office) -> None:
    anna = founded(office)
    anna.command("delete_my_data")
    (old,) = (c for c in anna.screen[-1].choices if c.code == "co.forget")
    shown = anna.screen[-1]
    anna.command("delete_my_data")
    assert "press.stale" in keys(anna.push(shown, old))
    anna.press("co.forget")
    assert [(m.name, m.left_at is None) for m in office.members.values()] == [("", False)]
    assert [c.name for c in office.companies.values()] == [""]


def test_a_member_of_a_company_is_asked_which_account_of_ours_too() -> None:
    office = Office()
    bob = office.enter(BEN, "Bob")
    bob.policy = Policy(companies=("Acme Main", "Acme West"))
    bob.command("company")
    bob.say("Bob's Bakery")
    shown = bob.until("account")
    assert "ask.house" in keys(shown)
    bob.press("house.1")
    answers = bob.case().answers
    assert (answers["house"].value, answers["company"].value) == (("Acme West",), ("Bob's Bakery",))
    assert bob.request.company_id is not None


def test_a_member_of_two_is_asked_for_the_company_and_for_the_account() -> None:
    office = Office()
    bob = office.enter(BEN, "Bob")
    bob.policy = Policy(companies=("Acme Main", "Acme West"))
    bob.command("company")
    bob.say("Bob's Bakery")
    bob.command("company")
    bob.press("co.new")
    bob.say("Bob's Diner")
    assert "ask.company_own" in keys(bob.until("account"))
    assert "ask.house" in keys(bob.press("company.1"))
    bob.say("Acme Main")
    assert bob.case().answers["house"].value == ("Acme Main",)


def test_administrators_reach_every_request_of_their_colleagues_page_by_page() -> None:
    office = Office()
    anna, ben = office.enter(ANNA, "Anna"), office.enter(BEN, "Ben")
    anna.command("company")
    anna.say("Acme")
    ben.join(anna.invite("manager"))
    for n in range(23):
        ben.command("new")
        ben.say(f"415-421-88{n + 10}")
    seen: set[str] = set()
    anna.command("status")
    while True:
        seen |= {c.params["ref"] for c in anna.screen[-1].choices if c.code == "co.look"}
        if MORE not in anna.offers():
            break
        anna.press(MORE)
    assert seen == {r.ref for r in ben.requests.values()}
    assert len(seen) == 23


def test_older_requests_are_shown_to_nobody_but_administrators() -> None:
    office = Office()
    ben = office.enter(BEN, "Ben")
    shown = ben.forge(MORE, 12345)
    assert "older requests" not in shown[-1].text
