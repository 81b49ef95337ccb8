"""A whole port of each class through the real clients: from the first word until the old service may be cancelled."""

import pytest

from domain.orders.phases import WAYS
from tests.conversations.intakes import INTAKES
from tests.conversations.stories import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")

MOST_TURNS = {
    "wireless": 10, "landline": 10, "voip": 10, "google_voice": 9, "toll_free": 8, "fax": 10, "ca_landline": 14,
    "ca_wireless": 11,
}  # fmt: skip
CARDS = {
    "wireless": ("Mobile",),
    "landline": ("Home or office line", "Main number of the bill"),
    "voip": ("Internet line", "Company behind it", "Onvoy LLC"),
    "google_voice": ("Google Voice", "Waiting for the unlock"),
    "toll_free": ("Toll-free", "(800) 356-{n4}"),
    "fax": ("Queue", "Fax team"),
    "ca_landline": (
        "Canadian home or office line", "Distributel", "(514) 861-2346", "(514) 861-2399", "not needed for Canada",
    ),
    "ca_wireless": ("Canadian mobile",),
}  # fmt: skip
SENT = "desk: submit {ref} 88123 -> We have sent your request"
COMPARED = "desk: advance {ref} -> compares it with"
REVIEWED = "desk: advance {ref} -> is reviewing your request"
DATED = """
    desk: advance {ref} -> waiting for the date
    desk: date {ref} {d10} -> Date set for
"""
MOVED = "desk: complete {ref} -> Moved:"
TRIED = """
    [Yes, it works] -> Do calls go out from
    [Yes, it works] -> Does the voicemail of
    [Yes, it works] -> everything works => The customer has tried everything
"""
TEXTED = """
    desk: texting {ref} filed -> is asked for. It takes 72 to 96 hours
    later: 3 days
    desk: texting {ref} working -> Do texts come and go on
    [Yes, it works] -> everything works
"""
ACTS = {
    "wireless": (
        "desk: submit {ref} 88123 -> transfer PIN",  # just in time
        "482913",
        SENT,
        REVIEWED,
        DATED,
        "later: {d10} 07:05 -> Today, ",
        "later: {d10} 08:45 => Has it moved?",
        MOVED,
        TRIED,
        TEXTED,
    ),
    "landline": (
        SENT,
        COMPARED,
        "desk: ask {ref} csr -> does not give its record of your account to us",
        "@ -> Our desk compares it => CSR is here and kept",
        REVIEWED,
        DATED,
        MOVED,
        TRIED,
    ),
    "voip": (
        SENT,
        "desk: advance {ref} carrier review -> is reviewing your request",  # nothing to compare it with
        DATED,
        MOVED,
        TRIED,
        TEXTED,
    ),
    "google_voice": (
        "desk: submit {ref} 88123 => does not fit there",
        "[It is unlocked] => is unlocked now",
        "@ => Desk review",
        SENT,
        REVIEWED,
        DATED,
        MOVED,
        TRIED,
        TEXTED,
    ),
    "toll_free": (
        SENT,
        "desk: advance {ref} -> its RespOrg",
        "later: 4 days -> has not answered",
        "desk: advance {ref} -> is released: we manage the number from now on",
        MOVED,  # without a day: we set where its calls go
        """
            [Yes, it works] -> Does the voicemail of
            [Yes, it works] -> everything works
        """,
    ),
    "fax": (SENT, COMPARED, REVIEWED, DATED, MOVED + " -> Do faxes arrive", "[Yes, it works] -> everything works"),
    "ca_landline": (SENT, COMPARED, REVIEWED, DATED, MOVED, TRIED),
    "ca_wireless": (
        """
            desk: submit {ref} 88123 -> Please answer it with YES by
            later: 61 minutes -> Half an hour is left
            later: 30 minutes -> got no YES in time => No YES came
            [I have the phone at hand] -> send your request
            desk: submit {ref} again -> Please answer it with YES by
            [I have answered YES] -> our desk knows => they have answered
        """,
        REVIEWED,
        DATED,
        MOVED,
        TRIED,
        TEXTED,
    ),
}
OVER = """
    later: 35 days -> You may cancel your old service now => Closed: the customer reads
    /status -> , and closed
    does texting work by now? -> filed under {ref}
    desk: show {ref} timeline => Closed
"""


@pytest.mark.parametrize("number_class", WAYS)
async def test_a_number_of_each_class_goes_from_the_first_word_to_the_end_of_its_old_service(
    stage: Stage, number_class: str
) -> None:
    intake = INTAKES[number_class]
    assert len(intake.split("\n")) - 2 == MOST_TURNS[number_class]
    story = await stage.story(intake)
    for words in CARDS[number_class]:
        assert story.filled(words) in story.card_now()
    for act in (*ACTS[number_class], OVER):
        await story.play(act)
    assert (await story.case()).phase == "closed"


async def test_a_number_of_another_country_reaches_the_desk_and_the_customers_words_after_it(stage: Stage) -> None:
    story = await stage.story("""
        +44 20 7946 {n4} -> let our desk look
        [Ask our desk] -> I have told our desk
        it is our London office => London office
    """)
    assert story.filled("+44 20 7946 {n4}") in story.card_now()
    assert "United Kingdom" in story.card_now()
