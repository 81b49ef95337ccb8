"""The script for our own intake plays the real conversation, so that a load of it comes to its end."""

from bench.scripts import Button, Keyboard, Press, Say, Wait, intake
from tests.domain.talk import Shown, Talk

MOST = 30  # moves; a conversation that is longer goes in circles


def keyboard(shown: Shown) -> Keyboard:
    """Return a message's buttons as the loopback API shows them, with the choice's code for its data."""
    labels = {"correct": "All correct", "later": "Later", "yes": "All of that is true", "cancel.yes": "Yes, stop it"}
    labels |= {"holder": "Mine: I am the account holder"}
    return tuple(Button(labels.get(choice.code, choice.code), choice.code) for choice in shown.choices)


def test_the_script_of_the_intake_goes_from_hello_to_thrown_away_without_an_errand() -> None:
    talk, script = Talk(does_errands=False), intake()
    move = script("", ())
    moves = 0
    while move is not None:
        moves += 1
        assert moves < MOST
        assert not isinstance(move, Wait)
        for shown in _do(talk, move):
            move = script(shown.text, keyboard(shown))
    assert moves == 12
    assert not talk.errands
    assert {request.status for request in talk.requests.values()} == {"cancelled"}


def _do(talk: Talk, move: Say | Press) -> list[Shown]:
    if isinstance(move, Press):
        return talk.press(move.choice)
    return talk.command(move.text[1:]) if move.text.startswith("/") else talk.say(move.text)
