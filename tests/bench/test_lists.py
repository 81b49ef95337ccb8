"""The bench of lists counts what was late, tells progress from reports, and judges by the least of its rounds."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict, replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from time import sleep

import httpx
import pytest
from telegram import Bot

from bench.botapi import serve
from bench.customers import Load, Verdict
from bench.lists import Answers, Found, Heard, Round, Told, asking, goals, heard, kinds, missed, of_lists
from bench.uploads import Await, Upload

VERDICT = Verdict(
    turns=100, seconds=1, turns_per_s=100, p50_ms=1, p99_ms=4, conversations=8, wrong=0, out_of_order=0, doubled=0,
    doubled_beyond=0, missing=0, unanswered=0, lost=0, surprises=(),
)  # fmt: skip
IDLE = Round(VERDICT, Heard(0.4, 2, 6, 2))


@pytest.fixture
async def port() -> AsyncIterator[int]:
    server = await serve(0)
    yield server.sockets[0].getsockname()[1]
    server.close()


@pytest.fixture
async def bot(port: int) -> AsyncIterator[Bot]:
    base = f"http://127.0.0.1:{port}"
    async with Bot("123456:bench", base_url=f"{base}/bot", base_file_url=f"{base}/file/bot") as bot:
        yield bot


@pytest.fixture
async def desk(port: int) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}/bench", timeout=5) as desk:
        yield desk


async def test_a_file_is_sent_fetched_and_its_progress_recorded_until_the_report(
    bot: Bot, desk: httpx.AsyncClient, tmp_path: Path
) -> None:
    listed = tmp_path / "list.csv"
    listed.write_bytes(b"Number\n415-421-8832\n")
    chat = (await desk.post("/upload", json=asdict(Upload(str(listed), "list.csv", "text/csv")))).json()["chat"]
    (update,) = await bot.get_updates(timeout=1)
    assert update.message is not None
    assert update.message.document is not None
    assert update.message.text is None
    assert update.message.chat_id == chat
    file = await bot.get_file(update.message.document.file_id)
    assert bytes(await file.download_as_bytearray()) == listed.read_bytes()
    waiting = asyncio.create_task(desk.post("/await", json=asdict(Await(chat, "1 of 1 numbers"))))
    sent = await bot.send_message(chat, "0 of 1 so far")
    await bot.edit_message_text("I have read all 1 rows of your list.", chat, sent.message_id)
    assert not waiting.done()
    await bot.send_message(chat, "1 of 1 numbers are fine")
    shown = (await waiting).json()["shown"]
    assert [each["method"] for each in shown] == ["sendMessage", "editMessageText", "sendMessage"]
    assert shown[0]["message_id"] == shown[1]["message_id"]


async def test_a_turn_of_a_load_with_a_pause_is_timed_from_when_it_was_said(bot: Bot, desk: httpx.AsyncClient) -> None:
    load = Load(script="bench.scripts:interview", turns=1, pause=0.02)
    await desk.post("/start", json=asdict(load))
    await asyncio.sleep(0.15)  # nobody asks for updates meanwhile
    (update,) = await bot.get_updates(timeout=1)
    assert update.message is not None
    await bot.send_message(
        update.message.chat_id,
        "Which number would you like to bring to us? Please send it with the area code, like 415-421-8832.",
    )
    found = (await desk.post("/wait")).json()["verdict"]
    assert found["turns"] == 1
    assert found["p50_ms"] > 90


def test_questions_that_were_due_while_an_answer_was_late_count_as_late() -> None:
    assert missed(0.001) == [0.001]
    assert [round(late, 3) for late in missed(0.012)] == [0.012, 0.007, 0.002]
    assert heard(Answers([0.001] * 98 + [0.007, 0.012], 0.003)) == Heard(1.0, 12.0, 12.0, 3.0)


class Slow(BaseHTTPRequestHandler):
    """Answer the third question late."""

    protocol_version = "HTTP/1.1"
    asked = 0

    def do_GET(self) -> None:
        """Say that there is nothing."""
        Slow.asked += 1
        sleep(0.06 if Slow.asked == 3 else 0)
        self.send_response(404)
        self.send_header("Content-Length", "9")
        self.end_headers()
        self.wfile.write(b"Not Found")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 # the name is the base class's
        """Keep quiet."""


@contextlib.contextmanager
def slow() -> Iterator[int]:
    """Serve `Slow`, and give its port."""
    server = HTTPServer(("127.0.0.1", 0), Slow)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_silence_of_the_loop_is_heard_from_outside() -> None:
    with slow() as port, asking(port, os.getpid()) as answers:
        sleep(0.2)
    assert heard(answers).longest >= 60
    assert sum(took > 0.03 for took in answers.took) >= 5
    assert 0 < heard(answers).own < 60  # it slept


def test_the_least_of_all_rounds_is_judged_and_the_worst_is_shown() -> None:
    busy = replace(IDLE, loop=Heard(0.5, 3, 12, 4))
    noisy = Round(replace(VERDICT, p99_ms=40), Heard(0.6, 30, 90, 5))
    judged = goals(Found((IDLE,), (noisy, busy)))
    assert [row.is_met for row in judged] == [None, True, None, True, True, True, True]
    assert judged[4].ours == "12.0 (worst round 90.0)"


def test_a_loop_silent_in_every_round_or_a_wrong_answer_is_not_met() -> None:
    silent = Round(replace(VERDICT, wrong=1, p99_ms=9), Heard(0.5, 5, 25, 21))
    assert [row.is_met for row in goals(Found((IDLE,), (silent,)))] == [None, False, None, False, False, False, False]


def test_a_list_read_without_a_word_of_its_progress_is_not_met(tmp_path: Path) -> None:
    chosen = kinds(tmp_path, 40, 60)
    told = [Told(kind.name, 2.0, 1, 2) for kind in chosen]
    fine, mute = ((replace(IDLE, lists=tuple(each)),) for each in (told, [replace(told[0], edited=0), *told[1:]]))
    assert [row.is_met for row in of_lists(Found((IDLE,), fine), chosen)] == [None, True, None, True, None]
    assert [row.is_met for row in of_lists(Found((IDLE,), mute), chosen)] == [None, False, None, True, None]


def test_files_to_send_hold_mostly_numbers_that_can_move(tmp_path: Path) -> None:
    csv, xlsx, long = kinds(tmp_path, 40, 60)
    assert csv.report == xlsx.report
    assert int(csv.report.split()[0]) > 20
    assert xlsx.path.read_bytes().startswith(b"PK")
    assert not long.is_read
