"""Whether a file is a letter of this desk, untouched: by its hash in history, by its seal, and by the code on it."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime

from bot.letters.works import Reads
from bot.letters.workshop import JobFailed
from bot.wording import plain_text
from domain.desk.keeping import Board, Files
from domain.desk.state import Paper
from domain.papers.verdicts import Judged, Known, Seal, code_value, judge
from domain.policy import Policy

LookUp = Callable[[str], Awaitable[Known | None]]  # by a file's SHA-256 or a `code_value`


class Judging:
    """Judges files."""

    def __init__(self, board: Board, files: Files, reads: Reads) -> None:
        self._board = board
        self._files = files
        self._reads = reads

    async def judge(self, content: bytes) -> Judged:
        """Return the verdict on a file's bytes, whatever they are. Raises JobFailed where ours cannot be read now."""
        return await judge_file(content, self._board.letter, self._reads)

    async def judge_paper(self, paper: Paper) -> Judged | None:
        """Return the verdict on a letter as it is kept; None where its file is gone."""
        try:
            return await self.judge(await self._files.read(paper.object_key or ""))
        except KeyError:
            return None


async def judge_file(content: bytes, look_up: LookUp, reads: Reads) -> Judged:
    """Return the verdict on a file's bytes. Raises JobFailed where ours cannot be read now."""
    known = await look_up(await asyncio.to_thread(lambda: hashlib.sha256(content).hexdigest()))
    seal = await _seal(content, known, reads)
    code = await _code(content, reads) if known is None and seal is None else ""
    coded = await look_up(code_value(code)) if code else None
    return judge(known, seal, await reads.fingerprint(), coded)


async def _seal(content: bytes, known: Known | None, reads: Reads) -> Seal | None:
    """Read a seal; a stranger's file that the child cannot read within its limits has none. Raises JobFailed."""
    try:
        return await reads.read_seal(content)
    except JobFailed:
        if known is not None:
            raise
        return None


async def _code(content: bytes, reads: Reads) -> str:
    try:
        return await reads.read_code(content)
    except JobFailed:
        return ""


def told(judged: Judged, policy: Policy) -> str:
    """Return a verdict for who may know the request: a sentence, with the times that belong to it."""
    known, seal = judged.known, judged.seal
    times = {
        "ref": known.ref if known is not None else "",
        "made": _local(known.at, policy) if known is not None else "",
        "void": _local(known.void_at, policy) if known is not None and known.void_at is not None else "",
        "stamped": _local(seal.stamped_at, policy) if seal is not None and seal.stamped_at is not None else "",
    }
    return plain_text("+".join([f"verify.{judged.verdict}", *_more(seal)]), times, "en")


def _more(seal: Seal | None) -> Iterator[str]:
    """Yield what else is known, and what is not, of a seal's time and certificate."""
    if seal is not None and seal.stamp:
        yield f"verify.stamp_{seal.stamp}"
    if seal is not None and not seal.is_in_time:
        yield "verify.out_of_time"


def _local(at: datetime, policy: Policy) -> str:
    return f"{at.astimezone(policy.desk_zone):%Y-%m-%d %H:%M %Z}"
