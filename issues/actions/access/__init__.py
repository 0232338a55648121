"""Who sees a process and who works on it: given, taken, and said of all."""

from issues.actions.access.members import end, give
from issues.actions.access.visibility import show_to

__all__ = ["end", "give", "show_to"]
