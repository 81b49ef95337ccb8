"""Whatever a customer sends wherever they stand, there is an answer, and nothing changes that they did not mean."""

from datetime import datetime

import pytest

from bot.wording import telegram_text
from domain.desk.asking import TRIED
from domain.desk.customer import COMMANDS
from domain.desk.heard import Document
from domain.desk.urgent import LATE
from domain.intake.questions import BY_ID, CHANGEABLE
from domain.orders.phases import MOVED, PHASES
from domain.papers.authorization import facts_digest
from domain.values import replace
from tests.domain.standing import (
    ASKED_LATER,
    CHECKED,
    CHECKED_VOIP,
    OFFICE,
    OPEN,
    RARE,
    SERVICE,
    STATES,
    WISHES,
    asked_in,
    at,
    at_phase,
    say_to,
    walk,
)
from tests.domain.talk import ANSWERS, Shown, Talk

ALL_COMMANDS = (*COMMANDS, "nonsense")
DRAFTS = tuple(question for question in (*OPEN, *RARE) if question not in ("numbers", "pin"))  # not handed over yet
ASKED_ELSEWHERE = {
    "changes_requested": "name",
    "rejected": "pin",
    "repair": "repair",
    "served": "served",
    "awaiting_unlock": "unlock",
    "csr_needed": "csr",
}
ASKED_AFTER = ASKED_ELSEWHERE | {question: question for question in (*OPEN, *RARE, "consent")}
OTHERWISE = {  # another answer to each question that the check offers, and what the check shows then
    "numbers": ("(212) 736-5000", "(212) 736-5000"),
    "line": ("fax", "Kind: fax line"),
    "btn": ("415-421-8800", "Main number of the bill: (415) 421-8800"),
    "reseller": ("Blue Sky Wholesale", "Company behind it: Blue Sky Wholesale"),
    "carrier": ("Spectrum Mobile", "Spectrum Mobile"),
    "authority": ("allowed", "May make changes: John Smith"),
    "name": ("John Smith", "Name on the bill: John Smith"),
    "contact": ("Joan Smith", "May make changes: Joan Smith"),
    "address": ("20 West 34th Street, New York, NY 10001", "20 West 34th Street"),
    "billing": ("PO Box 12, Oakland, CA 94601", "PO Box 12, Oakland, CA 94601"),
    "stays": ("the internet", "the internet"),
    "texting": ("no", "Texts: not needed"),
    "destination": ("212 736 5001", "(212) 736-5001"),
    "source": ("The web page", "The web page"),
    "label": ("Back door", "Back door"),
    "company": ("North", "North"),
    "account": ("5544332211", "••••11"),
    "email": ("maria@example.com", "maria@example.com"),
    "second": ("212 736 5002", "(212) 736-5002"),
    "title": ("Main office line", "Main office line"),
    "bill": ("", "newer.pdf"),
}
AT_ANY_TIME = (
    "at",
    "sg",
    "go",
    "status",
    "ring",
    "title",
    "others",
    "explain",
    "person",
    "consented",
)  # buttons that do not grow old
# These follow from another answer, that somebody else signs or that lines stay; `house` is for members of a company.
NEVER_OFFERED = ("signer", "new_btn", "house")
MOST_LINES = {"carrier": 3, "line": 3}  # of the check that follow from one change
NEWER = Document("file-2", "newer.pdf", "application/pdf", 800)


def checked_office() -> Talk:
    """Return a conversation about a company's line that has come to the check."""
    talk = Talk()
    walk(talk, (*OFFICE, "Maria Alvarez", SERVICE, "nothing", "yes", "415 200 0100", "998877665"))
    assert talk.chat.asked == "review"
    return talk


def checked(question: str) -> Talk:
    """Return a conversation at a check that offers to change an answer."""
    if question in ("contact", "stays", "texting", "line", "btn"):
        return checked_office()
    talk = Talk(WISHES)
    walk(talk, CHECKED_VOIP if question == "reseller" else CHECKED)
    return talk


