"""A request that staff begin for a caller on the phone: the same questions, read the same way, taken over in a chat.

Until its link is opened it belongs to no chat: its place is held by one of our own with a negative id, to which nothing
is sent. A link holds for the policy's hours; a new one ends the one before.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.desk.answering import keep, nothing_yet
from domain.desk.asking import ask, name_of
from domain.desk.heard import Heard
from domain.desk.noting import NOTED
from domain.desk.roles import Role, require
from domain.desk.state import Changes, Due, Moment, State, Told
from domain.desk.turn import Rows, Turn
from domain.desk.urgent import CARDED
from domain.errors import DeskError, Refused, Unreadable
from domain.intake.about import show_moving
from domain.intake.choices import Choice
from domain.intake.given import Given, Unclear
from domain.intake.questions import BY_ID
from domain.numbers import Phone, show
from domain.numbers.reading import TEN
from domain.orders.model import Case
from domain.orders.phases import is_ended
from domain.policy import Policy
from domain.readers.secrets import mask, names_secret
from domain.text import ascii_digits
from domain.values import replace
from domain.wordkeys import nested

BY_PHONE = "by_phone"  # the flag of a request that no customer's chat has yet
ADOPT, PHONED = "adopt", "phoned"  # due rules: a chat takes a request over (`adopt:<chat>`), and is asked what is open
ASKED = ("numbers", "carrier", "working", "authority", "name", "address", "destination", "title")
"""What staff can ask on the phone, in the order of the questions; no secret, and nothing that only its owner can do."""

NEW_LINK: Rows = ((Choice("caller.link", "phone.button"),),)  # under what tells of a caller's link, for another one
LINK = "link"  # beside the answers: which link holds, by its count, until when (ISO), and that it was opened too late
_TOLD_LATE = "late"
FIRST = 1  # the count of the link that is there as soon as the request is
LINKS = 36**2  # counts of links begin anew after so many, of which all but the last are long too old
TAKEN = "phone.taken"  # what is told of numbers that other requests have; which ones, the board knows
_DIGITS = re.compile(r"\d(?:[ -]?\d){2,}")
_SAID_AS_THEY_ARE = ("address.po_box",)  # doubts whose sentence for customers says it all


@dataclass(frozen=True, slots=True)
class Caller:
    """What a caller told one of the staff: answers by question, as they would be typed, and words for the desk."""

    staff: str
    role: Role
    said: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


class Misread(DeskError):  # noqa: N818 - reads as the answer it is
    """Some answers cannot be taken as they are: nothing was begun. `fields`: what is said at each, by question."""

    def __init__(self, fields: dict[str, Told]) -> None:
        super().__init__("phone.misread")
        self.fields = fields


def begin(state: State, moment: Moment, caller: Caller, policy: Policy) -> Changes:
    """Begin a request with what a caller said. Raises Misread, and Refused for a role that is too small."""
    require(caller.role, Role.AGENT)
    turn = Turn(state, moment, f"staff:{caller.staff}", policy)
    turn.chat = replace(turn.chat, blocked=True)
    wrong = {question: why for question in ASKED if (why := _take(turn, question, caller.said)) is not None}
    if wrong:
        raise Misread(wrong)
    _hand_over(turn, caller)
    return turn.changes()


def _take(turn: Turn, question: str, said: Mapping[str, str]) -> Told | None:
    """Keep an answer; return why it cannot be, None where it is kept or needs none."""
    text = said.get(question, "").strip()
    case = turn.case or nothing_yet(turn)
    if not text:
        return Told("phone.numbers", error=True) if question == "numbers" else None
    if names_secret(text):
        return Told("phone.secret", error=True)
    if turn.case is None and question != "numbers":
        return None  # the numbers were not taken, of which something is said there
    if not _is_wanted(question, case):
        return None
    got = _read(question, text, case)
    if isinstance(got, Told):
        return got
    keep(turn, question, got)
    return None


def _read(question: str, text: str, case: Case) -> Given | Told:
    """Read an answer; return why it cannot be kept, or not all of it, where that is so."""
    got = BY_ID[question].read(text, case)
    if isinstance(got, Unreadable):
        return Told("phone.unreadable", {"why": nested(got.code, **got.params)}, error=True)
    if isinstance(got, Unclear) or got.secret is not None:
        return _doubt(got, case)
    left = _left_of(text, got) if question == "numbers" else ""
    return Told("phone.left", {"left": left}, error=True) if left else got


def _left_of(text: str, got: Given) -> str:
    """Return the digits among the numbers that belong to none of those taken; the ends of a block belong to it."""
    said = ascii_digits(text)
    is_block = len(got.value) > len(TEN.findall(said))
    return "" if is_block else ", ".join(_DIGITS.findall(TEN.sub(" ", said)))


def _doubt(got: Unclear | Given, case: Case) -> Told:
    """Return why an answer cannot be kept: taken, a secret, a mail address, or several senses."""
    if isinstance(got, Given):
        return Told("phone.secret", error=True)
    if got.key.startswith("claimed."):
        return Told(TAKEN, {"number": ", ".join(show(Phone(e164)) for e164 in sorted(case.claims))}, error=True)
    if got.key in _SAID_AS_THEY_ARE:
        return Told("phone.unreadable", {"why": nested(got.key, **got.params)}, error=True)
    return Told("phone.unclear", error=True)


def _is_wanted(question: str, case: Case) -> bool:
    """Tell whether this request has a question; a friendly name can always be given."""
    return question in ("numbers", "title") or BY_ID[question].needed(case)


def _hand_over(turn: Turn, caller: Caller) -> None:
    """Show the desk the new request, which is that of who began it."""
    turn.set_request(replace(turn.the_case().request, assignee=caller.staff))
    turn.flag(BY_PHONE)
    turn.hold(CARDED, ("yes",))
    _make_link(turn)
    turn.note(BY_PHONE)
    request = turn.the_case().request
    turn.focus.append((caller.staff, request.id))
    turn.refresh_card()
    turn.post("thread.by_phone", {"staff": caller.staff}, buttons=NEW_LINK)
    words = mask(caller.note.strip())
    if words:
        turn.note(NOTED, words=words)
        turn.post("thread.note", {"staff": caller.staff, "text": words})
    turn.told = Told("phone.done", {"ref": request.ref})


def _make_link(turn: Turn) -> None:
    until = turn.moment.now + timedelta(hours=turn.policy.invite_hours)
    turn.hold(LINK, (str((link_of(turn.the_case()) + 1) % LINKS), until.isoformat()))


def link_of(case: Case) -> int:
    """Return the count of the link by which a chat can take the request over; 0: none was made yet."""
    return int(case.answers[LINK].value[0]) if LINK in case.answers else 0


def renew(state: State, moment: Moment, staff: str, role: Role, policy: Policy) -> Changes:
    """Make a new link into a request, which ends the one before. Raises Refused where there can be none."""
    require(role, Role.AGENT)
    turn = Turn(state, moment, f"staff:{staff}", policy)
    check_open(turn.the_case())
    _make_link(turn)
    turn.note("relinked")
    return turn.changes()


def is_by_phone(case: Case) -> bool:
    """Tell whether no customer's chat has the request yet."""
    return case.request.chat_id < 0


