"""Who is measured: how each contestant is started and which script its customers play."""

import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contestant:
    """A bot run as a child; {api}, {data}, {port}, {database} are filled in `argv`, `env` and `ready`."""

    name: str
    argv: tuple[str, ...]
    env: tuple[tuple[str, str], ...] = ()
    script: str = "bench.scripts:interview"
    ready: str = ""  # URL that answers 200 when the bot serves; without it, the first getUpdates says so


def _peer(name: str, module: str) -> Contestant:
    return Contestant(name, (sys.executable, "-m", f"bench.peers.{module}", "--api", "{api}", "--data", "{data}"))


PTB = _peer("ptb", "ptb")
PTB_PICKLE = _peer("ptb-pickle", "ptb_pickle")
AIOGRAM = _peer("aiogram", "aiogram_memory")
AIOGRAM_ASYNCIO = _peer("aiogram-asyncio", "aiogram_asyncio")
PEERS: tuple[Contestant, ...] = (PTB, PTB_PICKLE, AIOGRAM, AIOGRAM_ASYNCIO)
