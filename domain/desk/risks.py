"""What could do harm if it were done at once: it is asked about first, and so is what somebody else changed meanwhile.

Every button and form carries what the person saw, as a `Seen`. What is confirmed acts only on that very version.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from domain.desk.carrying import carriable
from domain.desk.closing import CLOSED_BY, unconfirmed
from domain.desk.cutoff import how_close
from domain.desk.dating import day_of, days_of
from domain.desk.keeping import Sheet
from domain.desk.on_paper import is_unseen, lies
from domain.desk.quoting import AGREED, quote_of
from domain.desk.refused import joins_anothers
from domain.desk.secrecy import is_account_number
from domain.desk.state import History
from domain.desk.stopping import KEEP
from domain.desk.telling import who_acts
from domain.desk.turn import Turn
from domain.desk.undoing import last_by
from domain.errors import DeskError
from domain.intake.questions import BY_ID
from domain.numbers import Phone, show
from domain.orders.model import Case, Number
from domain.orders.phases import PHASES
from domain.orders.rejections import codes_of, find_rejections
from domain.policy import Policy
from domain.wordkeys import ITEM, LINE, nested

SURE = "risk.sure"  # the action id of the button, and the callback id of the form, that confirms
LONGEST_ARGUMENT = 1500  # characters; a button carries 2,000 (docs.slack.dev/reference/block-kit, read 2026-11-21)
SHOWN_CHANGES = 8
SHOWN_NUMBERS = 5  # of each group of numbers that go the same way
_SEEN = re.compile(r"(?:^|\s)~(\d{1,9})\.([0-9a-f]{1,16})$")
_PHASE_CHANGES = (
    "check", "accept", "papers", "ask", "answer", "submit", "advance", "date", "lost", "complete", "reject", "cancel",
    "expire", "unlock", "end", "close",
)  # fmt: skip
MATTERS = frozenset(_PHASE_CHANGES) | {
    "answered", "edited", "assigned", "undone", "held", "hold_off", "number_dropped", "asked", "split", "joined",
}  # fmt: skip
"""What of the history makes a decision another one: phases, dates, answers, who has it; a note or a reply does not."""

UNMOVED = frozenset({"note", "reply", "takeover", "resume"})
"""Verbs that stand by themselves, whatever has changed meanwhile."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as somebody saw it: its version, and the newest line of its history (an id)."""

    version: int
    newest: int

    @property
    def mark(self) -> str:
        """Return it as a button or a form carries it, behind everything else."""
        return f"~{self.version}.{self.newest:x}"


def seen_in(sheet: Sheet) -> Seen:
    """Return what somebody sees who is shown a request."""
    return Seen(sheet.case.request.version, sheet.newest)


def split_seen(text: str) -> tuple[str, Seen | None]:
    """Return what a button or a form carries without what was seen, and that; None: it does not say."""
    found = _SEEN.search(text)
    if found is None:
        return text, None
    return text[: found.start()], Seen(int(found[1]), int(found[2], 16))


class Unsure(DeskError):  # noqa: N818 - reads as the answer it is
    """Something may have to be looked at once more: nothing was done. `again`: what a confirmation carries."""

    def __init__(self, code: str, again: str, /, **params: str) -> None:
        super().__init__(code, **params)
        self.again = again


class AskFirst(Unsure):
    """It may do harm, and is asked whether it shall be done."""


class Changed(Unsure):
    """Somebody else changed the request since it was seen. `again` is empty where it can't be done any more."""


class ChangedSince(DeskError):  # noqa: N818 - reads as the answer it is
    """The request is no longer what the person saw: nothing was done.

    `verb`: what was not done; `why`: what else speaks against it now; `ways`: what it would do to the numbers.
    """

    def __init__(self, ref: str, seen: Seen, verb: str, why: DeskError | None, ways: str = "") -> None:
        super().__init__("risk.changed_since", ref=ref)
        self.seen = seen
        self.verb = verb
        self.why = why
        self.ways = ways


