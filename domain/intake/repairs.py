"""What a rejection asks of its customer: which reasons are open, by which question, and the ways out of each."""

from typing import get_args

from domain.carriers import Fact
from domain.errors import Unreadable
from domain.intake.about import (
    carrier_name,
    carrier_of,
    class_of,
    country_of,
    is_someone_elses,
    needs_contact,
    show_numbers,
)
from domain.intake.choices import Choice
from domain.intake.given import YES, Given, Params, Rows, bare_word
from domain.numbers.verdicts import CANADA
from domain.orders.model import Case, Number
from domain.orders.rejections import REJECTIONS, WHO_SIGNS, Rejection, Way, codes_of
from domain.wordkeys import nested

REPAIR = "repair"  # the question by which a reason is put right that no answer of ours caused
MENDED = "mended"  # beside the questions: how reasons of the rejection were put right, each as `CODE:way`
WAYS = get_args(Way)  # codes of the buttons of ways out
_SIGNERS = ("contact", "signer")
_DONE = YES | {
    "done", "paid", "i paid", "i have paid", "i've paid", "it is paid", "it's paid", "it is done", "it's done",
    "it is off", "it's off", "off", "switched off", "turned off", "it is active", "it's active", "active", "closed",
    "it is closed", "it's closed", "ready", "i am ready", "i'm ready", "removed", "they removed it", "still want it",
}  # fmt: skip
_FIXED = frozenset({"fixed", "they fixed it", "carrier fixed it", "my carrier fixed it", "they corrected it"})


def rejected(case: Case) -> tuple[Number, ...]:
    """Return the numbers that a carrier refused, and that did not go out again."""
    return tuple(number for number in case.numbers if number.phase == "rejected")


def is_rejected(case: Case) -> bool:
    """Tell whether any number is refused, wherever the others are."""
    return any(number.phase == "rejected" for number in case.numbers)


def reasons_of(case: Case) -> tuple[Rejection, ...]:
    """Return the reasons for which numbers are refused now, each once, in the order in which they are gone through."""
    codes = {code for number in rejected(case) for code in codes_of(number.rejection)}
    return tuple(reason for code, reason in REJECTIONS.items() if code in codes)


def opens(reason: Rejection, case: Case) -> tuple[str, ...]:
    """Return the questions that a reason has asked again in this case."""
    again = [_who_signs(case) if question == WHO_SIGNS else question for question in reason.reopens]
    again += [question for question in reason.also if question in case.answers and _counts(question, case)]
    is_signed_anew = reason.letter == "T" and class_of(case) == "toll_free"
    return (*again, *(("signature",) if is_signed_anew else ()))


def _who_signs(case: Case) -> str:
    """Return the question by which the signer is named."""
    if is_someone_elses(case):
        return "signer"
    return "contact" if needs_contact(case) else "name"


def _counts(question: str, case: Case) -> bool:
    """Tell of an answer that names who signs whether they do; whoever it was, until it is known whose account it is."""
    whose = case.answers.get("authority")
    if question not in _SIGNERS or whose is None or whose.reopened:
        return True
    return is_someone_elses(case) if question == "signer" else needs_contact(case)


def asks_customer(reason: Rejection, case: Case) -> bool:
    """Tell whether a customer has to do something about a reason; else it is the desk's, or is waited for."""
    return bool(reason.ways or _asked_of_customer(reason, case))


def _asked_of_customer(reason: Rejection, case: Case) -> tuple[str, ...]:
    """Return what the customer is asked again for a reason: what somebody else has to sign, the desk asks for."""
    is_anothers = is_someone_elses(case)
    return tuple(q for q in opens(reason, case) if q != "signature" or not is_anothers)


def mended(case: Case) -> dict[str, str]:
    """Return by which way out reasons were put right that no new answer was given to, by code."""
    given = case.answers.get(MENDED)
    return dict(_parted(each) for each in given.value) if given is not None else {}


def _parted(entry: str) -> tuple[str, str]:
    code, _, way = entry.partition(":")
    return code, way


