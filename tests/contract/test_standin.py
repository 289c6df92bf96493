"""The stand-in keeps the rules of a Meilisearch, and breaks them where a test asks for it."""

import pytest
from meilisearch import Client
from meilisearch.errors import (
    MeilisearchApiError,
    MeilisearchCommunicationError,
    MeilisearchTimeoutError,
)

from tests.contract.standin.server import StandIn

FILTERABLE = ["role", "_geo", "note", {"attributePatterns": ["id"]}]
FILTERS = [
    ("role = CODER", [2, 1]),
    ("role != coder", [4, 3]),
    ("role IN [coder, 'lead auditor']", [3, 2, 1]),
    ("role NOT IN [coder]", [4, 3]),
    ("NOT role = coder AND role EXISTS", [4, 3]),
    ('role = "lead auditor" OR id = 1', [3, 1]),
    ("(role = coder OR id = 4) AND NOT id = 2", [4, 1]),
    (["role = coder", ["id = 2", "id = 3"]], [2]),
    ("role IS EMPTY", [4]),
    ("note IS NULL", [3]),
    ("note NOT EXISTS", [4, 2, 1]),
    ("note > 4", []),
    ("_geoRadius(32.7767, -96.7970, 50000)", [2, 1]),
    ("_geoRadius(32.7767, -96.7970, 49000)", [1]),
    ("", [4, 3, 2, 1]),
]
DOCUMENTS = [
    {"id": 1, "title": "Coder", "role": ["coder"], "_geo": {"lat": 32.7767, "lng": -96.7970}},
    {"id": 2, "title": "Coder", "role": "coder", "_geo": {"lat": 32.7555, "lng": -97.3308}},
    {"id": 3, "title": "Auditor", "role": ["lead auditor"], "note": None},
    {"id": 4, "title": "Manager", "role": []},
]


@pytest.fixture
def meili():
    with StandIn() as server:
        yield server


@pytest.fixture
def index(meili):
    client = Client(meili.url, meili.master_key, timeout=5)
    index = client.index("jobs")
    index.update_settings(
        {
            "filterableAttributes": FILTERABLE,
            "sortableAttributes": ["id"],
            "searchableAttributes": ["title"],
            "rankingRules": ["sort", "words", "typo", "attributeRank", "id:desc"],
        }
    )
    index.add_documents(DOCUMENTS, "id")
    assert meili.queue.drained()
    return index


def refused(act, *arguments):
    with pytest.raises(MeilisearchApiError) as error:
        act(*arguments)
    return error.value.status_code, error.value.code


def ids(index, text="", **options):
    return [hit["id"] for hit in index.search(text, {"page": 1, **options})["hits"]]


def last_task(meili):
    assert meili.queue.drained()
    task = meili.queue.tasks[-1]
    return task.status, task.error and task.error["code"]


@pytest.mark.parametrize(("given", "found"), FILTERS, ids=str)
def test_it_reads_filters(index, given, found):
    if given == "note > 4":
        assert refused(index.search, "", {"filter": "id > 4"}) == (400, "invalid_search_filter")
    assert ids(index, filter=given) == found


@pytest.mark.parametrize(
    "given", ["title = Coder", "role =", "role = a b", "(role = a", "role IN [a", "= a", "role ~ a"]
)
def test_it_refuses_other_filters(index, given):
    assert refused(index.search, "", {"filter": given}) == (400, "invalid_search_filter")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"sort": ["title:asc"]}, "invalid_search_sort"),
        ({"facets": ["title"]}, "invalid_search_facets"),
        ({"matchingStrategy": "most"}, "invalid_search_matching_strategy"),
        ({"page": -1}, "invalid_search_page"),
        ({"colour": "red"}, "bad_request"),
    ],
)
def test_it_refuses_what_it_does_not_know(index, options, code):
    assert refused(index.search, "", options) == (400, code)


def test_counts_and_totals_are_told_for_pages(index):
    found = index.search("coder", {"page": 1, "hitsPerPage": 1, "facets": ["role"]})
    assert (found["totalHits"], found["totalPages"]) == (2, 2)
    assert found["facetDistribution"] == {"role": {"coder": 2}}
    assert "totalHits" not in index.search("coder", {"limit": 1})


