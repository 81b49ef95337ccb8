"""How a customer calls it off: which numbers, sure of it, and what comes of it by the table of cancelling."""

import re

from domain.desk import mending, quoting, signing, sure, way_back
from domain.desk.asking import (
    ask_open_or_say,
    ask_pressing_or_say,
    forget_question,
    form_of,
    go_on_with,
    name_of,
    open_question,
)
from domain.desk.heard import Heard
from domain.desk.listing import let_go
from domain.desk.only import ending
from domain.desk.standing import MOST_LISTED, is_over
from domain.desk.state import Brief
from domain.desk.turn import Rows, Turn
from domain.desk.urgent import STOP, urgent_of, want_to_cancel
from domain.intake.about import show_moving, show_numbers
from domain.intake.choices import Choice
from domain.intake.readings.after import PIN_OVER
from domain.intake.sayings.plain import plain
from domain.intake.sayings.stopping import takes_out, wants_to_stop
from domain.numbers.reading import TEN
from domain.orders.cancelling import ASKS, AT_ONCE, KNOWN, MOVED, OVER, RELEASED, URGENT, rule_for
from domain.orders.model import Case, Number
from domain.orders.phases import is_ended
from domain.orders.references import read_reference
from domain.text import ascii_digits
from domain.values import replace
from domain.wordkeys import LINE, nested

ALL = "all"
_KNOWS = "cancel.too_late.desk_knows"
MOST_NUMBERS = 8  # of which each has a button; of more, one is named
_STILL = {AT_ONCE, ASKS, URGENT}  # what a wish can come to where it is not too late
MOST_CARRIED = 2  # numbers in a button's code, of 64 bytes (core.telegram.org/bots/api, read 2026-11-21)
_YES = re.compile(
    r"(?:(?:yes|yep|yeah|ok|okay|sure|fine|agreed|i agree|that is fine|please)(?: |$))+"
    r"(?:(?:please |then )?(?:cancel|stop)(?: (?:it|the port|the move|this|now|please|for that|for it|\d+|dollars))*)?"
    r"|(?:yes |yeah |ok |okay )?(?:please )?ask (?:them|the desk|your desk)(?: please| to| now)*"
    r"|(?:please )?(?:cancel|stop) (?:it|the port|the move)(?: (?:for that|for it|anyway|now|please|\d+|dollars))*"
)
_NO = re.compile(
    r"(?:no|nope|no thanks|no thank you|never mind)(?: (?:go on|keep going|continue|let it (?:go on|finish)|do not"
    r" (?:cancel|stop)(?: it)?|that is too (?:much|expensive)|too (?:much|expensive)))*"
    r"|(?:please )?(?:go on|keep going|let it (?:go on|finish))|(?:then )?do not (?:cancel|stop)(?: it)?"
)
_WHICH = f"cancel.of.{ALL}"  # what all of them are chosen by, where it was asked which
_ALL = re.compile(
    r"(?:(?:please )?(?:cancel|stop) )?(?:all|both|everything|every one|each)(?: of (?:them|it))?(?: please)?"
)
_LEFT = re.compile(r"(?:(?:please|cancel|stop|only|just|the|one|ones|number|numbers|ending|in|with|and|it|is) ?)*")
_FOUR = re.compile(r"(?<!\d)\d{4}(?!\d)")  # how people call one of their numbers: by its last four digits


def wish_to_cancel(turn: Turn, heard: Heard) -> None:
    """Hear /cancel, or words for it: ask whether, and of several numbers first which."""
    case, other = turn.case, _named_other(turn, heard.text)
    if other is not None:
        turn.say("cancel.other", None, ((go_on_with(other),),))
    elif case is None or is_ended(case.phase):
        _nothing_here(turn, case)
    else:
        chosen = _named(case, heard.text)
        ask_whether(turn, case, chosen=chosen, is_sure=heard.kind == "command")


def _named_other(turn: Turn, text: str) -> Brief | None:
    """Return the other request of the chat that a command names by its reference."""
    ref = read_reference(text.partition(" ")[2])
    here = turn.case.request.id if turn.case else 0
    return next((b for b in turn.state.briefs if b.ref == ref and b.id != here), None)


