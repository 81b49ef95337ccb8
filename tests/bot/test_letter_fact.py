"""The card says whether the letter that is signed now is sealed, or that the one there was is void."""

from bot.slack.papers import seal
from bot.wording import slack_text
from domain.desk.keeping import Sheet
from domain.values import replace
from tests.domain.talk import Talk
from tests.domain.test_letter_seals import at_desk
from tests.domain.test_letter_seals import seal as have_sealed


def told(talk: Talk) -> str:
    case = talk.case()
    papers = tuple(paper for paper in talk.papers.values() if paper.request_id == case.request.id)
    said = seal(Sheet(case, papers, (), chat_blocked=False, read_at=talk.now))
    return slack_text("staff.card.fact", {"name": "", "value": said}) if said else ""


def test_the_letter_is_being_sealed_sealed_void_and_sealed_again() -> None:
    talk = at_desk()
    assert "being sealed" in told(talk)
    have_sealed(talk)
    assert told(talk).endswith("sealed")
    talk.staff("edit", "name: Maria Jones")
    assert "void; a new one is wanted" in told(talk)
    talk.forward(seconds=61)
    talk.say("Maria Jones")
    assert "being sealed" in told(talk)


def test_a_letter_that_could_not_be_sealed_says_so() -> None:
    talk = at_desk()
    [letter] = [paper for paper in talk.papers.values() if paper.kind == "letter"]
    talk.papers[letter.id] = replace(letter, status="refused")
    assert "not sealed" in told(talk)
