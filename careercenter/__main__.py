"""The one command line: ``python -m careercenter …``."""

import gc
import os
import signal
import sys
import threading
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from sqlalchemy.orm import sessionmaker

from careercenter import app as factory
from careercenter import clock, duties
from careercenter.config import Settings, SettingsError
from careercenter.database import make_engine
from careercenter.insights.reach_log import ReachLog
from careercenter.insights.search_log import SearchLog
from careercenter.tasks import Runner
from careercenter.web.logs import configure_logs

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 -- heartbeats must not wait for a disk
# Found when they are asked for: those who serve need not wait for what they don't use.
COMMANDS = {
    "migrate": "careercenter.migrating:migrate",
    "demo": "careercenter.demo.commands:demo",
    "demo-data": "careercenter.demo.commands:demo_data",
    "staff": "careercenter.accounts.commands:staff",
    "member": "careercenter.employers.commands:member",
    "billing": "careercenter.reconciling:billing",
}


class Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *COMMANDS])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=Commands)
@click.pass_context
def main(context: click.Context) -> None:
    """CareerCenter: a job board for medical coders."""
    if context.invoked_subcommand == "demo":
        return  # it makes its own settings
    try:
        settings = Settings.from_env(os.environ)
    except SettingsError as error:
        click.echo(str(error), err=True)
        raise SystemExit(2) from error
    configure_logs(settings.production)
    context.obj = settings


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=lambda: int(os.environ.get("PORT") or 8000), type=int)
@click.option("--workers", default=lambda: int(os.environ.get("WEB_CONCURRENCY") or 2), type=int)
@click.pass_obj
def serve(settings: Settings, host: str, port: int, workers: int) -> None:
    """Answer web requests."""
    Server(settings, f"{host}:{port}", workers).run()


@main.command()
@click.pass_obj
def work(settings: Settings) -> None:
    """Do what was promised: letters, events from Stripe, the schedule."""
    app = factory.create_app(settings)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    make_runner(app, settings).run_forever(stop)


def make_runner(app: Flask, settings: Settings) -> Runner:
    sessions = sessionmaker(make_engine(settings.database_url))
    return Runner(sessions, duties.task_handlers(app), duties.SCHEDULE)


def write_down(logs: Iterable[SearchLog | ReachLog]) -> None:
    """What a worker counted, when it ends."""
    for log in logs:
        log.write(clock.now())


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn. The application is made before the fork, so that workers share its memory."""

    def __init__(self, settings: Settings, bind: str, workers: int) -> None:
        self._settings = settings
        self._options: dict[str, Any] = {
            "bind": bind,
            "workers": workers,
            "worker_class": "gthread",
            "threads": 8,
            "preload_app": True,
            "timeout": 60,
            "graceful_timeout": 20,
            "keepalive": 15,
            "max_requests": 100_000,
            "max_requests_jitter": 10_000,
            "limit_request_line": 8190,
            "worker_tmp_dir": str(SHARED_MEMORY) if SHARED_MEMORY.is_dir() else None,
            "loglevel": "warning",
            "proc_name": "careercenter",
            "forwarded_allow_ips": "127.0.0.1" if settings.trusted_proxies else "",
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        app = factory.create_app(self._settings)
        factory.before_fork(app)
        logs = [app.extensions[name] for name in ("search_log", "reach")]
        self.cfg.set("worker_exit", lambda server, worker: write_down(logs))
        gc.collect()
        gc.freeze()
        return app


if __name__ == "__main__":
    sys.exit(main())
