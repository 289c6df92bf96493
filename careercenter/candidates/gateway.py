"""Looks inside an uploaded file before anybody keeps it.

A file from a stranger is opened by a child process that may use little time and memory, so that
one made to hang or to swell harms nobody else. The child is ``inspecting``: it reads the file from
its input and prints a verdict. It knows no secrets of its parent.
"""

import subprocess
import sys
import threading
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from careercenter.errors import Invalid, Unavailable

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {"pdf": "application/pdf", "docx": WORD}
SIGNATURES = {"pdf": b"%PDF-", "docx": b"PK\x03\x04"}
ROOT = Path(__file__).parents[2]
CHILD = "careercenter.candidates.inspecting"

WALL_SECONDS = 14
MOST_PAGES = 50

WRONG_NAME = "Upload a PDF or Word (.docx) file."
UNLIKE = "That doesn't look like a PDF or Word (.docx) file."
BUSY = "We could not check that file just now. Nothing was saved. Try again."


class Verdict(StrEnum):
    FINE = "fine"
    ACTIVE = "active"  # a PDF that does something, or carries another file
    UNLIKE = "unlike"
    LOCKED = "locked"
    LONG = "long"


REFUSALS = {
    Verdict.UNLIKE: UNLIKE,
    Verdict.LOCKED: "That PDF is password-protected. Remove the password and upload it again.",
    Verdict.LONG: f"That PDF has more than {MOST_PAGES} pages. Upload a shorter one.",
}


@dataclass(frozen=True, slots=True)
class Examined:
    content_type: str
    active: bool  # it carries a script, an action or another file


def examine(file_name: str, content: bytes) -> Examined:
    """Raises ``Invalid`` (field "file") or ``Unavailable``."""
    extension = file_name.rpartition(".")[2].lower() if "." in file_name else ""
    if extension not in TYPES:
        raise Invalid(WRONG_NAME, "file")
    if not content.startswith(SIGNATURES[extension]):
        raise Invalid(UNLIKE, "file")
    verdict = _ask_child(extension, content)
    if verdict in REFUSALS:
        raise Invalid(REFUSALS[verdict], "file")
    return Examined(TYPES[extension], verdict is Verdict.ACTIVE)


_turnstile = threading.BoundedSemaphore(2)  # half a gigabyte each, at most


def _ask_child(extension: str, content: bytes) -> Verdict:
    """A child that is killed at a limit, or says nothing we know, could not read the file."""
    command = [sys.executable, "-m", CHILD, extension]
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
        return Verdict.UNLIKE
    except OSError as error:
        raise Unavailable(BUSY) from error
    said = done.stdout.decode("ascii", "replace")
    return Verdict(said) if done.returncode == 0 and said in set(Verdict) else Verdict.UNLIKE
