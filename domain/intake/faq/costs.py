"""What it costs, here and at the losing carrier."""

from domain.intake.faq.entry import Entry, entry

ROWS: tuple[Entry, ...] = (
    entry("how_much", "costs", """
        How much does it cost to port a number?
        Is porting free?
        Do you charge for porting?
        What is the price per number?
        What are the monthly fees?
        Are there setup fees?
        Does it cost anything to transfer my number?
        What will I pay?
        Is there a fee for bringing my number over?
        How much will I be charged?
        How expensive is it?
        What are your rates?
        Is there any cost?
        Will this cost me something?
        What do you charge for this?
        Is it free?
        How much is it per month?
        What is the fee for each number?
        Can I see your prices?
        Is there a one time fee?
    """),
    entry("billing_start", "costs", """
        Will I be billed while my port request is in progress?
        When does billing start?
        When do I begin to pay you?
        Am I charged before the number has moved?
        Do I pay two companies at the same time?
        From which day do you charge the monthly fee?
        When will I get the first invoice from you?
        From when on do you bill me?
        Do I pay you while I am waiting?
        When is the first payment due?
        Do I pay before it is done?
        Will I be charged right away?
        Am I paying double?
        When will the first charge show up?
        Am I double billed during those weeks?
        Do I start paying when the number moves?
        When do your monthly fees begin?
        Is the first month billed at once?
    """),
    entry("old_fees", "costs", """
        Does my old carrier charge for leaving?
        Is there a port out fee?
        Do I have to pay an early termination fee?
        I am still under contract, what happens?
        Will my provider bill me a cancellation fee?
        Does porting end my contract?
        Do I get money back for the rest of the month from my old company?
        I still pay off my phone with them
        Will my carrier charge me something for leaving?
        My contract runs until next year, is that an issue?
        Is there a penalty when I leave them?
        Does my old company want money when I go?
        What about the contract with my carrier?
        Does my carrier hit me with a penalty if I go?
        I still have months on my contract, is that a problem?
        What does my old company charge me for leaving?
        Do they bill me for ending early?
        Will I lose my discount or my phone plan deal?
    """),
    entry("unpaid", "costs", """
        Can I port if I owe money to my carrier?
        I have an unpaid balance
        Do I have to pay my bill before I port?
        What does unsatisfactory business relationship mean?
        My carrier refuses because of an outstanding balance
        Can they keep my number because of debt?
        I am behind on payments with my provider
        I still owe them money, can they block it?
        Do I have to settle my balance first?
        My bill is not paid yet, is that a problem?
        They want me to pay before they let the number go
        My account is past due, will that stop the transfer?
        They say no because I owe on the last bill, are they allowed to?
        Can they hold my number hostage?
        What if I have not paid my last bill?
        I owe them for the phone
    """),
)  # fmt: skip
