"""The posting form in parts, one for each step of the editor."""
