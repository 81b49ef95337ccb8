"""What is looked for before a reader's patterns costs none of their matches; shortcuts give what the long way gives."""

import ast
import itertools
import re
import tomllib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.wording import for_slack, for_telegram
from domain import masking
from domain.cues import Cues
from domain.desk import passing
from domain.desk.answering import nothing_yet
from domain.desk.customer import hear
from domain.desk.heard import Heard
from domain.desk.state import Changes, Chat, Moment, State
from domain.desk.turn import Turn
from domain.intake.given import Given
from domain.intake.opening import lines
from domain.intake.questions import BY_ID
from domain.intake.readings import beside
from domain.intake.sayings.plain import plain
from domain.masking import CUES_OF_SECRETS, gives_secret
from domain.numbers.inventory import named_numbers
from domain.numbers.reading import PLAIN
from domain.readers import rural, starts
from domain.readers.folding import fold
from domain.text import bare
from tests.domain.talk import ANSWERS, CHAT, MONDAY, Talk

HERE = Path(__file__).parent
ANY_TEXT = ("_SSN",)  # tried on every text: figures alone are enough
GUARDED: tuple[tuple[Callable[..., Any], ModuleType, Cues], ...] = (
    (masking.gives_secret, masking, CUES_OF_SECRETS),
    (passing.speaks_of_a_secret, passing, CUES_OF_SECRETS),
    (beside.account_beside, beside, vars(beside)["_CUES"]),
    (beside.account_alone, beside, vars(beside)["_CUES"]),
)


def _patterns() -> list[tuple[str, re.Pattern[str], Cues]]:
    """Return each pattern that a guarded function names, itself or by a function of its own module."""
    found: dict[str, tuple[re.Pattern[str], Cues]] = {"_FAX": (vars(lines)["_FAX"], lines.CUES_OF_FAX)}
    for reader, module, cues in GUARDED:
        for name in _names(reader, module):
            each = vars(module)[name]
            if isinstance(each, re.Pattern) and name not in ANY_TEXT:
                found[name] = (each, cues)
    return [(name, *each) for name, each in sorted(found.items())]


_LOOKS = re.compile(r"\(\?<?[=!]")  # what only looks around
_TOKEN = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|.", re.DOTALL)


def _loosened(pattern: str) -> str:
    """Return a pattern that also matches whatever it does not match only for what it looks around for."""
    kept, depth, at = "", 0, 0
    while token := _TOKEN.match(pattern, at):
        if depth == 0 and (look := _LOOKS.match(pattern, at)):
            depth, at = 1, look.end()
            continue
        at = token.end()
        if depth:
            depth += (token[0] == "(") - (token[0] == ")")
        elif token[0] != r"\b":
            kept += token[0]
    return kept


def _names(reader: Callable[..., Any], module: ModuleType) -> set[str]:
    assert isinstance(reader, FunctionType)
    own = {name for name in reader.__code__.co_names if name in vars(module)}
    called = [vars(module)[name] for name in own]
    inner = [each for each in called if isinstance(each, FunctionType) and each.__module__ == module.__name__]
    return own.union(*(_names(each, module) for each in inner))


@lru_cache
def _corpus() -> tuple[str, ...]:
    """Return what the tests of the domain and of whole conversations let people write, and all other strings there."""
    found: set[str] = set()
    for file in HERE.glob("*.toml"):
        found.update(_strings(tomllib.loads(file.read_text("utf-8"))))
    for folder in (HERE, HERE.parent / "conversations"):
        for code in folder.glob("*.py"):
            constants = (
                node for node in ast.walk(ast.parse(code.read_text("utf-8"))) if isinstance(node, ast.Constant)
            )
            found.update(each.value for each in constants if isinstance(each.value, str) and len(each.value) < 400)
    return tuple(sorted(found))


def _strings(value: Any) -> set[str]:
    if isinstance(value, str):
        return {value}
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*map(_strings, parts))


PIECES = st.sampled_from((
    "pin", "PIN", "passcode", "pass word", "code", "acct", "account number", "account#", "ssn", "social security",
    "fax", "star route", "rr 2", "box 12", "is", "was", "my", "the", "zip code", "four", "one two three", "1234",
    "123-45-6789", "99887766", "415-421-8832", "94103", "\u017fsn", "p\u0131n", "\u0661\u0662\u0663\u0664", "²",
    "\x01", "\u200b", "Straße", "é", "f\x01ax", "?", "1455 Market Street", "Jane Doe", "l'Hôpital", "Москва 12",
))  # fmt: skip
SEAMS = st.sampled_from((" ", "", ", ", "\n", "\t", ": ", "-", " . "))
WORDS = st.one_of(PIECES, st.text(max_size=6), st.deferred(lambda: st.sampled_from(_corpus())))
TEXTS = st.lists(st.tuples(WORDS, SEAMS), max_size=6).map(lambda told: "".join(word + seam for word, seam in told))


