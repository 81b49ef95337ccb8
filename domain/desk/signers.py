"""What somebody does who opened a link to sign a letter: confirms who they are, consents, reads, signs or declines.

Each visit is a turn of the request, whether it comes from a chat or from a page; what is shown next comes back as a
screen. A chat is bound to the link once it has confirmed who it is; a page carries that along, sealed.
"""

from collections.abc import Callable

from domain.desk import awaiting_copies, letter_seals, signing
from domain.desk.asking import figures, put
from domain.desk.signer_copies import ask_again, copy_words
from domain.desk.signer_links import (
    MOST_TRIES,
    OTHER,
    OWN,
    SIGNING,
    SignerLink,
    end,
    ended_rows,
    expire,
    follow,
    keep_link,
    link_of,
    may_be_taken_back,
    params_of,
    same_rows,
    take_back,
    tell,
    why_not,
)
from domain.desk.signer_screens import (
    AGREED,
    CONFIRMED,
    PAPER,
    REASONS,
    SCREENS,
    SURE,
    SURE_NOT_ME,
    Screen,
    Visit,
    knows_number,
    masked,
)
from domain.desk.state import Changes, Due, Moment, Owed, Paper, State, Told
from domain.desk.turn import Turn
from domain.errors import Unreadable
from domain.intake.about import carrier_name, show_moving
from domain.intake.given import YES, bare_word
from domain.intake.readings.esign import consent_params
from domain.intake.sayings.at_signing import refuses, typed_for_name
from domain.intake.showing import letter_params
from domain.papers.authorization import CONSENT_VERSION, TEXT_VERSION
from domain.papers.evidence import CHAT, EVIDENCE, LINK_CHAT, LINK_PAGE, MAIL_PAGE, OWN_PAGE, evidence
from domain.papers.letter import How
from domain.policy import Policy
from domain.readers.names import PersonName
from domain.readers.signature import read_signature
from domain.values import replace
from domain.wordkeys import nested

DRAWN = "drawn"  # the kind of paper that a drawn signature is


def on_page(state: State, moment: Moment, visit: Visit, policy: Policy) -> Changes:
    """Decide what a visitor of a page does; what it shows next is told."""
    turn = Turn(state, moment, "signer", policy)
    screen = receive(turn, visit)
    follow(turn)
    letter_seals.follow(turn)
    turn.told = Told(screen.name, {**screen.params, "lead": screen.lead, "step": screen.step})
    return turn.changes()


def mailed(state: State, moment: Moment, owed: Owed, policy: Policy) -> Changes:
    """Note on a link that an e-mail with it went out, which the evidence of whoever signs by it tells."""
    turn = Turn(state, moment, "clock", policy)
    link = link_of(turn.case) if turn.case is not None else None
    if link is not None and owed.params[SIGNING].split(".")[1] == str(link.id):
        keep_link(turn, replace(link, mailed=1))
    return turn.changes()


def receive(turn: Turn, visit: Visit) -> Screen:
    """Do what a visitor wants, if the link still lets them."""
    case = turn.the_case()
    link = link_of(case)
    why = why_not(case, link, visit.link_id, turn.moment.now)
    if link is not None and why == "used" and not visit.chat and turn.moment.now < link.until:
        return ask_again(turn, link, visit)
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
    if link is not None and link.is_open and why == "changed" and link.whose == OTHER and not may_be_taken_back(turn):
        end(turn, link, "changed")
        tell(turn, link, "changed")
    elif link is not None and link.is_open and why == "changed" and not may_be_taken_back(turn):
        end(turn, link, "changed")
        put(turn, "signer.own_changed", params_of(turn, link))
    if link is not None and link.is_open and why == "expired":
        expire(turn, Due(0, "", 0, link.id, turn.moment.now), turn.policy)
    return Screen(why, params_of(turn, link) if link is not None else ref)


def _opened(turn: Turn, link: SignerLink) -> SignerLink:
    """Note that a link was opened; both sides hear of the first time that somebody else does."""
    if link.state != "waiting":
        return link
    link = replace(link, state="opened", opened=int(turn.moment.now.timestamp()))
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
    elif step == "":
        params |= {"known": masked(case)}
    elif step == AGREED:
        params |= letter_params(case) | figures(turn.policy, case)
    return Screen(SCREENS[step], {**params, **more}, lead, step)


def _confirm(turn: Turn, link: SignerLink, visit: Visit) -> Screen:
    """Compare the last four digits of the number that is named; a wrong try counts."""
    known = knows_number(visit.word, turn.the_case())
    if refuses(visit.word):
        return _ask_why(turn, link, visit)
    if isinstance(known, Unreadable):
        return _shown(turn, link, "", known.code)
    if not known:
        return _wrong(turn, link, "", Unreadable("sign.digits_differ"))
    return _go(turn, link, visit, CONFIRMED)


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
    """Take a plain yes for the press, and what is said instead for what it says."""
    if bare_word(visit.word) in (*YES, "i agree", "agree"):
        return _go(turn, link, visit, AGREED)
    said = _INSTEAD.get(typed_for_name(visit.word, _named(turn, link)))
    return said(turn, link, visit) if said is not None else _shown(turn, link, visit.step, "esign.press")


def _type(turn: Turn, link: SignerLink, visit: Visit) -> Screen:
    """Take a typed name as the signature; one that is another's counts as a wrong try, and nothing else does."""
    expected = _named(turn, link)
    found = read_signature(visit.word, expected)
    if not isinstance(found, Unreadable):
        return _sign(turn, link, visit, found.typed, "typed")
    if found.code == "signature.unprinted":
        return _shown(turn, link, visit.step, found.code, **found.params)
    said = typed_for_name(visit.word, expected)
    if said == "name":
        return _wrong(turn, link, visit.step, found)
    if said == "part":
        return _shown(turn, link, visit.step, found.code, **found.params)
    return _INSTEAD.get(said, _tell_how_it_stands)(turn, link, visit)


