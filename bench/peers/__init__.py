"""The peers: bots as each library's own documentation has them, with the questions of `bench.scripts`."""

import argparse
from dataclasses import dataclass
from pathlib import Path

TOKEN = "123456:bench"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a peer runs: base URL of the Bot API without a slash at its end, folder for what it keeps."""

    api: str
    keep: Path


def place() -> Place:
    """Read the place from the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--api", required=True)
    parser.add_argument("--data", type=Path, default=Path())
    chosen = parser.parse_args()
    return Place(chosen.api, chosen.data)
