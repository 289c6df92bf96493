"""Looks inside an uploaded file before anybody keeps it.

A file from a stranger is opened by a child process that may use little time and memory, so that
one made to hang or to swell harms nobody else. The child is this module, run as a program: it
reads the file from its input and prints a verdict. It knows no secrets of its parent.
"""

import contextlib
import resource
import subprocess
import sys
import threading
from collections.abc import Callable
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

from pypdf import PdfReader

from careercenter.errors import Invalid, Unavailable

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {"pdf": "application/pdf", "docx": WORD}
SIGNATURES = {"pdf": b"%PDF-", "docx": b"PK\x03\x04"}
ROOT = Path(__file__).parents[2]

CPU_SECONDS = 5
WALL_SECONDS = 14
MEMORY = 512 * 1024 * 1024
MOST_PAGES = 50
MOST_ENTRIES = 500
MOST_UNPACKED = 50 * 1024 * 1024
LARGE_ENTRY = 1024 * 1024
MOST_RATIO = 100  # a large entry shrinks by no more than this

WRONG_NAME = "Upload a PDF or Word (.docx) file."
UNLIKE = "That doesn't look like a PDF or Word (.docx) file."
BUSY = "We could not check that file just now. Nothing was saved. Try again."


class Verdict(StrEnum):
    FINE = "fine"
    UNLIKE = "unlike"
    LOCKED = "locked"
    LONG = "long"


REFUSALS = {
    Verdict.UNLIKE: UNLIKE,
    Verdict.LOCKED: "That PDF is password-protected. Remove the password and upload it again.",
    Verdict.LONG: f"That PDF has more than {MOST_PAGES} pages. Upload a shorter one.",
}


def examine(file_name: str, content: bytes) -> str:
    """The file's content type. Raises ``Invalid`` (field "file") or ``Unavailable``."""
    extension = file_name.rpartition(".")[2].lower() if "." in file_name else ""
    if extension not in TYPES:
        raise Invalid(WRONG_NAME, "file")
    if not content.startswith(SIGNATURES[extension]):
        raise Invalid(UNLIKE, "file")
    verdict = _ask_child(extension, content)
    if verdict is not Verdict.FINE:
        raise Invalid(REFUSALS[verdict], "file")
    return TYPES[extension]


_turnstile = threading.BoundedSemaphore(2)  # half a gigabyte each, at most


def _ask_child(extension: str, content: bytes) -> Verdict:
    """A child that is killed at a limit, or says nothing we know, could not read the file."""
    command = [sys.executable, "-m", __name__, extension]
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


def judge(extension: str, content: bytes) -> Verdict:
    """What the child does. The readers may fail in any way on a file made to make them fail."""
    judges: dict[str, Callable[[bytes], Verdict]] = {"pdf": _judge_pdf, "docx": _judge_docx}
    try:
        return judges[extension](content)
    except Exception:
        locked = extension == "pdf" and b"/Encrypt" in content
        return Verdict.LOCKED if locked else Verdict.UNLIKE


def _judge_pdf(content: bytes) -> Verdict:
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        return Verdict.LOCKED
    pages = len(reader.pages)
    if pages > MOST_PAGES:
        return Verdict.LONG
    return Verdict.FINE if pages else Verdict.UNLIKE


def _judge_docx(content: bytes) -> Verdict:
    with ZipFile(BytesIO(content)) as archive:
        fine = (
            _modest(archive.infolist())
            and archive.testzip() is None
            and _is_plain_document(archive)
            and not _fetches_template(archive)
        )
    return Verdict.FINE if fine else Verdict.UNLIKE


def _modest(entries: list[ZipInfo]) -> bool:
    """Judged by what the archive says of itself, before anything is unpacked."""
    return (
        len(entries) <= MOST_ENTRIES
        and sum(entry.file_size for entry in entries) <= MOST_UNPACKED
        and all(_safe_name(entry.filename) and not _swells(entry) for entry in entries)
    )


def _swells(entry: ZipInfo) -> bool:
    large = entry.file_size > LARGE_ENTRY
    return large and entry.file_size > MOST_RATIO * entry.compress_size


def _safe_name(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return parts[0] != "" and ".." not in parts and ":" not in parts[0]


def _is_plain_document(archive: ZipFile) -> bool:
    """Its main part is a Word document, and nothing in it is a macro."""
    names = {name.lower() for name in archive.namelist()}
    parts = _attributes(archive.read("[Content_Types].xml"))
    types = {part.get("ContentType", ""): part.get("PartName", "") for part in parts}
    main = types.get(f"{WORD}.main+xml", "").lower()
    macros = any(name.endswith("vbaproject.bin") for name in names)
    return main.lstrip("/") in names and not macros and "macroEnabled" not in " ".join(types)


def _fetches_template(archive: ZipFile) -> bool:
    """Whether opening it would load a template from somewhere else."""
    relations = (
        relation
        for name in archive.namelist()
        if name.lower().endswith(".rels")
        for relation in _attributes(archive.read(name))
    )
    return any(
        relation.get("Type", "").lower().endswith("/attachedtemplate")
        and relation.get("TargetMode", "").lower() == "external"
        for relation in relations
    )


def _attributes(xml: bytes) -> list[dict[str, str]]:
    """The attributes of every element. Raises ``ValueError`` for a DOCTYPE: Word writes none."""
    found: list[dict[str, str]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda _, attributes: found.append(attributes)
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.Parse(xml, True)
    return found


def _refuse_doctype(*_: object) -> None:
    raise ValueError("A part of a Word file has a DOCTYPE.")


def limit() -> None:
    """Not every system lets a process limit its memory; its time always."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    limit()
    sys.stdout.write(judge(sys.argv[1], sys.stdin.buffer.read()))
