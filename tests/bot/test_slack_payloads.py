"""Every message and view that staff are shown keeps to Slack's limits and says nothing of its own, at its largest.

200 numbers, the longest names, every script, and what Slack would read as a mention, a link or formatting, in every
field of every one. What makes messages and views is found in the code: one without an entry here fails.
"""

import ast
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.models.views import View

from bot.slack import (
    again,
    attaching,
    cards,
    carriers,
    choosing,
    finding,
    forms,
    held,
    home,
    modals,
    phoning,
    preferences,
    reply,
    several,
    sure,
    talking,
    threads,
    timeline,
)
from bot.slack.arguments import Unsure as Named
from bot.slack.heard import Heard
from bot.slack.places import Place
from bot.wording import say, sentences, slack_text
from domain.carriers import CARRIERS
from domain.carriers.corrections import FIELDS, Note
from domain.desk import eyes, risks
from domain.desk.attaching import Attached, Slip
from domain.desk.finding import Search
from domain.desk.found import Story, Undelivered
from domain.desk.home import SECTIONS, Seen
from domain.desk.keeping import Line, Sheet
from domain.desk.passing import REPLY
from domain.desk.roles import Member, Role
from domain.desk.several import Trial
from domain.desk.state import Chat, Choice, History, Moment, Owed, State, Told
from domain.desk.turn import Turn
from domain.errors import Refused
from domain.orders.phases import PHASES
from domain.policy import Policy
from domain.text import clean
from domain.values import replace
from domain.wordkeys import FIELD, ITEM, LINE
from sandbox.slack.limits import check_blocks, check_view
from tests.bot.test_slack_cards import LATER, NOW, answered, sheet_of
from tests.structure.ground import trees

POLICY = Policy(good_standing=True)
REF = "P-7KQ2M"
MAYA, BEN = "U0STAFF1", "U0STAFF2"
LONGEST_TITLE = 40
LONGEST_FALLBACK = 40_000  # characters of a message's own text; Slack cuts what is longer

NASTY = (
    "<!channel>", "<!here|here>", "<@U1>", "<#C1|x>", "<https://evil.example|your bank>", "http://evil.example",
    "`rm -rf`", "```evil```", "*evil*", "_evil_", "~evil~", "&lt;!channel&gt;", "\u202eabc\u202c", "\u2066x\u2069",
    "a\u200bb\ufeff", "@phase.ported", "\x1dphase.ported", "{staff}", "\x00\x1b[31m", "<!date^1^{date}|x>",
)  # fmt: skip
LONG = ("ﷺ" * 90, "👩‍👩‍👧‍👦" * 40, "W" * 400, "&" * 400, "<" * 300, "Ǆ" * 300)
SCRIPTS = (
    "محمد بن عبد الله",
    "Владимир",
    "王小明",
    "ひらがな",
    "한국어 이름",
    "नमस्ते",
    "שלום",
    "ภาษาไทย",
    "Ελένη",
    "ÅÖÑ",
    "አማርኛ",
)
MIXED = st.lists(st.sampled_from([*NASTY, *SCRIPTS]), min_size=2, max_size=5).map(" ".join)
SAID = st.text(st.characters(exclude_characters=ITEM + FIELD + LINE), max_size=400)  # which no reader lets through
WORDS = st.one_of(st.sampled_from([*NASTY, *LONG, *SCRIPTS]), SAID, MIXED)

OUR_OWN = re.compile(
    r"<@U0STAFF[12]>|<!subteam\^S0STAFF>|<!date\^\d+\^[^<>|]*\|[^<>|]*>|<https://desk\.example[^<>|]*(?:\|[^<>|]*)?>"
)
EVIL = re.compile(r"[<>]|`rm|```")
FORMATTED = re.compile(r"\*evil|(?<!\w)_evil|~evil")
CODE = re.compile(r"`[^`\n]*`")  # within it nothing is read as formatting
QUOTE = re.compile(r"^>", re.MULTILINE)
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c\x00-\x08\x0b-\x1f\x7f-\x9f]")

Made = View | cards.Message


