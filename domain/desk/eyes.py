"""Acts that need care: for admins alone, and by policy only once a second person has confirmed them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.desk.cancel_said import ends
from domain.desk.dating import stands
from domain.desk.roles import LATE, Role, Wish, require, role_for
from domain.desk.state import Changes, Moment, State, Told
from domain.desk.turn import Turn
from domain.errors import DeskError, Refused
from domain.intake.choices import Choice
from domain.orders.model import Case
from domain.policy import Policy
from domain.text import clean
from domain.wordkeys import nested

OVERRIDE = "override:"
CONFIRM = "wish.confirm"  # the action id of the button under a post that asks for a second person
LINK = "eyes.link"  # the sentence behind which the link stands
LONGEST_REASON = 200
WAS_DATED = "was_dated"  # beside the answers: a date was refused in this try, and the carrier may still work to it


@dataclass(frozen=True, slots=True)
class Actor:
    """One of the staff who does something that needs care.

    `is_alone`: nobody else of the staff has the role for it. `confirmed`: the wish of theirs that somebody confirmed,
    with `done_by` set.
    """

    user: str
    role: Role
    is_alone: bool = False
    confirmed: Wish | None = None


def split_override(argument: str) -> tuple[str, str | None]:
    """Return an argument without an override, and the override's reason; None: there is none."""
    start = argument.lower().find(OVERRIDE)
    if start < 0:
        return argument.strip(), None
    return argument[:start].strip(), clean(argument[start + len(OVERRIDE) :]).strip()[:LONGEST_REASON]


def has_date(case: Case) -> bool:
    """Tell whether the carrier works towards a date, so that stopping it has its price."""
    return any(number.phase in LATE and number.port_date is not None for number in case.numbers)


def watched(verb: str, case: Case, argument: str = "") -> str:
    """Return which act that needs care a verb on a request is; empty: none."""
    is_late = has_date(case) or WAS_DATED in case.answers
    return "cancel_late" if verb == "cancel" and is_late and ends(split_override(argument)[0]) else ""


def look_at(turn: Turn, verb: str, argument: str, actor: Actor) -> tuple[str, bool]:
    """Return a verb's argument without an override, and whether it may be done now; if not, it is to be kept."""
    what = actor.confirmed.what if actor.confirmed is not None else watched(verb, turn.the_case(), argument)
    if not what:
        return argument, True
    plain, reason = split_override(argument)
    return plain, _is_free(turn, what, plain, actor, reason)


def _require(role: Role, what: str, policy: Policy) -> None:
    """Raise Refused where a role is too small; of a cancellation with the date that makes it a matter of admins."""
    least = role_for(what, policy)
    if what == "cancel_late" and role < least:
        raise Refused("role.needed_late", needed=least.word, role=role.word)
    require(role, least)


def may_go(
    turn: Turn, what: str, argument: str, actor: Actor, reason: str | None = None, shows: Told | None = None
) -> bool:
    """Tell whether an act may be done now; if not, it is kept as by `keep`. Raises: Refused."""
    if _is_free(turn, what, argument, actor, reason):
        return True
    keep(turn, what, argument, actor, shows)
    return False


def _is_free(turn: Turn, what: str, argument: str, actor: Actor, reason: str | None) -> bool:
    """Tell whether an act may be done now, without anybody else.

    What was confirmed, or done alone by an override, is noted and told to the channel. Raises Refused where the role
    is too small, and for an override without a reason or with somebody there who could confirm.
    """
    policy = turn.policy
    _require(actor.role, what, policy)
    if actor.confirmed is not None:
        _note_confirmed(turn, actor.confirmed)
    elif what not in policy.four_eyes:
        return True
    elif reason is not None:
        _override(turn, what, argument, actor, reason)
    else:
        return False
    return True


def check(wish: Wish, by: str, role: Role | None, now: datetime, policy: Policy) -> None:
    """Raise Refused unless this person may confirm a wish now."""
    require(role, role_for(wish.what, policy))
    if wish.done_at is not None:
        raise Refused("eyes.done", who=wish.done_by or "")
    if now >= wish.until:
        raise Refused("eyes.late", who=wish.asked_by)
    if by == wish.asked_by:
        raise Refused("eyes.own")


