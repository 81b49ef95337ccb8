"""Where a customer's requests stand: one message that is edited in place, a button for each other request."""

import datetime
from collections.abc import Iterable

from domain.desk import approving, beside, closing, consent, expecting, pin_times, snapbacks, unread
from domain.desk.asking import go_on_with, name_of
from domain.desk.counting import counted
from domain.desk.days_told import window_in
from domain.desk.listing import newest_list
from domain.desk.on_paper import is_complete
from domain.desk.overdue import overdue_days
from domain.desk.signer_links import rows_of
from domain.desk.signing import has_bill, is_signed
from domain.desk.state import Brief
from domain.desk.told import told_of
from domain.desk.turn import Rows, Turn
from domain.desk.urgent import LATE
from domain.intake.about import carrier_name, class_of, is_someone_elses, show_numbers, signer_called
from domain.intake.choices import Choice
from domain.intake.lists import found_of, is_column_asked
from domain.intake.questions import next_question
from domain.intake.readings.abroad import ELSEWHERE, with_desk
from domain.intake.trial import failing, unverified
from domain.numbers import Phone, show
from domain.orders.agreed import agreed_of
from domain.orders.model import Case, Number
from domain.orders.phases import AT_CARRIER, MOVED, PHASES, is_ended, roll_up
from domain.orders.rejections.finding import codes_of
from domain.policy import Policy
from domain.wordkeys import ITEM, LINE, nested

_CUSTOMERS_TURN = ("intake", "rejected", "changes_requested", "awaiting_unlock", "csr_needed")
_UNDER_WAY = (*AT_CARRIER, "rejected")  # what the old service must not end during
_SAYS_KEEP = ("scheduled", "rerouting", "ported", "closed")  # what comes next says it already
EACH_ALONE = 5  # numbers of a request of which each has a line of its own; of more, those that stand alike have one
MOST_IN_LINE = 20  # numbers that one line names
MOST_LISTED = 10  # numbers of a request, and other requests, that one message shows


def is_over(brief: Brief) -> bool:
    """Tell whether nothing more happens to a request."""
    return is_ended(brief.status)


def has_missed(brief: Brief) -> bool:
    """Tell whether something may have become of a request that its customer was not told; surely not of a draft."""
    told = tuple(part.partition("|")[0] for part in (brief.told or "").split(";") if part)
    return brief.status != "intake" and not (is_over(brief) and roll_up(told) == brief.status)


def show_case(turn: Turn, message: str) -> None:
    """Show where the turn's request stands: in a fresh message, or by editing one."""
    case = turn.the_case()
    turn.show_status(status_params(case, turn), _rows(turn, case), message)


def status_params(case: Case, turn: Turn) -> dict[str, str]:
    """Return what the status message says: each number, since when, who has the ball, and what comes next."""
    known = _known(case)
    shown = _lines(case, turn.policy)
    phase = pressing_phase(phase for phase, _ in known)
    return {
        "ref": name_of(case.request),
        "carrier": carrier_name(case),
        "lines": LINE.join(shown) or _numberless(case, turn),
        "ball": nested(f"status.ball.{_ball(case, phase, turn)}"),
        "next": LINE.join(filter(None, _next_lines(case, phase, turn))),
        "signer": signer_called(case),
        "days": str(turn.policy.keep_days(class_of(case))),
        "keep_until": _keep_until(case, turn),
        "refused": show_numbers(_refused(case)),
        **consent.params_of(case, turn.policy),
        **approving.how_it_waits(turn, case),
    }


def _meanwhile(known: list[tuple[str, str]], phase: str) -> str:
    """Return what is to be left alone meanwhile, of numbers on their way of which `phase` matters most."""
    phases = {each for each, _ in known}
    if phase in _SAYS_KEEP or phases.isdisjoint(_UNDER_WAY):
        return ""
    return nested(
        "status.keep_dated" if "scheduled" in phases else "status.keep" if len(known) == 1 else "status.keep_all"
    )


