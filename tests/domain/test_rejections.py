"""Rejections: the table, what carriers write, and that no reason leaves anybody stuck, whichever way out is taken."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.wording import sentences, slack_text
from domain.desk.mending import AGAIN
from domain.desk.signing import is_signed
from domain.desk.submitting import awaits_repair
from domain.intake.questions import BY_ID, next_question
from domain.intake.repairs import REPAIR, asked_for, open_reasons, opens
from domain.orders.rejections import KINDS, OF_SOURCES, REJECTIONS, Rejection, find_rejection, likely
from domain.orders.rejections.reason import Way
from tests.domain.standing import at_phase
from tests.domain.talk import ANSWERS, Shown, Talk
from tests.structure.test_words import a_case

ALL = tuple(REJECTIONS)
PRESSED: dict[str, str] = {
    "one_bill": "yes",
    "authority": "allowed",
    "stays": "nothing.all",
    "unlock": "yes",
}
NEW = {
    **ANSWERS,
    "name": "Maria J. Alvarez",
    "address": "88 King Street, San Francisco, CA 94107",
    "account": "998877665-00002",
    "pin": "771155",
    "btn": "415-421-8832",
    "new_btn": "415-421-8899",
    "numbers": "415-421-8840",
    "contact": "Ben Alvarez",
    "reseller": "Onvoy LLC",
}
UNTOLD = ("signature", "review")


def refused(*codes: str) -> Talk:
    """Return a request that a carrier refused for these reasons, its customer told."""
    talk = at_phase("submitted")
    told = talk.staff("reject", ",".join(codes))
    assert not told.error, told
    talk.forward(seconds=61)
    return talk


def answer(talk: Talk, question: str) -> list[Shown]:
    """Answer what is asked, as somebody who gave something wrong before."""
    if question == "bill":
        return talk.document()
    if question == "signature":
        case = talk.case()
        return talk.say(" ".join(case.answers["contact" if "contact" in case.answers else "name"].value[-2:]))
    return talk.press(PRESSED[question]) if question in PRESSED else talk.say(NEW[question])


def asked(talk: Talk) -> str:
    """Return the open question; empty where there is none."""
    question = next_question(talk.case())
    return question.id if question is not None else ""


def repair(talk: Talk, prefer: tuple[Way, ...]) -> list[str]:
    """Put a rejection right, by the first of the ways that a question offers, else by answering; return what was."""
    path: list[str] = []
    while (question := asked(talk)) and len(path) < 12:
        path.append(repair_one(talk, question, prefer))
    return path


def repair_one(talk: Talk, question: str, prefer: tuple[Way, ...]) -> str:
    """Do the same of one question, and return the way or the question."""
    reason = asked_for(question, talk.case())
    ways = reason.ways if reason is not None else ()
    way = next((way for way in prefer if way in ways), ways[0] if question == REPAIR else None)
    if way is not None:
        talk.press(way)
    else:
        answer(talk, question)
    return way or question


# the table


@pytest.mark.parametrize("code", ALL)
def test_a_reason_has_all_its_words(code: str) -> None:
    reason, known = REJECTIONS[code], sentences("en")
    keys = {f"rejection.{code}", f"rejection.do.{code}", f"rejection.short.{code}", f"rejection.kind.{reason.kind}"}
    keys |= {f"rejection.meanwhile.{reason.meanwhile}", *({f"button.repair.{reason.deed}"} if reason.deed else set())}
    keys |= {f"rejection.desk.{code}"} if reason.who != "customer" else set()
    assert keys <= known.keys()
    assert find_rejection(known[f"rejection.short.{code}"]) is reason
    assert ("done" in reason.ways) == bool(reason.deed)


def test_the_thirteen_of_the_sources_come_first() -> None:
    assert ALL[:13] == OF_SOURCES
    assert len(ALL) == 48
    assert {reason.kind for reason in REJECTIONS.values()} == set(KINDS)


@pytest.mark.parametrize("reason", REJECTIONS.values(), ids=ALL)
def test_a_reason_is_the_customers_or_the_desks(reason: Rejection) -> None:
    assert bool(reason.ways or reason.reopens or reason.letter == "T") == (reason.who == "customer")


@pytest.mark.parametrize("reason", REJECTIONS.values(), ids=ALL)
def test_a_new_letter_goes_with_what_the_letter_states_and_with_nothing_else(reason: Rejection) -> None:
    known = [BY_ID[question] for question in reason.reopens if question in BY_ID]
    states = any(question.signed or question.id == "signature" for question in known)
    assert states == (reason.letter == "Y")


def test_no_two_reasons_are_called_the_same_by_those_who_pass_orders_on() -> None:
    names = [name for reason in REJECTIONS.values() for name in reason.maps]
    shared = {name for name in names if names.count(name) > 1}
    assert shared == {"7402", "7434"}  # which stand for two each


# what carriers write


@pytest.mark.parametrize(
    ("wrote", "code"),
    [
        ("8C passcode missing or invalid", "PIN_INVALID"),
        ("The PIN provided does not match our records.", "PIN_INVALID"),
        ("Account number is invalid", "ACCOUNT_NUMBER_WRONG"),
        ("E17A", "ACCOUNT_NUMBER_WRONG"),
        ("Account number required", "ACCOUNT_NUMBER_MISSING"),
        ("End user name on LOA does not match CSR", "NAME_MISMATCH"),
        ("ENTITY_NAME_MISMATCH", "NAME_MISMATCH"),
        ("authorized person not listed", "AUTH_NAME_MISMATCH"),
        ("service address invalid", "ADDRESS_MISMATCH"),
        ("ZIP code does not match", "ZIP_MISMATCH"),
        ("8D", "ZIP_MISMATCH"),
        ("customer has outstanding balance", "UNSATISFIED_BALANCE"),
        ("TN is not active, disconnected 11/2", "NUMBER_INACTIVE"),
        ("6D", "NUMBER_INACTIVE"),
        ("Signer not authorized on the account", "UNAUTHORIZED_SIGNER"),
        ("Google Voice number must be unlocked", "GV_LOCKED"),
        ("BTN is incorrect", "BTN_INVALID"),
        ("PHONE_NUMBER_NOT_PORTABLE", "UNPORTABLE"),
        ("number belongs to a reseller account", "RESOLD_ACCOUNT"),
        ("port out protection is enabled", "PORT_PROTECTION_ON"),
        ("6P", "PORT_PROTECTION_ON"),
        ("Pending service order on the account", "PENDING_ORDER"),
        ("TN not found on this account", "NUMBER_NOT_ON_ACCOUNT"),
        ("LOA is illegible", "LOA_ILLEGIBLE"),
        ("a copy of the bill is required", "BILL_REQUIRED"),
        ("requested due date too soon", "DATE_REJECTED"),
        ("OSP_IRRESPONSIVE", "CARRIER_SILENT"),
        ("RespOrg declined the release", "RESPORG_NOT_RELEASED"),
    ],
)
def test_a_carriers_own_words_lead_to_its_reason(wrote: str, code: str) -> None:
    assert likely(wrote)[0].code == code


@pytest.mark.parametrize("reason", REJECTIONS.values(), ids=ALL)
def test_a_carriers_code_alone_is_enough(reason: Rejection) -> None:
    for name in reason.maps:
        assert reason in likely(f"Rejected: {name}."), name


@pytest.mark.parametrize("wrote", ["", "hello there", "4154218832", "see attached"])
def test_words_that_say_nothing_lead_to_no_reason(wrote: str) -> None:
    assert likely(wrote) == ()


@pytest.mark.parametrize(
    "wrote",
    [
        "8C passcode invalid, acct no mismatch, name does not match",
        "passcode invalid; 8A and the end user name differs",
        "name does not match, acct no mismatch & 8C",
    ],
)
def test_of_several_reasons_that_a_carrier_wrote_none_is_lost_to_the_code_of_another(wrote: str) -> None:
    assert {reason.code for reason in likely(wrote)} == {"PIN_INVALID", "ACCOUNT_NUMBER_WRONG", "NAME_MISMATCH"}
    told = at_phase("submitted").staff("reject", wrote)
    assert told.key == "reject.looks_like"
    offered = slack_text(told.key, told.params)
    assert all(each in offered for each in ("wrong transfer PIN", "wrong account number", "name does not match"))


def test_pasted_words_are_offered_as_a_reason_and_nothing_is_done() -> None:
    talk = at_phase("submitted")
    told = talk.staff("reject", "8C passcode missing or invalid; 7A9 PIN 482913")
    assert told.key == "reject.looks_like"
    said = slack_text(told.key, told.params)
    assert "wrong transfer PIN" in said
    assert "482913" not in said
    assert talk.request.status == "submitted"


# who signs


@pytest.mark.parametrize(
    ("code", "number_class", "opened"),
    [
        ("AUTH_NAME_MISMATCH", "toll_free", True),
        ("AUTH_NAME_MISMATCH", "landline", False),
        ("RESPORG_NOT_RELEASED", "toll_free", True),
        ("RESPORG_NOT_RELEASED", "wireless", False),
    ],
)
def test_a_toll_free_number_takes_a_new_letter_where_others_do_not(
    code: str, number_class: str, *, opened: bool
) -> None:
    assert ("signature" in opens(REJECTIONS[code], a_case(number_class))) == opened


def of_another_signer(code: str) -> Talk:
    """Return a refused request whose letter somebody else signs, its customer told."""
    talk = Talk()
    talk.until("authority")
    talk.press("someone_else")
    talk.say("Ann Lee, ann@example.com")
    while question := asked(talk):
        talk.answer(question)
    for verb, said in (("letter", "by mail"), ("submit", "88123"), ("reject", code)):
        told = talk.staff(verb, said)
        assert not told.error, told
        talk.forward(seconds=61)
    return talk


@pytest.mark.parametrize("code", ["LOA_REQUIRED", "LOA_ILLEGIBLE"])
def test_a_letter_that_somebody_else_signs_is_asked_of_them_by_the_desk(code: str) -> None:
    talk = of_another_signer(code)
    assert asked(talk) == ""
    assert "Ann Lee signs it once more" in "".join(talk.texts()[-4:])
    assert talk.staff("submit", AGAIN).key == "submit.no_letter"
    assert not talk.staff("letter").error
    assert not talk.staff("submit", AGAIN).error


def test_a_newer_letter_is_put_right_by_the_signer_or_by_the_carrier() -> None:
    by_signer, by_carrier = (of_another_signer("MORE_RECENT_AUTHORIZATION") for _ in range(2))
    assert not by_signer.staff("letter").error
    assert asked(by_signer) == ""
    by_carrier.press("fixed")
    for talk in (by_signer, by_carrier):
        assert not talk.staff("submit", AGAIN).error


# nobody is left stuck


WAYS_OUT: tuple[tuple[Way, ...], ...] = (
    (), ("fixed",), ("done",), ("contest",), ("written",), ("forward",), ("other_number",),
    ("all_numbers",), ("loss",),
)  # fmt: skip


def ways_out() -> Iterator[tuple[str, tuple[Way, ...]]]:
    """Yield each reason with each way out that it has; without any it is by new answers, or is the desk's."""
    for reason in REJECTIONS.values():
        if reason.reopens or not reason.ways:
            yield reason.code, ()
        for way in reason.ways:
            yield reason.code, (way,)


