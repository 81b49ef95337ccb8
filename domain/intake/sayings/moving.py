"""The move itself: how, when, for how much, and what becomes of the phone."""

from domain.intake.sayings.phrases import FREE, Row, row

ROWS: tuple[Row, ...] = (
    row("keep_number", "tell",
        "keep lose same change",
        "(?:can|do|will|would|could) (?:i|we) (?:get to |be able to |still |really )*(?:keep|lose) <my>"
        "(?:same )?(?:phone )?numbers?"
        "|(?:will|does|is) <my>(?:phone )?(?:numbers?|it) (?:stay|going to stay|remain|be|change)(?: the same)?",
        FREE),
    row("do_i_cancel", "tell",
        "cancel keep",
        "(?:should|do|can|must|may|when (?:should|do|can|must|may)|when) (?:i|we) (?:have to |need to "
        "|go ahead and |now )*(?:cancel|keep paying|keep) (?:with )?(?:it|<my>(?:<co> )?(?:<line>)?|<co>)"
        "(?: .{1,30})?"
        "|(?:will|does) (?:it|<my>(?:<co> )?<line>) (?:get |be )?(?:cancel|cancelled)(?: automatically"
        "| by itself| itself)?",
        FREE),
    row("rush", "tell",
        "urgent asap hurry rush need faster quick quickly emergency expedite speed sooner immediately",
        "(?:it |this )?(?:is )?(?:very |really |super )*urgent|asap|hurry(?: up)?"
        "|(?:i|we) (?:really )?need (?:it|this)(?: done)? (?:asap|fast|quickly|urgently|immediately|today"
        "|tomorrow|by .{2,15})"
        "|(?:can|could) (?:you|it|this|we|i) (?:please )?(?:(?:go|be|be done|do it|do this|get it|make it) )?"
        "(?:any )?(?:faster|quicker|sooner|expedite(?: (?:it|this))?|rush(?: (?:it|this))?|hurry|speed (?:it"
        "|this) up)"
        "|(?:i am )?in a (?:hurry|rush)|speed (?:it|this) up|expedite",
        FREE),
    row("how_it_works", "tell",
        "work next process steps works happens",
        "how (?:does|do|will|would) (?:it|this|that|the (?:process|port|transfer|move)|porting) (?:all )?(?:work"
        "|go)"
        "|what (?:happens|comes|is) (?:now|next|after (?:that|this))|what are the (?:next )?steps"
        "|what is the process|what (?:do|must|should) i do (?:next|now)",
        FREE),
    row("how_long", "tell",
        "long longer take takes time fast quick soon many eta timeline",
        "how (?:long|much longer|much time|many days|many weeks|fast|quick|quickly|soon)(?: (?:is|does|do|will"
        "|would|can|could|it|this|that|the|whole|thing|all|everything|port|porting|transfer|process|move|number"
        "|usually|normally|typically|going|gonna|to|take|takes|be|go|happen|my|a|an|you|done|until|till"
        "|finished|ready|need|roughly|about|for|moved|mobile|landline|switch|works?|working|i|we|use))*"
        "|(?:is|does) (?:it|this) (?:going to )?take (?:a )?long"
        "|what is the (?:eta|time ?line|time ?frame)",
        FREE),
    row("when", "tell",
        "when date day eta",
        "when(?: (?:will|does|is|do|can|would|exactly|it|this|that|my|the|number|numbers|line|phone|port|porting"
        "|transfer|move|moves|moved|happen|happens|be|done|finished|ready|complete|completed|switch|go|goes|over"
        "|start|starts|going|to|you|working|work|live))*"
        "|(?:what|which) (?:day|date|time) (?:will|does|is|do).{0,40}|eta"
        "|can i (?:choose|pick|set) (?:the|a) (?:date|day)",
        FREE),
    row("contract", "tell",
        "contract etf termination fee penalty early installment installments device paid",
        r"(?:i am|we are|i am still|it is) (?:still )?(?:in|under|on) (?:a |my )*(?:\w+ )?contract"
        "(?: with .{1,25})?"
        "|(?:will|do|would) (?:i|they|<co>) (?:have to )?(?:pay|charge)(?: me)? .{0,25}(?:fee|fees|penalty"
        "|etf)(?: .{1,25})?"
        "|(?:what about|is there) (?:an? |the |my )*(?:early )?(?:termination fee|etf|contract|penalty)"
        "|early termination(?: fees?)?|my contract (?:is not over|ends|runs).{0,30}"
        "|what about my contract|i have a contract(?: with .{1,25})?",
        FREE),
    row("how_much", "tell",
        "much cost costs price charge fee fees free pay pricing expensive",
        "how much(?: (?:is|does|do|will|would|it|this|that|you|i|cost|costs|charge|to|pay|be|the|port|porting"
        "|transfer|are|have|for|number|move|my|all|per|month|line))*"
        "|what (?:does|do|will|would|is|are) (?:it|this|that|you|the)? ?(?:price|prices|cost|costs|charge|fee"
        "|fees|pricing)(?: .{1,20})?"
        "|(?:is|are) (?:it|this|that|there|porting) (?:really )?(?:free|expensive|any (?:fees?|costs?|charges?)"
        "|an? (?:fee|charge|cost))(?: .{1,20})?"
        "|(?:do|will|must) i (?:have to |need to )?(?:pay|be charged)(?: (?:anything|something|you|for this"
        "|for it|for that))?"
        "|(?:price|cost|pricing|fees?)|do you charge(?: .{1,20})?"
        "|(?:are there )?any (?:hidden |extra )*(?:fees|costs|charges)(?: .{1,20})?",
        FREE),
    row("number_typo", "numbers",
        "number numbers typo digit digits mistyped mistake",
        "(?:(?:i|that|it|this|that was|it was|this is|it is|that is|i gave you|i typed|i put|i sent|i wrote"
        "|i entered|i have|there is|i made) )*(?:a |the |an |one )*(?:wrong|bad|incorrect|mistaken) "
        "(?:phone )?(?:numbers?|digits?)(?: (?:i typed(?: that)?|sorry|i sent|above))?(?: (?:it is|it should be"
        "|should be|the right one is|i meant))?"
        "|(?:i made |there is |i have |it is )?(?:a )?(?:typo|mistake|wrong digit|error) in (?:my|the) "
        "(?:phone )?numbers?"
        "|(?:the|my) (?:phone )?numbers? (?:is|was|are) (?:wrong|incorrect|not right|mistyped)(?: (?:it is"
        "|it should be|should be))?"
        "|(?:i )?(?:mistyped|misspelled|typed) (?:the|my) number(?: wrong)?"
        "|(?:change|correct|fix|edit) (?:the|my) (?:phone )?numbers?(?: to move)?"
        "|(?:can i|i want to|i need to) (?:change|correct|fix|edit) (?:the|my) (?:phone )?numbers?"
        "|that is not my number|not my number",
        "account title label source company stays"),
    row("change_later", "tell",
        "change correct edit fix",
        "(?:can|could) i (?:still )?(?:change|correct|edit|fix) (?:it|this|that|them|something|my (?:answers?"
        "|mind)|an answer|things)(?: later| afterwards| after)?"
        "|what if i (?:make|made) a (?:mistake|typo)",
        FREE),
    row("no_service", "tell",
        "work service lose phone interruption downtime outage use",
        "(?:will|does|can|would|do) (?:i|we|<my><line>|it) (?:still |be able to |continue to |keep )*(?:work"
        "|working|lose <my>(?:<line>)|use <my><line>|have service|be without <my>(?:<line>)|stop working|go dead"
        "|ring|make calls)(?: .{1,40})?"
        "|(?:is|will) there (?:be )?(?:any )?(?:down ?time|interruption|outage|a gap)(?: .{1,30})?"
        "|what happens to <my><line>(?: .{1,30})?",
        FREE),
    row("texting", "tell",
        "text texts texting sms imessage whatsapp messages 2fa codes",
        "(?:(?:will|can|do|does|what about|how about|what happens to|is) )(?:i |we |my |the |be able to "
        "|still )*(?:lose )?(?:get |receive |send )?(?:text(?:s|ing| messages?)?|sms|imessage|whatsapp|(?:bank"
        "|2fa|verification|security|my) codes)(?: (?:still |also )?(?:work|move|stop|transfer|be ok|be moved"
        "|come|over|too|working|from my bank|right away))*",
        FREE),
    row("voicemail", "tell",
        "voicemail voicemails mailbox",
        "(?:what about|what happens (?:to|with)|will|do|does|can|how about|is|are) (?:i |we )?(?:lose |keep "
        "|save )?<my>(?:saved |old )?(?:voice ?mails?(?: box)?|mailbox)(?: .{1,30})?",
        FREE),
    row("phone_change", "tell",
        "esim sim phone device unlock unlocked",
        "(?:do|will|can|should|must|does) (?:i|we) (?:need|get|have to|keep|use|buy|change|also)(?: (?:get|buy"
        "|keep|use|change|have|need|swap))* <my>(?:new |same |physical )*(?:esim|e sim|sim(?: card)?|phone"
        "|device|iphone|handset)(?: .{1,25})?"
        "|what about (?:my )?(?:esim|e sim|sim(?: card)?)"
        "|(?:i|we) (?:am|are|have|just|got|bought|want|will)(?: getting| to get| buy| bought| got| changed"
        "| switched)? (?:an? |my |to )*(?:new )?(?:esim|e sim|phone|iphone|device|sim(?: card)?)"
        "|(?:does|must|is) (?:my|the) phone (?:have to be |need to be |be )?(?:un)?locked",
        f"{FREE} line"),
    row("toll_free", "tell",
        "toll 800 tollfree 888 877 866",
        "(?:(?:it is|this is|i have|we have|what about|can you (?:move|port|transfer)|do you (?:do|move|port)"
        "|can i (?:move|port)) )(?:a |an |my |our )*(?:toll ?free|1? ?800|888|877|866)(?: numbers?| lines?)?"
        "|toll ?free(?: numbers?)?",
        f"line {FREE}"),
    row("google_voice", "tell",
        "google",
        "(?:it is|this is|i have|we have|mine is|what about|can you (?:move|port|transfer)|do you (?:do|move"
        "|port)) (?:a |an |my |on )*google ?voice(?: numbers?| account| line)?",
        f"carrier {FREE}"),
    row("abroad", "tell",
        "international mexico mexican foreign abroad internationally country countries uk british overseas outside",
        "(?:(?:it is|this is|i have|we have|what about|can you (?:move|port|transfer)|do you (?:do|move|port"
        "|work in)|can i (?:move|port)) )(?:a |an |my |our |in |from )*(?:international|mexican"
        "|mexico|foreign|uk|british|overseas)(?: (?:phone )?numbers?| lines?)?"
        "|(?:i am|we are|i live) (?:in |from )?(?:mexico|abroad|overseas|another country|outside "
        "(?:of )?the (?:us|usa|states))"
        "|does (?:it|this) work (?:abroad|internationally|in other countries)",
        FREE),
    row("canada", "tell",
        "canada canadian",
        "(?:(?:it is|this is|i have|we have|what about|can you (?:move|port|transfer)|do you (?:do|move|port"
        "|work in)|can i (?:move|port)) )(?:a |an |my |our |in |from )*(?:canadian|canada)"
        "(?: (?:phone )?numbers?| lines?)?"
        "|(?:i am|we are|i live) (?:in |from )?canada|does (?:it|this) work in canada",
        FREE),
    row("business", "tell",
        "business personal company residential",
        "(?:is|does) (?:it|this|that) (?:only |also |just |work )*(?:for )?(?:a |an )*(?:businesses|business"
        "|companies|residential|personal)(?: (?:or|and|numbers?|lines?|use|only|personal|business))*"
        "|(?:do|can) you (?:also )?(?:do|move|port|take) (?:business|personal|company)(?: (?:numbers?|lines?"
        "|phones?|or|and|personal|business))*"
        "|does it matter (?:if|whether) .{0,20}(?:business|personal).{0,20}"
        "|(?:it is )?both business and personal|business or personal",
        FREE),
)  # fmt: skip
