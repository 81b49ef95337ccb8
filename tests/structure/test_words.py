"""Words and code fit: every sentence that is asked for is there, every one that is there is asked for."""

import ast
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache

import pytest

from bot.slack.cards import CONFIRMED
from bot.telegram import sender
from bot.wording import WORDS, _flatten, languages, sentences
from domain.calendar import ZONE_NAMES
from domain.desk.advising import ANSWERED_HERE
from domain.desk.customer import COMMANDS
from domain.desk.heard import OTHER_KINDS
from domain.desk.owning import _BY_END
from domain.desk.routing import CHECKS
from domain.desk.saying import _HELPED as HELPED
from domain.desk.verbs import EFFECTS, VERBS
from domain.intake.classes import CLASSES as KINDS
from domain.intake.faq import FAQ, TOPICS
from domain.intake.questions import QUESTIONS, STAGES, Question
from domain.intake.readings.staying import TIED
from domain.intake.sayings import SAYINGS
from domain.intake.showing import ADDED, OPTIONAL, UNNAMED
from domain.intake.texts import PENDING, STATES, UNWANTED
from domain.intake.trial import TRIALS
from domain.numbers.inventory import ROLES
from domain.orders.model import Answer, Case, Request
from domain.orders.phases import MOVES, PHASES, next_of
from domain.orders.rejections import REJECTIONS
from domain.papers.authorization import CLAUSES
from domain.values import replace
from tests.structure.ground import calls, trees

ENGLISH = sentences("en")
ROOMS = {key.split(".")[0] for key in ENGLISH}
_KEY = re.compile(r"[a-z_]+(\.\w+)*")
_PLACE = re.compile(r"\{(\w*)\}")
STATUSES = {*PHASES, "needs_attention", "partial"}
CARD_FACTS = {
    "list",
    "approval",
    "bill_date",
    "date",
    "carrier_order",
    "attempts",
    "class",
    "tracking",
    "letter",
    "eligible",
    "queue",
    "elsewhere",
    "assignee",
    "hold",
    "snoozed",
    "routing",
    "texting_is",
    "trial",
    "kept_until",
    "snapback",
    "leaving",
}
CLASSES = set(KINDS)
US = "+14154218832"
NUMBERS = {"toll_free": "+18003569377", "ca_landline": "+15148612345", "ca_wireless": "+15148612345"}
BALLS = {phase.ball for phase in PHASES.values()}
IDS_OF_QUESTIONS = {question.id for question in QUESTIONS}

# Looks like a wording key, is none: the code of a button; what readers remark of initials, which nobody is told.
NO_WORDS = {
    "form.look", "form.new",
    "cancel.no", "change.numbers", "delete.yes", "delete.no",
    "name.first_is_initial", "name.last_is_initial",
}  # fmt: skip


