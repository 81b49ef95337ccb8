"""The doctor: each thing that must be right is looked at, and what is wrong is said in words that help."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from bot.clock import Now, utc_now
from bot.commands.doctor import Finding, doctor
from bot.commands.slackcheck import MANIFEST, wanted_scopes
from bot.letters.sealer import own_sealer
from bot.mail.server import read_server
from bot.settings import Settings, read_settings
from domain.policy import Policy
from sandbox.faults import Fault
from sandbox.telegram.webhook import Address
from storage import looks
from tests.bot.test_seal import AT, Links, ended
from tests.bot.test_time_stamps import ROOTS, serve_stamps
from tests.ground import open_store
from tests.house import Platforms, free_port, settings_for

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
async def platforms() -> AsyncIterator[Platforms]:
    async with Platforms().served() as served:
        yield served


@pytest.fixture
async def settings(platforms: Platforms, tmp_path: Path) -> Settings:
    """Return settings whose database is at the newest schema."""
    found = settings_for(platforms, tmp_path, Policy())
    await (await open_store(found.database_url, tmp_path, None)).close()
    return found


@pytest.fixture
def address() -> Iterator[str]:
    """Serve a time stamp authority."""
    with serve_stamps() as served:
        yield served


async def examined(settings: Settings, now: Now = utc_now) -> dict[str, Finding]:
    """Return the findings by name."""
    kept = looks(settings.database_url, settings.data_dir, settings.encryption_keys or None, settings.files_url or None)
    return {finding.name: finding for finding in await doctor(settings, kept, now)}


def wrong(found: dict[str, Finding]) -> set[str]:
    return {name for name, finding in found.items() if not finding.is_well}


def nobody() -> str:
    """Return an address where nobody listens."""
    return f"http://127.0.0.1:{free_port()}"


LOCAL = {"policy", "database", "keys", "files", "mail", "seal"}
SLACK = {"slack", "scopes", "clock", "channel", "staff"}


async def test_all_is_well_where_all_is_well(settings: Settings) -> None:
    found = await examined(replace(settings, slack_app_token="xapp-1-sandbox"))
    assert wrong(found) == set()
    assert found.keys() == LOCAL | SLACK | {"address", "proxy", "telegram", "socket"}
    assert "@port_of_call_sandbox_bot" in found["telegram"].sentence
    assert all(finding.sentence.endswith(".") for finding in found.values())


async def test_with_no_tokens_no_platform_is_asked(platforms: Platforms, settings: Settings) -> None:
    found = await examined(replace(settings, telegram_token="", slack_token=""))
    assert found.keys() == LOCAL | {"tokens"}
    assert found["tokens"].is_well
    assert "sandbox" in found["tokens"].sentence
    assert not len(platforms.record)


async def test_a_database_that_is_not_made_yet_is_not_made_by_looking(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    found = await examined(replace(settings, database_url=f"sqlite:///{file}"))
    assert not found["database"].is_well
    assert "migrate" in found["database"].sentence
    assert not file.exists()


async def test_a_database_without_a_schema_is_to_be_migrated(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "old.db"
    sqlite3.connect(file).close()
    file.touch(mode=0o600)
    file.chmod(0o600)
    found = await examined(replace(settings, database_url=f"sqlite:///{file}"))
    assert not found["database"].is_well
    assert "migrate" in found["database"].sentence


async def test_the_database_is_looked_at_while_the_desk_runs(settings: Settings, tmp_path: Path) -> None:
    store = await open_store(settings.database_url, tmp_path, None)
    try:
        assert (await examined(settings))["database"].is_well
    finally:
        await store.close()


@pytest.mark.parametrize(
    ("change", "name", "said"),
    [
        ({"slack_token": "xoxb-wrong"}, "slack", "SLACK_BOT_TOKEN"),
        ({"desk_channel": "C0NOWHERE"}, "channel", "SLACK_DESK_CHANNEL"),
        ({"slack_staff": "U0STAFF1,U0NOBODY"}, "staff", "U0NOBODY is not known"),
        ({"slack_staff": "U0STAFF1, S0NOGROUP"}, "staff", "S0NOGROUP is not known"),
        ({"slack_staff": "U0BOT"}, "staff", "U0BOT is a bot"),
        ({"slack_staff": " , "}, "staff", "SLACK_STAFF"),
        ({"slack_app_token": "xapp-wrong"}, "socket", "connections:write"),
        ({"slack_app_token": "xoxb-sandbox"}, "socket", "connections:write"),
        ({"telegram_token": "1:wrong"}, "telegram", "token"),
    ],
)
async def test_what_is_wrong_is_named_and_the_other_platform_is_looked_at_all_the_same(
    settings: Settings, change: dict[str, str], name: str, said: str
) -> None:
    found = await examined(replace(settings, **change))  # type: ignore[arg-type] # the parameters above are Settings'
    assert wrong(found) == {name}
    assert said in found[name].sentence


async def test_a_bot_outside_the_desk_channel_is_told_to_be_invited(platforms: Platforms, settings: Settings) -> None:
    platforms.slack.channels["C0DESK"].members.discard("U0BOT")
    found = await examined(settings)
    assert wrong(found) == {"channel"}
    assert "invite" in found["channel"].sentence


@pytest.mark.parametrize("odd", ["deleted", "is_restricted", "is_ultra_restricted", "is_stranger"])
async def test_who_may_not_act_is_not_taken_for_staff(platforms: Platforms, settings: Settings, odd: str) -> None:
    setattr(platforms.slack.users["U0STAFF2"], odd, True)
    found = await examined(settings)
    assert wrong(found) == {"staff"}
    assert "U0STAFF2" in found["staff"].sentence
    assert "U0STAFF1" not in found["staff"].sentence


async def test_a_user_group_counts_while_somebody_is_in_it(platforms: Platforms, settings: Settings) -> None:
    settings = replace(settings, slack_staff="S0PORTERS")
    assert wrong(await examined(settings)) == set()
    platforms.slack.groups["S0PORTERS"].clear()
    assert wrong(await examined(settings)) == {"staff"}


async def test_a_scope_that_was_not_granted_is_named(platforms: Platforms, settings: Settings) -> None:
    platforms.slack.scopes.remove("im:write")
    found = await examined(settings)
    assert wrong(found) == {"scopes"}
    assert "lacks im:write:" in found["scopes"].sentence


def test_the_sandbox_grants_what_the_manifest_asks_for(platforms: Platforms) -> None:
    assert wanted_scopes(MANIFEST.read_text("utf-8")) == platforms.slack.scopes
    assert wanted_scopes("oauth_config:\n  scopes:\n    user:\n      - chat:write\n") == []


@pytest.mark.parametrize(("ahead", "is_well"), [(30, True), (-30, True), (90, False), (-90, False)])
async def test_a_clock_that_is_off_is_told(settings: Settings, ahead: int, is_well: bool) -> None:
    found = await examined(settings, lambda: utc_now() + timedelta(seconds=ahead))
    assert found["clock"].is_well is is_well


@pytest.mark.parametrize(
    ("url", "is_well", "said"),
    [
        ("", True, "PUBLIC_URL is not set"),
        ("https://desk.example", True, "https://desk.example"),
        ("http://127.0.0.1:8080", True, "127.0.0.1"),
        ("http://[::1]:8080", True, "::1"),
        ("http://desk.example", False, "https"),
        ("desk.example", False, "PUBLIC_URL"),
        ("ftp://desk.example", False, "PUBLIC_URL"),
        ("https://", False, "PUBLIC_URL"),
        ("https://[desk", False, "PUBLIC_URL"),
        ("https://me:canary@desk.example", False, "PUBLIC_URL"),
        ("https://desk.example?x=1", False, "PUBLIC_URL"),
    ],
)
async def test_the_public_address_is_judged_by_its_form(settings: Settings, url: str, is_well: bool, said: str) -> None:
    found = (await examined(replace(settings, public_url=url)))["address"]
    assert found.is_well is is_well
    assert said in found.sentence
    assert "canary" not in found.sentence


async def test_costs_of_nothing_are_a_hint_and_no_fault(settings: Settings) -> None:
    found = (await examined(settings))["policy"]
    assert found.is_well
    assert "[costs]" in found.sentence
    priced = replace(settings, policy=replace(settings.policy, port_fee="25.00"))
    assert (await examined(priced))["policy"].sentence.startswith("Port of Call: $25.00 a number, then $0.00 a month;")
    assert "[costs]" not in (await examined(priced))["policy"].sentence


# keys and files


async def test_the_wrong_key_is_found_before_a_start(settings: Settings) -> None:
    found = await examined(replace(settings, encryption_keys="0" * 64))
    assert wrong(found) == {"keys"}
    assert "not this database's" in found["keys"].sentence


async def test_a_key_file_that_is_gone_is_missed_and_not_made_anew(settings: Settings) -> None:
    file = settings.data_dir / "encryption.key"
    file.unlink()
    found = await examined(settings)
    assert wrong(found) == {"keys"}
    assert "put it back" in found["keys"].sentence
    assert not file.exists()


async def test_a_key_that_is_no_key_is_told_without_showing_it(settings: Settings) -> None:
    found = await examined(replace(settings, encryption_keys="canary"))
    assert wrong(found) == {"keys"}
    assert "canary" not in found["keys"].sentence


async def test_before_the_first_start_there_is_no_key_and_none_is_made(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "fresh"
    found = await examined(replace(settings, data_dir=folder, database_url=f"sqlite:///{folder}/port.db"))
    assert wrong(found) == {"database"}
    assert "back it up" in found["keys"].sentence
    assert "can be made" in found["files"].sentence
    assert not folder.exists()


@pytest.mark.parametrize("url", ["file:///dev/null/files", "s3://bucket"])
async def test_a_place_for_documents_that_cannot_be_used_is_told(settings: Settings, url: str) -> None:
    found = await examined(replace(settings, files_url=url))
    assert wrong(found) == {"files"}
    assert "FILES_URL" in found["files"].sentence


# mail


class Clerk:
    """A mail server that knows one password."""

    def __call__(self, _server: object, _session: object, _envelope: object, _how: str, given: object) -> AuthResult:
        assert isinstance(given, LoginPassword)
        return AuthResult(success=given.password == b"right", handled=False)


@pytest.mark.parametrize(
    ("password", "is_well", "said"), [("right", True, "desk@porting.example"), ("canary", False, "SMTP_URL")]
)
async def test_the_mail_servers_login_is_tried(settings: Settings, password: str, is_well: bool, said: str) -> None:
    loop = asyncio.get_running_loop()
    office = await loop.create_server(
        lambda: SMTP(object(), hostname="office.example", loop=loop, authenticator=Clerk(), auth_require_tls=False),
        "127.0.0.1",
        0,
    )
    port = office.sockets[0].getsockname()[1]
    server = read_server(f"smtp://desk%40porting.example:{password}@127.0.0.1:{port}")
    found = (await examined(replace(settings, mail=server)))["mail"]
    office.close()
    await office.wait_closed()
    assert found.is_well is is_well
    assert said in found.sentence
    assert "canary" not in found.sentence


async def test_a_mail_server_that_is_away_is_told(settings: Settings) -> None:
    server = read_server(f"smtp://127.0.0.1:{free_port()}?from=a@b.example")
    assert wrong(await examined(replace(settings, mail=server))) == {"mail"}


# outages


@pytest.mark.parametrize("kind", ["502", "429", "half"])
@pytest.mark.parametrize(("service", "method"), [("telegram", "getMe"), ("slack", "auth.test")])
async def test_an_outage_is_a_finding_about_that_platform_alone(
    platforms: Platforms, settings: Settings, service: str, method: str, kind: str
) -> None:
    platforms.faults.add(Fault(service, method, kind))  # type: ignore[arg-type] # a Kind, from the list above
    found = await examined(settings)
    assert wrong(found) == {service}


async def test_platforms_that_cannot_be_reached_are_findings(settings: Settings) -> None:
    url = nobody()
    found = await examined(replace(settings, telegram_api=url, slack_api=f"{url}/api/"))
    assert wrong(found) == {"telegram", "slack"}
    assert "reached" in found["telegram"].sentence
    assert "reached" in found["slack"].sentence


async def test_a_webhook_where_none_is_wanted_is_told(platforms: Platforms, settings: Settings) -> None:
    platforms.telegram.reception.open(Address("http://127.0.0.1:9/elsewhere"))
    found = (await examined(settings))["telegram"]
    assert not found.is_well
    assert "webhook" in found.sentence


@pytest.mark.parametrize(("at_telegram", "said"), [("", "No webhook"), ("http://127.0.0.1:9/elsewhere", "another")])
async def test_a_webhook_that_is_not_the_wanted_one_is_told(
    platforms: Platforms, settings: Settings, at_telegram: str, said: str
) -> None:
    if at_telegram:
        platforms.telegram.reception.open(Address(at_telegram))
    wanted = replace(settings, telegram_webhook_url="http://127.0.0.1:9/telegram/webhook", telegram_webhook_secret="x")
    found = await examined(wanted)
    assert wrong(found) == {"telegram"}
    assert said in found["telegram"].sentence


@pytest.mark.parametrize(("ago", "is_well"), [(5, False), (3600, True)])
async def test_a_webhook_that_lately_could_not_be_reached_is_told(
    platforms: Platforms, settings: Settings, ago: int, is_well: bool
) -> None:
    url = "http://127.0.0.1:9/telegram/webhook"
    platforms.telegram.reception.open(Address(url))
    hook = platforms.telegram.reception.webhook
    assert hook is not None
    hook.last_error = (int(time.time()) - ago, "Connection refused")
    found = await examined(replace(settings, telegram_webhook_url=url, telegram_webhook_secret="x"))
    assert found["telegram"].is_well is is_well


async def test_no_finding_shows_a_token(platforms: Platforms, settings: Settings) -> None:
    platforms.faults.add(Fault("slack", "*", "502", times=9))
    platforms.faults.add(Fault("telegram", "*", "502", times=9))
    text = repr(await examined(settings))
    assert settings.telegram_token not in text
    assert settings.slack_token not in text


# the command


def doctor_as_command(data_dir: Path, **env: str) -> "subprocess.CompletedProcess[str]":
    mine = {"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir), **env}
    command = [sys.executable, "app.py", "doctor"]
    return subprocess.run(command, cwd=ROOT, env=mine, capture_output=True, text=True, timeout=30)


def test_the_command_says_what_to_do_and_fails_when_something_is_wrong(tmp_path: Path) -> None:
    done = doctor_as_command(tmp_path)
    assert done.returncode == 1
    assert "WRONG" in done.stdout
    assert "migrate" in done.stdout
    assert "sandbox" in done.stdout
    assert done.stderr == ""


async def test_the_command_succeeds_where_all_is_well(tmp_path: Path) -> None:
    url = read_settings({"DATA_DIR": str(tmp_path)}, ROOT).database_url
    await (await open_store(url, tmp_path, None)).close()
    done = doctor_as_command(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "WRONG" not in done.stdout


async def test_a_database_of_a_newer_release_is_one_sentence(tmp_path: Path) -> None:
    url = read_settings({"DATA_DIR": str(tmp_path)}, ROOT).database_url
    await (await open_store(url, tmp_path, None)).close()
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    done = doctor_as_command(tmp_path)
    assert done.returncode == 1
    assert "9999" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


async def test_every_channel_that_the_policy_names_is_looked_at(settings: Settings) -> None:
    policy = replace(settings.policy, class_channels=(("fax", "C0NOWHERE"),), region_channels=(("CA", "C0DESK"),))
    found = await examined(replace(settings, policy=policy))
    assert wrong(found) == {"channel C0NOWHERE"}
    assert "[channels] in policy.toml" in found["channel C0NOWHERE"].sentence
    assert found["channel C0DESK"].is_well


# the letters' seal


def with_certificate(settings: Settings, folder: Path) -> Settings:
    """Return settings with a certificate of the company's own."""
    made, file = own_sealer(folder, Links(), "Port of Call", ""), folder / "own.p12"
    file.write_bytes(made.pkcs12)
    file.chmod(0o600)
    return replace(settings, seal_certificate=str(file), seal_password=made.password.decode())


