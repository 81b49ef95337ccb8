"""The Bolt app: its listeners, and its two ways to hear Slack."""

import logging

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.handlers import staff
from bot.slack.desk import SlackDesk, open_client

log = logging.getLogger(__name__)


def build_app(desk: SlackDesk) -> AsyncApp:
    """Return the Bolt app with every listener of staff's.

    Bolt's own signature check is off: `signing.Door` stands before it, and Socket Mode has no signatures. Its client
    has no token, so that Bolt never asks auth.test inside a person's three seconds: `_authorize` answers from memory.
    """
    quiet = logging.getLogger("bot.slack.bolt")
    quiet.setLevel(logging.ERROR)  # at WARNING Bolt logs whole payloads, people's words included

    async def _authorize(team_id: str | None, enterprise_id: str | None) -> AuthorizeResult:
        bot = desk.identity.bot
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_token=desk.settings.bot_token,
            bot_user_id=bot.user_id if bot else None,
            bot_id=bot.bot_id if bot else None,
        )

    app = AsyncApp(
        name="port-of-call",
        logger=quiet,
        client=open_client(desk.settings, desk.policy, token=""),
        authorize=_authorize,
        signing_secret=desk.settings.signing_secret,
        request_verification_enabled=False,
        raise_error_for_unhandled_request=True,
    )
    app.error(_failed)
    staff.register(app, desk)
    return app


async def _failed(error: Exception, request: AsyncBoltRequest) -> BoltResponse:
    """Answer what no listener took, or what Bolt itself failed at; the payload is not logged."""
    kind = str(request.body.get("type") or request.body.get("command") or "")
    if isinstance(error, BoltUnhandledRequestError):
        log.warning("slack unheard type=%s", kind[:40])
        return BoltResponse(status=404, body="")
    log.error("slack bolt_failed type=%s error=%s", kind[:40], type(error).__name__)
    return BoltResponse(status=200, body="")
