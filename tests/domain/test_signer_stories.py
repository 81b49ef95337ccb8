"""Whoever signs for somebody else: named without an address, unsure, on paper, and what the desk does of it."""

from collections.abc import Callable

import pytest

from domain.desk.heard import Document
from domain.desk.signer_copies import FAILED, OVER, READY, SEALING, Copies, copies_of
from domain.desk.signer_links import LASTS, SIGNING
from domain.desk.signer_screens import AGREED, CONFIRMED, REASONS
from domain.policy import Policy
from domain.values import replace
from tests.domain.talk import Talk
from tests.domain.test_letter_seals import seal
from tests.domain.test_signers import ANN, PAGES, awaiting, keys, link, visit


def to_signer(policy: Policy = PAGES) -> Talk:
    """Return a request in which who has to sign is asked."""
    talk = Talk(policy=policy, name="Maria")
    talk.until("authority")
    talk.press("someone_else")
    return talk


def to_link(talk: Talk) -> None:
    """Answer the rest, up to the link."""
    for question in ("name", "address", "destination", "account", "review"):
        talk.answer(question)


# named without an address


def test_a_signer_named_without_an_address_is_kept_and_may_go_without_one() -> None:
    talk = to_signer()
    shown = talk.say("Ann Lee")
    assert "Noted: Ann Lee has to sign." in shown[-1].text
    assert [choice.code for choice in shown[-1].choices] == ["none"]
    talk.press("none")
    assert talk.case().answer("signer") == ("Ann Lee", "")
    to_link(talk)
    owed = [each for each in talk.owed if SIGNING in each.params]
    assert [(each.kind, each.key) for each in owed] == [("say", "signer.link_page")]  # and no mail to nowhere
    assert "I send it to" not in "".join(talk.texts())
    visit(talk, "word", "8832")
    visit(talk, "agree", step=CONFIRMED)
    assert visit(talk, "word", "ann lee", AGREED).params["copy"].endswith("sign.copy.page")


@pytest.mark.parametrize("said", ["ann@example.com", "her email is ann@example.com", "Ann Lee, ann@example.com"])
def test_the_address_of_a_signer_may_come_in_a_message_of_its_own(said: str) -> None:
    talk = to_signer()
    talk.say("Ann Lee")
    talk.say(said)
    assert talk.case().answer("signer") == ("Ann Lee", "ann@example.com")


@pytest.mark.parametrize("said", ["Ann Lee, no email", "Ann Lee (she has no e-mail)", "Ann Lee without email"])
def test_a_signer_without_an_address_can_be_named_at_once(said: str) -> None:
    talk = to_signer()
    talk.say(said)
    assert talk.case().answer("signer") == ("Ann Lee", "")


def test_another_name_takes_the_place_of_the_first_while_the_address_is_asked_for() -> None:
    talk = to_signer()
    talk.say("Ann Lee")
    talk.say("Bob Stone")
    talk.say("no e-mail")
    assert talk.case().answer("signer") == ("Bob Stone", "")


# sentences


def test_the_link_is_not_called_above_where_it_is_still_to_come() -> None:
    talk = awaiting()
    talk.press("later")
    [told] = [owed for owed in talk.owed if owed.key.endswith("done.unsigned")]
    assert "by a link that you pass on" in talk.texts()[-1]
    assert told.params["signer"] == "Ann Lee"


def test_a_letter_noted_for_a_signer_without_a_name_says_who_it_is() -> None:
    talk = awaiting()
    case = talk.case()
    talk.answers[talk.newest]["signer"] = replace(case.answers["signer"], value=("", ""))
    told = talk.staff("letter")
    assert told.params["signer"] != ""
    assert "signed by  " not in talk.posts[-1]
    assert "signed by :" not in talk.posts[-1]


def test_a_link_that_the_desk_made_anew_still_names_who_asked_first() -> None:
    talk = awaiting()
    first = link(talk).id
    talk.staff("link", "new")
    talk.forward(minutes=2)
    assert link(talk).id != first
    assert link(talk).asker == "Maria"


# the digits


def test_the_digits_are_those_of_the_number_that_is_named() -> None:
    talk = Talk(policy=PAGES, name="Maria")
    talk.say("415-421-8832, 415-421-8833, 415-421-8834")
    talk.until("working")
    talk.press("yes")
    talk.until("authority")
    talk.press("someone_else")
    talk.say("Ann Lee, ann@example.com")
    to_link(talk)
    shown = visit(talk, "open")
    assert shown.params["known"] == "(415)\N{NO-BREAK SPACE}421-••••"
    for other in ("8833", "8834", "415 421 8833"):
        assert visit(talk, "word", other).params["lead"] == "sign.digits_differ+sign.left"
    assert visit(talk, "word", "8832").key == "consent"


# declining


