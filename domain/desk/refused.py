"""What is known of the rejections of a request so far: whether one is corrected, joined, or came before."""

from domain.desk.only import Only
from domain.desk.state import Action
from domain.desk.stepping import fits
from domain.desk.telling import who_acts
from domain.desk.told import is_told
from domain.desk.turn import Rows, Turn
from domain.intake import repairs
from domain.intake.about import is_someone_elses, show_moving, show_numbers, signer_called
from domain.intake.choices import Choice
from domain.intake.questions import next_question
from domain.intake.repairs import asked_for, opens, reasons_of, rejected
from domain.numbers import Phone, show
from domain.orders.model import Case
from domain.orders.rejections import Rejection, codes_of
from domain.values import replace
from domain.wordkeys import LINE, nested

REFUSED = "refused"  # beside the answers: for what which try was refused, each as `CODE.try`


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


def refused_alone(case: Case, verb: str, about: Only) -> Only:
    """Return what a submission is about: of numbers of which only some were refused, and none is named, these alone."""
    refused = rejected(case)
    if verb != "submit" or about.said or len(refused) in (0, len(case.numbers)) or fits(case, verb):
        return about
    return Only(refused, ", ".join(show(Phone(number.e164)) for number in refused), about.rest)


def remember_refusal(turn: Turn) -> None:
    """Keep for what the try was refused that is followed by another one now."""
    case = turn.the_case()
    tries = {f"{code}.{n.attempts}" for n in rejected(case) for code in codes_of(n.rejection)}
    before = case.answers.get(REFUSED)
    known = before.value if before is not None else ()
    if tries:
        turn.hold(REFUSED, (*known, *sorted(tries.difference(known))))


def twice(case: Case) -> tuple[Rejection, ...]:
    """Return the reasons of the rejection that stands for which an earlier try was refused, too."""
    given = case.answers.get(REFUSED)
    last = max((number.attempts for number in rejected(case)), default=0)
    tries = (each.partition(".") for each in (given.value if given is not None else ()))
    before = {code for code, _, attempt in tries if int(attempt) < last}
    return tuple(reason for reason in reasons_of(case) if reason.code in before)


def told_beside(case: Case) -> tuple[str, ...]:
    """Return what is said beside the reasons: that it came again, what we do meanwhile, and what helps.

    What helps of what is asked stands before its question.
    """
    question, reasons = next_question(case), reasons_of(case)
    again = ("rejection.twice",) if twice(case) else ()
    asked = asked_for(question.id, case) if question is not None else None
    helps = tuple(_help_of(reason, case) for reason in reasons) if question is None else ()
    meanwhile = asked.meanwhile if asked is not None else reasons[0].meanwhile if reasons else ""
    return (*again, *helps, *((f"rejection.meanwhile.{meanwhile}",) if meanwhile else ()))


def _help_of(reason: Rejection, case: Case) -> str:
    """Return what helps; where somebody else has to sign anew, that it is asked of them."""
    is_signers = opens(reason, case) == ("signature",) and is_someone_elses(case)
    return "rejection.sign_by" if is_signers else f"rejection.do.{reason.code}"


def call_of_three(case: Case) -> Rows:
    """Return the button that asks for a call of three, where a carrier refused twice for the same."""
    return ((Choice("person", "button.call_of_three", {"form": f"{case.request.id}.0"}),),) if twice(case) else ()


def told_params(case: Case) -> dict[str, str]:
    """Return the numbers that a notice is about, of a rejection only those refused, why, and the carrier's hints."""
    refused = rejected(case)
    is_part = 0 < len(refused) < len(case.numbers)
    number = show_numbers(tuple(number.e164 for number in refused)) if is_part else show_moving(case)
    reason = LINE.join(nested(f"rejection.{reason.code}") for reason in reasons_of(case))
    signer = {"signer": signer_called(case)} if refused else {}
    return {"number": number, "reason": reason, **signer, **(repairs.params(case) if refused else {})}
