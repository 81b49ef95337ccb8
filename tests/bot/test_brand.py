"""How letters are headed by the company's rules: its lines, and a logo that is looked at when the desk starts."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.letters.brand import brand_of
from bot.rules import SettingsError, read_policy
from domain.policy import Policy
from tests.bot.letters import drawing

LINES = '[company]\nname = "Harbor Phones"\nlines = ["500 Harbor Way", "(415) 555-0100"]\n'


def a_root(folder: Path, logo: bytes | None) -> Path:
    """Return a folder with a policy that names a logo, and the logo."""
    (folder / "policy.toml").write_text(f'{LINES}logo = "logo.png"\n', "utf-8")
    if logo is not None:
        (folder / "logo.png").write_bytes(logo)
    return folder


def jpeg() -> bytes:
    file = BytesIO()
    Image.new("RGB", (10, 10)).save(file, "JPEG")
    return file.getvalue()


def test_lines_and_logo_stand_on_letters_by_the_policy(tmp_path: Path) -> None:
    logo = drawing()
    brand = brand_of(read_policy({}, a_root(tmp_path, logo)))
    assert (brand.name, brand.lines, brand.logo) == ("Harbor Phones", ("500 Harbor Way", "(415) 555-0100"), logo)
    assert brand.zone == "America/Los_Angeles"


def test_without_any_the_name_stands_alone() -> None:
    brand = brand_of(Policy())
    assert (brand.name, brand.lines, brand.logo) == ("Port of Call", (), b"")


@pytest.mark.parametrize(
    "logo",
    [
        None,
        b"",
        b"GIF89a",
        jpeg(),
        drawing()[:-20],
        drawing().replace(b"IDAT", b"IDAX"),
        drawing()[:60] + b"\x00" + drawing()[61:],
        drawing(2001, 2000),
        drawing() + bytes(1_000_000),
    ],
    ids=["none", "empty", "gif", "jpeg", "cut", "renamed", "changed", "pixels", "large"],
)
def test_a_logo_that_no_letter_could_show_is_refused_at_the_start(tmp_path: Path, logo: bytes | None) -> None:
    with pytest.raises(SettingsError, match=r"company\.logo"):
        read_policy({}, a_root(tmp_path, logo))
