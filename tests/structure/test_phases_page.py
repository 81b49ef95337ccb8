"""The page of phases is what the tables say today."""

import re

from bot.commands.phases import page
from domain.orders.phases import MOVES, PHASES, WAYS
from tests.structure.ground import text


def test_the_page_is_what_the_tables_make_of_it() -> None:
    assert text("docs/phases.md") == page(), "run `make docs`"


def test_every_class_is_drawn_and_every_phase_and_step_told_of() -> None:
    written = page()
    assert written.count("```mermaid") == len(WAYS)
    assert all(f"| `{phase}` |" in written for phase in PHASES)
    assert len(re.findall(r"^\| `\w+` \| (?:customer|staff|clock) \|", written, re.MULTILINE)) == len(MOVES)


def test_a_diagram_names_every_phase_that_its_arrows_lead_to() -> None:
    for drawn in re.findall(r"```mermaid\n(.*?)```", page(), re.DOTALL):
        named = set(re.findall(r"^    (\w+)\[", drawn, re.MULTILINE))
        ends = re.findall(r"^    (\w+) (?:-->|-\.->)\|\"[^\"]+\"\| (\w+)$", drawn, re.MULTILINE)
        assert {phase for each in ends for phase in each} == named


def test_staff_and_newcomers_are_led_to_it() -> None:
    assert "(phases.md)" in text("docs/desk.md")
    assert "make docs" in text("README.md")