def typed(talk: Talk) -> dict[str, datetime]:
    """Return which questions the customer has answered, and when."""
    answers = talk.case().answers if talk.requests else {}
    return {q: a.at for q, a in answers.items() if a.source == "typed" and q in BY_ID}


def check(talk: Talk) -> str:
    """Return the newest check of all answers, without what was said before it in the same message."""
    newest = next(shown.text for shown in reversed(talk.screen) if "Please look it over" in shown.text)
    return newest[newest.index("Please look it over") :].replace("<b>", "")


def say_otherwise(talk: Talk, question: str) -> None:
    """Give another answer, and whatever is asked because of it, until the check is shown again."""
    if question == "bill":
        talk.document(NEWER)
    else:
        talk.say(OTHERWISE[question][0])
    while talk.chat.asked != "review":
        asked = talk.chat.asked or ""
        if asked == "contact":
            talk.say("John Smith")
        else:
            say_to(talk, asked)


def facts(talk: Talk) -> tuple[object, ...]:
    """Return everything about the requests that a customer could change; what was said in vain is noted for staff."""
    given = {request: {q: a for q, a in answers.items() if q != TRIED} for request, answers in talk.answers.items()}
    return (
        dict(talk.requests), dict(talk.orders), dict(talk.numbers), dict(talk.papers), dict(talk.secrets),
        given, talk.chat.focus, talk.chat.asked,
    )  # fmt: skip


@pytest.mark.parametrize("command", ALL_COMMANDS)
@pytest.mark.parametrize("state", [*STATES, *ASKED_LATER])
def test_every_command_is_answered_in_every_state(state: str, command: str) -> None:
    shown = at(state).command(command)
    assert len(shown) >= 1
    assert all(each.text for each in shown)


@pytest.mark.parametrize("command", ["help", "nonsense", "privacy"])
@pytest.mark.parametrize("state", list(ASKED_AFTER))
def test_the_open_question_is_asked_again_after_help(state: str, command: str) -> None:
    talk = at(state)
    assert asked_in(talk.command(command))
    assert talk.chat.asked == ASKED_AFTER[state]


@pytest.mark.parametrize(
    ("question", "command"),
    [
        (question, command)
        for question in (*OPEN, *RARE)
        for command in ("start", "help", "status", "cancel", "privacy", "delete_my_data", "nonsense")
        if (question, command) != ("pin", "start")  # signed: /start begins another request
    ],
)
def test_the_open_question_can_be_answered_after_a_command(question: str, command: str) -> None:
    talk = at(question)
    talk.command(command)
    say_to(talk, question)
    assert talk.chat.asked != question
    assert question in talk.case().answers
    assert not talk.case().answers[question].reopened


@pytest.mark.parametrize("question", [q for q in OPEN if q != "pin"])
def test_start_goes_on_with_an_unfinished_request(question: str) -> None:
    talk = at(question)
    before = facts(talk)
    shown = talk.command("start")
    assert asked_in(shown)
    assert facts(talk) == before
    assert question == "numbers" or "Everything you told me is kept" in " ".join(each.text for each in shown)


@pytest.mark.parametrize("state", [*DRAFTS, "pin"])
def test_new_begins_another_request_and_keeps_the_first(state: str) -> None:
    talk = at(state)
    first, kept = talk.newest, talk.request
    asked = talk.command("new")
    assert "kept" in asked[0].text
    talk.say("212-736-5000")
    assert talk.newest != first
    assert talk.requests[first] == kept


@pytest.mark.parametrize("state", [s for s in STATES if s not in ("nobody", "numbers")])
def test_a_name_behind_the_command_is_the_requests_from_then_on(state: str) -> None:
    talk = at(state)
    request, asked, phase = talk.newest, talk.chat.asked, talk.request.status
    talk.hear("command", "/name Main office line", code="name")
    if PHASES[phase].terminal:  # nothing is named any more
        assert talk.requests[request].title is None
        return
    assert talk.requests[request].title == "Main office line"
    assert talk.request.status == phase
    assert "Main office line" in talk.command("status")[0].text
    if asked not in (None, "title", "served"):
        say_to(talk, asked)
        assert not talk.case().answers[asked].reopened


