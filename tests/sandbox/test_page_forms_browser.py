"""Forms on the page that hear every change, and that take files, as in Slack."""

import asyncio
from typing import Any

from playwright.async_api import Page, expect

from tests.sandbox.page_scene import IN_BROWSER, Json, Stage
from tests.sandbox.slack_scene import actions, button, section

pytestmark = IN_BROWSER


def label(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def view(about: str) -> Json:
    options = [{"text": label(name), "value": name.lower()} for name in ("Name", "PIN")]
    reason = {"type": "multi_static_select", "action_id": "reason", "options": options}
    why = {"type": "plain_text_input", "action_id": "why"}
    files = {"type": "file_input", "action_id": "files", "max_files": 2}
    blocks = [
        section(about),
        {"type": "input", "block_id": "why", "label": label("Why"), "element": why},
        {"type": "input", "block_id": "reason", "dispatch_action": True, "label": label("Reason"), "element": reason},
        {"type": "input", "block_id": "files", "optional": True, "label": label("Files"), "element": files},
    ]  # fmt: skip
    return {"type": "modal", "callback_id": "form", "title": label("Form"), "submit": label("Send"), "blocks": blocks}


async def test_a_change_is_heard_with_what_stands_elsewhere_and_files_come_along(stage: Stage, page: Page) -> None:
    sent = asyncio.Queue[Json]()

    @stage.app.action("approve")
    async def approve(ack: Any, body: Json) -> None:
        await ack()
        await stage.client.views_open(trigger_id=body["trigger_id"], view=view("nothing yet"))

    @stage.app.action("reason")
    async def changed(ack: Any, body: Json, action: Json) -> None:
        await ack()
        chosen = ", ".join(option["value"] for option in action["selected_options"])
        words = body["view"]["state"]["values"]["why"]["why"]["value"]
        await stage.client.views_update(view_id=body["view"]["id"], view=view(f"{chosen}: {words}"))

    @stage.app.view("form")
    async def save(ack: Any, view: Json) -> None:
        await ack()
        await sent.put(view["state"]["values"])

    await stage.card(section("*card*"), actions(button()))
    await page.get_by_role("button", name="Approve").click()
    dialog = page.get_by_role("dialog", name="Form")
    await dialog.get_by_label("Why").fill("the bill says J")
    await dialog.get_by_label("Name").check()
    await expect(dialog).to_contain_text("name: the bill says J")
    await expect(dialog.get_by_label("Why")).to_have_value("the bill says J")
    await dialog.get_by_label("Files").set_input_files(
        {"name": "csr.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"}
    )
    await expect(dialog).to_contain_text("csr.pdf")
    await dialog.get_by_role("button", name="Send").click()
    values = await asyncio.wait_for(sent.get(), 3)
    assert [option["value"] for option in values["reason"]["reason"]["selected_options"]] == ["name"]
    (file,) = values["files"]["files"]["files"]
    assert stage.servers.slack.file_content(file["id"]) == b"%PDF"
