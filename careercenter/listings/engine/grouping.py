"""Lists the groups of frequent words, when a board is built."""

from collections.abc import Sequence
from functools import partial

from pyroaring import BitMap

from careercenter.listings.engine.alphabet import Alphabet
from careercenter.listings.engine.entries import Listed, add, entries
from careercenter.listings.engine.errands import Errand
from careercenter.listings.engine.groups import LONGEST, Groups, words_in
from careercenter.listings.engine.state import State
from careercenter.listings.engine.text import runs

_FREQUENT = 20  # what one in so many listings has
_FEW = 2000  # listings are read quickly enough, whatever their share
_SAMPLE = 2000
_AT_ONCE = 5000


def frequent(records: Sequence[str], alphabet: Alphabet, blank: State) -> Groups:
    """The groups of what is frequent in a sample of the records.

    Chains are no part of a group: they stand behind the text and not in it.
    """
    fields, texts = len(blank.fields), len(blank.texts)
    sample = records[:: len(records) // _SAMPLE + 1]
    slots = range(len(sample))
    many = max(_FEW / max(1, len(records)), 1 / _FREQUENT) * len(sample)
    words = Listed.of(entries(sample, slots, fields)).frequent(many, texts)
    levels = [[word for word in words if len(runs(alphabet.read(chr(word)))) == 1]]
    for length in range(2, LONGEST):
        groups = Listed.of(Groups(*levels).entries(sample, slots, fields)).frequent(many, texts)
        levels.append([number for number in groups if words_in(number) == length])
    return Groups(*levels)


def grouped(records: Sequence[str], groups: Groups, blank: State) -> list[dict[int, BitMap]]:
    """The slots that have each group, in each searchable attribute."""
    slots = range(len(records))
    batches = [slots[n : n + _AT_ONCE] for n in slots[::_AT_ONCE]]

    def found(some: Sequence[range]) -> list[dict[int, BitMap]]:
        fields: list[dict[int, BitMap]] = [{} for _ in blank.texts]
        for batch in some:
            said = groups.entries(records[batch.start : batch.stop], batch, len(blank.fields))
            Listed.of(said).add_to(fields, int)
        return fields

    half = (len(batches) + 1) // 2
    errand = Errand(partial(found, batches[half:])) if len(batches) > 1 else None
    fields = found(batches[:half])
    for field, others in zip(fields, errand.result() if errand else (), strict=False):
        for number, more in others.items():
            add(field, number, more)
    return fields
