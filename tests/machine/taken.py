"""What there is to be taken by the machine, what was, and the table that is printed of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.desk.state import Answer, Changes, History
from domain.intake.texts import TEXTING
from domain.orders.cancelling import RULES
from domain.orders.phases import WAYS, moves_of
from domain.orders.rejections import ANSWERS, REJECTIONS, codes_of
from tests.machine.house import LOST, PARTIES, UNANSWERED, UNSETTLED, Happened

Goal = tuple[str, ...]
STEP, REASON, CANCEL, SIDE, CRASH = "step", "reason", "cancel", "side", "crash"
DESK = "desk"  # the way out of what only the desk can put right

SIDES: dict[str, tuple[str, ...]] = {  # by what a turn leaves behind: see `evidence`
    "papers": (
        "paper bill wanted", "paper bill kept", "paper bill refused", "answer bill later", "answer bill none",
        "asked again bill", "paper csr kept", "paper csr refused", "paper letter kept", "answer csr none",
        "owed signed.by_another", "owed thread.letter_unseen", "owed ages.bill_soon", "owed ages.letter_soon",
    ),
    "PIN": (
        "answer pin given", "answer pin later", "told submit.pin_missing", "asked again pin", "answer pin none",
        "owed thread.pin_here", "owed thread.pin_later", "shredded pin", "shredded account",
        *(f"told submit.pin_{why}" for why in ("expired", "used", "awaited")), "owed thread.pin_soon",
        "owed thread.pin_expired", "note pin_over used", "note pin_over expired",
        *(f"note pin_{each}" for each in ("set", "moved", "unset", "kept", "missed")), "told submit.pin_at",
        "owed pin_at.now", "owed thread.pin_time", "owed thread.pin_held",
    ),
    "texting": (
        "owed thread.texting_pending", "owed thread.texting_overdue", "answer texting_is filed",
        "answer texting_is working", "answer texting_is trouble", "answer texting_is unwanted",
        "owed texting.told.filed", "owed texting.told.working", "owed texting.told.trouble",
    ),
    "routing set-up": (
        *(f"note set_up {each}" for each in ("description", "dial", "text", "account", "assigned", "text_enabled")),
        "note set_down dial",
    ),
    "retention": (
        "owed closing.first", "owed thread.keep_waits", "note closes", "note closes_not", "owed closing.over",
        "owed closing.over_early", "owed closing.over_some", "owed closing.stays",
        *(f"answer {each} {said}" for each in ("trial_in", "trial_out", "trial_voicemail", "trial_texts")
          for said in ("yes", "no", "later")),
        "note works", "owed thread.trial_failed", "owed thread.trial_works", "owed thread.trial_done",
        "owed trial.again", "owed trial.mended",
    ),
    "hold": (
        "note held", "note hold_off", *(f"held back {verb}" for verb in ("submit", "advance", "date", "complete")),
    ),
    "consent": ("owed consent.soon", "note consent_given", "owed thread.consent_unclear", "owed thread.consent_missed"),
    "days": (
        "owed notice.date_moved", "owed notice.date_lost", "owed notice.ported_early", "owed notice.short",
        "note seen", "owed thread.unseen", "owed thread.overdue", "owed notice.overdue", "owed thread.window_over",
        "owed reminder.ahead", "owed reminder.eve", "owed reminder.today", "owed thread.longer", "owed silence.told",
        "owed thread.silent", "owed thread.silent_release", "owed thread.release_ran_out",
    ),
    "price of stopping": (
        "note cancel_quoted", "owed quote.fee", "owed quote.free", "owed quote.again", "note cancel_agreed",
        "note cancel_kept", "note cancel_denied", "owed notice.cancel_denied", "owed notice.cancelled_fee",
        "note keep_told", "note wants_cancel", "owed quote.old", "agreed in words", "kept in words",
    ),
    "port-out": (
        "note out_asked", *(f"note ticked out_{each}" for each in ("name", "account", "address", "pin")),
        "note out_yes", "note out_no", "owed thread.out_soon", "owed thread.out_over", "note out_left",
        *(f"note ticked out_{each}" for each in ("routing", "texting", "billing")),
    ),
    "way back": (
        "note wants_back", "note wrongly_moved", "owed thread.wrongly_moved", "owed thread.wrongly_moved_late",
        "note snapback open", "note snapback late", "owed thread.snapback_soon", "owed thread.snapback_over",
        "answer snapback back",
    ),
    "parts": (
        *(f"some {each}" for each in (
            "submit", "advance", "reject", "date", "lost", "complete", "cancel", "end", "out", "snapback")),
        "note split", "note joined", "owed notice.split", "owed notice.parts", "owed cancel.some",
    ),
    "undo": tuple(f"undone {verb}" for verb in (
        "ask", "submit", "advance", "reject", "date", "lost", "complete", "cancel", "end", "letter", "out", "snapback",
        "hold", "edit", "split")),
    "repair": (
        "owed rejection.twice", "owed thread.twice", "owed thread.repaired", "note corrected", "note carrier_fixed",
        "several reasons", "owed repair.later",
    ),
    "chat": ("owed thread.blocked", "owed thread.unblocked", "pressed again", "refused"),
}  # fmt: skip
_TOLD_BY_VALUE = (
    "bill",
    "csr",
    "pin",
    "snapback",
    "trial_in",
    "trial_out",
    "trial_voicemail",
    "trial_texts",
)


def steps_of(number_class: str) -> set[Goal]:
    """Return every step of a class's way, by its verb and who takes it."""
    return {(STEP, number_class, m.verb, m.before, m.after, m.actor) for m in moves_of(number_class)}


