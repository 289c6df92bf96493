"""A mapping of which every version shares nearly everything with the one before."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

K = TypeVar("K", str, int)
V = TypeVar("V")

_FEW = 1000
_SHARE = 8  # the recent layer may hold an eighth of what the base holds


class Layers(Generic[K, V]):
    """A large base and a small layer of what changed since; neither changes once it is here.

    Copying a large dictionary touches every key and value, which costs milliseconds. So a new
    version copies the small layer only, and now and then both are merged into a new base.
    """

    def __init__(self) -> None:
        self._base: Mapping[K, V] = {}
        self._recent: Mapping[K, V | None] = {}  # None: no longer there
        self._length = 0
        self._in_order: tuple[list[K], list[V]] | None = None

    @classmethod
    def of(cls, values: Mapping[K, V]) -> "Layers[K, V]":
        """The first version."""
        first: Layers[K, V] = cls()
        first._base, first._length = values, len(values)
        return first

    def __len__(self) -> int:
        return self._length

    def __contains__(self, key: K) -> bool:
        return self.get(key) is not None

    def get(self, key: K) -> V | None:
        if key in self._recent:
            return self._recent[key]
        return self._base.get(key)

    def found(self, keys: Iterable[K]) -> list[V]:
        """The values of those keys that are there."""
        get = self.get if self._recent else self._base.get
        return [value for key in keys if (value := get(key)) is not None]

    def items(self) -> Iterator[tuple[K, V]]:
        """In no particular order."""
        for key, value in self._recent.items():
            if value is not None:
                yield key, value
        for key, value in self._base.items():
            if key not in self._recent:
                yield key, value

    def in_order(self) -> tuple[list[K], list[V]]:
        """The keys, ordered, and the value of each; put together once for a version."""
        if self._in_order is None:
            keys = sorted(key for key, _ in self.items())
            self._in_order = keys, self.found(keys)
        return self._in_order

    def revised(self, changes: Mapping[K, V | None]) -> "Layers[K, V]":
        """The next version; ``None`` takes a key away."""
        if not changes:
            return self
        other: Layers[K, V] = Layers()
        other._base, other._recent = self._base, {**self._recent, **changes}
        other._length = self._length + sum(
            (value is not None) - (key in self) for key, value in changes.items()
        )
        if len(other._recent) > _FEW + len(self._base) // _SHARE:
            merged = {**self._base, **other._recent}
            other._base = {key: value for key, value in merged.items() if value is not None}
            other._recent = {}
        return other
