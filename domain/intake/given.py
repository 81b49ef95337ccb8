"""What the reading of an answer came to."""

from collections.abc import Callable

from domain.errors import Unreadable
from domain.intake.choices import Choice
from domain.orders.model import Case, Hidden
from domain.text import straight
from domain.values import Value, field

Params = dict[str, str]
Rows = tuple[tuple[Choice, ...], ...]


class Unclear(Value, frozen=True):
    """An answer that needs one more look: a sentence, and the buttons that settle it (None: the question's own).

    `keeps`: what was said beside it and holds already, by question. `flag`: a risk that staff must know of.
    `beside`: buttons, good at any time, that stand under the others.
    """

    key: str
    buttons: Rows | None = ()
    params: Params = field(default_factory=dict)
    keeps: "tuple[tuple[str, Given], ...]" = ()
    flag: str = ""
    beside: Rows = ()


class Given(Value, frozen=True):
    """What an answer came to: fields to keep, or a secret with what of it may be shown.

    `more`: further questions that the same message answers. `lead`: a wording key to stand before what is asked next.
    `then`: what was said of a later question and is not clear yet, for when that one comes next. `beside`: buttons,
    good at any time, that stand under those of what is asked next.
    """

    value: tuple[str, ...]
    secret: Hidden | None = None
    more: "tuple[tuple[str, Given], ...]" = ()
    lead: str = ""
    params: Params = field(default_factory=dict)
    then: tuple[str, Unclear] | None = None
    beside: Rows = ()


Read = Callable[[str, Case], Given | Unclear | Unreadable]

YES = frozenset(
    {"yes", "y", "yeah", "yep", "yup", "sure", "ok", "okay", "correct", "right", "true", "si", "sí", "all of it"}
    | {"👍", "✅", "👌", "✔️"}
)
NO = frozenset({"no", "n", "nope", "nah", "none", "nothing", "not", "no thanks", "no thank you"})


def bare_word(text: str) -> str:
    """Return a short answer without case and punctuation, for comparing with words such as yes and no."""
    return " ".join(straight(text).lower().strip(" .!,").split())


def choice_rows(question: str, *codes: str) -> Rows:
    """Return a button in a row of its own for each code, worded `button.<question>.<code>`."""
    return tuple((Choice(code, f"button.{question}.{code}"),) for code in codes)
