"""Keeps a search server in agreement with the database. Runs apart from the web application."""
