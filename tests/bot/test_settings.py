"""Settings: what cannot be used is refused in one sentence that names it, and no secret is ever shown."""

import re
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import rules
from bot.settings import Settings, SettingsError, read_settings
from domain.desk.roles import WATCHED

TOKENS = {
    "TELEGRAM_BOT_TOKEN": "123456:telegram-canary",
    "SLACK_BOT_TOKEN": "xoxb-slack-canary",
    "SLACK_SIGNING_SECRET": "signing-canary",
    "SLACK_DESK_CHANNEL": "C0DESK",
    "SLACK_STAFF": "U0STAFF1",
}
SECRETS = (
    "TELEGRAM_BOT_TOKEN",
    "SLACK_BOT_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_APP_TOKEN",
    "ENCRYPTION_KEYS",
    "TELEGRAM_WEBHOOK_SECRET",
    "SMTP_URL",
)
FROM_FILE = "smtp://from-file:from-file@localhost?from=desk@example.com"
WEBHOOK = {"TELEGRAM_WEBHOOK_URL": "https://desk.example/telegram/webhook"}

REFUSED: list[tuple[str, dict[str, str]]] = [
    *(
        ("PORT", {"PORT": port})
        for port in ("http", "0", "-1", "65536", "8080.5", "80 80", "\N{SUPERSCRIPT TWO}", "٨٠٨٠")
    ),
    *(("LOG_LEVEL", {"LOG_LEVEL": level}) for level in ("LOUD", "10", "WARN\n")),
    ("POLICY_FILE", {"POLICY_FILE": "nowhere.toml"}),
    ("SLACK_BOT_TOKEN", {"TELEGRAM_BOT_TOKEN": "1:a"}),
    ("TELEGRAM_BOT_TOKEN", {"SLACK_BOT_TOKEN": "xoxb-1"}),
    ("SLACK_SIGNING_SECRET", {**TOKENS, "SLACK_SIGNING_SECRET": ""}),
    ("SLACK_DESK_CHANNEL", {**TOKENS, "SLACK_DESK_CHANNEL": ""}),
    ("SLACK_STAFF", {**TOKENS, "SLACK_STAFF": ""}),
    *(
        ("TELEGRAM_WEBHOOK_SECRET", {**WEBHOOK, "TELEGRAM_WEBHOOK_SECRET": secret})
        for secret in ("", "with space", "umlaut-ä", "a" * 257, "semi;colon", "line\nbreak")
    ),
    *((f"{name}_FILE", {f"{name}_FILE": "/nowhere/secret"}) for name in SECRETS),
    *(
        ("SMTP_URL", {**TOKENS, "SMTP_URL": url})
        for url in (
            "canary",
            "http://mail.example?from=a@b.example",
            "smtp://?from=a@b.example",
            "smtp://mail.example:port?from=a@b.example",
            "smtp://mail.example:99999?from=a@b.example",
            "smtp://mail.example",
            "smtp://canary:canary@mail.example",
            "smtp://canary@mail.example?from=a@b.example",
            "smtp://canary:ca#nary@mail.example?from=a@b.example",
            "smtp://mail.example/canary?from=a@b.example",
            "smtp://mail.example?from=canary",
            "smtp://mail.example?from=",
            "smtp://mail.example?from=a@b.example&from=c@d.example",
            "smtp://mail.example?from=a%0d%0aBcc:c@d.example",
            "smtp://mail.example?from=\N{LATIN SMALL LETTER U WITH DIAERESIS}@b.example",
            "smtp://mail.example?from=a@b.example&tls=no",
            "smtp://ma\til.example?from=a@b.example",
        )
    ),
    ("SMTP_URL", {"SMTP_URL": "smtp://mail.example?from=a@b.example"}),  # the sandbox writes to nobody
    *(("UNDO_SECONDS", {"UNDO_SECONDS": value}) for value in ("soon", "-1", "86401", "nan", "inf")),
    *(("DIGEST_AT", {"DIGEST_AT": value}) for value in ("25:00", "morning")),
    *(("DESK_TIMEZONE", {"DESK_TIMEZONE": value}) for value in ("Mars/Olympus", "../etc/passwd", "/etc/passwd")),
]

