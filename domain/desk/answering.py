"""Answers: read, kept, and followed by the next question."""

import re
from collections.abc import Callable

from domain.desk import approving, gates, listing, mending, pins, signers, signing, thanking, trying
from domain.desk.asking import ask, forget_question, is_letter_shown, name_of, unfinished
from domain.desk.heard import Heard
from domain.desk.others import rows_at_the_end
from domain.desk.passing import not_now, pass_on, speaks_of_a_secret
from domain.desk.printable import as_printed
from domain.desk.tried import answered, refuse
from domain.desk.turn import Turn
from domain.desk.urgent import sound
from domain.errors import Unreadable
from domain.intake import trial
from domain.intake.about import moving
from domain.intake.choices import Choice
from domain.intake.facts import facts_in
from domain.intake.given import Given, Unclear
from domain.intake.needed import NO_LINE
from domain.intake.questions import ADD, BY_ID, Question
from domain.intake.readings.address import about_begun
from domain.intake.readings.beside import account_beside, is_long_account, is_stray_account
from domain.intake.readings.naming import names_anew
from domain.numbers import Phone, read_phone, show
from domain.orders.agreed import agreed_of
from domain.orders.model import Case, Request
from domain.orders.phases import PAPERS
from domain.readers.secrets import is_lone_secret, names_secret
from domain.values import replace
from domain.wordkeys import nested

_ASKS_NUMBERS = ("numbers", "destination", "second", "stays", "btn", "new_btn")
_MAY_NAME_SECRETS = ("numbers",)  # a pasted list of numbers is long digits, and no secret
_FIGURES_OF_A_SECRET = 3
_NO_PLACE_FOR_SECRETS = Unreadable("secret.not_now")
_CODE_ALONE = re.compile(r"\s*(?:\d{5}(?:-\d{4})?|[a-z]\d[a-z] ?\d[a-z]\d)[.!\s]*", re.I)  # a ZIP is no secret
_OF_OURS = ("numbers.ours", "destination.is_ours")  # refused for what a number is, not for how it was written
_ANSWERED_ASIDE = ("name", "contact", "address", "working", "authority", "destination")  # behind a question
_ASKS_WHY = re.compile(r"\b(?:why|how come|what for)\b", re.IGNORECASE)
_BESIDE_ACCOUNT = ("working", "authority", "name", "kind", "contact", "address", "texting", "destination")
_ANSWER_WORDS = 4  # longer texts without a figure are no answers to what asks for figures
_TOLD_OTHERWISE = ("signature", "pin", "bill", "review", "destination", "title")


def answer(turn: Turn, question: Question, text: str, heard: Heard | None = None) -> None:
    """Read an answer; keep it and ask the next question, or say what was unclear and ask the same one again."""
    case = turn.case or nothing_yet(turn)
    if heard is not None and _is_aside(turn, question, case, heard):
        return
    question = _meant(turn, question, text, case)
    got = as_printed(question, _with_account(question, text, case) or question.read(text, case))
    if isinstance(got, Given) and _holds_secret(question, got):
        got = _NO_PLACE_FOR_SECRETS
    if heard is not None and _is_to_be_wiped(question, got, text):
        turn.delete_message(heard.message_id)
    if isinstance(got, Given):
        _take_given(turn, question, got)
    elif speaks_of_a_secret(text) and not question.secret:
        ask(turn, not_now(turn))
    elif isinstance(got, Unclear):
        _look_again(turn, question, got, text)
    else:
        _not_read(turn, question, got, text, heard)


def _meant(turn: Turn, question: Question, text: str, case: Case) -> Question:
    """Return the question that a text answers: the one that is open, or the name, when it is put right."""
    if not names_anew(question.id, text, case):
        return question
    turn.chat = replace(turn.chat, asked="name")  # so that the letter, changed by it, is shown again
    return BY_ID["name"]


def _is_aside(turn: Turn, question: Question, case: Case, heard: Heard) -> bool:
    """Wipe an account number nobody asked for, or answer a "why?" with an answer behind it; tell whether it was one."""
    if _is_stray(question, heard.text, case):
        turn.delete_message(heard.message_id)
        ask(turn, "secret.have_one" if case.answer("account") is not None else not_now(turn))
        return True
    if read_behind(question, heard.text, case) is None:
        return False
    _talk(turn, question, heard)
    return True


