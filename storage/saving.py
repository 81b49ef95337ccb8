"""What decisions changed, gathered for a whole group of turns and written with one statement for each table."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.carriers import TABLE, Book
from domain.companies import Company, Invite, Member
from domain.desk.roles import Grant
from domain.desk.state import Answer, Case, Changes, Chat, History, Owed, Request, State
from storage.erasing import ERASING, erasing_rows
from storage.ids import Ids
from storage.links import signature
from storage.loading import DESK, Run
from storage.rows import (
    Line,
    Tongue,
    action_row,
    answer_row,
    chat_row,
    company_row,
    due_row,
    errand_row,
    held_row,
    history_row,
    invite_row,
    member_row,
    note_row,
    number_row,
    order_row,
    owed_row,
    paper_row,
    request_row,
)
from storage.staff import grant_row, preference_row, wish_row
from storage.statements import Statements
from storage.steps import step_of_chat, step_of_request
from storage.times import to_micros
from storage.vault import Vault

# Parents before children, and what goes before what comes: a replaced due row is dropped first. What is to be
# forgotten goes last, so that nothing of the same turn stays.
_ORDER = (
    "hear", "keep_chat", "step_chat", "keep_company", "keep_invite", "keep_member",
    "keep_request", "step_request", "keep_order", "drop_number", "keep_number", "drop_order", "keep_paper",
    "keep_action", "drop_answer", "drop_secret", "keep_answer", "keep_secret",
    "add_history", "add_words", "add_unsealed",
    "drop_held", "keep_held", "keep_carrier_note",
    "drop_staff_role", "keep_staff_role", "keep_staff_wish", "keep_focus", "keep_preferences",
    "drop_due", "keep_due", "drop_errand", "add_errand", "let_go", "add_owed", *ERASING,
)  # fmt: skip


@dataclass(slots=True)
class Tools:
    """What every turn needs: the database's statements and tongue, keys, ids, clock, and this process's name."""

    statements: Statements
    tongue: Tongue
    vault: Vault
    ids: Ids
    now: Callable[[], datetime]
    owner: int
    lease: timedelta
    book: Book = TABLE  # carriers as staff corrected them, read anew now and then
    paced_at: datetime | None = None  # when it was last counted what moves took
    grants: tuple[Grant, ...] = ()  # roles given to staff, read anew now and then
    listening: bool = False  # whether anybody takes rows that are born leased


class Batch:
    """The rows of a group of turns, by statement."""

    def __init__(self, tools: Tools, now: datetime) -> None:
        self._tools = tools
        self._now = now
        self._at = tools.tongue.put(now)
        self._rows: defaultdict[str, list[Line]] = defaultdict(list)
        self._owed: list[Owed] = []

    def hear(self, event_id: str) -> None:
        """Remember the event."""
        self._rows["hear"].append((event_id, self._at))

    def add(self, changes: Changes, state: State, *, is_new: bool) -> None:
        """Gather everything of one decision on a state; `is_new`: its chat has no row yet."""
        self._add_chat(changes.chat, state.chat, is_new=is_new)
        self._add_case(changes, state.case)
        self._add_inventory(changes)
        self._add_staff(changes)
        if changes.carrier_notes:
            self._rows["keep_carrier_note"] += [note_row(note, self._tools.tongue) for note in changes.carrier_notes]
        for each in changes.companies:
            self._add_company(each)
        request = _request_id(changes, state)
        self._add_drops(changes, request)
        for answer in changes.answers:
            self._add_answer(answer)
        self._add_history(changes)
        self._add_future(changes)
        for erase in changes.erase:
            for name, row in erasing_rows(erase, self._at):
                self._rows[name].append(row)
        self._owed += changes.owed

    def owe(self, owed: tuple[Owed, ...]) -> None:
        """Gather owed messages that no decision owed."""
        self._owed += owed

    def _add_chat(self, after: Chat | None, before: Chat, *, is_new: bool) -> None:
        """Gather a chat that changed, or that has no row yet; the desk itself has none."""
        if after is None:
            if is_new and before.id != DESK:
                self._rows["keep_chat"].append(chat_row(before, self._tools.tongue))
            return
        step = None if is_new else step_of_chat(before, after)
        if step is None:
            self._rows["keep_chat"].append(chat_row(after, self._tools.tongue))
        else:
            self._rows["step_chat"].append(step)

    def _add_request(self, request: Request, before: Request | None) -> None:
        t = self._tools.tongue
        step = None if before is None else step_of_request(before, request, t)
        if step is None:
            self._rows["keep_request"].append(request_row(request, t))
        else:
            self._rows["step_request"].append(step)

    def _add_case(self, changes: Changes, before: Case | None) -> None:
        rows, t = self._rows, self._tools.tongue
        if changes.request is not None:
            self._add_request(changes.request, None if before is None else before.request)
        orders = [order_row(o, t) for o in changes.orders if before is None or o not in before.orders]
        if orders:
            rows["keep_order"] += orders
        if changes.numbers:
            rows["keep_number"] += [number_row(number, t) for number in changes.numbers]
        if changes.papers:
            rows["keep_paper"] += [paper_row(paper, t) for paper in changes.papers]
        if changes.action is not None:
            rows["keep_action"].append(action_row(changes.action, t))

    def _add_company(self, row: Company | Member | Invite) -> None:
        rows, t = self._rows, self._tools.tongue
        if isinstance(row, Company):
            rows["keep_company"].append(company_row(row, t))
        elif isinstance(row, Member):
            rows["keep_member"].append(member_row(row, t))
        else:
            rows["keep_invite"].append(invite_row(row, t))

    def _add_inventory(self, changes: Changes) -> None:
        if changes.held:
            self._rows["keep_held"] += [held_row(held, self._at) for held in changes.held]
        if changes.freed:
            self._rows["drop_held"] += [(e164,) for e164 in changes.freed]

    def _add_staff(self, changes: Changes) -> None:
        rows, t = self._rows, self._tools.tongue
        if changes.revoked:
            rows["drop_staff_role"] += [(subject,) for subject in changes.revoked]
        if changes.grants:
            rows["keep_staff_role"] += [grant_row(grant, t) for grant in changes.grants]
        if changes.wishes:
            rows["keep_staff_wish"] += [wish_row(wish, t) for wish in changes.wishes]
        if changes.focus:
            rows["keep_focus"] += changes.focus
        if changes.let_go:
            rows["let_go"] += [(owed,) for owed in changes.let_go]
        if changes.preferences:
            rows["keep_preferences"] += [preference_row(member) for member in changes.preferences]

    def _add_drops(self, changes: Changes, request: int | None) -> None:
        if changes.dropped_numbers:
            self._rows["drop_number"] += [(number, request) for number in changes.dropped_numbers]
        if changes.dropped_orders:
            self._rows["drop_order"] += [(order, request) for order in changes.dropped_orders]
        if changes.dropped:
            self._rows["drop_answer"] += [(request, question) for question in changes.dropped]
        gone = changes.dropped + changes.shred
        if gone:
            self._rows["drop_secret"] += [(request, question) for question in gone]

    def _add_answer(self, answer: Answer) -> None:
        self._rows["keep_answer"].append(answer_row(answer, self._tools.tongue))
        if answer.secret is not None:
            row = f"{answer.request_id}:{answer.question}"
            sealed = self._tools.vault.seal(answer.secret.plain.encode(), "secret", "sealed", row)
            self._rows["keep_secret"].append((answer.request_id, answer.question, sealed))

    def _add_history(self, changes: Changes) -> None:
        for entry in changes.history:
            digest = self._digest(entry, changes) if entry.field else ""
            row = history_row(entry, digest, self._tools.tongue)
            self._rows["add_history"].append(row)
            self._sign(row, entry)
            if entry.words is not None:
                self._rows["add_words"].append((entry.id, entry.words))

    def _sign(self, row: Line, entry: History) -> None:
        vault = self._tools.vault
        signed = signature(vault, (*row[:5], to_micros(entry.at), *row[6:]), vault.signer)
        self._rows["add_unsealed"].append((entry.id, vault.signer, signed))

    def _digest(self, entry: History, changes: Changes) -> str:
        if entry.value:
            return self._tools.vault.digest(entry.field, entry.value)
        answer = next((a for a in changes.answers if a.question == entry.field), None)
        if answer is None:
            return ""
        value = "\x1f".join(answer.value) if answer.secret is None else answer.secret.plain
        return self._tools.vault.digest(entry.field, value)

    def _add_future(self, changes: Changes) -> None:
        rows, t = self._rows, self._tools.tongue
        if changes.done_due:
            rows["drop_due"] += changes.done_due
        if changes.due:
            rows["keep_due"] += [due_row(due, t) for due in changes.due]
        if changes.done_errands:
            rows["drop_errand"] += [(errand,) for errand in changes.done_errands]
        if changes.errands:
            rows["add_errand"] += [errand_row(errand, t) for errand in changes.errands]

    def write(self, run: Run) -> tuple[Owed, ...]:
        """Write everything; returns the owed rows that are leased to this process, in the order owed."""
        leased = self._write_owed(run) if self._owed else []
        statements = self._tools.statements
        written = [(getattr(statements, name), self._rows[name]) for name in _ORDER if name in self._rows]
        added = run.writes(written)
        return tuple(leased if added is None else [owed for owed in leased if owed.id in added])

    def _write_owed(self, run: Run) -> list[Owed]:
        """Add rows of what is not owed yet, and return those born leased.

        A lane with open rows that this process does not hold gets a free row, which waits its turn to be claimed.
        """
        tools = self._tools
        s, t = tools.statements, tools.tongue
        lanes = t.listed([owed.lane for owed in self._owed])
        before, open_lanes = run.reads(
            [(s.owed_before, (t.listed([o.once for o in self._owed]),)), (s.open_lanes, (lanes, tools.owner))]
        )
        known = {row[0] for row in before}
        others = {row[0] for row in open_lanes}
        until = t.put(self._now + tools.lease)
        leased = []
        for owed in self._owed:
            if owed.once in known:
                continue
            known.add(owed.once)
            mine = tools.listening and owed.lane not in others
            self._rows["add_owed"].append(owed_row(owed, self._at, tools.owner if mine else None, until))
            if mine:
                leased.append(owed)
        return leased


def _request_id(changes: Changes, state: State) -> int | None:
    """Return the request whose answers and numbers may be dropped."""
    if changes.request is not None:
        return changes.request.id
    return None if state.case is None else state.case.request.id
