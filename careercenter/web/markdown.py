"""Markdown that people wrote, as HTML that can do no harm."""

from collections.abc import Sequence
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

LONGEST = 20_000  # characters; checked before parsing, which is quadratic in the worst case
TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "ul",
    "ol",
    "li",
    "h3",
    "h4",
    "blockquote",
    "a",
    "hr",
    "code",
    "pre",
}


def _image(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    """What the image shows, in the writer's words."""
    return escapeHtml(renderer.renderInlineAsText(tokens[at].children, options, env))


_parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
_parser.add_render_rule("image", _image)


@lru_cache(maxsize=2048)
def render_markdown(text: str) -> Markup:
    """Headings start at the third level, below a page's own; of an image its words stay."""
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
