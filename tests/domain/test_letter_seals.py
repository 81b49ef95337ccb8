"""Letters follow their signature: a new one is sealed, and what it states changed, it is void; nothing else voids it."""

from functools import partial

import pytest

from domain.desk.letter_seals import LETTER, SEAL, Made, letters_in, not_sealed, sealed
from domain.desk.state import Errand, Paper
from tests.domain.talk import POLICY, Talk

SHA = "ab" * 32


def letters(talk: Talk) -> list[Paper]:
    return [paper for paper in talk.papers.values() if paper.kind == LETTER]


def errands(talk: Talk) -> list[Errand]:
    return [errand for errand in talk.errands.values() if errand.kind == SEAL]


def seal(talk: Talk, *, is_stamped: bool | None = None) -> None:
    """Seal every letter that waits for it."""
    for errand in errands(talk):
        made = Made(f"letter-{errand.subject}", SHA, 9000, is_stamped)
        decide = partial(sealed, errand=errand, made=made, policy=POLICY)
        talk._step(errand.request_id, f"errand:{errand.id}", decide)


def at_desk() -> Talk:
    talk = Talk()
    talk.until("pin")
    talk.answer("pin")
    return talk


def test_a_signature_has_one_letter_sealed_for_each_order() -> None:
    talk = at_desk()
    [letter] = letters(talk)
    assert (letter.status, letter.file_id, len(errands(talk))) == ("wanted", str(talk.case().orders[0].id), 1)
    version = talk.request.version
    seal(talk)
    [letter] = letters(talk)
    assert letter.status == "kept"
    assert talk.request.version == version  # what staff can still undo stays so
    assert any("Letter sealed" in post and SHA in post for post in talk.posts)
    assert talk.screen[-1].owed.params["file"] == f"letter-{letter.id}"
    [note] = [row for row in talk.history if row.what == "letter_sealed"]
    assert (note.field, note.value, note.detail) == ("letter", SHA, str(letter.id))


def test_the_same_errand_heard_twice_seals_and_tells_once() -> None:
    talk = at_desk()
    [errand] = errands(talk)
    seal(talk)
    told = len(talk.owed)
    decide = partial(sealed, errand=errand, made=Made("other", "cd" * 32, 1), policy=POLICY)
    talk._step(errand.request_id, "again", decide)
    assert [paper.object_key for paper in letters(talk)] == [f"letter-{errand.subject}"]
    assert len(talk.owed) == told


def test_a_letter_without_its_time_stamp_says_so() -> None:
    talk = at_desk()
    seal(talk, is_stamped=False)
    assert any("did not answer" in post for post in talk.posts)
    assert [row.detail for row in talk.history if row.what == "letter_sealed"][0].endswith(" unstamped")


def test_a_letter_that_cannot_be_made_is_told_to_staff() -> None:
    talk = at_desk()
    [errand] = errands(talk)
    decide = partial(not_sealed, errand=errand, reason="glyph", policy=POLICY, more="ꙮ")
    talk._step(errand.request_id, f"errand:{errand.id}", decide)
    assert [paper.status for paper in letters(talk)] == ["refused"]
    assert any("can print these characters: ꙮ" in post for post in talk.posts)


@pytest.mark.parametrize("edit", ["name: Maria Jones", "address: 12 Pine Street, San Francisco, CA 94103"])
def test_a_signed_fact_that_staff_change_voids_the_letter_and_asks_for_a_new_one(edit: str) -> None:
    talk = at_desk()
    seal(talk)
    assert not talk.staff("edit", edit).error
    [letter] = letters(talk)
    assert letter.status == "void"
    assert letters_in(tuple(letters(talk))) == ()
    assert [post for post in talk.posts if "sealed letter is void" in post]
    told = [shown.text for shown in talk.forward(seconds=61)]
    assert sum("sign that once more" in text for text in told) == 1
    talk.say("Maria Jones" if edit.startswith("name") else "Maria Alvarez")
    seal(talk)
    assert sorted(paper.status for paper in letters(talk)) == ["kept", "void"]


def test_a_letter_counts_again_when_staff_take_their_change_back() -> None:
    talk = at_desk()
    seal(talk)
    talk.staff("edit", "name: Maria Jones")
    talk.staff("undo")
    [letter] = letters(talk)
    assert letter.status == "kept"
    assert [row.what for row in talk.history if row.what.startswith("letter_")] == [
        "letter_sealed", "letter_void", "letter_stands",
    ]  # fmt: skip
    assert errands(talk) == []


def test_a_change_before_the_letter_was_sealed_leaves_nothing_to_seal() -> None:
    talk = at_desk()
    [errand] = errands(talk)
    talk.staff("edit", "name: Maria Jones")
    decide = partial(sealed, errand=errand, made=Made("late", SHA, 1), policy=POLICY)
    told = len(talk.owed)
    talk._step(errand.request_id, f"errand:{errand.id}", decide)
    assert [paper.status for paper in letters(talk)] == ["void"]
    assert len(talk.owed) == told
