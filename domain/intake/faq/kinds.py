"""Numbers of a particular kind, or from elsewhere."""

from domain.intake.faq.entry import Entry, entry

ROWS: tuple[Entry, ...] = (
    entry("google_voice", "kinds", """
        Can I port my Google Voice number?
        How do I unlock my Google Voice number?
        My number is with Google Voice
        What do I send for Google Voice instead of a bill?
        Which screenshot do you need from Google Voice?
        How do I move a number away from Google Voice?
        Does this work with Google Voice?
        Is Google Voice okay?
        How does Google Voice unlocking work?
        What do you need from me if it is Google Voice?
        Google Voice has no bill, what do I send?
        Where is the unlock page of Google Voice?
        Does Google charge for unlocking?
    """),
    entry("voip", "kinds", """
        Can I port my VoIP number?
        Can I port my Skype number?
        Do you take numbers of internet phone providers?
        My phone line runs over the internet, can it move?
        Can I move a number from Vonage or RingCentral?
        We use an online phone system, is that portable?
        I have a number from a phone app
        Does this work with an app based number?
        Is a VoIP line okay?
        Our phones are hosted in the cloud, is that a problem?
        Can a Comcast internet phone number move?
        Our number is from RingCentral, is that an issue?
        It is one of those internet lines, is that fine?
        Is an online number portable?
        Can I move my Ooma or Grasshopper number?
        We have a PBX with SIP lines
        Our lines are with a cloud phone system, does that matter?
        My number is from a hosted PBX
    """),
    entry("toll_free", "kinds", """
        How is toll-free porting different from landline porting?
        Can I port an 800 number?
        Can I move my toll free number?
        How does porting an 888 number work?
        How long does a toll-free number take to port?
        What are the phases for a toll free port?
        Is it the same procedure for toll free?
        How are toll free numbers handled?
        What is special about toll-free numbers?
        Does our 877 number go the same way as the local ones?
        How long do 800 numbers take?
        Do toll free numbers need another letter?
        Is a toll free number possible?
    """),
    entry("resporg", "kinds", """
        What is a RespOrg?
        What does responsible organization mean?
        What does it mean when my carrier releases my number?
        My toll-free number was released, is it ported now?
        Why has my carrier released the number but it is not moved?
        Does released mean finished?
        Who is the RespOrg of my number?
        What is a release of a number?
        They told me the number was released
        What does released by the carrier mean?
        Who has to release a toll free number?
        The RespOrg change went through, do you have the number?
        What is changing the RespOrg?
        The old provider released it, what now?
    """, "stands"),
    entry("fax", "kinds", """
        Can I port a fax number?
        How do I move my fax line to you?
        How long does porting a fax number take?
        What do you need for a fax number?
        Our fax should move too
        Is a fax line portable?
        Do you take fax numbers?
        Can our fax come along too?
        Does the fax line get moved as well?
        What paperwork do you need for the fax?
        Is fax separate from the other numbers?
        Can I keep my fax number?
    """),
    entry("canada", "kinds", """
        Can I port a Canadian number?
        Do you move numbers from Canada?
        How long does a Canadian number take?
        My number is with Rogers in Toronto
        What do you need for a Canadian number?
        Do you port from Bell or Telus?
        We have an office in Vancouver, can its number move?
        Do you do Canadian numbers?
        Is a Quebec number okay?
        Does it work in Canada?
        One of our branches sits in Calgary, can you port that line?
        Is Canada possible?
        Is porting in Canada slower?
        What is a reseller name in Canada?
        Can a Toronto number be brought over?
    """),
    entry("abroad", "kinds", """
        Can I port an international number from outside the US?
        Can I port a number from the UK?
        Do you move Mexican numbers?
        Which countries do you support?
        Can I bring a number from another country?
        I have a foreign number in Europe
        My number is from abroad, is that possible?
        Do you port numbers from Australia or Germany?
        Which countries do you cover?
        Is it only for US numbers?
        Can I use a number from overseas?
        My number is German, can it be ported?
        Do you do international porting?
        Is a number from France possible?
        Can I move a number from my home country?
        We have an office in London, can its number move?
        Numbers outside of North America?
    """),
)  # fmt: skip
