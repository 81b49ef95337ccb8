"""A Slack that says yes: every Web API method is answered with ok and the ids a client looks for."""

from itertools import count
from typing import Any

import orjson

_stamps = count(1)
_DESK = "C0DESK"
_IDENTITY = {
    "url": "https://bench.slack.com/",
    "team": "Bench",
    "team_id": "T0BENCH",
    "user": "desk",
    "user_id": "U0BOT",
    "bot_id": "B0BOT",
}
_USER = {"id": "U0STAFF1", "name": "staff", "tz": "America/New_York", "profile": {"display_name": "Staff"}}


def slack_answer(method: str, fields: dict[str, Any]) -> bytes:
    """Answer one call of `method` (`chat.postMessage` and so on) as Slack would a healthy app's."""
    answer: dict[str, Any] = {"ok": True}
    if method == "auth.test":
        answer |= _IDENTITY
    elif method.startswith("chat."):
        stamp = fields.get("ts") or f"1700000000.{next(_stamps):06d}"
        answer |= {"channel": fields.get("channel", _DESK), "ts": stamp, "message": {"ts": stamp}}
    elif method.startswith("users."):
        answer |= {"user": _USER, "members": [_USER]}
    elif method.startswith("conversations."):
        answer |= {"channel": {"id": _DESK, "name": "desk"}, "members": [_USER["id"]], "messages": []}
    elif method.startswith("views."):
        answer |= {"view": {"id": "V0BENCH", "hash": "1"}}
    return orjson.dumps(answer)
