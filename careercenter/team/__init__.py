"""The team: who acts for an employer, and inviting more people."""
