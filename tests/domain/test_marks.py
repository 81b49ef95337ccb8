"""What stands on a letter's pages for machines can be read back, and nothing else is taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.papers.marks import Mark, grouped, read_mark, write_mark

CODE = "0123456789abcdef" * 2


@given(st.text("0123456789abcdef", min_size=32, max_size=32), st.integers(1, 99_999), st.integers(0, 99_999))
def test_a_mark_is_read_as_it_was_written(code: str, page: int, more: int) -> None:
    mark = Mark(code, page, min(page + more, 99_999))
    assert read_mark(write_mark(mark)) == mark


def test_it_is_made_of_what_qr_codes_have_short_signs_for() -> None:
    assert set(write_mark(Mark(CODE, 1, 2))) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


@pytest.mark.parametrize(
    "text",
    [
        "", "LOA", f"LOA {CODE}.1.1", f"LOA {CODE.upper()}.2.1", f"LOA {CODE.upper()}.0.1", f"LOA {CODE.upper()}.1",
        f"LOA {CODE.upper()}.1.1 ", f"loa {CODE.upper()}.1.1", f"LOA {CODE.upper()[:-1]}.1.1",
        f"LOA {CODE.upper()}.1.\N{ARABIC-INDIC DIGIT THREE}",
    ],
)  # fmt: skip
def test_anything_else_is_no_mark(text: str) -> None:
    assert read_mark(text) is None


def test_people_read_the_code_in_groups() -> None:
    assert grouped(CODE) == "0123 4567 89ab cdef 0123 4567 89ab cdef"
