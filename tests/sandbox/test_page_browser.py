"""The page as a whole in a real browser: by keyboard, on a phone, by other senses, and what its bar on top does."""

import asyncio
import importlib
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.sandbox.page_scene import CHAT, COMMANDS, IN_BROWSER, PHONE, Json, Stage, ask_form, opened, say
from tests.sandbox.slack_scene import BEN, DESK, MAYA, actions, button, section

pytestmark = IN_BROWSER

STATIC = Path(__file__).parents[2] / "sandbox" / "page" / "static"
AXE = Path(str(importlib.import_module("axe_playwright_python").__file__)).with_name("axe.min.js")


async def test_all_of_it_can_be_done_by_keyboard(stage: Stage, page: Page) -> None:
    ask_form(stage)
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the customer's message box")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.type("hello")
    await page.keyboard.press("Enter")
    await stage.bot.heard()
    await stage.bot.send("Yours?", ["Yes", "No"])
    await page.locator(".inline").wait_for()
    await page.keyboard.press("Shift+Tab")  # attach
    await page.keyboard.press("Shift+Tab")
    await expect(page.get_by_role("button", name="No", exact=True)).to_be_focused()
    await page.keyboard.press("Enter")
    assert (await stage.bot.heard())["callback_query"]["data"] == "No"
    await stage.card(section("*card*"), actions(button()))
    await page.get_by_role("button", name="Approve").wait_for()
    await page.locator("#post-text").focus()
    await page.keyboard.press("Shift+Tab")  # reply
    await page.keyboard.press("Shift+Tab")  # attach
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog", name="Form").get_by_label("Name")).to_be_focused()
    await page.keyboard.type("Ana")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.get_by_role("button", name="Approve")).to_be_focused()


async def test_on_a_phone_each_side_is_a_tab_that_counts_what_came_meanwhile(browser: Browser, stage: Stage) -> None:
    async with opened(browser, stage, **PHONE) as page:
        await say(page, "hello")
        await stage.bot.heard()
        await expect(page.locator("#desk")).to_be_hidden()
        await stage.card(section("*card*"))
        desk, customer = page.get_by_role("tab", name="Desk"), page.get_by_role("tab", name="Customer")
        await expect(desk).to_contain_text("1 unread")
        await desk.click()
        await expect(page.locator("#posts")).to_contain_text("card")
        await expect(desk).not_to_contain_text("unread")
        await stage.bot.send("Still there?")
        await expect(customer).to_contain_text("1 unread")
        await page.keyboard.press("ArrowLeft")
        await expect(customer).to_be_focused()
        await expect(page.locator("#customer")).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth") == 390


async def test_time_goes_on_and_faults_are_switched(stage: Stage, page: Page) -> None:
    shown = page.locator("#now")
    before = await shown.inner_text()
    await page.get_by_role("button", name="+1 day").click()
    await expect(shown).not_to_have_text(before)
    await expect(shown).to_have_attribute("title", "24 h ahead of this computer's clock")
    await page.get_by_role("button", name="Faults").click()
    switch = page.get_by_role("menuitemcheckbox").first
    await switch.click()
    await expect(switch).to_have_attribute("aria-checked", "true")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Faults: 1 on")).to_be_focused()


async def test_a_story_is_followed_told_and_can_be_stopped(stage: Stage, page: Page) -> None:
    told: Json = {"stories": [{"id": "sample", "label": "Play a sample customer"}], "playing": None, "last": None}

    async def answer(route: Route) -> None:
        if route.request.method == "POST":
            told["playing"] = {"id": "sample", "chat": 2001, "name": "Maria", "user": BEN, "step": 2, "of": 24,
                               "saying": "Maria sends a photo of her bill."}  # fmt: skip
        if route.request.method == "DELETE":
            told.update(playing=None, last={"id": "sample", "chat": 2001, "ended": "stuck", "why": "No answer."})
        await route.fulfill(json=told)

    await page.route(re.compile("/control/stor(y|ies)$"), answer)
    await page.get_by_role("button", name="Play a sample customer").click()
    line = page.get_by_role("group", name="The story that plays")
    await expect(line).to_contain_text("A sample customer, step 3 of 24: Maria sends a photo of her bill.")
    await expect(page.get_by_role("button", name="Maria")).to_have_attribute("aria-pressed", "true")
    await expect(page.get_by_label("You are")).to_have_value(BEN)
    await line.get_by_role("button", name="Stop").click()
    await expect(line).to_be_hidden()
    await expect(page.locator("#notice")).to_have_text("The story got stuck: No answer.")


async def test_a_page_that_nobody_looks_at_asks_nothing(stage: Stage, page: Page) -> None:
    turn = "hides => { Object.defineProperty(document, 'hidden', {value: hides, configurable: true}); " \
           "document.dispatchEvent(new Event('visibilitychange')); }"  # fmt: skip
    asked = list[str]()
    await page.evaluate(turn, True)
    await asyncio.sleep(0.1)
    page.on("request", lambda request: asked.append(request.url))
    await asyncio.sleep(0.5)
    assert asked == []
    await stage.card(section("*meanwhile*"))
    await page.evaluate(turn, False)
    await expect(page.locator("#posts")).to_contain_text("meanwhile")


