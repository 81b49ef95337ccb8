"""Names that mean several lines of business: which line is meant is always asked, never guessed.

Add a brand here as soon as it sells a second line; its name then stands among no carrier's aliases.
"""

from dataclasses import dataclass

from domain.carriers.facts import CarrierId
from domain.text import words_of


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
    _brand("att att_home att_prepaid att_business", "at&t", "at and t", "at&t phone", "at and t phone"),
    _brand("att_business att_home", "at&t business", "at and t business", "at&t business phone", "at&t business line"),
    _brand("xfinity_mobile xfinity_home", "xfinity", "xfinity phone"),
    _brand("xfinity_mobile xfinity_home comcast_business", "comcast", "comcast xfinity", "comcast phone"),
    _brand("spectrum_mobile spectrum_voice spectrum_business", "spectrum", "charter", "charter spectrum"),
    _brand("cox_mobile cox_home cox_business", "cox", "cox communications", "cox phone"),
    _brand("optimum_mobile optimum_voice", "optimum", "altice", "altice usa", "optimum phone"),
    _brand("tds_mobile tds", "tds", "tds phone", "tds telecommunications"),
    _brand("kinetic windstream_business", "windstream", "windstream phone", "windstream communications"),
    _brand("astound_mobile astound", "astound", "rcn", "astound broadband", "astound phone"),
    _brand("gci_mobile gci", "gci", "general communication", "gci alaska", "gci phone"),
    _brand("google_fi google_voice google_voice_workspace", "google", "google phone", "google number"),
    _brand("google_voice google_voice_workspace", "google voice", "google voice number", "gvoice"),
    _brand("rogers rogers_home", "rogers", "rogers communications", "rogers phone"),
    _brand("bell_mobility bell_home", "bell canada", "bell phone", "bce", "bell mts", "bell aliant", "bell ca"),
    _brand("telus telus_home", "telus", "telus communications", "telus phone", "telus business"),
    _brand("videotron videotron_home", "videotron", "vidéotron phone", "vidéotron ltée", "quebecor"),
    _brand("sasktel sasktel_home", "sasktel", "sasktel phone"),
    _brand("cogeco_mobile cogeco", "cogeco", "cogeco phone", "cogeco cable"),
    _brand("eastlink_mobile eastlink", "eastlink", "eastlink phone"),
    _brand("tbaytel_mobile tbaytel", "tbaytel", "thunder bay telephone"),
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
    _brand("centurylink lumen", "centurylink business"),
    _brand("lumen centurylink", "level 3", "level 3 communications", "level three"),
    _brand("centurylink", "qwest", "embarq"),
    _brand("consolidated", "consolidated"),
    _brand("google_fi", "fi"),
    _brand("google_voice_workspace", "google workspace", "g suite"),
    _brand("tmobile boost", "sprint", "nextel", "sprint nextel"),
    _brand("verizon att", "alltel"),
    _brand("att", "cingular", "cingular wireless"),
    _brand("virgin_plus boost", "virgin", "virgin mobile", "virgin wireless"),
    _brand("boost", "virgin mobile usa"),
    _brand("bell_mobility bell_home altafiber", "bell"),
    _brand("bell_home bell_mobility", "aliant", "mts", "manitoba telecom", "bell fibe", "bell fibre", "bell fiber"),
    _brand("bell_mobility", "solo mobile"),
    _brand("rogers_home rogers", "rogers ignite", "rogers cable", "rogers internet"),
    _brand("shaw rogers_home rogers", "shaw", "shaw communications", "shaw phone"),
    _brand("rogers freedom", "shaw mobile"),
    _brand("freedom freedomvoice", "freedom"),
    _brand("freedom", "wind mobile", "wind mobile canada"),
    _brand("lucky", "lucky"),
    _brand("speakout", "7-eleven", "7 eleven mobile"),
    _brand("petro_canada", "petro canada", "petro points mobility"),
    _brand("xplore", "xplore mobile"),
    _brand("union_wireless", "union"),
    _brand("lively", "lively", "jitterbug"),
    _brand("claro_pr", "claro"),
    _brand("wow", "wow", "wow cable"),
    _brand("astound grande", "grande"),
    _brand("ms_teams skype", "microsoft", "teams"),
    _brand("zoom_phone", "zoom"),
    _brand("intercom", "intercom"),
    _brand("openphone", "quo"),
    _brand("line2", "line2"),
    _brand("sideline", "sideline"),
    _brand("hushed", "hushed"),
    _brand("burner", "burner"),
    _brand("goto_connect", "goto", "logmein"),
)  # fmt: skip
"""Old names, half names and everyday words: asked about too, the likeliest first."""

EVERYDAY = words_of(
    "bell rogers shaw fido fizz lucky freedom virgin union teams zoom intercom quo lively wow microsoft goto line2 "
    "sideline hushed burner peerless bandwidth sinch claro grande mts primus jive"
)
"""Names that are people's names or plain words as well: within a text they count where they are led in as a company."""


def kin_of(line: CarrierId) -> tuple[CarrierId, ...]:
    """Give the lines of a line's brand, this one first; only itself where nothing else is sold under that name."""
    brand = max((each.lines for each in BRANDS if line in each.lines), key=len, default=())
    return tuple(dict.fromkeys((line, *brand)))