@pytest.mark.parametrize("reason", REASONS)
def test_declining_asks_for_the_reason_and_tells_it_to_both_sides(reason: str) -> None:
    talk = awaiting()
    assert visit(talk, "decline").key == "sure"
    assert link(talk).is_open
    assert visit(talk, "back").key == "who"
    assert visit(talk, f"no_{reason}").key == "declined"
    noted = next(line for line in talk.history if line.what == "signer_declined")
    assert noted.detail == reason
    told = {"unknown": ": they know nothing of it.", "wrong": "wrong", "other": "sign the letter</b> of"}[reason]
    assert told in talk.screen[-1].text
    assert (": they" in talk.posts[-1] or "wrong" in talk.posts[-1]) == (reason != "other")
    assert "reason" not in talk.screen[-1].text


def test_somebody_else_is_asked_whether_they_are_sure() -> None:
    talk = awaiting()
    assert visit(talk, "not_me", step=AGREED).key == "sure_not_me"
    assert link(talk).is_open
    assert visit(talk, "back", step=AGREED).key == "letter"


@pytest.mark.parametrize("act", ["no_other", "not_me_yes"])
def test_the_same_signer_is_asked_again_by_one_button_where_that_is_said(act: str) -> None:
    talk = awaiting()
    first = link(talk).id
    visit(talk, act)
    assert "press “Ask Ann Lee again”" in talk.screen[-1].text
    assert "sg.same" in [choice.code for choice in talk.screen[-1].choices]
    assert "sg.same" in [choice.code for choice in talk.command("status")[-1].choices]
    talk.press("sg.same")
    assert link(talk).id != first
    assert link(talk).is_open
    assert talk.case().answer("signer") == ("Ann Lee", "ann@example.com")
    assert visit(talk, "open").key == "who"
    assert talk.hear("press", form=talk.newest, code="sg.same")[-1].owed.key == "signer.nothing"


# on paper


def test_who_wants_paper_takes_the_consent_back_and_both_sides_hear_of_it_once() -> None:
    talk = awaiting()
    visit(talk, "word", "8832", chat=ANN)
    visit(talk, "agree", chat=ANN)
    assert visit(talk, "paper", chat=ANN).key == "paper"
    assert link(talk).step == CONFIRMED
    assert visit(talk, "back", chat=ANN).key == "consent"
    visit(talk, "paper", chat=ANN)
    assert keys(talk).count("signer.paper") == 1
    assert keys(talk).count("thread.signer_paper") == 1
    assert link(talk).is_open
    talk.document(Document("f1", "letter.pdf", "application/pdf", 9), "the signed letter")
    assert "copy.reading" in keys(talk)  # what its customer sends now is looked at as a copy


def test_nobody_gets_the_letter_on_paper_before_the_digits() -> None:
    assert visit(awaiting(), "paper").key == "who"


# the copy


def copies(talk: Talk) -> Copies:
    return copies_of(talk.case(), tuple(talk.papers.values()), link(talk).id, talk.now)


def signed() -> Talk:
    """Return a request that Ann Lee has signed on the page."""
    talk = awaiting()
    visit(talk, "word", "8832")
    visit(talk, "agree", step=CONFIRMED)
    assert visit(talk, "word", "ann lee", AGREED).key == "signed"
    return talk


def test_the_copy_is_there_as_soon_as_it_is_sealed_until_the_links_time_is_over() -> None:
    talk = signed()
    assert copies(talk) == Copies(SEALING)
    seal(talk)
    assert copies(talk).state == READY
    assert [paper.object_key for paper in copies(talk).letters] == [f"letter-{copies(talk).letters[0].id}"]
    talk.now += LASTS
    assert copies(talk) == Copies(OVER)


def test_a_signature_that_fell_gives_no_copy() -> None:
    talk = signed()
    seal(talk)
    talk.staff("edit", "address: 99 Main Street, San Francisco, CA 94103")
    assert copies(talk) == Copies(OVER)


def test_a_letter_that_could_not_be_sealed_says_so() -> None:
    talk = signed()
    [paper] = [each for each in talk.papers.values() if each.kind == "letter"]
    for failed in (replace(paper, status="refused"), replace(paper, refused="trouble")):
        talk.papers[paper.id] = failed
        assert copies(talk) == Copies(FAILED)


def test_who_comes_back_for_the_copy_gives_the_digits_again_with_tries_of_their_own() -> None:
    talk = signed()
    assert visit(talk, "open").key == "copy_who"
    assert visit(talk, "word", "8832").key == "copy"
    for left in ("4", "3", "2", "1"):
        assert visit(talk, "word", "1234").params["left"] == left
    assert visit(talk, "word", "1234").key == "copy_locked"
    assert visit(talk, "word", "8832").key == "copy_locked"
    assert keys(talk).count("signer.copy_locked") == 1
    assert talk.case().answer("signature") is not None
    assert visit(talk, "open", chat=ANN).key == "used"  # who signed in a chat has the copy there


