"""Files of postings, and a worker that reads them to the end."""

import csv
from io import BytesIO, StringIO
from zoneinfo import ZoneInfo

import pytest

from careercenter.imports.models import Import, ImportStatus
from careercenter.imports.steps import Bench, check_rows, run_rows
from tests.factories import make_employer, owner_of

DESCRIPTION = (
    "Code inpatient records with ICD-10-CM and PCS, check the DRG and answer queries from CDI. "
    "Work the edit queue and help with denials. We train you for a month."
)
ROW = {
    "id": "A-1",
    "title": "Inpatient Coder II",
    "description": DESCRIPTION,
    "role": "medical-coder",
    "coding types": "facility-inpatient",
    "required credentials": "CCS or CIC",
    "location": "Des Moines, IA",
    "setting": "Hybrid",
    "employment": "full-time-w2",
    "pay": "$28.00 - $34.50 an hour",
    "apprentice": "no",
}


def table(*rows, **changes):
    """A CSV of these rows, each over the usual one."""
    lines = [{**ROW, **row, **changes} for row in rows or ({},)]
    out = StringIO()
    writer = csv.DictWriter(out, fieldnames=[*ROW])
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode()


@pytest.fixture
def employer(session, client):
    employer = make_employer(session)
    client.sign_in(owner_of(session, employer))
    return employer


@pytest.fixture
def work(app, session, now):
    """The worker goes on until nothing is left to do."""
    bench = Bench(app.extensions["places"], ZoneInfo("America/New_York"))

    def work(source):
        step = check_rows if source.status is ImportStatus.CHECKING else run_rows
        with app.app_context():
            while source.working:
                step(session, source, bench, now)
                session.flush()
        session.commit()
        return source

    return work


@pytest.fixture
def send(client, session, employer):
    """A file sent by the employer's owner: the import."""

    def send(content, name="jobs.csv"):
        answer = client.post("/hire/imports", data={"file": (BytesIO(content), name)})
        assert answer.status_code == 303, answer.get_data(as_text=True)
        return session.get(Import, int(answer.location.rpartition("/")[2]))

    return send


@pytest.fixture
def check(client, session, work):
    """Rows are read as their columns were guessed."""

    def check(source, **changes):
        form = {**source.mapping, "feed": source.feed, "version": source.version, **changes}
        answer = client.post(f"/hire/imports/{source.id}/trials", data=form)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        return work(source)

    return check


@pytest.fixture
def run(client, work):
    def run(source, **choices):
        form = {"version": source.version, **choices}
        answer = client.post(f"/hire/imports/{source.id}/runs", data=form)
        assert answer.status_code == 303
        return work(source)

    return run
