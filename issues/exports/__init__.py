"""What leaves the tracker in another form than a page: pictures, numbered notes, files."""
