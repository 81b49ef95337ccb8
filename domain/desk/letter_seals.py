"""The letters of a signature: each is printed, sealed and kept, counts as long as the signature stands, and is told of.

A letter is a paper of the kind `letter`, one for each order at the time of signing. Its `file_id` is the order's id and
its `message_id` the answer (`seq`) by which it was signed: where another answer stands in its place, or none, it is
void. Fewer numbers, or numbers that travel apart, leave it as it is: it still names every one that moves. Which numbers
it names is kept as it is signed (`COVERED`), so that what happens until it is printed leaves it as it is, too.
"""

from domain.desk import blanks, following_paper
from domain.desk.blanks import VOID
from domain.desk.owing import Rows
from domain.desk.papers import OPEN
from domain.desk.signer_links import is_mailed_to, link_of
from domain.desk.state import Changes, Errand, Moment, Paper, State
from domain.desk.turn import Turn, at_errand
from domain.desk.urgent import has_card
from domain.intake.about import is_someone_elses
from domain.intake.choices import Choice
from domain.orders.model import Case
from domain.papers.evidence import signature_of
from domain.papers.letter import COVERED, SIGNED_FOR, covered, file_name, orders_of
from domain.papers.letter import LETTER as LETTER
from domain.policy import Policy
from domain.values import Value, replace
from domain.wordkeys import nested

SEAL = "seal_letter"  # the errand
SEALED, VOIDED, STANDS = "letter_sealed", "letter_void", "letter_stands"  # how history calls it
UNSTAMPED = "unstamped"  # behind the paper's id in history: no time stamp could be had
TROUBLE = "trouble"  # why a letter is not sealed that is tried again: its paper is wanted, and says so
PDF = "application/pdf"
UNDER: Rows = ((*OPEN[0], Choice("verify", "staff.button.verify")),)  # what tells staff of a sealed letter


class Made(Value, frozen=True):
    """A sealed letter as it was stored. `sha256`: of the file, hex; `size` in bytes; `code`: of its pages.

    `is_stamped` tells whether the time stamp authority of the settings answered; None: there is none.
    """

    object_key: str
    sha256: str
    size: int
    is_stamped: bool | None = None
    code: str = ""


def letters_in(papers: tuple[Paper, ...]) -> tuple[Paper, ...]:
    """Return the letters that count, sealed and kept."""
    return tuple(paper for paper in papers if paper.kind == LETTER and paper.status == "kept")


def is_failing(case: Case, papers: tuple[Paper, ...]) -> bool:
    """Tell whether a letter of the signature that stands cannot be sealed, or failed so often that staff were told."""
    given = case.answers.get("signature")
    letters = [paper for paper in papers if paper.kind == LETTER and given and paper.message_id == given.seq]
    return any(paper.status == "refused" or (paper.status == "wanted" and paper.refused) for paper in letters)


def is_for_signer(case: Case, papers: tuple[Paper, ...], paper_id: int) -> bool:
    """Tell whether a letter still counts, and whoever is named as its signer now is the one who signed it."""
    signature, signer = case.answers.get("signature"), case.answers.get("signer")
    if signature is None or signer is None or signer.reopened or signer.seq > signature.seq:
        return False
    return any(paper.id == paper_id and paper.message_id == signature.seq for paper in letters_in(papers))


def follow(turn: Turn) -> None:
    """Let the letters follow the request at the end of every turn that can change what they state, or who signed.

    Sealed ones follow the signature: of one that fell they are void, of a new one made. Those on paper follow first,
    so that none is taken for current whose place another one takes.
    """
    following_paper.follow(turn)
    blanks.follow(turn)
    case = turn.case
    letters = [paper for paper in turn.papers if paper.kind == LETTER]
    if case is None or not (letters or turn.has_noted("signed")):
        return
    given = case.answers.get("signature")
    stands = given.seq if given is not None and not given.reopened else 0
    fell = [paper for paper in letters if paper.message_id != stands and paper.status in ("wanted", "kept")]
    back = [paper for paper in letters if paper.message_id == stands and paper.status == VOID]
    _let_fall(turn, fell, is_replaced=stands != 0)
    _put_back(turn, back)
    if turn.has_noted("signed") and signature_of(case) is not None and not back:
        _want(turn, case, stands)


def _let_fall(turn: Turn, letters: list[Paper], *, is_replaced: bool) -> None:
    """Mark letters void; staff are told of it where no other one takes their place at once."""
    for paper in letters:
        turn.put_paper(replace(paper, status=VOID))
        if paper.status == "kept":
            turn.note(VOIDED, detail=str(paper.id))
    if not is_replaced and any(paper.status == "kept" for paper in letters):
        _tell(turn, "thread.letter_void")


