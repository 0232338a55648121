"""What each page of a process shows."""
