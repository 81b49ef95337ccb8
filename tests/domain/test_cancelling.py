"""Cancelling: who may when, at what price, one number of many, a carrier that refuses; every case as a conversation."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.wording import slack_text
from domain.desk import staff
from domain.desk.cancel_said import FEE, FREE, KEPT, Said, ends, read_said
from domain.desk.quoting import AGREED, QUOTE, TOLD
from domain.desk.risks import Seen
from domain.desk.roles import Role
from domain.desk.state import Moment, Told
from domain.desk.stopping import KEEP
from domain.desk.urgent import STOP
from domain.errors import Refused
from domain.intake.sayings.stopping import speaks_of_stopping
from domain.orders.cancelling import (
    ASKS,
    AT_ONCE,
    BEGUN,
    CLOSE,
    FAR,
    FOR_CUSTOMERS,
    FOR_STAFF,
    KNOWN,
    MOVED,
    OVER,
    RELEASED,
    RULES,
    STOPPED,
    URGENT,
    near,
    rule_for,
)
from domain.orders.phases import MOVES, PHASES, is_ended
from domain.values import replace
from tests.domain.standing import at_phase, two_at_desk
from tests.domain.talk import SAM, Talk
from tests.domain.ways import LANDLINE, TOLL_FREE, begun, keys

PLACES = [(rule.phase, rule.near) for rule in RULES if rule.phase != "screening"]
HOURS = {FAR: 0.0, CLOSE: -24.0, BEGUN: 1.0}  # to which a dated move is brought, counted from its window


def place(phase: str, how_near: str) -> Talk:
    """Return a conversation whose request is in a phase, its move as near as that."""
    talk = at_phase(phase)
    start = talk.number.window_start
    if how_near != FAR and phase == "scheduled":
        assert start is not None
        talk.forward(seconds=(start + timedelta(hours=HOURS[how_near]) - talk.now).total_seconds())
    assert near(talk.number, talk.now, talk.policy.cancel_cutoff) == how_near
    return talk


def wish(talk: Talk) -> None:
    """Ask for a cancellation as far as the bot lets a customer."""
    talk.command("cancel")
    asked = [choice.code for choice in talk.screen[-1].choices]
    if "cancel.yes" in asked:
        talk.press("cancel.yes")


def press_quote(talk: Talk, answer: str) -> str:
    """Press yes or no under the newest question about a price; return what is shown for it."""
    for shown in reversed(talk.screen):
        for choice in shown.choices:
            if choice.code.startswith(f"stop.{answer}."):
                return talk.push(shown, choice)[-1].text
    raise AssertionError("no such button")


def last(talk: Talk, part: str) -> str:
    """Return the newest text that the customer was shown with a part in it."""
    return next(text for text in reversed(talk.texts()) if part in text)


# the table


def test_the_table_has_a_line_for_every_phase_and_only_for_those() -> None:
    assert {rule.phase for rule in RULES} == PHASES.keys()
    assert len({(rule.phase, rule.near) for rule in RULES}) == len(RULES)
    assert {rule.customer for rule in RULES} <= set(FOR_CUSTOMERS)
    assert {rule.staff for rule in RULES} <= set(FOR_STAFF)


def test_the_table_says_what_the_phases_allow() -> None:
    to = {(m.before, m.actor): m.after for m in MOVES if m.verb == "cancel"}
    for rule in RULES:
        goal = {AT_ONCE: "cancelled", ASKS: "cancel_requested"}.get(rule.customer)
        if rule.phase != "screening":  # entered and left within one turn
            assert to.get((rule.phase, "customer")) == goal, rule
            assert (to.get((rule.phase, "staff")) == "cancelled") == (rule.staff in (AT_ONCE, STOPPED)), rule


def test_whoever_may_ask_may_also_change_their_mind() -> None:
    asked_from = {m.before for m in MOVES if (m.verb, m.after) == ("cancel", "cancel_requested")}
    for actor, verb in (("customer", "keep"), ("staff", "advance")):
        back = {m.after for m in MOVES if (m.verb, m.before, m.actor) == (verb, "cancel_requested", actor)}
        assert back == asked_from


@pytest.mark.parametrize(("phase", "how_near"), PLACES)
def test_a_customers_wish_comes_to_what_the_table_says(phase: str, how_near: str) -> None:
    talk = place(phase, how_near)
    way = rule_for(talk.number, talk.now, talk.policy.cancel_cutoff).customer
    shown = len(talk.screen)
    wish(talk)
    said = " ".join(text for text in talk.texts()[shown:])
    if way == AT_ONCE:
        assert talk.request.status == "cancelled"
        assert "stays where it is" in said
    elif way == ASKS:
        assert talk.request.status == "cancel_requested"
        assert "ask your present company not to disconnect" in said
        assert "how much before anything is cancelled" in said
    elif way == URGENT:
        assert talk.request.status == phase
        assert STOP in talk.case().answers["flags"].value
        assert "can move back" in said
        assert any("Urgent: the customer wants to cancel" in post for post in talk.posts)
    elif way == KNOWN:
        assert "already asked our desk" in said
    elif way == RELEASED:
        assert "released it already" in said
        assert "it can move back" in said
    elif way == MOVED:
        assert "asks us for it" in said
    else:
        assert (way, talk.request.status) == (OVER, phase)
        assert "no open request to cancel" in said


@pytest.mark.parametrize(("phase", "how_near"), PLACES)
def test_staff_cancel_where_the_table_lets_them_and_are_told_what_else_can_be_done(phase: str, how_near: str) -> None:
    talk = place(phase, how_near)
    way = rule_for(talk.number, talk.now, talk.policy.cancel_cutoff).staff
    told = talk.staff("cancel")
    assert told.error == (way != AT_ONCE)
    said = slack_text(told.key, told.params)
    if way == STOPPED:
        assert f"cancel {talk.ref} stopped" in said
        told = talk.staff("cancel", "stopped")
        assert not told.error
    elif way == MOVED:
        assert f"/port snapback {talk.ref}" in said
        assert f"/port out {talk.ref}" in said
    assert (talk.request.status == "cancelled") == (way in (AT_ONCE, STOPPED) or phase == "cancelled")


def test_a_toll_free_number_that_was_released_cannot_be_stopped_with_a_day_either() -> None:
    """A finding of a conversation talked through: with a day, its old company was to keep what it had let go."""
    talk = begun(TOLL_FREE)
    for verb, argument in (("submit", "88123"), ("advance", ""), ("advance", ""), ("date", "2026-12-01")):
        assert not talk.staff(verb, argument).error
        talk.forward(seconds=61)
    wish(talk)
    assert "released it already" in talk.texts()[-1]
    assert talk.staff("cancel", "stopped").error
    assert talk.number.phase == "scheduled"


# what staff write


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", Said("")), ("stopped", Said("stopped")), ("Stopped ", Said("stopped")), ("kept", Said(KEPT)),
        ("fee 25", Said(FEE, "25.00")), ("fee $25: it can end", Said(FEE, "25.00", "it can end")),
        ("fee 12.5, calls stop", Said(FEE, "12.50", "calls stop")), ("risk: it can end", Said(FEE, FREE, "it can end")),
        ("denied", Said("denied")), ("denied: in its last step", Said("denied", words="in its last step")),
        ("denied too late", Said("denied", words="too late")),
        ("fee", None), ("fee lots", None), ("fee 99999", None), ("because", None), ("deniedly", None), ("risk", None),
    ],
)  # fmt: skip
def test_what_staff_write_behind_cancel_is_read(written: str, meant: Said | None) -> None:
    assert read_said(written) == meant
    assert ends(written) == (meant is None or meant.way in ("", "stopped"))


def test_what_is_none_of_it_cancels_nothing_and_names_what_there_is() -> None:
    talk = at_phase("submitted")
    told = talk.staff("cancel", "because the customer said so")
    assert (told.key, told.error) == ("cancel.unclear", True)
    assert talk.request.status == "submitted"


# the price


@pytest.mark.parametrize("phase", ["submitted", "carrier_review", "pending_date", "rejected", "scheduled"])
@pytest.mark.parametrize("is_wished", [True, False])
def test_a_fee_is_asked_about_and_cancelled_only_after_a_yes(phase: str, *, is_wished: bool) -> None:
    talk = at_phase(phase)
    if is_wished:
        wish(talk)
    here = talk.request.status
    told = talk.staff("cancel", "fee 25: your phone can be dead for a day")
    assert told.key == "cancel.quoted"
    assert talk.request.status == here
    shown = talk.forward(seconds=61)
    asked = next(each for each in shown if "25" in each.text)
    assert "charges us <b>$25</b>" in asked.text
    assert "your phone can be dead for a day" in asked.text
    assert [choice.label for choice in asked.choices] == ["button.quote_yes", "button.quote_no"]
    said = press_quote(talk, "yes")
    assert "for $25" in said
    assert "not to disconnect" in said
    assert talk.request.status == here  # only the desk can have it stopped
    assert any("The customer wants it cancelled" in post for post in talk.posts)
    assert not talk.staff("cancel").error
    [notice] = [each.text for each in talk.forward(seconds=61) if "is cancelled" in each.text]
    assert "It costs you $25" in notice
    assert "as you agreed" in notice
    assert QUOTE not in talk.case().answers


@pytest.mark.parametrize("phase", ["submitted", "carrier_review", "pending_date", "rejected"])
def test_a_no_brings_it_back_to_where_it_was_by_itself(phase: str) -> None:
    talk = at_phase(phase)
    wish(talk)
    talk.staff("cancel", "fee 25")
    talk.forward(seconds=61)
    said = press_quote(talk, "no")
    assert "goes on as before" in said
    assert talk.request.status == phase
    assert talk.number.came_from is None
    assert QUOTE not in talk.case().answers
    assert any("does not want it cancelled like this" in post for post in talk.posts)
    quiet = [each for each in talk.forward(days=3) if "notice." in each.owed.key]
    assert quiet == []  # nothing has changed that they did not know


def test_a_no_takes_the_urgent_wish_of_a_dated_move_back() -> None:
    talk = at_phase("scheduled")
    wish(talk)
    talk.staff("cancel", "fee 40: it may move all the same")
    talk.forward(seconds=61)
    press_quote(talk, "no")
    assert STOP not in talk.case().answers["flags"].value
    assert talk.request.status == "scheduled"


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("yes", "agreed"), ("Yes, cancel it", "agreed"), ("ok cancel", "agreed"), ("cancel it anyway", "agreed"),
        ("no", "back"), ("No, go on", "back"), ("no, too expensive", "back"), ("never mind", "back"),
        ("don't cancel it", "back"), ("go on", "back"),
        ("yes go on", ""), ("what does that mean?", ""), ("I will call you", ""),
    ],
)  # fmt: skip
def test_yes_and_no_can_be_typed_and_nothing_else_decides(typed: str, status: str) -> None:
    talk = at_phase("carrier_review")
    wish(talk)
    talk.staff("cancel", "fee 25")
    talk.forward(seconds=61)
    talk.say(typed)
    quote = talk.case().answers.get(QUOTE)
    stands = quote.value[0] if quote is not None else ""
    assert stands == {"agreed": AGREED, "back": "", "": TOLD}[status]
    assert talk.request.status == ("carrier_review" if status == "back" else "cancel_requested")


def test_without_a_yes_no_fee_is_passed_on_and_staff_are_asked_whether_they_are_sure() -> None:
    talk = at_phase("submitted")
    wish(talk)
    talk.staff("cancel", "fee 25")
    talk.forward(seconds=61)
    asked = talk.staff("cancel", is_sure=False)
    assert "no fee is passed on" in slack_text(asked.key, asked.params)
    assert talk.request.status == "cancel_requested"
    talk.staff("cancel")
    [notice] = [each.text for each in talk.forward(seconds=61) if "is cancelled" in each.text]
    assert "25" not in notice
    with pytest.raises(AssertionError):
        assert "for $25" in press_quote(talk, "yes")


def test_a_new_price_takes_the_place_of_the_old_one_whose_buttons_are_over() -> None:
    talk = at_phase("submitted")
    wish(talk)
    talk.staff("cancel", "fee 25")
    [first] = [each for each in talk.forward(seconds=61) if "25" in each.text]
    talk.staff("cancel", "fee 35")
    talk.forward(seconds=61)
    (old,) = talk.push(first, first.choices[0])
    assert "That question is over" in old.text
    assert talk.case().answers[QUOTE].value[:2] == (TOLD, "35.00")
    assert "for $35" in press_quote(talk, "yes")


def test_a_price_that_is_taken_back_in_time_is_never_asked() -> None:
    talk = at_phase("submitted")
    talk.staff("cancel", "fee 25")
    assert not talk.staff("undo").error
    assert not any("25" in each.text for each in talk.forward(days=3))
    assert QUOTE not in talk.case().answers


def test_who_does_not_answer_is_asked_once_more_and_the_desk_is_told() -> None:
    talk = at_phase("submitted")
    wish(talk)
    talk.staff("cancel", "risk: calls can stop for a day")
    [asked] = [each for each in talk.forward(seconds=61) if "calls can stop" in each.text]
    assert "costs you nothing" in asked.text
    again = [each for each in talk.forward(days=10) if "calls can stop" in each.text]
    assert len(again) == 1
    assert sum("asked a day ago" in post for post in talk.posts) == 1
    talk.push(asked, asked.choices[0])
    assert talk.case().answers[QUOTE].value[0] == AGREED


def test_cancel_once_more_shows_the_open_question_again() -> None:
    talk = at_phase("submitted")
    wish(talk)
    talk.staff("cancel", "fee 25")
    talk.forward(seconds=61)
    shown = talk.command("cancel")
    assert "$25" in shown[-1].text
    assert "for $25" in press_quote(talk, "yes")


def test_who_has_blocked_the_bot_is_asked_when_they_let_it_in_again() -> None:
    talk = at_phase("submitted")
    wish(talk)
    talk.hear("blocked")
    talk.staff("cancel", "fee 25")
    talk.forward(days=1)
    assert any("$25" in each.text for each in talk.hear("unblocked"))
    assert "for $25" in press_quote(talk, "yes")


def test_an_answer_about_another_request_than_the_one_the_chat_is_about_counts() -> None:
    talk = at_phase("submitted")
    wish(talk)
    talk.staff("cancel", "fee 25")
    first, [asked] = talk.newest, [each for each in talk.forward(seconds=61) if "25" in each.text]
    talk.command("new")
    talk.say("415-421-8840, Verizon Wireless")
    assert talk.chat.focus != first
    talk.push(asked, asked.choices[1])
    talk.forward(seconds=1)
    assert talk.requests[first].status == "submitted"


@pytest.mark.parametrize("phase", ["intake", "staff_review", "changes_requested"])
def test_nothing_costs_anything_before_it_is_at_a_carrier(phase: str) -> None:
    talk = at_phase(phase)
    assert talk.staff("cancel", "fee 25").key == "cancel.no_quote"
    assert QUOTE not in talk.case().answers


@pytest.mark.parametrize("words", ["my PIN is 482913", "account number 998877665-00001"])
def test_no_secret_goes_to_the_customer_as_a_risk_or_a_refusal(words: str) -> None:
    talk = at_phase("cancel_requested")
    for argument in (f"fee 25: {words}", f"denied: {words}"):
        assert talk.staff("cancel", argument).error
    assert not {QUOTE, "cancel_denied"} & talk.case().answers.keys()


# the carrier refuses


@pytest.mark.parametrize("phase", ["submitted", "carrier_review", "pending_date", "rejected", "scheduled"])
@pytest.mark.parametrize("why", ["the order is in its last step", ""])
def test_a_refusal_lets_it_go_on_and_the_customer_reads_why_and_of_the_way_back(phase: str, why: str) -> None:
    talk = at_phase(phase)
    wish(talk)
    assert talk.staff("cancel", f"denied: {why}").key == "cancel.denied"
    assert talk.request.status == phase
    shown = [each.text for each in talk.forward(seconds=61) if "goes on" in each.text]
    assert len(shown) == 1
    assert why in shown[0]
    assert "it can move back" in shown[0]
    assert talk.number.came_from is None
    assert STOP not in (talk.case().answers["flags"].value if "flags" in talk.case().answers else ())


def test_a_refusal_can_be_taken_back_and_nobody_is_told() -> None:
    talk = at_phase("cancel_requested")
    talk.staff("cancel", "denied: too late")
    assert not talk.staff("undo").error
    assert talk.request.status == "cancel_requested"
    assert talk.number.came_from == "submitted"
    assert not any("too late" in each.text for each in talk.forward(days=1))


def test_there_is_nothing_to_refuse_where_nobody_asked() -> None:
    talk = at_phase("submitted")
    assert talk.staff("cancel", "denied: too late").key == "cancel.no_wish"


# whose hand


def as_agent(talk: Talk, argument: str) -> Told | None:
    """Cancel as an agent, who may stop nothing that has a date; return what they are told. Raises Refused."""
    moment = Moment(talk.now, "agent", lambda: 10_000_000 + len(talk.history), lambda: talk.ref)
    seen = Seen(talk.request.version, 0)
    wish = staff.Order(SAM, "cancel", argument, Role.AGENT, seen=seen, is_sure=True)
    return staff.act(talk.state(talk.newest), moment, wish, talk.policy).told


@pytest.mark.parametrize("argument", ["fee 25: a risk", "risk: a risk", "denied: too late"])
def test_an_agent_may_ask_for_the_price_of_a_dated_move_and_pass_on_a_refusal(argument: str) -> None:
    talk = at_phase("scheduled")
    wish(talk)
    told = as_agent(talk, argument)
    assert told is not None
    assert not told.error


@pytest.mark.parametrize("argument", ["", "stopped", "anything else"])
def test_an_agent_may_not_stop_a_dated_move(argument: str) -> None:
    talk = at_phase("scheduled")
    wish(talk)
    with pytest.raises(Refused) as refused:
        as_agent(talk, argument)
    assert refused.value.code == "role.needed_late"


# the old service


def test_after_a_cancellation_at_the_carrier_the_card_says_to_have_the_service_kept() -> None:
    talk = at_phase("submitted")
    told = talk.staff("cancel")
    assert "not to disconnect" in slack_text(told.key, told.params)
    assert talk.case().answers[KEEP].value == (talk.number.e164,)
    assert talk.staff("cancel", "kept").key == "cancel.kept_told"
    assert KEEP not in talk.case().answers
    assert talk.staff("cancel", "kept").key == "cancel.nothing_to_keep"


def test_what_was_never_at_a_carrier_needs_nothing_kept() -> None:
    talk = at_phase("staff_review")
    assert talk.staff("cancel").key == "cancel.done"
    assert KEEP not in talk.case().answers


# one number of many


def office(phase: str) -> Talk:
    """Return three numbers of one request that have come to a phase."""
    talk = begun(LANDLINE)
    for verb, argument in {"staff_review": (), "submitted": (("submit", "88123"),)}[phase]:
        assert not talk.staff(verb, argument).error
        talk.forward(seconds=61)
    assert {n.phase for n in talk.case().numbers} == {phase}
    return talk


def phases(talk: Talk) -> list[str]:
    return [number.phase for number in talk.case().numbers]


@pytest.mark.parametrize(("phase", "goal"), [("staff_review", "cancelled"), ("submitted", "cancel_requested")])
def test_of_several_numbers_the_customer_says_which(phase: str, goal: str) -> None:
    talk = office(phase)
    (asked,) = talk.command("cancel")
    assert [choice.code for choice in asked.choices] == [
        "cancel.of.4154218832", "cancel.of.4154218833", "cancel.of.4154218834", "cancel.of.all", "cancel.no",
    ]  # fmt: skip
    (sure,) = talk.press("cancel.of.4154218833")
    assert "(415) 421-8833" in sure.text
    assert "8832" not in sure.text
    (done,) = talk.press("cancel.yes.4154218833")
    assert "(415) 421-8833" in done.text
    assert "not to disconnect" in done.text
    assert phases(talk) == [phase, goal, phase]
    assert not is_ended(talk.request.status)
    assert any("(415) 421-8833" in post for post in talk.posts[-1:])


@pytest.mark.parametrize("how", ["/cancel 415-421-8833", "cancel 415-421-8833", "please stop 4154218833 now"])
def test_a_number_can_be_named_in_words(how: str) -> None:
    talk = office("submitted")
    if how.startswith("/"):
        talk.hear("command", how, code="cancel")
    else:
        talk.say(how)
    talk.press("cancel.yes.4154218833")
    assert phases(talk) == ["submitted", "cancel_requested", "submitted"]


def test_all_of_several_numbers_go_as_one() -> None:
    talk = office("submitted")
    talk.command("cancel")
    talk.press("cancel.of.all")
    (told,) = talk.press("cancel.yes")
    assert told.owed.key == "cancel.cancel_requested"
    assert set(phases(talk)) == {"cancel_requested"}


def one_after_the_other(talk: Talk) -> None:
    """Let the customer call off the first number, then the second."""
    for digits in ("4154218832", "4154218833"):
        talk.command("cancel")
        talk.press(f"cancel.of.{digits}")
        talk.press(f"cancel.yes.{digits}")


def test_one_number_after_the_other_ends_the_request() -> None:
    talk = office("staff_review")
    one_after_the_other(talk)
    assert not is_ended(talk.request.status)
    talk.command("cancel")
    talk.press("cancel.yes")
    assert talk.request.status == "cancelled"
    assert not talk.secrets


def test_a_refusal_for_one_number_leaves_the_question_about_another() -> None:
    talk = office("submitted")
    one_after_the_other(talk)
    talk.staff("cancel", "8832 fee 25")
    talk.forward(seconds=61)
    assert not talk.staff("cancel", "8833 denied: too late").error
    assert phases(talk) == ["cancel_requested", "submitted", "submitted"]
    shown = talk.forward(seconds=61)
    [refused] = [each.text for each in shown if "does not stop" in each.text]
    assert "the move of (415) 421-8833 (" in refused
    assert "for $25" in press_quote(talk, "yes")
    assert not talk.staff("cancel", "8832").error
    [notice] = [each.text for each in talk.forward(seconds=61) if "It costs you $25" in each.text]
    assert "(415) 421-8832" in notice


def test_two_refusals_in_a_minute_are_told_as_one() -> None:
    talk = office("submitted")
    talk.command("cancel")
    talk.press("cancel.of.all")
    talk.press("cancel.yes")
    talk.staff("cancel", "8832 denied: too late.")
    talk.staff("cancel", "8833 denied: no such order.")
    [refused] = [each.text for each in talk.forward(seconds=61) if "does not stop" in each.text]
    assert "(415) 421-8832, (415) 421-8833" in refused
    assert "too late. no such order." in refused
    assert phases(talk) == ["submitted", "submitted", "cancel_requested"]


def test_no_to_the_choice_leaves_all_as_it_is() -> None:
    talk = office("submitted")
    talk.command("cancel")
    assert keys(talk.press("cancel.no")) == ["cancel.kept"]
    assert set(phases(talk)) == {"submitted"}


def test_an_old_choice_does_nothing() -> None:
    talk = office("submitted")
    (asked,) = talk.command("cancel")
    talk.press("cancel.no")
    talk.push(asked, asked.choices[0])
    assert "cancel.sure" not in talk.screen[-1].owed.key
    assert set(phases(talk)) == {"submitted"}


# any order of things


ANSWERS = st.sampled_from(["yes", "no", "again", "type yes", "type no", "nothing"])
STAFFS = st.sampled_from(
    ["fee 25: a risk", "risk: a risk", "denied: too late", "", "stopped", "kept", "advance", "undo"]
)


@settings(max_examples=60, deadline=None)
@given(
    place_=st.sampled_from(PLACES),
    steps=st.lists(st.tuples(STAFFS, st.sampled_from([0.0, 61.0, 90_000.0]), ANSWERS), max_size=5),
    is_wished=st.booleans(),
)
def test_nobody_is_stuck_and_no_fee_comes_without_a_yes(
    place_: tuple[str, str], steps: list[tuple[str, float, str]], *, is_wished: bool
) -> None:
    talk = place(*place_)
    yes = False
    if is_wished:
        wish(talk)
    for said, seconds, answer in steps:
        if said in ("advance", "undo"):
            talk.staff(said)
        else:
            talk.staff("cancel", said)
        talk.forward(seconds=seconds)
        quote = talk.case().answers.get(QUOTE)
        is_open = quote is not None and quote.value[0] == TOLD
        _answer(talk, answer, is_open=is_open)
        after = talk.case().answers.get(QUOTE)
        yes = yes or (is_open and after is not None and after.value[0] == AGREED)
    talk.forward(seconds=61)
    assert yes or not any("It costs you" in text for text in talk.texts())
    if talk.request.status == "cancel_requested":
        assert talk.number.came_from is not None
        assert not talk.staff("cancel", "denied: too late").error  # there is always a way on
    elif not is_ended(talk.request.status):
        wish(talk)
        flags = talk.case().answers.get("flags")
        is_known = (flags is not None and STOP in flags.value) or QUOTE in talk.case().answers
        is_told = talk.request.status == "rerouting" and "it can move back" in talk.texts()[-1]
        assert talk.request.status in ("cancelled", "cancel_requested") or is_known or is_told


def _answer(talk: Talk, answer: str, *, is_open: bool) -> None:
    if answer == "again":
        talk.command("cancel")
    elif answer.startswith("type ") and is_open:
        talk.say(answer.removeprefix("type "))
    elif answer in ("yes", "no") and is_open:
        press_quote(talk, answer)


def test_a_dated_number_is_as_near_as_its_window() -> None:
    number = replace(at_phase("scheduled").number, phase="pending_date")
    assert number.window_start is not None
    assert near(number, number.window_start, 48) == FAR  # a date that is lost is none


# told in words, behind the question


@pytest.mark.parametrize("words", ["please stop it", "stop it now please", "I want to stop the port"])
def test_who_says_once_more_that_a_dated_move_shall_stop_is_told_that_the_desk_knows(words: str) -> None:
    talk = at_phase("scheduled")
    talk.command("cancel")
    [shown] = talk.say(words)
    assert shown.owed.key.endswith("cancel.too_late.desk_knows")


@pytest.mark.parametrize(
    ("phase", "words", "after"),
    [
        ("carrier_review", "yes please", "cancel_requested"),
        ("carrier_review", "Yes, stop it", "cancel_requested"),
        ("carrier_review", "no, keep going", "carrier_review"),
        ("staff_review", "yes", "cancelled"),
    ],
)
def test_a_typed_yes_or_no_to_whether_it_shall_be_stopped_is_taken(phase: str, words: str, after: str) -> None:
    talk = at_phase(phase)
    talk.command("cancel")
    talk.say(words)
    assert talk.request.status == after


def test_a_typed_yes_to_the_desks_question_for_a_dated_move_brings_it_before_the_desk() -> None:
    talk = at_phase("scheduled")
    talk.say("please stop the port")
    [shown] = talk.say("yes")
    assert shown.owed.key == "cancel.too_late.scheduled+cancel.desk_asked"


def test_a_yes_after_the_desk_has_asked_something_else_stops_nothing() -> None:
    talk = at_phase("carrier_review")
    talk.command("cancel")
    assert not talk.staff("reply", "Can we call you at four?").error
    talk.say("yes")
    assert talk.request.status == "carrier_review"
    talk.command("cancel")
    talk.forward(minutes=11)
    talk.say("yes")
    assert talk.request.status == "carrier_review"


@pytest.mark.parametrize(("words", "named"), [("8833", "8833"), ("only the one ending in 8833 please", "8833")])
def test_the_number_that_shall_stop_can_be_typed_where_it_was_asked_which(words: str, named: str) -> None:
    talk = two_at_desk()
    talk.command("cancel")
    [shown] = talk.say(words)
    assert shown.owed.key == "cancel.sure_some"
    talk.say("yes")
    assert {n.e164[-4:]: n.phase for n in talk.case().numbers} == {"8832": "staff_review", named: "cancelled"}


def test_all_of_them_can_be_typed_where_it_was_asked_which() -> None:
    talk = two_at_desk()
    talk.command("cancel")
    talk.say("both of them")
    talk.say("yes")
    assert {n.phase for n in talk.case().numbers} == {"cancelled"}


@pytest.mark.parametrize(
    "words",
    ["then ask them to stop it", "I still want to cancel", "please have it stopped", "cancel it whatever it costs"],
)
def test_words_about_a_stop_of_a_dated_move_lead_into_the_case_of_cancelling(words: str) -> None:
    talk = at_phase("scheduled")
    [shown] = talk.say(words)
    assert shown.owed.key == "text.passed_on+cancel.sure_late"
    [shown] = talk.say("yes ask them")
    assert shown.owed.key == "cancel.too_late.scheduled+cancel.desk_asked"
    [shown] = talk.say(words)
    assert shown.owed.key == "text.passed_on+cancel.too_late.desk_knows"


@pytest.mark.parametrize("words", ["don't cancel it after all", "I changed my mind, let it move", "keep going please"])
def test_who_takes_the_wish_to_stop_back_is_heard_and_the_desk_reads_it(words: str) -> None:
    talk = at_phase("scheduled")
    talk.command("cancel")
    [shown] = talk.say(words)
    assert shown.owed.key == "cancel.goes_on"
    assert STOP not in talk.case().answers["flags"].value
    assert "wants it to go on after all" in talk.posts[-1]


@pytest.mark.parametrize(
    "words",
    ["should I cancel my old service?", "I will cancel my internet tomorrow", "stop texting me please",
     "my phone stopped working", "can you stop it for free?"],
)  # fmt: skip
def test_what_is_asked_or_of_something_else_is_no_wish_to_stop_the_move(words: str) -> None:
    talk = at_phase("scheduled")
    talk.say(words)
    assert not speaks_of_stopping(words)


def test_the_record_of_the_account_is_not_asked_for_while_it_waits_to_be_cancelled_and_again_after_a_no() -> None:
    """A finding of a conversation talked through: "goes on as soon as it has your answer" stood behind the price."""
    talk = at_phase("csr_needed")
    wish(talk)
    talk.staff("cancel", "fee 25")
    shown = talk.forward(seconds=61)
    assert [key.partition("+")[0] for key in keys(shown)] == ["quote.fee"]
    press_quote(talk, "no")
    assert talk.number.phase == "csr_needed"
    (shown_now,) = talk.command("status")
    assert "go" in [choice.code for choice in shown_now.choices]
