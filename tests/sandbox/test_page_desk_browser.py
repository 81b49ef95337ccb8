"""The desk's half of the page in a real browser: forms, threads and private answers, as in Slack."""

import asyncio
from typing import Any

from playwright.async_api import Page, expect

from tests.sandbox.page_scene import IN_BROWSER, Json, Stage, ask_form
from tests.sandbox.slack_scene import BEN, DESK, MAYA, actions, button, section

pytestmark = IN_BROWSER


async def test_a_form_keeps_the_focus_says_what_is_wrong_and_gives_the_focus_back(stage: Stage, page: Page) -> None:
    ask_form(stage)
    await stage.card(section("*card*"), actions(button()))
    opener = page.get_by_role("button", name="Approve")
    await opener.focus()
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Form")
    name = dialog.get_by_label("Name")
    await expect(name).to_be_focused()
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog.get_by_role("alert").first).to_have_text("Please complete this required field.")
    await name.fill("Bob")
    await dialog.get_by_label("Kind").select_option("landline")
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Shift+Tab")
    assert await dialog.evaluate("node => node.contains(document.activeElement)")
    await name.press("Enter")
    await expect(dialog.get_by_role("alert").first).to_have_text("Who is that?")
    await expect(name).to_be_focused()
    await expect(name).to_have_value("Bob")
    await expect(dialog.get_by_label("Kind")).to_have_value("landline")
    await name.fill("Ana")
    await name.press("Enter")
    await expect(dialog).to_have_count(0)
    await expect(opener).to_be_focused()


async def test_escape_closes_a_form(stage: Stage, page: Page) -> None:
    ask_form(stage)
    await stage.card(section("*card*"), actions(button()))
    await page.get_by_role("button", name="Approve").click()
    await page.get_by_role("dialog", name="Form").wait_for()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.get_by_role("button", name="Approve")).to_be_focused()


async def test_a_thread_opens_beside_the_channel_and_what_is_written_there_reaches_the_desk(
    stage: Stage, page: Page
) -> None:
    heard = list[str]()

    @stage.app.event("message")
    async def message(event: Json) -> None:
        heard.append(f"{event['thread_ts']} {event['text']}")

    root = await stage.card(section("*P-7KQ2M* & more"))
    await stage.client.chat_postMessage(channel=DESK, thread_ts=root, text="The PIN is here.")
    summary = page.get_by_role("button", name="1 reply")
    await expect(summary).to_be_visible()
    await expect(page.locator("#posts")).not_to_contain_text("The PIN is here.")
    await summary.click()
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread).to_contain_text("The PIN is here.")
    await expect(thread.get_by_label("Reply in this thread")).to_be_focused()
    await page.keyboard.type("thanks & bye")
    await page.keyboard.press("Enter")
    await expect(thread).to_contain_text("2 replies")
    await expect(thread).to_contain_text("thanks & bye")
    await stage.servers.slack.settled()
    assert heard == [f"{root} thanks &amp; bye"]
    await page.keyboard.press("Escape")
    await expect(thread).to_be_hidden()
    await expect(page.get_by_role("button", name="2 replies")).to_be_focused()
    await stage.client.chat_postMessage(channel=DESK, thread_ts=root, text="New words.")
    await expect(page.get_by_role("button", name="3 replies")).to_contain_text("New")


async def test_private_answers_are_seen_by_one_person_fold_and_go(stage: Stage, page: Page) -> None:
    @stage.app.command("/port")
    async def port(ack: Any, body: Json) -> None:
        await ack(f"you said {body['text']}")

    box = page.get_by_label("Message to the channel, or a command that begins with /port")
    for words in ("list", "help"):
        await box.fill(f"/port {words}")
        await box.press("Enter")
        await expect(page.locator(".post.private").last).to_contain_text(f"you said {words}")
    await expect(page.locator(".post.private")).to_have_count(1)
    await page.get_by_role("button", name="An older message only visible to you: you said list").click()
    await expect(page.locator(".post.private")).to_have_count(2)
    await page.get_by_role("button", name="Dismiss", exact=True).click()
    await page.get_by_role("button", name="Dismiss message").click()
    await expect(page.locator(".post.private")).to_have_count(0)
    await box.fill("/port list")
    await box.press("Enter")
    await expect(page.locator(".post.private")).to_have_count(1)
    await page.get_by_label("You are").select_option(BEN)
    await expect(page.locator(".post.private")).to_have_count(0)


