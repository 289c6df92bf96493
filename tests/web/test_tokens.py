"""Every pair of colours that carries text is readable, in both themes."""

import math
import re
from pathlib import Path

import pytest

SHEET = (Path(__file__).parents[2] / "static/css/tokens.css").read_text()
COLOUR = re.compile(r"--([a-z-]+): oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)")
Colour = tuple[float, float, float]


def themes() -> dict[str, dict[str, Colour]]:
    """Light from :root, dark from each of the blocks that set it."""
    blocks = re.split(r"color-scheme:", SHEET)
    found = [
        {name: (float(x), float(c), float(h)) for name, x, c, h in COLOUR.findall(block)}
        for block in blocks
    ]
    filled = [colours for colours in found if "paper" in colours]
    return {f"{'dark' if c['paper'][0] < 50 else 'light'} {n}": c for n, c in enumerate(filled)}


def luminance(colour: Colour) -> float:
    """WCAG relative luminance of an oklch colour, clipped to sRGB (Ottosson's matrices)."""
    lightness, chroma, hue = colour[0] / 100, colour[1], math.radians(colour[2])
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    red, green, blue = (min(1.0, max(0.0, channel)) for channel in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: Colour, second: Colour) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


PAIRS = [
    (kind, *pair)
    for kind, *pair in re.findall(r"^\s+((?:edge-)?pair) ([a-z-]+) ([a-z-]+)", SHEET, re.M)
]


def test_there_are_two_themes_and_the_dark_blocks_agree():
    dark = [colours for name, colours in themes().items() if name.startswith("dark")]
    assert len(dark) == 2
    assert dark[0] == dark[1]
    assert any(name.startswith("light") for name in themes())


@pytest.mark.parametrize(("kind", "text", "surface"), PAIRS)
def test_a_pair_is_readable(kind, text, surface):
    least = 3.0 if kind == "edge-pair" else 4.5
    for theme, colours in themes().items():
        assert contrast(colours[text], colours[surface]) >= least, theme


def test_black_on_white_is_21_to_1():
    assert round(contrast((0, 0, 0), (100, 0, 0)), 1) == 21.0