# the desk


def test_staff_take_a_link_back_and_both_sides_hear_once_undo_is_over() -> None:
    talk = awaiting()
    visit(talk, "word", "8832", chat=ANN)
    assert talk.staff("link", "off").key == "link.off"
    assert visit(talk, "open").key == "revoked"
    assert "signer.desk_revoked" not in keys(talk)
    talk.forward(minutes=2)
    assert keys(talk).count("signer.desk_revoked") == 1
    assert "sign.revoked" in keys(talk)
    assert "signer_revoked" in [line.what for line in talk.history]
    talk.press("sg.new")
    assert link(talk).is_open


def test_staff_have_a_new_link_made_in_place_of_the_old_one() -> None:
    talk = awaiting()
    first = link(talk).id
    assert talk.staff("link", "new").key == "link.new"
    talk.forward(minutes=2)
    assert link(talk).id != first
    assert keys(talk).count("signer.desk_new") == 1
    assert visit(talk, "open", of=first).key == "replaced"
    assert visit(talk, "open").key == "who"


@pytest.mark.parametrize("what", ["", "new", "off"])
def test_undo_lets_the_link_open_again_and_nobody_hears_of_it(what: str) -> None:
    talk = awaiting()
    first = link(talk).id
    talk.staff("link", what)
    assert not talk.staff("undo").error
    assert visit(talk, "open").key == "who"
    talk.forward(minutes=2)
    assert link(talk).id == first
    assert not {"signer.desk_new", "signer.desk_revoked"} & set(keys(talk))
    talk.forward(hours=73)
    assert keys(talk).count("signer.expired") == 1


def test_a_link_that_its_customer_had_made_meanwhile_stays_whatever_staff_take_back() -> None:
    talk = awaiting()
    talk.staff("link", "off")
    talk.hear("press", form=talk.newest, code="sg.new")
    newer = link(talk).id
    talk.staff("undo")
    talk.forward(minutes=2)
    assert (link(talk).id, link(talk).is_open) == (newer, True)


@pytest.mark.parametrize("said", ["maybe", "new one please"])
def test_staff_say_what_is_to_become_of_the_link(said: str) -> None:
    assert awaiting().staff("link", said).key == "link.which"


def test_a_request_without_a_link_has_none_to_take_back() -> None:
    talk = Talk(policy=PAGES)
    talk.until("pin")
    assert talk.staff("link", "off").key == "link.none"
    talk = awaiting()
    talk.staff("letter")
    assert talk.staff("link", "new").key == "link.none"


# the customer's buttons


def opened(talk: Talk) -> None:
    visit(talk, "open")


def confirmed(talk: Talk) -> None:
    visit(talk, "word", "8832", chat=ANN)


def signed_it(talk: Talk) -> None:
    visit(talk, "word", "8832")
    visit(talk, "word", "ann lee", AGREED)


def locked(talk: Talk) -> None:
    for _ in range(5):
        visit(talk, "word", "1234")


STATES: dict[str, Callable[[Talk], object]] = {
    "waiting": lambda _talk: None,
    "opened": opened,
    "confirmed": confirmed,
    "on paper": lambda talk: visit(talk, "paper", step=CONFIRMED),
    "expired": lambda talk: talk.forward(hours=73),
    "locked": locked,
    "revoked": lambda talk: talk.press("sg.revoke"),
    "taken by the desk": lambda talk: talk.staff("link", "off"),
    "declined": lambda talk: visit(talk, "no_other"),
    "somebody else": lambda talk: visit(talk, "not_me_yes"),
    "signed": signed_it,
    "by hand": lambda talk: talk.staff("letter"),
}
AWAITED = tuple(STATES)[:8]
LEFT = ("declined", "somebody else")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", ["again", "revoke", "new", "whose", "same"])
def test_every_button_about_a_link_does_what_it_says_or_says_why_not(state: str, act: str) -> None:
    talk = awaiting()
    STATES[state](talk)
    before, was_open = link(talk).id, link(talk).is_open
    told = talk.hear("press", form=talk.newest, code=f"sg.{act}")
    assert told
    if act == "revoke":
        assert not link(talk).is_open
        assert (told[-1].owed.key == "signer.revoked") == was_open
    elif act == "same" or state in LEFT:
        is_asked = act == "same" and state in LEFT
        assert link(talk).is_open == (was_open or is_asked)
        assert (link(talk).id != before) == is_asked
    elif state not in AWAITED:
        assert told[-1].owed.key == "signer.nothing"
    elif act == "whose":
        assert talk.chat.asked == "authority"
        assert not link(talk).is_open
    else:
        assert link(talk).is_open
        assert (link(talk).id == before) == (act == "again" and was_open)
