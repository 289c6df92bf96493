"""Keeps a server that fails from being asked."""

import threading

import pytest

from careercenter.listings.meili.breaker import Breaker


@pytest.fixture
def time():
    return [100.0]


@pytest.fixture
def breaker(time):
    return Breaker(failures=3, pause=5.0, monotonic=lambda: time[0])


def test_some_failures_in_a_row_open_it(breaker):
    assert [breaker.failed(), breaker.failed()] == [False, False]
    assert breaker.lets_through()
    assert breaker.failed()
    assert not breaker.lets_through()


def test_an_answer_between_them_starts_the_count_anew(breaker):
    for _ in range(5):
        breaker.failed()
        breaker.failed()
        breaker.succeeded()
    assert breaker.lets_through()


def test_one_wait_opens_it(breaker):
    assert breaker.failed(slow=True)
    assert not breaker.lets_through()


def test_after_a_while_one_tries_and_the_others_do_not_wait_for_it(breaker, time):
    breaker.failed(slow=True)
    time[0] += 5
    assert [breaker.lets_through() for _ in range(3)] == [True, False, False]
    breaker.succeeded()
    assert breaker.lets_through()


def test_a_try_that_fails_closes_it_for_as_long_again(breaker, time):
    breaker.failed(slow=True)
    time[0] += 5
    breaker.lets_through()
    assert not breaker.failed(), "it was open already"
    time[0] += 4.9
    assert not breaker.lets_through()
    time[0] += 0.1
    assert breaker.lets_through()


def test_of_many_threads_one_tries(breaker, time):
    breaker.failed(slow=True)
    time[0] += 5
    through = []
    threads = [
        threading.Thread(target=lambda: through.append(breaker.lets_through())) for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(through) == 1
