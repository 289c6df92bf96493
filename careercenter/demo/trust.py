"""What was checked of the demo's employers, and their logos."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from random import Random

from slugify import slugify
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from careercenter.demo.grammar import DATA
from careercenter.demo.organizations import Organization
from careercenter.demo.pdf import make_pdf
from careercenter.demo.rows import Row, insert_rows
from careercenter.employers.models import Employer
from careercenter.storage import Storage
from careercenter.verification.models import Document, DocumentKind, DomainRecord, WorkAddress

PDF = "application/pdf"
WAITING = 1  # the employer whose document nobody has looked at yet


@dataclass(frozen=True, slots=True)
class Files:
    """Keys in the file store: logos by number of the employer, and the document that waits."""

    logos: dict[int, str]
    document: str


def keep_files(storage: Storage, employers: Sequence[Organization], seed: int) -> Files:
    """The demo's own employer and a sixth of the others have a logo."""
    rng = Random(f"logos:{seed}")  # noqa: S311 -- invented data
    found = {}
    for number in range(len(employers)):
        if number == 0 or rng.random() < 1 / 6:
            found[number] = f"{rng.getrandbits(192):048x}"
            storage.save(found[number], rng.choice(_logos()))
    document = f"{rng.getrandbits(192):048x}"
    storage.save(document, make_pdf(_registration(employers[WAITING].name)))
    return Files(found, document)


def load_trust(
    session: Session,
    employers: Sequence[Organization],
    ids: Sequence[int],
    files: Files,
    moderator: int,
    seed: int,
    now: datetime,
) -> None:
    """Most have a site; of these most proved mail there, fewer the domain, some showed papers."""
    rng = Random(f"trust:{seed}")  # noqa: S311 -- invented data
    changed: list[Row] = []
    mails: list[Row] = []
    domains: list[Row] = []
    papers = [_waiting(ids[WAITING], files.document, now)]
    for number, (employer, employer_id) in enumerate(zip(employers, ids, strict=True)):
        domain = f"{slugify(employer.name, max_length=60, word_boundary=True)}.example"
        website = ""
        at = now - timedelta(days=rng.randint(40, 300), hours=rng.randint(0, 23))
        if number == 0 or rng.random() < 0.7:
            website = f"https://www.{domain}"
            mails += [_mail(rng, employer_id, domain, at)] if rng.random() < 0.8 else []
            domains += [_domain(rng, employer_id, domain, now)] if rng.random() < 0.35 else []
            seen = number == 0 or rng.random() < 0.2
            papers += [_paper(rng, employer_id, employer.name, moderator, at)] if seen else []
        logo = files.logos.get(number)
        changed.append({"id": employer_id, "website": website, "logo_key": logo, "version": 1})
    session.execute(update(Employer), changed)
    insert_rows(session, WorkAddress, mails)
    session.execute(insert(DomainRecord), domains)
    insert_rows(session, Document, papers)


def _mail(rng: Random, employer_id: int, domain: str, at: datetime) -> Row:
    return {
        "public_id": f"{rng.getrandbits(128):032x}",
        "employer_id": employer_id,
        "email": f"{rng.choice(('hr', 'jobs', 'careers', 'him'))}@{domain}",
        "asked_at": at,
        "confirmed_at": at + timedelta(minutes=rng.randint(2, 90)),
    }


def _domain(rng: Random, employer_id: int, domain: str, now: datetime) -> Row:
    """``example`` domains have no records: the weekly look is far enough off not to matter."""
    seen = now - timedelta(hours=rng.randint(1, 60))
    return {"employer_id": employer_id, "domain": domain, "seen_at": seen, "asked_at": seen}


def _paper(rng: Random, employer_id: int, name: str, moderator: int, at: datetime) -> Row:
    """Seen so long ago that its file is deleted."""
    key, seen = f"{rng.getrandbits(192):048x}", at + timedelta(days=1)
    document = _document(employer_id, key, at)
    return document | {"accepted_at": seen, "moderator_id": moderator, "seen_name": name}


def _waiting(employer_id: int, key: str, now: datetime) -> Row:
    nobody: Row = {"accepted_at": None, "moderator_id": None, "seen_name": ""}
    return _document(employer_id, key, now - timedelta(hours=20)) | nobody


def _document(employer_id: int, key: str, at: datetime) -> Row:
    return {
        "public_id": key[:32],
        "employer_id": employer_id,
        "kind": DocumentKind.REGISTRATION,
        "file_name": "registration.pdf",
        "content_type": PDF,
        "sha256": "0" * 64,
        "storage_key": key,
        "created_at": at,
        "version": 1,
    }


def _registration(name: str) -> list[str]:
    return ["Certificate of registration", "", name, "", "Invented for the demo board."]


@lru_cache
def _logos() -> tuple[bytes, ...]:
    pictures = sorted((DATA / "logos").iterdir(), key=lambda picture: picture.name)
    return tuple(picture.read_bytes() for picture in pictures)
