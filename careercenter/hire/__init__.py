"""The employer's desk: pages and use cases that span features."""
