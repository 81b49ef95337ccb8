"""The page of capabilities stays true: every row is there once, and all that it points to exists."""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import pytest

import app
from bot.wording import sentences
from domain.desk.customer import COMMANDS
from domain.desk.verbs import VERBS
from domain.intake.questions import BY_ID
from domain.numbers.lists import MOST_NUMBERS
from domain.numbers.sheets import MOST_IN_A_REQUEST
from domain.orders.rejections import REJECTIONS
from domain.papers.sniff import LARGEST_PAPER
from tests.structure.ground import ROOT, text

PAGE = text("docs/coverage.md")
ENGLISH = sentences("en")
SECTIONS = {
    "Scope and kinds of numbers": (
        "US home and office lines",
        "US mobile numbers",
        "Toll-free numbers",
        "Internet lines",
        "Google Voice",
        "Fax numbers",
        "Canadian numbers",
        "Numbers of other countries",
        "How long it takes, told beforehand",
        "Most numbers in a request",
    ),
    "Intake and set-up": (
        "A friendly name",
        "First and last name of who may order",
        "Name of the company",
        "Address of the service, no PO box",
        "Name of the losing carrier",
        "Account number",
        "PIN, or that there is none",
        "Main number of the bill (BTN)",
        "Numbers typed by hand",
        "Numbers from a file",
        "Where each number rings, its source, label and account",
        "Numbers stand in the account before they move",
        "A clash with our own numbers",
        "Whether a number can move, before the order",
        "A draft is kept, recalled and at last closed",
        "Points to agree to",
        "Who may begin a request; approval by an administrator",
        "Everybody sees their own requests only",
        "Good standing, payment card, no trial",
    ),
    "Papers and letter": (
        "Sign the letter oneself",
        "Send the letter to somebody else who signs",
        "Take in a signed copy",
        "A letter with our name, seen before it is signed",
        "A letter for each class of numbers",
        "Both sides hear when somebody else has signed",
        "A bill that is recent",
        "Another proof in place of the bill",
        "The carrier's record fetched by itself",
        "Limits for files",
        "A list of what is still missing",
        "A code sent to the number proves whose it is",
    ),
    "Running the port": (
        "Phases are told",
        "A table of where things stand",
        "Each number has its own state",
        "Notes and talk beside a request",
        "History of a request",
        "Rejections with a code and plain words",
        "Correct and send again",
        "Ask for a day",
        "A fixed window",
        "Warned that it may be early or late",
        "Another day",
        "Faster for a fee",
        "Switch over at a moment of one's own",
        "Some lines stay; a new main number for them",
        "A request is split where numbers cannot travel together",
        "Numbers added or taken out after the order",
        "Cancel",
        "Back to the old carrier after the move",
        "Toll-free: release, re-routing, overlap",
        "Messages to other programs",
        "Notices by e-mail",
        "Lists out as CSV",
        "Customers rate the move",
        "Numbers that leave us",
    ),
    "After the move": (
        "Texting is switched on and followed",
        "Keep the old service for ten days",
        "Do not cancel the old service",
        "What to test after the move",
        "What to do when leaving",
        "When paying begins",
        "A way out for a number that cannot move",
        "Emergency address, directory entry",
    ),
}
"""What the porting services of the trade offer, row by row as read on 2026-11-21."""

_STATE = re.compile(r"(?P<kind>here|partly|not yet|no)(?:: issues? [567](?: and [567])?)?")
_CODE = re.compile(r"`([^`]+)`")
_PRESSED = re.compile(r"“([^“”]+)”")
_LINE = re.compile(r"(?<!\*)\*([^*]+)\*(?!\*)")
_FILE = re.compile(r"(?:[\w.-]+/)+|(?:[\w.-]+/)*[\w-]+\.(?:py|md|toml|yml)")


@dataclass(frozen=True, slots=True)
class Row:
    """One capability, with the heading under which it stands."""

    section: str
    name: str
    state: str
    customers: str
    staff: str

    @property
    def kind(self) -> str:
        """Return the state without its issue."""
        return self.state.partition(":")[0]

    @property
    def said(self) -> str:
        """Return all that is said of it."""
        return f"{self.customers} {self.staff}"


