"""Words and code fit: every sentence that is asked for is there, every one that is there is asked for."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache

import pytest

from bot.slack.cards import CONFIRMED
from bot.telegram import sender
from bot.wording import WORDS, _flatten, languages, sentences
from domain.desk.customer import COMMANDS
from domain.desk.verbs import EFFECTS, VERBS
from domain.intake.questions import QUESTIONS
from domain.orders.phases import MOVES, PHASES, next_of
from domain.orders.rejections import REJECTIONS
from tests.structure.ground import calls, trees

ENGLISH = sentences("en")
ROOMS = {key.split(".")[0] for key in ENGLISH}
_KEY = re.compile(r"[a-z_]+(\.\w+)*")
_PLACE = re.compile(r"\{(\w*)\}")
STATUSES = {*PHASES, "needs_attention", "partial"}
CARD_FACTS = {"date", "carrier_order", "attempts"}

# Looks like a wording key, is none: the code of a button; what readers remark for staff, who are not shown it yet.
NO_WORDS = {
    "cancel.yes", "cancel.no",
    "account.only_four_digits", "account.same_as_number", "address.private_mailbox", "name.first_is_initial",
    "name.last_is_initial", "name.longer_than_vendors_keep", "pin.placeholder", "pin.unusual_length",
}  # fmt: skip


def _texts(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def reasons() -> set[str]:
    """Return why a message to a customer may never arrive: what the sender and the relay say of it, in code."""
    found = {"doubtful"}
    for name, tree in trees("bot"):
        if name in ("bot/relay.py", sender.__name__.replace(".", "/") + ".py"):
            for call in calls(tree, "Never"):
                found |= {text for text in _texts(call) if re.fullmatch("[a-z_]+", text)}
    return found


def too_late() -> set[str]:
    return {p.id for p in PHASES.values() if not p.terminal and next_of("cancel", p.id, "customer") is None}


ENDS = {move.after for move in MOVES if (move.verb, move.actor) == ("cancel", "customer")}

# What stands in the place of keys that are put together; one that is not here may be anything.
BUILT: dict[str, set[str]] = {
    "ask.{}": {question.id for question in QUESTIONS},
    "bill.refused.{}": {"wrong_type", "too_large", "gone"},
    "button.change.{}": {question.id for question in QUESTIONS if question.changeable},
    "cancel.too_late.{}": too_late() - {"screening"},  # no number rests there
    "cancel.{}": ENDS,
    "form.{}.about": {verb.name for verb in VERBS.values() if verb.modal},
    "form.{}.submit": {verb.name for verb in VERBS.values() if verb.modal},
    "form.{}.title": {verb.name for verb in VERBS.values() if verb.modal},
    "menu.{}": set(COMMANDS),
    "phase.{}": STATUSES,
    "rejection.short.{}": set(REJECTIONS),
    "rejection.{}": set(REJECTIONS),
    "staff.answer.{}": {question.id for question in QUESTIONS} | CARD_FACTS,
    "staff.ball.{}": {phase.ball for phase in PHASES.values()} | {"desk_again"},
    "staff.button.{}": set(EFFECTS),
    "staff.confirm.{}": set(CONFIRMED),
    "staff.help.{}": set(VERBS),
    "status.line.{}": STATUSES,
    "thread.{}": set(EFFECTS),
    "thread.{}_by_customer": ENDS,
    "undelivered.{}": reasons(),
}
IDS = {"change.{}", "form.{}"}  # put together too, but the codes of buttons and forms


def _said(tree: ast.AST) -> Iterator[str]:
    """Yield every text of a module that stands alone, and f-strings with `{}` for what is put in; `+` joins keys."""
    within: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            within |= {each for each in ast.walk(node) if each is not node}
        if node not in within:
            yield from filter(None, _shape(node).split("+"))


def _shape(node: ast.AST) -> str:
    """Return a text as it stands in the code, with `{}` for what is put in; empty for anything else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@lru_cache
def spoken() -> frozenset[str]:
    """Return what the code says that could be a key, in the shape of one and in a room that there is."""
    found = {said for name, tree in trees("bot", "domain") if name != "bot/settings.py" for said in _said(tree)}
    return frozenset(
        said
        for said in found
        if said.split(".")[0] in ROOMS and ("." in said or said in ENGLISH) and _KEY.fullmatch(said.replace("{}", "x"))
    )


def plain() -> set[str]:
    return {said for said in spoken() if "{}" not in said} - NO_WORDS


def patterns() -> set[str]:
    return {said for said in spoken() if "{}" in said} - IDS


def built(pattern: str) -> set[str]:
    """Return the keys that a pattern stands for: those of the table, else all that fit it."""
    if pattern in BUILT:
        return {pattern.replace("{}", each) for each in BUILT[pattern]}
    shape = re.compile(re.escape(pattern).replace(r"\{\}", r"\w+"))
    return {key for key in ENGLISH if shape.fullmatch(key)}


def test_every_sentence_that_the_code_asks_for_is_there() -> None:
    assert plain() - ENGLISH.keys() == set()
    assert {key for pattern in patterns() for key in built(pattern)} - ENGLISH.keys() == set()
    assert {pattern for pattern in patterns() if not built(pattern)} == set()


def test_every_sentence_that_is_there_is_asked_for() -> None:
    used = plain() | {key for pattern in patterns() for key in built(pattern)}
    assert ENGLISH.keys() - used == set()


def test_what_is_listed_here_is_still_in_the_code() -> None:
    assert spoken() >= NO_WORDS
    assert BUILT.keys() <= patterns()


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
    return dict(_flatten(tomllib.loads((WORDS / language / "customer.toml").read_text("utf-8"))))


def test_places_have_names_and_no_sentence_is_empty() -> None:
    for key, template in ENGLISH.items():
        assert template.strip(), key
        assert "" not in _PLACE.findall(template), key
        assert template.replace("{", "").count("}") == len(_PLACE.findall(template)), key
