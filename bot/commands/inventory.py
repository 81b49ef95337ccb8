"""Take our own numbers in from a CSV file: `app.py inventory import FILE [--replace [--yes]]`."""

import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.commands.sandbox import beside
from bot.settings import Settings
from bot.wording import plain_text
from domain.desk.inventory import bad_line, counted, import_begun, imported, twice_lines
from domain.desk.keeping import Keeper
from domain.desk.state import OfRequest
from domain.numbers.inventory import Stock, read_stock

USAGE = "Usage: app.py inventory import FILE [--replace [--yes]]"
_FLAGS = ("--replace", "--yes")
_SHOWN_BAD = 20
_SQLITE = "sqlite:///"


class _Unfit(Exception):  # noqa: N818 - it says what the command line, or the file it names, is
    """The command line cannot be carried out; the message is one sentence for the operator."""

    def __init__(self, sentence: str, status: int = 2) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks: a list as read; whether it replaces earlier files, and even most of them."""

    stock: Stock
    replaces: bool = False
    is_sure: bool = False


async def inventory(open_keeper: Callable[[Settings], Awaitable[Keeper]], settings: Settings, rest: list[str]) -> int:
    """Do what the command line asks; returns the exit status, 1 when a line, or all of the file, was left out."""
    try:
        wish = _read(rest)
        lines = await _carry_out(open_keeper, settings, wish)
    except _Unfit as e:
        print(str(e), file=sys.stderr)
        return e.status
    for line in (*lines, *_where(settings)):
        print(line)
    return 1 if wish.stock.bad else 0


async def _carry_out(open_keeper: Callable[[Settings], Awaitable[Keeper]], settings: Settings, wish: Wish) -> list[str]:
    keeper = await open_keeper(settings)
    try:
        return await import_inventory(keeper, wish)
    finally:
        await keeper.close()


def _read(rest: list[str]) -> Wish:
    """Return what the command line asks, with the list that it names."""
    words = [each for each in rest if each not in _FLAGS]
    if len(words) != 2 or words[0] != "import":
        raise _Unfit(USAGE)
    try:
        text = Path(words[1]).read_text("utf-8-sig")
    except OSError as e:
        raise _Unfit(f"{words[1]} cannot be read: {e.strerror}.") from e
    except UnicodeDecodeError as e:
        raise _Unfit(f"{words[1]} is no UTF-8 text: save it as CSV (UTF-8).") from e
    stock = read_stock(text)
    if not stock.rows and not stock.bad:
        raise _Unfit(plain_text("inventory.empty", {"file": words[1]}, "en"), 1)
    return Wish(stock, "--replace" in rest, "--yes" in rest)


async def import_inventory(keeper: Keeper, wish: Wish) -> list[str]:
    """Take a list in, and return what came of it in lines: the figures, then what was left out and why.

    A list with lines that cannot be read replaces nothing: what they were meant to name would be removed.
    """
    stock, replaces = wish.stock, wish.replaces and not wish.stock.bad
    if replaces and not wish.is_sure:
        await _check_little_goes(keeper, stock)
    begin = partial(import_begun, rows=len(stock.rows), replaces=replaces)
    await keeper.turn(OfRequest(0), f"import:{keeper.new_id()}", begin)
    done = await keeper.inventory.take_in(stock.rows, replace=replaces)
    await keeper.turn(OfRequest(0), f"import:{keeper.new_id()}", partial(imported, done=done))
    kept = [plain_text("inventory.not_replaced", {}, "en")] if wish.replaces and not replaces else []
    twice = [plain_text("inventory.line", {"line": each}, "en") for each in twice_lines(stock)]
    return [plain_text("inventory.imported", counted(done), "en"), *kept, *twice, *_bad_lines(stock)]


async def _check_little_goes(keeper: Keeper, stock: Stock) -> None:
    """Refuse a list that would remove most of what is there: it may be cut off, or another one. Raises _Unfit."""
    left_out = await keeper.inventory.left_out(stock.rows)
    if left_out.is_much:
        figures = {"gone": f"{left_out.gone:,}", "of": f"{left_out.of:,}"}
        raise _Unfit(plain_text("inventory.much_goes", figures, "en"), 1)


def _bad_lines(stock: Stock) -> list[str]:
    shown = [plain_text("inventory.line", {"line": bad_line(*each)}, "en") for each in stock.bad[:_SHOWN_BAD]]
    more = len(stock.bad) - _SHOWN_BAD
    return [*shown, plain_text("inventory.more_bad", {"count": f"{more:,}"}, "en")] if more > 0 else shown


def _where(settings: Settings) -> list[str]:
    """Say which database file it went into where that may be another one than is meant: without tokens."""
    if settings.has_tokens or not settings.database_url.startswith(_SQLITE):
        return []
    lines = [plain_text("inventory.went_to", {"file": settings.database_url.removeprefix(_SQLITE)}, "en")]
    sandbox = beside(settings)
    return [*lines, plain_text("inventory.sandbox", {"folder": str(sandbox)}, "en")] if sandbox is not None else lines
