"""Makes a plain picture of whatever was uploaded as a logo.

It is decoded in a child process that may use little time and memory, and written anew: what
visitors load holds only its pixels. The child is ``drawing``.
"""

import subprocess
import sys
import threading
from pathlib import Path

from careercenter.errors import Invalid, Unavailable

FORMATS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP"}
STARTS = {"PNG": (b"\x89PNG\r\n\x1a\n",), "JPEG": (b"\xff\xd8\xff",), "WEBP": (b"RIFF",)}
ROOT = Path(__file__).parents[2]
CHILD = "careercenter.profile.drawing"

WALL_SECONDS = 14

WRONG_KIND = "Use a PNG, JPEG or WebP image."
TOO_LARGE = "That image is too large."
BUSY = "We could not check that image just now. Nothing was saved. Try again."
SAID_TOO_LARGE = b"too large"

_turnstile = threading.BoundedSemaphore(2)


def redraw(file_name: str, content: bytes) -> bytes:
    """The picture as WebP, at most 256 points a side. Raises ``Invalid`` or ``Unavailable``."""
    kind = FORMATS.get(file_name.rpartition(".")[2].lower())
    if kind is None or not content.startswith(STARTS[kind]):
        raise Invalid(WRONG_KIND, "file")
    drawn = _ask_child(kind, content)
    if drawn == SAID_TOO_LARGE:
        raise Invalid(TOO_LARGE, "file")
    if not drawn.startswith(b"RIFF"):
        raise Invalid(WRONG_KIND, "file")
    return drawn


def _ask_child(kind: str, content: bytes) -> bytes:
    """A child that is killed at a limit says nothing: it could not read the picture."""
    command = [sys.executable, "-m", CHILD, kind]
    try:
        with _turnstile:
            done = subprocess.run(  # noqa: S603 -- our own program; the file is its input
                command,
                input=content,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=ROOT,
                env={},
                timeout=WALL_SECONDS,
                check=False,
            )
    except subprocess.TimeoutExpired:
        return b""
    except OSError as error:
        raise Unavailable(BUSY) from error
    return done.stdout if done.returncode == 0 else b""
