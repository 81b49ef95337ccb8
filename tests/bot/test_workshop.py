"""The workshop: one job at a time in a child that stays warm, is limited, and is killed when it takes too long."""

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.letters.framing import pack, unpack
from bot.letters.model import NO_GLYPH, JobRefused, NoGlyph, payload_of
from bot.letters.press import print_letter
from bot.letters.workshop import JobFailed, Workshop
from tests.bot.letters import BRAND, LETTER, TYPED, drawing, many, text_of
from tests.waiting import until


@pytest.fixture
async def workshop() -> AsyncIterator[Workshop]:
    found = Workshop(BRAND)
    yield found
    await found.close()


def child_of(workshop: Workshop) -> int:
    """Return the id of the process that waits for the next job."""
    assert workshop._child is not None
    return workshop._child._process.pid


def is_alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def limits_of(pid: int) -> str:
    return Path(f"/proc/{pid}/limits").read_text()


async def test_a_letter_comes_out_of_the_child_as_it_would_here(workshop: Workshop) -> None:
    assert await workshop.letter(LETTER) == print_letter(LETTER, BRAND)
    drawn = replace(TYPED, how="drawn", drawing=drawing())
    letter = replace(LETTER, numbers=many(300))
    assert await workshop.letter(letter, drawn) == print_letter(letter, BRAND, drawn)


async def test_pages_come_as_pictures_the_first_of_many_with_the_whole(workshop: Workshop) -> None:
    one = await workshop.pictures(LETTER)
    assert one.is_whole
    assert [page[:4] for page in one.pages] == [b"\x89PNG"]
    some = await workshop.pictures(replace(LETTER, numbers=many(800)), most=3)
    assert (len(some.pages), some.is_whole) == (3, False)
    assert len(text_of(some.pdf)) > 3


async def test_the_child_stays_warm_for_the_next_job_and_goes_when_nobody_asks() -> None:
    workshop = Workshop(BRAND, warm=0.3)
    await workshop.letter(LETTER)
    first = child_of(workshop)
    await workshop.letter(LETTER)
    assert child_of(workshop) == first
    await until(lambda: not is_alive(first), 20)
    await workshop.letter(LETTER)
    assert child_of(workshop) != first
    await workshop.close()


async def test_the_child_gives_way_to_everybody_else_and_has_limits(workshop: Workshop) -> None:
    await workshop.letter(LETTER)
    pid = child_of(workshop)
    assert os.getpriority(os.PRIO_PROCESS, pid) == min(19, os.getpriority(os.PRIO_PROCESS, 0) + 10)
    limits = limits_of(pid)
    assert f"Max address space         {2 * 1024**3}" in limits
    [cpu] = [line for line in limits.splitlines() if line.startswith("Max cpu time")]
    assert cpu.split()[3].isdigit()


async def test_what_cannot_be_printed_or_fails_is_told_and_the_child_goes_on(workshop: Workshop) -> None:
    with pytest.raises(NoGlyph) as caught:
        await workshop.letter(replace(LETTER, signer="Ann 𐎀"))
    assert caught.value.characters == "𐎀"
    pid = child_of(workshop)
    with pytest.raises(JobFailed, match="ValueError"):
        await workshop.letter(LETTER, replace(TYPED, how="drawn", drawing=b"no picture"))
    with pytest.raises(JobFailed, match="KeyError"):
        await workshop.run("unheard of", {})
    assert child_of(workshop) == pid


async def test_a_child_that_takes_too_long_is_killed_and_the_next_job_has_a_fresh_one() -> None:
    workshop = Workshop(BRAND)
    await workshop.letter(LETTER)
    pid = child_of(workshop)
    workshop._limit = 0.2
    with pytest.raises(JobFailed, match="TimeoutError"):
        await workshop.letter(replace(LETTER, numbers=many(40_000)))
    assert not is_alive(pid)
    workshop._limit = 40.0
    assert await workshop.letter(LETTER)
    await workshop.close()


async def test_a_child_that_dies_fails_its_job_alone(workshop: Workshop) -> None:
    await workshop.letter(LETTER)
    pid = child_of(workshop)
    job = asyncio.create_task(workshop.letter(replace(LETTER, numbers=many(40_000))))
    await until(lambda: workshop._child is None)
    os.kill(pid, 9)
    with pytest.raises(JobFailed):
        await job
    assert await workshop.letter(LETTER)


async def test_jobs_are_done_one_after_the_other_and_nobody_gets_another_ones_answer(workshop: Workshop) -> None:
    wanted = [replace(LETTER, signer=f"Signer {chr(65 + place)}") for place in range(8)]
    made = await asyncio.gather(*(workshop.letter(each) for each in wanted))
    assert [print_letter(each, BRAND) for each in wanted] == made


async def test_whoever_stops_waiting_leaves_no_answer_for_the_next_one(workshop: Workshop) -> None:
    await workshop.letter(LETTER)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await workshop.letter(replace(LETTER, numbers=many(20_000)))
    assert await workshop.letter(LETTER) == print_letter(LETTER, BRAND)


async def test_the_loop_goes_on_while_a_long_letter_is_printed(workshop: Workshop) -> None:
    await workshop.letter(LETTER)
    job = asyncio.create_task(workshop.letter(replace(LETTER, numbers=many(6_000))))
    turns = 0
    while not job.done():
        await asyncio.sleep(0)
        turns += 1
    assert await job
    assert turns > 100


@pytest.mark.parametrize("value", [b"", {"a": [b"one", {"b": b"two"}], "c": None}, [1, "text", b"\x00" * 10]])
def test_bytes_travel_beside_the_json(value: Any) -> None:
    line, parts = pack(value)
    assert unpack(line, parts) == value
    assert unpack(*pack((b"a", "tuple"))) == [b"a", "tuple"]


async def test_a_refusal_has_its_code(workshop: Workshop) -> None:
    with pytest.raises(JobRefused) as caught:
        await workshop.run("letter", payload_of(replace(LETTER, signer="Ann 𐎀"), BRAND))
    assert (caught.value.code, caught.value.detail) == (NO_GLYPH, "𐎀")
