"""The words by which facts are told: what moves, what is denied, doubted or past, and whose it is."""

import re

NUMBER = "\N{NUMERO SIGN}"  # stands for each character of a phone number in the masked text
BRAND = "\N{CURRENCY SIGN}"  # stands for each character of a carrier's name in the masked text

MOVE = (
    r"(?:mov(?:e|ing)|port(?:ing)?|transfer(?:r?ing)?|bring(?:ing)?|switch(?:ing)?|migrat(?:e|ing)|take over"
    r"|tr?ans?fer+e?|trasnfer|tranfser|swich|swtich|mvoe|prot|(?:portear|portar|pasar|mover|transferir|traer)(?:l[oa]s?)?"
    r"|перенести|перевести|ilipat|transf[ée]rer)"
)
MOVED = r"(?:moved|ported|transfer+ed|switched|brought|migrated)(?:\s+(?:over|in|here))?"

NEGATED = re.compile(
    r"\b(?:not|no|never|don'?t|doesn'?t|isn'?t|won'?t|can'?t|cannot|didn'?t|wasn'?t|aren'?t|wouldn'?t|shouldn'?t"
    r"|without(?! (?:any |an? )?(?:downtime|interruptions?|outage|gap|hassle|trouble|problems?|losing))|except|instead"
    r"|neither|nor"
    r"|stop(?! paying)|(?<!when i )(?<!once i )(?<!when we )cancel|avoid"
    r"|rather|nunca|ni|sin|anymore|any more|nothing|none)\b",
    re.I,
)
HEDGED = re.compile(
    r"\b(?:(?<!wondering )(?<!ask )(?<!see )(?<!know )(?<!grateful )(?<!appreciate it )if (?:i|we|you|it|this"
    r"|that)|in case|suppose"
    r"|thinking(?: of| about| to)?"
    r"|think|considering|might|maybe|perhaps|probably|possibly|some ?day|one day|eventually|later|next year|not sure"
    r"|unsure|should i|should we|before i|until|guess|believe|either|whether|creo|quiz[aá]s|tal vez|supposedly|idk"
    r"|dunno|instead|actually|meant)\b",
    re.I,
)
PAST = re.compile(
    r"\b(?:was|were|used to|previously|formerly|before|until|left|ex|ago|last (?:year|month|week|summer|winter|spring"
    r"|fall|time|night)|yesterday|bought|cancell?ed|(?<!have )(?<!'ve )(?<!has )had|earlier|years back|once"
    r"|antes|(?:my|our|the|an?) old (?:carrier|provider|phone company|company)|paid off"
    r"|(?:i|we|they|he|she|(?<!get )(?<!have )(?<!want )(?<!need )it|just|already|got|have|has|'ve"
    r"|recently)\s+(?:switched|moved|ported|transferred)"
    r"|originally|tried|refused|rejected|denied|failed|did|when (?:i|we)(?! (?:leave|switch|move|port|come|join"
    r"|go|transfer|cancel))|after(?! (?:that|this|i|we|the|it)\b))\b",
    re.I,
)
DOUBTED = re.compile(
    r"\b(?:never ?mind|scratch that|i mean|i meant|correction|oops|typo|second thought|forget it|forget that|what if"
    r"|hypothetical\w*|for example|e\.g|scam\w*|fraud\w*|hack\w*|stole|stolen|steal\w*|unauthori[sz]ed|without my"
    r"|status|did (?:you|u) (?:get|receive)|rejected|in progress|pending|wrong number|wrong one|mistake"
    r"|just kidding|jk|test|testing|sim ?swap\w*"
    rf"|port(?:ed|ing)? out(?! of| (?:my|our) (?:\w+ )?(?:numbers?|lines?) from {BRAND})"
    r"|lost (?:my |the |our |this |that )?(?:number|line)|hold off|actually"
    r"|only the (?:first|second|third|last|main)|not all|not yet"
    r"|not (?:right )?now|not today"
    r"|(?:want|need|get|give|have|choose|pick|like|buy)\b[^.?!\n]{0,24}\b(?:new|another|different) (?:number"
    r"|one|phone number)"
    r"|don'?t do anything|cancel (?:my|the|this|that|our) (?:port\w*|order|request"
    r"|transfer|move))\b",
    re.I,
)
OTHERS = re.compile(
    r"\b(?:husband|wife|mom|mother|mum|dad|father|son|daughter|brother|sister|boss|friend|roommate|grand\w+|aunt|uncle"
    r"|partner|client|customer'?s|landlord|spouse|late|deceased|behalf|employees?|neighbou?r|girlfriend"
    r"|boyfriend|fianc\w+|parents?|kids?|cousin|nephew|niece|coworker|colleague|assistant|mam[aá]|pap[aá]|espos[oa]"
    r"|hij[oa]|herman[oa]|mother-in-law|father-in-law|abuel[oa]|suegr[oa]|in-laws?|hubby|in law)\b",
    re.I,
)

