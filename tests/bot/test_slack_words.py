"""Staff's words are all there, take only what they are given, and the manifest is what the code needs."""

import ast
import importlib
import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.handlers.staff.commands import NAME
from bot.slack.attaching import ATTACH
from bot.slack.filters import STATUSES
from bot.slack.rules import NEW_REQUEST
from bot.wording import slack_text
from domain.desk.verbs import EFFECTS, VERBS
from domain.intake.classes import CLASSES
from domain.intake.questions import QUESTIONS
from domain.intake.sayings import SAYINGS
from domain.orders.phases import PHASES
from domain.orders.rejections import REJECTIONS

FACTS = ("class", "tracking", "letter", "date", "carrier_order", "attempts", "eligible")  # of a card
ROOT = Path(__file__).parents[2]
DESK = sorted((ROOT / "domain/desk").glob("*.py"))
SLACK = [*sorted((ROOT / "bot/slack").glob("*.py")), *sorted((ROOT / "bot/handlers/staff").glob("*.py"))]
TELLS = {"post", "post_to_desk", "Told", "_done", "done", "slack_text", "say"}
TELLS |= {"Refused", "Conflict", "DeskError", "NotFound"}
GIVEN_BY_DONE = {"ref", "phase"}
PLACES = re.compile(r"\{(\w+)\}")


