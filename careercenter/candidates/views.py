"""Receiving a file, for the pages that take one."""

import hashlib

from flask import current_app
from flask_login import current_user

from careercenter import clock
from careercenter.candidates import gateway, usecases
from careercenter.candidates.models import MOST_BYTES, StoredFile, Upload
from careercenter.extensions import db
from careercenter.storage import Storage
from careercenter.web.uploads import allow_file


def allow_upload() -> None:
    """Let this request be as large as a résumé. To be called before its form is read."""
    allow_file(MOST_BYTES)


def receive(upload: Upload) -> StoredFile:
    """Check a file and store its bytes while no transaction is open; the caller keeps it or not.

    Raises ``Invalid`` (field "file"), ``TooMany`` or ``Unavailable``.
    """
    key = usecases.expect_file(db.session, current_user.id, clock.now())
    db.session.commit()
    return store(key, upload)


def store(key: str, upload: Upload) -> StoredFile:
    """The file under a key that was expected before. Raises ``Invalid`` or ``Unavailable``."""
    found = gateway.examine(upload.file_name, upload.content)
    storage: Storage = current_app.extensions["storage"]
    storage.save(key, upload.content)
    digest = hashlib.sha256(upload.content).hexdigest()
    size = len(upload.content)
    return StoredFile(key, upload.file_name, found.content_type, size, digest, found.active)
