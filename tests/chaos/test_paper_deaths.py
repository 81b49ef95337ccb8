"""The desk dies around a letter on paper: between printing and telling, storing and reading, reading and taking in.

Asked for once, it is printed and sent; sent back once, its copy is read and taken in once. `make chaos` dies at every
commit, file and call from the wish for paper on.
"""

import asyncio
import itertools
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.chaos.ledger import settled
from tests.chaos.paper import OnPaper, PaperAt, PaperWorld
from tests.chaos.paper_verdict import judge_paper
from tests.chaos.sweep import Database, Ground
from tests.chaos.test_every_death import DATABASES, WHENS
from tests.chaos.verdict import Verdict
from tests.chaos.world import Death, Kind, When, open_nursery
from tests.house import Platforms
from tests.post_office import PostOffice

AT_ONCE = 3  # each prints and reads in processes of its own
# Where the desk dies, and how far the letter is then: printed, but not told of; read, but not taken in.
DEATHS: dict[tuple[Database, Death], PaperAt] = {
    ("postgresql", Death("file", "after", 1)): "wanted",
    ("sqlite", Death("commit", "before", 10)): "sent",
}
KINDS: tuple[Kind, ...] = ("commit", "file", "send")


@dataclass(frozen=True, slots=True)
class Told:
    """How a story went: how far the letter was at the death, and what is wrong with it now."""

    reached: PaperAt
    verdict: Verdict


async def live(ground: Ground, database: Database, death: Death) -> Told:
    """Live through one story and judge it."""
    folder = Path(tempfile.mkdtemp(prefix=f"paper-{database}-{death}-", dir=ground.folder))
    async with (
        ground.database(database) as url,
        Platforms().served() as platforms,
        PostOffice(platforms).served() as smtp_url,
    ):
        world = PaperWorld(platforms, smtp_url, ground.nursery, death, folder, url)
        story = OnPaper(world)
        async with world.living(is_armed=False):
            await story.tell()
            await settled(world)
        return Told(world.reached, judge_paper(story))


async def test_a_letter_on_paper_is_printed_read_and_taken_in_once_whenever_the_desk_dies(
    server: str, tmp_path: Path
) -> None:
    async with open_nursery() as nursery:
        ground = Ground(nursery, tmp_path, server)
        found = await asyncio.gather(*(live(ground, database, death) for database, death in DEATHS))
    assert [told.reached for told in found] == list(DEATHS.values())
    assert [told.verdict.crashes for told in found] == [1 for _ in DEATHS]
    assert [told.verdict.faults for told in found] == [() for _ in DEATHS]


@pytest.mark.chaos
@pytest.mark.parametrize("when", WHENS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("database", DATABASES)
async def test_no_death_from_the_wish_for_paper_on_loses_or_doubles_a_letter(
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
    assert {n: told.verdict.faults for n, told in enumerate(found, 1) if told.verdict.faults} == {}
    assert {told.reached for told in found if told.verdict.crashes} & {"wanted", "sent"}
