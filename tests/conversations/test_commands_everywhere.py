"""Whatever a customer sends wherever they stand, there is an answer, and nothing changes that they did not mean."""

from dataclasses import replace

import pytest

from bot.wording import telegram_text
from domain.desk.heard import Document, HeardKind
from domain.intake.questions import QUESTIONS
from domain.orders.phases import PHASES
from domain.papers.authorization import facts_digest
from tests.domain.standing import OPEN, STATES, asked_in, at, at_phase
from tests.domain.talk import ANSWERS, Shown, Talk

COMMANDS = ("start", "back", "status", "cancel", "help", "nonsense")
ASKED_AFTER = {"changes_requested": "name", "rejected": "pin"} | {question: question for question in OPEN}
CHANGEABLE = tuple(q.id for q in QUESTIONS if q.changeable)
OTHERWISE = {
    "number": "(212) 736-5000",
    "carrier": "Spectrum Mobile",
    "name": "John Smith",
    "address": "20 West 34th Street, New York, NY 10001",
    "destination": "212 736 5001",
    "account": "5544332211",
}
ON_THE_REVIEW = {
    "number": "(212) 736-5000",
    "carrier": "Spectrum Mobile",
    "name": "John Smith",
    "address": "20 West 34th Street",
    "destination": "(212) 736-5001",
    "account": "••••11",
    "bill": "newer.pdf",
}


def facts(talk: Talk) -> object:
    """Return everything about the requests that a customer could change."""
    return (
        dict(talk.requests), dict(talk.orders), dict(talk.numbers), dict(talk.papers), dict(talk.secrets),
        {request: dict(answers) for request, answers in talk.answers.items()}, talk.chat.focus, talk.chat.asked,
    )  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("state", STATES)
def test_every_command_is_answered_in_every_state(state: str, command: str) -> None:
    shown = at(state).command(command)
    assert len(shown) >= 1
    assert all(each.text for each in shown)


@pytest.mark.parametrize("command", ["help", "nonsense"])
@pytest.mark.parametrize("state", list(ASKED_AFTER))
def test_the_open_question_is_asked_again_after_help(state: str, command: str) -> None:
    talk = at(state)
    assert asked_in(talk.command(command))
    assert talk.chat.asked == ASKED_AFTER[state]


@pytest.mark.parametrize(
    ("question", "command"),
    [
        (question, command)
        for question in OPEN
        for command in ("start", "help", "status", "cancel", "nonsense")
        if (question, command) != ("pin", "start")  # signed: /start begins another request
    ],
)
def test_the_open_question_can_be_answered_after_a_command(question: str, command: str) -> None:
    talk = at(question)
    talk.command(command)
    if command in ("status", "cancel") and question == "review":
        talk.command("help")  # its buttons are older than the one question that was asked meanwhile
    talk.answer(question)
    assert talk.chat.asked != question
    assert question in talk.case().answers


@pytest.mark.parametrize("question", [q for q in OPEN if q != "pin"])
def test_start_goes_on_with_an_unfinished_request(question: str) -> None:
    talk = at(question)
    before = facts(talk)
    shown = talk.command("start")
    assert asked_in(shown)
    assert facts(talk) == before
    assert question == "number" or "Everything you told me is kept" in " ".join(each.text for each in shown)


@pytest.mark.parametrize("state", ["staff_review", "submitted", "ported", "cancelled", "expired"])
def test_start_begins_another_request_once_the_first_is_signed_or_over(state: str) -> None:
    talk = at_phase(state)
    first = talk.newest
    kept = talk.requests[first]
    talk.until("carrier")
    assert talk.newest != first
    assert talk.requests[first] == kept


@pytest.mark.parametrize("question", [q for q in OPEN if q != "pin"])
def test_back_drops_the_last_answer_only(question: str) -> None:
    talk = at(question)
    given = list(talk.case().answers) if talk.requests else []
    shown = talk.command("back")
    assert asked_in(shown)
    if not given:
        assert "nothing to go back to" in shown[-1].text
        return
    assert list(talk.case().answers) == given[:-1]
    assert talk.chat.asked == given[-1]
    assert all(secret[1] in given[:-1] for secret in talk.secrets)


def test_back_to_the_beginning_and_forth_again_gives_the_same_review() -> None:
    talk = at("signature")
    first_review = next(shown for shown in talk.screen if "Please look it over" in shown.text)
    while talk.case().answers:
        talk.command("back")
    for question in OPEN:
        talk.answer(question)
        if question == "bill":
            assert talk.screen[-1].text == first_review.text
    assert talk.request.status == "staff_review"
    assert len(talk.numbers) == 1


