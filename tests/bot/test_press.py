"""The letter as a PDF: all that must be on it, on its own, for every class, in every script, the same every time."""

import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageFilter

from bot.letters.model import NoGlyph
from bot.letters.press import count_pages, pages_of, print_letter
from bot.letters.shaping import _runs
from bot.wording import plain_text, sentences
from domain.papers.authorization import CLAUSES, TEXT_VERSION
from domain.papers.evidence import CHAT, LINK_CHAT, LINK_PAGE, MAIL_PAGE, OWN_PAGE
from domain.papers.marks import Mark, grouped
from tests.bot.letters import BRAND, LETTER, TYPED, drawing, many, mark_of, text_of
from tests.structure.ground import ROOT

TEXTS = {"2026-11-23": "ae0a920bb26e2ef50907529c80b3bb36861d112cf585723e5683cb7d9a0697f2"}
NAMES = {
    "Cyrillic": "Екатерина Достоевская",
    "Greek": "Γεώργιος Παπαδόπουλος",
    "Arabic": "محمد العربي",
    "Hebrew": "שרה כהן-לוי",
    "Devanagari": "प्रियंका श्रीवास्तव",
    "Bengali": "রবীন্দ্রনাথ ঠাকুর",
    "Tamil": "தமிழ்ச்செல்வன்",
    "Thai": "สมชาย ใจดี",
    "Burmese": "အောင်ဆန်းစုကြည်",
    "Khmer": "សុខ ចាន់",
    "Amharic": "ኃይለ ሥላሴ",
    "Georgian": "შოთა რუსთაველი",
    "Armenian": "Արամ Խաչատրյան",
    "Tibetan": "བསྟན་འཛིན",
    "Chinese": "王小明",
    "Japanese": "山田 はなこ ヤマダ",
    "Korean": "김민수 뷁",
    "Vietnamese": "Nguyễn Thị Phượng Ánh",
    "Turkish": "İğdır Şükrü Çağlar",  # noqa: RUF001 - as it is written
    "Polish": "Łukasz Żółć",
    "Yoruba": "Adébáyọ̀ Ọláṣẹ́gun",
    "Navajo": "Tłʼízí Łigai",  # noqa: RUF001 - as it is written
}


def letters(name: str) -> list[str]:
    """Return a name as it can be compared: readers of PDFs order what runs from the right as they see it."""
    return sorted(normalize("NFD", name.replace(" ", "").replace("\u200b", "")))


def test_the_text_of_a_version_never_changes() -> None:
    """Whoever changes a sentence of the letter gives it a new version: the signature keeps which text was signed."""
    parts = ("printed.states.", "letter.clause.")
    texts = sorted(each for each in sentences("en").items() if each[0].startswith(parts))
    whole = "\n".join(f"{key}={text}" for key, text in texts)
    assert TEXTS[TEXT_VERSION] == sha256(whole.encode()).hexdigest()


def test_everything_that_the_rule_asks_for_is_on_the_letter() -> None:
    """47 CFR 64.1130: billing name and address, each number, the decision, the agent, one carrier, a charge."""
    [page] = text_of(print_letter(replace(LETTER, numbers=many(3)), BRAND))
    for said in (LETTER.holder, LETTER.billing, LETTER.address, LETTER.carrier, "+1 415-200-0000", "+1 415-200-0002"):
        assert said in page
    for key in ("holder", "agent", "one_carrier"):
        assert plain_text(f"printed.states.{key}", {"company": "Port of Call"}, "en") in page
    assert f"to change the carrier of these numbers from {LETTER.carrier} to Port of Call." in page
    for said in ("Signature of Maria Alvarez", " Date ", "Telephone numbers: 3", "Reference P-ABCDE"):
        assert said in page


def test_the_printed_letter_and_the_one_in_the_chat_state_the_same() -> None:
    chat, words = sentences("en")["letter.text"], sentences("en")
    for key in ("holder", "decision", "agent", "one_carrier"):
        assert words[f"printed.states.{key}"] in chat


@pytest.mark.parametrize("clause", sorted({*CLAUSES.values()}))
def test_each_class_has_its_own_sentence_and_says_what_it_is_about(clause: str) -> None:
    [page] = text_of(print_letter(replace(LETTER, clause=clause), BRAND))
    assert plain_text(f"letter.clause.{clause}", {"company": "Port of Call"}, "en").strip() in page
    assert plain_text(f"printed.about_{clause}", {}, "en") in page
    [usual] = text_of(print_letter(LETTER, BRAND))
    assert plain_text("printed.about", {}, "en") in usual


