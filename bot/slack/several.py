"""An act on several requests as people see it: what will happen to whom, what came of it, and a list to pick from."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    InputBlock,
    Option,
    PlainTextObject,
    StaticMultiSelectElement,
)
from slack_sdk.models.views import View

from bot.slack import cards, facts
from bot.slack.choosing import LONGEST_VALUE
from bot.slack.modals import inputs_for_several
from bot.slack.pieces import LONGEST_SECTION, plain, said, section
from bot.slack.rules import DO, PICK, SURE
from bot.wording import plain_text, say, slack_text
from domain.desk.keeping import Line
from domain.desk.several import MOST, Trial
from domain.desk.staffing import subject_of
from domain.desk.state import Told
from domain.desk.verbs import VERBS
from domain.errors import Refused
from domain.numbers import Phone, show
from domain.orders.phases import PHASES
from domain.text import clean
from domain.wordkeys import nested

SHOWN_OPTIONS = 100  # a menu takes no more (docs.slack.dev/reference/block-kit, read 2026-11-22)
_LONGEST_OPTION = 75
_LONGEST_WORDS = 1500  # of an argument that is carried on beside 25 references
LONGEST_WHY = 240  # characters of a sentence in a table of 25
_WILL = {  # what is told of an act once it is done, and what is said of it before
    "take.done": "several.will_take",
    "take.over": "several.will_take_over",
    "assign.done": "several.will_assign",
    "assign.nobody": "several.will_assign_nobody",
    "hold.done": "several.will_hold",
    "hold.off": "several.will_hold_off",
    "snooze.done": "several.will_snooze",
    "snooze.off": "several.will_snooze_off",
    "note.done": "several.will_note",
    "date.done": "several.will_date",
    "date.moved": "several.will_date_moved",
    "reject.done": "several.will_reject",
    "reject.done_silent": "several.will_reject",
    "reject.corrected": "several.will_reject_anew",
    "reject.corrected_silent": "several.will_reject_anew",
    "ask.done": "several.will_ask",
    "ask.done_silent": "several.will_ask",
    "undo.done": "several.will_undo",
    "undo.date": "several.will_undo_date",
    "undo.date_moved": "several.will_undo_date_moved",
}
_STEPS_BACK = ("undo.done", "undo.date", "undo.date_moved")  # whose sentences say themselves where it is again


@dataclass(frozen=True, slots=True)
class Batch:
    """An act on several requests, as a button carries it. `seen`: references with the versions that were seen."""

    token: str
    verb: str
    argument: str = ""
    seen: tuple[tuple[str, int], ...] = ()

    def written(self) -> str:
        """Return it as a button's value. Raises: Refused, where its words are too many."""
        refs = ",".join(f"{ref}:{version}" for ref, version in self.seen)
        value = f"{self.token} {self.verb} {refs or '-'} {self.argument}".strip()
        if len(value) > LONGEST_VALUE:
            raise Refused("choose.too_long")
        return value


