"""The facts of the account that the losing carrier compares."""

from domain.intake.faq.entry import Entry, entry

ROWS: tuple[Entry, ...] = (
    entry("exact_match", "account", """
        Does my name have to match the bill exactly?
        Why must everything match 100 percent?
        Does the spelling of the name matter?
        What if the name on the bill is misspelled?
        My business name is written differently on the bill
        What if my record at the carrier is wrong?
        Do commas and abbreviations matter?
        What happens if something does not match?
        Is it a problem if a middle initial is missing?
        Does it matter if I write Street instead of St?
        Is it a problem if the name is spelled wrong on the bill?
        Do I have to copy it letter for letter?
        How exact must the details be?
        Inc or Incorporated, does it matter?
        We changed our company name, what do I put?
        Does capital or small letter matter?
        The bill shows my maiden name, should I put that?
        How picky are they with the name?
        Do I write the name as on the bill?
        My name has an accent, how do I write it?
        The record has an old company name
        Is LLC part of the name?
        Should I correct the typo that is on my bill?
        I go by a nickname, which name do I use?
        Is it my legal name or the name on the bill?
        My name changed when I married
    """),
    entry("address", "account", """
        Which address do you need?
        Can I use a PO box?
        Is it the service address or the billing address?
        What is a service address?
        Why do you not accept a post office box?
        My billing address differs from where the phone is
        Do you want my home address or where the line is installed?
        We get our mail at a mailbox, which address do I put?
        Do you want the mailing address or where the phones are?
        Which address do I put?
        I moved, old address or new address?
        Is my mailing address okay?
        Why do you need a street address?
        The bill goes to our accountant, which address do you want?
        I only have a PO box, will that do?
        What if the service address is not on the bill?
        Is the address of my house needed for a cell phone?
        Our bills go to the head office
        We have moved since, which address counts?
        I moved but the bill has the old place, which one do I give?
        Is it where I live or where the phone is?
    """),
    entry("account_number", "account", """
        Where do I find my account number?
        Do I need an account number?
        Which account number do you mean?
        Is the account number my phone number?
        What if I do not know my account number?
        Where on the bill is the account number?
        I can not find my account number
        How do I find my account number?
        Is it the number at the top of the bill?
        I have two account numbers, which one?
        Which of the numbers on this page is my account number?
        Is the account number the same as my cell number?
        My bill shows no account number
        Where does Verizon show the account number?
        Why do you want my account number?
    """, "account"),
    entry("pin", "account", """
        What is a transfer PIN?
        Where do I get the PIN?
        How do I get a port out PIN from my carrier?
        Which PIN do you need?
        Is it the PIN of my voicemail?
        How long is the transfer PIN valid?
        Is the PIN the last four of my social security number?
        My PIN expired, what do I do?
        They say the PIN is wrong
        What is a passcode for porting?
        Is that the same PIN as for my voicemail?
        Who gives me the PIN?
        Where is my PIN?
        What PIN are you talking about?
        How do I create a transfer PIN?
        Do you need the PIN right now?
        Why do you want a PIN?
        What is the code that they have to give me for leaving?
        How long does a transfer PIN stay good?
        Is it the PIN of my account?
        Where do I request the port PIN?
        Which code do you want?
        My PIN has run out
        Can I give you the PIN later?
        Is my unlock code the PIN?
    """, "pin"),
    entry("no_pin", "account", """
        What if my carrier says there is no PIN?
        My carrier does not use PINs
        What do I enter if there is no porting PIN?
        Can I write N/A for the PIN?
        My provider says I do not need a PIN
        Is 0000 okay as a PIN?
        I never set up a PIN with them
        Do I need a PIN for a landline?
        There is no PIN on my account
        They say they do not have a PIN
        I do not have a PIN
        What if there is no PIN?
        They will not give me a PIN
        Can I leave the PIN blank?
        My landline company never gave me any PIN
        Can I just put 0000?
        Is 1234 okay?
        There is no such code on my account
        Do landlines have a PIN?
        I was told no PIN is required
    """),
    entry("lock", "account", """
        What is a number lock?
        How do I turn off port out protection?
        Do I have to unlock my number before porting?
        My account is locked, can it still move?
        What is port protection?
        How do I remove the freeze on my line?
        Does my SIM lock matter?
        Do I need to switch off number lock first?
        Is there something I have to unlock first?
        My number is locked
        Where do I turn off the transfer lock?
        They mentioned a port freeze on my line
        Does the account have to be unlocked?
        What is a SIM swap protection?
        How do I unlock the number?
        Number lock is on, what do I do?
        Does my phone have to be unlocked?
    """),
)  # fmt: skip
