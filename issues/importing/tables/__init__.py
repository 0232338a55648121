"""Files of issues, actors, people and summits: what they would do to the record, row by row."""
