"""Documents put together for sending."""

from collections.abc import Iterable, Iterator

MOST_DOCUMENTS = 1000
MOST_BYTES = 5_000_000


def payloads(
    documents: Iterable[bytes], most: int = MOST_DOCUMENTS, most_bytes: int = MOST_BYTES
) -> Iterator[bytes]:
    """JSON lists of documents that are JSON; one that is too long for any list goes alone."""
    together: list[bytes] = []
    size = 0
    for document in documents:
        if together and (len(together) == most or size + len(document) > most_bytes):
            yield b"[" + b",".join(together) + b"]"
            together, size = [], 0
        together.append(document)
        size += len(document) + 1
    if together:
        yield b"[" + b",".join(together) + b"]"
