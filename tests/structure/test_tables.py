"""THE tables are complete: whatever is added to one of them has its words, its way in and its way out."""

import ast
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime

import pytest

from bot.slack.cards import CONFIRMED
from bot.wording import languages, sentences
from domain.carriers import CARRIERS, Carrier, Fact
from domain.desk import staff
from domain.desk.clock import RULES
from domain.desk.verbs import EFFECTS, VERBS
from domain.intake.questions import QUESTIONS, Question
from domain.orders.model import Answer, Case, Request
from domain.orders.phases import MOVES, PHASES, next_of, possible
from domain.orders.rejections import REJECTIONS, WHO_SIGNS
from domain.promises.notices import DEADLINES, NOTICES
from domain.values import replace
from storage.erasing import DROP_FILE
from tests.structure.ground import calls, trees

PASSED_THROUGH = {"screening"}  # a number enters and leaves it within one turn

AMONG_THE_DESK = {"take", "assign", "note", "hold", "snooze", "edit"}  # what settles nothing of the port itself
TALKING = {"reply", "takeover", "resume"}
AFTER_IT = {"routing", "texting", "works", "close"}  # the days after a move, in which the clock closes
MOVES_NOTHING = {
    "link",  # by which somebody else signs
    "out",
    "snapback",
    "undo",
    "letter",
    "eligible",
    "split",
    *TALKING,
    *AMONG_THE_DESK,
    *AFTER_IT,
}  # verbs that no phase leads on from

in_every_language = pytest.mark.parametrize("language", languages())


def missing(language: str, keys: set[str]) -> set[str]:
    return keys - sentences(language).keys()


def cases() -> Iterator[Case]:
    """Yield a case without answers and one with all, so that each question is asked for the first time and again."""
    now = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    case = Case(Request(1, "P-22222", 1, "intake", 1, now, now), (), (), {})
    yield case
    given = {q.id: Answer(1, q.id, ("x",), "typed", now, 1) for q in QUESTIONS}
    given["line"] = replace(given["line"], value=("landline",))
    yield replace(case, answers=given)


def keys_of(question: Question) -> set[str]:
    return {question.key(case) for case in cases()}


# questions


@in_every_language
def test_every_question_has_words_in_every_language(language: str) -> None:
    assert missing(language, {key for question in QUESTIONS for key in keys_of(question)}) == set()
    assert {f"ask.{question.id}" for question in QUESTIONS} <= sentences(language).keys()


@in_every_language
def test_every_answer_that_can_be_changed_has_a_button(language: str) -> None:
    assert missing(language, {f"button.change.{q.id}" for q in QUESTIONS if q.changeable}) == set()


def test_staff_can_read_what_every_question_is_called() -> None:
    assert missing("en", {f"staff.answer.{question.id}" for question in QUESTIONS}) == set()


def test_a_secret_is_never_among_what_is_signed() -> None:
    assert not [question.id for question in QUESTIONS if question.secret and question.signed]


# phases


def after(start: str) -> set[str]:
    """Return every phase to which moves lead from one."""
    found = {start}
    while more := {move.after for move in MOVES if move.before in found} - found:
        found |= more
    return found


def test_every_phase_can_be_reached_from_the_intake() -> None:
    assert after("intake") == PHASES.keys()


def test_every_phase_that_is_not_the_end_can_still_lead_to_a_moved_number() -> None:
    for phase in PHASES.values():
        assert phase.terminal or "ported" in after(phase.id), phase.id


def test_nothing_leads_out_of_an_end_but_what_comes_after_a_move() -> None:
    assert {move.before for move in MOVES} == {p.id for p in PHASES.values() if not p.terminal} | {"ported", "closed"}
    assert {move.after for move in MOVES if move.before == "ported"} == {"closed", "returned"}


def test_moves_name_phases_and_verbs_that_there_are() -> None:
    assert {phase for move in MOVES for phase in (move.before, move.after)} <= PHASES.keys()
    assert {move.verb for move in MOVES if move.actor == "staff"} <= set(EFFECTS)
    assert {move.actor for move in MOVES} == {"customer", "staff", "clock"}


@in_every_language
def test_every_phase_has_words_for_customers(language: str) -> None:
    told = {f"{room}.{phase}" for phase in PHASES for room in ("status.phase", "status.next", "explain")}
    assert missing(language, told | {f"status.ball.{phase.ball}" for phase in PHASES.values()}) == set()


def test_every_phase_has_words_for_staff_and_somebody_who_acts() -> None:
    assert missing("en", {f"phase.{phase}" for phase in (*PHASES, "needs_attention", "partial")}) == set()
    assert missing("en", {f"staff.ball.{phase.ball}" for phase in PHASES.values()}) == set()


@in_every_language
def test_every_phase_in_which_a_customer_cannot_cancel_says_so(language: str) -> None:
    stuck = {p.id for p in PHASES.values() if not p.terminal and next_of("cancel", p.id, "customer") is None}
    assert missing(language, {f"cancel.too_late.{phase}" for phase in stuck - PASSED_THROUGH}) == set()


