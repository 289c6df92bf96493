"""Slots: how many postings of an employer may be on the board at a time by subscription."""
