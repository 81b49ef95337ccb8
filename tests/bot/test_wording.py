"""What a person wrote is shown as what they wrote: never as a sentence of ours, never as markup, never unseen."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.handlers.customer.updates import read_update
from bot.wording import sentences, slack_text, telegram_text
from domain.wordkeys import FIELD, KEY, LINE

MARKS = (KEY, FIELD, LINE)
KEYS = sorted(sentences("en"))
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
LOW_LINE = "\uff3f"  # what Slack is shown in place of _, which would begin italics
CONTROLS = "".join(map(chr, (*range(9), *range(11, 32), *range(127, 160))))

written = st.one_of(
    st.builds("".join, st.tuples(st.sampled_from(MARKS), st.sampled_from(KEYS))),
    st.lists(st.one_of(st.sampled_from((*MARKS, *KEYS, *BIDI, *CONTROLS, "=", "{ref}", "<b>")), st.text())).map(
        "".join
    ),
    st.text(alphabet=st.characters(blacklist_categories=())),
)


def heard(text: str) -> str:
    """Return a customer's text as the desk gets it."""
    message = {"message_id": 1, "chat": {"id": 5001, "type": "private"}, "text": f"x{text}"}
    found = read_update({"update_id": 1, "message": message})
    assert found is not None
    return found.text[1:]


def is_seen(character: str) -> bool:
    return character in "\t\n" or unicodedata.category(character) != "Cc"


@given(written)
def test_no_mark_of_ours_comes_in_by_a_text_a_caption_or_a_name(text: str) -> None:
    chat = {"id": 5001, "type": "private"}
    document = {"file_id": "f", "file_name": text}
    update = {"update_id": 1, "message": {"message_id": 1, "chat": chat, "caption": text, "document": document}}
    found = read_update(update)
    edited = read_update({"update_id": 2, "edited_message": {"message_id": 1, "chat": chat, "text": text}})
    assert found is not None
    assert found.document is not None
    assert edited is not None
    for taken in (heard(text), found.text, found.document.name, edited.text):
        assert not any(mark in taken for mark in MARKS)
        taken.encode()  # no half of a surrogate pair either: nothing could keep it


@given(st.sampled_from(KEYS), st.sampled_from(("", *MARKS)))
def test_a_text_that_is_a_wording_key_is_shown_as_that_text(key: str, mark: str) -> None:
    word = heard(mark + key)
    assert telegram_text("notice.expired", {"ref": word}, "en").count(key) == 1
    assert slack_text("thread.wrote", {"text": word}).endswith(f" {key.replace('_', LOW_LINE)}")


def test_within_a_code_span_a_value_stands_as_it_is_and_cannot_end_it() -> None:
    told = slack_text("staff.reference.needed", {"usage": "ask `new_btn` <!here> *a*", "example": "a\nb_c"})
    assert "ask \u02cbnew_btn\u02cb &lt;!here&gt; *a*" in told
    assert f"a\nb{LOW_LINE}c" in told


@given(written)
def test_what_a_person_wrote_adds_no_markup_and_nothing_unseen(text: str) -> None:
    for word in (heard(text), text.lstrip("".join(MARKS)).encode("utf-8", "ignore").decode()):
        shown = telegram_text("notice.expired", {"ref": word}, "en")
        assert "<" not in shown
        assert all(is_seen(c) and c not in BIDI for c in shown)
        in_slack = slack_text("thread.wrote", {"text": word})
        template = slack_text("thread.wrote", {"text": ""})
        assert [in_slack.count(c) for c in "<>*`~"] == [template.count(c) for c in "<>*`~"]
        assert all(is_seen(c) and c not in BIDI for c in in_slack)
