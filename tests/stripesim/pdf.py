"""An invoice on paper: the least that a viewer opens."""

from tests.stripesim.state import Json


def invoice(invoice: Json) -> bytes:
    lines = [
        f"Invoice {invoice['number']} (test payments, no real money)",
        f"For {invoice['customer_name']}",
        *(f"{field['name']}: {field['value']}" for field in invoice["custom_fields"] or ()),
        *(f"{line['description']}  {line['amount'] / 100:,.2f}" for line in _lines(invoice)),
        f"Total {invoice['total'] / 100:,.2f} {invoice['currency'].upper()}",
        f"Status: {invoice['status']}",
    ]
    shown = "".join(f"({_plain(line)}) Tj 0 -18 Td\n" for line in lines)
    return _document(f"BT /F1 12 Tf 60 780 Td\n{shown}ET".encode("latin-1", "replace"))


def _lines(invoice: Json) -> list[Json]:
    data: list[Json] = invoice["lines"]["data"]
    return data


def _plain(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _document(content: bytes) -> bytes:
    """Objects, and a table of where they are."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page + b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    written, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n" + table
    return written + head + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(written)
