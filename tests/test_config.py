"""Settings: nonsense stops the start with one line that names the variable."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from careercenter.config import Settings, SettingsError

GOOD = {"SECRET_KEY": "x" * 40}
PRODUCTION = {
    "ENV": "production",
    "BASE_URL": "https://jobs.example.org",
    "SMTP_URL": "smtp://mail.example.org",
}


@pytest.mark.parametrize(
    ("env", "names"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"ENV": "prod"}, "ENV"),
        ({"STRIPE_SECRET_KEY": "sk_test_1"}, "STRIPE_WEBHOOK_SECRET"),
        ({"STRIPE_SECRET_KEY": "sk_live_1", "STRIPE_WEBHOOK_SECRET": "w"}, "STRIPE_SECRET_KEY"),
        (PRODUCTION | {"STRIPE_API_BASE": "http://127.0.0.1:1"}, "STRIPE_API_BASE"),
        (
            PRODUCTION
            | {
                "STRIPE_SECRET_KEY": "rk_live_1",
                "STRIPE_WEBHOOK_SECRET": "w",
                "STRIPE_API_BASE": "http://127.0.0.1:1",
            },
            "STRIPE_API_BASE",
        ),
        (PRODUCTION | {"BASE_URL": "http://jobs.example.org"}, "BASE_URL"),
        (PRODUCTION | {"SMTP_URL": ""}, "SMTP_URL"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL"),
        ({"BASE_URL": "https://jobs.example.org"}, "ENV=production"),
        ({"TRUSTED_PROXIES": "many"}, "TRUSTED_PROXIES"),
        ({"MEILI_URL": "meilisearch:7700"}, "MEILI_URL"),
        ({"MEILI_URL": "http://meili:port"}, "MEILI_URL"),
        ({"MEILI_URL": "http://key@meili:7700"}, "MEILI_URL"),
        ({"MEILI_URL": "http://meili:7700/search"}, "MEILI_URL"),
        ({"MEILI_SEARCH_KEY": "k"}, "MEILI_URL"),
        (PRODUCTION | {"MEILI_URL": "http://meili:7700"}, "MEILI_SEARCH_KEY"),
        (
            {"MEILI_URL": "http://meili:7700", "MEILI_SEARCH_KEY": "k", "MEILI_SYNC_KEY": "k"},
            "MEILI_SEARCH_KEY",
        ),
        ({"MEILI_URL": "http://meili:7700", "MEILI_SYNC_KEY": "a\nb"}, "MEILI_SYNC_KEY"),
    ],
)
def test_what_is_unsafe_is_refused_by_name(env, names):
    with pytest.raises(SettingsError, match=names):
        Settings.from_env(GOOD | env)


def test_a_search_server_has_an_address_and_two_keys():
    keys = {"MEILI_SEARCH_KEY": "one", "MEILI_SYNC_KEY": "other"}
    settings = Settings.from_env(GOOD | {"MEILI_URL": "http://meili:7700/"} | keys)
    assert settings.meili_url == "http://meili:7700"
    assert (settings.meili_search_key, settings.meili_sync_key) == ("one", "other")


def test_production_takes_a_live_key():
    live = {"STRIPE_SECRET_KEY": "rk_live_1", "STRIPE_WEBHOOK_SECRET": "old, new"}
    settings = Settings.from_env(GOOD | PRODUCTION | live)
    assert (settings.test_money, settings.stripe_webhook_secrets) == (False, ("old", "new"))


def test_a_development_board_needs_only_a_secret():
    settings = Settings.from_env(GOOD | {"DATA_DIR": "/tmp/board"})
    assert settings.database_url == "sqlite:////tmp/board/careercenter.db"


def test_the_command_line_says_it_in_one_line_and_leaves_with_2():
    done = subprocess.run(
        [sys.executable, "-m", "careercenter", "migrate"],
        env={"PATH": os.environ["PATH"], "SECRET_KEY": "short"},
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.strip()) == (
        2,
        "SECRET_KEY must have at least 32 characters.",
    )
