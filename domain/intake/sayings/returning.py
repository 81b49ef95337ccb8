"""A number that should not have moved, or is wanted back: the first is urgent, so it comes before the wider rows."""

from domain.intake.sayings.phrases import FREE, Row, row

_MOVE = "(?:port|porting|move|transfer|switch)"
_ASKS = "(?:(?:i|we) <want> |(?:can|could) (?:you|i|we) |how (?:do|can) (?:i|we) |please )*"
_IT = "(?:<my>(?:<line>|it)|this|that)"
_MOVED = "(?:moved|ported|transferred|switched|taken|stolen)"

ROWS: tuple[Row, ...] = (
    row("wrong_move", "wrong_move",
        "wrong wrongly mistake accident authorize authorise authorized authorised permission consent unauthorized "
        "unauthorised agree agreed allow allowed approve approved knowledge never ask asked error should "
        "supposed meant",
        f"(?:i think )?(?:you|they) (?:have |just |guys )*(?:{_MOVED}|took) (?:the |a |my )?wrong (?:phone )?"
        "(?:numbers?|lines?)"
        f"|(?:the|a|my) wrong (?:phone )?(?:number|line) (?:was|has been|got|is) (?:being )?{_MOVED}(?: over)?"
        f"|(?:you|they) (?:have )?{_MOVED} <my>(?:<line>|it) (?:by (?:mistake|accident)|wrongly|without .{{1,40}})"
        f"|{_IT} (?:was|has been|got|were|is) {_MOVED} (?:by (?:mistake|accident)|wrongly|in error|without .{{1,40}})"
        f"|{_IT} should (?:not|never) have (?:been )?{_MOVED}|{_IT} (?:was|is) (?:not|never) (?:supposed|meant) to"
        f" (?:be {_MOVED}|{_MOVE})|(?:the|this|that|my) {_MOVE} (?:was|is) (?:a mistake|an? (?:accident|error))"
        "|(?:i|we) (?:did not|never|have not|have never|had not) (?:authori[sz]ed?|approved?|allow(?:ed)?"
        "|agreed? to|consent(?:ed)? to|give (?:my |our )?(?:permission|consent)(?: for| to)?)"
        " ?(?:this|that|it|the|any|a)?"
        f"(?: {_MOVE})?"
        "|(?:i|we) (?:did not|never|have not|have never) (?:ask(?:ed)?|want(?:ed)?|request(?:ed)?)(?: (?:you|for))*"
        f"(?: (?:this|that|it|<line>))? to (?:be {_MOVED}|{_MOVE})(?: (?:this|that|it|<line>))?"
        f"|(?:this|that|it) (?:was|is) (?:an? )?(?:unauthori[sz]ed|not authori[sz]ed)(?: {_MOVE})?"
        f"|(?:an? )?unauthori[sz]ed {_MOVE}",
        f"{FREE} authority numbers"),
    row("port_back", "port_back",
        "back undo reverse revert return",
        "(?:(?:i|we) <want> |(?:can|could|may|how (?:do|can)) (?:i|we) (?:have |get )|give (?:me|us) |please )*"
        "(?:have |get )?(?:my|our|the) (?:old )?(?:phone )?numbers? back(?: (?:to|at|with|from) <co>)?"
        f"|{_ASKS}(?:undo|reverse|revert)"
        f" (?:the|this|my|that) {_MOVE}"
        f"|{_ASKS}(?:move|port|transfer|send|take"
        "|bring|switch|return) (?:it|this|my number|the number|our numbers?|my line) back(?: (?:to|at|with) <co>)?"
        "|(?:a )?port back(?: please)?",
        FREE),
)  # fmt: skip
