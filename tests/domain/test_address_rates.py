"""How many boxes are caught and how many places are let through, on labelled addresses."""

import tomllib
from pathlib import Path

import pytest

from domain.readers import Unreadable
from domain.readers.addresses import Doubtful, read_address

FIRST = Path(__file__).with_name("addresses_first.toml")
FILES = (FIRST, FIRST.with_name("addresses_second.toml"))
"""The first was written with the rules, the second after them by somebody who had not seen them; see its own words."""

LABELS = ("box", "doubt_ok", "physical")
CAUGHT, REFUSED, DOUBTED = 0.97, 0.005, 0.03  # of all boxes, of all places, of all places


def labelled(path: Path, label: str) -> tuple[str, ...]:
    """Return the addresses of a file under one of its labels."""
    found = tomllib.loads(path.read_text("utf-8"))
    assert found.keys() <= set(LABELS)
    return tuple(found[label])


def verdict(text: str) -> str:
    """Return what becomes of an address, as the command line names it."""
    read = read_address(text)
    if isinstance(read, Unreadable):
        return "doubtful" if read.code == "address.split" else "refused"  # asked again, with commas
    return "doubtful" if isinstance(read, Doubtful) else "accepted"


def rate(texts: tuple[str, ...], *verdicts: str) -> float:
    """Return how many of the texts get one of the verdicts, of 1."""
    return sum(verdict(text) in verdicts for text in texts) / len(texts)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_boxes_are_caught(path: Path) -> None:
    assert rate(labelled(path, "box"), "refused", "doubtful") >= CAUGHT


def test_boxes_without_a_street_are_named_as_such() -> None:
    boxes = labelled(FIRST, "box")
    named = [text for text in boxes if read_address(text) == Unreadable("address.po_box")]
    assert len(named) / len(boxes) >= CAUGHT


def test_places_with_a_box_beside_them_are_never_taken_in_silence() -> None:
    assert [text for text in labelled(FIRST, "doubt_ok") if verdict(text) == "accepted"] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_places_are_hardly_ever_refused_or_doubted(path: Path) -> None:
    places = labelled(path, "physical")
    assert rate(places, "refused") <= REFUSED
    assert rate(places, "doubtful") <= DOUBTED


def test_there_are_enough_addresses_and_none_is_twice_in_a_file() -> None:
    for path in FILES:
        every = [text.casefold() for label in LABELS for text in labelled(path, label)]
        assert len(every) == len(set(every))
        assert len(every) >= 220
