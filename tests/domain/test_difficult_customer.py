"""What people say instead of answering: answered at every question and in every phase, never taken for an answer.

And a customer who says a tenth of all of it before every right answer finishes with exactly the right answers.
"""

import random
import tomllib
from pathlib import Path

import pytest

from domain.desk.on_paper import APPOINTED
from domain.desk.sure import SURE
from domain.errors import Unreadable
from domain.intake.questions import BY_ID, TAKES_ANSWERS
from domain.intake.sayings import SAYINGS, recognise
from domain.intake.trial import TRIALS
from domain.orders.phases import PHASES
from domain.papers.letter import COVERED, SIGNED_FOR
from tests.domain.standing import STATES, at
from tests.domain.talk import ANSWERS, Shown, Talk
from tests.domain.ways import LANDLINE, SOMEONE_ELSES, WIRELESS, Answers, do, fill, keys, values

UTTERANCES = tomllib.loads((Path(__file__).parent / "utterances.toml").read_text("utf-8"))["utterance"]
SPOKEN = [(each["text"], SAYINGS[each["saying"]].effect) for each in UTTERANCES]
ACTING = ("back", "cancel", "numbers", "later", "same")  # what does something to the answers, or asks to
TENTH = len(SPOKEN) // 10
WAYS = {"wireless": WIRELESS, "business landline": LANDLINE, "someone else's account": SOMEONE_ELSES}
PUT_OFF = ("bill", "pin")


def _heard_at(talk: Talk, *effects: str) -> list[str]:
    """Return every utterance of these effects that is no answer to the question that is open."""
    asked = talk.chat.asked
    return [text for text, effect in SPOKEN if effect in effects and recognise(text, asked) is not None]


def _kept(talk: Talk) -> dict[str, tuple[str, ...]]:
    """Return the answers of all requests, but for what is noted for staff."""
    if not talk.requests:
        return {}
    beside = ("flags", "offered", "carded", "signing", "copy", APPOINTED, COVERED, SIGNED_FOR, SURE)
    return {q: a for q, a in values(talk).items() if q not in beside}


def _is_answered(shown: list[Shown]) -> bool:
    return bool(shown) and all(each.text.strip() for each in shown)


@pytest.mark.parametrize("state", STATES)
def test_whatever_is_said_is_answered_and_changes_no_answer(state: str) -> None:
    talk = at(state)
    before, secrets, asked, nobody = _kept(talk), dict(talk.secrets), talk.chat.asked, not talk.requests
    for text in _heard_at(talk, *{effect for _, effect in SPOKEN} - {*ACTING}):
        if asked in TRIALS and not isinstance(BY_ID[asked].read(text, talk.case()), Unreadable):
            continue  # what is said of a number that has moved: it works, it does not, later
        shown = talk.say(text)
        assert _is_answered(shown), text
        assert talk.chat.asked == (asked or ("numbers" if nobody else None)), text
        assert (_kept(talk), talk.secrets) == (before, secrets), text


@pytest.mark.parametrize("state", STATES)
def test_what_is_said_to_the_desk_is_passed_on_and_the_customer_told_so(state: str) -> None:
    talk = at(state)
    is_at_desk = bool(talk.requests) and talk.request.status != "intake" and not PHASES[talk.request.status].terminal
    posts = len(talk.posts)
    shown = talk.say("Can someone please call me?")
    assert ("text.passed_on" in keys(shown)) == is_at_desk
    assert any("Can someone please call me?" in post for post in talk.posts[posts:]) == is_at_desk


@pytest.mark.parametrize("state", STATES)
def test_stop_is_asked_back_and_nothing_is_lost_by_no(state: str) -> None:
    talk = at(state)
    before, asked = _kept(talk), talk.chat.asked
    for text in _heard_at(talk, "cancel"):
        shown = talk.say(text)
        assert _is_answered(shown), text
        assert keys(shown)[0].startswith("cancel."), text
        if any(choice.code == "cancel.no" for choice in shown[-1].choices):
            talk.press("cancel.no")
        assert (_kept(talk), talk.chat.asked) == (before, asked), text


@pytest.mark.parametrize("state", STATES)
def test_a_step_back_takes_something_back_only_while_it_is_filled_in(state: str) -> None:
    talk = at(state)
    is_draft = bool(talk.requests) and talk.request.status == "intake"
    before = {q: a.value for q, a in talk.case().answers.items()} if is_draft else _kept(talk)
    shown = talk.say("go back")
    assert _is_answered(shown)
    assert ("back.done" in keys(shown)) == is_draft
    assert (_kept(talk).items() <= before.items()) if is_draft else (_kept(talk) == before)