def carried(ref: str, verb: str, argument: str, seen: Seen) -> str:
    """Return what a confirmation carries: the request, the verb with its argument, and the version asked about.

    Raises: Refused, where it would carry a secret.
    """
    return f"{ref} {verb} {carriable(verb, argument)[:LONGEST_ARGUMENT]} {seen.mark}"


def read_carried(text: str) -> tuple[str, str, str, Seen] | None:
    """Return reference, verb, argument and version of a confirmation; None for anything else."""
    plain, seen = split_seen(text)
    ref, _, rest = plain.partition(" ")
    verb, _, argument = rest.partition(" ")
    return (ref, verb, argument.strip(), seen) if verb and seen is not None else None


def is_stale(case: Case, verb: str, seen: Seen | None) -> bool:
    """Tell whether a request has changed since somebody saw it, as far as this verb minds."""
    return seen is not None and verb not in UNMOVED and seen.version != case.request.version


def check_harmless(turn: Turn, before: Case, verb: str, argument: str, *, is_typed: bool = False) -> None:
    """Raise AskFirst with what will happen to whom, where a verb that was tried could do harm without a second look.

    `is_typed`: by a command, with no card or form before it that says what it comes to.
    """
    params = outlook(turn, before, verb, argument, is_typed=is_typed)
    if not params["risk_why"]:
        return
    seen = Seen(before.request.version, turn.moment.new_id())  # ids follow time: what comes later has a higher one
    params = {"ref": before.request.ref, "risk_title": before.request.title or "", **params}
    code = "risk.ask" if params["risk_numbers"] else "risk.ask_plain"
    raise AskFirst(code, carried(before.request.ref, verb, argument, seen), **params)


def outlook(turn: Turn, before: Case, verb: str, argument: str = "", *, is_typed: bool) -> dict[str, str]:
    """Return what speaks for a second look at a verb that was tried, and what it does to the numbers; empty: nothing.

    `is_typed` as in `check_harmless`.
    """
    after, policy = turn.the_case(), turn.policy
    today = turn.moment.now.astimezone(policy.desk_zone).date()
    why = (
        *_reasons(verb, before, after, today, policy),
        *_of_begun(turn, before, verb),
        *_of_others(turn, before, verb, argument),
        *_of_orders(before, after),
        *_of_untried(before, after),
        *_of_unseen(verb, after),
    )
    if verb in ("cancel", "end") and is_typed and not why and (verb == "end" or _has_ended(before, after)):
        why = (nested("risk.ends_some" if before.others else "risk.ends"),)
    return {"risk_why": LINE.join(why), "risk_numbers": "" if verb == "undo" else ways(before, after)}


def told_by(since: ChangedSince, case: Case, rows: tuple[History, ...], again: str, policy: Policy) -> Changed:
    """Return what the later of two reads: who changed what since then, and what doing it anyway would mean.

    `again`: what a confirmation of it carries.
    """
    days = days_of(case)
    params = {
        "changed_lines": LINE.join(_told(row, policy) for row in rows[-SHOWN_CHANGES:]),
        "changed_phase": nested(f"phase.{case.phase}"),
        "changed_date": nested("risk.date_now", changed_day=days) if days else "",
        "risk_verb": nested(_LABELS.get(since.verb, f"staff.button.{since.verb}")),
        "risk_numbers": since.ways,
        "ref": case.request.ref,
    }
    why = since.why
    if why is None:
        return Changed(f"risk.changed+{'risk.still_numbers' if since.ways else 'risk.still'}", again, **params)
    again = again if isinstance(why, AskFirst) else ""
    return Changed(f"risk.changed+{_TOO.get(why.code, why.code)}", again, **{**params, **why.params})


_LABELS = {"reveal": "card.reveal"}  # of what is no verb, but is confirmed by a second person
_TOO = {"risk.ask": "risk.too", "risk.ask_plain": "risk.too_plain"}  # what is asked of a request that has changed too


