"""Logs that cannot carry a secret: a masking filter before every handler, and quiet libraries."""

import logging

from domain.readers.secrets import mask

_NOISY = (
    "aiohttp",
    "alembic",
    "apscheduler",
    "asyncio",
    "httpcore",
    "httpx",
    "slack_bolt",
    "slack_sdk",
    "sqlalchemy",
    "telegram",
    "uvicorn",
)


class Masking(logging.Filter):
    """Rewrites every record: tokens, PINs and long digits masked, line breaks folded, no traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask in place and let the record pass; a traceback may show values, so only the error's name stays."""
        text = mask(record.getMessage()).replace("\n", "\\n").replace("\r", "\\r")
        if record.exc_info and record.exc_info[0] is not None:
            text = f"{text} error={record.exc_info[0].__name__}"
        record.msg, record.args, record.exc_info, record.exc_text, record.stack_info = text, (), None, None, None
        return True


def start_logging(level: str) -> None:
    """Log to standard error, one line an event. Libraries stay at WARNING whatever the level: they log message text."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(Masking())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
