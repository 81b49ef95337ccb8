"""Conversations brought to where a test begins: a question that is open, or a phase that the request has come to."""

from collections.abc import Callable
from datetime import timedelta

from domain.desk.signing import fingerprint
from domain.intake.trial import TRIALS
from domain.orders.phases import PHASES
from domain.policy import CLASSES, Policy
from domain.values import replace
from tests.domain.talk import ANSWERS, Shown, Talk
from tests.domain.ways import CA_WIRELESS, GOOGLE_VOICE, LANDLINE, TOLL_FREE, Answers, begun, do


def _cancelled(talk: Talk) -> None:
    talk.command("cancel")
    talk.press("cancel.yes")


def _staff(*steps: tuple[str, str]) -> Callable[[Talk], None]:
    """Return what brings a request through verbs of staff's, each told to the customer."""

    def go(talk: Talk) -> None:
        for verb, argument in steps:
            told = talk.staff(verb, argument)
            assert not told.error, told
            talk.forward(seconds=61)

    return go


SUBMIT, ADVANCE, DATE = ("submit", "VZ-881"), ("advance", ""), ("date", "2026-12-01")
_ON: dict[str, Callable[[Talk], None]] = {
    "staff_review": _staff(),
    "changes_requested": _staff(("ask", "name: the bill says Maria J.")),
    "submitted": _staff(SUBMIT),
    "carrier_review": _staff(SUBMIT, ADVANCE),
    "rejected": _staff(SUBMIT, ("reject", "wrong pin: 8C")),
    "pending_date": _staff(SUBMIT, ADVANCE, ADVANCE),
    "scheduled": _staff(SUBMIT, ADVANCE, ADVANCE, DATE),
    "activating": _staff(SUBMIT, ADVANCE, ADVANCE, DATE, ADVANCE),
    "ported": _staff(SUBMIT, ADVANCE, ADVANCE, DATE, ("complete", "")),
    "cancelled": _staff(("cancel", "")),
}


def _closed(talk: Talk) -> None:
    """Close what has moved, as the desk's clock does in the end."""
    _ON["ported"](talk)
    request, number = talk.request, replace(talk.number, phase="closed")
    talk.numbers[number.id] = number
    for order in talk.case().orders:
        talk.orders[order.id] = replace(order, status="closed")
    told = fingerprint(replace(talk.case(), numbers=(number,)))
    talk.requests[request.id] = replace(request, status="closed", told=told)


ONE_LINE: Answers = {**LANDLINE, "numbers": "415-421-8832"}
ONE_TOLL_FREE: Answers = {**TOLL_FREE, "numbers": "800-356-9377"}
# Phases that only some classes go through: the way to the desk, and what staff do then.
_OF_A_CLASS: dict[str, tuple[Answers, Callable[[Talk], None]]] = {
    "awaiting_unlock": ({**GOOGLE_VOICE, "unlock": "!later"}, _staff()),
    "awaiting_sms_consent": (CA_WIRELESS, _staff(SUBMIT)),
    "csr_check": (ONE_LINE, _staff(SUBMIT, ADVANCE)),
    "csr_needed": (ONE_LINE, _staff(SUBMIT, ADVANCE, ("ask", "csr"))),
    "resporg_release": (ONE_TOLL_FREE, _staff(SUBMIT, ADVANCE)),
    "rerouting": (ONE_TOLL_FREE, _staff(SUBMIT, ADVANCE, ADVANCE)),
}
_ON |= {
    "closed": _closed,
    "returned": _staff(SUBMIT, ADVANCE, ADVANCE, DATE, ("complete", ""), ("end", "returned")),
    "not_portable": _staff(SUBMIT, ("end", "not portable: no carrier of ours is there")),
    "failed": _staff(SUBMIT, ADVANCE, ("end", "failed")),
}


def _tried(question: str) -> Callable[[Talk], None]:
    """Return what brings a moved number, whose texting works, to where one thing more is to be tried."""

    def go(talk: Talk) -> None:
        _ON["ported"](talk)
        _staff(("texting", "filed"), ("texting", "working"))(talk)
        while talk.chat.asked != question:
            talk.press("yes")

    return go


