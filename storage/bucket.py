"""Documents in a bucket of Amazon S3, or of what speaks its language.

Credentials come from the usual AWS_* variables, or from the machine's role, and stand in no sentence: of what a server
answers only the code of the error is ever shown, because the rest repeats keys and signatures.
"""

import re
import secrets
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NoReturn

from obstore.exceptions import BaseError
from obstore.store import S3Store

from storage.errors import FilesAway, StorageRefused
from storage.files import LOOKED_UP_AT_ONCE, Files, place_of
from storage.hand import Hand
from storage.places import KEYS, Bucket
from storage.vault import Vault

if TYPE_CHECKING:
    from obstore.store import S3Config  # there is none at run time

_CODE = re.compile(r"<Code>(\w+)</Code>")
_STATUS = re.compile(r"status code: (\d{3})")
_ROLES = ("169.254.169.254", "169.254.170.")  # where a machine asks for the credentials of its role
_SILENT = {"kind: Connect": "no connection", "kind: Timeout": "no answer"}  # as the library tells of them
_CONNECTS_WITHIN = timedelta(seconds=4)
_ANSWERS_WITHIN = timedelta(seconds=30)  # the largest paper, 20 MB, at 6 Mbit/s
_TRIES_FOR = timedelta(seconds=20)  # after which an errand, or who reads, tries again by itself
_RETRIES = 2
_MAY_NOT = (
    "The credentials may not do what is needed in the bucket of FILES_URL: "
    "allow s3:ListBucket, s3:GetObject, s3:PutObject and s3:DeleteObject."
)
_REGION = "The bucket of FILES_URL is in another region: give it with region=…, or in AWS_REGION."
# Codes of Amazon S3's error responses (read 2026-11-22), and what to do.
_WRONG = {
    "NoSuchBucket": "The bucket of FILES_URL is not there: make it, or correct its name, endpoint or region.",
    "InvalidBucketName": "The bucket of FILES_URL has a name that the server does not take: correct it.",
    **dict.fromkeys(
        ("InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidClientTokenId"),
        f"The server of FILES_URL refuses the credentials: correct {KEYS}.",
    ),
    **dict.fromkeys(
        ("ExpiredToken", "InvalidToken", "TokenRefreshRequired"),
        f"The session of the credentials is over: set AWS_SESSION_TOKEN anew, with {KEYS}.",
    ),
    **dict.fromkeys(("AccessDenied", "AllAccessDisabled", "401", "403"), _MAY_NOT),
    **dict.fromkeys(("PermanentRedirect", "AuthorizationHeaderMalformed", "301"), _REGION),
    "RequestTimeTooSkewed": "The clock of this computer differs too much from that of FILES_URL's server: set it.",
    "roles": f"There are no credentials for FILES_URL: set {KEYS}, or give this machine a role.",
}


def _open(bucket: Bucket) -> S3Store:
    config: S3Config = {"disable_bulk_delete": True}  # not every server knows it
    if bucket.endpoint:
        config["aws_endpoint_url_s3"] = bucket.endpoint  # before any other that the environment names
    if bucket.region:
        config["region"] = bucket.region
    return S3Store(
        bucket.name,
        prefix=bucket.prefix or None,
        config=config,
        client_options={
            "allow_http": bucket.endpoint.startswith("http://"),
            "connect_timeout": _CONNECTS_WITHIN,
            "timeout": _ANSWERS_WITHIN,
        },
        retry_config={"max_retries": _RETRIES, "retry_timeout": _TRIES_FOR},
    )


class FilesInBucket(Files):
    """Objects of one bucket; what the server cannot do now raises FilesAway, and an errand tries again."""

    def __init__(self, bucket: Bucket, vault: Vault, hand: Hand) -> None:
        super().__init__(vault, hand)
        self._store = _open(bucket)

    async def _put(self, place: str, sealed: bytes) -> None:
        """Write in one request: it takes effect whole, and a death in its middle leaves no part that is paid for."""
        with _asking():
            await self._store.put_async(place, sealed, use_multipart=False)

    async def _get(self, place: str) -> bytes:
        try:
            with _asking():
                return bytes(await (await self._store.get_async(place)).bytes_async())
        except FileNotFoundError:
            raise KeyError(place) from None

    async def _delete(self, places: Sequence[str]) -> None:
        for place in places:
            with _asking(), suppress(FileNotFoundError):
                await self._store.delete_async(place)

    async def _older_than(self, before: datetime) -> AsyncIterator[list[str]]:
        pages = self._store.list(chunk_size=LOOKED_UP_AT_ONCE)
        while True:
            with _asking():
                page = await anext(pages, None)
            if page is None:
                return
            yield [each["path"] for each in page if each["last_modified"] < before]


def look_at_bucket(bucket: Bucket) -> str:
    """List the bucket, and write, read and delete a small object there; returns a sentence.

    Raises StorageRefused with a sentence that says what to do.
    """
    store, place = _open(bucket), place_of(f"look-{secrets.token_hex(8)}")
    try:
        next(iter(store.list(chunk_size=1)), None)
        store.put(place, b"look", use_multipart=False)
        is_same = bytes(store.get(place).bytes()) == b"look"
        store.delete(place)
    except (BaseError, OSError) as error:
        _refuse(error)
    if not is_same:
        raise StorageRefused("What is written into the bucket of FILES_URL is read differently: is it one bucket?")
    return f"Bucket {bucket} can be written to, read and emptied."


@contextmanager
def _asking() -> Iterator[None]:
    """Turn what goes wrong into FilesAway; FileNotFoundError is let through, where the bucket is there."""
    try:
        yield
    except FileNotFoundError as error:
        if _code_of(error) == "NoSuchBucket":
            raise FilesAway("NoSuchBucket") from None
        raise
    except (BaseError, OSError) as error:
        raise FilesAway(_code_of(error)) from None  # its cause shows what the server said


def _refuse(error: Exception) -> NoReturn:
    code = _code_of(error)
    said = _WRONG.get(code) or f"The server of FILES_URL cannot be used ({code}): check its endpoint and the network."
    raise StorageRefused(said) from None


def _code_of(error: Exception) -> str:
    """Return what a server called an error, its status where it gave it no name, or the kind of the failure."""
    text = str(error)
    if any(address in text for address in _ROLES):
        return "roles"
    found = _CODE.search(text) or _STATUS.search(text)
    return found[1] if found else next((why for sign, why in _SILENT.items() if sign in text), type(error).__name__)