@pytest.mark.parametrize("state", [*DRAFTS, "pin", "staff_review", "scheduled"])
def test_name_alone_asks_for_one_and_takes_it(state: str) -> None:
    talk = at(state)
    asked = talk.command("name")
    assert asked_in(asked)
    talk.say("Front desk")
    assert talk.request.title == "Front desk"


@pytest.mark.parametrize("state", [*DRAFTS, *(p for p in ("ported", "cancelled", "expired"))])
def test_what_no_port_needs_is_deleted_after_a_second_question(state: str) -> None:
    talk = at(state)
    talk.command("delete_my_data")
    before = facts(talk)
    talk.press("delete.no")
    assert facts(talk)[:6] == before[:6]
    talk.command("delete_my_data")
    told = talk.press("delete.yes")
    assert "deleted" in told[0].text
    left = set(talk.case().answers)
    stated = {"numbers", "carrier", "name", "address", "billing", "authority"}
    assert left <= {*stated, "agreements", "signature", "evidence"}
    assert bool(left) == (state == "ported")  # a letter that was used is kept for two years
    assert not talk.papers
    assert not talk.secrets
    assert talk.request.status in ("cancelled", "ported", "expired")
    assert "Alvarez" not in talk.command("status")[0].text


@pytest.mark.parametrize(
    "state", ["submitted", "carrier_review", "pending_date", "scheduled", "rejected", "staff_review"]
)
def test_what_a_running_port_needs_is_not_deleted_and_the_customer_is_told(state: str) -> None:
    talk = at_phase(state)
    talk.command("delete_my_data")
    kept = dict(talk.case().answers), talk.request.status
    told = talk.press("delete.yes")
    assert talk.ref in told[0].text
    assert (dict(talk.case().answers), talk.request.status) == kept


@pytest.mark.parametrize("state", ["staff_review", "submitted", "ported", "cancelled", "expired"])
def test_start_begins_another_request_once_the_first_is_signed_or_over(state: str) -> None:
    talk = at_phase(state)
    first = talk.newest
    kept = talk.requests[first]
    talk.command("start")
    talk.say("415-421-8855")
    assert talk.newest != first
    assert talk.requests[first] == kept


@pytest.mark.parametrize(
    "question", [*OPEN[:-1], *(q for q in RARE if q not in ("billing", "email", "second", "title"))]
)
def test_back_drops_what_the_last_message_said_and_only_that(question: str) -> None:
    talk = at(question)
    given = typed(talk)
    shown = talk.command("back")
    assert asked_in(shown)
    if not given:
        assert "nothing to go back to" in shown[-1].text
        return
    last = max(given.values())
    kept = {q for q, at in given.items() if at != last}
    assert set(typed(talk)) == kept
    assert talk.chat.asked in set(given) - kept
    assert all(secret[1] in kept for secret in talk.secrets)


@pytest.mark.parametrize("question", ["billing", "email", "second", "title"])
def test_back_from_a_question_of_the_check_leads_to_the_check(question: str) -> None:
    talk = at(question)
    before = dict(talk.case().answers)
    talk.command("back")
    assert talk.chat.asked == "review"
    left = talk.case().answers
    assert {q: a.value for q, a in left.items() if a.value != ("",)} == {
        q: a.value for q, a in before.items() if a.value != ("",)
    }


def test_back_to_the_beginning_and_forth_again_gives_the_same_review() -> None:
    talk = at("signature")
    first_review = check(talk)
    for _ in OPEN:
        talk.command("back")
    assert not typed(talk)
    for question in OPEN:
        say_to(talk, question)
        if question == "account":
            assert check(talk) == first_review
    assert talk.request.status == "staff_review"
    assert len(talk.numbers) == 1


