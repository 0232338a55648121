"""The reference process and accounts to try the tracker with."""
