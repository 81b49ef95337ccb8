"""What the code may not do, whoever writes it: layers, clocks, pickles, sends, sizes, addresses."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType

import pytest
from importlinter.cli import lint_imports

import bot
import domain
import storage
from domain import errors
from domain.errors import DeskError
from tests.structure.ground import ROOT, calls, files, modules, text, trees

LONGEST = 350
SENDERS = {
    "bot/telegram/sender.py",
    "bot/telegram/pages.py",
    "bot/slack/sender.py",
    "bot/slack/marking.py",
    "bot/slack/exporting.py",
}
SENDS = re.compile(
    r"send_?(message|document|photo|media_?group)|copy_?message|forward_?message"
    r"|edit_?message_?(text|caption|media|reply_?markup)|delete_?messages?\b"
    r"|chat_?\.?(post_?message|post_?ephemeral|update|delete|schedule_?message)|files_upload(_v2)?",
    re.IGNORECASE,
)
REGISTRY = re.compile(r"(https?|file)://[^ ]*(simple|packages)")
OWN_PATH = re.compile(r"(?<![\w.~}\-/])/(home|Users|root|work|workspace|mnt)/\w")


def test_the_layers_hold(capsys: pytest.CaptureFixture[str]) -> None:
    broken = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert broken == 0, capsys.readouterr().out


def test_app_py_is_short_and_nobody_imports_it() -> None:
    assert len(text("app.py").splitlines()) <= 100
    for name, tree in trees("bot", "domain", "storage", "sandbox"):
        assert "app" not in set(_imports(tree)), name


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        yield from _imports_of(node)


def _imports_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.level == 0:
        yield node.module or ""


def test_no_module_is_longer_than_a_reader_bears() -> None:
    lines = {name: len(source.splitlines()) for name, source in modules("bot", "domain", "storage")}
    assert {name: n for name, n in lines.items() if n > LONGEST} == {}


CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "perf_counter", "time_ns", "monotonic_ns"}
OUTSIDE = {
    "time", "random", "secrets", "uuid", "os", "io", "socket", "subprocess", "asyncio", "threading", "pathlib",
    "shutil", "tempfile", "logging", "sqlite3", "aiohttp", "sqlalchemy", "sqlmodel", "telegram", "slack_bolt",
    "slack_sdk", "starlette", "requests", "httpx", "urllib.request",
}  # fmt: skip


IN_MEMORY = {"BytesIO", "StringIO"}  # of io: a file that is no file leads nowhere


def _ways_out(tree: ast.AST) -> set[str]:
    memory = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "io" and {a.name for a in node.names} <= IN_MEMORY
    ]
    kept = (each for node in ast.walk(tree) if node not in memory for each in _imports_of(node))
    return {each for each in kept if each in OUTSIDE or each.split(".")[0] in OUTSIDE}


def test_the_domain_reads_no_clock() -> None:
    for name, tree in trees("domain"):
        for call in calls(tree, *CLOCKS):
            owner = call.func.value if isinstance(call.func, ast.Attribute) else None
            is_clock = isinstance(owner, ast.Name) and owner.id in ("datetime", "date", "time")
            assert not is_clock, f"{name}:{call.lineno}"


def test_the_domain_has_no_way_out_of_itself() -> None:
    for name, tree in trees("domain"):
        assert _ways_out(tree) == set(), name
        assert not any(isinstance(call.func, ast.Name) for call in calls(tree, "open", "print", "input")), name


def test_nothing_is_pickled_and_no_job_is_stored() -> None:
    for name, tree in trees("app.py", "bot", "domain", "storage", "sandbox"):
        found = {each.split(".")[0] for each in _imports(tree)}
        assert found.isdisjoint({"pickle", "shelve", "marshal", "dill", "cloudpickle"}), name
        assert not any(each.startswith("apscheduler.jobstores") for each in _imports(tree)), name
    assert all("SQLAlchemyJobStore" not in source for _, source in modules("bot", "domain", "storage", "app.py"))


def test_nothing_is_sent_but_by_the_senders() -> None:
    found = {
        name
        for name, tree in trees("bot", "app.py")
        if any(SENDS.fullmatch(each.lstrip("/")) for each in _spoken(tree))
    }
    assert found == SENDERS


def _spoken(tree: ast.AST) -> Iterator[str]:
    """Yield the names of attributes that are called, and every text: a method's name may be given as either."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_every_kind_of_desk_error_is_drawn_in_the_tree() -> None:
    for package in (domain, bot, storage):
        _import_all(package)
    drawn = re.findall(r"^    ( *)(\w+) {2,}", errors.__doc__ or "", re.MULTILINE)
    assert drawn[0] == ("", "DeskError")
    assert {name for _, name in drawn[1:]} == {kind.__name__ for kind in _descendants(DeskError)}


def _import_all(package: ModuleType) -> None:
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if ".migrations" not in module.name:
            importlib.import_module(module.name)


def _descendants(kind: type[DeskError]) -> Iterator[type[DeskError]]:
    for child in kind.__subclasses__():
        yield child
        yield from _descendants(child)


def test_no_file_names_a_package_registry_or_a_path_of_somebodys_machine() -> None:
    for path in files():
        content = path.read_text("utf-8", errors="replace")
        name = path.relative_to(ROOT).as_posix()
        assert REGISTRY.search(content) is None, name
        assert OWN_PATH.search(content) is None, name
        assert str(ROOT) not in content, name


def test_every_pin_of_the_lock_has_its_hashes_and_no_address() -> None:
    lock = text("requirements.lock")
    assert "://" not in lock
    pins = [line for line in lock.replace("\\\n", " ").splitlines() if line.strip() and not line.startswith("#")]
    assert len(pins) > 50
    for pin in pins:
        assert re.match(r"[\w.\-]+(\[[\w,\-]+\])?==\S+", pin), pin[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", pin), pin[:80]
