"""What staff have found to work on a moved number, in place of its customer."""

import re

from domain.desk import closing, trying
from domain.desk.telling import done, stay_undoable
from domain.desk.ticks import Unknown, read_ticks
from domain.desk.turn import Turn
from domain.errors import Refused
from domain.intake.trial import (
    MENDED,
    WORKS,
    failing_at,
    still_to_try,
    still_to_verify,
    tried_in,
    verdicts,
    with_verdicts,
)
from domain.orders.model import Case
from domain.policy import Policy
from domain.wordkeys import LINE, nested

_SAID = re.compile(
    r"(?P<trial_in>(?:calls?[ _])?in(?:bound|coming)?|trial_in)"
    r"|(?P<trial_out>(?:calls?[ _])?out(?:bound|going)?|trial_out)"
    r"|(?P<trial_voicemail>(?:trial_)?voice ?mail)"
    r"|(?P<trial_texts>(?:trial_)?text(?:s|ing)?|sms)"
)


def note(turn: Turn, case: Case, argument: str, policy: Policy) -> None:
    """Note that something works of every number on trial; the customer is not asked for it any more.

    What they had said not to work they are told of, and asked to try once more.
    """
    ref, checks = case.request.ref, tried_in(case)
    if not checks:
        raise Refused("works.too_early", ref=ref, phase=nested(f"phase.{case.phase}"))
    now = tuple(each for each in _read(checks, argument, ref) if still_to_verify(case, each))
    if not now:
        raise Refused("works.already", ref=ref)
    for question in now:
        if failing_at(case, question):
            turn.set_due(trying.MENDED_RULE, case.request.id, 0, turn.moment.now + policy.undo)
        _note(turn, question)
    stay_undoable(turn)
    closing.look(turn)
    done(turn, "works.done", what=_named(now), open=_named(_open(turn.the_case())))


def _note(turn: Turn, question: str) -> None:
    """Note it of the numbers that are meant; of others that nobody has tried it stays a question."""
    case = turn.the_case()
    failed, before = failing_at(case, question), case.answers.get(question)
    said = {each: MENDED if each in failed else WORKS for each in still_to_verify(case, question)}
    turn.hold(question, with_verdicts(case, question, said))
    turn.note("works", field=question)
    after = turn.the_case().whole
    is_open = before is None or before.reopened
    if is_open and any(each not in verdicts(after, question) for each in still_to_try(after, question)):
        turn.reopen(question)


def _read(checks: tuple[str, ...], argument: str, ref: str) -> tuple[str, ...]:
    found = read_ticks(tuple(_SAID.groupindex), _SAID, (), argument)
    if isinstance(found, Unknown):
        raise Refused("works.which", given=found.given, ref=ref)
    return tuple(each for each in checks if each in found)


def _open(case: Case) -> tuple[str, ...]:
    return tuple(each for each in tried_in(case) if still_to_verify(case, each))


def _named(questions: tuple[str, ...]) -> str:
    return LINE.join(nested(f"staff.answer.{each}") for each in questions) or nested("eligible.check.none")
