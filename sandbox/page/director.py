"""The control endpoints for what happens to both sides: time, troubles and whole stories."""

from typing import Any, get_args

from starlette.requests import Request
from starlette.routing import BaseRoute

from sandbox.faults import Fault, Faults, Kind
from sandbox.page.answers import route
from sandbox.page.asked import Asked, AskedWrongError, read
from sandbox.page.stories.player import Player
from sandbox.page.switches import Switches
from sandbox.page.time import LONGEST_STEP, Clock

Json = dict[str, Any]


class Director:
    """Moves time, switches troubles, begins and ends stories."""

    def __init__(self, clock: Clock, faults: Faults, switches: Switches, player: Player) -> None:
        self._clock = clock
        self._faults = faults
        self._switches = switches
        self._player = player

    @property
    def routes(self) -> list[BaseRoute]:
        """Everything under `/control/` that is here."""
        return [
            route("/control/time", self._time),
            route("/control/time", self._move, "POST"),
            route("/control/faults", self._troubles),
            route("/control/faults", self._plan, "POST"),
            route("/control/faults", self._clear, "DELETE"),
            route("/control/switch", self._switch, "POST"),
            route("/control/stories", self._stories),
            route("/control/story", self._play, "POST"),
            route("/control/story", self._stop, "DELETE"),
        ]

    async def _time(self, _: Request) -> Json:
        now = self._clock.local()
        return {"now": now.isoformat(), "offset": self._clock.ahead, "zone": self._clock.zone.key}

    async def _move(self, request: Request) -> Json:
        asked = await read(request)
        if (asked.value("forward") is None) == (asked.value("to") is None):
            raise AskedWrongError("either forward or to must be given")
        if asked.value("to") is None:
            self._clock.forward(_step(asked))
        elif asked.value("to") == "morning":
            self._clock.to_morning()
        else:
            raise AskedWrongError("to must be morning")
        return await self._time(request)

    async def _troubles(self, _: Request) -> Json:
        return {"switches": self._switches.tell(), "planned": self._faults.planned}

    async def _switch(self, request: Request) -> Json:
        asked = await read(request)
        if not isinstance(asked.value("on"), bool):
            raise AskedWrongError("on must be true or false")
        turn = self._switches.turn_on if asked.flag("on") else self._switches.turn_off
        try:
            turn(asked.text("id"))
        except LookupError as wrong:
            raise AskedWrongError(f"there is no switch {asked.text('id')}") from wrong
        return await self._troubles(request)

    async def _plan(self, request: Request) -> Json:
        self._faults.add(_fault(await read(request)))
        return {"planned": self._faults.planned}

    async def _clear(self, _: Request) -> Json:
        self._switches.all_off()
        self._faults.clear()
        return {"planned": 0}

    async def _stories(self, _: Request) -> Json:
        return self._player.tell()

    async def _play(self, request: Request) -> Json:
        story = (await read(request)).text("id")
        try:
            self._player.start(story)
        except LookupError as wrong:
            raise AskedWrongError(f"there is no story {story}") from wrong
        return self._player.tell()

    async def _stop(self, _: Request) -> Json:
        await self._player.stop()
        return self._player.tell()


def _step(asked: Asked) -> float:
    seconds = asked.seconds("forward", 0.0)
    if not 0 < seconds <= LONGEST_STEP:
        raise AskedWrongError(f"forward must be a number of seconds between 0 and {LONGEST_STEP:.0f}")
    return seconds


def _fault(asked: Asked) -> Fault:
    kinds: tuple[Kind, ...] = get_args(Kind)
    kind = next((kind for kind in kinds if kind == asked.value("kind")), None)
    if kind is None:
        raise AskedWrongError(f"kind must be one of {', '.join(kinds)}")
    return Fault(
        asked.text("service"),
        asked.text("method"),
        kind,
        times=asked.number("times", 1),
        skip=asked.number("skip", 0),
        retry_after=asked.seconds("retry_after", 1.0),
        hang=asked.seconds("hang", 30.0),
    )
