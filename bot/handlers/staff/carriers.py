"""`/port carrier`: an entry of the table of carriers, shown and corrected, by words, buttons and a form."""

import re
import unicodedata
from collections.abc import Awaitable, Callable
from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.handlers.staff.actions import open_view
from bot.slack import carriers as entries
from bot.slack.cards import Message
from bot.slack.deciding import carry, carry_out
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard
from bot.slack.listening import PRESS, listener
from bot.slack.reply import Reply
from domain.carriers import CARRIERS, Carrier, Found, Maybe, carrier, find_carrier
from domain.carriers.corrections import FIELDS, Correction, read_correction, read_typed
from domain.desk.carriers import correct, withdraw
from domain.desk.roles import Role, require
from domain.desk.state import OfRequest, Outcome
from domain.desk.verbs import VERBS
from domain.errors import Refused, Unreadable
from domain.text import bare

CARRIER = entries.CARRIER
_FIELD = re.compile(rf"(?P<name>.+?)\s+(?:pin\s+(?=life$))?(?P<field>{'|'.join(FIELDS)})", re.I)


def register(app: AsyncApp, desk: SlackDesk) -> None:
    """Register the buttons of an entry."""
    for action, handle in _PRESSES.items():
        app.action(action)(listener(desk, PRESS, handle))


async def look_up(desk: SlackDesk, heard: Heard, reply: Reply, rest: str) -> None:
    """Take what follows `/port carrier`: a carrier, then perhaps what shall be done to its entry."""
    if not rest:
        verb = VERBS[CARRIER]
        raise Refused("entry.usage", usage=f"{verb.name} {verb.usage}", example=verb.example, count=str(len(CARRIERS)))
    head, colon, said = rest.partition(":")
    if colon:
        await _correct(desk, heard, reply, *_wanted(head.strip(), said))
        return
    name, _, word = rest.rpartition(" ")
    way = _WAYS.get(word.lower()) if name else None
    if way is not None:
        await way(desk, heard, reply, _one(name))
    else:
        await _show(desk, heard, reply, rest)


async def corrected(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Take a form; the desk channel reads what it changed, for a form's answer has no words."""
    entered = entries.read_form(heard)
    wish = read_correction(entered.field, entered.text, entered.source, doubtful=entered.is_doubtful)
    await _correct(desk, heard, reply, _by_id(heard.text), wish)


def _wanted(head: str, said: str) -> tuple[Carrier, Correction | Unreadable]:
    found = _FIELD.fullmatch(head)
    if found is None:
        given = head.rpartition(" ")[2][:30]
        known = ", ".join(FIELDS)
        raise (
            Refused("entry.which_field", given=given, known=known) if given else Refused("entry.no_field", known=known)
        )
    return _one(found["name"]), read_typed(found["field"].lower(), said)


async def _correct(desk: SlackDesk, heard: Heard, reply: Reply, row: Carrier, wish: Correction | Unreadable) -> None:
    if isinstance(wish, Unreadable):
        raise Refused(wish.code, **wish.params)
    act = partial(correct, staff=heard.user, row=row, wish=wish, policy=desk.policy)
    await carry_out(desk, heard, reply, OfRequest(0), act, (row.id, CARRIER))


async def _show(desk: SlackDesk, _heard: Heard, reply: Reply, said: str) -> None:
    rows = _all_meant(said)
    await reply.take()
    if len(rows) == 1:
        await _show_one(desk, reply, rows[0])
    elif rows:
        await _answer(reply, entries.choices(rows, said))
    else:
        raise Refused("entry.unknown", given=said[:40])


async def _show_one(desk: SlackDesk, reply: Reply, row: Carrier) -> None:
    await _answer(reply, entries.entry(row, await desk.board.carrier_notes(row.id), desk.policy))


async def _history(desk: SlackDesk, _heard: Heard, reply: Reply, row: Carrier) -> None:
    await reply.take()
    await _answer(reply, entries.history(row, await desk.board.carrier_notes(row.id), desk.policy))


async def _undo(desk: SlackDesk, heard: Heard, reply: Reply, row: Carrier, note_id: str = "") -> None:
    """Take back the correction of that id, or the last one that stands."""
    require(heard.role, Role.AGENT)
    await carry(desk, heard, reply, _withdrawn(desk, heard, row, note_id), (row.id, CARRIER))


async def _withdrawn(desk: SlackDesk, heard: Heard, row: Carrier, note_id: str) -> Outcome:
    notes = await desk.board.carrier_notes(row.id)
    meant = [note for note in notes if (str(note.id) == note_id if note_id else note.stands)]
    if not meant:
        raise Refused("staff.form.stale") if note_id else Refused("entry.nothing_to_undo", carrier=row.name)
    act = partial(withdraw, staff=heard.user, row=row, note=meant[-1])
    return await desk.turns.turn(OfRequest(0, note=meant[-1].id), heard.event_id, act)


async def _answer(reply: Reply, message: Message) -> None:
    await reply.show(message.text, message.blocks)


def meant(said: str) -> tuple[Carrier, ...]:
    """Return the entries that words may mean: by id, by an exact name, else all that are like it or have it in them."""
    exact = carrier("_".join(unicodedata.normalize("NFKC", said).lower().split()))  # Slack shows ids with wide marks
    if exact is not None:
        return (exact,)
    found = find_carrier(said)
    if isinstance(found, Found):
        return (found.carrier,)
    likely = found.carriers if found is not None else ()
    key = bare(said)
    within = [row for row in CARRIERS.values() if len(key) > 2 and key in bare(row.name)]
    return tuple({row.id: row for row in (*likely, *within)}.values())


def _all_meant(said: str) -> tuple[Carrier, ...]:
    """Return the same to be looked at; one word that is a line's id and its brand's name too is asked about."""
    rows, found = meant(said), find_carrier(said)
    if len(rows) == 1 and said.isalnum() and isinstance(found, Maybe) and rows[0] in found.carriers:
        return found.carriers
    return rows


def _one(said: str) -> Carrier:
    rows = meant(said)
    if len(rows) != 1:
        known = ", ".join(row.id for row in rows[: entries.SHOWN_CHOICES])
        raise Refused("entry.several" if rows else "entry.unknown", given=said[:40], known=known)
    return rows[0]


def _by_id(said: str) -> Carrier:
    row = carrier(said.partition(" ")[0])
    if row is None:
        raise Refused("staff.form.stale")
    return row


async def _press_show(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    row = _by_id(heard.text)
    await reply.take()
    await _show_one(desk, reply, row)


async def _press_correct(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    row = _by_id(heard.text)
    await reply.take()
    await open_view(desk, heard, reply, entries.form(row))


async def _press_history(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    await _history(desk, heard, reply, _by_id(heard.text))


async def _press_undo(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Take back the correction that the button names, and no other."""
    row, note_id = _by_id(heard.text), heard.text.partition(" ")[2]
    await _undo(desk, heard, reply, row, note_id or "-")


_WAYS: dict[str, Callable[[SlackDesk, Heard, Reply, Carrier], Awaitable[None]]] = {
    "history": _history,
    "undo": _undo,
}
_PRESSES: dict[str, Callable[[SlackDesk, Heard, Reply], Awaitable[None]]] = {
    entries.SHOW: _press_show,
    entries.CORRECT: _press_correct,
    entries.HISTORY: _press_history,
    entries.UNDO: _press_undo,
}
