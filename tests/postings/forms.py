"""A posting as an employer types it."""

from datetime import date

TODAY = date(2026, 11, 24)

TEXT = "Codes office and procedure work for nine urologists in Epic, with a monthly audit. " * 3
TYPED: dict[str, object] = {
    "title": "Profee coder, urology",
    "role": "coder",
    "coding_types": ["profee"],
    "specialties": ["urology", "general-surgery"],
    "credentials_1": ["cpc", "ccs-p"],
    "credentials_2": ["crc"],
    "months_2": "6",
    "preferred": ["cuc"],
    "apprentice": "no",
    "setting": "remote-listed-states",
    "states": ["IA", "TX"],
    "place": "",
    "employment": "full-time-w2",
    "pay_unit": "hour",
    "pay_low": "24",
    "pay_high": "31.50",
    "closes_on": "",
    "description": TEXT,
}

CONDITIONS: dict[str, object] = {  # all of them may stay empty
    "experience": "mid",
    "years": "3",
    "topic_1": "profee",
    "topic_years_1": "2",
    "topic_2": "urology",
    "topic_years_2": "1",
    "shift": "flexible-core-hours",
    "equipment": "stipend",
    "coding_test": "yes-paid",
    "code_sets": ["hcc-v28", "ncci-edits"],
    "software": ["epic", "find-a-code"],
}


def typed(**changes: object) -> dict[str, object]:
    return TYPED | changes
