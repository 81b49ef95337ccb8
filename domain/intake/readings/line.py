"""Stage 1: what kind of line it is, which bill it stands on, and whether it can go at all."""

import re

from domain.errors import Unreadable
from domain.intake.about import carrier_of, class_of, kind_of, moving, wants
from domain.intake.choices import Choice
from domain.intake.given import NO, YES, Given, Params, Rows, Unclear, bare_word, choice_rows
from domain.intake.needed import NO_LINE
from domain.intake.readings.one_bill import MAIN, pressed_main
from domain.intake.readings.staying import lines_alone, says_nothing_stays
from domain.intake.repairs import asked_for
from domain.intake.sayings.plain import plain
from domain.intake.showing import numbers_param
from domain.numbers import Phone, read_phone, show
from domain.numbers.verdicts import SERVED
from domain.orders.model import Case
from domain.wordkeys import LINE, nested

IS_FAX = "is_fax"  # the button that takes the numbers for those of a fax
_NO_NUMBER = re.compile(
    r"(?:(?:there (?:is|are)|it has|they have) )?no(?: other| more)? (?:numbers?|lines?|phones?)(?: there)?"
)
_MOST_MAIN = 3  # numbers offered as the main one

_LINES = {
    "wireless": ("mobile", "mobile phone", "cell", "cellphone", "cell phone", "wireless"),
    "landline": ("landline", "home", "home phone", "office", "office phone", "business", "business line", "land line"),
    "voip": ("internet", "internet phone", "voip", "internet line", "online", "app", "an app", "voice over ip"),
    "fax": ("fax", "a fax", "fax line", "fax number", "fax machine", "it is a fax", "it's a fax"),
}


def read_line(text: str, case: Case) -> Given | Unreadable:
    """Read what kind of phone the numbers are of; of a company that the table has, only whether it is a fax."""
    word = bare_word(text)
    if word == "no_fax":
        return Given(("no_fax",))
    for line, said in _LINES.items():
        if (word == line or word in said) and (line == "fax" or carrier_of(case) is None):
            return Given((line,))
    return Unreadable("line.press")


def line_rows(case: Case) -> Rows:
    """Return the kinds of phones; of a company whose business is known a fax is the only other one."""
    return choice_rows("line", *(_LINES if carrier_of(case) is None else ("fax", "no_fax")))


def read_served(text: str, _case: Case) -> Unclear | Unreadable:
    """Offer what can be done for a kind of number that we do not move: nothing that is said makes it movable."""
    return Unreadable("served.press")


def served_rows(_case: Case) -> Rows:
    """Return the desk, another number, and another company."""
    return ((Choice("person", "button.to_desk"),), (Choice("anew", "button.another_number"),))


def one_bill_rows(case: Case) -> Rows:
    """Return yes and no; where the bill's main number is asked for, the yes names it."""
    if not is_main_asked(case):
        return choice_rows("one_bill", "yes", "no")
    return (
        *_main_rows(case, "button.one_bill.main"),
        (Choice("yes", "button.one_bill.another"),),
        (Choice("no", "button.one_bill.no"),),
    )


def is_main_asked(case: Case) -> bool:
    """Tell whether the main number of the bill is still to be told."""
    return wants(case, "btn") and case.answer("btn") is None


def _main_rows(case: Case, label: str, without: tuple[str, ...] = ()) -> Rows:
    shown = [number for number in moving(case) if number not in without][:_MOST_MAIN]
    return tuple((Choice(f"{MAIN}{number}", label, {"number": show(Phone(number))}),) for number in shown)


def read_btn(text: str, case: Case) -> Given | Unclear | Unreadable:
    """Read the main number of the bill: one of those that move, or any other of the account."""
    main = pressed_main(text, case)
    if main:
        return Given((main,))
    if text == "other":
        return Unclear("btn.type_it", ())
    found = read_phone(text, SERVED)
    return found if isinstance(found, Unreadable) else Given((found.e164,))


def btn_rows(case: Case) -> Rows:
    """Return the first few of the moving numbers, and that it is another one."""
    return (*_main_rows(case, "button.number"), (Choice("other", "button.btn.other"),))


def read_new_btn(text: str, case: Case) -> Given | Unclear | Unreadable:
    """Read which number is the main one of what stays: none that moves (Bandwidth 7496, 7497, read 2026-11-21)."""
    if _leaves_nothing(text) and asked_for("new_btn", case) is not None:
        return Unreadable("new_btn.they_see_some")
    if text == NO_LINE or bare_word(text) in NO or _NO_NUMBER.fullmatch(plain(text)):
        return Unclear("text.also_noted", None, keeps=((NO_LINE, Given(("yes",))),))
    if says_nothing_stays(text):
        return Unclear("stays.nothing_noted", None, keeps=(("stays", Given(("nothing",))),))
    short = lines_alone(text, case)
    found = Phone(short[0]) if len(short) == 1 else read_phone(text, SERVED)
    if isinstance(found, Unreadable):
        return found
    return Unreadable("new_btn.moves") if found.e164 in moving(case) else Given((found.e164,))


def _leaves_nothing(text: str) -> bool:
    is_none = text == NO_LINE or bare_word(text) in NO or _NO_NUMBER.fullmatch(plain(text)) is not None
    return is_none or says_nothing_stays(text)