@in_every_language
def test_a_customer_who_can_cancel_is_told_what_came_of_it(language: str) -> None:
    ends = {move.after for move in MOVES if (move.verb, move.actor) == ("cancel", "customer")}
    assert missing(language, {f"cancel.{end}" for end in ends}) == set()
    assert missing("en", {f"thread.{end}_by_customer" for end in ends}) == set()


# notices and reminders


@in_every_language
def test_every_notice_has_words(language: str) -> None:
    assert missing(language, set(NOTICES.values())) == set()


def test_every_phase_that_staff_lead_to_or_can_undo_to_has_a_notice() -> None:
    moved = {phase for move in MOVES if move.actor == "staff" for phase in (move.before, move.after)}
    assert moved - {"intake"} <= NOTICES.keys()  # a draft that goes on was never told to have ended
    assert NOTICES.keys() <= PHASES.keys()


def test_every_deadline_has_a_rule_that_is_decided_then() -> None:
    assert DEADLINES.keys() <= set(RULES)


# rejections


@in_every_language
def test_every_rejection_has_words_for_customers_and_staff(language: str) -> None:
    assert missing(language, {f"rejection.{code}" for code in REJECTIONS}) == set()
    assert missing("en", {f"rejection.short.{code}" for code in REJECTIONS}) == set()


def test_the_answers_that_a_rejection_opens_again_are_questions() -> None:
    questions = {question.id for question in QUESTIONS}
    for rejection in REJECTIONS.values():
        assert {*rejection.reopens, *rejection.also} - {WHO_SIGNS} <= questions, rejection.code
        assert rejection.aliases, rejection.code


def test_no_two_rejections_go_by_one_name() -> None:
    names = [name for rejection in REJECTIONS.values() for name in rejection.aliases]
    assert len(names) == len(set(names))
    assert all(name == name.lower().strip() for name in names)


# verbs


def test_every_verb_that_changes_something_is_decided_and_has_words() -> None:
    assert staff._VERBS.keys() == set(EFFECTS)
    assert missing("en", {f"staff.help.{verb}" for verb in VERBS}) == set()
    for room in ("staff.button", "thread"):
        assert missing("en", {f"{room}.{verb}" for verb in EFFECTS}) == set()
    assert missing("en", {f"staff.confirm.{verb}" for verb in CONFIRMED}) == set()


def test_every_verb_with_a_form_has_the_words_of_one() -> None:
    parts = ("title", "submit", "about")
    assert missing("en", {f"form.{v.name}.{part}" for v in VERBS.values() if v.modal for part in parts}) == set()


def test_a_verb_that_staff_may_use_somewhere_is_allowed_from_some_phase() -> None:
    usable = {verb for phase in PHASES for verb in possible(phase, "staff")}
    assert usable == set(EFFECTS) - MOVES_NOTHING


# what is owed, and who does it


def strings(node: ast.AST) -> set[str]:
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def kinds_sent() -> list[str]:
    """Return every kind of message that a sender delivers, as often as there are senders for it."""
    assigned = (node for _, tree in trees("bot") for node in ast.walk(tree) if isinstance(node, ast.Assign))
    named = (a for a in assigned if isinstance(a.targets[0], ast.Name) and a.targets[0].id == "kinds")
    return [kind for each in named for kind in strings(each.value)]


def test_every_kind_of_message_that_is_owed_has_one_sender() -> None:
    owed = {kind for _, tree in trees("domain") for call in calls(tree, "_owe") for kind in strings(call.args[0])}
    owed |= {kind for _, tree in trees("bot") for call in calls(tree, "Owed") for kind in strings(call.args[1])}
    assert {"say", "status", "delete", "card", "post", "channel", "whisper"} <= owed
    assert owed == set(kinds_sent())
    assert len(kinds_sent()) == len(set(kinds_sent()))


def test_every_kind_of_errand_is_run() -> None:
    left = {kind for _, tree in trees("domain") for call in calls(tree, "run_errand") for kind in strings(call.args[0])}
    assert left
    running = [tree for name, tree in trees("bot") if name in ("bot/errands.py", "bot/lists/errands.py")]
    told = (node for tree in running for node in ast.walk(tree) if isinstance(node, ast.AnnAssign))
    ways = [strings(node.value) for node in told if isinstance(node.value, ast.Dict)]
    assert set().union(*ways) == left | {DROP_FILE}
    assert sum(map(len, ways)) == len(left | {DROP_FILE})


# carriers


def facts(carrier: Carrier) -> Iterator[Fact]:
    for field in fields(carrier):
        value = getattr(carrier, field.name)
        if isinstance(value, Fact):
            yield value


def test_every_fact_about_a_carrier_has_its_source_and_the_day_it_was_checked() -> None:
    for carrier in CARRIERS.values():
        assert len(list(facts(carrier))) >= 2, carrier.id
        for fact in facts(carrier):
            assert fact.text.strip(), carrier.id
            assert fact.source.strip(), carrier.id
            assert date(2026, 1, 1) <= fact.checked, carrier.id
        assert (carrier.life is None) == (carrier.pin_life is None), carrier.id
