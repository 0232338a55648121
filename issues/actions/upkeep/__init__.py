"""Keeping the record in order."""
