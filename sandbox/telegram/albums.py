"""Albums: photos or documents that a bot sends in one call (Bot API 10.0, sendMediaGroup, read 2026-11-22)."""

from sandbox.telegram.params import Params
from sandbox.telegram.posting import document, file_of, formatted, photo, with_entities
from sandbox.telegram.refusals import bad
from sandbox.telegram.state import Json, State

MOST = 10
KINDS = ("photo", "document")  # the sandbox keeps no others


def send_media_group(state: State, params: Params) -> list[Json]:
    """Post an album; each of its messages has a caption of its own. Nothing is posted of one that is refused."""
    chat = state.writable(params.chat_id())
    items = params.objects("media")
    if not items:
        raise bad("there are no messages to send")
    if len(items) > MOST:
        raise bad("too many messages to send as an album")
    kinds = {str(item.get("type")) for item in items}
    if not kinds <= set(KINDS):
        raise bad(f"type {min(kinds - set(KINDS))} can't be used in sendMediaGroup")
    if len(kinds) > 1:
        raise bad("document can't be mixed with other media types")
    contents = [_content(state, params, item) for item in items]
    state.buckets.spend(chat.id, state.clock())
    group = str(13_000_000_000_000_000 + state.last_message)
    together = {"media_group_id": group} if len(contents) > 1 else {}
    return [state.post(chat, {**content, **together}, from_bot=True).body for content in contents]


def _content(state: State, params: Params, item: Json) -> Json:
    kind = str(item["type"])
    own = Params({kind: item.get("media"), **item}, params.files)
    file = file_of(state, own.file(kind), f"{kind}s")
    found = formatted(own, "caption", "caption_entities")
    said = with_entities(found, "caption", "caption_entities") if found.text else {}
    return {kind: photo(file) if kind == "photo" else document(file), **said}
