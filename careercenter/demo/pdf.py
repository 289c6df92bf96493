"""A page of text as a PDF: Helvetica, US Letter, no more."""

from collections.abc import Sequence

LINES = 46  # that fit
TOP, LEFT, LEADING = 738, 60, 15  # points


def make_pdf(lines: Sequence[str]) -> bytes:
    """One page; the first line is larger. Characters beyond Latin-1 are replaced."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        _stream(_draw(lines[:LINES])),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, rows)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))
    return body + table + trailer


def _draw(lines: Sequence[str]) -> bytes:
    first, *rest = (_escape(line) for line in lines)
    shown = b"".join(b"(%s) Tj T*\n" % line for line in rest)
    return b"BT /F1 16 Tf %d TL %d %d Td (%s) Tj T* /F1 10 Tf\n%sET" % (
        LEADING,
        LEFT,
        TOP,
        first,
        shown,
    )


def _escape(line: str) -> bytes:
    text = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return text.encode("cp1252", "replace")


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
