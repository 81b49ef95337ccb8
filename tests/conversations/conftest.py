"""PostgreSQL for conversations, as the store's tests have it, ears without a network, and a stage for stories."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.conversations.ears import ears
from tests.conversations.stories import Stage, open_stage
from tests.storage.conftest import file_place, place, server, shared_place

__all__ = ["ears", "file_place", "place", "server", "shared_place", "stage"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """Run one desk for all the stories of a module, which share its clock."""
    async with open_stage(tmp_path_factory.mktemp("stage")) as opened:
        yield opened
