"""The page for staff tells the truth: every verb with its short forms and role, every button, every section of Home."""

import re

from bot.wording import sentences
from domain.desk.home import SECTIONS
from domain.desk.verbs import EFFECTS, VERBS
from tests.structure.ground import ROOT, text

PAGE = text("docs/desk.md")
WORDS = sentences("en")
_ROW = re.compile(r"^\| `([a-z]+)` \| (.+) \| (viewer|agent|admin) \|$", re.MULTILINE)


def test_the_table_has_every_verb_with_its_short_forms_and_who_may() -> None:
    told = {name: (tuple(re.findall(r"`([^`]+)`", short)), role) for name, short, role in _ROW.findall(PAGE)}
    assert told == {verb.name: (verb.short, verb.role.word) for verb in VERBS.values()}


def test_every_verb_is_told_of_by_a_task_and_no_other_word_is_one() -> None:
    tasks = PAGE.split("## Every verb")[0]
    assert set(re.findall(r"`/port ([a-z]+)", tasks)) == set(VERBS)


def test_every_button_and_every_section_is_named_as_it_is_written_there() -> None:
    labels = {WORDS[f"staff.button.{verb}"] for verb in EFFECTS}
    assert {label for label in labels if f"*{label}*" not in PAGE} == set()
    assert {name for name in SECTIONS if f"**{WORDS[f'home.section.{name}']}**" not in PAGE} == set()
    for key in ("home.new", "home.preferences", "home.show"):
        assert f"*{WORDS[key]}*" in PAGE


def test_the_readme_leads_to_it() -> None:
    assert "(docs/desk.md)" in text("README.md")
    assert (ROOT / "docs" / "desk.md").exists()
