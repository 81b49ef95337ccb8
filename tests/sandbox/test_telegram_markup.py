"""Telegram's HTML, read as TDLib reads it."""

import html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.telegram.markup import SURROGATE, parse, plain, render, units
from sandbox.telegram.refusals import Refused


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=200))
def test_escaped_text_comes_out_as_it_was_said(text: str) -> None:
    found = parse(html.escape(text))
    assert found == plain(text)
    if text.replace("\n", " ").isprintable() and text == text.strip(" \n"):
        assert found.text == text


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "S"]), min_size=1, max_size=50))
def test_an_entity_covers_its_text_in_utf_16_units(text: str) -> None:
    found = parse(f"😀 <b>{html.escape(text)}</b>")
    assert found.entities == ({"type": "bold", "offset": 3, "length": units(text)},)
    assert parse(render(found.text, found.entities)) == found


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("<STRONG>a</STRONG >", "a", [("bold", 0, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        (
            "<em>a</em><ins>b</ins><del>c</del>",
            "abc",
            [("italic", 0, 1), ("underline", 1, 1), ("strikethrough", 2, 1)],
        ),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<b></b>a", "a", []),
        ("<b> \n </b>a ", "a", []),
        ("<b>a</>", "a", [("bold", 0, 1)]),
        ("&#38;&#x26;&amp &nbsp; &#0; &", "&&& &nbsp; &#0; &", []),
        ("<i><b>a</b></i>", "a", [("bold", 0, 1), ("italic", 0, 1)]),
        ("<pre><code>a</code></pre>", "a", [("pre", 0, 1), ("code", 0, 1)]),
        ("<a>example.com </a>", "example.com", []),
        ("<a href='ssh://example.com'>x</a>", "x", []),
        ("<a>nowhere</a> <a href='mailto:x'>y</a>", "nowhere y", []),
    ],
)
def test_markup_is_read_as_telegram_reads_it(markup: str, text: str, entities: list[Any]) -> None:
    found = parse(markup)
    assert found.text == text
    assert [(e["type"], e["offset"], e["length"]) for e in found.entities] == entities


@pytest.mark.parametrize(
    ("markup", "url"),
    [
        ('<a href="https://example.com/?a=1&amp;b=2">x</a>', "https://example.com/?a=1&b=2"),
        ('<a href="HTTPS://example.com">x</a>', "https://example.com/"),
        ("<a>example.com</a>", "http://example.com/"),
        ('<a href="tg://resolve?domain=x">x</a>', "tg://resolve?domain=x"),
    ],
)
def test_a_link_is_kept_as_telegram_writes_it(markup: str, url: str) -> None:
    (entity,) = parse(markup).entities
    assert (entity["type"], entity["url"]) == ("text_link", url)
    assert "&amp;b" in render("x", (entity,)) or "&" not in url


def test_preformatted_code_knows_its_language() -> None:
    (entity,) = parse('<pre><code class="language-python">x = 1</code></pre>').entities
    assert entity == {"type": "pre", "offset": 0, "length": 5, "language": "python"}
    assert parse('<code class="language-python"><pre>x = 1</pre></code>').entities == (entity,)
    assert [e["type"] for e in parse('<pre>a<code class="language-c">b</code></pre>').entities] == [
        "pre",
        "code",
    ]


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a <", "Unclosed start tag at byte offset 2"),
        ("é<div>x</div>", 'Unsupported start tag "div" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b ", 'Unclosed start tag "b" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a ='x'>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<a href="x"', "Unclosed start tag at byte offset 0"),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=x", "Unexpected end of name token at byte offset 8"),
        ("&#55357;", SURROGATE),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    ],
)
def test_markup_that_telegram_cannot_read(markup: str, why: str) -> None:
    with pytest.raises(Refused) as caught:
        parse(markup)
    assert caught.value.description == f"Bad Request: can't parse entities: {why}"
