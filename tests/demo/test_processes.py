import time
from pathlib import Path
from threading import Event

import pytest

from careercenter.demo.environment import HOST, any_free_port
from careercenter.demo.processes import Family, ProgramEnded, wait_until_healthy

PROGRAMS = {
    "patient": "import time; time.sleep(60)",
    "brief": "print('no bread'); raise SystemExit(3)",
    "deaf": "import signal, time; signal.signal(15, lambda *_: None)\nwhile True: time.sleep(1)",
}


@pytest.fixture
def family(tmp_path: Path) -> Family:
    for name, text in PROGRAMS.items():
        (tmp_path / f"{name}.py").write_text(text)
    return Family(tmp_path / "log", tmp_path, {})


def test_one_that_dies_is_named_with_its_last_words(family: Family) -> None:
    family.start("brief one", ["brief"])
    with pytest.raises(ProgramEnded, match=r"The brief one stopped.*exit 3.*\n *no bread"):
        _check_for(family, 10)
    family.stop()


def test_all_end_when_they_are_told(family: Family) -> None:
    family.start("patient one", ["patient"])
    family.start("patient two", ["patient"])
    family.check()
    begun = time.monotonic()
    family.stop()
    assert time.monotonic() - begun < 5
    with pytest.raises(ProgramEnded):
        family.check()


def test_one_that_does_not_listen_is_killed(family: Family) -> None:
    family.start("deaf one", ["deaf"])
    time.sleep(0.5)
    begun = time.monotonic()
    family.stop(grace=0.3)
    assert time.monotonic() - begun < 3


def test_waiting_ends_when_the_person_stops_it(family: Family) -> None:
    stop = Event()
    stop.set()
    assert not wait_until_healthy(family, HOST, any_free_port(), stop)


def test_a_server_that_never_answers_is_given_up(family: Family) -> None:
    with pytest.raises(ProgramEnded, match="did not answer"):
        wait_until_healthy(family, HOST, any_free_port(), Event(), seconds=0.1)


def _check_for(family: Family, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        family.check()
        time.sleep(0.05)
