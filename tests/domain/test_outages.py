"""A line in trouble: whatever else is answered, people read of it, and the customer counts as waiting."""

import pytest

from domain.intake.sayings import says_more
from domain.intake.sayings.outages import tells_of_outage
from tests.domain.standing import at_phase
from tests.domain.ways import keys

TROUBLE = (
    "my phone is dead", "No dial tone since 8", "I don't have a dial tone", "nothing works since this morning",
    "I can't call anybody", "nobody can reach me", "it stopped ringing", "the phone isn't ringing", "my calls drop",
    "calls keep dropping", "our line went dead", "we cant make or receive calls", "there is no signal at all",
    "it doesn't work any more", "I lost my service", "the number is out of order", "calls don't go through",
)  # fmt: skip
NONE = (
    "is it moved?", "any update?", "thanks a lot", "Maria Alvarez", "I have paid the bill", "12 Dead Horse Lane, Utah",
    "please call me tomorrow", "my wife works there", "when does it ring there?", "482913",
)  # fmt: skip


@pytest.mark.parametrize("text", TROUBLE)
def test_words_of_trouble_are_recognised(text: str) -> None:
    assert tells_of_outage(text)


@pytest.mark.parametrize("text", NONE)
def test_other_words_are_none(text: str) -> None:
    assert not tells_of_outage(text)


@pytest.mark.parametrize("text", ["is it moved?", "hi, any update please? thanks", "so has it moved or not?", "status"])
def test_a_bare_question_about_the_status_says_no_more(text: str) -> None:
    assert not says_more(text)


@pytest.mark.parametrize("phase", ["staff_review", "scheduled", "activating", "rejected", "ported"])
@pytest.mark.parametrize(
    "text",
    [
        "so has it moved or not? my phone is dead",
        "nothing works since this morning, is it moved? I have no dial tone",
        "has it moved? my wife has to know by Friday",
    ],
)
def test_what_stands_beside_a_question_about_the_status_reaches_staff_and_the_status_is_shown(
    phase: str, text: str
) -> None:
    talk = at_phase(phase)
    posts = len(talk.posts)
    shown = talk.say(text)
    assert shown[0].owed.kind == "status"
    assert keys(shown)[-1] == "text.passed_on"
    assert talk.ref in shown[-1].text
    assert [text in post for post in talk.posts[posts:]] == [True]
    assert talk.request.waits_since is not None


def test_a_bare_question_about_the_status_is_answered_alone() -> None:
    talk = at_phase("scheduled")
    posts = len(talk.posts)
    (shown,) = talk.say("so has it moved or not?")
    assert shown.owed.kind == "status"
    assert (len(talk.posts), talk.request.waits_since) == (posts, None)


@pytest.mark.parametrize("text", ["my phone is dead", "are you there? my phone is dead", "no dial tone"])
def test_trouble_reaches_staff_instead_of_an_answer_and_the_question_is_put_again(text: str) -> None:
    talk = at_phase("rejected")
    posts = len(talk.posts)
    shown = talk.say(text)
    assert [text in post for post in talk.posts[posts:]] == [True]
    assert talk.request.waits_since is not None
    assert any("passed your message" in each.text for each in shown)
    assert any("transfer PIN" in each.text for each in shown)
