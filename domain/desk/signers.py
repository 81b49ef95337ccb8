"""What somebody does who opened a link to sign a letter: confirms who they are, consents, reads, signs or declines.

Each visit is a turn of the request, whether it comes from a chat or from a page; what is shown next comes back as a
screen. A chat is bound to the link once it has confirmed who it is; a page carries that along, sealed.
"""

from collections.abc import Callable

from domain.desk import letter_seals, mending, signing
from domain.desk.asking import figures, put
from domain.desk.signer_links import (
    MOST_TRIES,
    OTHER,
    OWN,
    SignerLink,
    end,
    ended_rows,
    expire,
    follow,
    keep_link,
    link_of,
    params_of,
    take_back,
    tell,
    why_not,
)
from domain.desk.state import Changes, Due, Moment, Paper, State, Told
from domain.desk.turn import Turn
from domain.errors import Unreadable
from domain.intake.about import carrier_name, moving, show_moving
from domain.intake.given import YES, bare_word
from domain.intake.readings.esign import consent_params
from domain.intake.showing import letter_params
from domain.orders.agreed import agreed_of
from domain.orders.model import Case
from domain.papers.authorization import CONSENT_VERSION, TEXT_VERSION
from domain.papers.evidence import CHAT, EVIDENCE, PAGE, evidence
from domain.papers.letter import How
from domain.policy import Policy
from domain.readers.names import PersonName
from domain.readers.signature import read_signature
from domain.text import ascii_digits
from domain.values import Value, replace
from domain.wordkeys import nested

WHO, CONSENT, LETTER = "who", "consent", "letter"  # screens that ask for something; every other one is the last
CONFIRMED, AGREED = "confirmed", "agreed"  # steps of a visitor
DRAWN = "drawn"  # the kind of paper that a drawn signature is
_ENDING = 4  # digits of a number that its signer has to know
_WHOLE = (10, 11)  # digits of a number that is sent whole
_SCREENS = {"": WHO, CONFIRMED: CONSENT, AGREED: LETTER}


class Visit(Value, frozen=True):
    """One thing that a visitor does. `act`: open, word (a text), agree, drawn, decline, not_me.

    `chat`: 0 for a page, whose `step` is how far it is. `who`: what tells account or device, for the evidence.
    `drawing`: the object's key of what was drawn, `size` its bytes.
    """

    link_id: int
    act: str
    word: str = ""
    chat: int = 0
    step: str = ""
    who: str = ""
    drawing: str = ""
    size: int = 0


class Screen(Value, frozen=True):
    """What a visitor is shown next; `lead`: a wording key to stand before it; `step`: how far they are now."""

    name: str
    params: dict[str, str]
    lead: str = ""
    step: str = ""

    @property
    def is_last(self) -> bool:
        """Tell whether nothing more is asked."""
        return self.name not in _SCREENS.values()


def on_page(state: State, moment: Moment, visit: Visit, policy: Policy) -> Changes:
    """Decide what a visitor of a page does; what it shows next is told."""
    turn = Turn(state, moment, "signer", policy)
    screen = receive(turn, visit)
    follow(turn)
    letter_seals.follow(turn)
    turn.told = Told(screen.name, {**screen.params, "lead": screen.lead, "step": screen.step})
    return turn.changes()


def receive(turn: Turn, visit: Visit) -> Screen:
    """Do what a visitor wants, if the link still lets them."""
    case = turn.the_case()
    link = link_of(case)
    why = why_not(case, link, visit.link_id, turn.moment.now)
    if link is None or why:
        return _closed(turn, link, why)
    if visit.chat and (link.whose == OWN or visit.chat == case.request.chat_id):
        return Screen("own_chat", params_of(turn, link))
    if visit.chat and link.chat not in (0, visit.chat):
        return Screen("taken", params_of(turn, link))
    link = _opened(turn, link)
    step = visit.step if not visit.chat else link.step
    done = _ACTS.get((step, visit.act)) or _ANY_STEP.get(visit.act, _look)
    return done(turn, link, replace(visit, step=step))