def confirmed(wish: Wish, by: str, now: datetime) -> Wish:
    """Return a wish that somebody confirmed."""
    return replace(wish, done_by=by, done_at=now)


def reveal(turn: Turn, actor: Actor, reason: str | None) -> None:
    """Owe the asker a one-time link to a request's secrets, made when it is sent, or keep the wish for it."""
    ref = turn.the_case().request.ref
    if may_go(turn, "reveal", "", actor, reason):
        turn.note("reveal", detail=actor.user)
        turn.whisper(actor.user, LINK, {"ref": ref, "request": str(turn.the_case().request.id)})
        turn.told = Told("eyes.revealed", {"ref": ref})


def reveal_here(turn: Turn, actor: Actor) -> None:
    """Note that one of the staff is shown the link to a request's secrets where they asked for it."""
    if may_go(turn, "reveal", "", actor):
        turn.note("reveal", detail=actor.user)
        turn.told = Told("eyes.revealed", {"ref": turn.the_case().request.ref})


def keep(turn: Turn, what: str, argument: str, actor: Actor, shows: Told | None = None) -> None:
    """Keep an act until a second person confirms it, and ask for one in the channel.

    The post says where the request stands, if it is about one, and what will happen: `shows`.
    """
    now, policy = turn.moment.now, turn.policy
    here = stands(turn.case) if turn.case is not None else {}
    until = now + timedelta(minutes=policy.four_eyes_minutes)
    wish = Wish(turn.moment.new_id(), what, here.get("ref", ""), argument, actor.user, now, until)
    turn.wishes.append(wish)
    turn.note("asked_for", detail=f"{what} {argument}".strip())
    params = {"staff": actor.user, "act": said(wish), "role": role_for(what, policy).word}
    params |= {"minutes": str(policy.four_eyes_minutes)}
    button = Choice(CONFIRM, "staff.button.confirm", {"value": str(wish.id)})
    keys = ("eyes.asked", *(["form.here"] if here else []), *([shows.key] if shows is not None else []))
    more = {**here, **(shows.params if shows is not None else {})}
    turn.post_to_desk("+".join(keys), {**more, **params}, buttons=((button,),))
    turn.told = Told("eyes.kept", params)


def give_up(state: State, moment: Moment, wish: Wish, why: DeskError, policy: Policy) -> Changes:
    """End a wish that somebody wanted to confirm and that could not be done, and tell who had asked for it."""
    turn = Turn(state, moment, f"staff:{wish.done_by}", policy)
    turn.wishes.append(replace(wish, until=moment.now, done_by=None, done_at=None))
    params = {**why.params, "confirmer": wish.done_by or "", "wished": said(wish)}
    turn.whisper(wish.asked_by, f"eyes.not_done+{why.code}", params)
    return turn.changes()


def said(wish: Wish) -> str:
    """Return what a wish will do, as a parameter of a message."""
    return nested(f"eyes.act.{wish.what}", ref=wish.ref, what=wish.argument, staff=wish.asked_by)


def _note_confirmed(turn: Turn, wish: Wish) -> None:
    turn.wishes.append(wish)
    turn.note("confirmed", detail=f"{wish.what} {wish.asked_by}", by=f"staff:{wish.done_by}")
    turn.post_to_desk("eyes.confirmed", {"staff": wish.done_by or "", "act": said(wish), "asked_by": wish.asked_by})


def _override(turn: Turn, what: str, argument: str, actor: Actor, reason: str) -> None:
    if not actor.is_alone:
        raise Refused("eyes.not_alone", role=role_for(what, turn.policy).word)
    if not reason:
        raise Refused("eyes.no_reason")
    turn.note("overridden", detail=f"{what} {argument}".strip(), words=reason)
    ref = turn.case.request.ref if turn.case is not None else ""
    now = turn.moment.now
    act = said(Wish(0, what, ref, argument, actor.user, now, now))
    turn.post_to_desk("eyes.overridden", {"staff": actor.user, "act": act, "reason": reason})
