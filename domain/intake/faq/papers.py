"""The papers that a move needs."""

from domain.intake.faq.entry import Entry, entry

ROWS: tuple[Entry, ...] = (
    entry("what_needed", "papers", """
        What do you need to port my number?
        Which information do I have to provide?
        What should I have ready before I begin?
        Which documents are required?
        What items are needed to get started?
        What paperwork do I need?
        What do I have to send you?
        Is there a checklist of what to prepare?
        What will I need for this?
        What should I prepare?
        Which details do you ask for?
        Anything to get ready before we start?
        Which papers should I dig out?
        What do you require from me?
        What information is necessary?
        What do you need from me?
        Which documents do I need for porting?
        What should I get together before I write to you?
        Give me a list of everything that you require
        What do I have to collect?
    """),
    entry("letter", "papers", """
        What is a Letter of Authorization?
        What is an LOA?
        Why do I have to sign an LOA?
        What am I signing?
        How do I sign the letter of authorization?
        Can I upload an LOA that is already signed?
        Where do I get the LOA form?
        Is a typed signature valid?
        Do I need to print and sign anything?
        What is this authorization you want?
        What does the letter say?
        Why do you want my signature?
        Can I sign it on my phone?
        Do I have to fill in a form by hand?
        I have an LOA from another provider, can you use that?
        Is typing my name enough?
        Do you need ink on paper?
        Do you accept electronic signatures?
        What is the form that I have to sign?
        Why is a signature needed?
        Can I send you a scan of the signed form?
    """),
    entry("who_signs", "papers", """
        Who has to sign the LOA?
        Can someone else sign the letter?
        Can I send the letter to my boss for signing?
        The account holder is another person, can I still port?
        I am not the account owner, who must sign?
        What does unauthorized signature mean?
        Who is the authorized user?
        My husband owns the account, can I sign for him?
        Can my assistant sign for me?
        My wife's name is on the account, can she sign?
        Whose signature do you need?
        Can the letter be signed by someone in my office?
        The bill is in my mother's name
        Who is allowed to sign?
        Can I email the letter to the owner?
        The phone is under my late husband's name, who signs?
        Can you mail the form to our CFO?
        Who is supposed to sign this?
        The owner is away, can I sign?
        My boss has to sign, how do I get it to him?
        The account is my dad's
        Am I allowed to sign for the company?
        Who counts as authorized on the account?
    """),
    entry("bill", "papers", """
        Which bill do you need?
        How recent must the phone bill be?
        How old can my invoice be?
        What has to be on the bill?
        Can I send a photo of my bill?
        Which pages of the invoice do you want?
        Does the bill have to be a PDF?
        How do I prove that the number is mine?
        What counts as proof of ownership?
        How do I upload my bill?
        Is a photo of the bill okay?
        Is last month's bill recent enough?
        What do you need the bill for?
        My bill is two months old, is that okay?
        Can I upload a screenshot of my bill?
        The bill has many pages, do you need them all?
        How can I show that I own the number?
        My last statement is from September, is that still good?
        Does it need to show every number or is page one enough?
        Is a bill from last quarter okay?
        Must my address be on the invoice?
        What kind of bill do you accept?
        Can I cover the amounts on the bill?
        Is an electronic bill okay?
    """),
    entry("no_bill", "papers", """
        What can I provide if I do not have a bill?
        I do not get invoices, what can I send instead?
        Is a screenshot of my account enough?
        Can I send a receipt instead of the invoice?
        What are the alternatives to a phone bill?
        I have no statement because I am prepaid
        Do you take anything else than a bill?
        We do not get bills, is a screenshot fine?
        I have only a receipt
        I can not find my bill
        I lost my bill, what now?
        What instead of a bill?
        I am paperless and have no bill
        We never receive an invoice
        It is prepaid so I never get a bill, what do you take instead?
        What else can I show instead of a bill?
        Will an order confirmation do?
        My company does not send bills
        Can I use a screenshot of the app?
        Is an email from my carrier enough?
    """),
    entry("csr", "papers", """
        What is a CSR?
        What is a customer service record?
        How do I get a CSR from my carrier?
        How do I see what my carrier has on file?
        Can you look up what my carrier has on record?
        Where do I request my customer service record?
        How do I find out what their record says about me?
        What does CSR stand for?
        How would I get a customer service record?
        What does my carrier have on file about me?
        Who gives me the CSR?
        Can you pull up what is on file for us?
        Who has the customer service record?
        What is in the CSR?
        Do I need to order a CSR?
        How do I ask for my record?
    """),
)  # fmt: skip
