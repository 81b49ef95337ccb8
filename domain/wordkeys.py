"""How a parameter of a message names another sentence; `bot.wording` reads it.

The marks are control characters that no reader lets through, so that nobody's own words can be taken for a key.
"""

KEY = "\x1d"  # before a wording key
FIELD = "\x1f"  # between a nested sentence and its own values `name=value`
ITEM = "\x1c"  # between nested sentences without values of their own that stand in one line, with commas
LINE = "\x1e"  # between nested sentences that stand in lines of their own

MARKS = str.maketrans("", "", KEY + FIELD + ITEM + LINE)  # takes the marks out of what people send


def nested(key: str, **params: str) -> str:
    """Return a parameter that is a sentence itself, with values of its own; several are joined by `LINE`."""
    if not params:
        return f"{KEY}{key}"
    return FIELD.join((f"{KEY}{key}", *[f"{name}={value}" for name, value in params.items()]))
