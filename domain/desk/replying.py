"""What staff write to a customer in their own words: sent at once, so that nothing of it can be taken back.

The thread shows what was written in a post of its own, which is edited once it is known whether the customer has it.
"""

import re
from datetime import datetime

from domain.desk import hours, secrecy, sure, takeover
from domain.desk.roles import Role, require
from domain.desk.saved import filled, named
from domain.desk.state import Action, Changes, Errand, Moment, Owed, Paper, State
from domain.desk.telling import done, who_acts
from domain.desk.turn import Turn
from domain.desk.undoing import answered_since, day_open_until
from domain.errors import Refused
from domain.orders.model import Case
from domain.policy import Policy
from domain.readers.secrets import mask_file_name, names_secret
from domain.text import clean_lines
from domain.values import Value, replace
from domain.wordkeys import nested

LONGEST_REPLY = 2000  # characters; with its frame it stays within one Telegram message
MOST_FILES = 5  # in one reply
FILE = "reply"  # the kind of a paper that staff send
FETCH = "fetch_reply"  # the errand that fetches it from Slack
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")  # as saved replies state it
POST, REQUEST, STAFF = "post", "request", "staff"  # in a message: the post to mark, its request, and who wrote it


class Written(Value, frozen=True):
    """What one of the staff hands in to be sent: words, files by Slack's ids, or both. `staff` is a Slack user id.

    `is_no_secret`: they say so of figures that can be one, which is written down.
    """

    staff: str
    role: Role
    words: str = ""
    files: tuple[str, ...] = ()
    is_no_secret: bool = False


def write(state: State, moment: Moment, written: Written, policy: Policy) -> Changes:
    """Decide a reply that was looked at before it was sent. Raises Refused with the sentence for staff."""
    turn = Turn(state, moment, f"staff:{written.staff}", policy)
    case = turn.the_case()
    require(written.role, Role.AGENT)
    turn.focus.append((written.staff, case.request.id))
    if written.words or not written.files:
        reply(turn, written.words, is_no_secret=written.is_no_secret)
    _check_reached(turn)
    check_files(written.files)
    for file_id in written.files:
        _take_file(turn, case, file_id)
    done(turn, "reply.files_done" if written.files else "reply.done")
    turn.refresh_card()
    return turn.changes()


def reply(turn: Turn, said: str, *, is_no_secret: bool = False) -> str:
    """Owe the customer these words, or those of the saved reply they name, and return them as they are sent.

    Raises Refused for nothing, for too much, for a secret, for a day that may be taken back, and while nothing
    reaches the customer.
    """
    case = turn.the_case()
    words = checked(said, case, turn.policy, is_no_secret=is_no_secret)
    check_day_stands(words, case, turn.state.action, turn.moment.now, turn.policy)
    sure.asked_no_more(turn)
    _check_reached(turn)
    if is_no_secret:
        turn.note("no_secret")
    turn.note("replied", words=words)
    _send(turn, "reply.text", words, {})
    _was_answered(turn)
    return words


def checked(said: str, case: Case, policy: Policy, *, is_no_secret: bool = False) -> str:
    """Return words, or those of the saved reply they name, as they are sent. Raises Refused; see `secrecy.check`."""
    saved = named(said)
    words = checked_words(said if saved is None else filled(saved, case, policy), case.request.ref)
    secrecy.check(words, case, is_no_secret=is_no_secret)
    return words


def checked_words(said: str, ref: str) -> str:
    """Return words as they would be sent. Raises Refused for nothing, for too much, and for a secret by its name."""
    words = "\n".join(clean_lines(said))
    if not words:
        raise Refused("reply.nothing")
    if names_secret(words):
        raise Refused("reply.secret", ref=ref)
    if len(words) > LONGEST_REPLY:
        raise Refused("reply.too_long", ref=ref, longest=str(LONGEST_REPLY))
    return words


def needs_the_request(words: str) -> bool:
    """Tell whether words have figures that can be a day that does not stand, or a secret of the request."""
    return _DAY.search(words) is not None or secrecy.has_figures(words)


def check_day_stands(words: str, case: Case, action: Action | None, now: datetime, policy: Policy) -> None:
    """Raise Refused where words state a day of the request that staff can still take back.

    The customer is told of it by itself as soon as they no longer can.
    """
    until = day_open_until(case, action, now, policy)
    days = {number.port_date.isoformat() for number in case.numbers if number.port_date is not None}
    if until is not None and not days.isdisjoint(_DAY.findall(words)):
        at = f"{until.astimezone(policy.desk_zone):%H:%M:%S}"
        raise Refused("reply.day_open", ref=case.request.ref, at=at)