def _is_always(*_: object) -> bool:
    return True


def _without_guards(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Cues, "may_stand_in", _is_always)
    for module in (rural, starts):
        patch.setattr(module, "may_be_rural", _is_always)


@lru_cache
def _states() -> tuple[State, ...]:
    """Return a chat at each question of a mobile number, and one in which nothing was said yet."""
    asked = [question for question in ANSWERS if question != "numbers"]
    talks = [Talk() for _ in asked]
    for each, question in zip(talks, asked, strict=True):
        each.until(question)
    return (State(Chat(CHAT), None), *(each.state(each.chat.focus) for each in talks))


def _heard(state: State, text: str) -> Changes:
    ids = itertools.count(1_000_000)
    return hear(
        state, Moment(MONDAY, "tg:1", lambda: next(ids), lambda: "P-7K3M9"), Heard(CHAT, "tg:1", "text", text, 7)
    )


@pytest.mark.parametrize(("name", "pattern", "cues"), _patterns(), ids=[name for name, _, _ in _patterns()])
def test_each_match_of_a_guarded_pattern_has_a_cue(name: str, pattern: re.Pattern[str], cues: Cues) -> None:
    @settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(re.compile(_loosened(pattern.pattern), pattern.flags)))
    def has_a_cue(match: str) -> None:
        assert cues.may_stand_in(match), f"{name} matches {match!r}, which has no cue"

    has_a_cue()


def test_the_patterns_that_are_guarded_are_found() -> None:
    named = {"_ACCOUNT", "_FAX", "_GIVES_SECRET", "_NAMED_SECRET", "_SPEAKS_OF_A_PIN", "_SPELLED_SECRET"}
    assert named <= {name for name, _, _ in _patterns()}


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS)
def test_a_text_is_heard_as_if_nothing_were_looked_for_first(text: str) -> None:
    for state in _states():
        guarded = _heard(state, text)
        with pytest.MonkeyPatch.context() as patch:
            _without_guards(patch)
            assert _heard(state, text) == guarded


@given(TEXTS)
def test_secrets_and_places_are_found_as_if_nothing_were_looked_for_first(text: str) -> None:
    readers = (gives_secret, passing.speaks_of_a_secret, starts.place_start, lambda said: rural.find_rural(fold(said)))
    guarded = [reader(text) for reader in readers]
    with pytest.MonkeyPatch.context() as patch:
        _without_guards(patch)
        assert [reader(text) for reader in readers] == guarded


@pytest.mark.parametrize("text", ["\u017fsn 123 45 6789", "my P\u0130N is 4821", "FAX", "Pass Word: 48213"])
def test_a_cue_may_stand_in_any_case_and_in_letters_that_fold_to_ascii(text: str) -> None:
    assert CUES_OF_SECRETS.may_stand_in(text) or Cues("fax").may_stand_in(text)


def test_a_plain_answer_has_no_cue() -> None:
    assert not any(CUES_OF_SECRETS.may_stand_in(said) for said in ("Jane Doe", "yes", "415 421 8832", "Verizon"))


@given(TEXTS)
def test_plain_ascii_is_folded_like_any_other_text(text: str) -> None:
    assert fold(text) == fold(f"{text}é")[:-1]
    assert plain(text) == plain(f"{text} \u0301")
    assert bare(f"{text}漢") == bare(text) + "漢"
    assert for_telegram(f"{text}é")[:-1] == for_telegram(text)
    assert for_slack(f"{text}é")[:-1] == for_slack(text)


@given(st.from_regex(PLAIN, fullmatch=True))
def test_a_number_alone_is_named_as_it_is_amid_signs(text: str) -> None:
    assert named_numbers(f"{text} ") == named_numbers(f"{text} !")


@pytest.mark.parametrize("said", ["fax 415-421-8832", "f\x01ax 415-421-8832", "FAX: 415-421-8832"])
def test_a_fax_is_heard_whatever_cannot_be_seen_within_the_word(said: str) -> None:
    got = BY_ID["numbers"].read(said, nothing_yet(Turn(_states()[0], Moment(MONDAY, "tg:1", int, str), "customer")))
    assert isinstance(got, Given)
    assert ("line", Given(("fax",))) in got.more
