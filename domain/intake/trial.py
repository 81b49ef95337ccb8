"""What a customer tries once numbers have moved: calls in and out, voicemail, texts; it works, fails, or comes later.

What is tried are questions of the table like all others. Their answers tell it for each number, so that numbers of
one request that move on different days are each tried once.
"""

import re
from collections.abc import Callable
from functools import partial

from domain.errors import Unreadable
from domain.intake.about import class_of, show_numbers
from domain.intake.given import NO, Given, Params, Rows, bare_word, choice_rows
from domain.intake.texts import working
from domain.intake.trial_words import FAILS as FAILS
from domain.intake.trial_words import WORKS as WORKS
from domain.intake.trial_words import verdicts_apart
from domain.orders.model import Case

ON_TRIAL = "trial"  # beside the answers: numbers (E.164) of which the customer was told that they have moved
LATER = "later"
MENDED = "mended"  # the desk has found it to work after the customer had said that it does not; they try once more

_WORKS = frozenset(  # "ok" is none of them: who says that has not tried it yet
    {"yes", "y", "yeah", "yep", "yup", "si", "sí", "works", "it works", "they do", "it does", "yes it does"}
    | {"yes it works", "yes they do", "it rings", "yes it rings"}
)
_GLAD = re.compile(r"(?:(?:great|thanks?(?: you)?|perfect|super)[\s!,.]+)+")
_ALL = re.compile(r"(?:all|everything|it all) works?(?: fine| great)?")
_FAILS = frozenset(
    {"it does not", "it doesn't", "doesn't work", "does not work", "it doesn't work", "not working", "no it doesn't"}
)
_LATER = frozenset({"later", "not yet", "not now", "i try it later", "tomorrow"})
_NO_FAX = ("toll_free", "fax")  # a toll-free number makes no calls of its own
_TRIED: dict[str, Callable[[Case], bool]] = {
    "trial_in": lambda _case: True,
    "trial_out": lambda case: class_of(case) not in _NO_FAX,
    "trial_voicemail": lambda case: class_of(case) != "fax",
    "trial_texts": lambda case: not set(working(case)).isdisjoint(on_trial(case)),
}
TRIALS = tuple(_TRIED)
"""THE table of what is tried, in the order of asking, each with whom it concerns."""

MUST_WORK = ("trial_in", "trial_out", "trial_texts")  # before an old service may be cancelled; nothing else may fail


def on_trial(case: Case) -> tuple[str, ...]:
    """Return the numbers that have moved, are not closed yet, and of which the customer knows it."""
    given = case.answers.get(ON_TRIAL)
    if given is None:
        return ()
    moved = {number.e164 for number in case.numbers if number.phase == "ported"}
    return tuple(each for each in given.value if each in moved)


def is_tried(question: str) -> Callable[[Case], bool]:
    """Tell of a case whether this is tried in it at all."""
    return partial(_is_tried, question)


def _is_tried(question: str, case: Case) -> bool:
    return ON_TRIAL in case.answers and bool(on_trial(case)) and _TRIED[question](case)


def verdicts(case: Case, question: str) -> dict[str, str]:
    """Return what was said of it, by number."""
    given = case.answers.get(question)
    said = (each.partition(" ") for each in (given.value if given is not None else ()) if each)
    return {number: verdict for verdict, _, number in said}


def concerned(case: Case, question: str) -> tuple[str, ...]:
    """Return the numbers on trial of which this is tried: texts of those alone whose texting works."""
    numbers = on_trial(case)
    return tuple(each for each in numbers if each in working(case)) if question == "trial_texts" else numbers


def still_to_try(case: Case, question: str) -> tuple[str, ...]:
    """Return the numbers on trial of which the customer has still to say that it works."""
    known = verdicts(case, question)
    return tuple(each for each in concerned(case, question) if known.get(each) != WORKS)


def still_to_verify(case: Case, question: str) -> tuple[str, ...]:
    """Return the numbers on trial of which neither customer nor desk has found that it works."""
    known = verdicts(case, question)
    return tuple(each for each in concerned(case, question) if known.get(each) not in (WORKS, MENDED))