def _lines(case: Case, policy: Policy) -> list[str]:
    """Return how many numbers stand where, and a line for each; of many one for those that stand alike."""
    known = _known(case)
    total = counted((phase for phase, _ in known), to_customer=True)
    groups: dict[tuple[str, ...], list[Number]] = {}
    for number, (phase, date) in zip(case.numbers, known, strict=True):
        alike = (
            phase,
            date,
            number.phase,
            str(number.window_start),
            _since(number, policy),
            beside.line_under(number, case),
        )
        groups.setdefault(alike if len(known) > EACH_ALONE else (number.e164,), []).append(number)
    told = dict(zip((number.id for number in case.numbers), known, strict=True))
    by = _urgency if len(known) > EACH_ALONE else (lambda _phase: (False, 0))
    sets = sorted(groups.values(), key=lambda numbers: by(told[numbers[0].id][0]))
    below = (beside.line_under(numbers[0], case) for numbers in sets)
    own = (_line(tuple(numbers), *told[numbers[0].id], policy) for numbers in sets)
    lines = [LINE.join(filter(None, each)) for each in zip(own, below, strict=True)]
    agreed, listed = agreed_of(case), sum(len(numbers) for numbers in sets[:MOST_LISTED])
    more = (agreed.count if agreed is not None else len(known)) - listed
    rest = nested("status.more", count=f"{more:,}") if more > 0 else ""
    return [each for each in (total, *lines[:MOST_LISTED], rest) if each]


def _refused(case: Case) -> tuple[str, ...]:
    """Return the numbers of which the customer knows that they were refused, where others were not."""
    known = zip(case.numbers, _known(case), strict=True)
    refused = tuple(number.e164 for number, (phase, _) in known if phase == "rejected")
    return refused if len(refused) < len(case.numbers) else ()


def _since(number: Number, policy: Policy) -> str:
    return number.since.astimezone(policy.desk_zone).date().isoformat()


def pressing_phase(phases: Iterable[str]) -> str:
    """Return the phase that matters most to the customer: a refusal, else where the last of the numbers stands."""
    each = sorted(phases, key=lambda phase: (phase != "rejected", PHASES[phase].terminal, PHASES[phase].order))
    return each[0] if each else "intake"


def _ball(case: Case, phase: str, turn: Turn) -> str:
    """Return who has to act: the desk, too, once a rejection is answered, or a day passed, or another has to sign."""
    if aside := beside.ball_of(case, phase, turn.moment.now):
        return aside
    is_overdue = phase in LATE and bool(overdue_days(case, turn.moment.now))
    is_awaited = _waits_for_signer(case, phase) or (phase == "awaiting_documents" and _waits_for_a_look(case))
    is_desks = is_overdue or _is_answered(case, phase) or is_awaited or _is_elsewhere(case)
    if phase == "ported" and unverified(case):
        return "desk" if failing(case) else "customer"
    if phase == "ported" and closing.lacking(case):
        return "desk"
    return "desk" if is_desks else PHASES[phase].ball


def _is_answered(case: Case, phase: str) -> bool:
    """Tell whether a rejection is answered; also once it went out again, while staff can still take that back."""
    return phase == "rejected" and (case.request.repaired is not None or case.phase in AT_CARRIER)


def _is_elsewhere(case: Case) -> bool:
    """Tell whether the request is nothing but numbers that we do not move and that the desk was given."""
    return not case.numbers and ELSEWHERE in case.answers


def _numberless(case: Case, turn: Turn) -> str:
    """Return what a request has that has no number yet: those that the desk was given, a list, or nothing."""
    if _is_elsewhere(case):
        return nested("status.elsewhere", numbers=LINE.join(f"• {line}" for line in with_desk(case)))
    found, newest = found_of(case), newest_list(turn)
    if found is not None:
        return nested("status.list_found", rows=f"{found.rows:,}", fine=f"{found.fine:,}")
    if is_column_asked(case):
        return nested("status.list_columns")
    is_read = newest is None or newest.status not in ("wanted", "kept")
    return nested("status.no_number" if is_read else "status.list_reading")


