"""Descriptions as people type them, shown so that they can do no harm."""

import re

import html5lib
import pytest

from careercenter.web.markdown import render_markdown

HARMFUL = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<svg onload=alert(1)>",
    "<math><mtext></table><mglyph><style><img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&colon;alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "<a href=//evil.test>x</a>",
    "<form action=//evil.test><input name=password></form>",
    "<style>body{display:none}</style>",
    "![x](https://evil.test/pixel.gif)",
    '<https://evil.test/" onmouseover=alert(1)>',
    "```\n</code><script>alert(1)</script>\n```",
]


@pytest.mark.parametrize("text", HARMFUL)
def test_harmful_text_is_shown_and_does_nothing(text):
    tree = html5lib.parseFragment(render_markdown(text), namespaceHTMLElements=False)
    for element in tree.iter():
        assert element.tag not in {
            "script",
            "style",
            "img",
            "svg",
            "math",
            "form",
            "input",
            "iframe",
        }
        for name, value in element.attrib.items():
            assert not str(name).startswith("on")
            assert not re.match(r"\s*(javascript|data|vbscript):", value, re.I)


def test_headings_begin_below_the_pages_own():
    assert "<h3>Duties</h3>" in render_markdown("# Duties")


def test_links_lead_away_without_credit():
    html = render_markdown("[site](https://example.org)")
    assert 'rel="nofollow ugc noopener noreferrer"' in html


def test_lists_and_emphasis_stay():
    html = render_markdown("- **one**\n- two")
    assert "<ul>" in html
    assert "<strong>one</strong>" in html


def test_of_an_image_only_its_words_stay():
    html = render_markdown("**Our** ![team <b> & *dog*](https://evil.test/pixel.gif) at work")
    assert html == "<p><strong>Our</strong> team &lt;b&gt; &amp; dog at work</p>\n"


def test_code_keeps_its_lines():
    assert "<pre><code>a &lt; b\n  c\n</code></pre>" in render_markdown("```py\na < b\n  c\n```")


@pytest.mark.parametrize("nonsense", ["[", "!["])
def test_the_longest_nonsense_is_quick(nonsense):
    assert len(render_markdown(nonsense * (20_000 // len(nonsense)))) > 0
