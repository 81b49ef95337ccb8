"""What a second first-time customer wrote: the name put right, steps back, labels typed, parts of an answer."""

import pytest

from bot.wording import plain_text
from domain.intake.questions import BY_ID
from tests.domain.standing import SUBMIT, at
from tests.domain.talk import Talk
from tests.domain.ways import LANDLINE, WIRELESS, Answers, begun, keys, tell, values

COMPANY: Answers = {**LANDLINE, "name": "Harbor Lights LLC"}


def _rejected() -> Talk:
    talk = begun(COMPANY)
    for verb, argument in (SUBMIT, ("reject", "name mismatch")):
        assert not talk.staff(verb, argument).error
        talk.forward(seconds=61)
    assert talk.chat.asked == "name"
    return talk


@pytest.mark.parametrize("said", ["the bill says Harbor Light LLC without s", "no wait. name is just Harbor Light LLC"])
def test_a_name_amid_other_words_is_taken_alone_and_shown(said: str) -> None:
    talk = _rejected()
    assert keys(tell(talk, said))[0] == "name.taken"
    assert values(talk)["name"] == ("business", "Harbor Light LLC")


@pytest.mark.parametrize("said", ["no wait. name is just Harbor Light LLC", "Harbor Light LLC"])
def test_a_name_put_right_where_the_signature_is_asked_for_is_taken_and_the_letter_shown_again(said: str) -> None:
    talk = _rejected()
    tell(talk, "Harbor Lites LLC")
    assert talk.chat.asked == "signature"
    shown = keys(tell(talk, said))
    assert "letter.text" in shown
    assert values(talk)["name"] == ("business", "Harbor Light LLC")


def test_a_repair_can_be_taken_back_before_it_is_signed() -> None:
    talk = _rejected()
    tell(talk, "Harbor Lites LLC", "/back")
    assert talk.chat.asked == "name"


def test_a_finished_repair_can_be_taken_back_until_the_desk_sends_it() -> None:
    talk = _rejected()
    tell(talk, "Harbor Lites LLC", LANDLINE["signature"])
    assert talk.request.repaired == "corrected"
    tell(talk, "/back")
    assert talk.chat.asked == "name"
    assert talk.request.repaired is None


def test_a_step_back_at_the_first_question_does_not_lose_a_bill() -> None:
    talk = Talk()
    shown = tell(talk, "@", "/back")
    assert keys(shown)[0] == "back.nothing"
    assert "bill" in values(talk)


WITH_LABELS = (
    "line",
    "one_bill",
    "working",
    "bill",
    "authority",
    "kind",
    "billing",
    "stays",
    "texting",
    "review",
    "pin",
)


@pytest.mark.parametrize("question", WITH_LABELS)
def test_the_label_of_any_button_typed_is_that_button(question: str) -> None:
    choices = [choice for row in BY_ID[question].choices(at(question).case()) for choice in row]
    assert choices
    for choice in choices:
        pressed, typed = at(question), at(question)
        pressed.press(choice.code)
        typed.say(f"{plain_text(choice.label, choice.params, 'en').upper()}!")
        assert (values(typed), typed.chat.asked) == (values(pressed), pressed.chat.asked), choice
        assert typed.texts()[-1] == pressed.texts()[-1]


@pytest.mark.parametrize("said", ["yes mine. Maria Alvarez", "mine, Maria Alvarez"])
def test_a_name_beside_whose_account_it_is_is_kept(said: str) -> None:
    talk = begun(WIRELESS, "authority")
    tell(talk, said)
    assert values(talk)["authority"] == ("holder",)
    assert values(talk)["name"] == ("person", "Maria", "Alvarez")


def test_an_account_that_is_mine_twice_over_is_mine() -> None:
    talk = begun(WIRELESS, "authority")
    tell(talk, "mine, im the owner")
    assert values(talk)["authority"] == ("holder",)
    assert talk.chat.asked == "name"


@pytest.mark.parametrize("said", ["person", "shes a person obviously"])
def test_a_person_is_a_person_where_the_kind_of_name_is_asked_for(said: str) -> None:
    talk = begun({**LANDLINE, "name": "Tom Baker"}, "kind")
    tell(talk, said)
    assert values(talk)["name"] == ("person", "Tom", "Baker")


@pytest.mark.parametrize("said", ["yes all of that", "yep all fine, no other order"])
def test_all_in_order_is_understood_in_other_words(said: str) -> None:
    talk = begun(WIRELESS, "working")
    tell(talk, said)
    assert values(talk)["working"] == ("yes",)


def test_the_point_that_was_left_out_is_asked_about_alone() -> None:
    talk = begun(WIRELESS, "working")
    shown = tell(talk, "it works nothing cancelled")
    assert keys(shown) == ["working.missing"]
    assert "No other order" in shown[-1].text
    assert "cancelled" not in shown[-1].text
    tell(talk, "yes")
    assert values(talk)["working"] == ("yes",)


def test_a_place_before_the_name_is_no_name() -> None:
    talk = begun(COMPANY, "name")
    tell(talk, "PO Box 881, Sausalito CA 94966. Harbor Lights LLC")
    assert values(talk)["name"] == ("business", "Harbor Lights LLC")


def test_the_name_can_be_put_right_where_its_kind_is_asked_for() -> None:
    talk = begun({**LANDLINE, "name": "Blue Door"}, "kind")
    tell(talk, "no the name is Harbor Lights LLC")
    assert values(talk)["name"] == ("business", "Harbor Lights LLC")


def test_the_agreement_on_texts_holds_where_there_are_none() -> None:
    assert "texts to the number, if it gets any, stop" in at("review").texts()[-1]


def test_what_is_said_of_texts_beside_what_stays_is_kept() -> None:
    talk = begun(LANDLINE, "stays")
    tell(talk, "the internet stays, no texts")
    assert (values(talk)["stays"], values(talk)["texting"]) == (("the internet stays",), ("no",))
    assert talk.chat.asked == "destination"


def test_texts_alone_leave_open_what_stays() -> None:
    talk = begun(LANDLINE, "stays")
    tell(talk, "no texts")
    assert (values(talk)["texting"], talk.chat.asked) == (("no",), "stays")
