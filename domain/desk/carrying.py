"""What was typed, as a button or a form of Slack's may carry it on."""

from domain.errors import Refused
from domain.readers.secrets import gives_secret, mask

MASKED = ("note", "hold")  # verbs whose words are kept masked in any case


def fit_for_a_button(verb: str, argument: str) -> str:
    """Return what was typed as a button carries it: masked, where it would be kept masked."""
    name, colon, words = argument.partition(":")
    if verb == "reject":
        return f"{name}{colon}{mask(words)}"  # a carrier's words may hold a PIN
    return mask(argument) if verb in MASKED else argument


def carriable(verb: str, argument: str) -> str:
    """Return an argument as a button carries it. Raises: Refused, where it gives a secret, which Slack would keep."""
    kept = fit_for_a_button(verb, argument)
    if gives_secret(kept):
        raise Refused("choose.secret")
    return kept
