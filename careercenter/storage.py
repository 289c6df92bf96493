"""Private files: résumés. A local folder; names are random and say nothing."""

import os
import tempfile
from pathlib import Path
from typing import Protocol

from careercenter.errors import Unavailable

AWAY = "Our file store is not answering. Your file was not saved. Try again."


class Storage(Protocol):
    """Keeps bytes under a key of letters, digits and dashes. Raises ``Unavailable``."""

    def save(self, key: str, content: bytes) -> None: ...

    def read(self, key: str) -> bytes: ...

    def delete(self, key: str) -> None: ...

    def healthy(self) -> bool: ...


class LocalStorage:
    """Files in one folder, out of the web's reach, readable by this user only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, key: str, content: bytes) -> None:
        """Whole or not at all, even when the power fails."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=self._folder, prefix=".new-")
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self._path(key))
        except OSError as error:
            raise Unavailable(AWAY) from error

    def read(self, key: str) -> bytes:
        try:
            return self._path(key).read_bytes()
        except OSError as error:
            raise Unavailable("Our file store is not answering. Try again.") from error

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def healthy(self) -> bool:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return os.access(self._folder, os.W_OK)

    def _path(self, key: str) -> Path:
        if not key.replace("-", "").isalnum() or not key.isascii():
            raise ValueError("A storage key has letters, digits and dashes.")
        return self._folder / key
