"""Which role each listener needs: THE table. A name that stands nowhere in it is refused, and a test finds it."""

from bot.slack.heard import Heard
from domain.desk.eyes import CONFIRM
from domain.desk.roles import Role, needed, needed_for_form
from domain.desk.verbs import VERBS, Verb

COMMAND = "/port"
ASK_TO_SEE = "wish.reveal"  # the action id of the button that asks for a link to a request's secrets

_PLACES = {
    "app_home_opened": Role.VIEWER,
    "home.show": Role.VIEWER,
    "book.show": Role.VIEWER,
    "book.history": Role.VIEWER,
    "book.correct": Role.AGENT,
    "book.undo": Role.AGENT,
    CONFIRM: Role.AGENT,  # and the role that the act itself needs, by policy
    ASK_TO_SEE: Role.AGENT,  # and likewise
}


def role_needed(heard: Heard) -> Role | None:
    """Return the least role for what a person did: typed, pressed or handed in; None: there is no rule for it."""
    if heard.name == COMMAND:
        return _for_words(heard.text)
    kind, _, name = heard.name.partition(".")
    verb = VERBS.get(name)
    if verb is not None and kind == "verb":
        return verb.role
    if verb is not None and kind == "form":
        return needed_for_form(verb.name, verb.role)
    return _PLACES.get(heard.name)


def _for_words(text: str) -> Role:
    """Return the role for a command; words that are no verb are answered with what there is."""
    word, _, rest = text.strip().partition(" ")
    verb = _verb_of(word.lower())
    return needed(verb.name, verb.role, rest) if verb is not None else Role.VIEWER


def _verb_of(word: str) -> Verb | None:
    """Return the verb of a word, or of its short form."""
    return VERBS.get(word) or next((verb for verb in VERBS.values() if word in verb.short), None)