_ASKED_LATER: dict[str, Callable[[Talk], None]] = {
    "repair": _staff(SUBMIT, ("reject", "unpaid balance")),
    **{question: _tried(question) for question in TRIALS if question != "trial_in"},  # that one `ported` asks
}
ASKED_LATER = tuple(_ASKED_LATER)
"""States for each question that is asked only after the request went out."""


def _of_a_class(phase: str) -> Talk:
    answers, go_on = _OF_A_CLASS[phase]
    talk = begun(answers, "unlock" if phase == "awaiting_unlock" else "")
    if phase == "awaiting_unlock":
        talk.press("later")
        while talk.chat.asked != "unlock":
            do(talk, answers[str(talk.chat.asked)])
    go_on(talk)
    assert talk.request.status == phase
    return talk


def at_phase(phase: str) -> Talk:
    """Return a conversation whose one request has come to a phase, the customer told of it."""
    if phase in _OF_A_CLASS:
        return _of_a_class(phase)
    if phase in ("intake", "expired"):
        talk = Talk()
        talk.until("account")
        if phase == "expired":
            talk.forward(days=40)
    else:
        talk = Talk(does_errands=phase != "awaiting_documents")
        talk.until("end")
        _ON.get("submitted" if phase == "cancel_requested" else phase, _staff())(talk)
        if phase == "cancel_requested":
            _cancelled(talk)
    assert talk.request.status == phase
    return talk


def two_at_desk() -> Talk:
    """Return a request for two numbers that the desk has."""
    talk = Talk()
    talk.command("start")
    talk.say("415-421-8832, 415-421-8833")
    for answer in ("Verizon Wireless", "yes", "yes"):
        talk.say(answer)
    talk.document()
    talk.press("holder")
    for answer in ("Maria Alvarez", "1455 Market Street, San Francisco, CA 94103", "415 200 0100", "998877665-00001"):
        talk.say(answer)
    talk.press("correct")
    talk.say("Maria Alvarez")
    talk.say("482913")
    return talk


OPEN = tuple(ANSWERS)  # a state for each question of the usual run
WISHES = Policy(
    sources=("A flyer", "The web page"), asks_label=True, companies=("North", "South"), mails=True,
    classes=tuple(each for each in CLASSES if each != "ca_landline"),
)  # fmt: skip
HOME = ("/start", "415-421-8832, Xfinity home phone", "!yes", "!later", "!holder")
OFFICE = (*HOME, "Blue Door Bakery LLC")
SERVICE = "1455 Market Street, San Francisco, CA 94103"
CHECKED = (
    "/start", "415-421-8832, Verizon Wireless", "!yes", "@bill", "!holder", "Maria Alvarez", SERVICE, "415 200 0100",
    "!source.0", "Front desk", "!company.1", "998877665-00001",
)  # fmt: skip
CHECKED_VOIP = (
    "/start", "415-421-8832, RingCentral", "!yes", "@bill", "!holder", "Maria Alvarez", SERVICE, "!none",
    "415 200 0100", "!source.0", "Front desk", "!company.1", "998877665",
)  # fmt: skip
ROUTES: dict[str, tuple[str, ...]] = {  # to each other question: `/command`, `!button`, `@bill`, else what is typed
    "line": ("/start", "415-421-8832", "Blue Cow Telephone", "!as:Blue Cow Telephone"),
    "one_bill": ("/start", "415-421-8832, 415-421-8833", "Verizon Wireless"),
    "signer": ("/start", "415-421-8832, Verizon Wireless", "!yes", "@bill", "!someone_else"),
    "kind": (*HOME, "Blue Door"),
    "contact": OFFICE,
    "billing": (*CHECKED, "!change.billing"),
    "stays": (*OFFICE, "Maria Alvarez", SERVICE),
    "texting": (*OFFICE, "Maria Alvarez", SERVICE, "nothing"),
    "btn": ("/start", "415-421-8832, 415-421-8833, Xfinity home phone", "yes"),
    "unlock": ("/start", "415-421-8832, Google Voice personal", "!yes"),
    "reseller": (
        "/start", "415-421-8832, RingCentral", "!yes", "!later", "!holder", "Maria Alvarez", SERVICE,
    ),
    "new_btn": (*OFFICE, "Maria Alvarez", SERVICE, "two other lines", "!yes"),
    "source": CHECKED[:8],
    "label": CHECKED[:9],
    "company": CHECKED[:10],
    "email": (*CHECKED, "!change.email"),
    "second": (*CHECKED, "!change.second"),
    "title": (*CHECKED, "!change.title"),
    "served": ("/start", "514-861-2345, Bell home phone"),
    "unsigned": (  # somebody else's account, complete but for the letter that the desk awaits
        "/start", "415-421-8832, Verizon Wireless", "!yes", "@bill", "!someone_else",
        "Ann Lee, ann@example.com", "Ann Lee", SERVICE, "415 200 0100", "!source.0", "Front desk", "!company.1",
        "998877665-00001, PIN 482913", "!correct",
    ),
}  # fmt: skip
RARE = tuple(question for question in ROUTES if question not in ("unsigned", "served"))  # `served` has no answer
QUIET = ("nobody", "later", "unsigned", "served")  # no request yet, the PIN put off, a letter awaited
STATES: tuple[str, ...] = (*QUIET, *OPEN, "consent", *RARE, *(p for p in PHASES if p not in ("intake", "screening")))


