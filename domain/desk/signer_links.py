"""The link by which a letter is signed away from its request's chat: what it knows, how it is made, given, ended.

It is bound to the facts that the letter stated when it was made, and kept beside the answers; its tokens are made when
they are sent. The newest link of a request ends the one before.
"""

import re
from datetime import UTC, datetime, timedelta

from domain.companies import short_name
from domain.desk import approving
from domain.desk.asking import name_of
from domain.desk.on_paper import facts_now as facts_now
from domain.desk.state import Due
from domain.desk.told import EDITED, is_told
from domain.desk.turn import Rows, Turn
from domain.intake.about import is_someone_elses, signer_called, signer_name
from domain.intake.choices import Choice
from domain.intake.questions import next_question
from domain.intake.repairs import REPAIR
from domain.orders.model import Case
from domain.orders.phases import PAPERS, is_ended
from domain.papers.authorization import facts_digest
from domain.policy import Policy
from domain.readers.names import is_plain
from domain.values import Value, replace
from domain.wordkeys import nested

SIGNING = "signing"  # beside the answers: the newest link; among a message's values: which link it holds
RULE = "signing"  # due: the link is over
LEAVE = "signing_left"  # due: the chat behind the colon has no more to do with the link
LASTS = timedelta(hours=72)
MOST_TRIES, MOST_NUDGES = 5, 3
MOST_MAILED = 5  # e-mails with links of one request: nobody can have us write to somebody for ever
OTHER, OWN = "other", "own"  # who signs: somebody else, or on a page whoever owns the request
MAY_COME = (*PAPERS, "staff_review", "changes_requested", "rejected", "needs_attention")
"""Where a request is when somebody else's signature is awaited."""

SIGNS = ("consent", "signature")  # questions that are left when a letter can be signed
_OPEN = ("waiting", "opened")
_UNTIL_ASKED = ("revoked", "expired", "locked")  # ends after which a new link is made only if somebody wants one
_LONGEST_BUTTON = 30  # characters of a name in a button
_LIKE_AN_ADDRESS = re.compile(r"\.\w\w")  # what programs for mail make a link of
_WHOSE = Choice("sg.whose", "button.signer.whose")


NEW, OFF = "new", "off"  # what staff can have done to a link
STAFF: Rows = (
    (Choice("link", "staff.button.link", {"argument": NEW}),),  # rows: Slack takes an action once in each
    (Choice("link", "staff.button.link_off", {"argument": OFF}),),
)
"""Staff's buttons under what is told in the thread of a link that is open."""


class SignerLink(Value, frozen=True):
    """A link: whose letter (`whose`), the facts it is bound to, until when it holds, who asks, and what came of it.

    `to`: the e-mail address that it was made for. `state`: waiting, opened, or how it ended. `chat`: the one that
    confirmed who they are, `step` how far it is.
    """

    id: int
    whose: str
    facts: str
    until: datetime
    asker: str
    to: str
    state: str = "waiting"
    chat: int = 0
    step: str = ""
    tries: int = 0
    nudges: int = 0
    mails: int = 0  # e-mails with it, and with those of its request before it
    paper: int = 0  # 1: its signer wants to sign on paper, and both sides were told
    copy_tries: int = 0  # wrong digits of who wants the copy, once it is signed
    mailed: int = 0  # 1: an e-mail with it is known to have gone out
    opened: int = 0  # seconds since 1970 at which it was opened first

    @property
    def is_open(self) -> bool:
        """Tell whether it can still be signed by."""
        return self.state in _OPEN


def link_of(case: Case) -> SignerLink | None:
    """Return the newest link of a request; None where none was made."""
    given = case.answers.get(SIGNING)
    if given is None:
        return None
    number, whose, facts, until, asker, to, state, chat, step, *counts = given.value
    head = (int(number), whose, facts, datetime.fromisoformat(until), asker, to, state)
    return SignerLink(*head, int(chat), step, *map(int, counts))


def keep_link(turn: Turn, link: SignerLink) -> None:
    """Keep a link in place of what it was."""
    head = (str(link.id), link.whose, link.facts, link.until.isoformat(), link.asker, link.to, link.state)
    counts = (link.tries, link.nudges, link.mails, link.paper, link.copy_tries, link.mailed, link.opened)
    turn.jot(SIGNING, (*head, str(link.chat), link.step, *map(str, counts)))


def opened_at(link: SignerLink) -> datetime:
    """Return when a link was opened first."""
    return datetime.fromtimestamp(link.opened, UTC)


def is_missing(case: Case) -> bool:
    """Tell whether somebody else is to sign what the request says now, and it is time for that."""
    return is_someone_elses(case) and case.answer("signature") is None and case.phase in MAY_COME


def why_not(case: Case, link: SignerLink | None, link_id: int, now: datetime) -> str:
    """Return why a link opens nothing; empty if it can be signed by."""
    if link is None or link.id != link_id:
        return "replaced"
    if not link.is_open:
        return "used" if link.state == "signed" else link.state
    if link.facts != facts_now(case):
        return "changed"
    if now >= link.until:
        return "expired"
    is_awaited = is_missing(case) if link.whose == OTHER else _is_own_awaited(case)
    return "" if is_awaited else "over"


