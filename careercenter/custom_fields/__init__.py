"""What one board asks of every posting beside what all boards ask."""
