"""Signing away from the request's own chat: consent and evidence, and the link of whoever has to sign."""

import hashlib
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.wording import plain_text, sentences
from domain.desk.signer_links import LASTS, OTHER, OWN, SIGNING, SignerLink, link_of, make
from domain.desk.signer_screens import AGREED, CONFIRMED, Visit
from domain.desk.signers import mailed, on_page
from domain.desk.state import Changes, Moment, State, Told
from domain.desk.turn import Turn
from domain.errors import Unreadable
from domain.intake.readings.after import read_the_signature
from domain.orders.model import Case
from domain.papers.authorization import CONSENT_VERSION, TEXT_VERSION, consent_words, facts_digest
from domain.papers.evidence import EVIDENCE, signature_of
from domain.papers.letter import Signature
from domain.policy import Policy
from domain.values import replace
from tests.domain.talk import CHAT, Talk

ANN = 7001
PAGES = Policy(pages=True, mails=True)
# SHA-256 of each text that people consented to: a text that changes needs a version of its own.
CONSENTS = {
    "2026-11-22": "e680223f289978da1bd02436ae872a01114aa169f59bdb42b073855b80a316fb",
    "2026-11-22.2": "fd27e2879dfb343eea6118de6627c616ee58049d5cc51b00a0e30ee402520c63",
}


def link(talk: Talk) -> SignerLink:
    found = link_of(talk.case())
    assert found is not None
    return found


def awaiting(policy: Policy = PAGES, name: str = "Maria", signer: str = "Ann Lee") -> Talk:
    """Return a request that waits for Ann Lee's signature, or another signer's."""
    talk = Talk(policy=policy, name=name)
    talk.until("authority")
    talk.press("someone_else")
    talk.say(f"{signer}, ann@example.com")
    for question in ("name", "address", "destination", "account", "review"):
        talk.answer(question)
    return talk


def test_a_name_that_came_over_its_address_is_the_accounts_whoever_signs() -> None:
    talk = Talk()
    talk.say("415-421-8832, Verizon Wireless. Wilma Widget, 12 Main St, Springfield, IL 62701")
    while talk.chat.asked != "authority":
        talk.answer(talk.chat.asked or "")
    talk.press("someone_else")
    talk.say("Ann Lee, ann@example.com")
    assert talk.chat.asked == "destination"
    assert talk.case().answers["name"].value == ("person", "Wilma", "Widget")


def visit(talk: Talk, act: str, word: str = "", step: str = "", *, chat: int = 0, of: int = 0) -> Told:
    """Do one thing on the page, or as a chat; return what is shown then."""
    seen: list[Told | None] = []
    wish = Visit(of or link(talk).id, act, word, chat, step, "127.0.0.1", "k" if act == "drawn" else "", 9)

    def act_it(state: State, moment: Moment) -> Changes:
        changes = on_page(state, moment, wish, talk.policy)
        seen.append(changes.told)
        return changes

    talk._step(talk.newest, talk._event(), act_it)
    assert seen[0] is not None
    return seen[0]


def went(talk: Talk) -> None:
    """Have the newest e-mail with a link on its way."""
    mail = next(each for each in reversed(talk.owed) if each.kind == "mail")
    talk._step(talk.newest, talk._event(), partial(mailed, owed=mail, policy=talk.policy))


def sign(talk: Talk) -> str:
    """Sign on the page as Ann Lee; return where the evidence says that it was."""
    visit(talk, "word", "8832")
    visit(talk, "agree", step=CONFIRMED)
    assert visit(talk, "word", "Ann Lee", AGREED).key == "signed"
    found = signature_of(talk.case())
    assert found is not None
    return found.where.rpartition(".")[2]


def keys(talk: Talk) -> list[str]:
    return [owed.key for owed in talk.owed]


# consent and evidence


def test_the_press_under_the_check_consents_and_its_version_is_kept() -> None:
    talk = Talk()
    shown = talk.until("review")
    assert "I agree to sign the letter electronically" in shown[-1].text
    talk.answer("review")
    assert talk.chat.asked == "signature"
    assert talk.case().answer("consent") == (CONSENT_VERSION,)