POLICIES: list[tuple[str, str]] = [
    ("desk.coffee", '[desk]\ncoffee = "strong"'),
    ("undo_seconds", "undo_seconds = 60"),
    ("moon", 'moon = "full"'),
    ("garden.roses", "[garden]\nroses = 3"),
    ("desk.timezone", '[desk]\ntimezone = "Mars/Olympus"'),
    ("desk.digest_at", '[desk]\ndigest_at = "late"'),
    ("desk.undo_seconds", "[desk]\nundo_seconds = -5"),
    ("porting.shortest_lead_days", "[porting]\nshortest_lead_days = -1"),
    ("porting.longest_lead_days", "[porting]\nlongest_lead_days = 1.5"),
    ("porting.window_end", '[porting]\nwindow_start = "09:00"\nwindow_end = "08:00"'),
    ("policy.toml", "[desk"),
    *(
        (f"costs.{name}", f"[costs]\n{name} = {value}")
        for name in ("port_fee", "monthly_fee")
        for value in ("4", "4.5", '"4.5"', '"-1.00"', '"1,000.00"', '"$4.00"', '""', "[]", '"12345678.00"')
    ),
    *(("costs.currency", f"[costs]\ncurrency = {value}") for value in ('""', '"dollars"', "1", '"\\n"')),
    *(
        (f"times.{name}", f"[times]\n{name} = {value}")
        for name in ("wireless_days", "landline_days", "voip_days", "toll_free_days", "fax_days", "canada_days")
        for value in ("5", "[5]", "[0, 5]", "[5, 4]", "[1, 2, 3]", '["1", "2"]', "[1.5, 2]", "[true, true]", "[1, 366]")
    ),
    *(
        (f"intake.{name}", f"[intake]\n{name} = {value}")
        for name in ("sources", "companies")
        for value in (
            '"Flyer"',
            '[""]',
            "[1]",
            '["a", "A"]',
            '[" a"]',
            '["a\\nb"]',
            str(["x" * 31]),
            str([f"s{n}" for n in range(13)]),
        )
    ),
    *(("served.countries", f"[served]\ncountries = {value}") for value in ("[]", '["MX"]', '"US"', '["US", "US"]')),
    *(("served.classes", f"[served]\nclasses = {value}") for value in ("[]", '["pager"]', '"fax"', '["fax", "fax"]')),
    ("served.classes", '[served]\ncountries = ["US"]'),  # Canadian classes without their country
    ("served.countries", '[served]\nclasses = ["wireless"]'),  # and the other way round
    *(("intake.asks_label", f"[intake]\nasks_label = {value}") for value in ('"yes"', "1", "[]")),
    *(("privacy.keep_letters_years", f"[privacy]\nkeep_letters_years = {value}") for value in ("1", "101", '"long"')),
    *(
        (f"eligibility.{name}", f"[eligibility]\n{name} = {value}")
        for name in ("good_standing", "payment_card", "not_on_trial")
        for value in ("1", '"yes"', "[]")
    ),
    *(
        (f"{section}.{name}", f"[{section}]\n{name} = {value}")
        for section, name in (
            ("ages", "bill_days"),
            ("ages", "letter_days"),
            ("ages", "letter_toll_free_days"),
            ("drafts", "close_days"),
        )
        for value in ("0", "366", "-1", "1.5", '"month"')
    ),
    *(("drafts.remind_hours", f"[drafts]\nremind_hours = {value}") for value in ("0", "721", "1.5")),
    *(("porting.cancel_cutoff_hours", f"[porting]\ncancel_cutoff_hours = {value}") for value in ("-1", "241", "2.5")),
    ("porting.keep_toll_free_days", "[porting]\nkeep_toll_free_days = -1"),
    ("intake.mails", "[intake]\nmails = true"),
    *(
        (f"porting.{name}", f"[porting]\n{name} = {value}")
        for name in ("shortest_lead_days", "longest_lead_days", "keep_old_service_days", "keep_toll_free_days")
        for value in ('"\N{SUPERSCRIPT TWO}"', '"5"', "99999999999", "366", "true", "[1]")
    ),
    *(
        (f"porting.{name}", f"[porting]\n{name} = {value}")
        for name in ("window_start", "window_end")
        for value in ('"08:00+02:00"', "1", "2026-11-22")
    ),
    ("porting.longest_lead_days", "[porting]\nshortest_lead_days = 40\nlongest_lead_days = 30"),
    ("porting.longest_lead_days", "[porting]\nlongest_lead_days = 0"),
    *(
        ("company.name", f"[company]\nname = {value}")
        for value in ('""', "[1]", "1", '" A"', '"A\\nB"', f'"{"A" * 61}"', '"Ahoy 😀"')
    ),
    *(
        ("company.lines", f"[company]\nlines = {value}")
        for value in ('"one"', "[1]", '[""]', '[" A"]', '["A", "B", "C", "D", "E", "F"]', f'["{"A" * 61}"]', '["📞 1"]')
    ),
    *(("company.logo", f"[company]\nlogo = {value}") for value in ("1", "[]", '" logo.png"')),
    *(("relay.lease_seconds", f"[relay]\nlease_seconds = {value}") for value in ("0", "1", "601", '"long"', "nan")),
    ("drafts.remind_hours", "[drafts]\nremind_hours = 720\nclose_days = 1"),
    ("drafts.remind_hours", "[drafts]\nremind_hours = 24\nclose_days = 1"),
    *((f"eligibility.{name}", f'[eligibility]\n{name} = "True"') for name in ("good_standing", "not_on_trial")),
    *(("desk.timezone", f"[desk]\ntimezone = {value}") for value in ('"America"', "1", '""')),
]