def tried_in(case: Case) -> tuple[str, ...]:
    """Return what is tried in a case, in order."""
    return tuple(question for question in TRIALS if _is_tried(question, case))


def failing(case: Case) -> tuple[str, ...]:
    """Return what does not work for some number on trial."""
    if ON_TRIAL not in case.answers:
        return ()
    return tuple(question for question in tried_in(case) if failing_at(case, question))


def failing_at(case: Case, question: str) -> tuple[str, ...]:
    """Return the numbers on trial at which something does not work."""
    known = verdicts(case, question)
    return tuple(each for each in concerned(case, question) if known.get(each) == FAILS)


def mended_at(case: Case, question: str) -> tuple[str, ...]:
    """Return the numbers on trial at which the desk has mended something that the customer has not tried again yet."""
    known = verdicts(case, question)
    return tuple(each for each in concerned(case, question) if known.get(each) == MENDED)


def unverified(case: Case) -> tuple[str, ...]:
    """Return what stands between a moved number and the end of the old service: what must work, and what fails."""
    failed = failing(case)
    return tuple(q for q in tried_in(case) if q in failed or (q in MUST_WORK and still_to_verify(case, q)))


def with_verdict(case: Case, question: str, verdict: str) -> tuple[str, ...]:
    """Return the answer in which every number that is still to be tried has this verdict."""
    return with_verdicts(case, question, dict.fromkeys(still_to_try(case, question), verdict))


def with_verdicts(case: Case, question: str, said: dict[str, str]) -> tuple[str, ...]:
    """Return the answer in which numbers have the verdicts that are said of them, and others those they had."""
    return tuple(f"{each} {number}" for number, each in {**verdicts(case, question), **said}.items())


def reader(question: str) -> Callable[[str, Case], Given | Unreadable]:
    """Return what reads whether it works."""
    return partial(_read, question)


def _read(question: str, text: str, case: Case) -> Given | Unreadable:
    said = bare_word(text)
    glad = _GLAD.match(said)
    word = said[glad.end() :] if glad is not None else said
    if _ALL.fullmatch(word):
        others = (each for each in tried_in(case) if each != question and still_to_try(case, each))
        more = tuple((each, Given(with_verdict(case, each, WORKS))) for each in others)
        return Given(with_verdict(case, question, WORKS), more=more)
    verdict = next((verdict for verdict, words in _WORDS.items() if word == verdict or word in words), None)
    each = dict.fromkeys(still_to_try(case, question), verdict) if verdict else _apart(question, text, case)
    if not each:
        return Unreadable("trial.unclear")
    failed = FAILS in each.values()
    known = {number: said_of for number, said_of in each.items() if said_of is not None}
    return Given(with_verdicts(case, question, known), lead=_lead(question) if failed else "")


def _lead(question: str) -> str:
    return f"trial.failed_{question.removeprefix('trial_')}"


def _apart(question: str, text: str, case: Case) -> dict[str, str]:
    """Return what is surely said of single numbers, and of those that are not named: later; nothing sure: empty."""
    said = verdicts_apart(text, concerned(case, question))
    return {**dict.fromkeys(still_to_try(case, question), LATER), **said} if said else {}


_WORDS = {WORKS: _WORKS, FAILS: NO | _FAILS, LATER: _LATER}


def params_of(question: str) -> Callable[[Case], Params]:
    """Return what names the numbers that are tried."""
    return lambda case: {"tried": show_numbers(still_to_try(case, question))}


def rows(_case: Case) -> Rows:
    """Return that it works, that it does not, and that it is tried later."""
    return choice_rows("trial", WORKS, FAILS, LATER)


def words_of(question: str) -> Callable[[Case], str]:
    """Return how it is asked: of a fax in words of its own."""
    return lambda case: (
        f"ask.{question}_fax" if class_of(case) == "fax" and question == "trial_in" else f"ask.{question}"
    )


def closing_words(case: Case) -> str:
    """Return what is said when nothing more is to be tried for now."""
    if failing(case):
        return "trial.with_desk"
    return "trial.later" if any(still_to_try(case, question) for question in tried_in(case)) else "trial.done"
