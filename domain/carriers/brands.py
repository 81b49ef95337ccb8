"""Names that mean several lines of business: which line is meant is always asked, never guessed.

Add a brand here as soon as it sells a second line; its name then stands among no carrier's aliases.
"""

from dataclasses import dataclass

from domain.carriers.facts import CarrierId


@dataclass(frozen=True, slots=True)
class Brand:
    """What people call a brand, and its lines, likeliest first and at most four: a wireless line leads."""

    names: tuple[str, ...]
    lines: tuple[CarrierId, ...]


def _brand(lines: str, *names: str) -> Brand:
    return Brand(names, tuple(CarrierId(key) for key in lines.split()))


BRANDS: tuple[Brand, ...] = (
    _brand(
        "verizon verizon_home verizon_prepaid verizon_business",
        "verizon", "vz", "vzn", "verizon communications", "verizon phone",
    ),
    _brand(
        "verizon verizon_business",
        "verizon business", "verizon business phone", "verizon business account", "verizon business line",
    ),
    _brand("att att_home att_prepaid", "at&t", "at and t", "at&t phone", "at and t phone"),
    _brand("att att_home", "at&t business", "at and t business", "at&t business phone", "at&t business line"),
    _brand("xfinity_mobile xfinity_home", "xfinity", "xfinity phone"),
    _brand("xfinity_mobile xfinity_home comcast_business", "comcast", "comcast xfinity", "comcast phone"),
    _brand("spectrum_mobile spectrum_voice spectrum_business", "spectrum", "charter", "charter spectrum"),
    _brand("cox_mobile cox_home cox_business", "cox", "cox communications", "cox phone"),
    _brand("optimum_mobile optimum_voice", "optimum", "altice", "altice usa", "optimum phone"),
    _brand("tds_mobile tds", "tds", "tds phone", "tds telecommunications"),
    _brand("kinetic windstream_business", "windstream", "windstream phone", "windstream communications"),
)  # fmt: skip

DOUBTFUL: tuple[Brand, ...] = (
    _brand("verizon_home verizon_business verizon", "fios", "verizon fios"),
    _brand("verizon_home verizon_business", "verizon landline"),
    _brand("att_home att", "uverse", "at&t uverse", "bellsouth", "pacific bell", "southwestern bell", "ameritech"),
    _brand("xfinity_home comcast_business", "comcast landline", "comcast cable"),
    _brand("comcast_business xfinity_home xfinity_mobile", "xfinity business"),
    _brand("spectrum_voice spectrum_business", "spectrum landline", "charter communications", "time warner cable"),
    _brand("cox_home cox_business", "cox landline", "cox cable"),
    _brand("optimum_voice", "cablevision", "suddenlink"),
    _brand("kinetic windstream_business", "windstream landline"),
    _brand("centurylink lumen", "centurylink business", "level 3"),
    _brand("centurylink", "qwest", "embarq"),
    _brand("consolidated", "consolidated"),
    _brand("google_fi", "google", "fi"),
    _brand("tmobile boost", "sprint"),
)  # fmt: skip
"""Old names, half names and everyday words: asked about too, the likeliest first."""


def kin_of(line: CarrierId) -> tuple[CarrierId, ...]:
    """Give the lines of a line's brand, this one first; only itself where nothing else is sold under that name."""
    brand = max((each.lines for each in BRANDS if line in each.lines), key=len, default=())
    return tuple(dict.fromkeys((line, *brand)))
