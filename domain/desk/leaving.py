"""A number of ours that leaves for another carrier: who asked, what was checked, the answer in time, what is put off.

Silence counts as yes: after 24 to 48 hours the winning carrier takes the number (the project's porting research §2.1:
Telnyx's port-out states; read 2026-11-21).
"""

import re
from datetime import datetime, timedelta

from domain.desk.listing import settle_moved
from domain.desk.secrecy import conceal
from domain.desk.state import Due
from domain.desk.stepping import impossible
from domain.desk.telling import done
from domain.desk.turn import Turn
from domain.desk.way_back import moved
from domain.errors import Refused
from domain.intake.about import show_numbers
from domain.orders.model import Case
from domain.policy import Policy
from domain.text import clean
from domain.values import Value, replace
from domain.wordkeys import LINE, nested

OUT = "out"  # the verb; beside the answers, under this name, how it stands; the due rule of the answer
PORT_OUT = "port_out"
CHECKS = ("name", "account", "address", "pin")
"""What of the winning carrier's order was compared with our record."""
OFF = ("routing", "texting", "billing")
"""What is switched off by hand once the number has left; its entry in the inventory is freed by itself."""
TO, ONLY = "to", "only"  # before the carrier, and before ticks that are all there are
ASKED, YES, NO, LEFT = "asked", "yes", "no", "left"
LONGEST_NAME, LONGEST_WHO = 60, 200
_LAST_CALL = timedelta(hours=4)
_TO = re.compile(r"to\s+([^:]+?)\s*(?::\s*(.*))?", re.I | re.DOTALL)
_NO = re.compile(r"no(?:\s*:\s*(.*))?", re.I | re.DOTALL)
_ONLY = re.compile(r"only(?:\s+|$)", re.I)
_BETWEEN = re.compile(r"\s*(?:,|&|\band\b|\s)\s*", re.I)


class Leaving(Value, frozen=True):
    """How it stands with a number that leaves. `stands`: one of ASKED, YES, NO, LEFT; `until`: ISO, UTC.

    `to`: the winning carrier; `who`: who asked for it, and how we know that they may; `numbers`: E.164; `ticked`: of
    CHECKS and OFF.
    """

    stands: str
    to: str
    who: str
    until: str
    numbers: tuple[str, ...]
    ticked: tuple[str, ...] = ()


def leaving_of(case: Case) -> Leaving | None:
    """Return how it stands with numbers of a case that leave; None: nobody asked for them."""
    given = case.answers.get(PORT_OUT)
    if given is None:
        return None
    stands, to, who, until, numbers, *ticked = given.value
    return Leaving(stands, to, who, until, tuple(numbers.split(",")), tuple(ticked))


def lacking(case: Case) -> tuple[str, ...]:
    """Return what is still to be switched off of numbers that have left; none before."""
    leaving = leaving_of(case)
    gone = leaving is not None and leaving.stands == LEFT
    return tuple(each for each in OFF if leaving is not None and gone and each not in leaving.ticked)


def may_leave(case: Case) -> bool:
    """Tell whether there is anything to note: a number of it is with us, or has left and something is still on."""
    return bool(moved(case) or lacking(case))


def out(turn: Turn, case: Case, argument: str, policy: Policy) -> None:
    """Note what staff found and decided about numbers that leave, one part after the other. Raises Refused."""
    if not may_leave(case):
        raise impossible(case, OUT)
    parts = [part.strip() for part in argument.split(";") if part.strip()]
    if not parts:
        raise Refused("out.nothing", ref=case.request.ref)
    for part in parts:
        _take(turn, part, policy)
    leaving = leaving_of(turn.the_case())
    if leaving is not None:
        _say_done(turn, leaving, policy)


def noted(to: str, who: str, ticks: tuple[str, ...], answer: str) -> str:
    """Return what a form says as it is typed: what is not ticked there is no longer."""
    name, by = (each.replace(";", ",").replace(":", " ").strip() for each in (to, who))
    asked = f"{TO} {name}: {by}" if name else ""
    return "; ".join(part for part in (asked, f"{ONLY} {', '.join(ticks)}", answer) if part)


def _take(turn: Turn, part: str, policy: Policy) -> None:
    word, asked, refused = part.lower(), _TO.fullmatch(part), _NO.fullmatch(part)
    if asked is not None:
        _begin(turn, asked[1], asked[2] or "", policy)
    elif refused is not None:
        _answer(turn, NO, (refused[1] or "").strip())
    elif word == YES:
        _answer(turn, YES, "")
    elif word == LEFT:
        _left(turn)
    else:
        _tick(turn, part)


