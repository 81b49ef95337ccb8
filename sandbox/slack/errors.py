"""What can go wrong at the sandbox's Slack.

RefusedError      the Web API answers `ok: false`
  SlowedError       it answers 429
NotPossibleError  a person asked their Slack client for something that it does not offer
"""


class RefusedError(Exception):
    """Slack's answer `{"ok": false, "error": code}`, with details for the developer in `messages`."""

    def __init__(self, code: str, messages: list[str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.messages = messages or []


class SlowedError(RefusedError):
    """Too many calls: HTTP 429, to be tried again after `retry_after` seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


class NotPossibleError(ValueError):
    """Slack's client would not let the person do this: no such button, a required input left empty, …"""
