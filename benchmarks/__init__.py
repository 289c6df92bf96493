"""What is measured, and how. ``python -m benchmarks`` adds its figures to figures.jsonl."""
