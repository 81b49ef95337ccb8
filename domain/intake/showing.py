"""What stands in a question's sentence, and in the check of all answers before the signature."""

from domain.intake.about import (
    account_name,
    asks,
    carrier_name,
    carrier_of,
    class_of,
    is_someone_elses,
    is_wireless,
    moving,
    signer_name,
)
from domain.intake.choices import Choice
from domain.intake.given import Params, Rows
from domain.numbers import Phone, show
from domain.orders.model import Case
from domain.papers.authorization import address_line, stated_facts
from domain.wordkeys import LINE, nested

OPTIONAL = ("billing", "email", "second", "title")  # asked only by a button of the check


def carrier_param(case: Case) -> Params:
    """Return the losing carrier's name."""
    return {"carrier": carrier_name(case)}


def numbers_param(case: Case) -> Params:
    """Return the moving numbers, and the carrier that they leave."""
    numbers = moving(case)
    shown = ", ".join(show(Phone(n)) for n in numbers[:10])
    more = f" (+{len(numbers) - 10})" if len(numbers) > 10 else ""
    return {"numbers": f"{shown}{more}" or "—", "carrier": carrier_name(case)}


def account_params(case: Case) -> Params:
    """Return where this carrier's account number is found."""
    carrier = carrier_of(case)
    return {"carrier": carrier_name(case), "hint": carrier.account_hint.text if carrier else nested("hint.account")}


def pin_params(case: Case) -> Params:
    """Return where this carrier's transfer PIN comes from."""
    carrier = carrier_of(case)
    return {"carrier": carrier_name(case), "hint": carrier.pin_hint.text if carrier else nested("hint.pin")}


def name_params(case: Case) -> Params:
    """Return the carrier and the name on the bill, as far as they are known."""
    return {"carrier": carrier_name(case), "name": account_name(case)}


def review_params(case: Case) -> Params:
    """Return every answer as the check shows it, secrets masked."""
    whose = nested("agreement.another", signer=signer_name(case)) if is_someone_elses(case) else nested("agreement.own")
    times = nested(f"times.{class_of(case)}")
    return {**numbers_param(case), "lines": LINE.join(_lines(case)), "times": times, "whose": whose}


def _lines(case: Case) -> list[str]:
    facts = stated_facts(case)
    shown = {
        "numbers": numbers_param(case)["numbers"],
        "line": nested(f"line.{class_of(case)}"),
        "carrier": facts["carrier"],
        "holder": facts["holder"],
        "signer": facts["signer"] if facts["signer"] != facts["holder"] else "",
        "address": address_line(case.answers["address"].value),
        "billing": facts["billing"] if facts["billing"] != facts["address"] else "",
        "stays": _stays(case),
        "texting": nested(f"texting.{_first(case, 'texting') or 'yes'}"),
        "destination": _destination(case),
        **{key: _first(case, key) for key in ("source", "label", "company")},
        "account": case.answers["account"].value[0],
        "pin": _pin(case),
        "bill": nested("bill.later_word") if _first(case, "bill") == "later" else _first(case, "bill"),
        **{key: _wanted(case, key) for key in ("email", "second", "title")},
    }
    return [nested(f"review.line.{key}", value=value) for key, value in shown.items() if value]


def _destination(case: Case) -> str:
    given = _first(case, "destination")
    return nested("destination.none_word") if given == "none" else show(Phone(given))


def _first(case: Case, question: str) -> str:
    given = case.answers.get(question)
    return given.value[0] if given else ""


def _stays(case: Case) -> str:
    stays = _first(case, "stays")
    return nested("stays.nothing") if stays == "nothing" else stays


def _pin(case: Case) -> str:
    pin = _first(case, "pin")
    if not is_wireless(case):
        return ""
    return nested("pin.later_word") if pin in ("", "later") else pin


def _wanted(case: Case, question: str) -> str:
    value = _first(case, question)
    if value in ("", "none"):
        return ""
    return show(Phone(value)) if value.startswith("+1") else value


def review_rows(case: Case, changeable: tuple[str, ...]) -> Rows:
    """Return the one button that agrees, then what can be changed or added, two in a row."""
    change = [Choice(f"change.{q}", _change_label(q, case)) for q in changeable if _is_offered(q, case)]
    pairs = [tuple(change[i : i + 2]) for i in range(0, len(change), 2)]
    return ((Choice("correct", "button.correct"),), *pairs)


def _is_offered(question: str, case: Case) -> bool:
    if question == "email":
        return bool(asks(case, "email"))
    return question in OPTIONAL or question in case.answers


def _change_label(question: str, case: Case) -> str:
    is_new = question in OPTIONAL and question != "billing" and not _wanted(case, question)
    return f"button.add.{question}" if is_new else f"button.change.{question}"


def letter_params(case: Case) -> Params:
    """Return what the letter states, every number grouped for reading, in the order of the check before it."""
    facts = stated_facts(case)
    return {**facts, "numbers": ", ".join(show(Phone(n)) for n in moving(case)), "signer": signer_name(case)}


def listed(case: Case, what: str) -> Params:
    """Return the moving numbers and how many choices there are."""
    return {**numbers_param(case), "count": str(len(asks(case, what)))}
