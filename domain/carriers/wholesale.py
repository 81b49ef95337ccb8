"""Carriers that companies build on, and that stand behind resellers: their customers read consoles, not bills."""

from domain.carriers import hints
from domain.carriers.facts import Carrier, CarrierId, Fact, advice, read, read_advice
from domain.readers.pins import ANY_PIN, PinRule

_TWILIO_AWAY = "support.twilio.com/hc/en-us/articles/223132027"
_BANDWIDTH = "dev.bandwidth.com/numbers/guides/portoutPasscode.html"
_NOTICES = "supremecall.com, port outs: notifications and prevention"
_VOIPMS_AWAY = "support.telnyx.com/en/articles/5595770"
_TELNYX = "developers.telnyx.com/docs/numbers/porting/port-out-quickstart"
_VOIPMS = "wiki.voip.ms/article/Port_Out_PIN (2019-08-07)"


def _carrier(
    key: str,
    name: str,
    *aliases: str,
    account: Fact,
    pin: Fact,
    lock: Fact | None = None,
    oddity: Fact | None = None,
    pin_rule: PinRule = ANY_PIN,
) -> Carrier:
    row = CarrierId(key)
    return Carrier(row, name, aliases, account, pin, lock, pin_rule=pin_rule, number_class="voip", oddity=oddity)


def _unverified(key: str, name: str, company: str, *aliases: str) -> Carrier:
    return _carrier(key, name, *aliases, account=hints.account(company), pin=hints.office_pin(company))


WHOLESALE: tuple[Carrier, ...] = (
    _carrier(
        "twilio",
        "Twilio",
        "twillio",
        "twilio flex",
        "twilio voice",
        account=Fact(
            "The Account SID (AC...), in the Twilio Console under Account, General Settings.", hints.RESELLERS
        ),
        pin=advice(
            "Look under Console, Phone Numbers, Port Out Settings if a port-out passcode is set, and send only that. "
            "Never send a password or token: our desk arranges the rest with you.",
            hints.RESELLERS,
        ),
        oddity=Fact(
            "A number on a sub-account needs the SID of that sub-account. Approve Twilio's port-away notice.",
            f"{hints.RESELLERS}; {_TWILIO_AWAY}",
        ),
    ),
    _carrier(
        "telnyx",
        "Telnyx",
        "telnyx llc",
        account=hints.account("Telnyx"),
        pin=hints.office_pin("Telnyx"),
        oddity=read(
            "Telnyx e-mails when the move is asked for: approve it there; after 24 to 48 hours it goes on by itself.",
            _TELNYX,
        ),
    ),
    _carrier(
        "bandwidth",
        "Bandwidth",
        "bandwidth.com",
        "bandwidth inc",
        account=hints.account("Bandwidth"),
        pin=read("The port-out passcode set on the number, if any: a wrong one is refused at once.", _BANDWIDTH),
    ),
    _unverified("plivo", "Plivo", "Plivo"),
    _carrier(
        "sinch",
        "Sinch / Inteliquent",
        "sinch",
        "inteliquent",
        "neutral tandem",
        "sinch voice",
        account=hints.account("Sinch"),
        pin=read_advice("Ask their support if a PIN was set on the number.", _NOTICES),
    ),
    _carrier(
        "onvoy",
        "Onvoy",
        "onvoy llc",
        account=hints.account("Onvoy"),
        pin=read_advice("Ask their support if a PIN was set on the number.", _NOTICES),
    ),
    _unverified("peerless", "Peerless Network", "Peerless", "peerless", "peerless networks"),
    _carrier(
        "flowroute",
        "Flowroute",
        "flow route",
        account=hints.account("Flowroute"),
        pin=read_advice("There seems to be none. Ask Flowroute to be sure.", _NOTICES),
        oddity=read_advice(
            "Flowroute e-mails a notice when the move is asked for: look out for it and answer.", _NOTICES
        ),
    ),
    _carrier(
        "voip_ms",
        "VoIP.ms",
        "voip ms",
        "voipms",
        account=read(
            "In the VoIP.ms portal, not on the invoice. A sub-account may have details of its own.", _VOIPMS_AWAY
        ),
        pin=read(
            "Four digits of your choice, under Main Menu, Account Settings, Security; US numbers with a lock icon.",
            _VOIPMS,
        ),
        pin_rule=PinRule(usual=4),
        lock=read("An orange lock beside a number means that the PIN is on: empty the field to turn it off.", _VOIPMS),
    ),
    _unverified("signalwire", "SignalWire", "SignalWire", "signal wire"),
    _unverified("commio", "Commio / thinQ", "Commio", "commio", "thinq"),
    _unverified("voxbone", "Voxbone", "Voxbone"),
    _unverified("didww", "DIDWW", "DIDWW"),
    _unverified(
        "voip_innovations",
        "VoIP Innovations / Sangoma",
        "VoIP Innovations",
        "voip innovations",
        "sipstation",
        "sangoma",
    ),
)
