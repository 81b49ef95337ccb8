"""How it stands with the letter, for whoever asks in words: who has to sign it, what came of it, and it once more."""

from datetime import datetime

from domain.desk import copies
from domain.desk.asking import ask, is_pressing, name_of, open_question
from domain.desk.heard import Heard
from domain.desk.letter_seals import LETTER
from domain.desk.on_paper import COPY, COPY_SAID, is_accepted, is_complete, pages_here, papers_accepted, stamp_of
from domain.desk.passing import pass_on, speaks_of_a_secret
from domain.desk.proofs import is_signed
from domain.desk.signer_links import SignerLink, is_missing, link_of, opened_at, params_of, rows_of
from domain.desk.turn import Turn
from domain.errors import Unreadable
from domain.intake.about import carrier_name, is_someone_elses, show_moving, signer_of
from domain.intake.readings.naming import names_anew
from domain.intake.sayings import recognise
from domain.intake.sayings.at_signing import refuses, typed_for_name
from domain.intake.sayings.letters import asks_whether_here, asks_whether_signed, wants_letter
from domain.intake.sayings.plain import plain
from domain.orders.model import Case
from domain.papers.evidence import signature_of
from domain.readers.signature import read_signature

Said = tuple[str, dict[str, str]]  # a wording key, keys joined by `+`, and what stands in it


def hear(turn: Turn, heard: Heard) -> bool:
    """Answer words about the letter: that it will not be signed, whether it is, that it is wanted again."""
    case, said = turn.case, plain(heard.text)
    if case is None or speaks_of_a_secret(heard.text):
        return False
    if is_signed(case):
        return _hear_of_signed(turn, said)
    is_asked = _asks_to_sign(turn)
    if is_asked and refuses(heard.text) and recognise(heard.text, "signature") is None:
        ask(turn, "signature.refused")
        return True
    has_copy = _copy_words(turn, case) is not None
    has_link = is_missing(case) and link_of(case) is not None
    asks = (is_asked or has_copy) and asks_whether_here(said)
    if asks or ((is_asked or has_copy or has_link) and asks_whether_signed(said)):
        _tell(turn, stands(turn))
        return True
    return False


def hear_talk(turn: Turn, heard: Heard) -> bool:
    """Answer what is typed where the name belongs and is no name; tell whether it was that."""
    case = turn.case
    expected = signer_of(case) if case is not None else None
    if case is None or expected is None or not _asks_to_sign(turn) or any(c.isdigit() for c in heard.text):
        return False
    is_other = speaks_of_a_secret(heard.text) or names_anew("signature", heard.text, case)
    is_read = not isinstance(read_signature(heard.text, expected), Unreadable)
    if is_other or is_read or typed_for_name(heard.text, expected) in ("name", "part"):
        return False
    key, params = stands(turn)
    if case.phase != "intake" and len(heard.text.split()) > 1:
        key = f"{key}+{pass_on(turn, heard)}"
    _tell(turn, (key, params))
    return True


def press_paper(turn: Turn) -> None:
    """Have the letter printed to be signed with a pen; it can be signed here all the same."""
    copies.wish_for_paper(turn)
    ask(turn, "copy.how")


def _asks_to_sign(turn: Turn) -> bool:
    question = open_question(turn)
    return question is not None and question.id == turn.chat.asked == "signature"


def _tell(turn: Turn, said: Said) -> None:
    """Say it before the open question; of somebody else's signature with what can be done about it."""
    rows = rows_of(turn) if is_someone_elses(turn.the_case()) else ()
    if is_pressing(turn):
        ask(turn, *said, beside=rows)
    else:
        turn.say(*said, rows)


def stands(turn: Turn) -> Said:
    """Return how it stands with a letter that is not signed: on paper, by whose link, or here."""
    case = turn.the_case()
    link, copied = link_of(case), _copy_words(turn, case)
    known = {"ref": name_of(case.request), "carrier": carrier_name(case), "number": show_moving(case)}
    if copied is not None:
        return copied[0], {**known, **copied[1]}
    if link is not None and is_someone_elses(case):
        until = {"until": _moment(link.until, turn), "at": _moment(opened_at(link), turn)}
        return _link_words(link, turn.moment.now), {**params_of(turn, link), **known, **until}
    return "letter.stands.here", known


def _link_words(link: SignerLink, now: datetime) -> str:
    """Return the wording key of how a link of somebody else stands."""
    if link.is_open and now >= link.until:
        return "letter.stands.expired"
    if link.state == "opened":
        return "letter.stands.opened"
    return f"letter.stands.{link.state if link.state in _STATES else 'over'}"


_STATES = ("waiting", "declined", "not_me", "expired", "locked")


def _moment(at: datetime, turn: Turn) -> str:
    return f"{at.astimezone(turn.policy.desk_zone):%Y-%m-%d %H:%M %Z}"


def _copy_words(turn: Turn, case: Case) -> Said | None:
    """Return how it stands with copies on paper; None where none came yet."""
    if any(paper.kind == COPY and paper.status == "wanted" for paper in turn.papers):
        return "copy.reading", {}
    if is_complete(case):
        return "letter.stands.look", {}
    said, here = case.answers.get(COPY_SAID), len(pages_here(case)[0])
    count = {"count": str(here)}
    last = said.value[1:] if said is not None and said.value[0] == stamp_of(case) else None
    if last is None:
        return ("letter.stands.pages", count) if here else None
    return f"letter.stands.{'pages' if here else 'copy'}+copy.{last[0]}", {**count, "pages": last[1]}


def _hear_of_signed(turn: Turn, said: str) -> bool:
    """Give a signed letter again to whoever wants it, or say that it is signed; tell whether that was asked."""
    if wants_letter(said):
        give_again(turn)
        return True
    case = turn.the_case()
    if is_accepted(case) and case.answer("bill") != ("later",) and asks_whether_here(said):
        _tell(turn, ("letter.stands.accepted", {"ref": name_of(case.request)}))
        return True
    if not asks_whether_signed(said) or "open" in said:
        return False
    give_again(turn, "letter.stands.signed")
    return True


def give_again(turn: Turn, lead: str = "") -> None:
    """Send the sealed letters that count once more, or say why there are none; then put the open question again."""
    case = turn.the_case()
    seq = case.answers["signature"].seq
    letters = [paper for paper in turn.papers if paper.kind == LETTER and paper.message_id == seq]
    kept = [paper for paper in letters if paper.status == "kept"]
    ref = {"ref": name_of(case.request)}
    if lead:
        turn.say(lead, ref)
    for paper in kept:
        file = {"file": paper.object_key or "", "name": paper.name, "paper": str(paper.id)}
        turn.say("letter.again", {**ref, **file})
    if not kept:
        turn.say(f"letter.none.{_why_none(case, {paper.status for paper in letters})}", ref)
    if is_pressing(turn):
        ask(turn)


def _why_none(case: Case, states: set[str]) -> str:
    if is_accepted(case) and papers_accepted(case):
        return "on_paper"
    if signature_of(case) is None:
        return "by_hand"
    return "sealing" if "wanted" in states else "failed"
