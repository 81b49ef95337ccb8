"""Secrets whose every trace can be searched for, in whatever dress they travel."""

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes

_FEWEST_DIGITS = 6  # fewer are met by chance
_BETWEEN_DIGITS = re.compile(rb"(?<=\d)[ .\-_/](?=\d)")  # what people and programs put there
_JSON_ESCAPE = re.compile(rb"\\u00([0-9a-fA-F]{2})")


@dataclass(frozen=True, slots=True)
class Canary:
    """A secret that must be found nowhere, with the name of where it was given."""

    name: str
    text: str

    def dresses(self) -> Iterator[tuple[str, str, bytes]]:
        """Yield every form it is searched in: its name, how a place is looked at for it, and the bytes."""
        plain = self.text.encode()
        for view in ("raw", "url", "json"):
            yield view, view, plain.lower()
        digits = bytes(c for c in plain if chr(c).isdigit())
        if len(digits) >= _FEWEST_DIGITS:
            yield "digits", "digits", digits
        for offset in range(3):
            yield f"base64 at {offset}", "as it is", _base64_core(plain, offset)
        yield "hex", "raw", plain.hex().encode()


def _base64_core(plain: bytes, offset: int) -> bytes:
    """Return the characters of base64 that depend on the text alone when `offset` bytes stand before it."""
    whole = base64.b64encode(b"\0" * offset + plain)
    first = (offset * 8 + 5) // 6
    return whole[first : (offset + len(plain)) * 8 // 6]


def _views(content: bytes) -> dict[str, bytes]:
    """Return a place's bytes as the forms need them: read without case, escapes, or what stands between digits."""
    unescaped = _JSON_ESCAPE.sub(lambda found: bytes.fromhex(found[1].decode()), content)
    return {
        "as it is": content.replace(b"_", b"/").replace(b"-", b"+"),  # base64 for addresses
        "raw": content.lower(),
        "url": unquote_to_bytes(content).lower(),
        "json": unescaped.lower(),
        "digits": _BETWEEN_DIGITS.sub(b"", content),
    }


_SIZE = re.compile(rb'"file_size": \d+')  # of a picture: as many bytes as a PIN's figures, once in a great while


@dataclass(frozen=True, slots=True)
class Found:
    """A canary that got out."""

    name: str
    dress: str
    where: str
    around: bytes


def scan(canaries: Iterable[Canary], places: Iterable[tuple[str, bytes]]) -> list[Found]:
    """Search every place for every canary in every form."""
    searched = [(canary.name, *dress) for canary in canaries for dress in canary.dresses()]
    of_view: dict[str, list[bytes]] = {}
    for _, _, view, wanted in searched:
        of_view.setdefault(view, []).append(wanted)
    any_of = {view: _any_of(wanted) for view, wanted in of_view.items()}
    found: list[Found] = []
    clean: set[bytes] = set()  # the same stands in several places, as in a file that was read open and closed
    for where, content in places:
        bare = _SIZE.sub(b"", content)
        if bare in clean:
            continue
        views = _views(bare)
        if any(search.search(seen) for seen, search in _seen(views, any_of)):
            found += _scan_place(searched, where, views)
        else:
            clean.add(bare)
    return found


def _seen(
    views: dict[str, bytes], searches: dict[str, tuple[re.Pattern[bytes], ...]]
) -> Iterator[tuple[bytes, re.Pattern[bytes]]]:
    """Yield each view that differs from the others with what is looked for in it."""
    for view, content in views.items():
        if view not in ("url", "json") or content != views["raw"]:
            yield from ((content, search) for search in searches.get(view, ()))


def _any_of(wanted: Iterable[bytes]) -> tuple[re.Pattern[bytes], ...]:
    """Return searches that find whether any of many is there: one pass over a place instead of one for each."""
    by_edges: dict[tuple[bytes, bytes], list[bytes]] = {}
    for each in wanted:
        by_edges.setdefault(_edges(each), []).append(each)
    return tuple(re.compile(b"%b(?:%b)%b" % (left, _tree(each), right)) for (left, right), each in by_edges.items())


def _tree(wanted: Iterable[bytes]) -> bytes:
    """Return a search for any of some texts, which have their common beginnings in common."""
    rest: dict[bytes, list[bytes]] = {}
    for each in wanted:
        rest.setdefault(each[:1], []).append(each[1:])
    return b"|".join(  # where one ends and others go on, the end is tried last
        re.escape(first) + (re.escape(more[0]) if len(more) == 1 else b"(?:%b)" % _tree(more)) if first else b""
        for first, more in sorted(rest.items(), reverse=True)
    )


def _scan_place(
    searched: list[tuple[str, str, str, bytes]], where: str, views: dict[str, bytes]
) -> Iterator[Found]:  # fmt: skip
    told_already = {view for view in ("url", "json") if views[view] == views["raw"]}
    for name, dress, view, wanted in searched:
        content = views[view]
        if view not in told_already and wanted in content and (hit := _whole(wanted).search(content)) is not None:
            yield Found(name, dress, where, content[max(0, hit.start() - 60) : hit.end() + 20])


def _whole(wanted: bytes) -> re.Pattern[bytes]:
    """Return the search for bytes."""
    left, right = _edges(wanted)
    return re.compile(left + re.escape(wanted) + right)


def _edges(wanted: bytes) -> tuple[bytes, bytes]:
    """Return what stands around it: bare digits count only when no longer number holds them, as ids and times do."""
    return (rb"(?<!\d)(?<!\d\.)", rb"(?!\d)") if wanted.isdigit() and len(wanted) < 12 else (b"", b"")


def files_below(folder: Path) -> list[tuple[str, bytes]]:
    """Return every file below a folder with its bytes: names count too, so they are searched with them."""
    found = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [(str(path.relative_to(folder)), str(path).encode() + b"\n" + path.read_bytes()) for path in found]
