"""Asks the services beside the database whether they are there."""

import os
import socket
from datetime import datetime, timedelta
from threading import Lock
from urllib.parse import urlsplit

from careercenter.config import Settings
from careercenter.listings.index import Health, ListingSearch, SearchDown
from careercenter.storage import Storage

SECONDS = 2
KEPT = timedelta(seconds=15)


def index_health(listings: ListingSearch) -> Health | None:
    """None while it is down."""
    try:
        health = listings.health()
    except SearchDown:
        return None
    return health if health.ok else None


def files_answer(storage: Storage) -> bool:
    try:
        return storage.healthy()
    except OSError:
        return False


class MailCheck:
    """Asks the mail server at most once in ``KEPT``, however often health is asked for."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._asked_at: datetime | None = None
        self._answers = False

    def answers(self, now: datetime) -> bool:
        with self._lock:
            if self._asked_at is None or not timedelta() <= now - self._asked_at < KEPT:
                self._answers, self._asked_at = mail_answers(self._settings), now
            return self._answers


def mail_answers(settings: Settings) -> bool:
    """Whether the mail server takes a connection, or where there is none, its folder files."""
    if not settings.smtp_url:
        return os.access(settings.data_dir, os.W_OK)
    parts = urlsplit(settings.smtp_url)
    default = 465 if parts.scheme == "smtps" else 25
    try:
        with socket.create_connection((parts.hostname, parts.port or default), SECONDS):
            return True
    except OSError:
        return False
