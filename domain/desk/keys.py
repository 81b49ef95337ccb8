"""Whose turn it is: the chat or the request that a decision is about, turns of one key coming one after the other."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class OfChat:
    """A turn of a customer: the chat by Telegram's id. `named`: numbers (E.164) to be looked up for it.

    `invited`: the invitation whose link was opened; 0 for none. `before`: the request before which colleagues' older
    ones are wanted; 0 for the newest.
    """

    chat_id: int
    named: tuple[str, ...] = field(default=(), compare=False)
    invited: int = field(default=0, compare=False)
    before: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class OfRef:
    """A turn of staff: the request by its reference, already folded to capitals."""

    ref: str


@dataclass(frozen=True, slots=True)
class OfRequest:
    """A turn of the clock or of an errand: the request by id; `request_id` 0 is the desk itself. `named`: as above.

    `note`: the correction of a carrier's entry that is read for it; 0 for none. `is_apart`: what else there is of its
    numbers, here or in other requests, is not read: of a list of 20,000 that takes 15 ms and more.
    """

    request_id: int
    named: tuple[str, ...] = field(default=(), compare=False)
    note: int = field(default=0, compare=False)
    is_apart: bool = field(default=False, compare=False)


Key = OfChat | OfRef | OfRequest
