"""What a failed call to Slack means for an owed message: again, perhaps already there, or never."""

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.sending import Again, Never

BACKOFF = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)  # seconds, by attempts made
MENDABLE_AFTER = 60.0  # seconds until an operator may have invited the app, or renewed its token

# Codes of docs.slack.dev/reference/methods/chat.postMessage, read 2026-11-21.
MENDABLE = frozenset(
    [
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "token_revoked",
        "token_expired",
        "missing_scope",
        "no_permission",
        "restricted_action",
        "restricted_action_read_only_channel",
        "team_access_not_granted",
        "ekm_access_denied",
        "access_denied",
        "org_login_required",
        "enterprise_is_restricted",
        "not_allowed_token_type",
        "accesslimited",
        "team_not_found",
    ]
)
PASSING = frozenset(["internal_error", "service_unavailable", "request_timeout", "ratelimited", "rate_limited"])
DOUBTFUL = frozenset({"fatal_error"})  # "some part of the operation may have succeeded"


def code_of(error: SlackApiError) -> str:
    """Return Slack's error code; empty when the answer held none."""
    body = getattr(error.response, "data", None)
    return str(body.get("error") or "") if isinstance(body, dict) else ""


def read_trouble(error: Exception, attempts: int) -> Again | Never:
    """Return what a failure means. An answer that never came, or only half, leaves it open whether Slack acted."""
    wait = BACKOFF[min(attempts, len(BACKOFF) - 1)]
    if isinstance(error, SlackApiError):
        return _refused(error, wait)
    never_left = isinstance(error, aiohttp.ClientConnectorError)
    return Again(wait, ambiguous=not never_left, reason=type(error).__name__)


def _refused(error: SlackApiError, wait: float) -> Again | Never:
    code = code_of(error)
    status = _status(error)
    if status == 429:
        return Again(_retry_after(error), reason="429")
    if code in MENDABLE:
        return Again(MENDABLE_AFTER, reason=code)
    if code in PASSING or status >= 500:
        return Again(wait, reason=code or f"http_{status}")
    if code in DOUBTFUL or not code:
        return Again(wait, ambiguous=True, reason=code or "unreadable")
    return Never(code)


def _status(error: SlackApiError) -> int:
    """Return the HTTP status: of Slack's answer, or of the bare response where that was no JSON."""
    answer = error.response
    return int(getattr(answer, "status_code", None) or getattr(answer, "status", None) or 0)


def _retry_after(error: SlackApiError) -> float:
    headers = {name.lower(): value for name, value in error.response.headers.items()}
    try:
        return max(1.0, float(headers.get("retry-after", 1)))
    except ValueError:
        return 30.0