def let_others_read(path: Path) -> None:
    path.chmod(0o644)


async def test_the_certificate_of_the_seal_is_looked_at_with_its_password(settings: Settings, tmp_path: Path) -> None:
    well = with_certificate(settings, tmp_path)
    assert "is valid until" in (await examined(well))["seal"].sentence
    for change, said in (
        ({"seal_password": "canary"}, "SEAL_PASSWORD"),
        ({"seal_certificate": str(tmp_path / "none.p12")}, "cannot be read"),
    ):
        found = await examined(replace(well, **change))  # type: ignore[arg-type] # the parameters above are Settings'
        assert wrong(found) == {"seal"}
        assert said in found["seal"].sentence
        assert "canary" not in found["seal"].sentence


@pytest.mark.parametrize(("years", "days", "said"), [(20, 1, "expired on"), (20, -20, "expires on")])
async def test_a_certificate_that_ends_is_told_thirty_days_before(
    settings: Settings, tmp_path: Path, years: int, days: int, said: str
) -> None:
    later = timedelta(days=365 * years + days)
    found = await examined(with_certificate(settings, tmp_path), lambda: utc_now() + later)
    assert not found["seal"].is_well
    assert said in found["seal"].sentence


async def test_a_certificate_that_is_over_or_not_valid_yet_is_told(settings: Settings, tmp_path: Path) -> None:
    file, made = tmp_path / "own.p12", ended()
    file.write_bytes(made.pkcs12)
    file.chmod(0o600)
    given = replace(settings, seal_certificate=str(file), seal_password=made.password.decode())
    for year, said in ((2019, "is not valid before 2020-"), (2021, "is valid until 2022-"), (2023, "expired on 2022-")):
        found = await examined(given, lambda year=year: AT.replace(year=year))  # type: ignore[misc] # bound here
        assert (found["seal"].is_well, said in found["seal"].sentence) == (year == 2021, True), found["seal"]
    found = await examined(given)
    assert "expired on 2022-" in found["seal"].sentence


