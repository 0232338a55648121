"""The read API: what pages and files tell, for programs. It reads, and writes nothing."""
