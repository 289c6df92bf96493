"""Where listings are: points on the globe, and which lie inside circles."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from careercenter.listings.index import Near

_EARTH = 3958.8  # miles, the mean radius
_MARGIN = 1e-9  # radians, a hundredth of an inch
_DECIMALS = 6  # of a mile, under two millimetres: what lies on a circle is found despite rounding

Floats = npt.NDArray[np.float64]
Slots = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Places:
    """A point in each row of three arrays of one length; a listing may own several."""

    slots: Slots
    latitudes: Floats  # radians
    longitudes: Floats  # radians

    @classmethod
    def empty(cls) -> "Places":
        return cls(np.zeros(0, np.int64), np.zeros(0), np.zeros(0))

    def revised(
        self, changed: Collection[int], points: Iterable[tuple[int, float, float]]
    ) -> "Places":
        """Without the old points of ``changed`` slots, with the new: slot, latitude, longitude."""
        kept = ~np.isin(self.slots, list(changed))
        came = np.array(list(points), np.float64).reshape(-1, 3)
        return Places(
            np.concatenate([self.slots[kept], came[:, 0].astype(np.int64)]),
            np.concatenate([self.latitudes[kept], np.radians(came[:, 1])]),
            np.concatenate([self.longitudes[kept], np.radians(came[:, 2])]),
        )

    def within(self, circles: Iterable[Near]) -> tuple[Slots, Floats]:
        """The slots with a point in any circle, and the miles from each to the nearest centre.

        The nearest centre may be that of a circle which the listing is not in.
        """
        circles = tuple(circles)
        inside = np.concatenate([self._inside(circle) for circle in circles])
        marked = np.zeros(int(self.slots.max(initial=0)) + 1, np.bool_)
        marked[inside] = True
        owned = np.flatnonzero(marked[self.slots])
        miles = np.minimum.reduce([self._miles(circle, owned) for circle in circles])
        slots, of_slot = np.unique(self.slots[owned], return_inverse=True)
        nearest = np.full(len(slots), np.inf)
        np.minimum.at(nearest, of_slot, miles)
        return slots, nearest

    def _inside(self, circle: Near) -> Slots:
        """The slots of the points in the circle. Only those in a square around it are reckoned."""
        radius, latitude = circle.miles / _EARTH + _MARGIN, np.radians(circle.latitude)
        close = np.flatnonzero(np.abs(self.latitudes - latitude) <= radius)
        if radius + abs(latitude) < np.pi / 2 - _MARGIN:  # else there is a pole in it
            east = np.abs(self.longitudes[close] - np.radians(circle.longitude))
            wide = np.arcsin(np.sin(radius) / np.cos(latitude)) + _MARGIN
            close = close[np.minimum(east, 2 * np.pi - east) <= wide]
        return self.slots[close[self._miles(circle, close) <= circle.miles]]

    def _miles(self, circle: Near, rows: npt.NDArray[np.intp]) -> Floats:
        """Great-circle distances by the haversine formula."""
        latitude, longitude = np.radians(circle.latitude), np.radians(circle.longitude)
        latitudes = self.latitudes[rows]
        across = np.sin((self.longitudes[rows] - longitude) / 2) ** 2
        along = np.sin((latitudes - latitude) / 2) ** 2
        half_chord = np.sqrt(along + np.cos(latitude) * np.cos(latitudes) * across)
        miles: Floats = np.round(2 * _EARTH * np.arcsin(np.minimum(half_chord, 1)), _DECIMALS)
        return miles