def refusal(env: dict[str, str], root: Path) -> str:
    with pytest.raises(SettingsError) as raised:
        read_settings(env, root)
    return str(raised.value)


def is_one_sentence(text: str) -> bool:
    return text.endswith(".") and "\n" not in text and not re.search(r"[.!?] [A-Z]", text) and "Error" not in text


@pytest.mark.parametrize(("name", "env"), REFUSED)
def test_a_setting_that_cannot_be_used_is_refused_by_its_name_in_one_sentence(
    name: str, env: dict[str, str], tmp_path: Path
) -> None:
    sentence = refusal(env, tmp_path)
    assert name in sentence
    assert is_one_sentence(sentence)
    assert "canary" not in sentence


@pytest.mark.parametrize(("rule", "text"), POLICIES)
def test_a_rule_that_cannot_be_used_is_refused_by_its_name(rule: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text(text)
    sentence = refusal({}, tmp_path)
    assert rule in sentence
    assert "policy.toml" in sentence
    assert "\n" not in sentence
    assert len(sentence) < 200


def test_nothing_set_is_the_sandbox_beside_the_program(tmp_path: Path) -> None:
    settings = read_settings({}, tmp_path)
    assert not settings.has_tokens
    assert settings.database_url == f"sqlite:///{tmp_path}/data/port.db"
    assert (settings.host, settings.port, settings.log_level) == ("127.0.0.1", 8080, "INFO")
    assert settings.telegram_api == "https://api.telegram.org"
    assert settings.slack_api == "https://slack.com/api/"


def test_empty_settings_count_as_not_set(tmp_path: Path) -> None:
    names = ("PORT", "LOG_LEVEL", "POLICY_FILE", "DATA_DIR", "HOST", "SLACK_API_URL", "UNDO_SECONDS", *TOKENS)
    assert read_settings(dict.fromkeys(names, ""), tmp_path) == read_settings({}, tmp_path)


def test_levels_are_taken_in_any_case(tmp_path: Path) -> None:
    assert read_settings({"LOG_LEVEL": "debug"}, tmp_path).log_level == "DEBUG"


def test_no_secret_is_shown(tmp_path: Path) -> None:
    env = {**TOKENS, "DATABASE_URL": "postgresql://desk:canary@host/name", "ENCRYPTION_KEYS": "canary-key"}
    env |= {"SLACK_APP_TOKEN": "xapp-canary", "TELEGRAM_WEBHOOK_SECRET": "hook-canary"}
    env |= {"SMTP_URL": "smtp://canary:canary@mail.example?from=desk@example.com"}
    settings = read_settings(env, tmp_path)
    assert "canary" not in repr(settings)
    assert "canary" not in f"{replace(settings, port=9)!s}"
    assert settings.has_tokens


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_comes_from_a_file_without_its_line_end(name: str, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{FROM_FILE if name == 'SMTP_URL' else 'from-file'}\n")
    env = {other: value for other, value in TOKENS.items() if other != name} if name in TOKENS else dict(TOKENS)
    settings = read_settings({**env, f"{name}_FILE": str(file)}, tmp_path)
    assert "from-file" in secrets_of(settings)


def test_a_file_counts_more_than_the_variable(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("from-file")
    settings = read_settings({**TOKENS, "SLACK_BOT_TOKEN_FILE": str(file)}, tmp_path)
    assert settings.slack_token == "from-file"


def secrets_of(settings: Settings) -> tuple[str, ...]:
    return (
        settings.telegram_token,
        settings.slack_token,
        settings.slack_signing_secret,
        settings.slack_app_token,
        settings.encryption_keys,
        settings.telegram_webhook_secret,
        settings.mail.password if settings.mail is not None else "",
    )


def test_a_secret_file_that_is_no_text_is_refused_in_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_bytes(b"\xff\xfe\x00")
    sentence = refusal({"ENCRYPTION_KEYS_FILE": str(file)}, tmp_path)
    assert "ENCRYPTION_KEYS_FILE" in sentence


def test_a_policy_file_that_is_no_text_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_bytes(b"\xff\xfe\x00")
    assert "policy.toml" in refusal({}, tmp_path)


def test_the_environment_counts_more_than_the_policy_file(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('[desk]\ntimezone = "America/Denver"\ndigest_at = "07:00"\nundo_seconds = 5\n')
    env = {"POLICY_FILE": "own.toml", "DIGEST_AT": "09:30", "UNDO_SECONDS": "0"}
    policy = read_settings(env, tmp_path).policy
    assert (policy.desk_zone, policy.digest_at, policy.undo) == (ZoneInfo("America/Denver"), time(9, 30), timedelta(0))


def test_copies_by_mail_are_offered_where_there_is_a_server_for_them(tmp_path: Path) -> None:
    server = {"SMTP_URL": "smtp://mail.example?from=desk@example.com"}
    settings = read_settings({**TOKENS, **server}, tmp_path)
    assert settings.mail is not None
    assert (settings.mail.host, settings.mail.port, settings.mail.sender) == ("mail.example", 587, "desk@example.com")
    assert settings.policy.wishes() == ("email:",)
    assert not read_settings(TOKENS, tmp_path).policy.mails


def test_the_sandbox_may_write_to_a_mail_server_on_this_computer(tmp_path: Path) -> None:
    assert read_settings({"SMTP_URL": "smtp://localhost:2525?from=desk@example.com"}, tmp_path).policy.mails


def test_costs_times_and_choices_come_from_the_policy_file(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text(
        '[costs]\nport_fee = "25.00"\nmonthly_fee = "4.50"\ncurrency = "CA$"\n'
        "[times]\nwireless_days = [1, 3]\nlandline_days = [7, 7]\n"
        '[intake]\nsources = ["Google Ads", "Flyer"]\ncompanies = ["Main: west"]\nasks_label = true\n'
        "[privacy]\nkeep_letters_years = 7\n"
    )
    policy = read_settings({}, tmp_path).policy
    assert (policy.port_fee, policy.monthly_fee, policy.currency) == ("25.00", "4.50", "CA$")
    assert (policy.wireless_days, policy.landline_days) == ((1, 3), (7, 7))
    assert (policy.sources, policy.companies, policy.asks_label) == (("Google Ads", "Flyer"), ("Main: west",), True)
    assert policy.keep_letters == 7


def test_a_list_where_one_value_belongs_is_refused(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text("[porting]\nshortest_lead_days = [1]\n")
    assert "porting.shortest_lead_days" in refusal({}, tmp_path)


def test_staff_rules_and_channels_are_read(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text(
        '[staff]\nfour_eyes = ["staff", "export"]\nfour_eyes_minutes = 5\nagents_may = ["reveal"]\n'
        '[channels]\ncompanies = { "Acme East" = "C0ACME" }\nclasses = { fax = "C0FAX" }\n'
        'regions = { "415" = "C0BAY", CA = "C0CAN" }\n',
        "utf-8",
    )
    policy = read_settings({}, tmp_path).policy
    assert (policy.four_eyes, policy.four_eyes_minutes, policy.agents_may) == (("export", "staff"), 5, ("reveal",))
    assert policy.company_channels == (("Acme East", "C0ACME"),)
    assert policy.channels == ("C0ACME", "C0FAX", "C0BAY", "C0CAN")


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ('[staff]\nfour_eyes = ["everything"]', "at least one of export, reveal, cancel_late, staff"),
        ("[staff]\nfour_eyes_minutes = 0", "between 1 and 1440 minutes"),
        ('[staff]\nagents_may = ["staff"]', "at least one of export, reveal, cancel_late"),
        ('[channels]\nclasses = { cable = "C0123" }', "the names of classes"),
        ('[channels]\nclasses = { fax = "fax-desk" }', "with their ids"),
        ('[channels]\nregions = { "041" = "C0123" }', "US, CA or area codes"),
        ('[channels]\ncompanies = "C0123"', "the names of companies"),
    ],
)
def test_a_staff_rule_or_channel_that_cannot_be_is_refused(tmp_path: Path, rules: str, said: str) -> None:
    (tmp_path / "policy.toml").write_text(rules, "utf-8")
    with pytest.raises(SettingsError, match=said):
        read_settings({}, tmp_path)


def test_the_acts_that_the_rules_may_name_are_those_that_the_desk_watches() -> None:
    assert rules._WATCHED == WATCHED