def _is_own_awaited(case: Case) -> bool:
    """Tell whether the owner is to sign by now; of a draft, only once all that comes before is answered and checked."""
    is_theirs = case.answer("authority") is not None and not is_someone_elses(case)
    if not is_theirs or case.answer("signature") is not None or is_ended(case.phase):
        return False
    question = next_question(case)
    return case.phase != "intake" or (question is not None and question.id in SIGNS)


# made and passed on


def make(turn: Turn, whose: str = OTHER) -> None:
    """Make a link, which ends the one before, and give it to the chat of the request."""
    case, now = turn.the_case(), turn.moment.now
    before = link_of(case)
    asker = _asker(turn) or (before.asker if before is not None else "")
    head = (turn.moment.new_id(), whose, facts_digest(case), now + LASTS, asker, _email(case))
    link = SignerLink(*head, mails=before.mails if before is not None else 0)
    keep_link(turn, link)
    turn.set_due(RULE, case.request.id, link.id, link.until)
    turn.note("signer_asked", detail=whose)
    hand_out(turn, link)


def _email(case: Case) -> str:
    """Return the address at which whoever signs has mail; empty while unknown."""
    given = case.answers.get("signer")
    return given.value[1] if given is not None and len(given.value) > 1 else ""


def _asker(turn: Turn) -> str:
    """Return the first name of who asks for the signature, as far as it is known; empty: it is not."""
    company = approving.company_of(turn)
    member = company.member(turn.chat.id) if company is not None else None
    return short_name(turn.by) or (member.name if member is not None else "")


def hand_out(turn: Turn, link: SignerLink) -> None:
    """Owe the messages that hold a link; its token is made as each is sent. E-mails with it are counted."""
    params = params_of(turn, link)
    held = {**params, SIGNING: f"{turn.the_case().request.id}.{link.id}.{link.until.isoformat()}"}
    if link.whose == OWN:
        turn.say("signer.own_page", held)
        return
    is_mailed = turn.policy.mails and link.mails < MOST_MAILED and _email(turn.the_case()) != ""
    turn.say("signer.forward+signer.mailed" if is_mailed else "signer.forward", params, waiting_rows(turn))
    turn.say("signer.link_page" if turn.policy.pages else "signer.link", held)
    if is_mailed:
        keep_link(turn, replace(link, mails=link.mails + 1))
        named = held if not _LIKE_AN_ADDRESS.search(held["signer"]) else held | {"signer": nested("signer.nameless")}
        turn.mail_signer("mail.sign_page" if turn.policy.pages else "mail.sign", named)


def is_mailed_to(case: Case) -> bool:
    """Tell whether whoever else signs has an address for mail."""
    return is_someone_elses(case) and _email(case) != ""


def params_of(turn: Turn, link: SignerLink) -> dict[str, str]:
    """Return what sentences about a link say."""
    return params_for(turn.the_case(), link)