def _is_stray(question: Question, text: str, case: Case) -> bool:
    """Tell whether an account number came where something else is asked for: it must not stay in the chat."""
    is_asked = question.secret or question.id in _ASKS_NUMBERS
    is_long = question.id in ("destination", "second") and is_long_account(text)
    return is_long or (not is_asked and is_stray_account(text) and account_beside(text, case) is None)


def _with_account(question: Question, text: str, case: Case) -> Given | None:
    """Read an answer beside which the account number stands by its name; it is kept like one that was asked for."""
    beside = account_beside(text, case) if question.id in _BESIDE_ACCOUNT and case.phase == "intake" else None
    got = question.read(beside.rest, case) if beside is not None else None
    if beside is None or not isinstance(got, Given):
        return None
    lead = "+".join(each for each in ("answer.noted", beside.account.lead, got.lead) if each)
    return replace(got, more=(*got.more, ("account", beside.account)), lead=lead)


def _look_again(turn: Turn, question: Question, got: Unclear, text: str) -> None:
    """Ask more narrowly, after what else the message said is kept; that may have answered the question itself."""
    is_read = got.flag or any(kept in BY_ID for kept, _ in got.keeps)
    facts = () if is_read else facts_said(turn, question, text)
    for kept, value in (*got.keeps, *facts):
        keep(turn, kept, value)
    if question.id in dict(facts):
        ask(turn, "text.also_noted")
        return
    if got.flag:
        sound(turn, got.flag)
    ask(turn, got.key, got.params, got.buttons, got.beside)


def _not_read(turn: Turn, question: Question, got: Unreadable, text: str, heard: Heard | None) -> None:
    """Say what is wrong with an answer; unless it was one more number, other facts, or no answer at all."""
    facts = facts_said(turn, question, text)
    another = None if facts or question.id in (*_ASKS_NUMBERS, "account", "pin") else _another_number(turn, text)
    if facts:
        for each, value in facts:
            keep(turn, each, value)
        ask(turn, f"{got.code}+text.also_noted" if got.code in _OF_OURS else "text.also_noted", got.params)
    elif another is not None:
        rows = ((Choice(f"{ADD}{another.e164}", "button.add_number", {"number": show(another)}),),)
        ask(turn, "numbers.another", {"number": show(another)}, (*rows, (Choice("ask", "button.not_that"),)))
    elif heard is not None and got.code != "name.company_too_long" and _is_talk(text):
        _talk(turn, question, heard)
    else:
        if got.code == "numbers.too_many":
            listing.offer_template(turn)
        refuse(turn, question, (not_now(turn) if got == _NO_PLACE_FOR_SECRETS else got.code, got.params), text)


def facts_said(turn: Turn, question: Question, text: str) -> tuple[tuple[str, Given], ...]:
    """Return what a longer message certainly says of questions that have no answer yet, this one among them."""
    case = turn.case
    if case is None or case.phase != "intake" or question.secret or len(text.split()) <= _ANSWER_WORDS:
        return ()
    said = facts_in(text, case)
    return tuple((q, got) for q, got in said if q not in case.answers and (q == "contact" or BY_ID[q].needed(case)))


def _another_number(turn: Turn, text: str) -> Phone | None:
    """Return a number that somebody sends to a question that asks for none, while it can still be added."""
    case = turn.case
    if case is None or case.phase != "intake" or agreed_of(case) is not None:  # a list is changed by its lines
        return None
    if len(text) > 40 or any(c.isalpha() for c in text):
        return None
    found = read_phone(text, case.served)
    return None if isinstance(found, Unreadable) or found.e164 in moving(case) else found


def read_behind(question: Question, text: str, case: Case) -> Given | None:
    """Read what stands behind a "why?" as the answer to the open question; None where it is none."""
    asked, mark, behind = text.rpartition("?")
    if not mark or not _ASKS_WHY.search(asked) or not _may_answer(question, behind) or speaks_of_a_secret(text):
        return None
    got = question.read(behind.strip(), case)
    return got if isinstance(got, Given) and not _holds_secret(question, got) else None


