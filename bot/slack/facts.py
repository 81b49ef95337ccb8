"""What a card tells of a request beside its phase: short facts, numbers, and what staff should look out for."""

from collections.abc import Iterator
from datetime import datetime

from bot.wording import sentences, slack_text
from domain.desk.keeping import Sheet
from domain.desk.letters import is_missing
from domain.intake.about import signer_name
from domain.numbers import Phone, show
from domain.orders.model import Answer, Case, Number
from domain.papers.authorization import address_line
from domain.policy import Policy
from domain.text import clean
from domain.wordkeys import nested

LONGEST_VALUE = 120
SHOWN_RIVALS = 5
SHOWN_NUMBERS = 10
SHOWN_FLAGS = 5
NOT_GIVEN = ("", "none", "same")  # how answers say that there is nothing to tell

Facts = dict[str, str]


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
        "destination": _phone(_given(case, "destination")) or "—",
        "stays": _stays(case),
        "texting": _texting(case),
        "tracking": _tracking(case),
        "email": _copies(case),
        "second": _phone(_given(case, "second")),
    }


def _of_order(sheet: Sheet, policy: Policy) -> Facts:
    case = sheet.case
    order = case.order.carrier_order if case.order else None
    return {
        "letter": _letter(case, policy),
        "bill": nested(f"staff.bill.{_bill(sheet)}"),
        "pin": _pin(case),
        "date": _date(case.numbers, policy),
        "carrier_order": _short(order or "—"),
        "attempts": str(max((n.attempts for n in case.numbers), default=0)),
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


def _stays(case: Case) -> str:
    given = _given(case, "stays")
    return nested("staff.card.nothing") if given == "nothing" else given


def _texting(case: Case) -> str:
    """Return whether texts are needed, where the customer was asked; mobile numbers are used for them anyway."""
    answer = case.answers.get("texting")
    is_said = answer is not None and answer.source != "inferred"
    return _yes_or_no(is_yes=answer.value == ("yes",)) if answer and is_said else ""


def _yes_or_no(*, is_yes: bool) -> str:
    return nested("staff.card.yes" if is_yes else "staff.card.no")


def _copies(case: Case) -> str:
    return _yes_or_no(is_yes=bool(_given(case, "email")))


def _tracking(case: Case) -> str:
    parts = (_given(case, question) for question in ("source", "label", "company"))
    return _short(" · ".join(part for part in parts if part))


def _letter(case: Case, policy: Policy) -> str:
    """Return by whom the letter is signed, or who has yet to; what is signed again counts as missing."""
    if is_missing(case):
        email = _given(case, "signer", from_=1)
        return nested("staff.letter.awaited", signer=_short(signer_name(case)) or "—", email=email or "—")
    answer = case.answers.get("signature")
    if answer is None or answer.reopened:
        return nested("staff.letter.missing")
    return nested("staff.letter.signed", by=_short(answer.value[0]), date=f"{_local(answer, policy):%Y-%m-%d}")


def _local(answer: Answer, policy: Policy) -> datetime:
    return answer.at.astimezone(policy.desk_zone)


def _bill(sheet: Sheet) -> str:
    found = {p.status for p in sheet.papers if p.kind == "bill"}
    return next((status for status in ("kept", "wanted", "refused") if status in found), "missing")


def _pin(case: Case) -> str:
    """Return how it stands with the PIN, never what it is; numbers of homes and offices have none."""
    answer = case.answers.get("pin")
    if answer is None:
        is_none = case.order is not None and case.order.number_class != "wireless"
        return "" if is_none else nested("staff.pin.missing")
    if answer.reopened:
        return nested("staff.pin.asked")
    return nested("staff.pin.later" if answer.value == ("later",) else "staff.pin.here")


def _date(numbers: tuple[Number, ...], policy: Policy) -> str:
    days = sorted({n.port_date for n in numbers if n.port_date is not None})
    if not days:
        return "—"
    window = f"{policy.window_start:%H:%M} to {policy.window_end:%H:%M} {policy.desk_zone.key.replace('_', ' ')}"
    return _short(f"{', '.join(f'{day:%a %Y-%m-%d}' for day in days)}, {window}")


def in_short(numbers: tuple[Number, ...]) -> str:
    """Return a request's first number and how many more there are."""
    first = show(Phone(numbers[0].e164)) if numbers else "—"
    return f"{first} +{len(numbers) - 1}" if len(numbers) > 1 else first


def one_by_one(case: Case) -> str:
    """Return several numbers, each with its phase, the first ten of more; empty for a single one."""
    if len(case.numbers) < 2:
        return ""
    lines = [
        slack_text("staff.card.number", {"number": show(Phone(n.e164)), "phase": nested(f"phase.{n.phase}")})
        for n in case.numbers[:SHOWN_NUMBERS]
    ]
    if len(case.numbers) > SHOWN_NUMBERS:
        lines.append(slack_text("staff.card.more_numbers", {"count": str(len(case.numbers) - SHOWN_NUMBERS)}))
    return "\n".join(lines)


def remarks(sheet: Sheet) -> Iterator[str]:
    """Yield what staff should look out for."""
    case = sheet.case
    yield from _flags(case)
    rejections = dict.fromkeys(n.rejection for n in case.numbers if n.rejection)
    for code in rejections:
        yield slack_text("staff.card.rejection", {"reason": nested(f"rejection.short.{code}")})
    if rejections and sheet.carrier_wrote:
        yield slack_text("staff.card.carrier_wrote", {"words": _short(sheet.carrier_wrote)})
    if case.rivals:
        yield slack_text("staff.card.rivals", {"rivals": ", ".join(case.rivals[:SHOWN_RIVALS])})
    if sheet.chat_blocked:
        yield slack_text("staff.card.blocked", {})


def _flags(case: Case) -> Iterator[str]:
    """Yield the risks that the customer's words told of; one without words of its own points to the thread."""
    found = case.answers.get("flags")
    keys = [f"staff.flag.{flag}" for flag in (found.value if found else ())]
    known = dict.fromkeys(key if key in sentences("en") else "staff.flag.other" for key in keys)
    for key in list(known)[:SHOWN_FLAGS]:
        yield slack_text("staff.card.flag", {"flag": nested(key)})
