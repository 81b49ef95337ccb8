"""Trying the desk without Telegram and Slack: the sandbox servers as a child, and settings that point to them."""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import orjson

from bot.clock import Now, moved_clock
from bot.settings import Settings, SettingsError

SANDBOX_PORT = 8100
_READY_WITHIN = 20.0  # seconds


@dataclass(frozen=True, slots=True)
class Pretended:
    """A world for the desk to be tried in: settings that point to it, its page's address, and its time."""

    settings: Settings
    page: str
    now: Now


@asynccontextmanager
async def sandbox(settings: Settings, root: Path, port: int = SANDBOX_PORT) -> AsyncIterator[Pretended]:
    """Run the sandbox servers beside the desk; their page may move time forward.

    Its data are apart from the real ones (`DATA_DIR/sandbox`). Raises SettingsError with real tokens, or if the servers
    do not start.
    """
    if settings.telegram_token or settings.slack_token:
        raise SettingsError("The sandbox does not run with real tokens; unset TELEGRAM_BOT_TOKEN and SLACK_BOT_TOKEN.")
    data_dir = _folder(settings)
    data_dir.mkdir(parents=True, exist_ok=True)
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "--port", str(port), "--app", f"http://{settings.host}:{settings.port}",
        "--state", str(data_dir), "--parent", str(os.getpid()), "--zone", settings.policy.desk_zone.key,
        stdout=asyncio.subprocess.PIPE, cwd=root, start_new_session=True,
    )  # fmt: skip
    try:
        ready = await _first_line(child)
        yield Pretended(_settings(settings, data_dir, ready), ready["url"], moved_clock(Path(ready["clock"])))
    finally:
        with contextlib.suppress(ProcessLookupError):
            child.terminate()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(child.wait(), 5)


def _folder(settings: Settings) -> Path:
    return settings.data_dir / "sandbox"


def _has_own_database() -> bool:
    return not os.environ.get("DATABASE_URL")


def beside(settings: Settings) -> Path | None:
    """Return the folder in which a sandbox of these settings keeps a database of its own; None: there is none yet."""
    folder = _folder(settings)
    return folder if _has_own_database() and folder.is_dir() else None


async def _first_line(child: asyncio.subprocess.Process) -> dict[str, str]:
    if child.stdout is None:
        raise SettingsError("The sandbox cannot be heard: it was started without a pipe for what it says.")
    try:
        line = await asyncio.wait_for(child.stdout.readline(), _READY_WITHIN)
        ready: dict[str, str] = orjson.loads(line)
    except (TimeoutError, orjson.JSONDecodeError) as e:
        raise SettingsError(f"The sandbox did not start; is port {SANDBOX_PORT} taken by another program?") from e
    return ready


def _settings(settings: Settings, data_dir: Path, ready: dict[str, str]) -> Settings:
    url = ready["url"]
    return replace(
        settings,
        telegram_token=ready["telegram_token"],
        telegram_api=url,
        telegram_webhook_url="",
        slack_token=ready["slack_token"],
        slack_signing_secret=ready["slack_signing_secret"],
        slack_app_token="",
        slack_api=f"{url}/api/",
        desk_channel=settings.desk_channel or "C0DESK",
        slack_staff=settings.slack_staff or "U0STAFF1,U0STAFF2",
        data_dir=data_dir,
        database_url=f"sqlite:///{data_dir / 'port.db'}" if _has_own_database() else settings.database_url,
        files_url="" if _has_own_database() else settings.files_url,
    )
