"""Answers as staff name them: by what a card calls them, its beginning or a word of it, beside their ids."""

from bot.wording import say
from domain.intake.questions import BY_ID
from domain.text import clean

_LEAST = 4  # letters of a word that stands for a whole label


def with_ids_of_answers(argument: str) -> str:
    """Return an argument with the ids of the answers that stand before its colon, between commas."""
    names, colon, rest = argument.partition(":")
    if not colon:
        return argument
    return f"{','.join(_id_of(name.strip()) for name in names.split(','))}{colon}{rest}"


def _id_of(said: str) -> str:
    """Return the id of the one answer that is meant; what names none, or several, stays as it is written."""
    wanted = said.lower()
    if not wanted or any(known.startswith(wanted) for known in BY_ID):
        return said
    labels = {question: say(f"staff.answer.{question}", {}, "en", clean).lower() for question in BY_ID}
    begun = [question for question, label in labels.items() if label.startswith(wanted)]
    found = begun or [question for question, label in labels.items() if _has_word(label, wanted)]
    return found[0] if len(found) == 1 else said


def _has_word(label: str, wanted: str) -> bool:
    """Tell whether a word begins one of a label's, or that one it: `rings` is meant for `Calls ring at`."""
    words = [word for word in label.split() if len(word) >= _LEAST]
    return len(wanted) >= _LEAST and any(word.startswith(wanted) or wanted.startswith(word) for word in words)
