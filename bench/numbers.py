"""Lists of numbers: all that we do with a file, beside the bare csv module reading it: `python -m bench.numbers`."""

import csv
import gc
import random
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

import phonenumbers
from phonenumbers import PhoneNumberType

from bench.goals import GOAL_HEAD, Row, table
from domain.numbers.portability import Known, Verdict
from domain.numbers.sheets import MOST_IN_A_BATCH, TEMPLATE_HEAD, Sheet, judge, read_sheet, report

SIZES = (20_000, 100_000)
_SLICES = 7
_MOST = 5.0
_SEED = 20_261_122
_WRONG = 0.02  # the share of rows whose digits are drawn blindly: two of three of them are no number
_WAYS: Sequence[Callable[[str], str]] = (
    lambda ten: ten,
    lambda ten: f"+1{ten}",
    lambda ten: f"({ten[:3]}) {ten[3:6]}-{ten[6:]}",
    lambda ten: f"{ten[:3]}-{ten[3:6]}-{ten[6:]}",
)
_MOVABLE = {PhoneNumberType.FIXED_LINE_OR_MOBILE, PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE}


def is_movable(digits: str) -> bool:
    """Ask phonenumbers whether ten digits are an ordinary US or Canadian number, or toll-free; but for service codes.

    Those phonenumbers calls valid in an ordinary area code: N11 and 976 as exchange, 555-01xx and 555-1212.
    """
    number = phonenumbers.PhoneNumber(country_code=1, national_number=int(digits))
    kind = phonenumbers.number_type(number)
    exchange, line = digits[3:6], digits[6:]
    if digits[0] in "01" or phonenumbers.region_code_for_number(number) not in ("US", "CA"):
        return False
    is_kept = exchange == "555" and (line.startswith("01") or line == "1212")
    is_service = exchange[1:] == "11" or exchange == "976"
    return not is_kept and (kind == PhoneNumberType.TOLL_FREE or (kind in _MOVABLE and not is_service))


@dataclass(frozen=True, slots=True)
class List:
    """A file, the ten digits of each of its rows, and what is known of some of them."""

    content: bytes
    digits: tuple[str, ...]
    known: Known


def a_list(rows: int) -> List:
    """Make a list as agencies send them: every way to write a number, some that are none, some twice, some ours."""
    dice = random.Random(_SEED)
    digits: list[str] = []
    while len(digits) < rows:
        drawn = f"{dice.randrange(200 * 10**7, 10**10):010}"
        if dice.random() < _WRONG or is_movable(drawn):
            digits.append(drawn)
    digits[1::500] = digits[: len(digits[1::500])]
    out = StringIO(newline="")
    write = csv.writer(out)
    write.writerow(TEMPLATE_HEAD)
    for i, ten in enumerate(digits):
        rings_at = f"+1415421{i % 50:04}"
        write.writerow([_WAYS[i % len(_WAYS)](ten), rings_at, "Google Ads", f"Store {i}", "Acme Plumbing, Inc."])
    ours = {f"+1{ten}": "receiving" for ten in digits[::1000]}
    moving = frozenset(f"+1{ten}" for ten in digits[3::1000])
    return List(out.getvalue().encode(), tuple(digits), Known(ours, moving))


Work = Callable[[List], None]


def _sheet(given: List) -> Sheet:
    sheet = read_sheet(given.content, most=MOST_IN_A_BATCH)
    if not isinstance(sheet, Sheet):
        raise TypeError("the list of the bench was not read")
    return sheet


def _ours(given: List) -> None:
    sheet = _sheet(given)
    report(sheet, judge(sheet, given.known), lambda code, _params: code)


def _reader(given: List) -> None:
    deque(csv.reader(StringIO(given.content.decode(), newline="")), maxlen=0)


def _dict_reader(given: List) -> None:
    deque(csv.DictReader(StringIO(given.content.decode(), newline="")), maxlen=0)


def _seconds(work: Work, given: List) -> float:
    gc.collect()
    start = time.process_time()
    work(given)
    return time.process_time() - start


def differing(given: List) -> list[str]:
    """Judge every row by phonenumbers too, and give the rows of which we think otherwise."""
    sheet = _sheet(given)
    found: Iterator[tuple[int, Verdict]] = judge(sheet)
    by_line = {line: verdict.verdict == "accepted" or verdict.code == "number.twice" for line, verdict in found}
    return [ten for line, ten in enumerate(given.digits, 2) if by_line[line] is not is_movable(ten)]


def rows(size: int) -> list[Row]:
    """Measure one size: CPU of the fastest of several slices, all three in turn."""
    given = a_list(size)
    least: dict[Work, float] = {work: float("inf") for work in (_reader, _dict_reader, _ours)}
    for _ in range(_SLICES):
        for work in least:
            least[work] = min(least[work], _seconds(work, given))
    wrong = differing(given)
    ours = f"{least[_ours] * 1000:.0f} ms"
    ratio = least[_ours] / least[_dict_reader]
    name = f"9: {size:,} rows judged and reported"
    return [
        Row(f"{name} ≤ {_MOST:.0f} times csv.DictReader", ours, *_beside(least, _dict_reader), ratio <= _MOST),
        Row(f"{name}, beside csv.reader, which makes lists only", ours, *_beside(least, _reader)),
        Row(f"9: {size:,} verdicts as phonenumbers'", f"{len(wrong)} otherwise", is_met=not wrong),
    ]


def _beside(least: dict[Work, float], peer: Work) -> tuple[str, str]:
    return f"{least[peer] * 1000:.0f} ms", f"{least[_ours] / least[peer]:.1f}"


def main() -> int:
    """Print the goal's rows; 1 when it is not met."""
    found = [row for size in SIZES for row in rows(size)]
    print(table(GOAL_HEAD, [row.cells() for row in found]))
    return 0 if all(row.is_met is not False for row in found) else 1


if __name__ == "__main__":
    sys.exit(main())
