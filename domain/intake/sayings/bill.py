"""The bill, the account and its secrets: what is missing, and why we ask."""

from domain.intake.sayings.phrases import FREE, Row, row

ROWS: tuple[Row, ...] = (
    row("paperless", "tell",
        "paperless paper online electronic digital ebill printed app email",
        "(?:(?:i am|we are|it is|my bill is|i have|i use|i went|account is) )?(?:on |all |enrolled in "
        "|only )*paperless(?: billing| bills?| customer| only)?"
        "|(?:no|i have no) (?:paper|printed) <bill>"
        "|(?:i|we) (?:do not|never) (?:get|receive|have) <my>(?:paper|printed) <bill>(?: only .{1,25})?"
        "|(?:i|we) (?:get|receive) (?:<my><bill>|it|them) (?:by email|online|in the app|electronically)"
        "|(?:i|we) only (?:get|have|receive) (?:them |it |<bill> )?(?:<my>(?:electronic|online|digital|email"
        "|e) ?(?:<bill>)?|ebills?|online|by email|in the app)"
        "|<my>bills? (?:is|are|comes?) (?:only |all )?(?:online|electronic|digital|by email|in (?:the|my) app)"
        "(?: only)?",
        FREE),
    row("bill_too_old", "tell",
        "bill bills statement invoice",
        "<my>(?:only |newest )?<bill>(?: (?:i have|i got|i can find))? is (?:from .{2,25}|(?:too |very |kinda "
        r"|pretty )?old|(?:over |more than |about |almost |like |older than )*(?:a|\w+) (?:days?|weeks?|months?"
        "|years?)(?: old)?)(?: (?:is (?:that|it) )?(?:ok|okay|fine|a problem))?"
        "|(?:i|we) only have (?:an |my )?(?:old|older) <bill>(?: from .{2,25})?"
        r"|(?:is|will) (?:an old|an older|a \w+ months? old|last (?:month|year)s|my old) <bill> (?:ok|okay|fine"
        "|enough|work)"
        "|(?:how (?:old|recent|new)) (?:can|may|should|must|does) <my><bill>(?: need to| have to)? be"
        "|(?:what if )?<my><bill> is (?:older than|over) .{2,20}",
        FREE),
    row("no_bill", "tell",
        "bill bills statement invoice invoices statements",
        "(?:i|we) (?:do not|never|did not) (?:have|get|got|receive|keep) <my>(?:one )?<bill>"
        "|(?:i |we )?(?:have )?no <bill>"
        "|(?:(?:i|we) )?(?:can not find|lost|threw away|threw out|do not keep|misplaced) <my><bill>"
        "|there is no <bill>"
        "|(?:where|how) (?:do|can|would) i (?:find|get|download) <my>(?:<co> )?<bill>"
        "|what if i (?:do not have|have no) <my><bill>"
        "|what (?:bill|kind of bill|do you mean by bill)",
        FREE),
    row("bill_other_name", "tell",
        "name names holder owner account pays belongs",
        "(?:it is|<my>(?:<bill>|<line>)(?: is)?) <in_name>(?: names?| accounts?| plan)?"
        "|(?:it|<my>(?:<bill>|<line>)) is not (?:in|under) my name|(?:it|this) is not my account"
        "|<my><line> belongs to <my><kin>|<my><kin> pays (?:for )?(?:it|<my><bill>|<my><line>)"
        "|i am not the account (?:holder|owner)",
        f"authority signer {FREE}"),
    row("prepaid", "tell",
        "prepaid payg prepay pay pre",
        "(?:(?:it is|this is|i have|i am|we are|we have|<my><line> is|mine is) )?(?:a |on |an |just )*(?:prepaid"
        "|pre paid|prepay|payg|pay as you go)<lines>"
        "|(?:can you|do you|can i|does|is|are|will|what if (?:it is|i have|i am)|what about) (?:<move> )?<my>"
        "(?:prepaid|pre paid|pay as you go)<lines>(?: (?:work|ok|okay|fine|possible|allowed|a problem))?",
        f"carrier line {FREE}"),
    row("only_some_lines", "tell",
        "one two some few lines numbers others other rest all both",
        "(?:(?:can i|could i|i|we|i am|we are) )?(?:(?:only|just|want to|need to|would like to) )*(?:(?:<move>"
        "|moving) )?(?:only |just )*<few> (?:of|out of) (?:my |the |our |those |these |them )*(?:<few> )?"
        "(?:lines|numbers|phones|them)?(?: (?:moves?|moving|should move|to move|needs to move))?"
        "|(?:i|we) have <few> (?:lines|numbers|phones)(?: on (?:the|my|one|our) (?:account|plan|bill))?(?:"
        "(?: and| but)? (?:i )?(?:only |just )*(?:want to |need to )?(?:<move> )?(?:only |just )*(?:<few>"
        "|this one))?"
        "|(?:can i|could i|i want to|i only want to|i just want to|we want to) (?:just |only )*<move> (?:just "
        "|only )*(?:one|two|some|this one)(?: of them)?(?: lines?| numbers?)?(?: out of (?:the |my )?<few>)?"
        "|(?:i|we) (?:want to|would like to|need to) keep the (?:others?|rest)(?: lines?| numbers?)?(?: (?:with"
        "|at|on) .{1,20})?"
        "|(?:i do not want to move|not) all (?:of )?(?:my |the |our |them ?)(?:lines|numbers)?",
        f"one_bill {FREE}"),
    row("moved_house", "tell",
        "moved moving move address changed relocated live",
        "(?:i|we) (?:have )?(?:just |recently )*(?:moved|relocated)(?: house| home| out| there| to a (?:new"
        r"|different) \w+)?<when>"
        r"|(?:i am|we are|i will be) (?:moving|relocating)(?: (?:house|home|to a new \w+|soon|next \w+|in \w+"
        "|away))+"
        "|<my>address (?:has )?(?:just )?changed<when>"
        "|(?:i|we) have a (?:new|different) address(?: now)?"
        "|(?:i|we) do not live (?:there|at that address)"
        "|(?:<my><bill> )?(?:still )?(?:has|shows|have) (?:an |my |the |our )*(?:old|wrong|previous) address"
        "|<my>address on (?:the|my) (?:bill|account) is (?:old|wrong|not current|outdated)",
        FREE),
    row("no_street_number", "tell",
        "street house rural rr",
        "(?:i|we) do not have <my>(?:street|house|physical)(?: number| address)?"
        "|(?:there is |i have |we have )?no (?:street|house|physical)(?: number| address)(?: (?:on|at|for"
        "|in) .{1,25})?"
        "|(?:it is|it is on|i live on|we live on|we are on|i am on|i have|we have|i only have) (?:a )?"
        "(?:rural route|rr)(?: address| box)?"
        "|rural route(?: address)?"
        "|(?:my|our) (?:house|street|address|place|road) (?:has no|does not have a) (?:number|house number"
        "|street number)",
        FREE),
    row("po_box", "tell",
        "po box pobox",
        "(?:(?:i|we) (?:only |just )*(?:have|use|get mail at)|(?:can|may) i (?:use|give)(?: you)?|is"
        "|all i have is) (?:a |my |our )*(?:po box|p o box|pobox)(?: (?:ok|okay|fine|address))?",
        FREE),
    row("military", "tell",
        "military army navy deployed overseas stationed apo fpo dpo marines",
        "(?:(?:i am|we are|my husband is|my wife is) )?(?:currently )?(?:in the )?(?:us )?(?:military|army|navy"
        r"|air force|marines|deployed|overseas|stationed)(?: overseas| abroad| in \w+)?"
        "|(?:(?:i|we) (?:only )?have|it is|is|what about|can i use) (?:an? |my )*(?:apo|fpo|dpo|military)"
        "(?: address)?(?: ok| okay| fine)?"
        "|(?:apo|fpo|dpo|military) address",
        FREE),
    row("one_word_name", "tell",
        "name names mononym",
        "(?:i|we) (?:only |just )*(?:have |use )(?:only |just )*(?:one name|a single name|one word name"
        "|a first name)"
        "|i (?:have no|do not have a) (?:last|first|family|second) name"
        "|(?:there is )?only one name on (?:the|my) (?:bill|account)"
        "|my (?:legal |full |real )*name is (?:only |just )*one word"
        "|<my>(?:bill|account) (?:only )?(?:has|shows) only (?:one|a first) name",
        FREE),
    row("same", "same",
        "same above ditto idem identical",
        "(?:(?:it is|they are|use|it is at) )?(?:the |exactly |all )*same(?: (?:address|name|person|one|place"
        "|thing))?(?: as (?:above|before|that|i said|the (?:other|first|last) one|(?:the |my )?(?:service"
        "|billing|other)(?: address)?|earlier|i told you(?: before)?|i gave(?: you)?))?"
        "|(?:see|as) above|ditto|idem|identical",
        f"account pin carrier numbers {FREE}"),
    row("ssn", "tell",
        "ssn social",
        r".{0,60}\b(?:ssn|social security(?: number)?|my social)",
        f"name carrier {FREE}"),
    row("no_pin", "no_pin",
        "pin passcode",
        "(?:(?:i|we) )?(?:(?:have|got|was given) no|(?:do not|never|did not) (?:have|got|get|set up|set"
        "|had)) <my>(?:transfer )?(?:pin|passcode)(?: (?:number|code))?"
        "|(?:there is )?no pin(?: number| code)?"
        "|<co> (?:will not|did not|do not|does not|can not|refuses? to|would not|could not) (?:give|send|tell"
        "|issue)(?: me| us)? <my>(?:transfer )?(?:pin|passcode|one)(?: number)?"
        "|(?:i|we) can not (?:get|find) <my>(?:transfer )?(?:pin|passcode)(?: number)?"
        "|(?:where|how) (?:do|can) i (?:get|find) <my>(?:transfer )?(?:pin|passcode)"
        "|what is (?:a|the|this) (?:transfer |port out )?(?:pin|passcode)|what (?:pin|passcode)"
        "|my pin (?:does not|did not) work|my pin (?:has )?expired"),
    row("why_pin", "tell",
        "pin passcode",
        r"<why>(?:pin|passcode)\b.{0,30}|(?:<not_give><my>(?:pin|passcode).{0,30})"),
    row("account_unknown", "dont_know",
        "account",
        "(?:i|we) (?:do not|never) (?:know|have|remember) (?:what )?<my>account (?:number|no|id)(?: is"
        r"| with \w+)?"
        "|(?:where|how) (?:do|can|would) i (?:find|get|see|look up) <my>account number"
        "|where is (?:the|my) account number|(?:what is|which is) (?:my|the|an) account number"
        "|(?:i )?can not find <my>account number|what account number"
        "|(?:i have )?no account number"),
    row("why_account", "tell",
        "account",
        r"<why>account(?: number)?\b.{0,30}|(?:<not_give><my>account.{0,30})"),
    row("why_number", "tell",
        "number numbers",
        r"(?:why|how come|what for)\b(?!.{0,60}\b(?:account|pin)\b).{0,40}\b(?:phone )?numbers?\b.{0,60}",
        FREE),
    row("why_bill", "tell",
        "bill invoice statement",
        r"<why>(?:bill|invoice|statement)\b.{0,30}|(?:<not_give><my>(?:bill).{0,30})",
        FREE),
    row("why_address", "tell",
        "address",
        r"<why>address\b.{0,30}|(?:<not_give><my>(?:home )?address.{0,30})",
        FREE),
    row("why_name", "tell",
        "name",
        r"(?:why|how come|what for)\b.{0,40}\bname\b.{0,30}",
        FREE),
    row("why_signature", "tell",
        "sign signature",
        r"(?:why|how come)\b.{0,40}\b(?:sign|signature)\b.{0,30}"),
    row("on_paper", "paper",
        "paper print printed printout pen signed hand wet letter loa",
        "(?:(?:can|could|may) (?:i|we) |(?:i|we) (?:want|would like|prefer|need|have) (?:to )?|let me )?"
        "(?:please )?(?:sign|signed|print|print out)(?: (?:it|this|that|the letter|the loa))?"
        "(?: (?:on|with|in|by) (?:paper|a pen|pen|ink|hand))(?: instead)?(?: again| once more)?"
        "|(?:i|we) (?:already )?(?:have|got) (?:a|the|my) signed (?:letter|loa|copy|authorization)"
        "|(?:can|could|may) (?:i|we) (?:print|have|get) (?:it|the letter|the loa|a copy)"
        "(?: (?:on|as) (?:paper|pdf|a pdf))?"
        "(?: to sign)?|send me the letter(?: on paper| as a pdf| to (?:sign|print))?|print the letter|sign on paper"
        "|(?:i|we) (?:have )?signed (?:it|the letter|the loa) on paper",
        FREE),
    row("on_paper", "paper",
        "paper pen ink",
        "(?:(?:once more|again) )?(?:on|with|in|by) (?:paper|a pen|pen|ink)(?: again| once more| instead| this time)?"
        "|paper (?:again|once more|instead)",
        f"{FREE} bill"),
    row("why_again", "tell",
        "again already told sent gave answered twice",
        "(?:i|we) (?:have )?(?:already|just) (?:sent|told|gave|said|answered|did|entered|typed|wrote|uploaded)"
        "(?: you)?(?: (?:it|that|this|them|<my>bill|all of (?:it|that)))?"
        "|why (?:do|are) you (?:ask|asking)(?: me)?(?: (?:for )?(?:this|that|it))? (?:again|twice)"
        "|you (?:already |just )*asked(?: me)? (?:that|this|for (?:that|this|it))",
        FREE),
)  # fmt: skip
