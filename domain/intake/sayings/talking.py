"""Talk: who is there, wishes for the conversation itself, other languages, manners."""

from domain.intake.sayings.phrases import FREE, Row, row

ROWS: tuple[Row, ...] = (
    row("robot", "tell",
        "who robot bot human ai machine computer chatbot real person talking name automated what",
        "who (?:are you(?: guys| people)?|is this|am i (?:talking|speaking|chatting) (?:to|with)|is (?:writing"
        "|there)|dis|do you work for|runs this)"
        "|(?:are|is) (?:you|this|it|there) (?:just |even |really )*(?:a |an )*(?:real |actual )*(?:human|person"
        "|robot|bot|ai|machine|computer|chatbot|real|program|automated)(?: (?:or|being|chat|talking"
        r"|person)\b.{0,30})?"
        "|what are you"
        "|am i (?:talking|speaking|chatting) (?:to|with) (?:a |an )*(?:real )?(?:human|person|robot|bot|ai"
        "|machine|computer)(?: or .{1,20})?"
        "|what is your name|(?:which|what) company (?:is this|are you|do you work for)"
        "|bot or human|human or (?:ro)?bot|you are a (?:ro)?bot"),
    row("scam", "tell",
        "scam scammer scammers scamming legit legitimate fraud fake phishing spam safe real trust "
        "trustworthy fishy shady sketchy suspicious know scams genuine",
        "(?:is|are) (?:this|it|that|you|you guys|you people|u) (?:(?:a|an|some|all|really|actually|even|for|kind"
        "|of|any|100|like|one|those) )*(?:scam|scammers?|scams|legit|legitimate|fraud|fake|phishing|spam|real"
        "|safe|secure|trustworthy|genuine|thing|company|business|website|bot)(?: (?:company|or .{1,25}|thing"
        "|business|site))?"
        "|(?:it |this |that )?(?:looks|seems|sounds|feels|smells|is) (?:like |so |very |really |kinda |a bit "
        "|a )*(?:scam|fishy|shady|sketchy|suspicious|fake|phishing|spam)"
        "|scam+(?:mers?)?|you are (?:a |all )*(?:scam|scammers?|fraud|fake)"
        r"|how (?:do|can) i know (?:this|it|you|that|if)\b.{0,60}"
        "|(?:can|should|why should|how can|how do) i trust (?:you|this)"
        r"|i (?:do not|can not) trust (?:you|this|it|bots?)|is it safe to\b.{0,50}|legit",
        FREE),
    row("how_got_me", "tell",
        "get got gave find",
        "how did you (?:get|find) (?:me|my (?:number|name|contact|info))"
        "|(?:who|where) (?:gave|did) you (?:get )?(?:my|this) (?:number|name|contact|info)(?: from)?",
        FREE),
    row("privacy", "tell",
        "privacy data information info private share sell store details safe secret secure",
        "privacy(?: policy)?"
        "|(?:what|how|where) (?:do you do with|will you do with|happens to|do you use|do you store|do you keep"
        r"|is) <my>(?:data|information|info|details|personal \w+)(?: stored| kept| used| safe)?"
        "|(?:is|are) <my>(?:personal )?(?:data|information|info|pin|details|account number) (?:kept )?(?:safe"
        "|secure|private|protected|secret|encrypted)"
        "|(?:do|will) you (?:sell|share|store|keep) <my>(?:personal )?(?:data|information|info|details|number)"
        "|who (?:can see|sees|gets|reads) (?:this|it|that|<my>(?:data|info|information|pin|details))",
        FREE),
    row("delete_data", "tell",
        "delete erase remove gdpr ccpa forget wipe",
        "(?:please |can you |i want you to |i want to )*(?:delete|erase|remove|wipe|forget) (?:all )?(?:of )?"
        "(?:<my>(?:personal )?(?:data|information|info|details|account|messages|chat|records)|me|everything)"
        "(?: (?:that )?you (?:have|know|store|kept)(?: .{1,20})?)?"
        "|(?:gdpr|ccpa)(?: request)?|right to be forgotten"
        "|how (?:do|can) i (?:delete|erase|remove) <my>(?:data|info|information|details)",
        "stays"),
    row("call_me", "person",
        "call ring phone",
        "(?:please |just )*(?:call|ring|phone) (?:me|us)(?: back| up)?(?: (?:at|on|in|when) .{1,25}| tomorrow"
        "| later)?"
        "|(?:can|could|would|will) (?:you|someone|somebody) (?:please )?(?:call|ring|phone)(?: me| us)?"
        "(?: back)?(?: .{1,20})?"
        "|give (?:me|us) a (?:call|ring)"
        "|(?:do you have|what is) (?:a|your|the) (?:phone |support |contact )?number(?: (?:to|i can) call)?"
        "|(?:can|could) i call (?:you|someone|somebody|anyone)"
        "|i (?:want|would like|need) a call(?: back)?"),
    row("person", "person",
        "human person agent representative rep manager supervisor someone somebody operator people support "
        "service staff desk team refund complain complaint lawyer",
        "(?:(?:can|could|may|how (?:do|can)) (?:i|we) |(?:i|we) <want> )?(?:please )?(?:just )?(?:talk|speak"
        "|chat|get|write|complain) (?:to|with|hold of|through to) <human>"
        "|(?:i|we) <want> <human>"
        "|(?:get|give|connect|transfer|put|pass) (?:me|us) (?:to |with |through to |on to )?<human>"
        "|(?:real |live |human )*(?:human|agent|representative|operator|person|manager|supervisor)"
        "|is (?:there )?(?:anybody|anyone|someone|a human|a person) (?:i can (?:talk|speak) to"
        "|there who can help)"),
    row("person", "person",
        "customer live",
        "customer (?:service|support|care)|live (?:chat|support)",
        f"name carrier {FREE}"),
    row("stop", "cancel",
        "stop unsubscribe cancel quit exit abort forget nevermind mind want contact alone give done",
        "stop(?: (?:messaging|texting|writing|contacting|bothering)(?: me)?| this| please| now| all)*"
        "|unsubscribe(?: me)?|opt out"
        "|cancel(?: (?:this|my|the|my porting|my port|the port)(?: request| porting| transfer| port)?)?"
        "|quit|exit|abort|forget (?:it|about it|this)|(?:i )?(?:have )?changed my mind"
        "|leave me alone|do not (?:contact|text|message|write|bother)(?: to)? me|i give up"
        "|(?:i|we) (?:want|would like|need|have decided)(?: to)? (?:cancel|stop|quit)(?: (?:it|this|my|the"
        "|request|port|porting|transfer|everything))*"
        "|i am done with this"
        "|(?:i|we) do not want (?:this|it|to (?:do (?:this|it)|move(?: it)?|port|continue|go on|switch))(?: "
        "(?:my|the) number)?"
        "|i no longer want .{1,25}"),
    row("stop", "cancel",
        "cancel stop nevermind mind",
        "cancel (?:it|that|everything|all)(?: of it)?|stop (?:it|that|everything)|never ?mind",
        "working email label second source title stays"),
    row("start_over", "tell",
        "start begin restart over reset scratch",
        "(?:can (?:i|we) |i want to |i would like to |let us |lets |let me )*(?:start|begin)(?: (?:over|again"
        "|anew|new|fresh|from (?:scratch|the (?:start|beginning))))+"
        "|restart|reset"
        "|(?:i want to )?(?:do|redo) (?:it|this|everything) (?:all )?(?:over|again|from scratch)"),
    row("status", "status",
        "status far progress update news stand happening where going doing coming looking getting done finished "
        "ready complete completed moved ported transferred work worked through move about",
        "status(?: (?:update|please|of my (?:port|request|number)))?"
        "|where (?:are|am|do) (?:we|i|things)(?: stand| at)?"
        "|where (?:is|are) my (?:number|request|port|order|numbers)"
        "|(?:any|is there an?|do you have any) (?:update|updates|news|progress)"
        "|what is (?:the |my )?(?:status|happening|going on|new)(?: .{1,30})?"
        "|how far (?:are (?:we|you)|along (?:are we|is it))"
        "|how (?:is|are) (?:it|that|this|things|everything|<mine>) (?:all )?(?:going|doing|coming(?: along)?"
        "|looking|getting on)"
        "|what about <mine>|(?:is|are|has|have) (?:it|they|<mine>) (?:already )?(?:been )?(?:done|finished|ready"
        "|complete|completed|moved|ported|transferred)"
        "|(?:did|has) (?:it|<mine>) (?:work|worked|go through|gone through|move)",
        FREE),
    row("status", "status",
        "status",
        "status"),
    row("back", "back",
        "back undo previous return oops mistake",
        "(?:can (?:i|we|you) |let me |i want to |i need to |take me )*(?:go |step )?back(?: (?:one|a step"
        "|one step|one question|to the (?:last|previous) (?:one|question|step)))*"
        "|undo(?: that| it| this| last)*|previous(?: question| step)?|(?:i )?made a mistake"
        "|that (?:was|is) (?:wrong|a mistake|a typo)"
        "|(?:can i |i want to )?change (?:my )?(?:last|previous) answer"),
    row("language.es", "tell",
        "spanish espanol hola hablo habla hablas hablan quiero necesito tengo puedo puede pueden cuanto "
        "cuando usted entiendo estoy gracias ayuda telefono numero ingles buenos buenas favor",
        "<speak>(?:spanish|espanol)(?: por favor)?|(?:muchas )?gracias"
        "|hola(?: (?:buenos dias|buenas tardes|buenas|que tal|como estas?))?|buenos dias"
        "|buenas tardes|ayuda(?: por favor)?|no entiendo"
        r"|<three>(?:.*\b(?:hola|hablo|habla|hablas|hablan|quiero|necesito|tengo|puedo|puede|pueden|cuanto|cuando"
        "|usted|entiendo|estoy|gracias|ayuda|telefono|numero|ingles|espanol|favor|esto|tarda|cuesta|mi"
        r"|donde)\b){2}.*"
        "|habla(?:s|n)? (?:usted )?espanol"),
    row("language.fr", "tell",
        "french francais bonjour bonsoir merci je parlez combien pourquoi veux voudrais puis anglais salut",
        "<speak>(?:french|francais)|bonjour|bonsoir|salut|merci(?: beaucoup)?"
        "|parlez vous francais|je ne comprends pas"
        r"|<three>(?:.*\b(?:bonjour|je|vous|parlez|combien|pourquoi|veux|voudrais|puis|anglais|francais|mon"
        r"|numero|telephone|merci|garder|quand|temps|comprends|aide)\b){2}.*"),
    row("language.de", "tell",
        "german deutsch hallo guten danke ich sprechen kostet moechte mochte wie warum bitte nummer",
        "<speak>(?:german|deutsch)(?: bitte)?|hallo|guten (?:tag|morgen|abend)|danke(?: schon)?"
        "|sprechen sie deutsch"
        r"|<three>(?:.*\b(?:hallo|ich|sie|deutsch|englisch|kostet|mochte|moechte|nicht|verstehe|nummer|meine|kann"
        r"|warum|bitte|wie|lange|dauert|das|sprechen|viel)\b){2}.*"),
    row("language.pt", "tell",
        "portuguese portugues ola obrigado obrigada quero preciso tenho posso voce fala falo nao quanto "
        "numero",
        "<speak>(?:portuguese|portugues)|ola|obrigad[oa]|(?:voces? )?falam? portugues|bom dia"
        r"|<three>(?:.*\b(?:ola|quero|preciso|tenho|posso|voces?|fala|falo|nao|quanto|numero|meu|minha|telefone"
        r"|obrigad[oa]|ingles|portugues|tempo|demora|custa)\b){2}.*"),
    row("language.other", "tell",
        "language languages chinese mandarin cantonese russian arabic vietnamese korean japanese tagalog "
        "italian polish hindi creole english ukrainian ciao",
        "<speak>(?:chinese|mandarin|cantonese|russian|arabic|vietnamese|korean|japanese|tagalog|italian|polish"
        "|hindi|creole|ukrainian|(?:an)?other languages?|my language)"
        "|(?:what|which) languages (?:do you (?:speak|know)|are there)"
        "|(?:i|my) (?:do not speak|english is)(?: (?:english|not|very|good|well|bad|much))*"
        "|i (?:do not )?speak (?:only |no |a )*(?:little |bit of )?english|ciao|no english"),
    row("are_you_there", "tell",
        "there anybody anyone online working broken alive stuck respond answer",
        "(?:are )?you (?:still )?(?:there|here|online|alive|awake|working|stuck|broken)"
        "|(?:is )?(?:anybody|anyone|someone) (?:still )?(?:there|here|home|online)(?: who can help)?"
        "|(?:is )?(?:this|it) (?:still )?(?:on|working|broken|stuck|alive)"
        "|why (?:do|are|does) you not (?:answer|answering|respond|responding|reply|replying)"
        "|why does nobody (?:answer|respond|reply)|please (?:answer|respond|reply)",
        f"working {FREE}"),
    row("all_works", "tell",
        "works working work",
        "(?:(?:great|perfect|cool|awesome|nice|good|wow|yay|super|thank you so much) )*"
        "(?:(?:it|all|everything|that|both|they|(?:my|the) (?:line|phone|number)s?) (?:all )?)?"
        "(?:(?:is|are) )?(?:works?|working)(?: (?:fine|great|well|good|perfect|perfectly|flawlessly|like a charm"
        "|as it should|so far|for me|thank you so much))*",
        f"working name carrier {FREE}"),
    row("thanks", "tell",
        "thanks thank thx ty cheers appreciate appreciated",
        "(?:(?:ok|okay|great|perfect|cool|awesome|alright|good|nice|got it|many|all right) )*(?:thanks|thank you"
        "|thx|ty|tysm|cheers)(?: (?:you|so much|very much|a lot|a bunch|again|for (?:your|the|all|everything)"
        "(?: (?:your |the )?(?:help|info|information|patience))?|everyone))*"
        "|(?:i )?(?:really )?appreciate (?:it|that|your help)|much appreciated"),
    row("greeting", "tell",
        "hi hello hey hiya howdy yo greetings good morning afternoon evening sup",
        "(?:hi|hello|hey|hiya|howdy|yo|greetings|good (?:morning|afternoon|evening|day))(?: (?:there|again|bot"
        "|everyone|all|hi|hello|to you|how are you(?: doing)?(?: today)?))*"
        "|(?:hi|hello|hey) (?:sir|team|folks|port of call)|how are you(?: doing)?(?: today)?|sup"
        "|what is up"),
    row("test", "tell",
        "test testing tset asdf asdfasdf qwerty qwer lorem blah bla foo",
        "(?:test|testing|tset|this is a test|just testing|just a test|(?:asdf)+|qwerty?|lorem ipsum(?: .*)?|"
        "(?:blah? ?)+|foo(?: bar)?|test test|testing testing|testing 1 2 3|1 2 3 test)",
        f"name signature {FREE}"),
    row("compliment", "tell",
        "great good nice awesome easy love amazing helpful best smart cool well fantastic",
        "(?:great|good|nice|awesome|cool|clever|smart|best|amazing|excellent) (?:job|bot|work|service|chat ?bot"
        "|robot)(?: ever)?"
        "|(?:you are|this is|that was|it is|this was) (?:so |very |really |pretty |the |actually |super "
        "|quite )*(?:great|awesome|easy|helpful|amazing|nice|cool|best|smart|fantastic|good|fast|wonderful)"
        "(?: bot)?"
        "|(?:i )?(?:love|like) (?:this|it|you|that)(?: bot)?|well done",
        f"name carrier {FREE}"),
    row("unclear", "help",
        "understand mean confused confusing clear what huh sense explain",
        "(?:i )?(?:do not|did not|can not) (?:understand|get (?:it|this|that)|follow)(?: (?:the question"
        "|what you (?:want|mean)(?: from me)?|this|that|you|it|anything))?"
        r"|what (?:do|does) (?:you|that|this|it)(?: \w+)? mean(?: by .{1,30})?|what|what was that"
        "|huh|(?:i am |this is |it is )?(?:so |very |really )*confus(?:ed|ing)"
        "|(?:that |this |it )?makes no sense|(?:can|could) you explain(?: (?:it|that|this))?"
        "|explain(?: please| that| this| it)?|come again"
        "|what do you (?:want|need)(?: (?:me to do|from me))?"),
    row("help", "help",
        "help sos stuck commands",
        "help(?: me| us| out| with this)*|(?:i|we) (?:really )?need (?:some )?help"
        "|(?:can|could) you help(?: me| us)?(?: out| with (?:this|it))?|sos|(?:i am|we are) stuck"
        "|what can you do|commands|what are the commands"),
    row("later", "later",
        "later tomorrow tonight another busy time weekend monday skip not come hold moment minute sec "
        "second wait brb check",
        "(?:(?:can|may|could) (?:i|we) |(?:i|we) (?:will|have to|need to|want to|would like to|would rather"
        "|am going to|can|do not have time) |let us |let me |lets )*(?:(?:do|finish|continue|send|give|get"
        "|come back|go on|tell|answer|be back|write|try|reply|look|look for)(?: (?:you|it|this|that|them|to this"
        "|to it|the rest|<own>(?:bill|pin|account number)|for it))* )?(?:later|tomorrow|tonight|another (?:day"
        "|time)|some other time|this weekend|next week|on monday|in an hour|after work|when i am home)(?: "
        "(?:today|tonight|on|tomorrow|please|this week|morning|when i am home|instead))*"
        "|not (?:now|today|right now|yet|at the moment)"
        "|(?:i am|we are) (?:too )?(?:busy|at work|driving|in a meeting|on the road)(?: (?:right )?now)?"
        "|maybe (?:later|tomorrow)|i (?:do not have|have no) (?:the )?time(?: (?:right )?now)?"),
    row("later", "later",
        "have skip look find",
        "(?:(?:can|could|may) (?:i|we) |let us |lets )?(?:just )?skip(?: (?:it|this|that|the <bill>|<my><bill>))?"
        "(?: (?:for now|step|question|part))*"
        "|(?:(?:i|we) )?(?:do not|did not) have (?:it|that|this|them|<my>(?:<bill>|(?:account )?(?:number|no|info)"
        "|pin)) (?:(?:on|with|near|by) (?:me|us)|handy|at hand|to hand|in front of me|ready)"
        "|(?:i|we) (?:(?:will )?have to|need to|must|got to|would have to) (?:look (?:it|that) up|(?:go )?(?:find"
        "|get|look for|search for) (?:it|that))",
        FREE),
    row("wait", "tell",
        "wait moment minute sec second hold hang brb check checking looking look",
        "(?:wait|hold on|hang on|brb|be right back|(?:one|a|1|just a|just one|give me a|give me one|hold on a"
        "|wait a) (?:sec|second|moment|minute|min)|let me (?:check|look|see|ask|find it|go get it)(?: .{1,25})?"
        "|(?:i am |still )*(?:checking|looking(?: for it)?))(?: (?:let me (?:check|look|see)|i am (?:checking"
        "|looking)))?"),
    row("unsure", "dont_know",
        "know idea clue sure dunno remember find forgot",
        "(?:i |we )?(?:(?:really|honestly) )?(?:do not|can not) (?:know|remember|find it)(?: (?:that|it|this|how"
        "|where it is|what that is|what it is|which))?"
        "|(?:i have )?(?:no (?:idea|clue)|not the slightest idea)|(?:i am )?not sure"
        "|(?:i )?forgot(?: it| that)?|where (?:do|can) i (?:find|get|see) (?:it|that|this)"
        "|where is (?:it|that)",
        f"authority pin {FREE}"),
    row("why", "tell",
        "why come reason what necessary needed required mandatory have",
        "why(?: (?:on earth|the hell|in the world))? (?:do|does|is|are|should|must|would|did|have|need|would|all"
        r"|so|that|this|another)\b.{0,80}"
        "|why|why not|what for|for what|how come(?: .{1,60})?"
        "|what is (?:this|that|it) (?:all )?(?:for|about|needed for)"
        "|what do you need (?:this|that|it|.{1,30}) for"
        "|is (?:this|that|it) (?:really )?(?:necessary|needed|required|mandatory)"
        "|do i (?:really )?have to(?: (?:answer|give|tell)(?: .{1,30})?)?",
        FREE),
    row("why", "tell",
        "why",
        "why"),
    row("rude", "tell",
        "fuck fucking fucked fuckin wtf bullshit asshole shit stupid idiot idiots suck sucks useless dumb "
        "moron crap shut hell hate ridiculous terrible worst bitch piss annoying",
        r".*\b(?:fuck(?:ing|ed|in|er|ers)?|wtf|bullshit|asshole|bitch)\b.*"
        "|(?:you are|this is|it is|what a|that is|you|you guys are|this bot is|this thing is)(?: (?:a|an|so|such"
        "|all|just|really|piece|of|the|absolutely|very|pretty|total|totally|complete|fucking))*(?: (?:stupid"
        "|idiots?|dumb|useless|moron|morons|crap|shit|ridiculous|terrible|worst|sucks?|annoying|garbage|trash"
        "|joke|awful|horrible))+(?: (?:bot|service|thing|robot|company|shit|crap|ever))*"
        "|(?:stupid|dumb|useless|shitty|idiotic|annoying) (?:bot|robot|machine|thing|idiot|questions?)"
        "|(?:this|it|everything) sucks|idiot|shit|stupid|useless|shut up|go to hell"
        "|i hate (?:this|you|bots|it)|screw you|damn(?: it)?"),
)  # fmt: skip
