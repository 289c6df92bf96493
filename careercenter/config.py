"""Settings, read once from the environment. Nonsense stops the start with one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class SettingsError(ValueError):
    """A setting is missing or unsafe; the message names the variable."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation decides. Defaults are sensible in production; secrets have none."""

    env: str  # development | production
    secret_key: str
    database_url: str
    data_dir: Path
    base_url: str  # as people reach it, without a slash at the end
    secret_key_fallbacks: tuple[str, ...] = ()
    stripe_secret_key: str = ""  # empty: payments are switched off
    stripe_webhook_secrets: tuple[str, ...] = ()  # two while a secret is being rotated
    stripe_api_base: str = ""  # a simulator's address; refused in production
    automatic_tax: bool = False  # Stripe works out the tax, and asks for tax ids
    refund_limit_cents: int = 50_000  # of one payment, above which a second person approves
    smtp_url: str = ""  # smtp://user:password@host:587; empty: files under DATA_DIR/mail
    mail_from: str = "CareerCenter <careercenter@localhost>"
    meili_url: str = ""  # empty: the search engine is embedded
    meili_search_key: str = ""  # of the web processes: may only search
    meili_sync_key: str = ""  # of the sync: writes the index
    trusted_proxies: int = 0
    board_zone: str = "America/New_York"
    flood_limits: bool = False  # hold programs back that read everything; on in production

    @property
    def production(self) -> bool:
        return self.env == "production"

    @property
    def test_money(self) -> bool:
        """Whether what is paid here is play money."""
        return not self.stripe_secret_key.startswith(("sk_live_", "rk_live_"))

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        """Read and check. Raises ``SettingsError``."""
        data_dir = Path(env.get("DATA_DIR") or ".data").absolute()
        port = env.get("PORT") or "8000"
        settings = cls(
            env=env.get("ENV") or "development",
            secret_key=env.get("SECRET_KEY", ""),
            secret_key_fallbacks=_list(env.get("SECRET_KEY_FALLBACKS")),
            database_url=env.get("DATABASE_URL") or f"sqlite:///{data_dir / 'careercenter.db'}",
            data_dir=data_dir,
            base_url=(env.get("BASE_URL") or f"http://127.0.0.1:{port}").rstrip("/"),
            stripe_secret_key=env.get("STRIPE_SECRET_KEY", ""),
            stripe_webhook_secrets=_list(env.get("STRIPE_WEBHOOK_SECRET")),
            stripe_api_base=env.get("STRIPE_API_BASE", ""),
            automatic_tax=_switch(env, "STRIPE_TAX"),
            refund_limit_cents=_whole(env, "REFUND_LIMIT_CENTS", 50_000, 0, 100_000_000),
            smtp_url=env.get("SMTP_URL", ""),
            mail_from=env.get("MAIL_FROM") or "CareerCenter <careercenter@localhost>",
            meili_url=env.get("MEILI_URL", "").rstrip("/"),
            meili_search_key=env.get("MEILI_SEARCH_KEY", ""),
            meili_sync_key=env.get("MEILI_SYNC_KEY", ""),
            trusted_proxies=_whole(env, "TRUSTED_PROXIES", 0, 0, 9),
            board_zone=env.get("BOARD_ZONE") or "America/New_York",
            flood_limits=_switch(env, "FLOOD_LIMITS", env.get("ENV") == "production"),
        )
        _refuse_nonsense(settings)
        return settings


def _list(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def _switch(env: Mapping[str, str], name: str, default: bool = False) -> bool:
    word = env.get(name) or ("on" if default else "off")
    if word not in ("on", "off"):
        raise SettingsError(f"{name} is on or off.")
    return word == "on"


def _whole(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = env.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
        raise SettingsError(f"{name} must be a whole number from {low} to {high}.")
    return int(text)


def _refuse_nonsense(settings: Settings) -> None:
    live = settings.stripe_secret_key.startswith(("sk_live_", "rk_live_"))
    secure = urlsplit(settings.base_url).scheme == "https"
    host = urlsplit(settings.base_url).hostname
    rules = (
        (settings.env not in ("development", "production"), "ENV is development or production."),
        (len(settings.secret_key) < 32, "SECRET_KEY must have at least 32 characters."),
        (
            bool(settings.stripe_api_base) and (live or settings.production),
            "STRIPE_API_BASE points at a simulator: never with a live key or in production.",
        ),
        (
            live and not settings.production,
            "STRIPE_SECRET_KEY is a live key: set ENV=production or use a test key.",
        ),
        (
            bool(settings.stripe_secret_key) and not settings.stripe_webhook_secrets,
            "STRIPE_WEBHOOK_SECRET must be set when STRIPE_SECRET_KEY is.",
        ),
        (
            not settings.production and host not in LOOPBACK,
            "BASE_URL is a public address: set ENV=production.",
        ),
        (settings.production and not secure, "BASE_URL must start with https:// in production."),
        (settings.production and not settings.smtp_url, "SMTP_URL must be set in production."),
        (
            not settings.database_url.startswith(("sqlite:///", "postgresql+psycopg://")),
            "DATABASE_URL starts with sqlite:/// or postgresql+psycopg://.",
        ),
    )
    for broken, message in (*rules, *_meili_rules(settings)):
        if broken:
            raise SettingsError(message)


def _meili_rules(settings: Settings) -> tuple[tuple[bool, str], ...]:
    keys = (settings.meili_search_key, settings.meili_sync_key)
    return (
        (
            bool(settings.meili_url) and not _is_plain_address(settings.meili_url),
            "MEILI_URL is http:// or https:// with a host, perhaps a port, and nothing else.",
        ),
        (
            any(keys) and not settings.meili_url,
            "MEILI_URL must be set when MEILI_SEARCH_KEY or MEILI_SYNC_KEY is.",
        ),
        (
            settings.production and bool(settings.meili_url) and not any(keys),
            "MEILI_SEARCH_KEY (web) or MEILI_SYNC_KEY (sync) must be set when MEILI_URL is.",
        ),
        (
            bool(keys[0]) and keys[0] == keys[1],
            "MEILI_SEARCH_KEY must be a key that may only search, not MEILI_SYNC_KEY.",
        ),
        (
            not all(key.isascii() and key.isprintable() and " " not in key for key in keys),
            "MEILI_SEARCH_KEY and MEILI_SYNC_KEY hold no spaces and no special letters.",
        ),
    )


def _is_plain_address(url: str) -> bool:
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        return False
    plain = not (parts.path or parts.query or parts.fragment or parts.username)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and plain and port != 0
