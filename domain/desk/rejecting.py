"""A losing carrier's refusal: for which reasons, what is asked again for it, and put right before it is told."""

from domain.desk import ages
from domain.desk.eyes import WAS_DATED, has_date
from domain.desk.owing import REPLY
from domain.desk.refused import is_again, joins_anothers, twice
from domain.desk.risks import AskFirst, Seen, carried
from domain.desk.secrecy import conceal
from domain.desk.stepping import fits, impossible, move
from domain.desk.telling import done
from domain.desk.told import is_told
from domain.desk.turn import Turn
from domain.errors import DeskError, Refused
from domain.intake.about import carrier_name
from domain.intake.repairs import MENDED, mended, open_reasons, opens, reasons_of
from domain.orders.model import Case, Number
from domain.orders.rejections import OF_SOURCES, REJECTIONS, Rejection, codes_of, find_rejections, joined, likely
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
    if not fits(case, "reject"):
        raise impossible(case, "reject")
    if not reasons:
        raise _unknown(turn, case, argument)
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
    _open(turn, reasons)
    turn.note("rejection", detail=codes, words=words or None)
    ages.watch(turn)  # what went out once has to be young enough once more
    _say_done(turn, case, codes, words)


def _unknown(turn: Turn, case: Case, argument: str) -> DeskError:
    """Return what is said to a reason that is none: which it looks like, by the carrier's words, or which there are."""
    found = likely(argument)
    if found:
        wrote = conceal(argument.strip(), case)[:LONGEST_RAW]
        codes = joined(found)
        seen = Seen(case.request.version, turn.moment.new_id())
        some = f"{' '.join(n.e164.removeprefix('+1') for n in case.numbers)} " if case.others else ""
        again = carried(case.request.ref, "reject", f"{some}{','.join(r.code for r in found)}: {wrote}", seen)
        return AskFirst("reject.looks_like", again, ref=case.request.ref, reason=named(codes), raw=wrote)
    known = ", ".join(REJECTIONS[code].aliases[0] for code in OF_SOURCES)
    more = str(len(REJECTIONS) - len(OF_SOURCES))
    key = "reject.reason" if argument.strip(" :") else "reject.nothing"
    return Refused(key, ref=case.request.ref, known=known, more=more)


def _open(turn: Turn, reasons: tuple[Rejection, ...]) -> None:
    """Have asked again what the reasons are about; with nothing for the customer to do, it is the desk's at once."""
    case = turn.the_case()
    codes = {reason.code for reason in reasons}
    if MENDED in case.answers:
        turn.hold(MENDED, tuple(f"{code}:{way}" for code, way in mended(case).items() if code not in codes))
    for question in dict.fromkeys(q for reason in reasons for q in opens(reason, case)):
        turn.want(question)
    request = replace(case.request, repaired=None, note=None)
    is_theirs = bool(open_reasons(replace(turn.the_case().whole, request=request)))
    turn.set_request(replace(request, repaired=None if is_theirs else case.request.repaired or "desk"))


def post_beside(turn: Turn, numbers: tuple[Number, ...]) -> None:
    """Tell staff what is theirs to do, and of a reason that came a second time how to settle it by a call of three."""
    ids = {number.id for number in numbers}
    case = turn.the_case().about(tuple(number for number in turn.the_case().numbers if number.id in ids))
    ours = [reason.code for reason in reasons_of(case) if reason.who != "customer"]
    if ours:
        lines = LINE.join(nested(f"rejection.desk.{code}") for code in ours)
        turn.post("thread.for_desk", {"lines": lines, "ref": case.request.ref})
    again = twice(case)
    if again:
        lines = named("+".join(reason.code for reason in again))
        params = {"reason": lines, "carrier": carrier_name(case), "ref": case.request.ref}
        turn.post("thread.twice", params, buttons=REPLY)


def named(codes: str) -> str:
    """Return the reasons in words, one a line, as a parameter of a message."""
    return LINE.join(nested(f"rejection.short.{code}") for code in codes_of(codes))


def _say_done(turn: Turn, before: Case, codes: str, words: str) -> None:
    verb = "corrected" if is_again(before) else "done"
    key = f"reject.{verb}" if words else f"reject.{verb}_silent"
    attempt = str(max(number.attempts for number in before.numbers))
    done(turn, key, reason=named(codes), raw=words, attempt=attempt)


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
    old = {question for reason in reasons_of(case) for question in opens(reason, case)}
    action = turn.state.action
    kept = action.reopened if action is not None and action.verb == "reject" else ()
    for question in sorted(old):
        given = case.answers.get(question)
        if given is not None and given.reopened and question not in kept:
            turn.close_again(question)
