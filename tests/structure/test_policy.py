"""policy.toml shows every rule with its default."""

import tomllib

import pytest

from bot.rules import KEYS
from bot.settings import SettingsError, read_settings
from domain.policy import Policy
from tests.structure.ground import ROOT, text


def test_policy_toml_has_every_rule_and_no_other() -> None:
    table = tomllib.loads(text("policy.toml"))
    assert {f"{section}.{key}" for section, keys in table.items() for key in keys} == KEYS.keys()


def test_the_values_in_policy_toml_are_the_defaults() -> None:
    assert read_settings({}, ROOT).policy == Policy()


def test_every_field_of_the_policy_can_be_set() -> None:
    assert {name for name, _ in KEYS.values()} | {"mails", "pages"} == set(Policy.__dataclass_fields__)  # by addresses


def test_an_unknown_rule_is_refused_by_name(tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.mktemp("rules")
    (root / "policy.toml").write_text("[desk]\nundo = 3\n", "utf-8")
    with pytest.raises(SettingsError, match=r"desk\.undo"):
        read_settings({}, root)
