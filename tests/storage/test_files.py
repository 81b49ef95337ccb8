"""Documents in a folder and in a bucket: the same promises, and what an operator is told of a place that is no use."""

import asyncio
import logging
import os
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from obstore.store import S3Store
from starlette.applications import Starlette
from telegram import Bot

from bot.clock import utc_now
from bot.sending import Again, Sent
from bot.telegram.request import AiohttpRequest
from bot.telegram.sender import TelegramSender
from domain.desk.keeping import Waiting
from domain.desk.state import Changes, OfChat, Owed
from domain.values import replace
from sandbox.faults import Faults
from sandbox.record import Record
from sandbox.serve import serve
from sandbox.telegram import Telegram
from storage import StorageError, StorageRefused, Store, Unreadable, looks, open_store
from storage.errors import FilesAway
from storage.files import is_place, place_of
from storage.places import Bucket, read_place
from tests.house import CUSTOMER, free_port
from tests.storage.conftest import KEY
from tests.storage.decisions import fetch
from tests.storage.test_turns import begun, look

SECRET = "canary-of-a-secret-key"
BIG = os.urandom(6_000_000)  # more than a client would send in one part by itself


@dataclass(frozen=True, slots=True)
class Server:
    """What speaks S3's language on this computer, with one bucket."""

    endpoint: str
    client: Any  # boto3 has no types

    def url(self, rest: str = "docs/desk") -> str:
        return f"s3://{rest}?endpoint={self.endpoint}&region=us-east-1"

    def names(self) -> list[str]:
        return [each["Key"] for each in self.client.list_objects_v2(Bucket="docs").get("Contents", [])]


@pytest.fixture(scope="module")
def s3() -> Iterator[Server]:
    """Serve a bucket; it asks for no right credentials."""
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as env:
        warnings.simplefilter("ignore")  # the wheel's own
        import boto3
        from moto.server import ThreadedMotoServer

        env.setenv("AWS_ACCESS_KEY_ID", "AKIACANARY")
        env.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        running = ThreadedMotoServer("127.0.0.1", free_port(), verbose=False)
        running.start()
        endpoint = f"http://127.0.0.1:{running.get_host_and_port()[1]}"
        client = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1")
        client.create_bucket(Bucket="docs")
        yield Server(endpoint, client)
        running.stop()


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the documents of a store lie, as their keeper does not see them."""

    store: Store
    folder: Path
    s3: Server | None

    def sealed(self, key: str) -> bytes:
        if self.s3 is None:
            return (self.folder / "files" / place_of(key)).read_bytes()
        body: bytes = self.s3.client.get_object(Bucket="docs", Key=f"desk/{place_of(key)}")["Body"].read()
        return body

    def put(self, place: str, sealed: bytes) -> None:
        if self.s3 is None:
            path = self.folder / "files" / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(sealed)
        else:
            self.s3.client.put_object(Bucket="docs", Key=f"desk/{place}", Body=sealed)

    def names(self) -> list[str]:
        if self.s3 is None:
            return sorted(p.relative_to(self.folder / "files").as_posix() for p in self.folder.glob("files/*/*"))
        found = [name.removeprefix("desk/") for name in self.s3.names() if name.startswith("desk/")]
        return [name for name in found if name != "desk"]  # the mark of whose place it is


@pytest.fixture(params=["disk", "bucket"])
async def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Return a store whose documents are on disk, and one that keeps them in a bucket."""
    s3 = request.getfixturevalue("s3") if request.param == "bucket" else None
    url = None if s3 is None else s3.url()
    store = await open_store(f"sqlite:///{tmp_path}/desk.sqlite", tmp_path, KEY, files_url=url)
    try:
        yield Kept(store, tmp_path, s3)
    finally:
        if s3 is not None:
            for name in s3.names():  # the mark, too: the next store is another desk's
                s3.client.delete_object(Bucket="docs", Key=name)
        await store.close()


@pytest.mark.parametrize("content", [b"%PDF content", b"", BIG], ids=["short", "empty", "long"])
async def test_a_document_comes_back_as_it_was_and_lies_encrypted(kept: Kept, content: bytes) -> None:
    await kept.store.files.keep("bill-1", content)
    assert await kept.store.files.read("bill-1") == content
    assert kept.names() == ["-1/bill-1"]
    assert not content or content[:12] not in kept.sealed("bill-1")


