"""Kill a contestant at random moments; judge by the loopback API's record, never by its own."""

import random
import time
from dataclasses import dataclass, replace

from bench.customers import Load, Verdict
from bench.measure import Stage, StageError, read_verdict

_PATIENCE = 5.0  # seconds
_LOAD = Load(patience=_PATIENCE, stall=30.0)


@dataclass(frozen=True, slots=True)
class Endured:
    """What came of the kills. `refused` says why the contestant did not start again after one."""

    kills: int
    verdict: Verdict
    refused: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing was lost, left unanswered, or told again beyond one repeat a chat and crash."""
        seen = self.verdict
        broken = seen.lost + seen.unanswered + seen.missing + seen.wrong + seen.out_of_order
        return not (broken or seen.doubled_beyond or self.refused)


def endure(stage: Stage, kills: int, users: int, seed: int) -> Endured:
    """SIGKILL the contestant under load, start it again, so many times; then let all come to an end."""
    moments = random.Random(seed)
    stage.order("start", replace(_LOAD, script=stage.contestant.script, users=users))
    for done in range(kills):
        if done % 2 == 0:  # every other kill may hit what is still recovering from the last one
            _await_settled(stage)
        time.sleep(moments.uniform(0.0, 0.6))
        stage.kill()
        try:
            stage.start()
        except StageError as refused:
            return Endured(done + 1, read_verdict(stage.order("state")), str(refused)[-300:])
    _await_settled(stage)
    stage.order("finish")
    return Endured(kills, stage.await_verdict())


def _await_settled(stage: Stage) -> None:
    """Wait until every customer was answered since the last crash, at most two patiences of a customer."""
    deadline = time.monotonic() + 2 * _PATIENCE
    while not stage.order("state")["is_settled"] and time.monotonic() < deadline:
        time.sleep(0.01)
