"""What stands in a question's sentence, and in the check of all answers before the signature."""

from domain.intake.about import (
    account_name,
    asks,
    billing_number,
    carrier_name,
    carrier_of,
    class_of,
    is_someone_elses,
    kind_of,
    may_add,
    moving,
    signer_name,
    wants,
)
from domain.intake.choices import Choice
from domain.intake.given import Params, Rows
from domain.intake.readings.esign import signing_line
from domain.intake.remarks import remarks
from domain.numbers import Phone, show
from domain.orders.agreed import agreed_of, show_agreed, shown
from domain.orders.model import Case
from domain.papers.authorization import address_line, called_off, stated_facts
from domain.wordkeys import LINE, nested

OPTIONAL = ("billing", "email", "second", "title")  # asked only by a button of the check
UNNAMED = "photo"  # the answer `bill` of a file without a name
ADDED = ("account", "btn", "stays", "reseller")
"""Questions that a button of the check asks where the class can do without them."""


def carrier_param(case: Case) -> Params:
    """Return the losing carrier's name."""
    return {"carrier": carrier_name(case)}


def numbers_param(case: Case) -> Params:
    """Return the moving numbers, and the carrier that they leave."""
    agreed, numbers = agreed_of(case), moving(case)
    if agreed is not None:
        return {"numbers": nested("list.yours", count=f"{agreed.count:,}"), "carrier": carrier_name(case)}
    some = ", ".join(show(Phone(n)) for n in numbers[:10])
    more = f" (+{len(numbers) - 10})" if len(numbers) > 10 else ""
    return {"numbers": f"{some}{more}" or "—", "carrier": carrier_name(case)}


def kind_param(case: Case) -> Params:
    """Return what the class of the numbers is called."""
    return {"kind": nested(f"line.{class_of(case)}")}


def account_params(case: Case) -> Params:
    """Return where this carrier's account number is found."""
    carrier = carrier_of(case)
    hint = carrier.account_hint.text if carrier else nested("hint.account")
    return {"carrier": carrier_name(case), "hint": hint, "life": pin_life(case)}


