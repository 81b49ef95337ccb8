"""What the page for signing says and offers: in other words to whoever signs for themselves."""

import re

import pytest

from bot.handlers.web.signing_form import Sight, first, screen
from domain.desk.signer_links import OTHER, OWN
from domain.desk.signer_screens import PAPER, SURE, SURE_NOT_ME, WHO
from domain.desk.signing_chat import _SHOWN

SIGHT = Sight("t", "p", (), 0)
PARAMS = {"lead": "", "signer": "Maria Jones", "asker": "Maria", "ref": "P-22222", "known": "(415)", "hours": "72"}


def body(name: str, whose: str) -> str:
    return screen(name, {**PARAMS, "whose": whose}, "x", SIGHT)


@pytest.mark.parametrize(
    "name", [WHO, SURE, SURE_NOT_ME, PAPER, "expired", "revoked", "locked", "changed", "over", "copy_locked"]
)
def test_ones_own_page_speaks_of_nobody_else(name: str) -> None:
    said = body(name, OWN)
    for other in ('value="not_me"', "ent it to you", "Maria asks", "Maria and the desk"):
        assert other not in said
    assert said != body(name, OTHER)


def test_a_look_at_ones_own_page_says_that_it_is_ones_own() -> None:
    assert "Somebody asks you" not in bytes(first(OWN).body).decode()
    assert "Somebody asks you" in bytes(first(OTHER).body).decode()


def test_one_can_go_back_first_of_all_on_the_page_as_in_the_chat() -> None:
    for name in (SURE, SURE_NOT_ME, PAPER):
        on_page = re.findall('name="act" value="([a-z_]+)"', body(name, OTHER))
        assert tuple(on_page) == _SHOWN[name]