@dataclass
class Ground:
    """What people wrote, handed out piece by piece, and how large everything else is."""

    said: Sequence[str]
    phase: str
    many: int
    is_odd: bool
    _turn: Iterator[int] = field(default_factory=itertools.count)

    def word(self) -> str:
        """Return the next thing that somebody wrote."""
        return self.said[next(self._turn) % len(self.said)]

    def title(self) -> str:
        """Return a friendly name, as long as one may be."""
        return self.word()[:LONGEST_TITLE]

    def sheet(self) -> Sheet:
        """Return a request of which everything is said, and every mark set."""
        words = [self.word() for _ in range(6)]
        sheet = sheet_of(self.phase, words, pin="asked", blocked=self.is_odd, rivals=self.many, many=self.many)
        request = replace(
            sheet.case.request,
            hold=self.word(),
            assignee=MAYA,
            snoozed_until=LATER,
            title=self.title(),
            note=self.word(),
        )
        urgent = ("already_cancelled", "wants_person", self.word(), self.word(), self.word(), self.word())
        given = {**sheet.case.answers, **answered({"held_by": (BEN,), "flags": urgent})}
        numbers = tuple(
            replace(n, phase=each) if self.is_odd else n
            for n, each in zip(sheet.case.numbers, [*PHASES] * len(sheet.case.numbers), strict=False)
        )
        case = replace(sheet.case, request=request, answers=given, numbers=numbers)
        taken = MAYA if self.is_odd else None
        return replace(sheet, case=case, carrier_wrote=self.word(), taken_by=taken, history=tuple(self.history(20)))

    def history(self, many: int) -> Iterator[History]:
        """Yield rows of what happened, by everybody."""
        actors = ("customer", "clock", "errand", f"staff:{MAYA}", "colleague:7")
        for n in range(many):
            at = NOW - timedelta(hours=many - n)
            detail = "submitted>carrier_review" if n % 3 else self.word()
            yield History(n, 1, 9, actors[n % 5], "advance" if n % 3 else "rejection", at, detail=detail)

    def line(self, n: int = 0) -> Line:
        """Return a request as lists show it."""
        ref = f"P-{n:05d}"
        rest = ("verizon", NOW, "2026-11-25", self.title(), self.many, MAYA, LATER, self.word())
        return Line(ref, self.phase, "+16284218832", *rest, self.word(), is_urgent=True)

    def post(self, key: str = "thread.note", **more: Any) -> Owed:
        """Return a post that says what somebody wrote."""
        params = {"text": self.word(), "staff": MAYA, "flag": self.word()}
        return Owed(next(self._turn), "post", "card:1", "1", key, "once", params, **more)

    def note(self, number: int, what: str) -> Note:
        """Return a correction of a carrier's entry."""
        withdrawn = (NOW, BEN) if number % 2 else (None, None)
        day = date(2026, 11, 22)
        return Note(number, "verizon", what, self.word(), self.word(), day, self.is_odd, MAYA, NOW, *withdrawn)

    def search(self) -> Search:
        """Return a search for anything."""
        return Search(self.word()[:200], carrier="verizon", offset=20)


def _card(ground: Ground) -> Iterator[Made]:
    yield cards.card(ground.sheet(), POLICY)


def _posts(ground: Ground) -> Iterator[Made]:
    yield cards.thread_post(ground.post("thread.wrote", buttons=REPLY), REF)
    yield cards.channel_post(ground.post("thread.wrote", buttons=((Choice("c", "button.go", {
        "value": REF, "ref": ground.word()}),),)))  # fmt: skip
    posts = [cards.thread_post(ground.post(buttons=REPLY if n % 2 else ()), REF) for n in range(20)]
    yield threads.joined(posts[: threads.fitting(posts)])


def _carrier(ground: Ground) -> Iterator[Made]:
    row = next(iter(CARRIERS.values()))
    notes = [ground.note(n, FIELDS[n % len(FIELDS)]) for n in range(40)]
    standing = [replace(note, text=note.text[:300], source=note.source[:80]) for note in notes]
    yield carriers.entry(row, standing, POLICY)
    yield carriers.choices(tuple(CARRIERS.values()), ground.word())
    yield carriers.history(row, [], POLICY)
    yield carriers.history(row, standing, POLICY)
    yield from map(carriers.form, CARRIERS.values())


def _chosen(ground: Ground) -> Iterator[Made]:
    heard = Heard(MAYA, "T1", "slack:cmd:1", "1", "/port", ground.word())
    lines = tuple(ground.line(n) for n in range(5))
    for is_slip in (True, False):
        with suppress(Refused):  # words that are too many for a button, or a secret, are not carried by one
            meant = Named(lines, ground.word(), ground.word(), more=True, is_slip=is_slip)
            yield choosing.choices(heard, "note", meant, NOW, POLICY)
    with suppress(Refused):
        button = choosing.run_button(heard, ground.word(), "staff.button.note", {})
        near = {"given": ground.word(), "near": "note", "example": ground.word()}
        yield choosing.with_button(Told("staff.verb.near", near), button)
    help_line = slack_text("thread.note", {"text": ground.word()[:120], "staff": MAYA})
    yield choosing.grouped(slack_text("staff.help.head", {}), [[help_line]] * 9)


