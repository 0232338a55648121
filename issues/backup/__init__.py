"""Keeping the record safe: backups of all of it, put back and proved, and moves from one engine to another.

What is done here goes below the models on purpose: a copy says what was there, histories, keys and times
included, and records nothing anew. It takes the tables as the migrations of a database left them, so that it
knows no model by name.
"""
