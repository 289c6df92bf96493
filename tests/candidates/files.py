"""Files as people upload them, and as they should not."""

import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"


def pdf(pages: int = 1, password: str = "", algorithm: str = "RC4-128") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=200, height=200)
    if password:
        writer.encrypt(password, algorithm=algorithm)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def active_pdf(kind: str) -> bytes:
    """It runs a script, starts a program, or holds another file."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=200, height=200)
    launch = DictionaryObject({NameObject("/S"): NameObject("/Launch")})
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")}
    if kind == "script":
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    elif kind == "attachment":
        writer.add_attachment("more.exe", b"MZ")
    elif kind == "launch":
        writer.root_object[NameObject("/OpenAction")] = launch
    else:
        link = DictionaryObject(
            {NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): launch}
        )
        page[NameObject("/Annots")] = ArrayObject([link])
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def docx(parts: Mapping[str, bytes | str] | None = None, main: str = f"{WORD}.main+xml") -> bytes:
    """A small Word document; ``parts`` are added or replaced."""
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
        '.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )
    whole: dict[str, bytes | str] = {
        "[Content_Types].xml": types,
        "_rels/.rels": "<Relationships/>",
        "word/document.xml": "<w:document xmlns:w='w'/>",
    }
    return archive(whole | dict(parts or {}))


def archive(parts: Mapping[str, bytes | str]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def relations(kind: str, target: str) -> str:
    relation = f'<Relationship Id="r" Type="{kind}" Target="{target}" TargetMode="External"/>'
    return f"<Relationships>{relation}</Relationships>"


def bomb_pdf() -> bytes:
    """Its table of objects unpacks to 400 MB, which a reader must do before anything else."""
    press = zlib.compressobj(9)
    packed = b"".join(press.compress(bytes(4_000_000)) for _ in range(100)) + press.flush()
    head = (
        f"1 0 obj\n<< /Type /XRef /Size 100000000 /W [1 2 1] /Root 2 0 R /Length {len(packed)}"
        " /Filter /FlateDecode >>\nstream\n"
    ).encode()
    start = b"%PDF-1.5\n"
    return start + head + packed + f"\nendstream\nendobj\nstartxref\n{len(start)}\n%%EOF".encode()


def looped_pdf() -> bytes:
    """A page tree that is its own child."""
    body = (
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>\nendobj\n"
    )
    return body + b"trailer\n<< /Root 1 0 R /Size 3 >>\nstartxref\n0\n%%EOF"


def lying_docx() -> bytes:
    """The directory says one kilobyte where a megabyte is packed."""
    whole = docx({"word/big.bin": bytes(1_000_000)})
    return whole.replace(struct.pack("<L", 1_000_000), struct.pack("<L", 1_000))
