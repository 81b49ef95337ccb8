"""Modals and App Homes as they stand on somebody's screen."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sandbox.slack.people import APP_ID, BOT_ID

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class View:
    """A modal or an App Home. `errors` are the sentences shown at its inputs, by block id."""

    id: str
    user: str
    team_id: str
    body: Json  # type, title, submit, close, blocks, private_metadata, callback_id, …, as the app sent them
    hash: str
    root_id: str
    previous_id: str | None = None
    state: Json = field(default_factory=dict)  # block id -> action id -> what was entered
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str | None = None  # what the client says when the app did not answer well

    @property
    def blocks(self) -> list[Json]:
        """The view's blocks, each with its block id."""
        blocks: list[Json] = self.body["blocks"]
        return blocks

    @property
    def title(self) -> str:
        """The words in the modal's head; an App Home has none."""
        return str(self.body.get("title", {}).get("text", ""))

    @property
    def callback_id(self) -> str:
        """The name that the app gave to the form."""
        return str(self.body.get("callback_id") or "")

    @property
    def private_metadata(self) -> str:
        """What the app hid in the view for itself."""
        return str(self.body.get("private_metadata") or "")

    @property
    def external_id(self) -> str:
        """The id that the app chose, unique in the workspace; empty when it chose none."""
        return str(self.body.get("external_id") or "")

    def as_json(self) -> Json:
        """Give the view object of Slack's API."""
        return {
            "id": self.id,
            "team_id": self.team_id,
            "app_id": APP_ID,
            "app_installed_team_id": self.team_id,
            "bot_id": BOT_ID,
            "title": None,
            "submit": None,
            "close": None,
            "clear_on_close": False,
            "notify_on_close": False,
            **self.body,
            "private_metadata": self.private_metadata,
            "callback_id": self.callback_id,
            "external_id": self.external_id,
            "state": {"values": self.state},
            "hash": self.hash,
            "root_view_id": self.root_id,
            "previous_view_id": self.previous_id,
        }


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Walk over every element a person can act on, each with the block around it."""
    for block in blocks:
        for element in _inside(block):
            if "action_id" in element:
                yield block, element


def _inside(block: Json) -> list[Json]:
    single = [block[name] for name in ("accessory", "element") if isinstance(block.get(name), dict)]
    many = [e for e in block.get("elements", ()) if isinstance(e, dict)]
    return single + many
