"""`app.py inventory import --replace` dies between its batches: given again it is as if it had been given once."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from storage.inventory import BATCH
from tests.chaos.ledger import rows_of
from tests.chaos.sweep import AT_ONCE, Database, Ground
from tests.chaos.world import Death, When, death_of, open_nursery

FIRST, SECOND = range(BATCH + 100), range(BATCH, 2 * BATCH + 100)  # what was there, and what replaces it
DATABASES: tuple[Database, ...] = ("sqlite", "postgresql")
# An import begins, brings two batches, removes what the list does not have, and is written down: five commits.
DEATHS: tuple[tuple[When, int], ...] = (("after", 2), ("after", 3), ("before", 5))


@dataclass(frozen=True, slots=True)
class Left:
    """What a death, and what the same command after it, left behind."""

    between: list[tuple[Any, ...]]
    after: list[tuple[Any, ...]]
    history: list[tuple[Any, ...]]
    answer: str


def lines(numbers: range) -> str:
    """Return a file of numbers."""
    return "".join(f"415{2_000_000 + n},user\n" for n in numbers)


def kept(numbers: range) -> list[tuple[Any, ...]]:
    """Return what the inventory holds of a file, in order."""
    return [(f"+1415{2_000_000 + n}", "user", "import") for n in numbers]


@pytest.fixture(scope="module")
def left(server: str, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[Database, Death], Left]:
    """Run all of them, several beside each other."""
    return asyncio.run(_run(server, tmp_path_factory.mktemp("imports")))


async def _run(server: str, folder: Path) -> dict[tuple[Database, Death], Left]:
    room = asyncio.Semaphore(AT_ONCE)

    async def one(ground: Ground, database: Database, death: Death) -> Left:
        async with room, ground.database(database) as url:
            return await _die(ground, make(folder / f"{database}-{death}"), url, death)

    points = [(database, Death("commit", *death)) for database in DATABASES for death in DEATHS]
    async with open_nursery() as nursery:
        ground = Ground(nursery, folder, server)
        found = await asyncio.gather(*(one(ground, *point) for point in points))
    return dict(zip(points, found, strict=True))


def make(folder: Path) -> Path:
    """Make a folder with both files."""
    folder.mkdir()
    (folder / "first.csv").write_text(lines(FIRST), "utf-8")
    (folder / "second.csv").write_text(lines(SECOND), "utf-8")
    return folder


async def _die(ground: Ground, folder: Path, url: str, death: Death) -> Left:
    async def take_in(*rest: str, **more: Any) -> None:
        env = {"DATA_DIR": str(folder), "LOG_LEVEL": "WARNING"}
        env |= {"DATABASE_URL": url, "ENCRYPTION_KEYS": "0" * 64} if url else {}
        order = {"out": str(folder / "out.txt"), "env": env, "verb": ["inventory", "import", *rest]}
        await death_of(await ground.nursery.bear(order | more))

    def inventory() -> list[tuple[Any, ...]]:
        return rows_of(folder, url, "SELECT e164, role, source FROM inventory ORDER BY e164")

    await take_in(str(folder / "first.csv"))
    assert inventory() == kept(FIRST)
    (folder / "armed").touch()
    second = (str(folder / "second.csv"), "--replace", "--yes")
    await take_in(*second, die=death.when, what="commit", at=death.n, armed=str(folder / "armed"))
    between = inventory()
    (folder / "out.txt").write_text("", "utf-8")
    await take_in(*second)
    history = rows_of(folder, url, "SELECT actor, what, detail FROM history ORDER BY id")
    return Left(between, inventory(), history, (folder / "out.txt").read_text("utf-8"))


@pytest.mark.parametrize("death", [Death("commit", *death) for death in DEATHS], ids=str)
@pytest.mark.parametrize("database", DATABASES)
def test_an_import_that_died_is_whole_once_it_is_given_again(
    left: dict[tuple[Database, Death], Left], database: Database, death: Death
) -> None:
    found = left[database, death]
    assert found.after == kept(SECOND)
    assert "new" in found.answer
    assert {row[0] for row in found.between} <= {row[0] for row in (*kept(FIRST), *kept(SECOND))}
    begun = [detail for actor, what, detail in found.history if (actor, what) == ("operator", "inventory_import")]
    done = [detail for actor, what, detail in found.history if (actor, what) == ("operator", "inventory_loaded")]
    assert len(begun) == 3  # also the one that died says that it was there
    assert begun[1] == begun[2] == f"rows={len(SECOND)} replace=yes"
    assert len(done) == 2  # and does not say what it never came to


def test_the_deaths_go_through_all_of_an_import(left: dict[tuple[Database, Death], Left]) -> None:
    came_to = [len(left["sqlite", Death("commit", *death)].between) for death in DEATHS]
    assert came_to == [2 * BATCH, 2 * BATCH + 100, len(SECOND)]  # one batch, both, and what was there before is gone
