"""Where a new posting may start: the templates of common roles, from data/templates.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType

from careercenter.drafting.models import Values


@dataclass(frozen=True, slots=True)
class Template:
    """``typed``: what it fills in. Pay and place stay empty: nobody knows them but the employer."""

    slug: str
    name: str
    about: str
    typed: Values


def _load() -> Mapping[str, Template]:
    text = (files("careercenter.drafting") / "data" / "templates.toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            slug: Template(slug, row.pop("name"), row.pop("about"), _values(row))
            for slug, row in tomllib.loads(text).items()
        }
    )


def _values(row: Mapping[str, object]) -> Values:
    return {
        name: [str(one) for one in value] if isinstance(value, list) else [str(value).strip()]
        for name, value in row.items()
    }


TEMPLATES = _load()
