"""Numbers that are ours already: told where they are given, again before they go out, and free when they are freed."""

from functools import partial

import pytest

from bot.wording import slack_text
from domain.desk import inventory
from domain.desk.state import Changes, Chat, Moment, State
from domain.errors import Refused, Unreadable
from domain.numbers.inventory import Held, LeftOut, Ours, Stock, named_numbers, read_stock, sort_out, strongest
from tests.domain.standing import at_phase
from tests.domain.talk import MONDAY, Talk

OURS, OTHER, THIRD = "+14154218832", "+14155550199", "+14154218855"
SENTENCES = {
    "receiving": "Have those calls ring somewhere else first",
    "failsafe": "Choose another number for that first",
    "user": "taken off that user",
    "tracking": "nothing to move",
}


def talk_with(role: str, e164: str = OURS, owner: str = "Rosa Vance") -> Talk:
    talk = Talk(inventory={e164: Ours(role, owner)})
    talk.command("start")
    return talk


@pytest.mark.parametrize("role", SENTENCES)
def test_a_number_of_ours_is_not_taken_and_how_to_free_it_is_told_but_not_whose_it_is(role: str) -> None:
    talk = talk_with(role)
    told = talk.say("415-421-8832")[-1].text
    assert SENTENCES[role].replace("Have it ", "") in told
    assert "Rosa" not in told
    assert not talk.requests
    talk.say("415-421-8855")
    assert [n.e164 for n in talk.numbers.values()] == [THIRD]


@pytest.mark.parametrize(
    "text",
    [
        "415-421-8832\n415-421-8855",
        "415-421-8832, 415-421-8855 Verizon Wireless",
        "415-421-8832 and 8855",
        "Hi, please move 415-421-8832 and 415-421-8855, I am with Verizon Wireless",
    ],
)
def test_the_other_numbers_of_the_same_message_are_taken(text: str) -> None:
    talk = talk_with("user")
    shown = talk.say(text)[-1].text
    assert [n.e164 for n in talk.numbers.values()] == [THIRD]
    assert "(415) 421-8832" in shown
    assert "The other numbers I have taken" in shown


def test_a_first_message_keeps_its_other_facts_when_its_number_is_ours() -> None:
    talk = Talk(inventory={OURS: Ours("failsafe")})
    told = talk.say("Hi, I want to move 415-421-8832 from Verizon Wireless")[-1].text
    assert "fail-safe" in told
    assert talk.case().answer("carrier") == ("verizon", "Verizon Wireless")
    assert not talk.numbers
    talk.say("415-421-8855")
    assert [n.e164 for n in talk.numbers.values()] == [THIRD]


def test_a_first_message_with_nothing_but_a_number_of_ours_begins_no_request() -> None:
    talk = Talk(inventory={OURS: Ours("tracking")})
    assert "nothing to move" in talk.say("Please move 415-421-8832 to you")[-1].text
    assert not talk.requests


def test_a_number_added_later_is_looked_up_too() -> None:
    talk = Talk(inventory={THIRD: Ours("user")})
    talk.until("bill")
    talk.say("415-421-8855")
    assert "assigned to a user" in talk.press(f"add:{THIRD}")[-1].text
    assert [n.e164 for n in talk.numbers.values()] == [OURS]


def test_calls_do_not_ring_at_a_tracking_number_but_may_at_any_other_of_ours() -> None:
    talk = Talk(inventory={"+14152000100": Ours("tracking")})
    talk.until("destination")
    assert "only come back to it" in talk.say("415 200 0100")[-1].text
    talk.inventory["+14152000100"] = Ours("user", "Rosa")
    talk.say("415 200 0100")
    assert talk.case().answer("destination") == ("+14152000100",)


def test_a_number_that_became_ours_before_the_check_is_told_there_and_can_be_changed() -> None:
    talk = Talk()
    talk.until("review")
    talk.inventory[OURS] = Ours("receiving")
    told = talk.press("correct")[-1]
    assert "ring somewhere else first" in told.text
    assert talk.case().answer("review") is None
    talk.press("change.numbers")
    talk.say("415-421-8855")
    assert [n.e164 for n in talk.numbers.values()] == [THIRD]


def test_a_number_freed_meanwhile_passes_the_check_at_the_next_press() -> None:
    talk = Talk()
    talk.until("review")
    talk.inventory[OURS] = Ours("user")
    talk.press("correct")
    del talk.inventory[OURS]
    talk.press("correct")
    assert talk.case().answer("review") == ("correct",)


