"""The audit history: which rows belong to what, and how they are told."""
