"""Markdown that people wrote, as HTML that can do no harm."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

LONGEST = 20_000  # characters; checked before parsing, which is quadratic in the worst case
TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "h3", "h4", "blockquote", "a", "hr", "code"}

_parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image")


@lru_cache(maxsize=2048)
def render_markdown(text: str) -> Markup:
    """Headings start at the third level, below a page's own; images and raw HTML are dropped."""
    html = _parser.render(text[:LONGEST])
    for level in ("1", "2"):
        html = html.replace(f"<h{level}>", "<h3>").replace(f"</h{level}>", "</h3>")
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow ugc noopener noreferrer",
    )
    return Markup(clean)  # noqa: S704 -- nh3 has cleaned it