@pytest.mark.parametrize("role", SENTENCES)
def test_what_became_ours_meanwhile_is_not_submitted_and_staff_read_what_to_do(role: str) -> None:
    talk = at_phase("staff_review")
    number = talk.number.e164
    talk.inventory[number] = Ours(role, "Rosa Vance")
    refused = talk.staff("submit")
    told = slack_text(refused.key, refused.params)
    assert refused.key == "submit.ours"
    assert "Rosa Vance" in told
    assert "/port inventory free" in told
    assert talk.request.status == "staff_review"
    del talk.inventory[number]
    assert talk.staff("submit").key == "submit.done"


def test_a_request_whose_calls_would_ring_at_a_tracking_number_is_not_submitted() -> None:
    talk = at_phase("staff_review")
    rings = talk.case().answers["destination"].value[0]
    talk.inventory[rings] = Ours("tracking")
    assert talk.staff("submit").key == "submit.rings_here"
    talk.inventory[rings] = Ours("receiving")
    assert talk.staff("submit").key == "submit.done"


def ported() -> Talk:
    talk = at_phase("scheduled")
    assert talk.staff("complete").key == "complete.done"
    return talk


def test_a_completed_port_joins_the_inventory_and_is_not_moved_twice() -> None:
    talk = ported()
    assert talk.inventory == {talk.number.e164: Ours("tracking", talk.ref)}
    talk.forward(seconds=61)
    talk.command("new")
    assert "nothing to move" in talk.say(talk.number.e164)[-1].text


def test_a_completion_that_is_taken_back_leaves_the_inventory() -> None:
    talk = ported()
    talk.staff("undo")
    assert talk.inventory == {}


def test_where_calls_of_a_submitted_request_ring_blocks_a_later_wish_to_move_it() -> None:
    talk = at_phase("staff_review")
    rings, ref = talk.case().answers["destination"].value[0], talk.ref
    assert talk.ours(rings) is None
    talk.staff("submit")
    assert talk.ours(rings) == Ours("receiving", ref)
    talk.forward(seconds=61)
    talk.command("new")
    assert "ring somewhere else first" in talk.say(rings)[-1].text
    talk.staff("cancel")
    talk.forward(seconds=61)
    talk.command("new")
    assert "ring somewhere else first" not in talk.say(rings)[-1].text


# lists


def test_a_list_is_read_with_or_without_a_first_line_and_bad_lines_are_told() -> None:
    plain = read_stock("415-421-8832, user, Rosa Vance\n\n12345, user\n415 421 8855,chief\n+1 415 421 8856\n")
    assert plain.rows == (Held(OURS, "user", "Rosa Vance"),)
    assert [(at, why.code) for at, why in plain.bad] == [
        (3, "number.too_short"), (4, "inventory.bad_role"), (5, "inventory.bad_role"),
    ]  # fmt: skip
    named = read_stock("\ufeffOwner;Role;Number\nRosa;Fail-Safe;(415) 421-8832\n;tracking;4154218855")
    assert named == Stock((Held(OURS, "failsafe", "Rosa"), Held(THIRD, "tracking")))
    assert read_stock("") == Stock()


def test_a_secret_in_a_list_of_ours_is_neither_kept_nor_told() -> None:
    stock = read_stock("415-421-8832, user, Rosa PIN 482913\n415-421-8833, K7B2X9, Rosa\n415-421-8834, user, Fair 2026")
    assert [row.owner for row in stock.rows] == ["Rosa PIN ••••••", "Fair 2026"]
    ((_, why),) = stock.bad
    assert "K7B2X9" not in str(why.params)


def test_the_last_line_of_a_number_counts() -> None:
    assert read_stock("4154218832,user\n4154218832,free").rows == (Held(OURS, "free"),)


def test_a_list_is_sorted_out_against_what_is_there() -> None:
    there = {OURS: Ours("user", "Rosa"), OTHER: Ours("tracking")}
    rows = (Held(OURS, "user", "Sam"), Held(OTHER, "tracking"), Held(THIRD, "failsafe"), Held("+14154218899", "free"))
    found = sort_out(rows, there)
    assert [held.e164 for held in found.keep] == [OURS, THIRD]
    assert (found.counted.added, found.counted.changed, found.counted.removed, found.counted.unchanged) == (1, 1, 0, 2)
    assert sort_out((Held(OTHER, "free"),), there).free == (OTHER,)


