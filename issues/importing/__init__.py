"""A file into the record: reading, mapping, and the plan of what would happen."""
