"""How old a letter of authorization may get, and the one that somebody else signs outside the chat."""

from datetime import datetime

from domain.desk import mending, signing, taking_in
from domain.desk.ages import letter_until
from domain.desk.on_paper import is_complete
from domain.desk.signer_links import MAY_COME
from domain.desk.telling import who_acts
from domain.desk.turn import Turn
from domain.errors import Refused
from domain.intake.about import class_of, is_someone_elses, signer_called
from domain.orders.model import Case
from domain.papers.authorization import authorized_person
from domain.policy import Policy
from domain.values import replace
from domain.wordkeys import nested


def is_missing(case: Case) -> bool:
    """Tell whether somebody else is to sign, and has not signed what the request says now."""
    return is_someone_elses(case) and not signing.is_signed(case)


def may_come(case: Case) -> bool:
    """Tell whether a letter is awaited where the request is now."""
    return is_missing(case) and case.phase in MAY_COME


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


def take_letter(turn: Turn) -> str:
    """Note that the letter is here, signed by the one who was named; returns that name. Raises Refused.

    One that is too old gives way to a newer one.
    """
    case = turn.the_case()
    if not (is_someone_elses(case) or is_complete(case)):
        raise Refused("letter.not_needed", ref=case.request.ref)
    if signing.is_signed(case) and not is_old(case, turn.policy, turn.moment.now):
        raise Refused("letter.here", ref=case.request.ref)
    if case.phase not in MAY_COME:
        raise Refused("letter.not_now", ref=case.request.ref, phase=nested(f"phase.{case.phase}"))
    signer = authorized_person(case)
    taking_in.accept(turn, "staff", who_acts(turn) or "")
    turn.set_request(replace(turn.the_case().request, signed_at=turn.moment.now))
    turn.note("signed", field="signature")
    signing.hand_over_papers(turn)
    mending.finish(turn)
    return signer


def give_letter_back(turn: Turn) -> None:
    """Let the letter be missing again."""
    taking_in.give_back(turn)
    turn.drop("signature")
    turn.set_request(replace(turn.the_case().request, signed_at=None))
