"""What templates may call: filters and globals."""

from collections.abc import Callable, Hashable, Iterable, MutableMapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from flask import Flask, current_app, request, url_for
from flask.templating import Environment
from jinja2 import StrictUndefined
from markupsafe import Markup, escape

from careercenter import clock
from careercenter.config import Settings
from careercenter.taxonomy import vocabularies
from careercenter.web.markdown import render_markdown

NBSP = "\N{NO-BREAK SPACE}"
VOCABULARIES = {
    "role": vocabularies.ROLES,
    "coding_type": vocabularies.CODING_TYPES,
    "specialty": vocabularies.SPECIALTIES,
    "setting": vocabularies.WORK_SETTINGS,
    "employment": vocabularies.EMPLOYMENT_TYPES,
    "employer_kind": vocabularies.EMPLOYER_KINDS,
    "pay_unit": vocabularies.PAY_UNITS,
}


def register_templates(app: Flask, settings: Settings) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.config["BOARD_ZONE"] = ZoneInfo(settings.board_zone)
    app.jinja_env.filters.update(
        markdown=render_markdown,
        day=day,
        last_day=last_day,
        moment=moment,
        ago=ago,
        dollars=dollars,
        name=name,
        number=number,
        boxes=boxes,
    )
    app.jinja_env.globals["options"] = options
    app.jinja_env.globals["url_for"] = address
    app.jinja_env.globals["kept"] = kept
    app.jinja_env.globals["base_url"] = settings.base_url
    app.jinja_env.globals["test_money"] = settings.test_money
    app.jinja_env.globals["development"] = not settings.production


class Templates(Environment):
    """Templates that share the globals of the environment.

    With a mapping of its own for each, as Jinja has it, every import compares the two key by key:
    a thirtieth of a page.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


def address(endpoint: str, **values: Any) -> str:
    """``url_for``; a page's twenty addresses without a variable part are built once."""
    if values or endpoint.startswith("."):
        return url_for(endpoint, **values)
    return _fixed_address(endpoint, request.script_root)


@lru_cache(maxsize=512)
def _fixed_address(endpoint: str, script_root: str) -> str:
    return url_for(endpoint)


@lru_cache(maxsize=256)
def options(pairs: tuple[tuple[str, str], ...], chosen: str | None = None) -> Markup:
    """The options of a select, (value, words): a long list that is the same on every page."""
    one = Markup('<option value="{}"{}>{}</option>')
    selected = Markup(" selected")
    return Markup("").join(
        one.format(value, selected if value == chosen else "", words) for value, words in pairs
    )


class Choice(Protocol):
    @property
    def value(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def count(self) -> int | None: ...
    @property
    def selected(self) -> bool: ...


def boxes(choices: Iterable[Choice], name: str) -> Markup:
    """A facet's checkboxes, of the form "search". They are made here: a page has a hundred."""
    lines = [_box(name, c.value, c.label, c.selected) + _figure(c.count) for c in choices]
    return Markup("".join(lines))  # noqa: S704 -- all that was not ours is escaped


@lru_cache(maxsize=1024)
def _box(name: str, value: str, label: str, selected: bool) -> str:
    checked = " checked" if selected else ""
    key = f"{escape(name)}-{escape(value)}"
    return (
        f'<div class="check"><input type="checkbox" id="{key}" name="{escape(name)}"'
        f' value="{escape(value)}" form="search"{checked}>'
        f'<label for="{key}"><span>{escape(label)}</span>'
    )


def _figure(count: int | None) -> str:
    figure = "" if count is None else f' <span class="count">{count:,}</span>'
    return f"{figure}</label></div>\n"


@lru_cache(maxsize=1024)
def kept(macro: Callable[..., Markup], *arguments: Hashable) -> Markup:
    """What a macro made of these when it was first asked.

    For what many pages repeat, like a card: the macro must depend on its arguments alone.
    """
    return macro(*arguments)


def local(value: datetime) -> datetime:
    """The instant in the board's zone."""
    zone: ZoneInfo = current_app.config["BOARD_ZONE"]
    return value.astimezone(zone)


def day(value: datetime | date | None) -> str:
    """ "3 Nov 2026"."""
    if value is None:
        return ""
    value = local(value) if isinstance(value, datetime) else value
    return f"{value.day}{NBSP}{value:%b}{NBSP}{value:%Y}"


def last_day(value: datetime | None) -> str:
    """The day whose end an instant is: midnight belongs to the day before."""
    return day(value - timedelta(seconds=1)) if value else ""


def moment(value: datetime | None) -> str:
    """ "3 Nov 2026, 14:05"."""
    return f"{day(value)}, {local(value):%H:%M}" if value else ""


def ago(value: datetime | None) -> str:
    """ "today", "yesterday", "12 days ago", by the board's calendar."""
    if value is None:
        return ""
    days = (local(clock.now()).date() - local(value).date()).days
    if days <= 0:
        return "today"
    return "yesterday" if days == 1 else f"{days}{NBSP}days ago"


def dollars(cents: int) -> str:
    """ "$249" or "$0.92"."""
    return f"${cents / 100:,.2f}" if cents % 100 else f"${cents // 100:,}"


def number(value: int) -> str:
    """ "1,024" """
    return f"{value:,}"


def name(slug: str, vocabulary: str) -> str:
    """A slug as people read it; a slug that left the vocabulary is shown as it is."""
    term = VOCABULARIES[vocabulary].get(slug)
    return term.name if term else slug
