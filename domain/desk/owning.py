"""An answer of the table with the company's figures, and what is said after it of the customer's own request."""

from collections.abc import Callable

from domain.desk.answering import nothing_yet
from domain.desk.asking import figures, name_of
from domain.desk.dating import window_of
from domain.desk.overdue import overdue_days
from domain.desk.standing import status_params, told_phase
from domain.desk.turn import Turn
from domain.desk.urgent import LATE
from domain.intake.about import carrier_name, carrier_of, class_of, country_of
from domain.intake.classes import CLASSES
from domain.intake.faq import Entry
from domain.numbers.verdicts import CANADA
from domain.orders.agreed import shown
from domain.orders.model import Case
from domain.orders.phases import DATED, MOVED, is_ended, next_of
from domain.policy import Policy
from domain.wordkeys import LINE, nested

Said = tuple[str, dict[str, str]]  # a wording key and what stands in it
_NOTHING: Said = ("", {})
_UNSERVED = "faq.variant.unserved"
_KINDS: dict[str, tuple[str, frozenset[str]]] = {
    "google_voice": ("google_voice", frozenset({"google_voice"})),
    "voip": ("voip", frozenset({"voip"})),
    "toll_free": ("toll_free", frozenset({"toll_free"})),
    "resporg": ("toll_free", frozenset({"toll_free"})),
    "fax": ("fax", frozenset({"fax"})),
    "canada": ("canada", frozenset({"ca_landline", "ca_wireless"})),
}
"""Answers about one kind of numbers: how those are called, and the classes of which one must be served."""


def answer_to(turn: Turn, entry: Entry) -> Said:
    """Return the wording key, or keys joined by `+`, of an answer, with all that stands in it."""
    case = turn.case
    key, params = _variant(turn, entry.id)
    params = {**_general(turn), **params}
    if case is None or not entry.own or key == _UNSERVED:
        return key, params
    if entry.own == "keep" and told_phase(case) in MOVED:
        return f"status.next.{told_phase(case)}", status_params(case, turn)
    own, more = _OWN[entry.own](turn, case)
    return (f"{key}+{own}" if own else key), {**params, **more}


def _variant(turn: Turn, name: str) -> Said:
    """Return the key of an answer as the company's rules and the request at hand make it, and what only it says."""
    kind = _KINDS.get(name)
    if kind is not None and kind[1].isdisjoint(turn.policy.classes):
        return _UNSERVED, {"numbers_of": nested(f"faq.kind.{kind[0]}")}
    if name == "when":
        return _when(turn), {}
    if name == "unpaid" and turn.case is not None and country_of(turn.case) == CANADA:
        return "faq.variant.unpaid_canada", {}
    if name == "eligible":
        checks = turn.policy.eligibility
        more = "checks" if checks else "free"
        return f"faq.eligible+faq.variant.eligible_{more}", {"checks": _lines("check", checks)}
    return f"faq.{name}", {}


def _when(turn: Turn) -> str:
    """Return the key of when a number moves: of a draft what is usual, else whether its day is named, or has passed."""
    if turn.case is None or told_phase(turn.case) not in LATE:
        return "faq.when"
    return f"faq.variant.when_{'overdue' if overdue_days(turn.case, turn.moment.now) else 'dated'}"


def _lines(what: str, names: tuple[str, ...]) -> str:
    return LINE.join(nested(f"faq.{what}.{name}") for name in names)


def _spans(policy: Policy) -> str:
    """Return the business days that each class takes which the company moves, a line each."""
    days = ((name, policy.days_of(CLASSES[name].days)) for name in policy.classes)
    return LINE.join(nested(f"faq.span.{name}", least=str(least), most=str(most)) for name, (least, most) in days)


def _general(turn: Turn) -> dict[str, str]:
    """Return the company's figures, and how the present company is called."""
    policy, case = turn.policy, turn.case or nothing_yet(turn)
    old = carrier_name(case)
    return {
        **figures(policy, case),
        **{f"{kind}_days": _span(policy.days_of(kind)) for kind in dict.fromkeys(row.days for row in CLASSES.values())},
        "served": _lines("served", policy.classes),
        "spans": _spans(policy),
        "toll_free_keep": str(policy.keep_days("toll_free")),
        "window": window_of(policy),
        "zone": policy.desk_zone.key.replace("_", " "),
        "old": old or nested("faq.word.old"),
        "old_first": old or nested("faq.word.old_first"),
    }


def _span(days: tuple[int, int]) -> str:
    return nested("span.days", least=str(days[0]), most=str(days[1]))


def _stands(turn: Turn, case: Case) -> Said:
    """Say where the request stands, once people other than the customer have it."""
    if told_phase(case) == "intake":
        return _NOTHING
    known = status_params(case, turn)
    kept = {name: known[name] for name in ("ref", "carrier", "signer", "days", "keep_until")}
    return "faq.own.stands", {**kept, "stands_lines": known["lines"], "stands_next": known["next"]}


def _times(turn: Turn, case: Case) -> Said:
    """Say where the request stands; of a draft how long its class takes."""
    if told_phase(case) != "intake" or not carrier_name(case):
        return _stands(turn, case)
    return f"times.{class_of(case)}", {"carrier": carrier_name(case)}


def _cancel(_turn: Turn, case: Case) -> Said:
    """Say what /cancel does to the request as the customer knows it."""
    phase = told_phase(case)
    if not case.numbers or phase == "cancel_requested":
        return _NOTHING
    return f"faq.own.cancel_{_cancelled(phase)}", {"ref": name_of(case.request)}


def _cancelled(phase: str) -> str:
    if phase == "intake" or is_ended(phase):
        return "draft" if phase == "intake" else "over"
    return _BY_END[next_of("cancel", phase, "customer")]


_BY_END = {"cancelled": "desk", "cancel_requested": "running", None: "late"}


def _keep(turn: Turn, case: Case) -> Said:
    """Say until when the old service is to be kept, where a day is known."""
    if told_phase(case) not in DATED:
        return _NOTHING
    return "faq.own.keep", {"ref": name_of(case.request), "keep_until": status_params(case, turn)["keep_until"]}


def _account(_turn: Turn, case: Case) -> Said:
    carrier = carrier_of(case)
    return ("faq.own.account", {"account_hint": carrier.account_hint.text}) if carrier else _NOTHING


def _pin(_turn: Turn, case: Case) -> Said:
    carrier = carrier_of(case)
    hint = carrier.pin_hint if carrier is not None else None
    return ("faq.own.pin", {"pin_hint": hint.text}) if hint is not None else _NOTHING


def _rings(_turn: Turn, case: Case) -> Said:
    given = case.answer("destination")
    if given is None or given[0] == "none":
        return _NOTHING
    return "faq.own.rings", {"rings_at": shown(given)}


_OWN: dict[str, Callable[[Turn, Case], Said]] = {
    "stands": _stands,
    "times": _times,
    "cancel": _cancel,
    "keep": _keep,
    "account": _account,
    "pin": _pin,
    "rings": _rings,
}