def test_all_words_or_as_many_as_can_be(index):
    assert ids(index, "coder zebra", matchingStrategy="all") == []
    assert ids(index, "coder zebra", matchingStrategy="last") == [2, 1]
    assert ids(index, "-coder ") == [4, 3]


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({"id": "a b"}, "invalid_document_id"),
        ({"title": "none"}, "missing_document_id"),
        ({"id": 9, "_geo": {"lat": 91, "lng": 0}}, "invalid_document_geo_field"),
        ({"id": 9, "_geo": "here"}, "invalid_document_geo_field"),
    ],
)
def test_one_bad_document_fails_its_task_alone(meili, index, document, code):
    index.add_documents([{"id": 5, "title": "Coder"}, document])
    assert last_task(meili) == ("failed", code)
    index.add_documents([{"id": 6, "title": "Coder"}])
    assert last_task(meili) == ("succeeded", None)
    assert ids(index, "coder") == [6, 2, 1]


def test_indexes_are_swapped_at_one_instant_and_only_if_both_are_there(meili, index):
    client = Client(meili.url, meili.master_key)
    client.index("fresh").add_documents([{"id": 7, "title": "Coder"}], "id")
    client.swap_indexes([{"indexes": ["jobs", "fresh"]}])
    assert last_task(meili) == ("succeeded", None)
    assert ids(index) == [7]
    client.swap_indexes([{"indexes": ["jobs", "gone"]}])
    assert last_task(meili) == ("failed", "index_not_found")


def test_a_key_does_what_it_may_where_it_may(meili, index):
    client = Client(meili.url, meili.master_key)
    body = {"actions": ["search"], "indexes": ["jobs*"], "expiresAt": None}
    searcher = Client(meili.url, client.create_key(body).key)
    assert ids(searcher.index("jobs")) == [4, 3, 2, 1]
    assert refused(searcher.index("jobs").add_documents, [{"id": 8}]) == (403, "invalid_api_key")
    assert refused(searcher.index("other").search, "") == (403, "invalid_api_key")
    assert refused(searcher.get_tasks) == (403, "invalid_api_key")
    assert refused(Client(meili.url, "no key").get_version) == (403, "invalid_api_key")
    assert Client(meili.url).health() == {"status": "available"}


def test_tasks_are_done_one_after_the_other_and_listed_from_the_last(meili, index):
    meili.faults.paused = True
    client = Client(meili.url, meili.master_key)
    for n in (11, 12):
        index.add_documents([{"id": n, "title": "Coder"}])
    waiting = client.get_tasks({"statuses": ["enqueued", "processing"], "limit": 1})
    assert (waiting.total, [task.uid for task in waiting.results], waiting.next_) == (2, [3], 2)
    assert ids(index, "coder") == [2, 1]
    meili.resume()
    assert last_task(meili) == ("succeeded", None)
    assert ids(index, "coder") == [12, 11, 2, 1]


def test_it_may_be_busy_and_then_no_longer(meili, index):
    meili.faults.busy = 1
    assert refused(index.search, "") == (503, "too_many_search_requests")
    assert ids(index) == [4, 3, 2, 1]


def test_an_answer_may_be_lost_though_the_work_is_done(meili, index):
    meili.faults.lost = 1
    with pytest.raises(MeilisearchCommunicationError):
        index.add_documents([{"id": 13, "title": "Coder"}])
    assert last_task(meili) == ("succeeded", None)
    assert ids(index, "coder") == [13, 2, 1]


def test_it_may_hang_be_away_or_full(meili, index):
    hasty = Client(meili.url, meili.master_key, timeout=0.1).index("jobs")
    meili.faults.hanging = 0.3
    with pytest.raises(MeilisearchTimeoutError):
        hasty.search("")
    meili.faults.clear()
    meili.faults.down = True
    with pytest.raises(MeilisearchCommunicationError):
        index.search("")
    meili.faults.clear()
    meili.faults.full = True
    index.add_documents([{"id": 14}])
    assert last_task(meili) == ("failed", "no_space_left_on_device")


def test_a_task_may_fail_and_a_volume_be_lost(meili, index):
    meili.faults.failing = 1
    index.add_documents([{"id": 15}])
    assert last_task(meili) == ("failed", "internal")
    meili.forget()
    assert refused(index.search, "") == (404, "index_not_found")
