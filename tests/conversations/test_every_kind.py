"""Every kind of update, as Telegram sends it, in every state: the answers of the table, and never an error.

`every_kind.toml` says for each kind what is shown in which state; a cell that is missing fails.
"""

import copy
import functools
import re
import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.handlers.customer.updates import read_update
from domain.desk.customer import hear
from domain.desk.heard import OTHER_KINDS, Heard
from domain.desk.state import Chat
from domain.intake.questions import QUESTIONS
from domain.orders.phases import PHASES
from sandbox.faults import Faults
from sandbox.record import Record
from sandbox.telegram import Telegram, Upload
from sandbox.telegram.others import OTHERS
from tests.domain.standing import ASKED_LATER, RARE, STATES, at
from tests.domain.talk import CHAT, Shown, Talk

TABLE: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_name("every_kind.toml").read_text())
EVERYWHERE = (*STATES, *ASKED_LATER)
PDF = Upload("bill.pdf", "application/pdf", b"%PDF-1.4 bill")
LIST = Upload("numbers.csv", "text/csv", b"Number\n415-421-8832")
EXE = Upload("bill.exe", "application/x-msdownload", b"MZ")
PHOTO = Upload("bill.jpg", "image/jpeg", b"\xff\xd8\xff bill")
GROUP = -1_000_000_005_001
PRIVATE = {"id": CHAT, "type": "private"}
MINE = {"id": CHAT, "is_bot": False, "first_name": "Maria"}

Send = Callable[[Telegram, Talk], object]


def _raw(kind: str = "message", **content: Any) -> Send:
    """Return the sending of an update that the sandbox has no thumb for."""
    body = {"message_id": 900, "date": 1, "chat": PRIVATE, "from": MINE, **content}
    return lambda telegram, _talk: telegram.raw({kind: body})


def _other(kind: str) -> Send:
    return lambda telegram, _talk: telegram.send_other(CHAT, kind)


def _file(file: Upload, kind: Any = "document", caption: str | None = None) -> Send:
    return lambda telegram, _talk: telegram.upload(
        CHAT, file.content, name=file.name, mime=file.mime, kind=kind, caption=caption
    )


def _edit(text: str) -> Send:
    return _raw("edited_message", text=text, edit_date=2)


def _press(data: str) -> Send:
    """Return the pressing of a button on a message that Telegram no longer shows."""
    return lambda telegram, talk: telegram.press(CHAT, 3, data.format(form=talk.chat.focus or 0), force=True)


def _in_group(text: str) -> Send:
    return _raw(chat={"id": GROUP, "type": "supergroup", "title": "Family"}, text=text)


SENDS: dict[str, Send] = {
    **{kind: _other(kind) for kind in OTHERS},
    "unknown": _raw(paid_media={"star_count": 1}),
    "voice_with_words": lambda telegram, _talk: telegram.send_other(CHAT, "voice", "where does it stand"),
    "contact_own": lambda telegram, _talk: telegram.contact(CHAT, "+14152000100", CHAT),
    "contact_other": lambda telegram, _talk: telegram.contact(CHAT, "+14152000100", 77),
    "contact_of_nobody": lambda telegram, _talk: telegram.contact(CHAT, "+14152000100", None),
    "contact_forwarded": lambda telegram, _talk: telegram.contact(CHAT, "+14152000100", CHAT, forwarded_from="Bob"),
    "contact_abroad": lambda telegram, _talk: telegram.contact(CHAT, "442079460958", CHAT),
    "pdf": _file(PDF),
    "photo": _file(PHOTO, "photo"),
    "pdf_with_caption": _file(PDF, caption="here is my bill"),
    "list": _file(LIST),
    "list_with_caption": _file(LIST, caption="these are the numbers"),
    "file_of_another_kind": _file(EXE),
    "album": lambda telegram, _talk: telegram.album(CHAT, [PHOTO, PHOTO]),
    "forwarded": lambda telegram, _talk: telegram.forward(CHAT, "see you at the bakery tomorrow", "Bob"),
    "edited": _edit("see you at the bakery"),
    "edited_secret": _edit("my pin is 482913"),
    "edited_caption": _raw("edited_message", caption="the second page", voice={"file_id": "v"}, edit_date=2),
    "live_location_moved": _raw("edited_message", location={"latitude": 1, "longitude": 2}, edit_date=2),
    "spaces": lambda telegram, _talk: telegram.say(CHAT, " \n "),
    "four_thousand": lambda telegram, _talk: telegram.say(CHAT, "word " * 800),
    "another_language": lambda telegram, _talk: telegram.say(CHAT, "¿Habla usted español?"),
    "old_button": _press("{form}.0.correct"),
    "button_of_another": _press("4711.1.correct"),
    "button_of_nobody": _press("nothing at all"),
    "pinned": _raw(pinned_message={"message_id": 1}),
    "reaction": _raw("message_reaction"),
    "group_command": _in_group("/start"),
    "group_words": _in_group("hello everybody"),
    "channel_post": _raw("channel_post", chat={"id": GROUP, "type": "channel"}, text="news"),
    "let_in_again": lambda telegram, _talk: telegram.unblock(CHAT),
    "locked_out": lambda telegram, _talk: telegram.block(CHAT),
}