def test_of_several_things_a_number_does_the_strongest_counts() -> None:
    assert strongest(Ours("user", "Rosa"), Ours("receiving", "P-1")) == Ours("receiving", "P-1")
    assert strongest(Ours("tracking"), Ours("receiving", "P-1")) == Ours("tracking")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("hello", ()),
        ("482913", ()),
        ("415-421-8832 or 8855", (OURS,)),
        ("415-421-8832 and 8855", (OURS, THIRD)),
        (" add:+14154218832", (OURS,)),
        ("(415) 421 88 32", ()),
        ("call 1-800-FLOWERS", ("+18003569377",)),
    ],
)
def test_every_number_that_may_be_taken_out_of_a_text_is_looked_up(text: str, named: tuple[str, ...]) -> None:
    assert named_numbers(text) == named


# the desk


def desk(*ours: tuple[str, Ours]) -> tuple[State, Moment]:
    ids = iter(range(1, 100))
    return State(Chat(0), None, ours=dict(ours)), Moment(MONDAY, "e", partial(next, ids), lambda: "P-22222")


def test_freeing_is_written_down_and_only_what_is_there_can_be_freed() -> None:
    changes = inventory.free(*desk((OURS, Ours("user", "Rosa"))), "U1", OURS)
    assert changes.freed == (OURS,)
    assert [(h.actor, h.what) for h in changes.history] == [("staff:U1", "inventory_freed")]
    with pytest.raises(Refused, match="not_there"):
        inventory.free(*desk(), "U1", OURS)


def test_a_number_at_which_calls_of_a_request_ring_is_not_freed_by_the_inventory() -> None:
    talk = at_phase("staff_review")
    with pytest.raises(Refused, match=r"inventory\.rings"):
        inventory.free(*desk((OURS, Ours("receiving", talk.ref))), "U1", OURS)


def test_a_pasted_list_tells_the_desk_its_figures_and_its_first_bad_lines() -> None:
    bad = tuple((at, Unreadable("number.not_valid")) for at in range(2, 14))
    changes: Changes = inventory.load(*desk(), "U1", Stock((Held(OURS, "user"),), bad))
    [told] = changes.owed
    text = slack_text(told.key, told.params)
    assert "1 new" in text
    assert "line 11:" in text
    assert "line 12:" not in text
    assert "and 2 more" in text
    assert changes.history[0].detail == "added=1 changed=0 removed=0 unchanged=0"


def test_what_a_pasted_list_names_is_known_to_be_from_slack_also_where_a_file_brought_it() -> None:
    rows = (Held(OURS, "user"), Held(THIRD, "free"))
    changes = inventory.load(*desk((OURS, Ours("user"))), "U1", Stock(rows))
    assert changes.held == (Held(OURS, "user", source="slack"),)
    assert changes.told is not None
    assert changes.told.params["unchanged"] == "2"


@pytest.mark.parametrize(
    ("gone", "of", "is_much"), [(20, 20, False), (21, 21, True), (21, 42, False), (22, 42, True), (0, 0, False)]
)
def test_over_twenty_and_over_half_is_much(gone: int, of: int, *, is_much: bool) -> None:
    assert LeftOut(gone, of).is_much is is_much


@pytest.mark.parametrize(("stock", "code"), [(Stock(), "nothing"), (read_stock("x,y"), "all_bad")])
def test_a_list_without_a_good_line_changes_nothing(stock: Stock, code: str) -> None:
    with pytest.raises(Refused, match=f"inventory.{code}"):
        inventory.load(*desk(), "U1", stock)


def test_undoing_a_completion_gives_the_inventory_back_what_it_said_before() -> None:
    number = "+14154218832"
    for before in ({}, {number: Ours("user", "Ann")}):
        talk = Talk()
        talk.until("no such question")
        for verb, argument in (("submit", "88123"), ("advance", ""), ("advance", ""), ("date", "2026-12-01")):
            talk.staff(verb, argument)
        talk.inventory = dict(before)
        assert talk.staff("complete").key == "complete.done"
        assert talk.inventory == {number: Ours("tracking", talk.ref)}
        assert talk.staff("undo").key == "undo.done"
        assert talk.inventory == before


def test_history_keeps_no_number_that_leaves_the_inventory() -> None:
    freed = "+14155550143"
    state = State(Chat(0), None, ours={freed: Ours("user", "Ann")})
    (line,) = inventory.free(state, Moment(MONDAY, "e", iter(range(1, 9)).__next__, str), "U1", freed).history
    assert (line.field, line.detail, line.value) == ("number", "user", freed)
    assert freed not in (line.detail, line.words)
