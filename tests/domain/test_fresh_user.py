"""What a first-time customer wrote that was once answered in the wrong place."""

import pytest

from domain.orders.phases import PHASES
from tests.domain.standing import at_phase
from tests.domain.talk import BILL, Talk
from tests.domain.ways import LANDLINE, WIRELESS, begun, do, fill, keys, tell, values

OTHER = "415-421-8899"


def _finish(talk: Talk) -> list[str]:
    """Answer whatever is still asked; return the questions."""
    asked = []
    while (question := talk.chat.asked) is not None:
        asked.append(question)
        do(talk, WIRELESS[question])
    return asked


# a bill before the number


def test_a_bill_that_comes_before_the_number_is_kept_and_never_asked_for_again() -> None:
    talk = Talk()
    shown = tell(talk, "@")
    assert keys(shown) == ["start.welcome", "bill.kept_early", "stage.line", "ask.numbers"]
    tell(talk, "415-421-8832")
    assert "bill" not in _finish(talk)
    assert len(talk.requests) == 1
    assert [paper.status for paper in talk.papers.values() if paper.kind == "bill"] == ["kept"]
    assert talk.request.status == "staff_review"


def test_the_first_words_after_such_a_bill_are_read_like_any_first_words() -> None:
    talk = Talk()
    tell(talk, "@", "Hi, I'm Maria Alvarez and I want to move 415-421-8832 from Verizon Wireless")
    assert values(talk)["numbers"] == ("+14154218832",)
    assert values(talk)["carrier"][0] == "verizon"
    assert "bill" in values(talk)


def test_what_stands_under_such_a_bill_is_read() -> None:
    talk = Talk()
    shown = talk.document(caption="I want to move 415-421-8832 from Verizon Wireless, here is the bill")
    assert keys(shown)[:2] == ["start.welcome", "bill.kept_early"]
    assert values(talk)["numbers"] == ("+14154218832",)
    assert "bill" in values(talk)


def test_an_album_before_the_number_is_one_draft() -> None:
    talk = Talk()
    talk.hear("document", document=BILL, album="a1")
    assert talk.hear("document", document=BILL, album="a1") == []
    assert (len(talk.requests), len(talk.papers)) == (1, 2)


def test_staff_see_nothing_of_a_draft_without_a_number() -> None:
    talk = Talk()
    tell(talk, "@", "talk to a person")
    talk.forward(days=40)
    assert len(talk.papers) == 1
    assert not talk.posts
    assert not [owed for owed in talk.owed if owed.kind == "card"]


def test_a_draft_without_a_number_expires() -> None:
    talk = Talk()
    tell(talk, "@")
    talk.forward(days=60)
    assert talk.request.status == "expired"
    assert talk.chat.focus is None


def test_a_draft_without_a_number_can_be_looked_at_thrown_away_and_forgotten() -> None:
    talk = Talk()
    tell(talk, "@")
    assert "No number yet" in talk.command("status")[-1].text
    assert keys(talk.command("cancel")) == ["cancel.sure_numberless"]
    assert keys(talk.press("cancel.yes")) == ["cancel.draft"]
    assert talk.request.status == "cancelled"
    tell(talk, "@", "/delete_my_data", "!delete.yes")
    talk.forward(minutes=1)
    assert not talk.papers
    assert keys(talk.command("status")) == ["status.none"]


def test_new_goes_on_with_a_draft_that_has_no_number_yet() -> None:
    talk = Talk()
    tell(talk, "@", "/new", "415-421-8832")
    assert len(talk.requests) == 1
    assert "bill" in values(talk)


def test_a_draft_without_a_number_is_found_again_from_another_request() -> None:
    talk = begun(WIRELESS, "name")
    first = talk.newest
    tell(talk, "/new", "@")
    second = talk.newest
    assert second != first
    talk.command("status")
    page = talk.screen[-1]
    talk.push(page, next(c for c in page.choices if c.params.get("form") == f"{first}.0"))
    talk.press("go")
    assert talk.chat.focus == first
    page = talk.command("status")[-1]
    talk.push(page, next(c for c in page.choices if c.params.get("form") == f"{second}.0"))
    assert keys(talk.press("go")) == ["resume.without_number", "stage.line", "ask.numbers"]


# the number put right in words


