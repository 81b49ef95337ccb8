"""The sandbox's Slack, asked by slack_sdk's own client."""

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import (
    Block,
    HeaderBlock,
    SectionBlock,
)
from slack_sdk.models.metadata import Metadata
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.faults import Fault, Kind
from sandbox.record import Call
from sandbox.slack import Channel
from tests.sandbox.slack_scene import BEN, DESK, MAYA, World, refused, section, staged


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with staged() as found:
        yield found


async def test_a_message_stands_in_the_channel_and_in_the_record(world: World) -> None:
    answer = await world.client.chat_postMessage(channel=DESK, text="<b> & <!here>")
    [post] = world.slack.posts()
    assert (post.ts, post.text, post.user) == (answer["ts"], "<b> & <!here>", "U0BOT")
    [call] = world.record.of("slack", "chat.postMessage", effective=True)
    assert (call.direction, call.status, call.params["channel"]) == ("in", 200, DESK)
    assert "token" not in call.params


async def test_timestamps_rise_even_when_the_clock_stands(world: World) -> None:
    stamps = [(await world.client.chat_postMessage(channel=DESK, text="x"))["ts"] for _ in range(12)]
    assert stamps == sorted(set(stamps))
    assert stamps[0] == "1790000000.000000"


async def test_blocks_come_back_as_slack_sdk_models_them(world: World) -> None:
    blocks: list[Block] = [HeaderBlock(text="Port"), SectionBlock(text="*now*", block_id="s")]
    answer = await world.client.chat_postMessage(channel=DESK, text="Port", blocks=blocks)
    parsed = Block.parse_all(answer["message"]["blocks"])
    assert [type(block) for block in parsed] == [HeaderBlock, SectionBlock]
    for block in parsed:
        block.validate_json()


async def test_arguments_may_come_as_query_form_or_json(world: World) -> None:
    url, blocks = f"{world.url}/api/chat.postMessage", [section("hello")]
    headers = {"Authorization": "Bearer xoxb-sandbox"}
    plain = {"channel": DESK, "text": "t", "blocks": json.dumps(blocks)}
    async with aiohttp.ClientSession(headers=headers) as session:
        for sent in (
            {"params": plain},
            {"data": plain},
            {"json": {"channel": DESK, "text": "t", "blocks": blocks}},
        ):
            async with session.post(url, **sent) as answer:
                assert (await answer.json())["ok"] is True
    assert [post.blocks[0]["text"]["text"] for post in world.slack.posts()] == ["hello"] * 3


async def test_blocks_without_a_text_are_warned_of(world: World) -> None:
    with pytest.warns(UserWarning, match="text"):
        answer = await world.client.chat_postMessage(channel=DESK, blocks=[section("only blocks")])
    assert answer["warning"] == "missing_text_in_message"
    [call] = world.record.of("slack", "chat.postMessage")
    assert call.answer["response_metadata"]["warnings"] == ["missing_text_in_message"]


async def test_a_call_that_cannot_be_read_is_refused_and_recorded(world: World) -> None:
    url, headers = f"{world.url}/api/chat.postMessage", {"Authorization": "Bearer xoxb-sandbox"}
    async with aiohttp.ClientSession(headers=headers | {"Content-Type": "application/json"}) as session:
        for body, code in (("{", "invalid_json"), ("[]", "json_not_object")):
            async with session.post(url, data=body) as answer:
                assert (await answer.json())["error"] == code
    assert [call.status for call in world.record.of("slack", "chat.postMessage")] == [200, 200]


async def test_an_archived_channel_takes_nothing(world: World) -> None:
    world.slack.channels[DESK].is_archived = True
    assert await refused(world.client.chat_postMessage(channel="#port-desk", text="x")) == "is_archived"


async def test_a_wrong_token_is_refused(world: World) -> None:
    client = AsyncWebClient("xoxb-other", f"{world.url}/api/")
    assert await refused(client.auth_test()) == "invalid_auth"
    assert await refused(AsyncWebClient(None, f"{world.url}/api/").auth_test()) == "not_authed"
    assert await refused(world.client.apps_connections_open(app_token="xoxb-sandbox")) == "not_allowed_token_type"
    assert await refused(world.client.api_call("chat.shout")) == "unknown_method"