@pytest.mark.parametrize(("code", "prefer"), list(ways_out()), ids=str)
def test_every_reason_can_be_put_right_by_each_of_its_ways_and_goes_out_again(
    code: str, prefer: tuple[Way, ...]
) -> None:
    talk = refused(code)
    is_customers = REJECTIONS[code].who == "customer"
    assert bool(asked(talk)) == is_customers
    assert awaits_repair(talk.case()) == is_customers
    shown = f"{talk.screen[-1].owed.params}{talk.screen[-1].owed.key}"
    assert all(f"rejection.{part}{code}" in shown for part in ("", "do."))
    letter = talk.case().answers["signature"]
    path = repair(talk, prefer)
    assert asked(talk) == ""
    is_changed = any(BY_ID[question].signed for question in path if question in BY_ID)
    assert ("signature" in path) == (is_changed or ("signature" in REJECTIONS[code].reopens and not prefer))
    assert is_signed(talk.case())
    assert (talk.case().answers["signature"].seq == letter.seq) == ("signature" not in path)
    told = talk.staff("submit", AGAIN)
    assert not told.error, told
    assert talk.request.status == "submitted"
    assert {n.attempts for n in talk.case().numbers} == {1 if "numbers" in path else 2}


@settings(max_examples=150, deadline=None)
@given(
    codes=st.lists(st.sampled_from(ALL), min_size=1, max_size=4, unique=True),
    prefer=st.sampled_from(WAYS_OUT),
)
def test_several_reasons_are_gone_through_one_after_the_other(codes: list[str], prefer: tuple[Way, ...]) -> None:
    talk = refused(*codes)
    seen = []
    while question := asked(talk):
        reason = asked_for(question, talk.case())
        if reason is not None and reason.code not in seen:
            seen.append(reason.code)
        repair_one(talk, question, prefer)
        assert len(seen) <= len(codes)
    assert open_reasons(talk.case()) == ()
    assert not talk.staff("submit", AGAIN).error
    assert talk.request.repaired is None


