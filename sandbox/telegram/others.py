"""Messages of other kinds that a customer may send, each with the fields that clients insist on."""

from typing import Any

_FILE = {"file_id": "CAACAgSandboxOther", "file_unique_id": "uOther"}
_FRAME = {"width": 320, "height": 240, "duration": 3}
_PLACE = {"latitude": 40.7128, "longitude": -74.006}

OTHERS: dict[str, dict[str, Any]] = {
    "sticker": {
        **_FILE,
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": "👍",
    },
    "voice": {**_FILE, "duration": 4, "mime_type": "audio/ogg", "file_size": 9000},
    "audio": {**_FILE, "duration": 60},
    "video": {**_FILE, **_FRAME},
    "video_note": {**_FILE, "length": 240, "duration": 3},
    "animation": {**_FILE, **_FRAME},
    "location": _PLACE,
    "venue": {"location": _PLACE, "title": "City Hall", "address": "City Hall Park"},
    "dice": {"emoji": "🎲", "value": 4},
}
