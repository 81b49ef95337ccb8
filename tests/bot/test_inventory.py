"""`/port inventory` through Slack, and `app.py inventory import` from the command line."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import app
from domain.numbers.inventory import Held, Ours
from domain.orders.phases import AT_CARRIER
from tests.bot.slackworld import GWEN, MAYA, MOVING, World, open_world
from tests.bot.test_slack_desk import type_

MINE = "628-421-8832"
REAL = {
    "TELEGRAM_BOT_TOKEN": "1:x", "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_DESK_CHANNEL": "C1",
    "SLACK_STAFF": "U1",
}  # fmt: skip


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


async def test_numbers_are_counted_by_what_they_do(world: World) -> None:
    assert "none yet" in await type_(world, "inventory")
    await world.store.inventory.take_in([Held(MOVING, "user"), Held("+16284218833", "user")], replace=False)
    assert "Assigned to users: 2" in await type_(world, "inventory")


async def test_a_number_is_found_with_its_owner_and_one_that_is_not_there_is_told(world: World) -> None:
    assert "not in the inventory" in await type_(world, f"inventory find {MINE}")
    await world.store.inventory.take_in([Held(MOVING, "user", "Rosa Vance")], replace=False)
    told = await type_(world, f"inventory find {MINE}")
    assert "assigned to a user" in told
    assert "Rosa Vance" in told


@pytest.mark.parametrize("text", ["inventory lose", "inventory find", "inventory free soon"])
async def test_what_cannot_be_read_is_answered_with_how_to_write_it(world: World, text: str) -> None:
    assert "/port inventory find" in await type_(world, text)


async def test_a_number_that_became_ours_holds_a_submission_back_until_it_is_freed(world: World) -> None:
    ref = await world.request()
    await world.store.inventory.take_in([Held(MOVING, "user", "Rosa Vance")], replace=False)
    await type_(world, f"show {ref}")
    assert "Ours already" in str(world.slack.ephemerals(MAYA)[-1].blocks)
    told = await type_(world, f"submit {ref} 88123")
    assert "assigned to a user (Rosa Vance)" in told
    assert await world.phase(ref) == "staff_review"
    assert "out of the inventory" in await type_(world, f"inventory free {MINE}")
    assert "not in the inventory" in await type_(world, f"inventory free {MINE}")
    await type_(world, f"submit {ref} 88123")
    assert await world.phase(ref) in AT_CARRIER


async def test_a_pasted_list_is_loaded_by_the_form_and_the_desk_reads_what_it_changed(world: World) -> None:
    await world.slack.command(MAYA, "inventory load")
    [view] = world.slack.modals(MAYA)
    await world.slack.submit(MAYA, view.id, {"lines": {"value": f"{MINE}, receiving, Front desk\n12345, user"}})
    assert not world.slack.modals(MAYA)
    assert await world.store.board.ours(MOVING) == Ours("receiving", "Front desk")
    [owed] = [each for each in world.owed if each.kind == "channel"]
    assert owed.params["added"] == "1"
    assert "line=2" in owed.params["lines"]
    await world.send(owed)
    assert "1 new" in world.slack.posts()[-1].text
    assert "line 2: that is no number" in world.slack.posts()[-1].text


async def test_a_number_of_nobody_in_particular_has_no_empty_brackets(world: World) -> None:
    ref = await world.request()
    for role in ("user", "tracking", "receiving", "failsafe"):
        await world.store.inventory.take_in([Held(MOVING, role)], replace=False)
        assert "—" not in await type_(world, f"inventory find {MINE}")
        told = await type_(world, f"submit {ref} 88123")
        assert "()" not in told
        assert "(—)" not in told
        assert "was not submitted" in told


async def test_a_pasted_list_says_which_open_requests_ask_for_its_numbers_and_what_stands_there_twice(
    world: World,
) -> None:
    numbers = tuple(f"+1628421{n}" for n in range(8832, 8839))
    ref = await world.request(numbers=numbers)
    other = await world.request(chat=2, numbers=("+14154218855",))
    await world.slack.command(MAYA, "inventory load")
    [view] = world.slack.modals(MAYA)
    lines = ["415-421-8855, user, Ann", "415-421-8855, tracking", f"{MINE}, free", "415-421-8857, user"]
    lines += [f"{number}, user" for number in numbers[1:]]
    await world.slack.submit(MAYA, view.id, {"lines": {"value": "\n".join(lines)}})
    [owed] = [each for each in world.owed if each.key.startswith("desk.inventory")]
    await world.send(owed)
    told = world.slack.posts()[-1].text
    assert "twice with different words: 1. The later line counts: (415) 421-8855" in told
    assert f"(415) 421-8855 is asked for by the open request {other}" in told
    assert f"(628) 421-8833 is asked for by the open request {ref}" in told
    assert told.count("asked for by the open request") == 5
    assert "and 2 more, also asked for by open requests." in told
    assert "(628) 421-8832 is asked for" not in told  # it is taken out
    assert "421-8857" not in told


async def test_a_form_without_a_good_line_stays_open_and_says_why(world: World) -> None:
    await world.slack.command(MAYA, "inventory load")
    [view] = world.slack.modals(MAYA)
    await world.slack.submit(MAYA, view.id, {"lines": {"value": "hello"}})
    [view] = world.slack.modals(MAYA)
    assert "line 1" in view.errors["lines"]
    assert await world.store.board.inventory() == {}


async def test_nobody_but_staff_learns_or_changes_anything(world: World) -> None:
    await world.store.inventory.take_in([Held(MOVING, "user", "Rosa Vance")], replace=False)
    for text in (f"inventory free {MINE}", f"inventory find {MINE}", "inventory load"):
        assert "porting desk's staff" in await type_(world, text, GWEN)
    assert await world.store.board.ours(MOVING) == Ours("user", "Rosa Vance")


# the command line


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    for name in ("DATABASE_URL", "ENCRYPTION_KEYS", "FILES_URL", *REAL):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_a_file_is_taken_in_and_its_bad_lines_are_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "ours.csv"
    file.write_text(f"number,role,owner\n{MINE},user,Rosa\n12345,user,\n", "utf-8")
    assert app.main(["inventory", "import", str(file)]) == 1
    said = capsys.readouterr().out
    assert "1 new" in said
    assert "line 3" in said
    assert app.main(["inventory", "import", str(file), "--replace"]) == 1
    assert "Nothing was removed" in capsys.readouterr().out


def test_a_whole_file_replaces_what_earlier_ones_brought(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "ours.csv"
    file.write_text(f"{MINE},user\n628-421-8833,tracking\n", "utf-8")
    assert app.main(["inventory", "import", str(file)]) == 0
    file.write_text(f"{MINE},user\n", "utf-8")
    assert app.main(["inventory", "import", "--replace", str(file)]) == 0
    assert "0 new, 0 changed, 1 removed, 1 as they were" in capsys.readouterr().out


@pytest.mark.parametrize("words", [[], ["import"], ["export", "x"], ["import", "a", "b"]])
def test_a_command_line_that_is_not_whole_is_answered_with_the_usage(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert app.main(["inventory", *words]) == 2
    assert "Usage" in capsys.readouterr().err
    assert not (folder / "data").exists()


def test_a_file_that_cannot_be_read_is_told_in_one_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["inventory", "import", str(folder / "none.csv")]) == 2
    assert "cannot be read" in capsys.readouterr().err
    (folder / "odd.csv").write_bytes(b"\xff\xfe\x00")
    assert app.main(["inventory", "import", str(folder / "odd.csv")]) == 2
    assert "UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "\n\n", "number,role,owner\n", "\ufeffnumber;role;owner"])
def test_a_file_without_a_line_is_refused_and_removes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    file = folder / "ours.csv"
    file.write_text(f"{MINE},user\n", "utf-8")
    assert app.main(["inventory", "import", str(file)]) == 0
    file.write_text(text, "utf-8")
    for more in ([], ["--replace"], ["--replace", "--yes"]):
        assert app.main(["inventory", "import", str(file), *more]) == 1
        assert "no line with a number" in capsys.readouterr().err
    file.write_text(f"{MINE},user\n", "utf-8")
    assert app.main(["inventory", "import", str(file)]) == 0
    assert "0 new, 0 changed, 0 removed, 1 as they were" in capsys.readouterr().out


def test_a_file_that_would_remove_most_of_what_is_there_is_refused_until_it_is_meant(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole, part = folder / "whole.csv", folder / "part.csv"
    whole.write_text("".join(f"415{2_000_000 + n},user\n" for n in range(42)), "utf-8")
    part.write_text("".join(f"415{2_000_000 + n},user\n" for n in range(20)), "utf-8")
    assert app.main(["inventory", "import", str(whole)]) == 0
    capsys.readouterr()
    assert app.main(["inventory", "import", str(part), "--replace"]) == 1
    assert "leaves out 22 of the 42 numbers" in capsys.readouterr().err
    assert app.main(["inventory", "import", str(part), "--replace", "--yes"]) == 0
    assert "0 new, 0 changed, 22 removed, 20 as they were" in capsys.readouterr().out


def test_of_many_bad_lines_the_first_twenty_are_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "ours.csv"
    file.write_text(f"{MINE},user\n" + "12345,user\n" * 25, "utf-8")
    assert app.main(["inventory", "import", str(file)]) == 1
    said = capsys.readouterr().out
    assert "line 21:" in said
    assert "line 22:" not in said
    assert "and 5 more" in said


def test_a_number_that_stands_in_a_file_twice_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "ours.csv"
    file.write_text(f"{MINE},user\n{MINE},tracking\n628-421-8833,user\n628-421-8833,user\n", "utf-8")
    assert app.main(["inventory", "import", str(file)]) == 0
    assert "twice with different words: 1. The later line counts: (628) 421-8832\n" in capsys.readouterr().out


def test_without_tokens_it_says_where_the_numbers_went_and_which_folder_the_sandbox_has(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "ours.csv"
    file.write_text(f"{MINE},user\n", "utf-8")
    data = folder / "data"
    assert app.main(["inventory", "import", str(file)]) == 0
    said = capsys.readouterr().out
    assert f"database {data / 'port.db'}" in said
    assert "sandbox" not in said
    (data / "sandbox").mkdir()
    assert app.main(["inventory", "import", str(file)]) == 0
    assert f"DATA_DIR={data / 'sandbox'} " in capsys.readouterr().out
    for name, value in REAL.items():
        monkeypatch.setenv(name, value)
    assert app.main(["inventory", "import", str(file)]) == 0
    assert "database" not in capsys.readouterr().out
