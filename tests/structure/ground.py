"""What the tests of structure look at: the repository's files, and its code as syntax trees."""

import ast
import gc
import subprocess
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@lru_cache
def files() -> tuple[Path, ...]:
    """Return every file that is in git, or would be with the next commit."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return tuple(sorted(path for path in set(paths) if path.is_file()))


def text(name: str) -> str:
    """Return a file's text by its path from the root."""
    return (ROOT / name).read_text("utf-8")


def modules(*rooms: str) -> Iterator[tuple[str, str]]:
    """Yield path from the root and source of every Python module of these rooms."""
    return ((name, text(name)) for name in _names(rooms))


def _names(rooms: tuple[str, ...]) -> Iterator[str]:
    for path in files():
        name = path.relative_to(ROOT).as_posix()
        if path.suffix == ".py" and name.split("/")[0] in rooms:
            yield name


@lru_cache
def trees(*rooms: str) -> tuple[tuple[str, ast.Module], ...]:
    """Return path and syntax tree of every Python module of these rooms."""
    found = tuple((name, _tree(name)) for name in _names(rooms))
    gc.freeze()  # they stay: the collector need not look at a million nodes again and again
    return found


@cache
def _tree(name: str) -> ast.Module:
    return ast.parse(text(name))


def calls(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    """Return the calls of functions, methods or classes with one of these names."""
    return (call for call in _calls(tree) if called(call) in names)


@cache
def _calls(tree: ast.AST) -> tuple[ast.Call, ...]:
    return tuple(node for node in ast.walk(tree) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    """Return the name by which something is called, without what stands before the dot."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""