@pytest.mark.parametrize("question", ["carrier", "working", "bill", "authority", "name", "address"])
@pytest.mark.parametrize(
    "said",
    [
        f"the number is {OTHER}",
        f"sorry, wrong number, it's {OTHER}",
        f"oops I typed the wrong number. It should be {OTHER}",
        f"it's not 415-421-8832, it's {OTHER}",
        f"{OTHER}, not 415-421-8832",
        f"change the number to {OTHER} please",
        f"its actually {OTHER}",
    ],
)
def test_a_number_put_right_at_another_question_replaces_the_wrong_one(question: str, said: str) -> None:
    talk = begun(WIRELESS, question)
    shown = tell(talk, said)
    assert keys(shown)[0] == "numbers.corrected"
    assert "(415) 421-8899" in shown[-1].text
    assert values(talk)["numbers"] == ("+14154218899",)
    assert [number.e164 for number in talk.case().numbers] == ["+14154218899"]
    assert talk.chat.asked == question


def test_of_several_numbers_it_is_asked_which_one_was_wrong() -> None:
    talk = begun(LANDLINE, "authority")
    assert keys(tell(talk, f"sorry, wrong number, it's {OTHER}")) == ["numbers.which_wrong"]
    talk.press("swap:+14154218833:+14154218899")
    assert values(talk)["numbers"] == ("+14154218832", "+14154218899", "+14154218834")
    tell(talk, "it's not 415-421-8834, it's 415-421-8835")
    assert values(talk)["numbers"] == ("+14154218832", "+14154218899", "+14154218835")


def test_the_same_number_again_is_acknowledged_and_a_number_that_is_none_refused() -> None:
    talk = begun(WIRELESS, "carrier")
    assert keys(tell(talk, "the number is 415-421-8832"))[0] == "numbers.known"
    assert keys(tell(talk, "wrong number, it's 800-421-8832"))[0] == "number.toll_free"
    assert values(talk)["numbers"] == ("+14154218832",)


@pytest.mark.parametrize(
    ("question", "said"), [("destination", f"the number is {OTHER}"), ("account", "it's 4154218899")]
)
def test_where_another_figure_is_asked_for_a_number_is_that(question: str, said: str) -> None:
    talk = begun(WIRELESS, question)
    tell(talk, said)
    assert values(talk)["numbers"] == ("+14154218832",)
    assert question in values(talk)


@pytest.mark.parametrize("question", ["destination", "review"])
def test_the_wrong_number_may_be_where_calls_ring_once_that_is_asked_so_it_is_asked_which(question: str) -> None:
    talk = begun(WIRELESS, question)
    assert keys(tell(talk, f"sorry, wrong number, it's {OTHER}")) == ["numbers.replace"]
    tell(talk, "!ask")
    assert talk.chat.asked == question
    assert values(talk)["numbers"] == ("+14154218832",)
    tell(talk, f"wrong number, it's {OTHER}", "!swap:+14154218832:+14154218899")
    assert values(talk)["numbers"] == ("+14154218899",)
    tell(talk, "the number to move is 415-421-8898")
    assert values(talk)["numbers"] == ("+14154218898",)


@pytest.mark.parametrize(
    "said",
    [f"the number is {OTHER} and it's verizon wireless", f"sorry wrong number it's {OTHER} from Verizon Wireless"],
)
def test_the_company_beside_a_number_put_right_is_taken_too(said: str) -> None:
    talk = begun(WIRELESS, "carrier")
    assert keys(tell(talk, said)) == ["numbers.corrected", "ask.working_wireless"]
    assert values(talk)["numbers"] == ("+14154218899",)
    assert values(talk)["carrier"][0] == "verizon"


def test_a_number_put_right_after_signing_asks_for_a_new_signature() -> None:
    talk = Talk()
    fill(talk, WIRELESS)
    tell(talk, f"it's not 415-421-8832, it's {OTHER}")
    assert talk.chat.asked == "signature"
    assert values(talk)["numbers"] == ("+14154218899",)


def test_at_the_carrier_only_the_desk_changes_a_number() -> None:
    talk = at_phase("submitted")
    tell(talk, f"sorry, wrong number, it's {OTHER}")
    assert values(talk)["numbers"] == ("+14154218832",)


# last words to a request that is over


def _over() -> Talk:
    talk = begun(WIRELESS, "name")
    tell(talk, "/cancel", "!cancel.yes")
    return talk


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("Thanks", "said.thanks"),
        ("ok", "text.nothing_open"),
        ("\U0001f44d", "text.nothing_open"),
        ("hello", "said.greeting"),
        ("how long does it take?", "faq.how_long"),
        ("ok great see you", "text.nothing_open"),
    ],
)
def test_last_words_are_answered_shortly_and_begin_nothing(said: str, answer: str) -> None:
    talk = _over()
    shown = tell(talk, said)
    assert keys(shown)[0] == answer
    assert "start.welcome" not in keys(shown)
    assert talk.chat.asked is None
    assert len(talk.requests) == 1


