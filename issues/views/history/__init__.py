"""The history of any record, for the pages and the admin alike."""
