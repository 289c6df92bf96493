"""Text as the index sees it: folded, and cut into words.

A *run* is letters and digits side by side. A *chain* is runs joined by hyphens: "icd-10-cm".
Chains stand in the index twice, as their runs and whole. Only a short code with a letter behind it
stands whole alone, because it is another code: a CCS-P is not a CCS.
"""

import re
import unicodedata
from collections.abc import Set
from functools import lru_cache

# Hyphens of typesetters, quotation marks, signs that would decompose into letters (CPC™), and those
# that part words in most texts, so that these need no decomposing.
_SIGNS = dict(zip("\u2010\u2011“”„«»™℠–—’‘…•\u00a0\u00ad", [*'--"""""         ', ""], strict=True))
_SIGN = re.compile(f"[{''.join(_SIGNS)}]")

# "e/m", "h&p": one code, so that it reads like "e-m". Elsewhere both signs part words.
_PAIR = re.compile(r"/(?<=(?<![\w-])[^\W\d].)([^\W\d])(?!\w)/?")
_TOKEN = re.compile(r"\w+(?:-\w+)*")
_SUFFIXED = re.compile(r"[^\W\d]{1,4}-[^\W\d]")
_DIGIT = re.compile(r"\d")


def fold(text: str) -> str:
    """``text`` without case, accents and typography; what stays apart in words stays apart."""
    if not text.isascii():
        text = _SIGN.sub(lambda sign: _SIGNS[sign[0]], text)
    if text.isascii():
        return text.lower().replace("_", " ")
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c)).replace("_", " ")


def tokens(folded: str) -> list[str]:
    """The runs and chains of a folded text, in order."""
    return _TOKEN.findall(_pairs_joined(folded))


@lru_cache(maxsize=10_000)
def runs(token: str) -> tuple[str, ...]:
    """The words that a token puts into the text one after the other."""
    return (token,) if _SUFFIXED.fullmatch(token) else tuple(token.split("-"))


def runs_and_chains(text: str) -> tuple[list[str], list[str]]:
    """All runs of a document's text in order, and beside them the chains that were cut."""
    found = tokens(fold(text))
    chains = [token for token in found if len(runs(token)) > 1]
    return [run for token in found for run in runs(token)], chains


def _pairs_joined(folded: str) -> str:
    return _PAIR.sub(r"-\1 ", folded.replace("&", "/"))


def letters(word: str) -> int:
    """How long a word is for the rules about typos: hyphens do not count."""
    return len(word) - word.count("-")


def forgiving(word: str, exact: Set[str] = frozenset()) -> bool:
    """Whether typos in this word are overlooked: never in numbers, codes and ``exact`` words."""
    if _DIGIT.search(word) or _SUFFIXED.fullmatch(word):
        return False
    return exact.isdisjoint(word.split("-"))
