"""What porting is, and who may ask for it."""

from domain.intake.faq.entry import Entry, entry

ROWS: tuple[Entry, ...] = (
    entry("what_is_porting", "basics", """
        What is porting?
        What does it mean to port a number?
        What does porting mean?
        Explain number porting to me
        What is number portability?
        What exactly do you do with my number?
        What do you mean by moving a number?
        What is this porting thing?
        I do not understand what port means
        What is a port in?
        I am a beginner, what does porting mean?
        What is port in and port out?
        Is porting the same as forwarding?
        Porting = what?
    """),
    entry("how_it_works", "basics", """
        How does porting work?
        What does the porting process look like?
        What are the steps to move my number?
        How do I start?
        How do I port my number to you?
        What happens step by step?
        Walk me through the process
        What do I have to do to switch my number over?
        How do I submit a port request?
        What is the procedure?
        How do I get my number over to you?
        What do I do to transfer a number to you?
        Can you explain how this goes?
        How do we get started?
        Can you give me an overview of what is going to happen?
        Where do we begin?
        What comes next and after that?
        How does this work?
        What is the process for moving a number?
        I want to move my number, what is the first step?
        How do I request a transfer?
        How do I get this going?
        What do I have to do to start?
        I have never done this, explain the steps
    """, "stands"),
    entry("which_numbers", "basics", """
        Which numbers can be ported?
        What kind of numbers can you move?
        Can I port my number from another carrier?
        Can you take my number from any company?
        Do you accept numbers from other US carriers?
        Is my number portable?
        Can my number be moved at all?
        Can I bring my existing number with me?
        How do I check whether my number can be transferred?
        Do you port landlines and cell phones?
        Does my number qualify?
        Are you able to take over my cell number?
        Will you accept a prepaid number?
        Can you port a business line?
        Can you take a home phone number?
        Is my area covered, can you take my number?
        How can I tell if my number is eligible?
        Do I get to keep my phone number?
        Could you take my number, I have had it for years?
        Is it possible to keep my old phone number with you?
        Can I move my number from Verizon?
        Do you take mobile numbers?
        Can you port from Cricket?
        Are there numbers that you can not take?
        Can I bring my number to you?
        Would my number work with you?
    """),
    entry("ported_or_new", "basics", """
        What is the difference between a ported number and a number bought from you?
        Does a ported number work like a number bought from you?
        Does a moved number have the same features as a new one?
        Is a ported number as good as a purchased number?
        Should I buy a new number instead of porting?
        What can I do with the number once it is ported?
        Are there functions missing on ported numbers?
        Can a ported number do everything that your own numbers can?
        What is the downside of a ported number?
        Are ported numbers treated differently from your own numbers?
        What is better, porting or getting a new number?
        Will my old number have call tracking like the ones that you sell?
        Does my own number get the same functions as your numbers?
        Can I record calls on a ported number?
    """),
    entry("many_numbers", "basics", """
        How do I port many numbers at once?
        Can I send a list of numbers?
        Can I upload a CSV or Excel file with my numbers?
        We have fifty numbers, do I have to type them all?
        Can I move several numbers in one request?
        Is there a template for bulk porting?
        In which format do I write the numbers?
        How many numbers can I port in one go?
        Do you have a spreadsheet template?
        Can I give you all my numbers in an Excel sheet?
        What columns does the CSV need?
        Can we do all our lines together in one list?
        We have dozens of lines to transfer
        What is the maximum count of numbers in a request?
        Can I paste a long list?
        Our company has more than a hundred lines, can we send a file?
        Do I type the numbers with dashes or without?
        Do I need the country code in front?
        Can I attach a spreadsheet?
        How do I enter multiple numbers?
        Is there a limit on how many lines?
        Do you offer bulk porting for large accounts?
        Can you handle hundreds of DIDs in one order?
        We have two hundred numbers to port
    """),
    entry("eligible", "basics", """
        Who can start a port request?
        Do I need an account with you before porting?
        Do I need a credit card on file to port?
        Can I port during the free trial?
        Does my account have to be in good standing?
        Do I have to be an administrator or manager to submit a request?
        Who on my team may ask for a port?
        Do I have to be a customer of yours first?
        Am I allowed to request this as a manager?
        Can any employee request a port or only the admin?
        Do you need my payment details before porting?
        Are there conditions for my account with you?
        Do we need an active subscription?
        Can I port on a trial account?
        Do you take customers without a credit card?
        Who in our company is allowed to order this?
        Do I need admin rights?
        My manager has to approve it, is that okay?
    """),
)  # fmt: skip
