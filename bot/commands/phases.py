"""Writes docs/phases.md: the phases and the way of each class of numbers, as the tables have them.

Run by `make docs`; `tests/structure/test_phases_page.py` looks that the page is what this would write.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from bot.wording import plain_text
from domain.orders.phases import MOVES, PHASES, WAYS, Move, moves_of
from domain.promises.notices import SILENT_AFTER, SILENT_IN

PAGE = Path("docs/phases.md")
_ENDS = ("cancel", "end", "expire")  # verbs that nearly every phase has: told in the table, not drawn
_HEAD = """# Phases

Made by `make docs` from `domain/orders/phases.py`: change the tables there, not this page.

Every number has a phase of its own, and goes through those of its class. What staff do is named by its verb
(`/port advance`); what the customer or the desk's own clock does says so. A dotted step is shorter than the usual way:
staff name where it leads to. Nearly everywhere a request can also be cancelled (`cancel`) or ended (`end`): the last
table says from where. A step in that table which no drawing has is for requests of an earlier release.
"""


def page() -> str:
    """Return the page."""
    return "\n".join((_HEAD, *_ways(), *_phases(), *_moves())).rstrip() + "\n"


def _ways() -> Iterator[str]:
    for number_class in WAYS:
        yield f"## {_words(f'staff.class.{number_class}')} (`{number_class}`)\n"
        yield _silence_of(number_class)
        yield "```mermaid\nflowchart TD"
        yield from _drawn(number_class)
        yield "```\n"


def _silence_of(number_class: str) -> str:
    days = SILENT_AFTER[number_class]
    return f"A carrier that has not answered after {days} business day{'s' if days > 1 else ''} is silent.\n"


def _drawn(number_class: str) -> Iterator[str]:
    """Yield the lines of a class's diagram: its phases, then the steps between them."""
    drawn = [move for move in moves_of(number_class) if move.verb not in _ENDS and move.before != "cancel_requested"]
    shown = dict.fromkeys(phase for move in drawn for phase in (move.before, move.after))
    yield from (f'    {phase}["{_words(f"phase.{phase}")}"]' for phase in PHASES if phase in shown)
    yield from (_arrow(move) for move in drawn)


def _arrow(move: Move) -> str:
    line = "-.->" if move.is_short else "-->"
    return f'    {move.before} {line}|"{_label(move)}"| {move.after}'


def _label(move: Move) -> str:
    return move.verb if move.actor == "staff" else f"{move.actor}: {move.verb}"


def _phases() -> Iterator[str]:
    yield "## Every phase\n"
    yield "| Phase | On the card | Who has to act | Told to the customer | Silent after |"
    yield "|---|---|---|---|---|"
    for phase in PHASES.values():
        told = plain_text(f"status.phase.{phase.id}", {"carrier": "the carrier"}, "en")
        yield f"| `{phase.id}` | {_words(f'phase.{phase.id}')} | {phase.ball} | {told} | {_silence_in(phase.id)} |"
    yield ""


def _silence_in(phase: str) -> str:
    if phase not in SILENT_IN:
        return "-"
    ran_out = SILENT_IN[phase]
    return f"the days of its class; run out after {ran_out}" if ran_out else "the days of its class"


def _moves() -> Iterator[str]:
    yield "## Every step\n"
    yield "| Step | By | From | To | Numbers |"
    yield "|---|---|---|---|---|"
    for move in MOVES:
        classes = ", ".join(f"`{name}`" for name in move.classes) or "all"
        yield f"| `{move.verb}` | {move.actor} | `{move.before}` | `{move.after}` | {classes} |"


def _words(key: str) -> str:
    return plain_text(key, {}, "en")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    sys.stdout.write(f"{PAGE}\n")
