"""The page and its control endpoints: both people's hands over HTTP, real libraries at the other end."""

import base64
import re
from datetime import date
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from yarl import URL

from sandbox.page.bill import sample_bill
from tests.sandbox.control_scene import CHAT, STATIC, desk_app, stage
from tests.sandbox.slack_scene import DESK, MAYA, actions, button, modal, section

KINDS = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}


async def test_a_real_bot_hears_the_customer_and_the_customer_sees_its_answer(tmp_path: Path) -> None:
    async with stage(tmp_path) as scene:
        await scene.do("telegram/say", chat=CHAT, text="hello", user={"first_name": "Ana"})
        (update,) = await scene.bot.get_updates()
        assert update.effective_user is not None
        assert (update.effective_user.first_name, update.message and update.message.text) == ("Ana", "hello")
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])
        sent = await scene.bot.send_message(CHAT, "<b>Hi</b> & go", parse_mode="HTML", reply_markup=keyboard)
        shown = (await scene.see(f"telegram/chat/{CHAT}"))["messages"][-1]
        assert (shown["text"], shown["keyboard"]) == ("Hi & go", [[{"text": "Yes", "data": "y"}]])
        assert shown["entities"] == [{"type": "bold", "offset": 0, "length": 2}]
        status, _ = await scene.do("telegram/press", chat=CHAT, message_id=sent.message_id, data="y")
        pressed = (await scene.bot.get_updates(offset=update.update_id + 1))[0].callback_query
        assert (status, pressed and pressed.data) == (200, "y")


async def test_an_uploaded_file_reaches_the_bot_byte_for_byte(tmp_path: Path) -> None:
    async with stage(tmp_path) as scene:
        content = base64.b64encode(b"\x89PNG\x00").decode()
        await scene.do("telegram/upload", chat=CHAT, name="a.png", mime="image/png", content=content)
        (update,) = await scene.bot.get_updates()
        assert update.message
        assert update.message.document
        file = await scene.bot.get_file(update.message.document.file_id)
        assert bytes(await file.download_as_bytearray()) == b"\x89PNG\x00"
        async with scene.session.get(f"{scene.url}/control/telegram/file/{file.file_id}") as response:
            assert response.headers["Content-Disposition"] == "attachment"
            assert await response.read() == b"\x89PNG\x00"


async def test_the_sample_bill_is_a_pdf_whose_table_points_at_its_objects() -> None:
    bill = sample_bill(date(2026, 11, 2))
    assert b"Statement date: November 02, 2026" in bill
    start = int(re.findall(rb"startxref\n(\d+)\n%%EOF\n\Z", bill)[0])
    assert bill[start:].startswith(b"xref\n0 6\n")
    places = [int(place) for place in re.findall(rb"(\d{10}) 00000 n ", bill)]
    assert [bill[place : place + 7] for place in places] == [b"%d 0 obj" % number for number in range(1, 6)]
    length = int(re.findall(rb"/Length (\d+)", bill)[0])
    assert bill.split(b"stream\n")[1][length:] == b"\nend"


async def test_the_sample_bill_button_sends_it(tmp_path: Path) -> None:
    async with stage(tmp_path) as scene:
        await scene.do("telegram/bill", chat=CHAT)
        (message,) = (await scene.see(f"telegram/chat/{CHAT}"))["messages"]
        assert (message["document"]["name"], message["document"]["mime"]) == ("sample-bill.pdf", "application/pdf")


async def test_a_customer_edits_blocks_and_unblocks(tmp_path: Path) -> None:
    async with stage(tmp_path) as scene:
        _, said = await scene.do("telegram/say", chat=CHAT, text="helo")
        await scene.do("telegram/edit", chat=CHAT, message_id=said["message_id"], text="hello")
        await scene.do("telegram/block", chat=CHAT)
        chat = await scene.see(f"telegram/chat/{CHAT}")
        assert (chat["blocked"], chat["messages"][0]["text"], chat["messages"][0]["edited"]) == (True, "hello", True)
        await scene.do("telegram/unblock", chat=CHAT)
        await scene.do("telegram/raw", update={"novelty": {}})
        kinds = [set(update.to_dict()) - {"update_id"} for update in await scene.bot.get_updates()]
        assert kinds == [{"message"}, {"edited_message"}, {"my_chat_member"}, {"my_chat_member"}, {"novelty"}]


async def test_a_command_is_answered_for_one_person_alone(tmp_path: Path) -> None:
    app = desk_app()

    @app.command("/port")
    async def port(ack: Any, body: dict[str, Any]) -> None:
        await ack(f"you said {body['text']}")

    async with stage(tmp_path, app) as scene:
        status, outcome = await scene.do("slack/command", user=MAYA, text="list")
        assert (status, outcome["status"], outcome["error"]) == (200, 200, None)
        (whisper,) = (await scene.see(f"slack/ephemerals/{MAYA}"))["posts"]
        assert (whisper["text"], whisper["name"]) == ("you said list", "Port of Call")
        assert (await scene.see("slack/ephemerals/U0STAFF2"))["posts"] == []


