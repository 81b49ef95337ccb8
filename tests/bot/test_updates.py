"""What is made of each kind of update, from payloads as Telegram sends them and from anything at all."""

import json
import sys
from typing import Any, cast

import pytest
import telegram
from hypothesis import given
from hypothesis import strategies as st

from bot.handlers.customer.updates import _SERVICE, WANTED, read_update
from domain.desk.heard import OTHER_KINDS, Document, Heard
from domain.values import replace
from domain.wordkeys import MARKS
from sandbox.faults import Faults
from sandbox.record import Record
from sandbox.telegram import Telegram, Upload
from sandbox.telegram.others import OTHERS

CHAT = 1001
ANN: dict[str, Any] = {"id": CHAT, "is_bot": False, "first_name": "Ann"}
PRIVATE = {"id": CHAT, "type": "private", "first_name": "Ann"}
SIZE = {"file_unique_id": "u", "width": 90, "height": 60}
PDF = {"file_id": "F1", "file_unique_id": "u1", "file_name": "bill.pdf", "mime_type": "application/pdf"}
CARD = {"phone_number": "14155550123", "first_name": "Ann"}
ORIGIN = {"type": "hidden_user", "date": 1_800_000_000, "sender_user_name": "Bob"}


def message(**content: Any) -> dict[str, Any]:
    return {"message_id": 7, "from": ANN, "chat": PRIVATE, "date": 1_800_000_001, **content}


def heard(content: dict[str, Any], kind: str = "message") -> Heard | None:
    return read_update({"update_id": 5, kind: content})


def of(kind: Any, text: str = "", **rest: Any) -> Heard:
    return Heard(CHAT, "tg:5", kind, text, 7, **rest)


@pytest.fixture
def thumb() -> Telegram:
    return Telegram(Record(), Faults(), first_update_id=5)


def sent(thumb: Telegram) -> list[Heard | None]:
    return [read_update(update) for update in thumb.updates.waiting(0)]


# contacts


def test_a_contact_is_ones_own_when_it_names_the_sender() -> None:
    assert heard(message(contact={**CARD, "user_id": CHAT})) == of("contact", "14155550123", code="own")


@pytest.mark.parametrize(
    "content",
    [
        {"contact": {**CARD, "user_id": 2002}},
        {"contact": CARD},
        {"contact": {**CARD, "user_id": CHAT}, "forward_origin": ORIGIN},
        {"contact": {**CARD, "user_id": CHAT}, "forward_date": 1_800_000_000},
    ],
    ids=["of somebody else", "of nobody in Telegram", "forwarded", "forwarded, from an old server"],
)
def test_any_other_contact_is_anothers(content: dict[str, Any]) -> None:
    assert heard(message(**content)) == of("contact", "14155550123", code="other")


# what no question is answered with


@pytest.mark.parametrize("kind", sorted(OTHERS))
def test_each_other_kind_is_named(thumb: Telegram, kind: str) -> None:
    thumb.send_other(CHAT, kind)
    (found,) = sent(thumb)
    assert found is not None
    assert (found.kind, found.code, found.text, found.document) == ("other", kind, "", None)


def test_every_kind_that_the_desk_knows_can_be_sent_in_the_sandbox() -> None:
    assert set(OTHERS) | {"unknown"} == set(OTHER_KINDS)


@pytest.mark.parametrize("content", [{}, {"paid_media": {"star_count": 1}}, {"hologram": {}}])
def test_what_nobody_knows_is_unknown(content: dict[str, Any]) -> None:
    assert heard(message(**content)) == of("other", code="unknown")


def test_a_voice_keeps_its_caption(thumb: Telegram) -> None:
    thumb.send_other(CHAT, "voice", "my PIN is in here")
    (found,) = sent(thumb)
    assert found is not None
    assert (found.code, found.text) == ("voice", "my PIN is in here")


@pytest.mark.parametrize("kind", sorted(_SERVICE))
def test_a_service_message_is_not_answered(kind: str) -> None:
    assert heard(message(**{kind: {}})) is None


def test_every_service_message_is_a_field_of_a_message_that_another_library_knows() -> None:
    from aiogram.types import Message as AiogramMessage  # here: few processes run this file, and it takes three seconds

    assert set(AiogramMessage.model_fields) >= _SERVICE


# files


def test_of_a_photo_the_largest_size_is_taken() -> None:
    sizes = [{**SIZE, "file_id": "S"}, {**SIZE, "file_id": "L", "width": 900, "height": 600, "file_size": 50}]
    photo = Document("L", "photo.jpg", "image/jpeg", 50)
    assert heard(message(photo=sizes[::-1], caption="page 1")) == of("document", "page 1", document=photo)
    live = {"file_id": "V", "file_unique_id": "v", "width": 9, "height": 9, "duration": 3}
    assert heard(message(live_photo=live, photo=sizes)) == of("document", document=photo)


def test_a_document_keeps_its_name_its_type_and_its_album() -> None:
    paper = Document("F1", "bill.pdf", "application/pdf", 0)
    assert heard(message(document=PDF, media_group_id="13")) == of("document", document=paper, album="13")
    unnamed = {"file_id": "F1", "file_unique_id": "u1"}
    assert heard(message(document=unnamed)) == of("document", document=Document("F1", "document", "", 0))


