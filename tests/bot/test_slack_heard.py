"""What Slack escapes in a command is read as it was typed, and whom it names is known."""

import pytest

from bot.slack.heard import read_command, read_submission


@pytest.mark.parametrize(
    ("sent", "typed", "mentions"),
    [
        ("staff add <@U012AB|maya.k> agent", "staff add @maya.k agent", {"@maya.k": "U012AB"}),
        ("staff add <@U012AB> agent", "staff add @U012AB agent", {"@U012AB": "U012AB"}),
        ("staff add <!subteam^S012|@porters> agent", "staff add @porters agent", {"@porters": "S012"}),
        ("reply P-7KQ2M see <https://a.example/x|a.example/x>", "reply P-7KQ2M see a.example/x", {}),
        ("reply P-7KQ2M see <https://a.example/x>", "reply P-7KQ2M see https://a.example/x", {}),
        ("reply P-7KQ2M <mailto:m@a.example|m@a.example>", "reply P-7KQ2M m@a.example", {}),
        ("find <tel:4154218832>", "find 4154218832", {}),
        ("note P-7KQ2M see <#C012|desk>", "note P-7KQ2M see #desk", {}),
        ("reply P-7KQ2M 5 &lt; 6 &amp; 7 &gt; 2", "reply P-7KQ2M 5 < 6 & 7 > 2", {}),
        ("reply P-7KQ2M &lt;@U012AB&gt;", "reply P-7KQ2M <@U012AB>", {}),
    ],
)
def test_words_are_read_as_typed(sent: str, typed: str, mentions: dict[str, str]) -> None:
    heard = read_command({"trigger_id": "t", "user_id": "U1", "team_id": "T1", "command": "/port", "text": sent})
    assert (heard.text, heard.mentions) == (typed, mentions)


def test_what_stands_in_a_form_makes_it_another_event_and_is_not_in_the_events_name() -> None:
    def told(words: str) -> str:
        values = {"words": {"value": {"type": "plain_text_input", "value": words}}}
        view = {"id": "V1", "hash": "1.a", "callback_id": "form.note", "state": {"values": values}}
        return read_submission({"user": {"id": "U1", "team_id": "T1"}, "view": view}).event_id

    assert told("the first") != told("the second")
    assert told("the first") == told("the first")
    assert "first" not in told("the first")
