"""Lists after a second review: secrets stay cheap, circles are seen, the larger kind goes, and heads stand anywhere."""

import pytest

from domain.desk.clashes import check_none_is_ours
from domain.errors import Refused
from domain.intake.lists import Found, found_of
from domain.numbers.columns import Columns
from domain.numbers.hiding import is_secret_cell, phones_alone, secrets_of
from domain.numbers.listing import Looked, look_through
from domain.numbers.portability import NOTHING, Known
from domain.numbers.sheets import Sheet, judge, read_rows, read_sheet, report
from domain.orders.agreed import agreed_of
from domain.values import replace
from tests.domain.standing import at
from tests.domain.talk import Talk
from tests.domain.test_list_talk import LIST, NUMBERS, errands, found, looked

APART = ("+15148612345",)


def sheet_of(text: str) -> Sheet:
    sheet = read_sheet(text.encode())
    assert isinstance(sheet, Sheet), sheet
    return sheet


def looked_through(text: str, known: Known = NOTHING) -> Looked:
    sheet = sheet_of(text)
    return look_through(sheet, read_rows(sheet), known, lambda code, _params: code)


def gone_on(**more: object) -> Talk:
    talk = at("numbers")
    talk.document(LIST)
    looked(talk, found(talk, **more))  # type: ignore[arg-type] # of `Found`
    talk.press("ls.go")
    return talk


# what is given back


@pytest.mark.parametrize(
    "cell",
    [
        "Store 4829",
        "4829",
        "4829301",
        "PIN 4829",
        "a1b2c3d4",
        "xoxb-abc-def",
        "bearer abcdefghij",
        "48 29 30",
        "x" * 501,
    ],
)
def test_each_distinct_cell_is_judged_as_one_alone(cell: str) -> None:
    assert is_secret_cell(cell)
    assert secrets_of(["Front desk", cell, cell, "Store 12", "415-421-8832"]) == {cell}


def test_a_secret_beside_a_phone_number_is_left_out_though_all_others_are_bare() -> None:
    assert phones_alone(["415-421-8832", "4154218833"]) == ["415-421-8832", "4154218833"]
    assert phones_alone(["415-421-8832", "415 PIN 77123", "x5"]) == ["415-421-8832", "", "x5"]


def test_a_cell_of_a_later_batch_is_judged_too() -> None:
    rows = [f"415421{n:04}," for n in range(1000, 2200)]
    rows[1100] += "the PIN is 482913"
    text = "Number,Label\n" + "\n".join(rows)
    sheet = sheet_of(text)
    told = report(sheet, judge(sheet), lambda code, _params: code).decode()
    assert told.count("accepted") == 1200
    assert "482913" not in told


# numbers that move, and calls that go round


def test_calls_cannot_ring_at_a_number_of_the_list_that_moves_itself() -> None:
    came_to = looked_through(
        "Number,Calls ring at\n4154218832,4154218833\n4154218833,4154218832\n4154218834,6282000100\n"
    )
    assert [entry.e164 for entry in came_to.entries] == ["+14154218834"]
    assert came_to.why == {"destination.is_moving": 2}


def test_calls_may_ring_at_a_number_of_the_list_that_cannot_move() -> None:
    text = "Number,Calls ring at\n4154218832,4154218833\n4154218833,\n"
    assert [entry.e164 for entry in looked_through(text, Known({"+14154218833": "user"})).entries] == ["+14154218832"]


def test_a_number_that_a_spreadsheet_changed_is_known_when_it_comes_twice() -> None:
    assert looked_through("Number\n4154218832.0\n4154218832.0\n").why == {"number.twice": 1}


# kinds that travel apart


@pytest.mark.parametrize("first", ["5148612345", "8003569377"])
def test_most_of_a_list_goes_though_another_kind_stands_first(first: str) -> None:
    came_to = looked_through(f"Number\n{first}\n4154218832\n4154218833\n")
    assert [entry.line for entry in came_to.entries] == [3, 4]
    assert came_to.apart == (f"+1{first}",)
    assert came_to.why == {"number.apart": 1}


def test_of_two_kinds_with_as_many_numbers_the_first_goes() -> None:
    assert [entry.line for entry in looked_through("Number\n5148612345\n4154218832\n").entries] == [2]


