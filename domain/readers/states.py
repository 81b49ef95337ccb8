"""US states and territories: names, abbreviations, and the ZIP prefixes that belong to each."""

_NAMES = """AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware
|DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa
|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota
|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey
|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon
|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah
|VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming|PR Puerto Rico
|VI Virgin Islands|GU Guam|AS American Samoa|MP Northern Mariana Islands|AA Armed Forces Americas
|AE Armed Forces Europe|AP Armed Forces Pacific"""

_PREFIXES = """005 NY|006-007 PR|008 VI|009 PR|010-027 MA|028-029 RI|030-038 NH|039-049 ME|050-054 VT|055 MA
|056-059 VT|060-062 CT|063 CT NY|064-069 CT|070-089 NJ|090-098 AE|099 AE NJ|100-149 NY|150-196 PA
|197-199 DE|200 DC|201 VA|202-204 DC|205 DC MD VA|206-212 MD|214-219 MD|220-246 VA|247-268 WV
|270-289 NC|290-299 SC|300-319 GA|320-339 FL|340 AA|341-342 FL|344 FL|346-347 FL|349 FL|350-352 AL
|354-369 AL|370-385 TN|386-397 MS|398-399 GA|400-418 KY|420-427 KY|430-459 OH|460-479 IN|480-499 MI
|500-516 IA|520-528 IA|530-532 WI|534-535 WI|537-549 WI|550-551 MN|553-567 MN|569 DC|570-577 SD
|580-588 ND|590-599 MT|600-620 IL|622-629 IL|630-631 MO|633-641 MO|644-658 MO|660-662 KS|664-679 KS
|680-681 NE|683-693 NE|700-701 LA|703-708 LA|710-714 LA|716-725 AR|726 AR MO|727-729 AR|730-731 OK
|733 TX|734-738 OK|739 OK TX|740-741 OK|743-749 OK|750-770 TX|772-799 TX|800-816 CO|820-831 WY
|832-833 ID|834 ID WY|835-838 ID|840-847 UT|850-853 AZ|855-857 AZ|859-860 AZ|863-865 AZ|870-871 NM
|873-884 NM|885 TX|888 DC|889-891 NV|893-895 NV|897-898 NV|900-908 CA|910-928 CA|930-961 CA
|962-966 AP|967 AS HI|968 HI|969 GU MH MP FM PW|970-979 OR|980-986 WA|988-994 WA|995-999 AK"""

_OLD_ABBREVIATIONS = """AL ala|AZ ariz|AR ark|CA calif|CO colo|CT conn|DE del|FL fla|IL ill|IN ind|KS kans|MA mass
|MI mich|MN minn|MS miss|MT mont|NE nebr|NV nev|OK okla|PA penn|PA penna|TN tenn|TX tex|VA virg|WA wash|WI wis|WI wisc
|WY wyo"""

_CROSSING = """02861 MA RI|42223 KY TN|59221 MT ND|63673 IL MO|71749 AR LA|73949 OK TX|81137 CO NM|84536 AZ UT
|86044 AZ UT|86515 AZ NM|88063 NM TX|89439 CA NV|97635 CA OR"""

MILITARY = frozenset({"AA", "AE", "AP"})


def _by_name() -> dict[str, str]:
    found = {"us virgin islands": "VI", "p r": "PR", "d c": "DC"}
    for entry in _OLD_ABBREVIATIONS.split("|"):
        abbreviation, old = entry.split()
        found[old] = abbreviation
    for entry in _NAMES.split("|"):
        abbreviation, name = entry.strip().split(" ", 1)
        found[abbreviation.lower()] = abbreviation
        found[name.lower()] = abbreviation
    return found


def _by_prefix() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for entry in _PREFIXES.split("|"):
        span, *states = entry.split()
        first, _, last = span.partition("-")
        found.update({f"{number:03}": frozenset(states) for number in range(int(first), int(last or first) + 1)})
    return found


def _crossing() -> dict[str, frozenset[str]]:
    entries = (entry.split() for entry in _CROSSING.split("|"))
    return {code: frozenset(states) for code, *states in entries}


STATES = _by_name()
"""Lower-case name or abbreviation, without dots, to abbreviation (USPS Publication 28, appendix B)."""

ZIP_STATES = _by_prefix()
"""First three ZIP digits to the states they lie in; a prefix that is not here is not in use.

USPS three-digit ZIP prefixes; each compared with the 42,000 ZIP Codes of the public Zipcodes data set,
2026-11-21.
"""

CROSSING_ZIPS = _crossing()
"""ZIPs in two states: the 13 such areas of the Census of 2010 (gis.stackexchange.com/q/53918, read 2026-11-22)."""