@pytest.mark.parametrize("state", [s for s in STATES if s == "pin" or s in PHASES or s in ("later", "unsigned")])
def test_back_changes_nothing_once_signed(state: str) -> None:
    talk = at(state)
    before = facts(talk)
    shown = talk.command("back")
    assert "nothing to go back to" in shown[0].text
    assert facts(talk) == before


AT_ITS_CARRIER = (
    "submitted", "awaiting_sms_consent", "csr_check", "csr_needed", "carrier_review", "resporg_release",
    "pending_date", "rejected", "repair",
)  # fmt: skip
CANCELLABLE = {
    **dict.fromkeys(
        [
            *DRAFTS,
            "consent",
            "pin",
            "later",
            "served",
            "unsigned",
            "awaiting_documents",
            "awaiting_unlock",
            "staff_review",
            "changes_requested",
        ],
        "cancelled",
    ),
    **dict.fromkeys(AT_ITS_CARRIER, "cancel_requested"),
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


@pytest.mark.parametrize("state", [s for s in (*STATES, *ASKED_LATER) if s not in CANCELLABLE])
def test_cancel_says_why_not_where_there_is_nothing_to_cancel(state: str) -> None:
    talk = at(state)
    before, phases = facts(talk), [n.phase for n in talk.numbers.values()]
    shown = talk.command("cancel")
    assert len(shown) == 1
    has_moved = bool(talk.requests) and talk.request.status in MOVED  # then a button asks the desk for the way back
    assert [choice.code for choice in shown[0].choices] == (["port_back"] if has_moved else [])
    assert shown[0].owed.key.startswith("cancel.moved" if has_moved else ("cancel.nothing", "cancel.too_late"))
    if state not in LATE:  # where the desk is told of the wish
        assert facts(talk) == before
    assert [n.phase for n in talk.numbers.values()] == phases


@pytest.mark.parametrize("state", [*STATES, *ASKED_LATER])
def test_old_buttons_change_nothing_anywhere(state: str) -> None:
    talk = at(state)
    live = f"{talk.chat.focus}.{talk.chat.asking}"
    old = [
        (shown, choice)
        for shown in talk.screen
        for choice in shown.choices
        if shown.owed.form != live and choice.code.partition(".")[0] not in AT_ANY_TIME
    ]
    assert old or state in ("nobody", "numbers", "carrier", "expired", "one_bill", "line", "served")
    before = facts(talk)
    for shown, choice in old:
        assert talk.push(shown, choice)
        assert facts(talk) == before, choice.code


@pytest.mark.parametrize("state", [*STATES, *ASKED_LATER])
def test_buttons_that_never_were_change_nothing(state: str) -> None:
    talk = at(state)
    before = facts(talk)
    focus, asking = talk.chat.focus or 0, talk.chat.asking
    for code in ("", "change.", "change.review", "change.pin", "change.nothing", "cancel.maybe", "nothing", "Ω"):
        assert talk.hear("press", form=focus, asking=asking, code=code)
        assert facts(talk) == before, code
        asking = talk.chat.asking


@pytest.mark.parametrize("question", [q for q in CHANGEABLE if q not in NEVER_OFFERED])
def test_every_answer_can_be_changed_on_the_review(question: str) -> None:
    talk = checked(question)
    before = check(talk)
    asked = talk.press(f"change.{question}")
    assert talk.chat.asked == question
    is_new = question in ("email", "second", "title", "line")  # nothing is old
    assert ("old answer stays" in asked[-1].text) != is_new
    say_otherwise(talk, question)
    shown = OTHERWISE[question][1]
    assert shown not in before
    assert shown in check(talk)
    lines = set(check(talk).splitlines()) - set(before.splitlines())
    assert len(lines) <= MOST_LINES.get(question, 1), lines  # nothing else has changed
    talk.press("correct")
    if question in ("authority", "name"):
        talk.say("John Smith")
    else:
        talk.say("Joan Smith" if question == "contact" else "Maria Alvarez")
    has_bill = any(paper.kind == "bill" for paper in talk.papers.values())
    is_owed = "bill" in talk.case().answers and not has_bill
    assert talk.request.status == ("awaiting_documents" if is_owed else "staff_review")


def test_all_answers_changed_one_after_the_other_stand_on_the_last_review() -> None:
    talk = checked("carrier")
    changed = [q for q in OTHERWISE if q not in ("contact", "stays", "texting", "name", "line", "btn", "reseller")]
    for question in changed:
        talk.press(f"change.{question}")
        say_otherwise(talk, question)
    assert all(OTHERWISE[question][1] in check(talk) for question in changed)
    assert talk.number.e164 == "+12127365000"
    assert talk.case().order == replace(talk.orders[talk.number.order_id], carrier="spectrum_mobile")


@pytest.mark.parametrize("question", ["numbers", "carrier", "name", "address"])
def test_a_changed_signed_fact_asks_for_a_new_signature(question: str) -> None:
    talk = at_phase("staff_review")
    signed = talk.case().answers["signature"]
    assert signed.value[2] == facts_digest(talk.case())
    talk.staff("ask", question)
    asked = talk.forward(seconds=61)
    assert asked_in(asked)
    talk.say(OTHERWISE[question][0])
    while talk.chat.asked not in ("signature", None):
        say_to(talk, talk.chat.asked or "")
    letter = talk.screen[-2].text
    assert "Letter of Authorization" in letter
    assert OTHERWISE[question][1].removeprefix("Name on the bill: ") in letter
    talk.say("John Smith" if question == "name" else "Maria Alvarez")
    while talk.chat.asked is not None:
        say_to(talk, talk.chat.asked)
    assert talk.case().answers["signature"].value[2] == facts_digest(talk.case()) != signed.value[2]
    assert talk.request.status == "staff_review"


def test_an_unsigned_fact_asks_for_no_new_signature() -> None:
    talk = at_phase("staff_review")
    signed = talk.case().answers["signature"]
    talk.staff("ask", "destination")
    talk.forward(seconds=61)
    talk.say(OTHERWISE["destination"][0])
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
    "numbers": {
        "415-421-883": "number.too_short",
        "415-421-88321": "number.too_long",
        "911": "number.special",
        "900-356-9377": "number.special",
    },
    "carrier": {"12": "carrier.unreadable", "me@example.com": "carrier.unreadable"},
    "working": {"maybe": "working.press"},
    "bill": {"here you are": "bill.send_a_file"},
    "authority": {"the cat": "authority.press"},
    "signer": {"Ann Lee": "signer.needs_email", "ann@example.com": "signer.needs_name", "12": "signer.needs_both"},
    "name": {"Maria": "name.needs_two_words", "Mr. Bo Li": "name.has_title"},
    "kind": {"maybe": "kind.press"},
    "contact": {"Maria": "name.needs_two_words"},
    "address": {
        "PO Box 12, Reno, NV 89501": "address.po_box",
        "Market Street, San Francisco, CA 94103": "address.needs_house_number",
        "1455 Market Street, San Francisco, 94103": "address.needs_state",
        "1455 Market Street, San Francisco, CA": "address.needs_zip",
        "1455 Market Street, CA 94103": "address.needs_city",
        "1455 Market Street, San Francisco, CA 10001": "address.zip_not_in_state",
    },
    "billing": {"Reno": "billing.unreadable"},
    "stays": {"ab": "stays.press"},
    "texting": {"maybe": "texting.press"},
    "destination": {"415-421-8832": "destination.is_moving", "12": "number.too_short"},
    "source": {"the moon": "source.press"},
    "company": {"West": "company.press"},
    "label": {"x" * 41: "label.length"},
    "account": {"12": "account.too_short", "123-45-6789": "account.looks_like_ssn"},
    "email": {"maria": "email.none"},
    "second": {"Reno": "second.unreadable"},
    "title": {"x" * 41: "title.length"},
    "review": {"no": "review.press"},
    "signature": {"Maria Alvares": "signature.differs"},
    "pin": {"none": "pin.wireless_needs_one", "12": "pin.wrong_length", "415-421-8832": "pin.is_the_number"},
    "line": {"green": "line.press"},
    "btn": {"12": "number.too_short"},
    "unlock": {"maybe": "unlock.press"},
    "reseller": {"12345": "reseller.unreadable"},
    "new_btn": {"415-421-8832": "new_btn.moves"},
}


