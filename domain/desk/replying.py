"""What staff write to a customer in their own words: sent at once, so that nothing of it can be taken back."""

from domain.desk.turn import Turn
from domain.errors import Refused
from domain.readers.secrets import names_secret
from domain.text import clean_lines

LONGEST_REPLY = 2000  # characters; with its frame it stays within one Telegram message


def reply(turn: Turn, text: str) -> str:
    """Owe the customer these words, and return them as they are sent.

    Raises Refused for nothing, for too much, for a secret by its name, and while nothing reaches the customer.
    """
    ref = turn.the_case().request.ref
    words = "\n".join(clean_lines(text))
    if not words:
        raise Refused("reply.nothing")
    if turn.chat.blocked:
        raise Refused("reply.blocked", ref=ref)
    if names_secret(words):
        raise Refused("reply.secret", ref=ref)
    if len(words) > LONGEST_REPLY:
        raise Refused("reply.too_long", ref=ref, longest=str(LONGEST_REPLY))
    turn.note("replied", words=words)
    turn.say("reply.text", {"ref": ref, "text": words})
    return words
