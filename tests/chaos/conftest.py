"""PostgreSQL for fault runs, as the store's tests have it."""

from tests.storage.conftest import server

__all__ = ["server"]
