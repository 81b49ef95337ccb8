"""What is said about the letter in words: at the signature, while somebody else has the link, and once it is signed."""

import pytest

from domain.desk.letter_seals import not_sealed
from domain.desk.signer_links import LASTS
from domain.desk.signer_screens import AGREED, CONFIRMED
from domain.intake.sayings.at_signing import typed_for_name
from domain.readers.names import PersonName
from tests.domain.talk import POLICY, Talk
from tests.domain.test_copies import DOUBTFUL, NOTHING, PEN, SCAN, ours, page, read, to_sign
from tests.domain.test_letter_seals import at_desk, errands, seal
from tests.domain.test_signers import PAGES, awaiting, link, visit

MARIA = PersonName("Maria", "Alvarez")
REFUSALS = ("no", "No!", "nope", "no thanks", "stop", "I don't want to", "I won't sign this letter", "I disagree")
TALK = ("\N{THUMBS UP SIGN}", "ok", "what is this", "did you get it?", "has he signed yet?", "yes", "done", "wait",
        "the address is wrong", "I am not sure", "what", "is this safe?")  # fmt: skip
NAMES = ("John Smith", "Maria Jones", "M. Alvarez", "Will Smith", "An Nguyen", "Bob Stone Jr.", "李 小龙")


@pytest.mark.parametrize(
    ("kind", "said"),
    [*(("refuses", each) for each in REFUSALS), *(("talk", each) for each in TALK), *(("name", each) for each in NAMES),
     ("part", "maria"), ("not_me", "I'm not Maria"), ("not_me", "wrong person"), ("paper", "sign on paper")],
)  # fmt: skip
def test_what_is_typed_in_place_of_the_name_is_told_apart(kind: str, said: str) -> None:
    assert typed_for_name(said, MARIA) == kind


def test_a_no_of_a_signer_leads_to_the_two_steps_and_costs_no_try() -> None:
    talk = awaiting()
    for step in ("", CONFIRMED, AGREED):
        assert visit(talk, "word", "no", step).key == "sure"
    assert visit(talk, "word", "I'm not Ann", AGREED).key == "sure_not_me"
    assert (link(talk).tries, link(talk).is_open) == (0, True)


@pytest.mark.parametrize("step", [CONFIRMED, AGREED])
def test_sign_on_paper_is_also_said(step: str) -> None:
    assert visit(awaiting(), "word", "sign on paper", step).key == "paper"


def test_a_remark_of_a_signer_is_answered_and_only_another_name_costs_a_try() -> None:
    talk = awaiting()
    for said in TALK:
        shown = visit(talk, "word", said, AGREED)
        assert (shown.key, shown.params["lead"]) == ("letter", "sign.stands")
    assert visit(talk, "word", "Ann", AGREED).params["lead"] == "signature.differs"
    assert link(talk).tries == 0
    visit(talk, "word", "Zed Zoo", AGREED)
    assert link(talk).tries == 1


def test_in_the_own_chat_no_is_answered_and_neither_it_nor_a_remark_counts_as_tried() -> None:
    talk = to_sign()
    assert "nothing is signed" in talk.say("no")[-1].text
    for said in ("ok", "what is this", "did you get it?", "has he signed yet?"):
        assert "Nothing is signed yet" in talk.say(said)[-1].text
    talk.say("nope")
    assert "I still can't take that" not in talk.say("John Smith")[-1].text
    assert talk.chat.asked == "signature"
    talk.say("maria alvarez")
    assert talk.case().answer("signature") is not None


@pytest.mark.parametrize(
    "said",
    ["can I have my signed letter again?", "send me the letter please", "my signed letter", "where is my letter?",
     "I lost the letter", "can I print it"],
)  # fmt: skip
def test_a_signed_letter_is_sent_again(said: str) -> None:
    talk = at_desk()
    seal(talk)
    sent = talk.screen[-1].owed.params["file"]
    again = talk.say(said)[-1]
    assert (again.owed.params["file"], "again" in again.text) == (sent, True)
    assert "when it is to be signed" not in "".join(talk.texts())


def test_why_a_signed_letter_cannot_be_sent_is_said() -> None:
    talk = at_desk()
    assert "is being made" in talk.say("my signed letter")[-1].text
    [errand] = errands(talk)
    talk._step(errand.request_id, "e", lambda s, m: not_sealed(s, m, errand, "trouble", POLICY))
    assert "could not be made yet" in talk.say("my signed letter")[-1].text
    by_hand = awaiting()
    by_hand.staff("letter")
    assert "in another way" in by_hand.say("my signed letter")[0].text


def test_how_the_signers_link_stands_is_told_to_whoever_asks() -> None:
    talk = awaiting(PAGES)
    before = len(talk.posts)
    assert "nor opened the link" in talk.say("has she signed yet?")[-1].text
    visit(talk, "open")
    assert "was opened on 2026-11-23 10:00 PST" in talk.say("did Ann sign the letter?")[-1].text
    talk.now += LASTS
    assert "did not sign in time" in talk.say("is it signed yet?")[0].text
    assert not [post for post in talk.posts[before:] if "signed yet" in post]
    visit(talk, "word", "ann lee", AGREED)


def test_what_is_missing_of_a_letter_on_paper_is_told_to_whoever_asks() -> None:
    talk: Talk = to_sign()
    talk.say("sign on paper")
    talk.document(SCAN)
    assert "I am looking" in talk.say("did you get it?")[-1].text
    code = ours(talk)
    read(talk, [page(code, 2), page(code, 1, fields=(PEN, NOTHING))])
    told = talk.say("did you get it?")[-1].text
    assert "here and good: 1" in told
    assert "no date beside the signature" in told
    talk.document(SCAN)
    read(talk, [page(code, 1, fields=DOUBTFUL)])
    assert "our desk looks at the signature" in talk.say("did you get it?")[-1].text
    talk.staff("letter")
    assert "is here and accepted" in talk.say("did you get it?")[-1].text
