"""One customer never sees or changes what is another's, whatever they send; groups are told to go elsewhere."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.carriers import CARRIERS
from domain.desk import ages
from domain.intake.questions import QUESTIONS
from tests.conversations.ears import Customer, Ears
from tests.domain.standing import OPEN

CHECKED = OPEN.index("review")  # answers up to the check
SIGNED = CHECKED + 2
CODES = (
    "go", "status", "ring", "title", "others", "person", "explain.staff_review", "delete.yes", "delete.no",
    "cancel.yes", "cancel.no", "correct", "later", "fixed", "another", "yes", "482913", "Maria Alvarez",
    "add:+12127365000",
    *(f"change.{q.id}" for q in QUESTIONS), *list(CARRIERS)[:3],
)  # fmt: skip


@dataclass
class Pair:
    """An intruder and somebody else, with what is theirs."""

    intruder: Customer
    other: Customer

    @property
    def request(self) -> int:
        """Return the other's newest request."""
        return int(self.other.ears.rows("SELECT max(id) FROM request WHERE chat_id = ?", self.other.chat)[0][0])

    @property
    def asking(self) -> int:
        """Return the number of the other's newest question."""
        return int(self.other.ears.rows("SELECT asking FROM chat WHERE id = ?", self.other.chat)[0][0])

    def facts(self) -> list[str]:
        """Return words that only the other may read."""
        ref, e164 = self.other.ears.rows(
            "SELECT ref, e164 FROM request JOIN number ON request_id = request.id WHERE request.id = ?", self.request
        )[0]
        return [ref, e164, e164[-4:], str(self.request)]

    def press(self, data: str) -> None:
        """Send a callback as the intruder."""
        message = {"message_id": 1, "chat": {"id": self.intruder.chat, "type": "private"}}
        self.send({"callback_query": {"id": "1", "message": message, "data": data}})

    def send(self, content: dict[str, object]) -> None:
        """Send any update as the intruder."""
        ears = self.intruder.ears
        ears.last_update += 1
        ears.hear([{"update_id": ears.last_update, **content}])


def told(customer: Customer) -> str:
    """Return all that a customer was owed."""
    lanes = (f"chat:{customer.chat}", f"wipe:{customer.chat}")
    return repr(customer.ears.rows("SELECT key, params, buttons, form FROM outbox WHERE lane IN (?, ?)", *lanes))


def pair(ears: Ears, *, steps: int, own: int = 0) -> Pair:
    """Return two customers; the other has answered so many questions, the intruder `own` of theirs."""
    found = Pair(Customer(ears), Customer(ears))
    for customer, count in ((found.other, steps), (found.intruder, own)):
        ears.hear([customer.update("start")])
        for _ in range(count):
            ears.hear([customer.update("answer")])
    return found


@pytest.mark.parametrize("own", [0, 2, CHECKED])
@pytest.mark.parametrize("steps", [1, CHECKED, SIGNED])
def test_forged_buttons_of_anothers_request_change_and_show_nothing_of_it(ears: Ears, steps: int, own: int) -> None:
    two = pair(ears, steps=steps, own=own)
    due = "SELECT rule, subject, version, at FROM due WHERE subject = ? ORDER BY 1"
    waits = ears.rows(due, two.request)
    before, mine = two.other.state(), two.intruder.ears.rows("SELECT * FROM answer ORDER BY 1, 2")
    for code in CODES:
        for asking in (two.asking, 0, 1):
            two.press(f"{two.request}.{asking}.{code}")
    assert two.other.state() == before
    assert two.intruder.ears.rows("SELECT * FROM answer ORDER BY 1, 2") == mine
    ref, _, _, request = two.facts()
    assert ref not in told(two.intruder)
    assert request not in told(two.intruder)
    assert ears.rows(due, two.request) == waits
    assert {rule for rule, *_ in waits} <= {"draft", "expire", "tell", ages.RULE}
    focus = ears.rows("SELECT focus FROM chat WHERE id = ?", two.intruder.chat)[0][0]
    assert focus != two.request


@pytest.mark.parametrize(
    "command", ["start", "status", "cancel", "back", "help", "go", "new", "name", "privacy", "delete_my_data"]
)
def test_anothers_reference_behind_a_command_opens_nothing(ears: Ears, command: str) -> None:
    two = pair(ears, steps=SIGNED)
    ref, e164, _, request = two.facts()
    before = two.other.state()
    chat = {"id": two.intruder.chat, "type": "private"}
    for number, behind in enumerate((ref, f"go_{request}", e164, f"{request}.1.go")):
        two.send({"message": {"message_id": number + 5, "chat": chat, "text": f"/{command} {behind}"}})
    assert two.other.state() == before
    assert ref not in told(two.intruder)


def callbacks(request: int, asking: int) -> st.SearchStrategy[str]:
    """Return callback data near and far from what is real."""
    forms = st.one_of(st.just(request), st.integers(0, 10**20), st.integers(request - 2, request + 2)).map(str)
    askings = st.one_of(st.integers(0, asking + 3), st.integers(0, 10**12)).map(str)
    codes = st.one_of(st.sampled_from(CODES), st.text(max_size=20))
    shaped = st.tuples(forms, askings, codes).map(".".join)
    return st.one_of(shaped, st.text(max_size=64))


def test_no_callback_data_whatever_reaches_anothers_request(ears: Ears) -> None:
    two = pair(ears, steps=CHECKED, own=3)
    before, ref = two.other.state(), two.facts()[0]

    @settings(max_examples=80, deadline=None)
    @given(callbacks(two.request, two.asking))
    def press(data: str) -> None:
        two.press(data)
        assert two.other.state() == before

    press()
    assert ref not in told(two.intruder)
    assert not ears.rows("SELECT 1 FROM poison")


KINDS = ("group", "supergroup", "channel")


@pytest.mark.parametrize("kind", KINDS)
def test_a_group_is_told_to_write_in_private_and_nothing_else_happens(ears: Ears, kind: str) -> None:
    two = pair(ears, steps=CHECKED)
    before = two.other.state()
    group = {"id": -two.other.chat, "type": kind}
    for number, text in enumerate(
        ("415-421-8832", "my pin is 482913", "/start", "/status", f"/cancel {two.facts()[0]}")
    ):
        two.send({"message": {"message_id": number, "chat": group, "text": text}})
        two.send({"edited_message": {"message_id": number, "chat": group, "text": text}})
    button = {"id": "1", "message": {"message_id": 1, "chat": group}, "data": f"{two.request}.{two.asking}.correct"}
    two.send({"callback_query": button})
    document = {"file_id": "f", "file_name": "bill.pdf", "mime_type": "application/pdf"}
    two.send({"message": {"message_id": 9, "chat": group, "document": document}})
    assert two.other.state() == before
    assert not ears.rows("SELECT 1 FROM request WHERE chat_id = ?", -two.other.chat)
    owed = ears.rows("SELECT key, buttons FROM outbox WHERE lane = ?", f"chat:{-two.other.chat}")
    assert owed == [("group.private_only", "[]")] * 3  # once for each command