@functools.cache
def _standing(state: str) -> Talk:
    return at(state)


def heard_of(send: Send, talk: Talk) -> list[Heard | None]:
    """Return what the bot makes of what a customer does on the real Bot API's doorstep."""
    telegram = Telegram(Record(), Faults(), first_update_id=5)
    telegram.state.arrive(CHAT, None)
    send(telegram, talk)
    return [read_update(update) for update in telegram.updates.waiting(0)]


def shown_for(send: Send, state: str) -> list[Shown]:
    """Return what is shown for it, in the chat from which it came."""
    talk = copy.deepcopy(_standing(state))
    before = len(talk.screen)
    for heard in heard_of(send, talk):
        if heard is None:
            continue
        if heard.chat_id != talk.chat.id:
            talk, before = Talk(chat=Chat(heard.chat_id)), 0
        talk._step(talk.chat.focus, talk._event(), partial(hear, heard=heard, policy=talk.policy), is_named=False)
    return talk.screen[before:]


def class_of(state: str) -> str:
    """Return how the table calls a state that has no cell of its own: nobody, open, desk or ended."""
    if state == "nobody":
        return state
    talk = _standing(state)
    if talk.requests and PHASES[talk.request.status].terminal:  # what is tried then is not asked behind everything
        return "ended"
    return "open" if talk.chat.asked is not None else "desk"


def keys(shown: list[Shown]) -> str:
    """Return the wording keys of messages, without which question it is."""
    found = (each.owed.key.replace("stage.line+", "") for each in shown)
    asked = re.compile(r"\bask\.pin(_\w+)?\+pin_at\.offer\b")  # a PIN's question has times beneath it
    return " | ".join(re.sub(r"\b(ask|why)\.\w+", r"\1", asked.sub("ask.pin", key)) for key in found)


def expected(kind: str, state: str) -> str:
    """Return the table's cell. Raises KeyError where there is none."""
    row = TABLE[kind]
    return row[state] if state in row else row[class_of(state)]


@pytest.mark.parametrize("kind", SENDS)
def test_a_kind_of_update_is_answered_in_every_state_as_the_table_says(kind: str) -> None:
    found = {state: keys(shown_for(SENDS[kind], state)) for state in EVERYWHERE}
    assert found == {state: expected(kind, state) for state in EVERYWHERE}


def test_the_table_names_every_kind_and_no_other() -> None:
    assert set(TABLE) == set(SENDS)
    assert set(OTHER_KINDS) <= set(TABLE)


def test_every_question_and_phase_is_a_state() -> None:
    # `house` is asked like `company`, of those who belong to one; `csr` is what the phase `csr_needed` asks for, and
    # `trial_in` what `ported` does.
    assert {q.id for q in QUESTIONS} - {"house", "csr", "trial_in"} <= set(EVERYWHERE)
    assert set(PHASES) - {"intake", "screening"} <= set(STATES)
    assert set(RARE) <= set(STATES)


SILENT = ("live_location_moved", "pinned", "reaction", "group_words", "channel_post", "let_in_again", "locked_out")


def test_only_what_nobody_wrote_to_us_stays_without_an_answer() -> None:
    silent = {kind for kind, row in TABLE.items() if "" in row.values()}
    assert silent == set(SILENT)
