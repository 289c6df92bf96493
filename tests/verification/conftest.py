"""An employer with a website, whose owner is signed in."""

import pytest

from careercenter.employers.models import Employer
from careercenter.verification.models import Document, DocumentKind
from tests.client import StrictClient
from tests.factories import make_employer, owner_of


@pytest.fixture
def employer(session) -> Employer:
    return make_employer(session, name="Lakeside", website="https://www.lakeside.example/jobs")


@pytest.fixture
def desk(client: StrictClient, session, employer: Employer) -> StrictClient:
    client.sign_in(owner_of(session, employer))
    return client


@pytest.fixture
def document(app, session, employer, now) -> Document:
    app.extensions["storage"].files["stored"] = b"%PDF-1.4"
    document = Document(
        public_id="d" * 32,
        employer_id=employer.id,
        kind=DocumentKind.TAX,
        file_name="w9.pdf",
        content_type="application/pdf",
        sha256="0" * 64,
        storage_key="stored",
        created_at=now,
    )
    session.add(document)
    session.flush()
    return document
