"""Tests that open a desk run through the doors that Slack has to it: signed HTTP, and Socket Mode.

Behind the door both are one: the same app is given the same payload. Where every kind of payload comes in, and where
time or place of an answer matters, each test runs through both doors; elsewhere through one, which its name decides.
"""

from collections.abc import Callable
from types import ModuleType
from typing import Any
from zlib import crc32

import pytest

from tests.bot import slackdoors
from tests.bot.slackdoors import Door

OPENS = "open_world"
# Where a second run would show nothing, and why.
HTTP_ALONE = {
    "test_slack_door": "it is about what is signed",
    "test_slack_authority_walk": "it posts signed requests by itself, to every listener",
    "test_slack_sender": "it is about what the desk sends",
    "test_relay": "it is about what the desk sends",
    "test_slack_socket": "it opens its sockets itself",
    "test_slack_over_socket": "it opens its sockets itself",
}
# What comes in is a command, an action, a form, a form's closing, a choice's options, a shortcut, an event; and what is
# slow, refused or answered late.
THROUGH_BOTH = {
    "test_slack_authority", "test_slack_desk", "test_slack_home", "test_slack_new", "test_slack_shortcuts",
    "test_slack_slow_effects", "test_slack_slow_reads",
}  # fmt: skip
BOTH = (Door.HTTP, Door.SOCKET)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Have a test that opens a desk, by itself or by a fixture of its module, run through its doors."""
    module = metafunc.module
    name = module.__name__.rpartition(".")[2]
    if name in HTTP_ALONE or not hasattr(module, OPENS):
        return
    if not _opening(module).isdisjoint((*metafunc.fixturenames, *_names(metafunc.function))):
        one = BOTH[crc32(metafunc.function.__name__.encode()) % len(BOTH)]
        metafunc.parametrize("door", BOTH if name in THROUGH_BOTH else (one,), indirect=True)


@pytest.fixture(autouse=True)
def door(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Door:
    """Set the door of every desk that the test opens."""
    chosen: Door = getattr(request, "param", Door.HTTP)
    monkeypatch.setattr(slackdoors, "standing", chosen)
    return chosen


def _opening(module: ModuleType) -> set[str]:
    """Return what opens a desk in a module: the name for it, and the functions and fixtures that use it."""
    opening = {OPENS}
    while True:
        more = {name for name, thing in vars(module).items() if not opening.isdisjoint(_names(thing))}
        if more <= opening:
            return opening
        opening |= more


def _names(thing: Any) -> tuple[str, ...]:
    """Return the names that a function or a fixture uses."""
    function: Callable[..., Any] = getattr(thing, "__wrapped__", thing)
    code = getattr(function, "__code__", None)
    return () if code is None else code.co_names
