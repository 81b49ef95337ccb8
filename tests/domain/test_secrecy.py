"""What staff write against the secrets of a request, of which a turn has no plain text."""

import pytest

from bot.wording import slack_text
from domain.desk import secrecy
from domain.values import replace
from tests.domain.standing import at_phase
from tests.domain.talk import Talk

PIN, ACCOUNT = "482913", "998877665-00001"  # as the customer gives them

SECRETS = (
    "is 482913 right?", "is 482 913 right?", "4 8 2 9 1 3", "Is 99887766500001 the number on the bill?",
    "Is 998877665-00001 on it?", "the PIN you gave, 445566", "445566, is that the passcode",
    "\uff14\uff18\uff12\uff19\uff11\uff13",
    "The account number on the bill seems to be another: 7766 5544", "48-29-13",
)  # fmt: skip
PLAIN = (
    "Your PIN for (415) 421-8832 was wrong.", "It moves on 2026-12-01, between 8:00 and 10:30am.",
    "1455 Market Street, San Francisco, CA 94103 is what the bill says.", "Verizon has it as VZ-881.",
    "Call Verizon at 800-922-0204 for a new PIN.", "That is $1,234.50, or 99 dollars.", "It has 8 digits, in 2026.",
    "In 3-5 business days, by the 12th.", "The line ending in 8832.", "Calls ring at 415 200 0100.",
)  # fmt: skip


@pytest.fixture
def talk() -> Talk:
    return at_phase("submitted")


@pytest.mark.parametrize("words", SECRETS)
def test_what_can_be_a_stored_secret_is_not_sent(talk: Talk, words: str) -> None:
    owed = len(talk.owed)
    assert talk.staff("reply", words).key in ("reply.secret", "reply.like_secret")
    assert len(talk.owed) == owed


@pytest.mark.parametrize("words", PLAIN)
def test_figures_that_are_known_as_something_else_are_sent(talk: Talk, words: str) -> None:
    assert not talk.staff("reply", words).error


@pytest.mark.parametrize("words", SECRETS)
def test_nor_is_it_asked_beside_a_question(words: str) -> None:
    talk = at_phase("staff_review")
    assert talk.staff("ask", f"name: {words}").error


@pytest.mark.parametrize("words", [f"is {PIN} right?", f"is {ACCOUNT} right?", f"PIN {PIN}"])
@pytest.mark.parametrize(("verb", "lead"), [("note", ""), ("hold", ""), ("reject", "wrong pin: ")])
def test_among_staff_it_is_masked(talk: Talk, verb: str, lead: str, words: str) -> None:
    assert not talk.staff(verb, f"{lead}{words}").error
    kept = str(talk.owed) + str(talk.history) + "".join(talk.posts)
    assert PIN not in kept
    assert ACCOUNT not in kept


def test_an_account_number_of_letters_and_figures_is_masked_by_its_end() -> None:
    talk = Talk()
    talk.until("account")
    talk.say("AB12-CD3456")
    case = talk.case()
    assert (
        secrecy.covered("the bill says ab12-cd3456, or AB12CD3456", case) == "the bill says •••••••••••, or ••••••••••"
    )
    assert secrecy.covered("the bill says AB12-CD3457", case) == "the bill says AB12-CD3457"


def test_an_account_number_is_no_order_number() -> None:
    talk = at_phase("staff_review")
    told = talk.staff("submit", ACCOUNT, is_sure=False)
    assert told.key == "risk.ask"
    assert "ends like the customer's account number" in slack_text(told.key, told.params)
    assert ACCOUNT not in slack_text(told.key, told.params)
    assert talk.request.status == "staff_review"
    assert not talk.staff("submit", "VZ-882", is_sure=False).error


def test_an_order_number_that_ends_like_the_account_number_by_chance_is_taken_by_staffs_word() -> None:
    talk = at_phase("staff_review")
    assert talk.staff("submit", "7720418801", is_sure=False).key == "risk.ask"
    assert not talk.staff("submit", "7720418801").error
    assert {order.carrier_order for order in talk.case().orders} == {"7720418801"}
    talk.forward(seconds=61)
    talk.staff("reject", "balance")
    talk.forward(seconds=61)
    talk.press("done")
    assert not talk.staff("submit", "again", is_sure=False).error


def test_a_name_to_take_over_by_holds_no_secret(talk: Talk) -> None:
    assert talk.staff("takeover", f"Rosa {PIN}").key == "takeover.secret"


def test_without_a_stored_secret_figures_are_only_figures() -> None:
    talk = Talk()
    talk.until("account")
    assert not secrecy.holds_secret("your ticket 482913", talk.case())


HYPHENED = "8499-10-12345-7"  # of which the last two characters are no two figures


def test_an_account_number_that_ends_behind_a_hyphen_is_known_by_its_last_two_figures() -> None:
    talk = Talk()
    talk.until("account")
    talk.say(HYPHENED)
    assert talk.case().answers["account"].value == ("••••57",)
    talk.until("done")
    assert talk.staff("reply", f"is {HYPHENED} right?").key == "reply.like_secret"


@pytest.mark.parametrize("shown", ["••••57", "••••-7"])
def test_so_it_is_where_an_older_version_kept_what_may_be_shown(talk: Talk, shown: str) -> None:
    account = replace(talk.case().answers["account"], value=(shown,))
    case = replace(talk.case(), answers={**talk.case().answers, "account": account})
    assert HYPHENED not in secrecy.conceal(f"it says {HYPHENED}", case)


@pytest.mark.parametrize(
    ("verb", "lead"), [("date", "on "), ("texting", ""), ("advance", ""), ("date", "x" * 35 + " "), ("cancel", "")]
)
@pytest.mark.parametrize("secret", [PIN, ACCOUNT])
def test_what_cannot_be_read_is_not_said_again_with_a_secret_in_it(
    talk: Talk, verb: str, lead: str, secret: str
) -> None:
    told = talk.staff(verb, f"{lead}{secret}")
    assert told.error
    assert secret[:4] not in str(told.params)


def test_nor_does_the_name_of_who_wins_a_number_tell_one() -> None:
    talk = at_phase("ported")
    talk.staff("out", f"to Comcast {PIN}: Maria {PIN}")
    assert PIN not in str(talk.case().answers)
    assert PIN not in "".join(talk.posts)