@pytest.mark.parametrize("version", CONSENTS)
def test_the_text_of_a_version_never_changes(version: str) -> None:
    text = sentences("en")[consent_words(version)]
    assert CONSENTS[version] == hashlib.sha256(text.encode()).hexdigest()
    assert CONSENT_VERSION in CONSENTS


def test_who_never_consented_is_asked_by_one_button() -> None:
    talk = Talk()
    talk.until("signature")
    del talk.answers[talk.newest]["consent"]  # a draft from before it was asked
    shown = talk.say("Maria Alvarez")
    assert [choice.code for choice in shown[-1].choices] == ["agree", "paper"]
    talk.press("agree")
    assert talk.chat.asked == "signature"
    talk.say("Maria Alvarez")
    assert talk.case().answer("signature") is not None


def test_somebody_elses_request_consents_to_nothing_for_them() -> None:
    assert "consent" not in awaiting().case().answers


@pytest.mark.parametrize(
    ("question", "value"), [("authority", None), ("authority", ("someone_else",)), ("consent", None)]
)
def test_only_who_said_to_be_authorized_and_consented_can_sign(question: str, value: tuple[str, ...] | None) -> None:
    talk = Talk()
    talk.until("signature")
    case = talk.case()
    assert not isinstance(read_the_signature("Maria Alvarez", case), Unreadable)
    answers = {q: a for q, a in case.answers.items() if q != question}
    if value is not None:
        answers[question] = replace(case.answers[question], value=value)
    without: Case = replace(case, answers=answers)
    assert read_the_signature("Maria Alvarez", without) == Unreadable("signature.not_here")


def test_a_name_typed_in_the_chat_leaves_evidence_of_this_very_signature() -> None:
    talk = Talk()
    talk.until("pin")
    at = talk.case().answers["signature"].at
    here = Signature(
        "Maria Alvarez", at, "typed", CONSENT_VERSION, "letter.where.chat", f"telegram:{CHAT}", authority="holder"
    )
    assert signature_of(talk.case()) == here
    older = replace(talk.case().answers[EVIDENCE], at=at - timedelta(days=1))
    talk.answers[talk.newest][EVIDENCE] = older
    assert signature_of(talk.case()) is None


# the link


def test_an_agreed_request_gives_the_link_to_pass_on_and_mails_it() -> None:
    talk = awaiting()
    owed = [each for each in talk.owed if SIGNING in each.params]
    assert [(each.kind, each.key) for each in owed] == [("say", "signer.link_page"), ("mail", "mail.sign_page")]
    assert link(talk).until == talk.now + LASTS
    assert "ann@example.com" in "".join(talk.texts())
    assert link(talk).facts == facts_digest(talk.case())


def test_without_pages_and_mail_the_link_is_telegrams_alone() -> None:
    assert [each.key for each in awaiting(Policy()).owed if SIGNING in each.params] == ["signer.link"]


def test_a_page_signs_step_by_step_and_the_request_goes_on() -> None:
    talk = awaiting()
    went(talk)
    assert visit(talk, "open").key == "who"
    assert talk.posts[-1] == "The link for Ann Lee was opened."
    assert visit(talk, "word", "8832").key == "consent"
    shown = visit(talk, "agree", step=CONFIRMED)
    assert shown.key == "letter"
    assert visit(talk, "word", "ann lee", AGREED).key == "signed"
    assert talk.case().answer("signature") == ("ann lee", TEXT_VERSION, link(talk).facts)
    assert talk.number.phase == "staff_review"
    assert talk.posts[-1] == "Ann Lee has signed the letter by the link."
    found = signature_of(talk.case())
    assert found is not None
    assert (found.how, found.where, found.who) == ("typed", "letter.where.page_mail", "127.0.0.1")


def test_before_the_digits_are_right_nothing_of_the_letter_is_told() -> None:
    talk = awaiting()
    told = visit(talk, "open").params.values()
    assert not any("8832" in value or "Market" in value or "Verizon" in value for value in told)


def test_a_step_cannot_be_skipped() -> None:
    talk = awaiting()
    for act in ("agree", "drawn"):
        assert visit(talk, act).key == "who"
    assert visit(talk, "drawn", step=CONFIRMED).key == "consent"
    assert talk.case().answer("signature") is None