def answer_behind(turn: Turn, question: Question, text: str, lead: str) -> bool:
    """Take what stands behind a question back as the answer, behind a lead; tell whether it was one."""
    got = read_behind(question, text, turn.case or nothing_yet(turn))
    if got is None:
        return False
    leads = (lead, "text.also_noted", got.lead)
    _take_given(turn, question, replace(got, lead="+".join(each for each in leads if each)))
    return True


def _may_answer(question: Question, said: str) -> bool:
    """Tell whether words behind a question may be an answer; a name is written like one, all else is a remark."""
    words = said.split()
    is_written = question.id not in ("name", "contact") or all(word[0].isupper() for word in words)
    return bool(words) and question.id in _ANSWERED_ASIDE and is_written


def _is_to_be_wiped(question: Question, got: Given | Unclear | Unreadable, text: str) -> bool:
    """Tell whether a message holds, or may hold, a secret that must not stay in the chat."""
    if not any(c.isdigit() for c in text) or (question.id == "address" and _CODE_ALONE.fullmatch(text)):
        return speaks_of_a_secret(text)
    is_refused = isinstance(got, Unreadable) and is_lone_secret(text)
    misplaced = is_refused and (question.id not in _ASKS_NUMBERS or got == _NO_PLACE_FOR_SECRETS)
    is_masked = isinstance(got, Given) and any("•" in value for value in got.value)
    return question.secret or misplaced or is_masked or speaks_of_a_secret(text)


def _take_given(turn: Turn, question: Question, got: Given) -> None:
    if question.id == "pin" and got.value == ("later",) and pins.lets_time_go(turn):
        got = replace(got, lead="pin_at.let_go")
    if mending.puts_pin_off(turn, question.id, got):
        return
    if question.id == "signature" and not is_letter_shown(turn.the_case()):
        ask(turn, "letter.changed")
    else:
        take(turn, question, got)
        go_on(turn, question, got)


def _holds_secret(question: Question, got: Given) -> bool:
    """Tell whether an answer that everybody may read is a secret by its name, or figures alone where words are due."""
    if question.secret or question.id in _MAY_NAME_SECRETS:
        return False
    free = got.value if question.id in ("stays", "label", "title") else ()
    lone = [v for v in free if is_lone_secret(v) and sum(map(str.isdigit, v)) >= _FIGURES_OF_A_SECRET]
    return any(isinstance(read_phone(v), Unreadable) for v in lone) or any(map(names_secret, got.value))


def _is_talk(text: str) -> bool:
    """Tell whether somebody speaks to us instead of answering: a question, or a sentence without figures."""
    return "?" in text or (len(text.split()) > _ANSWER_WORDS and not any(c.isdigit() for c in text))


def _talk(turn: Turn, question: Question, heard: Heard) -> None:
    """Say why we ask; once a request is with the desk, people read it too."""
    case = turn.case
    lead = f"why.{question.id}"
    if case is not None and signing.is_with_desk(case):
        lead = f"{pass_on(turn, heard)}+{lead}"
    if not answer_behind(turn, question, heard.text, lead):
        ask(turn, lead)


def nothing_yet(turn: Turn) -> Case:
    """Return the case of a chat that has none: no answers, nothing kept."""
    now, state = turn.moment.now, turn.state
    request = Request(0, "", turn.chat.id, "intake", 0, now, now)
    return turn.policy.told_to(Case(request, (), (), {}, ours=state.ours, book=state.book, claims=state.claims))


_FALLS_WITH: dict[str, tuple[str, ...]] = {
    "carrier": ("account", "pin", "line", "stays", "new_btn", "reseller", "unlock"),
    "numbers": ("one_bill", "btn", "new_btn"),
    "btn": ("new_btn",),
    "stays": ("new_btn", NO_LINE),
    "name": ("kind",),
    "review": ("agreements",),
}


def bound_to(question: str) -> tuple[str, ...]:
    """Return the questions whose answers fall with this one: the review, a signed fact's signature, its kin."""
    signature = ("signature",) if BY_ID[question].signed else ()
    return ("review", *signature, *_FALLS_WITH.get(question, ()))


