"""A button as the domain knows it."""

from domain.values import Value, field


class Choice(Value, frozen=True):
    """A button: `code` comes back when it is pressed, `label` is a wording key with its own parameters."""

    code: str
    label: str
    params: dict[str, str] = field(default_factory=dict)
