"""The customer's half of the page in a real browser: a chat like any in Telegram."""

import asyncio
import base64
from datetime import date

from playwright.async_api import Browser, Page, expect

from sandbox.page.bill import sample_bill
from tests.sandbox.page_scene import CHAT, COMMANDS, IN_BROWSER, Stage, opened, say

pytestmark = IN_BROWSER

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)

FADING = """new Promise(done => new MutationObserver(() => {
    const gone = document.querySelector(".message.gone");
    if (gone) done(gone.textContent);
}).observe(document.getElementById("messages"), {subtree: true, attributes: true}))"""


async def test_a_customer_starts_writes_and_sees_the_bots_formatted_answer(stage: Stage, page: Page) -> None:
    await page.get_by_role("button", name="START").click()
    heard = (await stage.bot.heard())["message"]
    assert (heard["text"], heard["from"]["first_name"]) == ("/start", "Ana")
    await say(page, "hello")
    assert (await stage.bot.heard())["message"]["text"] == "hello"
    await expect(page.locator(".message.out .stamp").last).to_contain_text("sent")
    await stage.bot.send("<b>Hi</b>, <i>you</i>: <code>4711</code> &lt;b&gt; or /later")
    answer = page.locator(".message.in .words")
    await expect(answer).to_contain_text("Hi, you: 4711 <b> or /later")
    assert [await answer.locator(tag).inner_text() for tag in ("b", "i", "code")] == ["Hi", "you", "4711"]
    await expect(page.locator(".message.out .stamp").last).to_contain_text("read")
    await expect(page.locator("#aloud")).to_contain_text("Port of Call: Hi, you: 4711")
    await answer.get_by_role("button", name="/later").click()
    assert (await stage.bot.heard())["message"]["text"] == "/later"