def open_reasons(case: Case) -> tuple[Rejection, ...]:
    """Return the reasons that the customer has still to put right; none once all is repaired."""
    if case.request.repaired is not None or not is_rejected(case):
        return ()
    known = mended(case)
    theirs = (reason for reason in reasons_of(case) if reason.code not in known and asks_customer(reason, case))
    return tuple(reason for reason in theirs if _is_open(reason, case))


def _is_open(reason: Rejection, case: Case) -> bool:
    """Tell whether a reason waits for a way out, or for one of its answers."""
    again = opens(reason, case)
    return any(case.answers[q].reopened for q in again if q in case.answers) if again else bool(reason.ways)


def unasked(case: Case) -> Rejection | None:
    """Return the first open reason that no answer of ours caused: it is put right by a button."""
    return next((reason for reason in open_reasons(case) if not _asked_of_customer(reason, case)), None)


def asked_for(question: str, case: Case) -> Rejection | None:
    """Return the reason for which a question is asked."""
    if question == REPAIR:
        return unasked(case)
    return next((reason for reason in open_reasons(case) if question in _asked_of_customer(reason, case)), None)


def is_needed(case: Case) -> bool:
    """Tell whether a reason waits for a button of its own."""
    return is_rejected(case) and unasked(case) is not None


def read(text: str, case: Case) -> Given | Unreadable:
    """Read by which way out a reason was put right, pressed or in words."""
    reason, said = unasked(case), bare_word(text)
    ways = ways_of(reason, case) if reason is not None else ()
    way = "done" if said in _DONE else "fixed" if said in _FIXED else said
    return Given((way,)) if way in ways else Unreadable("repair.press")


def rows(case: Case) -> Rows:
    """Return the ways out of the first reason that is put right by a button, and a person."""
    reason = unasked(case)
    return (*ways_out(reason, case), (Choice("person", "button.person"),)) if reason is not None else ()


def ways_of(reason: Rejection, case: Case) -> tuple[Way, ...]:
    """Return the ways out of a reason in this case: one of Canada is not bound by what is contested."""
    return tuple(way for way in reason.ways if way != "contest" or country_of(case) != CANADA)


def ways_out(reason: Rejection, case: Case) -> Rows:
    """Return a button for each way out of a reason that needs no new answer."""
    return tuple((Choice(way, _label(way, reason)),) for way in ways_of(reason, case))


def ways_beside(question: str, case: Case) -> Rows:
    """Return the ways out that stand under a question asked for a rejection, or again by the desk after one."""
    reason = asked_for(question, case)
    if question == REPAIR:
        return ()
    if reason is not None:
        return ways_out(reason, case)
    return ((Choice("fixed", "button.carrier_fixed"),),) if _is_asked_again(question, case) else ()


def _is_asked_again(question: str, case: Case) -> bool:
    """Tell whether the desk asks again what is known: an answer that stands if the carrier was wrong."""
    given = case.answers.get(question)
    return given is not None and given.reopened and given.value != ("",) and question not in ("signature", "numbers")


def _label(way: str, reason: Rejection) -> str:
    if way == "fixed":
        return "button.carrier_fixed"
    return f"button.repair.{reason.deed if way == 'done' else way}"


def params(case: Case) -> Params:
    """Return the carrier, and its hints for what a reason of its may be about."""
    carrier = carrier_of(case)
    return {
        "carrier": carrier_name(case),
        "contest": nested("rejection.contest") if country_of(case) != CANADA else "",
        "hint_account": _hint(carrier.account_hint if carrier is not None else None, "hint.account"),
        "hint_pin": _hint(carrier.pin_hint if carrier is not None else None, "hint.pin"),
        "hint_lock": _hint(carrier.lock_hint if carrier is not None else None, "hint.lock"),
    }


def numbers_meant(question: str, case: Case) -> Params:
    """Return the refused numbers where a question is asked for a rejection of some alone; empty: it is about all."""
    refused = tuple(number.e164 for number in rejected(case))
    is_some = len(refused) < len(case.numbers) and asked_for(question, case) is not None
    return {"numbers": show_numbers(refused)} if is_some else {}


def _hint(fact: Fact | None, otherwise: str) -> str:
    return fact.text if fact is not None else nested(otherwise)