@pytest.mark.parametrize("state", [s for s in STATES if s == "pin" or (s in PHASES and s != "intake") or s == "later"])
def test_back_changes_nothing_once_signed(state: str) -> None:
    talk = at(state)
    before = facts(talk)
    shown = talk.command("back")
    assert "nothing to go back to" in shown[0].text
    assert facts(talk) == before


CANCELLABLE = {
    **dict.fromkeys([q for q in OPEN if q not in ("number", "pin")], "cancelled"),
    **dict.fromkeys(["pin", "later", "awaiting_documents", "staff_review", "changes_requested"], "cancelled"),
    **dict.fromkeys(["submitted", "carrier_review", "pending_date", "rejected"], "cancel_requested"),
}


@pytest.mark.parametrize("state", list(CANCELLABLE))
def test_cancel_asks_first_and_then_does_it(state: str) -> None:
    talk = at(state)
    before = talk.request
    shown = talk.command("cancel")
    assert {choice.code for choice in shown[-1].choices} == {"cancel.yes", "cancel.no"}
    assert talk.request == before
    kept = talk.press("cancel.no")
    assert "nothing is cancelled" in kept[0].text
    assert talk.request == before
    assert asked_in(kept) == (state in ASKED_AFTER)
    talk.command("cancel")
    talk.press("cancel.yes")
    assert talk.request.status == CANCELLABLE[state]
    if CANCELLABLE[state] == "cancelled":
        assert not talk.secrets
        assert not [due for due in talk.dues.values() if due.rule in ("draft", "expire", "tell")]
        assert asked_in(talk.command("start"))


@pytest.mark.parametrize("state", [s for s in STATES if s not in CANCELLABLE])
def test_cancel_says_why_not_where_there_is_nothing_to_cancel(state: str) -> None:
    talk = at(state)
    before = facts(talk)
    shown = talk.command("cancel")
    assert len(shown) == 1
    assert not shown[0].choices
    assert shown[0].owed.key.startswith(("cancel.nothing", "cancel.too_late"))
    assert facts(talk) == before


@pytest.mark.parametrize("state", STATES)
def test_old_buttons_change_nothing_anywhere(state: str) -> None:
    talk = at(state)
    live = f"{talk.chat.focus}.{talk.chat.asking}"
    old = [(shown, choice) for shown in talk.screen for choice in shown.choices if shown.owed.form != live]
    assert old or state in ("nobody", "number", "carrier", "intake", "expired")
    before = facts(talk)
    for shown, choice in old:
        assert talk.push(shown, choice)
        assert facts(talk) == before, choice.code


@pytest.mark.parametrize("state", STATES)
def test_buttons_that_never_were_change_nothing(state: str) -> None:
    talk = at(state)
    before = facts(talk)
    focus, asking = talk.chat.focus or 0, talk.chat.asking
    for code in ("", "change.", "change.review", "change.pin", "change.nothing", "cancel.maybe", "nothing", "Ω"):
        assert talk.hear("press", form=focus, asking=asking, code=code)
        assert facts(talk) == before, code
        asking = talk.chat.asking


KINDS: tuple[HeardKind, ...] = ("text", "edit", "other", "document", "group")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("kind", KINDS)
def test_anything_else_is_answered_too(state: str, kind: HeardKind) -> None:
    talk = at(state)
    assert talk.hear(
        kind, "?!", document=Document("f", "x.exe", "application/x-exe", 9) if kind == "document" else None
    )


@pytest.mark.parametrize("question", CHANGEABLE)
def test_every_answer_can_be_changed_on_the_review(question: str) -> None:
    talk = at("review")
    asked = talk.press(f"change.{question}")
    assert talk.chat.asked == question
    assert "old answer stays" in asked[-1].text
    if question == "bill":
        talk.document(Document("file-2", "newer.pdf", "application/pdf", 800))
    else:
        talk.say(OTHERWISE[question])
    if question == "carrier":
        assert talk.chat.asked == "account"  # another company has another account number
        talk.answer("account")
    review = talk.screen[-1]
    assert "Please look it over" in review.text
    assert ON_THE_REVIEW[question] in review.text
    unchanged = {"number": "(415) 421-8832", "carrier": "Verizon", "name": "Maria Alvarez", "bill": "bill.pdf"}
    assert all(words in review.text for other, words in unchanged.items() if other != question)
    talk.press("correct")
    talk.say("John Smith" if question == "name" else "Maria Alvarez")
    talk.say("482913")
    assert talk.request.status == "staff_review"