async def test_a_pressed_button_reaches_the_bot_and_its_note_edit_and_deletion_are_seen(
    stage: Stage, page: Page
) -> None:
    await say(page, "hello")
    await stage.bot.heard()
    sent = await stage.bot.send("Is it <b>yours</b>?", ["Yes", "No"])
    await page.get_by_role("button", name="Yes", exact=True).click()
    query = (await stage.bot.heard())["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ("Yes", sent)
    await stage.bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Noted")
    await expect(page.locator(".toast")).to_have_text("Noted")
    await stage.bot.call("editMessageText", chat_id=CHAT, message_id=sent, text="Yours.")
    message = page.locator(".message.in")
    await expect(message.locator(".stamp")).to_contain_text("edited")
    await expect(message.get_by_role("button", name="Yes", exact=True)).to_have_count(0)
    await expect(message).to_be_focused()  # the button that had the focus is gone, its message is not
    await stage.bot.call("deleteMessage", chat_id=CHAT, message_id=sent)
    await expect(message).to_have_count(0)
    await expect(page.locator("#messages")).to_be_focused()


async def test_a_note_that_must_be_read_is_a_dialog(stage: Stage, page: Page) -> None:
    await say(page, "hello")
    await stage.bot.heard()
    await stage.bot.send("Sure?", ["Yes"])
    await page.get_by_role("button", name="Yes").click()
    query = (await stage.bot.heard())["callback_query"]
    await stage.bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Too late", show_alert=True)
    await expect(page.get_by_role("dialog")).to_contain_text("Too late")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Yes")).to_be_focused()


async def test_a_deleted_message_fades_for_who_likes_motion(browser: Browser, stage: Stage) -> None:
    async with opened(browser, stage, reduced_motion="no-preference") as page:
        await say(page, "my PIN is 4711")
        number = (await stage.bot.heard())["message"]["message_id"]
        await page.locator(".message").wait_for()
        fading = asyncio.create_task(page.evaluate(FADING))
        await page.evaluate("1")  # the browser watches by now
        await stage.bot.call("deleteMessage", chat_id=CHAT, message_id=number)
        assert "4711" in await asyncio.wait_for(fading, 3)
        await expect(page.locator(".message")).to_have_count(0)


async def test_files_come_with_name_size_and_content_and_photos_are_seen(stage: Stage, page: Page) -> None:
    bill = sample_bill(date(2026, 11, 2))
    await page.locator("#file").set_input_files({"name": "may.pdf", "mimeType": "application/pdf", "buffer": bill})
    file = page.locator("a.thing")
    await expect(file).to_contain_text("may.pdf")
    await expect(file).to_contain_text(f"{len(bill)} B")
    async with page.expect_download() as download:
        await file.click()
    arrived = await download.value
    assert (arrived.suggested_filename, (await arrived.path()).read_bytes()) == ("may.pdf", bill)
    await page.locator("#photo").set_input_files({"name": "p.png", "mimeType": "image/png", "buffer": PIXEL})
    picture = page.get_by_role("img", name="Photo from you")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.complete && image.naturalWidth") == 1


async def test_an_album_of_the_bots_is_seen_page_by_page_with_its_words(stage: Stage, page: Page) -> None:
    await page.locator("#photo").set_input_files({"name": "p.png", "mimeType": "image/png", "buffer": PIXEL})
    photo = (await stage.bot.heard())["message"]["photo"][-1]["file_id"]
    album = [{"type": "photo", "media": photo, "caption": "Your letter"}, {"type": "photo", "media": photo}]
    await stage.bot.call("sendMediaGroup", chat_id=CHAT, media=album)
    pictures = page.get_by_role("img", name="Photo from Port of Call")
    await expect(pictures).to_have_count(2)
    await expect(page.locator(".message.in .words").first).to_contain_text("Your letter")
    assert await pictures.last.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1


SENDS = {
    "Sample bill": "document",
    "Sample photo": "photo",
    "Share my number": "contact",
    "Someone else's contact": "contact",
    "Voice message": "voice",
    "Sticker": "sticker",
    "Location": "location",
}


async def test_the_attach_menu_sends_all_kinds_of_things(stage: Stage, page: Page) -> None:
    attach = page.get_by_role("button", name="Attach")
    for entry, kind in SENDS.items():
        await attach.click()
        await page.get_by_role("menuitem", name=entry).click()
        assert kind in (await stage.bot.heard())["message"]
        await expect(attach).to_be_focused()
    await expect(page.locator(".message.out")).to_have_count(len(SENDS))


async def test_a_customer_mends_and_answers_a_message(stage: Stage, page: Page) -> None:
    await say(page, "helo")
    number = (await stage.bot.heard())["message"]["message_id"]
    await expect(page.locator(".message.out")).to_have_count(1)
    await page.keyboard.press("ArrowUp")
    await expect(page.locator("#context")).to_contain_text("Edit message")
    await say(page, "hello")
    edited = (await stage.bot.heard())["edited_message"]
    assert (edited["message_id"], edited["text"]) == (number, "hello")
    await expect(page.locator(".message.out .stamp")).to_contain_text("edited")
    await page.locator(".message.out").focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("menuitem", name="Reply").click()
    await say(page, "and more")
    assert (await stage.bot.heard())["message"]["reply_to_message"]["message_id"] == number
    await expect(page.locator(".message.out .quote")).to_contain_text("hello")


async def test_suggested_answers_and_commands_are_at_hand(stage: Stage, page: Page) -> None:
    await stage.bot.call("setMyCommands", commands=COMMANDS)
    await say(page, "hello")
    await stage.bot.heard()
    keys = {"keyboard": [[{"text": "Business"}, {"text": "Personal"}]]}
    await stage.bot.send("Which?", reply_markup=keys)
    await page.get_by_role("group", name="Suggested answers").get_by_role("button", name="Business").click()
    assert (await stage.bot.heard())["message"]["text"] == "Business"
    await stage.bot.send("Thanks.", reply_markup={"remove_keyboard": True})
    await expect(page.locator("#keys")).to_be_hidden()
    await page.get_by_role("button", name="Menu", exact=True).click()
    await page.get_by_role("menuitem", name="Where my number is").click()
    assert (await stage.bot.heard())["message"]["text"] == "/status"


async def test_another_customer_has_a_chat_of_their_own(stage: Stage, page: Page) -> None:
    await say(page, "I am Ana")
    await stage.bot.heard()
    await page.get_by_role("button", name="New customer").click()
    await page.get_by_role("dialog").get_by_role("textbox").fill("Zoe")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Zoe")).to_have_attribute("aria-pressed", "true")
    await expect(page.locator(".message")).to_have_count(0)
    await say(page, "I am new")
    heard = (await stage.bot.heard())["message"]
    assert (heard["chat"]["id"], heard["from"]["first_name"]) == (1003, "Zoe")
    await page.get_by_role("button", name="Ana").click()
    await expect(page.locator(".message.out")).to_contain_text("I am Ana")


async def test_customers_who_came_first_give_way_to_later_ones_and_stay_at_hand(stage: Stage, page: Page) -> None:
    for chat in (1003, 1004, 2001):
        await stage.control("telegram/say", chat=chat, text="hello")
    line = page.get_by_role("group", name="Who writes")
    await line.get_by_role("button", name="Earlier customers: 1").click()
    await page.get_by_role("menuitem", name="Luis").click()
    await expect(line.get_by_role("button", name="Luis")).to_have_attribute("aria-pressed", "true")
    await line.get_by_role("button", name="Earlier customers: 1").click()
    await expect(page.get_by_role("menuitem", name="Ana")).to_be_focused()
    assert await line.evaluate("node => node.scrollWidth <= node.clientWidth")


async def test_a_bot_introduces_itself_before_the_first_message(stage: Stage, page: Page) -> None:
    log = page.get_by_role("log", name="Chat with Port of Call")
    await expect(log).to_contain_text("The desk is about to start.")
    await stage.bot.call("setMyDescription", description="I move numbers.")
    await expect(log).to_contain_text("I move numbers.")
    await say(page, "hello")
    await expect(log).not_to_contain_text("I move numbers.")


async def test_a_customer_whom_nobody_answers_is_told_where_to_look(stage: Stage, page: Page) -> None:
    await page.clock.install()
    await say(page, "hello")
    await page.locator(".message.out").wait_for()
    silence = page.get_by_text("No answer yet.")
    await expect(silence).to_be_hidden()
    await page.clock.fast_forward(9_000)
    await expect(silence).to_be_visible()
    await stage.bot.heard()
    sent = await stage.bot.send("Hello!")
    await page.clock.run_for(400)
    await expect(silence).to_be_hidden()
    await say(page, "/status")
    await expect(page.locator(".message.out")).to_have_count(2)
    await stage.bot.call("editMessageText", chat_id=CHAT, message_id=sent, text="Hello again!")
    await page.clock.run_for(400)
    await expect(page.locator(".message.in")).to_contain_text("again")
    await page.clock.fast_forward(9_000)
    await expect(silence).to_be_hidden()  # an edit is an answer


async def test_a_blocked_bot_is_told_so_and_unblocked(stage: Stage, page: Page) -> None:
    await say(page, "hello")
    await stage.bot.heard()
    await page.get_by_role("button", name="More about this chat").click()
    await page.get_by_role("menuitem", name="Block the bot").click()
    assert (await stage.bot.heard())["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    await page.get_by_role("button", name="UNBLOCK AND GO ON").click()
    await expect(page.get_by_label("Message to the bot")).to_be_visible()


async def test_news_leave_the_draft_the_focus_and_every_other_message_alone(stage: Stage, page: Page) -> None:
    await say(page, "hello")
    await stage.bot.heard()
    await stage.bot.send("first", ["Yes"])
    first = page.locator(".message.in").first
    await first.wait_for()
    await first.evaluate("node => (window.kept = node)")
    box = page.get_by_label("Message to the bot")
    await box.fill("half a sen")
    for number in range(40):
        await stage.bot.send(f"line {number}")
    await expect(page.locator(".message.in")).to_have_count(41)
    await expect(page.locator(".message.in").last).to_be_in_viewport()  # the log stays at its end
    await page.locator("#messages").evaluate("log => (log.scrollTop = 0)")
    await stage.bot.send("one more")
    await expect(page.locator(".message.in")).to_have_count(42)
    assert await page.locator("#messages").evaluate("log => log.scrollTop") == 0
    await expect(page.get_by_role("button", name="To the newest message")).to_contain_text("1 unread")
    assert await first.evaluate("node => node === window.kept")
    await expect(box).to_be_focused()
    await expect(box).to_have_value("half a sen")
    await page.get_by_role("button", name="To the newest message").click()
    await expect(page.locator(".message.in").last).to_be_in_viewport()
