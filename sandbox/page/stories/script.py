"""What a story is made of: scenes, each with rules that say what is done when something is shown, in any order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from sandbox.page.stories.play import Play

Place = Literal["chat", "card", "thread", "whisper", "form", "anywhere"]


class Act(Protocol):
    """Something that a person does, or that happens to both of them."""

    async def do(self, play: Play) -> None:
        """Do it. Raises: NoWayError, when there is no way to."""
        ...


@dataclass(frozen=True, slots=True)
class Sight:
    """Something shown: `pattern` (a regular expression, upper and lower case alike) found in one text at `place`.

    In the chat these are the bot's messages since the customer did something last, each with its buttons as
    `[label]`; the card and the form are one text each; of the thread and of what only this person sees, every post.
    `anywhere` with an empty pattern is seen at once.
    """

    place: Place
    pattern: str


AT_ONCE = Sight("anywhere", "")


@dataclass(frozen=True, slots=True)
class Rule:
    """When `seen` is shown, `saying` is told to those who watch, and `act` is done; as often as `times`."""

    seen: Sight
    saying: str
    act: Act
    times: int = 1


@dataclass(frozen=True, slots=True)
class Scene:
    """Rules in the order in which they are tried. Over when `until` is shown; without it, when each was used."""

    rules: tuple[Rule, ...]
    until: Sight | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """Scenes one after the other. `name` is the customer's; `values` fill the places `{…}` in what is written."""

    id: str
    label: str
    name: str
    scenes: tuple[Scene, ...]
    bill: tuple[str, ...] = ()  # the lines of the customer's bill

    @property
    def length(self) -> int:
        """How many rules there are in all."""
        return sum(len(scene.rules) for scene in self.scenes)


def then(*rules: Rule) -> tuple[Scene, ...]:
    """Return scenes that use rules one after the other."""
    return tuple(Scene((rule,)) for rule in rules)


def told(pattern: str) -> Sight:
    """Return what is seen when the bot writes something."""
    return Sight("chat", pattern)


def on_card(pattern: str) -> Sight:
    """Return what is seen when the request's card says something."""
    return Sight("card", pattern)


def story_of(stories: Sequence[Story], story_id: str) -> Story | None:
    """Look a story up."""
    return next((story for story in stories if story.id == story_id), None)
