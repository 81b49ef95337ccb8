"""Tokens of signers' links, on both databases: kept as digests alone, found while their links may be spoken of."""

import hashlib
from datetime import timedelta

from domain.desk.state import Erase, OfRef
from domain.desk.tokens import Named, is_token
from storage import Store
from tests.storage.conftest import Place
from tests.storage.test_callers import MONTH
from tests.storage.test_erasing import forget, rows
from tests.storage.test_turns import begun


async def test_a_token_is_found_and_nothing_that_is_kept_opens_anything(store: Store, place: Place) -> None:
    request = await begun(store, 7)
    until = place.clock() + timedelta(hours=72)
    one, two = [await store.signers.mint(request.id, 5, until) for _ in range(2)]
    assert is_token(one)
    assert one != two
    assert await store.signers.find(one) == await store.signers.find(two) == Named(request.id, 5)
    kept = await rows(store, "signer_token")
    assert {row.digest for row in kept} == {hashlib.sha256(token.encode()).hexdigest() for token in (one, two)}
    for row in kept:
        assert await store.signers.find(row.digest) is None
    assert await store.signers.find("A" * 43) is None
    assert await store.signers.find("\ud800") is None


async def test_a_token_goes_a_month_after_its_link(store: Store, place: Place) -> None:
    request = await begun(store, 7)
    token = await store.signers.mint(request.id, 5, place.clock())
    await store.sweep(place.clock() + timedelta(days=29))
    assert await store.signers.find(token) is not None
    await store.sweep(place.clock() + MONTH)
    assert await store.signers.find(token) is None


async def test_tokens_never_keep_a_forgotten_request_of_a_caller(store: Store, place: Place) -> None:
    request = await begun(store, -7)
    await store.signers.mint(request.id, 5, place.clock() + 9 * MONTH)
    await store.turn(OfRef(request.ref), "erase", forget(Erase(request.id, letter=False)))
    await store.sweep(place.clock() + MONTH)
    assert [row for row in await rows(store, "request") if row.id == request.id] == []
    assert await rows(store, "signer_token") == []