@pytest.mark.parametrize("word", ["12", "my number", "83321", ""])
def test_what_is_no_ending_of_a_number_costs_no_try(word: str) -> None:
    talk = awaiting()
    assert visit(talk, "word", word).params["lead"] == "sign.four"
    assert link(talk).tries == 0


def test_five_wrong_tries_lock_and_both_sides_hear_of_it() -> None:
    talk = awaiting()
    for _ in range(4):
        assert visit(talk, "word", "1234").key == "who"
    assert visit(talk, "word", "1234").key == "locked"
    assert visit(talk, "word", "8832").key == "locked"
    assert "signer.locked" in keys(talk)
    assert "thread.signer_locked" in keys(talk)


def test_a_name_in_letters_that_cannot_be_printed_is_asked_for_again_and_costs_no_try() -> None:
    talk = awaiting()
    visit(talk, "word", "8832")
    visit(talk, "agree", step=CONFIRMED)
    shown = visit(talk, "word", "\U0001d4d0nn Lee", AGREED)
    assert (shown.key, shown.params["lead"], link(talk).tries) == ("letter", "signature.unprinted", 0)
    assert visit(talk, "word", "Ann Lee \U0001f600", AGREED).key == "signed"
    assert talk.case().answer("signature") == ("Ann Lee", TEXT_VERSION, link(talk).facts)


def test_names_count_among_the_tries() -> None:
    talk = awaiting()
    visit(talk, "word", "8832")
    for _ in range(4):
        assert visit(talk, "word", "Zed Zoo", AGREED).key == "letter"
    assert visit(talk, "word", "Zed Zoo", AGREED).key == "locked"


@pytest.mark.parametrize(("act", "end"), [("no_other", "declined"), ("not_me_yes", "not_me")])
def test_nobody_signing_leads_back_to_whose_account_it_is(act: str, end: str) -> None:
    talk = awaiting()
    first = link(talk).id
    assert visit(talk, act).key == end
    assert talk.chat.asked == "authority"
    assert visit(talk, "open", of=first).key == end
    talk.press("someone_else")
    talk.say("Bob Stone, bob@example.com")
    assert link(talk).id != first
    assert link(talk).is_open
    assert visit(talk, "open", of=first).key == "replaced"


def test_a_declined_account_that_is_ones_own_after_all_is_signed_in_the_chat() -> None:
    talk = awaiting()
    visit(talk, "no_other")
    talk.press("holder")
    talk.press("agree")
    talk.say("Maria Alvarez")
    assert talk.number.phase == "staff_review"


def test_a_letter_that_changed_is_not_signed_though_the_change_can_still_be_taken_back() -> None:
    talk = awaiting()
    first = link(talk).id
    talk.staff("edit", "address: 99 Main Street, San Francisco, CA 94103")
    assert visit(talk, "word", "ann lee", AGREED, of=first).key == "changed"
    assert "signer.changed" not in keys(talk)
    talk.forward(seconds=61)
    assert "signer.changed" in keys(talk)
    assert link(talk).id != first  # a new one is made: nothing else is open
    assert link(talk).facts == facts_digest(talk.case())
    assert visit(talk, "word", "ann lee", AGREED).key == "signed"


@pytest.mark.parametrize(("verb", "said"), [
    ("edit", "name: Ann B. Lee"), ("ask", "name"), ("edit", "address: 99 Main Street, San Francisco, CA 94103"),
])  # fmt: skip
@pytest.mark.parametrize("then", ["cancel", "status", "help"])
def test_that_a_letter_changed_is_told_to_nobody_while_staff_can_take_the_change_back(
    verb: str, said: str, then: str
) -> None:
    talk = awaiting()
    first, before = link(talk), len(talk.screen)
    assert not talk.staff(verb, said).error
    talk.command(then)
    assert "signer.changed" not in {shown.owed.key for shown in talk.screen[before:]}
    assert not talk.staff("undo").error
    talk.forward(seconds=61)
    assert link(talk).id == first.id
    assert visit(talk, "word", "ann lee", AGREED, of=first.id).key == "signed"
    assert "signer.changed" not in {shown.owed.key for shown in talk.screen[before:]}


