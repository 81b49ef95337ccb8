"""A number that another request has: told at once, whoever's it is; nobody blocks a number by typing it first."""

from domain.numbers.inventory import Ours
from tests.domain.office import Office
from tests.domain.talk import Shown, Talk

N, M = "415-421-8832", "415-421-8833"
E = "+14154218832"


def two_people() -> tuple[Office, Talk, Talk]:
    office = Office()
    return office, office.enter(1, "Ann"), office.enter(2, "Bob")


def submitted(talk: Talk) -> Talk:
    talk.until("no such question")
    assert talk.staff("submit").key == "submit.done"
    return talk


def codes(shown: list[Shown]) -> list[str]:
    return [choice.code for choice in shown[-1].choices]


def test_ones_own_number_under_way_is_told_with_its_request_and_a_button_that_shows_it() -> None:
    talk = submitted(Talk())
    talk.command("new")
    shown = talk.say(N)
    assert f"(415) 421-8832 is in your request {talk.ref} already" in shown[-1].text
    assert "Which number would you like to move" in shown[-1].text
    assert codes(shown) == ["look", "desk.14154218832"]
    before = len(talk.requests)
    looked = talk.press("look")
    assert looked[-1].owed.kind == "status"
    assert looked[-1].owed.params["message"] == ""  # a message of its own
    assert len(talk.requests) == before
    assert "Which company is" in talk.say(M)[-1].text  # the question was still open


def test_somebody_elses_number_is_told_without_whose_it_is_and_the_desk_looks_at_it() -> None:
    _, ann, bob = two_people()
    submitted(ann)
    bob.command("start")
    shown = bob.say(N)
    assert "(415) 421-8832 is already being moved in another request." in shown[-1].text
    assert ann.ref not in shown[-1].text
    assert codes(shown) == ["mine.14154218832", "desk.14154218832"]
    told = bob.press("desk.14154218832")
    assert "I have told our desk" in told[-1].text
    assert bob.case().answers["elsewhere"].value == (E,)
    assert bob.case().answers["flags"].value == ("claimed", "wants_person")


def test_the_others_of_a_list_go_on_without_it() -> None:
    _, ann, bob = two_people()
    submitted(ann)
    bob.command("start")
    shown = bob.say(f"{N}, {M}")
    assert "(415) 421-8832 is already being moved" in shown[-1].text
    assert "Which company is (415) 421-8833 with today?" in shown[-1].text
    assert bob.case().answers["numbers"].value == ("+14154218833",)
    assert "mine.14154218832" in codes(shown)


def test_first_words_that_name_it_are_told_so_too_and_their_other_facts_are_kept() -> None:
    _, ann, bob = two_people()
    submitted(ann)
    shown = bob.say(f"Hi, please move {N} from Verizon Wireless")
    assert "is already being moved in another request" in shown[-1].text
    assert "mine.14154218832" in codes(shown)
    assert "numbers" not in bob.case().answers
    assert bob.case().answers["carrier"].value[0] == "verizon"


def test_a_number_added_later_is_looked_up_too() -> None:
    _, ann, bob = two_people()
    submitted(ann)
    bob.command("start")
    bob.say(M)
    shown = bob.say(f"also {N}")
    assert "is already being moved in another request" in shown[-1].text
    assert bob.case().answers["numbers"].value == ("+14154218833",)


def test_who_insists_goes_on_is_flagged_and_is_held_at_submit() -> None:
    _, ann, bob = two_people()
    first = submitted(ann).ref
    bob.command("start")
    bob.say(N)
    assert "Which company is (415) 421-8832 with today?" in bob.press("mine.14154218832")[-1].text
    for question in ("carrier", "working", "bill", "authority", "name", "address", "destination", "account", "review"):
        bob.answer(question)
    bob.say("Maria Alvarez")
    bob.say("482913")
    assert bob.case().answers["flags"].value == ("claimed",)
    assert bob.case().phase == "staff_review"
    held = bob.staff("submit")
    assert (held.key, held.params["rivals"]) == ("submit.rival", first)


def test_who_insists_may_send_the_number_again_where_all_are_asked_anew() -> None:
    _, ann, bob = two_people()
    submitted(ann)
    bob.command("start")
    bob.say(M)
    bob.say("wrong number")
    bob.say(N)
    assert "I have noted that it is yours" in bob.press("mine.14154218832")[-1].text
    bob.say(N)
    assert bob.case().answers["numbers"].value == (E,)


def test_a_number_that_has_moved_is_with_us_already() -> None:
    talk = submitted(Talk())
    for verb, argument in (("advance", ""), ("advance", ""), ("date", "2026-12-01"), ("complete", "")):
        talk.staff(verb, argument)
    assert talk.inventory == {E: Ours("tracking", talk.ref)}
    talk.command("new")
    assert "is with Port of Call already" in talk.say(N)[-1].text
    del talk.inventory[E]  # taken out by the desk, so that it can move again
    shown = talk.say(N)
    assert f"has moved to Port of Call already, with your request {talk.ref}" in shown[-1].text
    assert codes(shown) == ["look", "mine.14154218832", "desk.14154218832"]


def test_drafts_and_cancelled_requests_claim_nothing() -> None:
    _, ann, bob = two_people()
    ann.until("carrier")
    bob.command("start")
    assert "Which company is" in bob.say(N)[-1].text
    submitted(Talk())
    ann.command("cancel")
    ann.press("cancel.yes")
    bob.command("new")
    assert "being moved" not in bob.say(M)[-1].text
