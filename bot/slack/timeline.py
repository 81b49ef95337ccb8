"""A request's whole way as staff read it: the days in each phase, and what was done when and by whom."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from slack_sdk.models.blocks import Block, HeaderBlock, PlainTextObject

from bot.slack import cards
from bot.slack.pieces import LONGEST_SECTION, section
from bot.wording import for_slack, say, sentences, slack_text
from domain.calendar import business_days_between
from domain.desk.found import Story
from domain.desk.state import History
from domain.desk.timeline import Period, periods
from domain.intake.questions import BY_ID
from domain.orders.phases import PHASES
from domain.orders.rejections import REJECTIONS, codes_of
from domain.policy import Policy
from domain.text import clean
from domain.wordkeys import nested

STAFF = "staff:"
SHOWN = 40  # lines of what was done, the newest: a message takes about 13,000 characters
LONGEST_DETAIL = 60
_QUIET = frozenset({"answered", "started", "coded", "copy_came"})  # what is left out: a request has dozens of them
_ACTORS = ("customer", "clock", "errand", "signer")
_HOUR, _DAY = 60, 24 * 60  # minutes


def timeline(story: Story, now: datetime, policy: Policy) -> cards.Message:
    """Return a request's timeline."""
    zone = policy.desk_zone.key.replace("_", " ")
    head = slack_text("timeline.head", {"ref": story.ref, "zone": zone})
    spans = [_span(each, now, policy) for each in periods(story.history)]
    done = [_deed(row, policy) for row in _each_once(story.history)]
    cut = [slack_text("timeline.older", {"count": f"{len(done) - SHOWN:,}"})] if len(done) > SHOWN else []
    parts = ["\n".join(spans), "\n".join([slack_text("timeline.deeds", {}), *cut, *done[-SHOWN:]])]
    blocks = (HeaderBlock(text=PlainTextObject(text=head.replace("*", ""))), *_sections(parts))
    return cards.Message("\n".join([head, *spans])[:LONGEST_SECTION], blocks)


def _each_once(history: Iterable[History]) -> Iterable[History]:
    """Return what is told of a request: a step that took several numbers the same way is told once."""
    told = [row for row in history if row.what not in _QUIET]
    return {(row.at, row.actor, row.what, row.detail) if _is_move(row) else row.id: row for row in told}.values()


def _is_move(row: History) -> bool:
    before, _, after = row.detail.partition(">")
    return before in PHASES and after in PHASES


def _span(period: Period, now: datetime, policy: Policy) -> str:
    end = period.end or now
    start_day, end_day = (each.astimezone(policy.desk_zone).date() for each in (period.start, end))
    params = {
        "phase": nested(f"phase.{period.phase}"),
        "start": _local(period.start, policy),
        "lasted": _lasted(end - period.start, business_days_between(start_day, end_day)),
    }
    if period.end == period.start:
        return slack_text("timeline.over", params)
    return slack_text("timeline.span" if period.end else "timeline.span_now", params)