async def test_what_was_never_kept_or_is_dropped_is_missing(kept: Kept) -> None:
    await kept.store.files.keep("bill-1", b"content")
    for _ in range(2):
        await kept.store.files.drop("bill-1")
    for key in ("bill-1", "bill-2"):
        with pytest.raises(KeyError):
            await kept.store.files.read(key)
    assert kept.names() == []


async def test_a_document_under_another_key_or_damaged_is_refused(kept: Kept) -> None:
    await kept.store.files.keep("bill-1", b"mine")
    mine = kept.sealed("bill-1")
    kept.put(place_of("bill-2"), mine)
    kept.put(place_of("bill-1"), mine[:-1] + bytes([mine[-1] ^ 1]))
    for key in ("bill-1", "bill-2"):
        with pytest.raises(Unreadable):
            await kept.store.files.read(key)


@pytest.mark.parametrize("key", ["../x", "a/b", "", ".", "a" * 81])
async def test_a_key_that_is_a_path_is_refused(kept: Kept, key: str) -> None:
    for act in (kept.store.files.keep(key, b""), kept.store.files.read(key), kept.store.files.drop(key)):
        with pytest.raises(ValueError, match="letters"):
            await act


async def test_the_same_key_again_replaces_the_whole(kept: Kept) -> None:
    for content in (BIG, b"short"):
        await kept.store.files.keep("bill-1", content)
    assert await kept.store.files.read("bill-1") == b"short"


async def test_the_sweep_takes_what_no_paper_refers_to_a_day_later_and_nothing_of_a_stranger(kept: Kept) -> None:
    await begun(kept.store)
    await kept.store.turn(OfChat(7), "e1", fetch)
    paper = (await look(kept.store, OfChat(7))).papers[0]
    await kept.store.turn(
        OfChat(7), "e2", lambda s, m: Changes(papers=(replace(paper, object_key="kept", status="kept"),))
    )
    for key in ("kept", "lost"):
        await kept.store.files.keep(key, b"content")
    kept.put("st/lost.1a2b3c4d.new", b"half of it")
    strangers = ["holiday/beach", "st/lost.txt", "ts/lost"]
    for place in strangers:
        kept.put(place, b"not of this desk")
    now = datetime.now(UTC)
    assert await kept.store.files.sweep(now + timedelta(hours=23)) == 0
    assert await kept.store.files.sweep(now + timedelta(hours=25)) == 2
    assert kept.names() == sorted([*strangers, "pt/kept"])
    assert await kept.store.files.read("kept") == b"content"