def test_all_answers_changed_one_after_the_other_stand_on_the_last_review() -> None:
    talk = at("review")
    for question in (*OTHERWISE, "bill"):
        talk.press(f"change.{question}")
        if question == "bill":
            talk.document(Document("file-2", "newer.pdf", "application/pdf", 800))
            continue
        talk.say(OTHERWISE[question])
        if question == "carrier":
            talk.answer("account")
    assert all(words in talk.screen[-1].text for words in ON_THE_REVIEW.values())
    assert talk.number.e164 == "+12127365000"
    assert talk.case().order == replace(talk.orders[talk.number.order_id], carrier="spectrum_mobile")


@pytest.mark.parametrize("question", ["number", "carrier", "name", "address"])
def test_a_changed_signed_fact_asks_for_a_new_signature(question: str) -> None:
    talk = at_phase("staff_review")
    signed = talk.case().answers["signature"]
    assert signed.value[2] == facts_digest(talk.case())
    talk.staff("ask", question)
    asked = talk.forward(seconds=61)
    assert asked_in(asked)
    talk.say(OTHERWISE[question])
    while talk.chat.asked not in ("signature", None):
        talk.answer(talk.chat.asked or "")
    letter = talk.screen[-2].text
    assert "Letter of Authorization" in letter
    assert ON_THE_REVIEW[question] in letter
    talk.say("John Smith" if question == "name" else "Maria Alvarez")
    while talk.chat.asked is not None:
        talk.answer(talk.chat.asked)
    assert talk.case().answers["signature"].value[2] == facts_digest(talk.case()) != signed.value[2]
    assert talk.request.status == "staff_review"


def test_an_unsigned_fact_asks_for_no_new_signature() -> None:
    talk = at_phase("staff_review")
    signed = talk.case().answers["signature"]
    talk.staff("ask", "destination")
    talk.forward(seconds=61)
    talk.say(OTHERWISE["destination"])
    assert talk.chat.asked is None
    assert talk.case().answers["signature"] == signed
    assert talk.request.status == "staff_review"


def test_the_same_answer_again_keeps_the_signature() -> None:
    talk = at_phase("staff_review")
    talk.staff("ask", "name")
    talk.forward(seconds=61)
    talk.say("Maria Alvarez")
    assert talk.request.status == "staff_review"
    assert talk.chat.asked is None


WRONG = {
    "number": {
        "415-421-883": "number.too_short",
        "415-421-88321": "number.too_long",
        "+44 20 7946 0958": "number.not_us",
        "911": "number.special",
        "800-356-9377": "number.toll_free",
        "415-421-8832 and 212-736-5000": "number.several",
        "hello": "number.too_short",
    },
    "carrier": {"12": "carrier.unreadable", "me@example.com": "carrier.unreadable"},
    "name": {"Maria": "name.needs_two_words", "Maria 4": "name.has_digits", "Mr. Bo Li": "name.has_title"},
    "address": {
        "PO Box 12, Reno, NV 89501": "address.po_box",
        "Market Street, San Francisco, CA 94103": "address.needs_house_number",
        "1455 Market Street, San Francisco, 94103": "address.needs_state",
        "1455 Market Street, San Francisco, CA": "address.needs_zip",
        "1455 Market Street, CA 94103": "address.needs_city",
        "1455 Market Street, San Francisco, CA 10001": "address.zip_not_in_state",
    },
    "destination": {"415-421-8832": "destination.is_moving", "12": "number.too_short"},
    "account": {
        "I do not know": "account.no_digits",
        "12": "account.too_short",
        "123-45-6789": "account.looks_like_ssn",
    },
    "bill": {"here you are": "bill.send_a_file"},
    "review": {"no": "review.press"},
    "signature": {"Maria Alvares": "signature.differs"},
    "pin": {"none": "pin.wireless_needs_one", "12": "pin.wrong_length", "415-421-8832": "pin.is_the_number"},
}


@pytest.mark.parametrize(
    ("question", "said", "code"), [(q, s, c) for q, table in WRONG.items() for s, c in table.items()]
)
def test_a_wrong_answer_is_told_what_is_wrong_and_asked_again(question: str, said: str, code: str) -> None:
    talk = at(question)
    before = facts(talk)
    shown = talk.say(said)
    assert code in " ".join(each.owed.key for each in shown).replace("+", " ").split()
    told = next(each.owed for each in shown if code in each.owed.key)
    assert telegram_text(code, told.params, "en") in " ".join(each.text for each in shown)
    assert asked_in(shown)
    assert facts(talk) == before
    talk.answer(question)
    assert question in talk.case().answers


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("Hi, I want to move my number 415-421-8832 from Verizon", {"number", "carrier"}),
        ("please port 415-421-8832, my name is Maria Alvarez", {"number", "name"}),
        ("Keep my number 415-421-8832. Calls should ring at 415-200-0100.", {"number", "destination"}),
        ("hello", set()),
        ("my bill is 415-421-8832 dollars", set()),
    ],
)
def test_a_first_message_is_read_for_what_is_certain(said: str, known: set[str]) -> None:
    talk = Talk()
    shown = talk.say(said)
    assert "Hello!" in shown[0].text
    assert (set(talk.case().answers) if talk.requests else set()) == known
    while talk.chat.asked is not None:
        assert talk.chat.asked not in known
        talk.answer(talk.chat.asked)
    assert talk.request.status == "staff_review"
    assert {q: talk.case().answers[q].value for q in known} == {
        q: at("staff_review").case().answers[q].value for q in known
    }


