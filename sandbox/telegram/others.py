"""Messages of other kinds that a customer may send, each with the fields that clients insist on."""

from typing import Any

Json = dict[str, Any]

_FILE = {"file_id": "CAACAgSandboxOther", "file_unique_id": "uOther"}
_FRAME = {"width": 320, "height": 240, "duration": 3}
_PLACE = {"latitude": 40.7128, "longitude": -74.006}
_CLIP = {**_FILE, "file_name": "wave.mp4", "mime_type": "video/mp4", "file_size": 60_000}
_ANSWER = {"voter_count": 0, "persistent_id": "1"}

# Whole contents: an animation comes with `document` and a venue with `location`, as Telegram sends them for old bots.
OTHERS: dict[str, Json] = {
    "sticker": {
        "sticker": {
            **_FILE,
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": "👍",
        }
    },
    "voice": {"voice": {**_FILE, "duration": 4, "mime_type": "audio/ogg", "file_size": 9000}},
    "audio": {"audio": {**_FILE, "duration": 60}},
    "video": {"video": {**_FILE, **_FRAME}},
    "video_note": {"video_note": {**_FILE, "length": 240, "duration": 3}},
    "animation": {"animation": {**_CLIP, **_FRAME}, "document": _CLIP},
    "location": {"location": _PLACE},
    "venue": {"venue": {"location": _PLACE, "title": "City Hall", "address": "City Hall Park"}, "location": _PLACE},
    "poll": {
        "poll": {
            "id": "5300000000000000001",
            "question": "Which line first?",
            "options": [{**_ANSWER, "text": "Mine"}, {**_ANSWER, "text": "The office's", "persistent_id": "2"}],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
    },
    "dice": {"dice": {"emoji": "🎲", "value": 4}},
    "story": {"story": {"chat": {"id": -1001000000001, "type": "channel", "title": "Somebody's stories"}, "id": 7}},
    "game": {
        "game": {"title": "Chess", "description": "A game", "photo": [{**_FILE, "width": 90, "height": 90}]},
    },
}
CAPTIONED = frozenset({"voice", "audio", "video", "animation"})


def contact(phone: str, name: str, user_id: int | None) -> Json:
    """Return a shared contact; a card without `user_id` is of somebody who is not in Telegram."""
    first, _, last = name.partition(" ")
    card: Json = {"phone_number": phone, "first_name": first}
    if last:
        card["last_name"] = last
    return {"contact": card if user_id is None else {**card, "user_id": user_id}}


def forwarded(content: Json, name: str, at: int) -> Json:
    """Return a content as forwarded from somebody who lets only their name be shown; `at` in unix seconds."""
    return {"forward_origin": {"type": "hidden_user", "date": at, "sender_user_name": name}, **content}
