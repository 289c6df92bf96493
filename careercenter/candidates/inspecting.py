"""The child that opens a stranger's file, see ``gateway``. Only it loads the reader of PDFs."""

import contextlib
import resource
import sys
from collections.abc import Callable
from io import BytesIO
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from careercenter.candidates.gateway import MOST_PAGES, WORD, Verdict

CPU_SECONDS = 5
MEMORY = 512 * 1024 * 1024
MOST_OBJECTS = 50_000
ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/AA", "/RichMediaContent"})
ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition"}
)
MOST_ENTRIES = 500
MOST_UNPACKED = 50 * 1024 * 1024
LARGE_ENTRY = 1024 * 1024
MOST_RATIO = 100  # a large entry shrinks by no more than this


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
    if not pages:
        return Verdict.UNLIKE
    return Verdict.ACTIVE if _is_active(reader) else Verdict.FINE


def _is_active(reader: PdfReader) -> bool:
    """Whether anything in it runs, opens or holds something else. Too much to look through counts:
    nobody writes a résumé of so many parts.
    """
    ids = [(n, generation) for generation, table in reader.xref.items() for n in table]
    ids += [(n, 0) for n in reader.xref_objStm]
    return len(ids) > MOST_OBJECTS or any(_acts(_read(reader, *one)) for one in ids)


def _read(reader: PdfReader, number: int, generation: int) -> object:
    try:
        return reader.get_object(IndirectObject(number, generation, reader))
    except Exception:  # a viewer does not see it either
        return None


def _acts(part: object) -> bool:
    """What it names elsewhere is looked at there."""
    parts = [part]
    while parts:
        part = parts.pop()
        if isinstance(part, DictionaryObject):
            if ACTIVE_KEYS & part.keys() or part.get("/S") in ACTIONS:
                return True
            parts += list(dict.values(part))
        elif isinstance(part, ArrayObject):
            parts += list(list.__iter__(part))
    return False


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
