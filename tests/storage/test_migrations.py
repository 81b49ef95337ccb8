"""Databases of earlier releases, with data, are brought to this one's schema, on both databases."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, Inspector, insert, inspect, select, text, update

import storage
from domain.desk import staff
from domain.desk.state import OfChat, OfRef, OfRequest
from domain.numbers.inventory import Ours
from domain.policy import Policy
from domain.promises.notices import OVERDUE_AFTER
from storage import migrate
from storage.engine import open_engines
from storage.rows import dump
from storage.tables import METADATA, TABLES
from tests.storage.conftest import Place
from tests.storage.decisions import PHONE
from tests.storage.test_turns import look

AT = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
LATELY = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)  # of a PIN that is still good: places begin a day later
REF = "P-22222"
# A request of release 0001 whose name and number were rejected, as that release wrote it.
NUMBER = f'[{{"id":4,"order_id":3,"request_id":2,"e164":"{PHONE}","number_class":"wireless","phase":"submitted",' + (
    '"version":2,"since":"2026-11-01T09:30:00+00:00","attempts":1,"port_date":null,"window_start":null,'
    '"window_end":null,"rejection":null,"came_from":null}]'
)
ORDER = (
    '{"id":3,"request_id":2,"number_class":"wireless","carrier":"verizon","status":"submitted","carrier_order":null}'
)
ANSWERS = (
    ("number", f'["{PHONE}"]'),
    ("carrier", '["verizon","Verizon"]'),
    ("name", '["Maria","O\'Hara, \\"Jr\\""]'),
)
ROWS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("chat", {"id": 1, "focus": 2, "asked": "number", "asking": 9, "language": "en", "blocked": False, "heard_at": AT}),
    ("chat", {"id": 8, "focus": None, "asked": "name", "asking": 1, "language": "en", "blocked": False}),
    (
        "request",
        {"id": 2, "ref": REF, "chat_id": 1, "status": "rejected", "version": 7, "created_at": AT, "changed_at": AT,
         "signed_at": AT, "told": "rejected|||1", "note": "please look"},
    ),
    ("port_order", {"id": 3, "request_id": 2, "number_class": "wireless", "carrier": "verizon", "status": "rejected"}),
    (
        "number",
        {"id": 4, "order_id": 3, "request_id": 2, "e164": PHONE, "number_class": "wireless", "phase": "rejected",
         "version": 3, "since": AT, "attempts": 1, "rejection": "name"},
    ),
    *(
        ("answer", {"request_id": 2, "question": question, "value": value, "source": "typed", "at": AT, "seq": seq,
                    "reopened": question in ("number", "name")})
        for seq, (question, value) in enumerate(ANSWERS)
    ),
    (
        "paper",
        {"id": 5, "request_id": 2, "kind": "bill", "status": "kept", "file_id": "f", "name": "bill.pdf",
         "mime": "application/pdf", "size": 9, "message_id": 4, "at": AT, "object_key": "bill-5"},
    ),
    (
        "action",
        {"id": 6, "request_id": 2, "staff": "U1", "verb": "reject", "at": AT, "version": 7, "numbers": NUMBER,
         "order_before": ORDER, "reopened": '["number","name"]', "undone": False},
    ),
)  # fmt: skip


def asked(request_id: int, status: str, carrier: str) -> tuple[tuple[str, dict[str, Any]], ...]:
    """Return the rows of a request of which 0001 had asked everything."""
    request = {"id": request_id, "ref": f"P-{request_id}", "chat_id": 8, "status": status, "version": 3,
               "created_at": AT, "changed_at": AT + timedelta(days=1)}  # fmt: skip
    order = {"id": request_id, "request_id": request_id, "number_class": "wireless", "carrier": carrier,
             "status": status}  # fmt: skip
    number = {"id": request_id, "order_id": request_id, "request_id": request_id, "e164": f"+1415555{request_id}",
              "number_class": "wireless", "phase": status, "version": 1, "since": AT, "attempts": 0}  # fmt: skip
    answers = {
        "number": [f"+1415555{request_id}"], "carrier": [carrier, "Some Carrier"], "name": ["Maria", "Alvarez"],
        "address": ["1455 Market Street", "", "San Francisco", "CA", "94103"], "destination": ["+14152000100"],
        "account": ["••••01"], "bill": ["kept"], "review": ["correct"], "pin": ["••••"],
        "signature": ["Maria Alvarez", "2026-11-21", "digest"],
    }  # fmt: skip
    given = [
        {"request_id": request_id, "question": question, "value": dump(value), "source": "typed",
         "at": LATELY if question == "pin" else AT, "seq": seq, "reopened": False}
        for seq, (question, value) in enumerate(answers.items())
    ]  # fmt: skip
    whole = (("request", request), ("port_order", order), ("number", number))
    return (*whole, *(("answer", answer) for answer in given))


AT_DESK = (("staff_review", "verizon"), ("staff_review", "other"))
NOT_AT_DESK = (("intake", "verizon"), ("ported", "verizon"), ("cancelled", "other"), ("expired", "verizon"))


@pytest.fixture
def old(place: Place) -> Place:
    """Return a place with a database of release 0001, and a request in it."""
    engines = open_engines(place.url)
    with engines.writer.begin() as connection:
        METADATA.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        command.upgrade(_config(connection), "0001")
        others = [asked(1000 + at, *each) for at, each in enumerate((*AT_DESK, *NOT_AT_DESK))]
        for table, row in (*ROWS, *chain(*others)):
            connection.execute(insert(TABLES[table]).values(row))
    engines.close()
    return place


async def test_a_request_of_release_0001_goes_on_where_it_stood(old: Place) -> None:
    async with old.open() as store:
        state = await look(store, OfRef(REF))
        assert (await look(store, OfChat(8))).chat.asked == "name"
        assert await store.status_message(1) is None
    assert state.case is not None
    given = {question: answer.value for question, answer in state.case.answers.items()}
    assert given == {
        "working": ("yes",),
        "authority": ("holder",),
        "numbers": (PHONE,),
        "carrier": ("verizon", "Verizon"),
        "name": ("person", "Maria", 'O\'Hara, "Jr"'),
    }
    assert [question for question, answer in state.case.answers.items() if answer.reopened] == ["numbers", "name"]
    assert (state.chat.asked, state.chat.asking, state.chat.heard_at) == ("numbers", 9, AT)
    assert (state.case.request.title, state.case.request.note, state.case.request.told) == (
        None, "please look", "rejected|||1",
    )  # fmt: skip
    assert [(paper.album, paper.object_key) for paper in state.papers] == [("", "bill-5")]
    assert state.action is not None
    assert state.action.reopened == ("numbers", "name")
    assert [number.e164 for number in state.action.numbers] == [PHONE]
    assert [(brief.many, brief.e164, brief.title) for brief in state.briefs] == [(1, PHONE, None)]


async def test_a_request_that_release_0001_brought_to_the_desk_can_be_submitted(old: Place) -> None:
    async with old.open() as store:
        for at in range(len(AT_DESK)):
            key = OfRef(f"P-{1000 + at}")
            wish = staff.Order("U1", "submit", "88123")
            await store.turn(key, f"submit:{at}", partial(staff.act, wish=wish, policy=Policy()))
            case = (await look(store, key)).case
            assert case is not None
            assert case.phase == "submitted"


async def test_what_release_0001_did_not_ask_is_inferred_for_requests_at_the_desk_alone(old: Place) -> None:
    async with old.open() as store:
        states = [await look(store, OfRequest(1000 + at)) for at in range(len(AT_DESK) + len(NOT_AT_DESK))]
    cases = [state.case for state in states if state.case]
    inferred = [[a for a in case.answers.values() if a.source == "inferred"] for case in cases]
    assert [[answer.question for answer in answers] for answers in inferred] == [
        ["working", "authority"], ["working", "authority", "line"], [], [], [], [],
    ]  # fmt: skip
    for case, answers in zip(cases, inferred, strict=True):
        assert list(case.answers.values())[: len(answers)] == answers
        assert {(answer.at, answer.reopened) for answer in answers} <= {(case.request.changed_at, False)}


def test_release_0002_can_be_taken_back(old: Place) -> None:
    engines = open_engines(old.url)
    before = _rows(engines.writer)
    migrate(engines.writer)
    assert _rows(engines.writer) != before
    with engines.writer.begin() as connection:
        command.downgrade(_config(connection), "0001")
    assert _rows(engines.writer) == before
    engines.close()


async def test_what_was_moved_here_before_is_in_the_inventory_and_can_be_looked_up(old: Place) -> None:
    async with old.open() as store:
        assert await store.board.inventory() == {"tracking": 1}
        ported = await look(store, OfRequest(1000 + len(AT_DESK) + 1))
        assert ported.case is not None
        e164 = ported.case.numbers[0].e164
        assert ported.ours == {e164: Ours("tracking", ported.case.request.ref)}
        assert (await look(store, OfChat(8, (e164, "+14152000100")))).ours == {
            e164: Ours("tracking", ported.case.request.ref),
            "+14152000100": Ours("receiving", ported.case.request.ref),
        }


ADDED = {  # by release: the tables that it adds, and what it says of old rows
    "0003": ({"inventory", "list_row"}, ()),
    "0004": ({"company", "member", "invite"}, ("SELECT count(*) FROM request WHERE company_id IS NOT NULL",)),
    "0006": ({"carrier_note"}, ("SELECT count(*) FROM carrier_note",)),
    "0009": ({"staff_role", "staff_member", "staff_wish"}, ()),
}
TALK = {"taken_by", "taken_for", "taken_until", "wrote_at", "wrote_about", "hours_told"}  # that 0011 adds to chats
BEFORE = {"0003": "0002", "0004": "0003", "0006": "0004", "0009": "0008"}


@pytest.mark.parametrize("is_far", [True, False])
@pytest.mark.parametrize("release", ADDED)
def test_a_release_that_adds_tables_can_be_taken_back_to_any_before(old: Place, release: str, *, is_far: bool) -> None:
    added, counted = ADDED[release]
    revision = "0001" if is_far else BEFORE[release]
    engines = open_engines(old.url)
    with engines.writer.begin() as connection:
        command.upgrade(_config(connection), BEFORE[release])
        command.downgrade(_config(connection), revision)
    before = _rows(engines.writer)
    migrate(engines.writer)
    with engines.writer.begin() as connection:
        assert [connection.execute(text(sql)).scalar() for sql in counted] == [0 for _ in counted]
        command.downgrade(_config(connection), revision)
        assert not added & set(inspect(connection).get_table_names())
    assert _rows(engines.writer) == before
    engines.close()


@dataclass(frozen=True, slots=True)
class Release:
    """What a release that adds no tables of its own alone does, by its number.

    `says`: a query of its database, and the first of each row. `brings`: of what it adds, what is there now.
    `allows`: what can be done again once it is taken back. `message`: one that is there before it comes.
    """

    before: str
    brings: Callable[[Inspector], set[str]]
    says: tuple[str, list[Any]] = ("SELECT 1", [1])
    allows: tuple[str, ...] = ()
    message: dict[str, Any] | None = None


def failed_message() -> dict[str, Any]:
    """Return a message of an earlier release that came to nothing, blank as it was left."""
    words = dict.fromkeys(("language", "key", "form"), "") | {"params": "{}", "buttons": "[]", "reason": "broken"}
    return {"id": 70, "kind": "say", "lane": "chat:1", "address": "1", "once": "x", "rank": 1, "paced": False, "at": AT,
            "attempts": 0, "ambiguous": 0, "how": "dead", "settled_at": AT, **words}  # fmt: skip


def _columns(found: Inspector, table: str) -> set[str]:
    return {column["name"] for column in found.get_columns(table)}


RELEASES = {
    "0008": Release(
        "0007",
        lambda found: {"seal", "unsealed"} & set(found.get_table_names()),
        allows=("UPDATE history SET actor = 'U2'", "DELETE FROM history"),
    ),
    "0010": Release(
        "0009",
        lambda found: {"assignee", "snoozed_until", "hold"} & _columns(found, "request"),
        says=("SELECT DISTINCT before FROM action", ["{}"]),
    ),
    "0011": Release(
        "0010",
        lambda found: TALK & _columns(found, "chat"),
        says=("SELECT count(*) FROM chat WHERE taken_by IS NOT NULL", [0]),
    ),
    "0012": Release(
        "0011",
        lambda found: {"ix_outbox_failed"} & {str(index["name"]) for index in found.get_indexes("outbox")},
        says=("SELECT how FROM outbox", ["dropped"]),
        message=failed_message(),
    ),
}


@pytest.mark.parametrize("is_far", [True, False])
@pytest.mark.parametrize("number", RELEASES)
def test_a_release_that_adds_to_tables_can_be_taken_back_to_any_before(
    old: Place, number: str, *, is_far: bool
) -> None:
    release = RELEASES[number]
    revision = "0001" if is_far else release.before
    engines = open_engines(old.url)
    with engines.writer.begin() as connection:
        command.upgrade(_config(connection), release.before)
        command.downgrade(_config(connection), revision)
        if release.message is not None:
            connection.execute(insert(TABLES["outbox"]).values(release.message))
    before = _rows(engines.writer)
    migrate(engines.writer)
    query, told = release.says
    with engines.writer.begin() as connection:
        assert connection.execute(text(query)).scalars().all() == told
        assert release.brings(inspect(connection))
        command.downgrade(_config(connection), revision)
        assert not release.brings(inspect(connection))
        for statement in release.allows:
            connection.execute(text(statement))
    assert _rows(engines.writer) == before
    engines.close()


async def test_history_of_release_0001_is_sealed_as_it_was(old: Place) -> None:
    engines = open_engines(old.url)
    told = [{"id": n, "actor": "U1", "what": "said", "at": AT, "field": "", "digest": "", "detail": ""} for n in (3, 9)]
    with engines.writer.begin() as connection:
        connection.execute(insert(TABLES["history"]), told)
    engines.close()
    async with old.open() as store:
        assert await store.seals.waiting() == 2
        await store.seals.seal()
        assert (await store.seals.head()).count == 2


def test_rows_of_lists_of_release_0006_get_their_papers_and_can_be_taken_back(old: Place) -> None:
    engines = open_engines(old.url)
    paper = 64 * 20_003 + 5
    rows = [(1000, 300_001, "+14154218832"), (1000, 300_002, "+14154218833"), (1001, 1_900_001, "+14154218834")]
    with engines.writer.begin() as connection:
        command.upgrade(_config(connection), "0006")
        columns = "id, request_id, kind, status, file_id, name, mime, size, message_id, at, album"
        found = connection.execute(text("SELECT at FROM paper LIMIT 1")).scalar()
        connection.execute(
            text(f"INSERT INTO paper ({columns}) VALUES (:id, 1000, 'list', 'kept', '', '', '', 0, 1, :at, '')"),
            {"id": paper, "at": found},
        )
        for row in rows:
            told = dict(zip(("request", "row", "e164"), row, strict=True))
            connection.execute(text("INSERT INTO list_row VALUES (:request, :row, :e164, '', '', '', '')"), told)
    migrate(engines.writer)
    with engines.writer.begin() as connection:
        now = connection.execute(text('SELECT request_id, paper_id, "row", e164 FROM list_row ORDER BY e164')).all()
        assert [tuple(row) for row in now] == [
            (1000, paper, 1, "+14154218832"),
            (1000, paper, 2, "+14154218833"),
            (1001, 0, 1_900_001, "+14154218834"),  # its paper is gone
        ]
        command.downgrade(_config(connection), "0006")
        before = connection.execute(text('SELECT request_id, "row", e164 FROM list_row ORDER BY e164')).all()
        assert [tuple(row) for row in before] == rows
    engines.close()


def test_rows_of_lists_of_release_0012_are_found_by_where_they_ring_and_can_be_taken_back(old: Place) -> None:
    engines = open_engines(old.url)
    rows = [(1, "+14154218834", "+16282000100"), (2, "+14154218832", "+16282000100"), (3, "+14154218833", "")]
    with engines.writer.begin() as connection:
        command.upgrade(_config(connection), "0012")
        for place, e164, rings in rows:
            told = {"row": place, "e164": e164, "rings": rings}
            connection.execute(text("INSERT INTO list_row VALUES (1000, 64, :row, :e164, :rings, '', '', '')"), told)
    before = _rows(engines.writer)
    migrate(engines.writer)
    with engines.writer.begin() as connection:
        kept = connection.execute(text('SELECT "row", e164, destination FROM list_row ORDER BY "row"')).all()
        ring_rows = connection.execute(text("SELECT request_id, paper_id, destination FROM list_ring")).all()
        assert [tuple(row) for row in kept] == rows
        assert [tuple(row) for row in ring_rows] == [(1000, 64, "+16282000100")]
        command.downgrade(_config(connection), "0012")
        assert "list_ring" not in inspect(connection).get_table_names()
    assert _rows(engines.writer) == before
    engines.close()


@pytest.mark.parametrize("revision", ["0001", "0013"])
def test_release_0014_can_be_taken_back_to_any_before(old: Place, revision: str) -> None:
    engines = open_engines(old.url)
    with engines.writer.begin() as connection:
        command.upgrade(_config(connection), "0013")
        command.downgrade(_config(connection), revision)
    before = _rows(engines.writer)
    migrate(engines.writer)
    with engines.writer.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM request WHERE waits_since IS NOT NULL")).scalar() == 0
        command.downgrade(_config(connection), revision)
        assert "waits_since" not in {column["name"] for column in inspect(connection).get_columns("request")}
    assert _rows(engines.writer) == before
    engines.close()


async def test_whoever_waited_in_release_0013_waits_about_the_same_request_and_the_newest_goes_back(
    old: Place,
) -> None:
    engines = open_engines(old.url)
    with engines.writer.begin() as connection:
        command.upgrade(_config(connection), "0013")
        at = connection.execute(text("SELECT created_at FROM request WHERE id = 1001")).scalar()
        connection.execute(text("UPDATE chat SET wrote_about = 1001, wrote_at = :at WHERE id = 8"), {"at": at})
    engines.close()
    async with old.open() as store:
        cases = [(await look(store, OfRequest(request))).case for request in (2, 1000, 1001, 1002)]
    assert [case.request.waits_since for case in cases if case] == [None, None, AT, None]
    engines = open_engines(old.url)
    waits = TABLES["request"].c
    with engines.writer.begin() as connection:
        later = update(TABLES["request"]).where(waits.id == 1002).values(waits_since=AT + timedelta(hours=1))
        connection.execute(later)
        newest = connection.execute(select(waits.waits_since).where(waits.id == 1002)).scalar()
        raw = connection.execute(text("SELECT waits_since FROM request WHERE id = 1002")).scalar()
        command.downgrade(_config(connection), "0013")
        found = connection.execute(text("SELECT id, wrote_about, wrote_at FROM chat ORDER BY id")).all()
        assert [tuple(row) for row in found] == [(1, None, None), (8, 1002, raw)]
        assert newest == AT + timedelta(hours=1)
    engines.close()


def test_moves_that_were_dated_before_the_rule_of_overdue_ones_are_looked_at(old: Place) -> None:
    engines = open_engines(old.url)
    number, due = TABLES["number"], TABLES["due"]
    dated = {1000: ("scheduled", 2), 1001: ("activating", 1), 1002: ("ported", 2), 1003: ("scheduled", None)}
    with engines.writer.begin() as connection:
        command.upgrade(_config(connection), "0014")
        for request, (phase, days) in dated.items():
            end = AT + timedelta(days=days) if days else None
            where = number.c.request_id == request
            connection.execute(update(number).where(where).values(phase=phase, window_end=end))
        known = {"rule": "overdue", "subject": 1001, "id": 7, "version": 1, "at": AT}
        connection.execute(insert(due).values(known))
    migrate(engines.writer)
    with engines.writer.begin() as connection:
        found = connection.execute(select(due.c.subject, due.c.at).where(due.c.rule == "overdue").order_by(due.c.id))
        assert [tuple(row) for row in found] == [(1001, AT), (1000, AT + timedelta(days=2) + OVERDUE_AFTER)]
        command.downgrade(_config(connection), "0014")
    engines.close()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(storage.__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _rows(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Return all columns of 0001 of every table that 0002 touches."""
    added = ("title", "erased_at", "company_id", "approval", "assignee", "snoozed_until", "hold", "waits_since")
    new = {("request", name) for name in added} | {("paper", "album"), ("action", "before")}
    new |= {("chat", name) for name in TALK}
    found = {}
    with engine.connect() as connection:
        for name in ("answer", "chat", "action", "request", "paper"):
            columns = [column for column in TABLES[name].columns if (name, column.name) not in new]
            found[name] = [tuple(row) for row in connection.execute(select(*columns).order_by(*columns[:2]))]
    return found
