"""A losing carrier's refusal: for which reasons, what is asked again for it, and put right before it is told."""

from domain.desk import ages
from domain.desk.eyes import WAS_DATED, has_date
from domain.desk.secrecy import conceal
from domain.desk.sending_back import askable
from domain.desk.state import Action
from domain.desk.stepping import fits, impossible, is_told, move
from domain.desk.telling import done, who_acts
from domain.desk.turn import Turn
from domain.errors import Refused
from domain.orders.model import Case, Number
from domain.orders.rejections import REJECTIONS, codes_of, find_rejections, joined
from domain.policy import Policy
from domain.values import replace
from domain.wordkeys import LINE, nested

LONGEST_RAW = 500  # characters of the carrier's own words


def reject(turn: Turn, case: Case, argument: str, _policy: Policy) -> None:
    """Note why the carrier refused, for one reason or several, and have the customer asked for what is wrong.

    A rejection that the customer does not know of yet is replaced by this one; that of a colleague is added to it. One
    that they know of stands, and this one is that of the other numbers.
    """
    reason_text, _, raw = argument.partition(":")
    reasons = find_rejections(reason_text)
    if not reasons:
        known = ", ".join(r.aliases[0] for r in REJECTIONS.values())
        raise Refused("reject.reason" if reason_text.strip() else "reject.nothing", ref=case.request.ref, known=known)
    if not fits(case, "reject"):
        raise impossible(case, "reject")
    if joins_anothers(turn, case):
        reasons = (*reasons, *(REJECTIONS[code] for n in case.numbers for code in codes_of(n.rejection)))
    codes, words = joined(reasons), conceal(raw.strip(), case)[:LONGEST_RAW]
    _check_other(case, codes, words)
    if is_again(case):
        _close_old(turn, case)
    if has_date(case):
        turn.hold(WAS_DATED, ("yes",))  # else noting a refusal would be a way round who may stop a dated move
    move(
        turn,
        _concerned(case),
        "reject",
        lambda _n: "rejected",
        lambda n: replace(n, rejection=codes, port_date=None, window_start=None, window_end=None),
    )
    known_here = askable(turn.the_case())
    for question in dict.fromkeys(q for reason in reasons for q in reason.reopens if q in known_here):
        turn.want(question)
    turn.set_request(replace(turn.the_case().request, repaired=None, note=None))
    turn.note("rejection", detail=codes, words=words or None)
    ages.watch(turn)  # what went out once has to be young enough once more
    _say_done(turn, case, codes, words)


def is_again(case: Case) -> bool:
    """Tell whether numbers are rejected already, of which the customer does not know yet."""
    return any(number.phase == "rejected" for number in case.numbers) and not is_told(case)


def joins_anothers(turn: Turn, case: Case) -> bool:
    """Tell whether a rejection comes on top of a colleague's that the customer does not know of yet."""
    action = turn.state.action
    is_theirs = action is not None and not action.undone and action.staff != who_acts(turn)
    return is_theirs and is_again(case)


def before_correction(case: Case, action: Action | None, new: Action) -> Action:
    """Return what a corrected rejection is taken back to: where the request was before the first one."""
    is_first_known = action is not None and action.verb == "reject" and not action.undone
    if not is_again(case) or action is None or not is_first_known:
        return new
    return replace(action, staff=new.staff, at=new.at, version=new.version)


def named(codes: str) -> str:
    """Return the reasons in words, one a line, as a parameter of a message."""
    return LINE.join(nested(f"rejection.short.{code}") for code in codes_of(codes))


def _say_done(turn: Turn, before: Case, codes: str, words: str) -> None:
    verb = "corrected" if is_again(before) else "done"
    key = f"reject.{verb}" if words else f"reject.{verb}_silent"
    done(turn, key, reason=named(codes), raw=words)


def _concerned(case: Case) -> tuple[Number, ...]:
    """Return the numbers that a rejection is about; where the customer knows how they stand, those not rejected yet."""
    return tuple(n for n in case.numbers if n.phase != "rejected") if is_told(case) else case.numbers


def _check_other(case: Case, codes: str, words: str) -> None:
    """Raise Refused where every number is rejected, and the customer knows of it or it is for just that."""
    if not _concerned(case):
        raise Refused("reject.told", ref=case.request.ref)
    if not words and all(number.rejection == codes for number in case.numbers):
        raise Refused("reject.same", ref=case.request.ref)


def _close_old(turn: Turn, case: Case) -> None:
    """Let what only the old reasons asked for stand again."""
    old = {q for n in case.numbers for code in codes_of(n.rejection) for q in REJECTIONS[code].reopens}
    action = turn.state.action
    kept = action.reopened if action is not None and action.verb == "reject" else ()
    for question in sorted(old):
        given = case.answers.get(question)
        if given is not None and given.reopened and question not in kept:
            turn.close_again(question)