def check_open(case: Case) -> None:
    """Raise Refused where a link into a request makes no sense: a chat has it, or it is over."""
    if is_ended(case.phase):
        raise Refused("phone.over", ref=case.request.ref, phase=nested(f"phase.{case.phase}"))
    if not is_by_phone(case):
        raise Refused("phone.has_chat", ref=case.request.ref)


def hear_link(turn: Turn, heard: Heard) -> None:
    """Leave the wish to take a request over to a turn of that request's own."""
    request, _, link = heard.code.partition(".")
    turn.set_due(f"{ADOPT}:{turn.chat.id}", int(request), int(link), turn.moment.now)


def adopt(turn: Turn, due: Due, policy: Policy) -> None:
    """Give a request to the chat that opened its link; one that holds no more only says so, and why."""
    chat_id, case = int(due.rule.partition(":")[2]), turn.the_case()
    if case.request.chat_id != chat_id:
        refused = _refusal(case, due.version, turn.moment.now)
        if refused:
            turn.say_to((chat_id, turn.chat.language), refused, {"hours": str(policy.invite_hours)})
            _tell_of_late(turn, refused)
            return
        _give(turn, case, chat_id)
    turn.set_due(PHONED, case.request.id, 0, turn.moment.now)


def adopter(due: Due) -> int | None:
    """Return the chat that wants to take a request over; None: this is due for another reason."""
    rule, _, chat = due.rule.partition(":")
    return int(chat) if rule == ADOPT else None


def tell_gone(state: State, moment: Moment) -> Changes:
    """Tell a chat that the link it opened leads to nothing any more: its request was deleted."""
    turn = Turn(state, moment, "clock")
    turn.say("start.link_used")
    return turn.changes()


def _refusal(case: Case, link: int, now: datetime) -> str:
    """Return why a link opens nothing, as a wording key; empty if it does."""
    if not is_by_phone(case) or is_ended(case.phase):
        return "start.link_used"
    if LINK not in case.answers or link != link_of(case):
        return "start.link_replaced"
    return "" if now < datetime.fromisoformat(case.answers[LINK].value[1]) else "start.link_late"


def _tell_of_late(turn: Turn, refused: str) -> None:
    """Let staff know, once for each link, that it was opened too late."""
    case = turn.the_case()
    if refused == "start.link_late" and _TOLD_LATE not in case.answers[LINK].value:
        turn.hold(LINK, (*case.answers[LINK].value, _TOLD_LATE))
        turn.note("link_late")
        turn.post("thread.link_late", {"ref": case.request.ref}, buttons=NEW_LINK)


def _give(turn: Turn, case: Case, chat_id: int) -> None:
    flags = case.answers["flags"].value if "flags" in case.answers else ()
    turn.hold("flags", tuple(flag for flag in flags if flag != BY_PHONE))
    turn.drop(LINK)
    turn.set_request(replace(turn.the_case().request, chat_id=chat_id))
    turn.note("adopted")
    turn.post("thread.adopted")
    turn.refresh_card()


def welcome(turn: Turn, _due: Due, _policy: Policy) -> None:
    """Greet who took a request over, and put the first question that is still open."""
    case = turn.the_case()
    turn.chat = replace(turn.chat, focus=case.request.id, asked=None)
    ask(turn, "start.phoned", {"ref": name_of(case.request), "number": show_moving(case)})


RULES = {ADOPT: adopt, PHONED: welcome}
