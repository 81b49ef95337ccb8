"""What comes of time passing: customers are told what staff did, drafts are recalled and at last given up."""

from collections.abc import Callable
from datetime import timedelta

from domain.desk import (
    ages,
    appointing,
    calendars,
    closing,
    colleagues,
    consent,
    days_told,
    desk_links,
    editing,
    expecting,
    forgetting,
    holding,
    hours,
    letter_seals,
    letters,
    moving_day,
    noticing,
    overdue,
    parts,
    phoning,
    pin_age,
    quoting,
    short_notice,
    signer_links,
    signing,
    signing_chat,
    silence,
    snapbacks,
    snoozing,
    stopping,
    takeover,
    texting,
    trying,
)
from domain.desk.asking import ask, name_of
from domain.desk.cutoff import was_close
from domain.desk.listing import let_go
from domain.desk.refused import told_beside, told_params
from domain.desk.standing import show_case
from domain.desk.state import Changes, Due, Moment, State
from domain.desk.stepping import ENDS
from domain.desk.told import EDITED, is_joined
from domain.desk.turn import Turn
from domain.desk.undoing import ASIDE, REFRESH, is_last
from domain.desk.urgent import has_lost_service
from domain.intake import texts
from domain.intake.about import carrier_name, class_of, show_moving, signer_called
from domain.intake.questions import Question, next_question
from domain.orders.model import Case, in_phase
from domain.orders.phases import is_ended
from domain.policy import Policy
from domain.promises.notices import DEADLINES, DRAFT_REMINDERS, NOTICES, OVERDUE, SILENT
from domain.values import replace
from domain.wordkeys import nested

_UNTOLD = frozenset(
    {EDITED, quoting.DENIED, letters.NOTED}
)  # what the customer has to be told beside where numbers stand
_LOOKS_AGAIN = timedelta(days=1)  # after which a rule that rests while a request is held is looked at again


def fire(state: State, moment: Moment, due: Due, policy: Policy) -> Changes:
    """Decide one due rule about a request."""
    turn = Turn(state, moment, "clock", policy)
    turn.end_due(due.rule, due.subject)
    rests = due.rule in holding.RESTING and turn.case is not None
    if rests and turn.case is not None and (holding.is_held(turn.case) or turn.chat.taken_by is not None):
        turn.set_due(due.rule, due.subject, due.version, moment.now + _LOOKS_AGAIN)
    elif turn.case is not None:
        _RULES.get(due.rule.partition(":")[0], _unknown)(turn, due, policy)  # behind the colon: whose wish it is
        letter_seals.follow(turn)
        signer_links.follow(turn)
        appointing.follow(turn)
    return turn.changes()


def _undo_is_over(turn: Turn, _due: Due, policy: Policy) -> None:
    """Tell the customer what staff did, and show staff a card that no longer offers to take it back.

    What brought the clock here may be another wish than theirs: what can still be taken back is waited for.
    """
    action, case = turn.state.action, turn.the_case()
    if action is not None and action.verb not in ASIDE and is_last(case, action):
        until = action.at + policy.undo
        if turn.moment.now < until:
            turn.set_due("tell", case.request.id, turn.moment.new_id(), until)
            return
    if action is not None:
        turn.refresh_card()
    tell(turn, policy)


def _refresh(turn: Turn, _due: Due, _policy: Policy) -> None:
    """Show staff a card that no longer offers to take back what they settled among themselves."""
    turn.refresh_card()


def tell(turn: Turn, policy: Policy) -> None:
    """Tell the customer how the numbers stand now, unless they know, and what staff corrected of their answers.

    A question that staff opened is asked with it.
    """
    pin_age.use_up(turn)
    if is_joined(turn.the_case()) or parts.has_no_words(turn.the_case()):
        signing.mark_told(turn)  # in which order a number travels alone is no news
    case = turn.the_case()
    known = case.request.told == signing.fingerprint(case) or case.phase == "intake"
    question = next_question(case)
    is_asked = question is not None and turn.chat.focus == case.request.id and turn.chat.asked == question.id
    is_asked = is_asked and not _has_new_reason(turn)
    quoting.put(turn)  # in place of what is tried after a move, which is not put over it at once
    if known and _UNTOLD.isdisjoint(case.answers) and (question is None or is_asked):
        return
    if is_ended(case.phase):
        turn.shred("pin", "account")
        forgetting.leave_caller(turn)
    if not turn.chat.blocked:  # else told when the bot is let in again
        trying.begin(turn)
        _say_how_it_stands(turn, policy, question or turn.following(), known=known)


