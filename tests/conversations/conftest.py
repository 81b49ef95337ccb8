"""PostgreSQL for conversations, as the store's tests have it, and ears without a network."""

from tests.conversations.ears import ears
from tests.storage.conftest import file_place, place, server, shared_place

__all__ = ["ears", "file_place", "place", "server", "shared_place"]
