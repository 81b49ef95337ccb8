"""What a card tells of a request beside its phase: short facts, numbers, and what staff should look out for."""

from collections.abc import Iterator
from datetime import datetime

from bot.slack import aftermath, afterwards, papers
from bot.wording import say, sentences, slack_text
from domain.desk import pin_age, pin_times
from domain.desk.ages import letter_until
from domain.desk.dating import day_of, zone_of
from domain.desk.eligibility import lacking, may_be_ticked, ticked
from domain.desk.holding import holder, is_held
from domain.desk.keeping import Sheet
from domain.desk.letters import is_missing
from domain.desk.on_paper import is_accepted, is_complete
from domain.desk.phoning import is_by_phone
from domain.desk.snoozing import local
from domain.desk.urgent import STOP, URGENT, urgent_of
from domain.intake.about import moving, show_numbers, signer_name, wants
from domain.intake.classes import CLASSES
from domain.intake.readings.abroad import with_desk
from domain.intake.remarks import remarks as remarks_of
from domain.numbers import Phone, show
from domain.numbers.inventory import taken
from domain.orders.agreed import agreed_of, is_by_list, show_agreed, shown
from domain.orders.model import Answer, Case, Number
from domain.orders.phases import is_ended
from domain.orders.rejections import codes_of
from domain.papers.authorization import address_line
from domain.policy import Policy
from domain.text import clean
from domain.wordkeys import LINE, nested

LONGEST_VALUE = 120
SHOWN_RIVALS = 5
SHOWN_FLAGS = 5
NOT_GIVEN = ("", "none", "same")  # how answers say that there is nothing to tell

Facts = dict[str, str]


def _orders(case: Case) -> str:
    """Return the carrier's order number, of several orders each behind its place."""
    if len(case.orders) < 2:
        return _short(case.order.carrier_order or "") if case.order else ""
    places = ((place, order.carrier_order) for place, order in enumerate(case.orders, 1))
    return _short(", ".join(f"#{place} {number}" for place, number in places if number))


def fields(sheet: Sheet, policy: Policy) -> Iterator[str]:
    """Yield each fact that there is, under its label."""
    for name, value in _told(sheet, policy).items():
        if value:
            yield slack_text("staff.card.fact", {"name": nested(f"staff.answer.{name}"), "value": value})


def _told(sheet: Sheet, policy: Policy) -> Facts:
    """Return the facts by the name of their label; an empty one is not shown."""
    return {**_of_account(sheet.case), **_of_move(sheet.case), **_of_order(sheet, policy)}


def _of_account(case: Case) -> Facts:
    return {
        "carrier": _given(case, "carrier", from_=1) or "—",
        "class": _class(case),
        "queue": _queue(case),
        "reseller": _reseller(case),
        "btn": _phone(_given(case, "btn")),
        "new_btn": _phone(_given(case, "new_btn")),
        "unlock": _unlocked(case),
        "elsewhere": LINE.join(map(_short, with_desk(case))),
        "name": _given(case, "name", from_=1) or "—",
        "contact": _given(case, "contact"),
        "address": _address(case) or "—",
        "billing": _given(case, "billing"),
        "account": _given(case, "account") or "—",
    }


def _address(case: Case) -> str:
    answer = case.answers.get("address")
    return _short(address_line(answer.value)) if answer is not None and any(answer.value) else ""


def _of_move(case: Case) -> Facts:
    return {
        "list": _list(case),
        "destination": _by_list(case, "destination") or _phone(_given(case, "destination")) or "—",
        "stays": _stays(case),
        "texting": _texting(case),
        "tracking": _tracking(case),
        "email": _copies(case),
        "second": _phone(_given(case, "second")),
    }


def _of_order(sheet: Sheet, policy: Policy) -> Facts:
    case = sheet.case
    return {
        "assignee": _mention(case.request.assignee) or nested("card.nobody"),
        "hold": _hold(case),
        "snoozed": _snoozed(sheet, policy),
        "approval": _approval(case),
        "letter": LINE.join(part for part in (_letter(case, policy), papers.seal(sheet)) if part),
        "eligible": _eligible(case, policy),
        **aftermath.facts(sheet, policy),
        "bill": papers.bill(sheet, policy),
        "csr": papers.csr(case),
        "pin": _pin(sheet, policy),
        "date": _date(case.numbers, policy),
        "carrier_order": _orders(case),
        "attempts": _attempts(case.numbers),
        "snapback": afterwards.snapback(sheet, policy),
        "leaving": afterwards.leaving(case, policy),
    }


def _given(case: Case, question: str, *, from_: int = 0) -> str:
    """Return an answer in a person's words; empty when there is none, or it says that there is nothing."""
    answer = case.answers.get(question)
    return _short(" ".join(p for p in answer.value[from_:] if p not in NOT_GIVEN)) if answer else ""