def take(turn: Turn, question: Question, got: Given) -> None:
    """Keep an answer and what was said beside it; what rested on a different one falls."""
    keep(turn, question.id, got)


def keep(turn: Turn, question: str, got: Given) -> None:
    """Keep an answer after what was said beside it; what rested on a different one falls, what follows is done."""
    for other, value in got.more:
        keep(turn, other, value)
    case = turn.open_case()
    before = case.answers.get(question)
    mending.remember(turn, before, got.value)
    if question in BY_ID and before is not None and before.value not in (got.value, ("",)):
        for other in bound_to(question):
            if other in case.answers and (other != "review" or case.phase == "intake"):
                turn.drop(other)
    turn.answer(question, got.value, got.secret)
    mending.given_after_all(turn, question)
    answered(turn, question)
    if question in _AFTER:
        _AFTER[question](turn)
    approving.changed(turn, question, before)
    _tell_desk_of_change(turn, question)


def _tell_desk_of_change(turn: Turn, question: str) -> None:
    """Let staff see that a fact of a request changed which they have and have not asked about."""
    case = turn.the_case()
    if case.phase in (*PAPERS, "staff_review") and question in BY_ID and question not in _TOLD_OTHERWISE:
        turn.post("thread.changed", {"answer": nested(f"staff.answer.{question}")})
        turn.refresh_card()


_AFTER: dict[str, Callable[[Turn], None]] = {
    "numbers": signing.numbers_taken,
    "authority": signing.authority_taken,
    "carrier": signing.class_taken,
    "line": signing.class_taken,
    "review": signing.agreed,
    "signature": signers.signed_here,
    "pin": pins.given,
    "destination": signing.changed_late,
    "title": signing.titled,
    "stays": signing.stays_taken,
    "address": signing.address_taken,
    "working": signing.working_taken,
    "repair": mending.taken,
    **gates.AFTER,
    "company": approving.company_taken,
    "list": listing.settle,
    "list_columns": listing.columns_told,
    **trying.AFTER,
}


def go_on(turn: Turn, done: Question, got: Given) -> None:
    """Ask what comes next; with nothing left to ask, say where things stand."""
    case = turn.the_case()
    lead = "+".join(each for each in (thanking.lead_after(case, done.id), got.lead) if each)
    following = turn.following()
    if following is not None and following.after and not done.after:
        lead = _close_before_trial(turn) or lead
        following = turn.following()
    if following is None:
        _close(turn, done, lead, got)
    elif (unclear := _unclear_about(following, got, case)) is not None:
        lead = f"{lead}+{unclear.key}" if lead else unclear.key
        for kept, value in unclear.keeps:
            keep(turn, kept, value)
        ask(turn, lead, {**got.params, **unclear.params}, unclear.buttons, got.beside)
    else:
        ask(turn, lead, {**thanking.closing_params(turn), **got.params} if lead else None, None, got.beside)


def _unclear_about(following: Question, got: Given, case: Case) -> Unclear | None:
    """Return what was said already of the question that comes next, and needs one more look."""
    if got.then is not None and got.then[0] == following.id:
        return got.then[1]
    return about_begun(case) if following.id == "address" and "address" not in case.answers else None


def _close_before_trial(turn: Turn) -> str:
    """Note that all is answered but what is tried after the move of other numbers; return the words of a repair."""
    before = turn.the_case().request.repaired
    signing.everything_answered(turn)
    now = turn.the_case().request.repaired
    return f"repair.{now}" if now is not None and now != before else ""


def _close(turn: Turn, done: Question, lead: str, got: Given) -> None:
    signing.everything_answered(turn)
    forget_question(turn)
    case = turn.the_case()
    words = trial.closing_words(case) if done.after else thanking.closing_words(turn, done.id)
    known = {"ref": name_of(case.request), **thanking.closing_params(turn), **got.params}
    more = () if done.after else rows_at_the_end(turn, case)
    rows = (*got.beside, *more, *unfinished(turn))
    turn.say(f"{got.lead}+{words}" if got.lead else words, known, rows, form=f"{case.request.id}.{turn.chat.asking}")