def _texts(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def reasons() -> set[str]:
    """Return why a message that is listed may never arrive: what its sender and the relay say of it, in code."""
    found = {"doubtful"}
    for name, tree in trees("bot"):
        if name in (
            "bot/relay.py",
            "bot/slack/exporting.py",
            "bot/telegram/pages.py",
            sender.__name__.replace(".", "/") + ".py",
        ):
            for call in calls(tree, "Never"):
                found |= {text for text in _texts(call) if re.fullmatch("[a-z_]+", text)}
    return found


def too_late() -> set[str]:
    return {p.id for p in PHASES.values() if not p.terminal and next_of("cancel", p.id, "customer") is None}


def a_case(number_class: str) -> Case:
    """Return a case that says nothing but of which class its numbers are."""
    now = datetime(2026, 11, 23, tzinfo=UTC)
    told = number_class.removeprefix("ca_")
    given = {"carrier": ("other", "Blue Sky Phones"), "line": (told,), "numbers": (NUMBERS.get(number_class, US),)}
    answers = {q: Answer(1, q, value, "typed", now, 1) for q, value in given.items()}
    return Case(Request(1, "P-22222", 1, "intake", 1, now, now), (), (), answers)


def a_known_case(number_class: str) -> Case:
    """Return the same of a company that the table has."""
    case = a_case(number_class)
    carrier = replace(case.answers["carrier"], value=("comcast_business", "Comcast Business"))
    return replace(case, answers={**case.answers, "carrier": carrier})


def asked() -> set[str]:
    """Return by which words each question is put, to every class."""
    cases = (*map(a_case, CLASSES), *map(a_known_case, CLASSES))
    return {question.key(case).removeprefix("ask.") for question in QUESTIONS for case in cases}


@lru_cache
def offered() -> set[tuple[str, str]]:
    """Return question and code of every button of a question, and of the narrower askings beside it."""
    labels = {
        choice.label
        for question in QUESTIONS
        if question.id not in ("review", "source", "company", "house")
        for case in (*map(a_case, CLASSES), *map(a_known_case, CLASSES))
        for row in question.choices(case)
        for choice in row
    }
    found = {(label.split(".")[1], label.split(".", 2)[2]) for label in labels if label.count(".") > 1}
    for _, tree in trees("domain"):
        for call in calls(tree, "choice_rows"):
            named = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
            found |= {(str(named[0]), str(code)) for code in named[1:]}
    return found


def flags() -> set[str]:
    """Return of what staff are warned: sayings that flag, and trouble with the line that is pressed."""
    pressed = {f"line_{code}" for question, code in offered() if question == "working"} - {"line_yes", "line_again"}
    taken = {"wants_person", "no_destination", "by_phone", "wants_cancel", "wrongly_moved", "not_working"}
    tied = {f"tied_{kind}" for kind in TIED} | {"not_unlocked", "not_served", "claimed"}
    return pressed | taken | tied | {each.id for each in SAYINGS.values() if each.effect == "flag"}


ENDS = {move.after for move in MOVES if (move.verb, move.actor) == ("cancel", "customer")}

OLD = {("letter", "soon"), ("letter", "over"), ("bill", "soon"), ("bill", "over")}  # papers, and how close it is


@lru_cache
def in_place() -> dict[str, set[str] | set[tuple[str, str]]]:
    """Return what stands in the place of keys that are put together; one that is not here may be anything."""
    return {
        "ask.{}": asked(),
        "address.not_in_{}": {"us", "ca"},
        "bill.{}_word": {"later", "none", UNNAMED},
        "bill.refused.{}": {"wrong_type", "too_large", "gone"},
        "button.add.{}": {*OPTIONAL, *ADDED} - {"billing"},
        "button.faq.{}": set(FAQ),
        "button.topic.{}": {*map(str, TOPICS)},
        "button.change.{}": {question.id for question in QUESTIONS if question.changeable},
        "button.{}.{}": offered(),
        "cancel.too_late.{}": too_late() - {"screening"},  # no number rests there
        "cancel.{}": ENDS,
        "explain.{}": set(PHASES),
        "faq.own.cancel_{}": {*_BY_END.values(), "draft", "over"},
        "faq.topic.{}": {*map(str, TOPICS)},
        "faq.{}": set(FAQ),
        "form.{}.about": {verb.name for verb in VERBS.values() if verb.modal},
        "form.{}.submit": {verb.name for verb in VERBS.values() if verb.modal},
        "form.{}.title": {verb.name for verb in VERBS.values() if verb.modal},
        "help_with.{}": set(HELPED),
        "inventory.count.{}": set(ROLES),
        "inventory.role.{}": set(ROLES),
        "letter.clause.{}": set(CLAUSES.values()),
        "line.{}": CLASSES,
        "menu.{}": set(COMMANDS),
        "number.ours_{}": set(ROLES),
        "other.{}": set(OTHER_KINDS),
        "phase.{}": STATUSES,
        "rejection.short.{}": set(REJECTIONS),
        "rejection.{}": set(REJECTIONS),
        "said.{}": set(SAYINGS) - ANSWERED_HERE,
        "staff.answer.{}": IDS_OF_QUESTIONS | CARD_FACTS,
        "staff.ball.{}": BALLS | {"desk_again", "signer"},
        "staff.button.{}": set(EFFECTS),
        "staff.class.{}": CLASSES,
        "staff.confirm.{}": set(CONFIRMED),
        "staff.flag.{}": flags(),
        "staff.help.{}": set(VERBS),
        "staff.queue.{}": {kind.queue for kind in KINDS.values() if kind.queue},
        "stage.{}": {str(stage + 1) for stage in range(STAGES)},
        "status.ball.{}": BALLS,
        "status.next.{}": set(PHASES),
        "stays.may_go_{}": set(TIED),
        "status.phase.{}": set(PHASES),
        "submit.ours_{}": set(ROLES),
        "texting.{}": {"yes", "no"},
        "thread.{}": set(EFFECTS),
        "thread.{}_by_customer": ENDS,
        "times.{}": CLASSES,
        "texting.state.{}": {PENDING, *STATES},
        "texting.told.{}": {*STATES} - {UNWANTED},
        "closing.lacks.{}": {*TRIALS, "texting"},
        "closing.staff.{}": {*TRIALS, "texting", "days"},
        "routing.check.{}": {*CHECKS},
        "undelivered.{}": reasons(),
        "weekday.{}": {str(day) for day in range(7)},
        "why.{}": IDS_OF_QUESTIONS,
        "ages.{}_{}": OLD,
        "thread.{}_{}": OLD,
        "zone.{}": set(ZONE_NAMES),
        "part.line_{}{}": {("date", ""), ("date", "_there"), ("moved", ""), ("moved", "_there")},
    }


PRESSED = {"source.press", "company.press", "house.press"}  # said of a question that is only known when it is asked
IDS = {"change.{}", "form.{}", "cancel.yes{}", "cancel.of.{}"}  # put together too, but the codes of buttons and forms


def _said(tree: ast.AST) -> Iterator[str]:
    """Yield every text of a module that stands alone, and f-strings with `{}` for what is put in; `+` joins keys."""
    within: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            within |= {each for each in ast.walk(node) if each is not node}
        if node not in within:
            yield from filter(None, _shape(node).split("+"))


def _shape(node: ast.AST) -> str:
    """Return a text as it stands in the code, with `{}` for what is put in; empty for anything else.

    What is put in first is a lead, which ends in a `+` of its own.
    """
    if isinstance(node, ast.JoinedStr):
        shape = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        return shape if shape.startswith("{}.") else shape.removeprefix("{}")
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@lru_cache
def spoken() -> frozenset[str]:
    """Return what the code says that could be a key, in the shape of one and in a room that there is."""
    read = [tree for name, tree in trees("bot", "domain") if name not in ("bot/settings.py", "bot/rules.py")]
    found = {said for tree in read for said in _said(tree)}
    return frozenset(
        said
        for said in found
        if said.split(".")[0] in ROOMS and ("." in said or said in ENGLISH) and _KEY.fullmatch(said.replace("{}", "x"))
    )


def plain() -> set[str]:
    return {said for said in spoken() if "{}" not in said} - NO_WORDS | PRESSED


def patterns() -> set[str]:
    return {said for said in spoken() if "{}" in said} - IDS


def built(pattern: str) -> set[str]:
    """Return the keys that a pattern stands for: those of the table, else all that fit it."""
    if pattern in in_place():
        return {pattern.replace("{}", "%s") % each for each in in_place()[pattern]}
    shape = re.compile(re.escape(pattern).replace(r"\{\}", r"\w+"))
    return {key for key in ENGLISH if shape.fullmatch(key)}


def test_every_sentence_that_the_code_asks_for_is_there() -> None:
    assert plain() - ENGLISH.keys() == set()
    assert {key for pattern in patterns() for key in built(pattern)} - ENGLISH.keys() == set()
    assert {pattern for pattern in patterns() if not built(pattern)} == set()


def test_every_sentence_that_is_there_is_asked_for() -> None:
    used = plain() | {key for pattern in patterns() for key in built(pattern)}
    assert ENGLISH.keys() - used == set()


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_a_question_has_words_for_asking_for_why_and_for_staff(question: Question) -> None:
    assert {question.key(a_case(each)) for each in CLASSES} <= ENGLISH.keys()
    assert f"why.{question.id}" in ENGLISH
    assert f"staff.answer.{question.id}" in ENGLISH
    assert not question.changeable or f"button.change.{question.id}" in ENGLISH


# A count before what there are several of; of these it is never one: a policy's most, or a list too long to be typed.
COUNTED = re.compile(
    r"\{(?!ref\b)\w+\} (?:(?:more|older|open|of) )?(?:are|have|were|need|wait|these|numbers|customers|rows|requests"
    r"|lines|changes|ones|messages|entries|invitations|files|names)\b"
)
SEVERAL = {
    "invite.too_many", "numbers.too_many", "several.too_many", "sheet.too_many", "reply.too_many_files",
    "entry.underlying", "entry.usage", "inventory.much_goes", "list.agreed", "list.keeping", "list.looking",
    "list.read", "list.yours", "numbers.span", "numbers.spans",
    "count.of_2", "count.of_3", "count.of_4", "count.of_5", "count.of_6", "count.of_6_more",
}  # fmt: skip
# There are others of which it is one, or it is not a count.
ONE_OF = {"ask.numbers_list", "status.list_found", "several.head"}
WITH_ONE = {"ask.numbers_list_fine": "ask.numbers_list_one", "button.list_go": "button.list_go_one",
            "list.taken": "list.taken_one"}  # fmt: skip
NO_COUNTS = {
    "number.abroad_several", "address.zip_for_boxes", "faq.variant.unserved", "at_desk.robot",
    "list.change.dropped_some", "status.next.pending_date",
}  # fmt: skip


def test_a_count_of_one_reads_as_one() -> None:
    """What counts is worded so that one fits as well, like `Files: 1`, or has a sentence of its own for one."""
    counted = {key for key, text in ENGLISH.items() if COUNTED.search(text)}
    assert counted == {*SEVERAL, *ONE_OF, *NO_COUNTS, *WITH_ONE}
    assert ENGLISH.keys() >= {*WITH_ONE.values()}


def test_what_is_listed_here_is_still_in_the_code() -> None:
    assert spoken() >= NO_WORDS
    assert in_place().keys() <= patterns()


def test_every_reason_for_which_an_answer_is_unreadable_has_words() -> None:
    codes = {code for _, tree in trees("domain") for call in calls(tree, "Unreadable") for code in _said(call.args[0])}
    assert len(codes) > 30
    assert {code for code in codes if "{}" not in code} <= ENGLISH.keys()
    assert {code for code in codes if "{}" in code and not built(code)} == set()


def test_every_refusal_of_the_desk_has_words() -> None:
    codes = {
        code
        for _, tree in trees("domain", "bot")
        for call in calls(tree, "DeskError", "Refused", "NotFound", "NotAllowed", "Conflict")
        for code in _said(call.args[0])
    }
    assert {code for code in codes if "{}" not in code} <= ENGLISH.keys()


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_sentences_of_english_and_their_places(language: str) -> None:
    words, english = _customers(language), _customers("en")
    assert words.keys() == english.keys()
    for key, template in english.items():
        assert set(_PLACE.findall(words[key])) == set(_PLACE.findall(template)), key


def _customers(language: str) -> dict[str, str]:
    """Return the sentences of customers: staff read English."""
    rooms = [file for file in sorted((WORDS / language).glob("*.toml")) if file.name != "staff.toml"]
    return {key: text for file in rooms for key, text in _flatten(tomllib.loads(file.read_text("utf-8")))}


def test_places_have_names_and_no_sentence_is_empty() -> None:
    for key, template in ENGLISH.items():
        assert template.strip(), key
        assert "" not in _PLACE.findall(template), key
        assert template.replace("{", "").count("}") == len(_PLACE.findall(template)), key