# going back, several tries, what staff read


def test_a_way_out_is_taken_back_while_the_desk_has_not_sent_it_again() -> None:
    talk = refused("UNSATISFIED_BALANCE")
    talk.press("done")
    assert talk.request.repaired == "carrier_fixed"
    shown = talk.command("back")
    assert "button.repair.paid" in {choice.label for choice in shown[-1].choices}
    assert talk.request.repaired is None
    assert talk.staff("submit", AGAIN).key == "submit.not_repaired"


def test_words_are_understood_as_a_way_out() -> None:
    talk = refused("UNSATISFIED_BALANCE")
    assert "tap what is so" in talk.say("later maybe")[-1].text
    assert "as it was" in talk.say("I have paid")[-1].text


def test_staff_read_what_changed_before_and_after_and_can_submit_again_with_one_press() -> None:
    talk = refused("NAME_MISMATCH", "PIN_INVALID")
    repair(talk, ())
    post = next(owed for owed in reversed(talk.owed) if owed.key == "thread.repaired")
    said = slack_text(post.key, post.params)
    assert "Maria Alvarez → *Maria J. Alvarez*" in said
    assert "Transfer PIN: given anew" in said
    assert "771155" not in said
    [choice] = [choice for row in post.buttons for choice in row]
    assert (choice.code, choice.params["argument"]) == ("submit", AGAIN)