def reasons() -> set[Goal]:
    """Return each reason with each way out that it has."""
    return {(REASON, code, way) for code in REJECTIONS for way in ways_out(code)}


def ways_out(code: str) -> tuple[str, ...]:
    """Return how a reason can be put right: without an answer, by answers, or by the desk alone."""
    reason = REJECTIONS[code]
    by_answers = (ANSWERS,) if reason.reopens or reason.letter == "T" else ()
    return (*reason.ways, *by_answers) or (DESK,)


def cancels() -> set[Goal]:
    """Return each line of the table of cancelling, for who wishes it; screening is left within the turn it begins."""
    places = {(rule.phase, rule.near) for rule in RULES if rule.phase != "screening"}
    let_go = {(phase, "released") for phase in ("scheduled", "activating")}  # of what cannot be kept any more
    return {(CANCEL, *place, who) for place in places | let_go for who in ("customer", "staff")}


def sides() -> set[Goal]:
    """Return each state beside the phases."""
    return {(SIDE, area, each) for area, found in SIDES.items() for each in found}


def crashes() -> set[Goal]:
    """Return each way to die, in a turn of each party; and of the relay, with messages to customers and to the desk."""
    of_turns = {(CRASH, how, who) for how in (LOST, UNANSWERED) for who in PARTIES}
    return of_turns | {(CRASH, UNSETTLED, kind) for kind in ("say", "post", "card")}


def everything() -> set[Goal]:
    """Return all that the machine has to take."""
    steps = set[Goal]().union(*(steps_of(number_class) for number_class in WAYS))
    return steps | reasons() | cancels() | sides() | crashes()


_AREA = {each: area for area, found in SIDES.items() for each in found}


def side_goals(found: set[str]) -> set[Goal]:
    """Return the states beside the phases that some evidence shows."""
    return {(SIDE, _AREA[each], each) for each in found if each in _AREA}


def taken_in(turn: Happened, number_class: str) -> set[Goal]:
    """Return everything that one turn took."""
    steps = {
        (STEP, number_class, row.what, *row.detail.split(">"), who_of(row))
        for row in turn.changes.history
        if row.detail.count(">") == 1
    }
    return steps | side_goals(set(evidence(turn.changes))) | set(_put_right(turn))