async def test_more_than_a_page_of_lost_documents_is_swept(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("files", "bucket"):
        monkeypatch.setattr(f"storage.{module}.LOOKED_UP_AT_ONCE", 3)
    for n in range(10):
        kept.put(place_of(f"lost-{n}"), b"x")
    await kept.store.files.sweep(datetime.now(UTC) + timedelta(days=2))
    assert kept.names() == []


@given(st.from_regex(r"[A-Za-z0-9_-]{1,80}", fullmatch=True))
def test_every_key_has_a_place_of_ours(key: str) -> None:
    assert is_place(place_of(key))
    assert is_place(f"{place_of(key)}.0011aabb.new")
    assert not is_place(f"{place_of(key)}.pdf")
    assert not is_place(key)


async def test_a_place_of_another_desk_is_refused_and_left_as_it_is(kept: Kept) -> None:
    url = kept.s3.url("docs/shared") if kept.s3 is not None else f"file://{kept.folder}/shared"
    ours, theirs = (f"sqlite:///{kept.folder}/{name}.sqlite" for name in ("ours", "theirs"))
    for content in (b"first", b"again"):  # it is ours at every start
        store = await open_store(ours, kept.folder, KEY, files_url=url)
        await store.files.keep("bill-1", content)
        await store.close()
    for _ in range(2):
        with pytest.raises(StorageRefused, match="another desk's place"):
            await open_store(theirs, kept.folder, KEY, files_url=url)
    store = await open_store(ours, kept.folder, KEY, files_url=url)
    assert await store.files.read("bill-1") == b"again"
    await store.close()


# a bucket that is away


async def test_a_server_that_is_gone_is_away_and_not_empty(s3: Server, tmp_path: Path) -> None:
    s3.client.create_bucket(Bucket="short-lived")
    store = await open_store(f"sqlite:///{tmp_path}/desk.sqlite", tmp_path, KEY, files_url=s3.url("short-lived"))
    try:
        s3.client.delete_object(Bucket="short-lived", Key="desk")
        s3.client.delete_bucket(Bucket="short-lived")
        for act in (
            store.files.keep("bill-1", b"x"),
            store.files.read("bill-1"),
            store.files.sweep(datetime.now(UTC)),
        ):
            with pytest.raises(FilesAway, match=r"^NoSuchBucket$"):
                await act
    finally:
        await store.close()


async def test_a_document_for_a_customer_waits_until_its_bucket_is_back(s3: Server, tmp_path: Path) -> None:
    s3.client.create_bucket(Bucket="away")
    store = await open_store(f"sqlite:///{tmp_path}/desk.sqlite", tmp_path, KEY, files_url=s3.url("away"))
    telegram, request = Telegram(Record(), Faults()), AiohttpRequest(timeout=2)
    telegram.state.arrive(CUSTOMER, None)
    params = {"file": "report-1", "name": "report.csv"}
    owed = Owed(1, "say", f"chat:{CUSTOMER}", str(CUSTOMER), "file.report", "once", params)
    async with serve(Starlette(routes=[*telegram.routes])) as url:
        sender = TelegramSender(Bot(telegram.token, base_url=f"{url}/bot", request=request), request, store, utc_now)
        try:
            s3.client.delete_object(Bucket="away", Key="desk")
            s3.client.delete_bucket(Bucket="away")
            tries = [await sender.send(Waiting(owed, attempts, 0)) for attempts in (0, 100)]
            s3.client.create_bucket(Bucket="away")
            await store.files.keep("report-1", b"all of it")
            assert isinstance(await sender.send(Waiting(owed, 101, 0)), Sent)
        finally:
            await request.shutdown()
            await store.close()
            await telegram.close()
    assert [isinstance(each, Again) and each.reason for each in tries] == ["away", "away"]
    assert [file.content for file in telegram.state.files.values()] == [b"all of it"]


async def test_turns_go_on_while_a_bucket_does_not_answer(
    s3: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = asyncio.Event()

    async def hang(*_: object, **__: object) -> None:
        await answers.wait()

    store = await open_store(f"sqlite:///{tmp_path}/desk.sqlite", tmp_path, KEY, files_url=s3.url("docs/slow"))
    monkeypatch.setattr(S3Store, "put_async", hang)
    try:
        keeping = asyncio.create_task(store.files.keep("bill-1", b"x"))
        await begun(store)
        assert not keeping.done()
        answers.set()
        await keeping
    finally:
        await store.close()


# what an operator is told


def said_of(url: str, folder: Path) -> str:
    """Return what the doctor finds of a place that is no use; a start refuses it in the same words."""
    with pytest.raises(StorageRefused) as looked:
        looks(f"sqlite:///{folder}/desk.sqlite", folder, KEY, url)["files"]()
    with pytest.raises(StorageRefused) as opened:
        asyncio.run(open_store(f"sqlite:///{folder}/desk.sqlite", folder, KEY, files_url=url))
    assert str(looked.value) == str(opened.value)
    assert not list(folder.glob("desk.sqlite*"))
    for error in (looked.value, opened.value):
        assert error.__cause__ is None
        assert error.__suppress_context__ or error.__context__ is None
        assert SECRET not in str(error)
        assert "AKIACANARY" not in str(error)
    return str(looked.value)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("s3://AKIACANARY:canary-of-a-secret-key@docs/desk", "must not hold credentials"),
        ("s3://docs?endpoint=http://s3.example.com", "not https"),
        ("s3://docs?endpoint=s3.example.com", "must look like https"),
        ("s3://docs?endpoint=https://AKIACANARY:canary-of-a-secret-key@s3.example.com", "must look like https"),
        ("s3://docs?endpoint=http://[::1", "must look like"),
        ("s3://docs?access_key_id=AKIACANARY", "takes nothing else"),
        ("s3://docs?AKIACANARY", "must look like"),
        ("s3://docs#desk", "takes nothing else"),
        ("s3://", "correct bucket"),
        ("s3://My_Docs", "correct bucket"),
        ("s3://docs:9000/desk", "correct bucket"),
        ("s3://docs/../other", "prefix"),
        ("s3://docs/a%20b", "prefix"),
        ("gs://docs", "must be file:///folder or s3://bucket"),
        ("file://folder", "must be file:///folder or s3://bucket"),
        ("/var/docs", "must be file:///folder or s3://bucket"),
    ],
)
def test_a_place_that_cannot_be_meant_is_refused_without_its_secrets(url: str, says: str, tmp_path: Path) -> None:
    assert says in said_of(url, tmp_path)


