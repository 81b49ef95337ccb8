"""How a number of each class comes to the desk: what its customer types, presses and sends, a line each."""

PLACE = "120 Main Street, Suite 4, Springfield, IL 62701"
QUEBEC = "1250 Rue Guy, Suite 400, Montreal, QC H3H 2T4"
COMPANY = f"Blue Door Bakery LLC / Tom Baker / {PLACE}"
PERSON = f"Maria Alvarez / {PLACE}"

INTAKES = {
    "wireless": f"""
        415-421-{{n4}}, Verizon Wireless -> No lock holds the number
        [All of that is true]
        @
        [Mine: I am the account holder]
        {PERSON}
        415 200 0100
        998877665-00001
        [All correct, I agree]
        Maria Alvarez -> transfer PIN
        [Later] -> I will ask for the PIN when they are ready to send it
    """,
    "landline": f"""
        415-421-{{n4}}, Comcast Business
        [All of that is true]
        @
        [Mine: I am the account holder]
        {COMPANY} -> stay on the account
        [Nothing stays, no texts]
        415 200 0100
        8155300120012345
        [All correct, I agree]
        Tom Baker -> with our desk
    """,
    "voip": f"""
        415-421-{{n4}}, RingCentral
        [All of that is true] -> screenshot of your account
        @
        [Mine: I am the account holder]
        {PERSON} -> another company underneath
        Onvoy LLC
        415 200 0100
        998877665
        [All correct, I agree]
        Maria Alvarez -> with our desk
    """,
    "google_voice": f"""
        415-421-{{n4}}, Google Voice personal
        [All of that is true] -> google.com/voice/unlock
        [I unlock it later] -> screenshot of the Google Voice settings
        @
        [Mine: I am the account holder]
        {PERSON}
        415 200 0100
        [All correct, I agree]
        Maria Alvarez => Waiting for the unlock
    """,
    "toll_free": f"""
        800-356-{{n4}}, Comcast Business
        [All of that is true]
        @
        [Mine: I am the account holder]
        {COMPANY}
        415 200 0100
        [All correct, I agree] -> RespOrg
        Tom Baker -> with our desk
    """,
    "fax": f"""
        fax 415-421-{{n4}}, Comcast Business
        [All of that is true] -> proof that the fax number is yours
        @
        [Mine: I am the account holder]
        {COMPANY}
        [Nothing stays]
        415 200 0100 -> account id
        8155300120012345
        [All correct, I agree]
        Tom Baker -> with our desk
    """,
    "ca_landline": f"""
        514-861-{{n4}}, 514-861-2346 Bell home phone
        [Yes, main number (514) 861-{{n4}}]
        [All of that is true] -> not required in Canada
        [Go on without]
        [Mine: I am the account holder]
        Blue Door Bakery Inc / Tom Baker / {QUEBEC} -> exact legal name of a reseller
        Distributel
        the line 514-861-2399
        [No texts] -> becomes the main one
        514-861-2399
        415 200 0100
        998877665
        [All correct, I agree]
        Tom Baker -> with our desk
    """,
    "ca_wireless": f"""
        514-861-{{n4}}, Rogers wireless -> YES within 90 minutes
        [All of that is true]
        @
        [Mine: I am the account holder]
        Maria Alvarez / {QUEBEC}
        [No other company]
        [Nothing stays]
        415 200 0100
        998877665
        [All correct, I agree]
        Maria Alvarez -> with our desk
    """,
}
"""Stories as `stories` reads them; each line is a turn."""