def who_of(row: History) -> str:
    """Return by whom something was done: papers are the customer's, whoever fetched them or took them in."""
    if row.what in ("papers", "unlock"):
        return "customer"
    return row.actor.partition(":")[0].replace("errand", "customer")


def evidence(changes: Changes) -> Iterator[str]:
    """Yield what a turn leaves behind, in the words of SIDES."""
    for owed in changes.owed:
        yield from (f"owed {part}" for part in owed.key.split("+"))
    for row in changes.history:
        yield from (f"note {row.what}", f"note {row.what} {row.detail}", f"{row.what} {row.detail}")
    yield from (f"paper {paper.kind} {paper.status}" for paper in changes.papers)
    yield from (f"shredded {each}" for each in changes.shred)
    for answer in changes.answers:
        yield from _of_answer(answer)
    if changes.told is not None:
        yield f"told {changes.told.key.removeprefix('only.done+')}"
        yield f"some {changes.told.key.removeprefix('only.done+').partition('.')[0]}" if _is_part(changes) else ""


def _is_part(changes: Changes) -> bool:
    return changes.told is not None and changes.told.key.startswith("only.done+")


def _of_answer(answer: Answer) -> Iterator[str]:
    if answer.question == TEXTING:
        yield from (f"answer {TEXTING} {each.split('|')[1]}" for each in answer.value)
    elif answer.reopened:
        yield f"asked again {answer.question}"
    elif answer.question in _TOLD_BY_VALUE:
        yield from (f"answer {answer.question} {value.partition(' ')[0]}" for value in answer.value)
    if answer.question == "pin" and answer.secret is not None:
        yield "answer pin given"


def _put_right(turn: Happened) -> Iterator[Goal]:
    """Yield for each reason how it was put right, of numbers that go out again."""
    for number in turn.changes.numbers:
        was = turn.before.numbers.get(number.id)
        if was is None or was.phase != "rejected" or number.attempts <= was.attempts:
            continue
        codes = codes_of(was.rejection) or last_refusal(
            turn.before.history
        )  # of a number given in place of the one refused
        known = turn.before.answers[number.request_id].get("mended")
        mended = dict(each.split(":") for each in known.value) if known is not None else {}
        yield from ((REASON, code, mended.get(code, _without_a_way(code))) for code in codes)
        if len(codes) > 1:
            yield (SIDE, "repair", "several reasons")


def last_refusal(history: list[History]) -> tuple[str, ...]:
    """Return for what a carrier refused last."""
    rows = (row for row in reversed(history) if row.what == "rejection")
    return next((codes_of(row.detail) for row in rows), ())


def _without_a_way(code: str) -> str:
    return ANSWERS if ANSWERS in ways_out(code) else DESK


@dataclass
class Tally:
    """Everything that was taken so far, and how often."""

    taken: Counter[Goal] = field(default_factory=Counter)
    steps: int = 0
    examples: int = 0

    def missing(self) -> set[Goal]:
        """Return what nobody has taken yet."""
        return everything() - self.taken.keys()

    def table(self) -> str:
        """Return what was taken of each kind, a line each; of what is missing every one."""
        lines = [f"{self.steps} steps in {self.examples} runs", *(self._of(*each) for each in _parts())]
        return "\n".join((*lines, *(f"  missing: {' '.join(goal)}" for goal in sorted(self.missing()))))

    def _of(self, what: str, goals: set[Goal]) -> str:
        found = goals & self.taken.keys()
        least = min((self.taken[goal] for goal in goals), default=0)
        return f"{what:<28} {len(found):>4} of {len(goals):<4} the rarest {least} times"


def _parts() -> Iterator[tuple[str, set[Goal]]]:
    for number_class in WAYS:
        yield f"steps of {number_class}", steps_of(number_class)
    yield "reasons, by each way out", reasons()
    yield "cases of cancelling", cancels()
    for area in SIDES:
        yield f"beside it: {area}", {goal for goal in sides() if goal[1] == area}
    yield "crashes", crashes()
