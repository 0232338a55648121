"""Reads: each returns domain objects, records or querysets, in a constant number of queries."""
