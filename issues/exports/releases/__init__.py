"""What is made of releases: the file itself, what changed since one, and what a repository asks of it."""
