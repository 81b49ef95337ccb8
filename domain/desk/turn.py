"""The making of one decision: what has changed so far, and what will be owed for it."""

from datetime import datetime

from domain.companies import Company, Invite, Member, companies_of, labelled
from domain.desk.owing import Owing
from domain.desk.owing import Rows as Rows
from domain.desk.roles import Grant, Wish
from domain.desk.roles import Member as Person
from domain.desk.state import (
    Action,
    Changes,
    Due,
    Erase,
    Errand,
    History,
    Moment,
    Paper,
    State,
    Told,
)
from domain.errors import DeskError
from domain.intake.questions import Question, next_question
from domain.numbers.inventory import Held
from domain.orders.model import Answer, Case, Hidden, Number, Order, Request, rolled_up
from domain.orders.phases import may
from domain.policy import Policy
from domain.promises.notices import DEADLINES
from domain.values import replace

DEFAULT = Policy()


class Turn(Owing):
    """A decision under way. Rules read `case` and `chat` as they are by now; `changes()` ends it.

    `actor` is who acts: customer, clock, errand, or `staff:<user id>`.
    """

    __slots__ = (
        "_answers", "_changed", "_done_due", "_done_errands", "_dropped", "_dropped_numbers", "_dropped_orders",
        "_due", "_erase", "_errands", "_following", "_history", "_numbers", "_papers", "_shred", "action", "actor",
        "by", "companies", "focus", "freed", "grants", "held", "papers", "preferences", "revoked", "state", "told",
        "wishes",
    )  # fmt: skip

    def __init__(self, state: State, moment: Moment, actor: str, policy: Policy = DEFAULT) -> None:
        super().__init__(moment, state.chat, policy.told_to(state.case) if state.case else None, policy)
        self.state = state
        self.actor = actor
        self.by = ""  # the first name of whoever writes, as Telegram has it
        self.papers: tuple[Paper, ...] = state.papers
        self.told: Told | None = None
        self.action: Action | None = None
        self._changed = False
        self._following: tuple[Case, Question | None] | None = None
        self._history: list[History] = []
        self._answers: dict[str, Answer] = {}
        self._dropped: list[str] = []
        self._numbers: dict[int, Number] = {}
        self._papers: list[Paper] = []
        self._due: list[Due] = []
        self._done_due: list[tuple[str, int]] = []
        self._errands: list[Errand] = []
        self._done_errands: list[int] = []
        self._shred: list[str] = []
        self._dropped_numbers: list[int] = []
        self._dropped_orders: list[int] = []
        self._erase: list[Erase] = []
        self.held: list[Held] = []  # numbers that join the inventory
        self.freed: list[str] = []  # numbers that leave it
        self.companies: list[Company | Member | Invite] = []  # rows of companies to be kept, or replaced
        self.grants: list[Grant] = []  # roles given to staff
        self.revoked: list[str] = []  # and taken away, by subject
        self.wishes: list[Wish] = []  # acts that wait for a second person, or have found one
        self.focus: list[tuple[str, int]] = []  # people of the staff, and the request of their last act
        self.preferences: list[Person] = []  # how people of the staff want their digest

    def _touch(self, case: Case) -> None:
        self.case = case
        self._changed = True

    # what is known

    def following(self) -> Question | None:
        """Return the question that is open by now, looked for once for each change of the case; None without a case."""
        if self.case is None:
            return None
        if self._following is None or self._following[0] is not self.case:
            self._following = (self.case, next_question(self.case))
        return self._following[1]

    def open_case(self) -> Case:
        """Return the case, beginning a request where there is none yet."""
        if self.case is None:
            now = self.moment.now
            mine = labelled(companies_of(self.state.companies, self.chat.id))
            only = next(iter(mine.values())).id if len(mine) == 1 else None
            ids = (self.moment.new_id(), self.moment.new_ref(), self.chat.id)
            request = Request(*ids, "intake", 1, now, now, company_id=only)
            state = self.state
            case = Case(request, (), (), {}, ours=state.ours, book=state.book, claims=state.claims)
            self._touch(self.policy.told_to(case))
            self.chat = replace(self.chat, focus=request.id)
            self.set_due("draft", request.id, 1, now + DEADLINES["draft"](self.policy))
            self.note("started")
            self._note_wishes(request.id, tuple(mine))
        return self.the_case()

    def _note_wishes(self, request_id: int, accounts: tuple[str, ...]) -> None:
        """Keep with the request what the company wants to know today; a later policy is for later requests.

        Whose own `accounts` are known is asked for one of these, and not at all where there is only one.
        """
        wishes = self.policy.wishes(accounts)
        if wishes:
            self._put(Answer(request_id, "asks", wishes, "inferred", self.moment.now, self.moment.new_id()))
        if len(accounts) == 1:
            self._put(Answer(request_id, "company", accounts, "inferred", self.moment.now, self.moment.new_id()))

    def leave_for(self, request_id: int, name: str, words: str) -> None:
        """Leave words with a colleague's request, for the turn of its own that takes them up."""
        self._answers[name] = Answer(request_id, name, (words,), "inferred", self.moment.now, self.moment.new_id())

    def answer(
        self, question: str, value: tuple[str, ...], secret: Hidden | None = None, source: str = "typed"
    ) -> None:
        """Keep an answer, replacing the old one."""
        case = self.open_case()
        row = Answer(case.request.id, question, value, source, self.moment.now, self.moment.new_id(), secret=secret)
        self._put(row)
        self.note("answered", field=question)

    def _put(self, row: Answer) -> None:
        case = self.the_case()
        self._answers[row.question] = row
        if row.question in self._dropped:
            self._dropped.remove(row.question)
        self._touch(replace(case, answers={**case.answers, row.question: row}))

    def hold(self, name: str, value: tuple[str, ...]) -> None:
        """Keep what staff found out beside the questions; the caller writes the history of it."""
        self._put(Answer(self.the_case().request.id, name, value, "staff", self.moment.now, self.moment.new_id()))

    def jot(self, name: str, value: tuple[str, ...]) -> None:
        """Keep beside the questions what changes nothing for staff: the request's version and age stay as they are."""
        case = self.the_case()
        row = Answer(case.request.id, name, value, "inferred", self.moment.now, self.moment.new_id())
        self._answers[name] = row
        self.case = replace(case, answers={**case.answers, name: row})

    def put_back(self, answer: Answer) -> None:
        """Let an answer stand again as it was, of which nothing has to be written down."""
        self._put(answer)

    def reopen(self, question: str) -> None:
        """Ask a question again; the old value stays until it is replaced."""
        self._put(replace(self.the_case().answers[question], reopened=True))

    def want(self, question: str) -> None:
        """Have a question asked, again or, where the case did without it so far, for the first time."""
        if question not in self.the_case().answers:
            self.answer(question, ("",), source="inferred")
        self.reopen(question)

    def close_again(self, question: str) -> None:
        """Let the old value of a reopened question stand; one that never had a value is no longer asked."""
        given = self.the_case().answers[question]
        if given.value == ("",):
            self.drop(question)
        else:
            self._put(replace(given, reopened=False))

    def flag(self, what: str) -> None:
        """Note a risk that staff must know of, once."""
        given = self.open_case().answers.get("flags")
        flags = given.value if given else ()
        if what not in flags:
            self.answer("flags", (*flags, what), source="inferred")

    def drop(self, question: str) -> None:
        """Forget an answer, its secret too."""
        case = self.the_case()
        if question in case.answers:
            self._answers.pop(question, None)
            self._dropped.append(question)
            self._touch(replace(case, answers={k: v for k, v in case.answers.items() if k != question}))

    def shred(self, *questions: str) -> None:
        """Destroy secrets; what may be shown of them stays."""
        self._shred.extend(q for q in questions if q in self.the_case().answers)

    def set_request(self, request: Request) -> None:
        """Replace the request's own facts."""
        self._touch(replace(self.the_case(), request=request))

    def wait(self, since: datetime | None) -> None:
        """Note since when the customer waits for an answer; the request's version and age stay as they are."""
        case = self.the_case()
        self.case = replace(case, request=replace(case.request, waits_since=since))

    def set_order(self, order: Order) -> None:
        """Replace, or begin, an order."""
        case = self.the_case()
        others = tuple(o for o in case.orders if o.id != order.id)
        self._touch(replace(case, orders=tuple(sorted((*others, order), key=lambda o: o.id))))

    def drop_order(self, order: Order) -> None:
        """Let go of an order that has no number any more."""
        case = self.the_case()
        self._dropped_orders.append(order.id)
        self._touch(replace(case, orders=tuple(o for o in case.orders if o.id != order.id)))

    def drop_empty_orders(self) -> None:
        """Let go of orders whose last numbers are gone; of a request that has none at all, of no order."""
        whole = self.the_case().whole
        kept = {number.order_id for number in whole.numbers}
        for order in whole.orders if kept else ():
            if order.id not in kept:
                self.drop_order(order)

    def narrow(self, numbers: tuple[Number, ...]) -> None:
        """Let all that follows be about some of the case's numbers, until it is widened again."""
        self.case = self.the_case().about(numbers)

    def widen(self) -> None:
        """Let the case be about all its numbers again."""
        self.case = self.the_case().whole

    def set_number(self, number: Number) -> None:
        """Replace, or add, a number."""
        case = self.the_case()
        others = tuple(n for n in case.numbers if n.id != number.id)
        self._numbers[number.id] = number
        self._touch(replace(case, numbers=tuple(sorted((*others, number), key=lambda n: n.id))))

    def drop_number(self, number: Number) -> None:
        """Take a number out of the request."""
        case = self.the_case()
        self._numbers.pop(number.id, None)
        self._dropped_numbers.append(number.id)
        self.note("number_dropped")
        self._touch(replace(case, numbers=tuple(n for n in case.numbers if n.id != number.id)))

    def erase(self, *, letter: bool) -> None:
        """Have the request's facts forgotten; with `letter` all but those that a signed letter states."""
        self._erase.append(Erase(self.the_case().request.id, letter))
        self.note("erased", detail="letter_kept" if letter else "")

    def move(self, number: Number, verb: str, after: str, actor: str) -> Number:
        """Move a number to another phase; raises DeskError `phase.impossible` where the table forbids it."""
        if not may(verb, number.phase, after, actor, number.number_class):
            raise DeskError("phase.impossible", verb=verb, phase=number.phase)
        since = number.since if after == "closed" else self.moment.now  # which leaves the day of the move as it is
        moved = replace(number, phase=after, version=number.version + 1, since=since)
        self.set_number(moved)
        self.note(verb, detail=f"{number.phase}>{after}")
        return moved

    def put_paper(self, paper: Paper) -> None:
        """Keep, or replace, a paper's row."""
        self.papers = (*(p for p in self.papers if p.id != paper.id), paper)
        self._papers.append(paper)

    # what is written down

    def note(
        self, what: str, *, field: str = "", detail: str = "", words: str | None = None, value: str = "",
        apart: bool = False, by: str = "",
    ) -> None:  # fmt: skip
        """Write a line of history, of this turn's request unless it stands `apart` from any; `by`: another actor."""
        request = self.case.request.id if self.case and not apart else None
        head = (self.moment.new_id(), request, self.chat.id, by or self.actor, what, self.moment.now)
        self._history.append(History(*head, field, detail, words, value))

    def has_noted(self, what: str) -> bool:
        """Tell whether this turn has written such a line already."""
        return any(line.what == what for line in self._history)

    def set_due(self, rule: str, subject: int, version: int, at: datetime) -> None:
        """Have a rule decided at a time to come, in place of an earlier one of the same rule and subject."""
        self._due = [d for d in self._due if (d.rule, d.subject) != (rule, subject)]
        self._due.append(Due(self.moment.new_id(), rule, subject, version, at))

    def end_due(self, rule: str, subject: int) -> None:
        """Have a rule no longer decided."""
        self._due = [d for d in self._due if (d.rule, d.subject) != (rule, subject)]
        self._done_due.append((rule, subject))

    def run_errand(self, kind: str, subject: int) -> None:
        """Leave slow work behind."""
        self._errands.append(Errand(self.moment.new_id(), kind, subject, self.the_case().request.id, self.moment.now))

    def end_errand(self, errand_id: int) -> None:
        """Note that an errand is done."""
        self._done_errands.append(errand_id)

    def changes(self) -> Changes:
        """End the decision: roll up, and hand over all that changed."""
        request, orders = self._rolled_up()
        return Changes(
            chat=self.chat if self.chat is not self.state.chat else None,
            request=request,
            orders=orders,
            numbers=tuple(self._numbers.values()),
            dropped_numbers=tuple(self._dropped_numbers),
            dropped_orders=tuple(self._dropped_orders),
            answers=tuple(self._answers.values()),
            dropped=tuple(self._dropped),
            papers=tuple({p.id: p for p in self._papers}.values()),
            history=tuple(self._history),
            owed=tuple(self._owed),
            due=tuple(self._due),
            done_due=tuple(self._done_due),
            errands=tuple(self._errands),
            done_errands=tuple(self._done_errands),
            action=self.action,
            told=self.told,
            shred=tuple(self._shred),
            erase=tuple(self._erase),
            held=tuple(self.held),
            freed=tuple(self.freed),
            companies=tuple(self.companies),
            grants=tuple(self.grants),
            revoked=tuple(self.revoked),
            wishes=tuple(self.wishes),
            focus=tuple(self.focus),
            preferences=tuple(self.preferences),
        )

    def _rolled_up(self) -> tuple[Request | None, tuple[Order, ...]]:
        if self.case is None:
            return None, ()
        before = self.state.case
        if not self._changed:
            is_same = before is None or before.request.waits_since == self.case.request.waits_since
            return None if is_same else self.case.request, ()
        return rolled_up(self.case, before.request.version + 1 if before else 1, self.moment.now)


def at_errand(state: State, moment: Moment, errand: Errand, policy: Policy) -> tuple[Turn, Paper | None]:
    """Begin what follows an errand for a paper: its turn, and the paper; None where it is not wanted any more."""
    turn = Turn(state, moment, "errand", policy)
    turn.end_errand(errand.id)
    return turn, next((p for p in turn.papers if p.id == errand.subject and p.status == "wanted"), None)