async def test_an_edit_without_blocks_takes_them_away_and_keeps_the_metadata(world: World) -> None:
    meta = Metadata("port", {"outbox_id": 7})
    posted = await world.client.chat_postMessage(channel=DESK, text="a", blocks=[section("b")], metadata=meta)
    with pytest.warns(UserWarning, match="text"):
        await world.client.chat_update(channel=DESK, ts=posted["ts"], blocks=[section("c")])
    assert world.slack.posts()[0].blocks[0]["text"]["text"] == "c"
    await world.client.chat_update(channel=DESK, ts=posted["ts"], text="d")
    [post] = world.slack.posts()
    assert (post.text, post.blocks, post.edited) == ("d", (), True)
    assert post.metadata == {"event_type": "port", "event_payload": {"outbox_id": 7}}


async def test_only_own_messages_are_edited_and_deleted(world: World) -> None:
    world.slack.wait(ack_within=0.01, redeliver_after=0.01)
    await world.slack.message_event(MAYA, "mine")
    [hers] = world.slack.posts()
    update, delete = world.client.chat_update, world.client.chat_delete
    assert await refused(update(channel=DESK, ts=hers.ts, text="x")) == "cant_update_message"
    assert await refused(delete(channel=DESK, ts=hers.ts)) == "cant_delete_message"
    assert await refused(update(channel=DESK, ts="1.000001", text="x")) == "message_not_found"
    own = await world.client.chat_postMessage(channel=DESK, text="own")
    await delete(channel=DESK, ts=own["ts"])
    assert world.slack.posts() == [hers]


async def test_history_and_replies_find_a_post_by_its_metadata(world: World) -> None:
    root = await world.client.chat_postMessage(channel=DESK, text="root")
    for number in range(3):
        await world.client.chat_postMessage(
            channel=DESK, text=f"r{number}", thread_ts=root["ts"], metadata=Metadata("port", {"id": number})
        )
    other = await world.client.chat_postMessage(channel=DESK, text="other")
    history = await world.client.conversations_history(channel=DESK)
    assert [m["text"] for m in history["messages"]] == ["other", "root"]
    assert history["messages"][1]["reply_count"] == 3
    replies = await world.client.conversations_replies(channel=DESK, ts=root["ts"], include_all_metadata=True)
    assert [m.get("metadata", {}).get("event_payload") for m in replies["messages"]] == [
        None,
        {"id": 0},
        {"id": 1},
        {"id": 2},
    ]
    late = await world.client.conversations_history(channel=DESK, oldest=root["ts"])
    assert [m["ts"] for m in late["messages"]] == [other["ts"]]
    both = await world.client.conversations_history(channel=DESK, oldest=root["ts"], inclusive=True)
    assert len(both["messages"]) == 2
    early = await world.client.conversations_history(channel=DESK, latest=other["ts"])
    assert [m["ts"] for m in early["messages"]] == [root["ts"]]


async def test_history_is_paged_by_cursor(world: World) -> None:
    for number in range(5):
        await world.client.chat_postMessage(channel=DESK, text=str(number))
    seen = []
    async for page in await world.client.conversations_history(channel=DESK, limit=2):
        seen += [m["text"] for m in page["messages"]]
    assert seen == ["4", "3", "2", "1", "0"]
    assert await refused(world.client.conversations_history(channel=DESK, cursor="x")) == "invalid_cursor"


async def test_an_ephemeral_is_seen_by_one_member_and_found_by_no_method(world: World) -> None:
    answer = await world.client.chat_postEphemeral(channel=DESK, user=MAYA, text="only you")
    assert [p.text for p in world.slack.ephemerals(MAYA)] == ["only you"]
    assert world.slack.ephemerals(BEN) == world.slack.posts() == []
    ts = answer["message_ts"]
    assert await refused(world.client.chat_update(channel=DESK, ts=ts, text="x")) == "message_not_found"
    world.slack.channels[DESK].members.discard(BEN)
    assert await refused(world.client.chat_postEphemeral(channel=DESK, user=BEN, text="x")) == "user_not_in_channel"


async def test_people_groups_and_direct_messages_are_told(world: World) -> None:
    guest = (await world.client.users_info(user="U0GUEST"))["user"]
    assert {
        "is_restricted",
        "is_ultra_restricted",
        "is_stranger",
        "deleted",
        "is_bot",
        "team_id",
        "tz",
    } <= set(guest)
    assert guest["is_restricted"] is True
    assert (await world.client.usergroups_users_list(usergroup="S0PORTERS"))["users"] == [MAYA, BEN]
    im = (await world.client.conversations_open(users=MAYA))["channel"]["id"]
    await world.client.chat_postMessage(channel=MAYA, text="to you")
    assert [p.text for p in world.slack.posts(im)] == ["to you"]
    assert (await world.client.conversations_info(channel=im))["channel"]["is_im"] is True
    assert MAYA in (await world.client.conversations_members(channel=DESK))["members"]
    assert len((await world.client.users_list())["members"]) == 5
    assert await refused(world.client.users_info(user="U0NOBODY")) == "user_not_found"


