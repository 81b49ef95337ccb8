"""Which role each listener needs: THE table. A name that stands nowhere in it is refused, and a test finds it."""

from bot.slack.attaching import ATTACH
from bot.slack.cards import MENU, REVEAL
from bot.slack.heard import Heard
from bot.slack.inputs import INPUT, LOOK
from domain.desk.eyes import CONFIRM
from domain.desk.home import SECTIONS
from domain.desk.risks import SURE as RISK_SURE
from domain.desk.roles import Role, needed, needed_for_form
from domain.desk.verbs import VERBS, verb_of

COMMAND = "/port"
RUN, DO, PICK, SURE = (f"many.{way}" for way in ("run", "do", "pick", "sure"))
MANY = (RUN, DO, PICK, SURE)  # buttons and forms that carry a command, behind a token; the role is that of its verb
ASK_TO_SEE = "wish.reveal"  # the action id of the button that asks for a link to a request's secrets

HOME = (  # what is pressed, or handed in, at one's own Home
    *(f"section.{section}" for section in SECTIONS),
    *(f"home.{name}" for name in ("show", "close", "back", "next", "search", "refresh", "preferences")),
)
FIND = tuple(f"find.{name}" for name in ("show", "next", "back", "filter"))  # pressed in what was found
OVERHEARD = ("message", "app_mention")  # events of what people write among themselves, of which nothing is taken
NEW_REQUEST = "new_request"  # the global shortcut; the manifest names it
_PLACES = {
    NEW_REQUEST: Role.AGENT,
    **dict.fromkeys(OVERHEARD, Role.VIEWER),
    "write.saved": Role.AGENT,
    "write.send": Role.AGENT,
    "caller.link": Role.AGENT,
    "papers.open": Role.AGENT,  # and the role that the policy asks for secrets
    "app_home_opened": Role.VIEWER,
    **dict.fromkeys(HOME, Role.VIEWER),
    "home.new": Role.AGENT,
    ATTACH: Role.AGENT,
    "link_shared": Role.VIEWER,
    **dict.fromkeys(FIND, Role.VIEWER),
    "stuck.again": Role.AGENT,
    "stuck.drop": Role.AGENT,
    "book.show": Role.VIEWER,
    "book.history": Role.VIEWER,
    "book.correct": Role.AGENT,
    "book.undo": Role.AGENT,
    RISK_SURE: Role.AGENT,  # and the role that the verb itself needs, once it is done
    LOOK: Role.AGENT,
    INPUT: Role.AGENT,
    CONFIRM: Role.AGENT,  # and the role that the act itself needs, by policy
    ASK_TO_SEE: Role.AGENT,  # and likewise
}


def role_needed(heard: Heard) -> Role | None:
    """Return the least role for what a person did: typed, pressed or handed in; None: there is no rule for it."""
    if heard.name == COMMAND:
        return _for_words(heard.text)
    if heard.name in MANY:
        return _for_words(heard.text.partition(" ")[2])
    if heard.name == MENU:  # the role is that of the verb chosen there
        word = heard.text.partition(" ")[0]
        if word == REVEAL:
            return _PLACES[ASK_TO_SEE]
        return VERBS[word].role if word in VERBS else Role.VIEWER  # who chose what is gone is told so
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
    verb = verb_of(word)
    return needed(verb.name, verb.role, rest) if verb is not None else Role.VIEWER