def _short(text: str) -> str:
    """Return a person's words, short and without what cannot be seen."""
    text = clean(text)
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"


def _phone(given: str) -> str:
    return show(Phone(given)) if given.startswith("+") else given


def _class(case: Case) -> str:
    """Return the class of the numbers; before the order begins, what the customer said of it."""
    said = case.answer("line")
    number_class = case.order.number_class if case.order else said[0] if said else ""
    return nested(f"staff.class.{number_class}") if number_class else ""


def _queue(case: Case) -> str:
    """Return which team takes the request, where it is not the desk's usual one."""
    kind = CLASSES.get(case.order.number_class) if case.order else None
    return nested(f"staff.queue.{kind.queue}") if kind is not None and kind.queue else ""


def _reseller(case: Case) -> str:
    answer = case.answers.get("reseller")
    return nested("staff.card.no_reseller") if answer and answer.value == ("none",) else _given(case, "reseller")


def _unlocked(case: Case) -> str:
    """Return that the customer says the number is unlocked, where that was asked."""
    given = case.answers.get("unlock")
    return nested("staff.card.unlocked") if given is not None and not given.reopened else ""


def _stays(case: Case) -> str:
    given = _given(case, "stays")
    return nested("staff.card.nothing") if given == "nothing" else given


def _texting(case: Case) -> str:
    """Return whether texts are needed, and where nobody was asked, that it is taken for granted of such a line."""
    answer = case.answers.get("texting")
    if answer is None:
        return ""
    if answer.source == "inferred":
        return nested("staff.card.texts_granted" if answer.value == ("yes",) else "staff.card.no_texts_granted")
    return _yes_or_no(is_yes=answer.value == ("yes",))


def _yes_or_no(*, is_yes: bool) -> str:
    return nested("staff.card.yes" if is_yes else "staff.card.no")


def _copies(case: Case) -> str:
    return _yes_or_no(is_yes=bool(_given(case, "email")))


def _list(case: Case) -> str:
    agreed = agreed_of(case)
    return show_agreed(agreed) if agreed is not None else ""


def _by_list(case: Case, question: str) -> str:
    """Return that each number has its own, where the list says so."""
    answer = case.answers.get(question)
    return shown(answer.value) if answer is not None and is_by_list(answer.value) else ""


def _tracking(case: Case) -> str:
    parts = (_own_words(case, question) for question in ("source", "label", "company", "house"))
    return _short(" · ".join(part for part in parts if part))


def _own_words(case: Case, question: str) -> str:
    return slack_text("staff.card.in_list", {}) if _by_list(case, question) else _given(case, question)


def _approval(case: Case) -> str:
    """Return how it stands with the administrators of a customer's company; empty where nobody has to approve."""
    if case.request.approval is None:
        return ""
    given = case.answers.get("approval")
    return nested(f"staff.approval.{case.request.approval}", who=_short(given.value[0]) if given else "—")


def _mention(user: str | None) -> str:
    return nested("people.person", id=user) if user else ""


def _hold(case: Case) -> str:
    """Return why and by whom a request is on hold; empty where it is not."""
    if not is_held(case):
        return ""
    return nested("staff.card.held", why=_short(case.request.hold or "—"), who=holder(case))


def _snoozed(sheet: Sheet, policy: Policy) -> str:
    until = sheet.case.request.snoozed_until
    return local(until, policy) if until is not None and until > sheet.read_at else ""


def _eligible(case: Case, policy: Policy) -> str:
    """Return what is ticked of the customer's account, then what the policy asks for beside it before it goes out."""
    missing = lacking(case, policy) if may_be_ticked(case) else ()
    said = [("eligible.is", check) for check in ticked(case)] + [("eligible.lacks", check) for check in missing]
    return LINE.join(nested(key, check=say(f"eligible.check.{check}", {}, "en", clean)) for key, check in said)


def _letter(case: Case, policy: Policy) -> str:
    """Return by whom the letter is signed, or who has yet to; what is signed again counts as missing."""
    if is_complete(case):
        return nested("staff.letter.to_look")
    if is_missing(case):
        email = _given(case, "signer", from_=1)
        return nested("staff.letter.awaited", signer=_short(signer_name(case)) or "—", email=email or "—")
    answer, until = case.answers.get("signature"), letter_until(case, policy)
    if answer is None or until is None:
        return nested("staff.letter.missing")
    day = _local(answer, policy).date()
    signed = nested("staff.letter.signed", by=_short(answer.value[0]), date=day.isoformat(), until=until.isoformat())
    return LINE.join((signed, papers.on_paper(case))) if is_accepted(case) else signed


