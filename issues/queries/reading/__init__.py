"""A process as the fold reads it: live or as recorded by a time, and the words behind it."""
