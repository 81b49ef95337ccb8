"""A list of numbers in the chat: heard as a file, put right by what is typed, reported row by row, put away."""

import re
from collections.abc import Iterable

from domain.desk import approving
from domain.desk.asking import ask, ask_first, ask_open_or_say, open_question
from domain.desk.heard import Document, Heard
from domain.desk.state import Paper
from domain.desk.turn import Turn
from domain.intake.choices import Choice
from domain.intake.given import bare_word
from domain.intake.lists import TEMPLATE, columns_of, found_of, is_column_asked, said_of_taken
from domain.numbers import Phone, show
from domain.numbers.fixes import EVERYWHERE, ONE_MORE, Fix, read_corrections, write_fix
from domain.orders.agreed import agreed_of
from domain.orders.model import Case
from domain.orders.phases import is_ended
from domain.papers.sniff import LARGEST_PAPER
from domain.readers.secrets import mask_file_name
from domain.values import replace
from domain.wordkeys import LINE, nested

KIND, REPORT = "list", "list_report"
CRASHED = "list.refused.crashed"
"""Why a list was refused that could not be read for a fault of ours."""

ERASED = "erased"  # the status of a paper of which only the file is left, until an errand has deleted it
PENDING = ("list_found", "list_ask", "list_columns", "list_fixes")
_ENDINGS = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".numbers")
_TEXTS = (".csv", ".tsv", ".tab", ".txt")
_TYPES = frozenset({
    "text/csv", "text/plain", "text/tab-separated-values", "text/comma-separated-values", "application/csv",
    "application/vnd.ms-excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
})  # fmt: skip
_MANY = re.compile(
    r"(?:(?:hi|hello|please|can|could|do|i|we|i've|we've|ive|you|have|got|send|give|me|a|an|the|my|our|your|to|it|is|as"
    r"|in|by|of|with|want|need|some|very|really|so|big|long|whole|more|than|\d{2,5}|there|here"
    r"|are|lots|lot|tons|hundreds|thousands) )*"
    r"(?:(?:many|several|multiple|lots of|\d{2,5}|hundreds of|thousands of) (?:(?:phone|different) )*"
    r"(?:numbers|lines|dids|phones)|lists?|csv|excel|xlsx?|spreadsheets?|templates?|sheet)"
    r"(?: (?:file|list|sheet|template|with|of|for|to|fill|in|my|our|the|all|numbers|phone|lines|please|port|move))*"
)
_OF_LIST = re.compile(r"\b(?:list|file|sheet|spreadsheet|csv|excel|xlsx)\b", re.I)
_HOW_IT_IS = re.compile(
    r"\b(?:ok|okay|fine|good|alright|all right|ready|done|finished|wrong|problems?|errors?|status|state|read"
    r"|checked|accepted|received|arrived?|what now|happen\w*|got|get|see|working|through)\b",
    re.I,
)
_ASKS = re.compile(r"\?|\b(?:is|are|was|did|does|have|has|how|what)\b", re.I)
_LONGEST_WISH = 120  # characters of a text that may be nothing but the wish for a list
_MOST_TOLD = 5  # changes of a list, one by one
_NOWHERE = {"form": "0.0"}  # the button is of no request, and valid for ever
TEMPLATE_BUTTON = Choice(TEMPLATE, "button.list_template", _NOWHERE)


def is_list(document: Document) -> bool:
    """Tell a list of numbers by its name, or by what the sender's device says that it is."""
    return document.name.lower().endswith(_ENDINGS) or document.mime.lower() in _TYPES


def is_text(paper: Paper) -> bool:
    """Tell whether a list is plain text, by its name or its type, and no workbook."""
    return paper.name.lower().endswith(_TEXTS) or paper.mime.lower().startswith("text/")


def is_open(case: Case) -> bool:
    """Tell whether the list of a request may still change: nobody has signed for it, and nobody is to approve it."""
    return case.phase == "intake" and not approving.is_waiting(case)


def hear_list(turn: Turn, document: Document, heard: Heard) -> None:
    """Take a file as the list of numbers to move, while a request is being filled in; else it begins one."""
    case = turn.case
    if case is not None and is_ended(case.phase):
        turn.case = None
        turn.chat = replace(turn.chat, focus=None, asked=None)
    elif case is not None and not is_open(case):
        ask_open_or_say(turn, "list.too_late")
        return
    if document.size > LARGEST_PAPER:
        ask_open_or_say(turn, "list.refused.too_large")
    else:
        _take(turn, document, heard)


