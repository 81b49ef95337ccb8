"""Our own app as a contestant: the real program, its real database, beside a loopback Telegram and Slack."""

import sys
from pathlib import Path

from bench.contestants import Contestant

APP = Path(__file__).resolve().parent.parent / "app.py"


def ours(app: Path = APP, *, on_postgres: bool = False) -> Contestant:
    """Describe `python app.py run`; on SQLite unless a PostgreSQL is given to the stage as {database}."""
    env = {
        "TELEGRAM_API_URL": "{api}",
        "TELEGRAM_BOT_TOKEN": "123456:bench",
        "DATA_DIR": "{data}",
        "HOST": "127.0.0.1",
        "PORT": "{port}",
        "SLACK_API_URL": "{api}/slack/api/",
        "SLACK_BOT_TOKEN": "xoxb-bench",
        "SLACK_SIGNING_SECRET": "bench",
        "SLACK_DESK_CHANNEL": "C0DESK",
        "SLACK_STAFF": "U0STAFF1",
    }
    if on_postgres:
        # 32 zero bytes: a key is demanded with PostgreSQL, and nothing here is secret.
        env |= {"DATABASE_URL": "{database}", "ENCRYPTION_KEYS": f"bench:{'A' * 43}="}
    return Contestant(
        name="ours-postgres" if on_postgres else "ours",
        argv=(sys.executable, str(app), "run"),
        env=tuple(env.items()),
        script="bench.scripts:intake",
        ready="http://127.0.0.1:{port}/healthz",
    )
