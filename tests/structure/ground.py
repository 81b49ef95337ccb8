"""What the tests of structure look at: the repository's files, and its code as syntax trees."""

import ast
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
    for path in files():
        name = path.relative_to(ROOT).as_posix()
        if path.suffix == ".py" and name.split("/")[0] in rooms:
            yield name, path.read_text("utf-8")


@lru_cache
def trees(*rooms: str) -> tuple[tuple[str, ast.Module], ...]:
    """Return path and syntax tree of every Python module of these rooms."""
    return tuple((name, ast.parse(source)) for name, source in modules(*rooms))


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
