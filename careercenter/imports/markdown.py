"""HTML of other editors as Markdown. Only the worker loads what does it."""

import nh3
from markdownify import markdownify

from careercenter.imports.models import LONGEST_CELL


def as_markdown(html: str) -> str:
    """What is meant by HTML that somebody else's editor wrote."""
    if "<" not in html:
        return html
    html = html[: 5 * LONGEST_CELL]
    try:
        text = markdownify(html, heading_style="ATX", bullets="-", strip=["img"])
    except RecursionError:  # nested by the thousand: its words alone
        text = nh3.clean(html, tags=set())
    lines = (line.rstrip() for line in text.splitlines())
    return "\n".join(line for n, line in enumerate(lines) if line or n).strip()