def _next_lines(case: Case, phase: str, turn: Turn) -> tuple[str, ...]:
    more: tuple[str, ...] = (
        pin_times.in_status(case, turn.policy),
        expecting.line_of(case, phase),
        _meanwhile(_known(case), phase),
    )
    if day := unread.unread(case):
        more += (nested("status.unread", date=day.isoformat(), weekday=nested(f"weekday.{day.weekday()}")),)
    return beside.next_of(case, phase, turn.moment.now) or _next(case, phase, turn), *more


def _next(case: Case, phase: str, turn: Turn) -> str:
    """Return what comes next as a wording key; of the papers only what is not here yet is named."""
    if _is_answered(case, phase):
        return nested("status.next_forward" if case.request.repaired == "forward" else "status.next_repaired")
    if phase == "awaiting_documents" and (by := _awaited_from(case)):
        return nested(f"status.next_{by}")
    if _is_elsewhere(case):
        return nested("status.next_elsewhere")
    if phase in LATE and overdue_days(case, turn.moment.now):
        return nested("status.next.overdue")
    if phase in MOVED:
        return _next_of_moved(case, phase)
    if phase == "awaiting_documents" and is_signed(case) != has_bill(turn):
        return nested("status.next_bill" if is_signed(case) else "status.next_signature")
    return nested(_next_usually(case, phase))


def _next_usually(case: Case, phase: str) -> str:
    """Return the wording key of what comes next in a phase: of one number, and of some of many, in their own words."""
    if phase == "scheduled" and len(case.numbers) == 1:
        return "status.next_scheduled_one"
    if phase == "returned" and snapbacks.standing(case) == snapbacks.BACK:
        return "status.next_gone_back"
    return "status.next_refused" if phase == "rejected" and _refused(case) else f"status.next.{phase}"


def _next_of_moved(case: Case, phase: str) -> str:
    """Return what comes after a move: what is to be tried, texting, and when it is closed what stays behind."""
    if phase == "closed":
        stays = closing.stays_there(case)
        more = nested("closing.stays", **stays) if stays else ""
        return LINE.join(filter(None, (nested("status.next.closed"), more)))
    if unverified(case):
        is_first = "trial_in" in unverified(case)
        return nested("status.next_first_call" if is_first else "status.next_untried")
    return nested("status.next_texting" if closing.lacking(case) else "status.next.ported")


def _waits_for_a_look(case: Case) -> bool:
    """Tell whether the desk has to look at a letter on paper, and the customer owes nothing beside it."""
    return is_complete(case) and case.answer("bill") != ("later",)


def _awaited_from(case: Case) -> str:
    """Return what the papers wait for that the customer does not owe; empty where it is theirs."""
    return "look" if _waits_for_a_look(case) else "signer" if _waits_for_signer(case, "awaiting_documents") else ""


def _waits_for_signer(case: Case, phase: str) -> bool:
    return phase == "awaiting_documents" and is_someone_elses(case) and case.answer("signature") is None


def _keep_until(case: Case, turn: Turn) -> str:
    """Return the day until which the old service is to be kept: after the later of date and completion."""
    day = closing.kept_until(case, turn.policy)
    return day.isoformat() if day is not None else "—"


def _known(case: Case) -> list[tuple[str, str]]:
    """Return phase and date of each number as the customer was told; staff can still take back what is newer."""
    told = told_of(case)
    if told:
        return [(told[n.id][0], told[n.id][1]) for n in case.numbers]
    return [(n.phase, n.port_date.isoformat() if n.port_date else "") for n in case.numbers]


def _urgency(phase: str) -> tuple[bool, int]:
    """Return by what the lines of many numbers are sorted: what waits for the customer, then what is furthest."""
    return PHASES[phase].ball != "customer", -PHASES[phase].order


