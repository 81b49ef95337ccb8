"""Cues: the letters without which a reader finds nothing, looked for before its regular expressions are tried.

Every text of a customer is asked whether it gives a secret, names an account, or speaks of a fax; hardly any has a
word of these in it. A cue is a piece of each match, so that without one no pattern can match, and a reader that looks
for its cues first gives what it gave without them. tests/domain/test_cues.py makes matches of every pattern behind
cues, a new one too, and fails for one that has none.

Measured on 2026-11-22: to look for six cues takes 0.3 µs, to try the four patterns of named secrets 1 µs on a name,
3.5 on a telephone number and 6 on an address.
"""


class Cues:
    """Pieces of words, lower-case a to z, of which each match of a reader's patterns has one."""

    __slots__ = ("_cues",)

    def __init__(self, cues: str) -> None:
        self._cues = tuple(cues.split())

    def may_stand_in(self, text: str) -> bool:
        """Tell whether one stands in a text; of a text with other letters than ASCII's always, for some fold to these.

        `re.IGNORECASE` takes the long s for an s, and the sign of Kelvin for a k.
        """
        if not text.isascii():
            return True
        return any(map(text.lower().__contains__, self._cues))
