"""Service addresses: one message, split only where it is certain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.readers import Unreadable, postboxes, zips
from domain.readers.addresses import Address, Doubt, Doubtful, read_address
from domain.readers.provinces import LETTER_PROVINCES, PROVINCES
from domain.readers.states import CROSSING_ZIPS, STATES, ZIP_STATES

TAIL = ", Springfield, IL 62701"


@pytest.mark.parametrize(
    ("text", "street", "unit", "city"),
    [
        ("120 Main St, Springfield, IL 62701", "120 Main St", "", "Springfield"),
        ("120 Main St Springfield IL 62701", "120 Main St", "", "Springfield"),
        ("120 main st\nspringfield il\n62701", "120 main st", "", "springfield"),
        ("120 Main St, Springfield IL, 62701, USA", "120 Main St", "", "Springfield"),
        ("120 Main St, Springfield 62701 IL", "120 Main St", "", "Springfield"),
        (
            "My address is 120 Main St., Springfield, Illinois 62701",
            "120 Main St",
            "",
            "Springfield",
        ),
        ("120 Main St, Apt 4, Springfield, Illinois 62701", "120 Main St", "Apt 4", "Springfield"),
        ("120 Main St Apt 4B, Springfield, IL, 62701", "120 Main St", "Apt 4B", "Springfield"),
        ("120 Main St Apt 4B Springfield IL 62701", "120 Main St", "Apt 4B", "Springfield"),
        ("120 Main St Unit B Springfield IL 62701", "120 Main St", "Unit B", "Springfield"),
        ("120 Main St #4 Springfield IL 62701", "120 Main St", "#4", "Springfield"),
        ("120 Main St, 2nd Floor, Springfield, IL 62701", "120 Main St", "2nd Floor", "Springfield"),
        ("John Smith\n120 Main St\nSpringfield, IL 62701", "120 Main St", "", "Springfield"),
        ("120 Park Ave Lake Forest IL 60045", "120 Park Ave", "", "Lake Forest"),
        ("One Main St, Springfield, IL 62701", "One Main St", "", "Springfield"),
        ("12 1/2 Oak Ln, Springfield, IL 62701", "12 1/2 Oak Ln", "", "Springfield"),
        ("RR 2 Box 15, Springfield, IL 62701", "RR 2 Box 15", "", "Springfield"),
        ("RR 2 Box 15 Springfield IL 62701", "RR 2 Box 15", "", "Springfield"),
        ("RR-2 Box 15, Springfield, IL 62701", "RR-2 Box 15", "", "Springfield"),
        ("HC-01 Box 1234, Springfield, IL 62701", "HC-01 Box 1234", "", "Springfield"),
        ("Hwy Contract Route 2 Box 5, Springfield, IL 62701", "Hwy Contract Route 2 Box 5", "", "Springfield"),
        ("State Route 9 Box 12, Springfield, IL 62701", "State Route 9 Box 12", "", "Springfield"),
        ("County Rd 9 Box 12, Springfield, IL 62701", "County Rd 9 Box 12", "", "Springfield"),
        ("HC 1 Box 3, Springfield, IL 62701", "HC 1 Box 3", "", "Springfield"),
        ("Rural Route 2 Box 15, Springfield, IL 62701", "Rural Route 2 Box 15", "", "Springfield"),
        ("12 Box Elder Rd, Springfield, IL 62701", "12 Box Elder Rd", "", "Springfield"),
        ("14 Post Office Rd, Springfield, IL 62701", "14 Post Office Rd", "", "Springfield"),
        ("9 Drawer Ln, Springfield, IL 62701", "9 Drawer Ln", "", "Springfield"),
    ],
)
def test_an_address_is_split_as_typed(text: str, street: str, unit: str, city: str) -> None:
    code = text.replace(", USA", "").split()[-1]
    zip_code = code if code.isdigit() else "62701"
    assert read_address(text) == Address(street, unit, city, "IL", zip_code)


@pytest.mark.parametrize(
    ("text", "city", "state"),
    [
        ("120 Main St St Louis MO 63101", "St Louis", "MO"),
        ("120 Main St, Charleston, West Virginia 25301-1234", "Charleston", "WV"),
        ("120 N Main St NW, Washington, D.C. 20001", "Washington", "DC"),
        ("120 Main St, Box Elder, SD 57719", "Box Elder", "SD"),
        ("1600 Pennsylvania Ave NW Washington DC 20500", "Washington", "DC"),
        ("W1234 County Rd B, Mayville, WI 53050", "Mayville", "WI"),
        ("12-34 56th Ave, Flushing, NY 11355", "Flushing", "NY"),
        ("350 5th Ave New York NY 10118", "New York", "NY"),
        ("120 Avenue B, New York, New York 10009", "New York", "NY"),
        ("120 Main St West Palm Beach FL 33401", "West Palm Beach", "FL"),
        ("120 Broadway New York NY 10271", "New York", "NY"),
        ("77 Beacon St, Boston, Mass 02108", "Boston", "MA"),
        ("12 Ocean Ave, Fishers Island, NY 06390", "Fishers Island", "NY"),
    ],
)
def test_the_state_is_found_by_name_or_abbreviation(text: str, city: str, state: str) -> None:
    read = read_address(text)
    assert isinstance(read, Address)
    assert (read.city, read.state) == (city, state)


@pytest.mark.parametrize(
    "street",
    [
        "PO Box 12", "P.O. Box 12", "P O Box 12", "P. O. Box 12", "PO-Box 12", "POBox 12", "P/O Box 12",
        "P.O.B. 12", "POB 12", "P O B 12", "P0 Box 12", "PO Bx 12", "p.o.box12", "PO Box A", "PO Box",
        "Post Office Box 12", "Postal Box 12", "Post Box 12", "Box 12", "Box #12", "Box No. 12", "PO 12",
        "PO Drawer 5", "Drawer 5", "PO Bin 5", "Lock Box 5", "Lockbox 5", "Caller Service 12",
        "Caller Box 12",
        "General Delivery", "PMB 12", "Mail Box 12", "PO Lockbox 7", "Post Ofc Box 12", "P.M.B. 12", "Box Twelve",
        "C/O PO Box 12", "P.OBox 12",
        "Firm Caller 1200", "PO Box Twelve", "Box 12-B", "#12 PO Box",
    ],
)  # fmt: skip
def test_a_po_box_is_refused(street: str) -> None:
    assert read_address(street + TAIL) == Unreadable("address.po_box")
    assert read_address((street + TAIL).lower()) == Unreadable("address.po_box")


@pytest.mark.parametrize("text", ["Box 12345", "Casilla 1187", "apartado 7", "PO Box 62701", "CP 12", "Box 1187 IL"])
def test_a_box_alone_is_refused_though_its_number_looks_like_a_zip(text: str) -> None:
    assert read_address(text) == Unreadable("address.po_box")


def test_a_po_box_without_commas_is_refused() -> None:
    assert read_address("PO Box 12 Springfield IL 62701") == Unreadable("address.po_box")


@pytest.mark.parametrize("unit", ["PMB 12", "Box 12"])
def test_a_mail_stores_box_beside_a_street_is_asked_about(unit: str) -> None:
    assert read_address(f"120 Main St {unit}{TAIL}") == Doubtful(
        Address("120 Main St", unit, "Springfield", "IL", "62701"), (Doubt("address.private_mailbox"),)
    )


@pytest.mark.parametrize(
    "text",
    [
        "The UPS Store, 120 Main St #12",
        "120 Main St, UPS Store #12",
        "c/o PostNet, 120 Main St",
    ],
)
def test_a_store_that_rents_out_boxes_is_asked_about(text: str) -> None:
    read = read_address(text + TAIL)
    assert isinstance(read, Doubtful)
    assert read.doubts == (Doubt("address.private_mailbox"),)


@pytest.mark.parametrize("text", ["120 Main St, PO Box 12", "PO Box 12, 120 Main St", "120 Main St (PO Box 12)"])
def test_a_street_with_a_box_beside_it_is_asked_about_and_the_street_is_what_counts(text: str) -> None:
    assert read_address(text + TAIL) == Doubtful(
        Address("120 Main St", "", "Springfield", "IL", "62701"), (Doubt("address.box_beside", {"box": "PO Box 12"}),)
    )


@pytest.mark.parametrize(
    ("text", "code", "lacks"),
    [
        ("Main St, Springfield, IL 62701", "address.needs_house_number", "house_number"),
        ("120, Springfield, IL 62701", "address.needs_street", "street"),
        ("Springfield IL 62701", "address.needs_street", "street house_number"),
        ("120 Main St, IL 62701", "address.needs_city", "city"),
        ("120 Main St Apt 4 IL 62701", "address.needs_city", "city"),
        ("120 Main St, Springfield 62701", "address.needs_state", "state"),
        ("12345 Main St, Springfield, IL", "address.needs_zip", "zip"),
        ("120 Main St", "address.needs_city", "city state zip"),
        ("", "address.needs_street", "street house_number city state zip"),
    ],
)
def test_what_an_address_lacks_is_named(text: str, code: str, lacks: str) -> None:
    assert read_address(text) == Unreadable(code, {"lacks": lacks})


@pytest.mark.parametrize(
    "text",
    [
        "120 Main St Louis MO 63101",
        "120 Court St Springfield Ave IL 62701",
        "10 Main St Apt North Adams MA 01247",
        "10 Main St Rear Springfield MA 01101",
        "120 Main St, behind the church, Springfield, IL 62701",
        "120 Main St please send it all to Springfield IL 62701",
    ],
)
def test_an_address_with_two_readings_is_asked_for_with_commas(text: str) -> None:
    assert read_address(text) == Unreadable("address.split")


def test_a_zip_of_another_state_is_refused() -> None:
    assert read_address("120 Main St, Springfield, IL 90001") == Unreadable(
        "address.zip_not_in_state", {"zip": "90001", "state": "IL", "fits": "CA"}
    )


@pytest.mark.parametrize("state", ["KY", "TN"])
def test_a_zip_on_both_sides_of_a_state_line_is_taken_on_either(state: str) -> None:
    assert isinstance(read_address(f"12 Screaming Eagle Blvd, Fort Campbell, {state} 42223"), Address)


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        (
            "120 Main St, Chicago, IL 62701",
            Doubt(
                "address.zip_of_other_city", {"zip": "62701", "state": "IL", "city": "Chicago", "known": "Springfield"}
            ),
        ),
        (
            "120 Main St, Atlantis, IL 62701",
            Doubt(
                "address.zip_of_other_city", {"zip": "62701", "state": "IL", "city": "Atlantis", "known": "Springfield"}
            ),
        ),
        (
            "120 Main St, Springfield, IL 62700",
            Doubt("address.unknown_zip", {"zip": "62700", "state": "IL", "city": "Springfield"}),
        ),
        (
            "12 Ocean Ave, Fishers Island, CT 06390",
            Doubt(
                "address.zip_of_next_state", {"zip": "06390", "state": "CT", "city": "Fishers Island", "known": "NY"}
            ),
        ),
        (
            "120 Peachtree St, Atlanta, GA 30301",
            Doubt("address.zip_for_boxes", {"zip": "30301", "state": "GA", "city": "Atlanta"}),
        ),
        (
            "100 Queen St W, Toronto, ON H3G 1K4",
            Doubt("address.postal_code_not_in_province", {"zip": "H3G 1K4", "state": "ON", "city": "Toronto"}),
        ),
    ],
)
def test_a_code_that_fits_badly_is_asked_about_and_not_refused(text: str, doubt: Doubt) -> None:
    read = read_address(text)
    assert isinstance(read, Doubtful)
    assert read.doubts == (doubt,)


@pytest.mark.parametrize(
    ("code", "city"),
    [
        ("63101", "St. Louis"), ("63101", "saint louis"), ("76102", "Ft Worth"), ("10550", "Mount Vernon"),
        ("27101", "Winston-Salem"), ("11373", "Queens"), ("91601", "N Hollywood"), ("62701", "Sprngfield"),
        ("62701", "City of Springfield"), ("60302", "Chicago"),
    ],
)  # fmt: skip
def test_a_citys_other_names_a_slip_of_the_finger_and_a_neighbour_fit_its_zip(code: str, city: str) -> None:
    known = zips.find_zip(code)
    assert known is not None
    assert zips.city_fits(city, known)


def test_a_street_with_an_odd_number_is_asked_about() -> None:
    read = read_address("Old Mill 4x9, Springfield, IL 62701")
    assert isinstance(read, Doubtful)
    assert read.doubts == (Doubt("address.odd_house_number", {"street": "Old Mill 4x9"}),)


def test_a_town_whose_only_zip_is_for_boxes_has_streets_too() -> None:
    assert isinstance(read_address("12 Ocean Ave, Fishers Island, NY 06390"), Address)


def test_a_zip_nobody_has_is_refused() -> None:
    assert read_address("120 Main St, Springfield, IL 00000") == Unreadable("address.no_such_zip", {"zip": "00000"})


def test_a_military_address_is_no_place_of_service() -> None:
    assert read_address("PSC 12 Box 34, APO, AE 09012") == Unreadable("address.military")


def test_an_endless_address_is_refused() -> None:
    assert read_address("1" * 300) == Unreadable("address.too_long", {"longest": "200"})


def test_every_state_has_a_zip_prefix_and_a_name() -> None:
    served = set().union(*ZIP_STATES.values())
    assert set(STATES.values()) == served - {"FM", "MH", "PW"}
    assert len(set(STATES.values())) == 59


@pytest.mark.parametrize(
    ("prefix", "state"),
    [
        ("100", "NY"),
        ("606", "IL"),
        ("902", "CA"),
        ("021", "MA"),
        ("733", "TX"),
        ("995", "AK"),
        ("006", "PR"),
        ("205", "DC"),
    ],
)
def test_a_prefix_belongs_to_its_state(prefix: str, state: str) -> None:
    assert state in ZIP_STATES[prefix]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "302-1450 rue Sherbrooke Ouest, Montréal, QC H3G 1K4",
            Address("1450 rue Sherbrooke Ouest", "302", "Montréal", "QC", "H3G 1K4", "CA"),
        ),
        (
            "1450, rue Sherbrooke Ouest, bureau 302, Montréal (Québec) h3g1k4",
            Address("1450 rue Sherbrooke Ouest", "bureau 302", "Montréal", "QC", "H3G 1K4", "CA"),
        ),
        (
            "#1204 - 788 Richards St, Vancouver, British Columbia, V6B 0C7, Canada",
            Address("788 Richards St", "#1204", "Vancouver", "BC", "V6B 0C7", "CA"),
        ),
        ("125 9 Ave SE Calgary AB T2G 0P6", Address("125 9 Ave SE", "", "Calgary", "AB", "T2G 0P6", "CA")),
        ("RR 2, Lanark, ON K0G 1K0", Address("RR 2", "", "Lanark", "ON", "K0G 1K0", "CA")),
        (
            "SITE 6 COMP 10 RR 8 STN MAIN, Saskatoon, SK S7K 1M2",
            Address("SITE 6 COMP 10 RR 8 STN MAIN", "", "Saskatoon", "SK", "S7K 1M2", "CA"),
        ),
    ],
)
def test_a_canadian_address_is_read_with_its_country(text: str, address: Address) -> None:
    assert read_address(text) == address


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("100 Queen St W, Toronto, M5H 2N2", "address.needs_province"),
        ("100 Queen St W, Toronto, ON", "address.needs_postal_code"),
        ("100 Queen St W, Toronto, Canada", "address.needs_province"),
    ],
)
def test_what_a_canadian_address_lacks_is_named_as_canadians_name_it(text: str, code: str) -> None:
    read = read_address(text)
    assert isinstance(read, Unreadable)
    assert read.code == code


def test_every_province_has_a_name_and_a_first_letter() -> None:
    assert set(PROVINCES.values()) == set().union(*LETTER_PROVINCES.values())
    assert len(set(PROVINCES.values())) == 13
    assert set(LETTER_PROVINCES) == set("ABCEGHJKLMNPRSTVXY")


def test_a_zip_on_a_state_line_is_known_and_lies_in_one_of_its_states() -> None:
    assert len(CROSSING_ZIPS) == 13
    for code, states in CROSSING_ZIPS.items():
        known = zips.find_zip(code)
        assert known is not None
        assert known.state in states


def test_the_whole_data_of_zips_agrees_with_the_prefixes() -> None:
    for state in ("IL", "NY", "PR"):
        for places in zips._cities(state).values():
            assert all(state in ZIP_STATES[place.code[:3]] for place in places)


@pytest.mark.parametrize("text", ["po box 1,", "box 9 rr ", "gen del ", "12 post office ", "calle ", "caller no # - "])
def test_a_box_is_looked_for_in_no_time_however_long_the_text(text: str) -> None:
    postboxes.find_box(text * 400)


@given(
    st.text(
        alphabet=st.one_of(st.sampled_from("120 Main St,PO Box\nILil62701#.-/H3G rue"), st.characters()), max_size=80
    )
)
def test_no_text_makes_the_reader_of_addresses_fail(text: str) -> None:
    assert isinstance(read_address(text), Address | Doubtful | Unreadable)