async def test_a_key_that_others_can_read_is_told(settings: Settings, tmp_path: Path) -> None:
    own_sealer(settings.data_dir, Links(), "Port of Call", "")
    assert (await examined(settings))["seal"].is_well
    let_others_read(settings.data_dir / "seal.key")
    given = with_certificate(settings, tmp_path)
    let_others_read(Path(given.seal_certificate))
    for each in (settings, given):
        found = await examined(each)
        assert wrong(found) == {"seal"}
        assert "chmod 600" in found["seal"].sentence


async def test_a_time_stamp_authority_is_asked_and_judged(settings: Settings, tmp_path: Path, address: str) -> None:
    roots, others = tmp_path / "roots.pem", tmp_path / "others.pem"
    roots.write_bytes(ROOTS)
    own_sealer(settings.data_dir, Links(), "Port of Call", "")
    others.write_bytes((settings.data_dir / "seal.crt").read_bytes())
    for url, trust, is_well, said in (
        (nobody(), "", False, "gives no time stamp"),
        (address, "", True, "Set SEAL_TSA_ROOTS"),
        (address, str(roots), True, "leads to one of SEAL_TSA_ROOTS"),
        (address, str(others), False, "none of SEAL_TSA_ROOTS"),
        (address, str(tmp_path / "none.pem"), False, "cannot be read"),
        (address, str(settings.data_dir / "seal.key"), False, "certificates in PEM"),
    ):
        found = (await examined(replace(settings, seal_tsa_url=url, seal_tsa_roots=trust)))["stamps"]
        assert (found.is_well, said in found.sentence) == (is_well, True), found.sentence


@pytest.mark.parametrize(
    ("change", "is_well"),
    [
        ({}, True),
        ({"public_url": "https://desk.example"}, True),
        ({"public_url": "https://desk.example", "host": "0.0.0.0"}, False),  # in a container
        ({"public_url": "https://desk.example", "host": "0.0.0.0", "trusted_proxies": "10.0.0.2"}, True),
    ],
)
async def test_a_proxy_that_is_not_believed_is_told(settings: Settings, change: dict[str, str], is_well: bool) -> None:
    found = (await examined(replace(settings, **change)))["proxy"]  # type: ignore[arg-type] # they are Settings'
    assert (found.is_well, "FORWARDED_ALLOW_IPS" in found.sentence) == (is_well, not is_well)
