"""The admin of positions."""