@pytest.mark.parametrize("phase", [phase.id for phase in PHASES.values() if phase.terminal])
def test_thanks_after_any_end_gets_a_short_answer(phase: str) -> None:
    talk = at_phase(phase)
    assert keys(tell(talk, "Thanks!")) == ["said.thanks"]


def test_ok_to_a_number_that_has_moved_wakes_nobody_at_the_desk() -> None:
    talk = at_phase("ported")
    posts = len(talk.posts)
    assert keys(tell(talk, "ok")) == ["text.nothing_open"]
    assert len(talk.posts) == posts


@pytest.mark.parametrize(
    "said",
    ["how's my first one going", "how is my port coming along?", "is my number moved?", "what about the other one?"],
)
def test_who_asks_how_a_request_goes_is_shown_where_it_stands(said: str) -> None:
    talk = _over()
    assert keys(tell(talk, said)) == ["status.page"]
    assert talk.chat.asked is None


def test_a_number_after_an_end_begins_a_request_and_a_wish_asks_for_one() -> None:
    talk = _over()
    assert keys(tell(talk, OTHER))[0] == "start.anew"
    assert values(talk)["numbers"] == ("+14154218899",)
    assert keys(tell(_over(), f"thanks! now {OTHER}"))[-1] == "ask.numbers"
    assert keys(tell(_over(), "I want to move another number"))[-1] == "ask.numbers"


# which company


@pytest.mark.parametrize("how", ["press", "yes", "Yes."])
def test_one_likely_company_is_asked_with_yes_and_no(how: str) -> None:
    talk = begun(WIRELESS, "carrier")
    shown = tell(talk, "criket wireles")
    assert keys(shown) == ["carrier.is_it"]
    assert "Do you mean Cricket Wireless?" in shown[-1].text
    assert [choice.label for choice in shown[-1].choices] == ["button.yes", "button.carrier_is_not"]
    tell(talk, f"!{shown[-1].choices[0].code}" if how == "press" else how)
    assert values(talk)["carrier"][0] == "cricket"


def test_no_to_the_likely_company_asks_for_another_and_a_later_yes_takes_nothing() -> None:
    talk = begun(WIRELESS, "carrier")
    tell(talk, "criket wireles")
    assert keys(tell(talk, "no"))[0] == "carrier.type_it"
    tell(talk, "yes")
    assert "carrier" not in values(talk)


def test_a_company_that_nobody_knows_is_taken_by_a_typed_yes() -> None:
    talk = begun(WIRELESS, "carrier")
    tell(talk, "Blue Cow Telephone", "yes")
    assert values(talk)["carrier"] == ("other", "Blue Cow Telephone")


@pytest.mark.parametrize(
    "said",
    ["i dont know", "idk", "why do you need it", "the blue one", "the one with the red logo", "none",
     "my phone company", "no idea sorry", "we moved there in spring", "yes", "some cheap one",
     "i have it from my mother", "do you need that", "my wife's family plan"],
)  # fmt: skip
def test_a_remark_is_not_offered_as_a_company(said: str) -> None:
    talk = begun(WIRELESS, "carrier")
    shown = tell(talk, said)
    assert "carrier.unknown" not in keys(shown)
    assert keys(shown)[-1] in ("ask.carrier", "faq.unsure")
    assert talk.chat.asked == "carrier"
    assert "carrier" not in values(talk)


@pytest.mark.parametrize(
    "said", ["Blue Cow Telephone", "The Phone Company of Maine", "Our Town Telephone", "farmers of the valley phone"]
)
def test_a_name_that_may_be_a_company_is_still_offered(said: str) -> None:
    talk = begun(WIRELESS, "carrier")
    assert keys(tell(talk, said)) == ["carrier.unknown"]


# a PIN in a sentence


@pytest.mark.parametrize(
    "said",
    ["now it says 118822", "my pin is 118822 thanks", "it's 118822, expires friday", "ok they texted me 118822",
     "118822 and it is valid for 7 days", "here it is: 118822. Expires 12/24/2026",
     "118822 thank you so much", "the code they gave me is 11 88 22"],
)  # fmt: skip
def test_a_pin_in_a_sentence_is_read(said: str) -> None:
    talk = begun(WIRELESS, "pin")
    tell(talk, said)
    assert talk.secrets[talk.newest, "pin"] == "118822"
    assert any(owed.kind == "delete" for owed in talk.owed)


