"""Files of postings from elsewhere."""

import json

import pytest

from careercenter.errors import Invalid
from careercenter.imports import files
from careercenter.imports.fields import guess_mapping
from careercenter.imports.files import read_file
from careercenter.imports.markdown import as_markdown
from careercenter.imports.models import MOST_ROWS, Format

INDEED = """<?xml version="1.0" encoding="utf-8"?>
<source><publisher>Us</publisher>
<job><title><![CDATA[Coder & auditor]]></title><referencenumber><![CDATA[A-1]]></referencenumber>
<city><![CDATA[Des Moines]]></city><state>IA</state><postalcode>50309</postalcode>
<salary><![CDATA[$28 - $34 per hour]]></salary><jobtype>fulltime</jobtype>
<category>ignored</category>
<description><![CDATA[<p>Codes <b>charts</b>.</p><ul><li>CPC</li></ul>]]></description></job>
<job><title>Other</title><referencenumber>A-2</referencenumber></job></source>"""
GREENHOUSE = {
    "jobs": [
        {
            "id": 7,
            "title": "Coder",
            "location": {"name": "Remote"},
            "content": "&lt;p&gt;Codes &amp;amp; audits&lt;/p&gt;",
            "absolute_url": "https://example.org/7",
        },
        "nonsense",
    ]
}
LEVER = [
    {
        "id": "a-b",
        "text": "Coder",
        "categories": {"location": "Austin, TX", "commitment": "Full-time"},
        "workplaceType": "hybrid",
        "salaryRange": {"min": 60000, "max": 70000, "interval": "per-year-salary"},
        "description": "<div>Codes.</div>",
        "lists": [{"text": "You bring", "content": "<li>CPC</li>"}],
        "hostedUrl": "https://example.org/a-b",
    }
]


def rows(content):
    return [row.values for row in read_file(content).rows]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_is_read_whatever_parts_its_cells(mark):
    found = read_file(f"id{mark}title\n1{mark}Coder\n\n2{mark}Auditor\n".encode())
    assert (found.format, found.columns) == (Format.CSV, ("id", "title"))
    assert [row.values for row in found.rows] == [
        {"id": "1", "title": "Coder"},
        {"id": "2", "title": "Auditor"},
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_table_is_read_in_the_encodings_of_spreadsheets(encoding):
    text = "id,title,text\n1,Coder’s café,Zwölf “große” Übungen für die Kodierung\n"
    assert rows(text.encode(encoding))[0]["title"] == "Coder’s café"


def test_cells_hold_line_breaks_and_quotes():
    assert rows(b'id,text\n1,"two\nlines, ""quoted"""\n') == [
        {"id": "1", "text": 'two\nlines, "quoted"'}
    ]


def test_indeed_feeds_are_read():
    first, second = rows(INDEED.encode())
    assert first == {
        "title": "Coder & auditor",
        "id": "A-1",
        "city": "Des Moines",
        "state": "IA",
        "zip": "50309",
        "pay": "$28 - $34 per hour",
        "employment": "fulltime",
        "description": "<p>Codes <b>charts</b>.</p><ul><li>CPC</li></ul>",
    }
    assert second == {"title": "Other", "id": "A-2"}


def test_greenhouse_boards_are_read():
    (job,) = rows(json.dumps(GREENHOUSE).encode())
    assert job["id"] == "7"
    assert job["place"] == "Remote"
    assert job["description"] == "<p>Codes &amp; audits</p>"


def test_lever_postings_are_read():
    (job,) = rows(json.dumps(LEVER).encode())
    assert (job["pay_low"], job["pay_high"], job["setting"]) == ("60000", "70000", "hybrid")
    assert "<h3>You bring</h3><ul><li>CPC</li></ul>" in job["description"]


def test_html_becomes_markdown():
    assert as_markdown("<p>Codes <b>charts</b>.</p><ul><li>CPC</li></ul>") == (
        "Codes **charts**.\n\n- CPC"
    )
    assert as_markdown("plain *text*") == "plain *text*"
    assert as_markdown("<div>" * 5000 + "deep") == "deep"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no posting"),
        (b"\x00\x01\x02\x03", "looks like no table"),
        (b"id,title\n", "no posting"),
        (b"only one column\nx\n", "must name the columns"),
        (b"id,id\n1,2\n", "must name the columns"),
        (b"<source><job></source>", "look at line 1"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><source/>', "document type"),
        (b'{"jobs": 3}', "looks like no table"),
        (b"[" * 100_000, "JSON cannot be read"),
        (b"{nonsense", "JSON cannot be read"),
        (b"[1, 2]", "no posting"),
    ],
)
def test_what_cannot_be_read_is_said(content, words):
    with pytest.raises(Invalid, match=words) as refused:
        read_file(content)
    assert refused.value.field == "file"


def test_too_many_rows_are_refused():
    with pytest.raises(Invalid, match="more than 10,000"):
        read_file(b"id,title\n" + b"1,x\n" * (MOST_ROWS + 2))


def test_too_large_a_file_is_refused(monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 10)
    with pytest.raises(Invalid, match="larger than"):
        read_file(b"id,title\n1,coder\n")


def test_headings_that_are_known_are_guessed():
    columns = ["Req ID", "Job Title", "Job Description", "Salary Min", "Notes", "location"]
    assert guess_mapping(columns) == {
        "id": "Req ID",
        "title": "Job Title",
        "description": "Job Description",
        "place": "location",
        "pay_low": "Salary Min",
    }