async def test_links_and_reactions(world: World) -> None:
    ts = (await world.client.chat_postMessage(channel=DESK, text="x"))["ts"]
    link = await world.client.chat_getPermalink(channel=DESK, message_ts=ts)
    assert link["permalink"].endswith(f"/archives/{DESK}/p{ts.replace('.', '')}")
    await world.client.reactions_add(channel=DESK, timestamp=ts, name="eyes")
    assert world.slack.posts()[0].reactions == {"eyes": ("U0BOT",)}
    again = world.client.reactions_add(channel=DESK, timestamp=ts, name="eyes")
    assert await refused(again) == "already_reacted"


async def test_a_file_goes_up_in_three_steps_and_comes_down(world: World) -> None:
    root = await world.client.chat_postMessage(channel=DESK, text="root")
    answer = await world.client.files_upload_v2(
        channel=DESK,
        thread_ts=root["ts"],
        initial_comment="the bill",
        file_uploads=[
            {"filename": "a.pdf", "content": "%PDF-a", "title": "A"},
            {"filename": "b", "content": "bb"},
        ],
    )
    post = world.slack.posts(thread_ts=root["ts"])[-1]
    assert (post.text, len(post.files)) == ("the bill", 2)
    info = (await world.client.files_info(file=answer["files"][0]["id"]))["file"]
    assert (info["name"], info["title"], info["size"]) == ("a.pdf", "A", 6)
    async with aiohttp.ClientSession() as session:
        async with session.get(info["url_private"]) as page:
            assert page.content_type == "text/html"
        async with session.get(info["url_private"], headers={"Authorization": "Bearer xoxb-sandbox"}) as got:
            assert await got.read() == b"%PDF-a" == world.slack.file_content(info["id"])
    assert world.record.of("slack", "upload", effective=True)[0].params["length"] == 6


async def test_a_file_that_was_never_sent_is_not_shared(world: World) -> None:
    place = await world.client.files_getUploadURLExternal(filename="a", length=3)
    done = world.client.files_completeUploadExternal(files=[{"id": place["file_id"], "title": "a"}], channel_id=DESK)
    assert await refused(done) == "file_not_found"
    assert world.slack.posts() == []


async def test_the_pace_of_a_channel_is_kept_when_asked_for(world: World) -> None:
    world.slack.pace.per_second = 1.0
    for _ in range(3):
        await world.client.chat_postMessage(channel=DESK, text="x")
    with pytest.raises(SlackApiError) as caught:
        await world.client.chat_postMessage(channel=DESK, text="x")
    assert (caught.value.response.status_code, caught.value.response.headers["Retry-After"]) == (429, "1")
    world.clock.now += 1
    await world.client.chat_postMessage(channel=DESK, text="x")
    assert len(world.slack.posts()) == 4


@pytest.mark.parametrize(
    ("kind", "posted"),
    [("429", 0), ("403", 0), ("502", 0), ("timeout_before", 0), ("timeout_after", 1), ("half", 1)],
)
async def test_a_fault_fails_the_call_and_has_its_effect_or_not(world: World, kind: Kind, posted: int) -> None:
    world.faults.add(Fault("slack", "chat.postMessage", kind, retry_after=7, hang=0.05))
    with pytest.raises((SlackApiError, aiohttp.ClientError, TimeoutError)) as caught:
        await world.client.chat_postMessage(channel=DESK, text="x")
    assert len(world.slack.posts()) == posted
    [call] = world.record.of("slack", "chat.postMessage")
    assert (call.fault, call.took_effect) == (kind, bool(posted))
    if isinstance(caught.value, SlackApiError) and kind == "429":
        assert caught.value.response.headers["Retry-After"] == "7"
    statuses = {"429": 429, "403": 200, "502": 502}
    assert call.status == statuses.get(kind, 0)
    await world.client.chat_postMessage(channel=DESK, text="the next goes well")
    assert len(world.slack.posts()) == posted + 1


async def test_a_client_that_gives_up_frees_the_call_that_hangs(world: World) -> None:
    world.faults.add(Fault("slack", "*", "timeout_before", hang=30))
    with pytest.raises(TimeoutError):
        await AsyncWebClient("xoxb-sandbox", f"{world.url}/api/", timeout=0.1).auth_test()  # type: ignore[arg-type] # seconds, aiohttp takes floats