def _take(turn: Turn, document: Document, heard: Heard) -> None:
    is_new = turn.state.case is None and turn.chat.asked is None and not turn.state.briefs
    case = turn.open_case()
    for answered in PENDING:
        turn.drop(answered)
    if "numbers" not in case.answers:
        turn.chat = replace(turn.chat, asked="numbers", asking=turn.chat.asking + 1)
    name = mask_file_name(document.name)[:120]
    paper = Paper(
        turn.moment.new_id(), case.request.id, KIND, "wanted", document.file_id, name, document.mime, document.size,
        heard.message_id, turn.moment.now,
    )  # fmt: skip
    turn.put_paper(paper)
    turn.run_errand("read_list", paper.id)
    turn.say("start.welcome+list.reading" if is_new else "list.reading")


def newest_list(turn: Turn) -> Paper | None:
    """Return the newest list of the request; None where there is none."""
    lists = [paper for paper in turn.papers if paper.kind == KIND and paper.status != ERASED]
    return max(lists, key=lambda paper: paper.id, default=None)


def correct(turn: Turn, heard: Heard) -> bool:
    """Take numbers typed about the list that is asked about; tell whether there were any. The list is read anew.

    A request that was signed, or that an administrator looks at, hears nothing of its list any more.
    """
    question, case = open_question(turn), turn.case
    is_asked = question is not None and question.id == "numbers" == turn.chat.asked
    if case is None or not is_asked or found_of(case) is None or not is_open(case):
        return False
    told = read_corrections(heard.text, case.served)
    fixes = [fix for fix in told.fixes if _has(case, fix)]
    missing = [fix.last for fix in told.fixes if fix not in fixes]
    if not (fixes or missing or told.unread):
        return False
    lead, params = _not_put_right(case, missing, told.unread)
    if not fixes:
        ask(turn, lead, params)
        return True
    _keep(turn, fixes)
    read_again(turn)
    turn.say(f"list.rereading+{lead}" if lead else "list.rereading", {**params, "changes": _changes(fixes)})
    return True


def _has(case: Case, fix: Fix) -> bool:
    """Tell whether the list has the lines that a fix is about, as far as it is known which it has."""
    found = found_of(case)
    first, last = found.lines if found is not None else (0, 0)
    return fix.line <= ONE_MORE or not last or (first <= fix.line and fix.last <= last)


def _keep(turn: Turn, fixes: list[Fix]) -> None:
    """Keep what was put right behind what was before: what is said last of a line counts."""
    told = dict.fromkeys(turn.the_case().answer("list_fixes") or ())
    for fix in map(write_fix, fixes):
        told.pop(fix, None)
        told[fix] = None
    turn.answer("list_fixes", tuple(told))


def _not_put_right(case: Case, missing: list[int], unread: tuple[int, ...]) -> tuple[str, dict[str, str]]:
    """Return what is said of lines that the list does not have, and of those for which no number was read."""
    found = found_of(case)
    first, last = found.lines if found is not None else (0, 0)
    params = {"first": f"{first:,}", "last": f"{last:,}", "missing": _lines(missing), "unread": _lines(unread)}
    leads = ("list.no_line" if missing else "", "list.unread_line" if unread else "")
    return "+".join(lead for lead in leads if lead), params


def _lines(lines: Iterable[int]) -> str:
    shown = [f"{line}" for line in dict.fromkeys(lines)]
    return ", ".join([*shown[:_MOST_TOLD], *(["…"] if len(shown) > _MOST_TOLD else [])])


def _changes(fixes: list[Fix]) -> str:
    """Return one by one what was changed, the first five of many."""
    lines = [_change(fix) for fix in fixes[:_MOST_TOLD]]
    more = len(fixes) - len(lines)
    return LINE.join([*lines, *([nested("list.change.more", count=f"{more:,}")] if more > 0 else [])])


def _change(fix: Fix) -> str:
    said = {"line": str(fix.line), "last": str(fix.last), "number": show(Phone(fix.e164)) if fix.e164 else ""}
    if fix.line == ONE_MORE:
        return nested("list.change.added", **said)
    if fix.line == EVERYWHERE:
        return nested("list.change.without", **said)
    if fix.e164:
        return nested("list.change.put", **said)
    return nested("list.change.dropped_some" if fix.until else "list.change.dropped", **said)


