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
from domain.intake.repairs import REPAIR, asked_for, open_reasons
from domain.orders.rejections import KINDS, OF_SOURCES, REJECTIONS, Rejection, find_rejection, likely
from domain.orders.rejections.reason import Way
from tests.domain.standing import at_phase
from tests.domain.talk import ANSWERS, Shown, Talk

ALL = tuple(REJECTIONS)
PRESSED: dict[str, str] = {"authority": "allowed", "reseller": "none", "stays": "nothing.all", "unlock": "yes"}
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
        reason = asked_for(question, talk.case())
        ways = reason.ways if reason is not None else ()
        way = next((way for way in prefer if way in ways), ways[0] if question == REPAIR else None)
        if way is not None:
            talk.press(way)
        else:
            answer(talk, question)
        path.append(way or question)
    return path


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


def test_pasted_words_are_offered_as_a_reason_and_nothing_is_done() -> None:
    talk = at_phase("submitted")
    told = talk.staff("reject", "8C passcode missing or invalid; 7A9 PIN 482913")
    assert told.key == "reject.looks_like"
    said = slack_text(told.key, told.params)
    assert "wrong transfer PIN" in said
    assert "482913" not in said
    assert talk.request.status == "submitted"


# nobody is left stuck


WAYS_OUT: tuple[tuple[Way, ...], ...] = (
    (), ("fixed",), ("done",), ("contest",), ("written",), ("forward",), ("other_number",),
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


def repair_one(talk: Talk, question: str, prefer: tuple[Way, ...]) -> None:
    reason = asked_for(question, talk.case())
    ways = reason.ways if reason is not None else ()
    way = next((way for way in prefer if way in ways), ways[0] if question == REPAIR else None)
    if way is not None:
        talk.press(way)
    else:
        answer(talk, question)