def _nothing_here(turn: Turn, case: Case | None) -> None:
    """Say that there is nothing to stop, and what is; of what has moved, how it comes back."""
    others = tuple((go_on_with(b),) for b in turn.state.briefs if not is_over(b))
    if others:
        turn.say("cancel.other", None, others[-MOST_LISTED:])
    elif case is not None and way_back.moved(case):
        way_back.tell_the_way_back(turn, "cancel.moved")
    else:
        turn.say("cancel.nothing")


def _named(case: Case, text: str) -> tuple[Number, ...]:
    """Return the numbers of the request that words name; none: no certain one."""
    said = ascii_digits(text)
    found = {f"+1{''.join(each.groups())}" for each in TEN.finditer(said)}
    ends = set(_FOUR.findall(TEN.sub(" ", said)))
    here = _stoppable(case)
    called = {same[0].id for four in ends if len(same := ending(here, four)) == 1}
    return tuple(number for number in here if number.e164 in found or number.id in called)


def _stoppable(case: Case) -> tuple[Number, ...]:
    return tuple(number for number in case.numbers if not is_ended(number.phase))


def names_and_stops(turn: Turn, heard: Heard) -> bool:
    """Hear "cancel 415-421-8832", or "take 8832 out", of a request with several numbers; tell whether it was that."""
    case = turn.case
    if case is None or not signing.is_with_desk(case) or "?" in heard.text:
        return False
    chosen = _named(case, heard.text)
    words = _FOUR.sub(" it ", TEN.sub(" it ", ascii_digits(heard.text)))
    words = re.sub(r"\bit(?:\W+(?:and\W+)?it\b)+", "it", words)
    if not chosen or not (wants_to_stop(words) or takes_out(words)):
        return False
    ask_whether(turn, case, chosen=chosen)
    return True


def ask_whether(
    turn: Turn, case: Case, lead: str = "", *, chosen: tuple[Number, ...] = (), is_sure: bool = False
) -> None:
    """Ask whether it shall be stopped, and of several numbers first which; `is_sure`: a dated one needs no asking."""
    many = _worth_asking(turn, case)
    chosen = chosen if signing.is_with_desk(case) else ()  # a draft is thrown away whole
    quote = quoting.quote_of(case)
    if quote is not None and quote.stands == quoting.TOLD and not chosen:
        quoting.ask(turn, quote, lead)
    elif _is_choice(turn, case, many) and not (chosen and _fits(chosen, many)):
        _ask_which(turn, case, many, lead)
    else:
        _ask_sure(turn, case, chosen or many, lead, is_sure=is_sure)


def _worth_asking(turn: Turn, case: Case) -> tuple[Number, ...]:
    """Return the numbers that a wish can still stop; where there is none, all of them, to be told why."""
    here = _stoppable(case)
    return tuple(number for number in here if _ways(turn, (number,)) & _STILL) or here


def _is_choice(turn: Turn, case: Case, many: tuple[Number, ...]) -> bool:
    return signing.is_with_desk(case) and len(many) > 1 and bool(_ways(turn, many) & _STILL)


def _fits(chosen: tuple[Number, ...], many: tuple[Number, ...]) -> bool:
    """Tell whether a button can carry these numbers: all of them, or no more than two."""
    return len(chosen) in (1, MOST_CARRIED, len(many))


def _ask_which(turn: Turn, case: Case, many: tuple[Number, ...], lead: str) -> None:
    turn.chat = replace(turn.chat, asking=turn.chat.asking + 1)
    each = tuple((_choice(number),) for number in many) if len(many) <= MOST_NUMBERS else ()
    rows: Rows = (
        *each,
        ((Choice(f"cancel.of.{ALL}", "button.cancel_all")),),
        (Choice("cancel.no", "button.cancel_no"),),
    )
    key = "cancel.which" if each else "cancel.which_named"
    params = {"ref": name_of(case.request), "count": str(len(many))}
    turn.say(f"{lead}+{key}" if lead else key, params, rows, form=form_of(turn))
    sure.asked(turn, _WHICH)


def _choice(number: Number) -> Choice:
    return Choice(f"cancel.of.{number.e164[2:]}", "button.cancel_number", {"number": show_numbers((number.e164,))})


