"""Finding the employer that is to be given something."""

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from careercenter.accounts.models import User
from careercenter.database import Page, paginate
from careercenter.employers.models import Employer, Member


def employers_like(session: Session, words: str, number: int) -> Page[Employer]:
    """By a part of the name, or by a member's whole address; all without ``words``, by name."""
    found = select(Employer).order_by(func.lower(Employer.name), Employer.id)
    if words:
        members = select(Member.employer_id).join(User, User.id == Member.user_id)
        of_address = members.where(User.email == words.lower())
        named = Employer.name.icontains(words, autoescape=True)
        found = found.where(or_(named, Employer.id.in_(of_address)))
    return paginate(session, found, number)


def employer_by_id(session: Session, employer_id: int) -> Employer:
    """Raises ``NoResultFound``."""
    return session.get_one(Employer, employer_id)
