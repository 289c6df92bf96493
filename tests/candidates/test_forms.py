"""Names of files are shown to people, so they are made harmless (U7)."""

import pytest

from careercenter.candidates.forms import harmless_name


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("résumé 2026.pdf", "résumé 2026.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\cv.docx", "cv.docx"),
        ("a\x00.pdf", "a.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie: x.pdf"),
        ("fdp.\u202eexe.pdf", "fdp.exe.pdf"),
        (".pdf", "resume.pdf"),
        ("noname", "noname"),
        ("", ""),
    ],
)
def test_a_name_loses_folders_controls_and_hidden_marks(given, shown):
    assert harmless_name(given) == shown


def test_a_long_name_keeps_its_ending():
    name = harmless_name("x" * 300 + ".docx")
    assert len(name) == 120
    assert name.endswith(".docx")
