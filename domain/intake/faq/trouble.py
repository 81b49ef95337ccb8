"""What can go wrong, and how a move ends otherwise."""

from domain.intake.faq.entry import Entry, entry

ROWS: tuple[Entry, ...] = (
    entry("rejected", "trouble", """
        Why was my port request rejected?
        What are common reasons for a rejection?
        What do I do if my request is rejected?
        My carrier refused the port
        Why did they decline my transfer?
        How do I fix a rejection?
        What happens after a rejection?
        How do I avoid a rejection?
        They denied my request
        Why did they reject my port?
        What are the usual reasons why carriers refuse?
        It was rejected, now what?
        The other company says no
        What can go wrong?
        Why was it turned down?
        Will it be rejected?
        It came back declined, what do we do?
        What makes a carrier say no?
        What does rejected mean?
        How often do ports fail?
        The port failed
        They refused, what now?
        Which mistakes should I avoid?
    """, "stands"),
    entry("refused_number", "trouble", """
        Why do you not accept my number?
        Why is my number not valid?
        It says the number is a receiving number
        It says the number is already a tracking number
        My number is already in another port request
        Why can I not add this number?
        What does it mean that the number is assigned to a user?
        What is a fail-safe number?
        How do I remove it as a receiving number?
        Why will it not accept the number I typed?
        Why do you refuse a receiving number?
        It says my number is a receiving number
        Why do you say the number is not possible?
        It says the number is already used
        The bot says my number is wrong
        Why does it say that this number can not be used?
        It tells me the number is in another request already
        How do I free a number that receives calls?
        The number is used as a fail-safe
        Why can I not enter my number?
    """),
    entry("unportable", "trouble", """
        What if my number can not be ported?
        What does it mean that my number is unportable?
        My number is not portable, what are the alternatives?
        Can I forward my current number to you instead of porting?
        Can I just buy a new number?
        You do not serve my area, what now?
        How do I get a new number from you?
        Can I forward calls without moving the number?
        If you can not port it, what then?
        Can I forward it to you instead of porting?
        What other options do I have if it can not move?
        Is there plan B if you can not take my number?
        What if you do not cover my city?
        Can you give me a new number?
        Suppose you can not get the number, is there an alternative?
        Could you sell me a new number?
        I would rather have a new number
        What happens if the port is impossible?
        They say it can not be ported
        Can I use call forwarding and keep my carrier?
    """),
    entry("inactive", "trouble", """
        What does number is inactive mean?
        My number is disconnected, can I still port it?
        Can you port a number that is not in service?
        My line is suspended, can it move?
        I lost my number, can you get it back?
        Can I bring back an old number that I cancelled?
        The number is switched off
        How do I reinstate my number?
        My number was disconnected last month, can you still get it?
        I do not have the number any more, can I get it back?
        My old number was cut off
        The service is switched off, can I still transfer?
        Can you recover a lost number?
        They gave up my number
        I let my old number lapse, any chance to get it back?
        The line has been shut off, does that matter?
        My number no longer works
        I cancelled my service last week, can I still get the number?
        Does the number have to be active?
        The SIM is dead
    """),
    entry("main_number", "trouble", """
        What is a billing telephone number?
        What is a BTN?
        What does invalid billing telephone number mean?
        Where do I find the main number of my account?
        What happens to the account if the main number moves?
        What is the master number?
        Which number is the billing number?
        What is the main number of the account?
        Does the BTN have to move too?
        They want a BTN from me, where do I get it?
        Which one is our main number?
        Is the BTN on the bill?
    """),
    entry("resold", "trouble", """
        What is a resold account?
        My provider is a reseller
        They say my account is resold
        How do I find out the underlying carrier?
        My company rents its numbers from another carrier
        My number belongs to another provider than the one I pay
        How do I know if my account is resold?
        Who is the real carrier of my number?
        My provider buys from a bigger company
        My phone company resells lines of someone else
        We buy from a reseller, how do we handle that?
        Who is the underlying provider?
        The number is registered with a wholesale carrier
    """),
    entry("cancel", "trouble", """
        Is it possible to cancel my port request?
        Can I stop the port after I submitted it?
        How do I cancel the transfer?
        Until when can I cancel the port?
        Does it cost anything to cancel the port?
        Can I withdraw my request?
        Can I call off the move?
        I want to take one number out of the request
        Can I still cancel the whole thing?
        What if I change my mind?
        Can I still stop it?
        How do I stop this request?
        I do not want to move any more, what now?
        Is it too late to stop?
        Can I cancel my request?
        If I have second thoughts, how do I back out?
        How late can I still pull the plug?
        How do I cancel?
        Can I undo the port?
        Can you stop the transfer please?
        What happens if I cancel the port?
        I made the request by mistake, can I stop it?
        Can I remove one of the numbers?
        We changed our minds, can you halt it?
        Please stop the transfer
    """, "cancel"),
    entry("leave", "trouble", """
        Can I port my number out again later?
        How do I leave you and take my number with me?
        Can I move back to my old carrier?
        What does it cost to port away from you?
        How do I transfer my number from you to another provider?
        Is my number stuck with you forever?
        Do I still own my number?
        Can I return to my previous company if I am not happy?
        Can I take my number away from you again?
        What if I want to go back to my old carrier?
        Can I leave later with my number?
        Can I move it to someone else later?
        What if I do not like it with you?
        How can I get my number back to my old company?
        Will you let me go with my number if I am unhappy?
        What do you charge for porting out?
        Can I switch away later?
        How does porting out of your service work?
        Am I locked in with you?
        Who owns the number after the port?
        Can I undo it after the number has moved and go back?
        If I quit your service do I lose the number?
        Does the number stay mine if I stop using your service?
    """),
)  # fmt: skip
