"""What people say instead of answering: answered first, then the open question is put again."""

from collections.abc import Callable

from domain.desk import calling_off, copies, letter_stands, signing, way_back
from domain.desk.answering import answer, answer_behind, keep
from domain.desk.asking import ask, ask_first, ask_open_or_say, open_question
from domain.desk.heard import Heard
from domain.desk.passing import pass_on, want_person
from domain.desk.secrecy import has_figures
from domain.desk.turn import Turn
from domain.desk.urgent import sound
from domain.intake.about import class_of, show_moving
from domain.intake.choices import Choice
from domain.intake.given import Params, Unclear
from domain.intake.questions import IS_FAX, TAKES_ANSWERS
from domain.intake.readings.number import carrier_in_passing
from domain.intake.sayings import Saying
from domain.intake.trial import TRIALS
from domain.orders.phases import is_ended

_LATER = ("bill", "pin", *TRIALS)
_HELPED = ("account", "carrier", "name", "address", "destination", "pin", "authority", "working", "bill", "stays")
_SMALL_TALK = ("thanks", "greeting", "compliment", "emoji", "no_words", "test", "are_you_there")
_KIND_WORDS = ("thanks", "compliment")
_NO_WORDS = ("emoji", "no_words")
_AT_DESK = ("call_me", "complaint", "robot", "carrier_refuses")  # said in other words once the desk has the request

Effect = Callable[[Turn, Heard, Saying], None]


def respond(turn: Turn, heard: Heard, saying: Saying) -> None:
    """Do what a saying asks for."""
    _EFFECTS.get(saying.effect, _tell)(turn, heard, saying)


def _tell(turn: Turn, heard: Heard, saying: Saying) -> None:
    question = open_question(turn)
    asked = question.id if question else "numbers" if turn.case is None and turn.chat.asked else ""
    key = f"why.{asked}" if saying.id == "why" and asked else _words_of(turn, saying)
    is_behind = saying.id.startswith("why") and question is not None and question.id == turn.chat.asked
    if not (is_behind and question is not None and answer_behind(turn, question, heard.text, key)):
        _say(turn, heard, key, saying.id)


def _is_at_desk(turn: Turn) -> bool:
    return turn.case is not None and signing.is_with_desk(turn.case) and not is_ended(turn.case.phase)


def _words_of(turn: Turn, saying: Saying) -> str:
    """Return by which words a saying is answered: some speak of the desk, and whether it has the request."""
    return f"at_desk.{saying.id}" if saying.id in _AT_DESK and _is_at_desk(turn) else f"said.{saying.id}"


def _say(turn: Turn, heard: Heard, key: str, what: str, params: Params | None = None) -> None:
    """Say it before the open question; once the desk has the request, people read the words too."""
    case = turn.case
    if case is None and turn.chat.asked is None:
        _say_first(turn, key, what)
        return
    if _is_at_desk(turn) and what not in _SMALL_TALK:
        key = f"{key}+{pass_on(turn, heard)}"
    passing = _company_in_passing(turn, heard)
    if passing is None:
        ask_open_or_say(turn, key, params)
        return
    for kept, value in passing.keeps:
        keep(turn, kept, value)
    ask(turn, f"{key}+{passing.key}", passing.params, passing.buttons)


def _company_in_passing(turn: Turn, heard: Heard) -> Unclear | None:
    """Return how to ask for the company that is named beside a saying, where the company is asked for."""
    question = open_question(turn)
    is_asked = question is not None and question.id == turn.chat.asked == "carrier"
    return carrier_in_passing(heard.text) if is_asked else None


def _say_first(turn: Turn, key: str, what: str) -> None:
    """Say it to a chat in which nothing is asked: a newcomer is greeted; who had a request here is not asked anew."""
    if not turn.state.briefs:
        ask_first(turn, "start.welcome" if what in _SMALL_TALK else f"start.welcome+{key}")
    elif what in _NO_WORDS:
        turn.say("text.nothing_open")
    else:
        turn.say(key if what in _KIND_WORDS else f"{key}+text.nothing_open")


def _flag(turn: Turn, heard: Heard, saying: Saying) -> None:
    if turn.case is not None:
        sound(turn, saying.id)
        if signing.is_with_desk(turn.the_case()):
            turn.refresh_card()
    _tell(turn, heard, saying)


