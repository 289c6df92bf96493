"""The profile: what an employer says of itself, and its logo."""
