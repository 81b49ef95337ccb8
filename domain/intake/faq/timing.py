"""When, how long, and how far."""

from domain.intake.faq.entry import Entry, entry

ROWS: tuple[Entry, ...] = (
    entry("how_long", "time", """
        How long does it take to port a number?
        How many weeks will the port take?
        How much time does the transfer need?
        How long until my number is moved?
        How fast can you port a cell phone number?
        What is the usual time frame for a landline?
        How many days does it normally take?
        What is the average duration?
        How many weeks are we looking at?
        How long will this be?
        How soon can it be done?
        Does it take days or weeks?
        What is the expected time for a mobile number?
        Why does it take so long?
        When do most people have their number moved, days or weeks?
        What is a realistic time frame?
        How long does a cell phone number take?
        How long for an office line?
        How long am I waiting?
        Is two weeks enough?
        How many days until it is done?
        When can I expect this to be finished, in a week or a month?
    """, "times"),
    entry("when", "time", """
        When will my number be ported?
        What is my port date?
        Has my port date been set?
        Can the port happen before or after the scheduled date?
        Can my number move earlier than planned?
        What if the port is late?
        Is the date reliable?
        Why was my port date postponed?
        Will you tell me the date?
        My date has passed and nothing happened
        When does it happen?
        Can it happen sooner than the date you gave me?
        The date passed and nothing has happened
        When do I learn the date?
        What if nothing happens on the date?
        Why do you not know the date yet?
        What day does my number come over?
        Could it be late?
        Any idea when my number moves?
        Do you have a date for me?
        Has the date changed?
        Why is there no date yet?
        When is the transfer date?
        Is my number moving today?
    """, "stands"),
    entry("certain_day", "time", """
        Can you port my number by a specific date?
        Can I choose the day of the port?
        I need the number moved on a certain day
        Can you guarantee a date?
        At what time of day do numbers move?
        Do you port on weekends?
        At which hour will it switch over?
        Can it be done on a Saturday or a holiday?
        Can I schedule the transfer for next month?
        Can I ask for another date?
        Could you do it on the 15th?
        Can you port it on Friday?
        Can it wait until we have moved offices?
        What time in the morning does it switch?
        Can you do it after business hours?
        I would like to set the date myself
        Can we delay the port to a later day?
        Please not before the first of the month
        At what time does it happen?
        We open our store on December 12, can you make it that day?
        Morning or afternoon, when do numbers flip?
        Can you promise a day?
        We need it on a Monday
        Not before January please
        What hours do you port?
        Could we agree on a day?
        Can you hold the port until next week?
        Can I shift the date to another day?
    """),
    entry("rush", "time", """
        Can I expedite a port request?
        Is there a way to speed up the port?
        Can I pay extra to have it done faster?
        Do you have an express service?
        Why is it so slow, can you hurry them?
        Can you escalate my port to make it quicker?
        What can I do to make it go faster?
        Is there any way to make this go faster?
        I would pay for express
        Can you make it quicker?
        It is urgent, can you do something?
        Can this be done sooner?
        This needs to be done asap, is there a premium option?
        This is way too slow for us, can anything be done?
        Can you push my carrier?
        We are in a hurry
        How can I speed things up?
        Is there a fast lane?
        Can you get it done by tomorrow?
        What is the fastest that you can do it?
        Can you do it by next week?
    """),
    entry("different_days", "time", """
        Why do my numbers have different dates?
        Will all my numbers move on the same day?
        Some of my numbers moved and others did not
        Do all numbers port at the same time?
        One number is done but the rest is not
        Why is only one of my lines finished?
        Can all our lines be switched together?
        Why did one number move and the other did not?
        Will both lines switch at the same time?
        Only one of our numbers has moved so far
        Two numbers are still missing
        Do they all go at once?
        I gave you several numbers but only one has a date
        How come only one of our numbers has moved?
        Do my numbers get separate dates?
        Where are my other numbers?
        Half of our lines are done
        Three of our lines moved, the fourth is still with the old company
        Two of four numbers are done
    """, "stands"),
    entry("phases", "time", """
        What are the phases of porting?
        What are the stages of a port?
        What is the CSR phase?
        What is an LSR?
        What does pending activation mean?
        What is a FOC date?
        What does my status mean?
        What does submitted to the carrier mean?
        Which steps come after I submit?
        What stages does a port go through?
        What does FOC mean?
        What is a firm order commitment?
        What is a local service request?
        What does waiting for a date mean?
        What does in review mean?
        Why are we in the LSR phase?
        What does pending activation tell me?
        What is the difference between submitted and accepted?
        What comes after the CSR phase?
        What does carrier review mean?
        What does date set mean?
        Explain CSR and LSR
    """, "stands"),
    entry("status", "time", """
        Where can I see the status of my request?
        How do I follow the progress of my port?
        How will you let me know?
        Will I get an email when it is done?
        How do I know when my number has moved?
        Who tells me when something happens?
        Can I track my port request?
        I have not heard anything, is it still going on?
        Did you get my request?
        How do I check where things stand?
        Where can I look up how far it is?
        Will you write to me when it is done?
        How far along is it?
        Are you still working on it?
        What is going on with my port?
        Do I get notified?
        Is there a page where I can watch the progress?
        Is anything happening with my port?
        I have not heard from you in a week
        Any news?
        How can I check on my request?
        Who keeps me posted?
        Where do I look how my number is doing?
        How will I find out that the number moved?
        How do I keep an eye on my request?
    """, "stands"),
)  # fmt: skip