def test_a_letter_that_its_customer_changes_gets_a_new_link_when_all_is_answered() -> None:
    talk = awaiting()
    first = link(talk).id
    talk.staff("ask", "name")
    talk.forward(minutes=2)
    assert link(talk).id == first
    talk.say("Ann B. Lee")
    assert link(talk).id != first
    assert "signer.changed" in keys(talk)


def test_an_e_mail_address_put_right_has_a_link_of_its_own_and_the_wrong_one_has_none() -> None:
    talk = awaiting()
    first = link(talk).id
    talk.say("no, her email is ann.lee@example.com")
    assert talk.case().answer("signer") == ("Ann Lee", "ann.lee@example.com")
    assert visit(talk, "open", of=first).key == "replaced"
    assert [each.key for each in talk.owed if SIGNING in each.params].count("mail.sign_page") == 2
    assert visit(talk, "open").key == "who"


def test_the_evidence_tells_of_an_e_mail_only_where_one_with_this_very_link_went() -> None:
    talk = awaiting()
    assert sign(talk) == "page_link"  # it is owed, but was refused, or waits
    talk = awaiting()
    went(talk)
    for _ in range(5):
        talk.press("sg.revoke")
        talk.press("sg.new")
    went(talk)  # the fifth, of a link that is over by now
    assert sign(talk) == "page_link"
    talk = awaiting()
    went(talk)
    talk.press("sg.again")
    assert sign(talk) == "page_mail"


def test_our_e_mail_calls_nobody_what_is_no_name() -> None:
    for name, asks in (
        ("Verify now: http://evil.example/x", "Whoever made the request P-"),
        ("Your account is locked", "Whoever made the request P-"),
        ("Zoë Ann-Marie O'Neil", "Zoë Ann-Marie O'Neil asks"),
        ("राम", "राम asks"),
    ):
        talk = awaiting(name=name)
        [mail] = [each for each in talk.owed if each.kind == "mail"]
        assert plain_text(mail.key, {**mail.params, "page": "", "link": ""}, "en").startswith(asks)
    [mail] = [each for each in awaiting(signer="J.R. evil.com").owed if each.kind == "mail"]
    assert "asks the account holder to sign" in plain_text(mail.key, {**mail.params, "page": "", "link": ""}, "en")


def test_nobody_can_have_us_write_to_somebody_for_ever() -> None:
    talk = awaiting()
    for _ in range(9):
        talk.press("sg.again")
        talk.press("sg.revoke")
        talk.press("sg.new")
    assert keys(talk).count("signer.link_page") == 19
    assert keys(talk).count("mail.sign_page") == 5
    assert "I send it to" not in talk.texts()[-2]


def test_a_link_runs_out() -> None:
    talk = awaiting()
    first = link(talk).id
    talk.forward(hours=72)
    assert visit(talk, "open", of=first).key == "expired"
    assert keys(talk).count("signer.expired") == 1
    assert keys(talk).count("thread.signer_expired") == 1
    talk.press("sg.new")
    assert link(talk).is_open
    assert visit(talk, "open", of=first).key == "replaced"


def test_a_link_that_is_opened_too_late_before_the_clock_looked_is_over_too() -> None:
    talk = awaiting()
    talk.now += LASTS
    assert visit(talk, "open").key == "expired"
    assert keys(talk).count("signer.expired") == 1
    talk.forward(hours=1)
    assert keys(talk).count("signer.expired") == 1


def test_a_link_is_taken_back_and_nobody_makes_a_new_one_unasked() -> None:
    talk = awaiting()
    first = link(talk).id
    talk.press("sg.revoke")
    talk.say("hello?")
    assert visit(talk, "open").key == "revoked"
    assert link(talk).id == first
    assert talk.press("sg.revoke")[-1].owed.key == "signer.nothing"


