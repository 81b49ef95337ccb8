"""What staff do to carriers' entries: each a turn of the desk itself, told in its channel, with a line of history."""

from domain.carriers import Carrier, Note
from domain.carriers.corrections import Correction
from domain.desk.state import Changes, Moment, State, Told
from domain.desk.turn import Turn
from domain.errors import Conflict
from domain.policy import Policy
from domain.values import replace
from domain.wordkeys import nested


def correct(state: State, moment: Moment, staff: str, row: Carrier, wish: Correction, policy: Policy) -> Changes:
    """Lay a correction over an entry; the day it was checked is today, as the desk has it."""
    turn = Turn(state, moment, f"staff:{staff}", policy)
    checked = moment.now.astimezone(policy.desk_zone).date()
    said = (wish.field, wish.text, wish.source, checked, wish.doubtful)
    note = Note(moment.new_id(), row.id, *said, staff, moment.now)
    turn.note("carrier_corrected", detail=f"{row.id} {wish.field}")
    told = {**_named(row, wish.field), "text": wish.text, "source": wish.source, "staff": staff}
    turn.post_to_desk("desk.carrier", told)
    turn.told = Told("entry.corrected", told)
    return replace(turn.changes(), carrier_notes=(note,))


def withdraw(state: State, moment: Moment, staff: str, row: Carrier, note: Note) -> Changes:
    """Take a correction back: what stood before it stands again. Raises Conflict when that was done already.

    It counts as it is in the turn: somebody else may have withdrawn it since it was read.
    """
    turn = Turn(state, moment, f"staff:{staff}")
    note = state.carrier_note or note
    if not note.stands:
        field = nested(f"entry.field.{note.field}")
        raise Conflict("entry.withdrawn_before", carrier=row.name, field=field, staff=note.withdrawn_by or "—")
    turn.note("carrier_withdrawn", detail=f"{row.id} {note.field}")
    told = {**_named(row, note.field), "text": note.text, "staff": staff}
    turn.post_to_desk("desk.carrier_withdrawn", told)
    turn.told = Told("entry.withdrawn", told)
    return replace(turn.changes(), carrier_notes=(replace(note, withdrawn_at=moment.now, withdrawn_by=staff),))


def _named(row: Carrier, field: str) -> dict[str, str]:
    return {"carrier": row.name, "id": row.id, "field": nested(f"entry.field.{field}")}