def _lasted(span: timedelta, business: int) -> str:
    """Return a span in days, or in the unit that it has some of."""
    minutes = int(span.total_seconds() // 60)
    if minutes >= _DAY:
        return nested("timeline.days", count=f"{minutes / _DAY:.1f}", business=str(business))
    if minutes >= _HOUR:
        return nested("timeline.hours", count=f"{minutes / _HOUR:.1f}")
    return nested("timeline.minutes", count=str(minutes))


def _deed(row: History, policy: Policy) -> str:
    """Return one row in the card's words; what has none is shown by its name in history."""
    params = {
        "at": _local(row.at, policy),
        "what": _deed_of(row.what),
        "who": _who(row),
        "detail": _detail(row, policy),
    }
    return slack_text("timeline.deed_detail" if params["detail"] else "timeline.deed", params)


def _who(row: History) -> str:
    if row.actor.startswith(STAFF):
        return nested("people.person", id=row.actor.removeprefix(STAFF))
    return nested(f"timeline.by.{row.actor}") if row.actor in _ACTORS else nested("timeline.by.colleague")


def _deed_of(what: str) -> str:
    key = f"timeline.what.{what}"
    return nested(key) if key in sentences("en") else what.replace("_", " ")


def _detail(row: History, policy: Policy) -> str:
    """Return what more there is to say of a row; ids of ours are of no use to anybody."""
    before, _, after = row.detail.partition(">")
    if _is_move(row):
        return f"{_words(f'phase.{before}')} → {_words(f'phase.{after}')}"
    if row.what in _DETAILS:
        return _DETAILS[row.what](row.detail)
    if row.what == "snoozed":
        return _local(datetime.fromisoformat(row.detail), policy)
    if row.field in BY_ID:
        return nested(f"staff.answer.{row.field}")
    return row.detail.replace("_", " ")[:LONGEST_DETAIL]


def _reasons(detail: str) -> str:
    codes = codes_of(detail)
    is_known = codes and all(code in REJECTIONS for code in codes)
    return ", ".join(_words(f"rejection.short.{code}") for code in codes) if is_known else detail[:LONGEST_DETAIL]


def _answers(detail: str) -> str:
    names = detail.split(",") if detail else []
    return ", ".join(_words(f"staff.answer.{name}") if name in BY_ID else name for name in names)


def _holders(detail: str) -> str:
    """Return who had a request and who has it now; nobody where it is left empty."""
    before, _, after = (_holder(person) for person in detail.partition(">"))
    return nested("timeline.holders", before=before, after=after)


def _holder(person: str) -> str:
    return nested("people.person", id=person) if person else nested("timeline.nobody")


def _act(detail: str) -> str:
    """Return an act for which a second person is needed, and of one that was confirmed whose wish it was."""
    what, _, rest = detail.partition(" ")
    return f"{_named(what)} {rest}".rstrip()[:LONGEST_DETAIL]


def _act_of(detail: str) -> str:
    what, _, asker = detail.partition(" ")
    return nested("timeline.act_of", act=_named(what), asker=asker)


def _named(what: str) -> str:
    key = f"timeline.act.{what}"
    return _words(key) if key in sentences("en") else what.replace("_", " ")


def _nothing(_detail: str) -> str:
    return ""


_DETAILS: dict[str, Callable[[str], str]] = {
    "rejection": _reasons,
    "asked": _answers,
    "assigned": _holders,
    "reveal": _holder,
    "undone": _deed_of,
    "asked_for": _act,
    "overridden": _act,
    "confirmed": _act_of,
    **dict.fromkeys(("ticked", "unticked"), lambda check: nested(f"eligible.check.{check}")),
    **dict.fromkeys(("set_up", "set_down"), lambda check: nested(f"routing.check.{check}")),
    "texting": lambda state: nested(f"texting.state.{state}"),
    **dict.fromkeys(("opened_letter", "opened_paper", "sent_again", "let_go", "list_read"), _nothing),
    "copy_read": lambda finding: nested(f"copy.is.{finding}"),
    "copy_refused": lambda reason: nested(f"copy.is.{reason}"),
    **dict.fromkeys(("letter_sealed", "letter_void", "letter_stands"), _nothing),
    "copy_accepted": _nothing,
    **dict.fromkeys(("blank_printed", "blank_void", "blank_stands"), _nothing),
    "letter_not_sealed": lambda reason: nested(f"letter.not_sealed.{reason}", more="…"),
}


def _words(key: str) -> str:
    return say(key, {}, "en", clean)


def _sections(parts: Sequence[str]) -> Iterator[Block]:
    """Yield each part as blocks, cut at the ends of lines so that no mention is cut in two."""
    for part in parts:
        text = ""
        for line in part.split("\n"):
            if len(text) + len(line) + 1 > LONGEST_SECTION:
                yield section(text)
                text = ""
            text = f"{text}\n{line}" if text else line[:LONGEST_SECTION]
        yield section(text or for_slack("—"))


def _local(at: datetime, policy: Policy) -> str:
    return f"{at.astimezone(policy.desk_zone):%Y-%m-%d %H:%M}"
