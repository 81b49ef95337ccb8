"""What staff do to a request: one decision a verb, told to the customer only when it can no longer be taken back."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from domain.desk import (
    assigning,
    closing,
    consent,
    desk_links,
    editing,
    eligibility,
    ending,
    eyes,
    gates,
    holding,
    hours,
    leaving,
    letter_seals,
    letters,
    mending,
    moving_day,
    noting,
    only,
    rejecting,
    risks,
    routing,
    sending_back,
    silence,
    snoozing,
    splitting,
    stopping,
    submitting,
    takeover,
    texting,
    verifying,
    way_back,
)
from domain.desk.cancel_said import KEPT
from domain.desk.dating import day_of as day_of
from domain.desk.dating import set_date
from domain.desk.listing import settle_moved
from domain.desk.losing import lose_date
from domain.desk.on_paper import TAKEN, UNSEEN
from domain.desk.owing import Rows
from domain.desk.papers import OPEN
from domain.desk.refused import before_correction, refused_alone
from domain.desk.replying import reply
from domain.desk.restored import told_of_undo
from domain.desk.roles import Role, Wish, require
from domain.desk.secrecy import unsaid
from domain.desk.state import Action, Changes, Moment, State, Told
from domain.desk.stepping import fits, goals_of, impossible, is_phase, move_all, step_to
from domain.desk.stepping import goal_of as goal_of
from domain.desk.stepping import open_to as open_to
from domain.desk.telling import done as _done
from domain.desk.telling import who_acts
from domain.desk.turn import Turn
from domain.desk.undoing import ASIDE, put_over, remember, remember_entries, settle, take_back
from domain.errors import GIVEN, DeskError, Refused
from domain.intake.choices import Choice
from domain.numbers.inventory import TRACKING, Held
from domain.orders.model import Case, Number
from domain.orders.phases import MOVED, is_ended
from domain.policy import Policy
from domain.values import replace
from domain.wordkeys import ITEM, nested


@dataclass(frozen=True, slots=True)
class Order:
    """What one of the staff wants: the verb and its argument as written (empty: none). `staff` is a Slack user id.

    `role` is theirs; `is_alone` and `confirmed` as in `eyes.Actor`. `seen`: the request as they saw it, where they
    pressed or handed in something; `is_sure`: they confirmed it on that very version.
    """

    staff: str
    verb: str
    argument: str = ""
    role: Role = Role.AGENT
    is_alone: bool = False
    confirmed: Wish | None = None
    seen: risks.Seen | None = None
    is_sure: bool = False


def act(state: State, moment: Moment, wish: Order, policy: Policy) -> Changes:
    """Decide one staff verb on a request.

    Raises DeskError (`Refused`, `Conflict`) with the sentence for staff when it cannot be; `AskFirst` when it could do
    harm and nobody confirmed it; `ChangedSince` when the request is not what they saw. Nothing is changed then.
    """
    return acted(state, moment, wish, policy).changes()


def acted(state: State, moment: Moment, wish: Order, policy: Policy) -> Turn:
    """Return the turn in which a verb was done; see `act`."""
    turn = Turn(state, moment, f"staff:{wish.staff}", policy)
    case = turn.the_case()
    require(wish.role, Role.AGENT)
    seen = wish.seen if risks.is_stale(case, wish.verb, wish.seen) else None
    try:
        _act(turn, case, wish if seen is None else dataclasses.replace(wish, is_sure=False), policy)
    except DeskError as refused:
        if GIVEN in refused.params:
            refused.params[GIVEN] = unsaid(refused.params[GIVEN], wish.argument, case)
        if seen is not None:
            raise risks.ChangedSince(case.request.ref, seen, wish.verb, refused) from refused
        raise
    if seen is not None:
        raise risks.ChangedSince(case.request.ref, seen, wish.verb, None, risks.ways(case, turn.the_case()))
    letter_seals.follow(turn)
    return turn


def _act(turn: Turn, case: Case, wish: Order, policy: Policy) -> None:
    before = remember(case, turn.moment, wish.staff, wish.verb)
    actor = eyes.Actor(wish.staff, wish.role, wish.is_alone, wish.confirmed)
    holding.check(case, wish.verb)
    look = Turn(turn.state, turn.moment, turn.actor, policy)
    about = refused_alone(case, wish.verb, only.read_only(case, wish.verb, wish.argument))
    case = _narrowed(about, look, turn)
    argument, may_go = eyes.look_at(turn, wish.verb, about.rest, actor)
    if not may_go:
        _decide(look, case, wish, argument)  # raises what forbids it, and asks first
        happens = Told("eyes.happens", risks.outlook(look, case, wish.verb, argument, is_typed=True))
        eyes.keep(turn, eyes.watched(wish.verb, case, argument), f"{about.said} {argument}".strip(), actor, happens)
        turn.widen()
        return
    turn.focus.append((wish.staff, case.request.id))
    _decide(turn, case, wish, argument)
    turn.widen()
    _repair(turn, case.whole, wish.verb)
    if turn.told is None or turn.told.error:
        return
    _remember(turn, case, wish, before)
    moving_day.follow(turn, wish.verb)
    _watch(turn, before)
    turn.refresh_card()
    hours.acted(turn, wish.verb)
    if wish.verb != "reply":  # which has a post of its own
        _post(turn, turn.told, wish, about)
    if wish.verb == "reject":
        rejecting.post_beside(turn, case.numbers)


def _repair(turn: Turn, before: Case, verb: str) -> None:
    """Let the repair of a rejection follow numbers that ended, or came back to it."""
    if verb in ("advance", "cancel"):
        mending.rejoined(turn, before)
    if verb in ("end", "cancel"):
        mending.parted(turn, before)


def _watch(turn: Turn, before: Action) -> None:
    """Have what carriers and customers owe from now on noticed in time, where numbers came to another phase."""
    if {n.id: n.phase for n in turn.the_case().numbers} != {n.id: n.phase for n in before.numbers}:
        silence.watch(turn)
        consent.watch(turn)


def _post(turn: Turn, told: Told, wish: Order, about: only.Only) -> None:
    """Post into the thread what was done; where it was for some numbers alone, post and answer name them."""
    key, params = _POSTS.get(told.key, f"thread.{wish.verb}"), {**told.params, "staff": wish.staff}
    if about.said and wish.verb != "split":
        params["only"] = only.named(about.numbers)
        key = f"thread.only+{key}"
        turn.told = Told(f"only.done+{told.key}", {**told.params, "only": params["only"]})
    buttons = OPEN if wish.verb == "submit" and letter_seals.letters_in(turn.papers) else ()
    turn.post(key, params, buttons=buttons or _BUTTONS.get(told.key, ()))


def _narrowed(about: only.Only, *turns: Turn) -> Case:
    """Let turns be about the numbers that were named, and return the case as it is for them."""
    for turn in turns:
        if about.said:
            turn.narrow(about.numbers)
    return turns[-1].the_case()


def _decide(turn: Turn, case: Case, wish: Order, argument: str) -> None:
    """Do the verb; where that could do harm and nobody has confirmed it, raise AskFirst."""
    _VERBS[wish.verb](turn, case, argument, turn.policy)
    is_done = turn.told is not None and not turn.told.error
    if is_done and wish.confirmed is None and not (wish.is_sure and wish.seen is not None):
        risks.check_harmless(turn, case, wish.verb, wish.argument, is_typed=wish.seen is None)


def _remember(turn: Turn, case: Case, wish: Order, before: Action) -> None:
    """Keep what the verb can be taken back to, and have the customer told once it no longer can."""
    if wish.verb in ASIDE:
        settle(turn, wish.verb, wish.staff)
        return
    if wish.verb in _FINAL:
        return
    if wish.verb in _CHANGES_ANSWERS:
        before = editing.with_answers(before, case, turn.the_case())
    elif wish.verb == "reject":
        before = before_correction(case, turn.state.action, before)
    turn.action = put_over(turn, before)
    turn.set_due("tell", case.request.id, turn.moment.new_id(), turn.moment.now + turn.policy.undo)


def _advance(turn: Turn, case: Case, argument: str, _policy: Policy) -> None:
    """Move on by one phase; staff may name it, and every button does, so that a repeat does not move on twice."""
    if argument and is_phase(argument, case.phase):
        raise Refused("advance.there", ref=case.request.ref, phase=nested(f"phase.{case.phase}"))
    if case.phase == "pending_date":
        raise Refused("advance.needs_date", ref=case.request.ref)
    open_now = goals_of(case)
    if argument and open_now and not any(is_phase(argument, goal) for goal in open_now):
        phases = ITEM.join(nested(f"phase.{goal}") for goal in open_now)
        raise Refused("advance.not_next", ref=case.request.ref, phase=phases)
    move_all(turn, "advance", partial(step_to, argument), lambda n: replace(n, came_from=None))
    gates.ask_no_more_csr(turn)
    _done(turn, "advance.done")


def _complete(turn: Turn, case: Case, argument: str, policy: Policy) -> None:
    """Note that everything has moved; a day that was still to come is no longer when it did."""
    if argument:
        raise Refused("argument.too_much", ref=case.request.ref, verb="complete")
    if not fits(case, "complete"):
        raise impossible(case, "complete")
    today = turn.moment.now.astimezone(policy.desk_zone).date()

    def moved_today(number: Number) -> Number:
        is_early = number.port_date is not None and number.port_date > today
        return replace(number, port_date=today, window_start=None, window_end=None) if is_early else number

    closing.remember_days(turn, case.numbers)
    move_all(turn, "complete", lambda _n: "ported", moved_today)
    remember_entries(turn, tuple(number.e164 for number in case.numbers))
    turn.held += [Held(number.e164, TRACKING, case.request.ref, "port") for number in case.numbers]
    settle_moved(turn)
    others = [number.phase for number in turn.the_case().whole.numbers if number.phase not in MOVED]
    key = "complete.done" if not others else "complete.last" if all(map(is_ended, others)) else "complete.some"
    _done(turn, key, numbers=only.named(case.numbers))


def _reply(turn: Turn, _case: Case, argument: str, _policy: Policy) -> None:
    there, words = turn.state.chat.taken_by, reply(turn, argument)
    if there in (None, who_acts(turn)):
        _done(turn, "reply.done", text=words)
    else:
        _done(turn, "reply.done_beside", text=words, who=there or "")


def _letter(turn: Turn, _case: Case, argument: str, _policy: Policy) -> None:
    key, params = letters.take_letter(turn, argument)
    _done(turn, key, **params)


def _link(turn: Turn, case: Case, argument: str, _policy: Policy) -> None:
    key, params = desk_links.change(turn, case, argument)
    _done(turn, key, **params)


def _eligible(turn: Turn, _case: Case, argument: str, _policy: Policy) -> None:
    now, lacking = eligibility.tick(turn, argument)
    _done(turn, "eligible.done", ticked=eligibility.named(now), lacking=eligibility.named(lacking))


def _undo(turn: Turn, case: Case, _argument: str, policy: Policy) -> None:
    verb = take_back(turn, policy)
    if verb not in ASIDE:
        turn.set_due("tell", case.request.id, turn.moment.new_id(), turn.moment.now + policy.undo)
    key, params = told_of_undo(turn, case, verb)
    _done(turn, key, **params)


# What cannot be taken back, and leaves what can be as it is.
_FINAL = ("undo", "reply", "eligible", "note", "takeover", "resume", "routing", "texting", "works", "close")
# What changes answers, which are put back when it is taken back.
_CHANGES_ANSWERS = ("edit", "cancel", "end", leaving.OUT, way_back.SNAPBACK, desk_links.VERB)
_POSTS = {  # what is told in the thread of a verb that was done the other way round
    "letter.done_unseen": "thread.letter_unseen",
    "link.off": "thread.link_off",
    "take.over": "thread.take_over",
    "assign.nobody": "thread.assign_nobody",
    "hold.off": "thread.hold_off",
    "snooze.off": "thread.snooze_off",
    "submit.order_noted": "thread.order_noted",
    "submit.order_changed": "thread.order_changed",
    "ask.done_silent": "thread.ask_silent",
    "date.moved": "thread.date_moved",
    "reject.done_silent": "thread.reject_silent",
    "reject.corrected": "thread.reject_corrected",
    "reject.corrected_silent": "thread.reject_corrected_silent",
    "texting.done_why": "thread.texting_why",
    "close.off": "thread.close_off",
    "undo.date": "thread.undo_date",
    "cancel.done_at_carrier": "thread.cancel_at_carrier",
    "cancel.quoted": "thread.cancel_quoted",
    "cancel.denied": "thread.cancel_denied",
    "cancel.kept_told": "thread.cancel_kept_told",
    "out.yes": "thread.out_yes",
    "out.no": "thread.out_no",
    "out.left": "thread.out_left",
    "snapback.late": "thread.snapback_late",
    "snapback.done": "thread.snapback_done",
    "undo.date_moved": "thread.undo_date_moved",
    "split.joined": "thread.joined",
    "complete.some": "thread.complete_some",
    "complete.last": "thread.complete_last",
}
_BUTTONS: dict[str, Rows] = {  # what is to be pressed under what is told of it in the thread
    "letter.done": TAKEN,
    "letter.done_unseen": UNSEEN,
    "cancel.done_at_carrier": ((Choice("cancel", "staff.button.cancel_kept", {"argument": KEPT}),),),
}
_VERBS: dict[str, Callable[[Turn, Case, str, Policy], None]] = {
    "ask": sending_back.ask,
    "submit": submitting.submit,
    "advance": _advance,
    "reject": rejecting.reject,
    "date": set_date,
    "lost": lose_date,
    "complete": _complete,
    "cancel": stopping.cancel,
    "end": ending.end,
    leaving.OUT: leaving.out,
    way_back.SNAPBACK: way_back.snapback,
    "letter": _letter,
    desk_links.VERB: _link,
    "reply": _reply,
    "eligible": _eligible,
    "undo": _undo,
    "takeover": takeover.take_over,
    "resume": takeover.resume,
    "take": assigning.take,
    "assign": assigning.assign,
    "note": noting.note,
    "hold": holding.hold,
    "snooze": snoozing.snooze,
    "edit": editing.edit,
    "routing": routing.tick,
    "texting": texting.note,
    "works": verifying.note,
    "close": closing.close,
    "split": splitting.split,
}