def _line(numbers: tuple[Number, ...], phase: str, date: str, policy: Policy) -> str:
    """Return the line of numbers that stand alike; since when is said of what was told, not of what is newer."""
    number = numbers[0]
    shown = {"number": _named(numbers), "phase": nested(f"status.phase.{phase}")}
    shown |= {"date": date, "weekday": nested(f"weekday.{datetime.date.fromisoformat(date).weekday()}") if date else ""}
    if date and phase in MOVED:
        return nested("status.line_closed" if phase == "closed" else "status.line_moved", **shown)
    if phase != number.phase:
        is_dated = date and not is_ended(phase)
        return nested("status.line_date_only" if is_dated else "status.line_only", **shown)
    shown["since"] = _since(number, policy)
    if phase == "rejected" and (codes := codes_of(number.rejection)):
        return nested(
            "status.line_refused", reasons=ITEM.join(nested(f"rejection.short.{code}") for code in codes), **shown
        )
    if not date or is_ended(phase):
        return nested("status.line", **shown)
    if phase not in LATE or number.port_date is None or number.port_date.isoformat() != date:
        return nested("status.line_date", **shown)
    window = window_in((number,), policy)
    return nested("status.line_day_there" if window["there"] else "status.line_day", **shown, **window)


def _named(numbers: tuple[Number, ...]) -> str:
    """Return numbers that stand alike, each of them; of very many the first, and how many more."""
    shown = ", ".join(show(Phone(number.e164)) for number in numbers[:MOST_IN_LINE])
    more = len(numbers) - MOST_IN_LINE
    return f"{shown} (+{more:,})" if more > 0 else shown


def _rows(turn: Turn, case: Case) -> Rows:
    here = case.request.id
    look = tuple(
        (Choice("status", "button.status", {"ref": go_on_with(b).params["ref"], "form": f"{b.id}.0"}),)
        for b in turn.state.briefs[-MOST_LISTED:]
        if b.id != here and (b.e164 or b.status == "intake")
    )
    form = f"{here}.0"
    again = Choice("status", "button.refresh", {"form": form})
    phase = told_phase(case)
    explain = Choice(f"explain.{phase}", "button.explain", {"form": form})
    first = (again, explain) if phase != "intake" else (again,)
    return (
        *unread.rows(case),
        *_go(turn, case, form),
        first,
        *_more_deeds(turn, case, form),
        *rows_of(turn),
        *look,
        *approving.look_rows(turn),
    )


def _go(turn: Turn, case: Case, form: str) -> Rows:
    """Return the button by which the customer does what is asked of them, if anything is."""
    known = told_phase(case)
    question = next_question(case)
    if beside.owes_the_pin(case, known, turn.moment.now):
        return ((Choice("go", "button.answer_now", {"form": form}),),)
    if known in MOVED and beside.ball_of(case, known, turn.moment.now):
        return ()
    if question is not None and question.after:
        return ((Choice("go", "button.go_on_trial", {"form": form}),),)
    label = "button.go_on" if known == "intake" else "button.answer_now"
    is_theirs = known in _CUSTOMERS_TURN and not _is_answered(case, known)
    return ((Choice("go", label, {"form": form}),),) if is_theirs else ()


def _more_deeds(turn: Turn, case: Case, form: str) -> Rows:
    can_ring = told_phase(case) != "intake" and not is_ended(case.phase) and "destination" in case.answers
    is_owed = beside.owes_the_pin(case, told_phase(case), turn.moment.now)
    unset = pin_times.name_row(case) if is_owed else pin_times.rows_of_put_off(case, turn.moment.now)
    times = pin_times.change_rows(case) if pin_times.set_time(case) is not None else unset
    return (*times, *(((Choice("ring", "button.ring", {"form": form}),),) if can_ring else ()))


def told_phase(case: Case) -> str:
    """Return the phase that matters most of those that the customer was told; `intake` while there is no number."""
    return pressing_phase(phase for phase, _ in _known(case))
