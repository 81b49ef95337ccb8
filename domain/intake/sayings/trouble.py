"""What went wrong with the line, and with whom the customer is not content: danger first."""

from domain.intake.sayings.phrases import FREE, Row, row

ROWS: tuple[Row, ...] = (
    row("already_cancelled", "flag",
        "cancelled closed terminated ended disconnected deactivated quit",
        "(?:i|we|she|he|they|<co>) (?:called (?:<co> )?(?:and )?)?(?:have |has )?(?:already |just "
        "|accidentally )*(?:cancelled|closed|terminated|ended|disconnected|deactivated|quit)(?: (?:it|everything"
        "|me|us|<my>(?:<co> )?<line>|<co>))?(?: with <co>)?<when>"
        "|(?:already |just )(?:cancelled|closed|disconnected)(?: (?:it|<my>(?:<co> )?<line>|<co>))?<when>"
        "|(?:it|<my>(?:<co> )?<line>) (?:is|was|has been|have been|got|are|were) (?:already |just |now )*"
        "(?:cancelled|closed|terminated|disconnected|deactivated)<when>"),
    row("suspended", "flag",
        "suspended shut cut turned blocked deactivated restricted suspend",
        "(?:it|<my>(?:<co> )?<line>) (?:is|was|has been|have been|got|are|were) (?:already |just |now "
        "|currently )*(?:suspended|shut off|cut off|turned off|blocked|restricted)<when>(?: by <co>)?"
        "|<co> (?:have |has )?(?:suspended|shut off|cut off|turned off|blocked) (?:me|us|it|<my><line>)"
        "(?: off)?<when>"
        "|what if (?:it|<my><line>) is suspended",
        "stays"),
    row("suspended", "flag",
        "work working works",
        "(?:it|<my>(?:<co> )?<line>) (?:does not|do not|is not|stopped) (?:work|working|ring)<when>",
        f"working line {FREE}"),
    row("fax", "fax",
        "fax",
        "(?:(?:it|this|that|mine)(?: number| line)? is |it is )(?:for )?(?:only |just )?(?:a |an |my |our |the )*"
        "(?:office |business |home )?fax(?: line| number| machine)?",
        f"line name {FREE}"),
    row("special_line", "flag",
        "dsl internet alarm alarms fax elevator elevators lift broadband wifi modem machine terminal alert "
        "hunt security",
        "(?:(?:i|we) (?:also )?(?:have|got|use|run)|there is|it is|this is) <my><special>(?: (?:on|over|through"
        "|with|connected to|tied to|using) (?:it|<my><line>|the same line))?"
        "|<my><special> (?:is|are|runs?|goes|works?|comes?|uses?) (?:on|over|through|tied to|connected to"
        "|with)? ?(?:it|<my><line>|the same line)"
        "|(?:what (?:about|happens (?:to|with))|how about) <my><special>"
        "|(?:will|does|can|do) (?:i (?:lose|keep) )?<my><special>(?: (?:still |also )?(?:work|stop|go|move|stay"
        "|be)(?: working)?(?: fine)?)?",
        f"{FREE} line name"),
    row("unpaid", "tell",
        "owe unpaid outstanding due overdue behind balance paid paying debt",
        "(?:i|we) (?:still )?(?:owe|have an?) (?:<co> |some |a lot of |still )*(?:money|unpaid <bill>"
        "|unpaid balance|outstanding (?:balance|bill)|past due (?:balance|bill)|overdue bill|balance|debt)"
        "(?: of .{1,20})?(?: (?:to|with|at|on) .{1,30})?"
        "|<my>(?:<bill>|balance|account) (?:is|are) (?:past due|overdue|unpaid|not paid|behind|outstanding)"
        "|(?:i|we) am behind (?:on|with) .{1,25}|(?:i|we) have not paid(?: <my>(?:<bill>|it))?"
        "|(?:i am|we are) still paying (?:off )?<my><line>(?: off)?"
        "|(?:do i have to|must i|should i) pay (?:<co> |it |<my><bill> ?)?(?:first|off|before.*)?"
        "|what if i (?:still )?owe .{1,25}",
        FREE),
    row("lock_on", "tell",
        "lock locked protection freeze frozen",
        "<my>(?:number|account|line|port out|port|sim|wireless account|it) ?(?:lock|protection|freeze)(?: (?:is"
        "|was))?(?: still)?(?: turned)?(?: (?:on|active|enabled))?"
        "|<my>(?:line|number|account|it) (?:is|was) (?:locked|frozen)"
        "|(?:(?:how|where) (?:do|can) i|(?:do|must|should) i (?:have to |need to )?) ?(?:turn off|unlock|remove"
        "|disable) <my>(?:number|account|port|line|sim)? ?(?:lock|protection|freeze|number)?"
        "|(?:i|we) have (?:a |the )*(?:number|account|port|sim)? ?(?:lock|freeze|port protection)(?: on)?(?: "
        "(?:it|my (?:line|account|number)))?",
        FREE),
    row("carrier_refuses", "person",
        "refuse refuses release let",
        "<co> (?:says? )?(?:they )?(?:(?:will not|does not|do not|would not|did not|can not) (?:let|release"
        "|allow|give up)|refuses? to|refuse)(?: to)?(?: (?:let|release|move|port|give|me|my|us|it|the|go|leave"
        "|number|line|up|cooperate|do it|help))*",
        FREE),
    row("carrier_notice", "tell",
        "text message sms email call warning",
        "(?:i|we) (?:just )?(?:got|received|have) <my>(?:text|message|sms|email|call|warning) from <co>"
        "(?: .{1,60})?"
        "|<co> (?:just )?(?:texted|emailed|called|messaged|wrote|sent) me(?: .{1,60})?",
        FREE),
    row("complaint", "person",
        "refund complain complaint money sue lawyer fcc report",
        "(?:i )?(?:want|need|demand|would like)(?: to)? (?:a |my |make a |file a |get a )*(?:refund|complaint"
        "|complain|money back)"
        "|refund|complaint|give me (?:back )?my money(?: back)?"
        "|(?:i will|i am going to|i am gonna|going to) (?:sue(?: you)?|report you(?: .{1,25})?|complain"
        "(?: .{1,25})?|call (?:my|a) lawyer)"
        "|how (?:do|can) i (?:complain|get a refund)"),
)  # fmt: skip
