"""What leaves the tracker as a file: a document, a table, a feed."""
