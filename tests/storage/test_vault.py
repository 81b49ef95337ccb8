"""Secrets at rest."""

import base64
import hmac
import os
import secrets
import stat
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from domain.desk.state import Changes, OfChat
from storage import StorageRefused, Store, Unreadable, Vault
from storage.engine import open_engines
from storage.vault import KEY_FILE, read_keys
from tests.storage.conftest import Place
from tests.storage.decisions import answer
from tests.storage.test_turns import begun

CANARY = "7316-CANARY-9052"


def vault(*keys: bytes) -> Vault:
    """Return a vault of these keys."""
    return Vault(keys)


def test_what_is_sealed_opens_in_its_own_row_alone() -> None:
    kept = vault(b"a" * 32)
    token = kept.seal(b"1142", "secret", "sealed", "5:pin")
    assert kept.open(token, "secret", "sealed", "5:pin") == b"1142"
    for place in (("secret", "sealed", "6:pin"), ("secret", "other", "5:pin"), ("poison", "sealed", "5:pin")):
        with pytest.raises(Unreadable):
            kept.open(token, *place)


def test_a_changed_byte_anywhere_is_noticed() -> None:
    kept = vault(b"a" * 32)
    token = kept.seal(b"1142", "t", "c", 1)
    for place in range(len(token)):
        broken = token[:place] + bytes([token[place] ^ 1]) + token[place + 1 :]
        with pytest.raises(Unreadable):
            kept.open(broken, "t", "c", 1)
    with pytest.raises(Unreadable):
        kept.open(b"", "t", "c", 1)


def test_the_first_key_seals_and_every_key_opens() -> None:
    old, new = vault(b"a" * 32), vault(b"b" * 32, b"a" * 32)
    before = old.seal(b"1142", "t", "c", 1)
    assert new.open(before, "t", "c", 1) == b"1142"
    after = new.seal(b"1142", "t", "c", 1)
    with pytest.raises(Unreadable):
        old.open(after, "t", "c", 1)


def test_keys_are_read_as_base64_and_as_hexadecimal() -> None:
    key = secrets.token_bytes(32)
    plain, for_urls = base64.b64encode(key).decode(), base64.urlsafe_b64encode(key).decode().rstrip("=")
    assert read_keys(f"{plain}, {for_urls} ,{key.hex()}") == (key, key, key)


@pytest.mark.parametrize("keys", ["short", "A" * 44, "", " , ", "zz" * 32])
def test_a_key_that_is_no_key_is_refused_without_showing_it(keys: str) -> None:
    with pytest.raises(StorageRefused) as refused:
        read_keys(keys)
    assert not keys.strip(" ,") or keys not in str(refused.value)


def test_a_digest_tells_values_and_fields_apart_and_nothing_more() -> None:
    kept = vault(b"a" * 32)
    kept.tell_apart_by(b"k" * 32)
    assert kept.digest("pin", "1142") == kept.digest("pin", "1142")
    assert len({kept.digest("pin", "1142"), kept.digest("pin", "1143"), kept.digest("zip", "1142")}) == 3
    assert len(bytes.fromhex(kept.digest("pin", "1142"))) == 8


async def test_sqlite_without_keys_makes_a_key_file_for_its_owner_alone(file_place: Place) -> None:
    file_place.key = None
    async with file_place.open():
        path = file_place.folder / KEY_FILE
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    async with file_place.open():
        assert path.read_bytes() == before


async def test_a_key_file_that_others_may_read_is_refused(file_place: Place) -> None:
    file_place.key = None
    async with file_place.open():
        pass
    (file_place.folder / KEY_FILE).chmod(0o644)
    with pytest.raises(StorageRefused, match="chmod 600"):
        async with file_place.open():
            pass


async def test_a_lost_key_file_is_not_made_anew(file_place: Place) -> None:
    file_place.key = None
    async with file_place.open():
        pass
    (file_place.folder / KEY_FILE).unlink()
    with pytest.raises(StorageRefused, match="missing"):
        async with file_place.open():
            pass
    assert not (file_place.folder / KEY_FILE).exists()


async def test_postgres_without_keys_is_refused(shared_place: Place) -> None:
    shared_place.key = None
    with pytest.raises(StorageRefused, match="ENCRYPTION_KEYS"):
        async with shared_place.open():
            pass


async def test_a_wrong_key_is_refused_at_the_start(place: Place) -> None:
    async with place.open():
        pass
    place.key = base64.b64encode(os.urandom(32)).decode()
    with pytest.raises(StorageRefused, match="not this database's"):
        async with place.open():
            pass


