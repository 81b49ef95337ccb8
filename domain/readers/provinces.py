"""Canadian provinces and territories: names in English and French, and the first letters of their postal codes."""

import re

_PROVINCES = """AB T alberta|alta
BC V british columbia|colombie britannique|colombie-britannique
MB R manitoba|man
NB E new brunswick|nouveau brunswick|nouveau-brunswick|n b
NL A newfoundland and labrador|newfoundland|labrador|terre neuve|terre-neuve|terre-neuve-et-labrador|nfld|nf
NS B nova scotia|nouvelle ecosse|nouvelle-ecosse|n s
NT X northwest territories|territoires du nord-ouest|nwt
NU X nunavut
ON KLMNP ontario|ont
PE C prince edward island|ile du prince edouard|ile-du-prince-edouard|pei
QC GHJ quebec|que|pq|p q
SK S saskatchewan|sask
YT Y yukon|yukon territory"""

_CITIES = """
toronto montreal calgary ottawa edmonton winnipeg mississauga vancouver brampton hamilton quebec surrey laval
halifax london markham vaughan gatineau saskatoon kitchener longueuil burnaby windsor regina richmond oakville
burlington sherbrooke oshawa saguenay levis barrie abbotsford coquitlam trois-rivieres guelph cambridge whitby
kelowna kingston ajax langley saanich terrebonne milton moncton delta waterloo repentigny brossard chatham
kanata nanaimo sudbury victoria kamloops fredericton lethbridge airdrie drummondville granby dartmouth
rimouski charlottetown whitehorse yellowknife iqaluit brantford pickering newmarket blainville dieppe|st
john's|saint john|thunder bay|st catharines|niagara falls|red deer|medicine hat|richmond hill|north
vancouver|new westminster|west vancouver|port coquitlam|maple ridge|prince
george|saint-jerome|saint-jean-sur-richelieu|saint-hyacinthe|dollard-des-ormeaux|north bay|sault ste
marie|grande prairie|moose jaw|fort mcmurray|north york|mont-royal|vieux-montreal|pointe-claire|north
battleford|prince albert|east york"""

POSTAL_CODE = re.compile(
    r"(?:^|[,\s(-])([A-CEGHJ-NPR-TVXY]\d[A-CEGHJ-NPR-TV-Z])[ -]?(\d[A-CEGHJ-NPR-TV-Z]\d)[.!\s)]*$", re.I
)
"""A postal code at the end of a text, in two halves (`porting.md` §4.2; canadapost.ca leaves out D F I O Q U)."""


def _provinces() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _PROVINCES.splitlines():
        code, _, names = line.split(" ", 2)
        found[code.lower()] = code
        found.update(dict.fromkeys(names.split("|"), code))
    return found


def _letters() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in _PROVINCES.splitlines():
        code, letters, _ = line.split(" ", 2)
        for letter in letters:
            found[letter] = found.get(letter, frozenset()) | {code}
    return found


def _cities() -> frozenset[str]:
    single, *others = _CITIES.replace("\n", " ").split("|")
    return frozenset((*single.split(), *(name.strip() for name in others)))


PROVINCES = _provinces()
"""Lower-case name without accents and dots, or abbreviation, to abbreviation."""

LETTER_PROVINCES = _letters()
"""First letter of a postal code to the provinces it serves (Canada Post, forward sortation areas)."""

CITIES = _cities()
"""The larger cities: where no comma parts it from the street, a city's name is known by them."""