def test_staff_read_that_nothing_is_new_where_an_answer_is_given_again() -> None:
    talk = refused("NAME_MISMATCH")
    talk.say("Maria Alvarez")
    assert any("given again as it was: Maria Alvarez" in post for post in talk.posts)


def test_a_contest_gives_staff_the_words_of_the_rule() -> None:
    talk = refused("UNSATISFIED_BALANCE")
    assert "contests it" in talk.press("contest")[-1].text
    assert talk.request.repaired == "contested"
    assert any("can't refuse to port your number" in post for post in talk.posts)


def test_a_number_that_stays_is_the_desks_and_is_not_sent_again_with_one_press() -> None:
    talk = refused("UNPORTABLE")
    assert "forward" in talk.press("forward")[-1].text
    assert talk.request.repaired == "forward"
    post = next(owed for owed in reversed(talk.owed) if owed.key == "thread.repaired")
    assert post.buttons == ()
    assert "where to forward" in talk.command("status")[-1].text


def test_the_second_equal_rejection_offers_a_call_of_three_and_gives_staff_its_script() -> None:
    talk = refused("PIN_INVALID")
    assert not any("second time" in text for text in (*talk.texts(), *talk.posts))
    talk.say("771155")
    talk.staff("submit", AGAIN)
    talk.forward(seconds=61)
    talk.staff("reject", "wrong pin")
    shown = talk.forward(seconds=61)
    assert "second time for the same reason" in shown[0].text
    assert "button.call_of_three" in {choice.label for choice in shown[0].choices}
    assert any("Call all three together" in post for post in talk.posts)
    talk.press("person")
    assert "wants_person" in talk.case().answers["flags"].value


def test_another_reason_the_second_time_is_no_second_equal_one() -> None:
    talk = refused("PIN_INVALID")
    talk.say("771155")
    talk.staff("submit", AGAIN)
    talk.forward(seconds=61)
    talk.staff("reject", "wrong account")
    assert not any("second time" in shown.text for shown in talk.forward(seconds=61))