# What is kept of a wrong answer: a post office box for the mail, a begun address or signer for the piece that lacks.
KEPT = ("address.po_box", "address.needs_state", "address.needs_zip", "signer.needs_email")


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
    if code not in KEPT:
        assert facts(talk) == before
    say_to(talk, question)
    assert question in talk.case().answers


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("Hi, I want to move my number 415-421-8832 from Verizon Wireless", {"numbers", "carrier"}),
        ("please port 415-421-8832, my name is Maria Alvarez", {"numbers", "name"}),
        ("I want to move 415-421-8832, calls should ring at 415-200-0100", {"numbers", "destination"}),
        ("hello", set()),
        ("my bill is 415-421-8832 dollars", set()),
    ],
)
def test_a_first_message_is_read_for_what_is_certain(said: str, known: set[str]) -> None:
    talk = Talk()
    shown = talk.say(said)
    assert "Hello!" in shown[0].text
    got = talk.case().answers if talk.requests else {}
    assert {q for q, a in got.items() if a.source == "typed"} == known
    while talk.chat.asked is not None:
        assert talk.chat.asked not in known
        say_to(talk, talk.chat.asked)
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
    for each in OPEN[1 : OPEN.index(question)]:
        say_to(talk, each)
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
    assert talk.answers[second]["name"].value == ("person", "John", "Smith")
    assert talk.answers[first]["name"].value == ("person", "Maria", "Alvarez")
    talk.press("go")
    assert (talk.chat.focus, talk.chat.asked) == (first, "pin")
    talk.say("482913")
    assert talk.secrets[first, "pin"] == "482913"
    assert (second, "pin") not in talk.secrets
    assert talk.staff("submit", of=first).key == "submit.done"
    go_back(talk, second)
    assert (talk.chat.focus, talk.chat.asked) == (second, "address")
    for question in OPEN[OPEN.index("address") :]:
        if question == "signature":
            talk.say("John Smith")
        else:
            say_to(talk, question)
    assert talk.requests[second].status == "staff_review"
    assert talk.answers[second]["numbers"].value == ("+12127365000",)
    assert talk.answers[first]["numbers"].value == ("+14154218832",)


def page_of(talk: Talk, request: int) -> Shown:
    """Look where a request stands, by the switcher where the chat is about another one."""
    page = talk.command("status")[-1]
    if talk.chat.focus == request:
        return page
    choice = next(c for c in page.choices if c.code == "status" and c.params["form"] == f"{request}.0")
    return talk.push(page, choice)[-1]


def go_back(talk: Talk, request: int) -> list[Shown]:
    """Turn to a request by what its status offers: to go on with it, or to change where its calls ring."""
    page = page_of(talk, request)
    choice = next(c for c in page.choices if c.code in ("go", "ring") and c.params["form"] == f"{request}.0")
    return talk.push(page, choice)


@pytest.mark.parametrize("question", [q for q in ANSWERS if q not in ("numbers", "pin")])
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
    assert (talk.chat.focus, talk.chat.asked) == (second, "numbers")


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
    page = page_of(talk, first)
    talk.staff("cancel", of=first)
    talk.forward(seconds=61)
    for choice in page.choices:
        shown = talk.push(page, choice)[0].text
        assert (
            choice.code in ("status", "explain.staff_review")
            or "earlier question" in shown
            or "so nothing needs a time" in shown
        ), choice.code
    assert talk.chat.focus == second