def _put_back(turn: Turn, letters: list[Paper]) -> None:
    """Let letters count again whose signature was put back."""
    for paper in letters:
        turn.put_paper(replace(paper, status="kept" if paper.object_key else "wanted", refused=None))
        if paper.object_key:
            turn.note(STANDS, detail=str(paper.id))
        else:
            turn.run_errand(SEAL, paper.id)
    if any(paper.object_key for paper in letters):
        _tell(turn, "thread.letter_stands")


def _want(turn: Turn, case: Case, signed: int) -> None:
    """Have a letter made for each order; one that was asked for by this very signature is not asked for again."""
    if any(paper.kind == LETTER and paper.message_id == signed for paper in turn.papers):
        return
    turn.jot(COVERED, covered(case))
    turn.jot(SIGNED_FOR, (str(signed), turn.policy.company))
    taken = [paper.name for paper in turn.papers if paper.kind == LETTER]
    for part, order in enumerate(orders_of(case), 1):
        moment, request = turn.moment, case.request
        name = file_name(f"{request.ref}-letter-{part}", taken)
        head = (moment.new_id(), request.id, LETTER, "wanted", str(order.id), name, PDF, 0, signed, moment.now)
        paper = Paper(*head)
        turn.put_paper(paper)
        turn.run_errand(SEAL, paper.id)


def sealed(state: State, moment: Moment, errand: Errand, made: Made, policy: Policy) -> Changes:
    """Keep a sealed letter, and give it to the customer; one whose signature fell meanwhile is not kept."""
    turn, paper = at_errand(state, moment, errand, policy)
    if paper is None:
        return turn.changes()
    turn.put_paper(replace(paper, status="kept", refused=None, object_key=made.object_key, size=made.size))
    behind = f" {UNSTAMPED}" if made.is_stamped is False else ""
    turn.note(SEALED, field=LETTER, detail=f"{paper.id}{behind}", value=made.sha256)
    blanks.note_code(turn, str(paper.id), made.code)
    if made.code:
        blanks.remember(turn, made.code)
    key = "thread.letter_sealed+thread.letter_unstamped" if behind else "thread.letter_sealed"
    _tell(turn, key, {"name": paper.name, "sha256": made.sha256}, UNDER)
    ref = turn.the_case().request.ref
    _give(turn, {"ref": ref, "file": made.object_key, "name": paper.name, "paper": str(paper.id)})
    return turn.changes()


def _give(turn: Turn, file: dict[str, str]) -> None:
    """Give the letter to its customer, and to somebody else who signed it: in their chat, by e-mail, or both."""
    case, link = turn.the_case(), link_of(turn.the_case())
    turn.say("letter.sealed", file)
    if not is_someone_elses(case):
        return
    if link is not None and link.chat and link.state == "signed":
        turn.say_to((link.chat, turn.chat.language), "letter.sealed_signer", file)
    if turn.policy.mails and is_mailed_to(case):
        turn.mail_signer("mail.signed_copy", file)


def not_sealed(state: State, moment: Moment, errand: Errand, reason: str, policy: Policy, more: str = "") -> Changes:
    """Tell staff of a letter that cannot be made; `reason` is a wording key's last part, `more` what stands in it."""
    turn, paper = at_errand(state, moment, errand, policy)
    if paper is not None:
        turn.put_paper(replace(paper, status="refused", refused=reason))
        _tell_why(turn, reason, more)
    return turn.changes()


def not_sealed_yet(state: State, moment: Moment, errand: Errand, policy: Policy) -> Changes:
    """Tell staff, once for each letter, of one that could not be made so far; its errand goes on."""
    turn = Turn(state, moment, "errand", policy)
    paper = _wanted(turn, errand)
    if paper is not None and not paper.refused:
        turn.put_paper(replace(paper, refused=TROUBLE))
        _tell_why(turn, TROUBLE)
    return turn.changes()


def _tell_why(turn: Turn, reason: str, more: str = "") -> None:
    turn.note("letter_not_sealed", detail=reason)
    _tell(turn, "thread.letter_not_sealed", {"reason": nested(f"letter.not_sealed.{reason}", more=more)})


def _tell(turn: Turn, key: str, params: dict[str, str] | None = None, buttons: Rows = ()) -> None:
    if has_card(turn.the_case()):
        turn.post(key, params, buttons=buttons)
        turn.refresh_card()


def _wanted(turn: Turn, errand: Errand) -> Paper | None:
    return next((p for p in turn.papers if p.id == errand.subject and p.status == "wanted"), None)
