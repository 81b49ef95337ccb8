"""Whether a file is a letter that this desk sealed, untouched: by its hash in history and by its seal."""

import asyncio
import hashlib
from datetime import datetime

from bot.letters.works import Works
from bot.letters.workshop import JobFailed
from bot.wording import plain_text
from domain.desk.keeping import Board, Files
from domain.desk.state import Paper
from domain.papers.verdicts import Judged, Known, Seal, judge
from domain.policy import Policy


class Judging:
    """Judges files."""

    def __init__(self, board: Board, files: Files, works: Works) -> None:
        self._board = board
        self._files = files
        self._works = works

    async def judge(self, content: bytes) -> Judged:
        """Return the verdict on a file's bytes, whatever they are. Raises JobFailed where ours cannot be read now."""
        sha256 = await asyncio.to_thread(lambda: hashlib.sha256(content).hexdigest())
        known = await self._board.letter(sha256)
        return judge(known, await self._read(content, known), await self._works.fingerprint())

    async def _read(self, content: bytes, known: Known | None) -> Seal | None:
        """Read a seal; a stranger's file that the child cannot read within its limits has none. Raises JobFailed."""
        try:
            return await self._works.read_seal(content)
        except JobFailed:
            if known is not None:
                raise
            return None

    async def judge_paper(self, paper: Paper) -> Judged | None:
        """Return the verdict on a letter as it is kept; None where its file is gone."""
        try:
            return await self.judge(await self._files.read(paper.object_key or ""))
        except KeyError:
            return None


def told(judged: Judged, policy: Policy) -> str:
    """Return a verdict for who may know the request: a sentence, with the times that belong to it."""
    known, seal = judged.known, judged.seal
    times = {
        "ref": known.ref if known is not None else "",
        "sealed": _local(known.sealed_at, policy) if known is not None else "",
        "void": _local(known.void_at, policy) if known is not None and known.void_at is not None else "",
        "stamped": _local(seal.stamped_at, policy) if seal is not None and seal.stamped_at is not None else "",
    }
    key = f"verify.{judged.verdict}+verify.stamped" if times["stamped"] else f"verify.{judged.verdict}"
    return plain_text(key, times, "en")


def _local(at: datetime, policy: Policy) -> str:
    return f"{at.astimezone(policy.desk_zone):%Y-%m-%d %H:%M %Z}"
