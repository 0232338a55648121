"""Recording what was said, correcting it, reading it a second time."""
