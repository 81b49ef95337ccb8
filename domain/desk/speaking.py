"""What a customer writes: an answer to the question put last, first words, or words for the desk."""

import re

from domain.desk import signing
from domain.desk.answering import answer, facts_said, go_on, keep, nothing_yet
from domain.desk.asking import ask, ask_first, ask_open_or_say, greet_or_say, name_of, open_question
from domain.desk.heard import Heard
from domain.desk.letter_stands import hear_talk
from domain.desk.listing import correct, offer_template
from domain.desk.passing import not_now, pass_on, speaks_of_a_secret, want_person, wipe_if_secret
from domain.desk.turn import Turn
from domain.errors import Unreadable
from domain.intake.facts import facts_of
from domain.intake.given import Given, Unclear
from domain.intake.opening import Opening, is_spoken_of, read_opening
from domain.intake.questions import BY_ID, TAKES_ANSWERS, Question
from domain.intake.readings.abroad import ABROAD, ELSEWHERE
from domain.intake.readings.claimed import claimed_of
from domain.intake.readings.free import free_among, not_free
from domain.intake.readings.left_out import LEFT_OUT
from domain.intake.sayings import wants_person
from domain.intake.sayings.plain import is_filler, plain
from domain.numbers import spot
from domain.numbers.lists import NumberList, read_number_list
from domain.orders.model import Case
from domain.orders.phases import is_ended
from domain.readers.secrets import is_lone_secret
from domain.text import clean
from domain.values import replace

Facts = tuple[tuple[str, Given], ...]

_SHORT = 12  # words: in a longer message a carrier may be anything
_USUAL_FACTS = 2  # number and carrier, which the first question asks for
_WANTS_NUMBER = ("numbers", "destination", "second")
_WANTS_TO_MOVE = re.compile(r"\b(?:mov|port|transfer|bring|switch|chang|another|new|more|begin|start)\w*", re.I)


def hear_text(turn: Turn, heard: Heard) -> None:
    """Take a text as the answer to the question put last; as words for the desk where none is open."""
    if correct(turn, heard):
        return
    question = open_question(turn)
    if _is_elsewhere(turn, heard):
        turn.say(pass_on(turn, heard), {"ref": name_of(turn.the_case().request)})
    elif turn.case is None or _is_numberless(turn, question):
        _first_words(turn, heard)
    elif question is None or _is_beside_trial(turn, heard, question):
        _free_text(turn, heard)
    elif question.id != turn.chat.asked:
        ask(turn, "text.not_asked_yet")
    elif not hear_talk(turn, heard):
        answer(turn, question, heard.text, heard)


def hear_verdict(turn: Turn, heard: Heard) -> bool:
    """Take words as the answer whether a moved number works, before they are looked at for anything else."""
    question = open_question(turn)
    if question is None or not question.after or _is_beside_trial(turn, heard, question):
        return False
    answer(turn, question, heard.text, heard)
    return True


def _is_beside_trial(turn: Turn, heard: Heard, question: Question) -> bool:
    """Tell whether words say something else than whether a moved number works: they are heard as ever."""
    return question.after and isinstance(question.read(heard.text, turn.the_case()), Unreadable)


def _is_numberless(turn: Turn, question: Question | None) -> bool:
    """Tell whether a request began with something else, a bill, and its first words are still to come."""
    is_first = question is not None and question.id == "numbers" == turn.chat.asked
    return is_first and turn.case is not None and "numbers" not in turn.case.answers


def _is_elsewhere(turn: Turn, heard: Heard) -> bool:
    """Tell whether words are for the desk, which has nothing but a number that we do not move: they name no other."""
    case = turn.case
    if case is None or ELSEWHERE not in case.answers or case.numbers:
        return False
    found = read_number_list(heard.text, case.served)
    return isinstance(found, NumberList) and not found.phones and not found.left_out


def _first_words(turn: Turn, heard: Heard) -> None:
    """Take every fact of a first message that is certain; else read it as the number that was asked for."""
    welcome = _welcome(turn)
    if take_opening(turn, heard, welcome):
        return
    if not welcome:
        answer(turn, BY_ID["numbers"], heard.text, heard)
        return
    has_figures = any(c.isdecimal() for c in heard.text)
    if has_figures and _is_list(turn, heard.text, welcome):
        return
    wipe_if_secret(turn, heard)
    if not (has_figures and _is_unsure(turn, heard, welcome)):
        _without_number(turn, heard, welcome)