def _begin(turn: Turn, to: str, who: str, policy: Policy) -> None:
    """Note the winning carrier and who asked; the time for the answer runs from the first word of it."""
    case, known = turn.the_case(), leaving_of(turn.the_case())
    name, said = conceal(clean(to), case)[:LONGEST_NAME], conceal(clean(who), case)[:LONGEST_WHO]
    if known is not None and (known.stands == YES or lacking(case)):
        raise Refused("out.decided", ref=case.request.ref, carrier=known.to)
    if known is not None and known.stands == ASKED:
        _keep(turn, replace(known, to=name, who=said))
        return
    until = turn.moment.now + timedelta(hours=policy.port_out_hours)
    turn.set_due(OUT, case.request.id, turn.moment.new_id(), max(turn.moment.now, until - _LAST_CALL))
    turn.note("out_asked")
    _keep(turn, Leaving(ASKED, name, said, until.isoformat(), tuple(number.e164 for number in moved(case))))


def _tick(turn: Turn, part: str) -> None:
    """Tick what is named; behind `only` every other tick goes. Raises Refused for what is none of the list."""
    leaving = _known(turn)
    is_only = _ONLY.match(part) is not None
    words = [word for word in _BETWEEN.split(_ONLY.sub("", part).lower().strip()) if word]
    wrong = [word for word in words if word not in (*CHECKS, *OFF)]
    if wrong:
        raise Refused("out.which", ref=turn.the_case().request.ref, given=wrong[0][:30])
    if leaving.stands != LEFT and any(word in OFF for word in words):
        raise Refused("out.not_left", ref=turn.the_case().request.ref)
    kept = () if is_only else leaving.ticked
    now = tuple(each for each in (*CHECKS, *OFF) if each in words or each in kept)
    for each in (*CHECKS, *OFF):
        if (each in now) != (each in leaving.ticked):
            turn.note("ticked" if each in now else "unticked", detail=f"out_{each}")
    _keep(turn, replace(leaving, ticked=now))


def _answer(turn: Turn, answer: str, why: str) -> None:
    """Note what the winning carrier was told; yes only for who is known to ask, and of what something was checked."""
    leaving, ref = _known(turn), turn.the_case().request.ref
    if leaving.stands == LEFT:
        raise Refused("out.gone", ref=ref)
    if answer == YES and not leaving.who:
        raise Refused("out.who", ref=ref, carrier=leaving.to)
    if answer == YES and not set(leaving.ticked) & set(CHECKS):
        raise Refused("out.unchecked", ref=ref)
    turn.end_due(OUT, turn.the_case().request.id)
    turn.note(f"out_{answer}", words=conceal(why, turn.the_case())[:LONGEST_WHO] or None)
    _keep(turn, replace(leaving, stands=answer))


def _left(turn: Turn) -> None:
    """Note that the numbers have left: nothing of ours has them any more, and what hangs on them is to be put off."""
    leaving, case = _known(turn), turn.the_case()
    if leaving.stands == LEFT:
        raise Refused("out.gone", ref=case.request.ref)
    turn.widen()
    here = [number for number in moved(turn.the_case()) if number.e164 in leaving.numbers]
    for number in here:
        turn.move(number, "end", "returned", "staff")
    turn.freed += [number.e164 for number in here]
    settle_moved(turn)
    turn.end_due(OUT, case.request.id)
    turn.note("out_left")
    _keep(turn, replace(leaving, stands=LEFT))


def _known(turn: Turn) -> Leaving:
    leaving = leaving_of(turn.the_case())
    if leaving is None:
        raise Refused("out.first", ref=turn.the_case().request.ref)
    return leaving


def _keep(turn: Turn, leaving: Leaving) -> None:
    head = (leaving.stands, leaving.to, leaving.who, leaving.until, ",".join(leaving.numbers))
    turn.hold(PORT_OUT, (*head, *leaving.ticked))


def _say_done(turn: Turn, leaving: Leaving, policy: Policy) -> None:
    case = turn.the_case()
    params = {
        "carrier": leaving.to,
        "who": leaving.who or "—",
        "until": until_of(leaving, policy),
        "ticked": named(leaving.ticked),
        "left_to_do": named(lacking(case)),
        "numbers": show_numbers(leaving.numbers),
    }
    done(turn, f"out.{leaving.stands}", **params)


def named(ticks: tuple[str, ...]) -> str:
    """Return ticks as a sentence's parameter: each in a line of its own."""
    return LINE.join(nested(f"out.tick.{each}") for each in ticks) or nested("out.tick.none")


def until_of(leaving: Leaving, policy: Policy) -> str:
    """Return until when the winning carrier waits for an answer, by the desk's own clock."""
    return f"{datetime.fromisoformat(leaving.until).astimezone(policy.desk_zone):%a %H:%M}"


def remind(turn: Turn, due: Due, policy: Policy) -> None:
    """Tell the desk that the winning carrier's time for an answer runs out; once it has, that silence was a yes."""
    case, leaving = turn.the_case(), leaving_of(turn.the_case())
    if leaving is None or leaving.stands != ASKED:
        return
    until = datetime.fromisoformat(leaving.until)
    params = {"carrier": leaving.to, "until": until_of(leaving, policy), "ref": case.request.ref}
    if turn.moment.now < until:
        turn.post("thread.out_soon", params)
        turn.post_to_desk("desk.out_soon", params)
        turn.set_due(OUT, due.subject, due.version, until)
    else:
        turn.post("thread.out_over", params)
        turn.refresh_card()
