"""The labelled first messages, and how what was read is held against a label."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from domain.intake.opening import Opening
from domain.readers.addresses import Address
from domain.text import bare

FILES = tuple(sorted(Path(__file__).parent.glob("openings_*.toml")))
FIELDS = ("numbers", "carrier", "ring_at", "name", "company", "email", "address")

Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message and the facts that a careful person would take from it."""

    said: str
    facts: frozenset[Fact]


def labelled(path: Path) -> tuple[Labelled, ...]:
    """Return the messages of a file; every key in it is a fact's name."""
    rows = tomllib.loads(path.read_text("utf-8"))["opening"]
    assert {key for row in rows for key in row} <= {"said", *FIELDS}
    return tuple(Labelled(row["said"], _facts({key: row[key] for key in row if key != "said"})) for row in rows)


def read(opening: Opening) -> frozenset[Fact]:
    """Return what was taken, in the form of a label; spelling counts, case and punctuation do not."""
    return _facts(
        {
            "numbers": [phone.e164 for phone in opening.numbers],
            "carrier": opening.carrier or "",
            "ring_at": opening.ring_at.e164 if opening.ring_at else "",
            "name": opening.name.full if opening.name else "",
            "company": opening.company or "",
            "email": opening.email or "",
            "address": _line(opening.address) if opening.address else "",
        }
    )


def _line(address: Address) -> str:
    return f"{address.street}, {address.unit}, {address.city}, {address.state} {address.zip}"


def _facts(row: dict[str, str | list[str]]) -> frozenset[Fact]:
    each = [(key, one) for key, value in row.items() for one in (value if isinstance(value, list) else [value]) if one]
    return frozenset((key, one if key == "carrier" else bare(one)) for key, one in each)
