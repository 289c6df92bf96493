"""What people hide from their own searches."""