def _closed(turn: Turn, link: SignerLink | None, why: str) -> Screen:
    """Say why a link opens nothing; both sides hear of one that ends by this."""
    ref = {"ref": turn.the_case().request.ref}
    if link is not None and link.is_open and why == "changed" and link.whose == OTHER:
        end(turn, link, "changed")
        tell(turn, link, "changed")
    if link is not None and link.is_open and why == "expired":
        expire(turn, Due(0, "", 0, link.id, turn.moment.now), turn.policy)
    return Screen(why, params_of(turn, link) if link is not None else ref)


def _opened(turn: Turn, link: SignerLink) -> SignerLink:
    """Note that a link was opened; both sides hear of the first time that somebody else does."""
    if link.state != "waiting":
        return link
    link = replace(link, state="opened")
    keep_link(turn, link)
    turn.note("signer_opened")
    if link.whose == OTHER:
        tell(turn, link, "opened")
    return link


def _look(turn: Turn, link: SignerLink, visit: Visit) -> Screen:
    """Show what is asked at a step."""
    return _shown(turn, link, visit.step)


def _shown(turn: Turn, link: SignerLink, step: str, lead: str = "", **more: str) -> Screen:
    """Return the screen of a step, with no more of the request than that step needs."""
    case, params = turn.the_case(), params_of(turn, link)
    if step == CONFIRMED:
        params |= consent_params(case) | {"carrier": carrier_name(case), "number": show_moving(case)}
    elif step == AGREED:
        params |= letter_params(case) | figures(turn.policy, case)
    return Screen(_SCREENS[step], {**params, **more}, lead, step)


def _confirm(turn: Turn, link: SignerLink, visit: Visit) -> Screen:
    """Compare the last four digits of the number; a wrong try counts."""
    digits = "".join(c for c in ascii_digits(visit.word) if c.isdigit())
    if len(digits) not in (_ENDING, *_WHOLE):
        return _shown(turn, link, "", "sign.four")
    if not any(number.endswith(digits) for number in _known(turn.the_case())):
        return _wrong(turn, link, "", Unreadable("sign.digits_differ"))
    return _go(turn, link, visit, CONFIRMED)


def _known(case: Case) -> tuple[str, ...]:
    """Return the numbers of which one has to be known; of a list that is too long for the case, its first."""
    return moving(case)[:1] if agreed_of(case) is not None else moving(case)


def _wrong(turn: Turn, link: SignerLink, step: str, why: Unreadable) -> Screen:
    """Count a wrong try; after the last one the link is locked, and both sides hear of it."""
    link = replace(link, tries=link.tries + 1)
    if link.tries >= MOST_TRIES:
        end(turn, link, "locked")
        tell(turn, link, "locked", ended_rows(turn))
        return Screen("locked", params_of(turn, link))
    keep_link(turn, link)
    return _shown(turn, link, step, f"{why.code}+sign.left", **why.params, left=str(MOST_TRIES - link.tries))


def _go(turn: Turn, link: SignerLink, visit: Visit, step: str) -> Screen:
    """Note how far a visitor is; a chat that confirmed who it is has the link for itself."""
    if visit.chat:
        link = replace(link, chat=visit.chat, step=step)
        keep_link(turn, link)
    turn.note(f"signer_{step}", detail=CONSENT_VERSION if step == AGREED else "")
    return _shown(turn, link, step)


def _agree(turn: Turn, link: SignerLink, visit: Visit) -> Screen:
    return _go(turn, link, visit, AGREED)


def _agree_typed(turn: Turn, link: SignerLink, visit: Visit) -> Screen:
    """Take a plain yes for the press."""
    is_yes = bare_word(visit.word) in (*YES, "i agree", "agree")
    return _go(turn, link, visit, AGREED) if is_yes else _shown(turn, link, visit.step, "esign.press")


