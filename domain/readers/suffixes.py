"""Words that make a street: those that end its English name, and those that begin its Spanish or French one."""

from domain.text import words_of

SUFFIXES = words_of(
    "st str street ave av avenue rd road dr drive blvd boulevard ln lane ct court pl place way cir circle "
    "ter terr terrace pkwy parkway trl trail sq square loop pike hwy highway aly alley plaza plz pt point run "
    "xing crossing expy expressway fwy freeway crescent cres row walk path cv cove ctr hl hill hls ridge rdg"
)
"""USPS Publication 28, appendix C1, the usual ones; from knowledge of 2026-11-22, the page was not read."""

SURE_SUFFIXES = SUFFIXES - words_of("pt point run row walk path cv cove ctr hl hill hls ridge rdg pike plaza crossing")
"""Those that hardly ever belong to a city's name: behind one of them the city may begin."""

STREET_LEADS = words_of(
    "calle avenida ave av camino via paseo carr carretera callejon marginal boulevard blvd rue avenue chemin ch boul "
    "route rang montee cote allee promenade impasse ruelle place place plaza"
)
"""Words before the name of a street in Spanish and French."""
