"""The admin of each concept, one file each."""
