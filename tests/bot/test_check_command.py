"""`app.py check`: items from standard input, one answer a line, with nothing set and nothing opened."""

import json
import subprocess
import sys
from io import BytesIO
from typing import Any

import pytest

from app import main
from bot.commands.check import USAGE, check
from tests.structure.ground import ROOT

PROGRAM = [sys.executable, str(ROOT / "app.py"), "check"]
NOTHING_SET = {"PATH": "", "TELEGRAM_BOT_TOKEN": "broken", "DATABASE_URL": "nonsense://"}


def answers(kind: str, given: bytes) -> list[dict[str, Any]]:
    """Return the answers of the command."""
    out = BytesIO()
    assert check([kind], BytesIO(given), out) == 0
    return [json.loads(line) for line in out.getvalue().splitlines()]


def verdicts(kind: str, *items: str) -> list[tuple[str, str | None, str]]:
    found = answers(kind, "".join(f"{item}\n" for item in items).encode())
    assert [each["input"] for each in found] == list(items)
    assert all(each["sentence"].strip() for each in found)
    return [(each["verdict"], each["code"], each["value"]) for each in found]


def test_numbers_are_judged_as_in_the_chat() -> None:
    assert verdicts("numbers", "(415) 421-8832", "416.421.8832", "800-421-8832", "911", "+44 20 7946 0958", "x") == [
        ("accepted", None, "+14154218832"),
        ("accepted", None, "+14164218832"),
        ("accepted", None, "+18004218832"),
        ("refused", "special", ""),
        ("refused", "not_served", ""),
        ("refused", "none", ""),
    ]


def test_addresses_are_judged_as_in_the_chat() -> None:
    found = verdicts(
        "addresses",
        "1420 Elm St, Apt 4, Springfield, IL 62701",
        "PO Box 12, Springfield, IL 62701",
        "1420 Elm St, PO Box 12, Springfield, IL 62701",
        "1420 Elm St",
    )
    assert found[0] == ("accepted", None, "1420 Elm St, Apt 4, Springfield, IL 62701")
    assert found[1] == ("refused", "po_box", "")
    assert found[2][:2] == ("doubtful", "po_box")
    assert found[3] == ("refused", "needs_city", "")


def test_carriers_are_judged_as_in_the_chat() -> None:
    found = verdicts("carriers", "Verizon Wireless", "verizon", "zzyzx qqq", "")
    assert found[0] == ("accepted", None, "Verizon Wireless")
    assert found[1][0] == "doubtful"
    assert [each[:2] for each in found[2:]] == [("doubtful", "unknown"), ("refused", "unreadable")]


def test_an_empty_line_is_a_refused_item_and_a_broken_one_stops_nothing() -> None:
    found = answers("numbers", b"\n\xff\xfe415\r\n415-421-8832")
    assert [each["input"] for each in found] == ["", "\ufffd\ufffd415", "415-421-8832"]
    assert [each["verdict"] for each in found] == ["refused", "refused", "accepted"]


def test_a_byte_order_mark_and_a_line_without_end_stop_nothing() -> None:
    found = answers("numbers", b"\xef\xbb\xbf415-421-8832\n" + b"4" * 200_000 + b"\n415-421-8833\n")
    assert [each["verdict"] for each in found] == ["accepted", "refused", "accepted"]
    assert len(found[1]["input"]) == 65_536


def test_the_first_answer_comes_before_the_second_item_is_there() -> None:
    with subprocess.Popen([*PROGRAM, "numbers"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write(b"415-421-8832\n")
        running.stdin.flush()
        assert json.loads(running.stdout.readline())["value"] == "+14154218832"
        running.stdin.close()


def test_who_reads_only_the_first_answers_is_not_shouted_at() -> None:
    with subprocess.Popen(
        [*PROGRAM, "numbers"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdin.write(b"415-421-8832\n")
        running.stdin.flush()
        running.stdout.readline()
        running.stdout.close()
        running.stdin.write(b"415-421-8833\n" * 3)
        running.stdin.close()
        assert running.stderr.read() == b""
        assert running.wait() == 0


def test_a_hundred_thousand_lines_are_answered_where_the_desk_would_not_start() -> None:
    given = "".join(f"415{421 + i // 10_000}{i % 10_000:04}\n" for i in range(100_000))
    done = subprocess.run([*PROGRAM, "numbers"], input=given.encode(), capture_output=True, check=True, env=NOTHING_SET)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.stderr == b""
    assert len(found) == 100_000
    assert {each["verdict"] for each in found} == {"accepted"}


@pytest.mark.parametrize("wrong", [[], ["pigeons"], ["numbers", "more"]])
def test_a_command_line_that_is_not_understood_gets_the_usage(
    wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", *wrong]) == 2
    assert capsys.readouterr() == ("", f"{USAGE}\n")


def test_who_asks_for_help_gets_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--help"]) == 0
    assert capsys.readouterr() == (f"{USAGE}\n", "")