def _named(turn: Turn, link: SignerLink) -> PersonName:
    """Return whom the letter names as its signer."""
    first, _, last = params_of(turn, link)["signer"].partition(" ")
    return PersonName(first, last)


def _tell_how_it_stands(turn: Turn, link: SignerLink, visit: Visit) -> Screen:
    """Answer whoever asks or remarks something in place of the name: what the letter is, and what to do next."""
    case = turn.the_case()
    return _shown(turn, link, visit.step, "sign.stands", carrier=carrier_name(case), number=show_moving(case))


def _draw(turn: Turn, link: SignerLink, visit: Visit) -> Screen:
    """Take what was drawn as the signature of the one whom the letter names."""
    head = (turn.moment.new_id(), turn.the_case().request.id, DRAWN, "kept", "", "drawn.png", "image/png")
    turn.put_paper(Paper(*head, visit.size, 0, turn.moment.now, object_key=visit.drawing))
    return _sign(turn, link, visit, params_of(turn, link)["signer"], "drawn")


def _sign(turn: Turn, link: SignerLink, visit: Visit, name: str, how: How) -> Screen:
    params = params_of(turn, link)
    turn.answer("signature", (name, TEXT_VERSION, link.facts))
    turn.jot(EVIDENCE, evidence(how, CONSENT_VERSION, _place(link, visit), visit.who))
    end(turn, link, "signed")
    was_intake = turn.the_case().phase == "intake"
    signing.signed(turn)
    signing.signed_elsewhere(turn)
    if link.whose == OTHER:
        tell(turn, link, "signed")
    else:
        put(turn, "signed.with_desk" if was_intake else "signer.own_signed", params)
    return Screen("signed", {**params, "copy": _copy(turn, visit)})


def _place(link: SignerLink, visit: Visit) -> str:
    """Return where somebody signs, and by which link they came there, as the evidence tells it."""
    if visit.chat:
        return LINK_CHAT
    if link.whose == OWN:
        return OWN_PAGE
    return MAIL_PAGE if link.mailed else LINK_PAGE


def _copy(turn: Turn, visit: Visit) -> str:
    """Return how a signer comes by a copy of the sealed letter: in their chat, or on the page; by e-mail as well."""
    return nested(copy_words(turn.the_case(), turn.policy, "here" if visit.chat else "page"))


def _ask_why(turn: Turn, link: SignerLink, visit: Visit) -> Screen:
    """Ask who declines for the reason, or whether they are sure that they are somebody else, before anything ends."""
    return Screen(SURE_NOT_ME if visit.act == "not_me" else SURE, params_of(turn, link), step=visit.step)


def _ask_whether_not_me(turn: Turn, link: SignerLink, visit: Visit) -> Screen:
    return _ask_why(turn, link, replace(visit, act="not_me"))


def _back(turn: Turn, link: SignerLink, visit: Visit) -> Screen:
    return _shown(turn, link, visit.step, "sign.back")


def _leave_it(turn: Turn, link: SignerLink, visit: Visit) -> Screen:
    """End a link that nobody signs by: declined, or opened by the wrong person; whose account it is is asked again."""
    reason = visit.act.removeprefix("no_")
    what = "declined" if reason in REASONS else "not_me"
    told = {"reason": nested(f"sign.reason.{reason}")} if reason in _TOLD else {"reason": ""}
    params = params_of(turn, link) | (told if what == "declined" else {})
    end(turn, link, what, reason if what == "declined" else "")
    ask_whose(turn, f"signer.{what}", params)
    turn.post(f"thread.signer_{what}", params)
    return Screen(what, params)


_TOLD = ("unknown", "wrong")  # reasons that say more than that nobody wants to


def _on_paper(turn: Turn, link: SignerLink, visit: Visit) -> Screen:
    """Offer the letter to be printed and signed with a pen; both sides hear of it once. A consent given is taken back.

    The link stays open: whoever has no printer signs by it after all.
    """
    link = replace(link, step=CONFIRMED if visit.chat else link.step)
    if not link.paper:
        link = replace(link, paper=1)
        awaiting_copies.expect(turn)
        turn.note("signer_paper")
        if link.whose == OTHER:
            tell(turn, link, "paper")
        else:
            turn.say("signer.own_paper", params_of(turn, link), paced=True)
    keep_link(turn, link)
    return Screen(PAPER, params_of(turn, link), step=CONFIRMED)


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
    put(turn, lead, params, same_rows(turn))


def change_whose(turn: Turn, link: SignerLink | None) -> None:
    """Have asked whose account it is, as its customer wants; the link is over."""
    if link is not None and link.is_open:
        take_back(turn, link, "revoked")
    ask_whose(turn, "change.now", {})


_Act = Callable[[Turn, SignerLink, Visit], Screen]
_INSTEAD: dict[str, _Act] = {"refuses": _ask_why, "not_me": _ask_whether_not_me, "paper": _on_paper}
"""What is done where no name was typed but a wish."""

_ACTS: dict[tuple[str, str], _Act] = {
    ("", "word"): _confirm,
    (CONFIRMED, "word"): _agree_typed,
    (CONFIRMED, "agree"): _agree,
    (AGREED, "word"): _type,
    (AGREED, "drawn"): _draw,
    (CONFIRMED, "paper"): _on_paper,
    (AGREED, "paper"): _on_paper,
}
_ANY_STEP: dict[str, _Act] = {
    "decline": _ask_why,
    "not_me": _ask_why,
    "not_me_yes": _leave_it,
    "back": _back,
    **{f"no_{reason}": _leave_it for reason in REASONS},
}