def test_more_numbers_apart_than_a_message_takes_are_not_set_aside() -> None:
    rows = [*(f"415421{n}" for n in range(2000, 2200)), *(f"514861{n}" for n in range(2000, 2101))]
    came_to = looked_through("Number\n" + "\n".join(rows))
    assert (came_to.apart, came_to.why) == ((), {"number.apart": 101})


def test_numbers_of_a_list_that_travel_apart_are_set_aside_and_said_so() -> None:
    talk = gone_on(why=(("number.apart", 1),), apart=APART)
    assert talk.case().answer("set_aside") == APART
    assert talk.case().answer("numbers") == NUMBERS
    assert "I have set aside: (514) 861-2345" in talk.screen[-1].text


def test_too_many_that_travel_apart_need_a_list_of_their_own() -> None:
    talk = gone_on(why=(("number.apart", 101),))
    assert talk.case().answer("set_aside") is None
    assert "a list of their own" in talk.screen[-1].text


def test_what_a_list_came_to_is_read_as_it_was_written() -> None:
    talk = at("numbers")
    talk.document(LIST)
    came_to: Found = found(talk, why=(("number.apart", 2),), apart=(*APART, "+18003569377"))
    looked(talk, came_to)
    assert found_of(talk.case()) == came_to


# heads


@pytest.mark.parametrize(
    "above",
    [
        "Acme Inc list of numbers,\n,\n",
        "Phone numbers,\n",
        "Acme Inc,as of November\nplease move all of these,thank you\n",
    ],
)
def test_a_title_above_the_head_is_no_head(above: str) -> None:
    sheet = sheet_of(f"{above}Number,Source\n415-421-8832,web\n")
    assert (sheet.head, sheet.columns) == (["Number", "Source"], Columns(0, source=1))
    assert [line for line, _ in judge(sheet)] == [above.count("\n") + 2]


def test_a_bad_first_number_is_no_head() -> None:
    assert [line for line, _ in judge(sheet_of("Number,Label\nnone yet,desk\n415-421-8832,x\n"))] == [2, 3]


@pytest.mark.parametrize("head", ["Numéro de téléphone;Étiquette", "NUMERO DE TELEPHONE;ETIQUETTE", "NUMÉRO;ÉTIQUETTE"])
def test_french_names_are_known_in_capitals_and_without_accents(head: str) -> None:
    assert sheet_of(f"{head}\n4154218833;Bureau\n").columns == Columns(0, label=1)


# what is said of a list


def test_with_a_list_the_question_speaks_of_the_numbers_of_the_list() -> None:
    talk = gone_on(fine=300, numbers=NUMBERS[:1])
    assert "Which company are the 300 numbers of your list with today?" in talk.screen[-1].text
    assert "SHA-256" not in talk.screen[-1].text


def test_no_number_is_offered_to_be_added_to_a_list() -> None:
    talk = gone_on(fine=300, numbers=NUMBERS[:1])
    assert agreed_of(talk.case()) is not None
    assert not any(choice.code.startswith("add:") for shown in talk.say("415-421-8899") for choice in shown.choices)


# what the desk does


def at_desk(phase: str) -> Talk:
    """Bring a request with a list to a phase."""
    talk = gone_on(fine=300, numbers=NUMBERS[:1])
    talk.numbers = {each.id: replace(each, phase=phase) for each in talk.numbers.values()}
    talk.orders = {key: replace(each, status=phase) for key, each in talk.orders.items()}
    talk.requests[talk.newest] = replace(talk.request, status=phase)
    return talk


def test_a_list_that_moved_goes_into_the_inventory_and_out_of_it_when_that_is_taken_back() -> None:
    talk = at_desk("activating")
    assert not talk.staff("complete").error
    (errand,) = errands(talk, "list_moved")
    agreed = agreed_of(talk.case())
    assert agreed is not None
    assert errand.subject == agreed.paper
    assert not talk.staff("undo").error
    assert len(errands(talk, "list_moved")) == 2


def test_a_list_whose_calls_would_come_back_here_is_not_submitted() -> None:
    case = replace(at_desk("staff_review").case(), circles=("+16282000100",))
    with pytest.raises(Refused) as refused:
        check_none_is_ours(case)
    assert (refused.value.code, refused.value.params["number"]) == ("submit.rings_here", "(628) 200-0100")
