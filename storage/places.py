"""Where documents are kept, as FILES_URL says it: a folder, or s3://bucket/prefix?endpoint=…&region=….

No sentence shows the URL: what is pasted into the wrong place may be a secret.
"""

import ipaddress
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from storage.errors import StorageRefused

KEYS = "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")  # Amazon S3, bucket naming rules, read 2026-11-22
_PREFIX = re.compile(r"(?!.*\.\.)[\w.=-]+(?:/[\w.=-]+)*")
_SHAPE = "FILES_URL must look like s3://bucket/prefix?endpoint=https://host&region=us-east-1"


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where documents are kept. `prefix`: what their names begin with, or empty; `endpoint`: empty for Amazon's own."""

    name: str
    prefix: str
    endpoint: str
    region: str

    def __str__(self) -> str:
        """Return it as people name it."""
        return f"{self.name}/{self.prefix}" if self.prefix else self.name


Place = Path | Bucket


def read_place(files_url: str | None, data_dir: Path) -> Place:
    """Return the place that a URL names, `files` in `data_dir` for none. Raises StorageRefused without showing it."""
    if files_url is None:
        return data_dir / "files"
    if files_url.startswith("s3://"):
        return _read_bucket(files_url)
    if not files_url.startswith("file:///"):
        raise StorageRefused("FILES_URL must be file:///folder or s3://bucket/prefix.")
    return Path(unquote(urlsplit(files_url).path))


def _read_bucket(url: str) -> Bucket:
    """Return the bucket of an s3:// URL. Raises StorageRefused; the message never shows the URL."""
    try:
        parts = urlsplit(url)
        asked = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError:
        raise StorageRefused(f"{_SHAPE}.") from None
    if "@" in parts.netloc:
        raise StorageRefused(f"FILES_URL must not hold credentials: set {KEYS}.")
    prefix = unquote(parts.path).strip("/")
    if not asked.keys() <= {"endpoint", "region"} or parts.fragment:
        raise StorageRefused(f"{_SHAPE}; it takes nothing else.")
    if not _NAME.fullmatch(parts.netloc) or (prefix and not _PREFIX.fullmatch(prefix)):
        raise StorageRefused(f"{_SHAPE}: correct bucket or prefix.")
    return Bucket(parts.netloc, prefix, _endpoint(asked.get("endpoint", "")), asked.get("region", ""))


def _endpoint(text: str) -> str:
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        _refuse_unsafe(parts)
    except ValueError:
        raise StorageRefused("The endpoint of FILES_URL must look like https://s3.example.com.") from None
    return text.rstrip("/")


def _refuse_unsafe(parts: SplitResult) -> None:
    """Refuse a way on which others could listen. Raises StorageRefused, ValueError for what is no address."""
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or parts.query:
        raise ValueError
    if parts.scheme == "http" and not _is_here(parts.hostname):
        raise StorageRefused("The endpoint of FILES_URL is not https: only one on this computer may do without.")


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