async def test_a_file_in_a_thread_has_its_name(stage: Stage, page: Page) -> None:
    root = await stage.card(section("*P-7KQ2M*"))
    await stage.client.files_upload_v2(
        channel=DESK, thread_ts=root, filename="bill.pdf", title="Bill", content="a bill"
    )
    await page.get_by_role("button", name="1 reply").click()
    file = page.locator("#replies a.thing")
    await expect(file).to_contain_text("Bill")
    async with page.expect_download() as download:
        await file.click()
    assert (await (await download.value).path()).read_text("utf-8") == "a bill"


async def test_a_dangerous_button_asks_first(stage: Stage, page: Page) -> None:
    pressed = asyncio.Event()

    @stage.app.action("cancel")
    async def cancel(ack: Any) -> None:
        await ack()
        pressed.set()

    words = {name: {"type": "plain_text", "text": text} for name, text in
             {"title": "Cancel it?", "text": "It ends.", "confirm": "End it", "deny": "Keep it"}.items()}  # fmt: skip
    await stage.card(actions({**button("cancel", text="Cancel"), "style": "danger", "confirm": words}))
    await page.get_by_role("button", name="Cancel").click()
    await page.get_by_role("dialog", name="Cancel it?").get_by_role("button", name="Keep it").click()
    await expect(page.get_by_role("button", name="Cancel")).to_be_focused()
    assert not pressed.is_set()
    await page.get_by_role("button", name="Cancel").click()
    await page.get_by_role("button", name="End it").click()
    await asyncio.wait_for(pressed.wait(), 3)


async def test_home_and_direct_messages_have_places_of_their_own(stage: Stage, page: Page) -> None:
    @stage.app.event("app_home_opened")
    async def home(event: Json) -> None:
        view = {"type": "home", "blocks": [section("*Waiting for you*")]}
        await stage.client.views_publish(user_id=event["user"], view=view)

    await page.get_by_role("button", name="App Home").click()
    await expect(page.locator("#posts")).to_contain_text("Waiting for you")
    await stage.client.chat_postMessage(channel=MAYA, text="Only for you, Maya")
    direct = page.locator("[data-place=direct]")
    await expect(direct).to_contain_text("1 unread")
    await direct.click()
    await expect(page.locator("#posts")).to_contain_text("Only for you, Maya")
    await expect(direct).not_to_contain_text("unread")


async def test_an_input_in_the_home_is_sent_with_enter(stage: Stage, page: Page) -> None:
    typed = asyncio.Queue[str]()

    @stage.app.event("app_home_opened")
    async def home(event: Json) -> None:
        box = {"type": "plain_text_input", "action_id": "search"}
        label = {"type": "plain_text", "text": "Find a request"}
        field = {"type": "input", "block_id": "search", "dispatch_action": True, "label": label, "element": box}
        await stage.client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [field]})

    @stage.app.action("search")
    async def search(ack: Any, action: Json) -> None:
        await ack()
        await typed.put(action["value"])

    await page.get_by_role("button", name="App Home").click()
    box = page.get_by_label("Find a request")
    await box.fill("8832")
    await box.press("Enter")
    assert await asyncio.wait_for(typed.get(), 3) == "8832"


async def test_a_message_is_attached_by_its_shortcut_and_shows_what_is_unfurled(stage: Stage, page: Page) -> None:
    used = asyncio.Queue[str]()

    @stage.app.message_shortcut("attach")
    async def attach(ack: Any, body: Json) -> None:
        await ack()
        await used.put(body["message"]["text"])

    post = stage.servers.slack.share(BEN, "See https://desk.example.com/r/P-22222", [])
    shown = {"https://desk.example.com/r/P-22222": {"blocks": [section("*P-22222* in short")]}}
    await stage.client.chat_unfurl(channel=DESK, ts=post.ts, unfurls=shown)
    message = page.get_by_role("article").filter(has_text="in short")
    await message.hover()
    await message.get_by_role("button", name="Attach to request").click()
    assert "P-22222" in await asyncio.wait_for(used.get(), 3)
