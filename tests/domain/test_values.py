"""What a turn's values keep to themselves, whatever prints them."""

from datetime import UTC, datetime

from domain.desk.heard import Heard
from domain.intake.given import Given
from domain.orders.model import Answer, Hidden

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_persons_words_and_name_stay_out_of_what_is_shown_of_an_event() -> None:
    shown = repr(Heard(7, "tg:1", "text", "my PIN is 775533", 12, code="own", by="Maria"))
    assert "775533" not in shown
    assert "Maria" not in shown


def test_an_event_is_shown_with_everything_else() -> None:
    shown = repr(Heard(7, "tg:1", "press", form=3, asking=2, code="yes"))
    assert shown == (
        "Heard(chat_id=7, event_id='tg:1', kind='press', message_id=0, form=3, asking=2, code='yes', document=None, "
        "album='', labels=frozenset())"
    )


def test_a_secret_is_shown_by_nothing_that_holds_it() -> None:
    given = Given(("••••33",), Hidden("775533"))
    answer = Answer(1, "pin", given.value, "typed", NOW, 1, secret=given.secret)
    assert "Hidden(…)" in repr(answer)
    assert "775533" not in f"{given} {answer} {given!r} {answer!r}"