def test_an_album_is_heard_as_files_that_belong_together(thumb: Telegram) -> None:
    numbers = thumb.album(CHAT, [Upload("a.jpg", "image/jpeg", b"1"), Upload("b.jpg", "image/jpeg", b"2")], caption="x")
    first, second = sent(thumb)
    assert first is not None
    assert second is not None
    assert [(h.message_id, h.text, h.kind) for h in (first, second)] == [
        (numbers[0], "x", "document"),
        (numbers[1], "", "document"),
    ]
    assert first.album == second.album != ""


# words


def test_a_forwarded_text_is_a_text(thumb: Telegram) -> None:
    thumb.forward(CHAT, "my number is 415 555 0123", "Bob")
    (found,) = sent(thumb)
    assert found is not None
    assert (found.kind, found.text) == ("text", "my number is 415 555 0123")


@pytest.mark.parametrize(
    ("text", "command"), [("/start x", "start"), ("/Status@port_bot", "status"), ("/", ""), ("/ start", "start")]
)
def test_a_command_is_told_from_words(text: str, command: str) -> None:
    kind = "command" if command else "text"
    assert heard(message(text=text)) == replace(of(kind, text, code=command), by="Ann")


def test_a_group_is_answered_only_when_it_calls() -> None:
    group = {"id": -5, "type": "group", "title": "Us"}
    assert heard(message(chat=group, text="hello")) is None
    assert heard(message(chat=group, contact=CARD)) is None
    assert heard(message(chat=group, text="/start")) == Heard(-5, "tg:5", "group")
    assert heard(message(chat=group, text="hello"), "edited_message") is None


# edits


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"text": "Bob"}, of("edit", "Bob")),
        ({"caption": "page 2", "voice": {"file_id": "V", "duration": 1}}, of("edit", "page 2")),
        ({"document": PDF}, of("edit", document=Document("F1", "bill.pdf", "application/pdf", 0))),
        ({"location": {"latitude": 1.0, "longitude": 2.0, "live_period": 900}}, None),
    ],
    ids=["text", "caption", "file", "live location"],
)
def test_edits_tell_what_a_message_is_now(content: dict[str, Any], said: Heard | None) -> None:
    assert heard(message(**content, edit_date=1_800_000_009), "edited_message") == said


# buttons


@pytest.mark.parametrize("date", [1_800_000_000, 0], ids=["shown", "no longer accessible"])
def test_a_press_names_the_message_of_its_button(date: int) -> None:
    asked = {"message_id": 7, "chat": PRIVATE, "date": date}
    query = {"id": "9", "from": ANN, "message": asked, "chat_instance": "1", "data": "12.3.yes"}
    assert heard(query, "callback_query") == replace(of("press", form=12, asking=3, code="yes"), by="Ann")


def test_a_press_that_names_no_message_is_not_heard() -> None:
    assert heard({"id": "9", "from": ANN, "data": "12.3.yes"}, "callback_query") is None


@pytest.mark.parametrize(("status", "kind"), [("kicked", "blocked"), ("left", "blocked"), ("member", "unblocked")])
def test_a_customer_who_blocks_the_bot_is_noticed(status: str, kind: str) -> None:
    change = {"chat": PRIVATE, "from": ANN, "date": 1, "new_chat_member": {"status": status}}
    assert heard(change, "my_chat_member") == Heard(CHAT, "tg:5", cast("Any", kind))


# anything at all


def test_the_payloads_here_are_such_as_libraries_read() -> None:
    from aiogram.types import Message as AiogramMessage  # as above

    for content in ({"contact": CARD, "forward_origin": ORIGIN}, {"document": PDF, "media_group_id": "13"}):
        payload = json.dumps(message(**content))
        assert AiogramMessage.model_validate_json(payload).content_type == next(iter(content))
        parsed = telegram.Message.de_json(json.loads(payload), None)
        assert telegram.Message.effective_attachment.fget(parsed)  # type: ignore[attr-defined] # a property


NAMES = (
    "message_id", "chat", "id", "type", "from", "text", "caption", "photo", "document", "contact", "user_id", "voice",
    "phone_number", "file_id", "file_size", "width", "height", "media_group_id", "location", "data", "message",
    "new_chat_member", "status", "forward_origin", "pinned_message", "file_name", "mime_type",
)  # fmt: skip
WORDS = st.text(max_size=5) | st.sampled_from(["private", "12.3.yes"])
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | WORDS
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(NAMES), inner), max_leaves=12
)
HALF_RIGHT = st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=6).map(
    lambda content: {"message_id": 7, "chat": PRIVATE, "from": ANN, **content}
)


@given(st.sampled_from((*WANTED, "poll")), ANYTHING | HALF_RIGHT)
def test_whatever_comes_is_understood_or_refused_in_the_three_known_ways(kind: str, content: Any) -> None:
    try:
        found = read_update({"update_id": 5, kind: content})
    except (KeyError, TypeError, ValueError):
        return
    if found is not None:
        assert isinstance(found.chat_id, int)
        assert isinstance(found.message_id, int)
        found.text.encode()
        assert not set(found.text) & {chr(mark) for mark in MARKS}
        assert found.kind != "other" or found.code in OTHER_KINDS


@given(ANYTHING | st.fixed_dictionaries({"update_id": st.floats() | st.lists(st.none())}))
def test_an_update_of_no_number_is_refused_in_the_three_known_ways(update: Any) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        read_update(update)


def test_what_can_be_printed_is_nothing_that_is_taken_out_of_a_text() -> None:
    printed = "".join(filter(str.isprintable, map(chr, range(sys.maxunicode + 1))))
    assert printed == printed.translate({**MARKS, 0: None})
    assert printed.encode()