_THING = (
    rf"(?:\b(?:numbers?|nums?|lines?|it|them|both|all|these|those|this|that|mine|over|landlines?|cell"
    rf"|cellphones?|phones?"
    r"|mobile|digits|everything|away|in|out|n[uú]meros?|celular|l[ií]neas?|номер|numéro"
    r"|(?:to|with) (?:you|u|ya|y'?all|your|ur|here|port of call))\b"
    rf"|[{NUMBER}{BRAND}#])"
)
WANTS = re.compile(
    rf"\b(?:port|porting|portar|portear)\b|\b{MOVE}\b(?=[^.?!\n]{{0,45}}?{_THING})"
    rf"|\b(?:keep|keeping|hang on to|hold on to|garder|conserver)\s+(?:my|our|this|that|the|it|same|both|all"
    rf"|mon|{NUMBER})"
    rf"|\btak(?:e|ing)\b[^.?!\n]{{0,40}}(?:\bwith (?:me|us)\b|\bto you\b|\bfrom {BRAND})"
    rf"|\b(?:can|could|will|do) (?:you|u|y'?all)(?: guys)?(?: please)? take\s+(?:over\s+)?(?:my|our|this|these"
    rf"|{NUMBER})"
    rf"|\b(?:leav(?:e|ing)|ditch(?:ing)?|quit(?:ting)?)\s+(?:(?:my|our)\s+)?(?:{BRAND}|them\b)"
    rf"|\b(?:away from|out of|off|off of)\s+(?:{BRAND}|there\b|them\b)"
    rf"|\b(?:done|fed up|sick|tired)\s+(?:with|of)\s+(?:{BRAND}|them\b)"
    rf"|\b(?:be|get|getting|need|needs|want|wants|like|have)\b[^.?!\n]{{0,40}}\b{MOVED}\b"
    r"|\b(?:want|wish|like|ready|going|need|looking|trying|plan) to leave\b(?! (?:a|you|u)\b)|\bwanna leave(?=\W*$)"
    r"|\bfinally leaving(?=\s*(?:[.,!;]|$))|\bportable\b(?=\s*(?:[?.,!;]|$|or not\b|here\b))"
    r"|\b(?:get (?:me|us) out|(?:i|we) (?:just )?want out)\b|\bmake the (?:move|switch)\b"
    rf"|^\W*{BRAND}+ to (?:you|u|ya)(?: guys)?(?=[\s,.!]*(?:$|{NUMBER}|please\b|pls\b|my\b))"
    r"|\bcambiar(?:me|nos|lo|la|los|las)?\s+(?:a|con|para)\s+(?:ustedes|uds)\b|(?:→|->|=>)\s*(?:you|u)\b"
    r"|\b(?:change|come|coming|join|joining)\s+(?:over )?(?:to|with)?\s*(?:you|u)\b"
    r"|\bto (?:switch|transfer|port)(?=[.?!]|$)|转|轉",
    re.I,
)
"""What says that something shall be moved here; whether it is denied, past or another's is to be looked up."""
UNWANTED = re.compile(
    rf"\b(?:they|someone|somebody|anyone|who|scammers?|hackers?)\s+(?:\w+\s+){{0,4}}(?:{MOVE}|{MOVED}|keep)\b"
    r"|\bport (?:number|charges?|forward\w*|authority|city)\b"
    rf"|\b{MOVE}\s+(?:me|us|my call|the call|money|funds|house|(?:(?:my|the|our|a)\s+)?(?:appointment|package"
    rf"|order|delivery|meeting|booking|date|files|data)|to\s+(?!{NUMBER}|you\b|u\b|ya\b|y'?all\b|your\b"
    rf"|ur\b)\w+)",
    re.I,
)
SPOILT = re.compile(
    rf"\b(?:change|update|block|unblock|unlock|activate|cancel|suspend|trace|report|look ?up|verify|disconnect"
    r"|restore|reactivate|recover|sell|buy|add|remove|spoof\w*)\s+(?:(?:my|the|this|that|a|our|your|another)\s+)?"
    rf"(?:phone\s+|cell\s+)?(?:number|line|service|{NUMBER})"
    rf"|\b(?:away from|leave|leaving|out of|from|with) (?:you|u)(?: guys)?\s+(?:to|for|and (?:go|move|switch"
    rf"|port) to)\b"
    rf"|\b{MOVE}\b[^.?!\n]{{0,40}}\s(?:to|into|onto)\s+(?:(?:a|an|my|the|another|our|his|her)\s+)+"
    r"(?:new|other|different|another|second|google|old|e?sim|phone|iphone|account|carrier|provider|plan|device|address"
    r"|office|house|apartment|name|wife|husband|daughter|son|mom|dad)\b|\bnew (?:carrier|provider)\b"
    r"|\bto (?:another|google voice|a different)\b"
    r"|\b(?:transfer|port(?:ing)?) pin\b[^.?!\n]{0,20}\?|\b(?:interview|survey|job|refund|charged me|double charged)\b",
    re.I,
)
"""What makes of a message something else than the wish to bring a number that is not called so word by word."""

KIN = (
    r"(?:(?:wife|husband|mom|mother|dad|father|son|daughter|brother|sister|partner|company|store|shop|office|family"
    r"|business|parent|grandma|grandmother|kid|hubby)'?s'?|his|her|their|su)"
)
KIND = (
    r"(?:cell|cellphone|phone|mobile|wireless|numbers?|nums?|nubmers?|numbr|no|nbr|lines?|landlines?|work|home|house|office"
    r"|buss?in?ess"
    r"|personal|main|fax|dids?|toll free|google voice|numéro|номер|company|store|shop|restaurant|salon|clinic"
    r"|family|telephone|tel|digits|ph|iphone|voip"
    r"|n[uú]meros?|celular(?:es)?|tel[eé]fonos?|l[ií]neas?)"
)
