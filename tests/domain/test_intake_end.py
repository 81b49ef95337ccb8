"""The end of the intake: the check of all answers, what may be added, the agreements, the signature, and ways back."""

import pytest

from domain.intake.questions import BY_ID
from domain.papers.authorization import AGREEMENTS_VERSION, TEXT_VERSION, facts_digest
from domain.policy import Policy
from tests.domain.standing import at_phase
from tests.domain.talk import Talk
from tests.domain.ways import LANDLINE, SOMEONE_ELSES, WIRELESS, begun, fill, keys, tell, values

PRICED = Policy(port_fee="15.00", monthly_fee="4.50", mails=True)


def _at_review(answers: dict[str, str] = WIRELESS, policy: Policy = PRICED) -> Talk:
    return begun(answers, "review", Talk(policy=policy))


# the check and the agreements


def test_the_check_shows_every_answer_costs_and_times_and_no_secret() -> None:
    talk = _at_review({**LANDLINE, "address": f"{LANDLINE['address']}, bills to PO Box 88, Chicago, IL 60601"})
    facts = next(s.text for s in talk.screen if s.owed.key.endswith("ask.review"))
    for shown in ("(415) 421-8834", "Comcast Business", "Blue Door Bakery LLC", "Tom Baker", "120 Main Street, Suite 4",
                  "PO Box 88", "(415) 200-0100", "••••45", "bill.pdf", "$15.00", "$4.50", "10 to 20"):  # fmt: skip
        assert shown in facts, shown
    assert "8155300120012345" not in "".join(talk.texts())


def test_one_press_agrees_and_version_and_figures_are_kept() -> None:
    talk = _at_review()
    assert "$15.00" in talk.screen[-1].text
    tell(talk, "!correct")
    assert values(talk)["agreements"] == (AGREEMENTS_VERSION, "$15.00", "$4.50")
    assert talk.chat.asked == "signature"


def test_nothing_but_yes_agrees() -> None:
    talk = _at_review()
    for typed in ("Maria Alvarez", "no", "why?", "not yet, I must look it up"):
        tell(talk, typed)
        assert talk.chat.asked == "review"
        assert "agreements" not in values(talk)
    tell(talk, "I agree")
    assert talk.chat.asked == "signature"


@pytest.mark.parametrize(
    ("question", "typed", "value"),
    [
        ("title", "Main office line", ("Main office line",)),
        ("email", "maria@example.com", ("maria@example.com",)),
        ("second", "415 200 0199", ("+14152000199",)),
        ("second", "anna@example.com", ("anna@example.com",)),
        ("second", "none", ("none",)),
        ("billing", "PO Box 9, Springfield, IL 62701", ("PO Box 9, Springfield, IL 62701",)),
    ],
)
def test_what_nobody_must_answer_is_added_by_a_button_of_the_check(
    question: str, typed: str, value: tuple[str, ...]
) -> None:
    talk = _at_review()
    tell(talk, f"!change.{question}")
    assert talk.chat.asked == question
    tell(talk, typed)
    assert (values(talk)[question], talk.chat.asked) == (value, "review")


@pytest.mark.parametrize("question", ["title", "email", "second", "billing"])
def test_what_was_taken_up_is_left_again(question: str) -> None:
    talk = _at_review()
    before = values(talk)
    tell(talk, f"!change.{question}", "/back")
    assert (values(talk), talk.chat.asked) == (before, "review")


def test_copies_are_offered_only_where_they_can_be_sent() -> None:
    offered = {c.code for c in _at_review().screen[-1].choices}
    assert "change.email" in offered
    assert "change.email" not in {c.code for c in _at_review(policy=Policy()).screen[-1].choices}


@pytest.mark.parametrize("answers", [WIRELESS, LANDLINE, SOMEONE_ELSES], ids=["wireless", "landline", "someone else's"])
def test_every_change_that_the_check_offers_is_asked_and_can_be_left(answers: dict[str, str]) -> None:
    talk = _at_review(answers)
    before = values(talk)
    for choice in talk.screen[-1].choices[1:]:
        tell(talk, f"!{choice.code}")
        assert talk.chat.asked == choice.code.removeprefix("change.")
        tell(talk, "/back")
        assert (values(talk), talk.chat.asked) == (before, "review")