def offer(turn: Turn, heard: Heard) -> bool:
    """Send the list to fill in to who says that there are many numbers; tell whether that was said."""
    question = open_question(turn)
    is_asked = question.id == "numbers" if question is not None else turn.case is None
    is_short = len(heard.text) <= _LONGEST_WISH
    if not is_asked or not is_short or _MANY.fullmatch(bare_word(heard.text)) is None:
        return False
    offer_template(turn)
    if turn.case is not None or turn.chat.asked is not None:
        ask(turn)
    else:
        ask_first(turn, "start.welcome")
    return True


def tell_state(turn: Turn, heard: Heard) -> bool:
    """Tell how it stands with the list of a request to who asks for it; tell whether that was asked."""
    case, paper, question = turn.case, newest_list(turn), open_question(turn)
    if case is None or paper is None or not is_open(case) or not _asks_of_list(heard.text):
        return False
    agreed, taken = agreed_of(case), case.answer("numbers")
    if taken:
        count = agreed.count if agreed else len(taken)
        ask_open_or_say(turn, said_of_taken(count), {"count": f"{count:,}"})
    elif question is None or question.id != "numbers":
        return False
    elif paper.status in ("wanted", "kept") and found_of(case) is None and not is_column_asked(case):
        turn.say("list.still_reading")
    else:
        ask(turn)
    return True


def _asks_of_list(said: str) -> bool:
    """Tell whether a short text asks how it stands with a list."""
    is_of_list = len(said) <= _LONGEST_WISH and _OF_LIST.search(said)
    return bool(is_of_list and _HOW_IT_IS.search(said) and _ASKS.search(said))


def read_again(turn: Turn) -> None:
    """Have the newest list read once more, with what was told of it meanwhile; its old buttons grow old.

    A reading that came to something keeps its rows, to which somebody may have agreed: the new one is a paper of its
    own, of the same file.
    """
    paper = newest_list(turn)
    if paper is not None:
        if found_of(turn.the_case()) is not None:
            paper = replace(paper, id=turn.moment.new_id(), status="wanted", at=turn.moment.now, object_key=None)
            turn.put_paper(paper)
        turn.run_errand("read_list", paper.id)
        turn.chat = replace(turn.chat, asking=turn.chat.asking + 1)


def columns_told(turn: Turn) -> None:
    """Have the list read once its columns are all told."""
    if columns_of(turn.the_case()) is not None:
        read_again(turn)


def settle(turn: Turn) -> None:
    """Give up the lists of the request that were neither agreed to nor are asked about, nor are still to be read."""
    case, newest = turn.the_case(), newest_list(turn)
    agreed, found = agreed_of(case), found_of(case)
    wanted = {agreed.paper if agreed else 0, newest.id if newest else 0, found.paper if found else 0}
    for paper in turn.papers:
        if paper.kind == KIND and paper.status != ERASED and paper.id not in wanted:
            give_up(turn, paper)


def give_up(turn: Turn, paper: Paper) -> None:
    """Have a list's rows and its file deleted."""
    turn.put_paper(replace(paper, status=ERASED, file_id="", name=""))
    turn.run_errand("drop_list", paper.id)


def let_go(turn: Turn, *kinds: str) -> None:
    """Delete the lists of a request that was given up before anybody else saw it; or only its reports."""
    for paper in turn.papers:
        if paper.kind in (kinds or (KIND, REPORT)) and paper.status != ERASED:
            give_up(turn, paper)


def settle_moved(turn: Turn) -> None:
    """Have the numbers of a list put into the inventory, or taken out of it, as their request is by now."""
    agreed = agreed_of(turn.the_case())
    if agreed is not None:
        turn.run_errand("list_moved", agreed.paper)


def offer_template(turn: Turn) -> None:
    """Send the list to fill in, both ways."""
    turn.say("list.template", {"template": "csv"})
    turn.say("list.template_too", {"template": "xlsx"})


def send_report(turn: Turn) -> None:
    """Send what was found in each row of the newest list; nothing where all were fine."""
    reports = [paper for paper in turn.papers if paper.kind == REPORT and paper.status == "kept"]
    newest = max(reports, key=lambda paper: paper.id, default=None)
    if newest is None or newest.object_key is None:
        ask(turn, "press.stale")
    else:
        turn.say("file.report", {"file": newest.object_key, "name": newest.name})