def pin_life(case: Case) -> str:
    """Return for how many hours the carrier's PIN works; empty where nobody says."""
    carrier = carrier_of(case)
    life = carrier.pin_life if carrier is not None else None
    return str(int(life.total_seconds() // 3600)) if life is not None else ""


def pin_params(case: Case) -> Params:
    """Return where this carrier's transfer PIN comes from."""
    carrier = carrier_of(case)
    hint = carrier.pin_hint if carrier is not None else None
    return {"carrier": carrier_name(case), "hint": nested("hint.pin") if hint is None else hint.text}


def name_params(case: Case) -> Params:
    """Return the carrier and the name on the bill, as far as they are known."""
    return {"carrier": carrier_name(case), "name": account_name(case)}


def review_params(case: Case) -> Params:
    """Return every answer as the check shows it, secrets masked."""
    whose = nested("agreement.another", signer=signer_name(case)) if is_someone_elses(case) else nested("agreement.own")
    times = nested(f"times.{class_of(case)}")
    shown = {"lines": LINE.join(_lines(case)), "times": times, "whose": whose, "esign": signing_line(case)}
    return {**numbers_param(case), **shown}


def _lines(case: Case) -> list[str]:
    lines = [nested(f"review.line.{key}", value=value) for key, value in told_of(case).items() if value]
    return [*lines, *(nested("review.remark", remark=nested(key)) for key in remarks(case))]


def told_of(case: Case) -> Params:
    """Return what the check says of each answer, by the names of its lines; empty where it has no line."""
    facts, agreed = stated_facts(case), agreed_of(case)
    return {
        "numbers": numbers_param(case)["numbers"] if agreed is None else show_agreed(agreed),
        "line": nested(f"line.{class_of(case)}"),
        "carrier": carrier_name(case),
        "reseller": _reseller(case),
        "btn": _number(billing_number(case)) if wants(case, "btn") else "",
        "holder": facts["holder"],
        "signer": facts["signer"] if facts["signer"] != facts["holder"] else "",
        "signer_email": _signer_email(case),
        "address": address_line(case.answers["address"].value),
        "billing": facts["billing"] if facts["billing"] != facts["address"] else "",
        "stays": _stays(case),
        "new_btn": _number(_first(case, "new_btn")),
        "texting": nested(f"texting.{_first(case, 'texting')}") if _first(case, "texting") else "",
        "destination": _destination(case),
        **{key: _listed(case, key) for key in ("source", "label", "company", "house")},
        "account": _first(case, "account"),
        "pin": _pin(case),
        "bill": _paper(case),
        **{key: _wanted(case, key) for key in ("email", "second", "title")},
    }


def _signer_email(case: Case) -> str:
    """Return where the letter is sent for somebody else to sign; empty where the customer signs."""
    signer = case.answer("signer") if is_someone_elses(case) else None
    return signer[1] if signer is not None else ""


def _number(e164: str) -> str:
    return show(Phone(e164)) if e164 else ""


def _reseller(case: Case) -> str:
    given = _first(case, "reseller")
    return nested("reseller.nobody") if given == "none" else given


def _paper(case: Case) -> str:
    given = _first(case, "bill")
    return nested(f"bill.{given}_word") if given in ("later", "none", UNNAMED) else given


def _destination(case: Case) -> str:
    given = _first(case, "destination")
    return nested("destination.none_word") if given == "none" else shown(case.answers["destination"].value)


def _first(case: Case, question: str) -> str:
    given = case.answers.get(question)
    return given.value[0] if given else ""


def _listed(case: Case, question: str) -> str:
    """Return an answer that a list may give for each of its rows."""
    given = case.answers.get(question)
    return shown(given.value) if given else ""


def _stays(case: Case) -> str:
    stays = _first(case, "stays")
    return nested("stays.nothing") if stays == "nothing" else stays


def _pin(case: Case) -> str:
    pin = _first(case, "pin")
    if not pin and not wants(case, "pin"):
        return ""
    return nested("pin.none_word" if pin == "none" else "pin.later_word") if pin in ("", "later", "none") else pin


def _wanted(case: Case, question: str) -> str:
    value = _first(case, question)
    if value in ("", "none"):
        return ""
    return show(Phone(value)) if value.startswith("+1") else value


def review_rows(case: Case, changeable: tuple[str, ...]) -> Rows:
    """Return the one button that agrees, then what can be changed or added, two in a row."""
    offered = [q for q in changeable if q not in ADDED and _is_offered(q, case)]
    offered += [q for q in ADDED if may_add(case, q) or (q in changeable and q in case.answers)]
    change = [Choice(f"change.{q}", _change_label(q, case)) for q in offered]
    pairs = [tuple(change[i : i + 2]) for i in range(0, len(change), 2)]
    return ((Choice("correct", "button.correct"),), *pairs)


def _is_offered(question: str, case: Case) -> bool:
    if question == "line":
        return True
    if question == "email":
        return bool(asks(case, "email"))
    return question in OPTIONAL or question in case.answers


def _change_label(question: str, case: Case) -> str:
    is_extra = question in OPTIONAL and question != "billing" and not _wanted(case, question)
    is_new = is_extra or (question in ADDED and question not in case.answers)
    return f"button.add.{question}" if is_new else f"button.change.{question}"


def letter_params(case: Case) -> Params:
    """Return what the letter states, every number grouped for reading, in the order of the check before it."""
    facts = stated_facts(case)
    letter = kind_of(case).letter
    return {
        **facts,
        "numbers": _all_numbers(case),
        "signer": signer_name(case),
        "clause": nested(f"letter.clause.{letter}") if letter else "",
    }


def _all_numbers(case: Case) -> str:
    agreed = agreed_of(case)
    if agreed is not None:
        return show_agreed(agreed, whole=True)
    gone = {number.e164 for number in case.whole.numbers if number.id in called_off(case)}
    return ", ".join(show(Phone(n)) for n in moving(case) if n not in gone)


def listed(case: Case, what: str) -> Params:
    """Return the moving numbers and how many choices there are."""
    return {**numbers_param(case), "count": str(len(asks(case, what)))}
