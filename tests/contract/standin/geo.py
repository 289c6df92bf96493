"""Points on the globe: degrees and metres."""

import math
import re

RADIUS = 6_371_000.0  # metres
_POINT = re.compile(r"_geoPoint\(\s*([^,]+?)\s*,\s*([^,]+?)\s*\)")


def metres(a, b):
    lat_a, lng_a, lat_b, lng_b = map(math.radians, (*a, *b))
    along, across = math.sin((lat_a - lat_b) / 2), math.sin((lng_a - lng_b) / 2)
    chord = along**2 + math.cos(lat_a) * math.cos(lat_b) * across**2
    return 2 * RADIUS * math.asin(math.sqrt(min(chord, 1)))


def point_of(text):
    from_text = _POINT.fullmatch(text)
    return tuple(map(float, from_text.groups()))


def bad_place(place):
    """What is wrong with the ``_geo`` of a document, or nothing."""
    if not isinstance(place, dict):
        return f"The `_geo` field in the document is not an object: {place!r}."
    if extra := place.keys() - {"lat", "lng"}:
        return f"The `_geo` field contains unexpected fields: {sorted(extra)}."
    for name, most in (("lat", 90), ("lng", 180)):
        try:
            value = float(place[name])
        except (KeyError, TypeError, ValueError):
            return f"Could not parse `{name}` of `_geo`."
        if not -most <= value <= most:
            return f"`{name}` of `_geo` is out of bounds."
    return ""
