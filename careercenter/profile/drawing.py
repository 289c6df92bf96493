"""The child that draws an uploaded picture anew, see ``gateway``. Only it loads the decoders."""

import contextlib
import resource
import sys
from io import BytesIO

from PIL import Image, ImageOps

from careercenter.profile.gateway import SAID_TOO_LARGE

CPU_SECONDS = 5
MEMORY = 768 * 1024 * 1024
LARGEST = 6_000  # points a side that are opened
KEPT = 256  # points a side that are shown


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