@lru_cache
def rows() -> tuple[Row, ...]:
    found = []
    for part in PAGE.split("\n## ")[1:]:
        section, _, table = part.partition("\n")
        lines = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("|")]
        found += [Row(section, *(cell.strip() for cell in cells)) for cells in lines[2:]]
    return tuple(found)


@lru_cache
def rules() -> frozenset[str]:
    """Return the company's rules as `part.key`."""
    policy = tomllib.loads(text("policy.toml"))
    return frozenset(f"{part}.{key}" for part, keys in policy.items() for key in keys)


def is_there(code: str) -> bool:
    """Tell whether what a piece of code on the page names exists; what is of no known kind does not."""
    first, *rest = code.split()
    if first == "/port":
        verb = VERBS.get(rest[0]) if rest else None
        return verb is not None and set(rest[1:]) <= set(re.findall(r"\w+", verb.usage))
    if first == "app.py":
        return rest[0] in {*app.VERBS, *app.BARE} and f"`{code}" in text("README.md")
    if first.startswith("/"):
        return not rest and first[1:] in COMMANDS
    if _FILE.fullmatch(code):
        return (ROOT / code).exists()
    if re.fullmatch("[A-Z_]+", code):
        return f"#{code}=" in text(".env.example")
    return code in BY_ID or code in rules() or code in ENGLISH


def test_every_capability_is_there_once_under_its_heading() -> None:
    named = [(row.section, row.name) for row in rows()]
    assert named == [(section, name) for section, names in SECTIONS.items() for name in names]
    assert len(set(named)) == len(named) == 73


def test_the_figures_above_the_tables_are_those_of_the_rows() -> None:
    kinds = Counter(row.kind for row in rows())
    assert f"gave {len(rows())} capabilities" in PAGE
    assert (
        f"Of the {len(rows())}: {kinds['here']} here, {kinds['partly']} partly, {kinds['not yet']} not yet, "
        f"{kinds['no']} no." in PAGE
    )


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)
def test_a_row_says_where_it_is_or_when_it_comes_or_why_it_does_not(row: Row) -> None:
    assert _STATE.fullmatch(row.state)
    has_issue = ":" in row.state
    if row.kind == "here":
        assert not has_issue
        assert _CODE.search(row.said) or _PRESSED.search(row.said) or "in the chat" in row.said
    elif row.kind == "not yet":
        assert has_issue
    elif row.kind == "partly":
        assert has_issue != ("because" in row.said)
    else:
        assert not has_issue
        assert "because" in row.said


def test_the_parts_that_are_planned_are_told_in_words() -> None:
    planned = set(re.findall(r"\b[567]\b", " ".join(row.state for row in rows())))
    assert {number for number in planned if not re.search(rf"Issue {number} is the \w+", PAGE)} == set()


def test_whatever_the_page_names_in_code_is_there() -> None:
    named = _CODE.findall(PAGE)
    assert len(named) > 100
    assert {code for code in named if not is_there(code)} == set()


def test_every_button_that_the_page_names_is_there() -> None:
    labels = {label for key, label in ENGLISH.items() if "button" in key.split(".")}
    named = set(_PRESSED.findall(PAGE))
    assert len(named) > 30
    assert named - labels == set()


def test_every_line_of_a_card_that_the_page_names_is_there() -> None:
    labels = {label for key, label in ENGLISH.items() if key.startswith("staff.answer.")}
    named = {name for row in rows() for name in _LINE.findall(row.said)}
    assert len(named) > 15
    assert named - labels == set()


def test_figures_of_the_page_are_those_of_the_code() -> None:
    said = {row.name: row.said for row in rows()}
    most = said["Most numbers in a request"]
    assert f"up to {MOST_NUMBERS} numbers" in most
    assert f"up to {MOST_IN_A_REQUEST:,} rows" in most
    assert f"up to {LARGEST_PAPER // 2**20} MB" in said["Limits for files"]
    assert f"{len(REJECTIONS)} reasons" in said["Rejections with a code and plain words"]


def test_what_is_said_to_be_missing_is_missing_still() -> None:
    kinds = {row.name: row.kind for row in rows()}
    come = {
        "Notes and talk beside a request": "note" in VERBS,
        "Lists out as CSV": "export" in VERBS,
        "Rejections with a code and plain words": len(REJECTIONS) >= 13,
    }
    assert {name: kinds[name] == "here" for name in come} == come
