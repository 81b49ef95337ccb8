"""The one type of moments: timestamptz on PostgreSQL, microseconds since 1970 on SQLite; aware UTC in Python."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOST = 8192  # moments remembered: a chat's rows bring the same ones in every turn, and a turn writes one several times


@lru_cache(MOST)
def to_micros(at: datetime) -> int:
    """Return microseconds since 1970. Raises TypeError for a moment without a zone."""
    gap = at - EPOCH
    return (gap.days * 86_400 + gap.seconds) * 1_000_000 + gap.microseconds


@lru_cache(MOST)
def from_micros(count: int) -> datetime:
    """Return the aware UTC moment of so many microseconds since 1970, exactly."""
    return EPOCH + timedelta(0, 0, count)


def to_utc(at: datetime) -> datetime:
    """Return the same moment in UTC. Raises TypeError for a moment without a zone."""
    if at.tzinfo is None:
        raise TypeError("a moment without a zone cannot be kept")
    return at.astimezone(UTC)


class UtcTime(TypeDecorator[datetime]):
    """Keeps aware moments exactly and gives them back in UTC on both databases."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column's type for this database."""
        return dialect.type_descriptor(DateTime(timezone=True) if dialect.name == "postgresql" else BigInteger())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Turn a moment into what the column holds."""
        if value is None:
            return None
        return to_utc(value) if dialect.name == "postgresql" else to_micros(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Turn what the column holds into an aware UTC moment."""
        if value is None:
            return None
        return to_utc(value) if isinstance(value, datetime) else from_micros(value)