def _say_how_it_stands(turn: Turn, policy: Policy, question: Question | None, *, known: bool) -> None:
    """Say what is new: to a chat that is busy elsewhere with a button that leads to the open question."""
    case = turn.the_case()
    denied, due, stopped = stopping.take_untold(turn)
    edited, lines = editing.take_untold(turn)
    beside = "+".join(part for part in (denied, edited, letters.take_untold(turn)) if part)
    notice = "" if known and beside else _notice(turn, known=known)
    key = "+".join(part for part in (beside, notice, due) if part)
    if not key:  # what was corrected matters no more
        return
    soon = None if known else short_notice.soon_of(turn)
    signing.mark_told(turn)
    apart = parts.params_of(case, policy) if parts.go_apart(case) else {}
    params = {**notice_params(case, policy), "signer": signer_called(case), **lines, **apart, **stopped}
    noticing.put(turn, key, params, question, soon, known=known)
    calendars.keep_current(turn)  # behind the news of its day
    if not known or beside:
        turn.mail(key, params)
    if not known:
        show_case(turn, "last")


def _notice(turn: Turn, *, known: bool) -> str:
    """Return the notice of where the request stands; of an answer that staff asked for again, with why."""
    case, is_asked_again = turn.the_case(), _is_asked_again(turn)
    if known:
        return "notice.asked_again" if is_asked_again else "notice.question"
    if parts.go_apart(case):
        adds = ("notice.and_asked",) if is_asked_again and case.request.note is not None else ()
        return "+".join((parts.key_of(case), *told_beside(case), *adds))
    return _of_all(case, turn.policy, is_asked_again=is_asked_again)


def _of_all(case: Case, policy: Policy, *, is_asked_again: bool) -> str:
    """Return the notice of numbers that all stand in the same phase."""
    if case.phase == "rejected":
        adds = "+notice.and_asked" if is_asked_again and case.request.note is not None else ""
        return "+".join((NOTICES["rejected"], *told_beside(case))) + adds
    if case.phase == "cancelled":
        return _of_the_cancelled(case, policy)
    if case.phase == "changes_requested" and letters.is_wanted_anew(case):
        return "notice.sign_anew_by" if case.request.note is None else "notice.sign_anew_by+notice.because"
    if case.phase in ENDS and case.request.note is not None:
        return f"{NOTICES[case.phase]}+notice.because"
    if case.phase == "returned" and snapbacks.standing(case) == snapbacks.BACK:
        return "notice.gone_back"
    return f"{days_told.notice_of(case)}{expecting.told_beside(case)}"


def _of_the_cancelled(case: Case, policy: Policy) -> str:
    """Return the notice of a cancellation, which promises a number only where it surely stays."""
    if has_lost_service(case):
        return "notice.cancelled_lost"
    return "notice.cancelled_late" if was_close(case, policy) else NOTICES["cancelled"]


def _is_asked_again(turn: Turn) -> bool:
    """Tell whether staff asked for something last that is still open."""
    action = turn.state.action
    is_last = action is not None and action.verb == "ask" and not action.undone
    return is_last and any(given.reopened for given in turn.the_case().answers.values())


def _has_new_reason(turn: Turn) -> bool:
    """Tell whether staff asked last for another reason than before: it is told though its question was put already."""
    action, request = turn.state.action, turn.the_case().request
    is_newest = action is not None and action.version == request.version  # else an older one, told long ago
    return is_newest and action is not None and request.note not in (None, action.note) and _is_asked_again(turn)


def notice_params(case: Case, policy: Policy) -> dict[str, str]:
    """Return what notices say of a request: reference, numbers, date, window, carrier, rejection."""
    number = case.numbers[0]
    return {
        "ref": name_of(case.request),
        "carrier": carrier_name(case),
        "date": number.port_date.isoformat() if number.port_date else "",
        "weekday": nested(f"weekday.{number.port_date.weekday()}") if number.port_date else "",
        "date_before": days_told.told_day(number, case),
        "window": days_told.when_of(case.numbers, policy),
        **consent.params_of(case, policy),
        "days": str(policy.keep_days(class_of(case))),
        "why": case.request.note or nested("notice.no_reason"),
        **told_params(case),
        **expecting.params_of(case),
        "texts": nested("notice.texts_follow") if texts.wants_texts(case) else "",
    }


def _resume(turn: Turn, _due: Due, _policy: Policy) -> None:
    case = turn.the_case()
    if is_ended(case.phase) and turn.following() is None:
        show_case(turn, "")
        return
    turn.chat = replace(turn.chat, focus=case.request.id, asked=None)
    key = "resume.now" if case.numbers else "resume.without_number"
    ask(turn, key, {"ref": name_of(case.request), "number": show_moving(case)})


