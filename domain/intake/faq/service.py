"""What becomes of calls and texts, during the move and after it."""

from domain.intake.faq.entry import Entry, entry

ROWS: tuple[Entry, ...] = (
    entry("do_i_cancel", "service", """
        When can I cancel my old service?
        Should I cancel my old carrier before porting?
        How long do I have to keep my old service?
        Do I have to tell my old company that I am leaving?
        Will my old service be cancelled automatically?
        Can I close my account with my current provider now?
        Do I need to keep paying my old carrier?
        What if I cancel my service too early?
        Is it safe to end my old plan now?
        When is it safe to cancel my old carrier?
        Do I tell my carrier that I am leaving or do you?
        How long must I keep paying the old company?
        Do you cancel my old contract for me?
        Can I cancel now?
        Should I call my carrier to cancel?
        When do I get rid of the old plan?
        Should I call Verizon and tell them to close my account?
        At what point do I drop my old plan?
        Does porting cancel my old account?
        What do I tell my old carrier?
        How many days after the move may I cancel?
        Who ends my contract with the old company?
        When can I stop paying AT&T?
    """, "keep"),
    entry("no_service", "service", """
        Will my phone work during the port?
        Will there be downtime?
        Can I still receive calls while the number is being transferred?
        Will I lose service when the number moves?
        How do I avoid missing calls?
        Is there an interruption of service?
        What should I do to make the transition seamless?
        Can I use my number in the meantime?
        Will my customers notice anything?
        Will we be without phones for a while?
        Can people still call me during the switch?
        Does my phone keep working until then?
        Will my number be down?
        Do calls still come in while I wait?
        Is my line dead during the transfer?
        Can I still use my phone?
        Is my line going to be dead for a couple of days?
        We can not afford to miss customer calls
        How do you make sure that nothing is lost?
        How long is the outage?
        Can people reach me the whole time?
        Will calls be dropped?
        Do I lose calls on the day?
        Can I keep using the phone while this is going on?
    """),
    entry("texting", "service", """
        Can I send and receive SMS with a ported number?
        Will text messages work after the port?
        When will texting work?
        Why do I not get texts on my moved number?
        How do I turn on text messaging?
        Do my texts move too?
        How long until SMS is enabled?
        I can not receive text messages since the number moved
        Will I miss verification codes?
        Can a landline get texts?
        Will I still get texts?
        Texting does not work since the move
        Do text messages come over as well?
        Why can I not send texts?
        Can customers text the number?
        What about SMS?
        Can my clients still text that number afterwards?
        No texts are coming in since the port, is that normal?
        When do texts work again?
        Are texts included?
        Will I get security codes from my bank?
        Can I use SMS on a toll free number?
    """),
    entry("destination", "service", """
        What is a receiving number?
        What is a forwarding number?
        Why do I need another number for the calls?
        Where will my calls go after the move?
        What is a destination number?
        Can I change where calls are forwarded?
        Can calls ring on my cell phone?
        What if I have no other number to forward to?
        Can I forward calls to several phones?
        Why do you want a second number?
        Where do my calls go?
        Can I pick another phone for the calls?
        Which number should calls ring at?
        Do I need a phone to receive the calls?
        What number do I forward to?
        What is meant by a forwarding number?
        Can it ring both my cell and the office?
        Where should calls ring?
        Can my calls go to my mobile?
        Does the number ring on my old phone afterwards?
        Can calls go to voicemail?
        What do I put as the receiving number?
        What is the difference between the number that I port and the one on which it rings?
    """, "rings"),
    entry("test_call", "service", """
        What should I do after the port day?
        How do I test my number after porting?
        What do I have to do after the number has moved?
        How do I know that it works?
        Do I need to make a test call?
        What should I check after the port is complete?
        Calls still go to my old phone after the port
        Calls do not arrive since the number moved
        What to do when the port is finished?
        It is done now, what should I check?
        Calls still ring on the old phone
        My number moved but I get no calls
        What is left to do after the move?
        The number does not ring since it moved
        My number moved today, is there anything I need to do on my side?
        How can I tell that calls really arrive with you?
        How do I try it out?
        What now that it has moved?
        People say that they can not reach me since the move
        Some calls still go to the old place
    """),
    entry("pending_after", "service", """
        Why does my number show as pending after the port was completed?
        My number is still pending in my account
        The number is ported but not active
        When does the number become active in my account?
        It says pending although it has moved
        The number says pending but you told me it has moved
        Why is it pending?
        What does pending in the list mean?
        My dashboard lists it as pending although it is ported
        Still pending after porting, why?
        The status of the ported number is pending
    """),
    entry("set_up", "service", """
        When will the number appear in my account?
        How do I set up routing for the ported number?
        Can I configure my number before it is ported?
        What is a tracking source?
        How do I assign the number to a campaign?
        Where do I change the call settings of the number?
        Can I name the number or give it a label?
        Can it go to our main menu or a queue?
        Where do I set up the call routing?
        When does the number show up in my account?
        Where do I see the number in the dashboard?
        Can I prepare the routing before it moves?
        How do I set where calls are answered and what callers hear?
        Can I configure the greeting and the menu before it arrives?
        How do I pick the tracking source?
        Can I set up everything in advance?
        Where do I change the greeting?
        How do I add the number to a user?
        Which account will the number be in?
    """),
)  # fmt: skip
