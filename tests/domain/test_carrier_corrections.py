"""What staff may correct of a carrier's entry: read, checked, and laid over the table in versions."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.carriers import CARRIERS, TABLE, Carrier, CarrierId, Note
from domain.carriers.corrections import (
    FIELDS,
    LONGEST_SOURCE,
    LONGEST_TEXT,
    Correction,
    book_of,
    corrected,
    facts_of,
    read_correction,
    read_typed,
    show_life,
)
from domain.carriers.facts import read_life
from domain.errors import Unreadable
from domain.intake.about import carrier_of, class_of, must_have_pin, wants
from domain.intake.showing import account_params, pin_params
from domain.orders.model import Answer, Case, Request
from domain.values import replace

NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
TMOBILE = CARRIERS[CarrierId("tmobile")]
TEXT, SOURCE = "Dial *PIN from the phone.", "t-mobile.com, port out"


def note(at: int, field: str, text: str = TEXT, carrier: str = "tmobile", *, doubtful: bool = False) -> Note:
    return Note(at, carrier, field, text, SOURCE, date(2026, 11, 23), doubtful, "U1", NOW)


def a_case(carrier: str = "tmobile", name: str = "T-Mobile") -> Case:
    answers = {"carrier": Answer(1, "carrier", (carrier, name), "typed", NOW, 1)}
    return Case(Request(1, "P-22222", 1, "intake", 1, NOW, NOW), (), (), answers)


def hint_of(notes: list[Note]) -> str:
    hint = corrected(TMOBILE, notes).pin_hint
    assert hint is not None
    return hint.text


def code_of(found: Correction | Unreadable) -> str:
    return found.code if isinstance(found, Unreadable) else ""


# reading


@pytest.mark.parametrize("row", CARRIERS.values(), ids=CARRIERS)
def test_what_the_table_says_could_have_been_typed_by_staff(row: Carrier) -> None:
    for field, fact in facts_of(row).items():
        if fact is not None:
            typed = f"{fact.text} ({fact.source}){' doubtful' if fact.doubtful else ''}"
            assert read_typed(field, typed) == Correction(field, fact.text, fact.source, fact.doubtful)
    if row.pin_life is not None:
        assert read_life(show_life(row.pin_life)) == row.pin_life
    assert (row.life is None) == (row.pin_life is None)
    assert (row.behind is None) == (row.underlying == ())


def test_brackets_within_the_text_are_the_texts_and_the_last_are_the_source() -> None:
    said = "Dial *PIN (not #PIN) from the phone. (support page, read today)"
    assert read_typed("pin", said) == Correction(
        "pin", "Dial *PIN (not #PIN) from the phone.", "support page, read today"
    )


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (TEXT, "entry.no_source"),
        (f"{TEXT} ()", "entry.no_source"),
        (f"{TEXT} ({'x' * (LONGEST_SOURCE + 1)})", "entry.long_source"),
        (f"{TEXT} (the caller's PIN is 84291)", "entry.secret"),
        ("Dial it. (page)", "entry.length"),
        (f"{'x' * (LONGEST_TEXT + 1)} (page)", "entry.length"),
        ("RingCentral uses no PIN at all; ask nothing of them. (page)", "entry.pin_none"),
        ("No PIN is needed here. (page)", "entry.pin_none"),
        ("The PIN is 842917, give them that. (a call)", "entry.secret"),
        ("Use the account 774 411 990 of Maria. (a call)", "entry.secret"),
        (f"{TEXT} (page) doubtful", "entry.no_advice"),
    ],
)
def test_what_customers_should_not_read_is_refused(said: str, code: str) -> None:
    assert code_of(read_typed("pin", said)) == code


def test_a_phone_number_to_call_is_no_secret_and_what_cannot_be_seen_is_dropped() -> None:
    found = read_correction("pin", "Call 800-937-8997\x1d\u202e and ask.", "  page\x1f ", doubtful=True)
    assert found == Correction("pin", "Call 800-937-8997 and ask.", "page", doubtful=True)


@pytest.mark.parametrize("field", ["country", "name", "aliases", "new"])
def test_by_what_an_entry_is_found_is_not_corrected_here(field: str) -> None:
    assert code_of(read_correction(field, "CA", "page", doubtful=False)) == "entry.which_field"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("landline", "landline"),
        ("Mobile.", "wireless"),
        ("VoIP", "voip"),
        ("google_voice", "google_voice"),
        ("fax", ""),
    ],
)
def test_the_class_of_an_entry_is_one_of_those_that_carriers_have(text: str, wanted: str) -> None:
    assert (code_of(read_correction("class", text, "page", doubtful=False)) == "") is bool(wanted)
    assert corrected(TMOBILE, [note(1, "class", text)]).number_class == (wanted or TMOBILE.number_class)


def test_the_class_of_an_entry_decides_what_is_asked() -> None:
    case = replace(a_case(), book=book_of([note(1, "class", "landline")]))
    assert (class_of(a_case()), class_of(case)) == ("wireless", "landline")
    assert not wants(case, "pin") or not must_have_pin(case)


def test_a_pin_that_is_none_is_asked_for_no_more_except_for_mobile_numbers() -> None:
    for carrier, asked in (("8x8", False), ("goto_connect", False), ("tmobile", True)):
        case = a_case(carrier, CARRIERS[CarrierId(carrier)].name)
        without = replace(case, book=book_of([note(1, "pin", "none", carrier)]))
        assert wants(without, "pin") is asked
        assert pin_params(without)["hint"] != "none"
    assert wants(a_case("goto_connect", "GoTo Connect"), "pin")


@pytest.mark.parametrize(
    ("text", "life"),
    [
        ("7 days", timedelta(days=7)), ("1 day", timedelta(days=1)), ("24 hours", timedelta(days=1)),
        ("36h", timedelta(hours=36)), ("2 weeks.", timedelta(days=14)), ("30 days", timedelta(days=30)),
        ("31 days", None), ("0 days", None), ("soon", None), ("7", None), ("7 days or so", None),
    ],
)  # fmt: skip
def test_the_life_of_a_pin_is_read_in_hours_days_and_weeks(text: str, life: timedelta | None) -> None:
    assert read_life(text) == life
    assert (code_of(read_correction("life", text, "page", doubtful=False)) == "") is (life is not None)


def test_a_life_is_shown_as_it_is_read() -> None:
    assert [show_life(timedelta(hours=hours)) for hours in (1, 24, 36, 168)] == [
        "1 hour",
        "1 day",
        "36 hours",
        "7 days",
    ]


def test_names_of_carriers_behind_a_reseller_are_few_and_short() -> None:
    assert code_of(read_correction("underlying", "Twilio, Bandwidth", "page", doubtful=False)) == ""
    for text in (",", ", ".join("abcdefg"), "x" * 41):
        assert code_of(read_correction("underlying", text, "page", doubtful=False)) == "entry.underlying"
    assert code_of(read_correction("underlying", "774411990", "page", doubtful=False)) == "entry.secret"


# laying over


def test_every_field_is_laid_over_the_entry_with_its_source_and_day() -> None:
    texts = {"life": "3 days", "underlying": "Twilio, Bandwidth", "class": "landline"}
    row = corrected(TMOBILE, [note(at, field, texts.get(field, f"{TEXT} {field}")) for at, field in enumerate(FIELDS)])
    for field, fact in (
        ("account", row.account_hint),
        ("pin", row.pin_hint),
        ("lock", row.lock_hint),
        ("oddity", row.oddity),
    ):
        assert fact is not None
        assert (fact.text, fact.source, fact.checked) == (f"{TEXT} {field}", SOURCE, date(2026, 11, 23))
    assert row.pin_life == timedelta(days=3)
    assert row.underlying == ("Twilio", "Bandwidth")
    assert [fact and (fact.source, fact.checked) for fact in (row.life, row.behind)] == [
        (SOURCE, note(1, "pin").checked)
    ] * 2
    assert (row.id, row.name, row.number_class) == (TMOBILE.id, TMOBILE.name, "landline")


def test_none_takes_away_what_an_entry_can_do_without() -> None:
    row = corrected(
        TMOBILE, [note(at, field, "None.") for at, field in enumerate(("lock", "oddity", "life", "underlying", "pin"))]
    )
    assert (row.lock_hint, row.oddity, row.pin_life, row.underlying, row.pin_hint) == (None, None, None, (), None)


def test_the_newest_correction_that_stands_is_the_one_that_counts() -> None:
    first, second = note(1, "pin", "First words of it."), note(2, "pin", "Second words of it.")
    assert hint_of([second, first]) == "Second words of it."
    gone = replace(second, withdrawn_at=NOW, withdrawn_by="U2")
    assert hint_of([first, gone]) == "First words of it."
    assert corrected(TMOBILE, [replace(first, withdrawn_at=NOW), gone]) == TMOBILE


def test_what_this_release_does_not_know_is_let_be() -> None:
    assert book_of([]) is TABLE
    assert book_of([note(1, "pin", carrier="of_another_release")]) is TABLE
    assert book_of([note(1, "colour")]).carrier("tmobile") == TMOBILE


def test_a_book_has_every_carrier_and_the_corrected_ones_as_they_are_now() -> None:
    book = book_of([note(1, "pin"), note(2, "account", "Ask them for it.", carrier="verizon")])
    assert {key for key, row in CARRIERS.items() if book.carrier(key) != row} == {"tmobile", "verizon"}
    assert book.carrier("other") is None


# who reads it


def test_questions_read_the_corrected_entry() -> None:
    book = book_of([note(1, "pin", "Press nine <b>now</b>."), note(2, "account", "Ask in the shop.")])
    case = replace(a_case(), book=book)
    assert pin_params(case)["hint"] == "Press nine <b>now</b>."
    assert account_params(case)["hint"] == "Ask in the shop."
    assert carrier_of(case) == book.carrier("tmobile")
    assert pin_params(a_case())["hint"] == hint_of([])
    assert carrier_of(replace(a_case("other", "Blue Sky Phones"), book=book)) is None
