"""Slack's documented limits of blocks and views, checked as its Web API does.

Facts: docs.slack.dev/reference/block-kit and /reference/views, as in slack_sdk 3.47's models; the cap over a
whole message is undocumented (about 13,200 characters, slackapi/bolt-js issue 2509). Checked 2026-11-21.
"""

from collections.abc import Callable, Iterator
from typing import Any

from sandbox.slack.elements import ID, element_problems
from sandbox.slack.errors import RefusedError
from sandbox.slack.words import Json, Problems, at, count_problems, kind_of, listed, longest, names, text_problems

MESSAGE_TEXT = 40_000
MESSAGE_BLOCKS_TEXT = 13_200
BLOCKS_IN_MESSAGE = 50
BLOCKS_IN_VIEW = 100
PRIVATE_METADATA = 3_000
VIEW_WORDS = 24  # title, submit and close


def check_blocks(blocks: Any) -> None:
    """Check the blocks of a message.

    Raises: RefusedError `invalid_blocks` with the places, `invalid_blocks_format`, or `msg_blocks_too_long`.
    """
    if not isinstance(blocks, list):
        raise RefusedError("invalid_blocks_format")
    problems = list(_blocks(blocks, BLOCKS_IN_MESSAGE, "/blocks"))
    if problems:
        raise RefusedError("invalid_blocks", problems)
    if sum(_texts(blocks)) > MESSAGE_BLOCKS_TEXT:
        raise RefusedError("msg_blocks_too_long")


def check_view(view: Any, kinds: tuple[str, ...]) -> None:
    """Check a view of one of `kinds`.

    Raises: RefusedError `invalid_arguments` with the places.
    """
    if not isinstance(view, dict):
        raise RefusedError("invalid_arguments", ["[ERROR] must provide an object [json-pointer:/view]"])
    problems = list(_view(view, kinds))
    if problems:
        raise RefusedError("invalid_arguments", problems)


def _view(view: Json, kinds: tuple[str, ...]) -> Problems:
    if view.get("type") not in kinds:
        yield at("/view/type", f"must be one of {', '.join(kinds)}")
    if view.get("type") == "modal":
        yield from _modal_words(view)
    yield from longest(view, "private_metadata", PRIVATE_METADATA, "/view")
    for name in ("callback_id", "external_id"):
        yield from longest(view, name, ID, "/view")
    yield from _blocks(view.get("blocks"), BLOCKS_IN_VIEW, "/view/blocks")


def _modal_words(view: Json) -> Problems:
    yield from text_problems(view.get("title"), VIEW_WORDS, "/view/title", plain=True)
    for name in ("submit", "close"):
        if view.get(name) is not None:
            yield from text_problems(view[name], VIEW_WORDS, f"/view/{name}", plain=True)
    blocks = view.get("blocks")
    has_input = isinstance(blocks, list) and any(kind_of(block) == "input" for block in blocks)
    if has_input and view.get("submit") is None:
        yield at("/view/submit", "must be given when there are input blocks")


def _blocks(blocks: Any, most: int, where: str) -> Problems:
    if not isinstance(blocks, list):
        yield at(where, "must provide an array")
        return
    if len(blocks) > most:
        yield at(where, f"no more than {most} items allowed")
    ids = names(blocks, "block_id")
    for doubled in sorted({i for i in ids if ids.count(i) > 1}):
        yield at(where, f"block_id {doubled} already exists")
    for number, block in enumerate(blocks):
        yield from _block(block, f"{where}/{number}")


def _block(block: Any, where: str) -> Problems:
    check = BLOCKS.get(kind_of(block))
    if check is None:
        yield at(f"{where}/type", f"unsupported type: {kind_of(block)}")
        return
    yield from longest(block, "block_id", ID, where)
    yield from check(block, where)
    yield from element_problems(block, where)


def _section(block: Json, where: str) -> Problems:
    fields = block.get("fields")
    if block.get("text") is None and not fields:
        yield at(where, "missing required field: text or fields")
    if block.get("text") is not None:
        yield from text_problems(block["text"], 3_000, f"{where}/text")
    if fields is not None:
        yield from count_problems(fields, 10, f"{where}/fields")
        for number, each in enumerate(listed(fields)):
            yield from text_problems(each, 2_000, f"{where}/fields/{number}")


def _header(block: Json, where: str) -> Problems:
    yield from text_problems(block.get("text"), 150, f"{where}/text", plain=True)


def _context(block: Json, where: str) -> Problems:
    yield from count_problems(block.get("elements"), 10, f"{where}/elements")
    for number, element in enumerate(listed(block.get("elements"))):
        if kind_of(element) != "image":
            yield from text_problems(element, 2_000, f"{where}/elements/{number}")


def _actions(block: Json, where: str) -> Problems:
    yield from count_problems(block.get("elements"), 25, f"{where}/elements")


def _input(block: Json, where: str) -> Problems:
    yield from text_problems(block.get("label"), 2_000, f"{where}/label", plain=True)
    if block.get("hint") is not None:
        yield from text_problems(block["hint"], 2_000, f"{where}/hint", plain=True)
    if not isinstance(block.get("element"), dict):
        yield at(where, "missing required field: element")


def _image(block: Json, where: str) -> Problems:
    if not block.get("image_url") and not block.get("slack_file"):
        yield at(where, "missing required field: image_url")
    if not block.get("alt_text"):
        yield at(where, "missing required field: alt_text")
    yield from longest(block, "alt_text", 2_000, where)


def _markdown(block: Json, where: str) -> Problems:
    yield from longest(block, "text", 12_000, where)


def _free(_block: Json, _where: str) -> Problems:
    yield from ()


BLOCKS: dict[str, Callable[[Json, str], Problems]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "image": _image,
    "markdown": _markdown,
    "divider": _free,
    "rich_text": _free,
    "file": _free,
    "video": _free,
    "table": _free,
    "context_actions": _free,
}


def _texts(thing: Any) -> Iterator[int]:
    """Walk over the lengths of all words inside blocks."""
    if isinstance(thing, list):
        for each in thing:
            yield from _texts(each)
    elif isinstance(thing, dict):
        for name, value in thing.items():
            if name == "text" and isinstance(value, str):
                yield len(value)
            else:
                yield from _texts(value)
