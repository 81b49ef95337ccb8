"""The making of one decision: what has changed so far, and what will be owed for it."""

from datetime import datetime

from domain.companies import Company, Invite, Member, companies_of, labelled
from domain.desk.state import (
    Action,
    Changes,
    Chat,
    Due,
    Erase,
    Errand,
    History,
    Moment,
    Owed,
    Paper,
    State,
    Told,
)
from domain.errors import DeskError
from domain.intake.choices import Choice
from domain.intake.questions import Question, next_question
from domain.numbers.inventory import Held
from domain.orders.model import Answer, Case, Hidden, Number, Order, Request, rolled_up
from domain.orders.phases import may
from domain.policy import Policy
from domain.promises.notices import DEADLINES
from domain.values import replace

Rows = tuple[tuple[Choice, ...], ...]
DEFAULT = Policy()


class Turn:
    """A decision under way. Rules read `case` and `chat` as they are by now; `changes()` ends it.

    `actor` is who acts: customer, clock, errand, or `staff:<user id>`.
    """

    __slots__ = (
        "_answers", "_changed", "_done_due", "_done_errands", "_dropped", "_dropped_numbers", "_due", "_erase",
        "_errands", "_following", "_history", "_numbers", "_owed", "_papers", "_shred", "action", "actor",
        "case", "chat", "companies", "freed", "held", "moment", "papers", "policy", "state", "told",
    )  # fmt: skip

    def __init__(self, state: State, moment: Moment, actor: str, policy: Policy = DEFAULT) -> None:
        self.state = state
        self.moment = moment
        self.actor = actor
        self.policy = policy
        self.chat: Chat = state.chat
        self.case: Case | None = policy.told_to(state.case) if state.case else None
        self.papers: tuple[Paper, ...] = state.papers
        self.told: Told | None = None
        self.action: Action | None = None
        self._changed = False
        self._following: tuple[Case, Question | None] | None = None
        self._owed: list[Owed] = []
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
        self._erase: list[Erase] = []
        self.held: list[Held] = []  # numbers that join the inventory
        self.freed: list[str] = []  # numbers that leave it
        self.companies: list[Company | Member | Invite] = []  # rows of companies to be kept, or replaced

    def the_case(self) -> Case:
        """Return the case that this turn is about; rules that need one are only reached with one."""
        if self.case is None:
            raise DeskError("request.none")
        return self.case

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
            case = Case(request, None, (), {}, ours=state.ours, book=state.book, claims=state.claims)
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

    def set_order(self, order: Order) -> None:
        """Replace, or begin, the order."""
        self._touch(replace(self.the_case(), order=order))

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
        if not may(verb, number.phase, after, actor):
            raise DeskError("phase.impossible", verb=verb, phase=number.phase)
        moved = replace(number, phase=after, version=number.version + 1, since=self.moment.now)
        self.set_number(moved)
        self.note(verb, detail=f"{number.phase}>{after}")
        return moved

    def put_paper(self, paper: Paper) -> None:
        """Keep, or replace, a paper's row."""
        self.papers = (*(p for p in self.papers if p.id != paper.id), paper)
        self._papers.append(paper)

    # what is owed

    def say(
        self, key: str, params: dict[str, str] | None = None, buttons: Rows = (), *, form: str = "", paced: bool = False
    ) -> None:
        """Owe the customer a message; several wording keys joined by `+` become its paragraphs."""
        chat = self.chat
        if chat.blocked:
            return
        self._owe("say", f"chat:{chat.id}", str(chat.id), key, params or {}, buttons, form=form, paced=paced)

    def show_status(self, params: dict[str, str], buttons: Rows, message: str) -> None:
        """Owe the chat its status message: a fresh one (`message` empty), or that one (or the `last`) edited."""
        chat = self.chat
        if not chat.blocked:
            where = {"message": message}
            self._owe("status", f"chat:{chat.id}", str(chat.id), "status.page", {**params, **where}, buttons)

    def say_to(self, chat: tuple[int, str], key: str, params: dict[str, str], buttons: Rows = ()) -> None:
        """Owe a colleague's chat, with its language, a message; a `message` among the values makes it a status."""
        kind = "status" if "message" in params else "say"
        self._owe(kind, f"chat:{chat[0]}", str(chat[0]), key, params, buttons, language=chat[1])

    def mail(self, key: str, params: dict[str, str]) -> None:
        """Owe a copy by e-mail, where the customer wanted copies."""
        case = self.the_case()
        email = case.answer("email")
        if self.policy.mails and email is not None and "@" in email[0]:
            self._owe("mail", f"mail:{case.request.id}", str(case.request.id), key, params, paced=True)

    def delete_message(self, message_id: int) -> None:
        """Owe the deletion of a message that carried a secret, before anything else in the chat."""
        chat = self.chat.id
        params = {"message": str(message_id), "sent_at": self.moment.now.isoformat()}
        self._owe("delete", f"wipe:{chat}", str(chat), "delete", params, first=True)

    def refresh_card(self) -> None:
        """Owe staff the request's card as it is when it is sent."""
        request = self.the_case().request.id
        self._owe("card", f"card:{request}", str(request), "card", {})

    def post(self, key: str, params: dict[str, str] | None = None, *, buttons: Rows = ()) -> None:
        """Owe a post in the card's thread; a button's code is a verb."""
        request = self.the_case().request.id
        self._owe("post", f"card:{request}", str(request), key, params or {}, buttons)

    def post_to_desk(self, key: str, params: dict[str, str]) -> None:
        """Owe a post in the desk channel itself."""
        self._owe("channel", "desk", "", key, params, paced=True)

    def _owe(
        self, kind: str, lane: str, address: str, key: str, params: dict[str, str], buttons: Rows = (), *,
        form: str = "", first: bool = False, paced: bool = False, language: str = "",
    ) -> None:  # fmt: skip
        once = f"event:{self.moment.event_id}:{len(self._owed)}"
        language = language or self.chat.language
        head = (self.moment.new_id(), kind, lane, address, key, once, params, buttons, form, language)
        self._owed.append(Owed(*head, first, paced))

    def note(
        self, what: str, *, field: str = "", detail: str = "", words: str | None = None, value: str = "",
        apart: bool = False,
    ) -> None:  # fmt: skip
        """Write a line of history, of this turn's request unless it stands `apart` from any."""
        request = self.case.request.id if self.case and not apart else None
        head = (self.moment.new_id(), request, self.chat.id, self.actor, what, self.moment.now)
        self._history.append(History(*head, field, detail, words, value))

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
        request, order = self._rolled_up()
        return Changes(
            chat=self.chat if self.chat is not self.state.chat else None,
            request=request,
            order=order,
            numbers=tuple(self._numbers.values()),
            dropped_numbers=tuple(self._dropped_numbers),
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
        )

    def _rolled_up(self) -> tuple[Request | None, Order | None]:
        if self.case is None or not self._changed:
            return None, None
        before = self.state.case
        return rolled_up(self.case, before.request.version + 1 if before else 1, self.moment.now)
