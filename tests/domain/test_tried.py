"""Answers that are not taken three times: a person is offered, and reads what was tried."""

from domain.desk.asking import TRIED
from tests.domain.standing import at_phase
from tests.domain.talk import Shown, Talk


def offered(shown: list[Shown]) -> bool:
    return "person" in [choice.code for each in shown for choice in each.choices]


def test_the_third_answer_that_cannot_be_taken_offers_a_person_who_reads_what_was_tried() -> None:
    talk = Talk()
    talk.until("destination")
    tries = ("the front desk", "front desk please", "line at the desk 12")
    shown = [talk.say(words) for words in tries]
    assert [offered(each) for each in shown] == [False, False, True]
    assert "a person of our desk helps you" in shown[-1][-1].text
    talk.press("person")
    assert all(words in "\n".join(talk.posts) for words in tries)
    assert [row.words for row in talk.history if row.what == "wants_person"] == ["\n".join(tries)]
    assert "told our desk" in talk.screen[-1].text
    assert not offered(talk.say("the front desk once more"))


def test_another_question_and_one_that_was_answered_meanwhile_begin_anew() -> None:
    talk = Talk()
    talk.until("destination")
    for words in ("front desk", "front desk please"):
        talk.say(words)
    talk.answer("destination")
    assert not offered(talk.say("no idea yet what it is"))
    talk.command("back")
    assert not offered(talk.say("front desk"))


def test_a_secret_that_cannot_be_taken_is_not_kept_for_it() -> None:
    talk = Talk()
    talk.until("account")
    for words in ("acc 1", "x1", "x2"):
        shown = talk.say(words)
    assert offered(shown)
    assert talk.case().answers[TRIED].value[1:] == ("•••", "•••", "•••")


def test_what_was_tried_is_shown_masked_to_who_asks_for_a_person_by_words() -> None:
    talk = Talk()
    talk.until("destination")
    talk.say("12345678 is it 99")
    talk.say("i want to talk to a person")
    assert "12345678" not in "\n".join(talk.posts)
    assert "what I could not take" in "\n".join(talk.posts)


def test_it_is_no_change_of_the_request_and_leaves_older_buttons_good() -> None:
    talk = at_phase("rejected")
    version, asking = talk.case().request.version, talk.chat.asking
    talk.say("well, whatever it takes")
    talk.say("??? 1")
    assert (talk.case().request.version, talk.chat.asking) == (version, asking)


def test_who_gives_no_number_is_offered_a_person_too_and_the_desk_gets_a_card() -> None:
    talk = Talk()
    talk.command("start")
    shown = [talk.say(words) for words in ("415-421", "415-42188", "4154218", "my number 41542")]
    assert [offered(each) for each in shown] == [False, False, True, True]
    talk.press("person")
    assert "415-42188" not in "\n".join(talk.posts)
    assert [owed.kind for owed in talk.owed if owed.kind == "card"]
    talk.say("415-421-8832")
    assert talk.case().numbers
