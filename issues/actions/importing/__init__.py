"""The deed: what a plan says, stored as one change set."""