def test_the_status_offers_what_can_be_done_about_the_link() -> None:
    talk = awaiting()
    codes = {choice.code for choice in talk.command("status")[-1].choices}
    assert {"sg.again", "sg.revoke", "sg.whose"} <= codes
    talk.press("sg.whose")
    assert talk.chat.asked == "authority"
    assert not link(talk).is_open
    talk.press("holder")
    talk.press("agree")
    talk.say("Maria Alvarez")
    for code in ("sg.again", "sg.new", "sg.whose", "sg.revoke"):
        assert talk.hear("press", form=talk.newest, code=code)[-1].owed.key == "signer.nothing"
    assert talk.hear("press", form=1, code="sg.new")[0].owed.key.startswith("press.stale")
    assert talk.hear("press", form=talk.newest, code="sg.agree")[0].owed.key.startswith("press.stale")


def test_a_letter_that_staff_have_on_paper_ends_the_link() -> None:
    talk = awaiting()
    talk.staff("letter")
    assert visit(talk, "open").key == "by_hand"


def test_a_request_that_is_over_is_signed_by_nobody() -> None:
    talk = awaiting()
    talk.command("cancel")
    talk.press("cancel.yes")
    assert visit(talk, "open").key == "over"
    talk.forward(hours=73)
    assert "signer.expired" not in keys(talk)


def test_an_e_mail_that_cannot_arrive_is_told_to_both_sides() -> None:
    talk = awaiting()
    mail = next(each for each in talk.owed if each.kind == "mail")
    talk.undeliverable(mail, "refused")
    assert keys(talk)[-2:] == ["signer.not_mailed", "thread.signer_not_mailed"]
    visit(talk, "no_other")
    talk.undeliverable(mail, "refused")
    assert keys(talk).count("signer.not_mailed") == 1


# one's own signature on a page


def test_the_page_for_ones_own_signature_is_offered_only_where_there_is_one() -> None:
    without, with_pages = Talk(), Talk(policy=PAGES)
    for talk in (without, with_pages):
        talk.until("signature")
    assert [choice.code for choice in without.screen[-1].choices] == ["paper"]
    assert [choice.code for choice in with_pages.screen[-1].choices] == ["page", "paper"]


def test_the_letter_to_be_signed_on_paper_is_pressed_for_as_the_consent_says() -> None:
    talk = Talk()
    talk.until("signature")
    assert "Print it" in talk.press("paper")[-1].text
    assert [errand.kind for errand in talk.errands.values()] == ["print_blank"]
    assert talk.chat.asked == "signature"


def test_ones_own_drawn_signature_goes_on_where_the_chat_was() -> None:
    talk = Talk(policy=PAGES)
    talk.until("signature")
    talk.press("page")
    assert talk.owed[-1].key == "signer.own_page"
    assert link(talk).whose == OWN
    visit(talk, "word", "8832")
    assert visit(talk, "drawn", step=AGREED).key == "signed"
    assert talk.chat.asked == "pin"
    assert talk.number.phase == "staff_review"
    drawn = [paper for paper in talk.papers.values() if paper.kind == "drawn"]
    assert [(paper.object_key, paper.size, paper.status) for paper in drawn] == [("k", 9, "kept")]
    found = signature_of(talk.case(), b"png")
    assert found is not None
    assert (found.name, found.how, found.drawing) == ("Maria Alvarez", "drawn", b"png")
    assert not [key for key in keys(talk) if key.startswith("thread.signer_")]


def test_a_name_typed_in_the_chat_after_all_ends_ones_own_page() -> None:
    talk = Talk(policy=PAGES)
    talk.until("signature")
    talk.press("page")
    talk.say("Maria Alvarez")
    assert visit(talk, "drawn", step=AGREED).key == "copy_who"
    assert not [paper for paper in talk.papers.values() if paper.kind == "drawn"]


def test_ones_own_page_that_is_forgotten_is_nobodys_business() -> None:
    talk = Talk(policy=PAGES)
    talk.until("signature")
    talk.press("page")
    talk.forward(hours=73)
    assert visit(talk, "open").key == "expired"
    assert not [key for key in keys(talk) if key.endswith("expired")]


def test_ones_own_page_signs_nothing_that_is_not_checked() -> None:
    talk = Talk(policy=PAGES)
    talk.until("signature")
    talk.press("page")
    talk.command("back")
    assert talk.chat.asked == "review"
    assert visit(talk, "drawn", step=AGREED).key == "over"
    assert talk.number.phase == "intake"
    talk.command("back")
    assert visit(talk, "drawn", step=AGREED).key == "over"
    talk.answer("account")
    talk.press("correct")
    assert visit(talk, "drawn", step=AGREED).key == "signed"


