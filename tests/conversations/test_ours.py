"""A number that is ours already, typed into Telegram: the update's own way into a real store."""

from domain.numbers.inventory import Held
from tests.conversations.ears import Ears

CHAT = 77_001


def say(ears: Ears, update: int, text: str) -> None:
    message = {"message_id": update, "chat": {"id": CHAT, "type": "private"}, "text": text}
    ears.hear([{"update_id": update, "message": message}])


def test_a_number_of_ours_that_is_typed_into_telegram_begins_no_request(ears: Ears) -> None:
    ears.runner.run(ears.store.inventory.take_in([Held("+14154218871", "user", "Rosa")], replace=False))
    begun = "SELECT count(*) FROM request WHERE chat_id = ?"
    say(ears, 900_001, "Please move 415-421-8871")
    assert ears.rows(begun, CHAT) == [(0,)]
    assert ears.rows("SELECT key LIKE '%numbers.ours%' FROM outbox WHERE address = ?", str(CHAT)) == [(1,)]
    say(ears, 900_002, "415-421-8872")
    assert ears.rows(begun, CHAT) == [(1,)]