def _local(answer: Answer, policy: Policy) -> datetime:
    return answer.at.astimezone(policy.desk_zone)


def _pin(sheet: Sheet, policy: Policy) -> str:
    """Return how it stands with the PIN, never what it is; numbers of homes and offices have none."""
    case = sheet.case
    answer = case.answers.get("pin")
    if is_ended(case.phase):  # it is destroyed when the customer is told of the end
        return ""
    if (named := pin_times.set_time(case)) is not None:
        return nested("staff.pin.now" if named.is_due else "staff.pin.at", at=_at(named.at, policy))
    if answer is None:
        return nested("staff.pin.missing") if case.order is None or wants(case, "pin") else ""
    if answer.reopened:
        return nested("staff.pin.asked")
    if answer.value == ("none",):
        return nested("staff.pin.none")
    return nested("staff.pin.later") if answer.value == ("later",) else _held_pin(sheet, policy)


def _held_pin(sheet: Sheet, policy: Policy) -> str:
    """Return until when a PIN that was given is good, or what became of it."""
    why, until = pin_age.over(sheet.case, sheet.read_at), pin_age.good_until(sheet.case)
    if why:
        return nested(f"staff.pin.{why}")
    if until is None:
        return nested("staff.pin.here")
    key, params = pin_age.left(until, sheet.read_at)
    return nested("staff.pin.until", until=_at(until, policy), left=say(key, params, "en", clean))


def _at(at: datetime, policy: Policy) -> str:
    """Return a moment by the desk's clock."""
    return f"{at.astimezone(policy.desk_zone):%a %Y-%m-%d %H:%M}"


def _date(numbers: tuple[Number, ...], policy: Policy) -> str:
    days = sorted({n.port_date for n in numbers if n.port_date is not None})
    if not days:
        return ""
    shown = _short(", ".join(map(day_of, days)))
    if all(n.window_start is None for n in numbers):
        return shown
    hours = policy.hours_of(numbers[0])
    start, end = f"{hours.start:%H:%M}", f"{hours.end:%H:%M}"
    return nested("staff.card.date_within", days=shown, start=start, end=end, zone=zone_of(hours))


def _attempts(numbers: tuple[Number, ...]) -> str:
    """Return how often the order went out, once it has."""
    return str(max((n.attempts for n in numbers), default=0) or "")


def in_short(case: Case) -> str:
    """Return a request's first number and how many more there are."""
    agreed, numbers = agreed_of(case), case.numbers
    first = show(Phone(numbers[0].e164)) if numbers else "—"
    many = agreed.count if agreed is not None else len(numbers)
    return f"{first} +{many - 1:,}" if many > 1 else first


def _rejections(sheet: Sheet) -> Iterator[str]:
    """Yield why its numbers were rejected, each reason once, and what the carrier wrote."""
    reasons = dict.fromkeys(code for n in sheet.case.numbers for code in codes_of(n.rejection))
    for code in reasons:
        yield slack_text("staff.card.rejection", {"reason": nested(f"rejection.short.{code}")})
    if reasons and sheet.carrier_wrote:
        yield slack_text("staff.card.carrier_wrote", {"words": _short(sheet.carrier_wrote)})


def remarks(sheet: Sheet) -> Iterator[str]:
    """Yield what staff should look out for."""
    case = sheet.case
    yield from _flags(case)
    for key in remarks_of(case):
        yield slack_text("staff.card.flag", {"flag": nested(key)})
    yield from _rejections(sheet)
    if case.rivals:
        yield slack_text("staff.card.rivals", {"rivals": ", ".join(case.rivals[:SHOWN_RIVALS])})
    ours = taken(moving(case), case.ours)
    if ours and not is_ended(case.phase):
        yield slack_text("staff.card.ours", {"numbers": show_numbers(ours)})
    yield from afterwards.to_keep(case)
    if sheet.taken_by is not None:
        yield slack_text("card.taken", {"staff": sheet.taken_by})
    if sheet.chat_blocked and not is_by_phone(case):
        yield slack_text("staff.card.blocked", {})


def _flags(case: Case) -> Iterator[str]:
    """Yield the risks that the customer's words told of; one without words of its own points to the thread.

    What is urgent stands at the card's top, and is over when the request is.
    """
    found, urgent = case.answers.get("flags"), (*URGENT, STOP) if is_ended(case.phase) else urgent_of(case)
    keys = [f"staff.flag.{flag}" for flag in (found.value if found else ()) if flag not in urgent]
    known = dict.fromkeys(key if key in sentences("en") else "staff.flag.other" for key in keys)
    for key in list(known)[:SHOWN_FLAGS]:
        yield slack_text("staff.card.flag", {"flag": nested(key)})