def check_files(files: tuple[str, ...]) -> None:
    """Raise Refused for more files than go with one reply."""
    if len(files) > MOST_FILES:
        raise Refused("reply.too_many_files", most=str(MOST_FILES))


def _check_reached(turn: Turn) -> None:
    if turn.chat.blocked:
        raise Refused("reply.blocked", ref=turn.the_case().request.ref)


def _was_answered(turn: Turn) -> None:
    hours.answered(turn)
    answered_since(turn)
    takeover.last(turn)


def _send(turn: Turn, key: str, words: str, file: dict[str, str]) -> None:
    """Owe the customer a message, and the thread a post of it that tells later whether it arrived."""
    staff, request = who_acts(turn), turn.the_case().request
    post = turn.post_reply("thread.reply", {STAFF: staff, "text": words})
    params = {"ref": request.ref, "text": words, STAFF: staff, POST: str(post), REQUEST: str(request.id)}
    turn.say(key, {**params, **file})


def _take_file(turn: Turn, case: Case, file_id: str) -> None:
    """Have a file fetched that stands in Slack; who wants it sent is remembered with it."""
    moment = turn.moment
    head = (moment.new_id(), case.request.id, FILE, "wanted", file_id, "", "", 0, 0, moment.now)
    paper = Paper(*head, album=who_acts(turn))
    turn.put_paper(paper)
    turn.run_errand(FETCH, paper.id)


def file_fetched(
    state: State, moment: Moment, errand: Errand, file: tuple[str, str, int], object_key: str, policy: Policy
) -> Changes:
    """Owe the customer a file of staff's that is kept now. `file`: its name, type and size in bytes."""
    turn, paper = _at_errand(state, moment, errand, policy)
    if paper is None:
        return turn.changes()
    name = mask_file_name(file[0])[:120]
    turn.put_paper(replace(paper, status="kept", object_key=object_key, name=name, mime=file[1], size=file[2]))
    turn.note("replied_file")
    if turn.chat.blocked:
        turn.post("talk.file_not_sent", {"staff": paper.album, "name": name, "reason": nested("undelivered.blocked")})
        _drop(turn, paper.id)
        return turn.changes()
    _send(turn, "reply.file", f"\U0001f4ce {name}", {"file": object_key, "name": name, "paper": str(paper.id)})
    _was_answered(turn)
    return turn.changes()


def file_refused(state: State, moment: Moment, errand: Errand, reason: str, policy: Policy) -> Changes:
    """Tell the thread of a file of staff's that could not be had; `reason` is a wording key's last part."""
    turn, paper = _at_errand(state, moment, errand, policy)
    if paper is not None:
        turn.put_paper(replace(paper, status="refused", refused=reason))
        most = nested(f"talk.file.{reason}", most=str(policy.reply_mb))
        turn.post("talk.file_not_sent", {"staff": paper.album, "name": paper.name or "—", "reason": most})
        turn.note("reply_file_refused", detail=reason)
    return turn.changes()


def _at_errand(state: State, moment: Moment, errand: Errand, policy: Policy) -> tuple[Turn, Paper | None]:
    """Return the turn of a file's errand, in the name of who sends it, and its paper; None: forgotten meanwhile."""
    paper = next((p for p in state.papers if p.id == errand.subject), None)
    turn = Turn(state, moment, f"staff:{paper.album}" if paper is not None else "errand", policy)
    turn.end_errand(errand.id)
    return turn, paper


def delivered(state: State, moment: Moment, owed: Owed, policy: Policy) -> Changes:
    """Have the thread show that the customer has what staff wrote; a file that was sent need not be kept."""
    turn = Turn(state, moment, "clock", policy)
    at = moment.now.astimezone(policy.desk_zone)
    _mark(turn, owed, "talk.delivered", {"at": f"{at:%H:%M}"})
    turn.note("reply_delivered")
    return turn.changes()


def mark_undelivered(turn: Turn, owed: Owed, reason: str) -> None:
    """Have the thread show that the customer does not have what staff wrote, where that is what it was."""
    if POST in owed.params:
        _mark(turn, owed, "talk.undelivered", {"reason": nested(f"undelivered.{reason}")})


def _mark(turn: Turn, owed: Owed, key: str, fate: dict[str, str]) -> None:
    params = owed.params
    turn.mark(int(params[POST]), f"thread.reply+{key}", {STAFF: params[STAFF], "text": params["text"], **fate})
    if "paper" in params:
        _drop(turn, int(params["paper"]))


def _drop(turn: Turn, paper_id: int) -> None:
    """Have a file deleted that was kept only to be sent."""
    paper = next((p for p in turn.papers if p.id == paper_id), None)
    if paper is not None:
        turn.put_paper(replace(paper, status="erased", file_id="", name="", album=""))
        turn.run_errand("drop_file", paper.id)