async def test_a_form_opened_from_a_card_shows_its_errors_and_closes_when_it_is_right(tmp_path: Path) -> None:
    app = desk_app()

    @app.action("approve")
    async def approve(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await scene.client.views_open(trigger_id=body["trigger_id"], view=modal())

    @app.view("form")
    async def save(ack: Any, view: dict[str, Any]) -> None:
        name = view["state"]["values"]["name"]["v"]["value"]
        await (ack() if name == "Ana" else ack(response_action="errors", errors={"name": "Who?"}))

    async with stage(tmp_path, app) as scene:
        blocks = [section("*card*"), actions(button())]
        posted = await scene.client.chat_postMessage(channel=DESK, text="card", blocks=blocks)
        await scene.do("slack/press", user=MAYA, action="approve", value="P-1", message_ts=posted["ts"])
        (form,) = (await scene.see(f"slack/modals/{MAYA}"))["modals"]
        fill = {"user": MAYA, "view_id": form["id"]}
        await scene.do("slack/submit", **fill, values={"name": {"v": "x"}})
        (form,) = (await scene.see(f"slack/modals/{MAYA}"))["modals"]
        assert (form["title"], form["errors"]) == ("Form", {"name": "Who?"})
        await scene.do("slack/submit", **fill, values={"name": {"v": "Ana"}, "kind": {"v": "landline"}})
        assert (await scene.see(f"slack/modals/{MAYA}"))["modals"] == []


async def test_words_in_a_thread_and_an_opened_home_reach_the_desk(tmp_path: Path) -> None:
    app, heard = desk_app(), list[str]()

    @app.event("message")
    async def message(event: dict[str, Any]) -> None:
        heard.append(f"{event['thread_ts']} {event['text']}")

    @app.event("app_home_opened")
    async def opened(event: dict[str, Any]) -> None:
        await scene.client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [section("Queue")]})

    async with stage(tmp_path, app) as scene:
        root = (await scene.client.chat_postMessage(channel=DESK, text="card"))["ts"]
        await scene.do("slack/message", user=MAYA, text="a &amp; b", thread_ts=root)
        await scene.do("slack/open_home", user=MAYA)
        await scene.servers.slack.settled()
        assert heard == [f"{root} a &amp; b"]
        screen = (await scene.see(f"screen?chat={CHAT}&user={MAYA}"))["slack"]
        assert [post["text"] for post in screen["posts"]] == ["card", "a &amp; b"]
        assert screen["home"]["body"]["blocks"][0]["text"]["text"] == "Queue"
        assert (await scene.see("slack/channel"))["posts"] == screen["posts"]


async def test_closing_a_form_that_asked_for_silence_tells_nobody(tmp_path: Path) -> None:
    app = desk_app()

    @app.command("/port")
    async def port(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        await scene.client.views_open(trigger_id=body["trigger_id"], view=modal())

    async with stage(tmp_path, app) as scene:
        await scene.do("slack/command", user=MAYA, text="new")
        (form,) = (await scene.see(f"slack/modals/{MAYA}"))["modals"]
        assert await scene.do("slack/close", user=MAYA, view_id=form["id"]) == (200, {})
        assert (await scene.see(f"slack/modals/{MAYA}"))["modals"] == []


async def test_faults_are_planned_and_forgotten_and_calls_are_told(tmp_path: Path) -> None:
    async with stage(tmp_path) as scene:
        for kind in ("429", "502"):
            await scene.do("faults", service="telegram", method="getMe", kind=kind, hang=0.5)
        assert await scene.do("faults", "DELETE") == (200, {"planned": 0})
        await scene.do("faults", service="slack", method="auth.test", kind="502", times=2)
        async with scene.session.post(f"{scene.url}/api/auth.test") as response:
            assert response.status == 502
        calls = (await scene.see("record"))["calls"]
        assert (calls[-1]["method"], calls[-1]["fault"]) == ("auth.test", "502")
        assert (await scene.see(f"record?after={len(calls)}"))["calls"] == []


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("telegram/say", {"chat": "x", "text": "hi"}, 400, "chat must be a whole number"),
        ("telegram/say", {"chat": True, "text": "hi"}, 400, "chat must be a whole number"),
        ("telegram/upload", {"chat": 1, "name": "a", "mime": "b", "content": "%"}, 400, "content must be base64"),
        ("telegram/upload", {"chat": 1, "kind": "song"}, 400, "kind must be document or photo"),
        ("telegram/press", {"chat": 1, "message_id": 5, "data": "y"}, 409, "no button 'y' on message 5"),
        ("telegram/dance", {}, 400, "there is no dance here"),
        ("slack/press", {"user": MAYA, "action": "a", "channel": "C9"}, 409, "channel_not_found"),
        ("slack/command", {"user": "U9", "text": ""}, 409, "there is nobody called U9"),
        ("slack/submit", {"user": MAYA, "view_id": "V1", "values": {"a": 1}}, 400, "values must be an object"),
        ("faults", {"service": "slack", "method": "*", "kind": "fire"}, 400, "kind must be one of 429"),
        ("record?after=x", None, 400, "after must be a whole number"),
    ],
)
async def test_what_cannot_be_done_is_said(
    tmp_path: Path, path: str, body: dict[str, Any] | None, status: int, words: str
) -> None:
    async with stage(tmp_path) as scene:
        answer = await scene.do(path, "GET" if body is None else "POST", **(body or {}))
        assert answer[0] == status
        assert answer[1]["error"].startswith(words)