@pytest.mark.parametrize("state", STATES)
def test_a_wrong_number_is_asked_for_again_or_told_to_the_desk(state: str) -> None:
    talk = at(state)
    before, posts, is_free = _kept(talk), len(talk.posts), talk.chat.focus is None
    may_correct = is_free or (talk.request.status in TAKES_ANSWERS and state != "rejected")
    for text in _heard_at(talk, "numbers")[:1]:
        assert _is_answered(talk.say(text))
        assert (talk.chat.asked == "numbers") == may_correct
        assert {**_kept(talk), "numbers": ()} == {**before, "numbers": ()}
        is_over = may_correct or PHASES[talk.request.status].terminal
        assert is_over or any(text in post for post in talk.posts[posts:])


@pytest.mark.parametrize("state", STATES)
def test_later_puts_off_what_can_wait_and_nothing_else(state: str) -> None:
    for text in _heard_at(at(state), "later"):
        talk = at(state)
        before, asked = _kept(talk), talk.chat.asked
        assert _is_answered(talk.say(text)), text
        is_tried = asked in TRIALS and state == "ported"
        can_wait = (asked in PUT_OFF or is_tried) and state not in ("rejected",)
        later = f"later {talk.number.e164}" if is_tried else "later"
        assert _kept(talk) == ({**before, str(asked): (later,)} if can_wait else before), text


@pytest.mark.parametrize("state", STATES)
def test_same_as_above_is_an_answer_to_the_billing_address_alone(state: str) -> None:
    talk = at(state)
    before, asked = _kept(talk), talk.chat.asked
    for text in _heard_at(talk, "same"):
        assert _is_answered(talk.say(text)), text
        assert _kept(talk) == ({**before, "billing": ("same",)} if asked == "billing" else before), text


# the whole way


def _say_a_tenth(talk: Talk, chance: random.Random) -> None:
    """Say a tenth of the table, whatever is open by then; a question whether to stop is answered with no."""
    for text, effect in chance.sample(SPOKEN, TENTH):
        asked = talk.chat.asked
        if recognise(text, asked) is None or (effect == "later" and asked in PUT_OFF):
            continue  # an answer
        shown = talk.say(text)
        assert _is_answered(shown), text
        if any(choice.code == "cancel.no" for choice in shown[-1].choices):
            talk.press("cancel.no")


def _finish(talk: Talk, answers: Answers, chance: random.Random) -> int:
    """Answer what is asked, after a tenth of the table each time; return how many answers it took."""
    turns = 0
    talk.command("start")
    while talk.chat.asked is not None:
        _say_a_tenth(talk, chance)
        if talk.chat.asked is not None:
            do(talk, answers[talk.chat.asked])
            turns += 1
        assert turns < 200
    return turns


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("answers", WAYS.values(), ids=WAYS)
def test_a_difficult_customer_finishes_with_exactly_the_right_answers(answers: Answers, seed: int) -> None:
    talk, clean = Talk(), Talk()
    fill(clean, answers)
    _finish(talk, answers, random.Random(seed))
    assert _kept(talk) == _kept(clean)
    assert list(talk.secrets.values()) == list(clean.secrets.values())
    assert talk.request.status == clean.request.status
    assert [n.e164 for n in talk.case().numbers] == [n.e164 for n in clean.case().numbers]
    assert len(talk.requests) == 1


@pytest.mark.parametrize("said", ["Verizon the cell one", "verizon, the cell one", "verizon my cell phones"])
def test_the_kind_beside_a_companys_name_chooses_at_once_and_among_those_offered(said: str) -> None:
    for first in ("", "Verizon"):
        talk = Talk()
        talk.command("start")
        talk.say("415-421-8832")
        if first:
            talk.say(first)
        talk.say(said)
        assert talk.case().answer("carrier") == ("verizon", "Verizon Wireless"), said


@pytest.mark.parametrize(
    "said", ["mine. and hurry up", "mine, hurry up", "mine. please be quick", "mine, of course", "me. now hurry"]
)
def test_a_remark_behind_whose_account_it_is_is_no_name(said: str) -> None:
    talk = Talk()
    talk.until("authority")
    talk.say(said)
    assert (talk.case().answer("authority"), talk.case().answer("name"), talk.chat.asked) == (("holder",), None, "name")


def test_a_name_behind_whose_account_it_is_is_still_taken() -> None:
    talk = Talk()
    talk.until("authority")
    talk.say("mine. Maria Quick")
    assert talk.case().answer("name") == ("person", "Maria", "Quick")


@pytest.mark.parametrize("said", ["can we skip this", "can I skip it?", "could we skip the bill", "lets skip that"])
def test_whoever_wants_to_skip_the_bill_can_send_it_later(said: str) -> None:
    talk = Talk()
    talk.until("bill")
    talk.say(said)
    assert talk.case().answer("bill") == ("later",)


def test_after_signing_while_the_bill_is_owed_the_bot_says_that_the_letter_is_signed() -> None:
    talk = Talk()
    talk.until("bill")
    talk.press("later")
    for question in list(ANSWERS)[list(ANSWERS).index("authority") :]:
        talk.answer(question)
    assert "your letter is signed" in talk.screen[-1].text
    assert "Please send me the bill" in talk.screen[-1].text