def test_ones_own_page_leads_back_to_the_chat_for_a_new_one_when_the_letter_changed() -> None:
    talk = Talk(policy=PAGES)
    talk.until("signature")
    talk.press("page")
    first = link(talk).id
    talk.say("no, the name is Maria Jones")
    assert visit(talk, "open", of=first).key == "changed"
    assert "works no more" in talk.texts()[-1]
    talk.press("correct")
    talk.press("page")
    assert link(talk).id != first
    assert visit(talk, "open").key == "who"


def test_ones_own_page_signs_nothing_that_is_asked_anew() -> None:
    talk = Talk(policy=PAGES)
    talk.until("pin")
    talk.answer("pin")
    talk.staff("edit", "address: 99 Main Street, San Francisco, CA 94103")
    talk.forward(minutes=2)
    talk.press("page")
    talk.staff("ask", "name")
    talk.forward(minutes=2)
    assert visit(talk, "drawn", step=AGREED).key == "changed"
    assert talk.case().answer("signature") is None


def test_a_signer_signs_nothing_that_is_asked_anew() -> None:
    talk = awaiting()
    first = link(talk).id
    talk.staff("ask", "name")
    assert visit(talk, "word", "ann lee", AGREED).key == "changed"
    assert talk.case().answer("signature") is None
    talk.forward(minutes=2)
    talk.say("what do you need?")
    assert link(talk).id == first  # none is made while it is open
    talk.say("Ann Lee")
    assert link(talk).id != first
    assert visit(talk, "word", "ann lee", AGREED).key == "signed"


# chats


def test_a_chat_that_showed_who_it_is_has_the_link_and_goes_on_where_it_was() -> None:
    talk = awaiting()
    assert visit(talk, "word", "8832", chat=ANN).key == "consent"
    assert visit(talk, "open", chat=ANN).key == "consent"
    assert visit(talk, "open", chat=ANN + 1).key == "taken"
    assert visit(talk, "open", chat=CHAT).key == "own_chat"
    assert visit(talk, "open").key == "who"  # the page knows nobody


def test_ones_own_page_is_no_chats() -> None:
    talk = Talk(policy=PAGES)
    talk.until("signature")
    talk.press("page")
    assert visit(talk, "open", chat=ANN).key == "own_chat"


WORDS = ("8832", "1234", "Ann Lee", "Zed Zoo", "yes", "no")
ACTS = st.tuples(
    st.sampled_from(("open", "word", "agree", "drawn", "decline", "not_me", "look")), st.sampled_from(WORDS)
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(ACTS, st.sampled_from((ANN, ANN + 1))), max_size=14))
def test_no_order_of_acts_signs_without_digits_consent_and_name(said: list[tuple[tuple[str, str], int]]) -> None:
    talk = awaiting(Policy())
    steps = dict.fromkeys((ANN, ANN + 1), 0)
    for (act, word), chat in said:
        shown = visit(talk, act, word, chat=chat)
        if shown.key == "signed":
            assert act in ("word", "drawn")
            assert steps[chat] == 2
        steps[chat] = {"consent": 1, "letter": 2}.get(shown.key, steps[chat])
        assert link(talk).tries <= 5
    is_signed = talk.case().answer("signature") is not None
    assert is_signed == (link(talk).state == "signed" and link(talk).whose == OTHER)


@pytest.mark.parametrize(("name", "asker"), [("", "Whoever made the request P-"), ("Maria", "Maria")])
def test_a_link_made_by_nobody_known_says_who_asks_as_far_as_it_is_known(name: str, asker: str) -> None:
    talk = awaiting(name=name)

    def again(state: State, moment: Moment, policy: Policy) -> Changes:
        turn = Turn(state, moment, "clock", policy)
        make(turn)
        return turn.changes()

    talk._step(talk.newest, talk._event(), partial(again, policy=talk.policy))
    assert talk.texts()[-1].startswith(asker)
    assert "asks Ann Lee to sign" in talk.texts()[-1]