async def test_a_new_key_before_the_old_one_opens_what_was_sealed(place: Place) -> None:
    async with place.open() as store:
        request = await begun(store)
        await store.turn(OfChat(7), "e1", answer("pin", "••52", secret=CANARY))
    place.key = f"{base64.b64encode(os.urandom(32)).decode()},{place.key}"
    async with place.open() as store:
        assert await store.board.reveal(request.id, "pin") == CANARY


async def test_a_secret_is_revealed_replaced_and_shredded(store: Store) -> None:
    request = await begun(store)
    await store.turn(OfChat(7), "e1", answer("pin", "••52", secret=CANARY))
    assert await store.board.reveal(request.id, "pin") == CANARY
    await store.turn(OfChat(7), "e2", answer("pin", "••11", secret="0011"))
    assert await store.board.reveal(request.id, "pin") == "0011"
    await store.turn(OfChat(7), "e3", lambda s, m: Changes(shred=("pin",)))
    assert await store.board.reveal(request.id, "pin") is None
    sheet = await store.board.sheet(request_id=request.id)
    assert sheet is not None
    assert sheet.case.answer("pin") == ("••11",)


async def test_a_dropped_answer_takes_its_secret_with_it(store: Store) -> None:
    request = await begun(store)
    await store.turn(OfChat(7), "e1", answer("pin", "••52", secret=CANARY))
    await store.turn(OfChat(7), "e2", lambda s, m: Changes(dropped=("pin",)))
    assert await store.board.reveal(request.id, "pin") is None


async def test_a_secret_moved_to_another_request_is_refused(place: Place) -> None:
    async with place.open() as store:
        mine, theirs = await begun(store, 7), await begun(store, 8)
        for chat, secret in ((7, CANARY), (8, "0011")):
            await store.turn(OfChat(chat), f"e{chat}", answer("pin", "••", secret=secret))
    engines = open_engines(place.url)
    with engines.writer.begin() as connection:
        move = "UPDATE secret SET sealed = (SELECT sealed FROM secret WHERE request_id = :a) WHERE request_id = :b"
        connection.execute(text(move), {"a": mine.id, "b": theirs.id})
    engines.close()
    async with place.open() as store:
        with pytest.raises(Unreadable):
            await store.board.reveal(theirs.id, "pin")


async def test_no_secret_stands_in_the_database_in_any_disguise(place: Place) -> None:
    async with place.open() as store:
        await begun(store)
        await store.turn(OfChat(7), "e1", answer("pin", "••52", secret=CANARY))
        await store.keep_poison("tg:9", CANARY.encode())
        await store.files.keep("bill", CANARY.encode())
        raw = _raw_bytes(place)
        assert b"answered" in raw  # so the search looks in the right place
        assert not [canary for canary in _disguises(CANARY) if canary in raw]
        assert await store.poison("tg:9") == CANARY.encode()
        assert await store.poison("tg:10") is None


async def test_poison_is_kept_once(store: Store) -> None:
    await store.keep_poison("tg:9", b"first")
    await store.keep_poison("tg:9", b"second")
    assert await store.poison("tg:9") == b"first"


async def test_poison_goes_after_thirty_days(store: Store, place: Place) -> None:
    await store.keep_poison("tg:9", b"old")
    place.clock.forward(days=29)
    await store.keep_poison("tg:10", b"young")
    await store.sweep(place.clock())
    assert await store.poison("tg:9") == b"old"
    await store.sweep(place.clock() + timedelta(days=2))
    assert (await store.poison("tg:9"), await store.poison("tg:10")) == (None, b"young")


def _disguises(canary: str) -> list[bytes]:
    plain = canary.encode()
    digits = "".join(c for c in canary if c.isdigit()).encode()
    in_base64 = [base64.b64encode(b"x" * shift + plain)[4:-4] for shift in range(3)]
    return [plain, digits, plain[::-1], plain.hex().encode(), plain.hex().upper().encode(), *in_base64]


def _raw_bytes(place: Place) -> bytes:
    files = [path.read_bytes() for path in Path(place.folder).rglob("*") if path.is_file()]
    return b"".join(files) + (b"" if place.is_sqlite else _all_rows(place.url))


def _all_rows(url: str) -> bytes:
    with psycopg.connect(url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        rows = [connection.execute(f"SELECT * FROM {name}").fetchall() for (name,) in tables]
    return repr(rows).encode()


@given(st.binary(max_size=200), st.text(max_size=40), st.text(max_size=40))
def test_signatures_and_digests_are_those_that_every_release_made(content: bytes, field: str, value: str) -> None:
    key, telling = b"k" * 32, b"t" * 32
    kept = Vault((key,))
    kept.tell_apart_by(telling)
    assert kept.sign(content, kept.signer) == hmac.digest(hmac.digest(key, b"history", "sha256"), content, "sha256")
    assert kept.digest(field, value) == hmac.digest(telling, f"{field}\0{value}".encode(), "sha256").hex()[:16]
