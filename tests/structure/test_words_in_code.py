"""What people read stands in the words files: the code that speaks to them has no words of its own."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.structure.ground import called, trees

SPEAKERS = (
    "bot/slack/", "bot/handlers/", "bot/telegram/", "bot/mail/sender.py", "bot/lists/", "bot/sending.py",
    "domain/desk/", "domain/intake/about.py", "domain/intake/showing.py", "domain/intake/lists.py", "domain/orders/",
    "domain/numbers/sheets.py", "domain/numbers/listing.py", "domain/numbers/inventory.py",
)  # fmt: skip
SHOWN_AS = {"text", "title", "label", "placeholder", "hint", "alt_text", "initial_comment", "description", "submit"}
LOGS = {"debug", "info", "warning", "error", "exception", "critical"}
_TAG = re.compile(r"<[^<>]*>?")
_WORD = re.compile(r"(?:^|[\s(“])[A-Za-z]{2,}(?=[\s.,;:!?)”]|$)")
_KEY = re.compile(r"[a-z_]+(\.\w+)+")

# Has a space beside letters, and nobody reads it: a header of HTTP, or a command as it is typed.
NO_WORDS = {"Bearer ", 'attachment; filename="', "add ", "remove "}


def words_in(tree: ast.AST) -> Iterator[str]:
    """Yield each piece of text with words in it that is put together for somebody, or shown under a known name."""
    unread = {each for call in _calls(tree) if called(call) in LOGS for each in ast.walk(call)}
    unread |= {each for node in ast.walk(tree) if isinstance(node, ast.FormattedValue) for each in _spec(node)}
    for node in ast.walk(tree):
        if node not in unread:
            yield from (text for text in _pieces(node) if has_words(text))


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _spec(node: ast.FormattedValue) -> Iterator[ast.AST]:
    return ast.walk(node.format_spec) if node.format_spec is not None else iter(())


def _pieces(node: ast.AST) -> Iterator[str]:
    """Yield what stands between the values of an f-string, what a join puts between, and what is shown as it is."""
    if isinstance(node, ast.JoinedStr):
        yield from (text for part in node.values for text in _text(part) if " " in text)
    elif isinstance(node, ast.Call):
        yield from (text for each in node.keywords if each.arg in SHOWN_AS for text in _text(each.value))
        if isinstance(node.func, ast.Attribute) and node.func.attr == "join":
            yield from _text(node.func.value)


def _text(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def has_words(text: str) -> bool:
    """Tell whether a text has a word beside a space, or is one; tags of a page are none, nor are keys of words."""
    return _KEY.fullmatch(text) is None and _WORD.search(_TAG.sub("\n", text)) is not None


def found() -> set[tuple[str, str]]:
    read = [(name, tree) for name, tree in trees("bot", "domain") if name.startswith(SPEAKERS)]
    return {(name, text) for name, tree in read for text in words_in(tree)}


def test_nothing_that_people_read_stands_in_the_code() -> None:
    assert {(name, text) for name, text in found() if text not in NO_WORDS} == set()


def test_what_is_no_word_is_still_in_the_code() -> None:
    assert {text for _, text in found()} >= NO_WORDS


@pytest.mark.parametrize(
    "code",
    [
        'f"{start} to {end}"',
        'f"<title>Port of Call</title>{body}"',
        'f"Column {i}"',
        '" and ".join(names)',
        'Button(text="Next")',
        'Button(label="Next page")',
    ],
)
def test_words_are_found_wherever_they_stand(code: str) -> None:
    assert list(words_in(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        'f"{day:%a %d of %B}"',
        'f"form.{verb}.title"',
        'f"{title} · {number}"',
        'f\'<form method="post" action="{url}">\'',
        'plain(label="form.note.words")',
        '", ".join(names)',
        'log.warning(f"no answer of {name}")',
    ],
)
def test_what_nobody_reads_as_words_is_left_alone(code: str) -> None:
    assert not list(words_in(ast.parse(code)))