def _person(turn: Turn, heard: Heard, saying: Saying) -> None:
    """Let the desk know that somebody wants a person; a draft gets its card for it."""
    case = turn.case
    lead = "" if saying.id == "person" else f"{_words_of(turn, saying)}+"
    if case is None or not case.numbers:
        _say(turn, heard, f"{lead}person.first", saying.id)
    elif is_ended(case.phase):
        _tell(turn, heard, saying)
    elif signing.is_with_desk(case):
        ask_open_or_say(turn, f"{lead}{pass_on(turn, heard)}")
    else:
        want_person(turn)
        ask_open_or_say(turn, f"{lead}person.told")


def _numbers(turn: Turn, heard: Heard, saying: Saying) -> None:
    """Correct the numbers: free until staff submit; then it is a change that only the desk can make."""
    case = turn.case
    if case is None or "numbers" not in case.answers:
        ask_first(turn, "start.welcome" if turn.chat.asked is None else "")
    elif case.phase in TAKES_ANSWERS - {"rejected", "needs_attention"}:
        turn.want("numbers")
        ask(turn, "numbers.wrong")
    elif is_ended(case.phase):
        _say(turn, heard, "numbers.wrong_over", saying.id)
    else:
        turn.note("wants_change", field="numbers")
        ask_open_or_say(turn, f"numbers.wrong_at_carrier+{pass_on(turn, heard)}")


def _later(turn: Turn, heard: Heard, saying: Saying) -> None:
    question = open_question(turn)
    if question is not None and question.id in _LATER and question.id == turn.chat.asked:
        answer(turn, question, "later", heard)
    elif question is not None and question.id == "account":
        _say(turn, heard, "later.account", saying.id)
    else:
        _tell(turn, heard, saying)


def _same(turn: Turn, heard: Heard, saying: Saying) -> None:
    question = open_question(turn)
    if question is not None and question.id == "billing":
        answer(turn, question, "same", heard)
    else:
        _tell(turn, heard, saying)


def _dont_know(turn: Turn, heard: Heard, saying: Saying) -> None:
    question = open_question(turn)
    known = question is not None and question.id in _HELPED
    _say(turn, heard, f"help_with.{question.id}" if question and known else f"said.{saying.id}", saying.id)


def _fax(turn: Turn, heard: Heard, saying: Saying) -> None:
    """Offer to take the numbers for those of a fax, where nothing was sent yet and they may be."""
    case = turn.case
    if case is None or case.phase != "intake" or not case.numbers or class_of(case) in ("toll_free", "fax"):
        _tell(turn, heard, saying)
        return
    yes, no = Choice(IS_FAX, "button.is_fax"), Choice("ask", "button.not_that")
    ask(turn, "line.is_it_fax", {"number": show_moving(case)}, ((yes,), (no,)))


def _port_back(turn: Turn, heard: Heard, saying: Saying) -> None:
    """Have the desk asked about a number that has moved and is wanted back; before that it is only explained."""
    if not way_back.hear_wish(turn, way_back.PORT_BACK):
        _tell(turn, heard, saying)


def _wrong_move(turn: Turn, heard: Heard, saying: Saying) -> None:
    """Bring a move that should not have been before the desk, as urgent; one that is still under way can be stopped."""
    if way_back.hear_wish(turn, way_back.WRONGLY):
        if has_figures(heard.text):
            pass_on(turn, heard)  # which number is meant, the desk reads in their words
        return
    if _is_at_desk(turn):
        calling_off.ask_whether(turn, turn.the_case(), pass_on(turn, heard, "thread.wrote_stop"))
    else:
        _tell(turn, heard, saying)


def _paper(turn: Turn, heard: Heard, saying: Saying) -> None:
    """Send the letter to be signed on paper where it is to be signed now; one that is signed, sealed as it is."""
    if copies.wish_for_paper(turn):
        ask_open_or_say(turn, "copy.how")
    elif turn.case is not None and signing.is_signed(turn.case):
        letter_stands.give_again(turn, "copy.signed_already")
    else:
        _tell(turn, heard, saying)


_EFFECTS: dict[str, Effect] = {
    "port_back": _port_back,
    "wrong_move": _wrong_move,
    "tell": _tell,
    "flag": _flag,
    "person": _person,
    "numbers": _numbers,
    "later": _later,
    "same": _same,
    "dont_know": _dont_know,
    "no_pin": _tell,
    "fax": _fax,
    "paper": _paper,
}