def new_btn_rows(case: Case) -> Rows:
    """Return that nothing of what stays has a number, unless its carrier has refused just that."""
    return ((Choice(NO_LINE, "button.no_line_stays"),),) if asked_for("new_btn", case) is None else ()


_TROUBLES = ("cancelled", "off", "ordered", "locked")


# Each part of an answer that says nothing but that all is in order.
_IN_ORDER = re.compile(
    r"(?:(?:it|that|this|everything|all|all of (?:it|that|this)|the (?:line|phone|number)|the rest) ?)?"
    r"(?:'s |is |are )?(?:all )?(?:works?|working|true|fine|good|correct|right|in order|ok|okay|in service|active)"
    r"(?: (?:fine|well|today|now|too|as well))?"
    r"|(?:nothing|none of it)(?: has been| was| is|'s)?(?: ever| been)? cancell?ed"
    r"|(?:there (?:is|are) )?no (?:other |open |pending )*orders?(?: open| pending)?|nothing (?:else )?(?:is )?open"
)


def read_working(text: str, case: Case) -> Given | Unclear | Unreadable:
    """Read whether the line works with nothing cancelled; trouble is answered with what to do now, and flagged."""
    if text in _TROUBLES:
        rows = (*choice_rows("working", "again"), (Choice("person", "button.person"),))
        return Unclear(f"working.{text}", rows, lock_params(case), flag=f"line_{text}")
    said = bare_word(text)
    parts = [part for part in re.split(r"[,.;!]|\band\b", said.removeprefix("yes ")) if part.strip()]
    if said == "again" or (parts and all(part.strip() in YES or _IN_ORDER.fullmatch(part.strip()) for part in parts)):
        return Given(("yes",))
    return _in_part(text, case)


_AGREES = (
    r"(?:yes|yeah|yep|yup|all (?:of (?:that|it|this)|fine|good|true|correct)|everything(?: is)? (?:fine|good|true))"
)
_POINTS = {
    "works": r"(?:(?:it|the line|the phone|the number|they) )?(?:is |are )?(?:works?|working|in service)(?: fine)?",
    "kept": r"(?:nothing|not|none)(?: has been| was| is)? cancelled",
    "no_order": r"no (?:other |open )*orders?(?: open| pending)?",
}
_SAID_PARTS = re.compile(rf"(?:(?:{_AGREES}|{'|'.join(_POINTS.values())}|and)(?: |$))+")


def _in_part(text: str, case: Case) -> Given | Unclear | Unreadable:
    """Read points that follow each other without a mark; those that were left out are asked about alone."""
    said = plain(text)
    if _SAID_PARTS.fullmatch(said) is None:
        return Unreadable("working.press")
    points = [point for point, words in _POINTS.items() if not re.search(rf"\b{words}\b", said)]
    left = [nested(f"working.point.{point}") for point in points]
    if re.search(rf"\b{_AGREES}\b", said) or not left:
        return Given(("yes",))
    return Unclear("working.missing", working_rows(case), {"points": LINE.join(left)})


def working_rows(case: Case) -> Rows:
    """Return the buttons of the question whether all is in order."""
    return choice_rows("working", "yes", *(each for each in _TROUBLES if each != "locked" or lock_of(case)))


def working_words(case: Case) -> str:
    """Return how it is asked: of a number that may be locked with its lock, of a Canadian mobile with its old SIM."""
    ending = kind_of(case).words.get("working", "wireless" if lock_of(case) else "")
    return f"ask.working_{ending}" if ending else "ask.working"


def lock_of(case: Case) -> str:
    """Return how a lock of this carrier is switched off; empty where none is to be expected, or it has its own step."""
    carrier = carrier_of(case)
    if wants(case, "unlock") or kind_of(case).words.get("working") == "ca_wireless":
        return ""
    if carrier is not None and carrier.lock_hint is not None:
        return carrier.lock_hint.text
    return nested("hint.lock") if class_of(case) == "wireless" else ""


def lock_params(case: Case) -> Params:
    """Return the lock beside the numbers and the carrier."""
    return {**numbers_param(case), "lock": lock_of(case)}


_UNLOCKED = frozenset({"unlocked", "it is unlocked", "it's unlocked", "done", "it is done", "i unlocked it"})


def read_unlock(text: str, case: Case) -> Given | Unclear | Unreadable:
    """Read that the number is unlocked; who cannot unlock it is helped, and the desk knows."""
    if text == "trouble":
        rows = (*choice_rows("unlock", "yes"), (Choice("person", "button.person"),))
        return Unclear("unlock.trouble", rows, unlock_params(case), flag="not_unlocked")
    said = bare_word(text)
    if said == "later" and case.phase == "intake":
        return Given(("later",))
    return Given(("yes",)) if said in YES or said in _UNLOCKED else Unreadable("unlock.press")


def unlock_rows(case: Case) -> Rows:
    """Return that it is done, that it comes later while the request is still begun, and that it does not work."""
    later = ("later",) if case.phase == "intake" else ()
    return choice_rows("unlock", "yes", *later, "trouble")


def unlock_params(case: Case) -> Params:
    """Return how the carrier's numbers are unlocked."""
    carrier = carrier_of(case)
    hint = carrier.lock_hint.text if carrier is not None and carrier.lock_hint is not None else nested("hint.lock")
    return {**numbers_param(case), "hint": hint}
