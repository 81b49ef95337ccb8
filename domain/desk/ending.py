"""A move that ends unwished: it can't be made, the carrier killed it for good, or the number went back."""

import re

from domain.desk import secrecy
from domain.desk.eyes import watched
from domain.desk.listing import settle_moved
from domain.desk.sending_back import LONGEST_WHY
from domain.desk.state import Action
from domain.desk.stepping import ENDS, impossible, move_all, open_ends
from domain.desk.telling import done
from domain.desk.turn import Turn
from domain.errors import Refused
from domain.intake.repairs import is_rejected
from domain.numbers.inventory import TRACKING, Held
from domain.orders.model import Case, Number
from domain.orders.phases import MOVED
from domain.policy import Policy
from domain.text import clean
from domain.values import replace
from domain.wordkeys import nested

_LETTERS = re.compile(r"[^a-z]+")


def end(turn: Turn, case: Case, argument: str, _policy: Policy) -> None:
    """End every number of the request in one of three ways, and have the customer told why. Raises Refused."""
    said, _, why = argument.partition(":")
    how = _read(said)
    open_now = open_ends(case)
    if not open_now:
        raise impossible(case, "end")
    if how not in open_now:
        known = ", ".join(each.replace("_", " ") for each in open_now)
        raise Refused("end.how", ref=case.request.ref, known=known)
    if watched("cancel", case):  # else a date would be stopped without those who may do that
        raise Refused("end.dated", ref=case.request.ref)
    words = clean(why)[:LONGEST_WHY]
    secrecy.check(words, case)
    move_all(turn, "end", lambda _n: how, lambda n: replace(n, rejection=None))
    repaired = case.request.repaired if is_rejected(turn.the_case().whole) else None
    turn.set_request(replace(turn.the_case().request, note=words or None, repaired=repaired))
    turn.note("ended", words=words or None)
    if how == "returned":
        turn.freed += [number.e164 for number in case.numbers]
        settle_moved(turn)
    done(turn, "end.done", phase=nested(f"phase.{how}"), why=words or "—")


def came_back(turn: Turn, action: Action) -> None:
    """Let numbers be ours again that had not gone back after all."""
    before = turn.state.case
    still = {number.id for number in (before.numbers if before is not None else ()) if number.phase in MOVED}
    here = [number for number in action.numbers if number.phase in MOVED and number.id not in still]
    turn.held += [_held(number, turn.the_case()) for number in here]
    if here:
        settle_moved(turn)


def _held(number: Number, case: Case) -> Held:
    return Held(number.e164, TRACKING, case.request.ref, "port")


def _read(said: str) -> str:
    """Return which end staff mean, by its beginning; empty: none, or not one."""
    wanted = _LETTERS.sub("_", said.strip().lower()).strip("_")
    found = [how for how in ENDS if wanted and how.startswith(wanted)]
    return found[0] if len(found) == 1 else ""