def _status(turn: Turn, due: Due, _policy: Policy) -> None:
    """Show a request in the message that was pressed; `version` 0: in a fresh one."""
    show_case(turn, str(due.version) if due.version else "")


def _ask_late(turn: Turn, due: Due, _policy: Policy) -> None:
    """Put a question that a customer took up by a button."""
    case = turn.the_case()
    if is_ended(case.phase):
        return
    turn.chat = replace(turn.chat, focus=case.request.id, asked=None)
    turn.want({"ring": "destination"}.get(due.rule, due.rule))
    now = "title.now" if case.request.title else "title.none"
    ask(turn, "change.now" if due.rule == "ring" else now, {"title": case.request.title or ""})


def _delete(turn: Turn, _due: Due, _policy: Policy) -> None:
    forgetting.sure_to_delete(turn)


def _forget(turn: Turn, _due: Due, policy: Policy) -> None:
    forgetting.forget(turn, policy)


def _forget_chat(turn: Turn, due: Due, _policy: Policy) -> None:
    forgetting.forget_chat(turn, due)


def _retire(turn: Turn, _due: Due, _policy: Policy) -> None:
    forgetting.retire(turn)


def _draft(turn: Turn, due: Due, _policy: Policy) -> None:
    """Recall an unfinished request a day after the last word, three times at most; then leave it to expire."""
    case = turn.the_case()
    if case.phase != "intake":
        return
    if turn.chat.focus != case.request.id:  # the chat is about another request: no word, but no endless draft either
        turn.set_due("expire", due.subject, due.version, case.request.changed_at + DEADLINES["expire"](turn.policy))
        return
    quiet_until = case.request.changed_at + DEADLINES["draft"](turn.policy)
    if quiet_until > turn.moment.now:
        turn.set_due("draft", due.subject, due.version, quiet_until)
        return
    ask(turn, "reminder.draft", {"ref": name_of(case.request)})
    last = due.version >= DRAFT_REMINDERS
    rule = "expire" if last else "draft"
    turn.set_due(rule, due.subject, due.version + 1, turn.moment.now + DEADLINES[rule](turn.policy))


def _expire(turn: Turn, due: Due, _policy: Policy) -> None:
    case = turn.the_case()
    if case.phase != "intake":
        return
    quiet_until = case.request.changed_at + DEADLINES["expire"](turn.policy)
    if quiet_until > turn.moment.now:
        turn.set_due("expire", due.subject, due.version, quiet_until)
        return
    signing.let_end(turn)
    let_go(turn)
    for number in in_phase(turn.the_case(), "intake"):
        turn.move(number, "expire", "expired", "clock")
    if not turn.chat.blocked:
        signing.mark_told(turn)
    if signing.has_card(case):
        turn.refresh_card()
    signing.end_request(turn)
    forgetting.leave_caller(turn)
    turn.say("notice.expired", {"ref": name_of(case.request)}, paced=True)


def _consent(turn: Turn, _due: Due, policy: Policy) -> None:
    """Remind of the YES to a carrier's text; once it is too late, tell that the carrier refuses without it."""
    if consent.look(turn):
        tell(turn, policy)


def _unknown(turn: Turn, due: Due, _policy: Policy) -> None:
    """Let go of a rule that a newer or older release knew."""
    turn.note("unknown_rule", detail=due.rule)


_RULES: dict[str, Callable[[Turn, Due, Policy], None]] = {
    "tell": _undo_is_over,
    REFRESH: _refresh,
    snoozing.RULE: snoozing.come_back,
    "resume": _resume,
    "status": _status,
    "ring": _ask_late,
    "title": _ask_late,
    "delete": _delete,
    "forget": _forget,
    "forget_chat": _forget_chat,
    forgetting.CALLER: forgetting.forget_caller,
    "retire": _retire,
    "draft": _draft,
    "expire": _expire,
    **colleagues.RULES,
    **phoning.RULES,
    **signing_chat.RULES,
    **desk_links.RULES,
    OVERDUE: overdue.remind,
    ages.RULE: ages.warn,
    short_notice.SEEN: short_notice.take,
    short_notice.RULE: short_notice.miss,
    moving_day.RULE: moving_day.remind,
    trying.RULE: trying.again,
    trying.MENDED_RULE: trying.mended,
    texting.RULE: texting.look,
    pin_age.RULE: pin_age.look,
    **appointing.RULES,
    closing.RULE: closing.end,
    expecting.RULE: expecting.longer,
    **stopping.RULES,
    SILENT: silence.notice,
    consent.RULE: _consent,
    hours.NUDGE: hours.remind,
    hours.CLOSED: hours.tell_when_open,
    takeover.RULE: takeover.end,
}

RULES: tuple[str, ...] = (*_RULES, "digest", moving_day.MORNING)
