"""What people type and pick in modals, as Slack's client checks it and sends it on."""

from typing import Any

from sandbox.slack.errors import NotPossibleError
from sandbox.slack.views import View, elements

Json = dict[str, Any]

TYPED = ("plain_text_input", "number_input", "email_text_input", "url_text_input")
ONE_OPTION = ("static_select", "external_select", "radio_buttons", "overflow")
MANY_OPTIONS = ("multi_static_select", "multi_external_select", "checkboxes")
# element type -> (what it sends, what it starts with)
OTHERS = {
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "users_select": ("selected_user", "initial_user"),
    "channels_select": ("selected_channel", "initial_channel"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", "initial_files"),
}


def entered(view: View, values: dict[str, dict[str, Any]]) -> Json:
    """Give the view's state with `values` filled in over what was there, or was there at first.

    An option is named by its value.

    Raises: NotPossibleError, when the client would not let the person submit this.
    """
    left = {(block_id, action_id) for block_id, entry in values.items() for action_id in entry}
    state: Json = {}
    for block, element in elements(view.blocks):
        place = (block["block_id"], element["action_id"])
        if element["type"] in ("button", "overflow", "workflow_button"):
            continue
        if place in left:
            left.remove(place)
            entry = entry_of(element, values[place[0]][place[1]])
        else:
            entry = view.state.get(place[0], {}).get(place[1]) or first(element)
        _check(block, element, entry)
        state.setdefault(place[0], {})[place[1]] = entry
    if left:
        raise NotPossibleError(f"the view has no input {sorted(left)}")
    return state


def typed(view: View, values: dict[str, dict[str, Any]]) -> Json:
    """Give the view's state with `values` filled in over what was there; nothing has to be complete yet."""
    state = {block_id: dict(entry) for block_id, entry in view.state.items()}
    for block, element in elements(view.blocks):
        given = values.get(block["block_id"], {})
        if element["action_id"] in given:
            entry = entry_of(element, given[element["action_id"]])
            state.setdefault(block["block_id"], {})[element["action_id"]] = entry
    return state


def first(element: Json) -> Json:
    """Give what an element holds before anybody touches it."""
    kind = element["type"]
    if kind in ONE_OPTION:
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind in MANY_OPTIONS:
        return {"type": kind, "selected_options": element.get("initial_options", [])}
    name, initial = OTHERS.get(kind, ("value", "initial_value"))
    return {"type": kind, name: element.get(initial, [] if kind.startswith("multi_") else None)}


def entry_of(element: Json, value: Any) -> Json:
    """Give what an element holds once `value` is typed or picked.

    Raises: NotPossibleError, for an option that is not offered.
    """
    kind = element["type"]
    if kind in ONE_OPTION:
        return {"type": kind, "selected_option": None if value is None else _option(element, value)}
    if kind in MANY_OPTIONS:
        return {"type": kind, "selected_options": [_option(element, each) for each in value or ()]}
    name = OTHERS.get(kind, ("value", ""))[0]
    return {"type": kind, name: value if value != "" else None}


def options(element: Json) -> list[Json]:
    """List the options that an element offers."""
    groups = element.get("option_groups") or [element]
    return [option for group in groups for option in group.get("options") or ()]


def _option(element: Json, value: Any) -> Json:
    if element["type"].endswith("external_select"):
        return {"text": {"type": "plain_text", "text": str(value)}, "value": str(value)}
    for option in options(element):
        if option.get("value") == value:
            return option
    raise NotPossibleError(f"{element['action_id']} does not offer {value!r}")


def _check(block: Json, element: Json, entry: Json) -> None:
    if block["type"] != "input":
        return
    value = next(value for name, value in entry.items() if name != "type")
    where = f"{block['block_id']}.{element['action_id']}"
    if not value:
        if not block.get("optional"):
            raise NotPossibleError(f"{where} must be filled in")
        return
    if element["type"] in TYPED:
        _check_length(element, str(value), where)


def _check_length(element: Json, value: str, where: str) -> None:
    most = element.get("max_length", 3_000)  # Slack's own cap of an input
    if not element.get("min_length", 0) <= len(value) <= most:
        raise NotPossibleError(f"{where} takes {element.get('min_length', 0)} to {most} characters")