def _reasons(verb: str, before: Case, after: Case, today: date, policy: Policy) -> Iterator[str]:
    """Yield what speaks for a second look, each as a sentence."""
    days = days_of(before)
    if verb == "complete" and any(n.port_date is not None and n.port_date > today for n in before.numbers):
        yield nested("risk.early", days=days)
    if verb == "advance" and any(_is_moved_early(new, today) for _, new in _pairs(before, after)):
        yield nested("risk.early_move", days=days)
    if verb == "cancel" and days and _has_ended(before, after):
        yield nested("risk.late_cancel", days=days, fee=f"{policy.currency}{policy.port_fee}")
    if verb == "cancel" and _has_ended(before, after) and _is_undecided(before):
        yield nested("risk.undecided")
    if verb in ("date", "lost", "reject") and _goes_back(before, after):
        yield nested(f"risk.back_{verb}", days=days or nested("risk.no_day"))
    is_noted = KEEP in before.answers and KEEP not in after.answers  # which changes no number
    if verb in _PHASE_CHANGES and len({n.phase for n in before.numbers}) > 1 and not is_noted:
        yield nested("risk.mixed")


def _of_begun(turn: Turn, before: Case, verb: str) -> Iterator[str]:
    """Yield what speaks against cancelling a move that has begun, or whose day has passed."""
    is_begun = how_close(before, turn.moment.now, turn.policy) == "cancel.begun"
    if verb == "cancel" and is_begun and _has_ended(before, turn.the_case()):
        yield nested("risk.begun_cancel", days=days_of(before) or nested("risk.no_day"))


def _of_orders(before: Case, after: Case) -> Iterator[str]:
    """Yield what speaks against an order number that ends like the account number: of that, no more is known here."""
    known = {order.carrier_order for order in before.orders}
    new = {order.carrier_order or "" for order in after.orders if order.carrier_order not in known}
    if any(is_account_number(each, before) for each in new):
        yield nested("risk.like_account")


def _of_untried(before: Case, after: Case) -> Iterator[str]:
    """Yield what the customer said not to work and was asked to try again, where the old service is to end now."""
    is_closed = after.answers.get(CLOSED_BY) not in (None, before.answers.get(CLOSED_BY))
    untried = tuple(nested(f"closing.staff.{each}") for each in unconfirmed(before)) if is_closed else ()
    if untried:
        yield nested("risk.untried", what=ITEM.join(untried))


def _of_unseen(verb: str, after: Case) -> Iterator[str]:
    """Yield what speaks against a letter on paper of which no copy is held here: nobody can be shown it."""
    if verb == "letter" and is_unseen(after):
        yield nested("risk.unseen", lies=lies(after))


def _has_ended(before: Case, after: Case) -> bool:
    """Tell whether numbers were cancelled: a question about the price, or a refusal passed on, ends nothing."""
    return any(new.phase == "cancelled" != old.phase for old, new in _pairs(before, after))


def _is_undecided(case: Case) -> bool:
    """Tell whether the customer was asked at what price it shall be stopped, and has not answered yet."""
    quote = quote_of(case)
    return quote is not None and quote.stands != AGREED


def _is_moved_early(number: Number, today: date) -> bool:
    return number.phase == "activating" and number.port_date is not None and number.port_date > today


def _of_others(turn: Turn, before: Case, verb: str, argument: str) -> Iterator[str]:
    """Yield what a colleague is doing, or did, that would be changed by this."""
    me, there, action = who_acts(turn), turn.state.chat.taken_by, turn.state.action
    if verb in ("takeover", "resume") and there not in (None, me):
        yield nested(f"risk.{verb}", who=there or "")
    if verb == "undo" and action is not None and last_by(action)[1] != me:
        what, by = last_by(action)
        yield nested("risk.undo", who=by, what=nested(f"staff.button.{what}"))
    if verb == "reject" and joins_anothers(turn, before) and action is not None:
        theirs, mine = ITEM.join(_reasons_of(before)), ITEM.join(_shorts(_codes_in(argument)))
        yield nested("risk.joined", who=action.staff, theirs=theirs, mine=mine)