# the signature


def test_the_signature_is_bound_to_what_the_letter_says() -> None:
    talk = begun(WIRELESS)
    assert values(talk)["signature"] == ("Maria Alvarez", TEXT_VERSION, facts_digest(talk.case()))


def test_the_letter_stands_alone_before_the_signature() -> None:
    talk = begun(LANDLINE, "signature")
    assert [s.owed.key for s in talk.screen[-2:]] == ["letter.text", "ask.signature"]
    letter = talk.screen[-2]
    assert letter.choices == ()
    assert all(number in letter.text for number in ("(415) 421-8832", "(415) 421-8833", "(415) 421-8834"))


def test_its_pages_are_owed_between_its_text_and_the_question_and_name_what_it_states() -> None:
    talk = begun(LANDLINE, "signature")
    text, pages, question = talk.owed[-3:]
    assert [each.key for each in (text, pages, question)] == ["letter.text", "letter.pages", "ask.signature"]
    assert (pages.kind, pages.lane, pages.address) == ("pages", text.lane, text.address)
    assert pages.params == {"request": str(talk.request.id), "facts": facts_digest(talk.case())}


@pytest.mark.parametrize("typed", ["Maria", "Maria Alvares", "yes", "Tom Baker"])
def test_only_the_name_on_the_letter_signs(typed: str) -> None:
    talk = begun(WIRELESS, "signature")
    tell(talk, typed)
    assert "signature" not in values(talk)
    assert talk.request.status == "intake"


SIGNED = {"name": "Mara Alvarez", "address": "9 Elm Street, Springfield, IL 62701", "numbers": "415-421-8839"}


@pytest.mark.parametrize(("question", "typed"), SIGNED.items())
def test_a_changed_fact_voids_the_check_before_the_signature(question: str, typed: str) -> None:
    talk = _at_review()
    tell(talk, f"!change.{question}", typed)
    assert "review" not in values(talk)
    fill(talk, {**WIRELESS, "signature": "Mara Alvarez" if question == "name" else "Maria Alvarez"})
    assert values(talk)["signature"][2] == facts_digest(talk.case())


@pytest.mark.parametrize(("question", "typed"), SIGNED.items())
def test_a_fact_that_staff_ask_for_anew_is_signed_anew(question: str, typed: str) -> None:
    assert BY_ID[question].signed
    talk = begun(WIRELESS)
    talk.staff("ask", question)
    talk.forward(seconds=61)
    tell(talk, typed)
    assert "signature" not in values(talk)
    assert talk.chat.asked == "signature"
    assert talk.staff("submit").error
    tell(talk, "Mara Alvarez" if question == "name" else "Maria Alvarez")
    assert values(talk)["signature"][2] == facts_digest(talk.case())
    assert talk.request.status == "staff_review"


def test_the_same_answer_again_leaves_the_signature() -> None:
    talk = begun(WIRELESS)
    talk.staff("ask", "name")
    talk.forward(seconds=61)
    signed = values(talk)["signature"]
    tell(talk, "Maria Alvarez")
    assert values(talk)["signature"] == signed
    assert talk.chat.asked is None


# one step back


def test_back_takes_back_all_that_one_message_said() -> None:
    talk = begun(WIRELESS, "name")
    before = values(talk)
    tell(talk, f"Maria Alvarez\n{WIRELESS['address']}")
    assert talk.chat.asked == "destination"
    tell(talk, "/back")
    assert (values(talk), talk.chat.asked) == (before, "name")


def test_back_takes_a_secret_with_it() -> None:
    talk = begun(WIRELESS, "account")
    tell(talk, "998877665-00001, PIN 482913", "/back")
    assert talk.secrets == {}
    assert talk.chat.asked == "account"


