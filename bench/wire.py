"""HTTP/1.1 as cheaply as a loopback server can speak it: just what the clients of bots send, nothing more."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import parse_qsl

import orjson

_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Request:
    """One request: `path` without its query, lower-cased header block, raw body."""

    path: str
    query: str
    head: bytes
    body: bytes

    def fields(self) -> dict[str, Any]:
        """Read the parameters of query and body: JSON, form or multipart; values of a form stay strings."""
        found: dict[str, Any] = dict(parse_qsl(self.query)) if self.query else {}
        if self.body:
            found.update(_body_fields(self.head, self.body))
        return found


class Wire(asyncio.Protocol):
    """Read requests off one connection, one at a time: the next is read when the last has been answered."""

    def __init__(self, answer: Callable[["Wire", Request], None], lost: Callable[["Wire"], None]) -> None:
        self._answer = answer
        self._lost = lost
        self._buffer = bytearray()
        self._open: asyncio.Transport | None = None
        self._answering = False
        self._reading = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport to answer on."""
        # uvloop's transports are asyncio.Transport in behaviour only, not by class.
        self._open = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the server, so that nothing is answered into the void."""
        self._open = None
        self._lost(self)

    def data_received(self, data: bytes) -> None:
        """Collect bytes and answer every whole request among them."""
        self._buffer += data
        self._read()

    def reply(self, body: bytes, status: bytes = b"200 OK") -> None:
        """Answer the open request with JSON and go on to the next that waits on this connection."""
        self._answering = False
        if self._open is not None:
            self._open.write(
                b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
                % (status, len(body), body)
            )
        if not self._reading:
            self._read()

    def _read(self) -> None:
        self._reading = True
        try:
            while not self._answering and self._buffer:
                request = take_request(self._buffer)
                if request is None:
                    return
                self._answering = True
                self._answer(self, request)
        finally:
            self._reading = False


def take_request(buffer: bytearray) -> Request | None:
    """Cut the first whole request off the buffer; None while it is not all there."""
    end = buffer.find(_END)
    if end < 0:
        return None
    top = bytes(buffer[:end])
    head = top.lower()
    body = _take_body(buffer, end + 4, head)
    if body is None:
        return None
    path, _, query = top.split(b" ", 2)[1].decode("latin-1").partition("?")
    return Request(path, query, head, body)


def _take_body(buffer: bytearray, start: int, head: bytes) -> bytes | None:
    if b"transfer-encoding: chunked" in head:
        return _take_chunks(buffer, start)
    stop = start + int(_header(head, b"content-length") or 0)
    if len(buffer) < stop:
        return None
    body = bytes(buffer[start:stop])
    del buffer[:stop]
    return body


def _take_chunks(buffer: bytearray, start: int) -> bytes | None:
    chunks: list[bytes] = []
    while True:
        line = buffer.find(b"\r\n", start)
        if line < 0:
            return None
        size = int(bytes(buffer[start:line]).split(b";")[0], 16)
        stop = line + 2 + size + 2
        if len(buffer) < stop:
            return None
        if size == 0:
            del buffer[:stop]
            return b"".join(chunks)
        chunks.append(bytes(buffer[line + 2 : stop - 2]))
        start = stop


def _header(head: bytes, name: bytes) -> bytes:
    at = head.find(b"\r\n" + name + b":")
    if at < 0:
        return b""
    stop = head.find(b"\r\n", at + 2)
    return head[at + len(name) + 3 : stop if stop >= 0 else len(head)].strip()


def _body_fields(head: bytes, body: bytes) -> dict[str, Any]:
    kind = _header(head, b"content-type")
    if kind.startswith(b"application/json"):
        read = orjson.loads(body)
        return read if isinstance(read, dict) else {}
    if kind.startswith(b"multipart/"):
        return _multipart_fields(body)
    return dict(parse_qsl(body.decode()))


def _multipart_fields(body: bytes) -> dict[str, Any]:
    """Read the text fields, pass over files; the boundary is the body's first line (RFC 2046 §5.1.1)."""
    boundary = body[: body.find(b"\r\n")]
    found: dict[str, Any] = {}
    for part in body.split(boundary)[1:-1]:
        head, _, value = part.partition(_END)
        if b"filename=" in head or b'name="' not in head:
            continue
        name = head.split(b'name="', 1)[1].split(b'"', 1)[0]
        found[name.decode()] = value.removesuffix(b"\r\n").decode()
    return found
