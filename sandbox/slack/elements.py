"""Slack's documented limits of what people act on: buttons, menus, inputs (sources: see `limits`)."""

from typing import Any

from sandbox.slack.words import Json, Problems, at, count_problems, kind_of, listed, longest, names, text_problems

ID = 255


def element_problems(block: Json, where: str) -> Problems:
    """Check what people act on: the accessory, the input's element, the elements of an actions block."""
    if kind_of(block) == "actions":
        places = [(f"{where}/elements/{n}", e) for n, e in enumerate(listed(block.get("elements")))]
    else:
        places = [(f"{where}/{n}", block[n]) for n in ("accessory", "element") if block.get(n) is not None]
    ids = names([element for _, element in places], "action_id")
    if len(ids) != len(set(ids)):
        yield at(where, "action_id already exists in this block")
    for place, element in places:
        yield from _element(element, place)


def _element(element: Any, where: str) -> Problems:
    kind = kind_of(element)
    if kind not in ELEMENTS:
        yield at(f"{where}/type", f"unsupported type: {kind}")
        return
    yield from longest(element, "action_id", ID, where)
    if element.get("placeholder") is not None:
        yield from text_problems(element["placeholder"], 150, f"{where}/placeholder", plain=True)
    if element.get("confirm") is not None:
        yield from _confirm(element["confirm"], f"{where}/confirm")
    if kind == "button":
        yield from _button(element, where)
    if kind in OPTIONS:
        yield from _options(element, kind, where)


OPTIONS = {
    "static_select": 100,
    "multi_static_select": 100,
    "overflow": 5,
    "checkboxes": 10,
    "radio_buttons": 10,
}
ELEMENTS = {
    *OPTIONS,
    "button",
    "image",
    "plain_text_input",
    "number_input",
    "email_text_input",
    "url_text_input",
    "rich_text_input",
    "datepicker",
    "timepicker",
    "datetimepicker",
    "users_select",
    "multi_users_select",
    "conversations_select",
    "multi_conversations_select",
    "channels_select",
    "multi_channels_select",
    "external_select",
    "multi_external_select",
    "file_input",
    "workflow_button",
}


def _button(button: Json, where: str) -> Problems:
    yield from text_problems(button.get("text"), 75, f"{where}/text", plain=True)
    yield from longest(button, "value", 2_000, where)
    yield from longest(button, "url", 3_000, where)
    yield from longest(button, "accessibility_label", 75, where)
    if button.get("style") not in (None, "primary", "danger"):
        yield at(f"{where}/style", "must be primary or danger")


def _options(element: Json, kind: str, where: str) -> Problems:
    groups = element.get("option_groups")
    if kind.endswith("static_select") and groups:
        yield from count_problems(groups, 100, f"{where}/option_groups")
        for number, group in enumerate(g if isinstance(g, dict) else {} for g in listed(groups)):
            yield from text_problems(group.get("label"), 75, f"{where}/option_groups/{number}/label", plain=True)
            yield from _option_list(group.get("options"), 100, f"{where}/option_groups/{number}/options")
        return
    yield from _option_list(element.get("options"), OPTIONS[kind], f"{where}/options")


def _option_list(options: Any, most: int, where: str) -> Problems:
    yield from count_problems(options, most, where)
    for number, option in enumerate(listed(options)):
        if not isinstance(option, dict):
            yield at(f"{where}/{number}", "must provide an object")
            continue
        yield from text_problems(option.get("text"), 75, f"{where}/{number}/text")
        yield from longest(option, "value", 150, f"{where}/{number}")
        if option.get("description") is not None:
            yield from text_problems(option["description"], 75, f"{where}/{number}/description")


def _confirm(confirm: Any, where: str) -> Problems:
    if not isinstance(confirm, dict):
        yield at(where, "must provide an object")
        return
    for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
        if confirm.get(name) is not None or name in ("title", "text"):
            yield from text_problems(confirm.get(name), most, f"{where}/{name}")