def _found(ground: Ground) -> Iterator[Made]:
    rows = [ground.line(n) for n in range(20)]
    page = finding.message(finding.Page(ground.search(), rows, 200), NOW, POLICY)
    yield page
    yield finding.message(finding.Page(ground.search(), (), 0), NOW, POLICY)
    yield finding.results(page)
    yield finding.look(REF, cards.card(ground.sheet(), POLICY))
    yield finding.searching()
    yield finding.form(ground.search(), MAYA)


def _phoned(_ground: Ground) -> Iterator[Made]:
    yield phoning.form()
    for link in ("", f"https://t.me/desk_bot?start={'x' * 64}"):
        yield phoning.done(REF, link, 72)
        yield phoning.link_message(REF, link, 72)
        yield phoning.link_message(REF, link, 72, "phone.new_link")


def _held(ground: Ground) -> Iterator[Made]:
    owed = [replace(ground.post(), kind=kind) for kind in ("say", "post", "card", "status", "mail") * 2]
    failed = [Undelivered(each, NOW, ("blocked", "odd")[n % 2], REF) for n, each in enumerate(owed)]
    rows = [ground.line(n) for n in range(held.SHOWN_REQUESTS)]
    yield held.held(rows, 200, failed[: held.SHOWN_MESSAGES], NOW, POLICY)
    yield held.held((), 0, (), NOW, POLICY)


def _timeline(ground: Ground) -> Iterator[Made]:
    yield timeline.timeline(Story(REF, tuple(ground.history(300))), NOW, POLICY)
    yield timeline.timeline(Story(REF, ()), NOW, POLICY)


def _forms(ground: Ground) -> Iterator[Made]:
    told = (Owed(1, "say", "chat:1", "1", "reply.text", "o", {"text": ground.word()}),)
    for verb in forms.FILLED:
        for said in (None, told, (), Refused("reply.secret", ref=ground.word())):
            entered = {"answer": ("name",)}
            yield forms.filled(verb, forms.Filling(ground.sheet(), POLICY, NOW.date(), entered=entered, said=said))
    for verb in modals._FORMS:
        yield modals.modal(verb, REF)
    yield modals.modal("eligible", REF, ("good_standing",))
    yield modals.working(REF)


def _sure(ground: Ground) -> Iterator[Made]:
    names = ("risk_title", "risk_why", "risk_numbers", "changed_lines")
    params = {"ref": REF, **{name: ground.word() for name in names}}
    ask, changed = (partial(each, **params) for each in (risks.AskFirst, risks.Changed))
    for unsure in (ask("risk.ask", "again"), changed("risk.changed+risk.still", "")):
        yield sure.message(unsure)
        yield sure.view(unsure)
    yield from _confirmed(ground, risks.AskFirst("risk.ask", "again", **params))


def _confirmed(ground: Ground, why: risks.AskFirst) -> Iterator[Made]:
    """Yield what a second person is shown whose colleague's request has changed since, once for each way it says so."""
    sheet, seen = ground.sheet(), risks.Seen(3, 7)
    again = risks.carried(REF, eyes.CONFIRM, str(2**63 - 1), seen)
    for verb, reason in (("cancel", why), ("cancel", None), ("reveal", None)):
        since = risks.ChangedSince(REF, seen, verb, reason, "" if verb == "reveal" else ground.word())
        changed = risks.told_by(since, sheet.case, tuple(ground.history(20)), again, POLICY)
        assert changed.again == again
        yield sure.message(changed)
        yield sure.view(changed)


def _eyes(ground: Ground) -> Iterator[Made]:
    """Yield the post that asks for a second person: for a late cancellation with what happens, and for a reveal."""
    ids, sheet = itertools.count(2**62), ground.sheet()
    moment = Moment(NOW, "e", lambda: next(ids), lambda: REF)
    state = State(Chat(sheet.case.request.chat_id), sheet.case)
    after = Turn(state, moment, f"staff:{MAYA}", POLICY)
    for number in sheet.case.numbers:
        after.set_number(replace(number, phase="cancelled"))
    happens = Told("eyes.happens", risks.outlook(after, sheet.case, "cancel", is_typed=True))
    wishes = ("cancel_late", happens), ("reveal", None)
    for what, shows in wishes:
        turn = Turn(state, moment, f"staff:{MAYA}", POLICY)
        eyes.keep(turn, what, ground.word(), eyes.Actor(MAYA, Role.AGENT), shows)
        [owed] = turn.changes().owed
        assert owed.key == "eyes.asked+form.here" + ("+eyes.happens" if shows else "")
        made = cards.channel_post(owed)
        assert eyes.CONFIRM in repr([block.to_dict() for block in made.blocks])
        yield made