def params_for(case: Case, link: SignerLink) -> dict[str, str]:
    """Return what sentences about a link of a case say; whoever has no name is called by what they do.

    Who asks is called as they call themselves in Telegram, where that is a name: strangers read it in our own mail.
    """
    given, ref = case.answers.get("signer"), case.request.ref
    return {
        "ref": name_of(case.request),
        "signer": signer_name(case) or (given.value[0] if given is not None else "") or signer_called(case),
        "asker": link.asker if is_plain(link.asker) else nested("signer.somebody", ref=ref),
        "email": _email(case) or "—",
        "whose": link.whose,
        "hours": str(int(LASTS.total_seconds() // 3600)),
    }


def waiting_rows(turn: Turn) -> Rows:
    """Return the buttons of a request that waits for somebody else's signature by a link."""
    form = {"form": f"{turn.the_case().request.id}.0"}
    again, revoke = (Choice(f"sg.{act}", f"button.signer.{act}", form) for act in ("again", "revoke"))
    return ((again, revoke), (replace(_WHOSE, params=form),))


def ended_rows(turn: Turn) -> Rows:
    """Return the buttons of one whose link is over."""
    form = {"form": f"{turn.the_case().request.id}.0"}
    return ((Choice("sg.new", "button.signer.new", form),), (replace(_WHOSE, params=form),))


def may_ask_same(case: Case) -> bool:
    """Tell whether who declined, or was somebody else, can be asked once more: nobody else was named since."""
    link, whose, signer = link_of(case), case.answers.get("authority"), case.answers.get("signer")
    is_left = link is not None and (link.whose, link.state) in ((OTHER, "declined"), (OTHER, "not_me"))
    is_named = whose is not None and whose.value == ("someone_else",) and signer is not None and signer.value[0] != ""
    return is_left and is_named and case.answer("signature") is None and case.phase in MAY_COME


def same_rows(turn: Turn) -> Rows:
    """Return the button that asks the same signer once more, where that can be."""
    case = turn.the_case()
    if not may_ask_same(case):
        return ()
    params = {"form": f"{case.request.id}.0", "signer": case.answers["signer"].value[0][:_LONGEST_BUTTON]}
    return ((Choice("sg.same", "button.signer.same", params),),)


def rows_of(turn: Turn) -> Rows:
    """Return what a customer can do about somebody else's signature, where it is awaited."""
    link = link_of(turn.the_case())
    if not is_missing(turn.the_case()):
        return same_rows(turn)
    return waiting_rows(turn) if link is not None and link.is_open and link.whose == OTHER else ended_rows(turn)


def not_mailed(turn: Turn) -> None:
    """Tell both sides that the e-mail with a link can never arrive; the link that was passed on works as it did."""
    link = link_of(turn.the_case())
    if link is not None and link.is_open:
        tell(turn, link, "not_mailed")


# ended


def end(turn: Turn, link: SignerLink, state: str, why: str = "") -> None:
    """Let a link open nothing any more; `why`: the reason of who declined."""
    keep_link(turn, replace(link, state=state))
    turn.end_due(RULE, turn.the_case().request.id)
    turn.note(f"signer_{state}", detail=why)


def tell(turn: Turn, link: SignerLink, what: str, rows: Rows = ()) -> None:
    """Tell both sides what came of a link: the chat of the request, and the desk in its thread."""
    params = params_of(turn, link)
    turn.say(f"signer.{what}", params, rows, paced=True)
    turn.post(f"thread.signer_{what}", params, buttons=STAFF if link.is_open else ())


def tell_desk(turn: Turn) -> None:
    """Tell staff of a new request whose letter somebody else has to sign."""
    case = turn.the_case()
    turn.post("thread.new_unsigned", {"ref": case.request.ref, "signer": signer_called(case)}, buttons=STAFF)


def tell_chat(turn: Turn, link: SignerLink, why: str) -> None:
    """Tell the chat that was about to sign why it no longer can; it goes back to what it did before."""
    if link.chat:
        turn.say_to((link.chat, turn.chat.language), f"sign.{why}", params_of(turn, link))
        leave(turn, link.chat, link.id)


def leave(turn: Turn, chat: int, link_id: int) -> None:
    """Let a chat go back to what it did before, by a turn of its own."""
    turn.set_due(f"{LEAVE}:{chat}", turn.the_case().request.id, link_id, turn.moment.now)


def take_back(turn: Turn, link: SignerLink, state: str) -> None:
    """End a link that may be open somewhere, and tell whoever was about to sign by it."""
    end(turn, link, state)
    tell_chat(turn, link, state)


def may_be_replaced(case: Case) -> bool:
    """Tell whether staff can have a new link made: somebody else's signature is awaited by one, open or over."""
    return is_missing(case) and link_of(case) is not None


def follow(turn: Turn) -> None:
    """End a link whose letter changed since; make a new one once nothing is open that the letter states.

    What staff changed is followed once it is told: until then the link opens nothing, and may be good again.
    """
    case = turn.case
    link = link_of(case) if case is not None else None
    if case is None or link is None or link.whose != OTHER or may_be_taken_back(turn):
        return
    if link.is_open and (link.facts != facts_now(case) or not is_someone_elses(case)):
        take_back(turn, link, "changed")
        if is_someone_elses(case):
            tell(turn, link, "changed")
        link = replace(link, state="changed")
    elif link.is_open and link.to != _email(case):  # what went to the wrong address opens nothing
        take_back(turn, link, "replaced")
        link = replace(link, state="replaced")
    is_wanted = is_missing(case) and not link.is_open and link.state not in _UNTIL_ASKED
    if is_wanted and not _is_letter_open(case):
        make(turn)


def may_be_taken_back(turn: Turn) -> bool:
    """Tell whether staff did something a moment ago of which the customer is not told yet."""
    case = turn.the_case()
    return case.phase != "intake" and (EDITED in case.answers or not is_told(case) or _is_to_be_asked(turn, case))


def _is_to_be_asked(turn: Turn, case: Case) -> bool:
    """Tell whether staff want something anew that was not asked yet; what the clock finds so was told elsewhere."""
    question, chat = next_question(case), turn.chat
    given = case.answers.get(question.id) if question is not None else None
    if question is None or given is None or not given.reopened or turn.actor == "clock":
        return False
    return (chat.focus, chat.asked) != (case.request.id, question.id)


def _is_letter_open(case: Case) -> bool:
    """Tell whether something is asked that decides what the letter states."""
    question = next_question(case)
    return not facts_now(case) or (question is not None and (question.signed or question.id == REPAIR))


def expire(turn: Turn, due: Due, _policy: Policy) -> None:
    """End a link whose time is over; both sides hear of one that somebody waits for."""
    case, link = turn.the_case(), link_of(turn.the_case())
    if link is None or link.id != due.version or not link.is_open:
        return
    take_back(turn, link, "expired")
    if link.whose == OTHER and is_missing(case):
        tell(turn, link, "expired", ended_rows(turn))
