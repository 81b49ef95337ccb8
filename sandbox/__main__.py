"""`python -m sandbox`: read the command line, refuse anything real, and run."""

import argparse
import asyncio
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox.page.time import ZONE
from sandbox.program import SLACK_APP_TOKEN, SLACK_SECRET, SLACK_TOKEN, TELEGRAM_TOKEN, Options, run

# What may be given in place of the usual: still the sandbox's own, to be told from a real one at a glance.
OWN = {
    "telegram_token": re.compile(r"\d{1,12}:sandbox\w{0,20}"),
    "slack_token": re.compile(r"xoxb-sandbox\w{0,20}"),
    "slack_app_token": re.compile(r"xapp-1-sandbox\w{0,20}"),
    "slack_secret": re.compile(r"sandbox-\w{1,20}"),
}


def main(arguments: list[str] | None = None) -> int:
    """Run the sandbox; return the exit code: 0 ended as asked, 1 could not listen, 2 was asked wrongly."""
    options = _options(arguments)
    try:
        asyncio.run(run(options))
    except OSError as wrong:
        sys.stderr.write(f"The sandbox cannot start on port {options.port}: {wrong.strerror or wrong}.\n")
        return 1
    return 0


def _options(arguments: list[str] | None) -> Options:
    parser = _parser()
    given = parser.parse_args(arguments)
    for name, own in OWN.items():
        if not own.fullmatch(getattr(given, name)):
            option = "--" + name.replace("_", "-")
            usual = parser.get_default(name)
            parser.error(f"{option} may be a real one, and the sandbox takes only its own, such as {usual}")
    if urlsplit(given.app).hostname not in ("127.0.0.1", "localhost"):
        parser.error("--app must be on this computer, such as http://127.0.0.1:8080")
    return Options(**vars(given))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("sandbox", description="A local Telegram and Slack, with a page to try the desk.")
    add = parser.add_argument
    add("--port", type=int, default=8100, help="where to listen on 127.0.0.1; 0 takes a free port")
    add("--app", default="http://127.0.0.1:8080", help="the desk's address, for Slack's deliveries")
    add("--state", type=Path, required=True, metavar="DIR", help="the folder that keeps what was said")
    add("--socket-mode", action="store_true", help="deliver through Slack's Socket Mode, not to --app")
    add("--parent", type=int, metavar="PID", help="end when this process, which started the sandbox, ends")
    add("--zone", type=_zone, default=ZONE, help="the time zone of the desk, such as America/New_York")
    add("--telegram-token", default=TELEGRAM_TOKEN)
    add("--slack-token", default=SLACK_TOKEN)
    add("--slack-app-token", default=SLACK_APP_TOKEN)
    add("--slack-secret", default=SLACK_SECRET)
    return parser


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as wrong:
        raise argparse.ArgumentTypeError(f"there is no time zone {name}") from wrong


if __name__ == "__main__":
    sys.exit(main())