@pytest.mark.parametrize("answers", [WIRELESS, LANDLINE], ids=["wireless", "landline"])
def test_back_leads_all_the_way_to_the_beginning_and_the_way_forward_is_the_same(answers: dict[str, str]) -> None:
    talk = begun(answers, "signature")
    asked = [talk.chat.asked]
    while keys(tell(talk, "/back"))[0] == "back.done":
        asked.append(talk.chat.asked)
    assert asked[-1] == "numbers"
    assert len(asked) <= len(answers)
    fill(talk, answers)
    assert talk.request.status == "staff_review"


def test_after_the_signature_there_is_no_step_back() -> None:
    talk = begun({**WIRELESS, "pin": "!later"})
    assert keys(tell(talk, "/back")) == ["back.nothing"]
    assert talk.request.status == "staff_review"


# a wrong number


@pytest.mark.parametrize("question", ["address", "review", "signature"])
def test_a_wrong_number_is_corrected_while_it_is_typed_in(question: str) -> None:
    talk = begun(WIRELESS, question)
    shown = tell(talk, "wrong number I typed that")
    assert keys(shown)[-1] == "ask.numbers"
    tell(talk, "415-421-8839")
    fill(talk, WIRELESS)
    assert [n.e164 for n in talk.case().numbers] == ["+14154218839"]
    assert values(talk)["signature"][2] == facts_digest(talk.case())


def test_a_wrong_number_after_signing_is_edited_and_signed_again() -> None:
    talk = begun(WIRELESS)
    tell(talk, "wrong number I typed that", "415-421-8839")
    assert talk.chat.asked == "signature"
    assert talk.staff("submit").error
    tell(talk, "Maria Alvarez")
    assert talk.request.status == "staff_review"
    assert talk.number.e164 == "+14154218839"
    assert talk.staff("submit").key == "submit.done"


def test_a_bill_that_comes_before_the_new_signature_holds_nothing_up() -> None:
    talk = begun({**WIRELESS, "bill": "!later"})
    tell(talk, "wrong number I typed that", "415-421-8839", "@")
    assert talk.request.status == "awaiting_documents"
    tell(talk, "Maria Alvarez")
    assert talk.request.status == "staff_review"


def test_a_wrong_number_at_the_carrier_goes_to_the_desk() -> None:
    talk = begun(WIRELESS)
    talk.staff("submit")
    talk.forward(seconds=61)
    shown = tell(talk, "wrong number I typed that")
    assert "text.passed_on" in keys(shown)
    assert "wrong number I typed that" in talk.posts[-1]
    assert talk.number.e164 == "+14154218832"
    assert talk.chat.asked is None


def test_a_first_message_that_is_only_a_number_is_taken_with_the_welcome() -> None:
    talk = Talk()
    assert keys(tell(talk, "415-421-8832")) == ["start.welcome", "stage.line", "ask.carrier"]
    assert talk.number.e164 == "+14154218832"


def test_a_landline_whose_carrier_wanted_a_pin_is_asked_for_it_and_may_have_none() -> None:
    talk = Talk()
    fill(talk, LANDLINE)
    talk.staff("submit")
    talk.staff("reject", "wrong pin: passcode needed")
    talk.forward(minutes=2)
    assert talk.chat.asked == "pin"
    tell(talk, "there is none")
    assert talk.request.repaired == "corrected"


def test_what_is_tied_to_a_number_that_leaves_is_marked_for_staff() -> None:
    talk = Talk()
    fill(talk, LANDLINE, "stays")
    tell(talk, "the alarm line stays")
    assert talk.case().answers["flags"].value == ("tied_alarm",)


def test_a_used_letter_is_forgotten_when_its_years_are_over() -> None:
    talk = at_phase("ported")
    tell(talk, "/delete_my_data", "!delete.yes")
    assert talk.case().answers.keys() >= {"numbers", "name", "address", "signature"}
    talk.forward(days=2 * 365 + 1)
    assert talk.case().answers == {}
    assert talk.number.e164 == ""