def _ask_sure(turn: Turn, case: Case, chosen: tuple[Number, ...], lead: str, *, is_sure: bool = False) -> None:
    ways = _ways(turn, chosen)
    if chosen and not ways & _STILL:
        key = "cancel.too_late.rerouting" if RELEASED in ways else "cancel.too_late.cancel_requested"
        turn.say(key, {"ref": name_of(case.request)})
    elif is_sure and ways == {URGENT} and len(chosen) == len(case.numbers):
        ask_desk_to_stop(turn)
    elif ways == {URGENT} and STOP in urgent_of(case):
        turn.say(f"{lead}+{_KNOWS}" if lead else _KNOWS, {"ref": name_of(case.request)})
    else:
        turn.chat = replace(turn.chat, asking=turn.chat.asking + 1)
        is_all = len(chosen) == len(_stoppable(case))
        last = "" if is_all else f".{','.join(n.e164[2:] for n in chosen)}"
        yes, no = Choice(f"cancel.yes{last}", "button.cancel_yes"), Choice("cancel.no", "button.cancel_no")
        key = _sure_key(case, ways) if is_all else _some_key(ways)
        numbers = show_moving(case) if is_all else show_numbers(tuple(n.e164 for n in chosen))
        params = {"ref": name_of(case.request), "number": numbers}
        turn.say(f"{lead}+{key}" if lead else key, params, ((yes,), (no,)), form=form_of(turn))
        sure.asked(turn, yes.code)


def _ways(turn: Turn, numbers: tuple[Number, ...]) -> set[str]:
    """Return what a wish to cancel numbers comes to."""
    return {rule_for(n, turn.moment.now, turn.policy.cancel_cutoff).customer for n in numbers}


def _sure_key(case: Case, ways: set[str]) -> str:
    if not case.numbers:
        return "cancel.sure_numberless"
    if case.phase == "intake":
        return "cancel.sure_draft"
    return "cancel.sure_late" if URGENT in ways else "cancel.sure_running" if ASKS in ways else "cancel.sure"


def _some_key(ways: set[str]) -> str:
    return "cancel.sure_some" if ways == {AT_ONCE} else "cancel.sure_some_running"


def press_cancel(turn: Turn, heard: Heard) -> None:
    """Do what a button under a wish to cancel says: which numbers, yes, or no."""
    case = turn.the_case()
    what, _, which = heard.code.removeprefix("cancel.").partition(".")
    is_whole = which in ("", ALL) or not signing.is_with_desk(case)
    numbers = tuple(n for n in _stoppable(case) if is_whole or n.e164[2:] in which.split(","))
    if what == "of" and numbers:
        _ask_sure(turn, case, numbers, "")
    elif what == "yes":
        _decide(turn, numbers)
    else:
        turn.chat = replace(turn.chat, asking=turn.chat.asking + 1)  # the yes beside this no is over
        ask_open_or_say(turn, "cancel.kept")


def _decide(turn: Turn, chosen: tuple[Number, ...]) -> None:
    """Do what the table says of each number; of one way for all it is told as of the whole request."""
    case, ways = turn.the_case(), _ways(turn, chosen)
    is_all = len(chosen) == len(case.numbers) or not signing.is_with_desk(case)
    if ways == {URGENT} and is_all:
        turn.chat = replace(turn.chat, asking=turn.chat.asking + 1)
        ask_desk_to_stop(turn)
    elif ways <= {KNOWN, RELEASED, MOVED, OVER} and case.numbers:
        turn.chat = replace(turn.chat, asking=turn.chat.asking + 1)
        ask_open_or_say(turn, "cancel.kept")
    elif is_all and len(ways) <= 1:
        _cancel_all(turn, "cancelled" if AT_ONCE in ways or not case.numbers else "cancel_requested")
    else:
        _cancel_some(turn, chosen)


def _cancel_all(turn: Turn, target: str) -> None:
    """Let the whole request go one way: it ends, or waits for the desk."""
    case = turn.the_case()
    was_seen, there = signing.is_with_desk(case), _secrets_of(case)
    signing.let_end(turn)
    if not was_seen:
        let_go(turn)
    for number in _stoppable(turn.the_case()):
        turn.move(replace(number, came_from=number.phase), "cancel", target, "customer")
    signing.mark_moved(turn)
    if target == "cancelled":
        signing.end_request(turn)
    forget_question(turn)
    if signing.has_card(case):
        turn.post(f"thread.{target}_by_customer")
        turn.refresh_card()
    destroyed = {"destroyed": nested(f"cancel.destroyed_{there}") if there else ""} if target == "cancelled" else {}
    turn.say(f"cancel.{target}" if was_seen else "cancel.draft", {"ref": name_of(case.request), **destroyed})