def read_batch(text: str) -> Batch:
    """Return what a button or a form carries. Raises: Refused, where it is none of ours."""
    token, verb, refs, argument = (*text.split(" ", 3), "", "", "", "")[:4]
    pairs = [each.partition(":") for each in refs.split(",")] if refs not in ("", "-") else []
    if verb not in VERBS or not VERBS[verb].several or any(not version.isdecimal() for _, _, version in pairs):
        raise Refused("staff.form.stale")
    return Batch(token, verb, argument, tuple((ref, int(version)) for ref, _, version in pairs))


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an act on one request: `told` as for one alone."""

    ref: str
    told: Told


def preview(batch: Batch, trials: Sequence[Trial]) -> cards.Message:
    """Return what will happen to whom, what cannot and why, and the one button that does it."""
    can = [trial for trial in trials if trial.why is None]
    text = _preview_text(batch, trials)
    if not can:
        return cards.Message(text, tuple(blocks_of(text)))
    label = say("several.confirm", {"count": str(len(can))}, "en", clean)
    button = ButtonElement(
        text=PlainTextObject(text=label), action_id=DO, value=_of(batch, can).written(), style="primary"
    )
    return cards.Message(text, (*blocks_of(text), ActionsBlock(elements=[button])))


def preview_view(batch: Batch, trials: Sequence[Trial]) -> View:
    """Return the same as a form; without anything that can be done there is nothing to submit."""
    can = [trial for trial in trials if trial.why is None]
    blocks = blocks_of(_preview_text(batch, trials))
    if not can:
        return _view(blocks)
    return _view(blocks, SURE, _of(batch, can).written(), plain("several.do_it"))


def _of(batch: Batch, can: Sequence[Trial]) -> Batch:
    return Batch(batch.token, batch.verb, batch.argument, tuple((trial.ref, trial.version) for trial in can))


def _preview_text(batch: Batch, trials: Sequence[Trial]) -> str:
    can = [_will(batch, trial) for trial in trials if trial.why is None]
    cannot = [_line("several.cannot", _named(trial), trial.why) for trial in trials if trial.why is not None]
    params = {"verb": batch.verb, "argument": _said(batch), "count": str(len(can))}
    head = slack_text("several.head" if can else "several.none", params)
    return "\n".join([head, *can, *([slack_text("several.left_out", {})] if cannot else []), *cannot])


def _said(batch: Batch) -> str:
    """Return an argument as people read it: of a person their name."""
    person = subject_of(batch.argument)
    return nested("several.person", id=person) if person else batch.argument[:LONGEST_WHY]


def _will(batch: Batch, trial: Trial) -> str:
    """Return what will happen to one request, what its customer reads of it, and what speaks for a second look."""
    lines = [_act(batch, trial)]
    if not trial.waits:
        lines.append(_read(trial))
    if trial.risk is not None:
        lines.append(_cut(slack_text("several.careful", {"why": trial.risk.params.get("risk_why", "")})))
    return "\n".join(lines)


def _act(batch: Batch, trial: Trial) -> str:
    """Return what will be of one request."""
    was = trial.case.phase if trial.case is not None else ""
    holder = trial.case.request.assignee if trial.case is not None else None
    key, given = (trial.does.key, trial.does.params) if trial.does is not None else ("", {})
    params = {"verb": batch.verb, **given, **_named(trial)}
    params["had"] = nested("several.had", who=holder) if holder else ""
    params |= {"was": nested(f"phase.{was}"), "after": nested(f"phase.{trial.after}")}
    if trial.waits:
        return slack_text("several.waits", params)
    moves = was != trial.after and key not in _STEPS_BACK
    way = _WILL.get(key, "several.moves" if moves else "several.acts")
    return " ".join((slack_text("several.of" if moves else "several.of_at", params), _cut(slack_text(way, params))))


def _read(trial: Trial) -> str:
    """Return what the customer of a request will read."""
    text = " ".join(" ".join(plain_text(owed.key, owed.params, owed.language).split()) for owed in trial.read)
    if not text:
        return slack_text("several.reads_nothing", {})
    short = text if len(text) <= LONGEST_WHY else f"{text[:LONGEST_WHY].rpartition(' ')[0]} …"
    return slack_text("several.reads", {"text": short})


def result(done: Sequence[Done]) -> str:
    """Return what came of it, a line each: first what was done."""
    fine = [_ended(each) for each in done if not each.told.error]
    failed = [_ended(each) for each in done if each.told.error]
    params = {"done": str(len(fine)), "count": str(len(done))}
    return "\n".join([slack_text("several.result", params), *fine, *failed])


def _ended(done: Done) -> str:
    """Return the line of one request: the phase in which it is now, or else the sentence that tells what happened."""
    if done.told.error:
        return _line("several.failed", {"ref": done.ref}, done.told)
    if done.told.key in _WILL:  # whose sentence names the request
        return slack_text("several.as_told", {}) + _cut(slack_text(done.told.key, done.told.params).replace("\n", " "))
    phase = done.told.params.get("phase", "")
    if phase:
        return slack_text("several.done", {"ref": done.ref, "phase": phase})
    return _line("several.told", {"ref": done.ref}, done.told)


def result_view(text: str) -> View:
    """Return the result as a form to be closed."""
    return _view(blocks_of(text))


def blocks_of(text: str) -> list[Block]:
    """Return lines as blocks, as many lines in each as fit."""
    parts = [""]
    for line in text.split("\n"):
        if len(parts[-1]) + len(line) >= LONGEST_SECTION:
            parts.append("")
        parts[-1] += f"{line}\n"
    return [section(part.rstrip("\n")) for part in parts if part.strip()]


def waiting_view() -> View:
    """Return what stands in a form's place while the database is asked."""
    return _view([said("several.waiting")])


def picker(batch: Batch, rows: Sequence[Line]) -> View:
    """Return a form that offers requests to choose several of, and asks for what the verb takes beside them."""
    about = said("several.pick", verb=batch.verb)
    options = [Option(value=row.ref, label=_label(row)) for row in rows[:SHOWN_OPTIONS]]
    if not options:
        return _view([said("several.nothing", verb=batch.verb)])
    element = StaticMultiSelectElement(action_id="value", options=options, max_selected_items=MOST)
    refs = InputBlock(block_id="refs", label=plain("several.requests"), element=element)
    blocks = [about, refs, *inputs_for_several(batch.verb, _LONGEST_WORDS)]
    return _view(blocks, PICK, batch.written(), plain("several.look"))


def _label(row: Line) -> str:
    phase = say(f"phase.{row.status}", {}, "en", clean) if row.status in PHASES else ""
    number = f"{show(Phone(row.e164))}{f' +{row.many - 1:,}' if row.many > 1 else ''}" if row.e164 else ""
    parts = (row.ref, number, phase, row.title)
    return clean(" · ".join(part for part in parts if part))[:_LONGEST_OPTION]


def _view(
    blocks: Sequence[Block], callback: str | None = None, told: str | None = None, submit: PlainTextObject | None = None
) -> View:
    return View(
        type="modal",
        title=plain("several.title"),
        close=plain("form.close"),
        blocks=list(blocks),
        callback_id=callback,
        private_metadata=told,
        submit=submit,
    )


def _line(key: str, named: dict[str, str], told: Told) -> str:
    """Return a request's name, and the sentence that tells of it."""
    return f"{slack_text(key, named)} {_cut(slack_text(told.key, told.params))}"


def _cut(text: str) -> str:
    """Return a sentence, or its beginning: cut at a space, so that no escape or mention is cut in two."""
    return text if len(text) <= LONGEST_WHY else f"{text[:LONGEST_WHY].rpartition(' ')[0]} …"


def _named(trial: Trial) -> dict[str, str]:
    case = trial.case
    if case is None:
        return {"ref": trial.ref, "name": "—"}
    parts = (case.request.title, facts.in_short(case))
    return {"ref": trial.ref, "name": " · ".join(part for part in parts if part)}
