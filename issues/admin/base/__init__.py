"""What the admin of every record shares."""
