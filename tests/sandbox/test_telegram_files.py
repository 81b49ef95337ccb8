"""Files in both directions through the sandbox's Telegram."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import aiohttp
import pytest
from telegram import InputMediaDocument, InputMediaPhoto, InputMediaVideo
from telegram.error import BadRequest, NetworkError

from tests.sandbox.telegram_scene import CHAT, Scene, staged


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with staged() as found:
        yield found


@pytest.fixture(autouse=True)
def _waits_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else python-telegram-bot warns at every RetryAfter


async def test_files_go_both_ways(scene: Scene) -> None:
    scene.telegram.upload(
        CHAT, b"%PDF-1", name="bill.pdf", mime="application/pdf", caption="my bill", media_group_id="7"
    )
    (update,) = await scene.updates()
    assert update.message is not None
    assert update.message.document is not None
    assert (update.message.caption, update.message.media_group_id) == ("my bill", "7")
    fetched = await (await update.message.document.get_file()).download_as_bytearray()
    assert bytes(fetched) == b"%PDF-1"
    sent = await scene.bot.send_document(
        CHAT, b"%PDF-2", filename="letter.pdf", caption="<b>yours</b>", parse_mode="HTML"
    )
    shown = scene.telegram.chat(CHAT)[-1]
    assert shown.document is not None
    assert (shown.document.name, shown.html, shown.kind) == ("letter.pdf", "<b>yours</b>", "document")
    assert scene.telegram.content(shown.document.file_id) == b"%PDF-2"
    (call,) = scene.record.of("telegram", "sendDocument")
    assert call.params["document"]["file_size"] == 6
    assert sent.document is not None
    await scene.bot.send_document(CHAT, sent.document.file_id)
    assert scene.telegram.chat(CHAT)[-1].document == shown.document


async def test_photos_go_both_ways(scene: Scene) -> None:
    scene.telegram.upload(CHAT, b"jpeg", name="bill.jpg", mime="image/jpeg", kind="photo")
    (update,) = await scene.updates()
    assert update.message is not None
    assert update.message.photo[-1].file_size == 4
    sent = await scene.bot.send_photo(CHAT, b"png!!", caption="look")
    assert sent.photo[-1].file_size == 5
    assert scene.telegram.chat(CHAT)[-1].document is not None


async def test_files_that_telegram_refuses(scene: Scene) -> None:
    scene.telegram.upload(CHAT, bytes(20 * 1024 * 1024 + 1), name="big", mime="video/mp4")
    (update,) = await scene.updates()
    assert update.message is not None
    assert update.message.document is not None
    with pytest.raises(BadRequest, match="File is too big"):
        await update.message.document.get_file()
    with pytest.raises(BadRequest, match="Wrong file_id"):
        await scene.bot.get_file("nothing")
    with pytest.raises(BadRequest, match="Wrong file identifier"):
        await scene.bot.send_document(CHAT, "nothing")
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await scene.bot.send_document(CHAT, b"")
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await scene.bot.send_document(CHAT, b"x", caption="x" * 1025)
    _, answer = await scene.call("sendDocument", chat_id=CHAT)
    assert answer["description"] == "Bad Request: there is no document in the request"


async def test_an_upload_above_fifty_megabytes_is_refused(scene: Scene) -> None:
    scene.telegram.say(CHAT, "hello")
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await scene.bot.send_document(CHAT, bytes(50 * 1024 * 1024 + 1))


async def test_a_file_is_served_only_under_its_path_and_token(scene: Scene) -> None:
    scene.telegram.upload(CHAT, b"x", name="x.txt", mime="text/plain")
    good = f"{scene.url}/file/bot{scene.telegram.token}/documents/file_1.txt"
    async with aiohttp.ClientSession() as session:
        for url, status in ((good, 200), (good + "x", 404), (good.replace("sandbox", "other"), 404)):
            async with session.get(url) as response:
                assert response.status == status
    assert [c.status for c in scene.record.of("telegram", "download")] == [200, 404, 404]


async def test_a_customer_sends_a_contact_and_other_kinds(scene: Scene) -> None:
    scene.telegram.contact(CHAT, "+12125550100", CHAT)
    scene.telegram.contact(CHAT, "+12125550101", None)
    kinds = ("sticker", "voice", "audio", "video", "video_note", "animation", "location", "venue", "dice")
    for kind in kinds:
        scene.telegram.send_other(CHAT, kind)
    messages = [update.message for update in await scene.updates()]
    contacts = [m.contact for m in messages if m and m.contact]
    assert [(c.phone_number, c.user_id) for c in contacts] == [("+12125550100", CHAT), ("+12125550101", None)]
    assert [bool(getattr(m, kind)) for m, kind in zip(messages[2:], kinds, strict=True)] == [True] * len(kinds)
    assert [m.kind for m in scene.telegram.chat(CHAT)] == ["contact", "contact", *kinds]


async def test_an_album_of_photos_comes_together_with_its_caption(scene: Scene) -> None:
    scene.telegram.say(CHAT, "hello")
    pages = [InputMediaPhoto(b"page one", caption="<b>Pages</b>", parse_mode="HTML"), InputMediaPhoto(b"page two")]
    sent = await scene.bot.send_media_group(CHAT, pages)
    shown = scene.telegram.chat(CHAT)[-2:]
    assert [each.message_id for each in sent] == [each.id for each in shown]
    assert [(each.kind, each.html) for each in shown] == [("photo", "<b>Pages</b>"), ("photo", "")]
    assert len({each.album for each in shown} - {""}) == 1
    contents = [scene.telegram.content(each.document.file_id) for each in shown if each.document]
    assert contents == [b"page one", b"page two"]


async def test_albums_that_telegram_refuses_leave_nothing_on_the_screen(scene: Scene) -> None:
    scene.telegram.say(CHAT, "hello")
    page, paper = InputMediaPhoto(b"page"), InputMediaDocument(b"paper")
    refused: tuple[tuple[Sequence[Any], str], ...] = (
        ([page] * 11, "Too many messages to send as an album"),
        ([page, paper], "Document can't be mixed with other media types"),
        ([page, InputMediaPhoto("nothing")], "Wrong file identifier"),
        ([page, InputMediaVideo(b"film")], "Type video can't be used"),
    )
    for album, said in refused:
        with pytest.raises(BadRequest, match=said):
            await scene.bot.send_media_group(CHAT, album)
    _, answer = await scene.call("sendMediaGroup", chat_id=CHAT, media=[])
    assert answer["description"] == "Bad Request: there are no messages to send"
    assert len(scene.telegram.chat(CHAT)) == 1
