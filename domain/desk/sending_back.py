"""What staff ask a customer for again, and why: which answers they may, and which of them they mean."""

from domain.desk import secrecy
from domain.desk.gates import CSR, only_the_csr
from domain.desk.stepping import ASKED_FROM as ASKED_FROM
from domain.desk.stepping import as_it_is, fits, impossible, move
from domain.desk.telling import done
from domain.desk.turn import Turn
from domain.errors import Refused
from domain.intake.about import is_someone_elses
from domain.intake.questions import QUESTIONS, Question
from domain.orders.model import Answer, Case, Number, in_phase
from domain.orders.phases import next_of
from domain.policy import Policy
from domain.readers.secrets import mask_words
from domain.values import replace

LONGEST_WHY = 500  # characters


def ask(turn: Turn, case: Case, argument: str, _policy: Policy) -> None:
    """Have the customer asked for answers again, in the order of the questions, and told why.

    After a rejection nothing counts as repaired until these are here.
    """
    names, _, why = argument.partition(":")
    wanted = questions_named(names, case)
    if not may_be_asked(case):
        raise impossible(case, "ask")
    for question in wanted:
        turn.want(question)
    asked = case.about(asked_of(case))
    if fits(asked, "ask"):
        move(turn, asked.numbers, "ask", _goal, as_it_is)
    words = why.strip()[:LONGEST_WHY]
    secrecy.check(words, case)
    turn.set_request(replace(turn.the_case().request, note=words or None, repaired=None))
    turn.note("asked", detail=",".join(wanted), words=words or None)
    done(turn, "ask.done" if words else "ask.done_silent", answers=", ".join(wanted), why=words)


def may_be_asked(case: Case) -> bool:
    """Tell whether the customer can be asked again where any of the numbers is."""
    return bool(asked_of(case))


def asked_of(case: Case) -> tuple[Number, ...]:
    """Return the numbers that an answer is asked for again, wherever the others are."""
    ours = tuple(number for number in case.numbers if number.phase in ASKED_FROM)
    return ours or (in_phase(case, "csr_check") if only_the_csr(case) else ())


def _goal(number: Number) -> str | None:
    return next_of("ask", number.phase, "staff", number.number_class)


def questions_named(names: str, case: Case) -> tuple[str, ...]:
    """Return the questions that staff name, by beginnings, separated by commas or spaces."""
    known = askable_now(case)
    wanted: list[str] = []
    for name in names.replace(",", " ").lower().split():
        found = [q for q in known if q == name] or [q for q in known if q.startswith(name)]
        if len(found) != 1:
            raise Refused("ask.which", given=mask_words(name[:30]), ref=case.request.ref, known=", ".join(known))
        wanted.append(found[0])
    if not wanted:
        raise Refused("ask.none", known=", ".join(known))
    return tuple(question for question in known if question in wanted)


def askable_now(case: Case) -> list[str]:
    """Return what can be asked for where the request is: while it waits for its comparison, nothing but the record."""
    return [CSR] if only_the_csr(case) else askable(case)


def askable(case: Case) -> list[str]:
    """Return the questions that this customer can be asked: what the case needs, and what it may do without."""
    return [q.id for q in QUESTIONS if q.id != "review" and (_isaskable(q, case) or _is_signers(q, case))]


def _is_signers(question: Question, case: Case) -> bool:
    """Tell whether a question is the signature that somebody else gave: it falls, and they get a link for a new one."""
    return question.id == "signature" and is_someone_elses(case) and case.answer("signature") is not None


def _isaskable(question: Question, case: Case) -> bool:
    """Tell whether a case would need a question once it is put; what never fits it is not asked."""
    put = Answer(case.request.id, question.id, ("",), "staff", case.request.changed_at, 0)
    return question.needed(replace(case, answers={question.id: put, **case.answers}))