def _reasons_of(case: Case) -> tuple[str, ...]:
    return _shorts(dict.fromkeys(code for number in case.numbers for code in codes_of(number.rejection)))


def _codes_in(argument: str) -> Iterable[str]:
    return (reason.code for reason in find_rejections(argument.partition(":")[0]))


def _shorts(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(nested(f"rejection.short.{code}") for code in codes)


def _goes_back(before: Case, after: Case) -> bool:
    """Tell whether a number with a date leaves it, or its move, behind."""
    late = (each for each in _pairs(before, after) if each[0].phase in ("scheduled", "activating"))
    return any(PHASES[new.phase].order < PHASES[old.phase].order for old, new in late)


def _pairs(before: Case, after: Case) -> list[tuple[Number, Number]]:
    moved = {number.id: number for number in after.numbers}
    return [(number, moved[number.id]) for number in before.numbers if number.id in moved]


def ways(before: Case, after: Case) -> str:
    """Return what happens to the numbers, as a parameter, those that go the same way together; empty: nothing."""
    groups: dict[tuple[str, str], list[Number]] = {}
    for old, new in _pairs(before, after):
        groups.setdefault(_way(old, new), []).append(old)
    return LINE.join(_named(groups))


def _way(old: Number, new: Number) -> tuple[str, str]:
    """Return where a number is and where it comes to: by its phase, or in the same one by its day."""
    if old.phase != new.phase:
        return nested(f"phase.{old.phase}"), nested(f"phase.{new.phase}")
    return _on_its_day(old), _on_its_day(new)


def _on_its_day(number: Number) -> str:
    return day_of(number.port_date) if number.port_date is not None else nested(f"phase.{number.phase}")


def _named(groups: dict[tuple[str, str], list[Number]]) -> Iterator[str]:
    for (before, after), numbers in groups.items():
        if before == after:
            continue
        shown = ", ".join(show(Phone(number.e164)) for number in numbers[:SHOWN_NUMBERS])
        more = f" +{len(numbers) - SHOWN_NUMBERS:,}" if len(numbers) > SHOWN_NUMBERS else ""
        yield nested("risk.number", numbers=f"{shown}{more}", before=before, after=after)


def changes_since(history: tuple[History, ...], seen: Seen, me: str, verb: str = "") -> tuple[History, ...]:
    """Return what others than `me` (a Slack user id) changed since then that matters, each once, oldest first.

    For a rejection (`verb`) one's own newer one matters, too: it would be replaced.
    """
    found: dict[tuple[str, str, str, str], History] = {}
    for row in history:
        is_mine = row.actor == f"staff:{me}"
        matters = row.what in MATTERS and (not is_mine or row.what == verb == "reject")
        if row.id > seen.newest and matters:
            found[(row.actor, row.what, row.field, row.detail)] = row
    return tuple(found.values())


def _told(row: History, policy: Policy) -> str:
    at = f"{row.at.astimezone(policy.desk_zone):%a %H:%M}"
    values = {"at": at, "what": nested(f"risk.change.{_kind(row)}"), "more": _more(row)}
    if row.actor.startswith("staff:"):
        return nested("risk.line_staff", who=row.actor.removeprefix("staff:"), **values)
    return nested("risk.line", by=nested("risk.by_customer" if _is_customer(row) else "risk.by_clock"), **values)


def _kind(row: History) -> str:
    if row.what == "date" and row.detail == "scheduled>scheduled":
        return "date"
    return "phase" if row.what in _PHASE_CHANGES and ">" in row.detail else row.what


def _more(row: History) -> str:
    """Return to which phase, or which answer; empty: there is no more to say."""
    if _kind(row) == "phase":
        return nested(f"phase.{row.detail.partition('>')[2]}")
    return nested(f"staff.answer.{row.field}") if row.field in BY_ID else ""


def _is_customer(row: History) -> bool:
    return row.actor == "customer" or row.actor.startswith("colleague:")