async def test_a_sandbox_that_is_gone_is_said(stage: Stage, page: Page) -> None:
    await page.route("**/control/**", lambda route: route.abort())
    await expect(page.get_by_role("alert")).to_contain_text("The desk has stopped.")
    await page.unroute("**/control/**")
    await expect(page.locator("#notice")).to_be_empty()


@pytest.mark.parametrize("size", [{}, PHONE], ids=["desktop", "phone"])
async def test_nothing_stands_in_the_way_of_people_who_use_other_senses(
    browser: Browser, stage: Stage, size: dict[str, Any]
) -> None:
    await stage.bot.call("setMyCommands", commands=COMMANDS)
    await _much(stage)
    async with opened(browser, stage, bypass_csp=True, **size) as page:
        await page.add_script_tag(path=AXE)
        await page.locator(".message").last.wait_for()
        assert await _violations(page) == []
        if size:
            await page.get_by_role("tab", name="Desk").click()
        await page.get_by_role("button", name=re.compile("1 reply")).click()
        assert await _violations(page) == []
        await page.keyboard.press("Escape")
        await page.get_by_role("button", name="Approve").click()
        await page.get_by_role("dialog").get_by_label("Name").fill("Bob")
        await page.keyboard.press("Enter")
        await page.get_by_text("Who is that?").wait_for()
        assert await _violations(page) == []


async def _much(stage: Stage) -> None:
    """Fill both sides with one of each thing they can show."""
    ask_form(stage)
    for act in ("bill", "sample_photo", "contact", "voice", "sticker", "location"):
        await stage.control(f"telegram/{act}", chat=CHAT)
    said = await stage.control("telegram/say", chat=CHAT, text="hello /help")
    await stage.control("telegram/edit", chat=CHAT, message_id=said["message_id"], text="hello, hello /help")
    await stage.bot.send(
        "<b>Hi</b>, see <a href='https://example.com'>this</a> and <code>that</code>",
        reply_parameters={"message_id": said["message_id"]},
    )
    await stage.bot.send("Yours?", ["Yes", "No"])
    await stage.bot.send("Which?", reply_markup={"keyboard": [[{"text": "Business"}]]})
    context = {"type": "context", "elements": [{"type": "mrkdwn", "text": "P-7KQ2M · since *today*"}]}
    pushes = [{**button("approve"), "style": "primary"}, {**button("b", text="End"), "style": "danger"}]
    root = await stage.card(section("*card* `code` <@U0STAFF1>"), {"type": "actions", "elements": pushes}, context)
    await stage.client.chat_postMessage(channel=DESK, thread_ts=root, text="&gt; quoted\nwords")
    for number in range(3):
        await stage.client.chat_postEphemeral(channel=DESK, user=MAYA, text=f"only you {number}")
    await stage.control("switch", id="telegram_slow", on=True)


async def _violations(page: Page) -> list[str]:
    """List what axe finds serious or critical in either theme, with where."""
    told = list[str]()
    for theme in ("light", "dark"):
        await page.emulate_media(color_scheme=theme)
        found = await page.evaluate("axe.run({resultTypes: ['violations']})")
        assert len(found["passes"]) > 10  # it has looked
        heavy = [each for each in found["violations"] if each["impact"] in ("serious", "critical")]
        told += [f"{theme} {each['id']}: {node['failureSummary']}" for each in heavy for node in each["nodes"]]
    return told


async def test_the_usage_of_the_command_is_the_manifests() -> None:
    manifest = importlib.import_module("yaml").safe_load((STATIC.parents[2] / "manifest.yml").read_text("utf-8"))
    (command,) = manifest["features"]["slash_commands"]
    script = (STATIC / "slash.js").read_text("utf-8")
    assert [re.findall(rf'{name} = "(.*)";', script) for name in ("COMMAND", "ABOUT", "USAGE")] == [
        [command[name]] for name in ("command", "description", "usage_hint")
    ]


async def test_the_shortcut_of_a_message_is_the_manifests() -> None:
    manifest = importlib.import_module("yaml").safe_load((STATIC.parents[2] / "manifest.yml").read_text("utf-8"))
    [on_messages] = [each for each in manifest["features"]["shortcuts"] if each["type"] == "message"]
    script = (STATIC / "posts.js").read_text("utf-8")
    assert f'{{ id: "{on_messages["callback_id"]}", name: "{on_messages["name"]}" }}' in script


async def test_every_icon_that_the_scripts_draw_is_on_the_page() -> None:
    scripts = "".join(path.read_text("utf-8") for path in STATIC.glob("*.js"))
    used = set(re.findall(r'icon(?:\(|: )"(\w+)"', scripts))
    assert len(used) > 8
    drawn = re.findall(r'<symbol id="i-(\w+)"', (STATIC / "index.html").read_text("utf-8"))
    assert used <= set(drawn)
