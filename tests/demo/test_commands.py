import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from click.testing import CliRunner

from careercenter.__main__ import main
from careercenter.config import SettingsError
from careercenter.demo.environment import HOST, any_free_port, keep_secret, prepare_demo

ROOT = Path(__file__).parents[2]


def environment(data_dir: Path, **more: str) -> dict[str, str]:
    return {"DATA_DIR": str(data_dir), "SECRET_KEY": "s" * 40, "DATABASE_URL": "", **more}


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest.mark.slow
def test_demo_data_fills_an_empty_database_once(tmp_path: Path) -> None:
    words = ["demo-data", "--listings", "25", "--seed", "7"]
    first = CliRunner().invoke(main, words, env=environment(tmp_path))
    assert first.exit_code == 0, first.output
    assert "25 live listings" in first.output
    again = CliRunner().invoke(main, words, env=environment(tmp_path))
    assert again.exit_code == 1
    assert "The board isn't empty" in again.output


def test_neither_command_runs_in_production(tmp_path: Path) -> None:
    more = {"ENV": "production", "BASE_URL": "https://jobs.example", "SMTP_URL": "smtp://mail"}
    for word in ("demo", "demo-data"):
        result = CliRunner().invoke(main, [word], env=environment(tmp_path, **more))
        assert result.exit_code == 1
        assert "never with ENV=production" in result.output


def test_a_busy_port_gives_one_clear_line(tmp_path: Path, busy_port: int) -> None:
    env = environment(tmp_path, PORT=str(busy_port))
    result = CliRunner().invoke(main, ["demo"], env=env)
    assert result.exit_code == 1
    assert result.output.startswith(f"Error: Port {busy_port} is in use.")
    assert len(result.output.splitlines()) == 1


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1", "８０"])
def test_a_port_that_is_none_is_refused(tmp_path: Path, port: str) -> None:
    with pytest.raises(SettingsError, match="PORT must be"):
        prepare_demo({"DATA_DIR": str(tmp_path), "PORT": port})


def test_the_secret_is_made_once_and_for_the_owners_eyes(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    secret = keep_secret(path)
    assert len(secret) >= 40
    assert keep_secret(path) == secret
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_demo_never_uses_the_stripe_key_of_the_surroundings(tmp_path: Path) -> None:
    given = {"DATA_DIR": str(tmp_path), "PORT": str(any_free_port())}
    demo = prepare_demo(given | {"STRIPE_SECRET_KEY": "sk_live_real"})
    assert demo.settings.test_money
    assert demo.settings.stripe_api_base.startswith(f"http://{HOST}:")


@pytest.mark.slow
def test_the_demo_starts_answers_and_stops_by_one_signal(tmp_path: Path) -> None:
    port = any_free_port()
    env = os.environ | environment(tmp_path, PORT=str(port))
    words = [sys.executable, "-m", "careercenter", "demo"]
    with subprocess.Popen(words, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        shown = next((line for line in demo.stdout if "is running at" in line), "")
        assert f":{port}" in shown
        assert _fetch(port, "/") == 200
        begun = time.monotonic()
        demo.send_signal(signal.SIGINT)
        rest = demo.stdout.read()
        assert demo.wait(15) == 0
        assert time.monotonic() - begun < 10
    assert re.search("employer@example.com.*\n.*candidate@example.com", rest)
    with pytest.raises(ConnectionRefusedError):
        _fetch(port, "/healthz")


def _fetch(port: int, path: str) -> int:
    connection = HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()
