"""The desk dies around a signature: between signing and sealing, sealing and storing, storing and telling.

Signed once, a letter is sealed, kept and told of once, whatever the moment; the customer has the very file of which the
thread names the hash. `make chaos` dies at every commit, file and call from the signature on.
"""

import asyncio
import itertools
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.chaos.ledger import settled
from tests.chaos.letter import LetterWorld, Reached, Signing
from tests.chaos.letter_verdict import judge_letter
from tests.chaos.sweep import Database, Ground
from tests.chaos.test_every_death import DATABASES, WHENS
from tests.chaos.verdict import Verdict
from tests.chaos.world import Death, Kind, When, open_nursery
from tests.house import Platforms
from tests.post_office import PostOffice

AT_ONCE = 3  # each seals in a process of its own
# Where the desk dies, and how far the letter is then.
DEATHS: dict[Death, Reached] = {
    Death("commit", "before", 1): "nothing",  # what was signed is signed again, by the same words
    Death("commit", "after", 1): "signed",
    Death("file", "before", 1): "signed",
    Death("file", "after", 1): "stored",
}
POINTS = [(database, death) for database in DATABASES for death in DEATHS]
KINDS: tuple[Kind, ...] = ("commit", "file", "send")


@dataclass(frozen=True, slots=True)
class Told:
    """How a story went: how far the letter was at the death, and what is wrong with it now."""

    reached: Reached
    verdict: Verdict


async def live(ground: Ground, database: Database, death: Death) -> Told:
    """Live through one story and judge it."""
    folder = Path(tempfile.mkdtemp(prefix=f"letter-{database}-{death}-", dir=ground.folder))
    async with _world(ground, database, death, folder) as world:
        story = Signing(world)
        async with world.living(is_armed=False):
            await story.tell()
            await settled(world)
        return Told(world.reached, judge_letter(story))


@asynccontextmanager
async def _world(ground: Ground, database: Database, death: Death, folder: Path) -> AsyncIterator[LetterWorld]:
    async with (
        ground.database(database) as url,
        Platforms().served() as platforms,
        PostOffice(platforms).served() as smtp_url,
    ):
        yield LetterWorld(platforms, smtp_url, ground.nursery, death, folder, url)


@pytest.fixture(scope="module")
def told(server: str, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[Database, Death], Told]:
    """Run all of them, several beside each other."""
    return asyncio.run(_run(server, tmp_path_factory.mktemp("letters")))


async def _run(server: str, folder: Path) -> dict[tuple[Database, Death], Told]:
    room = asyncio.Semaphore(AT_ONCE)

    async def one(ground: Ground, database: Database, death: Death) -> Told:
        async with room:
            return await live(ground, database, death)

    async with open_nursery() as nursery:
        found = await asyncio.gather(*(one(Ground(nursery, folder, server), *point) for point in POINTS))
    return dict(zip(POINTS, found, strict=True))


@pytest.mark.parametrize("death", DEATHS, ids=str)
@pytest.mark.parametrize("database", DATABASES)
def test_a_letter_is_sealed_kept_and_told_of_once_whenever_the_desk_dies(
    told: dict[tuple[Database, Death], Told], database: Database, death: Death
) -> None:
    found = told[database, death]
    assert found.verdict.crashes == 1
    assert found.reached == DEATHS[death]
    assert found.verdict.faults == ()


@pytest.mark.chaos
@pytest.mark.parametrize("when", WHENS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("database", DATABASES)
async def test_no_death_from_the_signature_on_loses_or_doubles_a_letter(
    server: str, tmp_path: Path, database: Database, kind: Kind, when: When
) -> None:
    found: list[Told] = []
    async with open_nursery() as nursery:
        ground = Ground(nursery, tmp_path, server)
        for first in itertools.count(1, AT_ONCE):
            deaths = [Death(kind, when, n) for n in range(first, first + AT_ONCE)]
            found += await asyncio.gather(*(live(ground, database, death) for death in deaths))
            if not found[-1].verdict.crashes:
                break
    died = [each for each in found if each.verdict.crashes]
    assert {n: each.verdict.faults for n, each in enumerate(found, 1) if each.verdict.faults} == {}
    assert {each.reached for each in died} & {"signed", "stored"}
