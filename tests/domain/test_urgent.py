"""A draft for which somebody has to call is shown to the desk at once, and its card is right until the end."""

import pytest

from domain.desk.state import Owed
from domain.desk.urgent import URGENT, has_card, urgent_of
from domain.orders.model import Answer
from domain.values import replace
from tests.domain.talk import MONDAY, Talk
from tests.domain.ways import WIRELESS, begun


def owed_since(talk: Talk, before: int) -> list[tuple[str, str]]:
    """Return kind and key of what staff are owed since then."""
    return [(owed.kind, owed.key) for owed in talk.owed[before:] if owed.kind in ("card", "post")]


def posts(owed: list[Owed]) -> list[Owed]:
    return [each for each in owed if each.kind == "post"]


def test_who_cancelled_the_old_service_already_is_on_the_desk_though_nothing_is_signed() -> None:
    """A finding: the flag was kept, and the draft had no card on which anybody could see it."""
    talk = begun(WIRELESS, "name")
    before = len(talk.owed)
    talk.say("I already cancelled it last week")
    assert talk.case().phase == "intake"
    assert owed_since(talk, before) == [("card", "card"), ("post", "thread.urgent")]
    [post] = posts(talk.owed[before:])
    assert [choice.code for row in post.buttons for choice in row] == ["reply"]
    assert has_card(talk.case())
    assert urgent_of(talk.case()) == ("already_cancelled",)


def test_the_same_said_twice_is_told_once() -> None:
    talk = begun(WIRELESS, "name")
    talk.say("I already cancelled it last week")
    before = len(talk.owed)
    talk.say("I already cancelled it last week")
    assert owed_since(talk, before) == []


def test_a_line_that_is_cancelled_is_told_by_the_button_too_and_its_card_stays_right() -> None:
    talk = begun(WIRELESS, "working")
    before = len(talk.owed)
    talk.press("cancelled")
    assert owed_since(talk, before) == [("card", "card"), ("post", "thread.urgent")]
    before = len(talk.owed)
    talk.press("again")
    assert owed_since(talk, before) == [("card", "card")]
    assert not urgent_of(talk.case())
    assert has_card(talk.case())
    before = len(talk.owed)
    talk.command("cancel")
    talk.press("cancel.yes")
    assert ("card", "card") in owed_since(talk, before)


def test_a_risk_that_can_wait_gives_a_draft_no_card() -> None:
    talk = begun(WIRELESS, "name")
    before = len(talk.owed)
    talk.say("my line is suspended")
    assert owed_since(talk, before) == []
    assert not has_card(talk.case())


@pytest.mark.parametrize(
    ("phase", "flags", "urgent"),
    [
        ("intake", URGENT, URGENT),
        ("staff_review", ("wants_person",), ("wants_person",)),
        ("submitted", ("wants_person", "already_cancelled"), ("already_cancelled",)),
        ("ported", ("already_cancelled",), ()),
        ("intake", ("suspended",), ()),
    ],
)
def test_what_is_urgent_depends_on_where_the_numbers_are(
    phase: str, flags: tuple[str, ...], urgent: tuple[str, ...]
) -> None:
    case = begun(WIRELESS, "name").case()
    given = {**case.answers, "flags": Answer(case.request.id, "flags", flags, "inferred", MONDAY, 99)}
    moved = tuple(replace(number, phase=phase) for number in case.numbers)
    assert urgent_of(replace(case, answers=given, numbers=moved)) == urgent
