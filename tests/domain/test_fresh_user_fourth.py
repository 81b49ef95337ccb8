"""What a fresh user stumbled on the third time, as far as it concerns what follows the signature, and asides."""

import pytest

from domain.values import replace
from tests.domain.standing import at_phase
from tests.domain.talk import Talk
from tests.domain.ways import LANDLINE, WIRELESS, begun, keys, tell, values

MAIN = "!main:+14154217700"


def test_the_status_names_only_the_paper_that_is_not_here_yet() -> None:
    """Finding 14: "Next: the bill, and the signed letter", though the letter was signed."""
    talk = begun({**WIRELESS, "bill": "!later"})
    (shown,) = talk.command("status")
    assert talk.case().phase == "awaiting_documents"
    assert "Next: the bill." in shown.text
    assert "letter" not in shown.text
    talk.document()
    (shown,) = talk.command("status")
    assert "Next: our desk looks it over" in shown.text


def test_the_status_names_the_letter_where_only_that_is_missing() -> None:
    talk = begun({**WIRELESS, "bill": "!later"})
    tell(talk, "the number is wrong", "415-421-8833", "@")
    (shown,) = talk.command("status")
    assert talk.case().phase == "awaiting_documents"
    assert "Next: the signed letter." in shown.text
    assert "bill" not in shown.text


def test_the_card_is_shown_anew_when_the_time_to_undo_is_over() -> None:
    """Finding 15: Undo stood on the card after the customer was told."""
    talk = begun(WIRELESS)
    talk.staff("submit")
    cards = _cards(talk)
    talk.forward(seconds=59)
    assert _cards(talk) == cards
    talk.forward(seconds=2)
    assert _cards(talk) == cards + 1


def _cards(talk: Talk) -> int:
    return sum(owed.kind == "card" for owed in talk.owed)


def test_check_and_letter_name_the_numbers_in_the_same_order() -> None:
    """Finding 25: 7700, 7701, 7705 in the check, and 7700, 7705, 7701 in the letter."""
    talk = begun({**LANDLINE, "numbers": "415-421-7700, 415-421-7705", "one_bill": "!yes", "btn": MAIN}, "review")
    tell(talk, "!change.numbers", "415-421-7700, 415-421-7701, 415-421-7705", MAIN)
    while talk.chat.asked != "review":
        talk.press("yes")
    order = "(415) 421-7700, (415) 421-7701, (415) 421-7705"
    assert order in talk.screen[-1].text
    assert order in "".join(shown.text for shown in talk.press("correct"))
    assert order in "".join(shown.text for shown in tell(talk, "Tom Baker"))


@pytest.mark.parametrize(
    "said", ["later", "skip", "i dont have it on me", "don't have it handy", "i have to look it up"]
)
def test_later_at_the_account_number_says_that_it_is_kept_open_and_where_to_find_it(said: str) -> None:
    """Finding 18: "No hurry" alone, or "I do not see an account number there", and the same question again."""
    talk = begun(WIRELESS, "account")
    (shown,) = tell(talk, said)
    assert keys([shown])[0] == "later.account"
    assert "top of the bill" in shown.text
    assert talk.chat.asked == "account"


@pytest.mark.parametrize("said", ["thanks!! all works", "Thank you, everything works", "great, it works", "all works"])
def test_who_says_that_all_works_when_all_is_over_is_answered_and_nobody_is_bothered(said: str) -> None:
    """Finding 23: "thanks!! all works" was passed on to the desk."""
    talk = begun(WIRELESS)
    for verb, argument in (
        ("submit", "88123"),
        ("advance", ""),
        ("advance", ""),
        ("date", "2026-12-01"),
        ("complete", ""),
    ):
        talk.staff(verb, argument)
        talk.forward(seconds=61)
    posts = len(talk.posts)
    talk.chat = replace(talk.chat, asked=None)  # long after it was asked whether it works
    assert keys(tell(talk, said)) == ["said.all_works"]
    assert len(talk.posts) == posts


@pytest.mark.parametrize("said", ["thanks!! all works", "Thank you, everything works", "all works"])
def test_who_is_asked_whether_it_works_says_of_everything_that_it_does(said: str) -> None:
    talk = at_phase("ported")
    assert keys(tell(talk, said)) == ["trial.done"]


def test_it_works_is_an_answer_where_that_is_asked_and_read_by_the_desk_while_a_port_runs() -> None:
    assert "said.all_works" not in keys(tell(begun(WIRELESS, "working"), "it works"))
    assert keys(tell(begun(WIRELESS), "it works again")) == ["said.all_works", "text.passed_on"]


@pytest.mark.parametrize("said", ["how long until it works", "how long does it take?", "how long until i can use it"])
def test_how_long_is_answered_with_the_usual_days_once_the_desk_has_the_request(said: str) -> None:
    """Finding 24: it was only passed on."""
    (shown,) = tell(begun(WIRELESS), said)
    assert keys([shown]) == ["faq.how_long", "faq.own.stands", "text.passed_on"]
    assert "mobile phones: 2 to 10" in shown.text
    assert "sends it to Verizon Wireless" in shown.text


def test_a_call_is_not_put_off_until_the_desk_has_the_request_once_it_has() -> None:
    """Finding 24: "Once your request is with our desk", though it was there."""
    (shown,) = tell(begun(WIRELESS), "can somebody call me")
    assert keys([shown]) == ["at_desk.call_me", "text.passed_on"]
    (shown,) = tell(begun(WIRELESS, "name"), "can somebody call me")
    assert keys([shown])[0] == "said.call_me"


def test_why_the_numbers_are_needed_is_not_answered_with_the_bill() -> None:
    """Finding 22."""
    shown = tell(begun(WIRELESS, "bill"), "why do you need my numbers its all on the bill")
    assert keys(shown)[0] == "said.why_number"
    assert keys(tell(begun(WIRELESS, "account"), "why do you need my account number"))[0] == "said.why_account"


@pytest.mark.parametrize("said", ["i dont have it on me", "dont have it with me", "I don't have the bill on me"])
def test_a_bill_that_is_not_at_hand_comes_later(said: str) -> None:
    """Finding 22: it was answered with why the bill is needed."""
    talk = begun(WIRELESS, "bill")
    tell(talk, said)
    assert values(talk)["bill"] == ("later",)


@pytest.mark.parametrize(
    ("asked", "said", "kept"),
    [
        ("name", "why do you need my name? Tom Becker", ("person", "Tom", "Becker")),
        ("name", "why? Tom Becker", ("person", "Tom", "Becker")),
        ("address", "why do you need that? 22 Oak Street, San Francisco, CA 94102",
         ("22 Oak Street", "", "San Francisco", "CA", "94102")),
        ("authority", "why? mine", ("holder",)),
    ],
)  # fmt: skip
def test_an_answer_behind_a_question_back_is_kept(asked: str, said: str, kept: tuple[str, ...]) -> None:
    """Finding 22: the question was answered, and the name lost."""
    talk = begun(WIRELESS, asked)
    assert keys(tell(talk, said))[0] in (f"why.{asked}", f"said.why_{asked}")
    assert values(talk)[asked] == kept


@pytest.mark.parametrize(
    "said", ["why? tell me", "why do you need my name? none of your business", "why? is this safe"]
)
def test_a_remark_behind_a_question_back_is_no_name(said: str) -> None:
    talk = begun(WIRELESS, "name")
    tell(talk, said)
    assert "name" not in values(talk)


def test_nothing_is_agreed_to_behind_a_question_back() -> None:
    talk = begun(WIRELESS, "review")
    tell(talk, "why? yes")
    assert talk.chat.asked == "review"
