"""Which domain is an employer's, and which addresses are at it."""

import hashlib
from collections.abc import Sequence
from urllib.parse import urlsplit

RECORD = "_careercenter"  # the name below a domain that holds the TXT record
PREFIX = "careercenter-verification="

# Anybody gets an address there, so one proves nothing about an employer.
FREE_MAIL = frozenset(
    """
    126.com 163.com aim.com airmail.net alice.it aol.com att.net bellsouth.net bigpond.com bk.ru
    bluewin.ch btinternet.com centurylink.net charter.net comcast.net cox.net duck.com
    earthlink.net email.com fastmail.com fastmail.fm free.fr freenet.de frontier.com
    frontiernet.net gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net gmx.us googlemail.com
    hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.es hotmail.fr hotmail.it hush.com
    hushmail.com icloud.com inbox.com inbox.ru juno.com keemail.me laposte.net libero.it list.ru
    live.ca live.co.uk live.com live.fr live.nl mac.com mail.com mail.ru mailbox.org mailfence.com
    mailinator.com me.com mindspring.com msn.com naver.com netscape.net netzero.net optonline.net
    orange.fr outlook.com outlook.de outlook.es outlook.fr pm.me posteo.de proton.me
    protonmail.ch protonmail.com q.com qq.com rambler.ru rediffmail.com roadrunner.com
    rocketmail.com rr.com runbox.com sbcglobal.net seznam.cz sky.com suddenlink.net t-online.de
    tuta.com tuta.io tutanota.com verizon.net virginmedia.com wanadoo.fr web.de windstream.net
    ya.ru yahoo.ca yahoo.co.in yahoo.co.uk yahoo.com yahoo.com.br yahoo.de yahoo.es yahoo.fr
    yahoo.it yandex.com yandex.ru yeah.net ymail.com zoho.com zohomail.com
    """.split()
)


def site_domain(website: str) -> str:
    """The domain of a site's address, without "www."; empty where there is none to speak of."""
    host = (urlsplit(website).hostname or "").removeprefix("www.")
    return host if "." in host and host not in FREE_MAIL else ""


def mail_domain(email: str) -> str:
    return email.rpartition("@")[2].lower()


def is_free_mail(email: str) -> bool:
    domain = mail_domain(email)
    return any(domain == free or domain.endswith(f".{free}") for free in FREE_MAIL)


def is_at(email: str, domain: str) -> bool:
    """Whether whoever holds the address belongs to the domain: the same, above it, or below it.

    "jobs.lakeside.example" has its mail at "lakeside.example", and the other way round.
    """
    at = mail_domain(email)
    if not domain or is_free_mail(email) or "." not in at:
        return False
    return at == domain or domain.endswith(f".{at}") or at.endswith(f".{domain}")


def record_name(domain: str) -> str:
    return f"{RECORD}.{domain}"


def expected_texts(employer_id: int, domain: str, secrets: Sequence[str]) -> tuple[str, ...]:
    """What the TXT record may say: first what is asked for now, then with secrets of before."""
    about = f"{employer_id}:{domain}".encode()
    keys = (secret.encode()[:64] for secret in secrets)
    marks = (hashlib.blake2b(about, key=key, digest_size=16).hexdigest() for key in keys)
    return tuple(f"{PREFIX}{mark}" for mark in marks)