def _secrets_of(case: Case) -> str:
    """Return which secrets a request has, as the ending of a wording key; empty: none."""
    has_pin = case.answer("pin") not in (None, ("later",), ("none",), ("",)) and PIN_OVER not in case.answers
    has_account = case.answer("account") not in (None, ("none",), ("",))
    return "_and_".join(each for each, is_here in (("pin", has_pin), ("account", has_account)) if is_here)


def _cancel_some(turn: Turn, chosen: tuple[Number, ...]) -> None:
    """Call off some numbers of a request, each by its own rule, and say what comes of each."""
    case, now, cutoff, by_way = turn.the_case(), turn.moment.now, turn.policy.cancel_cutoff, dict[str, list[str]]()
    for number in chosen:
        way = rule_for(number, now, cutoff).customer
        by_way.setdefault(way, []).append(number.e164)
        if way in _TARGETS:
            turn.move(replace(number, came_from=number.phase), "cancel", _TARGETS[way], "customer")
    if URGENT in by_way:
        want_to_cancel(turn, tuple(n for n in chosen if n.e164 in by_way[URGENT]))
    signing.mark_moved(turn)
    mending.parted(turn, case)
    if is_ended(turn.the_case().phase):
        signing.end_request(turn)
    forget_question(turn)
    lines = LINE.join(nested(f"cancel.line.{way}", numbers=show_numbers(tuple(by_way[way]))) for way in by_way)
    turn.post("thread.some_by_customer", {"lines": _to_staff(by_way)})
    turn.refresh_card()
    ask_pressing_or_say(turn, "cancel.some", {"ref": name_of(turn.the_case().request), "lines": lines})


_TARGETS = {AT_ONCE: "cancelled", ASKS: "cancel_requested"}


def _to_staff(by_way: dict[str, list[str]]) -> str:
    return LINE.join(
        nested(f"thread.line.{way}", numbers=show_numbers(tuple(numbers))) for way, numbers in by_way.items()
    )


def ask_desk_to_stop(turn: Turn) -> None:
    """Bring a wish to cancel before the desk, as urgent, that the phase leaves to nobody else."""
    case = turn.the_case()
    phase = next((n.phase for n in case.numbers if n.phase == "activating"), "scheduled")
    is_new = want_to_cancel(turn, _stoppable(case))
    key = f"cancel.too_late.{phase}+cancel.desk_asked" if is_new else _KNOWS
    turn.say(key, {"ref": name_of(case.request)})


def press_quote(turn: Turn, heard: Heard) -> bool:
    """Take the answer to what stopping would cost; tell whether it was for the request that the chat is about."""
    answer, _, version = heard.code.removeprefix("stop.").partition(".")
    if turn.case is None or turn.case.request.id != heard.form:
        return False
    is_open = version.isdecimal() and quoting.decide(turn, int(version), wanted=answer == "yes")
    if not is_open:
        ask_open_or_say(turn, "quote.old")
    return True


def type_sure(turn: Turn, heard: Heard) -> bool:
    """Take a typed yes or no to whether it shall be stopped, while that was asked last; tell whether it was one."""
    code = sure.yes_to(turn)
    if not code or open_question(turn) is not None:
        return False
    said = plain(heard.text)
    is_yes, is_no = (_ALL if code == _WHICH else _YES).fullmatch(said) is not None, _NO.fullmatch(said) is not None
    chosen = _named(turn.the_case(), heard.text) if code == _WHICH and _LEFT.fullmatch(_without(heard.text)) else ()
    if is_yes != is_no:
        press_cancel(turn, replace(heard, code=code if is_yes else "cancel.no"))
    elif chosen:
        ask_whether(turn, turn.the_case(), chosen=chosen)
    return is_yes != is_no or bool(chosen)


def _without(text: str) -> str:
    """Return words without the numbers in them."""
    return plain(_FOUR.sub(" ", TEN.sub(" ", ascii_digits(text))))


def type_quote(turn: Turn, heard: Heard) -> bool:
    """Take a typed yes or no to what stopping would cost, while nothing else is asked; tell whether it was one."""
    quote = quoting.quote_of(turn.case) if turn.case is not None else None
    if quote is None or quote.stands != quoting.TOLD or open_question(turn) is not None:
        return False
    said = plain(heard.text)
    is_yes, is_no = _YES.fullmatch(said) is not None, _NO.fullmatch(said) is not None
    return is_yes != is_no and quoting.decide(turn, quote.version, wanted=is_yes)