@pytest.mark.parametrize(
    "said",
    ["i was born in 1985", "the old one was 118822 but it expired", "not 118822", "my zip is 94103", "order 118822",
     "it says 118822 or 228811", "call me at 6pm", "118822 did not work",
     "118822 expired"],
)  # fmt: skip
def test_a_figure_that_may_be_anything_is_no_pin(said: str) -> None:
    talk = begun(WIRELESS, "pin")
    tell(talk, said)
    assert (talk.newest, "pin") not in talk.secrets


# more than was asked for


def test_a_company_named_beside_a_remark_is_asked_about_and_not_lost() -> None:
    talk = begun(WIRELESS, "carrier")
    shown = tell(talk, "it's Verizon, and the account is in my wife's name")
    assert keys(shown) == ["said.bill_other_name", "carrier.which"]
    assert "carrier" not in values(talk)
    talk.press("is:verizon")
    assert values(talk)["carrier"][0] == "verizon"


def test_a_remark_that_names_two_companies_settles_neither() -> None:
    talk = begun(WIRELESS, "carrier")
    shown = tell(talk, "it's AT&T or Verizon, and the account is in my wife's name")
    assert not any(key.startswith("carrier.") for key in keys(shown))


def test_an_account_number_beside_a_name_is_kept_as_the_secret_it_is() -> None:
    talk = begun(WIRELESS, "name")
    shown = tell(talk, "Maria Alvarez, account number 123456789")
    assert keys(shown)[0] == "answer.noted"
    assert values(talk)["name"] == ("person", "Maria", "Alvarez")
    assert values(talk)["account"] == ("••••89",)
    assert talk.secrets[talk.newest, "account"] == "123456789"
    assert any(owed.kind == "delete" for owed in talk.owed)
    assert not any("123456789" in text for text in talk.texts())
    asked = []
    while (question := talk.chat.asked) is not None:
        asked.append(question)
        do(talk, WIRELESS[question])
    assert "account" not in asked


def test_an_account_number_beside_a_yes_is_kept() -> None:
    talk = begun(WIRELESS, "working")
    tell(talk, "yes, and my account number is 123456789")
    assert values(talk)["working"] == ("yes",)
    assert talk.secrets[talk.newest, "account"] == "123456789"


def test_account_number_and_pin_beside_an_address_are_both_kept() -> None:
    talk = begun(WIRELESS, "address")
    tell(talk, "1455 Market Street, San Francisco, CA 94103\nAccount number: 998877665-00001, PIN 482913")
    assert values(talk)["address"][0] == "1455 Market Street"
    assert talk.secrets[talk.newest, "account"] == "998877665-00001"
    assert talk.secrets[talk.newest, "pin"] == "482913"


@pytest.mark.parametrize(
    "said",
    ["Maria Alvarez, account number 8155 3001 2001 2345", "Maria Alvarez, account 12", "account number 123456789",
     "Maria Alvarez, my order number is 123456789"],
)  # fmt: skip
def test_figures_that_are_not_certainly_the_whole_account_number_are_not_taken(said: str) -> None:
    talk = begun(WIRELESS, "name")
    tell(talk, said)
    assert (talk.newest, "account") not in talk.secrets


# a name for the request


def test_name_alone_says_what_the_name_is_and_asks_for_another() -> None:
    talk = begun(WIRELESS, "address")
    assert keys(tell(talk, "/name"))[0] == "title.none"
    assert keys(tell(talk, "Shop line")) == ["done.titled", "stage.line", "ask.address_wireless"]
    shown = tell(talk, "/name")
    assert keys(shown) == ["title.now", "ask.title"]
    assert "Shop line" in shown[-1].text
    assert keys(tell(talk, "/back"))[0] == "back.done"
    assert talk.request.title == "Shop line"


@pytest.mark.parametrize("phase", ["intake", "staff_review", "submitted"])
def test_name_with_odd_words_says_how_to_set_one(phase: str) -> None:
    talk = at_phase(phase)
    shown = tell(talk, "/name ???")
    assert keys(shown)[0] == "title.length"
    assert "/name Main office line" in shown[-1].text
    assert "done.titled" in keys(tell(talk, "/name Shop line"))
    assert talk.request.title == "Shop line"


@pytest.mark.parametrize(
    ("said", "is_answer"),
    [
        ("yes it works, nothing cancelled", True), ("Yes. It works and nothing is cancelled, no other orders", True),
        ("all good", True), ("everything works fine", True), ("yes but I cancelled it", False),
        ("it works, but there is an order open", False), ("nothing works", False), ("yes, no", False),
    ],
)  # fmt: skip
def test_that_all_is_in_order_may_be_said_in_words(said: str, is_answer: bool) -> None:
    talk = begun(WIRELESS, "working")
    tell(talk, said)
    assert ("working" in values(talk)) == is_answer