def test_a_bucket_may_be_named_in_short_and_its_prefix_may_have_parts() -> None:
    assert read_place("s3://docs", Path()) == Bucket("docs", "", "", "")
    assert read_place("s3://docs/a/b-c.d=e/?region=ca-central-1&endpoint=https://s3.example.com/", Path()) == Bucket(
        "docs", "a/b-c.d=e", "https://s3.example.com", "ca-central-1"
    )
    assert read_place("s3://docs?endpoint=http://localhost:9000", Path()) == Bucket(
        "docs", "", "http://localhost:9000", ""
    )


def test_a_bucket_that_is_not_there_is_told(s3: Server, tmp_path: Path) -> None:
    assert "is not there: make it" in said_of(s3.url("elsewhere"), tmp_path)


def test_a_server_that_is_not_there_is_told(tmp_path: Path, s3: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.bucket._RETRIES", 0)
    url = s3.url().replace(s3.endpoint, f"http://127.0.0.1:{free_port()}")
    assert "cannot be used (no connection): check its endpoint and the network" in said_of(url, tmp_path)


def test_missing_credentials_are_told(s3: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.bucket._RETRIES", 0)
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    said = said_of(s3.url(), tmp_path)
    assert "There are no credentials for FILES_URL: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY" in said


@pytest.mark.parametrize(("which", "says"), [("wrong", "refuses the credentials"), ("weak", "s3:ListBucket")])
def test_credentials_that_are_wrong_or_may_not_are_told(
    s3: Server, tmp_path: Path, which: Literal["wrong", "weak"], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import boto3

    iam = boto3.client("iam", endpoint_url=s3.endpoint, region_name="us-east-1")
    iam.create_user(UserName=which)
    key = iam.create_access_key(UserName=which)["AccessKey"]
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", key["AccessKeyId"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET if which == "wrong" else key["SecretAccessKey"])
    monkeypatch.setattr("moto.settings.INITIAL_NO_AUTH_ACTION_COUNT", 0.0)  # from now on it looks at them
    said = said_of(s3.url(), tmp_path)
    assert says in said
    assert key["AccessKeyId"] not in said


def test_a_bucket_that_is_right_is_told_by_name_and_left_as_it_was(s3: Server, tmp_path: Path) -> None:
    before = s3.names()
    said = looks(f"sqlite:///{tmp_path}/desk.sqlite", tmp_path, KEY, s3.url())["files"]()
    assert said == "Bucket docs/desk can be written to, read and emptied."
    assert s3.names() == before


async def test_no_error_of_a_server_that_answers_nonsense_shows_what_it_said(
    s3: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = await open_store(f"sqlite:///{tmp_path}/desk.sqlite", tmp_path, KEY, files_url=s3.url("docs/odd"))

    async def refuse(*_: object, **__: object) -> None:
        raise OSError(f"<AWSAccessKeyId>AKIACANARY</AWSAccessKeyId><StringToSign>{SECRET}")

    monkeypatch.setattr(S3Store, "put_async", refuse)
    try:
        with pytest.raises(StorageError) as away:
            await store.files.keep("bill-1", b"x")
    finally:
        await store.close()
    assert str(away.value) == "OSError"
    assert away.value.__suppress_context__


def test_a_folder_of_another_name_is_used(tmp_path: Path) -> None:
    url = f"file://{tmp_path}/my%20documents"

    async def keep() -> None:
        store = await open_store(f"sqlite:///{tmp_path}/desk.sqlite", tmp_path, KEY, files_url=url)
        await store.files.keep("bill-1", b"x")
        await store.close()

    asyncio.run(keep())
    assert (tmp_path / "my documents/-1/bill-1").exists()
    assert not (tmp_path / "files").exists()