def test_a_rejection_that_is_taken_back_asks_for_nothing() -> None:
    talk = at_phase("submitted")
    talk.staff("reject", "nothing matches, unpaid balance")
    talk.staff("undo")
    assert talk.forward(seconds=61) == []
    assert asked(talk) == ""
    assert talk.request.status == "submitted"


def test_before_the_first_try_there_is_no_order_number_to_use_again() -> None:
    assert at_phase("staff_review").staff("submit", AGAIN).key == "submit.order_needed"


# some numbers of a request


def some_refused(*codes: str) -> Talk:
    """Return a request of two numbers of which a carrier refused the second, its customer told."""
    talk = Talk()
    talk.command("start")
    talk.say("415-421-8832, 415-421-8833, Verizon Wireless")
    for _ in range(20):
        question = asked(talk)
        if not question or talk.request.status != "intake":
            break
        if question == "one_bill":
            talk.press("yes")
        else:
            talk.answer(question)
    while question := asked(talk):
        talk.answer(question)
    talk.staff("submit", "88123")
    talk.forward(seconds=61)
    told = talk.staff("reject", f"8833 {','.join(codes)}")
    assert not told.error, told
    talk.forward(seconds=61)
    assert talk.request.status == "needs_attention"
    return talk


@pytest.mark.parametrize("code", ["PIN_INVALID", "NAME_MISMATCH", "UNSATISFIED_BALANCE", "PORT_PROTECTION_ON"])
def test_of_some_refused_numbers_only_these_are_repaired_and_go_out_again(code: str) -> None:
    talk = some_refused(code)
    assert awaits_repair(talk.case())
    repair(talk, ())
    assert talk.request.repaired is not None
    told = talk.staff("submit", AGAIN)
    assert not told.error, told
    assert [n.attempts for n in talk.case().numbers] == [1, 2]
    assert {n.phase for n in talk.case().numbers} == {"submitted"}


def test_a_refusal_of_some_numbers_is_told_of_these_alone() -> None:
    talk = some_refused("PIN_INVALID")
    told = next(shown.text for shown in reversed(talk.screen) if "PIN is wrong" in shown.text)
    assert "(415) 421-8833" in told
    assert "421-8832" not in told.split("PIN is wrong")[0]


def test_a_question_for_a_refusal_of_some_numbers_names_these_alone() -> None:
    talk = some_refused("RESOLD_ACCOUNT")
    shown = talk.screen[-1].text
    assert "Which company is behind Verizon Wireless?" in shown
    assert "the underlying carrier of (415) 421-8833" in shown
    assert "Please ask Verizon Wireless which carrier it hires the number from" in shown
    assert "8832" not in shown


def test_numbers_given_anew_for_one_that_was_refused_leave_the_others_at_the_carrier() -> None:
    talk = some_refused("NUMBER_NOT_ON_ACCOUNT")
    talk.say("415-421-8840")
    repair(talk, ())
    assert [n.e164[-4:] for n in talk.case().numbers] == ["8832", "8840"]
    assert [n.phase for n in talk.case().numbers] == ["submitted", "rejected"]
    assert not talk.staff("submit", AGAIN).error


@pytest.mark.parametrize("said", ["415-421-8832", "415-421-8832, 415-421-8833"])
@pytest.mark.parametrize("code", ["NUMBER_NOT_ON_ACCOUNT", "UNPORTABLE"])
def test_a_number_that_was_called_off_and_is_given_for_a_refused_one_begins_anew(code: str, said: str) -> None:
    talk = some_refused_beside_cancelled(code)
    if code == "UNPORTABLE":
        talk.press("other_number")
    talk.say(said)
    wanted = {each.strip()[-4:] for each in said.split(",")}
    assert {n.e164[-4:] for n in talk.case().numbers if n.phase == "rejected"} == wanted
    assert {n.rejection for n in talk.case().numbers} == {code}
    if code == "NUMBER_NOT_ON_ACCOUNT":
        assert asked(talk) == "account"
    repair(talk, ())
    assert not talk.staff("submit", AGAIN).error
    assert {n.phase for n in talk.case().numbers} == {"submitted"}


def some_refused_beside_cancelled(code: str) -> Talk:
    """Return a request of two numbers of which the first was called off, and the second is refused."""
    talk = some_refused(code)
    told = talk.staff("cancel", "8832")
    assert not told.error, told
    talk.forward(seconds=61)
    return talk