@pytest.mark.parametrize("body", ["{", "[]"])
async def test_a_body_that_is_no_object_is_refused(tmp_path: Path, body: str) -> None:
    path = "/control/telegram/say"
    async with stage(tmp_path) as scene, scene.session.post(f"{scene.url}{path}", data=body) as response:
        assert response.status == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example:80"},
        {"Host": "[127.0.0.1"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
async def test_other_names_and_other_sites_are_refused(tmp_path: Path, headers: dict[str, str]) -> None:
    async with stage(tmp_path) as scene:
        url = f"{scene.url}/control/telegram/say"
        async with scene.session.post(url, json={"chat": CHAT, "text": "x"}, headers=headers) as response:
            assert response.status == 403
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await scene.session.ws_connect(f"{scene.url}/link", headers=headers)
        assert (await scene.see(f"telegram/chat/{CHAT}"))["messages"] == []


async def test_the_page_itself_may_ask(tmp_path: Path) -> None:
    async with stage(tmp_path) as scene:
        port = scene.url.rpartition(":")[2]
        own = {"Host": f"localhost:{port}", "Origin": f"http://localhost:{port}"}
        url = f"{scene.url}/control/telegram/say"
        async with scene.session.post(url, json={"chat": CHAT, "text": "x"}, headers=own) as response:
            assert response.status == 200


async def test_the_page_needs_nothing_from_elsewhere_and_makes_no_markup_of_words(tmp_path: Path) -> None:
    files = sorted(path for path in STATIC.iterdir() if path.suffix in KINDS)
    assert {".html", ".css", ".js"} <= {path.suffix for path in files}
    async with stage(tmp_path) as scene:
        for path in files:
            async with scene.session.get(f"{scene.url}/{path.name}") as response:
                assert response.headers["Content-Type"].startswith(KINDS[path.suffix])
                assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
                text = await response.text()
            assert not re.search(r"""(?:src|href|url\(|from|import)\s*=?\s*["'(]?(?:https?:)?//""", text), path
            if path.suffix == ".js":
                assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text), path


async def test_everything_that_the_page_names_of_its_own_is_there(tmp_path: Path) -> None:
    page = (STATIC / "index.html").read_text("utf-8")
    scripts = {path.name: path.read_text("utf-8") for path in STATIC.glob("*.js")}
    named = set(re.findall(r"""(?:src|href)="/([\w.-]+)\"""", page))
    named |= {found for text in scripts.values() for found in re.findall(r"""from\s+"\./([\w.-]+)\"""", text)}
    assert named
    async with stage(tmp_path) as scene:
        for name in named:
            async with scene.session.get(f"{scene.url}/{name}") as response:
                assert response.status == 200, name


@pytest.mark.parametrize(
    "path",
    ["..%2fprogram.py", "%2e%2e%2fcontrol.py", "static", ".html", "page.py", "no.html", "..%5cbill.html", "a%00.html"],
)
async def test_nothing_but_the_pages_own_files_is_served(tmp_path: Path, path: str) -> None:
    async with stage(tmp_path) as scene, scene.session.get(URL(f"{scene.url}/{path}", encoded=True)) as response:
        assert response.status == 404


def test_every_element_that_the_scripts_look_up_is_on_the_page() -> None:
    scripts = "".join(path.read_text("utf-8") for path in STATIC.glob("*.js"))
    wanted = set(re.findall(r'\$\("([\w-]+)"\)', scripts))
    there = set(re.findall(r'id="([\w-]+)"', (STATIC / "index.html").read_text("utf-8")))
    assert wanted
    assert wanted <= there


async def test_every_control_that_the_scripts_use_exists(tmp_path: Path) -> None:
    scripts = "".join(path.read_text("utf-8") for path in STATIC.glob("*.js"))
    used = set(re.findall(r"""["'`](?:/control/)?((?:telegram|slack)/\w+)["'`]""", scripts))
    assert len(used) > 8
    async with stage(tmp_path) as scene:
        for path in used:
            _, answer = await scene.do(path)
            assert "there is no" not in answer.get("error", ""), path