@pytest.mark.parametrize("count", [1, 4, 5, 23, 40, 41, 159, 200, 1000])
def test_every_number_is_on_the_letter_once_and_the_signature_on_its_first_page(count: int) -> None:
    numbers = many(count)
    pages = text_of(print_letter(replace(LETTER, numbers=numbers), BRAND))
    whole = " ".join(pages)
    for number in numbers:
        assert whole.count(f"+1 {number[2:5]}-{number[5:8]}-{number[8:]}") == 1
    assert "Signature of" in pages[0]
    assert all(f"Page {place} of {len(pages)}" in page for place, page in enumerate(pages, 1))


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_of_any_living_script_is_printed_and_can_be_read_back(name: str) -> None:
    [page] = text_of(print_letter(replace(LETTER, holder=name), BRAND))
    shown = page.split("Billing name ", 1)[1].split("Authorized person", 1)[0]
    assert letters(shown) == letters(name)


@pytest.mark.parametrize("name", ["Ann 𐎀", "\ufffd Lee", "Ann 😀", "Ann \ue000"])
def test_what_no_typeface_has_is_an_error_and_no_empty_box(name: str) -> None:
    with pytest.raises(NoGlyph) as caught:
        print_letter(replace(LETTER, signer=name), BRAND)
    assert set(caught.value.characters) <= set(name) - set("Ann Lee")


LETTERS = st.characters(categories=("L", "M", "N"))


@settings(max_examples=150, deadline=None)
@given(st.text(LETTERS, min_size=1, max_size=12))
def test_any_letters_of_unicode_are_printed_or_refused_by_name(name: str) -> None:
    try:
        pdf, missing = print_letter(replace(LETTER, holder=name, signer=name), BRAND, replace(TYPED, name=name)), ""
    except NoGlyph as e:
        pdf, missing = b"", e.characters
    assert pdf.startswith(b"%PDF") != bool(missing)


def test_the_same_facts_give_the_same_bytes_in_another_process_behind_another_letter() -> None:
    made = sha256(print_letter(replace(LETTER, holder=NAMES["Arabic"]), BRAND, TYPED)).hexdigest()
    code = (
        "from dataclasses import replace; from hashlib import sha256; from bot.letters.press import print_letter;"
        "from tests.bot.letters import *; from tests.bot.test_press import NAMES;"
        "[print_letter(replace(LETTER, holder=name), BRAND) for name in NAMES.values()];"
        "print(sha256(print_letter(replace(LETTER, holder=NAMES['Arabic']), BRAND, TYPED)).hexdigest())"
    )
    other = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == made


def test_another_fact_gives_other_bytes() -> None:
    made = {
        sha256(print_letter(letter, BRAND, signature)).hexdigest()
        for letter in (LETTER, replace(LETTER, signer="Ann Lee"), replace(LETTER, numbers=many(2)))
        for signature in (None, TYPED)
    }
    assert len(made) == 6


def test_the_code_is_on_each_page_for_people_and_for_machines() -> None:
    letter = replace(LETTER, numbers=many(200))
    pdf = print_letter(letter, BRAND)
    assert all(grouped(letter.code) in page for page in text_of(pdf))
    pictures = [Image.open(BytesIO(page)) for page in pages_of(pdf)]
    assert [mark_of(each) for each in pictures] == [
        Mark(letter.code, place, len(pictures)) for place in range(1, len(pictures) + 1)
    ]


def test_the_code_is_read_off_a_poor_photo_of_the_whole_page() -> None:
    [page] = pages_of(print_letter(LETTER, BRAND), width=1000)
    photo = (
        Image.open(BytesIO(page)).rotate(3.5, expand=True, fillcolor=(90, 80, 70)).filter(ImageFilter.GaussianBlur(1))
    )
    file = BytesIO()
    photo.save(file, "JPEG", quality=40)
    assert mark_of(Image.open(file)) == Mark(LETTER.code, 1, 1)


def test_a_signed_letter_has_a_page_of_evidence() -> None:
    pages = text_of(print_letter(LETTER, BRAND, TYPED))
    assert len(pages) == 2
    assert "Page 1 of 1" in pages[0]  # as it was before it was signed: the same sheet, with the same mark
    assert "Record of the signature" in pages[1]
    assert "November 23, 2026" in pages[0]  # the day at the desk, where it was still Monday
    for said in (
        "November 24, 2026, 04:30:12 UTC", "November 23, 2026, 23:30:12 (EST, America/New York, UTC-05:00)",
        TYPED.consent, TYPED.where, TYPED.who, f"Version {TEXT_VERSION}", LETTER.code[:4],
    ):  # fmt: skip
        assert said in pages[1]
    assert "".join(grouped(LETTER.facts).split()) in pages[1].replace(" ", "")


