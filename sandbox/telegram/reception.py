"""Methods by which a bot receives: long polling or a webhook, never both."""

from sandbox.faults import Faults
from sandbox.record import Record
from sandbox.telegram.params import Params
from sandbox.telegram.refusals import Refused
from sandbox.telegram.state import Json, State
from sandbox.telegram.updates import BY_WEBHOOK, Updates
from sandbox.telegram.webhook import Address, Webhook

HAS_WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


class Reception:
    """The one way in which updates leave for the bot at present."""

    def __init__(self, state: State, updates: Updates, record: Record, faults: Faults) -> None:
        self.updates = updates
        self.webhook: Webhook | None = None
        self._state = state
        self._record = record
        self._faults = faults

    def confirm(self, params: Params) -> int:
        """Forget what a poll's offset confirms, and keep the kinds it asks for; return how many went."""
        if self.webhook:
            raise Refused(HAS_WEBHOOK, 409)
        self._allow(params)
        return self.updates.confirm(params.number("offset"))

    async def poll(self, params: Params) -> list[Json]:
        """Answer getUpdates, after `confirm`."""
        limit, timeout_s = params.number("limit", 100), params.number("timeout")
        return await self.updates.poll(limit, timeout_s, self._state.clock())

    async def set_webhook(self, params: Params) -> bool:
        """Deliver to an address from now on, beginning with what waits; an empty address ends it."""
        if not params.text("url"):
            return await self.delete_webhook(params)
        secret, most = params.text("secret_token"), params.number("max_connections", 40)
        address = Address(params.text("url"), secret, most)
        await self._end(params)
        self._allow(params)
        self.updates.end_poll(BY_WEBHOOK)
        self.open(address)
        return True

    async def delete_webhook(self, params: Params) -> bool:
        """Go back to polling; unconfirmed updates stay unless they are to be dropped."""
        await self._end(params)
        return True

    def webhook_info(self) -> Json:
        """Return what getWebhookInfo tells."""
        info: Json = {
            "url": self.webhook.address.url if self.webhook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates),
        }
        if self.webhook:
            info["max_connections"] = self.webhook.address.max_connections
            if self.webhook.last_error:
                info["last_error_date"], info["last_error_message"] = self.webhook.last_error
        return info | ({"allowed_updates": self.updates.allowed} if self.updates.allowed else {})

    def open(self, address: Address) -> None:
        """Begin delivering; needs a running event loop."""
        self.webhook = Webhook(address, self.updates, self._record, self._faults)
        self.updates.receiver = self.webhook
        for update in self.updates.waiting(self._state.clock()):
            self.webhook.take(update)

    async def close(self) -> None:
        """Stop delivering."""
        webhook, self.webhook, self.updates.receiver = self.webhook, None, None
        if webhook:
            await webhook.close()

    async def _end(self, params: Params) -> None:
        await self.close()
        if params.flag("drop_pending_updates"):
            self.updates.drop()

    def _allow(self, params: Params) -> None:
        kinds = params.values.get("allowed_updates")
        if isinstance(kinds, list):
            self.updates.allowed = [str(kind) for kind in kinds]