def _is_unsure(turn: Turn, heard: Heard, welcome: str) -> bool:
    """Ask more narrowly about the number of a first message, or say what is wrong with it; tell whether it has one.

    The desk is offered to who begins with a number that we do not move, or that another request has.
    """
    got = BY_ID["numbers"].read(heard.text, nothing_yet(turn))
    if isinstance(got, Unclear):
        if not (got.beside or got.keeps):
            return False
        for question, value in got.keeps:
            keep(turn, question, value)
        ask(turn, f"{welcome}+{got.key}", got.params, got.buttons, got.beside)
    elif is_spoken_of(heard.text):
        return False
    elif isinstance(got, Unreadable):
        return _is_no_number(turn, heard, welcome, got)
    elif not _names_company(got):
        return False
    else:
        _begin_with(turn, heard, welcome, got)
    return True


def _begin_with(turn: Turn, heard: Heard, welcome: str, got: Given) -> None:
    """Take the numbers of a first message, with what else it certainly says."""
    keep(turn, "numbers", got)
    for question, value in facts_said(turn, BY_ID["numbers"], heard.text):
        keep(turn, question, value)
    lead = f"{welcome}+{got.lead}" if got.lead else welcome
    go_on(turn, BY_ID["numbers"], replace(got, lead=lead))


def _names_company(got: Given) -> bool:
    """Tell whether a company stands beside the numbers, certain or to be asked about."""
    return got.then is not None or any(question == "carrier" for question, _ in got.more)


def _is_no_number(turn: Turn, heard: Heard, welcome: str, why: Unreadable) -> bool:
    """Say what is wrong with the one number of a first message; tell whether there was anything like one."""
    if why.code == "numbers.too_many":
        offer_template(turn)
        ask(turn, f"{welcome}+{why.code}", why.params)
        return True
    found = read_number_list(heard.text, turn.policy.served)
    if isinstance(found, Unreadable) or found.phones or not found.left_out:
        return False
    ask(turn, f"{welcome}+{why.code}", why.params)
    return True


def _welcome(turn: Turn) -> str:
    """Return how a chat is greeted in which nothing is asked; who had a request here knows the desk already."""
    if turn.chat.asked is not None:
        return ""
    return "start.anew" if turn.state.briefs else "start.welcome"


def _without_number(turn: Turn, heard: Heard, welcome: str) -> None:
    """Ask for the number; but who only says a last word to a request that is over is not asked for another."""
    if turn.state.briefs and not _WANTS_TO_MOVE.search(heard.text) and not spot(clean(heard.text), turn.policy.served):
        turn.say("text.nothing_open")
    else:
        ask_first(turn, welcome)


def take_opening(turn: Turn, heard: Heard, lead: str) -> bool:
    """Take every certain fact of words that name a number, and go on behind a lead; tell whether there was one."""
    opening = read_opening(heard.text, turn.policy.served)
    if opening.numbers:
        _take_facts(turn, heard, opening, lead)
    return bool(opening.numbers)


def _take_facts(turn: Turn, heard: Heard, opening: Opening, welcome: str) -> None:
    """Keep what was certain; a carrier's brand that stood beside the numbers is asked about, not asked for anew."""
    case = turn.case or nothing_yet(turn)
    numbers = tuple(phone.e164 for phone in opening.numbers)
    facts = facts_of(opening, turn.state.ours, claimed_of(numbers, case))
    beside = BY_ID["numbers"].read(heard.text, nothing_yet(turn))
    is_short = len(heard.text.split()) <= _SHORT
    same = beside if isinstance(beside, Given) and _is_of(beside, facts) else None
    for question, got in (*facts, *_said_beside(same, is_short=is_short)):
        keep(turn, question, got)
    wipe_if_secret(turn, heard)
    then = beside.then if isinstance(beside, Given) and is_short else None
    told = same if same is not None and is_short else _about_numbers(numbers, case)
    person = _passes_to_person(turn, heard)
    leads = (welcome or ("opening.read" if len(facts) > _USUAL_FACTS else ""), person, told.lead)
    lead = "+".join(each for each in leads if each)
    if turn.case is None:  # nothing was said but numbers that cannot be taken
        ask(turn, lead, told.params, None, told.beside)
    else:
        go_on(turn, BY_ID["numbers"], Given((), lead=lead, params=told.params, then=then, beside=told.beside))


