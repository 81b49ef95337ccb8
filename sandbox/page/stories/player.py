"""Plays one story at a time, at a pace that people can follow, and says what happens."""

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.page.stories.play import FIRST_CHAT, NoWayError, Play, World
from sandbox.page.stories.script import AT_ONCE, Rule, Scene, Sight, Story, story_of

Json = dict[str, Any]

LONGEST_QUOTE = 160  # characters of what was shown last, in the sentence about a story that is stuck


@dataclass(frozen=True, slots=True)
class Tempo:
    """Seconds: `step` before each act, `calm` without a new message until what is shown is read, `patience` in all."""

    step: float = 0.8
    calm: float = 0.4
    patience: float = 20.0
    look: float = 0.05


@dataclass(slots=True)
class Playing:
    """How far a play has come: `step` of the story's rules are behind it."""

    story: Story
    play: Play
    step: int = 0
    saying: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """How the last play ended: done, stopped or stuck, and why."""

    id: str
    chat: int
    ended: str
    why: str = ""


class Player:
    """Plays the stories that there are; `changed` is called after each act."""

    def __init__(self, world: World, stories: Sequence[Story], tempo: Tempo | None = None) -> None:
        self._world = world
        self._stories = stories
        self._tempo = tempo or Tempo()
        self._playing: Playing | None = None
        self._last: Ended | None = None
        self._task: asyncio.Task[None] | None = None
        self.changed: Callable[[], None] = _unheard

    def start(self, story_id: str) -> None:
        """Begin a story. Raises: LookupError, there is none of that name; ValueError, another one is playing."""
        story = story_of(self._stories, story_id)
        if story is None:
            raise LookupError(story_id)
        if self._playing:
            raise ValueError("another story is playing; stop it first")
        play = Play(self._world, self._fresh_chat(), story.name, story.bill)
        self._playing = Playing(story, play)
        self._task = asyncio.create_task(self._run(self._playing))

    async def stop(self) -> None:
        """End the story that plays, if one does."""
        if self._task and not self._task.done():
            self._task.cancel()
            await asyncio.wait([self._task])

    async def over(self) -> None:
        """Wait until no story plays."""
        if self._task:
            await asyncio.wait([self._task])

    def tell(self) -> Json:
        """Return what there is to play, what plays, and how the last play ended."""
        return {
            "stories": [{"id": story.id, "label": story.label} for story in self._stories],
            "playing": self._playing and _told(self._playing),
            "last": self._last and _ended(self._last),
        }

    def _fresh_chat(self) -> int:
        used = [number for number in self._world.telegram.state.chats if number >= FIRST_CHAT]
        return max(used, default=FIRST_CHAT - 1) + 1

    async def _run(self, playing: Playing) -> None:
        ended, why = "stopped", ""
        try:
            for scene in playing.story.scenes:
                await self._scene(playing, scene)
            ended = "done"
        except NoWayError as stuck:
            sentence = str(stuck)
            ended, why = "stuck", f"{sentence[:1].upper()}{sentence[1:]}."
        finally:
            for switch in playing.play.switched:
                self._world.switches.turn_off(switch)
            self._last = Ended(playing.story.id, playing.play.chat, ended, why)
            self._playing = None
            self.changed()

    async def _scene(self, playing: Playing, scene: Scene) -> None:
        begun_at = playing.step
        used = Counter[int]()
        while (number := await self._next(playing.play, scene, used)) is not None:
            rule = scene.rules[number]
            playing.saying = playing.play.fill(rule.saying)
            await asyncio.sleep(self._tempo.step)
            await rule.act.do(playing.play)
            self.changed()
            used[number] += 1
            playing.step = begun_at + len(used)
        playing.step = begun_at + len(scene.rules)

    async def _next(self, play: Play, scene: Scene, used: Counter[int]) -> int | None:
        """Wait for something that a rule answers, and return the rule's place; None: the scene is over.

        Raises: NoWayError, when nothing of the kind comes in time.
        """
        watch = _Watch(play, self._tempo)
        while True:
            left = [(n, rule) for n, rule in enumerate(scene.rules) if used[n] < rule.times]
            if not (left or scene.until):
                return None
            if watch.is_calm():
                if scene.until and is_shown(play, scene.until):
                    return None
                number = _fitting(play, left)
                if number is not None:
                    return number
            if watch.is_late():
                raise NoWayError(_missed(play, self._tempo.patience))
            await asyncio.sleep(self._tempo.look)


class _Watch:
    """Tells when the chat has been still for a moment, and when that took too long."""

    def __init__(self, play: Play, tempo: Tempo) -> None:
        self._play = play
        self._tempo = tempo
        self._time = asyncio.get_running_loop().time
        self._begun = self._changed = self._time()
        self._sign = play.sign()

    def is_calm(self) -> bool:
        sign, now = self._play.sign(), self._time()
        if sign != self._sign:
            self._sign, self._changed = sign, now
        return now - self._changed >= self._tempo.calm

    def is_late(self) -> bool:
        return self._time() - self._begun > self._tempo.patience


def is_shown(play: Play, sight: Sight) -> bool:
    """Tell whether something is shown at this moment."""
    wanted = re.compile(sight.pattern, re.IGNORECASE | re.DOTALL)
    return any(wanted.search(text) for text in play.look(sight.place))


def _fitting(play: Play, rules: list[tuple[int, Rule]]) -> int | None:
    """Return the place of the first rule that fits; the newest message counts before older ones."""
    for text in play.news():
        for number, rule in rules:
            if rule.seen.place == "chat" and re.search(rule.seen.pattern, text, re.IGNORECASE | re.DOTALL):
                return number
    elsewhere = ((number, rule) for number, rule in rules if rule.seen.place != "chat")
    return next((number for number, rule in elsewhere if rule.seen == AT_ONCE or is_shown(play, rule.seen)), None)


def _missed(play: Play, patience: float) -> str:
    shown = " ".join(next(iter(play.news()), "nothing new").split())
    quote = shown if len(shown) <= LONGEST_QUOTE else f"{shown[:LONGEST_QUOTE]}…"
    return f"in {patience:.0f} seconds nothing came that it knows how to go on from; the customer last read “{quote}”"


def _told(playing: Playing) -> Json:
    play = playing.play
    return {
        "id": playing.story.id,
        "chat": play.chat,
        "name": play.name,
        "user": play.user,
        "step": playing.step,
        "of": playing.story.length,
        "saying": playing.saying,
    }


def _ended(last: Ended) -> Json:
    return {"id": last.id, "chat": last.chat, "ended": last.ended, "why": last.why}


def _unheard() -> None:
    """Need nobody to be told of changes."""