def in_second(question: str = "name") -> tuple[Talk, int, int]:
    """Return a conversation with one request at the desk, its PIN owed, and a second one under way."""
    talk = at("later")
    first = talk.newest
    talk.command("start")
    talk.say("212-736-5000")
    for each in list(ANSWERS)[1 : list(ANSWERS).index(question)]:
        talk.answer(each)
    return talk, first, talk.newest


def test_the_pin_of_the_first_asked_meanwhile_does_not_mix_up_the_second() -> None:
    talk, first, second = in_second()
    told = talk.staff("submit", of=first)
    assert told.key == "submit.pin_missing"
    button = talk.screen[-1]
    assert talk.requests[first].ref in button.text
    assert [choice.code for choice in button.choices] == ["go"]
    assert (talk.chat.focus, talk.chat.asked) == (second, "name")
    talk.say("John Smith")
    assert talk.answers[second]["name"].value == ("John", "Smith")
    assert talk.answers[first]["name"].value == ("Maria", "Alvarez")
    talk.press("go")
    assert (talk.chat.focus, talk.chat.asked) == (first, "pin")
    talk.say("482913")
    assert talk.secrets[first, "pin"] == "482913"
    assert (second, "pin") not in talk.secrets
    assert talk.staff("submit", of=first).key == "submit.done"
    go_back(talk, second)
    assert (talk.chat.focus, talk.chat.asked) == (second, "address")
    for question in list(ANSWERS)[3:]:
        if question == "signature":
            talk.say("John Smith")
        else:
            talk.answer(question)
    assert talk.requests[second].status == "staff_review"
    assert talk.answers[second]["number"].value == ("+12127365000",)
    assert talk.answers[first]["number"].value == ("+14154218832",)


def go_back(talk: Talk, request: int) -> list[Shown]:
    """Press what /status offers for a request."""
    listed = talk.command("status")[-1]
    choice = next(c for c in listed.choices if c.params["form"] == f"{request}.0")
    return talk.push(listed, choice)


@pytest.mark.parametrize("question", [q for q in ANSWERS if q not in ("number", "pin")])
def test_a_customer_goes_to_and_fro_between_two_requests(question: str) -> None:
    talk, first, second = in_second(question)
    go_back(talk, first)
    assert talk.chat.focus == first
    shown = go_back(talk, second)
    assert (talk.chat.focus, talk.chat.asked) == (second, question)
    assert asked_in(shown)


def test_a_draft_without_its_number_can_be_gone_on_with() -> None:
    talk, first, second = in_second("carrier")
    talk.command("back")
    go_back(talk, first)
    go_back(talk, second)
    assert (talk.chat.focus, talk.chat.asked) == (second, "number")


def test_a_pin_never_given_is_asked_for_though_the_customer_has_begun_another_request() -> None:
    talk = at("pin")
    first = talk.newest
    talk.command("start")
    talk.say("212-736-5000")
    assert talk.staff("submit", of=first).key == "submit.pin_missing"
    assert talk.requests[first].ref in talk.screen[-1].text
    talk.press("go")
    talk.say("482913")
    assert talk.staff("submit", of=first).key == "submit.done"


def test_go_on_with_a_request_that_is_over_changes_nothing() -> None:
    talk, first, second = in_second()
    listed = talk.command("status")[-1]
    choice = next(c for c in listed.choices if c.params["form"] == f"{first}.0")
    talk.staff("cancel", of=first)
    talk.forward(seconds=61)
    assert "earlier question" in talk.push(listed, choice)[0].text
    assert talk.chat.focus == second


def test_two_requests_for_one_number_are_held_back_until_one_is_cancelled() -> None:
    talk = at_phase("staff_review")
    first = talk.newest
    talk.until("end")
    assert talk.newest != first
    refused = talk.staff("submit", of=first)
    assert refused.key == "submit.rival"
    assert talk.ref in refused.params["rivals"]
    talk.staff("cancel", of=talk.newest)
    assert talk.staff("submit", of=first).key == "submit.done"