def _several(ground: Ground) -> Iterator[Made]:
    batch = several.Batch("token", "note", ground.word()[:100], ((REF, 4),))
    no = Told("reply.secret", {"ref": ground.word()}, error=True)
    trials = [Trial(REF, ground.sheet().case, "submitted", no if n % 2 else None, no, n % 3 == 0) for n in range(25)]
    with suppress(Refused):
        yield several.preview(batch, trials)
    with suppress(Refused):
        yield several.preview_view(batch, trials)
    words = [{"text": ground.word(), "staff": MAYA} for _ in range(25)]
    done = [several.Done(f"P-{n:05d}", Told("thread.note", each, error=n % 2 > 0)) for n, each in enumerate(words)]
    text = several.result(done)
    yield several.result_view(text)
    yield cards.Message(text, tuple(several.blocks_of(text)))
    yield several.waiting_view()
    with suppress(Refused):
        yield several.picker(batch, [ground.line(n) for n in range(150)])
        for verb in modals._FOR_SEVERAL:
            yield several.picker(several.Batch("token", verb), [ground.line(n) for n in range(150)])


def _preferred(ground: Ground) -> Iterator[Made]:
    yield preferences.waiting()
    yield preferences.form(Member(MAYA, digest_dm=ground.is_odd, digest_at="08:30", zone="America/Chicago"), POLICY)


def _talk(ground: Ground) -> Iterator[Made]:
    note = say("reply.secret", {"ref": ground.word()}, "en", clean)
    yield talking.reply_form(POLICY, REF, ground.word()[:2000], saved="bill", note=note)
    form = talking.reply_form(POLICY, REF, note=note, there=MAYA).to_dict()
    draft = talking.Draft(REF, ground.word()[:2000], ("F1", "F2"))
    held = {"words": {"value": {"value": draft.words}}}
    wrong = Told("reply.secret", {"ref": ground.word()}, error=True)
    put_back = talking.reply_again({**form, "state": {"values": held}}, draft, wrong)
    yield put_back
    yield again.form_again(put_back.to_dict(), wrong)
    yield talking.last_look(talking.Draft(REF, ground.word()[:2000], ("F1", "F2")))
    yield reply.sentence_view(Told("thread.note", {"text": ground.word(), "staff": MAYA}))


def _attached(ground: Ground) -> Iterator[Made]:
    files = tuple(Slip(f"F{n}", ground.word()[:60]) for n in range(5))
    named = tuple(f"{each.id} {each.name}" for each in files)
    said = Heard(MAYA, "T1", "e", "1", attaching.ATTACH, ground.word(), {"files": named})
    wish = attaching.message_of(said)
    yield attaching.form(wish)
    yield attaching.choice(wish, [ground.line(n) for n in range(120)])
    yield attaching.form(Attached(MAYA, ""))


def _home(ground: Ground) -> Iterator[Made]:
    lines = tuple(ground.line(n) for n in range(home.PAGE))
    counts = dict.fromkeys(SECTIONS, 1234)
    told = tuple(cards.sections(slack_text("thread.note", {"text": ground.word(), "staff": MAYA})))
    place = Place("mine", 10, REF, ground.word()[:200])
    for shown in (
        home.Shown(Seen(counts, "mine", lines), place, told),
        home.Shown(Seen(counts, "mine", lines), place, told, found=lines),
        home.Shown(Seen(counts, "mine", lines), place, told, found=()),
        home.Shown(Seen({}, "", ()), Place()),
        home.Shown(
            Seen(counts, "mine", ()), place, focus=cards.card(ground.sheet(), POLICY), link="<https://desk.example/r|x>"
        ),
    ):
        yield home.view(shown, NOW, POLICY)


