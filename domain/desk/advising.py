"""Customers' questions, answered from THE table at any moment: asked in words, or tapped under /help.

What the open question can take is its answer and never comes here; after ours the open question keeps its place.
"""

import re

from domain.carriers import Found as Carried
from domain.carriers import find_carrier
from domain.desk import signing
from domain.desk.answering import keep, read_behind
from domain.desk.asking import ask, ask_open_or_say, is_pressing, name_of, open_question
from domain.desk.heard import Heard
from domain.desk.listing import TEMPLATE_BUTTON, offer_template
from domain.desk.owning import answer_to
from domain.desk.passing import pass_on, speaks_of_a_secret, want_person
from domain.desk.turn import Rows, Turn
from domain.errors import Unreadable
from domain.intake.choices import Choice
from domain.intake.facts import facts_of
from domain.intake.faq import FAQ, TOPICS, Found, find, is_question, of_topic
from domain.intake.given import Given
from domain.intake.opening import read_opening
from domain.intake.questions import BY_ID, Question
from domain.intake.readings.naming import names_anew
from domain.intake.sayings import Saying
from domain.intake.sayings.no_names import is_no_name
from domain.orders.model import Case
from domain.orders.phases import is_ended

ANSWERED_HERE = frozenset(
    {"how_it_works", "how_long", "when", "rush", "how_much", "do_i_cancel", "no_service", "texting"}
    | {"toll_free", "google_voice", "canada", "abroad"}
)
"""Sayings that are questions of the table too: its answer, with our figures and the own request, is the one given."""

_FREE_WORDS = ("stays", "title", "label")
_NAMES = ("name", "contact", "signer", "signature")
_LISTS = "many_numbers"  # the question to which the list to fill in belongs
_FEWEST_WORDS = 3  # of a question without its mark
_WORDS_OF_A_STATEMENT = 5  # at least, to be answered as if it asked
_WORDS_BESIDE_A_QUESTION = 8  # the same, while a question of ours is open
_FIGURES = re.compile(r"\d(?:[ ().+/-]*\d){4,}|(?<!\d)(?!(?:19|20)\d\d(?!\d))\d{4,}")
_IS_WITH = re.compile(r"\b(?:with|at|from|leav\w+)\s+([^,.;!?\n]{2,40})", re.I)
_NOWHERE = {"form": "0.0"}  # these buttons are of no request, and valid for ever
_TALK = Choice("talk", "button.person", _NOWHERE)
_ALL_TOPICS = Choice("topic.all", "button.topic.all", _NOWHERE)


def advise(turn: Turn, heard: Heard, saying: Saying | None) -> bool:
    """Answer a text that asks what the table knows, or offer what it may mean; tell whether either was done."""
    if saying is not None:
        found = Found(saying.id, ()) if saying.id in ANSWERED_HERE else None
    else:
        found = _asked(turn, heard.text)
    if found is None:
        return False
    if found.sure:
        _tell_in_words(turn, heard, found.sure, is_over=saying is not None and _is_over(turn))
    else:
        _offer(turn, heard, found)
    return True


def _asked(turn: Turn, text: str) -> Found | None:
    """Return what of the table a text asks; None for what has figures, or may be an answer, and for anything else."""
    question, case = open_question(turn), turn.case
    if not _may_ask(question, text) or _FIGURES.search(text) or speaks_of_a_secret(text):
        return None
    if question is not None and case is not None and names_anew(question.id, text, case):
        return None
    found = find(text)
    if found is None or not (found.sure or is_question(text)):
        return None
    return None if question and case and _may_be_answer(question, case, text, found) else found


def _may_ask(question: Question | None, text: str) -> bool:
    """Tell whether a text is long enough for a question, or for a statement that is answered like one."""
    words = len(text.split())
    if "?" in text:
        return True
    if words < _FEWEST_WORDS:
        return False
    if is_question(text) and (question is None or question.id not in _NAMES or is_no_name(text)):
        return True
    return words >= (_WORDS_OF_A_STATEMENT if question is None else _WORDS_BESIDE_A_QUESTION)


def _may_be_answer(question: Question, case: Case, text: str, found: Found) -> bool:
    """Tell whether the open question, or another that is still to come, takes something from a text."""
    got = read_behind(question, text, case) or question.read(text, case)
    if isinstance(got, Given):
        return not (found.sure and question.id in _FREE_WORDS and text.rstrip().endswith("?"))
    if isinstance(got, Unreadable):
        said = facts_of(read_opening(text, case.served), case.ours)
        return any(q not in case.answers and BY_ID[q].needed(case) for q, _ in said)
    is_clear = found.sure or got.key == "carrier.unknown"
    return not (is_clear and is_question(text)) or bool(got.keeps or got.flag)


