"""What is a résumé and what only says so (the cases are U3 to U7)."""

import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from careercenter.candidates import gateway
from careercenter.candidates.gateway import UNLIKE, WORD, WRONG_NAME, Examined, Verdict, examine
from careercenter.candidates.inspecting import judge
from careercenter.errors import Invalid, Unavailable
from tests.candidates import files

EXECUTABLE = b"MZ\x90\x00" + bytes(500)


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(Invalid) as caught:
        examine(name, content)
    assert caught.value.field == "file"
    return str(caught.value)


def test_a_pdf_is_a_pdf_and_a_word_file_is_a_word_file() -> None:
    assert examine("resume.pdf", files.pdf()) == Examined("application/pdf", active=False)
    assert examine("Resume.DOCX", files.docx()) == Examined(WORD, active=False)


@pytest.mark.parametrize(
    "name", ["resume.pdf.exe", "resume.php", "resume.doc", "resume.rtf", "resume", "pdf", ""]
)
def test_other_names_are_refused(name: str) -> None:
    assert refusal(name, files.pdf()) == WRONG_NAME


@pytest.mark.parametrize(
    "content",
    [
        b"",
        EXECUTABLE,
        b"<html><script>alert(1)</script></html>",
        b"<script>alert(1)</script>" + files.pdf(),
        b"\n" + files.pdf(),
        files.docx(),
    ],
)
def test_what_does_not_begin_as_a_pdf_is_none(content: bytes) -> None:
    assert refusal("resume.pdf", content) == UNLIKE


def test_a_password_is_named_whatever_the_cipher() -> None:
    words = "That PDF is password-protected. Remove the password and upload it again."
    assert refusal("resume.pdf", files.pdf(password="secret")) == words
    aes = files.pdf().replace(b"/Root", b"/Encrypt << /Filter /Standard /V 5 /R 6 >> /Root", 1)
    assert refusal("resume.pdf", aes) == words


def test_fifty_pages_are_enough() -> None:
    assert examine("resume.pdf", files.pdf(50)).content_type == "application/pdf"
    assert refusal("resume.pdf", files.pdf(51)).startswith("That PDF has more than 50 pages.")


@pytest.mark.parametrize("kind", ["script", "launch", "attachment", "annotation"])
def test_a_pdf_that_does_something_is_taken_and_told(kind: str) -> None:
    assert judge("pdf", files.active_pdf(kind)) is Verdict.ACTIVE


def test_the_child_tells_too() -> None:
    assert examine("resume.pdf", files.active_pdf("script")).active


BAD_WORD = {
    "a jar": files.archive({"META-INF/MANIFEST.MF": "Main-Class: A"}),
    "a spreadsheet": files.docx(main="application/vnd.ms-excel.sheet.main+xml"),
    "a docm": files.docx(main=files.MACRO),
    "a macro": files.docx({"word/vbaProject.bin": b"x"}),
    "a macro in capitals": files.docx({"word/VBAPROJECT.BIN": b"x"}),
    "a remote template": files.docx(
        {"word/_rels/settings.xml.rels": files.relations(files.TEMPLATE, "https://evil.test/t")}
    ),
    "a way up": files.docx({"../../etc/passwd": b"x"}),
    "a way up on Windows": files.docx({"..\\evil": b"x"}),
    "an absolute name": files.docx({"/etc/passwd": b"x"}),
    "a drive": files.docx({"C:/evil": b"x"}),
    "too many entries": files.docx({f"word/{n}.xml": b"x" for n in range(500)}),
    "a bomb": files.docx({"word/document.xml": bytes(5_000_000)}),
    "a lie": files.lying_docx(),
    "half a file": files.docx()[:300],
    "an entity": files.docx({"_rels/.rels": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
    "no main part": files.archive(
        {"[Content_Types].xml": f'<T><O ContentType="{WORD}.main+xml" PartName="/x"/></T>'}
    ),
    "no types": files.archive({"word/document.xml": b"x"}),
}


@pytest.mark.parametrize("content", BAD_WORD.values(), ids=BAD_WORD)
def test_what_only_looks_like_a_word_file_is_refused(content: bytes) -> None:
    assert content.startswith(b"PK\x03\x04")
    assert judge("docx", content) is Verdict.UNLIKE


def test_a_word_file_is_refused_in_the_child_too() -> None:
    assert refusal("resume.docx", BAD_WORD["a docm"]) == UNLIKE


@pytest.mark.parametrize("make", [files.bomb_pdf, files.looped_pdf])
def test_a_pdf_made_to_swell_or_to_loop_is_refused_in_time(make: Callable[[], bytes]) -> None:
    began = time.monotonic()
    assert refusal("resume.pdf", make()) == UNLIKE
    assert time.monotonic() - began < 12


def test_a_truncated_pdf_is_answered_one_way_or_the_other() -> None:
    assert judge("pdf", files.pdf(3)[:-200]) in (Verdict.FINE, Verdict.UNLIKE)
    assert judge("pdf", files.pdf(3)[:20]) is Verdict.UNLIKE


@pytest.mark.slow
@pytest.mark.parametrize(
    "work", ["while True: pass", "x = bytearray(700 * 1024 * 1024)", "import os; os.abort()"]
)
def test_the_child_may_not_run_or_grow_for_ever(work: str) -> None:
    program = f"from careercenter.candidates import inspecting; inspecting.limit()\n{work}"
    done = subprocess.run([sys.executable, "-c", program], timeout=14, stderr=subprocess.DEVNULL)
    assert done.returncode != 0


def test_a_child_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "WALL_SECONDS", 0.01)
    assert refusal("resume.pdf", files.pdf()) == UNLIKE


def test_a_child_that_cannot_start_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(Unavailable):
        examine("resume.pdf", files.pdf())
