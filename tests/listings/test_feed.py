"""The change feed: what is read, and that reading it twice or late does no harm."""

from datetime import timedelta

from careercenter import clock, outbox
from careercenter.listings import feed
from careercenter.listings.feed import Cursor
from careercenter.postings.models import PostingStatus
from careercenter.postings.usecases import close_posting
from tests.factories import make_employer, make_posting


def ids(batch):
    return [document.id for document in batch.upserts], list(batch.removals)


def everything(session, limit):
    """All batches from the start, as (written, removed)."""
    cursor, written, removed, more = Cursor(), [], [], True
    while more:
        batch = feed.changes(session, cursor, clock.now(), limit)
        written += [document.id for document in batch.upserts]
        removed += batch.removals
        cursor, more = batch.cursor, batch.more
    return written, removed


def test_what_is_live_is_written_and_the_rest_is_removed(session, now):
    live = make_posting(session)
    gone = [make_posting(session, status) for status in PostingStatus if status != "published"]
    gone.append(make_posting(session, expires_at=now - timedelta(seconds=1)))
    assert ids(feed.changes(session, Cursor(), now)) == ([live.id], [row.id for row in gone])


def test_nothing_comes_twice_unless_it_changes(session, now):
    posting = make_posting(session)
    cursor = feed.changes(session, Cursor(), now).cursor
    assert ids(feed.changes(session, cursor, now)) == ([], [])
    close_posting(session, posting, now)
    session.flush()
    assert ids(feed.changes(session, cursor, now)) == ([], [posting.id])


def test_a_batch_that_shares_one_number_is_read_whole(session):
    employer = make_employer(session)
    postings = [make_posting(session, employer=employer) for _ in range(7)]
    outbox.index_posting(session, *postings)
    session.flush()
    assert len({posting.search_seq for posting in postings}) == 1
    for limit in (1, 2, 3, 7, 8):
        assert everything(session, limit)[0] == [posting.id for posting in postings]


def test_reading_again_from_the_start_gives_the_same(session, now):
    make_posting(session)
    make_posting(session, PostingStatus.CLOSED)
    assert everything(session, 10) == everything(session, 1)


def test_the_version_is_the_number_of_the_change(session, now):
    posting = make_posting(session)
    (document,) = feed.changes(session, Cursor(), now).upserts
    assert document.version == posting.search_seq == feed.clock_seq(session)


def test_all_live_documents_are_read_in_chunks(session, now):
    employer = make_employer(session)
    live = [make_posting(session, employer=employer).id for _ in range(5)]
    make_posting(session, PostingStatus.PAUSED)
    assert [document.id for document in feed.documents_of(session, live, chunk=2)] == live


def test_versions_are_paged_by_id(session, now):
    postings = [make_posting(session) for _ in range(3)]
    pairs = [(posting.id, posting.search_seq) for posting in postings]
    assert feed.live_versions(session, now, 0, 2) == pairs[:2]
    assert feed.live_versions(session, now, pairs[1][0], 2) == pairs[2:]


def test_a_cursor_after_a_number_is_past_all_of_it(session, now):
    make_posting(session)
    seq = feed.clock_seq(session)
    assert ids(feed.changes(session, Cursor.after(seq), now)) == ([], [])