def _is_over(turn: Turn) -> bool:
    return turn.case is not None and is_ended(turn.case.phase)


def _tell_in_words(turn: Turn, heard: Heard, name: str, *, is_over: bool) -> None:
    """Answer what was typed; once the desk has the request, people read the words too, unless all is over."""
    key, params = _said(turn, name)
    if name == _LISTS and _keeps_company(turn, heard.text):
        key = f"text.also_noted+{key}"
    case = turn.case
    if case is not None and signing.is_with_desk(case) and not is_over:
        key = f"{key}+{pass_on(turn, heard)}"
    if case is None and turn.chat.asked is None and not turn.state.briefs:
        ask(turn, f"start.welcome+{key}", params)
    else:
        _put(turn, key, params)


def _keeps_company(turn: Turn, text: str) -> bool:
    """Keep the company that many numbers are said to be with, before any of them came; tell whether one was said."""
    said = _IS_WITH.search(text)
    found = find_carrier(said[1]) if said and (turn.case is None or "carrier" not in turn.case.answers) else None
    if not isinstance(found, Carried) or (turn.case is not None and turn.case.phase != "intake"):
        return False
    keep(turn, "carrier", Given((found.carrier.id, found.carrier.name)))
    return True


def _said(turn: Turn, name: str) -> tuple[str, dict[str, str]]:
    turn.note("asked", detail=name)
    if name == _LISTS:
        offer_template(turn)
    return answer_to(turn, FAQ[name])


def _put(turn: Turn, key: str, params: dict[str, str]) -> None:
    """Say an answer before the open question; with none open beside what leads to others."""
    if _is_asked(turn):
        ask(turn, key, params)
    else:
        ref = {"ref": name_of(turn.case.request)} if turn.case is not None else {}
        turn.say(key, {**ref, **params}, ((_ALL_TOPICS, _TALK),))


def _is_asked(turn: Turn) -> bool:
    return is_pressing(turn)


def _offer(turn: Turn, heard: Heard, found: Found) -> None:
    """Show the likeliest questions as buttons; the open question stays as it is, and is put first if it was not yet."""
    rows: Rows = tuple((_button(name),) for name in found.likely)
    case = turn.case
    if case is not None and signing.is_with_desk(case):
        turn.say(f"{pass_on(turn, heard)}+faq.perhaps", {"ref": name_of(case.request)}, rows)
        return
    if turn.chat.asked is None and not turn.state.briefs:
        ask(turn, "start.welcome")
    turn.say("faq.unsure" if _is_asked(turn) else "faq.unsure_alone", None, (*rows, (_TALK,)))


def _button(name: str) -> Choice:
    return Choice(f"faq.{name}", f"button.faq.{name}", _NOWHERE)


def show_help(turn: Turn) -> None:
    """Say what we can do, with the topics as buttons; then put the open question again."""
    turn.say("help.text+faq.topics", None, _topic_rows())
    if _is_asked(turn):
        ask(turn)


def _topic_rows() -> Rows:
    topics = [Choice(f"topic.{topic}", f"button.topic.{topic}", _NOWHERE) for topic in TOPICS]
    pairs = zip(topics[::2], topics[1::2], strict=True)
    return (*pairs, (TEMPLATE_BUTTON, _TALK))


def press_question(turn: Turn, heard: Heard) -> None:
    """Answer the question on a button."""
    name = heard.code.partition(".")[2]
    if name in FAQ:
        _put(turn, *_said(turn, name))
    else:
        ask_open_or_say(turn, "press.stale")


def press_topic(turn: Turn, heard: Heard) -> None:
    """Show the questions of a topic, or all topics."""
    topic = heard.code.partition(".")[2]
    if topic in TOPICS:
        rows = tuple((_button(each.id),) for each in of_topic(topic))
        turn.say(f"faq.topic.{topic}", None, (*rows, (_ALL_TOPICS, _TALK)))
    elif topic == "all":
        turn.say("faq.topics", None, _topic_rows())
    else:
        ask_open_or_say(turn, "press.stale")


def press_talk(turn: Turn, _heard: Heard) -> None:
    """Let the desk know that somebody wants a person; without a number there is nothing yet to show them."""
    case = turn.case
    if case is None or not case.numbers:
        ask_open_or_say(turn, "person.first")
    elif is_ended(case.phase):
        ask_open_or_say(turn, "said.person")
    else:
        want_person(turn)
        ask_open_or_say(turn, "person.told")