async def test_hooks_see_a_call_before_its_effect_and_after_it(world: World) -> None:
    seen: list[tuple[str, int]] = []

    async def before(call: Call) -> None:
        seen.append((f"before {call.method}", len(world.slack.posts())))

    async def after(call: Call) -> None:
        seen.append((f"after {call.method}", len(world.slack.posts())))

    world.faults.before, world.faults.after = before, after
    await world.client.chat_postMessage(channel=DESK, text="x")
    assert seen == [("before chat.postMessage", 0), ("after chat.postMessage", 1)]


@pytest.mark.parametrize(
    ("method", "arguments", "code"),
    [
        ("chat.postMessage", {"channel": DESK, "text": "x", "blocks": "no json"}, "invalid_blocks_format"),
        ("chat.postMessage", {"channel": DESK, "text": "x", "metadata": "{"}, "metadata_must_be_sent_as_json"),
        ("chat.postMessage", {"text": "x"}, "channel_not_found"),
        ("chat.update", {"channel": "U0STAFF1", "ts": "1.0", "text": "x"}, "channel_not_found"),
        ("chat.update", {"channel": DESK, "ts": "ROOT"}, "no_text"),
        ("chat.getPermalink", {"channel": DESK, "message_ts": "1.0"}, "message_not_found"),
        ("reactions.add", {"channel": DESK, "timestamp": "1.0", "name": "eyes"}, "message_not_found"),
        ("reactions.add", {"channel": DESK, "timestamp": "ROOT", "name": "no emoji"}, "invalid_name"),
        ("conversations.history", {"channel": "C0NOWHERE"}, "channel_not_found"),
        ("conversations.history", {"channel": "C0OTHER"}, "not_in_channel"),
        ("conversations.history", {"channel": DESK, "oldest": "now"}, "invalid_ts_oldest"),
        ("conversations.history", {"channel": DESK, "limit": 1000}, "invalid_limit"),
        ("conversations.replies", {"channel": DESK, "ts": "1.0"}, "thread_not_found"),
        ("conversations.open", {"users": "U0NOBODY"}, "user_not_found"),
        ("conversations.open", {"users": "U0STAFF1,U0STAFF2"}, "method_not_supported_for_channel_type"),
        ("usergroups.users.list", {"usergroup": "S0NONE"}, "no_such_subteam"),
        ("files.getUploadURLExternal", {"filename": "a", "length": "many"}, "invalid_arguments"),
        ("files.getUploadURLExternal", {"filename": "a", "length": 0}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": []}, "invalid_arguments"),
        ("files.info", {"file": "F0"}, "file_not_found"),
        ("views.open", {"trigger_id": "1.2.x", "view": "no json"}, "invalid_arguments"),
        ("views.open", {"trigger_id": "1.2.x", "view": {"type": "modal", "blocks": 7}}, "invalid_arguments"),
        ("views.publish", {"user_id": "U0NOBODY", "view": {"type": "home", "blocks": []}}, "user_not_found"),
    ],
)
async def test_each_method_refuses_in_slacks_words(
    world: World, method: str, arguments: dict[str, Any], code: str
) -> None:
    world.slack.add_channel(Channel("C0OTHER", "other"))
    root = (await world.client.chat_postMessage(channel=DESK, text="root"))["ts"]
    sent = {name: root if value == "ROOT" else value for name, value in arguments.items()}
    assert await refused(world.client.api_call(method, json=sent)) == code
    assert world.record.of("slack", method)[-1].took_effect is False


async def test_an_upload_is_checked_by_its_length_and_shared_where_it_may_be(world: World) -> None:
    place = await world.client.files_getUploadURLExternal(filename="a", length=3)
    async with aiohttp.ClientSession() as session:
        for content, error in ((b"four", "length_mismatch"), (b"abc", None), (b"abc", "file_not_found")):
            async with session.post(place["upload_url"], data=content) as answer:
                told = await answer.text()
                assert told == "OK - 3" if error is None else error in told
    done = {"files": [{"id": place["file_id"]}], "thread_ts": "1.000001"}
    for channel, code in (("C0NOWHERE", "channel_not_found"), (DESK, "thread_not_found")):
        call = world.client.api_call("files.completeUploadExternal", json=done | {"channel_id": channel})
        assert await refused(call) == code
    await world.client.files_completeUploadExternal(files=[{"id": place["file_id"]}], channel_id=DESK)
    [message] = (await world.client.conversations_history(channel=DESK))["messages"]
    assert message["files"] == [{"id": place["file_id"], "name": "a"}]