def test_where_and_consent_are_told_in_words_where_they_have_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sentences("en"), "esign.text_2030_01_02", "I agree to sign what {company} shows me.")
    signature = replace(TYPED, consent="2030-01-02", where="printed.title")
    page = text_of(print_letter(LETTER, BRAND, signature))[1]
    assert "Version 2030-01-02: I agree to sign what Port of Call shows me." in page
    assert "Where Letter of Authorization" in page


@pytest.mark.parametrize("where", [CHAT, OWN_PAGE, LINK_CHAT, LINK_PAGE, MAIL_PAGE])
def test_every_place_of_a_signature_says_in_words_where_it_is_and_how_the_signer_was_known(where: str) -> None:
    page = text_of(print_letter(LETTER, BRAND, replace(TYPED, where=where, who="telegram:5001")))[1]
    assert where not in page
    assert f"Where {plain_text(where, {}, 'en')}" in page
    assert "How the signer was known The signer " in page
    assert "Telegram account 5001" in page


def test_the_record_names_what_the_signer_answered_and_the_letters_own_spelling_of_the_name() -> None:
    typed = replace(TYPED, where=CHAT, name="maria jones", authority="holder")
    page = " ".join(text_of(print_letter(replace(LETTER, signer="Maria Jones"), BRAND, typed))[1].split())
    assert "Name of the signer maria jones Name on the letter Maria Jones" in page
    assert "they answered: “Mine: I am the account holder”." in page
    same = text_of(print_letter(replace(LETTER, signer=TYPED.name), BRAND, TYPED))[1]
    assert "Name on the letter" not in same


def test_an_address_with_a_word_of_another_script_is_read_from_the_left_like_the_letter() -> None:
    assert _runs("רחוב 12, San Francisco, CA 94103")[-1] == (", San Francisco, CA 94103", False)
    assert "".join(run for run, _ in _runs("רחוב הים, San Francisco, CA")).endswith(", San Francisco, CA")


def test_a_drawn_signature_fills_its_field_and_sits_on_its_line() -> None:
    """A finding of a review: what is empty around it made it small, and let it float."""
    drawn = Image.new("L", (1200, 400), 255)
    drawn.paste(0, (300, 150, 900, 240))
    file = BytesIO()
    drawn.save(file, "PNG")
    signed = replace(TYPED, how="drawn", drawing=file.getvalue())
    (before, *_), (after, *_) = (
        pages_of(print_letter(LETTER, BRAND, each), width=612) for each in (replace(TYPED, name=" "), signed)
    )
    pixels = ImageChops.difference(*(Image.open(BytesIO(each)).convert("L") for each in (before, after)))
    ink = pixels.crop((60, 0, 368, 792)).point(lambda level: 255 if level > 128 else 0).getbbox()
    assert ink is not None
    left, top, right, bottom = ink
    assert bottom - top > 38
    assert right - left > 270


def test_many_numbers_are_counted_on_the_page_that_is_signed() -> None:
    pages = text_of(print_letter(replace(LETTER, numbers=many(98)), BRAND))
    assert "Telephone numbers: 98 All 98 telephone numbers" in pages[0]


def test_a_drawn_signature_stands_on_the_line_and_in_the_evidence() -> None:
    pdf = print_letter(LETTER, BRAND, replace(TYPED, how="drawn", drawing=drawing()))
    plain = print_letter(LETTER, BRAND)
    assert b"/Image" in pdf
    assert b"/Image" not in plain.replace(b"/ImageB", b"").replace(b"/ImageC", b"").replace(b"/ImageI", b"")
    assert "drawing the signature" in text_of(pdf)[1]
    with pytest.raises(ValueError, match="no picture"):
        print_letter(LETTER, BRAND, replace(TYPED, how="drawn", drawing=b"\x89PNG and no more"))


def test_long_names_and_addresses_run_over_lines_and_nothing_is_cut() -> None:
    long = replace(LETTER, holder="Wolfeschlegelstein " * 4 + "Berger" * 12, address="12345 Long Street Name " * 8)
    pages = text_of(print_letter(long, BRAND, replace(TYPED, name="Hubert Blaine " * 6)))
    assert "Berger" * 3 in pages[0].replace(" ", "")
    assert pages[0].count("Long Street Name") == 8


def test_a_logo_stands_where_the_name_would_and_pages_can_be_pictured_in_part() -> None:
    pdf = print_letter(replace(LETTER, numbers=many(500)), replace(BRAND, logo=drawing()))
    assert BRAND.lines[0] in text_of(pdf)[0]
    assert len(pages_of(pdf, most=2)) == 2 < count_pages(pdf)
