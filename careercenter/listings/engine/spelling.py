"""A listing as its record: what it says in each field, the attributes first, then the facets."""

from functools import lru_cache

from careercenter.listings.engine.alphabet import APART, PARTING, Alphabet
from careercenter.listings.engine.text import runs_and_chains
from careercenter.listings.index import Facet, ListingDocument, Settings


class Speller:
    """Spells in one alphabet, and remembers every piece: in many texts few differ.

    Nothing that the rules look at reaches over a space. So a text is cut there, at no cost, and
    what stands between spaces is folded and cut into words the first time that it is met.
    """

    def __init__(self, settings: Settings, alphabet: Alphabet) -> None:
        self._searchable = settings.searchable
        self._runs = _Runs(alphabet)
        self._texts = _Texts(self._runs)
        self._values = _Values(alphabet)

    def record(self, document: ListingDocument) -> str:
        said, chosen = document.texts, document.facets.get
        fields = [self._texts[said[name]] for name in self._searchable]
        fields += [self._values[chosen(facet, ())] for facet in _FACETS]
        return PARTING.join(fields)


_FACETS = tuple(Facet)
_runs_and_chains = lru_cache(maxsize=10_000)(runs_and_chains)  # of pieces, whatever the alphabet
_SHORT = 800  # characters: a place or a specialty comes again and again, a description does not


class _Runs(dict[str, str]):
    """The runs of a piece of text, as characters; its chains are in ``chains``, if it has any."""

    def __init__(self, alphabet: Alphabet) -> None:
        super().__init__()
        self._write = alphabet.write
        self.chains: dict[str, str] = {}

    def __missing__(self, piece: str) -> str:
        words, chains = _runs_and_chains(piece)
        if chains:
            self.chains[piece] = self._write(chains)
        self[piece] = spelled = self._write(words)
        return spelled


class _Texts(dict[str, str]):
    """The runs of a text in order, and its chains behind, as characters."""

    def __init__(self, runs: _Runs) -> None:
        super().__init__()
        self._runs = runs

    def __missing__(self, text: str) -> str:
        pieces, chains = text.split(), self._runs.chains
        spelled = "".join(map(self._runs.__getitem__, pieces))
        spelled += "".join(map(chains.__getitem__, chains.keys() & pieces))
        if len(text) < _SHORT:
            self[text] = spelled
        return spelled


class _Values(dict[tuple[str, ...], str]):
    """The values of a facet as characters, each apart."""

    def __init__(self, alphabet: Alphabet) -> None:
        super().__init__()
        self._write = alphabet.write

    def __missing__(self, values: tuple[str, ...]) -> str:
        self[values] = spelled = APART.join(self._write(values))
        return spelled
