"""Keeping the record in order: what needs attention, what may be there twice."""
