"""What a process consists of, whole, as a package holds it: its records by kind, and how each is written."""
