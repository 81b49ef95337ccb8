"""Look at everything that must be right before customers come, and say in plain words what to do where it is not."""

import ipaddress
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiosmtplib import SMTPAuthenticationError, SMTPException
from telegram import WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.clock import Now, utc_now
from bot.commands.sealcheck import examine_seal
from bot.commands.slackcheck import examine_slack
from bot.mail.server import MailServer
from bot.settings import Settings
from bot.telegram.bot import make_bot
from bot.telegram.request import AiohttpRequest
from domain.errors import NotKept

RECENT = 600.0  # seconds within which a failure of the webhook still counts
_MAIL_PATIENCE = 10.0  # seconds for each step


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is well, and what it is like, or what to do."""

    name: str
    is_well: bool
    sentence: str


async def doctor(settings: Settings, kept: Mapping[str, Callable[[], str]], now: Now = utc_now) -> list[Finding]:
    """Return what was found. `kept`: looks at what is kept, which return a sentence or raise NotKept with one."""
    findings = [Finding("policy", is_well=True, sentence=_policy(settings))]
    findings += [_look(name, look) for name, look in kept.items()]
    if not settings.has_tokens:
        findings.append(Finding("tokens", is_well=True, sentence="No tokens are set: `run` starts the sandbox."))
    else:
        findings.append(Finding("address", *_address(settings)))
        findings.append(Finding("proxy", *_proxy(settings)))
        findings.append(Finding("telegram", *await _telegram(settings, now)))
        findings += [Finding(*found) async for found in examine_slack(settings, now)]
    findings.append(Finding("mail", *await _mail(settings.mail)))
    findings += [Finding(*found) async for found in examine_seal(settings, now)]
    return findings


def _policy(settings: Settings) -> str:
    policy = settings.policy
    costs = f"{policy.currency}{policy.port_fee} a number, then {policy.currency}{policy.monthly_fee} a month"
    free = policy.port_fee == policy.monthly_fee == "0.00"
    hint = " Customers agree to these amounts: if they are not right, set [costs] in the policy file." if free else ""
    return f"{policy.company}: {costs}; the desk's clock is {policy.desk_zone.key}.{hint}"


def _look(name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(name, is_well=True, sentence=look())
    except NotKept as e:
        return Finding(name, is_well=False, sentence=str(e))


def _address(settings: Settings) -> tuple[bool, str]:
    """Judge the address of one-time links by its form: whether it is reached, only staff's browsers can tell."""
    url = settings.public_url
    if not url:
        return True, "PUBLIC_URL is not set: links open on this computer only. Set it, like https://desk.example.com."
    try:
        parts = urlsplit(url)
        host, has_more = parts.hostname or "", bool(parts.query or parts.fragment or parts.username)
    except ValueError:
        host, has_more, parts = "", True, urlsplit("")
    if parts.scheme not in ("http", "https") or not host or has_more:
        return False, "PUBLIC_URL must look like https://desk.example.com: correct it."
    if parts.scheme == "http" and not _is_here(host):
        return False, "PUBLIC_URL is not https, but its pages show PINs: put a proxy with a certificate before it."
    return True, f"One-time links lead to {parts.scheme}://{host}; open it from a colleague's computer to be sure."


def _proxy(settings: Settings) -> tuple[bool, str]:
    """Tell whether a proxy before us is believed, so that limits count its visitors, and not the proxy."""
    if not settings.public_url or _is_here(settings.host):
        return True, "Visitors are told apart: whatever stands before the desk on this computer is believed."
    if settings.trusted_proxies:
        return True, f"Visitors are told apart as {settings.trusted_proxies} tells of them."
    return False, (
        "All visitors would count as one, the proxy, when letters are signed: "
        "name the proxy's address in FORWARDED_ALLOW_IPS."
    )


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


async def _telegram(settings: Settings, now: Now) -> tuple[bool, str]:
    request = AiohttpRequest()
    bot = make_bot(settings, request, AiohttpRequest())
    try:
        await request.initialize()
        me = await bot.get_me()
        hook = await bot.get_webhook_info()
    except InvalidToken:
        return False, "The token is not valid: copy TELEGRAM_BOT_TOKEN anew from @BotFather."
    except TelegramError as e:
        return False, f"It could not be reached ({type(e).__name__}): check the network and TELEGRAM_API_URL."
    finally:
        await request.shutdown()
    wrong = next(_wrong_with(hook, settings, now), None)
    if wrong is not None:
        return False, f"@{me.username}: {wrong}"
    way = "webhook" if hook.url else "polling"
    return True, f"@{me.username} answers ({way}); {hook.pending_update_count} updates wait."


def _wrong_with(hook: WebhookInfo, settings: Settings, now: Now) -> Iterator[str]:
    wanted = settings.telegram_webhook_url
    if hook.url and not wanted:
        yield "A webhook is set at Telegram but not here; `run` takes it away at its start."
    elif wanted and not hook.url:
        yield "No webhook is set at Telegram yet; `run` sets it at its start."
    elif hook.url != wanted:
        yield "The webhook at Telegram is another than TELEGRAM_WEBHOOK_URL; `run` puts it right at its start."
    failed_at = hook.last_error_date
    if wanted and failed_at is not None and (now() - failed_at).total_seconds() < RECENT:
        yield f"Telegram could not deliver (“{(hook.last_error_message or '')[:80]}”): it must reach the webhook."


async def _mail(server: MailServer | None) -> tuple[bool, str]:
    if server is None:
        return True, "SMTP_URL is not set: no copies by e-mail are offered."
    client = server.client(_MAIL_PATIENCE)
    try:
        await client.connect()
        await client.noop()
        await client.quit()
    except SMTPAuthenticationError:
        return False, "The server refuses user or password: correct them in SMTP_URL."
    except (SMTPException, OSError) as e:
        return False, f"{server.host}:{server.port} could not be used ({type(e).__name__}): check SMTP_URL."
    finally:
        client.close()
    login = " with the login" if server.user else ""
    return True, f"{server.host}:{server.port} takes us{login}; copies go out as {server.sender}."
