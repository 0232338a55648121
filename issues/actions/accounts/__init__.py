"""Closing and erasing accounts; what their owners did stays on record."""
