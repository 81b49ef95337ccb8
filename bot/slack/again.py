"""A form put back as it was handed in, with what went wrong on top: what somebody entered is never lost."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.slack.pieces import said
from domain.desk.state import Told

_WRONG = "wrong"  # the block that says what went wrong
_INITIAL = {
    "value": "initial_value", "selected_date": "initial_date", "selected_user": "initial_user",
    "selected_option": "initial_option", "selected_options": "initial_options",
}  # fmt: skip
"""Where the kinds of inputs tell what they hold, and where they are told what to hold."""
_KEPT = ("type", "callback_id", "private_metadata", "title", "submit", "close")


def form_again(form: Mapping[str, Any], told: Told, kept: Sequence[Block] = (), *, hidden: str | None = None) -> View:
    """Return a form as it was handed in, each input with what it held; files alone an input cannot be given.

    `form`: the view of Slack's payload. `kept`: what else stands on top. `hidden`: what it carries instead.
    """
    top = said(told.key, **told.params)
    top.block_id = _WRONG
    new = {block.block_id for block in (top, *kept)}
    state = form.get("state", {}).get("values", {})
    blocks = [_filled(block, state) for block in form.get("blocks", ()) if block.get("block_id") not in new]
    view: dict[str, Any] = {name: form.get(name) or None for name in _KEPT}
    if hidden is not None:
        view["private_metadata"] = hidden
    return View(**view, blocks=[top, *kept, *blocks])


def _filled(block: Mapping[str, Any], state: Mapping[str, Any]) -> dict[str, Any]:
    """Return a block of which the input holds what was entered, and nothing else."""
    if block.get("type") != "input":
        return dict(block)
    element = {name: value for name, value in block["element"].items() if name not in _INITIAL.values()}
    held = state.get(str(block.get("block_id")), {}).get(element.get("action_id"), {})
    return {**block, "element": {**element, **{_INITIAL[name]: held[name] for name in _INITIAL if held.get(name)}}}
