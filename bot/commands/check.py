"""Judge numbers, addresses or carriers from standard input: `app.py check KIND`, one item a line, one answer a line."""

import os
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import IO

import orjson

from bot.wording import plain_text
from domain.carriers import Found, find_carrier
from domain.errors import Unreadable
from domain.numbers.portability import Verdict
from domain.numbers.portability import check as check_number
from domain.readers.addresses import Address, Doubtful, read_address
from domain.text import clean

USAGE = """\
Usage: app.py check numbers | addresses | carriers

Reads one item a line from standard input and prints one JSON object a line, at once: input, verdict (accepted, doubtful
or refused), code (null when accepted), value (what was read, in its usual form) and sentence. Each line is judged by
itself and by what is generally known: no settings, no tokens and no database are needed, and none is looked at, so
whether a number is one of ours, or in a request, is not said here."""

LONGEST_LINE = 65_536
"""Bytes of a line that are read; what is beyond is left out."""

_CODES = {"box_beside": "po_box"}  # a box in an address is one, whether there is a street beside it or not


def check(arguments: list[str], items: IO[bytes] | None = None, answers: IO[bytes] | None = None) -> int:
    """Answer every line of standard input; returns the exit status, 2 for a command line that is not understood."""
    if arguments in (["--help"], ["-h"]):
        print(USAGE)
        return 0
    if len(arguments) != 1 or arguments[0] not in _KINDS:
        print(USAGE, file=sys.stderr)
        return 2
    try:
        _answer(arguments[0], items or sys.stdin.buffer, answers or sys.stdout.buffer)
    except BrokenPipeError:  # whoever read the answers has enough of them, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else the end of Python stumbles over the same
    return 0


def _answer(kind: str, items: IO[bytes], answers: IO[bytes]) -> None:
    judge = _KINDS[kind]
    for item in _items(items):
        found = judge(item)
        answer = {
            "input": item,
            "verdict": found.verdict,
            "code": _code(found.code),
            "value": found.value,
            "sentence": _sentence(kind, found),
        }
        answers.write(orjson.dumps(answer) + b"\n")
        answers.flush()


def _items(lines: IO[bytes]) -> Iterator[str]:
    """Yield each line without its end; bytes that are no UTF-8 become replacement characters."""
    while line := lines.readline(LONGEST_LINE):
        end = line
        while end and not end.endswith(b"\n"):
            end = lines.readline(LONGEST_LINE)
        yield line.decode("utf-8", "replace").removeprefix("\ufeff").rstrip("\r\n")


def _code(key: str | None) -> str | None:
    """Give a wording key without its room: "po_box"."""
    code = key.split(".")[-1] if key else None
    return _CODES.get(code, code) if code else None


def _sentence(kind: str, found: Verdict) -> str:
    return _say(found.code or f"check.accepted.{kind}", tuple(found.params.items()))


@lru_cache
def _say(key: str, params: tuple[tuple[str, str], ...]) -> str:
    return plain_text(key, dict(params), "en")


def _judge_address(text: str) -> Verdict:
    read = read_address(text)
    if isinstance(read, Unreadable):
        return Verdict("doubtful" if read.code == "address.split" else "refused", read.code, "", read.params)
    if isinstance(read, Doubtful):
        return Verdict("doubtful", read.doubts[0].code, _one_line(read.value), read.doubts[0].params)
    return Verdict("accepted", None, _one_line(read))


def _one_line(address: Address) -> str:
    place = filter(None, (address.street, address.unit, address.city))
    return f"{', '.join(place)}, {address.state} {address.zip}"


def _judge_carrier(text: str) -> Verdict:
    found = find_carrier(text)
    if isinstance(found, Found):
        return Verdict("accepted", None, found.carrier.name, {"carrier": found.carrier.name})
    if found is not None:
        names = [carrier.name for carrier in found.carriers]
        return Verdict("doubtful", "check.which", names[0], {"carriers": ", ".join(names)})
    name = clean(text)[:100]
    if any(c.isalpha() for c in name):  # it may well be one: the chat asks too
        return Verdict("doubtful", "carrier.unknown", name, {"carrier": name})
    return Verdict("refused", "carrier.unreadable", "", {"carrier": name})


_KINDS: dict[str, Callable[[str], Verdict]] = {
    "numbers": check_number,
    "addresses": _judge_address,
    "carriers": _judge_carrier,
}
