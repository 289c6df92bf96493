"""How people type places: spellings, states, ZIP codes. Knows no rows."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from careercenter.taxonomy.vocabularies import STATES

LONGEST = 100  # characters; no place is as long
_WORDS = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
_NICKNAMES = {"new york city": "new york", "nyc": "new york"}
_BIGGER_THAN_THEIR_STATE = {"new york", "washington"}
_COUNTRY = {"us", "usa", "united states"}


def plain(text: str) -> str:
    """Lower-case letters without accents, digits, spaces and commas; "" for what is too long."""
    if len(text) > LONGEST:
        return ""
    letters = unicodedata.normalize("NFKD", text).lower()
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    letters = re.sub(r"['’]s\b|\.", lambda m: m[0].strip("'’."), letters)
    return " ".join(re.sub(r"[^a-z0-9,]+", " ", letters).split())


def city_key(name: str) -> str:
    """The same for all spellings of a city: "St. Louis" and "Saint Louis"."""
    words = plain(name).replace(",", " ").split()
    key = " ".join(_WORDS.get(word, word) for word in words)
    return _NICKNAMES.get(key, key)


def zip_code(text: str) -> str | None:
    """The five digits at the end of "50701", "50701-1234" or "Waterloo, IA 50701"."""
    found = re.fullmatch(r"(?:.*[ ,])?([0-9]{5})(?: [0-9]{4})?", plain(text))
    return found[1] if found else None


def without_state(typed: str) -> Iterator[tuple[str, Collection[str]]]:
    """The ways to read a ``plain`` text as a city and the codes of its state (none: any)."""
    parts = [p.strip() for p in re.sub(r"[ ,]+[0-9]{5}(?: [0-9]{4})?$", "", typed).split(",")]
    if len(parts) > 1 and parts[-1] in _COUNTRY:
        parts.pop()
    if len(parts) > 1:
        states = state_codes(parts[-1])
        if states:
            yield " ".join(parts[:-1]), states
        return
    if parts[0] not in _STATE_NAMES or parts[0] in _BIGGER_THAN_THEIR_STATE:
        yield parts[0], ()
    words = parts[0].split()
    for at in range(len(words) - 1, 0, -1):
        states = state_codes(" ".join(words[at:]))
        if states:
            yield " ".join(words[:at]), states


def state_codes(text: str, *, prefix: bool = False) -> Collection[str]:
    """The codes of the states that ``text`` names, or begins to name."""
    typed = plain(text)
    if not prefix:
        code = _STATE_NAMES.get(typed) or _STATE_CODES.get(typed)
        return (code,) if code else ()
    known = (*_STATE_NAMES.items(), *_STATE_CODES.items())
    return {code for name, code in known if name.startswith(typed)}


_STATE_NAMES: Mapping[str, str] = MappingProxyType({plain(s.name): s.code for s in STATES.values()})
_STATE_CODES: Mapping[str, str] = MappingProxyType({code.lower(): code for code in STATES})
