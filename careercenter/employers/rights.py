"""What members of an employer may do, by their role."""

from collections.abc import Mapping
from enum import StrEnum


class MemberRole(StrEnum):
    OWNER = "owner"
    RECRUITER = "recruiter"
    REVIEWER = "reviewer"
    BILLING = "billing"


class Right(StrEnum):
    READ = "read"
    WRITE = "write"
    READ_APPLICATIONS = "read-applications"
    ANSWER = "answer"
    SPEND = "spend"
    BUY = "buy"
    DESCRIBE = "describe"
    TEAM = "team"


RIGHT_WORDS: Mapping[Right, str] = {
    Right.READ: "See the desk, the team and all postings",
    Right.WRITE: "Write postings; pause, fill, close and renew them",
    Right.READ_APPLICATIONS: "Read applications and résumés",
    Right.ANSWER: "Answer applicants",
    Right.SPEND: "Publish with credits that are already bought",
    Right.BUY: "Pay, and see purchases and credits",
    Right.DESCRIBE: "Describe the organization and prove who it is",
    Right.TEAM: "Invite people, change roles, remove people",
}
ROLE_WORDS: Mapping[MemberRole, str] = {
    MemberRole.OWNER: "Owner",
    MemberRole.RECRUITER: "Recruiter",
    MemberRole.REVIEWER: "Reviewer",
    MemberRole.BILLING: "Billing",
}
RIGHTS: Mapping[MemberRole, frozenset[Right]] = {
    MemberRole.OWNER: frozenset(Right),
    MemberRole.RECRUITER: frozenset(
        {Right.READ, Right.WRITE, Right.READ_APPLICATIONS, Right.ANSWER, Right.SPEND}
    ),
    MemberRole.REVIEWER: frozenset({Right.READ, Right.READ_APPLICATIONS}),
    MemberRole.BILLING: frozenset({Right.READ, Right.SPEND, Right.BUY}),
}


def roles_with(right: Right) -> tuple[MemberRole, ...]:
    return tuple(role for role, rights in RIGHTS.items() if right in rights)
