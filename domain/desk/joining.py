"""One more number when the order stands with the carrier: it can't join that, and goes by itself, beside it."""

from domain.desk.asking import ask_open_or_say, name_of
from domain.desk.heard import Heard
from domain.desk.others import others_row, others_to_begin
from domain.desk.passing import pass_on
from domain.desk.turn import Turn
from domain.errors import Unreadable
from domain.intake.about import carrier_name, show_numbers
from domain.intake.readings.adding import asks_for_more, is_adding, is_one_more, words_around
from domain.intake.readings.free import not_free
from domain.numbers.lists import read_number_list
from domain.orders.model import Case
from domain.orders.phases import AT_CARRIER

_UNCHANGED = (*AT_CARRIER, "cancel_requested")  # phases in which nobody changes the order any more
_LONGEST = 200  # characters; in a longer text a number may be anybody's


def add_later(turn: Turn, heard: Heard) -> bool:
    """Say of one more number what becomes of it, and begin a request for it on a press; tell whether it was one."""
    case = turn.case
    if case is None or len(heard.text) > _LONGEST or not any(n.phase in _UNCHANGED for n in case.numbers):
        return False
    more = _more_in(heard.text, case)
    if not more and not asks_for_more(heard.text):
        return False
    known = {"ref": name_of(case.request), "carrier": carrier_name(case), "added": show_numbers(more)}
    read = pass_on(turn, heard)
    if not more:
        ask_open_or_say(turn, f"numbers.more_later+{read}", known)
        return True
    aside = tuple(e164 for e164 in others_to_begin(turn, case) if e164 not in more)
    turn.jot("set_aside", (*aside, *more))
    turn.say(f"numbers.added_later+{read}", known, others_row(turn, turn.the_case()))
    return True


def _more_in(text: str, case: Case) -> tuple[str, ...]:
    """Return the numbers (E.164) that words add to a request; none where that is not sure, or one cannot be moved."""
    found = read_number_list(text.replace("?", " "), case.served)
    if isinstance(found, Unreadable) or found.left_out:
        return ()
    here = {number.e164 for number in case.whole.numbers}
    numbers = tuple(phone.e164 for phone in found.phones)
    said = words_around(text.replace("?", " "))
    is_more = is_adding(said) or is_one_more(said)
    is_free = bool(numbers) and here.isdisjoint(numbers) and not_free(numbers, case) is None
    return numbers if is_more and is_free else ()
