"""How old a letter of authorization may get, and the one that somebody else signs outside the chat."""

import re
from datetime import datetime

from domain.desk import mending, proofs, signing, taking_in
from domain.desk.ages import letter_until
from domain.desk.on_paper import LIES, is_accepted, is_complete, is_unseen
from domain.desk.secrecy import conceal
from domain.desk.signer_links import MAY_COME
from domain.desk.telling import who_acts
from domain.desk.turn import Turn
from domain.errors import Refused
from domain.intake.about import class_of, is_someone_elses, signer_called
from domain.orders.model import Case
from domain.papers.authorization import authorized_person
from domain.policy import Policy
from domain.text import clean
from domain.values import replace
from domain.wordkeys import nested

NOTED = "letter_noted"  # beside the answers: staff accepted a letter on paper, and its customer does not know yet
LONGEST_PLACE = 200  # characters
_DAY = re.compile(r"(?<![\d-])((?:20\d\d-)?(?:0?[1-9]|1[0-2])[-/](?:0?[1-9]|[12]\d|3[01])(?:/20\d\d)?)(?![\d-])")


def is_missing(case: Case) -> bool:
    """Tell whether somebody else is to sign, and has not signed what the request says now."""
    return is_someone_elses(case) and not signing.is_signed(case)


def may_come(case: Case) -> bool:
    """Tell whether a letter is awaited where the request is now."""
    return is_missing(case) and case.phase in MAY_COME


def is_wanted_anew(case: Case) -> bool:
    """Tell whether all that is asked for is a signature once more, of somebody else."""
    return is_someone_elses(case) and [q for q, given in case.answers.items() if given.reopened] == ["signature"]


def is_old(case: Case, policy: Policy, now: datetime) -> bool:
    """Tell whether the letter was signed too long ago to be given to a carrier."""
    until = letter_until(case, policy)
    return until is not None and now.astimezone(policy.desk_zone).date() > until


def check_age(turn: Turn) -> None:
    """Refuse a letter that carriers take no more, by its class's age in the policy. Raises Refused."""
    case = turn.the_case()
    until = letter_until(case, turn.policy)
    if until is not None and is_old(case, turn.policy, turn.moment.now):
        key = "submit.old_letter_of_another" if is_someone_elses(case) else "submit.old_letter"
        age = str(turn.policy.letter_age(class_of(case)))
        raise Refused(key, ref=case.request.ref, signer=signer_called(case), until=until.isoformat(), days=age)


def take_letter(turn: Turn, said: str) -> tuple[str, dict[str, str]]:
    """Note that the letter is here, signed by the one who was named; returns what staff are told. Raises Refused.

    `said`: where the sheet lies, which has to be said where no copy of it is held here. One that is too old gives way
    to a newer one.
    """
    case = turn.the_case()
    if not (is_someone_elses(case) or is_complete(case)):
        raise Refused("letter.not_needed", ref=case.request.ref)
    if signing.is_signed(case) and not is_old(case, turn.policy, turn.moment.now):
        raise Refused("letter.here", ref=case.request.ref)
    if case.phase not in MAY_COME:
        raise Refused("letter.not_now", ref=case.request.ref, phase=nested(f"phase.{case.phase}"))
    signer, lies = authorized_person(case), _place(said, case)
    taking_in.accept(turn, "staff", who_acts(turn) or "")
    unseen = is_unseen(turn.the_case())
    if unseen and not lies:
        raise Refused("letter.nowhere", ref=case.request.ref)
    turn.jot(LIES, (lies,))
    turn.jot(NOTED, ())
    turn.set_request(replace(turn.the_case().request, signed_at=turn.moment.now))
    turn.note("signed", field="signature", words=lies or None)
    if not proofs.is_anything_asked_again(turn.the_case()):
        signing.answers_back(turn)
    signing.hand_over_papers(turn)
    mending.finish(turn)
    key = "letter.done_unseen" if unseen else "letter.done"
    return key, {"signer": signer or nested("signer.nameless"), "lies": lies}


def _place(said: str, case: Case) -> str:
    """Return where a sheet lies, as the thread may have it: days stay, other figures may be secret. Raises Refused."""
    words = clean(said)
    if len(words) > LONGEST_PLACE:
        raise Refused("letter.place_too_long", longest=str(LONGEST_PLACE))
    return "".join(part if place % 2 else conceal(part, case) for place, part in enumerate(_DAY.split(words)))


def take_untold(turn: Turn) -> str:
    """Return the words that tell the customer of a letter that staff accepted, and tell it once; empty: nothing."""
    is_new = NOTED in turn.the_case().answers
    turn.drop(NOTED)
    return "notice.on_paper" if is_new and is_accepted(turn.the_case()) else ""


def give_letter_back(turn: Turn) -> None:
    """Let the letter be missing again."""
    taking_in.give_back(turn)
    for noted in ("signature", LIES, NOTED):
        turn.drop(noted)
    turn.set_request(replace(turn.the_case().request, signed_at=None))
