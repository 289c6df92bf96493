"""How far an employer’s postings reach: a page, and files for spreadsheets."""
