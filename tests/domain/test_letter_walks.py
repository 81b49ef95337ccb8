"""Whatever is done to a request: a letter counts as long as its own signature stands, and states what is true."""

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.desk.letter_seals import LETTER
from domain.papers.authorization import facts_digest
from domain.papers.letter import as_signed, orders_of
from domain.values import replace
from tests.domain.standing import two_at_desk
from tests.domain.talk import Talk
from tests.domain.test_letter_seals import seal

STAFF_DEEDS = (
    ("edit", "name: Maria Jones"), ("edit", "address: 12 Pine Street, San Francisco, CA 94103"),
    ("edit", "destination: 628 421 8877"), ("edit", "carrier: AT&T"), ("edit", "texting: no"), ("undo", ""),
    ("ask", "name: the bill says Jones"), ("ask", "address"), ("ask", "numbers"), ("split", "8833: apart"),
    ("split", "off"), ("submit", "88123"), ("advance", ""), ("reject", "wrong pin: 8C"), ("reject", "name: they say"),
    ("reject", "loa required: they say"), ("cancel", "8833"), ("cancel", ""), ("letter", ""),
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
