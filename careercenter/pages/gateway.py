"""Asks the services beside the database whether they are there."""

import os
import socket
from urllib.parse import urlsplit

from careercenter.config import Settings
from careercenter.listings.index import Health, ListingSearch, SearchDown
from careercenter.storage import Storage

SECONDS = 2


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
