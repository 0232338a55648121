"""Columns and filters of lists."""
