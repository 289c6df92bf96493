"""The candidate's desk: pages and use cases that span features."""
