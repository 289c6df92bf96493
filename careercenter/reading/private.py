"""What must stand in no posting: numbers and dates that tell who a patient is."""

import re

_PATIENT = re.compile(
    r"\bMRN[: #]*\d{4,}|\b\d{3}-\d{2}-\d{4}\b|\bDOB[: ]*\d{1,2}/\d{1,2}/\d{2,4}", re.IGNORECASE
)


def patient_data(text: str) -> str:
    """A sentence that quotes what looks like it; "" where nothing does."""
    found = _PATIENT.search(text)
    return f"“{found[0]}” looks like a patient’s data. Take it out." if found else ""
