"""The settings of a demo: everything on this machine, play money, secrets made once."""

import hashlib
import os
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from careercenter.config import Settings, SettingsError

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the demo listens, and the environment of its programs."""

    port: int
    simulator_port: int
    webhook_secret: str
    settings: Settings
    environment: dict[str, str]

    @property
    def url(self) -> str:
        return self.settings.base_url


def prepare_demo(env: Mapping[str, str]) -> Demo:
    """Reads PORT and DATA_DIR. Raises ``SettingsError`` in production and where a port is busy."""
    if env.get("ENV") == "production":
        raise SettingsError("The demo board has known passwords: never with ENV=production.")
    port = _port(env.get("PORT") or "8000")
    if not is_free(port):
        raise SettingsError(f"Port {port} is in use. Choose another, for example PORT={port + 10}.")
    simulator_port = port + 1 if port < 65_535 and is_free(port + 1) else any_free_port()
    data_dir = Path(env.get("DATA_DIR") or ".data").absolute()
    data_dir.mkdir(parents=True, exist_ok=True)
    secret = env.get("SECRET_KEY") or keep_secret(data_dir / "secret")
    webhook_secret = f"whsec_demo{hashlib.sha256(f'webhook {secret}'.encode()).hexdigest()[:32]}"
    environment = {
        "WEB_CONCURRENCY": "1",
        "BASE_URL": f"http://{HOST}:{port}",
        **env,
        "ENV": "development",
        "PORT": str(port),
        "DATA_DIR": str(data_dir),
        "SECRET_KEY": secret,
        "STRIPE_SECRET_KEY": "sk_test_demo_no_real_money",
        "STRIPE_API_BASE": f"http://{HOST}:{simulator_port}",
        "STRIPE_WEBHOOK_SECRET": webhook_secret,
        "PYTHONUNBUFFERED": "1",
    }
    settings = Settings.from_env(environment)
    return Demo(port, simulator_port, webhook_secret, settings, environment)


def keep_secret(path: Path) -> str:
    """The secret in this file; made, for this user's eyes only, where there is none."""
    if not path.exists():
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def any_free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65_535):
        raise SettingsError("PORT must be a whole number from 1 to 65535.")
    return int(text)