def _passes_to_person(turn: Turn, heard: Heard) -> str:
    """Let the desk know of a wish for a person that stands beside the numbers; return what is said to it."""
    if turn.case is None or not wants_person(heard.text):
        return ""
    want_person(turn)
    return "person.told"


def _about_numbers(numbers: tuple[str, ...], case: Case) -> Given:
    """Return what is said of numbers that cannot be taken, or not with the others."""
    refused = not_free(numbers, case)
    if refused is None:
        return free_among(numbers, case)
    if isinstance(refused, Unreadable):
        return Given((), lead=refused.code, params=refused.params)
    return Given((), lead=refused.key, params=refused.params, beside=refused.beside)


def _is_of(beside: Given, facts: Facts) -> bool:
    """Tell whether the readers of lists and of first words took the same numbers out of a message."""
    numbers = dict(facts).get("numbers")
    return numbers is not None and beside.value == numbers.value


def _said_beside(same: Given | None, *, is_short: bool) -> Facts:
    """Return that all numbers are on one bill, where it is said so, and of a short message what was left out."""
    wanted = ("one_bill", ABROAD, LEFT_OUT) if is_short else ("one_bill", ABROAD)
    return tuple(each for each in same.more if each[0] in wanted) if same is not None else ()


def _is_list(turn: Turn, text: str, welcome: str) -> bool:
    """Take a first message that is nothing but numbers; tell whether it was."""
    if any(c.isalpha() for c in text):
        return False
    got = BY_ID["numbers"].read(text, nothing_yet(turn))
    if not isinstance(got, Given):
        if isinstance(got, Unreadable) and got.code == "numbers.too_many":
            offer_template(turn)
        return False
    keep(turn, "numbers", got)
    ask(turn, f"{welcome}+{got.lead}" if got.lead else welcome, got.params, None, got.beside)
    return True


def _free_text(turn: Turn, heard: Heard) -> None:
    """With nothing to ask, a customer's words go to the desk, masked, and the customer is told so.

    A lone word that can only be a secret is the PIN while one may still be given; it never goes to the desk.
    """
    case = turn.the_case()
    if is_ended(case.phase) and read_opening(heard.text, case.served).numbers:  # another wish, now this one is over
        turn.case = None
        turn.chat = replace(turn.chat, focus=None, asked=None)
        _first_words(turn, heard)
        return
    if is_lone_secret(heard.text):
        if case.phase in TAKES_ANSWERS and signing.is_with_desk(case) and BY_ID["pin"].needed(case):
            answer(turn, BY_ID["pin"], heard.text, heard)
            return
        turn.delete_message(heard.message_id)
        turn.say(not_now(turn))
        return
    if not signing.is_with_desk(case) or (is_ended(case.phase) and is_filler(plain(heard.text))):
        wipe_if_secret(turn, heard)
        turn.say("text.nothing_open")
        return
    turn.say(pass_on(turn, heard), {"ref": name_of(case.request)})


def hear_contact(turn: Turn, heard: Heard) -> None:
    """Take somebody's own number where one is asked for; anybody else's contact is nobody's to give."""
    question = open_question(turn)
    wants_number = question.id in _WANTS_NUMBER if question else turn.case is None
    if heard.code != "own":
        greet_or_say(turn, "contact.not_own")
    elif not wants_number:
        ask_open_or_say(turn, "contact.not_now")
    elif question is None:
        answer(turn, BY_ID["numbers"], heard.text)
    else:
        answer(turn, question, heard.text)


def hear_edit(turn: Turn, heard: Heard) -> None:
    """An edited message changes nothing by itself: the desk reads it once it has the request, else /back is told."""
    case = turn.case
    is_lone = is_lone_secret(heard.text)
    if case is not None and signing.is_with_desk(case) and heard.text.strip() and not is_lone:
        pass_on(turn, heard, "thread.edited")
        ask_open_or_say(turn, "edit.with_desk")
        return
    if is_lone or speaks_of_a_secret(heard.text):
        turn.delete_message(heard.message_id)
    ask_open_or_say(turn, "edit.seen")