ENTRIES: dict[str, Callable[[Ground], Iterable[Made]]] = {
    "cards.card": _card,
    **dict.fromkeys(("cards.thread_post", "threads.joined"), _posts),
    "cards.channel_post": _eyes,
    **dict.fromkeys(("carriers.entry", "carriers.choices", "carriers.history", "carriers.form"), _carrier),
    **dict.fromkeys(("choosing.choices", "choosing.with_button", "choosing.grouped"), _chosen),
    **dict.fromkeys((f"finding.{each}" for each in ("message", "look", "results", "searching", "form")), _found),
    "timeline.timeline": _timeline,
    "held.held": _held,
    **dict.fromkeys(("phoning.form", "phoning.done", "phoning.link_message"), _phoned),
    **dict.fromkeys(("forms.filled", "modals.modal", "modals.working"), _forms),
    **dict.fromkeys(("sure.message", "sure.view"), _sure),
    **dict.fromkeys(
        (f"several.{each}" for each in ("preview", "preview_view", "result_view", "waiting_view")), _several
    ),
    **dict.fromkeys(("several.picker",), _several),
    **dict.fromkeys(("preferences.waiting", "preferences.form"), _preferred),
    **dict.fromkeys(("talking.reply_form", "talking.last_look", "reply.sentence_view"), _talk),
    **dict.fromkeys(("talking.reply_again", "again.form_again"), _talk),
    **dict.fromkeys(("attaching.form", "attaching.choice"), _attached),
    "home.view": _home,
}
"""What makes a message or a view, by module and name, and how it is made here at its largest."""

MAKERS = list(dict.fromkeys(ENTRIES.values()))


def makers() -> set[str]:
    """Return what in the code gives back a message or a view, whoever wrote it."""
    return {
        f"{name.removeprefix('bot/slack/').removesuffix('.py')}.{node.name}"
        for name, tree in trees("bot")
        if name.startswith("bot/slack/")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and _makes(node.returns)
    }


def _makes(returned: ast.expr | None) -> bool:
    return returned is not None and re.search(r"\b(?:View|Message)\b", ast.unparse(returned)) is not None


def test_every_message_and_view_has_an_entry_here() -> None:
    assert makers() - ENTRIES.keys() == set(), "make them here at their largest, with anybody's words"
    assert ENTRIES.keys() - makers() == set()


def texts(thing: Any) -> Iterator[tuple[str, str]]:
    """Yield every text of a payload with its kind."""
    if isinstance(thing, dict):
        if thing.get("type") in ("mrkdwn", "plain_text") and isinstance(thing.get("text"), str):
            yield thing["type"], thing["text"]
        for each in thing.values():
            yield from texts(each)
    elif isinstance(thing, list):
        for each in thing:
            yield from texts(each)


def check_harmless(kind: str, text: str) -> None:
    """Check that a text holds nothing unseen, and as markup nothing but what is ours."""
    assert not UNSEEN.search(text), text
    if kind == "mrkdwn":
        rest = QUOTE.sub("", OUR_OWN.sub("", text))
        assert not EVIL.search(rest), text
        assert not FORMATTED.search(CODE.sub("", rest)), text


def check(made: Made) -> None:
    if isinstance(made, View):
        body = made.to_dict()
        check_view(body, ("modal", "home"))
    else:
        body = {"blocks": [block.to_dict() for block in made.blocks]}
        check_blocks(body["blocks"])
        assert made.text.strip()
        assert len(made.text) <= LONGEST_FALLBACK
        check_harmless("mrkdwn", made.text)
    for kind, text in texts(body):
        check_harmless(kind, text)


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__.strip("_"))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    said=st.lists(WORDS, min_size=1, max_size=12),
    phase=st.sampled_from(sorted(PHASES)),
    many=st.sampled_from([1, 2, 11, 200]),
    is_odd=st.booleans(),
)
def test_at_their_largest_they_keep_to_the_limits_and_say_nothing_of_their_own(
    make: Callable[[Ground], Iterable[Made]], said: list[str], phase: str, many: int, *, is_odd: bool
) -> None:
    ground = Ground(said, phase, many, is_odd)
    for made in make(ground):
        check(made)


@pytest.mark.parametrize(("place", "phase"), [*enumerate(PHASES)])
def test_the_largest_card_of_every_phase_fits(place: int, phase: str) -> None:
    """The longest words stand in every field at once; what would be markup goes round its fields, phase by phase."""
    turn = place % len(NASTY)
    for said in (*([word] for word in LONG), [*NASTY[turn:], *NASTY[:turn]]):
        for is_odd in (True, False):
            check(cards.card(Ground(said, phase, 200, is_odd).sheet(), POLICY))


PLACE = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("nasty", [*NASTY, " ".join(NASTY)], ids=lambda nasty: repr(nasty)[:20])
def test_no_sentence_lets_its_values_through_as_markup(nasty: str) -> None:
    """Posts, whispers and answers are sentences with values: of every sentence that there is, whatever they are."""
    for key, template in sentences("en").items():
        places = dict.fromkeys(PLACE.findall(template), nasty)
        if places:
            text = slack_text(key, places)
            assert not UNSEEN.search(text), key
            for mark in "<>`":
                assert text.count(mark) == template.count(mark), key
            assert "`" in template or "*evil" not in text, key  # within a code span nothing is read
