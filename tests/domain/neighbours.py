"""Two customers' chats in one house: rows are shared, and every decision may be taken once in vain, as by a crash."""

import random
from dataclasses import dataclass

from domain.desk.heard import Heard
from domain.desk.state import Changes, Decide, Moment
from domain.policy import Policy
from domain.values import replace
from tests.domain.talk import Shown, Talk


@dataclass
class Side(Talk):
    """One customer's chat; `crashes`: its next turns are decided, lost before they are kept, and heard again."""

    crashes: bool = False

    @property
    def mine(self) -> tuple[int, ...]:
        """Return the ids of this chat's requests, oldest first."""
        return tuple(sorted(r.id for r in self.requests.values() if r.chat_id == self.chat.id))

    @property
    def newest(self) -> int:
        """Return the id of this chat's newest request."""
        return self.mine[-1]

    def in_vain(self, request_id: int | None, decide: Decide) -> Changes:
        """Decide something that nobody keeps."""
        moment = Moment(self.now, "event-in-vain", lambda: next(self._ids), lambda: "P-22222")
        return decide(self.state(request_id), moment)

    def _step(
        self, request_id: int | None, event: str, decide: Decide, *, is_named: bool = True, named: tuple[str, ...] = ()
    ) -> list[Shown]:
        if self.crashes:
            self.in_vain(request_id, decide)
        return super()._step(request_id, event, decide, is_named=is_named, named=named)


def two_sides(policies: tuple[Policy, Policy]) -> tuple[Side, Side]:
    """Return two chats of one house."""
    first = Side(policy=policies[0], does_errands=False)
    second = Side(
        policy=policies[1], does_errands=False, chat=replace(first.chat, id=first.chat.id + 1),
        requests=first.requests, orders=first.orders, numbers=first.numbers, answers=first.answers,
        _ids=first._ids, _chance=random.Random(8),
    )  # fmt: skip
    return first, second


def said(chat_id: int, command: str) -> Heard:
    """Return a command as it is heard."""
    return Heard(chat_id, "event-in-vain", "command", f"/{command}", code=command)