def _type(turn: Turn, link: SignerLink, visit: Visit) -> Screen:
    """Take a typed name as the signature; one that is another's counts as a wrong try."""
    first, _, last = params_of(turn, link)["signer"].partition(" ")
    found = read_signature(visit.word, PersonName(first, last))
    if isinstance(found, Unreadable):
        return _wrong(turn, link, visit.step, found)
    return _sign(turn, link, visit, found.typed, "typed")


def _draw(turn: Turn, link: SignerLink, visit: Visit) -> Screen:
    """Take what was drawn as the signature of the one whom the letter names."""
    head = (turn.moment.new_id(), turn.the_case().request.id, DRAWN, "kept", "", "drawn.png", "image/png")
    turn.put_paper(Paper(*head, visit.size, 0, turn.moment.now, object_key=visit.drawing))
    return _sign(turn, link, visit, params_of(turn, link)["signer"], "drawn")


def _sign(turn: Turn, link: SignerLink, visit: Visit, name: str, how: How) -> Screen:
    params = params_of(turn, link)
    turn.answer("signature", (name, TEXT_VERSION, link.facts))
    turn.jot(EVIDENCE, evidence(how, CONSENT_VERSION, CHAT if visit.chat else PAGE, visit.who))
    end(turn, link, "signed")
    was_intake = turn.the_case().phase == "intake"
    signing.signed(turn)
    mending.finish(turn)
    if link.whose == OTHER:
        tell(turn, link, "signed")
    else:
        put(turn, "signed.with_desk" if was_intake else "signer.own_signed", params)
    return Screen("signed", {**params, "copy": _copy(turn, visit, params)})


def _copy(turn: Turn, visit: Visit, params: dict[str, str]) -> str:
    """Return how a signer comes by a copy of the sealed letter: where they are, by e-mail, or from whoever asks."""
    if visit.chat:
        return nested("sign.copy.here")
    given = turn.the_case().answers.get("signer")
    is_mailed = turn.policy.mails and given is not None and bool(given.value[1:] and given.value[1])
    return nested("sign.copy.mailed") if is_mailed else nested("sign.copy.asked", asker=params["asker"])


def _leave_it(turn: Turn, link: SignerLink, visit: Visit) -> Screen:
    """End a link that nobody signs by: declined, or opened by the wrong person; whose account it is is asked again."""
    what = "declined" if visit.act == "decline" else "not_me"
    params = params_of(turn, link)
    end(turn, link, what)
    ask_whose(turn, f"signer.{what}", params)
    turn.post(f"thread.signer_{what}", params)
    return Screen(what, params)


def signed_here(turn: Turn) -> None:
    """Keep the evidence of a name typed in the request's own chat, and go on with what is signed."""
    consent = turn.the_case().answers["consent"].value[0]
    turn.jot(EVIDENCE, evidence("typed", consent, CHAT, f"telegram:{turn.chat.id}"))
    link = link_of(turn.the_case())
    if link is not None and link.is_open:
        end(turn, link, "signed")
    signing.signed(turn)


def ask_whose(turn: Turn, lead: str, params: dict[str, str]) -> None:
    """Ask again whose account it is, and who has to sign if it is somebody else's."""
    turn.want("authority")
    if "signer" in turn.the_case().answers:
        turn.want("signer")
    put(turn, lead, params)


def change_whose(turn: Turn, link: SignerLink | None) -> None:
    """Have asked whose account it is, as its customer wants; the link is over."""
    if link is not None and link.is_open:
        take_back(turn, link, "revoked")
    ask_whose(turn, "change.now", {})


_Act = Callable[[Turn, SignerLink, Visit], Screen]
_ACTS: dict[tuple[str, str], _Act] = {
    ("", "word"): _confirm,
    (CONFIRMED, "word"): _agree_typed,
    (CONFIRMED, "agree"): _agree,
    (AGREED, "word"): _type,
    (AGREED, "drawn"): _draw,
}
_ANY_STEP: dict[str, _Act] = {"decline": _leave_it, "not_me": _leave_it}
