"""Methods by which a bot writes: messages, documents, photos, and what it seems to be doing."""

from sandbox.telegram.keyboards import read_markup
from sandbox.telegram.markup import Formatted, clean, parse, plain, trimmed, units
from sandbox.telegram.params import Params, Upload
from sandbox.telegram.refusals import Refused, bad
from sandbox.telegram.state import Chat, File, Json, State

LONGEST_TEXT = 4096  # UTF-16 units, after entities are parsed
LONGEST_CAPTION = 1024
LARGEST_UPLOAD = 50 * 1024 * 1024
PHOTO = {"width": 800, "height": 600}  # images are not looked into
CHAT_ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip


def send_message(state: State, params: Params) -> Json:
    """Post a text."""
    chat = state.writable(params.chat_id())
    return _post(state, chat, params, message_text(params))


def send_document(state: State, params: Params) -> Json:
    """Post a file that was uploaded with the call, or one known by its id."""
    chat = state.writable(params.chat_id())
    file = file_of(state, params.file("document"), "documents")
    return _post(state, chat, params, {"document": document(file), **_caption(params)})


def send_photo(state: State, params: Params) -> Json:
    """Post a picture; the sandbox does not look into it, so its size in pixels is made up."""
    chat = state.writable(params.chat_id())
    file = file_of(state, params.file("photo"), "photos")
    return _post(state, chat, params, {"photo": photo(file), **_caption(params)})


def send_chat_action(state: State, params: Params) -> bool:
    """Show for a moment that the bot is typing; its other doings are checked and not shown."""
    chat = state.writable(params.chat_id())
    if params.text("action") not in CHAT_ACTIONS:
        raise bad("wrong parameter action in request")
    if params.text("action") == "typing":
        state.typing[chat.id] = state.clock()
    return True


def message_text(params: Params) -> Json:
    """Return a message's text and entities. Raises `Refused`: empty, too long, or not to be read."""
    found = formatted(params, "text", "entities")
    if not found.text:
        raise bad("message text is empty")
    if units(found.text) > LONGEST_TEXT:
        raise bad("message is too long")
    return with_entities(found, "text", "entities")


def formatted(params: Params, text: str, entities: str) -> Formatted:
    """Read a text by its parse mode, or with the entities that came beside it."""
    mode = params.text("parse_mode").lower()
    if mode == "html":
        return parse(params.text(text))
    if mode:
        raise bad("unsupported parse_mode")
    found = plain(params.text(text))
    given = params.objects(entities)
    return trimmed(clean(params.text(text)), given) if given else found


def with_entities(found: Formatted, text: str, entities: str) -> Json:
    """Return the fields under which a message shows a text; no entities, no field."""
    return {text: found.text} | ({entities: list(found.entities)} if found.entities else {})


def document(file: File) -> Json:
    """Return the fields of a document."""
    return {
        "file_name": file.name,
        "mime_type": file.mime,
        "file_id": file.id,
        "file_unique_id": f"u{file.id[-6:]}",
        "file_size": len(file.content),
    }


def photo(file: File) -> list[Json]:
    """Return the sizes in which a photo comes: one."""
    size = {"file_id": file.id, "file_unique_id": f"u{file.id[-6:]}", "file_size": len(file.content)}
    return [size | PHOTO]


def _post(state: State, chat: Chat, params: Params, content: Json) -> Json:
    markup = read_markup(params, chat.id)
    content |= _answered(state, chat, params)
    state.buckets.spend(chat.id, state.clock())
    if markup.inline:
        content["reply_markup"] = markup.inline
    return state.post(chat, content, from_bot=True, keys=markup.keys).body


def _answered(state: State, chat: Chat, params: Params) -> Json:
    given = params.mapping("reply_parameters") or {}
    number = given.get("message_id") or params.number("reply_to_message_id")
    if not number:
        return {}
    quoted = state.quoted(chat.id, int(number))
    if quoted:
        return {"reply_to_message": quoted}
    if given.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
        return {}
    raise bad("message to be replied not found")


def _caption(params: Params) -> Json:
    found = formatted(params, "caption", "caption_entities")
    if units(found.text) > LONGEST_CAPTION:
        raise bad("message caption is too long")
    return with_entities(found, "caption", "caption_entities") if found.text else {}


def file_of(state: State, given: Upload | str | None, folder: str) -> File:
    """Return the file that a call gives or names. Raises `Refused`."""
    if given is None:
        raise bad(f"there is no {folder.removesuffix('s')} in the request")
    if isinstance(given, str):
        if given not in state.files:
            raise bad("wrong file identifier/HTTP URL specified")
        return state.files[given]
    if len(given.content) > LARGEST_UPLOAD:
        raise Refused("Request Entity Too Large", 413)
    if not given.content:
        raise bad("file must be non-empty")
    return state.keep(given, folder)
