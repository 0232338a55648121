"""Writes. Keyword-only, atomic, each with its author and reason; the rules that SQL cannot say are here."""