SAID: dict[str, str] = {  # how each question is answered in words; the bill is a file
    **ANSWERS,
    "line": "landline",
    "one_bill": "yes",
    "btn": "415-421-8832",
    "unlock": "yes",
    "csr": "none",
    "repair": "done",
    "reseller": "no",
    "new_btn": "415-421-8840",
    "signer": "Ann Lee, ann@example.com",
    "kind": "company",
    "contact": "Maria Alvarez",
    "billing": "same",
    "stays": "nothing",
    "texting": "yes",
    "source": "A flyer",
    "label": "Front desk",
    "company": "South",
    "email": "maria@example.com",
    "second": "212 736 5002",
    "title": "Main office line",
    "consent": "I agree",
}


def say_to(talk: Talk, question: str) -> list[Shown]:
    """Answer any question, in words where it can be; a second passes before, as between two messages of a person."""
    talk.now += timedelta(seconds=1)
    return talk.document() if question == "bill" else talk.say(SAID[question])


def until(question: str) -> Talk:
    """Return a conversation of the usual run that has come to a question."""
    talk = Talk()
    talk.command("start")
    for each in OPEN[: OPEN.index(question)]:
        say_to(talk, each)
    return talk


def walk(talk: Talk, steps: tuple[str, ...]) -> list[Shown]:
    """Go some steps as ROUTES writes them; return what is shown for the last."""
    shown: list[Shown] = []
    for step in steps:
        talk.now += timedelta(seconds=1)
        if step == "@bill":
            shown = talk.document()
        elif step[0] in "!/":
            shown = talk.press(step[1:]) if step[0] == "!" else talk.command(step[1:])
        else:
            shown = talk.say(step)
    return shown


def at(state: str) -> Talk:
    """Return a conversation in which a question is open, or whose request has come to a phase."""
    if state in ROUTES:
        talk = Talk(WISHES)
        walk(talk, ROUTES[state])
        assert talk.chat.asked == (None if state == "unsigned" else state)
        return talk
    if state == "consent":  # a draft that was checked before anybody was asked for consent
        talk = until("signature")
        del talk.answers[talk.newest]["consent"]
        talk.command("start")
        return talk
    if state in OPEN:
        return until(state)
    if state == "later":
        talk = at("pin")
        talk.press("later")
        return talk
    if state in _ASKED_LATER:
        talk = Talk()
        talk.until("end")
        _ASKED_LATER[state](talk)
        assert talk.chat.asked == state
        return talk
    return Talk() if state == "nobody" else at_phase(state)


def asked_in(shown: list[Shown]) -> bool:
    """Tell whether the last message puts a question."""
    return bool(shown) and any(part.startswith("ask.") for part in shown[-1].owed.key.split("+"))
