"""How many search pages a second two workers answer, asked by four readers at once."""

import http.client
import threading
import time
from urllib.parse import urlencode

from benchmarks.queries import families
from benchmarks.server import Board, start, stop

READERS = 4
EACH = 150  # searches of each family: one of them has hardly more


def pages_a_second(board: Board) -> float:
    """Whole pages, compressed, of distinct searches of the eight families. Restarts the board."""
    stop(board)
    start(board, workers=2)
    searches = [s for some in families(23, EACH).values() for s in some]
    paths = ["/jobs?" + urlencode(search, doseq=True) for search in searches]

    def read(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", board.port, timeout=60)
        for path in paths[number::READERS]:
            connection.request("GET", path, headers={"Accept-Encoding": "br"})
            connection.getresponse().read()
        connection.close()

    readers = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    began = time.perf_counter()
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return len(paths) / (time.perf_counter() - began)
