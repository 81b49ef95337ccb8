"""The path of a turn, the same on both databases: load, decide, write, for a group of turns in one transaction."""

import asyncio
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from domain.desk.state import Decide, Key, Moment, Outcome, Owed
from domain.orders.references import make_reference
from domain.values import Value
from storage.errors import StorageError, WriteFailed
from storage.loading import Place, Run, load
from storage.saving import Batch, Tools

CLASHES = 3  # how often a turn whose fresh reference is taken already is decided anew
_REF_LENGTH = 5
_CLASHES = ("request.ref", "uq_request_ref", "pk_heard", "member.invite_id", "uq_member_invite_id")


class Turn(Value, frozen=True):
    """A turn that waits."""

    key: Key
    event_id: str
    decide: Decide
    future: "asyncio.Future[Outcome]"


class Decided(Value, frozen=True):
    """How a group went: an outcome or what the decision raised, for each turn; and the rows leased to us."""

    ends: list[Outcome | Exception]
    owed: tuple[Owed, ...]


def decide_all(run: Run, tools: Tools, turns: list[tuple[Turn, Place]], clashes: int = 0) -> Decided:
    """Load, decide and write a group of turns, each in a chat of its own; the caller commits.

    A decision that raises writes nothing. `clashes` makes fresh references longer.
    """
    places = [place for _, place in turns]
    events = [turn.event_id for turn, _ in turns]
    loaded = load(run, tools.statements, tools.tongue, places, events, tools.book)
    now = tools.now()
    new_ref = partial(make_reference, secrets.choice, _REF_LENGTH + clashes)
    batch = Batch(tools, now)
    ends: list[Outcome | Exception] = []
    for (turn, place), state in zip(turns, loaded.states, strict=True):
        if turn.event_id in loaded.heard:
            ends.append(Outcome(None, repeated=True))
            continue
        loaded.heard.add(turn.event_id)
        try:
            changes = turn.decide(state, Moment(now, turn.event_id, tools.ids, new_ref))
        except Exception as error:  # noqa: BLE001 - it goes to whoever asked for this turn
            ends.append(_carried(error))
            loaded.heard.discard(turn.event_id)
            continue
        batch.hear(turn.event_id)
        batch.add(changes, state, is_new=place.chat_id in loaded.new_chats)
        ends.append(Outcome(changes))
    return Decided(ends, batch.write(run))


def _carried(error: Exception) -> Exception:
    """Return what a decision raised in a form that a future can carry."""
    if not isinstance(error, StopIteration):
        return error
    failed = RuntimeError("a decision looked for something that is not there")
    failed.__cause__ = error
    return failed


def is_clash(error: Exception) -> bool:
    """Tell whether the database refused what another turn did meanwhile: that reference, event, or invitation used."""
    told = str(error)
    return any(name in told for name in _CLASHES)


@contextmanager
def worded() -> Iterator[None]:
    """Turn what the database refuses within the block into WriteFailed, as `told` does for turns."""
    try:
        yield
    except SQLAlchemyError as error:
        found = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
        raise WriteFailed(type(found).__name__) from error


def told(error: Exception, database_error: type[Exception]) -> Exception:
    """Return what the caller of a turn gets to see: the database's refusals become WriteFailed, without the row."""
    if isinstance(error, database_error) and not isinstance(error, StorageError):
        failed = WriteFailed(type(error).__name__)
        failed.__cause__ = error
        return failed
    return error
