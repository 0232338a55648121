"""Undoing change sets and edits, restoring versions and what was deleted."""