def flat(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


CUSTOMERS = {"customer", "companies", "faq", "lists", "mail", "numbers", "sayings"}
ROOMS = sorted((ROOT / "bot/words/en").glob("*.toml"))
WORDS = {
    key: sentence
    for file in ROOMS
    if file.stem not in CUSTOMERS
    for key, sentence in flat(tomllib.loads(file.read_text("utf-8")))
}


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def told(files: list[Path]) -> Iterator[tuple[str, set[str] | None]]:
    """Yield each literal key that is told to staff, with the names given to it (None: not literal)."""
    for file in files:
        for call in (n for n in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(n, ast.Call)):
            name = name_of(call)
            if name not in TELLS or (name == "say" and file.parent.name == "desk"):
                continue
            strings = [a for a in call.args[:2] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if strings:
                yield str(strings[0].value), names_given(call, name)


def names_given(call: ast.Call, name: str) -> set[str] | None:
    dicts = [a for a in call.args if isinstance(a, ast.Dict)]
    if any(not isinstance(a, ast.Constant | ast.Dict | ast.Name) for a in call.args[1:]):
        return None
    if any(isinstance(a, ast.Name) for a in call.args[1:]) and name not in ("_done", "done"):
        return None
    if any(not isinstance(k, ast.Constant) for d in dicts for k in d.keys):
        return None
    given = {k.value for d in dicts for k in d.keys if isinstance(k, ast.Constant)}
    given |= {k.arg for k in call.keywords if k.arg}
    return {str(g) for g in given} | (GIVEN_BY_DONE if name in ("_done", "done") else set())


@lru_cache
def keys() -> tuple[tuple[str, set[str] | None], ...]:
    return (*told(DESK), *told(SLACK))


def test_the_search_for_keys_finds_them() -> None:
    found = {key for key, _ in keys()}
    assert {"advance.done", "thread.new", "undo.nothing", "staff.not_staff", "request.none", "digest"} <= found


def test_every_sentence_for_staff_exists_and_takes_what_it_is_given() -> None:
    assert [key for key, _ in keys() if key not in WORDS] == []
    literal = [(key, given) for key, given in keys() if given is not None and key != "digest"]
    assert [key for key, given in literal if not set(PLACES.findall(WORDS[key])) <= given] == []


def test_every_key_that_is_put_together_exists() -> None:
    wanted = [
        *(f"phase.{status}" for status in {*PHASES, *STATUSES}),
        *(f"thread.{verb}" for verb in EFFECTS),
        *(f"staff.button.{verb}" for verb in EFFECTS),
        *(f"staff.help.{verb}" for verb in VERBS),
        *(f"rejection.short.{code}" for code in REJECTIONS),
        *(f"staff.answer.{q.id}" for q in QUESTIONS),
        *(f"staff.ball.{p.ball}" for p in PHASES.values()),
        *(f"staff.answer.{fact}" for fact in FACTS),
        *(f"staff.class.{number_class}" for number_class in CLASSES),
        *(f"staff.flag.{saying.id}" for saying in SAYINGS.values() if saying.effect == "flag"),
        "staff.ball.signer",
        *(f"form.{v.name}.{part}" for v in VERBS.values() if v.modal for part in ("title", "submit", "about")),
        *(f"date.{code}" for code in re.findall(r'"date\.(\w+)"', (ROOT / "domain/readers/dates.py").read_text())),
        *(f"staff.bill.{status}" for status in ("kept", "wanted", "refused", "missing")),
        *(f"staff.pin.{state}" for state in ("here", "later", "asked", "missing")),
        *(f"undelivered.{why}" for why in ("moved", "refused", "broken", "doubtful", "too_old")),
        "thread.cancelled_by_customer",
        "thread.cancel_requested_by_customer",
    ]
    assert [key for key in wanted if key not in WORDS] == []


def test_no_key_of_staffs_is_a_customers_too() -> None:
    for file in ROOMS:
        if file.stem in CUSTOMERS:
            assert not WORDS.keys() & dict(flat(tomllib.loads(file.read_text("utf-8")))).keys()


def test_labels_fit_where_slack_puts_them() -> None:
    assert all(len(WORDS[k]) <= 24 for k in WORDS if k.startswith("form.") and k.endswith((".title", ".submit")))
    assert all(
        len(WORDS[k]) <= 75 for k in WORDS if k.startswith(("staff.button.", "rejection.short.", "staff.answer."))
    )
    assert all(len(WORDS[k]) <= 300 for k in WORDS if k.startswith("staff.confirm."))


def test_no_value_is_formatted_as_anything_but_text() -> None:
    for key, template in WORDS.items():
        if "<b>" in template:
            continue  # a customer's, in Telegram's HTML, beside what staff read of the same
        params = dict.fromkeys(PLACES.findall(template), "<!channel>")
        staff_only = slack_text(key, params).replace("<@&lt;!channel&gt;>", "")
        staff_only = staff_only.replace("<!subteam^&lt;!channel&gt;>", "")
        assert "<" not in staff_only


# the manifest

SCOPES = {
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "chat_postEphemeral": {"chat:write"},
    "conversations_history": {"channels:history", "groups:history", "im:history"},
    "conversations_replies": {"channels:history", "groups:history"},
    "conversations_open": {"im:write"},
    "usergroups_users_list": {"usergroups:read"},
    "users_info": {"users:read"},
    "chat_unfurl": {"links:write"},
    "files_info": {"files:read"},
    "files_upload_v2": {"files:write"},
    "views_open": set(),
    "views_push": set(),
    "views_update": set(),
    "views_publish": set(),
    "auth_test": set(),
}  # docs.slack.dev/reference/methods, read 2026-11-21


EVENTS = {"app_home_opened": set(), "link_shared": {"links:read"}}  # docs.slack.dev/reference/events, read 2026-11-22


def manifest() -> Any:
    load = importlib.import_module("yaml").safe_load
    return load((ROOT / "manifest.yml").read_text("utf-8"))


def test_the_manifest_asks_for_the_scopes_of_the_methods_that_the_code_calls_and_no_others() -> None:
    source = "".join(file.read_text("utf-8") for file in SLACK)
    called = set(re.findall(r"client\.([a-z]+_[a-zA-Z_0-9]+)\(", source)) - {"connect_to_new_endpoint"}
    assert called == SCOPES.keys()
    needed = set().union(*(SCOPES[method] for method in called)) | {"commands"} | EVENTS["link_shared"]
    assert set(manifest()["oauth_config"]["scopes"]["bot"]) == needed


def test_every_scope_and_event_has_its_reason_beside_it() -> None:
    lines = (ROOT / "manifest.yml").read_text("utf-8").splitlines()
    asked = [row for row in lines if row.startswith("      - ")]
    events = manifest()["settings"]["event_subscriptions"]["bot_events"]
    assert len(asked) == len(manifest()["oauth_config"]["scopes"]["bot"]) + len(events)
    assert all("#" in row for row in asked)


def test_the_manifest_has_the_command_and_the_interactivity_that_the_code_registers() -> None:
    found = manifest()
    assert [c["command"] for c in found["features"]["slash_commands"]] == [NAME]
    assert found["features"]["slash_commands"][0]["should_escape"] is True
    assert found["settings"]["interactivity"]["is_enabled"] is True
    assert found["settings"]["socket_mode_enabled"] is True
    source = "".join(file.read_text("utf-8") for file in SLACK)
    events = re.findall(r'app\.event\("(\w+)"\)', source)
    assert sorted(found["settings"]["event_subscriptions"]["bot_events"]) == sorted(events) == sorted(EVENTS)
    assert found["features"]["app_home"]["home_tab_enabled"] is True


def test_the_manifest_has_the_shortcuts_that_the_code_registers() -> None:
    shortcuts = {(each["type"], each["callback_id"]) for each in manifest()["features"]["shortcuts"]}
    source = "".join(file.read_text("utf-8") for file in SLACK)
    kinds = re.findall(r"app\.(global|message)_shortcut\(", source)
    assert sorted(kinds) == sorted(kind for kind, _ in shortcuts)
    assert shortcuts == {("global", NEW_REQUEST), ("message", ATTACH)}
    for each in manifest()["features"]["shortcuts"]:
        assert len(each["name"]) <= 24
        assert len(each["description"]) <= 150


def test_the_manifest_shows_links_of_one_host_that_every_operator_replaces() -> None:
    assert manifest()["features"]["unfurl_domains"] == ["desk.example.com"]


def test_direct_messages_of_ours_have_a_tab_to_stand_in_and_ask_for_no_answer() -> None:
    tabs = manifest()["features"]["app_home"]
    assert tabs["messages_tab_enabled"] is True
    assert tabs["messages_tab_read_only_enabled"] is True
