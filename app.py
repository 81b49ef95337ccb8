"""Port of Call: `app.py run` (default), and the other verbs below. The one place that knows bot and storage."""

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any

from bot.clock import Now, utc_now
from bot.commands.audit import audit
from bot.commands.check import check
from bot.commands.doctor import doctor
from bot.commands.inventory import inventory
from bot.commands.run import run, run_sandbox
from bot.commands.verify import verify
from bot.house import HouseError
from bot.logs import start_logging
from bot.settings import Settings, SettingsError, read_settings
from domain.desk.keeping import Keeper
from storage import StorageError, audit_history, look_up_letter, looks, open_store

ROOT = Path(__file__).resolve().parent


async def open_keeper(settings: Settings, now: Now = utc_now) -> Keeper:
    """Open the database of the settings, brought to the newest schema."""
    lease, keys = settings.policy.lease.total_seconds(), settings.encryption_keys or None
    return await open_store(settings.database_url, settings.data_dir, keys, lease, settings.files_url or None, now)


async def _run(settings: Settings, _rest: list[str]) -> int:
    await run(settings, open_keeper, ROOT)
    return 0


async def _sandbox(settings: Settings, _rest: list[str]) -> int:
    await run_sandbox(settings, open_keeper, ROOT)
    return 0


async def _migrate(settings: Settings, _rest: list[str]) -> int:
    keeper = await open_keeper(settings)  # opening brings the schema up
    await keeper.close()
    sys.stdout.write("The database is at the newest schema.\n")
    return 0


async def _doctor(settings: Settings, _rest: list[str]) -> int:
    keys, files = settings.encryption_keys or None, settings.files_url or None
    findings = await doctor(settings, looks(settings.database_url, settings.data_dir, keys, files))
    for finding in findings:
        sys.stdout.write(f"{'well' if finding.is_well else 'WRONG':6} {finding.name:9} {finding.sentence}\n")
    return 0 if all(f.is_well for f in findings) else 1


VERBS: dict[str, Callable[[Settings, list[str]], Coroutine[Any, Any, int]]] = {
    "run": _run,
    "sandbox": _sandbox,
    "migrate": _migrate,
    "doctor": _doctor,
    "inventory": partial(inventory, open_keeper),
    "audit": partial(audit, audit_history),
    "verify": partial(verify, look_up_letter),
}
BARE: dict[str, Callable[[list[str]], int]] = {"check": check}  # verbs that need no settings


def main(arguments: list[str]) -> int:
    """Do what the command line asks; returns the exit status. Operators' mistakes get one sentence, no traceback."""
    verb = arguments[0] if arguments else "run"
    if verb in BARE:
        return BARE[verb](arguments[1:])
    if verb not in VERBS:
        sys.stderr.write(f"Usage: app.py [{' | '.join([*VERBS, *BARE])}]\n")
        return 2
    try:
        settings = read_settings(os.environ, ROOT)
        start_logging(settings.log_level)
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            return runner.run(VERBS[verb](settings, arguments[1:]))
    except (SettingsError, StorageError, HouseError) as e:
        sys.stderr.write(f"{e}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
