"""Makes a plain picture of whatever was uploaded as a logo.

It is decoded in a child process that may use little time and memory, and written anew: what
visitors load holds only its pixels. ``python -m careercenter.profile.gateway`` is the child.
"""

import contextlib
import resource
import subprocess
import sys
import threading
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from careercenter.errors import Invalid, Unavailable

FORMATS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP"}
STARTS = {"PNG": (b"\x89PNG\r\n\x1a\n",), "JPEG": (b"\xff\xd8\xff",), "WEBP": (b"RIFF",)}
LARGEST = 6_000  # points a side that are opened
KEPT = 256  # points a side that are shown
ROOT = Path(__file__).parents[2]

CPU_SECONDS = 5
WALL_SECONDS = 14
MEMORY = 768 * 1024 * 1024

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
    command = [sys.executable, "-m", __name__, kind]
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


def draw(kind: str, content: bytes) -> bytes:
    """What the child does. The decoders may fail in any way on a file made to make them fail."""
    Image.MAX_IMAGE_PIXELS = None  # the sides are checked here, before anything is decoded
    try:
        with Image.open(BytesIO(content), formats=[kind]) as opened:
            if max(opened.size) > LARGEST:
                return SAID_TOO_LARGE
            opened.thumbnail((KEPT, KEPT))
            upright = ImageOps.exif_transpose(opened)
            plain = Image.new("RGBA", upright.size)
            plain.paste(upright.convert("RGBA"))
    except Exception:
        return b""
    drawn = BytesIO()
    plain.save(drawn, "WEBP", quality=90, method=4)
    return drawn.getvalue()


def limit() -> None:
    """Not every system lets a process limit its memory; its time always."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    limit()
    sys.stdout.buffer.write(draw(sys.argv[1], sys.stdin.buffer.read()))
