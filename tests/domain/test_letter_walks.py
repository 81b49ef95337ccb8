"""Whatever is done to a request: a letter counts as long as its own signature stands, and states what is true."""

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.desk.letter_seals import LETTER
from domain.papers.authorization import facts_digest, stated_facts
from domain.papers.letter import as_signed, orders_of
from domain.values import replace
from tests.domain.standing import two_at_desk
from tests.domain.talk import Talk
from tests.domain.test_letter_seals import seal
from tests.domain.ways import CA_LANDLINE, FAX, LANDLINE, TOLL_FREE, VOIP, WIRELESS, Answers, fill

STAFF_DEEDS = (
    ("edit", "name: Maria Jones"), ("edit", "address: 12 Pine Street, San Francisco, CA 94103"),
    ("edit", "destination: 628 421 8877"), ("edit", "carrier: AT&T"), ("edit", "texting: no"), ("undo", ""),
    ("ask", "name: the bill says Jones"), ("ask", "address"), ("ask", "numbers"), ("split", "8833: apart"),
    ("split", "off"), ("submit", "88123"), ("advance", ""), ("reject", "wrong pin: 8C"), ("reject", "name: they say"),
    ("reject", "loa required: they say"), ("cancel", "8833"), ("cancel", ""), ("letter", "by mail"),
)  # fmt: skip
WORDS = ("Maria Jones", "Maria Alvarez", "482914", "12 Pine Street, San Francisco, CA 94103", "415-421-8832", "yes",
         "cancel 8833", "I want to sign on paper")  # fmt: skip
DEEDS = st.one_of(
    st.sampled_from(STAFF_DEEDS).map(lambda deed: ("staff", *deed)),
    st.sampled_from(WORDS).map(lambda words: ("say", words)),
    st.sampled_from((("time", "61"), ("time", "86400"))),
    st.just(("seal", "")),
)


def do(talk: Talk, deed: tuple[str, ...]) -> None:
    what, *rest = deed
    if what == "staff":
        talk.staff(rest[0], rest[1] or None)
    elif what == "say":
        talk.say(rest[0])
    elif what == "time":
        talk.forward(seconds=float(rest[0]))
    else:
        seal(talk)


def check(talk: Talk, signed: dict[int, str]) -> None:
    """Check every letter; `signed`: the facts that each signature was given for, all numbers being there."""
    case = talk.case()
    given = case.answers.get("signature")
    still = replace(case, numbers=tuple(replace(number, phase="staff_review") for number in case.numbers))
    if given is not None and given.source != "staff":
        signed.setdefault(given.seq, facts_digest(still))
        assert signed[given.seq] == facts_digest(still), "what is signed says something else by now"
    for paper in talk.papers.values():
        if paper.kind == LETTER and paper.status in ("kept", "wanted"):
            assert given is not None
            assert paper.message_id == given.seq
            assert not given.reopened
            assert facts_digest(as_signed(case)) == given.value[2], "what is printed is not what was signed"
            assert paper.file_id in {str(order.id) for order in orders_of(as_signed(case))}


@settings(max_examples=60, deadline=None)
@given(st.lists(DEEDS, min_size=3, max_size=9))
def test_a_letter_counts_just_as_long_as_what_it_states_is_signed(deeds: list[tuple[str, ...]]) -> None:
    talk = two_at_desk()
    signed: dict[int, str] = {}
    seal(talk)
    for deed in deeds:
        check(talk, signed)
        do(talk, deed)
    check(talk, signed)


VALUES = {
    "name": ("Maria Jones", "Maria Alvarez"), "address": ("12 Pine Street, San Francisco, CA 94103",),
    "billing": ("PO Box 12, Oakland, CA 94601", "same"), "carrier": ("AT&T Wireless", "Verizon Wireless"),
    "line": ("fax", "voice"), "btn": ("415-421-8832", "415-421-8839"), "contact": ("Ann Lee", "Tom Poe"),
    "signer": ("Tom Poe, tom@example.com",), "destination": ("628 421 8877",), "texting": ("yes", "no"),
    "stays": ("nothing", "alarm"), "email": ("maria@example.com",), "account": ("123456789-00001",),
    "pin": ("482915",), "source": ("print ad",), "label": ("Front desk",), "reseller": ("Acme Telecom",),
    "second": ("415 200 0111",), "new_btn": ("415-421-8838",),
}  # fmt: skip
CHANGES = st.sampled_from([(question, value) for question, values in VALUES.items() for value in values])


def change(talk: Talk, how: str, question: str, value: str) -> None:
    """Have an answer changed: by staff, or by the customer whom staff ask for it anew."""
    if how == "edit":
        talk.staff("edit", f"{question}: {value}")
        talk.forward(seconds=61)
        return
    talk.staff("ask", question)
    talk.forward(seconds=61)
    if talk.chat.asked == question:
        talk.say(value)


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from((WIRELESS, LANDLINE, TOLL_FREE, VOIP, FAX, CA_LANDLINE)),
    st.lists(st.tuples(st.sampled_from(("edit", "ask")), CHANGES), min_size=1, max_size=4),
)
def test_a_changed_answer_voids_the_letter_if_and_only_if_the_letter_states_it(
    answers: Answers, changes: list[tuple[str, tuple[str, str]]]
) -> None:
    talk = Talk()
    fill(talk, answers)
    seal(talk)
    signed = talk.case().answers["signature"]
    for how, (question, value) in changes:
        before = stated_facts(talk.case())
        change(talk, how, question, value)
        counts = [
            paper.status for paper in talk.papers.values() if paper.kind == LETTER and paper.message_id == signed.seq
        ]
        if stated_facts(talk.case()) != before:
            assert counts == ["void"], f"{question} is stated, and the letter still counts"
            return
        assert counts == ["kept"], f"{question} is not stated, and the letter is void"
