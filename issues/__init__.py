"""The tracker: what is recorded, how it is read and how it is written."""

__version__ = "0.1.0"
