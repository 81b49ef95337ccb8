"""What goes when a request is forgotten, in the order in which it goes.

The request's row stays and says when it was erased: its chat's turns are told of it no more. A stored file cannot go in
a transaction: its paper stays behind, blank but for the object's key, until an errand has deleted the file. A signed
letter that must still be kept stays as it is, with the signature that was drawn for it.
"""

from typing import Any

from sqlalchemy import BigInteger, Executable, Text, bindparam, cast, delete, literal_column, select, update
from sqlalchemy.dialects import postgresql, sqlite

from domain.desk.on_paper import LIES
from domain.desk.state import Erase
from domain.desk.undelivered import FAILED, PAGES, TO_CHATS, TO_REQUESTS
from domain.intake.questions import QUESTIONS
from storage.tables import TABLES

ERASED = "erased"  # the status of a paper whose file is still to be deleted
DROP_FILE = "drop_file"  # the errand that does it
_DATED = ("erase_names", "drop_files", "drop_unsigned")  # the statements that take a moment before the request's id

# What a signed letter states, that it was signed, and the evidence of it.
STATED = (
    *(question.id for question in QUESTIONS if question.signed), "agreements", "signature", "evidence", "list", LIES,
)  # fmt: skip

_SIGNED, _LASTING = ("letter", "drawn", "signed_copy"), ("kept",)  # papers of a letter; a void one goes

ERASING = (
    "erase_secrets", "erase_words", "erase_answers", "erase_unstated", "erase_names", "erase_actions",
    "drop_files", "erase_files", "erase_papers", "drop_unsigned", "erase_unsigned_files", "erase_unsigned",
    "erase_list", "blank_list", "erase_rings", "erase_undelivered", "erase_unshown", "erase_unposted",
)  # fmt: skip

_ALL = ("erase_answers", "erase_list", "drop_files", "erase_files", "erase_papers")  # also what a letter states
_BUT_THE_LETTER = ("erase_unstated", "blank_list", "drop_unsigned", "erase_unsigned_files", "erase_unsigned")


def erasing_rows(erase: Erase, at: object) -> list[tuple[str, tuple[object, ...]]]:
    """Return the statements that forget a request, each with its parameters; `at` as the driver takes it."""
    names = [name for name in ERASING if name not in (_ALL if erase.letter else _BUT_THE_LETTER)]
    return [(name, (at, erase.request_id) if name in _DATED else (erase.request_id,)) for name in names]


def erasures(name: str) -> dict[str, Executable]:
    """Return the statements by name, for `sqlite` or `postgresql`; each takes a request's id."""
    the_request = bindparam("the_request", type_=BigInteger)
    answer, history = TABLES["answer"], TABLES["history"]
    of_request = {table: TABLES[table].c.request_id == the_request for table in ("secret", "answer", "action")}
    told = select(history.c.id).where(history.c.request_id == the_request)
    stated = answer.c.question.in_([literal_column(f"'{question}'") for question in STATED])
    nothing: Any = literal_column("''")
    null: Any = literal_column("NULL")
    request = TABLES["request"]
    listed = TABLES["list_row"]
    numbers_alone = dict.fromkeys(("destination", "source", "label", "company"), nothing)
    nameless = {"title": null, "note": null, "hold": null, "erased_at": bindparam("at", type_=request.c.erased_at.type)}
    return {
        "erase_secrets": delete(TABLES["secret"]).where(of_request["secret"]),
        "erase_words": delete(TABLES["words"]).where(TABLES["words"].c.history_id.in_(told)),
        "erase_answers": delete(answer).where(of_request["answer"]),
        "erase_unstated": delete(answer).where(of_request["answer"], ~stated),
        "erase_names": update(request).where(request.c.id == the_request).values(nameless),
        "erase_actions": delete(TABLES["action"]).where(of_request["action"]),
        **_erase_papers(name, the_request),
        "erase_list": delete(listed).where(listed.c.request_id == the_request),
        "erase_rings": delete(TABLES["list_ring"]).where(TABLES["list_ring"].c.request_id == the_request),
        **_erase_undelivered(the_request),
        "blank_list": update(listed).where(listed.c.request_id == the_request).values(numbers_alone),
    }


def _erase_papers(name: str, the_request: Any) -> dict[str, Executable]:
    """Leave an errand for each stored file and blank its paper; of what was never stored the paper goes at once."""
    paper = TABLES["paper"]
    every, is_stored = paper.c.request_id == the_request, paper.c.object_key.is_not(None)
    is_signed = paper.c.kind.in_(_literals(_SIGNED)) & paper.c.status.in_(_literals(_LASTING))
    blank: dict[str, Any] = {
        "status": literal_column(f"'{ERASED}'"),
        **dict.fromkeys(("file_id", "name", "album"), literal_column("''")),
    }
    return {
        "drop_files": _drop_files(name, every & is_stored),
        "erase_files": update(paper).where(every, is_stored).values(blank),
        "erase_papers": delete(paper).where(every, ~is_stored),
        "drop_unsigned": _drop_files(name, every & ~is_signed & is_stored),
        "erase_unsigned_files": update(paper).where(every, ~is_signed, is_stored).values(blank),
        "erase_unsigned": delete(paper).where(every, ~is_signed, ~is_stored),
    }


def _erase_undelivered(the_request: Any) -> dict[str, Executable]:
    """Blank what could be sent again to the request's chat, in its thread or by e-mail; it is listed no more."""
    outbox, request = TABLES["outbox"], TABLES["request"]
    chat = select(cast(request.c.chat_id, Text)).where(request.c.id == the_request).scalar_subquery()
    blank: dict[str, Any] = {"params": "'{}'", "buttons": "'[]'", "how": "'dropped'"}
    erased = update(outbox).values({column: literal_column(value) for column, value in blank.items()})
    failed = erased.where(outbox.c.how.in_(_literals(FAILED)))
    some = outbox.c.address > literal_column("''")
    names_it = outbox.c.params.like(literal_column("'%\"'") + cast(the_request, Text) + literal_column("'\"%'"))
    return {
        "erase_undelivered": failed.where(outbox.c.address == chat, outbox.c.kind.in_(_literals(TO_CHATS))),
        "erase_unshown": failed.where(  # to whoever signs; `some` finds what failed by its index, and nothing else
            some, outbox.c.kind == literal_column(f"'{PAGES}'"), names_it
        ),
        "erase_unposted": failed.where(
            outbox.c.address == cast(the_request, Text), outbox.c.kind.in_(_literals(TO_REQUESTS))
        ),
    }


def _literals(words: tuple[str, ...]) -> list[Any]:
    return [literal_column(f"'{word}'") for word in words]


def _drop_files(name: str, which: Any) -> Executable:
    """Leave an errand for each stored paper. It has the paper's id, which no other errand has, so it is left once."""
    errand, paper = TABLES["errand"], TABLES["paper"]
    at = bindparam("at", type_=errand.c.at.type)
    kind: Any = literal_column(f"'{DROP_FILE}'")
    never_tried: Any = literal_column("0")
    left = select(paper.c.id, kind, paper.c.id, paper.c.request_id, at, never_tried).where(which)
    insert = postgresql.insert(errand) if name == "postgresql" else sqlite.insert(errand)
    columns = ["id", "kind", "subject", "request_id", "at", "attempts"]
    owed: Executable = insert.from_select(columns, left).on_conflict_do_nothing(index_elements=["id"])
    return owed
