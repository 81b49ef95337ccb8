"""A message of Slack's that staff attach to a request: its words as a note of theirs, its files as papers."""

import re
from itertools import zip_longest

from domain.desk.noting import LONGEST_NOTE
from domain.desk.secrecy import covered
from domain.desk.state import Changes, Errand, Moment, Paper, State
from domain.desk.telling import done
from domain.desk.turn import Turn, at_errand
from domain.errors import Refused
from domain.masking import mask_file_name
from domain.policy import Policy
from domain.readers.secrets import mask
from domain.text import clean_lines
from domain.values import Value, replace
from domain.wordkeys import nested

KIND, FETCH = "attached", "fetch_attached"  # of such a paper, and of the errand that fetches it
ATTACHED = "attached"  # what history calls it; the words stand in the side table
MOST_FILES = 10
_OUR_LINK = re.compile(r"https?://[\w.:-]{1,80}/r/P-[2-9A-HJKMNP-Z]{5,8}\b")
_WHERE = re.compile(r"https://[a-z0-9-]+(\.enterprise)?\.slack\.com/archives/[A-Z0-9]+/p\d+")


class Slip(Value, frozen=True):
    """A file that hangs on a message. `id`: Slack's."""

    id: str
    name: str


class Attached(Value, frozen=True):
    """A message that `staff` attach. `by`: who wrote it; `where`: its address; both of Slack's, empty for unknown."""

    staff: str
    words: str
    by: str = ""
    where: str = ""
    files: tuple[Slip, ...] = ()


def masked(words: str) -> str:
    """Return a message's words as a note keeps them: no PIN, nothing unseen, not too long."""
    return "\n".join(map(_masked_line, clean_lines(words)))[:LONGEST_NOTE]


def _masked_line(line: str) -> str:
    """Mask a line but for links to requests, whose host can be an address in digits."""
    kept = _OUR_LINK.findall(line)
    between = _OUR_LINK.split(line)
    return "".join(mask(text) + link for text, link in zip_longest(between, kept, fillvalue=""))


def attach(state: State, moment: Moment, *, wish: Attached, policy: Policy) -> Changes:
    """Keep a message with a request and have its files fetched. Raises Refused for one that has neither."""
    turn = Turn(state, moment, f"staff:{wish.staff}", policy)
    case, files = turn.the_case(), wish.files[:MOST_FILES]
    ref, words = case.request.ref, covered(masked(wish.words), case)
    if not words and not files:
        raise Refused("attach.nothing", ref=ref)
    for slip in files:
        _fetch(turn, slip)
    where = wish.where if _WHERE.fullmatch(wish.where) else ""
    turn.note(ATTACHED, detail=where, words=words or None)
    turn.focus.append((wish.staff, turn.the_case().request.id))
    params = {
        "staff": wish.staff,
        "text": words or nested("attach.no_words"),
        "by": nested("attach.by", by=wish.by) if wish.by else nested("attach.by_somebody"),
        "where": where or "—",
        "files": str(len(files)),
    }
    turn.post("thread.attached", params)
    done(turn, "attach.done")
    return turn.changes()


def _fetch(turn: Turn, slip: Slip) -> None:
    moment, request = turn.moment, turn.the_case().request.id
    paper = Paper(moment.new_id(), request, KIND, "wanted", slip.id, _named(slip.name), "", 0, 0, moment.now)
    turn.put_paper(paper)
    turn.run_errand(FETCH, paper.id)


def _named(name: str) -> str:
    return mask_file_name(name)[:120]


def file_kept(
    state: State, moment: Moment, errand: Errand, file: tuple[str, str, int], object_key: str, policy: Policy
) -> Changes:
    """Note that a file of an attached message is kept. `file`: its name, type and size in bytes."""
    turn, paper = at_errand(state, moment, errand, policy)
    if paper is not None:
        name = _named(file[0])
        turn.put_paper(replace(paper, status="kept", object_key=object_key, name=name, mime=file[1], size=file[2]))
        turn.note("attached_kept")
        turn.post("thread.attached_kept", {"name": name})
    return turn.changes()


def file_refused(state: State, moment: Moment, errand: Errand, reason: str, policy: Policy) -> Changes:
    """Tell the thread of a file that could not be had; `reason` is a wording key's last part."""
    turn, paper = at_errand(state, moment, errand, policy)
    if paper is not None:
        turn.put_paper(replace(paper, status="refused", refused=reason))
        turn.note("attached_refused", detail=reason)
        why = nested(f"talk.file.{reason}", most=str(policy.reply_mb))
        turn.post("thread.attached_refused", {"name": paper.name or "—", "reason": why})
    return turn.changes()
